//! Reading and writing geodata: text in, checked coordinates out, and back.

pub mod geojson;
mod raw;
mod text;

pub use text::{Source, digest};
