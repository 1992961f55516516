//! How far apart the readings of a list are.

use super::reading::Reading;
use crate::compare::Apart;
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::quantity::{Metres, SquareMetres};

/// Systems in which all points are nearer to each other than this, in metres, are one reading.
const SAME_M: f64 = 0.5;

/// How two readings differ.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Between {
    /// The numbers of the two readings.
    pub(crate) readings: [usize; 2],
    /// The area between them.
    pub(crate) area: SquareMetres,
    /// The largest distance from either to the other.
    pub(crate) hausdorff: Metres,
}

/// Whether two readings have all their points at the same places.
pub(super) fn is_same(a: &Reading, b: &Reading) -> bool {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let pairs = a.points.iter().zip(&b.points);
    let kinds = a.edges.iter().map(|edge| &edge.kind).eq(b.edges.iter().map(|edge| &edge.kind));
    kinds && pairs.map(|(a, b)| geodesic.distance(a.at, b.at).value()).all(|apart| apart < SAME_M)
}

/// How the readings differ: those of unstated edges among each other, those of unstated systems from
/// the first one.
pub(super) fn between(readings: &[Reading]) -> Vec<Between> {
    let kinds = readings.iter().take_while(|it| it.operation.is_none()).count().max(1);
    let mut found = Vec::new();
    for (i, a) in readings.iter().enumerate() {
        for (j, b) in readings.iter().enumerate().skip(i + 1) {
            if i > 0 && j >= kinds {
                continue;
            }
            let apart = Apart::new(&a.line, &b.line);
            let both = Between { readings: [i, j], area: apart.area, hausdorff: apart.farthest };
            found.push(both);
        }
    }
    found
}
