//! The line of a list of points and edges: text, the document `treatyline/construction/v1`, and a layer.

use serde::Serialize;
use serde_json::{Map, json};

use super::conversion;
use super::json::pretty;
use super::rounding::{millimetres, object};
use super::styled::StyledText;
use super::table::{Lean, Table};
use super::text::Page;
use crate::construct::{Construction, Edge, ListCheck, Outcome, Reading};
use crate::geodesy::datum::ChosenOperation;
use crate::io::{Layer, NewFeature, Shape};
use crate::wording::{count, distance, km, list, number};

/// Edges and checks are cut in text after this number; JSON has all.
const LISTED: usize = 40;

/// The document. Lengths in metres, azimuths in degrees.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ConstructionDocument {
    /// The document type and its version.
    schema: &'static str,
    /// The list.
    file: String,
    /// The SHA-256 digest of its text.
    sha256: String,
    /// What it calls the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// No edge of the line is farther from its course than this.
    tolerance_m: f64,
    /// How far a point may be from where it is, as the list states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    accuracy_m: Option<f64>,
    /// The length in the first reading.
    length_m: f64,
    /// The edges of the first reading.
    edges: Vec<EdgeEntry>,
    /// The lines that the list allows: one if it says all, otherwise one for each kind that unstated
    /// edges may be of, and for each system that the points may be in.
    readings: Vec<ReadingEntry>,
    /// How readings differ.
    between: Vec<BetweenEntry>,
    /// What the list says of itself.
    checks: Vec<CheckEntry>,
}

/// An edge.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct EdgeEntry {
    /// The point that it begins at.
    from: String,
    /// The point that it ends at.
    to: String,
    /// What it follows: `geodesic`, `rhumb`, `parallel`, `meridian`, `degrees`, `arc`,
    /// `straight-on-map:` and a system, `follow:` and a file.
    kind: String,
    /// Whether the list says so.
    is_stated: bool,
    /// Its length on WGS 84.
    length_m: f64,
    /// Its azimuth where it begins, clockwise from north, on the ellipsoid of its system.
    azimuth_deg: f64,
    /// How far rounding may have moved its ends, the worse of the two.
    rounding_m: f64,
    /// How many vertices it is drawn with.
    vertices: usize,
    /// What it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    instrument: Option<String>,
}

/// A line that the list allows.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ReadingEntry {
    /// What it is called.
    name: String,
    /// Its length on WGS 84.
    length_m: f64,
    /// The lengths of its edges.
    edges_m: Vec<f64>,
    /// How far a place may be from where it is because of the way to WGS 84.
    accuracy_m: f64,
    /// Its points.
    points: Vec<PointEntry>,
    /// Other systems in which all points are nearer than half a metre to these.
    same: Vec<String>,
    /// How its coordinates were brought to WGS 84.
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<ChosenOperation>,
}

/// A point, on WGS 84.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct PointEntry {
    /// Its name.
    name: String,
    /// Degrees east of Greenwich.
    lon: f64,
    /// Degrees north of the equator.
    lat: f64,
    /// How far rounding may have moved it.
    rounding_m: f64,
    /// Whether the line runs through it.
    is_on_line: bool,
    /// What the list notes of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// How two readings differ.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct BetweenEntry {
    /// The name of one.
    a: String,
    /// The name of the other.
    b: String,
    /// The area between them.
    area_m2: f64,
    /// The largest distance of a place on either from the other.
    hausdorff_m: f64,
}

/// A check of the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct CheckEntry {
    /// What is checked: `length`, `bearing`, `total`, `closure`, `twice`, `repeated`, `order`,
    /// `spacing`, `rounding`, `digits`.
    kind: &'static str,
    /// The points or the edge it is about.
    about: String,
    /// `consistent`: what is printed fits every reading; `undecided`: it fits some; `inconsistent`: it
    /// fits none; `noted`: nothing is contradicted, and somebody should look.
    outcome: &'static str,
    /// The same in a sentence.
    text: String,
}

/// The line of a list.
#[derive(Debug, Clone, Copy)]
pub struct ConstructionReport<'a>(pub &'a Construction);

/// Degrees to a ten-millionth of a millimetre on the ground.
fn degrees(value: f64) -> f64 {
    (value * 1e12).round() / 1e12
}

const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Consistent => "consistent",
        Outcome::Inconsistent => "inconsistent",
        Outcome::Undecided => "undecided",
        Outcome::Noted => "noted",
    }
}

impl ConstructionReport<'_> {
    /// The JSON document.
    #[must_use]
    pub fn json(&self) -> String {
        let built = self.0;
        let names: Vec<&str> = built.readings().map(|it| &*it.name).collect();
        let name = |number: usize| names.get(number).copied().unwrap_or_default().to_owned();
        let between = built.between.iter().map(|it| BetweenEntry {
            a: name(it.readings[0]),
            b: name(it.readings[1]),
            area_m2: (it.area.value() * 1e3).round() / 1e3,
            hausdorff_m: millimetres(it.hausdorff),
        });
        let check = |it: &ListCheck| CheckEntry {
            kind: it.kind,
            about: it.about.clone(),
            outcome: outcome(it.outcome),
            text: it.text.clone(),
        };
        pretty(&ConstructionDocument {
            schema: "treatyline/construction/v1",
            file: built.file.clone(),
            sha256: built.sha256.clone(),
            title: built.title.clone(),
            tolerance_m: built.tolerance_m,
            accuracy_m: built.accuracy_m,
            length_m: micrometres(built.first.length.value()),
            edges: self.edges(&built.first),
            readings: built.readings().map(|it| self.reading(it)).collect(),
            between: between.collect(),
            checks: built.checks.iter().map(check).collect(),
        })
    }

    fn edges(&self, reading: &Reading) -> Vec<EdgeEntry> {
        let entry = |edge: &Edge| {
            let [from, to] = edge.points.map(|at| &reading.points[at]);
            EdgeEntry {
                from: from.name.clone(),
                to: to.name.clone(),
                kind: edge.kind.name(),
                is_stated: edge.is_stated,
                length_m: micrometres(edge.length.value()),
                azimuth_deg: degrees(edge.azimuth_deg.rem_euclid(360.0)),
                rounding_m: micrometres(from.rounded_m.max(to.rounded_m)),
                vertices: edge.path.len(),
                instrument: self.instrument(edge),
            }
        };
        reading.edges.iter().map(entry).collect()
    }

    fn instrument(&self, edge: &Edge) -> Option<String> {
        self.0.instruments.get(edge.points[0]).cloned().flatten()
    }

    /// What the list notes of a point.
    fn note(&self, row: usize) -> Option<String> {
        self.0.notes.get(row).cloned().flatten()
    }

    fn reading(&self, reading: &Reading) -> ReadingEntry {
        let points = reading.points.iter().enumerate().map(|(row, point)| PointEntry {
            name: point.name.clone(),
            lon: degrees(point.at.x),
            lat: degrees(point.at.y),
            rounding_m: micrometres(point.rounded_m),
            is_on_line: point.is_on_line,
            note: self.note(row),
        });
        ReadingEntry {
            name: reading.name.clone(),
            length_m: micrometres(reading.length.value()),
            edges_m: reading.edges.iter().map(|it| micrometres(it.length.value())).collect(),
            accuracy_m: reading.accuracy_m,
            points: points.collect(),
            same: reading.same.clone(),
            operation: reading.operation.clone(),
        }
    }

    /// The edges of all readings as lines, for a GIS.
    #[must_use]
    pub fn layer(&self) -> Layer {
        let built = self.0;
        let several = !built.others.is_empty();
        let mut features = Vec::new();
        for (number_of, reading) in built.readings().enumerate() {
            for (edge, entry) in reading.edges.iter().zip(self.edges(reading)) {
                let place = features.len() % reading.edges.len() + 1;
                let id = match several {
                    true => format!("reading-{}-edge-{place}", number_of + 1),
                    false => format!("edge-{place}"),
                };
                let accuracy_m = built.accuracy_m.unwrap_or(0.0) + reading.accuracy_m;
                let properties = object(json!({
                    "reading": reading.name,
                    "from": entry.from,
                    "to": entry.to,
                    "kind": entry.kind,
                    "is_stated": entry.is_stated,
                    "length_m": entry.length_m,
                    "rounding_m": entry.rounding_m,
                    "accuracy_m": accuracy_m,
                    "tolerance_m": built.tolerance_m,
                    "instrument": entry.instrument,
                    "note": self.note(edge.points[0]),
                }));
                features.push(NewFeature {
                    id,
                    shape: Shape::Lines(vec![edge.path.clone()]),
                    properties,
                });
            }
        }
        let mut members = Map::new();
        members.insert("title".to_owned(), self.title().into());
        members.insert("list_sha256".to_owned(), built.sha256.clone().into());
        Layer::new("edges", features).with_members(members).with_joined_lines(true)
    }

    fn title(&self) -> &str {
        self.0.title.as_deref().unwrap_or(&self.0.file)
    }

    /// For a terminal.
    #[must_use]
    pub fn text(&self) -> StyledText {
        let built = self.0;
        let mut page = Page::default();
        let first = &built.first;
        page.paragraph(&self.answer(first));
        if !built.others.is_empty() {
            page.line("");
            page.table(&self.readings());
            for reading in built.readings().filter(|it| !it.same.is_empty()) {
                let (name, same) = (&reading.name, list(&reading.same));
                page.paragraph(&format!("The same to half a metre as {name}: {same}."));
            }
            page.line("");
            page.table(&self.between());
        }
        page.line("");
        page.heading(&format!("Edges, {}", first.name));
        page.table(&self.edge_table(first));
        if first.edges.len() > LISTED {
            let more = first.edges.len() - LISTED;
            page.paragraph(&format!("And {} more.", count(more, "edge")));
        }
        if let Some(chosen) = &first.operation {
            page.paragraph(&format!("Points: {}.", conversion::sentence(chosen)));
        }
        if !built.checks.is_empty() {
            page.line("");
            page.heading("The list");
        }
        for check in built.checks.iter().take(LISTED) {
            page.wrapped(&format!("{}: {}", outcome(check.outcome), check.text), "  ", "      ");
        }
        if built.checks.len() > LISTED {
            page.paragraph(&format!("And {} more.", count(built.checks.len() - LISTED, "check")));
        }
        page.into_text()
    }

    fn answer(&self, first: &Reading) -> String {
        let built = self.0;
        let line = format!(
            "{}: {} through {}",
            self.title(),
            count(first.edges.len(), "edge"),
            count(first.points.iter().filter(|it| it.is_on_line).count(), "point"),
        );
        if built.others.is_empty() {
            return format!("{line}, {} long.", km(first.length.value(), 3));
        }
        let lengths = built.readings().map(|it| it.length.value());
        let (low, high) =
            lengths.fold((f64::INFINITY, 0.0_f64), |(low, high), it| (low.min(it), high.max(it)));
        let lines = count(built.others.len() + 1, "line");
        let [low, high] = [low, high].map(|length| km(length, 3));
        let long = if low == high { format!("all {low}") } else { format!("{low} to {high}") };
        format!("{line}. The list does not say everything: it allows {lines}, {long} long.")
    }

    fn readings(&self) -> Table {
        let mut table =
            Table::new(&[("reading", Lean::Left), ("length", Lean::Right), ("±", Lean::Right)]);
        for reading in self.0.readings() {
            let accuracy = (reading.accuracy_m > 0.0).then(|| distance(reading.accuracy_m));
            table.row([
                reading.name.clone(),
                km(reading.length.value(), 3),
                accuracy.unwrap_or_default(),
            ]);
        }
        table.without_empty_columns()
    }

    fn between(&self) -> Table {
        let mut table = Table::new(&[
            ("between", Lean::Left),
            ("and", Lean::Left),
            ("area", Lean::Right),
            ("farthest", Lean::Right),
        ]);
        let names: Vec<&str> = self.0.readings().map(|it| &*it.name).collect();
        for it in &self.0.between {
            let [a, b] = it.readings.map(|at| names[at].to_owned());
            let area = format!("{} km²", number(it.area.km2(), 1));
            table.row([a, b, area, distance(it.hausdorff.value())]);
        }
        table
    }

    fn edge_table(&self, reading: &Reading) -> Table {
        let mut table = Table::new(&[
            ("from", Lean::Left),
            ("to", Lean::Left),
            ("edge", Lean::Left),
            ("length", Lean::Right),
            ("azimuth", Lean::Right),
            ("rounding", Lean::Right),
            ("instrument", Lean::Left),
        ]);
        for entry in self.edges(reading).into_iter().take(LISTED) {
            let stated = if entry.is_stated { "" } else { " (not stated)" };
            table.row([
                entry.from,
                entry.to,
                format!("{}{stated}", entry.kind),
                format!("{} m", number(entry.length_m, 2)),
                format!("{}°", number(entry.azimuth_deg, 4)),
                if entry.rounding_m > 0.0 { distance(entry.rounding_m) } else { String::new() },
                entry.instrument.unwrap_or_default(),
            ]);
        }
        table.without_empty_columns()
    }
}

/// Metres to the micrometre.
fn micrometres(metres: f64) -> f64 {
    (metres * 1e6).round() / 1e6
}
