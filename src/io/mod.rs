//! Reading and writing geodata: text in, checked coordinates out, and back.

mod drawn;
pub mod geojson;
pub mod lines;
mod raw;
mod text;

pub use drawn::{Accuracy, DrawnLine, Gap};
pub use text::{Source, digest};
