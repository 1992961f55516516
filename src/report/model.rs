//! What a report says, independent of the format it is written in.

use std::collections::BTreeMap;

use serde::Serialize;

use super::FixLists;
use super::finding::FindingEntry;
use super::medium::ShownEntry;
use super::piece::PieceEntry;
use super::place::PlaceEntry;
use super::readings::ReadingEntry;
use super::rounding::{fixed, metres};
use super::transfer::TransferEntry;
use crate::check::{Basis, CheckKind, Finding, FindingId, Findings, Study, Topic, Verdict};
use crate::dossier::{
    Band, Evidence, Figure, HeightProfile, Instrument, Party, Qualifier, Reference, Resolution,
    Scope, Segment, Standing,
};
use crate::drawn::Provenance;
use crate::geodesy::{self, Ellipsoid};
use crate::quantity::{Dimension, Interval};
use crate::wording;

/// A report on a dossier and a depiction of its line. Serialises to the JSON
/// document `treatyline/report/v1`: lengths in metres, areas in square metres.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// The document type and its version.
    pub(crate) schema: &'static str,
    /// The dossier's title.
    #[doc(hidden)]
    pub title: String,
    /// The licence under which the dossier may be passed on; left out where it states none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[doc(hidden)]
    pub licence: Option<String>,
    /// Who must be named where it is passed on; left out where it does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[doc(hidden)]
    pub attribution: Option<String>,
    /// Where the dossier was read from.
    #[doc(hidden)]
    pub dossier: String,
    /// SHA-256 of the dossier's files.
    pub(crate) dossier_sha256: String,
    /// The parties, left then right.
    pub(crate) parties: Vec<Party>,
    /// The line that was measured.
    pub(crate) line: LineEntry,
    /// How it was measured.
    pub(crate) method: Method,
    /// How long it is.
    #[doc(hidden)]
    pub lengths: Lengths,
    /// Its pieces, start to end.
    #[doc(hidden)]
    pub pieces: Vec<PieceEntry>,
    /// The instruments.
    #[doc(hidden)]
    pub instruments: Vec<Instrument>,
    /// The published figures.
    #[doc(hidden)]
    pub figures: Vec<FigureEntry>,
    /// The lines that the words of the law allow.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[doc(hidden)]
    pub readings: Vec<ReadingEntry>,
    /// Land that changed sides: as published, and as geometry shows it.
    #[doc(hidden)]
    pub transfers: Vec<TransferEntry>,
    /// Places that must lie on the line or to one side of it.
    #[doc(hidden)]
    pub places: Vec<PlaceEntry>,
    /// Heights along stretches that a text describes by heights.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[doc(hidden)]
    pub profiles: Vec<HeightProfile>,
    /// How many findings have each verdict, without the tests of the files.
    #[doc(hidden)]
    pub verdicts: BTreeMap<&'static str, usize>,
    /// The same for the tests of the files and the program: findings with the basis `files`.
    #[doc(hidden)]
    pub tests: BTreeMap<&'static str, usize>,
    /// Ids of the findings to be shown in the section on the division.
    pub(crate) headlines: Vec<FindingId>,
    /// The findings.
    #[doc(hidden)]
    pub findings: Vec<FindingEntry>,
    /// The bibliography.
    #[doc(hidden)]
    pub sources: Vec<Reference>,
}

/// The line that was measured.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct LineEntry {
    #[serde(flatten)]
    #[allow(missing_docs, reason = "a schema would repeat the words")]
    pub(crate) provenance: Provenance,
    /// Whether it is the dossier's own.
    pub(crate) is_own: bool,
    /// The reading that it is, where nobody's drawing is measured but the words of the law.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reading: Option<String>,
    /// How many vertices it has.
    pub(crate) vertices: usize,
    /// How many parts it has that are apart from each other; left out for one.
    #[serde(skip_serializing_if = "is_one")]
    pub(crate) parts: usize,
    /// Its positional accuracy.
    pub(crate) accuracy_m: f64,
    /// The reason for that accuracy.
    pub(crate) accuracy_basis: String,
    /// How near to each other, in degrees, the outlines of two polygons had to be; left out for the
    /// dossier's own line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) snapping_deg: Option<f64>,
    #[serde(flatten)]
    #[allow(missing_docs, reason = "a schema would repeat the words")]
    pub(crate) read: FixLists,
}

/// How lengths were made.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Method {
    /// The ellipsoid of every length that names no other.
    pub(crate) ellipsoid: &'static str,
    /// What an edge is.
    pub(crate) edge_rule: &'static str,
    /// By which method: `series` or `karney`.
    pub(crate) kernel: &'static str,
    /// The longest edge that the series measures at the line's highest latitude.
    pub(crate) kernel_reach_m: f64,
    /// How an edge is measured, in words.
    pub(crate) algorithm: &'static str,
    /// How a line is simplified.
    pub(crate) simplification: &'static str,
    /// The measurement band.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) band: Option<Band>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) no_band: Option<String>,
    /// Whether datum operations could be made; left out where no point needs one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) datum_operations: Option<&'static str>,
}

/// Lengths of the line; WGS 84, full detail, unless a field says otherwise.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Lengths {
    /// The whole line.
    pub total_m: f64,
    /// The whole line over the measurement band, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) band_m: Option<Range>,
    /// Per instrument id.
    pub by_instrument: BTreeMap<String, f64>,
    /// The same over the measurement band; left out without one.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) by_instrument_band: BTreeMap<String, Range>,
    /// Per kind of evidence, by the strongest that a segment has.
    pub by_evidence: BTreeMap<&'static str, f64>,
    /// The same over the measurement band; left out without one.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) by_evidence_band: BTreeMap<&'static str, Range>,
    /// The lengths shown to be land, water and sea by other evidence than the line's shape.
    /// `null` where all of the line is at sea.
    pub(crate) shown: Option<ShownEntry>,
    /// The part of the line on which land, water and sea could not be distinguished.
    pub(crate) unlocated_m: f64,
    /// The part on which instruments could not be distinguished: with it, `by_instrument`
    /// makes up the whole.
    pub by_instrument_unlocated_m: f64,
    /// The same for kinds of evidence.
    pub by_evidence_unlocated_m: f64,
    /// The whole line on other ellipsoids, for comparison.
    pub(crate) on_other_ellipsoids: Vec<Ellipsoidal>,
}

/// A length on an ellipsoid.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Ellipsoidal {
    /// The ellipsoid.
    pub(crate) ellipsoid: &'static str,
    /// The length on it.
    pub(crate) total_m: f64,
}

/// A range; an end without a bound is `null`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Range {
    /// The lower end.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

/// A published figure.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FigureEntry {
    /// Its id.
    pub id: String,
    /// What it says.
    pub what: String,
    /// What it is about.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub(crate) scope: Scope,
    /// As printed.
    pub(crate) printed: String,
    /// The unit it is printed in.
    pub(crate) unit: &'static str,
    /// The step it was rounded to, in that unit.
    pub(crate) rounding: f64,
    /// How firmly it is stated.
    pub(crate) qualifier: Qualifier,
    /// What weight it has.
    pub standing: Standing,
    /// Bibliography key.
    pub source: String,
    /// Anything to know about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What it means, in `si_unit`.
    pub interval: Range,
    /// `m`, `m2` or `1`.
    pub(crate) si_unit: &'static str,
    /// The findings that used it.
    pub(crate) findings: Vec<FindingId>,
    /// As people write it.
    #[serde(skip)]
    pub text: String,
}

impl Range {
    pub(super) fn new(interval: Interval, dimension: Dimension) -> Self {
        let end = |value: f64| value.is_finite().then(|| fixed(value, dimension));
        Self { low: end(interval.low()), high: end(interval.high()) }
    }

    /// In the unit people read.
    #[must_use]
    pub fn text(self, dimension: Dimension, decimals: usize) -> String {
        let interval = self.interval();
        interval.map_or_else(String::new, |it| wording::range(it, dimension, decimals))
    }

    /// The same without the unit, for a column that has it in its heading.
    pub(super) fn number(self, dimension: Dimension, decimals: usize) -> String {
        let interval = self.interval();
        interval.map_or_else(String::new, |it| wording::range_number(it, dimension, decimals))
    }

    fn interval(self) -> Option<Interval> {
        let low = self.low.unwrap_or(f64::NEG_INFINITY);
        Interval::new(low, self.high.unwrap_or(f64::INFINITY))
    }
}

impl Report {
    /// Gathers a report.
    #[must_use]
    pub fn new(study: &Study<'_>, findings: &Findings) -> Self {
        let Study { dossier, depiction, .. } = study;
        let verdicts = |tests: bool| {
            let count = |verdict: Verdict| {
                let alike = |it: &&Finding| (it.basis == Basis::Files) == tests;
                findings.iter().filter(alike).filter(|it| it.verdict == verdict).count()
            };
            Verdict::ALL.map(|verdict| (verdict.name(), count(verdict))).into_iter().collect()
        };
        Self {
            schema: "treatyline/report/v1",
            title: dossier.title.clone(),
            licence: dossier.licence.clone(),
            attribution: dossier.attribution.clone(),
            dossier: dossier.origin.clone(),
            dossier_sha256: dossier.digest.clone(),
            parties: dossier.parties.to_vec(),
            line: LineEntry {
                provenance: depiction.provenance.clone(),
                is_own: depiction.is_own,
                reading: words(study),
                vertices: depiction.line.vertices().len(),
                parts: depiction.line.stretches().count(),
                accuracy_m: depiction.accuracy_m,
                accuracy_basis: depiction.accuracy_basis.clone(),
                snapping_deg: depiction.snapping_deg,
                read: FixLists::new(depiction.origin(), &depiction.fixes),
            },
            method: method(study),
            lengths: lengths(study),
            pieces: PieceEntry::all(study),
            instruments: dossier.instruments.clone(),
            figures: dossier.figures.iter().map(|figure| figure_entry(figure, findings)).collect(),
            readings: ReadingEntry::all(study),
            transfers: study.transfers.iter().map(TransferEntry::new).collect(),
            places: PlaceEntry::all(dossier, findings),
            profiles: dossier.course.profiles.clone(),
            verdicts: verdicts(false),
            tests: verdicts(true),
            headlines: dossier
                .relations
                .iter()
                .filter(|r| r.headline)
                .map(|r| Topic::Relation(r.name.clone()).into())
                .collect(),
            findings: findings.iter().map(FindingEntry::new).collect(),
            sources: dossier.references.clone(),
        }
    }

    /// The findings of one kind.
    #[doc(hidden)]
    pub fn of_kind(&self, kind: CheckKind) -> impl Iterator<Item = &FindingEntry> {
        self.findings.iter().filter(move |finding| finding.id.kind() == kind)
    }

    /// The finding of an id.
    #[doc(hidden)]
    #[must_use]
    pub fn finding(&self, id: &str) -> Option<&FindingEntry> {
        self.findings.iter().find(|finding| finding.id == *id)
    }
}

/// Whether a number is 1.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_one(number: &usize) -> bool {
    *number == 1
}

/// The name of the reading that is measured as the dossier's line, if one is.
fn words(study: &Study<'_>) -> Option<String> {
    let is_words = study.depiction.is_own && !study.dossier.is_drawn;
    study.dossier.readings.first().filter(|_| is_words).map(|reading| reading.name())
}

fn method(study: &Study<'_>) -> Method {
    let Study { dossier, measurement, .. } = study;
    Method {
        kernel: measurement.method.name(),
        kernel_reach_m: metres(measurement.reach),
        ellipsoid: Ellipsoid::WGS84.name(),
        edge_rule: "each edge is the geodesic between its two vertices",
        algorithm: match measurement.method {
            geodesy::Method::Series => {
                "by a mid-latitude series, good to 1 nm, as far as it reaches, by Karney's method \
                 (2013), good to 15 nm, beyond; compensated summation"
            }
            geodesy::Method::Karney => {
                "by Karney's method (2013), GeographicLib's; compensated summation"
            }
        },
        simplification: "Douglas–Peucker with distances to the edge in metres on WGS 84; segment \
                         ends stay",
        band: dossier.band().cloned(),
        no_band: dossier.band.why_none().map(str::to_owned),
        datum_operations: dossier.points.iter().any(|it| it.published.is_some()).then_some({
            if cfg!(feature = "proj") {
                "PROJ, through the operation each point names"
            } else {
                "none, built without PROJ"
            }
        }),
    }
}

fn lengths(study: &Study<'_>) -> Lengths {
    let Study { dossier, measurement, .. } = study;
    // The length of the segments that `pick` accepts, at full detail and over the band; `None`
    // where they have no length on this line.
    let lengths_of = |pick: &dyn Fn(&Segment) -> bool| {
        let full = measurement.length_of(dossier, Resolution::Full, pick);
        let band = dossier.band().map(|_| measurement.band_of(dossier, pick));
        let band = band.map(|band| Range::new(band, Dimension::Length));
        (full.value() > 0.0).then(|| (metres(full), band))
    };
    let instruments: Vec<_> = dossier
        .instruments
        .iter()
        .filter_map(|it| Some((it.id.clone(), lengths_of(&|s| s.facts.instrument == it.id)?)))
        .collect();
    let evidence: Vec<_> = Evidence::ALL
        .into_iter()
        .filter_map(|kind| Some((kind.name(), lengths_of(&|s| s.facts.strongest() == kind)?)))
        .collect();
    let others = measurement.on_others.iter().map(|(ellipsoid, length)| Ellipsoidal {
        ellipsoid: ellipsoid.name(),
        total_m: metres(*length),
    });
    Lengths {
        total_m: metres(measurement.total(Resolution::Full)),
        band_m: dossier.band().map(|_| Range::new(measurement.band(), Dimension::Length)),
        by_instrument: instruments.iter().map(|(id, (full, _))| (id.clone(), *full)).collect(),
        by_instrument_band: instruments
            .into_iter()
            .filter_map(|(id, (_, band))| Some((id, band?)))
            .collect(),
        by_evidence: evidence.iter().map(|(name, (full, _))| (*name, *full)).collect(),
        by_evidence_band: evidence
            .iter()
            .filter_map(|(name, (_, band))| Some((*name, (*band)?)))
            .collect(),
        shown: dossier.has_land().then(|| ShownEntry::new(study)),
        unlocated_m: metres(measurement.unlocated(dossier, |s| s.facts.medium.ground())),
        by_instrument_unlocated_m: metres(
            measurement.unlocated(dossier, |s| s.facts.instrument.as_str()),
        ),
        by_evidence_unlocated_m: metres(measurement.unlocated(dossier, |s| s.facts.strongest())),
        on_other_ellipsoids: others.collect(),
    }
}

pub(super) fn figure_entry(figure: &Figure, findings: &Findings) -> FigureEntry {
    let uses = findings.iter().filter(|finding| finding.figures.contains(&figure.id));
    FigureEntry {
        id: figure.id.clone(),
        what: figure.what.clone(),
        scope: figure.scope.clone(),
        printed: figure.printed.clone(),
        unit: figure.unit.name,
        rounding: figure.rounding,
        qualifier: figure.qualifier,
        standing: figure.standing,
        source: figure.source.clone(),
        note: figure.note.clone(),
        interval: Range::new(figure.interval, figure.unit.dimension),
        si_unit: figure.unit.dimension.si_unit(),
        findings: uses.map(|finding| finding.id.clone()).collect(),
        text: figure.text(),
    }
}
