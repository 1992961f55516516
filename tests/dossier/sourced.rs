//! No number in a shipped dossier is without a source.

use std::fs;

use crate::common::{FILES, repository};
use serde_json::Value;
use treatyline::Dossier;

/// The dossier on which the search itself is tried out.
const OWN: &str = "china-kazakhstan";

/// Fields that hold a number, or a date, as it was printed.
const PRINTED: [&str; 9] = ["printed", "b", "l", "x", "y", "h", "signed", "ratified", "in_force"];

/// Fields that name sources.
const CITING: [&str; 3] = ["source", "sources", "accuracy_source"];

/// Whether a value holds a number: is one, or has one anywhere in it.
fn holds_number(field: &str, value: &Value) -> bool {
    match value {
        Value::Number(_) => true,
        Value::String(_) => PRINTED.contains(&field),
        Value::Array(items) => items.iter().any(|item| holds_number("", item)),
        Value::Object(fields) => fields.iter().any(|(field, value)| holds_number(field, value)),
        Value::Null | Value::Bool(_) => false,
    }
}

/// The bibliography keys an entry cites itself; for a feature, its properties do.
fn cited(entry: &Value) -> Vec<&str> {
    let table = entry.get("properties").unwrap_or(entry);
    let named = CITING.iter().filter_map(|field| table.get(field));
    let keys =
        named.flat_map(|keys| keys.as_array().map_or(vec![keys], |list| list.iter().collect()));
    keys.filter_map(Value::as_str).collect()
}

/// The bibliography keys that are cited anywhere in a value.
fn everything_cited(entry: &Value) -> Vec<String> {
    let mut keys: Vec<_> = cited(entry).into_iter().map(str::to_owned).collect();
    let within: Vec<&Value> = match entry {
        Value::Object(fields) => fields.values().collect(),
        Value::Array(items) => items.iter().collect(),
        _ => Vec::new(),
    };
    within.into_iter().for_each(|value| keys.extend(everything_cited(value)));
    keys
}

/// The entries of a file, by their JSON pointers: its tables and the members of its
/// lists; and the file itself without them.
fn entries(mut file: Value) -> Vec<(String, Value)> {
    let mut entries = Vec::new();
    for (name, value) in file.as_object_mut().unwrap() {
        match value.take() {
            Value::Array(list) if list.iter().all(Value::is_object) => {
                let named = |(i, entry)| (format!("/{name}/{i}"), entry);
                entries.extend(list.into_iter().enumerate().map(named));
            }
            table @ Value::Object(_) => entries.push((format!("/{name}"), table)),
            kept => *value = kept,
        }
    }
    entries.push((String::new(), file));
    entries
}

/// The entries of a file that hold a number of their own. The year of a bibliography
/// entry is that source's; the box around a file's coordinates is theirs.
fn with_numbers(file: &Value) -> Vec<(String, Value)> {
    let mut entries = entries(file.clone());
    entries.retain(|(place, entry)| {
        let owned = |field: &str| {
            (place.starts_with("/source/") && field == "year")
                || (place.is_empty() && field == "bbox")
        };
        let mut fields = entry.as_object().unwrap().iter();
        fields.any(|(field, value)| !owned(field) && holds_number(field, value))
    });
    entries
}

/// The places in a file that hold a number and do not say whose.
fn unsourced(file: &Value) -> Vec<String> {
    let silent = with_numbers(file).into_iter().filter(|(_, entry)| cited(entry).is_empty());
    silent.map(|(place, _)| place).collect()
}

/// A file of a dossier as one value, whether it is TOML or JSON.
fn parsed(dossier: &str, file: &str) -> Value {
    let text = fs::read_to_string(repository("data").join(dossier).join(file)).unwrap();
    if file.ends_with(".toml") {
        toml::from_str(&text).unwrap()
    } else {
        serde_json::from_str(&text).unwrap()
    }
}

#[test]
fn every_number_has_a_source() {
    for dossier in Dossier::shipped_names() {
        for file in FILES {
            let value = parsed(dossier, file);
            let is_empty = with_numbers(&value).is_empty();
            assert!(dossier != OWN || !is_empty, "{file} holds no number: nothing was tested");
            assert_eq!(unsourced(&value), [""; 0], "{dossier}/{file}");
        }
    }
}

#[test]
fn every_number_whose_source_is_taken_away_is_found() {
    for file in FILES {
        let value = parsed(OWN, file);
        for (place, _) in with_numbers(&value) {
            for empty in [None, Some(Value::Array(Vec::new()))] {
                let mut broken = value.clone();
                let entry = broken.pointer_mut(&place).unwrap().as_object_mut().unwrap();
                let table = match entry.get_mut("properties") {
                    Some(properties) => properties.as_object_mut().unwrap(),
                    None => entry,
                };
                CITING.iter().for_each(|field| drop(table.remove(*field)));
                table.extend(empty.map(|none| ("sources".to_owned(), none)));
                assert_eq!(unsourced(&broken), [place.as_str()], "{file}");
            }
        }
    }
}

#[test]
fn a_number_slipped_in_without_a_source_is_found() {
    let mut manifest = parsed(OWN, "dossier.toml");
    manifest["division"]["factor"] = 0.5.into();
    manifest["source"][0]["pages"] = 12.into();
    assert_eq!(unsourced(&manifest), ["/division", "/source/0"]);
    let mut line = parsed(OWN, "segments.geojson");
    line["scale"] = 200_000.into();
    assert_eq!(unsourced(&line), [""]);
}

#[test]
fn every_source_that_is_cited_is_in_the_bibliography() {
    for name in Dossier::shipped_names() {
        let dossier = Dossier::shipped(name).unwrap();
        for file in FILES {
            for key in everything_cited(&parsed(name, file)) {
                assert!(dossier.reference(&key).is_some(), "{name}/{file}: {key}");
            }
        }
        for figure in dossier.figures() {
            assert!(dossier.reference(&figure.source).is_some(), "{}", figure.id);
        }
    }
}
