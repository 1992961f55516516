//! The area under a short edge: eq. (11) of `docs/geodesy.md`.

use super::length::POLAR_COS2;
use super::terms::{self, COS_EIGHTH, SIN_EIGHTH};
use super::{Local, RADIAN, fit, polynomial, scaled};
use crate::Ellipsoid;

/// How long an edge may be, in units of the semi-major axis times the cosine of its
/// mean latitude. The terms left out are then below 2·10⁻⁵ m² (table 2).
pub(crate) const REACH: f64 = 0.008;

/// What cutting the coefficients may cost, as a share of the area between an edge of
/// the greatest reach and its mid-parallel.
const CUT: f64 = 3e-14;

/// How many powers of e² sin² φ the area of a zone needs.
const ZONE_TERMS: usize = 8;

/// The series of one ellipsoid, for differences in degrees; areas are in units of
/// a² and degrees of longitude.
#[derive(Debug, Clone)]
pub(crate) struct AreaSeries {
    b10: [f64; 6],
    b20: [f64; 4],
    b11: [f64; 4],
    b01: [f64; 6],
    b02: [f64; 4],
    /// The area of a zone from the equator, Q = sin φ Σ qₖ sin²ᵏ φ, eq. (8).
    zone: [f64; ZONE_TERMS],
    reach_deg2: f64,
}

/// A parallel to which areas are measured, in the middle of what is measured: the
/// difference of two zones is then as exact as the difference of latitudes.
#[derive(Debug, Clone)]
pub(crate) struct ZoneFrom {
    lat: f64,
    sin: f64,
    cos: f64,
    /// (Q(z) − Q(z₀))/(z − z₀) in powers of z = sin φ, eq. (12).
    slope: [f64; 2 * ZONE_TERMS - 1],
}

/// Sine and cosine of twice an angle of at most 45°.
#[inline(always)]
fn sin_cos_double(v_deg: f64) -> (f64, f64) {
    let v2 = v_deg * v_deg;
    let sin = v_deg * polynomial(v2, &SIN_EIGHTH);
    let cos = polynomial(v2, &COS_EIGHTH);
    (2.0 * sin * cos, 1.0 - 2.0 * (sin * sin))
}

impl AreaSeries {
    /// `None` for an ellipsoid so flat that the coefficients need more terms.
    pub(crate) fn new(ellipsoid: &Ellipsoid) -> Option<Self> {
        let e2 = ellipsoid.eccentricity_squared();
        let fitted = fit([5, 3, 3, 5, 3], |y| terms::area(f64::midpoint(1.0, y), e2));
        let dropped = fitted.iter().zip([1, 2, 2, 1, 2]);
        let dropped: f64 = dropped.map(|((_, cut), order)| cut * REACH.powi(2 * order - 1)).sum();
        let zone = std::array::from_fn(|k| {
            let power: f64 = std::iter::repeat_n(e2, k).product();
            (1.0 - e2) * power * (k + 1) as f64 / (2 * k + 1) as f64
        });
        let beyond = e2.powi(ZONE_TERMS as i32) * (ZONE_TERMS + 1) as f64;
        if dropped > CUT || beyond > 1e-15 {
            return None;
        }
        let [b10, b20, b11, b01, b02] = fitted.map(|(powers, _)| powers);
        let second = RADIAN * RADIAN;
        let fourth = second * second;
        Some(Self {
            b10: scaled(&b10, second),
            b20: scaled(&b20, fourth),
            b11: scaled(&b11, fourth),
            b01: scaled(&b01, second),
            b02: scaled(&b02, fourth),
            zone,
            reach_deg2: (REACH / RADIAN) * (REACH / RADIAN),
        })
    }

    /// Prepares a reference parallel.
    pub(crate) fn zone_from(&self, lat: f64) -> ZoneFrom {
        let (sin, cos) = sin_cos_double(0.5 * lat);
        let mut slope = [0.0; 2 * ZONE_TERMS - 1];
        // z²ᵏ⁺¹ − z₀²ᵏ⁺¹ = (z − z₀) Σ zʲ z₀²ᵏ⁻ʲ, summed from the highest power down.
        let mut carried = 0.0;
        for j in (0..slope.len()).rev() {
            carried = carried * sin + if j % 2 == 0 { self.zone[j / 2] } else { 0.0 };
            slope[j] = carried;
        }
        ZoneFrom { lat, sin, cos, slope }
    }

    /// The area between the equator and the reference parallel, per radian and a².
    pub(crate) fn zone(&self, from: &ZoneFrom) -> f64 {
        from.sin * polynomial(from.sin * from.sin, &self.zone)
    }

    /// At four times `v` degrees north of the reference parallel: the area of the zone
    /// from there; the coefficients of p, p², pq, q, q², where p = Δφ² and q = Δλ²; and
    /// cos² φ.
    #[inline(always)]
    fn at(&self, from: &ZoneFrom, v: f64) -> [f64; 7] {
        let (sin_d, cos_d) = sin_cos_double(v);
        // sin φ − sin φ₀ = 2 sin d cos(φ₀ + d), d half of the way
        let rise = 2.0 * sin_d * (from.cos * cos_d - from.sin * sin_d);
        let z = from.sin + rise;
        let z2 = z * z;
        let (y, cos2) = (2.0 * z2 - 1.0, 1.0 - z2);
        [
            rise * polynomial(z, &from.slope),
            z * polynomial(y, &self.b10),
            z * polynomial(y, &self.b20),
            z * polynomial(y, &self.b11),
            z * cos2 * polynomial(y, &self.b01),
            z * cos2 * polynomial(y, &self.b02),
            cos2,
        ]
    }

    /// The area between an edge and the reference parallel, positive where the edge
    /// runs east and north of it; NaN where the series does not reach.
    #[inline(always)]
    pub(crate) fn edge(&self, from: &ZoneFrom, lat1: f64, lat2: f64, east: f64) -> f64 {
        let v = 0.125 * ((lat1 - from.lat) + (lat2 - from.lat));
        area(&self.at(from, v), self.reach_deg2, lat2 - lat1, east)
    }

    /// The same series for a block of edges between two latitudes, if they are close.
    #[inline(always)]
    pub(crate) fn local(&self, from: &ZoneFrom, low: f64, high: f64) -> Option<LocalArea> {
        let local = Local::new(
            low,
            high,
            #[inline(always)]
            |lat| self.at(from, 0.25 * (lat - from.lat)),
        )?;
        Some(LocalArea { local, reach_deg2: self.reach_deg2 })
    }
}

/// Eq. (11) with its coefficients at the mid-latitude.
#[inline(always)]
fn area(c: &[f64; 7], reach_deg2: f64, north: f64, east: f64) -> f64 {
    let (p, q) = (north * north, east * east);
    let bent = p * (c[1] + (p * c[2] + q * c[3])) + q * (c[4] + q * c[5]);
    let reached = p + c[6] * q <= reach_deg2 * (c[6] - POLAR_COS2);
    if reached { east * (c[0] + bent) } else { f64::NAN }
}

/// The series over a narrow band of latitudes.
#[derive(Debug, Clone)]
pub(crate) struct LocalArea {
    local: Local<7>,
    reach_deg2: f64,
}

impl LocalArea {
    /// As [`AreaSeries::edge`].
    #[inline(always)]
    pub(crate) fn edge(&self, lat1: f64, lat2: f64, east: f64) -> f64 {
        let (local, x) = (&self.local, self.local.place(lat1, lat2));
        let c = [
            local.value::<5>(0, x),
            local.value::<4>(1, x),
            local.value::<1>(2, x),
            local.value::<1>(3, x),
            local.value::<4>(4, x),
            local.value::<1>(5, x),
            local.value::<1>(6, x),
        ];
        area(&c, self.reach_deg2 * LOCAL_REACH2, lat2 - lat1, east)
    }
}

/// The square of how long an edge of a narrow block may be, as a share of the reach:
/// 5 km of 51 at the equator. There the small coefficients need no more powers.
const LOCAL_REACH2: f64 = 0.01;
