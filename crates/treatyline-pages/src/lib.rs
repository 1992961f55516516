//! Draws what `treatyline` found: maps and charts (SVG, PNG) and whole pages (HTML) of a report, a
//! comparison, a course or a survey.
//!
//! ```
//! use treatyline::Dossier;
//! use treatyline::check::Study;
//! use treatyline::report::Report;
//! use treatyline_pages::{Exhibits, report_html};
//!
//! let dossier = Dossier::embedded();
//! let study = Study::new(dossier);
//! let page = report_html(&Report::new(&study, &study.check()), &Exhibits::new(&study));
//! assert!(page.starts_with("<!DOCTYPE html>"));
//! ```
//!
//! Everything shown was measured before: [`Exhibits`] gathers it, *chart* and *map* lay it out as
//! drawings, marks on a page in pixels, and nothing else writes SVG. A page is one file that
//! needs nothing else.
//!
//! # Features
//!
//! - `png`: pictures dot by dot, [`map_png`]. Without it that answers [`PictureError::NotBuilt`].

#![warn(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr
)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod chart;
mod drawing;
mod exhibits;
mod html;
mod map;
mod png;

pub use drawing::Theme;
pub use exhibits::Exhibits;
pub use html::report_html;
pub use map::{Colour, Map, MapOptions, map_png, map_png_with, map_svg};
pub use png::{Picture, PictureError};

/// The pages of the documents that only the command makes. It may change with any version.
#[doc(hidden)]
pub mod internal {
    pub use crate::chart::resolution_svg;
    pub use crate::html::{ComparisonExhibits, comparison_html, course_html, survey_html};
}
