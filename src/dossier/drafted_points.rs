//! The points of a dossier to begin with: what a file of points says of each, and where the line has it.

use std::collections::HashSet;

use geo::Coord;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::draft::slug;
use super::point::PointKind;
use crate::io::{CheckedFeature, DataSet, Shape};
use crate::line::Line;
use crate::quantity::Metres;

/// A point that the line runs through, or one next to it.
pub(super) struct Place {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) at: Coord,
    /// How far along the line it is, if it lies on it.
    pub(super) chainage: Option<Metres>,
    /// What the file says of it that a dossier has a place for.
    said: Map<String, Value>,
}

/// Attributes that may hold a name.
const NAMES: [&str; 6] = ["name", "Name", "NAME", "point", "title", "number"];

impl Place {
    /// The points of a data set, as a line has them that is good to `accuracy_m`; `parties` are the ids
    /// and names of the states.
    pub(super) fn all(
        points: Option<&DataSet>,
        line: &Line,
        accuracy_m: f64,
        parties: [[&str; 2]; 2],
    ) -> Vec<Self> {
        let mut taken: HashSet<String> = ["start", "end"].map(str::to_owned).into();
        let mut found = Vec::new();
        for feature in points.iter().flat_map(|data| &data.features) {
            let Shape::Point(at) = feature.shape else { continue };
            let number = found.len() + 1;
            let name = NAMES.iter().find_map(|key| text(feature, key));
            let name = name.unwrap_or_else(|| format!("point {number}"));
            let wanted = text(feature, "id").map(|id| slug(&id));
            let id = wanted.filter(|id| !taken.contains(id));
            let id = id.unwrap_or_else(|| format!("point-{number}"));
            taken.insert(id.clone());
            let located = line.locate(at);
            // Nearer than the line and the point are uncertain, if the point is as good as the line.
            let is_on_line = located.distance.value() <= 2.0 * accuracy_m;
            let chainage = is_on_line.then_some(located.chainage);
            found.push(Self { id, name, at, chainage, said: said(feature, parties) });
        }
        found
    }

    /// Whether it is an end of a line.
    pub(super) fn is_end(&self, line: &Line) -> Option<usize> {
        let at = self.chainage?;
        let near = Metres::new(1.0);
        match () {
            () if at < near => Some(0),
            () if line.length() - at < near => Some(1),
            () => None,
        }
    }

    /// The point in a dossier, with an id.
    pub(super) fn feature(&self, id: &str, accuracy_m: f64) -> Value {
        let (kind, position) = match self.chainage {
            Some(_) => ("boundary-point", "line"),
            None => ("landmark", "none"),
        };
        let mut properties = Map::new();
        for (key, value) in [
            ("kind", json!(kind)),
            ("name", json!(self.name)),
            ("position", json!(position)),
            ("accuracy_m", json!(accuracy_m)),
            ("sources", json!(["points"])),
        ] {
            properties.insert(key.to_owned(), value);
        }
        properties.extend(self.said.clone());
        feature(id, properties, self.at)
    }
}

/// A point as a feature of GeoJSON.
pub(super) fn feature(id: &str, properties: Map<String, Value>, at: Coord) -> Value {
    json!({
        "type": "Feature",
        "id": id,
        "properties": properties,
        "geometry": {"type": "Point", "coordinates": [at.x, at.y]},
    })
}

/// What a feature says of a point in the words of a dossier: `kind`, `position` (a state by id or name,
/// `line` or `none`), `accuracy_m`, `number`, `note`. Anything else there would make no sound dossier.
fn said(feature: &CheckedFeature, parties: [[&str; 2]; 2]) -> Map<String, Value> {
    let kind = text(feature, "kind").filter(|kind| PointKind::deserialize(json!(kind)).is_ok());
    let position = text(feature, "position").and_then(|said| {
        let party =
            parties.iter().find(|names| names.iter().any(|it| it.eq_ignore_ascii_case(&said)));
        let other = || ["line", "none"].into_iter().find(|it| *it == said);
        party.map(|[id, _]| *id).or_else(other).map(str::to_owned)
    });
    let accuracy_m = text(feature, "accuracy_m").and_then(|text| text.parse::<f64>().ok());
    let accuracy_m = accuracy_m.filter(|m| super::is_accuracy(*m));
    let texts = [
        ("kind", kind),
        ("position", position),
        ("number", text(feature, "number")),
        ("note", text(feature, "note")),
    ];
    let texts = texts.into_iter().filter_map(|(key, it)| Some((key.to_owned(), json!(it?))));
    texts.chain(accuracy_m.map(|m| ("accuracy_m".to_owned(), json!(m)))).collect()
}

/// An attribute as a text, if it says something.
fn text(feature: &CheckedFeature, key: &str) -> Option<String> {
    match feature.properties.get(key)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
