//! Which coordinate system a file is in: text, and the document `treatyline/datum/v1`.

use serde::Serialize;

use super::conversion;
use super::json::pretty;
use super::styled::StyledText;
use super::table::{Lean, Table};
use super::text::Page;
use crate::geodesy::datum::ChosenOperation;
use crate::identify::{Candidate, Fit, Identification};
use crate::wording::{count, distance, list, number};

/// Readings farther from the line than the best are cut in text after this number; JSON has all.
const LISTED: usize = 12;

/// The operations of no more readings than this are described in text; JSON has all.
const EXPLAINED: usize = 3;

/// Which coordinate system a file is in.
#[derive(Debug, Clone)]
pub struct DatumReport<'a> {
    /// What was found.
    pub found: &'a Identification,
    /// How the user named the file.
    pub file: &'a str,
    /// What it is compared with.
    pub line: &'a str,
}

/// The document. Lengths in metres, angles in degrees.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct DatumDocument {
    /// The document type and its version.
    schema: &'static str,
    /// The file.
    file: String,
    /// The line that its positions are compared with.
    line: String,
    /// How many of its positions were looked at.
    positions: usize,
    /// `consistent`: one reading lies on the line; `undecided`: several do, and the numbers cannot
    /// distinguish them; `inconsistent`: none does.
    verdict: &'static str,
    /// The readings, the nearest first.
    readings: Vec<ReadingEntry>,
}

/// A reading of the numbers.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ReadingEntry {
    /// What it is called.
    name: String,
    /// `fits`: its offset is no larger than it is uncertain by; `offset`: it has one; `elsewhere`:
    /// too far from the line to be compared.
    fit: &'static str,
    /// Half of the positions are nearer to the line than this.
    distance_m: f64,
    /// How far the positions lie east of the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    east_m: Option<f64>,
    /// How far they lie north of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    north_m: Option<f64>,
    /// The standard error of that offset.
    #[serde(skip_serializing_if = "Option::is_none")]
    uncertain_m: Option<f64>,
    /// Half of the positions are nearer than this once the offset is taken away.
    #[serde(skip_serializing_if = "Option::is_none")]
    remains_m: Option<f64>,
    /// How the numbers were brought to WGS 84.
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<ChosenOperation>,
}

impl DatumReport<'_> {
    /// The JSON document.
    #[must_use]
    pub fn json(&self) -> String {
        let verdict = match self.found.fitting().len() {
            0 => "inconsistent",
            _ if self.found.is_one() => "consistent",
            _ => "undecided",
        };
        pretty(&DatumDocument {
            schema: "treatyline/datum/v1",
            file: self.file.to_owned(),
            line: self.line.to_owned(),
            positions: self.found.positions,
            verdict,
            readings: self.found.candidates.iter().map(|it| self.entry(it)).collect(),
        })
    }

    fn entry(&self, candidate: &Candidate) -> ReadingEntry {
        let millimetres = |metres: f64| (metres * 1e3).round() / 1e3;
        let offset = candidate.offset.as_ref();
        ReadingEntry {
            name: candidate.name.clone(),
            fit: self.fit(candidate),
            distance_m: millimetres(candidate.distance.value()),
            east_m: offset.map(|it| millimetres(it.east_m)),
            north_m: offset.map(|it| millimetres(it.north_m)),
            uncertain_m: offset.map(|it| millimetres(it.uncertain_m)),
            remains_m: offset.map(|it| millimetres(it.remains_m)),
            operation: candidate.operation.clone(),
        }
    }

    fn fit(&self, candidate: &Candidate) -> &'static str {
        match self.found.fit(candidate) {
            Fit::Fits => "fits",
            Fit::Offset => "offset",
            Fit::Elsewhere => "elsewhere",
        }
    }

    /// For a terminal.
    #[must_use]
    pub fn text(&self) -> StyledText {
        let mut page = Page::default();
        page.paragraph(&self.answer());
        let mut table = Table::new(&[
            ("reading", Lean::Left),
            ("half within", Lean::Right),
            ("offset", Lean::Right),
            ("towards", Lean::Right),
            ("±", Lean::Right),
            ("then within", Lean::Right),
            ("", Lean::Left),
        ]);
        for candidate in self.found.candidates.iter().take(LISTED) {
            let offset = candidate.offset.as_ref();
            let metres = |value: Option<f64>| value.map_or_else(String::new, distance);
            table.row([
                candidate.name.clone(),
                distance(candidate.distance.value()),
                metres(offset.map(|it| it.length_m())),
                offset.map_or_else(String::new, |it| format!("{}°", number(it.azimuth_deg(), 0))),
                metres(offset.map(|it| it.uncertain_m)),
                metres(offset.map(|it| it.remains_m)),
                self.fit(candidate).to_owned(),
            ]);
        }
        page.table(&table);
        let more = self.found.candidates.len().saturating_sub(LISTED);
        if more > 0 {
            page.paragraph(&format!(
                "And {} farther away, which JSON lists.",
                count(more, "reading")
            ));
        }
        let fitting = self.found.fitting();
        for candidate in fitting.iter().filter(|_| fitting.len() <= EXPLAINED) {
            if let Some(chosen) = candidate.operation.as_ref().filter(|it| it.operation.is_some()) {
                page.paragraph(&format!("{}: {}.", candidate.name, conversion::sentence(chosen)));
            }
        }
        page.into_text()
    }

    /// The answer in a sentence.
    fn answer(&self) -> String {
        let (file, line) = (self.file, self.line);
        let positions = count(self.found.positions, "position");
        let fitting = self.found.fitting();
        let names: Vec<String> = fitting.iter().map(|it| it.name.clone()).collect();
        match (&names[..], self.found.candidates.first()) {
            ([], None) => format!("{file}: no reading of its numbers is on the Earth."),
            ([], Some(nearest)) => match &nearest.offset {
                Some(offset) => format!(
                    "No reading of {file} lies on {line}, by {positions}. The nearest is {}, {} away \
                     towards {}° (± {}).",
                    nearest.name,
                    distance(offset.length_m()),
                    number(offset.azimuth_deg(), 0),
                    distance(offset.uncertain_m),
                ),
                None => format!(
                    "No reading of {file} is near {line}: half of {positions} are farther than {} \
                     in the nearest, {}.",
                    distance(nearest.distance.value()),
                    nearest.name,
                ),
            },
            ([one], _) => format!("{file} is in {one}: so read, {positions} lie on {line}."),
            ([one, others @ ..], _) if self.found.is_one() => format!(
                "{file} is in {one}, or in {}, which is the same here to half a metre: so read, \
                 {positions} lie on {line}.",
                list(others),
            ),
            (several, _) => format!(
                "Undecided: {positions} of {file} lie on {line} in {} readings, which they cannot \
                 distinguish: {}.",
                several.len(),
                list(several),
            ),
        }
    }
}
