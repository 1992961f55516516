//! The offset of positions from a line, in one direction all along it.
//!
//! A position shows how far it is from the line, not how far it was moved along it; where the line
//! turns, other positions show the rest. The offset is the translation that brings the positions
//! nearest to the line, found step by step: the nearest points of the line, the translation of least
//! squares along the directions to them, then the nearest points again (the iterated closest point
//! of Chen & Medioni 1992). Positions that lie much farther than the others count less (Huber 1964).

use geo::Coord;

use crate::geodesy::{Ellipsoid, Geodesic};
use crate::line::Line;

/// Where positions lie to a line, all together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Offset {
    /// How far the positions lie east of the line, in metres.
    pub(crate) east_m: f64,
    /// How far they lie north of it.
    pub(crate) north_m: f64,
    /// The standard error of the offset, from how it differs between parts of the line.
    pub(crate) uncertain_m: f64,
    /// Half of the positions are nearer to the line than this once the offset is taken away.
    pub(crate) remains_m: f64,
}

/// Positions farther from the line than this, half of them, have no offset from it: no datum is
/// farther from another.
const FARTHEST_M: f64 = 3_000.0;
/// Fewer positions show no offset.
pub const LEAST: usize = 8;
/// A step that moves the positions by less than this, in metres, is the last.
const NEAR_M: f64 = 1e-3;
const MOST_STEPS: usize = 30;
/// Into this number of parts positions are divided, each of which is left out once.
const PARTS: usize = 12;

/// The way from a position to the line, in metres.
#[derive(Clone, Copy)]
struct Way {
    east: f64,
    north: f64,
}

impl Offset {
    /// The offset of positions of which half are within `median` metres of the line.
    pub(super) fn new(positions: &[Coord], line: &Line, median: f64) -> Option<Self> {
        if positions.len() < LEAST || median > FARTHEST_M {
            return None;
        }
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let mut moved = Way { east: 0.0, north: 0.0 };
        let mut ways = ways(positions, moved, line, &geodesic);
        for _ in 0..MOST_STEPS {
            let step = translation(&ways)?;
            moved = Way { east: moved.east + step.east, north: moved.north + step.north };
            ways = self::ways(positions, moved, line, &geodesic);
            if step.east.hypot(step.north) < NEAR_M {
                break;
            }
        }
        let uncertain_m = uncertainty(&ways)?;
        let remains_m = middle(ways.iter().map(|way| way.east.hypot(way.north)).collect());
        Some(Self { east_m: -moved.east, north_m: -moved.north, uncertain_m, remains_m })
    }

    /// How far the positions lie from the line.
    pub(crate) fn length_m(&self) -> f64 {
        self.east_m.hypot(self.north_m)
    }

    /// In which direction, in degrees clockwise from north.
    pub(crate) fn azimuth_deg(&self) -> f64 {
        self.east_m.atan2(self.north_m).to_degrees().rem_euclid(360.0)
    }
}

/// The ways from moved positions to the line, of those that are next to it and not beyond its ends.
fn ways(positions: &[Coord], moved: Way, line: &Line, geodesic: &Geodesic) -> Vec<Way> {
    let (along, by) = (moved.east.atan2(moved.north).to_degrees(), moved.east.hypot(moved.north));
    let by = crate::quantity::Metres::new(by);
    let way = |at: &Coord| {
        let at = geodesic.destination(*at, along, by);
        let found = line.locate(at);
        let is_end = found.chainage.value() <= 0.0 || found.chainage >= line.length();
        let (distance, azimuth) = geodesic.distance_and_azimuth(at, found.nearest);
        let (sin, cos) = azimuth.to_radians().sin_cos();
        let far = distance.value();
        (!is_end).then_some(Way { east: far * sin, north: far * cos })
    };
    positions.iter().filter_map(way).collect()
}

/// The translation of least squares: each way is as long as the translation's share in its
/// direction.
fn translation(ways: &[Way]) -> Option<Way> {
    let far: Vec<f64> = ways.iter().map(|way| way.east.hypot(way.north)).collect();
    // Huber's constant for 95 % efficiency, on the scale of a normal distribution.
    let usual = (1.345 * 1.4826 * middle(far.clone())).max(NEAR_M);
    let [mut ee, mut en, mut nn, mut e, mut n] = [0.0; 5];
    for (way, far) in ways.iter().zip(far) {
        if far == 0.0 {
            continue;
        }
        let weight = (usual / far).min(1.0);
        let (east, north) = (way.east / far, way.north / far);
        ee += weight * east * east;
        en += weight * east * north;
        nn += weight * north * north;
        e += weight * east * far;
        n += weight * north * far;
    }
    let determinant = ee * nn - en * en;
    if determinant <= 1e-9 * (ee + nn).powi(2) {
        // On the line already, or all ways in one direction, along which nothing can be said.
        return (ee + nn == 0.0).then_some(Way { east: 0.0, north: 0.0 });
    }
    Some(Way { east: (nn * e - en * n) / determinant, north: (ee * n - en * e) / determinant })
}

/// The standard error of the translation: how it changes when one part after the other is left out
/// (the jackknife of Quenouille and Tukey).
fn uncertainty(ways: &[Way]) -> Option<f64> {
    let size = ways.len().div_ceil(PARTS).max(1);
    let parts = ways.len().div_ceil(size);
    if parts < 2 {
        return None;
    }
    let mut without: Vec<Way> = Vec::with_capacity(parts);
    for part in 0..parts {
        let (from, to) = (part * size, ((part + 1) * size).min(ways.len()));
        let others = [&ways[..from], &ways[to..]].concat();
        without.push(translation(&others)?);
    }
    let count = parts as f64;
    let mean = |of: fn(&Way) -> f64| without.iter().map(of).sum::<f64>() / count;
    let (east, north) = (mean(|way| way.east), mean(|way| way.north));
    let squares: f64 =
        without.iter().map(|way| (way.east - east).powi(2) + (way.north - north).powi(2)).sum();
    Some((squares * (count - 1.0) / count).sqrt())
}

/// The middle one of some numbers; 0 of none.
fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
