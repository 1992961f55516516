//! The reports on two neighbours: text, the document `treatyline/neighbours/v1`, and features for a
//! GIS.

use geo::Coord;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::FixLists;
use super::comparison::area;
use super::json::pretty;
use super::legends;
use super::rounding::{degrees, millimetres, tenths};
use super::styled::StyledText;
use super::table::{Lean, Table};
use super::text::Page;
use crate::compare::{Face, Neighbours, total};
use crate::geodesy::Ellipsoid;
use crate::io::{Layer, NewFeature, Setting, Shape};
use crate::quantity::Metres;
use crate::wording::{count, distance, km, number};

/// The most places that text lists; JSON has all.
const LISTED: usize = 10;

/// Two areas, and what is between them.
#[derive(Debug, Clone)]
pub struct NeighboursReport<'a> {
    /// What was found.
    pub found: &'a Neighbours,
    /// The names of the areas.
    pub names: [String; 2],
    /// The files they were read from, with their digests.
    pub files: Vec<[String; 2]>,
    /// What was changed or left out when they were read.
    pub read: FixLists,
}

/// What is between two areas. Lengths in metres, areas in square metres, degrees on
/// WGS 84.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct NeighboursDocument {
    /// The document type and its version.
    pub(crate) schema: &'static str,
    /// The ellipsoid of every length and area.
    pub(crate) ellipsoid: &'static str,
    /// The first area.
    pub(crate) first: String,
    /// The second area.
    pub(crate) second: String,
    /// The files they were read from.
    pub(crate) files: Vec<FileEntry>,
    /// The distance within which outlines were taken for versions of one border. It is also the
    /// uncertainty of the ends of stretches.
    pub(crate) within_m: f64,
    /// How much of the first outline faces the second area.
    pub(crate) first_length_m: f64,
    /// How much of the second outline faces the first area.
    pub(crate) second_length_m: f64,
    /// The length of the first outline along which the second one is near on the same side: no
    /// border.
    pub(crate) same_side_m: f64,
    /// The line in the middle of both outlines.
    pub(crate) middle: MiddleEntry,
    /// Land that belongs to none of them.
    pub(crate) gaps: PlacesEntry,
    /// Land that belongs to both.
    pub(crate) overlaps: PlacesEntry,
    /// What was changed or left out when the files were read.
    pub(crate) read: FixLists,
}

/// A file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct FileEntry {
    /// Where it is.
    pub(crate) origin: String,
    /// SHA-256 of its bytes.
    pub(crate) sha256: String,
}

/// A line constructed in the middle.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct MiddleEntry {
    /// Who constructed the line: always `treatyline`. It is in no treaty and in none of the files.
    pub(crate) constructed_by: &'static str,
    /// How it was constructed.
    pub(crate) method: &'static str,
    /// Its length.
    pub(crate) length_m: f64,
    /// How many stretches it has.
    pub(crate) stretches: usize,
}

/// Places of a kind.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct PlacesEntry {
    /// Their area together.
    pub(crate) area_m2: f64,
    /// All of them, the largest first.
    pub(crate) places: Vec<PlaceEntry>,
}

/// A place between two outlines.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct PlaceEntry {
    /// Its area.
    pub(crate) area_m2: f64,
    /// The longitude of a point inside.
    pub(crate) lon: f64,
    /// The latitude of that point.
    pub(crate) lat: f64,
    /// Its greatest width.
    pub(crate) width_max_m: f64,
    /// Its mean width.
    pub(crate) width_mean_m: f64,
}

const METHOD: &str = "middles of the shortest ways from the vertices of either outline to the \
                      other one, in their order";

/// The report on neighbours for a terminal.
#[must_use]
pub fn neighbours_text(report: &NeighboursReport<'_>) -> StyledText {
    let found = report.found;
    let [first, second] = &report.names;
    let mut page = Page::default();
    page.heading("Two neighbours");
    page.wrapped(&format!("first: {first}"), "  ", "         ");
    page.wrapped(&format!("second: {second}"), "  ", "          ");
    page.line("");
    page.paragraph(&facing(found));
    if found.same_side > Metres::default() {
        page.paragraph(&format!(
            "{} of the first outline have the second near to them on the same side: they divide \
             nothing between the two.",
            km(found.same_side.value(), 3)
        ));
    }
    if found.facing.is_empty() {
        return page.into_text();
    }
    page.paragraph(&format!(
        "A line in the middle is {} long. It was constructed by treatyline and is no treaty's.",
        km(found.middle_length().value(), 3)
    ));
    page.line("");
    places(&mut page, "LAND OF NEITHER", &found.gaps());
    page.line("");
    places(&mut page, "LAND OF BOTH", &found.overlaps());
    page.into_text()
}

fn facing(found: &Neighbours) -> String {
    let within = distance(found.within.value());
    if found.facing.is_empty() {
        return format!(
            "The outlines nowhere face each other within {within}; {} takes a larger distance.",
            Setting::Within
        );
    }
    let [first, second] = lengths(found).map(|length| km(length.value(), 3));
    format!(
        "The outlines face each other within {within} along {}: {first} of the first one, \
         {second} of the second. The ends are uncertain by up to {within} each.",
        count(found.facing.len(), "stretch")
    )
}

fn lengths(found: &Neighbours) -> [Metres; 2] {
    [
        found.facing.iter().map(|facing| facing.first.length()).sum(),
        found.facing.iter().map(|facing| facing.second.length()).sum(),
    ]
}

fn places(page: &mut Page, title: &str, faces: &[&Face]) {
    page.line(title);
    if faces.is_empty() {
        page.paragraph("None.");
        return;
    }
    page.paragraph(&format!("{} in {}.", area(total(faces)), count(faces.len(), "place")));
    let columns = ["area", "widest", "mean", "latitude, longitude"];
    let mut table = Table::new(&columns.map(|title| (title, Lean::Right)));
    for face in faces.iter().take(LISTED) {
        table.row([
            area(face.area),
            distance(face.width.greatest.distance.value()),
            distance(face.width.mean.value()),
            format!("{:.4}, {:.4}", face.at.y, face.at.x),
        ]);
    }
    page.table(&table);
    if let Some(more) = faces.len().checked_sub(LISTED).filter(|more| *more > 0) {
        let more = number(more as f64, 0);
        let document = Setting::Format.with("json");
        page.paragraph(&format!("… and {more} more, each smaller; {document} has all."));
    }
}

/// The document `treatyline/neighbours/v1`.
#[must_use]
pub fn neighbours_json(report: &NeighboursReport<'_>) -> String {
    let found = report.found;
    let [first, second] = report.names.clone();
    let [first_length_m, second_length_m] = lengths(found).map(millimetres);
    let file = |[origin, sha256]: &[String; 2]| FileEntry {
        origin: origin.clone(),
        sha256: sha256.clone(),
    };
    pretty(&NeighboursDocument {
        schema: "treatyline/neighbours/v1",
        ellipsoid: Ellipsoid::WGS84.name(),
        first,
        second,
        files: report.files.iter().map(file).collect(),
        within_m: millimetres(found.within),
        first_length_m,
        second_length_m,
        same_side_m: millimetres(found.same_side),
        middle: MiddleEntry {
            constructed_by: "treatyline",
            method: METHOD,
            length_m: millimetres(found.middle_length()),
            stretches: found.facing.len(),
        },
        gaps: entries(&found.gaps()),
        overlaps: entries(&found.overlaps()),
        read: report.read.clone(),
    })
}

fn entries(faces: &[&Face]) -> PlacesEntry {
    let place = |face: &&Face| PlaceEntry {
        area_m2: tenths(face.area.value()),
        lon: degrees(face.at.x),
        lat: degrees(face.at.y),
        width_max_m: millimetres(face.width.greatest.distance),
        width_mean_m: millimetres(face.width.mean),
    };
    PlacesEntry { area_m2: tenths(total(faces).value()), places: faces.iter().map(place).collect() }
}

/// Gaps and overlaps as polygons, and the line in the middle, which says who constructed it.
#[must_use]
pub fn neighbours_layer(report: &NeighboursReport<'_>) -> Layer {
    let found = report.found;
    let faces = |kind: &'static str, faces: Vec<&Face>| {
        let feature = move |(i, face): (usize, &Face)| NewFeature {
            id: format!("{kind}-{}", i + 1),
            shape: Shape::Polygons(vec![face.polygon.clone()]),
            properties: object(json!({
                "kind": kind,
                "area_m2": tenths(face.area.value()),
                "width_max_m": millimetres(face.width.greatest.distance),
                "width_mean_m": millimetres(face.width.mean),
            })),
        };
        faces.into_iter().enumerate().map(feature).collect::<Vec<_>>()
    };
    let middles: Vec<Vec<Coord>> =
        found.facing.iter().map(|facing| facing.middle.vertices().to_vec()).collect();
    let middle = (!middles.is_empty()).then(|| NewFeature {
        id: "middle".to_owned(),
        shape: Shape::Lines(middles),
        properties: object(json!({
            "kind": "middle",
            "constructed_by": "treatyline",
            "method": METHOD,
            "within_m": millimetres(found.within),
            "length_m": millimetres(found.middle_length()),
        })),
    });
    let [first, second] = &report.names;
    let mut members = Map::new();
    members.insert("title".to_owned(), format!("between {first} and {second}").into());
    let features = faces("gap", found.gaps()).into_iter();
    let features = features.chain(faces("overlap", found.overlaps())).chain(middle);
    let legends = vec![legends::neighbours()];
    Layer::new("neighbours", features.collect()).with_members(members).with_legends(legends)
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
