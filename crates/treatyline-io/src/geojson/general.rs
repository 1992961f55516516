//! Reads any feature through the object model, with a message for everything that is wrong.
//!
//! Geometries are made [`sound`](crate::sound) as those of all formats are, and every
//! problem says which feature and which vertex it is in.

use ::geojson::{Feature, GeometryValue, Position};
use geo::Coord;
use serde_json::{Map, Value};

use super::Wanted;
use super::raw::{self, Wrong};
use super::stream::Fail;
use crate::CheckedFeature;
use crate::fixes::FixKind;
use crate::gather::System;
use crate::problem::Fault;
use crate::sound::Raw;
use crate::text::plain;
use crate::unchecked::{Outcome, Unchecked, place};

/// Something wrong with a text.
#[derive(Debug)]
pub(super) struct Trouble {
    pub place: String,
    pub fault: Fault,
    /// Whether nothing after it can be read.
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

/// Reads a feature, or a bare geometry where that is allowed. `at` names the place of a byte of
/// the text.
pub(super) fn feature(
    number: usize,
    text: &str,
    bare: bool,
    wanted: &Wanted,
    at: impl Fn(usize) -> String,
) -> Result<(CheckedFeature, Found), Trouble> {
    let mut value: Value = raw::parsed(text.as_bytes()).map_err(|wrong| match wrong {
        Wrong::NotJson(byte, message) => Trouble::last(at(byte), raw::fault(message)),
        Wrong::NotUtf8(offset) => Trouble::last(String::new(), Fault::NotUtf8 { offset }),
    })?;
    if bare {
        value = as_feature(value)?;
    }
    let (mut feature, found) = check(number, value)?;
    if let Wanted::Only(names) = wanted {
        feature.properties.retain(|name, _| names.contains(name));
    }
    Ok((feature, found))
}

/// What was changed or left out of a feature, with its place.
pub(super) type Found = Vec<(FixKind, String)>;

/// The Feature that an object is or stands for.
pub(super) fn as_feature(value: Value) -> Result<Value, Fail> {
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
    Err((String::new(), Fault::NoGeoJson { found }))
}

/// RFC 7946 has no `crs`; the version before it had one, in any object. Coordinates of another
/// system, read as WGS 84, would be wrong by amounts too small to be noticed.
pub(super) fn check_system(crs: Option<&Value>) -> Result<(), Fault> {
    let system = System::of_member(crs.unwrap_or(&Value::Null));
    match &system {
        System::Wgs84 => Ok(()),
        System::Unreadable(found) => Err(Fault::NoSystem { found }),
        System::Defined { .. } | System::WithHeights(_) => {
            Err(Fault::System { name: Some(system.name().to_owned()) })
        }
        System::Unstated => Err(Fault::System { name: None }),
    }
}

/// The `crs` of a feature: its own, or that of its geometry.
pub(super) fn own_system(feature: &Value) -> Option<&Value> {
    let stated = [feature.get("crs"), feature.pointer("/geometry/crs")];
    stated.into_iter().flatten().find(|crs| !crs.is_null())
}

fn check(number: usize, value: Value) -> Result<(CheckedFeature, Found), Fail> {
    let id = value.get("id").and_then(Value::as_str).map(str::to_owned);
    let place = place(number, id.as_deref());
    let in_feature = |(within, fault): Fail| (format!("{place}{within}"), fault);
    check_system(own_system(&value)).map_err(|fault| (place.clone(), fault))?;
    let Parts { raw, properties } = parts(value).map_err(in_feature)?;
    let Outcome { feature, found } = Unchecked { number, place, id, raw, properties }.checked(Ok);
    feature.map(|feature| (feature, found))
}

/// What a feature is made of.
pub(super) struct Parts {
    pub(super) raw: Raw,
    pub(super) properties: Map<String, Value>,
}

/// Takes a Feature apart. The place of a fault is one within the feature.
pub(super) fn parts(mut value: Value) -> Result<Parts, Fail> {
    let empty = value.get_mut("geometry").map(raw::without_empty_parts).unwrap_or_default();
    // The object model would say that something is wrong, but not at which vertex.
    if let Some(wrong) = raw::bad_position(&value["geometry"]) {
        return Err(wrong);
    }
    let feature: Feature = serde_json::from_value(value).map_err(|error| {
        (String::new(), Fault::Syntax { message: format!("not a Feature: {}", plain(&error)) })
    })?;
    let mut raw = feature.geometry.map_or(Ok(Raw::None), |geometry| raw(geometry.value))?;
    // Back where they were, so that they are counted by their numbers.
    for i in empty {
        match &mut raw {
            Raw::Lines(parts) => parts.insert(i, Vec::new()),
            Raw::Polygons(parts) => parts.insert(i, Vec::new()),
            _ => {}
        }
    }
    Ok(Parts { raw, properties: feature.properties.unwrap_or_default() })
}

fn raw(value: GeometryValue) -> Result<Raw, Fail> {
    Ok(match value {
        GeometryValue::Point { coordinates } => {
            Raw::Point(position(&coordinates).map_err(|fault| (String::new(), fault))?)
        }
        GeometryValue::LineString { coordinates } => Raw::Lines(vec![path(&coordinates)?]),
        GeometryValue::MultiLineString { coordinates } => Raw::Lines(paths(&coordinates)?),
        GeometryValue::Polygon { coordinates } => Raw::Polygons(vec![paths(&coordinates)?]),
        GeometryValue::MultiPolygon { coordinates } => {
            Raw::Polygons(coordinates.iter().map(|part| paths(part)).collect::<Result<_, _>>()?)
        }
        GeometryValue::MultiPoint { coordinates } => Raw::Points(path(&coordinates)?),
        GeometryValue::GeometryCollection { geometries } => Raw::Mixed(
            geometries.into_iter().map(|each| raw(each.value)).collect::<Result<_, _>>()?,
        ),
    })
}

fn position(position: &Position) -> Result<Coord, Fault> {
    let [x, y, ..] = position.as_slice() else {
        let message = "a position of fewer than two numbers".to_owned();
        return Err(Fault::Syntax { message });
    };
    Ok(Coord { x: *x, y: *y })
}

fn path(list: &[Position]) -> Result<Vec<Coord>, Fail> {
    let numbered =
        |(i, each)| position(each).map_err(|fault| (format!(", vertex {}", i + 1), fault));
    list.iter().enumerate().map(numbered).collect()
}

fn paths(parts: &[Vec<Position>]) -> Result<Vec<Vec<Coord>>, Fail> {
    parts.iter().map(|part| path(part)).collect()
}
