//! Reading and writing geodata: text in, checked coordinates out, and back.

pub mod geojson;
mod text;

pub use text::{Source, digest};
