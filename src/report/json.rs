//! JSON: the report model, unchanged.

use serde::Serialize;

use super::finding::FindingEntry;
use super::{FixLists, Report};
use crate::check::Findings;
use crate::dossier::Depiction;

/// The findings alone: the document `treatyline/findings/v1`.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct FindingsDocument {
    /// The document type and its version.
    schema: &'static str,
    /// The findings, in their fixed order.
    findings: Vec<FindingEntry>,
    /// How near to each other, in degrees, the outlines of two polygons had to be to share a line;
    /// left out for the dossier's own line.
    #[serde(skip_serializing_if = "Option::is_none")]
    snapping_deg: Option<f64>,
    #[serde(flatten)]
    read: FixLists,
}

/// The report as the JSON document `treatyline/report/v1`.
#[must_use]
pub fn report(report: &Report) -> String {
    pretty(report)
}

/// The findings alone as the JSON document `treatyline/findings/v1`.
#[must_use]
pub fn findings(findings: &Findings) -> String {
    document(findings, None, FixLists::default())
}

/// The same, with how the line was read: what was changed or left out, and within which tolerance
/// the outlines of polygons were taken for one.
#[must_use]
pub fn findings_on(line: &Depiction, findings: &Findings) -> String {
    document(findings, line.snapping_deg, FixLists::new(line.origin(), &line.fixes))
}

fn document(findings: &Findings, snapping_deg: Option<f64>, read: FixLists) -> String {
    pretty(&FindingsDocument {
        schema: "treatyline/findings/v1",
        findings: findings.iter().map(FindingEntry::new).collect(),
        snapping_deg,
        read,
    })
}

pub(super) fn pretty(document: &impl Serialize) -> String {
    // Strings, finite numbers and maps with text keys: JSON can hold all of them.
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}
