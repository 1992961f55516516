//! The ellipsoid of a system, and what an operation does to lengths.

use geo_types::Coord;
use serde_json::Value;

use super::horizontal::Horizontal;
use crate::DatumError;

/// The semi-major axis in metres and the flattening of the ellipsoid of a system in degrees.
///
/// # Errors
/// [`DatumError::UnknownSystem`], and [`DatumError::NotPlane`] for a system that is not in degrees of
/// longitude and latitude.
pub fn ellipsoid(definition: &str) -> Result<[f64; 2], DatumError> {
    let system = Horizontal::new(definition)?;
    let found = shape(&system.base).filter(|_| system.is_in_degrees);
    let (code, kind) = (definition.to_owned(), "system that is not in degrees".to_owned());
    found.ok_or(DatumError::NotPlane { code, kind })
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

fn shape(base: &Value) -> Option<[f64; 2]> {
    let datum = base.get("datum").or_else(|| base.get("datum_ensemble"))?;
    let ellipsoid = &datum["ellipsoid"];
    let Some(a) = ellipsoid["semi_major_axis"].as_f64() else {
        return Some([ellipsoid["radius"].as_f64()?, 0.0]);
    };
    let flattening = match ellipsoid["inverse_flattening"].as_f64() {
        Some(inverse) => 1.0 / inverse,
        None => 1.0 - ellipsoid["semi_minor_axis"].as_f64()? / a,
    };
    Some([a, flattening])
}

/// By how many millionths lengths on WGS 84 are longer than those on the ellipsoid of the system
/// where the middle one of the places is.
pub(super) fn scale_ppm(base: &Value, in_base: &[Coord], reached: &[Coord]) -> Option<f64> {
    let middle = in_base.len() / 2;
    let (from, to) = (in_base.get(middle)?, reached.get(middle)?);
    let [a, flattening] = shape(base)?;
    // Geometric mean of the two radii of curvature (Rapp 1991, equation 3.104).
    let mean = |a: f64, f: f64, lat: f64| {
        let e2 = f * (2.0 - f);
        a * (1.0 - e2).sqrt() / (1.0 - e2 * lat.to_radians().sin().powi(2))
    };
    let wgs84 = mean(6_378_137.0, 1.0 / 298.257_223_563, to.y);
    Some((wgs84 / mean(a, flattening, from.y) - 1.0) * 1e6)
}
