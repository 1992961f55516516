//! Published lengths, and the resolutions at which the line has them.

use serde::Serialize;

use super::model::WHOLE;
use crate::check::{ReachedLength, Verdict};
use crate::dossier::{Figure, Scope};
use crate::quantity::Dimension;
use crate::report::Range;
use crate::report::rounding::{fixed, metres};
use crate::resolution::Reach;
use crate::wording;

/// A published length and where on the curves it lies.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublishedLength {
    /// Id of the figure; `null` for a length that the caller gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) figure: Option<String>,
    /// The part of the line: `whole`, `land`, `water`, or a named stretch.
    pub of: String,
    /// The length.
    pub length_m: f64,
    /// What it means with its rounding.
    pub(crate) interval_m: Range,
    /// The resolution of simplification at which it is reached.
    pub(crate) simplified: ReachEntry,
    /// The opening of the dividers at which it is reached.
    pub(crate) walked: ReachEntry,
    /// For the whole line, and where there is a measurement band: whether the line can be
    /// that long within it. Land and water depend on more than resolution: see the
    /// findings `length/…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band_verdict: Option<Verdict>,
    /// As people write it.
    #[serde(skip)]
    pub text: String,
}

/// Where on a curve a length is reached.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ReachEntry {
    /// Whether it is reached, and if not, why not.
    pub(crate) outcome: Reached,
    /// The resolution, if it is reached.
    pub(crate) resolution_m: Option<f64>,
}

/// Whether a length is reached.
#[allow(clippy::enum_variant_names, reason = "documents have the names of the variants")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Reached {
    /// It is.
    Reached,
    /// It is longer than the line at the finest resolution.
    TooLong,
    /// It is shorter than the line at the coarsest.
    TooShort,
}

impl From<Reach> for ReachEntry {
    fn from(reach: Reach) -> Self {
        let (outcome, resolution_m) = match reach {
            Reach::At(at_m) => (Reached::Reached, Some(fixed(at_m, Dimension::Length))),
            Reach::TooLong => (Reached::TooLong, None),
            Reach::TooShort => (Reached::TooShort, None),
        };
        Self { outcome, resolution_m }
    }
}

impl PublishedLength {
    /// A length as a report holds it.
    pub(super) fn new(reached: &ReachedLength<'_>) -> Self {
        let ReachedLength { figure, scope, length, .. } = reached;
        Self {
            figure: figure.map(|figure| figure.id.clone()),
            of: called(scope).to_owned(),
            length_m: metres(*length),
            interval_m: Range::new(reached.interval, Dimension::Length),
            simplified: reached.simplified.into(),
            walked: reached.walked.into(),
            band_verdict: reached.band_verdict,
            text: figure.map_or_else(|| wording::km(length.value(), 2), Figure::text),
        }
    }
}

/// A part of the line, as a document names it.
fn called(scope: &Scope) -> &str {
    match scope {
        Scope::Line => WHOLE,
        Scope::Land => "land",
        Scope::Water => "water",
        Scope::Sea => "sea",
        Scope::WithoutSea => "without the sea",
        Scope::Stretch(name) | Scope::Other(name) => name,
    }
}
