//! GeoJSON in and out (RFC 7946).
//!
//! Reading checks what the object model does not: every position is finite and on
//! the Earth, and every problem says which feature and which vertex it is in.

use ::geojson::{Feature, GeometryValue, Position};
use geo::{Coord, LineString, Polygon};
use serde_json::{Map, Value};

use super::{Source, raw};
use crate::geodesy::check_position;
use crate::problem::{Fault, Problem, Problems};

/// The geometries a boundary needs.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// `null`.
    None,
    /// One position.
    Point(Coord),
    /// A LineString, or the parts of a MultiLineString.
    Lines(Vec<Vec<Coord>>),
    /// A Polygon, or the parts of a MultiPolygon.
    Polygons(Vec<Polygon>),
    /// Anything else, by its GeoJSON name.
    Other(&'static str),
}

impl Shape {
    /// Its name in messages.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::None => "no geometry",
            Self::Point(_) => "a Point",
            Self::Lines(_) => "a LineString",
            Self::Polygons(_) => "a Polygon",
            Self::Other(name) => name,
        }
    }
}

/// A feature whose positions have been checked.
#[derive(Debug, Clone)]
pub struct CheckedFeature {
    /// How messages name it: its number and, where it has one, its id.
    pub place: String,
    /// Its id, if it is a string.
    pub id: Option<String>,
    /// Its geometry.
    pub shape: Shape,
    /// Its properties.
    pub properties: Map<String, Value>,
}

/// Everything read from a GeoJSON text.
#[derive(Debug, Clone)]
pub struct Collection {
    /// Its features in order.
    pub features: Vec<CheckedFeature>,
    /// The collection's own members beside `type` and `features`.
    pub members: Map<String, Value>,
}

/// Reads a FeatureCollection, a Feature or a bare geometry.
///
/// # Errors
/// Every [`Problem`] found: broken JSON with line and column, and per feature a
/// wrong type, a position that is not finite or out of range.
pub fn read(source: &Source) -> Result<Collection, Problems> {
    let value: Value = serde_json::from_str(&source.text).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        source.problem(place, Fault::Syntax { message: raw::not_json(source, &error) })
    })?;
    let Value::Object(mut members) = value else {
        let found = "JSON, but no object".to_owned();
        return Err(source.problem("", Fault::Geometry { found, wanted: OBJECT }).into());
    };
    let kind = members.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    let features = match kind.as_str() {
        "FeatureCollection" => match members.remove("features") {
            Some(Value::Array(features)) => features,
            _ => {
                let found = "a FeatureCollection without a list of features".to_owned();
                return Err(source.problem("", Fault::Geometry { found, wanted: OBJECT }).into());
            }
        },
        "Feature" => vec![Value::Object(std::mem::take(&mut members))],
        _ if members.contains_key("coordinates") || members.contains_key("geometries") => {
            let geometry = Value::Object(std::mem::take(&mut members));
            vec![serde_json::json!({"type": "Feature", "geometry": geometry, "properties": {}})]
        }
        _ => {
            let found = format!("an object of type `{kind}`");
            return Err(source.problem("", Fault::Geometry { found, wanted: OBJECT }).into());
        }
    };
    members.remove("type");
    let mut problems: Vec<Problem> = datum(members.get("crs"))
        .err()
        .map(|fault| source.problem("", fault))
        .into_iter()
        .collect();
    let mut checked = Vec::with_capacity(features.len());
    for (number, feature) in features.into_iter().enumerate() {
        match check(source, number + 1, feature) {
            Ok(feature) => checked.push(feature),
            Err(problem) => problems.push(problem),
        }
    }
    Problems::none_or(problems, Collection { features: checked, members })
}

/// RFC 7946 has no `crs`, its forerunner had, in any object; read as WGS 84, another
/// system's numbers would be wrong by unnoticeable amounts.
fn datum(crs: Option<&Value>) -> Result<(), Fault> {
    let Some(crs) = crs.filter(|crs| !crs.is_null()) else { return Ok(()) };
    let name = crs["properties"]["name"].as_str().unwrap_or_default();
    if name.ends_with("CRS84") || name.ends_with(":4326") {
        return Ok(());
    }
    let (field, value) = ("crs", format!("`{name}`"));
    let wanted = "left out, with coordinates in WGS 84 longitude and latitude";
    Err(Fault::Value { field, value, wanted })
}

const OBJECT: &str = "GeoJSON FeatureCollection, Feature or geometry";

fn check(source: &Source, number: usize, value: Value) -> Result<CheckedFeature, Problem> {
    let id = value.get("id").and_then(Value::as_str).map(str::to_owned);
    let place = match &id {
        Some(id) => format!("feature {number} `{id}`"),
        None => format!("feature {number}"),
    };
    datum(value.get("crs"))
        .and_then(|()| datum(value.pointer("/geometry/crs")))
        .map_err(|fault| source.problem(&place, fault))?;
    // The object model would say that something is wrong, but not at which vertex.
    if let Some((within, fault)) = raw::bad_position(&value["geometry"]) {
        return Err(source.problem(format!("{place}{within}"), fault));
    }
    let feature: Feature = serde_json::from_value(value).map_err(|error| {
        source.problem(&place, Fault::Syntax { message: format!("not a Feature: {error}") })
    })?;
    let shape = match feature.geometry {
        None => Shape::None,
        Some(geometry) => shape(geometry.value)
            .map_err(|(within, fault)| source.problem(format!("{place}{within}"), fault))?,
    };
    Ok(CheckedFeature { place, id, shape, properties: feature.properties.unwrap_or_default() })
}

/// A place within a feature, and what is wrong there.
pub(super) type Fail = (String, Fault);

fn shape(value: GeometryValue) -> Result<Shape, Fail> {
    Ok(match value {
        GeometryValue::Point { coordinates } => {
            Shape::Point(position(&coordinates).map_err(|fault| (String::new(), fault))?)
        }
        GeometryValue::LineString { coordinates } => Shape::Lines(vec![positions(&coordinates)?]),
        GeometryValue::MultiLineString { coordinates } => {
            Shape::Lines(coordinates.iter().map(|part| positions(part)).collect::<Result<_, _>>()?)
        }
        GeometryValue::Polygon { coordinates } => Shape::Polygons(vec![polygon(&coordinates)?]),
        GeometryValue::MultiPolygon { coordinates } => {
            Shape::Polygons(coordinates.iter().map(|part| polygon(part)).collect::<Result<_, _>>()?)
        }
        other => Shape::Other(other.type_name()),
    })
}

fn position(position: &Position) -> Result<Coord, Fault> {
    let [lon, lat, ..] = position.as_slice() else {
        let message = "a position of fewer than two numbers".to_owned();
        return Err(Fault::Syntax { message });
    };
    let coord = Coord { x: *lon, y: *lat };
    check_position(coord).map_err(Fault::Position)?;
    Ok(coord)
}

fn positions(list: &[Position]) -> Result<Vec<Coord>, Fail> {
    let numbered =
        |(i, each)| position(each).map_err(|fault| (format!(", vertex {}", i + 1), fault));
    list.iter().enumerate().map(numbered).collect()
}

fn polygon(rings: &[Vec<Position>]) -> Result<Polygon, Fail> {
    let mut rings: Vec<LineString> =
        rings.iter().map(|ring| positions(ring).map(LineString)).collect::<Result<_, _>>()?;
    if rings.iter().any(|ring| ring.0.len() < 4 || !ring.is_closed()) {
        let found = "a ring that is open or has fewer than four positions".to_owned();
        let wanted = "Polygon of closed rings";
        return Err((String::new(), Fault::Geometry { found, wanted }));
    }
    if rings.is_empty() {
        let found = "a Polygon without rings".to_owned();
        return Err((String::new(), Fault::Geometry { found, wanted: "Polygon with a ring" }));
    }
    let exterior = rings.remove(0);
    Ok(Polygon::new(exterior, rings))
}

/// A feature to be written.
#[derive(Debug, Clone)]
pub struct NewFeature {
    /// Its id.
    pub id: String,
    /// Its geometry. Polygon rings are written counter-clockwise, holes clockwise,
    /// whichever way they run here (RFC 7946 §3.1.6).
    pub shape: Shape,
    /// Its properties.
    pub properties: Map<String, Value>,
}

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
    let path = |path: &Vec<Coord>| path.iter().map(at).collect::<Value>();
    let one_or_many = |kind: &str, mut parts: Vec<Value>| match parts.len() {
        1 => serde_json::json!({"type": kind, "coordinates": parts.remove(0)}),
        _ => serde_json::json!({"type": format!("Multi{kind}"), "coordinates": parts}),
    };
    match shape {
        Shape::None | Shape::Other(_) => Value::Null,
        Shape::Point(point) => serde_json::json!({"type": "Point", "coordinates": at(point)}),
        Shape::Lines(lines) => one_or_many("LineString", lines.iter().map(path).collect()),
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
    }
}

/// West, south, east, north of everything (RFC 7946 §5), unless there is nothing.
fn bbox(features: &[NewFeature]) -> Option<[f64; 4]> {
    let mut bbox = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let mut grow = |c: &Coord| {
        bbox = [bbox[0].min(c.x), bbox[1].min(c.y), bbox[2].max(c.x), bbox[3].max(c.y)];
    };
    for feature in features {
        match &feature.shape {
            Shape::None | Shape::Other(_) => {}
            Shape::Point(point) => grow(point),
            Shape::Lines(lines) => lines.iter().flatten().for_each(&mut grow),
            Shape::Polygons(polygons) => {
                polygons.iter().flat_map(|polygon| &polygon.exterior().0).for_each(&mut grow);
            }
        }
    }
    bbox[0].is_finite().then_some(bbox)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Collection, Problems> {
        read(&Source::new("test.geojson", text).unwrap())
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let hole = [(0.2, 0.2), (0.4, 0.2), (0.2, 0.4), (0.2, 0.2)];
        let clockwise = [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (0.0, 0.0)];
        let ring = |corners: &[(f64, f64)]| {
            corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect::<LineString>()
        };
        let polygon = Polygon::new(ring(&clockwise), vec![ring(&hole)]);
        let features = [
            NewFeature { id: "none".into(), shape: Shape::None, properties: Map::new() },
            NewFeature {
                id: "line".into(),
                shape: Shape::Lines(vec![ring(&hole).0]),
                properties: Map::new(),
            },
            NewFeature {
                id: "area".into(),
                shape: Shape::Polygons(vec![polygon]),
                properties: Map::new(),
            },
        ];
        let mut members = Map::new();
        members.insert("title".into(), "A \"title\"".into());
        let text = write(&members, &features);
        let back = read_text(&text).unwrap();
        assert_eq!(back.features[1].shape, features[1].shape);
        assert_eq!(back.members["title"], "A \"title\"");
        assert_eq!(back.members["bbox"], serde_json::json!([0.0, 0.0, 1.0, 1.0]));
        let Shape::Polygons(polygons) = &back.features[2].shape else { panic!() };
        use geo::algorithm::winding_order::Winding;
        assert!(polygons[0].exterior().is_ccw() && polygons[0].interiors()[0].is_cw());
    }

    #[test]
    fn a_bad_vertex_is_named() {
        let text = r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","id":"a","properties":{},"geometry":
              {"type":"LineString","coordinates":[[80,45],[280,45]]}},
            {"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[80]}}]}"#;
        let problems = read_text(text).unwrap_err();
        assert_eq!(problems.all().len(), 2);
        let first = problems.all()[0].to_string();
        assert!(first.contains("feature 1 `a`, vertex 2") && first.contains("280"), "{first}");
    }

    #[test]
    fn bare_geometries_and_single_features_are_read() {
        let bare = read_text(r#"{"type":"Point","coordinates":[80,45,1200]}"#).unwrap();
        assert_eq!(bare.features[0].shape, Shape::Point(Coord { x: 80.0, y: 45.0 }));
        assert!(read_text(r#"{"type":"Feature","geometry":null,"properties":{}}"#).is_ok());
    }

    #[test]
    fn another_datum_is_refused_not_ignored() {
        let text = |name| {
            let crs = format!(r#""crs":{{"type":"name","properties":{{"name":"{name}"}}}}"#);
            format!(r#"{{"type":"FeatureCollection",{crs},"features":[]}}"#)
        };
        assert!(read_text(&text("urn:ogc:def:crs:OGC:1.3:CRS84")).is_ok());
        let refused = read_text(&text("urn:ogc:def:crs:EPSG::28415")).unwrap_err();
        assert!(refused.to_string().contains("28415"), "{refused}");
    }

    #[test]
    fn another_datum_of_a_feature_or_a_bare_geometry_was_ignored() {
        for name in ["EPSG:28415", "urn:ogc:def:crs:OGC:1.3:CRS84"] {
            let crs = format!(r#""crs":{{"type":"name","properties":{{"name":"{name}"}}}}"#);
            let with = format!(r#"{{"type":"Point",{crs},"coordinates":[80,45]}}"#);
            let plain = r#"{"type":"Point","coordinates":[80,45]}"#;
            let feature = |geometry: &str, crs: &str| {
                format!(r#"{{"type":"Feature",{crs}"properties":{{}},"geometry":{geometry}}}"#)
            };
            let collection = |feature: &str, crs: &str| {
                format!(r#"{{"type":"FeatureCollection",{crs}"features":[{feature}]}}"#)
            };
            let crs = format!("{crs},");
            for text in [
                with.clone(),
                feature(plain, &crs),
                feature(&with, ""),
                collection(&feature(plain, ""), &crs),
                collection(&feature(plain, &crs), ""),
                collection(&feature(&with, ""), ""),
            ] {
                let outcome = read_text(&text);
                if name.ends_with("CRS84") {
                    assert!(outcome.is_ok(), "{text}");
                } else {
                    let message = outcome.unwrap_err().to_string();
                    assert!(message.contains("`crs` is `EPSG:28415`"), "{text}: {message}");
                }
            }
        }
    }

    #[test]
    fn no_collection_from_nonsense() {
        for text in
            ["[]", "{}", "{\"type\":\"FeatureCollection\"}", "{\"type\":\"Feature\",", "1e999"]
        {
            let message = read_text(text).unwrap_err().to_string();
            assert!(message.starts_with("test.geojson: "), "{message}");
        }
        let deep = "[".repeat(100_000);
        assert!(read_text(&deep).unwrap_err().to_string().contains("recursion limit"));
    }
}
