//! What is written is what is read: a layer in any format, compared with the same as GeoJSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use treatyline::io::{
    CheckedFeature, Decimals, Input, Layer, LayerFormat, NewFeature, Shape, read,
};

/// Writes a layer in a format, reads it, and compares it with what its GeoJSON gives, each
/// feature by its id: its shape and, with `with_attributes`, its attributes. Nothing is
/// compared where the format is not built in or has no reader.
///
/// # Panics
/// Where they differ.
pub(crate) fn holds(layer: &Layer, format: LayerFormat, decimals: Decimals, with_attributes: bool) {
    let mut written = Vec::new();
    if layer.write(&mut written, format, decimals).is_err() {
        return;
    }
    let twin = read(&Input::bytes("twin", layer.geojson(decimals).as_bytes()));
    let twin = twin.unwrap_or_else(|problems| panic!("{problems}"));
    let Some(mut found) = features(format, written) else { return };
    assert_eq!(found.len(), twin.features.len(), "{}", format.name());
    for expected in twin.features {
        let id = expected.id.clone().unwrap_or_default();
        let feature = found.remove(&id).unwrap_or_else(|| panic!("{}: no {id}", format.name()));
        let name = format!("{}: {id}", format.name());
        assert_eq!(plain(&feature.shape), plain(&expected.shape), "{name}");
        if with_attributes {
            attributes(&name, format, &expected.properties, &feature.properties);
        }
    }
}

/// The features of a file by their ids, which most formats have as a column.
fn features(format: LayerFormat, bytes: Vec<u8>) -> Option<BTreeMap<String, NewFeature>> {
    let all = match format {
        LayerFormat::Csv => rows(&bytes)?,
        _ => {
            let name = format!("x.{}", format.extensions()[0]);
            let data = read(&Input::bytes(name, bytes)).unwrap_or_else(|p| panic!("{p}"));
            let read = |it: CheckedFeature| NewFeature {
                id: it.id.unwrap_or_default(),
                shape: it.shape,
                properties: it.properties,
            };
            data.features.into_iter().map(read).collect()
        }
    };
    let id = |feature: &NewFeature| match feature.properties.get("id") {
        Some(Value::String(id)) => id.clone(),
        _ => feature.id.clone(),
    };
    Some(all.into_iter().map(|feature| (id(&feature), feature)).collect())
}

/// The rows of a CSV, their geometries through the reader of well-known text.
fn rows(bytes: &[u8]) -> Option<Vec<NewFeature>> {
    if !cfg!(feature = "wkt") {
        return None;
    }
    let mut table = csv::Reader::from_reader(bytes);
    let names = table.headers().expect("a head").clone();
    let row = |row: csv::StringRecord| {
        let mut properties: Map<String, Value> = names
            .iter()
            .zip(&row)
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(name, cell)| (name.to_owned(), cell.into()))
            .collect();
        let shape = match properties.remove("WKT") {
            None => Shape::None,
            Some(text) => {
                let text = text.as_str().unwrap_or_default().to_owned();
                let data = read(&Input::bytes("x.wkt", text.into_bytes()));
                let data = data.unwrap_or_else(|problems| panic!("{problems}"));
                data.features[0].shape.clone()
            }
        };
        NewFeature { id: String::new(), shape, properties }
    };
    Some(table.records().map(|record| row(record.expect("a row"))).collect())
}

/// A shape as every format has it: a table of several points has one as a list of one, KML
/// has no word for several of a kind, and what is empty is none.
fn plain(shape: &Shape) -> Shape {
    let one_kind = |parts: &[Shape]| {
        let (mut points, mut lines, mut polygons) = (Vec::new(), Vec::new(), Vec::new());
        for part in parts {
            match part {
                Shape::Point(at) => points.push(*at),
                Shape::Points(all) => points.extend(all),
                Shape::Lines(all) => lines.extend(all.clone()),
                Shape::Polygons(all) => polygons.extend(all.clone()),
                Shape::None | Shape::Mixed(_) => return None,
            }
        }
        Some(match (points.len(), lines.len(), polygons.len()) {
            (0, 0, _) => Shape::Polygons(polygons),
            (0, _, 0) => Shape::Lines(lines),
            (_, 0, 0) => Shape::Points(points),
            _ => return None,
        })
    };
    match shape {
        Shape::Points(points) if points.len() == 1 => Shape::Point(points[0]),
        Shape::Points(points) if points.is_empty() => Shape::None,
        Shape::Lines(lines) if lines.iter().all(Vec::is_empty) => Shape::None,
        Shape::Polygons(polygons) if polygons.is_empty() => Shape::None,
        Shape::Mixed(parts) => {
            let parts: Vec<Shape> = parts.iter().map(plain).filter(|p| *p != Shape::None).collect();
            match one_kind(&parts) {
                Some(shape) if !parts.is_empty() => plain(&shape),
                _ if parts.is_empty() => Shape::None,
                _ => Shape::Mixed(parts),
            }
        }
        other => other.clone(),
    }
}

/// Every attribute that says something is there and says the same.
fn attributes(
    feature: &str,
    format: LayerFormat,
    expected: &Map<String, Value>,
    found: &Map<String, Value>,
) {
    for (name, value) in expected {
        let found_value = found.get(name).unwrap_or(&Value::Null);
        // In CSV everything is text, and an empty text is none.
        let same = match (format, value) {
            (LayerFormat::Csv, Value::Null) => found_value.is_null(),
            (LayerFormat::Csv, Value::String(text)) => {
                found_value.as_str().unwrap_or_default() == text
            }
            (LayerFormat::Csv, Value::Number(number)) if number.is_f64() => {
                found_value.as_str().and_then(|text| text.parse().ok()) == number.as_f64()
            }
            (LayerFormat::Csv, value) => found_value.as_str() == Some(&value.to_string()),
            // A list is text that holds JSON where the format has no lists.
            (_, Value::Array(_) | Value::Object(_)) if found_value.is_string() => {
                found_value.as_str().and_then(|text| serde_json::from_str(text).ok()).as_ref()
                    == Some(value)
            }
            _ => found_value == value,
        };
        assert!(same, "{feature}: {name} is {found_value}, not {value}");
    }
}
