//! Makes a line from the features of a file: parts put in order, without repeated pieces; or the
//! boundary between two polygons.

mod between;
mod countries;
mod layers;
mod line;
pub mod lines;

pub use countries::{Countries, country};
pub(crate) use layers::Layers;
pub use line::{Accuracy, DrawnLine, Gap};
pub(crate) use line::{SCALE, is_scale};
pub(crate) use lines::named;
