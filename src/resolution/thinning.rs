//! Simplification at every tolerance at once.

use std::borrow::Cow;

use geo::Coord;

use super::{Curve, CurvePoint};
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::line::{drops_at_m, left_at};

/// A path, and for each vertex the tolerance from which it is dropped.
///
/// One run of Douglas and Peucker serves all tolerances. The result at each is that of
/// [`crate::line::simplify`], vertex by vertex.
///
/// # References
/// Douglas & Peucker 1973, *Cartographica* 10(2):112–122; the idea of keeping the
/// tolerances, Cromley 1991, *Cartography and Geographic Information Systems*
/// 18(2):125–131.
#[derive(Debug, Clone)]
pub struct Thinning<'a> {
    path: Cow<'a, [Coord]>,
    drops_at_m: Vec<f64>,
}

impl<'a> Thinning<'a> {
    /// Finds the tolerance of each vertex.
    #[must_use]
    pub fn new(path: impl Into<Cow<'a, [Coord]>>) -> Self {
        Self::down_to(path, 0.0)
    }

    /// The same, for tolerances of `least_m` and more: finer details are not distinguished.
    ///
    /// # Units
    /// Metres.
    #[must_use]
    pub fn down_to(path: impl Into<Cow<'a, [Coord]>>, least_m: f64) -> Self {
        let path = path.into();
        Self { drops_at_m: drops_at_m(&path, least_m), path }
    }

    /// All vertices.
    #[must_use]
    pub fn path(&self) -> &[Coord] {
        &self.path
    }

    /// For each vertex the tolerance from which it is dropped, in metres.
    pub(super) fn drops_at_m(&self) -> &[f64] {
        &self.drops_at_m
    }

    /// The vertices that remain at a tolerance.
    ///
    /// # Units
    /// Metres in.
    #[must_use]
    pub fn at(&self, tolerance_m: f64) -> Vec<Coord> {
        left_at(&self.path, &self.drops_at_m, tolerance_m)
    }
}

/// The length of a path simplified at each tolerance. Its ends stay.
///
/// # Units
/// Metres: the tolerance is the farthest that a dropped vertex may lie from the edge
/// that replaces it.
#[must_use]
pub fn simplified(path: &[Coord], tolerances_m: &[f64]) -> Curve {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let least_m = tolerances_m.iter().copied().fold(f64::INFINITY, f64::min).max(0.0);
    let thinning = Thinning::down_to(path, least_m);
    let point = |resolution_m: f64| {
        let simple = thinning.at(resolution_m);
        let edges = simple.len().saturating_sub(1);
        CurvePoint { resolution_m, length: geodesic.sound_length(&simple), edges }
    };
    let points = tolerances_m.iter().map(|tolerance_m| point(*tolerance_m)).collect();
    Curve { points, data_edges: path.len().saturating_sub(1), parts: 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::simplify;
    use crate::resolution::ladder;
    use proptest::prelude::*;

    #[test]
    fn few_vertices_stay_as_they_are() {
        let point = Coord { x: 80.0, y: 45.0 };
        for path in [&[][..], &[point], &[point, point], &[point; 4]] {
            assert_eq!(Thinning::new(path).at(10.0), simplify(path, 10.0));
            assert_eq!(Thinning::down_to(path, 10.0).at(10.0), simplify(path, 10.0));
        }
    }

    proptest! {
        #[test]
        fn at_each_tolerance_it_is_what_simplify_leaves(
            steps in proptest::collection::vec((-90_i16..90, -60_i16..60), 0..120)
        ) {
            // Repeated vertices and equal distances are likely, and are wanted here.
            let mut at = Coord { x: 80.0, y: 45.0 };
            let path: Vec<Coord> = steps
                .into_iter()
                .map(|(east, north)| {
                    at.x += f64::from(east / 10) * 1e-3;
                    at.y += f64::from(north / 10) * 1e-3;
                    at
                })
                .collect();
            let (all, some) = (Thinning::new(&path), Thinning::down_to(&path, 12.5));
            for tolerance_m in ladder(&[12.5]) {
                let simple = simplify(&path, tolerance_m);
                prop_assert_eq!(&all.at(tolerance_m), &simple);
                if tolerance_m >= 12.5 {
                    prop_assert_eq!(some.at(tolerance_m), simple);
                }
            }
        }
    }
}
