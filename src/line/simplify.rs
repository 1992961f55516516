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
    left_at(path, &drops_at_m(path, tolerance_m), tolerance_m)
}

/// For each vertex of a path the tolerance from which it is dropped, not distinguished below
/// `least_m`.
///
/// Douglas and Peucker split an edge at its farthest vertex whatever the tolerance is;
/// the tolerance decides only where splitting stops. So one run down to the least serves all
/// tolerances: a vertex is dropped when the tolerance reaches its own distance, or that of a split
/// above it.
pub(crate) fn drops_at_m(path: &[Coord], least_m: f64) -> Vec<f64> {
    // The ends are never dropped.
    let mut drops_at_m = vec![f64::INFINITY; path.len()];
    let last = path.len().saturating_sub(1);
    let places = Frame::new(&Ellipsoid::WGS84).places(path);
    let blocks = Blocks::new(&places);
    let mut open = vec![(0, last, f64::INFINITY)];
    while let Some((from, to, above_m)) = open.pop() {
        if let Some((split, distance_m)) = blocks.farthest(&places, [from, to], least_m) {
            let at_m = f64::min(distance_m, above_m);
            drops_at_m[split] = at_m;
            open.push((from, split, at_m));
            open.push((split, to, at_m));
        } else if to > from {
            // All vertices between are nearer to the edge than that, and are dropped.
            drops_at_m[from + 1..to].fill(least_m);
        }
    }
    drops_at_m
}

/// The vertices of a path that remain at a tolerance; its ends remain at any.
pub(crate) fn left_at(path: &[Coord], drops_at_m: &[f64], tolerance_m: f64) -> Vec<Coord> {
    let stay = path.iter().zip(drops_at_m);
    stay.filter_map(|(vertex, at_m)| (at_m.is_infinite() || *at_m > tolerance_m).then_some(*vertex))
        .collect()
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
