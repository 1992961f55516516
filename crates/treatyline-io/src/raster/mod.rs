//! Heights from a raster file: GeoTIFF in any system to which places of WGS 84 can be brought.
//!
//! Opening a file reads its header and nothing else. Pixels are decoded strip by strip or
//! tile by tile when a height is asked for, and the last ones are kept. So a file may be much
//! larger than the memory, and a line through it decodes each piece about once.

#[cfg(not(feature = "geotiff"))]
mod absent;
#[cfg(feature = "geotiff")]
mod cache;
#[cfg(feature = "geotiff")]
mod container;
#[cfg(feature = "geotiff")]
mod geotiff;
#[cfg(feature = "geotiff")]
mod grid;
#[cfg(feature = "geotiff")]
mod layout;
#[cfg(feature = "geotiff")]
mod notes;
#[cfg(feature = "geotiff")]
mod one_image;
#[cfg(feature = "geotiff")]
mod piece;
#[cfg(feature = "geotiff")]
mod plane;
#[cfg(feature = "geotiff")]
mod system;

#[cfg(not(feature = "geotiff"))]
pub use absent::Raster;
#[cfg(feature = "geotiff")]
pub use geotiff::Raster;

/// What came of the places that a raster was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Asked {
    /// Places with a height.
    pub heights: u64,
    /// Places beyond the middles of the outermost pixels.
    pub outside: u64,
    /// Places of which a pixel around them has no data.
    pub no_data: u64,
    /// Places of which a pixel around them has a value that is no height on the Earth: below
    /// -12,000 m or above 9,000 m. It counts as no data.
    pub absurd: u64,
}
