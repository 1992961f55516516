//! Transfer areas: land on different sides of two versions of a line.
//!
//! A contour goes out along the old line and back along the new one. Land that it encloses
//! counter-clockwise lies to the left of the old line and to the right of the new one: the party
//! on the right gains it. Land enclosed clockwise is gained on the left.
//! Where the lines cross, the sign changes; so one contour gives all faces, however often
//! the lines cross, touch or run together.

use geo::{Coord, LineString, MapCoords, Polygon};

use super::hausdorff::{Farthest, farthest};
use super::inside::inside;
use super::plane::{HALF_THE_EARTH_M, Plane};
use super::ring::Ring;
use super::track::Track;
use super::winding;
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::line::{Line, Side};
use crate::quantity::{Metres, SquareMetres};

/// An area between two lines.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Face {
    /// Its outline.
    pub polygon: Polygon,
    /// The side that gains it with the change from the old line to the new one, seen in the
    /// direction of the lines.
    pub gains: Side,
    /// Its area on WGS 84.
    pub area: SquareMetres,
    /// A point inside it.
    pub at: Coord,
    /// The chainages of the old line between which it lies.
    pub from: Metres,
    /// See `from`.
    pub to: Metres,
    /// How wide it is.
    #[doc(hidden)]
    pub width: Width,
    /// Whether it is wider than the uncertainties of both lines together.
    pub significant: bool,
}

/// How wide a face is.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Width {
    /// The greatest distance of a point of its outline from the line it is not on, and
    /// where.
    pub greatest: Farthest,
    /// Its area over half the length of its outline, holes included: the mean width, as both lines
    /// run along it.
    pub mean: Metres,
}

/// Smaller faces come from rounding to the grid: 1 mm along 1 km.
const LEAST_AREA_M2: f64 = 1.0;

/// An outline that goes this far from the middle of the plane may surround half of the Earth. The
/// plane takes latitudes for those of a sphere; so the value is a little smaller.
const FAR_M: f64 = 0.98 * HALF_THE_EARTH_M;

/// A ring that would surround all of the Earth but less than this is a sliver.
const SLIVER_M2: f64 = 1e6;

/// How near a vertex of a face must be to the old line to lie on it. The grid moves
/// vertices by millimetres, for a line around the Earth by centimetres.
const ON_THE_LINE_M: f64 = 0.1;

/// The faces of a ring, as they come along the old line.
pub(super) fn faces(ring: &Ring, old: &Track, new: &Track, accuracy: Metres) -> Vec<Face> {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let plane = Plane::around(&ring.contour);
    let flat: Vec<[f64; 2]> = ring.contour.iter().map(|at| plane.flat(*at)).collect();
    let winding::Faces { counter_clockwise, clockwise } = winding::faces(&flat);
    let on_earth = |at: Coord| plane.round([at.x, at.y]);
    let right = counter_clockwise.into_iter().map(|polygon| (polygon, Side::Right));
    let left = clockwise.into_iter().map(|polygon| (polygon, Side::Left));
    let measured = right.chain(left).filter_map(|(polygon, gains)| {
        let at = inside(&polygon)?;
        let goes_far = polygon.exterior().0.iter().any(|at| at.x.hypot(at.y) > FAR_M);
        let polygon = polygon.map_coords(on_earth);
        let area = if goes_far {
            around_the_earth(&geodesic, &polygon)?
        } else {
            geodesic.area(&polygon).ok()?
        };
        if area.value() < LEAST_AREA_M2 {
            return None;
        }
        let outline = Line::new(polygon.exterior().0.clone()).ok()?;
        let holes = polygon.interiors().iter().map(|hole| geodesic.sound_length(&hole.0).value());
        let around_m = outline.length().value() + holes.sum::<f64>();
        let width = Width {
            greatest: greatest(&outline, old, new),
            mean: Metres::new(2.0 * area.value() / around_m),
        };
        let [from, to] = along(polygon.exterior(), old);
        let significant = width.greatest.distance > accuracy;
        Some(Face { polygon, gains, area, at: on_earth(at), from, to, width, significant })
    });
    let mut faces: Vec<Face> = measured.collect();
    faces.sort_by(|a, b| {
        let key = |face: &Face| [face.from.value(), face.to.value(), face.area.value()];
        key(a).partial_cmp(&key(b)).unwrap_or(std::cmp::Ordering::Equal)
    });
    faces
}

/// The area of a face whose outline may surround more than half of the Earth. The area of a ring is
/// that of its smaller side, so the direction decides: an outline runs counter-clockwise around its
/// face, the outline of a hole clockwise.
fn around_the_earth(geodesic: &Geodesic, polygon: &Polygon) -> Option<SquareMetres> {
    let left_of = |ring: &LineString| {
        let found = geodesic.ring_area(&ring.0).ok()?;
        // Only the last digits decide in which direction a sliver runs.
        let inside = found.counter_clockwise || found.area.value() < SLIVER_M2;
        Some(if inside { found.area } else { Ellipsoid::WGS84.area() - found.area })
    };
    let mut area = left_of(polygon.exterior())?;
    for hole in polygon.interiors() {
        let backwards = LineString(hole.0.iter().rev().copied().collect());
        area = area - left_of(&backwards)?;
    }
    Some(area)
}

/// The outline lies on the two lines, so its distance from either is that between them.
fn greatest(outline: &Line, old: &Track, new: &Track) -> Farthest {
    let outline = Track::new(outline);
    let (from_new, from_old) = (farthest(&outline, old), farthest(&outline, new));
    if from_new.distance < from_old.distance { from_old } else { from_new }
}

/// The chainages of the old line between which an outline touches it; if it touches it nowhere,
/// those between which it is nearest.
fn along(outline: &LineString, old: &Track) -> [Metres; 2] {
    let mut hint = 0;
    let near = outline.0.iter().map(|at| {
        let near = old.nearest_to(&old.line().frame().place(*at), hint);
        hint = near.edge;
        near
    });
    let near: Vec<_> = near.collect();
    let between = |within_m: f64| {
        let on = near.iter().filter(|near| near.distance_m <= within_m);
        on.map(|near| old.chainage(near.edge, near.share).value())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), m| (low.min(m), high.max(m)))
    };
    let (mut low, mut high) = between(ON_THE_LINE_M);
    if low > high {
        (low, high) = between(f64::INFINITY);
    }
    [low, high].map(Metres::new)
}
