//! Geodesic length by Karney's method.

use geo::Coord;
use geographiclib_rs::{DirectGeodesic, Geodesic as Karney, InverseGeodesic};

use super::{CompensatedSum, Ellipsoid};
use crate::quantity::Metres;

/// Geodesics on one ellipsoid.
///
/// # References
/// Karney 2013, *Algorithms for geodesics*, J. Geodesy 87:43–55, through
/// `geographiclib-rs`: each distance is good to some nanometres for any two
/// points, antipodal ones included.
///
/// # Assumptions
/// Coordinates are finite and latitudes within ±90°; everything that comes
/// through [`Line`](crate::line::Line) is. A NaN coordinate gives a NaN length.
#[derive(Debug, Clone)]
pub struct Geodesic {
    ellipsoid: Ellipsoid,
    karney: Karney,
}

impl Geodesic {
    /// Prepares the series coefficients for an ellipsoid. Keep and share the
    /// result: preparing costs as much as measuring a few edges.
    #[must_use]
    pub fn new(ellipsoid: Ellipsoid) -> Self {
        let karney = Karney::new(ellipsoid.semi_major_m(), ellipsoid.flattening());
        Self { ellipsoid, karney }
    }

    /// The ellipsoid measured on.
    #[must_use]
    pub const fn ellipsoid(&self) -> &Ellipsoid {
        &self.ellipsoid
    }

    /// The inner solver, for this floor only.
    pub(super) const fn karney(&self) -> &Karney {
        &self.karney
    }

    /// The length of the shortest path between two points.
    ///
    /// # Units
    /// Degrees in, metres out.
    ///
    /// ```
    /// use approx::assert_abs_diff_eq;
    /// use geo::Coord;
    /// use treatyline::{geodesy::{Ellipsoid, Geodesic}, quantity::Metres};
    ///
    /// // A degree of the equator is a·π/180.
    /// let geodesic = Geodesic::new(Ellipsoid::WGS84);
    /// let degree = geodesic.distance(Coord { x: 80.0, y: 0.0 }, Coord { x: 81.0, y: 0.0 });
    /// assert_abs_diff_eq!(degree, Metres::new(6_378_137.0_f64.to_radians()), epsilon = 1e-8);
    /// ```
    #[must_use]
    pub fn distance(&self, from: Coord, to: Coord) -> Metres {
        Metres::new(self.karney.inverse(from.y, from.x, to.y, to.x))
    }

    /// Distance and the azimuth at `from`, clockwise from north, in [0, 360).
    ///
    /// # Units
    /// Degrees in, metres and degrees out.
    #[must_use]
    pub fn distance_and_azimuth(&self, from: Coord, to: Coord) -> (Metres, f64) {
        let (distance_m, azimuth_deg, _, _) = self.karney.inverse(from.y, from.x, to.y, to.x);
        (Metres::new(distance_m), azimuth_deg.rem_euclid(360.0))
    }

    /// The point at a share (0 to 1) of the geodesic between two points.
    #[must_use]
    pub fn between(&self, from: Coord, to: Coord, share: f64) -> Coord {
        let (distance, azimuth_deg) = self.distance_and_azimuth(from, to);
        self.destination(from, azimuth_deg, distance * share)
    }

    /// The point reached from `from` along a geodesic that starts at an azimuth,
    /// clockwise from north.
    ///
    /// # Units
    /// Degrees in and out.
    #[must_use]
    pub fn destination(&self, from: Coord, azimuth_deg: f64, distance: Metres) -> Coord {
        let (lat, lon) = self.karney.direct(from.y, from.x, azimuth_deg, distance.value());
        Coord { x: lon, y: lat }
    }

    /// The length of a path: the sum over its edges, compensated.
    ///
    /// # Units
    /// Degrees in, metres out; 0 for fewer than two vertices.
    #[must_use]
    pub fn length(&self, path: &[Coord]) -> Metres {
        let mut sum = CompensatedSum::default();
        for (from, to) in edges(path) {
            sum.add(self.distance(from, to).value());
        }
        Metres::new(sum.total())
    }

    /// The length from the first vertex to each vertex. As long as `path`.
    ///
    /// # Units
    /// Degrees in, metres out.
    #[must_use]
    pub fn chainages(&self, path: &[Coord]) -> Vec<Metres> {
        let mut sum = CompensatedSum::default();
        let mut chainages = Vec::with_capacity(path.len());
        chainages.extend(path.first().map(|_| Metres::new(0.0)));
        for (from, to) in edges(path) {
            sum.add(self.distance(from, to).value());
            chainages.push(Metres::new(sum.total()));
        }
        chainages
    }
}

/// The edges of a path.
pub(super) fn edges(path: &[Coord]) -> impl Iterator<Item = (Coord, Coord)> + '_ {
    path.iter().zip(path.iter().skip(1)).map(|(from, to)| (*from, *to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_abs_diff_eq;

    const NORTH: Coord = Coord { x: 87.0, y: 49.0 };
    const SOUTH: Coord = Coord { x: 80.0, y: 42.0 };

    #[test]
    fn chainages_end_at_the_length() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let path = [NORTH, Coord { x: 84.0, y: 46.0 }, SOUTH];
        let chainages = geodesic.chainages(&path);
        assert_eq!(chainages.len(), path.len());
        assert_eq!(chainages.last().copied(), Some(geodesic.length(&path)));
        assert!(geodesic.chainages(&[]).is_empty());
    }

    #[test]
    fn a_share_of_the_way_is_that_share_of_the_distance() {
        let geodesic = Geodesic::new(Ellipsoid::KRASOVSKY);
        let third = geodesic.between(NORTH, SOUTH, 1.0 / 3.0);
        let whole = geodesic.distance(NORTH, SOUTH);
        assert_abs_diff_eq!(geodesic.distance(NORTH, third), whole * (1.0 / 3.0), epsilon = 1e-7);
    }

    #[test]
    fn krasovsky_is_longer_than_wgs84_by_seventeen_parts_per_million() {
        let on = |ellipsoid| Geodesic::new(ellipsoid).distance(NORTH, SOUTH).value();
        let ppm = (on(Ellipsoid::KRASOVSKY) / on(Ellipsoid::WGS84) - 1.0) * 1e6;
        assert!((15.0..19.0).contains(&ppm), "{ppm} ppm");
    }
}
