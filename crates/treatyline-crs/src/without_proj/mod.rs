//! The same functions in a build without PROJ: each of them says so, but for the transformation of
//! projections that are known here.

use std::convert::Infallible;

use geo_types::Coord;

use super::system::{ProjectedGrid, System};
use super::{DatumError, OperationInfo};

#[cfg(not(feature = "projections"))]
mod none;
#[cfg(not(feature = "projections"))]
pub use none::{Converter, Transformation};
#[cfg(feature = "projections")]
mod projected;
#[cfg(feature = "projections")]
pub use projected::{Converter, Transformation};

/// A coordinate operation. Cannot be made without PROJ.
pub struct Operation(Infallible);

/// The operation of this code.
///
/// # Errors
/// Always [`DatumError::NotBuilt`].
pub fn named(_code: &str) -> Result<Operation, DatumError> {
    Err(DatumError::NotBuilt)
}

/// An operation between two systems.
///
/// # Errors
/// Always [`DatumError::NotBuilt`].
pub fn between(_from: &str, _to: &str) -> Result<Operation, DatumError> {
    Err(DatumError::NotBuilt)
}

/// There is no database to open.
pub const fn open() {}

/// The system of this code.
///
/// # Errors
/// Always [`DatumError::NotBuilt`].
pub fn system(_code: &str) -> Result<System, DatumError> {
    Err(DatumError::NotBuilt)
}

/// The ellipsoid of a system.
///
/// # Errors
/// Always [`DatumError::NotBuilt`].
pub const fn ellipsoid(_definition: &str) -> Result<[f64; 2], DatumError> {
    Err(DatumError::NotBuilt)
}

/// Where longitudes of a system count from.
///
/// # Errors
/// Always [`DatumError::NotBuilt`].
pub const fn prime_meridian_deg(_definition: &str) -> Result<f64, DatumError> {
    Err(DatumError::NotBuilt)
}

/// The systems from which an operation leads to WGS 84 at a place: none without PROJ.
#[must_use]
pub const fn systems_at(_place: Coord) -> Vec<String> {
    Vec::new()
}

/// The grids of projected systems near some places: none without PROJ.
#[must_use]
pub const fn grids_near(_places: &[Coord]) -> Vec<ProjectedGrid> {
    Vec::new()
}

impl Operation {
    /// The facts of the operation.
    #[must_use]
    pub fn info(&self) -> OperationInfo {
        match self.0 {}
    }

    /// Its name and its definition.
    #[doc(hidden)]
    #[must_use]
    pub fn name_and_definition(&self) -> (String, String) {
        match self.0 {}
    }

    /// The codes of the systems it leads from and to.
    #[doc(hidden)]
    #[must_use]
    pub fn systems(&self) -> Option<(&str, &str)> {
        match self.0 {}
    }

    /// Converts a point.
    ///
    /// # Errors
    /// Never: there is no operation to call this on.
    pub fn forward(&self, _point: Coord) -> Result<Coord, DatumError> {
        match self.0 {}
    }

    /// Converts a point against the operation's direction.
    ///
    /// # Errors
    /// Never: there is no operation to call this on.
    pub fn inverse(&self, _point: Coord) -> Result<Coord, DatumError> {
        match self.0 {}
    }
}
