//! The faces between two lines, and the ways from one to the other, for a GIS.

use geo::Coord;
use serde_json::{Map, Value, json};

use super::{Compared, millimetres, tenths};
use crate::compare::{Face, Farthest, Version};
use crate::io::{Layer, NewFeature, Shape};
use crate::quantity::Metres;
use crate::report::legends;

/// Faces as polygons, distances as lines of two positions, or points where they are 0.
///
/// Properties are flat, so that a GIS shows each as a column; `kind` distinguishes the features:
/// `face`, `hausdorff`, `offset`, `joint`.
#[must_use]
pub fn comparison(compared: &Compared<'_>) -> Layer {
    let found = compared.comparison;
    let faces = found.land.faces.iter().enumerate().map(|(i, each)| face(compared, i + 1, each));
    let worst =
        [(Version::Old, &found.hausdorff.from_old), (Version::New, &found.hausdorff.from_new)]
            .map(|(version, farthest)| hausdorff(version, farthest));
    let offsets = found.vectors.iter().enumerate().map(|(i, offset)| {
        let properties = json!({
            "kind": "offset",
            "of": offset.version,
            "chainage_m": millimetres(offset.from.chainage.value()),
            "distance_m": millimetres(offset.distance.value()),
        });
        way(format!("offset-{}", i + 1), [offset.from.at, offset.to.at], properties)
    });
    let joints = found.land.joints.iter().zip(["start", "end"]).map(|(joint, at)| {
        let properties = json!({
            "kind": "joint",
            "at": at,
            "distance_m": millimetres(joint.length.value()),
        });
        way(format!("joint-{at}"), [joint.old, joint.new], properties)
    });
    let features: Vec<_> = faces.chain(worst).chain(joints).chain(offsets).collect();
    let mut members = Map::new();
    let title = format!("{}: what changes towards {}", found.old.title, found.new.title);
    members.insert("title".to_owned(), title.into());
    members.insert("old_sha256".to_owned(), found.old.digest.clone().into());
    members.insert("new_sha256".to_owned(), found.new.digest.clone().into());
    Layer {
        name: "comparison".to_owned(),
        members,
        features,
        legends: vec![legends::comparison(), legends::sides(compared)],
        joined: false,
    }
}

fn face(compared: &Compared<'_>, number: usize, face: &Face) -> NewFeature {
    let metres = |metres: Metres| millimetres(metres.value());
    let properties = json!({
        "kind": "face",
        "gains": compared.party(face.gains),
        "side": face.gains,
        "area_m2": tenths(face.area.value()),
        "from_m": metres(face.from),
        "to_m": metres(face.to),
        "width_max_m": metres(face.width.greatest.distance),
        "width_mean_m": metres(face.width.mean),
        "significant": face.significant,
    });
    NewFeature {
        id: format!("face-{number}"),
        shape: Shape::Polygons(vec![face.polygon.clone()]),
        properties: object(properties),
    }
}

fn hausdorff(version: Version, farthest: &Farthest) -> NewFeature {
    let name = match version {
        Version::Old => "old",
        Version::New => "new",
    };
    let properties = json!({
        "kind": "hausdorff",
        "of": version,
        "chainage_m": millimetres(farthest.from.chainage.value()),
        "distance_m": millimetres(farthest.distance.value()),
    });
    way(format!("hausdorff-from-{name}"), [farthest.from.at, farthest.to.at], properties)
}

fn way(id: String, ends: [Coord; 2], properties: Value) -> NewFeature {
    // A way of length 0 is written as a point, not as a line without length.
    let shape = match ends.map(nine_decimals) {
        [from, to] if from == to => Shape::Point(from),
        ends => Shape::Lines(vec![ends.to_vec()]),
    };
    NewFeature { id, shape, properties: object(properties) }
}

/// Rounded to a tenth of a millimetre: later digits may differ from one machine to another.
fn nine_decimals(at: Coord) -> Coord {
    let round = |degrees: f64| (degrees * 1e9).round() / 1e9;
    Coord { x: round(at.x), y: round(at.y) }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
