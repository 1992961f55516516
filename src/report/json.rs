//! JSON: the report model, unchanged.

use serde::Serialize;

use super::model::FindingEntry;
use super::{FixLists, Report};
use crate::check::Findings;

/// The findings alone: the document `treatyline/findings/v1`.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct FindingsDocument {
    /// The document type and its version.
    schema: &'static str,
    /// The findings, in their fixed order.
    findings: Vec<FindingEntry>,
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
    findings_of_files(findings, FixLists::default())
}

/// The same, with what was changed or left out when files were read.
#[must_use]
pub fn findings_of_files(findings: &Findings, read: FixLists) -> String {
    pretty(&FindingsDocument {
        schema: "treatyline/findings/v1",
        findings: findings.iter().map(FindingEntry::new).collect(),
        read,
    })
}

pub(super) fn pretty(document: &impl Serialize) -> String {
    // Strings, finite numbers and maps with text keys: JSON can hold all of them.
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}
