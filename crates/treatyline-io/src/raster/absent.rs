//! Takes the place of rasters in a build without the feature `geotiff`.

use std::convert::Infallible;

use geo::{Coord, Rect};

use super::Asked;
use crate::problem::{Problem, Problems, RasterFault};
use crate::{Fixes, Input};

/// Heights in a GeoTIFF file. This build cannot read one: it lacks the feature `geotiff`.
#[derive(Debug)]
pub struct Raster(Infallible);

impl Raster {
    /// Says that this build does not read rasters.
    ///
    /// # Errors
    /// Always [`RasterFault::NotBuilt`].
    pub fn open(input: &Input) -> Result<Self, Problems> {
        Err(input.problem("", RasterFault::NotBuilt.into()).into())
    }

    /// How the user named the file.
    #[doc(hidden)]
    #[must_use]
    pub fn name(&self) -> &str {
        match self.0 {}
    }

    /// Columns and rows.
    #[doc(hidden)]
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        match self.0 {}
    }

    /// From the middle of one pixel to the middle of the next, in the unit of its system: east,
    /// north.
    #[doc(hidden)]
    #[must_use]
    pub fn spacing(&self) -> (f64, f64) {
        match self.0 {}
    }

    /// The operation between WGS 84 and its system.
    #[doc(hidden)]
    #[must_use]
    pub fn fixes(&self) -> Fixes {
        match self.0 {}
    }

    /// Where heights can be asked for, in degrees.
    #[doc(hidden)]
    #[must_use]
    pub fn extent(&self) -> Rect {
        match self.0 {}
    }

    /// SHA-256 of the file.
    ///
    /// # Errors
    /// Never; there is no raster.
    #[doc(hidden)]
    pub fn digest(&mut self) -> Result<String, Problem> {
        match self.0 {}
    }

    /// What came of the places asked about so far.
    #[doc(hidden)]
    #[must_use]
    pub fn asked(&self) -> Asked {
        match self.0 {}
    }

    /// The height at a place, in metres.
    ///
    /// # Errors
    /// Never; there is no raster.
    pub fn at(&mut self, _: Coord) -> Result<Option<f64>, Problem> {
        match self.0 {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feature_that_is_missing_is_named() {
        let problems = Raster::open(&Input::bytes("heights.tif", &b"II*\0"[..])).unwrap_err();
        let message = "heights.tif: a GeoTIFF, which this build does not read; build with \
                       the feature `geotiff`";
        assert_eq!(problems.to_string(), message);
    }
}
