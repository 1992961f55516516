//! Distances from one point to many short edges, good to a millimetre.
//!
//! [`Place::foot_on`] looks along the normal of the edge, which is exact enough where
//! edges are short *and* near. Here the point is the centre: seen from its centre of
//! curvature, geodesics nearby are straight lines in the plane that touches the
//! ellipsoid at the point, and distances from the point keep their order (the gnomonic
//! projection; Karney 2013, §8, gives the exact one for an ellipsoid).
//!
//! # Error budget
//!
//! The point's sphere has the Gaussian radius *R* = √(*MN*). Along a meridian the
//! ellipsoid bends with *M* = *R*(1 + *η*), |*η*| < 0.0034, and a distance *d* is off by
//! *η d³*/6*R²*: 0.01 mm at 10 km, 1 mm at 40 km, 1.4 cm at 100 km. A geodesic of length
//! *s* at that distance is bent by as little. Searching is all this is used for: a
//! distance that is reported has been measured on the geodesic.

use super::frame::{Frame, Place};
use super::vector::{Vector, dot, minus, plus};

/// The surroundings of a point, as lines seen from its centre of curvature.
#[derive(Debug, Clone, Copy)]
pub struct Gnomonic {
    position: Vector,
    normal: Vector,
    radius_m: f64,
}

/// The point of an edge that is nearest to the centre of a [`Gnomonic`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearPoint {
    /// Where on the edge: 0 at its beginning, 1 at its end.
    pub share: f64,
    /// The distance along the surface, in metres.
    pub distance_m: f64,
}

/// What lies more than about 60° away is beyond the horizon: the plane's scale grows
/// without bound towards 90°. This is the cosine.
const HORIZON: f64 = 0.5;

impl Gnomonic {
    /// The nearest point of the edge from `a` to `b`, which should not be longer than
    /// some kilometres. Beyond the horizon, its nearer end.
    ///
    /// # Units
    /// Metres.
    #[inline]
    #[must_use]
    pub fn nearest_on(&self, a: &Place, b: &Place) -> NearPoint {
        let (from, to) = (minus(a.position, self.position), minus(b.position, self.position));
        let Some((a, b)) = self.flat(from).zip(self.flat(to)) else {
            return self.nearer_end(from, to);
        };
        let edge = minus(b, a);
        let squared = dot(edge, edge);
        let share = if squared > 0.0 { (-dot(a, edge) / squared).clamp(0.0, 1.0) } else { 0.0 };
        let rest = plus(a, edge, share);
        NearPoint { share, distance_m: self.along(dot(rest, rest).sqrt()) }
    }

    /// The part of the edge from `a` to `b` that is no farther away than a reach, as shares
    /// of the edge. `None` where no part is, and beyond the horizon.
    #[inline]
    #[must_use]
    pub fn within(&self, a: &Place, b: &Place, reach_m: f64) -> Option<[f64; 2]> {
        let a = self.flat(minus(a.position, self.position))?;
        let b = self.flat(minus(b.position, self.position))?;
        let edge = minus(b, a);
        let (squared, reach_m) = (dot(edge, edge), self.radius_m * (reach_m / self.radius_m).tan());
        if squared == 0.0 {
            return (dot(a, a) <= reach_m * reach_m).then_some([0.0, 1.0]);
        }
        let foot = -dot(a, edge) / squared;
        let off = plus(a, edge, foot);
        let half = ((reach_m * reach_m - dot(off, off)) / squared).sqrt();
        // Not a number where the whole prolonged edge is out of reach.
        let (from, to) = ((foot - half).max(0.0), (foot + half).min(1.0));
        (half >= 0.0 && from <= to).then_some([from, to])
    }

    /// A point in the plane, as seen from the centre; `None` beyond the horizon.
    #[inline]
    fn flat(&self, from_centre: Vector) -> Option<Vector> {
        let fall = dot(from_centre, self.normal);
        let depth = self.radius_m + fall;
        if depth < HORIZON * self.radius_m {
            return None;
        }
        let scale = self.radius_m / depth;
        Some(plus(from_centre.map(|x| x * scale), self.normal, -fall * scale))
    }

    /// The distance along the surface of a point in the plane.
    #[inline]
    fn along(&self, flat_m: f64) -> f64 {
        let x = flat_m / self.radius_m;
        let x2 = x * x;
        // arctan x; the next term is 4·10⁻¹³ of it at the limit, which is 64 km.
        if x2 < 1e-4 {
            flat_m * (1.0 - x2 * (1.0 / 3.0 - x2 * (1.0 / 5.0 - x2 / 7.0)))
        } else {
            self.radius_m * x.atan()
        }
    }

    fn nearer_end(&self, from: Vector, to: Vector) -> NearPoint {
        let along =
            |chord: f64| 2.0 * self.radius_m * (0.5 * chord / self.radius_m).clamp(0.0, 1.0).asin();
        let ends = [dot(from, from).sqrt(), dot(to, to).sqrt()];
        let share = if ends[1] < ends[0] { 1.0 } else { 0.0 };
        NearPoint { share, distance_m: along(ends[0].min(ends[1])) }
    }
}

impl Frame {
    /// What a point of this frame's ellipsoid sees around it.
    #[must_use]
    pub fn gnomonic(&self, centre: &Place) -> Gnomonic {
        let sin_lat = centre.normal[2];
        // √(MN) = b/W².
        let radius_m =
            self.semi_major_m * (1.0 - self.e2).sqrt() / (1.0 - self.e2 * sin_lat * sin_lat);
        Gnomonic { position: centre.position, normal: centre.normal, radius_m }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Ellipsoid, Geodesic, Metres};

    /// The distance from a point to an edge by trying many points of it.
    fn tried(geodesic: &Geodesic, point: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
        let at = |share: f64| geodesic.distance(point, geodesic.between(a, b, share)).value();
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let third = (high - low) / 3.0;
            if at(low + third) < at(high - third) { high -= third } else { low += third }
        }
        at(0.5 * (low + high))
    }

    #[test]
    fn the_error_budget_holds_at_every_latitude_and_azimuth() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let frame = Frame::new(&Ellipsoid::WGS84);
        for (away_m, allowed_m) in
            [(10.0, 1e-5), (1e3, 1e-5), (1e4, 3e-5), (4e4, 1e-3), (1e5, 2e-2)]
        {
            for lat in [0.0, 30.0, 45.0, 60.0, 80.0] {
                for azimuth in [0.0, 30.0, 90.0, 200.0] {
                    let point = [82.0, lat];
                    let foot = geodesic.destination(point, azimuth, Metres::new(away_m));
                    let along =
                        |turn, m| geodesic.destination(foot, azimuth + turn, Metres::new(m));
                    let (a, b) = (along(85.0, 400.0), along(-85.0, 600.0));
                    let view = frame.gnomonic(&frame.place(point));
                    let found = view.nearest_on(&frame.place(a), &frame.place(b));
                    let off_m = found.distance_m - tried(&geodesic, point, a, b);
                    assert!(off_m.abs() < allowed_m, "{away_m} m, {lat}°, {azimuth}°: {off_m} m");
                }
            }
        }
    }

    #[test]
    fn beyond_the_horizon_the_nearer_end_is_found() {
        let frame = Frame::new(&Ellipsoid::SPHERE);
        let place = |x, y| frame.place([x, y]);
        let view = frame.gnomonic(&place(0.0, 0.0));
        let found = view.nearest_on(&place(120.0, 0.0), &place(120.01, 0.0));
        let third_m = 2.0 / 3.0 * std::f64::consts::PI * Ellipsoid::SPHERE.semi_major_m();
        assert!(found.share == 0.0 && (found.distance_m - third_m).abs() < 1.0, "{found:?}");
    }

    #[test]
    fn what_is_within_reach_ends_where_the_reach_does() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let frame = Frame::new(&Ellipsoid::WGS84);
        let point = [82.0, 45.0];
        let view = frame.gnomonic(&frame.place(point));
        let (a, b) = ([82.004, 44.995], [82.004, 45.003]);
        let (from, to) = (frame.place(a), frame.place(b));
        for reach_m in [320.0, 340.0, 400.0, 500.0] {
            let shares = view.within(&from, &to, reach_m).unwrap();
            for share in shares.into_iter().filter(|share| *share > 0.0 && *share < 1.0) {
                let end = geodesic.between(a, b, share);
                let off_m = geodesic.distance(point, end).value() - reach_m;
                assert!(off_m.abs() < 1e-4, "{reach_m} m: {off_m} m");
            }
            assert_eq!(shares[1] == 1.0, reach_m > 460.0);
        }
        assert_eq!(view.within(&from, &to, 310.0), None);
        assert_eq!(view.within(&from, &to, 1e4), Some([0.0, 1.0]));
        assert_eq!(view.within(&from, &from, 100.0), None);
    }

    #[test]
    fn a_share_of_an_edge_lies_on_its_geodesic() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let frame = Frame::new(&Ellipsoid::WGS84);
        let (a, b) = ([82.0, 46.0], [82.009, 46.006]);
        for share in [0.0, 0.25, 0.5, 1.0] {
            let found = frame.between(&frame.place(a), &frame.place(b), share);
            let meant = frame.place(geodesic.between(a, b, share));
            let off = minus(found.position, meant.position);
            assert!(dot(off, off).sqrt() < 1e-5, "{share}: {off:?}");
            assert!((dot(found.normal, meant.normal) - 1.0).abs() < 1e-15);
        }
    }
}
