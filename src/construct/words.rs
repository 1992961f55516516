//! One place in words: a parallel or a tropic at a time, and a meridian counted from somewhere.

use geo::Coord;

use super::edge::within_range;
use super::place::{defined, printed_fault, rounded};
use super::sky::{prime_meridian_deg, tropic};
use crate::io::printed::{Coordinate, Rounded, angle};
use crate::problem::ConstructFault;

/// The place that a latitude and a longitude name, as a row of a list would, and how far their rounding
/// may have moved it, in metres. A definition ("the meridian of 24°") has none; when a tropic was where
/// it is, is never exact.
///
/// # Errors
/// What is wrong with one of the texts, with the key that it belongs to.
pub(crate) fn place_in_words(
    latitude: &str,
    longitude: &str,
    prime_meridian: Option<&str>,
    is_exact: bool,
) -> Result<(Coord, f64), ConstructFault> {
    let prime_deg = prime_meridian.map_or(Ok(0.0), prime_meridian_deg)?;
    let lat = match tropic(latitude)? {
        Some(tropic) => tropic,
        None => {
            let found = angle(latitude, Coordinate::Latitude);
            defined(found.map_err(printed_fault("latitude"))?.deg, is_exact)
        }
    };
    let lon = angle(longitude, Coordinate::Longitude).map_err(printed_fault("longitude"))?.deg;
    let lon = Rounded { value: within_range(lon.value + prime_deg), ..lon };
    Ok(rounded(lat, defined(lon, is_exact)))
}
