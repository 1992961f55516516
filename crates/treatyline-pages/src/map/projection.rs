//! From the ellipsoid to the plane: Lambert's conformal conic projection with two
//! standard parallels chosen for the extent, and Mercator's where the extent lies across
//! the equator and the cone becomes a cylinder. Exact, and without PROJ.

use geo::Coord;
use treatyline::geodesy::Ellipsoid;
use treatyline::internal::geodesy::earth::MOST_DEGREE_M;

/// A conformal projection.
///
/// # References
/// Snyder 1987, *Map Projections: A Working Manual*, USGS Professional Paper 1395:
/// eqs. 15-1, 15-2, 15-7 to 15-10 with 14-15 and 15-11 for the cone; 7-6, 7-7 for the
/// cylinder. The symbols are Snyder's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Projection {
    ellipsoid: Ellipsoid,
    /// The central meridian λ₀, degrees.
    central_deg: f64,
    /// The two standard parallels φ₁ and φ₂, degrees.
    pub standard_deg: [f64; 2],
    /// The constant of the cone; 0 is the cylinder.
    n: f64,
    /// *aF* of the cone, *a m*₁ of the cylinder, metres.
    size_m: f64,
}

/// A cone flatter than this is drawn as a cylinder: its apex lies 60,000 km away.
const CYLINDER: f64 = 0.1;

/// No parallel nearer to a pole is projected: Mercator's poles lie at infinity.
const HIGHEST_DEG: f64 = 89.0;

impl Projection {
    /// With standard parallels a sixth of its height inside an extent, as Snyder p. 99
    /// advises for a map of this kind.
    pub(super) fn for_extent(central_deg: f64, south_deg: f64, north_deg: f64) -> Self {
        let [south, north] = [south_deg, north_deg].map(|deg| deg.clamp(-HIGHEST_DEG, HIGHEST_DEG));
        let inside = (north - south) / 6.0;
        Self::new(Ellipsoid::WGS84, central_deg, [south + inside, north - inside])
    }

    fn new(ellipsoid: Ellipsoid, central_deg: f64, standard_deg: [f64; 2]) -> Self {
        let [one, two] = standard_deg.map(f64::to_radians);
        let e = ellipsoid.eccentricity_squared().sqrt();
        let (m1, m2, t1, t2) = (m(e, one), m(e, two), t(e, one), t(e, two));
        // (15-8), and its limit where both parallels are one.
        let cone =
            if (one - two).abs() < 1e-6 { one.sin() } else { (m1 / m2).ln() / (t1 / t2).ln() };
        let n = if cone.abs() < CYLINDER { 0.0 } else { cone };
        // (15-10) with (15-7); the cylinder touches at the parallel in the middle.
        let size = if n == 0.0 { m(e, f64::midpoint(one, two)) } else { m1 / (n * t1.powf(n)) };
        let size_m = ellipsoid.semi_major_m() * size;
        Self { ellipsoid, central_deg, standard_deg, n, size_m }
    }

    /// Whether it is the cylinder.
    pub(super) fn is_cylinder(&self) -> bool {
        self.n == 0.0
    }

    /// Eastwards and northwards in metres; the origin is not given, since a map has its
    /// own. A position that is not on the Earth becomes NaN.
    pub(super) fn plane(&self, place: Coord) -> [f64; 2] {
        let e = self.ellipsoid.eccentricity_squared().sqrt();
        let phi = place.y.clamp(-HIGHEST_DEG, HIGHEST_DEG).to_radians();
        let lambda = wrapped(place.x - self.central_deg).to_radians();
        let t = t(e, phi);
        if self.is_cylinder() {
            return [self.size_m * lambda, -self.size_m * t.ln()];
        }
        let rho = self.size_m * t.powf(self.n);
        let theta = self.n * lambda;
        [rho * theta.sin(), -rho * theta.cos()]
    }

    /// An upper bound, in metres of the plane, for the distance of some places from the first of
    /// them.
    ///
    /// There is a way along a meridian and then along a parallel, and *k* grows away from
    /// the standard parallels, so it is nowhere on that way larger than at the northern or
    /// the southern end. The way does not leave the plane where the plane is cut open,
    /// opposite the central meridian.
    pub(super) fn reach_m(&self, places: &[Coord]) -> f64 {
        let mut low = [f64::INFINITY; 2];
        let mut high = [f64::NEG_INFINITY; 2];
        for place in places {
            for (axis, at) in [wrapped(place.x - self.central_deg), place.y].into_iter().enumerate()
            {
                low[axis] = low[axis].min(at);
                high[axis] = high[axis].max(at);
            }
        }
        let way_deg = (high[0] - low[0]) + (high[1] - low[1]);
        way_deg * MOST_DEGREE_M * self.scale(low[1]).max(self.scale(high[1]))
    }

    /// The scale factor *k* at a latitude: metres on the map per metre on the ground.
    pub(super) fn scale(&self, latitude_deg: f64) -> f64 {
        let e = self.ellipsoid.eccentricity_squared().sqrt();
        let phi = latitude_deg.clamp(-HIGHEST_DEG, HIGHEST_DEG).to_radians();
        let radius = self.ellipsoid.semi_major_m() * m(e, phi);
        if self.is_cylinder() {
            self.size_m / radius
        } else {
            self.n * self.size_m * t(e, phi).powf(self.n) / radius
        }
    }
}

/// A difference of longitudes in [−180, 180).
pub(super) fn wrapped(degrees: f64) -> f64 {
    (degrees + 180.0).rem_euclid(360.0) - 180.0
}

/// (14-15): the radius of a parallel over *a*.
fn m(e: f64, phi: f64) -> f64 {
    phi.cos() / (1.0 - (e * phi.sin()).powi(2)).sqrt()
}

/// (15-9): the tangent of half the conformal colatitude.
fn t(e: f64, phi: f64) -> f64 {
    let sine = e * phi.sin();
    let conformal = ((1.0 - sine) / (1.0 + sine)).powf(e / 2.0);
    (std::f64::consts::FRAC_PI_4 - phi / 2.0).tan() / conformal
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Snyder 1987, p. 296: Clarke 1866, parallels 33° and 45° N, origin 23° N 96° W.
    #[test]
    fn snyders_example_on_page_296() {
        let clarke = Ellipsoid::new("Clarke 1866", 6_378_206.4, 1.0 / 294.978_698_2).unwrap();
        let conic = Projection::new(clarke, -96.0, [33.0, 45.0]);
        let origin = conic.plane(Coord { x: -96.0, y: 23.0 });
        let place = conic.plane(Coord { x: -75.0, y: 35.0 });
        let [x, y] = [place[0] - origin[0], place[1] - origin[1]];
        assert!((x - 1_894_410.9).abs() < 0.1, "x = {x}");
        assert!((y - 1_564_649.5).abs() < 0.1, "y = {y}");
        assert!((conic.scale(35.0) - 0.997_017_1).abs() < 1e-7, "k = {}", conic.scale(35.0));
    }

    #[test]
    fn standard_parallels_are_true_in_both_hemispheres_and_on_the_equator() {
        for [south, north] in [[42.0, 49.0], [-49.0, -42.0], [60.0, 88.0], [-2.0, 2.0]] {
            let projection = Projection::for_extent(80.0, south, north);
            for standard in projection.standard_deg {
                let k = projection.scale(standard);
                assert!((k - 1.0).abs() < 1e-3, "k = {k} at {standard}°");
            }
            let [[x, y], [east, _], [_, up]] = [(80.0, south), (80.1, south), (80.0, north)]
                .map(|(x, y)| projection.plane(Coord { x, y }));
            assert!(x.abs() < 1e-6 && east > 0.0 && up > y, "north is up and east right");
        }
    }

    #[test]
    fn maps_across_the_antimeridian_hold_together() {
        let projection = Projection::for_extent(180.0, 60.0, 70.0);
        let [east, west] = [-179.0, 179.0].map(|x| projection.plane(Coord { x, y: 65.0 })[0]);
        assert!((east + west).abs() < 1e-6 && east > 0.0 && east < 60e3);
    }
}
