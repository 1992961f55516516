//! Positions, and whether one can be on the Earth.

use std::error::Error;
use std::fmt;

/// A position on the Earth: longitude and latitude in degrees.
///
/// Implemented for arrays and pairs of two numbers, longitude first, and with the feature
/// `geo-types` for its `Coord`. A path is a slice of positions.
pub trait Position: Copy + Send + Sync {
    /// Longitude in degrees, east positive.
    fn lon_deg(self) -> f64;

    /// Latitude in degrees, north positive.
    fn lat_deg(self) -> f64;

    /// The position at a longitude and a latitude in degrees.
    fn new(lon_deg: f64, lat_deg: f64) -> Self;
}

impl Position for [f64; 2] {
    #[inline(always)]
    fn lon_deg(self) -> f64 {
        self[0]
    }

    #[inline(always)]
    fn lat_deg(self) -> f64 {
        self[1]
    }

    #[inline(always)]
    fn new(lon_deg: f64, lat_deg: f64) -> Self {
        [lon_deg, lat_deg]
    }
}

impl Position for (f64, f64) {
    #[inline(always)]
    fn lon_deg(self) -> f64 {
        self.0
    }

    #[inline(always)]
    fn lat_deg(self) -> f64 {
        self.1
    }

    #[inline(always)]
    fn new(lon_deg: f64, lat_deg: f64) -> Self {
        (lon_deg, lat_deg)
    }
}

/// Why a pair of numbers is no position.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum PositionFault {
    /// NaN or infinite.
    NotFinite {
        /// Longitude as given.
        lon: f64,
        /// Latitude as given.
        lat: f64,
    },
    /// Longitude outside ±180° or latitude outside ±90°.
    OutOfRange {
        /// Longitude as given.
        lon: f64,
        /// Latitude as given.
        lat: f64,
    },
}

impl Error for PositionFault {}

impl fmt::Display for PositionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::NotFinite { lon, lat } => write!(f, "({lon}, {lat}) is not a finite position"),
            Self::OutOfRange { lon, lat } => write!(
                f,
                "({}, {}) is out of range: longitude is within ±180°, latitude within ±90°",
                Short(lon),
                Short(lat)
            ),
        }
    }
}

/// A number as it was given, but never hundreds of digits long: `5`, `0.01`, `1e300`.
struct Short(f64);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.0;
        let is_plain = value == 0.0 || !value.is_finite() || (1e-9..1e15).contains(&value.abs());
        if is_plain { write!(f, "{value}") } else { write!(f, "{value:e}") }
    }
}

/// Whether a position can be on the Earth.
///
/// # Units
/// Degrees.
///
/// # Errors
/// [`PositionFault`] for what is not finite or out of range.
pub fn check_position(position: impl Position) -> Result<(), PositionFault> {
    let (lon, lat) = (position.lon_deg(), position.lat_deg());
    if !(lon.is_finite() && lat.is_finite()) {
        Err(PositionFault::NotFinite { lon, lat })
    } else if is_position(position) {
        Ok(())
    } else {
        Err(PositionFault::OutOfRange { lon, lat })
    }
}

/// [`check_position`] without a reason; false for NaN.
#[inline(always)]
pub(super) fn is_position(position: impl Position) -> bool {
    position.lon_deg().abs() <= 180.0 && position.lat_deg().abs() <= 90.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_without_end_is_given_in_short() {
        let fault = check_position([1e300, 0.5]).unwrap_err();
        assert!(fault.to_string().starts_with("(1e300, 0.5) is out of range"), "{fault}");
        assert!(check_position((f64::NAN, 0.0)).is_err());
        assert_eq!(check_position([-180.0, 90.0]), Ok(()));
    }
}
