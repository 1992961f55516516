//! Coordinates with a given number of decimals: the file gets smaller, and the output says so.
//!
//! Each coordinate is rounded by itself, so positions that are equal stay equal: rings
//! stay closed and lines that join go on joining. A feature that would lose its
//! shape is not rounded, and is named.

use geo::{Area, Coord, LineString, Polygon, Validation};

use super::feature::{NewFeature, Shape};
use treatyline_geodesy::{Ellipsoid, Geodesic};

/// How coordinates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimals {
    /// With at most this number of decimals of a degree, 0 to [`Decimals::MOST`].
    Rounded(u8),
    /// As they are held: the shortest decimal that reads back the same.
    Full,
}

impl Decimals {
    /// More decimals than a double holds of a longitude beyond 100° change nothing.
    #[doc(hidden)]
    pub const MOST: u8 = 15;
}

impl Default for Decimals {
    /// Seven: 1.2 cm or less from one number to the next.
    fn default() -> Self {
        Self::Rounded(7)
    }
}

/// What rounding did.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Rounding {
    /// How far a position moved at most, in metres, rounded up; 0 if none did.
    pub moved_m: f64,
    /// The features that are written in full because rounding would have made their
    /// lines points, their rings lines, or sound polygons unsound.
    pub in_full: Vec<String>,
    /// How far an edge that is straight in degrees may be from its geodesic, metres; 0 where edges
    /// were left as they are.
    pub edges_within_m: f64,
    /// How many vertices were added for that.
    pub added: usize,
}

/// Rounds the coordinates of features; `joined` lines are rounded all or none.
pub(super) fn round(features: &mut [NewFeature], decimals: u8, joined: bool) -> Rounding {
    let scale = 10.0_f64.powi(i32::from(decimals.min(Decimals::MOST)));
    let mut found = Rounding::default();
    let mut rounded: Vec<Option<Shape>> =
        features.iter().map(|feature| rounded(&feature.shape, scale)).collect();
    let is_line = |feature: &NewFeature| matches!(feature.shape, Shape::Lines(_));
    let keep_lines = joined
        && features
            .iter()
            .zip(&rounded)
            .any(|(feature, shape)| is_line(feature) && shape.is_none());
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    for (feature, shape) in features.iter_mut().zip(&mut rounded) {
        let keep = keep_lines && is_line(feature);
        match shape.take().filter(|_| !keep) {
            None => found.in_full.push(feature.id.clone()),
            Some(shape) => {
                found.moved_m = found.moved_m.max(moved_m(&geodesic, &feature.shape, &shape));
                feature.shape = shape;
            }
        }
    }
    // A bound, so upwards: to a tenth of a millimetre.
    found.moved_m = (found.moved_m * 1e4).ceil() / 1e4;
    found
}

/// The farthest a position moved.
fn moved_m(geodesic: &Geodesic, from: &Shape, to: &Shape) -> f64 {
    let mut places = Vec::new();
    to.each(&mut |at| places.push(at));
    let (mut places, mut farthest) = (places.into_iter(), 0.0_f64);
    from.each(&mut |at| {
        if let Some(to) = places.next().filter(|to| *to != at) {
            farthest = farthest.max(geodesic.distance(at, to).value());
        }
    });
    farthest
}

/// 2⁵³: below it every whole number is a double.
const WHOLE: f64 = 9_007_199_254_740_992.0;

fn position(at: Coord, scale: f64) -> Coord {
    let round = |degrees: f64| {
        let scaled = (degrees * scale).round();
        // Whole numbers up to here are exact, and so is the quotient the nearest number to
        // the decimal; beyond, it has no more decimals than asked for. One zero only.
        if scaled.abs() < WHOLE { scaled / scale + 0.0 } else { degrees }
    };
    Coord { x: round(at.x), y: round(at.y) }
}

/// `None` if the shape would not be one any more.
fn rounded(shape: &Shape, scale: f64) -> Option<Shape> {
    let path = |path: &[Coord]| path.iter().map(|at| position(*at, scale)).collect::<Vec<_>>();
    Some(match shape {
        Shape::None => Shape::None,
        Shape::Point(at) => Shape::Point(position(*at, scale)),
        Shape::Points(points) => Shape::Points(path(points)),
        Shape::Lines(lines) => {
            let is_line = |line: &[Coord]| line.windows(2).any(|edge| edge[0] != edge[1]);
            let keeping = |line: &Vec<Coord>| {
                let rounded = path(line);
                (is_line(&rounded) || !is_line(line)).then_some(rounded)
            };
            Shape::Lines(lines.iter().map(keeping).collect::<Option<_>>()?)
        }
        Shape::Polygons(polygons) => {
            let all = polygons.iter().map(|polygon| {
                let ring = |ring: &LineString| LineString(path(&ring.0));
                let exterior = ring(polygon.exterior());
                let rounded =
                    Polygon::new(exterior, polygon.interiors().iter().map(ring).collect());
                let keeps = rounded == *polygon || !is_sound(polygon) || is_sound(&rounded);
                keeps.then_some(rounded)
            });
            Shape::Polygons(all.collect::<Option<_>>()?)
        }
        Shape::Mixed(shapes) => {
            Shape::Mixed(shapes.iter().map(|each| rounded(each, scale)).collect::<Option<_>>()?)
        }
    })
}

/// Whether rings neither cross nor touch along an edge and all hold land.
fn is_sound(polygon: &Polygon) -> bool {
    let mut rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let land = |ring: &LineString| Polygon::new(ring.clone(), Vec::new()).unsigned_area() > 0.0;
    rings.all(land) && polygon.is_valid()
}

#[cfg(test)]
mod tests {
    use geo::polygon;
    use proptest::prelude::*;
    use serde_json::Map;

    use super::*;

    fn feature(id: &str, shape: Shape) -> NewFeature {
        NewFeature { id: id.into(), shape, properties: Map::new() }
    }

    fn line(corners: &[(f64, f64)]) -> Shape {
        Shape::Lines(vec![corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect()])
    }

    #[test]
    fn rounding_says_how_far_it_moved() {
        let mut features = [feature("a", line(&[(80.0, 0.000_000_04), (80.000_000_05, 1.0)]))];
        let found = round(&mut features, 7, false);
        assert_eq!(features[0].shape, line(&[(80.0, 0.0), (80.000_000_1, 1.0)]));
        // 5e-8 degrees of longitude near the equator are 5.566 mm.
        assert_eq!(found.moved_m, 0.0056);
        let again = round(&mut features, 7, false);
        assert_eq!(again, Rounding::default(), "rounded twice is rounded once");
    }

    #[test]
    fn a_line_that_would_become_a_point_is_kept_and_named() {
        let lines = [line(&[(80.04, 45.04), (80.0, 46.0)]), line(&[(80.0, 46.0), (80.01, 46.01)])];
        let features = || [feature("long", lines[0].clone()), feature("short", lines[1].clone())];
        let mut alone = features();
        assert_eq!(round(&mut alone, 1, false).in_full, ["short"]);
        assert_eq!(alone[0].shape, line(&[(80.0, 45.0), (80.0, 46.0)]));
        assert_eq!(alone[1].shape, lines[1]);
        // Lines that join must go on joining.
        let mut joined = features();
        let found = round(&mut joined, 1, true);
        assert_eq!((found.in_full, found.moved_m), (vec!["long".into(), "short".into()], 0.0));
        assert_eq!([&joined[0].shape, &joined[1].shape], [&lines[0], &lines[1]]);
    }

    #[test]
    fn a_sliver_that_would_become_a_line_is_kept_and_named() {
        let sliver = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.04), (x: 2.0, y: 0.0)];
        let sliver = Shape::Polygons(vec![sliver]);
        let mut features = [feature("sliver", sliver.clone())];
        assert_eq!(round(&mut features, 1, false).in_full, ["sliver"]);
        assert_eq!(features[0].shape, sliver);
        assert!(round(&mut features, 2, false).in_full.is_empty());
    }

    proptest! {
        #[test]
        fn fewer_decimals_already_stay_to_the_last_bit(x in -1_800_000_000..1_800_000_000_i64) {
            let x: f64 = format!("{}e-7", x).parse().unwrap();
            prop_assert_eq!(position(Coord { x, y: 0.0 }, 1e7).x, x);
        }

        #[test]
        fn a_rounded_number_is_the_shortest(x in -180.0..180.0_f64, decimals in 0..16_usize) {
            let rounded = position(Coord { x, y: 0.0 }, 10.0_f64.powi(decimals as i32)).x;
            let shown = rounded.to_string();
            let count = shown.split_once('.').map_or(0, |(_, behind)| behind.len());
            prop_assert!(count <= decimals, "{} became {}", x, shown);
        }
    }
}
