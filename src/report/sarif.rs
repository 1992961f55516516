//! SARIF 2.1.0 (OASIS 2020): the findings for viewers of static analysis, such as code
//! scanning on a forge.
//!
//! One rule per kind of check, one result per finding. A result that fails is a `fail`
//! with level `error` or, where only informal figures disagree, `warning`; what the data
//! cannot decide is `open`, a check not tried is `notApplicable`, the rest `pass` (§3.27.9,
//! §3.27.10). The place is the file of the dossier that the finding speaks of.

use serde_json::{Value, json};

use super::finding::FindingEntry;
use super::json::pretty;
use crate::check::{Basis, CheckKind, Finding, Findings, Severity, Verdict};

/// The findings as SARIF. `place` is where the dossier's files are, as a path relative to
/// the repository; it ends in a slash or is empty.
#[must_use]
pub fn findings(findings: &Findings, place: &str) -> String {
    let mut rules: Vec<CheckKind> = findings.iter().map(|finding| finding.id.kind()).collect();
    rules.dedup();
    let described = |kind: &CheckKind| {
        let text = format!("{}: {}", kind.name(), about(*kind));
        json!({ "id": kind.name(), "shortDescription": { "text": text } })
    };
    let results: Vec<Value> =
        findings.iter().map(|finding| result(finding, &rules, place)).collect();
    log(rules.iter().map(described).collect(), results)
}

/// A log of one run of this program.
pub(super) fn log(rules: Vec<Value>, results: Vec<Value>) -> String {
    pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "treatyline",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            }},
            "results": results,
        }],
    }))
}

/// The description of a kind of check.
const fn about(kind: CheckKind) -> &'static str {
    match kind {
        CheckKind::Closure => "published figures that must add up",
        CheckKind::Conflict => "published figures of one thing that exclude one another",
        CheckKind::Course => "whether the line follows what an instrument says",
        CheckKind::Distance => "published distances between places",
        CheckKind::Division => "who received what of a disputed area",
        CheckKind::Length => "published lengths against the measured line",
        CheckKind::Method => "two ways of measuring against each other",
        CheckKind::Point => "where words put a point, against the line",
        CheckKind::Reading => "published lengths against what the words of the law allow",
        CheckKind::Resolution => "lengths of several depictions of the line against each other",
        CheckKind::Side => "places that must lie on a side of the line",
        CheckKind::Topology => "whether the line is a line",
        CheckKind::Tripoint => "coordinates of an instrument against each other and the line",
    }
}

fn result(finding: &Finding, rules: &[CheckKind], place: &str) -> Value {
    let rule = finding.id.kind();
    let (kind, level) = match (finding.verdict, finding.severity) {
        (Verdict::Consistent, _) => ("pass", "none"),
        (Verdict::Inconsistent, Severity::Error) => ("fail", "error"),
        (Verdict::Inconsistent, Severity::Note) => ("fail", "warning"),
        (Verdict::Undecided, _) => ("open", "none"),
        (Verdict::Skipped, _) => ("notApplicable", "none"),
    };
    let file = match finding.basis {
        Basis::Figures => "figures.toml",
        Basis::Readings => "dossier.toml",
        Basis::Geometry | Basis::Files => "segments.geojson",
    };
    let entry = FindingEntry::new(finding);
    json!({
        "ruleId": rule.name(),
        "ruleIndex": rules.iter().position(|known| *known == rule),
        "kind": kind,
        "level": level,
        "message": { "text": finding.explanation },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": format!("{place}{file}") },
                "region": { "startLine": 1 },
            },
            "logicalLocations": [{ "fullyQualifiedName": finding.id }],
        }],
        // All other fields of the findings in JSON.
        "properties": {
            "severity": entry.severity,
            "verdict": entry.verdict,
            "basis": entry.basis,
            "figures": entry.figures,
            "derived": entry.derived,
            "residual": entry.residual,
            "sources": entry.sources,
        },
        // The identity of the finding from run to run.
        "partialFingerprints": { "treatylineId/v1": finding.id },
    })
}
