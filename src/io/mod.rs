//! Reading and writing geodata: text in, checked coordinates out, and back in any format.

mod antimeridian;
mod drawn;
mod feature;
pub mod geojson;
mod layer;
pub mod lines;
mod rounding;
mod text;
mod write;

pub use antimeridian::cut;
pub use drawn::{Accuracy, DrawnLine, Gap};
pub(crate) use drawn::{SCALE, is_scale};
pub use feature::{CheckedFeature, Collection, NewFeature, Shape};
pub use layer::{Class, Layer, Legend, Symbol};
pub use rounding::{Decimals, Rounding};
pub use text::{Source, digest, open};
pub use write::{Format, WriteFault, Written};
