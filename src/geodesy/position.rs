//! Whether a position can be on the Earth.

use geo::Coord;

use crate::wording::echoed;

/// Why a pair of numbers is no position.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PositionFault {
    /// NaN or infinite.
    #[error("({lon}, {lat}) is not a finite position")]
    NotFinite {
        /// Longitude as given.
        lon: f64,
        /// Latitude as given.
        lat: f64,
    },
    /// Longitude outside ±180° or latitude outside ±90°.
    #[error(
        "({}, {}) is out of range: longitude is within ±180°, latitude within ±90°",
        echoed(*lon), echoed(*lat)
    )]
    OutOfRange {
        /// Longitude as given.
        lon: f64,
        /// Latitude as given.
        lat: f64,
    },
}

/// Whether a position can be on the Earth.
///
/// # Units
/// Degrees.
///
/// # Errors
/// [`PositionFault`] for what is not finite or out of range.
pub fn check_position(position: Coord) -> Result<(), PositionFault> {
    let Coord { x: lon, y: lat } = position;
    if !(lon.is_finite() && lat.is_finite()) {
        Err(PositionFault::NotFinite { lon, lat })
    } else if is_position(position) {
        Ok(())
    } else {
        Err(PositionFault::OutOfRange { lon, lat })
    }
}

/// [`check_position`] without a reason; false for NaN.
#[inline]
pub(super) fn is_position(position: Coord) -> bool {
    position.x.abs() <= 180.0 && position.y.abs() <= 90.0
}
