//! Which coordinate system a file is in: text, and the document `treatyline/datum/v1`.

use serde::Serialize;

use super::conversion;
use super::json::pretty;
use super::styled::StyledText;
use super::table::{Lean, Table};
use super::text::Page;
use crate::geodesy::datum::ChosenOperation;
use crate::identify::printed::Apart;
use crate::identify::{Agreement, Candidate, Fit, GridReading, Identification};
use crate::wording::{count, distance, list, number, towards};

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
    /// The line that it is compared with, if there is one.
    pub line: Option<&'a str>,
}

/// The document. Lengths in metres, angles in degrees.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct DatumDocument {
    /// The document type and its version.
    schema: &'static str,
    /// The file.
    file: String,
    /// The line that its positions are compared with; left out for points that are compared with
    /// each other alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<String>,
    /// How far all of that line may be from where it is, in one direction.
    line_shift_m: f64,
    /// How many of its positions were looked at.
    positions: usize,
    /// `consistent`: one reading lies on the line; `undecided`: several do, and the numbers cannot
    /// distinguish them; `inconsistent`: none does. Where points are compared with each other too,
    /// the worse of both.
    verdict: &'static str,
    /// The readings, the nearest first.
    readings: Vec<ReadingEntry>,
    /// How latitudes and longitudes agree with northings and eastings, where both are printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    coordinates: Option<CoordinatesEntry>,
}

/// How printed latitudes and longitudes agree with printed northings and eastings.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct CoordinatesEntry {
    /// `consistent`: they agree in one system; `undecided`: in several, which have the same numbers;
    /// `inconsistent`: in none.
    verdict: &'static str,
    /// The points that have both.
    points: Vec<String>,
    /// The projected systems in which they are near each other, the nearest first.
    systems: Vec<GridEntry>,
}

/// A projected system, or zones of one.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct GridEntry {
    /// What it is called.
    name: String,
    /// The codes of the zones in which the points are.
    systems: Vec<String>,
    /// Whether rounding explains what they are apart, at each point.
    agrees: bool,
    /// Whether the first of the two numbers, called x, is the northing.
    northing_first: bool,
    /// One for each point.
    apart: Vec<ApartEntry>,
}

/// By how much a printed northing and easting are apart from the projected latitude and longitude.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ApartEntry {
    /// How far north of the projected place the printed one is.
    north_m: f64,
    /// How far east of it.
    east_m: f64,
    /// What rounding, and the reading of a map whose scale is given, explain northwards.
    allowed_north_m: f64,
    /// The same eastwards.
    allowed_east_m: f64,
}

/// A reading of the numbers.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ReadingEntry {
    /// What it is called.
    name: String,
    /// `fits`: its offset is no larger than it is uncertain by; `beside`: it lies on the line, but
    /// another one puts all positions onto vertices; `offset`: it has one; `elsewhere`: too far
    /// from the line to be compared.
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
    /// Of fewer than eight positions: how each of them is to the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    few: Option<FewEntry>,
    /// How the numbers were brought to WGS 84.
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<ChosenOperation>,
}

/// How a few positions lie to the line.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct FewEntry {
    /// The number of the worst of them in the order of the file, from 1.
    worst: usize,
    /// How far that is from the line.
    distance_m: f64,
    /// How far it is from the next vertex of the line.
    vertex_m: f64,
    /// How far it may be: by its rounding, the operation and the line.
    allowed_m: f64,
    /// How many are on a vertex of the line.
    at_vertices: usize,
    /// How likely positions anywhere on the line here are all as near to a vertex as is allowed; 1
    /// if these are not.
    chance: f64,
}

/// Metres to the millimetre.
fn millimetres(metres: f64) -> f64 {
    (metres * 1e3).round() / 1e3
}

/// How many systems hold, as a verdict.
const fn verdict(holding: usize, are_one: bool) -> &'static str {
    match (holding, are_one) {
        (0, _) => "inconsistent",
        (_, true) => "consistent",
        (_, false) => "undecided",
    }
}

impl From<&Apart> for ApartEntry {
    fn from(apart: &Apart) -> Self {
        Self {
            north_m: millimetres(apart.north_m),
            east_m: millimetres(apart.east_m),
            allowed_north_m: millimetres(apart.allowed_north_m),
            allowed_east_m: millimetres(apart.allowed_east_m),
        }
    }
}

impl From<&Agreement> for CoordinatesEntry {
    fn from(agreement: &Agreement) -> Self {
        let agreeing = agreement.agreeing().len();
        let system = |reading: &GridReading| GridEntry {
            name: reading.name.clone(),
            systems: reading.systems.clone(),
            agrees: reading.is_explained(),
            northing_first: reading.is_northing_first,
            apart: reading.apart.iter().map(Into::into).collect(),
        };
        Self {
            verdict: verdict(agreeing, agreeing == 1),
            points: agreement.points.clone(),
            systems: agreement.candidates.iter().map(system).collect(),
        }
    }
}

impl DatumReport<'_> {
    /// The JSON document.
    #[must_use]
    pub fn json(&self) -> String {
        let coordinates = self.found.agreement.as_ref().map(CoordinatesEntry::from);
        let on_line = self.line.map(|_| verdict(self.found.fitting().len(), self.found.is_one()));
        let both = [on_line, coordinates.as_ref().map(|it| it.verdict)];
        let has = |wanted: &str| both.iter().flatten().any(|it| *it == wanted);
        let worse = ["inconsistent", "undecided"].into_iter().find(|it| has(it));
        pretty(&DatumDocument {
            schema: "treatyline/datum/v1",
            file: self.file.to_owned(),
            line: self.line.map(str::to_owned),
            line_shift_m: millimetres(self.found.shift_m),
            positions: self.found.positions,
            verdict: worse.unwrap_or("consistent"),
            readings: self.found.candidates.iter().map(|it| self.entry(it)).collect(),
            coordinates,
        })
    }

    fn entry(&self, candidate: &Candidate) -> ReadingEntry {
        let offset = candidate.offset.as_ref();
        ReadingEntry {
            name: candidate.name.clone(),
            fit: self.fit(candidate),
            distance_m: millimetres(candidate.distance.value()),
            east_m: offset.map(|it| millimetres(it.east_m)),
            north_m: offset.map(|it| millimetres(it.north_m)),
            uncertain_m: offset.map(|it| millimetres(it.uncertain_m)),
            remains_m: offset.map(|it| millimetres(it.remains_m)),
            few: candidate.few.as_ref().map(|few| FewEntry {
                worst: few.worst + 1,
                distance_m: millimetres(few.distance_m),
                vertex_m: millimetres(few.vertex_m),
                allowed_m: millimetres(few.allowed_m),
                chance: (few.chance * 1e6).round() / 1e6,
                at_vertices: few.at_vertices,
            }),
            operation: candidate.operation.clone(),
        }
    }

    fn fit(&self, candidate: &Candidate) -> &'static str {
        match self.found.fit(candidate) {
            Fit::Fits => "fits",
            Fit::Beside => "beside",
            Fit::Offset => "offset",
            Fit::Elsewhere => "elsewhere",
        }
    }

    /// For a terminal.
    #[must_use]
    pub fn text(&self) -> StyledText {
        let mut page = Page::default();
        if let Some(agreement) = &self.found.agreement {
            page.paragraph(&self.agreement(agreement));
            page.table(&systems(agreement));
            more(&mut page, agreement.candidates.len(), "system");
        }
        if let Some(line) = self.line {
            page.paragraph(&self.answer(line));
            page.table(&self.readings());
            if let Some(line_m) = self.found.line_m() {
                page.paragraph(&format!(
                    "Allowed are the rounding of the numbers, the accuracy of the operation, and {} \
                     for the line.",
                    distance(line_m),
                ));
            }
            if self.found.line_m().is_none() && self.found.shift_m > 0.0 {
                page.paragraph(&format!(
                    "All of {line} may be {} from where it is; an offset up to that is none.",
                    distance(self.found.shift_m),
                ));
            }
            more(&mut page, self.found.candidates.len(), "reading");
            let fitting = self.found.fitting();
            for candidate in fitting.iter().filter(|_| fitting.len() <= EXPLAINED) {
                if let Some(chosen) =
                    candidate.operation.as_ref().filter(|it| it.operation.is_some())
                {
                    let sentence = conversion::sentence(chosen);
                    page.paragraph(&format!("{}: {sentence}.", candidate.name));
                }
            }
        }
        page.into_text()
    }

    /// The readings, the nearest first.
    fn readings(&self) -> Table {
        let mut table = Table::new(&[
            ("reading", Lean::Left),
            ("half within", Lean::Right),
            ("farthest", Lean::Right),
            ("vertex", Lean::Right),
            ("allowed", Lean::Right),
            ("offset", Lean::Right),
            ("towards", Lean::Right),
            ("±", Lean::Right),
            ("then within", Lean::Right),
            ("", Lean::Left),
        ]);
        for candidate in self.found.candidates.iter().take(LISTED) {
            let (offset, few) = (candidate.offset.as_ref(), candidate.few.as_ref());
            let metres = |value: Option<f64>| value.map_or_else(String::new, distance);
            table.row([
                candidate.name.clone(),
                distance(candidate.distance.value()),
                metres(few.map(|it| it.distance_m)),
                metres(few.map(|it| it.vertex_m)),
                metres(few.map(|it| it.allowed_m)),
                metres(offset.map(|it| it.length_m())),
                offset.map_or_else(String::new, |it| format!("{}°", number(it.azimuth_deg(), 0))),
                metres(offset.map(|it| it.uncertain_m)),
                metres(offset.map(|it| it.remains_m)),
                self.fit(candidate).to_owned(),
            ]);
        }
        table.without_empty_columns()
    }

    /// How degrees and metres agree, in a sentence.
    fn agreement(&self, agreement: &Agreement) -> String {
        let file = self.file;
        let points = count(agreement.points.len(), "point");
        let agreeing = agreement.agreeing();
        let names: Vec<String> = agreeing.iter().map(|it| it.name.clone()).collect();
        let both = "latitude and longitude and the numbers in metres";
        let order =
            |it: &GridReading| if it.is_northing_first { ", x being the northing" } else { "" };
        match (&names[..], agreement.candidates.first()) {
            ([], None) => format!(
                "{file}: {both} of {points} are more than 5 km apart in every projected system of \
                 the EPSG in metres near them."
            ),
            ([], Some(nearest)) => {
                let Some((number_of, apart)) = nearest.worst() else { return String::new() };
                let point = agreement.points.get(number_of).map_or("", String::as_str);
                format!(
                    "{file}: {both} of {points} agree in no system. The nearest is {}: at {point} the \
                     printed X, Y lie {} and {} of the projected B, L; rounding allows {} m and {} m.",
                    nearest.name,
                    towards(apart.north_m, "north", "south"),
                    towards(apart.east_m, "east", "west"),
                    number(apart.allowed_north_m, 1),
                    number(apart.allowed_east_m, 1),
                )
            }
            ([one], _) => format!(
                "{file}: {both} of {points} agree within their rounding in {one}{}, and in no other \
                 system.",
                agreeing.first().map_or("", |it| order(it)),
            ),
            (several, _) => format!(
                "Undecided: {both} of {points} of {file} agree within their rounding in {} systems, \
                 which they cannot distinguish{}: {}.",
                several.len(),
                agreeing.first().map_or("", |it| order(it)),
                list(several),
            ),
        }
    }

    /// The answer in a sentence.
    fn answer(&self, line: &str) -> String {
        let file = self.file;
        let positions = count(self.found.positions, "position");
        let lie = if self.found.positions == 1 { "lies" } else { "lie" };
        let fitting = self.found.fitting();
        let names: Vec<String> = fitting.iter().map(|it| it.name.clone()).collect();
        match (&names[..], self.found.candidates.first()) {
            ([], None) => format!(
                "{file}: no reading of its numbers is degrees on the Earth or, in metres, within 50 km of \
                 {line}."
            ),
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
            ([one], _) => format!("{file} is in {one}: so read, {positions} {lie} on {line}."),
            ([one, others @ ..], _) if self.found.is_one() => format!(
                "{file} is in {one}, or in {}, which is the same here to half a metre: so read, \
                 {positions} {lie} on {line}.",
                list(others),
            ),
            (several, _) => format!(
                "Undecided: {positions} of {file} {lie} on {line} in {} readings, which cannot be \
                 distinguished: {}.",
                several.len(),
                list(several),
            ),
        }
    }
}

/// The systems in which degrees and metres are near each other, the nearest first.
fn systems(agreement: &Agreement) -> Table {
    let mut table = Table::new(&[
        ("system", Lean::Left),
        ("worst at", Lean::Left),
        ("north", Lean::Right),
        ("allowed", Lean::Right),
        ("east", Lean::Right),
        ("allowed", Lean::Right),
        ("", Lean::Left),
    ]);
    for reading in agreement.candidates.iter().take(LISTED) {
        let Some((at, apart)) = reading.worst() else { continue };
        let metres = |value: f64| format!("{} m", number(value, 1));
        table.row([
            reading.name.clone(),
            agreement.points.get(at).cloned().unwrap_or_default(),
            metres(apart.north_m),
            metres(apart.allowed_north_m),
            metres(apart.east_m),
            metres(apart.allowed_east_m),
            if reading.is_explained() { "agrees" } else { "differs" }.to_owned(),
        ]);
    }
    table
}

/// That there are more than are listed.
fn more(page: &mut Page, all: usize, what: &str) {
    let more = all.saturating_sub(LISTED);
    if more > 0 {
        page.paragraph(&format!("And {} farther away, which JSON lists.", count(more, what)));
    }
}
