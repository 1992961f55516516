//! Writing: small enough to diff, plain enough for any reader.

use geo::{Coord, Polygon};
use serde_json::{Map, Value};

use crate::io::{NewFeature, Shape};

/// A FeatureCollection with a `bbox`, one feature to a line: small enough to diff,
/// plain enough for any reader.
///
/// Coordinates are written as they are held, without rounding; shortest decimal
/// that reads back the same.
#[must_use]
pub fn write(members: &Map<String, Value>, features: &[NewFeature]) -> String {
    let mut text = String::from("{\n\"type\": \"FeatureCollection\"");
    let mut member = |name: &str, value: &Value| {
        text.push_str(&format!(",\n{}: {value}", Value::from(name)));
    };
    for (name, value) in members.iter().filter(|(name, _)| *name != "bbox") {
        member(name, value);
    }
    text.push_str(",\n\"features\": [");
    for (i, feature) in features.iter().enumerate() {
        text.push_str(if i == 0 { "\n" } else { ",\n" });
        let object = serde_json::json!({
            "type": "Feature",
            "id": feature.id,
            "properties": feature.properties,
            "geometry": geometry(&feature.shape),
        });
        text.push_str(&object.to_string());
    }
    text.push_str("\n]");
    // Behind the features: streaming readers look for the first bracket of the file.
    if let Some(bbox) = bbox(features) {
        text.push_str(&format!(",\n\"bbox\": {}", Value::from(bbox.to_vec())));
    }
    text.push_str("\n}\n");
    text
}

fn geometry(shape: &Shape) -> Value {
    let at = |c: &Coord| serde_json::json!([c.x, c.y]);
    let path = |path: &[Coord]| path.iter().map(at).collect::<Value>();
    let one_or_many = |kind: &str, mut parts: Vec<Value>| match parts.len() {
        1 => serde_json::json!({"type": kind, "coordinates": parts.remove(0)}),
        _ => serde_json::json!({"type": format!("Multi{kind}"), "coordinates": parts}),
    };
    match shape {
        Shape::None => Value::Null,
        Shape::Point(point) => serde_json::json!({"type": "Point", "coordinates": at(point)}),
        Shape::Lines(lines) => {
            one_or_many("LineString", lines.iter().map(|line| path(line)).collect())
        }
        Shape::Polygons(polygons) => {
            let rings = |polygon: &Polygon| {
                use geo::algorithm::orient::{Direction, Orient};
                let wound = polygon.orient(Direction::Default);
                std::iter::once(wound.exterior())
                    .chain(wound.interiors())
                    .map(|ring| path(&ring.0))
                    .collect::<Value>()
            };
            one_or_many("Polygon", polygons.iter().map(rings).collect())
        }
        Shape::Points(points) => {
            serde_json::json!({"type": "MultiPoint", "coordinates": path(points)})
        }
        Shape::Mixed(shapes) => {
            let geometries: Vec<Value> = shapes.iter().map(geometry).collect();
            serde_json::json!({"type": "GeometryCollection", "geometries": geometries})
        }
    }
}

/// West, south, east, north of everything (RFC 7946 §5), unless there is nothing.
fn bbox(features: &[NewFeature]) -> Option<[f64; 4]> {
    let mut bbox = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let mut grow = |c: Coord| {
        bbox = [bbox[0].min(c.x), bbox[1].min(c.y), bbox[2].max(c.x), bbox[3].max(c.y)];
    };
    for feature in features {
        feature.shape.each(&mut grow);
    }
    bbox[0].is_finite().then_some(bbox)
}
