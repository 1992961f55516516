//! Reading and writing geodata: text in, checked coordinates out, and back.

mod drawn;
mod feature;
pub mod geojson;
pub mod lines;
mod text;

pub use drawn::{Accuracy, DrawnLine, Gap};
pub(crate) use drawn::{SCALE, is_scale};
pub use feature::{CheckedFeature, Collection, NewFeature, Shape};
pub use text::{Source, digest, open};
