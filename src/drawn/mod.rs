//! A line out of the features of a file: put in order, without what is there twice, or found
//! between two polygons.

mod between;
mod countries;
mod layers;
mod line;
pub mod lines;

pub use countries::{Countries, country};
pub use layers::Layers;
pub use line::{Accuracy, DrawnLine, Gap};
pub(crate) use line::{SCALE, is_scale};
pub(crate) use lines::named;
