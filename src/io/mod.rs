//! Reading and writing geodata: text in, checked coordinates out, and back.

pub mod geojson;
pub mod lines;
mod raw;
mod text;

pub use text::{Source, digest};
