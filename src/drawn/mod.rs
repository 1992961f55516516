//! Makes a line from the features of a file: parts put in order, without repeated pieces; or the
//! boundary between two polygons.

pub(crate) mod between;
pub(crate) mod countries;
mod layers;
pub(crate) mod line;
pub(crate) mod lines;
pub(crate) mod provenance;

pub(crate) use layers::Layers;
pub use line::DrawnLine;
pub(crate) use line::{Accuracy, Gap};
pub(crate) use line::{SCALE, is_scale};
pub(crate) use lines::named;
pub(crate) use provenance::Provenance;
