//! PROJJSON as nodes of WKT, of which it is another spelling.

use serde_json::Value;

use crate::wkt::Node;

/// A projected system; `None` for another kind, or where a number is no number.
pub(super) fn node(system: &Value) -> Option<Node> {
    if system["type"] == "CompoundCRS" {
        return node(&system["components"][0]);
    }
    if system["type"] != "ProjectedCRS" {
        return None;
    }
    let conversion = &system["conversion"];
    let mut inner = vec![named("METHOD", &conversion["method"])];
    for parameter in list(&conversion["parameters"]) {
        let mut node = named("PARAMETER", parameter);
        node.values.push(parameter["value"].as_f64()?.to_string());
        node.children.push(unit(&parameter["unit"])?);
        inner.push(node);
    }
    let mut root = named("PROJCRS", system);
    root.children.push(geographic(&system["base_crs"])?);
    root.children.push(Node { word: "CONVERSION".to_owned(), children: inner, ..Node::default() });
    for axis in list(&system["coordinate_system"]["axis"]) {
        let mut node = named("AXIS", axis);
        node.values.push(axis["direction"].as_str()?.to_owned());
        node.children.push(unit(&axis["unit"])?);
        root.children.push(node);
    }
    Some(root)
}

fn geographic(system: &Value) -> Option<Node> {
    let datum = system.get("datum").or_else(|| system.get("datum_ensemble"))?;
    let mut ellipsoid = named("ELLIPSOID", &datum["ellipsoid"]);
    for size in ["semi_major_axis", "inverse_flattening"] {
        ellipsoid.values.push(datum["ellipsoid"][size].as_f64()?.to_string());
    }
    let mut inner = named("DATUM", datum);
    inner.children.push(ellipsoid);
    let mut root = named("BASEGEOGCRS", system);
    root.children.push(inner);
    if let Some(meridian) = datum.get("prime_meridian") {
        let mut node = named("PRIMEM", meridian);
        node.values.push(meridian["longitude"].as_f64()?.to_string());
        root.children.push(node);
    }
    for axis in list(&system["coordinate_system"]["axis"]) {
        root.children.push(unit(&axis["unit"])?);
    }
    Some(root)
}

/// A node with the name and the code of an object.
fn named(word: &str, object: &Value) -> Node {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let mut node = Node {
        word: word.to_owned(),
        name: text(&object["name"]).unwrap_or_default(),
        ..Node::default()
    };
    if let Some(authority) = text(&object["id"]["authority"]) {
        let code = &object["id"]["code"];
        let code = text(code).unwrap_or_else(|| code.to_string());
        let id =
            Node { word: "ID".to_owned(), name: authority, values: vec![code], ..Node::default() };
        node.children.push(id);
    }
    node
}

/// A unit by one of the three names that have no numbers, or by its numbers.
fn unit(unit: &Value) -> Option<Node> {
    let (word, size) = match unit.as_str() {
        Some("metre") => ("LENGTHUNIT", 1.0),
        Some("degree") => ("ANGLEUNIT", 1_f64.to_radians()),
        Some("unity") => ("SCALEUNIT", 1.0),
        Some(_) => return None,
        None => {
            let word = match unit["type"].as_str()? {
                "LinearUnit" => "LENGTHUNIT",
                "AngularUnit" => "ANGLEUNIT",
                "ScaleUnit" => "SCALEUNIT",
                _ => return None,
            };
            (word, unit["conversion_factor"].as_f64()?)
        }
    };
    let values = vec![size.to_string()];
    Some(Node { word: word.to_owned(), values, ..Node::default() })
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
