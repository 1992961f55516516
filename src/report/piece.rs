//! A piece of the line, and the facts that hold for all of it.

use serde::Serialize;

use super::model::Range;
use super::rounding::metres;
use crate::check::{MeasuredPiece, Study};
use crate::dossier::{Evidence, Follows, Medium, Segment};
use crate::quantity::Dimension;

/// A piece of the line.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PieceEntry {
    /// The ids of its segments: one, unless they could not be distinguished.
    pub(crate) segments: Vec<String>,
    /// Distance along the line to its beginning.
    pub(crate) from_m: f64,
    /// Its length.
    pub length_m: f64,
    /// Its length over the measurement band, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) band_m: Option<Range>,
    /// How much of it is shown to be land by other evidence than its shape.
    pub land_shown_m: f64,
    /// How much of it is shown to be water.
    pub water_shown_m: f64,
    /// How much of it is shown to be sea.
    pub sea_shown_m: f64,
    /// The facts that hold for all of it.
    #[serde(flatten)]
    pub facts: PieceFacts,
}

impl PieceEntry {
    /// The pieces of a line as a report holds them.
    pub(super) fn all(study: &Study<'_>) -> Vec<Self> {
        let entry = |it: MeasuredPiece<'_>| {
            Some(Self {
                segments: it.segments.iter().map(|segment| segment.id.clone()).collect(),
                from_m: metres(it.piece.from),
                length_m: metres(it.length),
                band_m: study.dossier.band().map(|_| Range::new(it.band, Dimension::Length)),
                land_shown_m: metres(it.land),
                water_shown_m: metres(it.water),
                sea_shown_m: metres(it.sea),
                facts: PieceFacts::shared(it.segments, study.depiction.accuracy_m)?,
            })
        };
        study.pieces().filter_map(entry).collect()
    }
}

/// The facts that hold for all segments of a piece. Where they differ nothing is said: in a
/// piece that holds several, it is not known which part is which.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PieceFacts {
    /// Id of the instrument that governs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    /// The boundary points it runs between.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// What it runs through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub medium: Option<Medium>,
    /// What it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) course: Option<Follows>,
    /// The evidence for both, strongest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Vec<Evidence>>,
    /// A name that figures may refer to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stretch: Option<String>,
    /// Since when it has been the boundary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<String>,
    /// Until when it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<String>,
    /// Of a river: whether the boundary moves where the river does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) moves_with_river: Option<bool>,
    /// Whether a new part of the line begins with it, apart from the one before.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) apart: bool,
    /// Bibliography keys of all its segments.
    pub(crate) sources: Vec<String>,
    /// Positional accuracy of the line that was measured, metres.
    pub(crate) accuracy_m: f64,
    /// How far its first vertex may be from its true beginning along the line, metres.
    pub(crate) start_m: f64,
    /// Anything to know about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
}

impl PieceFacts {
    /// The facts that hold for all of these segments on a line of this accuracy; `None` without any
    /// segment.
    #[must_use]
    pub fn shared(segments: &[Segment], accuracy_m: f64) -> Option<Self> {
        let first = &segments.first()?.facts;
        let mut sources = Vec::new();
        for key in segments.iter().flat_map(|segment| &segment.facts.sources) {
            if !sources.contains(key) {
                sources.push(key.clone());
            }
        }
        Some(Self {
            instrument: shared(segments, |s| Some(s.facts.instrument.clone())),
            points: shared(segments, |s| s.facts.points.clone()),
            medium: shared(segments, |s| Some(s.facts.medium)),
            course: shared(segments, |s| Some(s.facts.course)),
            evidence: shared(segments, |s| Some(s.facts.evidence.clone())),
            stretch: shared(segments, |s| s.facts.stretch.clone()),
            from: shared(segments, |s| s.facts.from.clone()),
            until: shared(segments, |s| s.facts.until.clone()),
            moves_with_river: shared(segments, |s| s.facts.moves_with_river),
            apart: first.apart,
            sources,
            accuracy_m,
            start_m: first.start_m,
            note: shared(segments, |s| s.facts.note.clone()),
        })
    }
}

/// The value that all segments have, if they have one.
fn shared<T: PartialEq>(segments: &[Segment], value: impl Fn(&Segment) -> Option<T>) -> Option<T> {
    let mut values = segments.iter().map(value);
    let first = values.next()??;
    values.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

/// The names of kinds of evidence.
#[must_use]
pub fn names(kinds: &[Evidence]) -> String {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    names.join(", ")
}
