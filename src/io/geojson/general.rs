//! Any feature, by way of the object model, with a word on everything that is wrong.
//!
//! Reading checks what the object model does not: every position is finite and on
//! the Earth, and every problem says which feature and which vertex it is in.

use ::geojson::{Feature, GeometryValue, Position};
use geo::{Coord, LineString, Polygon};
use serde_json::Value;

use super::Wanted;
use super::frames::OBJECT;
use super::raw::{self, Wrong};
use super::stream::Fail;
use crate::geodesy::check_position;
use crate::io::{CheckedFeature, Shape};
use crate::problem::Fault;

/// Something wrong with a text.
#[derive(Debug)]
pub(super) struct Trouble {
    pub place: String,
    pub fault: Fault,
    /// Whether nothing behind it can be read.
    pub last: bool,
}

impl Trouble {
    pub(super) const fn last(place: String, fault: Fault) -> Self {
        Self { place, fault, last: true }
    }
}

impl From<Fail> for Trouble {
    fn from((place, fault): Fail) -> Self {
        Self { place, fault, last: false }
    }
}

/// How messages name a feature.
pub(super) fn place(number: usize, id: Option<&str>) -> String {
    match id {
        Some(id) => format!("feature {number} `{id}`"),
        None => format!("feature {number}"),
    }
}

/// A feature, or a geometry where it may be bare. `at` names the place of a byte of the
/// text.
pub(super) fn feature(
    number: usize,
    text: &str,
    bare: bool,
    wanted: &Wanted,
    at: impl Fn(usize) -> String,
) -> Result<CheckedFeature, Trouble> {
    let mut value: Value = raw::parsed(text.as_bytes()).map_err(|wrong| match wrong {
        Wrong::NotJson(byte, message) => Trouble::last(at(byte), Fault::Syntax { message }),
        Wrong::NotUtf8(offset) => Trouble::last(String::new(), Fault::NotUtf8 { offset }),
    })?;
    if bare {
        value = as_feature(value)?;
    }
    let mut feature = check(number, value)?;
    if let Wanted::Only(names) = wanted {
        feature.properties.retain(|name, _| names.contains(name));
    }
    Ok(feature)
}

/// The Feature that an object is or stands for.
fn as_feature(value: Value) -> Result<Value, Fail> {
    let kind = value["type"].as_str().unwrap_or_default();
    let found = match kind {
        "FeatureCollection" => "a FeatureCollection without a list of features".to_owned(),
        "Feature" => return Ok(value),
        _ if value.get("coordinates").or_else(|| value.get("geometries")).is_some() => {
            let nothing = Value::Object(serde_json::Map::new());
            return Ok(
                serde_json::json!({"type": "Feature", "geometry": value, "properties": nothing}),
            );
        }
        "" => "an object without a type".to_owned(),
        _ => format!("an object of type `{kind}`"),
    };
    Err((String::new(), Fault::Geometry { found, wanted: OBJECT }))
}

/// RFC 7946 has no `crs`, its forerunner had, in any object; read as WGS 84, another
/// system's numbers would be wrong by unnoticeable amounts.
pub(super) fn datum(crs: Option<&Value>) -> Result<(), Fault> {
    let Some(crs) = crs.filter(|crs| !crs.is_null()) else { return Ok(()) };
    let name = crs["properties"]["name"].as_str().unwrap_or_default();
    if name.ends_with("CRS84") || name.ends_with(":4326") {
        return Ok(());
    }
    let (field, value) = ("crs", format!("`{name}`"));
    let wanted = "left out, with coordinates in WGS 84 longitude and latitude";
    Err(Fault::Value { field, value, wanted })
}

fn check(number: usize, value: Value) -> Result<CheckedFeature, Fail> {
    let id = value.get("id").and_then(Value::as_str).map(str::to_owned);
    let place = place(number, id.as_deref());
    datum(value.get("crs"))
        .and_then(|()| datum(value.pointer("/geometry/crs")))
        .map_err(|fault| (place.clone(), fault))?;
    // The object model would say that something is wrong, but not at which vertex.
    if let Some((within, fault)) = raw::bad_position(&value["geometry"]) {
        return Err((format!("{place}{within}"), fault));
    }
    let feature: Feature = serde_json::from_value(value).map_err(|error| {
        (place.clone(), Fault::Syntax { message: format!("not a Feature: {error}") })
    })?;
    let shape = match feature.geometry {
        None => Shape::None,
        Some(geometry) => {
            shape(geometry.value).map_err(|(within, fault)| (format!("{place}{within}"), fault))?
        }
    };
    Ok(CheckedFeature { place, id, shape, properties: feature.properties.unwrap_or_default() })
}

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
