//! A dossier to begin with: the files of one, out of a line and of points, with what can be known
//! filled in and the rest marked `TODO`.

use std::fmt::Write;

use geo::Coord;
use serde_json::{Value, json};

use super::drafted_points::{Place, feature};
use crate::drawn::DrawnLine;
use crate::io::DataSet;
use crate::line::Line;
use crate::problem::{Fault, Problem, Problems};
use crate::quantity::Metres;
use crate::wording::{km, number};

/// A dossier to begin with.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    line: &'a DrawnLine,
    parties: [Option<String>; 2],
    title: Option<String>,
    points: Option<&'a DataSet>,
    accuracy: Option<Metres>,
    selection: Option<String>,
}

/// Without an accuracy that is known, this is assumed, in metres, and marked as such.
const ACCURACY_M: f64 = 100.0;
/// Resolutions at which the line is measured for the comments, in metres.
const RESOLUTIONS_M: [f64; 3] = [10.0, 50.0, 100.0];

impl<'a> Draft<'a> {
    /// A dossier of a line.
    #[must_use]
    pub const fn new(line: &'a DrawnLine) -> Self {
        Self {
            line,
            parties: [None, None],
            title: None,
            points: None,
            accuracy: None,
            selection: None,
        }
    }

    /// The names of the states on the left and on the right of the line, walking along it.
    #[must_use]
    pub fn with_parties(self, parties: [Option<String>; 2]) -> Self {
        Self { parties, ..self }
    }

    /// What the boundary is called.
    #[must_use]
    pub fn with_title(self, title: Option<String>) -> Self {
        Self { title, ..self }
    }

    /// Points on the line, at which it is cut into segments, and others.
    #[must_use]
    pub fn with_points(self, points: &'a DataSet) -> Self {
        Self { points: Some(points), ..self }
    }

    /// How far the line may be from where it is.
    #[must_use]
    pub fn with_accuracy(self, accuracy: Option<Metres>) -> Self {
        Self { accuracy, ..self }
    }

    /// Which features of its file the line was made of, in words.
    #[must_use]
    pub fn with_selection(self, selection: Option<String>) -> Self {
        Self { selection, ..self }
    }

    /// The files, by their names: a dossier that can be read, and a README.
    ///
    /// # Errors
    /// The same state on both sides.
    pub fn files(&self) -> Result<Vec<(&'static str, String)>, Problems> {
        if let [Some(left), Some(right)] = &self.parties
            && left == right
        {
            let (field, value) = ("party", format!("`{left}` on both sides"));
            let fault = Fault::Value { field, value, wanted: "another state on each side" };
            return Err(Problem::new(self.line.origin.clone(), "", fault).into());
        }
        let places = self.places();
        Ok(vec![
            ("dossier.toml", self.manifest()),
            ("instruments.toml", INSTRUMENTS.to_owned()),
            ("figures.toml", self.figures()),
            ("segments.geojson", collection(self.segments(&places))),
            ("points.geojson", collection(self.points(&places))),
            ("sectors.geojson", collection(Vec::new())),
            ("README.md", self.readme()),
        ])
    }

    fn title(&self) -> String {
        let stated = self.title.clone().or_else(|| self.line.title.clone());
        stated.unwrap_or_else(|| {
            format!("{}–{} boundary (TODO: its name)", self.name(0), self.name(1))
        })
    }

    /// What the line is called, without the directory that its file is in here.
    fn source(&self) -> String {
        let titled = self.line.title.clone();
        let path = std::path::Path::new(&self.line.origin);
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned());
        titled.or(file).unwrap_or_else(|| self.line.origin.clone())
    }

    fn name(&self, side: usize) -> String {
        let otherwise = ["TODO: the state on the left", "TODO: the state on the right"];
        self.parties[side].clone().unwrap_or_else(|| otherwise[side].to_owned())
    }

    /// How good the line is, and whether somebody says so.
    fn accuracy(&self) -> (f64, String) {
        if let Some(given) = self.accuracy {
            return (given.value(), "TODO: who says so, and why.".to_owned());
        }
        match self.line.accuracy() {
            Some(own) => (own.within.value(), format!("{}.", own.basis)),
            None => {
                (ACCURACY_M, "TODO: what the maker of the line says of its accuracy.".to_owned())
            }
        }
    }

    fn places(&self) -> Vec<Place> {
        let [left, right] = [self.name(0), self.name(1)];
        let [left_id, right_id] = ids([&left, &right]);
        let parties = [[&*left_id, &*left], [&*right_id, &*right]];
        Place::all(self.points, &self.line.line, self.accuracy().0, parties)
    }

    fn manifest(&self) -> String {
        let (accuracy_m, note) = self.accuracy();
        let [left, right] = [self.name(0), self.name(1)];
        let [left_id, right_id] = ids([&left, &right]);
        let source = self.source();
        format!(
            r#"format = "treatyline/dossier/v1"
id     = "{id}"
title  = {title}
datum  = "WGS 84"
# TODO: under which licence the dossier may be passed on, and who must be named then. Both go into every
# export, map and page; leave them out where there are none.
# licence     = "CC BY 4.0"
# attribution = "Line: the Survey of Freedonia."

[line]
start           = "start"
end             = "end"
accuracy_m      = {accuracy_m:?}
accuracy_note   = {note}
accuracy_source = "line"

# Walking from start to end. TODO: check the sides; nothing in a line says which is whose.
[[party]]
id   = "{left_id}"
name = {left}
side = "left"

[[party]]
id   = "{right_id}"
name = {right}
side = "right"

# The resolutions at which a published length can have been measured: 0.2 mm on the larger scale of
# the treaty's maps, 0.5 mm on the smaller. A line of straight edges is as long at all of them:
# write `none = "reason"` and nothing else.
[band]
fine_m   = 10.0
coarse_m = 50.0
reason   = "TODO: the scales of the maps; 0.2 mm on 1:50,000 is 10 m, 0.5 mm on 1:100,000 is 50 m."
source   = "line"

# The bibliography: each number and each fact has a source here.
[[source]]
key        = "line"
title      = {source}
confidence = "own-work"
note       = "TODO: who made the line, when, from what, under which licence. {selection}SHA-256 of the file: {digest}"

[[source]]
key        = "treaty"
title      = "TODO: the treaty"
confidence = "treaty-text"   # of a text that was read; own-work of one that is remembered, which `note` says
{points}"#,
            id = slug(&self.title()),
            title = quoted(&self.title()),
            note = quoted(&note),
            left = quoted(&left),
            right = quoted(&right),
            source = quoted(&source),
            digest = self.line.digest,
            selection = self.selection.as_ref().map_or_else(String::new, |it| {
                format!("Features with {}. ", it.replace(['"', '\\'], ""))
            }),
            points = self.points.map_or_else(String::new, |data| {
                let file = std::path::Path::new(&data.name).file_name();
                let file = file.map_or_else(|| data.name.clone(), |it| it.to_string_lossy().into());
                let title = quoted(&format!("Points of {file} (TODO: whose)"));
                format!("\n[[source]]\nkey        = \"points\"\ntitle      = {title}\nconfidence = \"own-work\"\n")
            }),
        )
    }

    fn figures(&self) -> String {
        let line = &self.line.line;
        let mut text = String::from("# Measured on this line. These are no published figures:\n");
        // Writing to a text does not fail.
        let _ = writeln!(text, "#   at full detail {}", km(line.length().value(), 2));
        for resolution_m in RESOLUTIONS_M {
            let simple = line.stretches().map(|part| crate::line::simplify(part, resolution_m));
            let simple = Line::of_stretches(simple.collect());
            let length_m = simple.map_or(0.0, |line| line.length().value());
            let _ = writeln!(text, "#   within {} m {}", number(resolution_m, 0), km(length_m, 2));
        }
        text + FIGURES
    }

    /// The line cut at the points on it, and where one of its parts ends.
    fn segments(&self, places: &[Place]) -> Vec<Value> {
        let line = &self.line.line;
        let (accuracy_m, _) = self.accuracy();
        let mut cuts: Vec<(Metres, &str)> =
            places.iter().filter_map(|place| Some((place.chainage?, &*place.name))).collect();
        cuts.sort_by(|a, b| a.0.value().total_cmp(&b.0.value()));
        let (start, end) = (Metres::new(0.0), line.length());
        // A cut at an end, or where another one is, makes no segment.
        cuts.retain(|(at, _)| *at > start + Metres::new(1.0) && *at < end - Metres::new(1.0));
        cuts.dedup_by(|a, b| (a.0 - b.0).abs() < Metres::new(1.0));
        let begins = std::iter::once((start, "start")).chain(cuts.iter().copied());
        let ends = cuts.iter().copied().chain(std::iter::once((end, "end")));
        let mut segments = Vec::new();
        for ((from, begins), (to, ends)) in begins.zip(ends) {
            let Ok(piece) = line.cut(from, to) else { continue };
            for path in piece.stretches() {
                let is_begin = line.stretches().any(|part| part.first() == path.first());
                let start_m = if is_begin { 0.0 } else { accuracy_m };
                let mut properties = json!({
                    "instrument": "treaty", "points": format!("{begins}–{ends}"), "medium": "land",
                    "course": "unknown", "evidence": ["inferred"], "sources": ["line"],
                    "accuracy_m": accuracy_m, "start_m": start_m,
                    "note": "TODO: medium, course and the evidence for both; its own accuracy, if it is another than that of the line",
                });
                if is_begin && !segments.is_empty() {
                    properties["apart"] = true.into();
                }
                segments.push(json!({
                    "type": "Feature",
                    "id": format!("segment-{}", segments.len() + 1),
                    "properties": properties,
                    "geometry": {"type": "LineString", "coordinates": coordinates(path)},
                }));
            }
        }
        segments
    }

    fn points(&self, places: &[Place]) -> Vec<Value> {
        let line = &self.line.line;
        let (accuracy_m, _) = self.accuracy();
        let ends = [
            ("start", "TODO: where the line begins", line.start()),
            ("end", "TODO: where it ends", line.end()),
        ];
        let ends = ends.into_iter().enumerate().map(|(end, (id, name, at))| {
            if let Some(place) = places.iter().find(|place| place.is_end(line) == Some(end)) {
                return place.feature(id, accuracy_m);
            }
            let properties = json!({
                "kind": "boundary-point", "name": name, "position": "line", "accuracy_m": accuracy_m,
                "sources": ["line"],
            });
            feature(id, properties.as_object().cloned().unwrap_or_default(), at)
        });
        let others = places.iter().filter(|place| place.is_end(line).is_none());
        ends.chain(others.map(|place| place.feature(&place.id, accuracy_m))).collect()
    }

    fn readme(&self) -> String {
        format!(
            "# {}\n\nTODO: whose line this is, under which licence, and what was changed. \
             docs/dossier.md of treatyline describes the files.\n\n- Line: {}, SHA-256 `{}`.\n",
            self.title(),
            self.source(),
            self.line.digest
        )
    }
}

const INSTRUMENTS: &str = r#"[[instrument]]
id      = "treaty"
title   = "TODO: the full title of the treaty"
short   = "TODO: the treaty"
stage   = "delimitation"   # allocation, delimitation, demarcation or tripoint
signed  = "1900"           # TODO: as exactly as known: "1903", "1903-05" or "1903-05-04"
sources = ["treaty"]
"#;

const FIGURES: &str = r#"
# TODO: what has been published, as printed. For example:
#
# [[figure]]
# id        = "length-total"
# what      = "Length of the whole line"
# scope     = "line"            # line/land, line/water and line/sea are its parts
# printed   = "1,782.75"
# unit      = "km"
# rounding  = 0.01              # the step that it was rounded to
# qualifier = "exact"           # exact, around, nearly, more-than, less-than
# standing  = "governing"       # governing, informal, superseded
# source    = "treaty"
"#;

/// A text as TOML writes it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// A name as an id: lower case letters, digits and `-`, a letter first.
pub(super) fn slug(text: &str) -> String {
    let small = text.to_lowercase();
    let words = small.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.filter(|word| *word != "todo").take(6).collect();
    match words.join("-") {
        slug if slug.starts_with(|c: char| c.is_ascii_lowercase()) => slug,
        _ => "boundary".to_owned(),
    }
}

/// The ids of two parties: three letters of each name, by custom its ISO 3166-1 code.
fn ids(names: [&str; 2]) -> [String; 2] {
    let of = |name: &str| {
        let letters = name.chars().filter(char::is_ascii_alphabetic).take(3);
        letters.collect::<String>().to_uppercase()
    };
    let [left, right] = names.map(of);
    if left == right || left.len() < 3 || right.len() < 3 {
        return ["LEF", "RIG"].map(str::to_owned);
    }
    [left, right]
}

fn coordinates(path: &[Coord]) -> Vec<[f64; 2]> {
    path.iter().map(|at| [at.x, at.y]).collect()
}

/// A collection, one feature to a line, so that people can edit it.
fn collection(features: Vec<Value>) -> String {
    let features: Vec<String> = features.iter().map(Value::to_string).collect();
    format!(
        "{{\n\"type\": \"FeatureCollection\",\n\"features\": [\n{}\n]\n}}\n",
        features.join(",\n")
    )
}
