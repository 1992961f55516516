//! Length and resolution: one model, one renderer per file.

mod characters;
mod csv;
mod model;
mod published;
mod stretch;
mod text;

pub use model::{LineOrigin, REST, ResolutionReport, SHOWN_WATER};
pub use stretch::{CurveEntry, StretchEntry};

use super::json::pretty;
use super::styled::StyledText;

impl ResolutionReport {
    /// For a terminal, with a chart drawn in characters.
    #[must_use]
    #[doc(hidden)]
    pub fn text(&self) -> StyledText {
        text::report(self)
    }

    /// The document `treatyline/resolution/v1`.
    #[must_use]
    pub fn json(&self) -> String {
        pretty(self)
    }

    /// A row for each stretch, method and resolution (RFC 4180).
    #[must_use]
    #[doc(hidden)]
    pub fn csv(&self) -> String {
        csv::report(self)
    }
}
