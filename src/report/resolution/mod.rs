//! Length and resolution: one model, one renderer per file.

mod chart;
mod csv;
mod model;
mod published;
mod svg;
mod text;
mod ticks;

pub use model::{
    CurveEntry, DimensionEntry, LineTold, PointEntry, ResolutionMethod, ResolutionReport,
    StretchEntry,
};
pub use published::{PublishedLength, ReachEntry, Reached};

use super::json::pretty;

impl ResolutionReport {
    /// For a terminal, with a chart drawn in characters.
    #[must_use]
    pub fn text(&self) -> String {
        text::report(self)
    }

    /// The document `treatyline/resolution/v1`.
    #[must_use]
    pub fn json(&self) -> String {
        pretty(self)
    }

    /// A row for each stretch, method and resolution (RFC 4180).
    ///
    /// # Errors
    /// None that memory could cause; the writer's type has them.
    pub fn csv(&self) -> Result<String, ::csv::Error> {
        csv::report(self)
    }

    /// A drawing that needs nothing else.
    #[must_use]
    pub fn svg(&self) -> String {
        svg::report(self)
    }
}
