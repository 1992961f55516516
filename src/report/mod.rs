//! Reports: one model, one renderer per file.
//!
//! [`Report::new`] gathers everything a report says. The renderers only write it: none of them
//! measures, prints or colours.

mod areas;
pub(crate) mod comparison;
pub(crate) mod construction;
mod conversion;
pub(crate) mod course;
pub(crate) mod csv;
mod figures;
pub(crate) mod finding;
pub(crate) mod fixes;
mod heights;
pub(crate) mod identification;
mod in_short;
pub(crate) mod ink;
mod instruments;
pub(crate) mod json;
mod junit;
mod layers;
mod legends;
pub(crate) mod listing;
mod markdown;
pub(crate) mod measures;
pub(crate) mod medium;
pub(crate) mod model;
pub(crate) mod neighbours;
pub(crate) mod phrase;
pub(crate) mod piece;
pub(crate) mod place;
pub(crate) mod readings;
pub(crate) mod resolution;
mod rounding;
mod rows;
mod sarif;
mod schema;
pub(crate) mod sections;
pub(crate) mod styled;
pub(crate) mod survey;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod ticks;
pub(crate) mod transfer;
pub(crate) mod validation;
mod validity;

pub(crate) use fixes::FixLists;
pub use json::{findings as findings_json, report as report_json};
pub use junit::findings as findings_junit;
pub use layers::{line, points, sectors, segments};
pub use markdown::report as report_markdown;
pub(crate) use model::Range;
pub use model::Report;
pub use resolution::ResolutionReport;
pub use sarif::findings as findings_sarif;
pub use schema::{DocumentSchema, SCHEMAS};
pub use styled::StyledText;
pub use text::{findings as findings_text, report as report_text};
