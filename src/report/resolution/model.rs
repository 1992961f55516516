//! What a report on resolutions says, independent of the format it is written in.

use serde::Serialize;

use super::published::PublishedLength;
use super::stretch::StretchEntry;
use crate::check::{LengthCurves, ReachedLength, Study};
use crate::dossier::{Band, Dossier, LineCurves, Segment};
use crate::drawn::Provenance;
use crate::geodesy::Ellipsoid;
use crate::io::Fixes;
use crate::line::SNAPPING_DEG;
use crate::quantity::Metres;
use crate::report::FixLists;
use crate::resolution::Curves;

/// Length as a function of resolution. Serialises to the JSON document
/// `treatyline/resolution/v1`: lengths and resolutions in metres.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResolutionReport {
    /// The document type and its version.
    pub(crate) schema: &'static str,
    #[serde(flatten)]
    #[allow(missing_docs, reason = "a schema would repeat the words")]
    #[doc(hidden)]
    pub provenance: Provenance,
    /// How near to each other, in degrees, the outlines of two polygons had to be; left out for the
    /// dossier's own line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) snapping_deg: Option<f64>,
    /// How it was measured.
    pub(crate) method: ResolutionMethod,
    /// The dossier's measurement band, where there is a dossier.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[doc(hidden)]
    pub band: Option<Band>,
    /// The whole line.
    #[doc(hidden)]
    pub whole: StretchEntry,
    /// The part that is shown to be water by other evidence than its shape, and the rest, where a
    /// dossier says so.
    #[doc(hidden)]
    pub shown: Vec<StretchEntry>,
    /// Its segments, start to end, where a dossier has them.
    pub(crate) segments: Vec<StretchEntry>,
    /// Published lengths, with the resolution at which each would be reached.
    #[doc(hidden)]
    pub published: Vec<PublishedLength>,
    #[serde(flatten)]
    #[allow(missing_docs, reason = "a schema would repeat the words")]
    pub(crate) read: FixLists,
}

/// How lengths and dimensions were made.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ResolutionMethod {
    /// The ellipsoid.
    pub(crate) ellipsoid: &'static str,
    /// What an edge is.
    pub(crate) edge_rule: &'static str,
    /// What `simplified` means.
    pub(crate) simplified: &'static str,
    /// What `walked` means.
    pub(crate) walked: &'static str,
    /// What a part is.
    pub(crate) parts: &'static str,
    /// How a dimension follows.
    pub(crate) dimension: &'static str,
}

const METHOD: ResolutionMethod = ResolutionMethod {
    ellipsoid: Ellipsoid::WGS84.name(),
    edge_rule: "geodesic",
    simplified: "Douglas-Peucker; the resolution is the tolerance",
    walked: "dividers; the resolution is their opening; the last step of a part counts with its \
             own length",
    parts: "each segment, or part of a line that does not join the next, keeps its ends",
    dimension: "1 less the slope of log length over log resolution, least squares; at a point: \
                over seven neighbouring resolutions; of a stretch: where at most half of its edges are left and \
                at least ten per part; half_width_95 is Student's",
};

impl ResolutionReport {
    /// The line of a dossier: whole, by what is shown to be water and by segment, with the
    /// governing figures of its length and others that are asked about.
    ///
    /// ```
    /// use treatyline::Dossier;
    /// use treatyline::report::ResolutionReport;
    ///
    /// let report = ResolutionReport::of_dossier(Dossier::embedded(), &[]);
    /// assert!(report.json().contains("treatyline/resolution/v1"));
    /// ```
    #[must_use]
    pub fn of_dossier(dossier: &Dossier, others: &[Metres]) -> Self {
        Self::of_curves(dossier, &LineCurves::new(dossier), others)
    }

    /// The same for a line that has been measured.
    #[doc(hidden)]
    #[must_use]
    pub fn of_curves(dossier: &Dossier, curves: &LineCurves, others: &[Metres]) -> Self {
        let band = dossier.band();
        let whole = curves.curves_of(dossier, |_| true);
        let reached = ReachedLength::all(dossier, curves, others);
        let part_of = |segment: &Segment| match () {
            () if segment.facts.is_shown_water() => SHOWN_WATER,
            () if segment.facts.is_shown_sea() => SHOWN_SEA,
            () => REST,
        };
        let of_part = |name: &str| {
            let curves = curves.curves_of(dossier, |segment| part_of(segment) == name);
            let there = curves.simplified.parts > 0;
            there.then(|| StretchEntry::new(name, None, &curves, band))
        };
        let of_segment = |(segment, curves): (&Segment, &Curves)| {
            StretchEntry::new(&segment.id, Some(segment.facts.medium), curves, band)
        };
        // What is all sea has no parts.
        let names = [SHOWN_WATER, SHOWN_SEA, REST].into_iter().filter(|_| dossier.has_land());
        let parts = names.filter_map(of_part).collect();
        Self {
            schema: SCHEMA,
            provenance: dossier.provenance(),
            snapping_deg: None,
            method: METHOD,
            band: band.cloned(),
            shown: parts,
            segments: dossier.segments.iter().zip(curves.segments()).map(of_segment).collect(),
            published: reached.iter().map(PublishedLength::new).collect(),
            read: FixLists::default(),
            whole: StretchEntry::new(WHOLE, None, &whole, band),
        }
    }

    /// The line of a study: the dossier's own by what is shown and by segment, another as a whole.
    #[doc(hidden)]
    #[must_use]
    pub fn of_study(study: &Study<'_>) -> Self {
        let depiction = &study.depiction;
        match study.curves() {
            LengthCurves::Own(curves) => Self::of_curves(study.dossier, curves, &[]),
            LengthCurves::Other(curves) => {
                let line = LineOrigin {
                    provenance: depiction.provenance.clone(),
                    snapping_deg: depiction.snapping_deg.unwrap_or(SNAPPING_DEG),
                    fixes: depiction.fixes.clone(),
                };
                Self::of_line(line, curves, &[])
            }
        }
    }

    /// Any line by itself, with the lengths that are asked about.
    #[doc(hidden)]
    #[must_use]
    pub fn of_line(line: LineOrigin, curves: &Curves, others: &[Metres]) -> Self {
        let asked = |length: &Metres| ReachedLength::asked(*length, curves, None);
        Self {
            schema: SCHEMA,
            read: FixLists::new(&line.provenance.origin, &line.fixes),
            provenance: line.provenance,
            snapping_deg: Some(line.snapping_deg),
            method: METHOD,
            band: None,
            shown: Vec::new(),
            segments: Vec::new(),
            published: others.iter().map(|length| PublishedLength::new(&asked(length))).collect(),
            whole: StretchEntry::new(WHOLE, None, curves, None),
        }
    }
}

/// The facts of a line that has no dossier.
#[derive(Debug, Clone)]
pub struct LineOrigin {
    /// Where it comes from.
    #[doc(hidden)]
    pub provenance: Provenance,
    /// How near to each other, in degrees, the outlines of two polygons had to be.
    #[doc(hidden)]
    pub snapping_deg: f64,
    /// What was changed or left out when it was read.
    #[doc(hidden)]
    pub fixes: Fixes,
}

const SCHEMA: &str = "treatyline/resolution/v1";
pub(super) const WHOLE: &str = "whole";
/// The stretch that is shown to be sea.
pub(crate) const SHOWN_SEA: &str = "shown sea";
/// The stretch that is shown to be water.
pub const SHOWN_WATER: &str = "shown water";
/// The stretch that is not.
pub const REST: &str = "rest";
