//! How far a line is from another one, along it: its profile.

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
    /// Divides `from` into `bins` stretches and measures how far each is from `to`: at all
    /// vertices and at places between. A distance changes by no more than the way, so the
    /// greatest is short of the truth by at most half of the way between two places.
    #[must_use]
    pub fn new(from: &Line, to: &Line, bins: u32) -> Self {
        let to = Track::new(to);
        let length = from.length();
        let count = bins.max(1);
        let at = |i: u32| length * (f64::from(i) / f64::from(count));
        let bins = (0..count).map(|i| {
            let (begin, end) = (at(i), at(i + 1));
            let first = from.chainages().partition_point(|chainage| *chainage < begin);
            let after = from.chainages().partition_point(|chainage| *chainage <= end);
            let vertices = from.vertices().get(first..after).unwrap_or_default();
            let between = (0..=PLACES)
                .map(|j| from.at(begin + (end - begin) * (f64::from(j) / f64::from(PLACES))));
            let distances =
                vertices.iter().copied().chain(between).map(|place| to.nearest(place).distance);
            let (least, greatest) = distances.fold(
                (Metres::new(f64::INFINITY), Metres::default()),
                |(least, greatest), distance| {
                    let least = if distance < least { distance } else { least };
                    (least, if distance > greatest { distance } else { greatest })
                },
            );
            Bin { from: begin, to: end, least, greatest }
        });
        Self { bins: bins.collect() }
    }
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
        let profile = Profile::new(&bay, &straight, 10);
        assert_eq!(profile.bins.len(), 10);
        assert!(profile.bins[..4].iter().all(|bin| bin.greatest < Metres::new(0.01)));
        let worst = profile.bins.iter().map(|bin| bin.greatest.value()).fold(0.0, f64::max);
        // 0.02° of longitude at 45.85° N.
        assert!((worst - 1_553.0).abs() < 2.0, "{worst}");
        assert_eq!(profile.bins[9].to, bay.length());
    }
}
