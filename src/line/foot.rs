//! The foot of a point on a long edge.
//!
//! Edges are searched in planes, where the foot on an edge of 10 km is 2 cm off along it, and on the
//! 454 km of an edge at sea 180 m. On a long edge it is found on the geodesic itself: from any place of
//! it, go along it by what is ahead of the point's distance, until nothing is.
//!
//! # References
//! Baselga & Martínez-Llario 2018, *Intersection and point-to-line solutions for geodesics on the
//! ellipsoid*, Stud. Geophys. Geod. 62:353–363.

use geo::Coord;

use crate::geodesy::Geodesic;
use crate::quantity::Metres;

/// Shorter edges need nothing of this: 16 cm along them are no more than that.
pub(super) const LONG_M: f64 = 20e3;

/// Nearer than this along the edge is near enough, metres.
const ENOUGH_M: f64 = 1e-4;

/// Each step leaves a small part of what was missing; two or three are enough.
const MOST_STEPS: usize = 12;

/// The foot of a point on a geodesic edge.
pub(super) struct LongFoot {
    /// Where on the edge it is: 0 at its beginning, 1 at its end.
    pub share: f64,
    /// How far to the left of the edge the point is, metres; negative on the right.
    pub offset_m: f64,
}

impl LongFoot {
    /// The foot of `point` on the edge from `a` to `b`, from a share that is near it.
    pub(super) fn new(geodesic: &Geodesic, [a, b]: [Coord; 2], point: Coord, share: f64) -> Self {
        let (length, azimuth_deg) = geodesic.distance_and_azimuth(a, b);
        let length_m = length.value();
        let mut at_m = share * length_m;
        let mut offset_m = 0.0;
        for _ in 0..MOST_STEPS {
            let here = geodesic.destination(a, azimuth_deg, Metres::new(at_m));
            // Towards the farther end: near an end its azimuth says little.
            let (_, ahead_deg) = match at_m < 0.5 * length_m {
                true => geodesic.distance_and_azimuth(here, b),
                false => {
                    let (back, deg) = geodesic.distance_and_azimuth(here, a);
                    (back, deg + 180.0)
                }
            };
            let (away, towards_deg) = geodesic.distance_and_azimuth(here, point);
            let turn = (towards_deg - ahead_deg).to_radians();
            offset_m = -away.value() * turn.sin();
            let next_m = (at_m + away.value() * turn.cos()).clamp(0.0, length_m);
            let step_m = (next_m - at_m).abs();
            at_m = next_m;
            if step_m < ENOUGH_M {
                break;
            }
        }
        Self { share: at_m / length_m, offset_m }
    }
}
