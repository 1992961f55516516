//! Where a point lies relative to an edge: how far along, how far off, which side.
//!
//! Points become vectors from the Earth's centre (EPSG guidance note 7-2, §4.1.1).
//! For an edge *AB* and a point *P*, everything is projected along the ellipsoid
//! normal in the middle of the edge; in the plane that remains, *AB* is straight
//! and the foot of *P* is plane geometry. No trigonometry per pair, so that a
//! whole line can be searched in microseconds.
//!
//! # Error budget
//!
//! With *s* the edge, *h* the distance and *R* the Earth's radius, the projection
//! shortens *h* by about *h*(*h²* + *s²*/4)/2*R²* and moves the foot by about
//! *s h²*/2*R²*. For the two uses made of it:
//!
//! | use | *s* | *h* | error of *h* |
//! |---|--:|--:|--:|
//! | simplification, decisions at the tolerance | 16 km | 50 m | 0.1 mm |
//! | finding the nearest edge of a far point | 16 km | 100 km | 12 m; the distance itself is then measured on the geodesic |
//!
//! [`Place::distance_m`] is a chord made an arc. [`Frame::between`] is not quite even: in the
//! middle of an edge of 10 km it is 2 cm off along the edge, of 100 km 2 m.

use super::Ellipsoid;
use super::position::Position;
use super::vector::{Vector, cross, dot, minus, plus};

/// Turns coordinates into vectors on one ellipsoid.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    pub(super) semi_major_m: f64,
    pub(super) e2: f64,
}

/// A point as a vector from the Earth's centre, with the ellipsoid normal there.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub(super) position: Vector,
    pub(super) normal: Vector,
}

/// The foot of a point on an edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Foot {
    /// Where on the edge the nearest point lies: 0 at its beginning, 1 at its end.
    pub share: f64,
    /// Distance from the edge in metres, never negative.
    pub distance_m: f64,
    /// Distance from the edge's infinite prolongation in metres, positive on its
    /// left.
    pub offset_m: f64,
}

impl Frame {
    /// The frame of an ellipsoid.
    #[must_use]
    pub const fn new(ellipsoid: &Ellipsoid) -> Self {
        Self { semi_major_m: ellipsoid.semi_major_m(), e2: ellipsoid.eccentricity_squared() }
    }

    /// The vector of a point on the ellipsoid.
    #[must_use]
    pub fn place(&self, point: impl Position) -> Place {
        let (sin_lat, cos_lat) = point.lat_deg().to_radians().sin_cos();
        let (sin_lon, cos_lon) = point.lon_deg().to_radians().sin_cos();
        self.with_normal([cos_lat * cos_lon, cos_lat * sin_lon, sin_lat])
    }

    pub(super) fn with_normal(&self, normal: Vector) -> Place {
        let sin_lat = normal[2];
        // ν, the radius of curvature in the prime vertical.
        let nu = self.semi_major_m / (1.0 - self.e2 * sin_lat * sin_lat).sqrt();
        let position = [nu * normal[0], nu * normal[1], nu * (1.0 - self.e2) * normal[2]];
        Place { position, normal }
    }

    /// The vectors of a path.
    #[must_use]
    pub fn places(&self, path: &[impl Position]) -> Vec<Place> {
        path.iter().map(|point| self.place(*point)).collect()
    }

    /// The point at a share of the geodesic from `a` to `b`, which should not be longer
    /// than some kilometres: the chord's point, raised to the ellipsoid. Shares of the
    /// chord and of the geodesic differ by less than *s²*/200*R²*.
    #[must_use]
    pub fn between(&self, a: &Place, b: &Place, share: f64) -> Place {
        self.place_of(self.position_between(a, b, share))
    }

    /// The place that a vector to a point on the ellipsoid leads to.
    #[must_use]
    pub fn place_of(&self, position: Vector) -> Place {
        let normal = self.gradient(position);
        let size = dot(normal, normal).sqrt();
        Place { position, normal: normal.map(|x| x / size) }
    }

    /// The vector of [`Frame::between`] alone, in metres.
    #[must_use]
    pub fn position_between(&self, a: &Place, b: &Place, share: f64) -> Vector {
        let chord = plus(a.position, minus(b.position, a.position), share);
        let up: Vector = std::array::from_fn(|i| a.normal[i] * (1.0 - share) + b.normal[i] * share);
        let mut position = chord;
        // Newton's steps; the first leaves less than a nanometre on 1 km.
        for _ in 0..2 {
            let slope = self.gradient(position);
            let outside = dot(slope, position) - 1.0;
            position = plus(position, up, -0.5 * outside / dot(slope, up));
        }
        position
    }

    /// Half of the gradient of what is 1 on the ellipsoid: (*x*² + *y*²)/*a*² + *z*²/*b*².
    fn gradient(&self, v: Vector) -> Vector {
        let (a2, b2) = (self.semi_major_m.powi(2), self.semi_major_m.powi(2) * (1.0 - self.e2));
        [v[0] / a2, v[1] / a2, v[2] / b2]
    }
}

impl Place {
    /// The vector from the Earth's centre, in metres.
    #[inline(always)]
    #[must_use]
    pub const fn position(&self) -> Vector {
        self.position
    }

    /// The distance to another place along the surface, from the chord *c*:
    /// *c* + *c*³/24*R*², *R* from the Earth's centre. Good to 2·10⁻⁹ of itself at 10 km
    /// and 2·10⁻⁷ at 100 km.
    #[must_use]
    pub fn distance_m(&self, other: &Self) -> f64 {
        self.distance_to_m(other.position)
    }

    /// [`Place::distance_m`] to the place that a vector leads to.
    #[inline]
    #[must_use]
    pub fn distance_to_m(&self, position: Vector) -> f64 {
        let between = minus(position, self.position);
        let squared = dot(between, between);
        squared.sqrt() * (1.0 + squared / (24.0 * dot(self.position, self.position)))
    }

    /// The foot of this point on the edge from `a` to `b`. An edge of no length is
    /// its first point.
    #[must_use]
    pub fn foot_on(&self, a: &Self, b: &Self) -> Foot {
        Baseline::new(a, b).foot(self.position)
    }
}

/// An edge made ready to be asked about many points.
#[derive(Debug, Clone, Copy)]
pub struct Baseline {
    start: Vector,
    /// The normal in its middle, of any length, and the square of that length.
    up: Vector,
    up_squared: f64,
    /// The edge along that normal's plane, and its square.
    edge: Vector,
    squared: f64,
}

impl Baseline {
    /// The edge from `a` to `b`.
    #[inline]
    #[must_use]
    pub fn new(a: &Place, b: &Place) -> Self {
        let up: Vector = std::array::from_fn(|i| a.normal[i] + b.normal[i]);
        // Antipodal ends have no normal in the middle; the start's will do.
        let up = if dot(up, up) > 0.0 { up } else { a.normal };
        let up_squared = dot(up, up);
        let edge = flat(minus(b.position, a.position), up, up_squared);
        Self { start: a.position, up, up_squared, edge, squared: dot(edge, edge) }
    }

    /// How far along the edge a point's foot lies, and the way from the one to the other.
    #[inline]
    fn share(&self, to_point: Vector) -> (f64, Vector) {
        if self.squared == 0.0 {
            return (0.0, to_point);
        }
        let share = (dot(to_point, self.edge) / self.squared).clamp(0.0, 1.0);
        (share, std::array::from_fn(|i| to_point[i] - share * self.edge[i]))
    }

    /// [`Foot::distance_m`] alone. It changes by no more than the point moves.
    #[inline]
    #[must_use]
    pub fn distance_m(&self, point: Vector) -> f64 {
        let (_, rest) = self.share(flat(minus(point, self.start), self.up, self.up_squared));
        dot(rest, rest).sqrt()
    }

    /// The foot of a point, given as a vector from the Earth's centre.
    #[inline]
    #[must_use]
    pub fn foot(&self, point: Vector) -> Foot {
        let to_point = flat(minus(point, self.start), self.up, self.up_squared);
        let (share, rest) = self.share(to_point);
        let distance_m = dot(rest, rest).sqrt();
        if self.squared == 0.0 {
            return Foot { share, distance_m, offset_m: distance_m };
        }
        let left = dot(self.up, cross(self.edge, to_point));
        Foot { share, distance_m, offset_m: left / (self.up_squared * self.squared).sqrt() }
    }
}

/// The part of a vector that lies in the plane of a normal.
#[inline]
fn flat(v: Vector, up: Vector, up_squared: f64) -> Vector {
    let height = dot(v, up) / up_squared;
    [v[0] - height * up[0], v[1] - height * up[1], v[2] - height * up[2]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Geodesic, Metres};

    fn foot(point: (f64, f64), from: (f64, f64), to: (f64, f64)) -> Foot {
        let frame = Frame::new(&Ellipsoid::WGS84);
        let place = |(x, y)| frame.place([x, y]);
        place(point).foot_on(&place(from), &place(to))
    }

    #[test]
    fn east_of_a_southward_edge_is_left() {
        let east = foot((80.1, 45.0), (80.0, 45.05), (80.0, 44.95));
        let west = foot((79.9, 45.0), (80.0, 45.05), (80.0, 44.95));
        assert!(east.offset_m > 0.0 && west.offset_m < 0.0);
        assert!((east.share - 0.5).abs() < 0.01);
    }

    #[test]
    fn beyond_an_end_the_end_is_nearest() {
        let beyond = foot((80.0, 45.2), (80.0, 45.1), (80.0, 45.0));
        let end_m = Geodesic::new(Ellipsoid::WGS84).distance([80.0, 45.2], [80.0, 45.1]).value();
        assert_eq!(beyond.share, 0.0);
        assert!((beyond.distance_m - end_m).abs() < 0.05, "{} {end_m}", beyond.distance_m);
    }

    #[test]
    fn the_error_budget_holds() {
        // A 16 km meridian edge and points 50 m and 100 km due east of its middle.
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let (north, south) = ([80.0, 45.072], [80.0, 44.928]);
        let middle = geodesic.between(north, south, 0.5);
        for (distance_m, allowed_m) in [(50.0, 1e-4), (1e5, 13.0)] {
            let point = geodesic.destination(middle, 90.0, Metres::new(distance_m));
            let found = foot(point.into(), north.into(), south.into());
            assert!(
                (found.distance_m - distance_m).abs() < allowed_m,
                "{distance_m} m: {}",
                found.distance_m
            );
        }
    }

    #[test]
    fn a_chord_made_an_arc_is_the_geodesic() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let frame = Frame::new(&Ellipsoid::WGS84);
        let start = [80.0, 45.0];
        for (distance_m, share) in [(100.0, 2e-9), (1e4, 2e-9), (1e5, 2e-7)] {
            for azimuth_deg in [0.0, 45.0, 90.0] {
                let end = geodesic.destination(start, azimuth_deg, Metres::new(distance_m));
                let (a, b) = (frame.place(start), frame.place(end));
                let off_m = (a.distance_m(&b) - distance_m).abs();
                assert!(off_m <= share * distance_m + 1e-9, "{distance_m} m: {off_m} m");
                let middle = frame.place(geodesic.between(start, end, 0.5));
                let off_m = frame.between(&a, &b, 0.5).distance_m(&middle);
                assert!(
                    off_m <= 2.1e-10 * distance_m * distance_m + 1e-9,
                    "{distance_m} m, middle: {off_m} m"
                );
            }
        }
    }

    #[test]
    fn an_edge_of_no_length_is_a_point() {
        let found = foot((80.0, 45.001), (80.0, 45.0), (80.0, 45.0));
        assert!((found.distance_m - 111.1).abs() < 0.2);
    }
}
