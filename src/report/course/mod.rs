//! The reports on what a line follows: one model, one renderer per file.

mod csv;
mod ground;
mod layer;
mod model;
mod near;
mod text;

pub use layer::course as course_layer;
pub use model::{CourseLine, CourseReport, NamedStretch};
pub(super) use near::within_table;
pub(crate) use near::{RiverMap, WithinEntry};

use super::json::pretty;
use super::sections::Section;
use super::styled::StyledText;

impl CourseReport {
    /// The JSON document.
    #[must_use]
    pub fn json(&self) -> String {
        pretty(self)
    }

    /// The sections, the answer first.
    #[doc(hidden)]
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        text::sections(self)
    }

    /// Tables for a terminal.
    #[must_use]
    pub fn text(&self) -> StyledText {
        text::report(self)
    }

    /// A row for each distance, run and stretch (RFC 4180).
    #[must_use]
    pub fn csv(&self) -> String {
        csv::report(self)
    }
}
