//! The same doors, closed: what the crate says without PROJ.

use std::convert::Infallible;

use geo::Coord;

use super::{AreaOfUse, DatumError, OperationInfo};

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

/// The geographic system under a projected one.
///
/// # Errors
/// Always [`DatumError::NotBuilt`].
pub fn geographic_base(_system: &str) -> Result<String, DatumError> {
    Err(DatumError::NotBuilt)
}

/// Where a system may be used. Always `None`.
#[must_use]
pub fn area_of_use(_system: &str) -> Option<AreaOfUse> {
    None
}

impl Operation {
    /// What the operation says of itself.
    #[must_use]
    pub fn info(&self) -> OperationInfo {
        match self.0 {}
    }

    /// The codes of the systems it leads from and to.
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
