//! The ellipsoid of a system, and what an operation does to lengths.

use geo_types::Coord;
use serde_json::Value;

use super::described::not_of_web_maps;
use super::horizontal::Horizontal;
use crate::DatumError;

/// Half of the side of the square by which the scale at a place is found. Over such a way a shift
/// of datums is linear to a thousandth of a millionth.
const HALF_SIDE_DEG: f64 = 0.05;
/// Nearer to a pole than this no square has sides of these lengths in degrees.
const FARTHEST_DEG: f64 = 89.0;

/// An ellipsoid: its semi-major axis in metres and its flattening.
struct Ellipsoid {
    a: f64,
    flattening: f64,
}

const WGS84: Ellipsoid = Ellipsoid { a: 6_378_137.0, flattening: 1.0 / 298.257_223_563 };

/// The semi-major axis in metres and the flattening of the ellipsoid of a system in degrees.
///
/// # Errors
/// [`DatumError::UnknownSystem`], and [`DatumError::NotPlane`] for a system that is not in degrees of
/// longitude and latitude.
pub fn ellipsoid(definition: &str) -> Result<[f64; 2], DatumError> {
    not_of_web_maps(definition)?;
    let system = Horizontal::new(definition)?;
    let found = Ellipsoid::of(&system.base).filter(|_| system.is_in_degrees);
    let (code, kind) = (
        definition.to_owned(),
        "a system that is not in degrees of longitude and latitude".to_owned(),
    );
    found.map(|own| [own.a, own.flattening]).ok_or(DatumError::NotPlane { code, kind })
}

/// Where longitudes of a system count from, in degrees east of Greenwich.
///
/// # Errors
/// [`DatumError::UnknownSystem`].
pub fn prime_meridian_deg(definition: &str) -> Result<f64, DatumError> {
    let system = Horizontal::new(definition)?;
    let prime = &system.base["datum"]["prime_meridian"]["longitude"];
    let in_degrees = prime.as_f64().or_else(|| {
        let factor = prime["unit"]["conversion_factor"].as_f64()?;
        Some((prime["value"].as_f64()? * factor).to_degrees())
    });
    // What is not stated is Greenwich.
    Ok(in_degrees.unwrap_or(0.0))
}

/// By how many millionths lengths on WGS 84 are longer than those between the same places on the
/// ellipsoid of the system, on average of the places. It is not what the sizes of the ellipsoids differ
/// by: a shift puts one ellipsoid above or below the other.
pub(super) fn scale_ppm(
    base: &Value,
    in_base: &[Coord],
    converted: impl Fn(Coord) -> Result<Coord, DatumError>,
) -> Option<f64> {
    let own = Ellipsoid::of(base)?;
    let unit_deg = match &base["coordinate_system"]["axis"][0]["unit"] {
        Value::String(unit) if unit == "degree" => 1.0,
        other => other["conversion_factor"].as_f64()?.to_degrees(),
    };
    let scales: Vec<f64> =
        in_base.iter().filter_map(|at| own.scale_at(*at, unit_deg, &converted)).collect();
    let mean = scales.iter().sum::<f64>() / scales.len() as f64;
    mean.is_finite().then_some((mean - 1.0) * 1e6)
}

impl Ellipsoid {
    /// That of a geographic system.
    fn of(base: &Value) -> Option<Self> {
        let datum = base.get("datum").or_else(|| base.get("datum_ensemble"))?;
        let ellipsoid = &datum["ellipsoid"];
        let Some(a) = ellipsoid["semi_major_axis"].as_f64() else {
            return Some(Self { a: ellipsoid["radius"].as_f64()?, flattening: 0.0 });
        };
        let flattening = match ellipsoid["inverse_flattening"].as_f64() {
            Some(inverse) => 1.0 / inverse,
            None => 1.0 - ellipsoid["semi_minor_axis"].as_f64()? / a,
        };
        Some(Self { a, flattening })
    }

    /// The area of a small piece of a parallel and a meridian, both one radian, as its square root:
    /// the geometric mean of the two radii of curvature (Rapp 1991, equation 3.104), times the root
    /// of the cosine.
    fn side_m(&self, lat_deg: f64) -> f64 {
        let e2 = self.flattening * (2.0 - self.flattening);
        let (sin, cos) = lat_deg.to_radians().sin_cos();
        self.a * (1.0 - e2).sqrt() / (1.0 - e2 * sin * sin) * cos.sqrt()
    }

    /// The root of how much larger a small square is after the conversion.
    fn scale_at(
        &self,
        at: Coord,
        unit_deg: f64,
        converted: &impl Fn(Coord) -> Result<Coord, DatumError>,
    ) -> Option<f64> {
        let half = HALF_SIDE_DEG / unit_deg;
        let reached = |x: f64, y: f64| converted(Coord { x: at.x + x, y: at.y + y }).ok();
        let change = |from: Coord, to: Coord| {
            let turned = (to.x - from.x + 540.0).rem_euclid(360.0) - 180.0;
            [turned, to.y - from.y].map(|degrees| degrees / (2.0 * HALF_SIDE_DEG))
        };
        let [east_x, east_y] = change(reached(-half, 0.0)?, reached(half, 0.0)?);
        let [north_x, north_y] = change(reached(0.0, -half)?, reached(0.0, half)?);
        let (from, to) = (at.y * unit_deg, reached(0.0, 0.0)?.y);
        let area = east_x * north_y - east_y * north_x;
        let is_far = from.abs().max(to.abs()) > FARTHEST_DEG;
        (!is_far).then(|| WGS84.side_m(to) / self.side_m(from) * area.sqrt())
    }
}
