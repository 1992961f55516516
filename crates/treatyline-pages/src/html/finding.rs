//! A finding on the page.

use treatyline::internal::report::glue;
use treatyline::internal::report::mark;
use treatyline::internal::report::{DerivedEntry, FindingEntry};

/// A finding, and how it is shown.
pub(super) struct FindingView<'a> {
    pub finding: &'a FindingEntry,
    pub mark: &'static str,
    pub verdict: &'static str,
    pub explanation: String,
    pub severity: &'static str,
    /// The derived quantities: name and range.
    pub derived: Vec<[String; 2]>,
}

impl<'a> FindingView<'a> {
    pub(super) fn new(finding: &'a FindingEntry) -> Self {
        Self {
            finding,
            mark: mark(finding.verdict),
            verdict: finding.verdict.name(),
            explanation: glue(&finding.explanation),
            severity: finding.severity.name(),
            derived: finding.derived.iter().map(derived).collect(),
        }
    }
}

fn derived(value: &DerivedEntry) -> [String; 2] {
    [value.name.clone(), value.range.text(value.dimension, 3)]
}
