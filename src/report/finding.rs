//! A finding as a report holds it.

use serde::{Serialize, Serializer};

use super::model::Range;
use super::rounding::fixed;
use crate::check::{Basis, Derived, Finding, FindingId, Severity, Unfit, Verdict};
use crate::quantity::Dimension;

/// A finding.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FindingEntry {
    /// Its stable id.
    pub id: FindingId,
    /// Whether it changes the exit code.
    pub severity: Severity,
    /// The outcome.
    pub verdict: Verdict,
    /// What the outcome comes from.
    pub(crate) basis: Basis,
    /// One or two plain sentences.
    pub explanation: String,
    /// The parts of the explanation, if the line can carry no verdict.
    #[serde(skip)]
    pub(super) unfit: Option<Unfit>,
    /// Ids of the figures it used.
    pub figures: Vec<String>,
    /// The values it derived.
    pub derived: Vec<DerivedEntry>,
    /// Derived minus published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) residual: Option<Residual>,
    /// Bibliography keys.
    pub sources: Vec<String>,
}

/// A derived value.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DerivedEntry {
    /// What it is.
    pub name: String,
    /// Its range, in `unit`.
    #[serde(flatten)]
    pub range: Range,
    /// `m`, `m2` or `1`.
    #[serde(rename = "unit", serialize_with = "si_unit")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub dimension: Dimension,
}

/// The difference of derived and published.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Residual {
    /// The value, in `unit`.
    pub(crate) value: f64,
    /// `m`, `m2` or `1`.
    #[serde(rename = "unit", serialize_with = "si_unit")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub(crate) dimension: Dimension,
}

fn si_unit<S: Serializer>(dimension: &Dimension, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(dimension.si_unit())
}

impl FindingEntry {
    /// A finding as a report holds it.
    #[must_use]
    pub(crate) fn new(finding: &Finding) -> Self {
        let derived = |value: &Derived| DerivedEntry {
            name: value.name.clone(),
            range: Range::new(value.interval, value.dimension),
            dimension: value.dimension,
        };
        Self {
            id: finding.id.clone(),
            severity: finding.severity,
            verdict: finding.verdict,
            basis: finding.basis,
            explanation: finding.explanation.clone(),
            unfit: finding.unfit.clone(),
            figures: finding.figures.clone(),
            derived: finding.derived.iter().map(derived).collect(),
            residual: finding
                .residual
                .map(|(value, dimension)| Residual { value: fixed(value, dimension), dimension }),
            sources: finding.sources.clone(),
        }
    }
}
