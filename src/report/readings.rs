//! The section on readings: the lines that the words of the law allow, how far the measured line is from
//! each, and what each published length is worth for each.

use std::collections::BTreeSet;

use serde::Serialize;

use super::finding::FindingEntry;
use super::in_short::in_words;
use super::model::Report;
use super::phrase::Phrase;
use super::rounding::{fixed, metres};
use super::sections::Section;
use super::table::{Lean, Table};
use crate::check::{CheckKind, StudiedReading, Study, Verdict};
use crate::dossier::Dossier;
use crate::quantity::{Dimension, Interval};
use crate::wording::{self, distance, km, number};

/// A line that the words of the law allow.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadingEntry {
    /// What it is called.
    pub name: String,
    /// What its entry in the dossier is called.
    #[serde(skip)]
    pub(crate) entry: String,
    /// The file of its list of points and edges, in the dossier's directory.
    pub(crate) list: String,
    /// SHA-256 of that file.
    pub(crate) sha256: String,
    /// Its length.
    pub length_m: f64,
    /// How far its points may be off, as its list and the system of its points say; 0 where they are
    /// definitions.
    pub(crate) accuracy_m: f64,
    /// The largest distance between it and the line that was measured, from either to the other.
    pub(crate) farthest_m: f64,
    /// All the land between the two.
    pub(crate) between_m2: f64,
    /// What it says of each published length of the line or of a stretch of it.
    pub(crate) figures: Vec<ReadLengthEntry>,
    /// Bibliography keys.
    pub(crate) sources: Vec<String>,
    /// Anything to know about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
}

/// What a reading says of a published length.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ReadLengthEntry {
    /// The figure's id.
    pub(crate) figure: String,
    /// Whether it can be true for this reading.
    pub(crate) verdict: Verdict,
    /// The length of the reading, of the whole or of the stretch that the figure is about.
    pub(crate) length_m: f64,
}

impl ReadingEntry {
    /// The readings of a study's dossier.
    pub(super) fn all(study: &Study<'_>) -> Vec<Self> {
        study.readings().iter().filter_map(|it| Self::new(study.dossier, it)).collect()
    }

    fn new(dossier: &Dossier, studied: &StudiedReading) -> Option<Self> {
        let reading = dossier.readings.get(studied.reading)?;
        let figures = studied.lengths.iter().filter_map(|it| {
            Some(ReadLengthEntry {
                figure: dossier.figures.get(it.figure)?.id.clone(),
                verdict: it.verdict,
                length_m: metres(it.length),
            })
        });
        Some(Self {
            name: reading.name(),
            entry: reading.entry.clone(),
            list: reading.list.clone(),
            sha256: reading.sha256.clone(),
            length_m: metres(studied.length),
            accuracy_m: reading.accuracy_m,
            farthest_m: metres(studied.apart.farthest),
            between_m2: fixed(studied.apart.area.value(), Dimension::Area),
            figures: figures.collect(),
            sources: reading.sources.clone(),
            note: reading.note.clone(),
        })
    }
}

/// One sentence for the answer; none without readings.
pub(super) fn in_short(report: &Report) -> Option<String> {
    let [first, others @ ..] = &report.readings[..] else { return None };
    let Some(lengths) = spread(report).filter(|_| !others.is_empty()) else {
        return Some(format!(
            "Drawn from the law's own words, {}, the line is {} long and up to {} from the measured \
             one.",
            first.name,
            km(first.length_m, 2),
            distance(first.farthest_m)
        ));
    };
    let far = |it: fn(f64, f64) -> f64| report.readings.iter().map(|r| r.farthest_m).reduce(it);
    let [near, far] = [far(f64::min)?, far(f64::max)?].map(distance);
    Some(format!(
        "The law's own words allow {} lines, {lengths} long; where the measured line is farthest from \
         them, it is {near} to {far} off (see Readings).{}",
        report.readings.len(),
        fitting(report),
    ))
}

/// ` Published lengths that fit none of them: 1,055 km. …`
fn fitting(report: &Report) -> String {
    let of = |wanted: Verdict| {
        let found = report.of_kind(CheckKind::Reading).filter(|it| it.verdict == wanted);
        let mut texts: Vec<String> = Vec::new();
        for finding in found {
            let used = report.figures.iter().filter(|it| finding.figures.contains(&it.id));
            texts.extend(used.map(in_words));
        }
        let mut seen = BTreeSet::new();
        texts.retain(|text| seen.insert(text.clone()));
        texts
    };
    let words = [
        (Verdict::Consistent, "fit each of them"),
        (Verdict::Undecided, "fit some of them"),
        (Verdict::Inconsistent, "fit none of them"),
    ];
    let words = words.map(|(verdict, fit)| match &of(verdict)[..] {
        [] => String::new(),
        texts => format!(" Published lengths that {fit}: {}.", wording::list(texts)),
    });
    words.concat()
}

/// The lengths of all readings.
fn spread(report: &Report) -> Option<String> {
    let lengths = report.readings.iter().map(|it| Interval::spanning(it.length_m, it.length_m));
    let all = lengths.flatten().reduce(Interval::hull)?;
    Some(wording::range(all, Dimension::Length, 2))
}

/// The section; none without readings.
pub(super) fn section(report: &Report) -> Option<Section> {
    if report.readings.is_empty() {
        return None;
    }
    let mut table = Table::new(&[
        ("reading", Lean::Left),
        ("length", Lean::Right),
        ("farthest from the measured line", Lean::Right),
        ("land between", Lean::Right),
    ]);
    for reading in &report.readings {
        table.row([
            reading.name.clone(),
            km(reading.length_m, 2),
            distance(reading.farthest_m.round()),
            format!("{} km²", number(reading.between_m2 / 1e6, 0)),
        ]);
    }
    let why = "A reading is a line drawn from the law's own words, from a list of points and of what joins \
               them. Land between is all of it, on both sides. A published length is consistent if it \
               fits each reading, inconsistent if it fits none, and undecided if that depends on the \
               reading."
        .to_owned();
    let figures = report.of_kind(CheckKind::Reading).map(|finding| of_figure(report, finding));
    let after: Vec<Phrase> = figures.chain(notes(report)).collect();
    let section = Section::new("Readings", vec![why], Some(table));
    Some(Section { after, ..section })
}

/// What the readings say of a figure, with what the figure is about.
fn of_figure(report: &Report, finding: &FindingEntry) -> Phrase {
    let figure = report.figures.iter().find(|figure| finding.figures.contains(&figure.id));
    let what = figure.map_or("", |figure| figure.what.as_str());
    Phrase::verdict(finding.verdict, format!("{what}. {}", finding.explanation))
}

/// What is to be known about the readings, once for those of one entry.
fn notes(report: &Report) -> impl Iterator<Item = Phrase> {
    let mut words: Vec<(&str, &str)> = report
        .readings
        .iter()
        .filter_map(|reading| Some((reading.entry.as_str(), reading.note.as_deref()?)))
        .collect();
    words.dedup();
    words.into_iter().map(|(entry, note)| format!("{}: {note}", wording::capital(entry)).into())
}
