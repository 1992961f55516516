//! Simplification in metres: the resolution a length is measured at.

use geo::Coord;

use super::Blocks;
use crate::geodesy::{Ellipsoid, Frame};

/// The vertices that remain when a line is simplified so that no vertex dropped
/// lies farther than `tolerance_m` from the edge that replaces it. The two ends
/// always remain.
///
/// # Units
/// Degrees and metres. The tolerance is a true distance on WGS 84, the same in
/// every direction and at every latitude; simplifying in degrees would be half as
/// coarse east–west as north–south at 60°.
///
/// # References
/// Douglas & Peucker 1973, *Cartographica* 10(2):112–122, with distances to the
/// edge and not to its infinite prolongation. Without recursion, so that no input
/// exhausts the stack.
#[must_use]
pub fn simplify(path: &[Coord], tolerance_m: f64) -> Vec<Coord> {
    let Some(last) = path.len().checked_sub(1).filter(|last| *last > 1) else {
        return path.to_vec();
    };
    let places = Frame::new(&Ellipsoid::WGS84).places(path);
    let blocks = Blocks::new(&places);
    let mut keep = vec![false; path.len()];
    keep[0] = true;
    keep[last] = true;
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        if let Some((farthest, _)) = blocks.farthest(&places, [from, to], tolerance_m) {
            keep[farthest] = true;
            open.push((from, farthest));
            open.push((farthest, to));
        }
    }
    path.iter().zip(keep).filter_map(|(vertex, kept)| kept.then_some(*vertex)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::Geodesic;

    /// A zigzag along a meridian or a parallel, `amplitude_m` to each side.
    fn zigzag(eastwards: bool, amplitude_m: f64) -> Vec<Coord> {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let start = Coord { x: 80.0, y: 60.0 };
        let (along, across) =
            if eastwards { ((0.001, 0.0), (0.0, 0.01)) } else { ((0.0, 0.001), (0.01, 0.0)) };
        let aim = Coord { x: start.x + across.0, y: start.y + across.1 };
        let share = amplitude_m / geodesic.distance(start, aim).value();
        (0..20)
            .map(|i| {
                let sign = if i % 2 == 0 { 0.0 } else { share };
                Coord {
                    x: start.x + f64::from(i) * along.0 + sign * across.0,
                    y: start.y + f64::from(i) * along.1 + sign * across.1,
                }
            })
            .collect()
    }

    #[test]
    fn the_tolerance_is_metres_in_every_direction() {
        for eastwards in [true, false] {
            let path = zigzag(eastwards, 30.0);
            assert!(simplify(&path, 31.0).len() < 4, "30 m of zigzag go at 31 m");
            assert!(simplify(&path, 14.0).len() > 15, "and stay at 14 m");
        }
    }

    #[test]
    fn the_ends_and_short_paths_stay() {
        let path = zigzag(true, 30.0);
        let few = simplify(&path, 1e6);
        assert_eq!(few, [path[0], path[19]]);
        assert_eq!(simplify(&path[..2], 1e6), path[..2]);
        assert!(simplify(&[], 10.0).is_empty());
    }

    #[test]
    fn at_no_tolerance_only_what_lies_on_the_edge_goes() {
        let path = zigzag(false, 30.0);
        assert_eq!(simplify(&path, 0.0).len(), path.len());
    }
}
