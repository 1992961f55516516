//! What is told of lengths and resolutions, before anybody decides how to write it.

use geo::Coord;
use serde::Serialize;

use super::published::{PublishedLength, Scope};
use crate::dossier::{Band, Dossier, Medium, Segment};
use crate::geodesy::{CompensatedSum, Ellipsoid, Geodesic};
use crate::quantity::{self, Interval, Metres};
use crate::report::Range;
use crate::report::model::{fixed, metres};
use crate::resolution::{Curve, Dimension, ladder, simplified, walked};

/// Length as a function of resolution. Serialises to the JSON document
/// `treatyline/resolution/v1`: lengths and resolutions in metres.
#[derive(Debug, Clone, Serialize)]
pub struct ResolutionReport {
    /// The document type and its version.
    pub schema: &'static str,
    /// The title of the line.
    pub title: String,
    /// Where it was read from.
    pub origin: String,
    /// SHA-256 of that.
    pub sha256: String,
    /// How it was measured.
    pub method: ResolutionMethod,
    /// The dossier's measurement band, where there is a dossier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<Band>,
    /// The whole line.
    pub whole: StretchEntry,
    /// Its land, rivers and lakes, where a dossier tells them apart.
    pub by_medium: Vec<StretchEntry>,
    /// Its segments, start to end, where a dossier has them.
    pub segments: Vec<StretchEntry>,
    /// Published lengths, with the resolution at which each would be reached.
    pub published: Vec<PublishedLength>,
}

/// How lengths and dimensions were made.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ResolutionMethod {
    /// The ellipsoid.
    pub ellipsoid: &'static str,
    /// What an edge is.
    pub edge_rule: &'static str,
    /// What `simplified` means.
    pub simplified: &'static str,
    /// What `walked` means.
    pub walked: &'static str,
    /// What a part is.
    pub parts: &'static str,
    /// How a dimension follows.
    pub dimension: &'static str,
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

/// Some of the line.
#[derive(Debug, Clone, Serialize)]
pub struct StretchEntry {
    /// Its name: that of a segment, of a medium, or `whole`.
    pub name: String,
    /// What it runs through, if it is one thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub medium: Option<Medium>,
    /// How many parts with ends of their own it has.
    pub parts: usize,
    /// How many edges it has.
    pub edges: usize,
    /// Its length at full detail.
    pub length_m: f64,
    /// Its length over the measurement band, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band_m: Option<Range>,
    /// Simplified.
    pub simplified: CurveEntry,
    /// Walked with dividers.
    pub walked: CurveEntry,
}

/// A length for each resolution.
#[derive(Debug, Clone, Serialize)]
pub struct CurveEntry {
    /// The dimension over all resolutions at which the data show it, if they do.
    pub dimension: Option<DimensionEntry>,
    /// Resolutions, ascending.
    pub points: Vec<PointEntry>,
}

/// A length at a resolution.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct PointEntry {
    /// The tolerance or the opening.
    pub resolution_m: f64,
    /// The length.
    pub length_m: f64,
    /// How many edges, or steps, make it up.
    pub edges: usize,
    /// The dimension around here; none for the three points at each end.
    pub dimension: Option<DimensionEntry>,
}

/// A fractal dimension.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct DimensionEntry {
    /// Its value.
    pub value: f64,
    /// The standard error.
    pub standard_error: f64,
    /// Half the width of the 95 % interval.
    pub half_width_95: f64,
    /// The finest resolution used.
    pub from_m: f64,
    /// The coarsest.
    pub to_m: f64,
    /// How many points were used.
    pub points: usize,
}

/// A stretch measured: its two curves.
#[derive(Debug, Clone)]
pub(super) struct Measured {
    length: Metres,
    pub(super) simplified: Curve,
    pub(super) walked: Curve,
}

impl ResolutionReport {
    /// The line of a dossier: whole, by medium and by segment, with the governing figures
    /// of its length and others that are asked about.
    #[must_use]
    pub fn of_dossier(dossier: &Dossier, others: &[Metres]) -> Self {
        let band = &dossier.band;
        let rungs = ladder(&[band.fine_m, band.coarse_m]);
        let measured: Vec<(&Segment, Measured)> = dossier
            .segments
            .iter()
            .map(|segment| (segment, Measured::new(&segment.path, &rungs)))
            .collect();
        let picked = |pick: &dyn Fn(&Segment) -> bool| {
            let of = measured.iter().filter(|(segment, _)| pick(segment));
            Measured::sum(of.map(|(_, measured)| measured))
        };
        let whole = picked(&|_| true);
        let governing = dossier.figures.iter().filter_map(|figure| {
            let scope = Scope::of(figure)?;
            Some(PublishedLength::figure(figure, scope, &picked(&|each| scope.holds(each)), band))
        });
        let asked = others.iter().map(|length| PublishedLength::asked(*length, &whole, Some(band)));
        let of_medium = |medium: Medium| {
            let measured = picked(&|segment| segment.facts.medium == medium);
            (measured.simplified.parts > 0)
                .then(|| measured.entry(medium.name(), Some(medium), Some(band)))
        };
        Self {
            schema: SCHEMA,
            title: dossier.title.clone(),
            origin: dossier.origin.clone(),
            sha256: dossier.digest.clone(),
            method: METHOD,
            band: Some(band.clone()),
            by_medium: Medium::ALL.into_iter().filter_map(of_medium).collect(),
            segments: measured
                .iter()
                .map(|(segment, each)| {
                    each.entry(&segment.id, Some(segment.facts.medium), Some(band))
                })
                .collect(),
            published: governing.chain(asked).collect(),
            whole: whole.entry(WHOLE, None, Some(band)),
        }
    }

    /// Any line by itself: its parts, with the lengths that are asked about.
    #[must_use]
    pub fn of_line(told: LineTold, parts: &[Vec<Coord>], others: &[Metres]) -> Self {
        let rungs = ladder(&[]);
        let measured: Vec<Measured> =
            parts.iter().map(|part| Measured::new(part, &rungs)).collect();
        let whole = Measured::sum(&measured);
        Self {
            schema: SCHEMA,
            title: told.title,
            origin: told.origin,
            sha256: told.sha256,
            method: METHOD,
            band: None,
            by_medium: Vec::new(),
            segments: Vec::new(),
            published: others
                .iter()
                .map(|length| PublishedLength::asked(*length, &whole, None))
                .collect(),
            whole: whole.entry(WHOLE, None, None),
        }
    }
}

/// What is known of a line that has no dossier.
#[derive(Debug, Clone)]
pub struct LineTold {
    /// Its title.
    pub title: String,
    /// Where it was read from.
    pub origin: String,
    /// SHA-256 of that.
    pub sha256: String,
}

const SCHEMA: &str = "treatyline/resolution/v1";
pub(super) const WHOLE: &str = "whole";

impl Measured {
    fn new(path: &[Coord], rungs: &[f64]) -> Self {
        Self {
            length: Geodesic::new(Ellipsoid::WGS84).sound_length(path),
            simplified: simplified(path, rungs),
            walked: walked(path, rungs),
        }
    }

    fn sum<'a>(measured: impl IntoIterator<Item = &'a Self>) -> Self {
        let measured: Vec<&Self> = measured.into_iter().collect();
        let mut length = CompensatedSum::default();
        measured.iter().for_each(|each| length.add(each.length.value()));
        Self {
            length: Metres::new(length.total()),
            simplified: Curve::sum(measured.iter().map(|each| &each.simplified)),
            walked: Curve::sum(measured.iter().map(|each| &each.walked)),
        }
    }

    /// The length over a band, simplified.
    pub(super) fn over(&self, band: &Band) -> Option<Interval> {
        let [fine, coarse] = [band.fine_m, band.coarse_m].map(|at_m| self.simplified.at(at_m));
        Interval::spanning(fine?.length.value(), coarse?.length.value())
    }

    fn entry(&self, name: &str, medium: Option<Medium>, band: Option<&Band>) -> StretchEntry {
        let over = band.and_then(|band| self.over(band));
        StretchEntry {
            name: name.to_owned(),
            medium,
            parts: self.simplified.parts,
            edges: self.simplified.data_edges,
            length_m: metres(self.length),
            band_m: over.map(|range| Range::new(range, quantity::Dimension::Length)),
            simplified: CurveEntry::new(&self.simplified),
            walked: CurveEntry::new(&self.walked),
        }
    }
}

impl CurveEntry {
    fn new(curve: &Curve) -> Self {
        let local = curve.local_dimensions();
        let points = curve.points.iter().map(|point| {
            let here = local.iter().find(|each| each.resolution_m == point.resolution_m);
            PointEntry {
                resolution_m: point.resolution_m,
                length_m: metres(point.length),
                edges: point.edges,
                dimension: here.map(|each| DimensionEntry::new(each.dimension)),
            }
        });
        Self { dimension: curve.dimension().map(DimensionEntry::new), points: points.collect() }
    }
}

impl DimensionEntry {
    fn new(dimension: Dimension) -> Self {
        let ratio = |value| fixed(value, quantity::Dimension::Ratio);
        Self {
            value: ratio(dimension.value),
            standard_error: ratio(dimension.standard_error),
            half_width_95: ratio(dimension.half_width_95),
            from_m: dimension.from_m,
            to_m: dimension.to_m,
            points: dimension.points,
        }
    }
}
