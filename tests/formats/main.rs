//! Files of every format, in and out.

#[path = "../common/mod.rs"]
mod common;
#[path = "../../fuzz/src/law.rs"]
mod law;
#[path = "../refusal/mod.rs"]
mod refusal;

mod cases;
#[cfg(all(feature = "archive", feature = "kml", feature = "wkt"))]
mod doors;
mod fuzz_corpus;
mod geojson_differential;
mod geojson_stream;
mod heights;
#[cfg(feature = "archive")]
mod members;
mod no_geometry;
mod odd_rings;
mod printed;
#[cfg(feature = "geotiff")]
mod raster;
mod read_back;
mod read_twice;
mod reading;
mod refused;
mod systems;
mod which_line;
