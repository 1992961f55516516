//! The faces between two lines, and the ways from one to the other, for a GIS.

use geo::Coord;
use serde_json::{Map, Value, json};

use super::Compared;
use crate::compare::{Face, Farthest, Matched, OnlyIn, Version};
use crate::io::{Layer, NewFeature, Shape};
use crate::report::legends;
use crate::report::rounding::{millimetres, tenths};

/// Faces as polygons, distances as lines of two positions, or points where they are 0.
///
/// Properties are flat, so that a GIS shows each as a column; `kind` tells the features
/// apart: `face`, `hausdorff`, `offset`, `joint`, and `only` for what only one line has.
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
            "chainage_m": millimetres(offset.from.chainage),
            "distance_m": millimetres(offset.distance),
        });
        way(format!("offset-{}", i + 1), [offset.from.at, offset.to.at], properties)
    });
    let joints = found.matched.iter().enumerate().flat_map(|(i, matched)| joints(i, matched));
    let only = found.only.iter().enumerate().map(|(i, each)| only(i + 1, each));
    let features: Vec<_> = faces.chain(worst).chain(joints).chain(only).chain(offsets).collect();
    let mut members = Map::new();
    let title = format!(
        "{}: what changes towards {}",
        found.old.provenance.title, found.new.provenance.title
    );
    members.insert("title".to_owned(), title.into());
    members.insert("old_sha256".to_owned(), found.old.provenance.sha256.clone().into());
    members.insert("new_sha256".to_owned(), found.new.provenance.sha256.clone().into());
    let legends = vec![legends::comparison(found), legends::sides(compared)];
    Layer::new("comparison", features).with_members(members).with_legends(legends)
}

fn face(compared: &Compared<'_>, number: usize, face: &Face) -> NewFeature {
    let properties = json!({
        "kind": "face",
        "gains": compared.party(face.gains),
        "side": face.gains,
        "area_m2": tenths(face.area.value()),
        "from_m": millimetres(face.from),
        "to_m": millimetres(face.to),
        "width_max_m": millimetres(face.width.greatest.distance),
        "width_mean_m": millimetres(face.width.mean),
        "significant": face.significant,
    });
    NewFeature {
        id: format!("face-{number}"),
        shape: Shape::Polygons(vec![face.polygon.clone()]),
        properties: object(properties),
    }
}

/// How two pieces are joined; the number is that of the piece where there are several.
fn joints(number: usize, matched: &Matched) -> impl Iterator<Item = NewFeature> {
    matched.joints.into_iter().zip(["start", "end"]).map(move |(joint, at)| {
        let properties = json!({
            "kind": "joint",
            "at": at,
            "distance_m": millimetres(joint.length),
        });
        let id = match number {
            0 => format!("joint-{at}"),
            _ => format!("joint-{at}-{}", number + 1),
        };
        way(id, [joint.old, joint.new], properties)
    })
}

/// What only one of the lines has.
fn only(number: usize, only: &OnlyIn) -> NewFeature {
    let properties = json!({
        "kind": "only",
        "of": only.version,
        "chainage_m": millimetres(only.chainage),
        "length_m": millimetres(only.length),
    });
    NewFeature {
        id: format!("only-{number}"),
        shape: Shape::Lines(vec![only.path.iter().copied().map(nine_decimals).collect()]),
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
        "chainage_m": millimetres(farthest.from.chainage),
        "distance_m": millimetres(farthest.distance),
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
