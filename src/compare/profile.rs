//! How far a line is from another one, along it: its profile.

use super::Comparison;
use super::track::Track;
use crate::line::Line;
use crate::quantity::Metres;

/// The distances of one line from another, stretch by stretch.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Equally long stretches, from start to end.
    pub bins: Vec<Bin>,
}

/// A stretch of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Where it begins.
    pub from: Metres,
    /// Where it ends.
    pub to: Metres,
    /// The least distance found on it.
    pub least: Metres,
    /// The greatest distance found on it.
    pub greatest: Metres,
}

/// The number of places of each stretch at which the distance is taken, evenly spread, besides its
/// vertices.
const PLACES: u32 = 4;

impl Profile {
    /// The same of pieces of a line, each from a place on along it, and each from another line.
    /// Where no piece is, there is no stretch.
    pub(super) fn of_pieces(pieces: &[(&Line, Metres, &Line)], length: Metres, bins: u32) -> Self {
        let count = bins.max(1);
        let at = |i: u32| length * (f64::from(i) / f64::from(count));
        let of_piece = |(from, begin, to): &(&Line, Metres, &Line)| {
            let (to, begin) = (Track::new(to), *begin);
            let end = begin + from.length();
            let bins = (0..count).filter_map(|i| {
                let from_m = if at(i) < begin { begin } else { at(i) };
                let to_m = if end < at(i + 1) { end } else { at(i + 1) };
                (from_m < to_m).then(|| bin(from, &to, begin, [from_m, to_m]))
            });
            bins.collect::<Vec<Bin>>()
        };
        Self { bins: pieces.iter().flat_map(of_piece).collect() }
    }
}

impl Comparison {
    /// How far the old line is from the new one, along it, where both are compared.
    #[doc(hidden)]
    #[must_use]
    pub fn profile(&self, bins: u32) -> Profile {
        let pieces = self.pieces.iter().zip(&self.matched);
        let pieces: Vec<(&Line, Metres, &Line)> =
            pieces.map(|([old, new], matched)| (old, matched.old_from, new)).collect();
        Profile::of_pieces(&pieces, self.lines[0].length(), bins)
    }
}

/// The least and the greatest distance of a stretch of a piece that begins somewhere on its line.
fn bin(from: &Line, to: &Track, piece: Metres, [begin, end]: [Metres; 2]) -> Bin {
    let first = from.chainages().partition_point(|chainage| piece + *chainage < begin);
    let after = from.chainages().partition_point(|chainage| piece + *chainage <= end);
    let vertices = from.vertices().get(first..after).unwrap_or_default();
    let between = (0..=PLACES)
        .map(|j| from.at(begin - piece + (end - begin) * (f64::from(j) / f64::from(PLACES))));
    let distances = vertices.iter().copied().chain(between).map(|at| to.nearest(at).distance);
    let (least, greatest) = distances.fold(
        (Metres::new(f64::INFINITY), Metres::default()),
        |(least, greatest), distance| {
            let least = if distance < least { distance } else { least };
            (least, if distance > greatest { distance } else { greatest })
        },
    );
    Bin { from: begin, to: end, least, greatest }
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::*;

    fn line(points: &[(f64, f64)]) -> Line {
        Line::new(points.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect()).unwrap()
    }

    #[test]
    fn a_bay_shows_where_it_is_and_nowhere_else() {
        let straight = line(&[(82.0, 46.0), (82.0, 45.9), (82.0, 45.8)]);
        let bay = line(&[(82.0, 46.0), (82.0, 45.9), (82.02, 45.85), (82.0, 45.8)]);
        let profile = Profile::of_pieces(&[(&bay, Metres::default(), &straight)], bay.length(), 10);
        assert_eq!(profile.bins.len(), 10);
        assert!(profile.bins[..4].iter().all(|bin| bin.greatest < Metres::new(0.01)));
        let worst = profile.bins.iter().map(|bin| bin.greatest.value()).fold(0.0, f64::max);
        // 0.02° of longitude at 45.85° N.
        assert!((worst - 1_553.0).abs() < 2.0, "{worst}");
        assert_eq!(profile.bins[9].to, bay.length());
    }
}
