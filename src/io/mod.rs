//! Reading and writing geodata: text or bytes in, checked coordinates out, and back in any
//! format.

mod antimeridian;
#[cfg(feature = "archive")]
mod archive;
mod csv;
#[cfg_attr(not(feature = "formats"), allow(dead_code, reason = "each format takes its part"))]
mod curves;
#[cfg(any(feature = "shapefile", feature = "geoparquet"))]
mod day;
#[cfg(feature = "encodings")]
mod encoding;
mod esri;
mod feature;
mod filter;
mod fix_kind;
mod fixes;
#[cfg(feature = "flatgeobuf")]
mod flatgeobuf;
mod foreign;
mod format;
#[cfg_attr(not(feature = "formats"), allow(dead_code, reason = "each format takes its part"))]
mod gather;
pub mod geojson;
#[cfg(feature = "geopackage")]
mod geopackage;
#[cfg(feature = "geoparquet")]
mod geoparquet;
#[cfg(feature = "kml")]
mod gpx;
#[cfg_attr(not(feature = "geoparquet"), allow(dead_code, reason = "of GeoParquet"))]
mod guard;
mod input;
#[cfg(feature = "kml")]
mod kml;
mod layer;
mod limits;
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
mod utf16;
#[cfg(any(feature = "wkt", feature = "geopackage", feature = "geoparquet"))]
mod wkb;
#[cfg(feature = "wkt")]
mod wkt;
mod write;

pub use antimeridian::cut;
pub use curves::Curve;
pub use feature::{CheckedFeature, Collection, NewFeature, Shape};
pub use filter::Condition;
pub use fix_kind::FixKind;
pub use fixes::{Fix, Fixes};
pub use format::Format;
#[cfg(feature = "cli")]
pub(crate) use guard::quiet;
pub use input::{Begun, Input};
pub use layer::{Class, Layer, Legend, Symbol};
pub use limits::Limits;
pub use raster::{Asked, Raster};
pub(crate) use read::none_meets;
pub use read::{DataSet, read};
pub(crate) use rings::{nesting, turns_around};
pub use rounding::{Decimals, Rounding};
pub use text::{Source, digest};
pub use write::{LayerFormat, WriteFault, Written};
