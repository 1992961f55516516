//! The transformation of a build without projections: there is none.

use std::convert::Infallible;

use geo_types::Coord;

use crate::DatumError;
use crate::chosen::ChosenOperation;

/// A transformation to WGS 84. Cannot be made without PROJ.
#[derive(Debug)]
pub struct Transformation(Infallible);

/// The steps of a transformation. Cannot be made without PROJ.
pub struct Converter(Infallible);

impl Transformation {
    /// The transformation from a system.
    ///
    /// # Errors
    /// Always [`DatumError::NotBuilt`].
    pub fn choose(
        _definition: &str,
        _places: &[Coord],
        _asked: Option<&str>,
    ) -> Result<Self, DatumError> {
        Err(DatumError::NotBuilt)
    }

    /// The same for coordinates whose epoch is stated.
    #[must_use]
    pub const fn at_epoch(self, _year: Option<f64>) -> Self {
        match self.0 {}
    }

    /// What was chosen, and why.
    #[must_use]
    pub const fn chosen(&self) -> &ChosenOperation {
        match self.0 {}
    }

    /// Makes it ready for use on one thread.
    ///
    /// # Errors
    /// Never: there is no transformation to call this on.
    pub fn open(&self) -> Result<Converter, DatumError> {
        match self.0 {}
    }
}

impl Converter {
    /// The place as it is.
    #[must_use]
    pub const fn brought_back(&self, _place: Coord) -> Coord {
        match self.0 {}
    }

    /// Converts a place.
    ///
    /// # Errors
    /// Never: there is no converter to call this on.
    pub fn convert(&self, _place: Coord) -> Result<Coord, DatumError> {
        match self.0 {}
    }

    /// Converts a place of WGS 84.
    ///
    /// # Errors
    /// Never: there is no converter to call this on.
    pub fn back(&self, _place: Coord) -> Result<Coord, DatumError> {
        match self.0 {}
    }
}
