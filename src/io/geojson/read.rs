//! Reading checks what the object model does not: every position is finite and on
//! the Earth, and every problem says which feature and which vertex it is in.

use ::geojson::{Feature, GeometryValue, Position};
use geo::{Coord, LineString, Polygon};
use serde_json::Value;

use super::raw;
use crate::geodesy::check_position;
use crate::io::{CheckedFeature, Collection, Shape, Source};
use crate::problem::{Fault, Problem, Problems};

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
        GeometryValue::MultiPoint { coordinates } => Shape::Points(positions(&coordinates)?),
        GeometryValue::GeometryCollection { geometries } => Shape::Mixed(
            geometries.into_iter().map(|each| shape(each.value)).collect::<Result<_, _>>()?,
        ),
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
