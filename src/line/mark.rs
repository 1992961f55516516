//! Lines that are the same.

use geo::Coord;

/// A number that is the same for all lines with the same edges, in either direction.
pub(crate) fn mark(line: &[Coord]) -> u64 {
    // Multipliers of the finaliser of MurmurHash3.
    let mix = |at: Coord| {
        // 180° and −180° are one meridian, 0 and −0 one place.
        let east = if at.x == -180.0 { 180.0 } else { at.x + 0.0 };
        let x = east.to_bits().wrapping_mul(0xff51_afd7_ed55_8ccd);
        let y = (at.y + 0.0).to_bits().wrapping_mul(0xc4ce_b9fe_1a85_ec53).rotate_left(31);
        let both = x ^ y;
        (both ^ (both >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd) | 1
    };
    let marks = line.windows(2).map(|edge| mix(edge[0]).wrapping_mul(mix(edge[1])));
    marks.fold(0, u64::wrapping_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_the_mark_of_itself_turned_and_of_no_other() {
        let line: Vec<Coord> = [(0.0, 0.0), (1.0, 0.5), (1.0, 2.0)].map(Coord::from).to_vec();
        let turned: Vec<Coord> = line.iter().rev().copied().collect();
        assert_eq!(mark(&line), mark(&turned));
        let other: Vec<Coord> = line.iter().map(|at| Coord { x: at.y, y: at.x }).collect();
        assert_ne!(mark(&line), mark(&other));
        assert_eq!(mark(&[]), 0);
        let west = [Coord { x: -180.0, y: -0.0 }, line[1]];
        assert_eq!(mark(&west), mark(&[Coord { x: 180.0, y: 0.0 }, line[1]]));
    }
}
