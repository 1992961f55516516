//! The geometry of international boundaries: measure the line, keep it together with
//! the treaties and the published figures, and say of every figure whether the geometry
//! confirms it.
//!
//! # In one line
//!
//! ```
//! use treatyline::Dossier;
//!
//! Dossier::embedded().check().assert_consistent("length/total");
//! ```
//!
//! # The floors
//!
//! Each uses only what is above it in this list.
//!
//! | module | what it knows |
//! |---|---|
//! | [`quantity`] | units and intervals |
//! | [`geodesy`] | ellipsoids, geodesics, areas, datum operations |
//! | [`io`] | files of any format in and out |
//! | [`mod@line`] | chainage, location, cutting, simplification, topology |
//! | [`problem`] | what is wrong with a line, a survey or a dossier, and the way out |
//! | [`resolution`] | length as a function of resolution, fractal dimension |
//! | [`drawn`] | a line from the features of a file, or between two polygons |
//! | [`compare`] | two lines compared: distances, transfer areas |
//! | [`measure`], [`survey`] | length and area of any feature; all boundaries of lines or of countries |
//! | [`dossier`] | one boundary: line, instruments, figures; measured |
//! | [`check`] | what is compared with what, with a verdict |
//! | [`report`] | all of this as text, Markdown, HTML, JSON, CSV, GeoJSON; the map |
//!
//! Maps, charts and pages are in `treatyline-pages`, the command in `treatyline-cli`.
//!
//! # Features
//!
//! None is on by default.
//!
//! - `china-kazakhstan`, `norway-russia-sea`, `chad-libya`, `us-mexico`: the shipped dossiers,
//!   [`Dossier::shipped`], each a crate with a licence of its own; `dossiers` for all.
//! - `proj`: datum operations through PROJ. Without it the crate holds no C code and checks that
//!   need one answer `skipped`.
//! - `topojson`, `shapefile`, `kml`, `wkt`, `flatgeobuf`, `geopackage`, `geoparquet`, and `archive`
//!   for zip archives; `formats` for all: formats as well as GeoJSON, to read ([`io::read`]) and,
//!   some of them, to write ([`io::Layer`]).
//! - `compression` (in `formats`): input compressed by gzip or Zstandard.
//! - `vector`: lengths and areas in vector code (AVX2, AVX-512), several times as fast and the same
//!   to the last bit.
//! - `geotiff` (in `formats`): heights from GeoTIFF files, [`io::Raster`]. Without it that answers
//!   [`io::problem::RasterFault::NotBuilt`].
//! - `schema`: the JSON Schemas of documents, generated from the types.
//!
//! # What it does not do
//!
//! It does not choose between figures, fit anything to a figure, or draw a boundary
//! where no source draws one. It does not decide disputes.

// No panic on any input: what can fail returns an error. And the library returns
// data; only the program writes to streams.
#![warn(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr
)]

pub mod check;
pub mod compare;
pub mod construct;
pub mod course;
pub mod dossier;
pub mod drawn;
pub mod geodesy;
pub(crate) mod identify;
#[doc(hidden)]
pub mod internal;
pub mod io;
pub mod line;
pub mod measure;
pub mod problem;
mod progress;
pub mod quantity;
pub mod report;
pub mod resolution;
pub mod survey;
mod wording;

pub use dossier::Dossier;

/// The README's examples, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct ReadmeExamples;

/// The example of the page on length and resolution, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../docs/resolution.md")]
pub struct ResolutionExample;

/// The example of the page on lengths and areas, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../docs/geodesy.md")]
pub struct GeodesyExample;

/// The example of the page on any data, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../docs/measure.md")]
pub struct MeasureExample;

/// The example of the page on what a line follows, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../docs/course.md")]
pub struct CourseExample;

/// The example of the page on comparison, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../docs/compare.md")]
pub struct CompareExample;
