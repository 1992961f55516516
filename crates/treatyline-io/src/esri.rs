//! Esri JSON: what ArcGIS servers answer and programs of Esri write. Rings are as in
//! shapefiles: shells run clockwise.

use geo::Coord;
use serde_json::{Map, Value};

use super::Collection;
use super::fixes::FixKind;
use super::gather::{Gather, Raw, System};
use super::input::Loaded;
use crate::problem::{Fault, Problems};

pub(super) fn read(loaded: &Loaded) -> Result<Collection, Problems> {
    let mut document: Value = serde_json::from_str(&loaded.text()?).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        loaded.problem(place, super::text::json_fault("Esri JSON", &error))
    })?;
    let mut gather = Gather::new(loaded);
    if document["exceededTransferLimit"] == true {
        gather.fix(FixKind::SaysIncomplete, "", None);
    }
    let stated = system(&document["spatialReference"]);
    let features = match document["features"].take() {
        Value::Array(features) => features,
        // A geometry by itself.
        _ => vec![serde_json::json!({ "geometry": document })],
    };
    for mut feature in features {
        let properties = match feature["attributes"].take() {
            Value::Object(properties) => properties,
            _ => Map::new(),
        };
        let geometry = &feature["geometry"];
        let own = system(&geometry["spatialReference"]);
        let place = gather.place(None);
        if !geometry.is_null() {
            let none = System::Unstated;
            gather.system(&place, own.as_ref().or(stated.as_ref()).unwrap_or(&none))?;
        }
        gather.add(None, raw(geometry), properties)?;
    }
    gather.finish(Map::new())
}

fn system(reference: &Value) -> Option<System> {
    let number = |key: &str| reference[key].as_u64().and_then(|number| u32::try_from(number).ok());
    if let Some(wkt) = reference["wkt"].as_str() {
        return Some(System::wkt(wkt));
    }
    match number("latestWkid").or_else(|| number("wkid"))? {
        // Esri's own number for Web Mercator.
        102_100 => Some(System::epsg(3857)),
        // Esri's own numbers are those that the EPSG does not give.
        number @ 100_000.. => Some(System::code("ESRI", &number.to_string())),
        number => Some(System::epsg(number)),
    }
}

fn raw(geometry: &Value) -> Result<Raw, Fault> {
    if geometry.is_null() {
        return Ok(Raw::None);
    }
    let list = |key: &str| geometry[key].as_array();
    for curve in ["curvePaths", "curveRings"] {
        if list(curve).is_some() {
            let what = "a curve, of which the vertices alone would be wrong".to_owned();
            let hint = "ask the server again with returnTrueCurves=false, or make lines of it: \
                        ogr2ogr -nlt CONVERT_TO_LINEAR new.gpkg FILE";
            return Err(Fault::Foreign { what, hint });
        }
    }
    if let Some(paths) = list("paths") {
        return Ok(Raw::Lines(paths.iter().map(path).collect::<Result<_, _>>()?));
    }
    if let Some(rings) = list("rings") {
        return Ok(Raw::Rings(rings.iter().map(path).collect::<Result<_, _>>()?));
    }
    if let Some(points) = list("points") {
        return Ok(Raw::Points(points.iter().map(position).collect::<Result<_, _>>()?));
    }
    match (geometry["x"].as_f64(), geometry["y"].as_f64()) {
        (Some(x), Some(y)) => Ok(Raw::Point(Coord { x, y })),
        // Empty points have "NaN" or null.
        _ if geometry.get("x").is_some() => Ok(Raw::None),
        _ => Err(Fault::Syntax {
            message: "not Esri JSON: a geometry without paths, rings, points or x and y".to_owned(),
        }),
    }
}

fn path(list: &Value) -> Result<Vec<Coord>, Fault> {
    list.as_array().into_iter().flatten().map(position).collect()
}

fn position(position: &Value) -> Result<Coord, Fault> {
    let number = |i: usize| position.get(i).and_then(Value::as_f64);
    match (number(0), number(1)) {
        (Some(x), Some(y)) => Ok(Coord { x, y }),
        _ => Err(Fault::Syntax {
            message: format!("a position must be numbers, this is {position}"),
        }),
    }
}
