//! Geodata of any format in, checked features out; layers back into many formats.
//!
//! ```
//! use treatyline_io::{Input, read};
//!
//! let text = br#"{"type": "LineString", "coordinates": [[80.0, 45.0], [80.5, 45.2]]}"#;
//! let data = read(&Input::bytes("line.geojson", &text[..]))?;
//! assert_eq!(data.features.len(), 1);
//! # Ok::<(), treatyline_io::problem::Problems>(())
//! ```
//!
//! [`Input`] is what the user named, decompressed and within its limit; [`read()`] finds the
//! format. Coordinates come out in WGS 84 and in range, rings closed and sorted into shells and
//! holes by one set of rules for all formats; what was changed or left out for that is counted
//! in [`Fixes`]. What cannot be understood is refused with a [`problem::Problem`] that names the
//! file, the place in it and the way out.
//!
//! # Features
//!
//! GeoJSON needs none, nor does writing KML and CSV. Each other format has one of its name:
//! `topojson`, `shapefile`, `kml` (with KMZ and GPX), `wkt` (with CSV), `flatgeobuf`,
//! `geopackage`, `geoparquet`, `geotiff` (heights), `archive` (zip files); `formats` is all.
//! `compression` reads input compressed by gzip or Zstandard. `encodings` reads text in code pages. `proj` brings coordinates of other systems to WGS 84.
//!
//! # What it does not do
//!
//! It measures nothing, and does not know which features make a line.

// Input comes from strangers: the library must not panic on it. Tests may.
#![warn(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr
)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)
)]

mod antimeridian;
#[cfg(feature = "archive")]
mod archive;
mod compression;
mod csv;
#[cfg_attr(not(feature = "formats"), allow(dead_code, reason = "each format takes its part"))]
mod curves;
#[cfg(any(feature = "shapefile", feature = "geoparquet"))]
mod day;
mod dense;
#[cfg(feature = "encodings")]
mod encoding;
mod esri;
mod feature;
mod features;
mod filter;
mod fixes;
#[cfg(feature = "flatgeobuf")]
mod flatgeobuf;
mod foreign;
mod format;
#[cfg_attr(not(feature = "formats"), allow(dead_code, reason = "each format takes its part"))]
mod gather;
#[doc(hidden)]
pub mod geojson;
#[cfg(feature = "geopackage")]
mod geopackage;
#[cfg(feature = "geoparquet")]
mod geoparquet;
#[cfg(feature = "kml")]
mod gpx;
#[cfg_attr(not(feature = "geoparquet"), allow(dead_code, reason = "of GeoParquet"))]
mod guard;
mod hint;
mod input;
#[cfg(feature = "kml")]
mod kml;
mod layer;
mod limits;
#[doc(hidden)]
pub mod outline;
#[doc(hidden)]
pub mod printed;
pub mod problem;
mod raster;
mod read;
mod rings;
mod rounding;
#[cfg(feature = "shapefile")]
mod shapefile;
mod sound;
mod text;
#[cfg(feature = "topojson")]
mod topojson;
mod touching;
#[cfg(feature = "wkt")]
mod traits;
mod unchecked;
mod utf16;
#[cfg(any(feature = "wkt", feature = "geopackage", feature = "geoparquet"))]
mod wkb;
#[cfg(feature = "wkt")]
mod wkt;
#[doc(hidden)]
pub mod words;
mod write;

pub use curves::ArcGeometry;
#[doc(hidden)]
pub use feature::Collection;
pub use feature::{CheckedFeature, NewFeature, Shape};
pub use features::read_each;
pub use filter::{Condition, ConditionFault};
pub use fixes::{Fix, FixKind, Fixes};
pub use format::Format;
pub use hint::{Hint, Setting};
pub use input::Input;
pub use layer::Layer;
pub use raster::Raster;
pub use read::{DataSet, read};
pub use rounding::{Decimals, Rounding};
pub use write::{LayerFormat, WriteFault};

use antimeridian::cut;
use layer::{Class, Legend, Symbol};
use limits::Limits;
use text::{Source, digest};

/// For the other crates of this workspace alone; it may change with any version.
#[doc(hidden)]
pub mod internal {
    pub use crate::antimeridian::cut;
    pub use crate::csv::{PrintedRow, PrintedTable};
    pub use crate::features::Features;
    pub use crate::guard::quiet;
    pub use crate::hint::{Hint, Namer, Part, name_settings};
    pub use crate::layer::{Class, Legend, Symbol};
    pub use crate::raster::Asked;
    pub use crate::read::none_meets;
    pub use crate::text::{Source, digest};
    pub use crate::{outline, printed, words};
}
