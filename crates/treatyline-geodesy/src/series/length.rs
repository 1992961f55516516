//! The length of a short edge: eq. (5) of `docs/geodesy.md`.

use super::terms::{self, SIN_DOUBLE};
use super::{Local, RADIAN, fit, polynomial, scaled};
use crate::Ellipsoid;

/// How long an edge may be, in units of the semi-major axis times the cosine of its
/// mean latitude. The terms left out of the series are then below 0.6 nm (table 1).
pub(crate) const REACH: f64 = 0.022;

/// Where cos² φ is no greater, cos φ is below 1 % (within 64 km of a pole), the
/// cosine itself is not known well enough any more.
pub(crate) const POLAR_COS2: f64 = 1e-4;

/// What cutting the coefficients may cost, as a share of s².
const CUT: f64 = 2e-15;

/// The series of one ellipsoid. Coefficients are for differences in degrees; each is
/// a polynomial in y = −cos 2φ.
#[derive(Debug, Clone)]
pub(crate) struct LengthSeries {
    a10: [f64; 7],
    a20: [f64; 6],
    a30: [f64; 4],
    a01: [f64; 7],
    a02: [f64; 6],
    a03: [f64; 5],
    a11: [f64; 6],
    a21: [f64; 5],
    a12: [f64; 5],
    /// Square of the reach in metres, before the cosine.
    reach_m2: f64,
}

impl LengthSeries {
    /// `None` for an ellipsoid so flat that the coefficients need more terms: beyond
    /// about 1/200.
    pub(crate) fn new(ellipsoid: &Ellipsoid) -> Option<Self> {
        let e2 = ellipsoid.eccentricity_squared();
        let fitted = fit([6, 5, 3, 6, 5, 4, 5, 4, 4], |y| terms::length(f64::midpoint(1.0, y), e2));
        let orders = [1, 2, 3, 1, 2, 3, 2, 3, 3];
        let dropped = fitted.iter().zip(orders);
        let dropped: f64 =
            dropped.map(|((_, cut), order)| cut * (REACH * REACH).powi(order - 1)).sum();
        if dropped > CUT {
            return None;
        }
        let [a10, a20, a30, a01, a02, a03, a11, a21, a12] = fitted.map(|(powers, _)| powers);
        let a = ellipsoid.semi_major_m();
        let first = (a * RADIAN) * (a * RADIAN);
        let second = first * (RADIAN * RADIAN);
        let third = second * (RADIAN * RADIAN);
        Some(Self {
            a10: scaled(&a10, first),
            a20: scaled(&a20, second),
            a30: scaled(&a30, third),
            a01: scaled(&a01, first),
            a02: scaled(&a02, second),
            a03: scaled(&a03, third),
            a11: scaled(&a11, second),
            a21: scaled(&a21, third),
            a12: scaled(&a12, third),
            reach_m2: (REACH * a) * (REACH * a),
        })
    }

    /// The longest edge at a latitude, in metres.
    pub(crate) fn reach_m(&self, lat_deg: f64) -> f64 {
        let cos = lat_deg.to_radians().cos();
        (self.reach_m2 * (cos * cos - POLAR_COS2)).max(0.0).sqrt()
    }

    /// The coefficients at a latitude: of p, p², p³; of q, q², q³; of pq, p²q, pq²,
    /// where p = Δφ² and q = Δλ². Last the square of the reach.
    #[inline(always)]
    fn at(&self, lat: f64) -> [f64; 10] {
        // y = sin 2(|φ| − 45°)
        let t = lat.abs() - 45.0;
        let y = t * polynomial(t * t, &SIN_DOUBLE);
        let cos2 = 0.5 - 0.5 * y;
        [
            polynomial(y, &self.a10),
            polynomial(y, &self.a20),
            polynomial(y, &self.a30),
            cos2 * polynomial(y, &self.a01),
            cos2 * polynomial(y, &self.a02),
            cos2 * polynomial(y, &self.a03),
            polynomial(y, &self.a11),
            polynomial(y, &self.a21),
            polynomial(y, &self.a12),
            self.reach_m2 * (cos2 - POLAR_COS2),
        ]
    }

    /// The length of an edge that goes `east` degrees from one latitude to another, in
    /// metres; NaN where the series does not reach.
    #[inline(always)]
    pub(crate) fn edge(&self, lat1: f64, lat2: f64, east: f64) -> f64 {
        length(&self.at(0.5 * (lat1 + lat2)), lat2 - lat1, east)
    }

    /// The same series for a block of edges between two latitudes, if they are close.
    #[inline(always)]
    pub(crate) fn local(&self, low: f64, high: f64) -> Option<LocalLength> {
        let local = Local::new(
            low,
            high,
            #[inline(always)]
            |lat| self.at(lat),
        )?;
        Some(LocalLength(local))
    }
}

/// Eq. (5) with its coefficients at the mid-latitude.
///
/// What the series says far beyond its reach is no length, and with more than half a turn of
/// longitude it may happen to be a small number. Such an edge is asked for again the other way round.
#[inline(always)]
fn length(c: &[f64; 10], north: f64, east: f64) -> f64 {
    let squared = squared(c, north, east);
    if (squared <= c[9]) & (east * east <= HALF_TURN2) { squared.sqrt() } else { f64::NAN }
}

#[inline(always)]
fn squared(c: &[f64; 10], north: f64, east: f64) -> f64 {
    let (p, q) = (north * north, east * east);
    p * (c[0] + p * (c[1] + p * c[2]))
        + q * (c[3] + q * (c[4] + q * c[5]) + p * (c[6] + (p * c[7] + q * c[8])))
}

/// The square of half a turn, in degrees.
const HALF_TURN2: f64 = 180.0 * 180.0;

/// The series over a narrow band of latitudes.
#[derive(Debug, Clone)]
pub(crate) struct LocalLength(Local<10>);

impl LocalLength {
    /// As [`LengthSeries::edge`].
    #[inline(always)]
    pub(crate) fn edge(&self, lat1: f64, lat2: f64, east: f64) -> f64 {
        let (local, x) = (&self.0, self.0.place(lat1, lat2));
        let c = [
            local.value::<5>(0, x),
            local.value::<4>(1, x),
            local.value::<1>(2, x),
            local.value::<5>(3, x),
            local.value::<4>(4, x),
            local.value::<1>(5, x),
            local.value::<4>(6, x),
            local.value::<1>(7, x),
            local.value::<1>(8, x),
            local.value::<1>(9, x) * LOCAL_REACH2,
        ];
        length(&c, lat2 - lat1, east)
    }
}

/// The square of how long an edge of a narrow block may be, as a share of the reach:
/// 10 km of 140 at the equator. There the small coefficients need no more powers.
const LOCAL_REACH2: f64 = 0.005;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Geodesic, Method};

    #[test]
    fn within_half_a_turn_only_short_edges_look_short() {
        let series = LengthSeries::new(&Ellipsoid::WGS84).unwrap();
        let karney = Geodesic::new(Ellipsoid::WGS84).with_method(Method::Karney);
        for north in 0..=179 {
            let middle = 0.5 * f64::from(179 - north);
            for step in -20..=20 {
                let lat = middle * f64::from(step) / 20.0;
                let c = series.at(lat);
                for east in 0..=360 {
                    let (north, east) = (f64::from(north), 0.5 * f64::from(east));
                    let squared = squared(&c, north, east);
                    if squared <= c[9] {
                        let [from, to] = [[0.0, lat - 0.5 * north], [east, lat + 0.5 * north]];
                        let true_m = karney.length(&[from, to][..]).unwrap().value();
                        let shown_m = squared.sqrt();
                        assert!((shown_m - true_m).abs() < 1e-6, "{from:?} {to:?} {shown_m}");
                    }
                }
            }
        }
    }

    #[test]
    fn an_edge_across_the_antimeridian_is_not_short_by_chance() {
        let series = Geodesic::new(Ellipsoid::WGS84);
        let karney = Geodesic::new(Ellipsoid::WGS84).with_method(Method::Karney);
        for edge in [
            [[179.8720185244873, -69.38982645794175], [-179.88188957061143, -69.03859583523975]],
            [[176.1591498394826, -15.532327724663645], [-176.90837683326205, -15.340342336746485]],
            [[162.50242099261436, -69.13443999757789], [-163.20179140113828, -71.11679839504377]],
        ] {
            let [short, long] = [&series, &karney].map(|it| it.length(&edge[..]).unwrap().value());
            assert!((short - long).abs() < 1e-6, "{edge:?}: {short} is not {long}");
        }
    }
}
