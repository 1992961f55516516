//! Rhumb lines (loxodromes): lines of one azimuth.
//!
//! Between two latitudes a rhumb line goes north by the arc of the meridian and east by the
//! difference of longitude times a mean radius of the parallels. The mean is a quotient of two
//! differences, each of which is formed without subtracting nearly equal numbers, so it holds
//! for every pair of latitudes. `docs/geodesy.md` has the formulas and the error budget.

use super::position::{Position, is_position};
use super::walk::eastward;
use super::{Ellipsoid, Geodesic, Metres};

/// Positive nodes and their weights of the Gauss–Legendre rule of ten nodes on [−1, 1].
const RULE: [(f64, f64); 5] = [
    (0.148_874_338_981_631_21, 0.295_524_224_714_752_87),
    (0.433_395_394_129_247_2, 0.269_266_719_309_996_36),
    (0.679_409_568_299_024_4, 0.219_086_362_515_982_04),
    (0.865_063_366_688_984_5, 0.149_451_349_150_580_6),
    (0.973_906_528_517_171_7, 0.066_671_344_308_688_14),
];

/// The longest arc of the meridian that the rule is used for at once: on every ellipsoid of this
/// crate it is then good to the last bit.
const PIECE_DEG: f64 = 45.0;

/// A way this much longer than the way to the pole still ends at the pole: it is what rounding
/// leaves of an arc.
const ROUNDING_M: f64 = 1e-8;

/// Newton's method doubles the digits with each round; from anywhere, six give all of a double.
const ROUNDS: usize = 12;

impl Geodesic {
    /// The length of the rhumb line between two places and its azimuth, clockwise from north, in
    /// [0, 360). It goes the shorter way round in longitude, and eastwards where both ways are
    /// equal. Between two places on one parallel it is the parallel. Not a number for a position
    /// that is not on the Earth.
    ///
    /// A pole has no longitude: a rhumb line to a pole or from it is the meridian of its other
    /// end.
    ///
    /// # Units
    /// Degrees in, metres and degrees out.
    ///
    /// # References
    /// The differences without cancellation: Karney 2024, *The area of rhumb polygons*; the formulas:
    /// `docs/geodesy.md`, eqs. 14 to 18. Good to 0.02 µm for every pair of places.
    ///
    /// ```
    /// use treatyline_geodesy::{Ellipsoid, Geodesic};
    ///
    /// let geodesic = Geodesic::new(Ellipsoid::WGS84);
    /// let (length, azimuth_deg) = geodesic.rhumb_distance_and_azimuth([80.0, 45.0], [82.0, 45.0]);
    /// assert_eq!(azimuth_deg, 90.0);
    /// assert!(length > geodesic.distance([80.0, 45.0], [82.0, 45.0]));
    /// ```
    #[must_use]
    pub fn rhumb_distance_and_azimuth(
        &self,
        from: impl Position,
        to: impl Position,
    ) -> (Metres, f64) {
        if !(is_position(from) && is_position(to)) {
            return (Metres::new(f64::NAN), f64::NAN);
        }
        let span = Span::new(self.ellipsoid(), from.lat_deg(), to.lat_deg() - from.lat_deg());
        let east_m = span.radius_m * eastward(from.lon_deg(), to.lon_deg()).0.to_radians();
        let azimuth_deg = east_m.atan2(span.north_m).to_degrees();
        (Metres::new(east_m.hypot(span.north_m)), in_circle(azimuth_deg))
    }

    /// The place reached from `from` along the rhumb line of an azimuth, clockwise from north;
    /// its longitude is in [−180, 180].
    ///
    /// `None` where the way leads beyond a pole, where it starts at a pole along anything but a
    /// meridian, and where a number is not finite or not on the Earth. A way that ends at a pole
    /// ends there with the longitude of `from`.
    ///
    /// # Units
    /// Degrees in and out.
    ///
    /// # References
    /// As for [`Geodesic::rhumb_distance_and_azimuth`].
    ///
    /// ```
    /// use treatyline_geodesy::{Ellipsoid, Geodesic, Metres};
    ///
    /// let geodesic = Geodesic::new(Ellipsoid::WGS84);
    /// let way = Metres::from_km(100.0);
    /// let [lon, lat] = geodesic.rhumb_destination([80.0, 45.0], 90.0, way).unwrap();
    /// assert!(lat == 45.0 && lon > 81.0);
    /// assert_eq!(geodesic.rhumb_destination([80.0, 89.0], 10.0, Metres::from_km(200.0)), None);
    /// ```
    #[must_use]
    pub fn rhumb_destination<P: Position>(
        &self,
        from: P,
        azimuth_deg: f64,
        distance: Metres,
    ) -> Option<P> {
        if !(is_position(from) && azimuth_deg.is_finite() && distance.value().is_finite()) {
            return None;
        }
        let (sin, cos) = sin_cos_deg(azimuth_deg);
        let (east_m, north_m) = (distance.value() * sin, distance.value() * cos);
        let pole = 90.0_f64.copysign(north_m);
        let to_pole_m = Span::new(self.ellipsoid(), from.lat_deg(), pole - from.lat_deg()).north_m;
        let beyond_m = north_m.abs() - to_pole_m.abs();
        if beyond_m > ROUNDING_M {
            return None;
        }
        if beyond_m >= 0.0 && north_m != 0.0 {
            return Some(P::new(from.lon_deg(), pole));
        }
        let span = Span::reaching(self.ellipsoid(), from.lat_deg(), north_m);
        let lon_deg = match (east_m == 0.0, span.radius_m > 0.0) {
            (true, _) => from.lon_deg(),
            (_, true) => from.lon_deg() + (east_m / span.radius_m).to_degrees(),
            _ => return None,
        };
        let lat_deg = (from.lat_deg() + span.difference_deg).clamp(-90.0, 90.0);
        Some(P::new(within_half_turn(lon_deg), lat_deg))
    }
}

/// What lies between two latitudes.
#[derive(Debug, Clone, Copy)]
struct Span {
    difference_deg: f64,
    /// The arc of the meridian, north positive.
    north_m: f64,
    /// The arc divided by the difference of isometric latitude: a mean radius of the parallels.
    radius_m: f64,
}

impl Span {
    fn new(ellipsoid: &Ellipsoid, lat_deg: f64, difference_deg: f64) -> Self {
        let north_m = meridian_m(ellipsoid, lat_deg, difference_deg);
        let difference = difference_deg.to_radians();
        // The mean differs from the radius in the middle by the square of the difference.
        let radius_m = if difference.abs() <= f64::EPSILON {
            parallel_m(ellipsoid, lat_deg + 0.5 * difference_deg)
        } else {
            north_m.abs() / isometric(ellipsoid, lat_deg, difference_deg).abs()
        };
        Self { difference_deg, north_m, radius_m }
    }

    /// The span from a latitude over an arc of the meridian that does not lead beyond a pole.
    fn reaching(ellipsoid: &Ellipsoid, lat_deg: f64, north_m: f64) -> Self {
        let mut difference_deg = 0.0;
        for _ in 0..ROUNDS {
            let left_m = north_m - meridian_m(ellipsoid, lat_deg, difference_deg);
            let radius_m = meridian_radius_m(ellipsoid, lat_deg + difference_deg);
            let next_deg = difference_deg + (left_m / radius_m).to_degrees();
            if next_deg == difference_deg {
                break;
            }
            difference_deg = next_deg.clamp(-90.0 - lat_deg, 90.0 - lat_deg);
        }
        Self::new(ellipsoid, lat_deg, difference_deg)
    }
}

/// The arc of the meridian from a latitude over a difference of latitude, by quadrature.
fn meridian_m(ellipsoid: &Ellipsoid, lat_deg: f64, difference_deg: f64) -> f64 {
    let pieces = (difference_deg.abs() / PIECE_DEG).ceil().max(1.0);
    let half_deg = 0.5 * difference_deg / pieces;
    let (mut sum, mut middle_deg) = (0.0, lat_deg + half_deg);
    let mut left = pieces;
    while left > 0.0 {
        for (node, weight) in RULE {
            let [south, north] = [-node, node]
                .map(|node| meridian_radius_m(ellipsoid, middle_deg + half_deg * node));
            sum += weight * (south + north);
        }
        middle_deg += 2.0 * half_deg;
        left -= 1.0;
    }
    sum * half_deg.to_radians()
}

/// The radius of curvature of the meridian, *M* = *a*(1 − *e*²)/*W*³.
fn meridian_radius_m(ellipsoid: &Ellipsoid, lat_deg: f64) -> f64 {
    let (e2, sin) = (ellipsoid.eccentricity_squared(), lat_deg.to_radians().sin());
    let w2 = 1.0 - e2 * sin * sin;
    ellipsoid.semi_major_m() * (1.0 - e2) / (w2 * w2.sqrt())
}

/// The radius of a parallel, *P* = *a* cos *φ*/*W*.
fn parallel_m(ellipsoid: &Ellipsoid, lat_deg: f64) -> f64 {
    let (e2, sin) = (ellipsoid.eccentricity_squared(), lat_deg.to_radians().sin());
    // The cosine as the sine of what is left to the pole keeps its digits there.
    let cos = (90.0 - lat_deg.abs()).to_radians().sin();
    ellipsoid.semi_major_m() * cos / (1.0 - e2 * sin * sin).sqrt()
}

/// The difference of isometric latitude; infinite from or to a pole.
fn isometric(ellipsoid: &Ellipsoid, lat_deg: f64, difference_deg: f64) -> f64 {
    let other_deg = (lat_deg + difference_deg).clamp(-90.0, 90.0);
    let (south_deg, north_deg) = (lat_deg.min(other_deg), lat_deg.max(other_deg));
    let sin_half = (0.5 * difference_deg).abs().to_radians().sin();
    let to_poles = (0.5 * (90.0 + south_deg)).to_radians().sin()
        * (0.5 * (90.0 - north_deg)).to_radians().sin();
    let on_sphere = (sin_half / to_poles).ln_1p();
    let e2 = ellipsoid.eccentricity_squared();
    let sines = south_deg.to_radians().sin() * north_deg.to_radians().sin();
    let step = 2.0 * sin_half * (0.5 * (south_deg + north_deg)).to_radians().cos();
    let e = e2.sqrt();
    let flattened = e * (e * step / (1.0 - e2 * sines)).atanh();
    (on_sphere - flattened).copysign(difference_deg)
}

/// Sine and cosine of an angle in degrees, exact at whole quarter turns.
fn sin_cos_deg(angle_deg: f64) -> (f64, f64) {
    let turned_deg = angle_deg % 360.0;
    let quarters = (turned_deg / 90.0).round();
    let (sin, cos) = (turned_deg - 90.0 * quarters).to_radians().sin_cos();
    match quarters.rem_euclid(4.0) {
        1.0 => (cos, -sin),
        2.0 => (-sin, -cos),
        3.0 => (-cos, sin),
        _ => (sin, cos),
    }
}

/// An azimuth in [0, 360).
pub(super) fn in_circle(azimuth_deg: f64) -> f64 {
    let turned_deg = azimuth_deg.rem_euclid(360.0);
    // A tiny negative angle is rounded up to a whole turn; 0 is added for the sign of −0.
    if turned_deg >= 360.0 { 0.0 } else { turned_deg + 0.0 }
}

/// A longitude in [−180, 180].
pub(super) fn within_half_turn(lon_deg: f64) -> f64 {
    if lon_deg.abs() <= 180.0 { lon_deg } else { (lon_deg + 180.0).rem_euclid(360.0) - 180.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::earth::MEAN_RADIUS_M;
    use crate::references::{geodesic, numbers};

    const RHUMB_SOLVE: &str = include_str!("../../../tests/data/geodesy/rhumb.csv");
    const EXACT: &str = include_str!("../../../tests/data/geodesy/rhumb_exact.csv");

    struct Reference {
        geodesic: Geodesic,
        ends: [[f64; 2]; 2],
        azimuth_deg: f64,
        length_m: f64,
    }

    fn references(table: &str) -> impl Iterator<Item = Reference> {
        table.lines().skip(1).map(|row| {
            let (name, cells) = row.split_once(',').unwrap();
            let n = numbers(cells.split(','));
            Reference {
                geodesic: geodesic(name),
                ends: [[n[1], n[0]], [n[3], n[2]]],
                azimuth_deg: in_circle(n[4]),
                length_m: n[5],
            }
        })
    }

    /// Largest error of length and of azimuth, the latter as metres at the end of a way.
    fn worst(table: &str) -> [f64; 2] {
        references(table).fold([0.0, 0.0], |[length, across], reference| {
            let [from, to] = reference.ends;
            let (found, azimuth_deg) = reference.geodesic.rhumb_distance_and_azimuth(from, to);
            let turn_deg = (azimuth_deg - reference.azimuth_deg + 180.0).rem_euclid(360.0) - 180.0;
            let off_m = (found.value() - reference.length_m).abs();
            [length.max(off_m), across.max(turn_deg.to_radians().abs() * reference.length_m)]
        })
    }

    #[test]
    fn lengths_and_azimuths_are_those_of_sixty_digits() {
        assert!(EXACT.lines().count() > 400);
        let [length_m, across_m] = worst(EXACT);
        assert!(length_m < 2e-8 && across_m < 2e-8, "{length_m} m, {across_m} m");
    }

    #[test]
    fn lengths_and_azimuths_are_those_of_geographiclib() {
        assert!(RHUMB_SOLVE.lines().count() > 150);
        let [length_m, across_m] = worst(RHUMB_SOLVE);
        assert!(length_m < 2e-8 && across_m < 2e-8, "{length_m} m, {across_m} m");
    }

    #[test]
    fn the_destination_is_where_distance_and_azimuth_lead() {
        for reference in references(EXACT).chain(references(RHUMB_SOLVE)) {
            let ([from, to], geodesic) = (reference.ends, &reference.geodesic);
            let (length, azimuth_deg) = geodesic.rhumb_distance_and_azimuth(from, to);
            let there = geodesic.rhumb_destination(from, azimuth_deg, length).unwrap();
            let off_m = geodesic.rhumb_distance_and_azimuth(to, there).0.value();
            assert!(off_m < 2e-8, "{from:?} to {to:?}, not {there:?}: {off_m} m");
            assert!(there[0].abs() <= 180.0);
        }
    }

    /// On a sphere the parallel has the radius R cos φ, and the isometric latitude is the
    /// logarithm of tan(45° + φ/2).
    #[test]
    fn on_a_sphere_it_is_the_textbook_formula() {
        let (geodesic, radius_m) = (Geodesic::new(Ellipsoid::SPHERE), MEAN_RADIUS_M);
        let isometric = |lat: f64| (45.0 + 0.5 * lat).to_radians().tan().ln();
        for (from, to) in [([0.0_f64, 0.0_f64], [60.0, 45.0]), ([170.0, -80.0], [-170.0, 89.0])] {
            let north = (to[1] - from[1]).to_radians();
            let east = eastward(from[0], to[0]).0.to_radians();
            let steep = isometric(to[1]) - isometric(from[1]);
            let (length, azimuth_deg) = geodesic.rhumb_distance_and_azimuth(from, to);
            let expected_m = radius_m * north.hypot(east * north / steep);
            assert!((length.value() - expected_m).abs() < 1e-6);
            assert!((azimuth_deg - east.atan2(steep).to_degrees()).abs() < 1e-11);
        }
        let (parallel, _) = geodesic.rhumb_distance_and_azimuth([0.0, 60.0], [-120.0, 60.0]);
        let expected_m = std::f64::consts::PI / 3.0 * radius_m;
        assert!((parallel.value() - expected_m).abs() < 1e-8);
    }

    /// 10,001,965.7293 m is *a* E(*e*²), the quarter of a meridian of WGS 84.
    #[test]
    fn the_pole_is_the_end_of_a_meridian_and_nothing_lies_beyond() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let (quarter, azimuth_deg) = geodesic.rhumb_distance_and_azimuth([10.0, 0.0], [95.0, 90.0]);
        assert!((quarter.value() - 10_001_965.729_312_72).abs() < 1e-8, "{quarter:?}");
        assert_eq!(azimuth_deg, 0.0);
        let to = |azimuth_deg, m| {
            geodesic.rhumb_destination([10.0, 0.0], azimuth_deg, quarter + Metres::new(m))
        };
        assert_eq!(to(0.0, 0.0), Some([10.0, 90.0]));
        assert_eq!(to(180.0, 0.0), Some([10.0, -90.0]));
        assert_eq!((to(0.0, 1e-6), to(180.0, 1e-6)), (None, None));
        assert!(to(60.0, 1.0).is_some() && to(90.0, 1e9).is_some());
    }

    #[test]
    fn from_a_pole_only_its_meridian_leads_away() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let (from, way) = ([30.0, -90.0], Metres::from_km(100.0));
        let [lon, lat] = geodesic.rhumb_destination(from, 0.0, way).unwrap();
        assert!(lon == 30.0 && (-89.2..-89.0).contains(&lat), "{lon} {lat}");
        for azimuth_deg in [45.0, 90.0, 180.0, f64::NAN] {
            assert_eq!(geodesic.rhumb_destination(from, azimuth_deg, way), None);
        }
        let (none, azimuth_deg) = geodesic.rhumb_distance_and_azimuth(from, [-100.0, -90.0]);
        assert_eq!((none.value(), azimuth_deg), (0.0, 0.0));
    }

    #[test]
    fn what_is_not_on_the_earth_has_no_rhumb_line() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        for wrong in [[0.0, 91.0], [181.0, 0.0], [f64::NAN, 0.0], [0.0, f64::INFINITY]] {
            let (length, azimuth_deg) = geodesic.rhumb_distance_and_azimuth([0.0, 0.0], wrong);
            assert!(length.value().is_nan() && azimuth_deg.is_nan());
            assert_eq!(geodesic.rhumb_destination(wrong, 0.0, Metres::new(1.0)), None);
        }
        let endless = Metres::new(f64::INFINITY);
        assert_eq!(geodesic.rhumb_destination([0.0, 0.0], 90.0, endless), None);
    }

    #[test]
    fn angles_are_exact_at_quarter_turns_and_stay_in_range() {
        let quarters = [0.0, 90.0, 180.0, 270.0, -90.0].map(sin_cos_deg);
        assert_eq!(quarters, [(0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0), (-1.0, 0.0)]);
        assert_eq!([-1e-20, 360.0, -90.0].map(in_circle), [0.0, 0.0, 270.0]);
        assert_eq!(
            [180.0, -180.0, 190.0, -541.0].map(within_half_turn),
            [180.0, -180.0, -170.0, 179.0]
        );
    }
}
