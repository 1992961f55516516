//! Disputed areas: what is published of each, and what its outline holds.

use super::model::Report;
use super::phrase::Phrase;
use super::sections::{self, Section};
use crate::check::{CheckKind, Topic};

/// The areas with an outline, a paragraph each. Land that changed sides between two versions of the
/// line is in the section on the division.
pub(super) fn section(report: &Report) -> Option<Section> {
    let is_area = |topic: &Topic| matches!(topic, Topic::Area(_));
    let found = report.of_kind(CheckKind::Division).filter(|finding| is_area(finding.id.topic()));
    let paragraphs: Vec<Phrase> = found.map(sections::marked).collect();
    (!paragraphs.is_empty()).then(|| Section::new("Disputed areas", paragraphs, None))
}
