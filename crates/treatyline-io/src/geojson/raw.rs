//! What raw JSON shows and the parsers do not: where a geometry goes wrong, and which
//! word is where a number should be.

use std::str::from_utf8;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;

use super::stream::Fail;
use crate::problem::Fault;
use crate::text::plain;

/// Why bytes are not JSON.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// They are not UTF-8 from this byte on.
    NotUtf8(usize),
    /// A message, and the byte it is about.
    NotJson(usize, String),
}

/// Parses bytes that are one value.
pub(super) fn parsed<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Wrong> {
    let text = from_utf8(bytes).map_err(|error| Wrong::NotUtf8(error.valid_up_to()))?;
    serde_json::from_str(text).map_err(|error| not_json(text, &error))
}

/// Whether bytes begin with a value. If more bytes follow (`all` is false), a value that is cut
/// off counts as whole.
pub(super) fn value(bytes: &[u8], all: bool) -> Result<(), Wrong> {
    let text = match from_utf8(bytes) {
        Ok(text) => text,
        // Nothing but the last character is cut off.
        Err(error) if error.error_len().is_none() && !all => {
            from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(error) => return Err(Wrong::NotUtf8(error.valid_up_to())),
    };
    // Parsed as a value: an ignored value would not be subject to the limit of nesting.
    match serde_json::Deserializer::from_str(text).into_iter::<Value>().next() {
        Some(Err(error)) if all || error.classify() != Category::Eof => Err(not_json(text, &error)),
        _ => Ok(()),
    }
}

/// A text with its escape sequences resolved; empty if one is wrong.
pub(super) fn unescaped(text: &[u8]) -> String {
    let quoted = [b"\"", text, b"\""].concat();
    serde_json::from_slice(&quoted).unwrap_or_default()
}

/// The fault for a message of a parser. A text that ends too early gets a fault of its own: it is
/// not wrong at the place where it ends.
pub(super) fn fault(message: String) -> Fault {
    match message.strip_prefix("not JSON: EOF while parsing ") {
        Some(what) => Fault::BreaksOff { what: format!("the text ends within {what}") },
        None => Fault::Syntax { message },
    }
}

/// What is wrong with a text that is no JSON.
fn not_json(text: &str, error: &serde_json::Error) -> Wrong {
    let at = offset(text, error);
    if let Some(word) = word_at(text, at).filter(|word| is_no_number(word)) {
        let message = format!("not JSON: JSON has no {word}, only finite numbers");
        return Wrong::NotJson(at, message);
    }
    let message = format!("not JSON: {}", plain(error));
    Wrong::NotJson(at, message)
}

/// The byte an error is about.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    let lines = memchr::memchr_iter(b'\n', text.as_bytes());
    let line = match error.line() {
        0 | 1 => 0,
        after => lines.take(after - 1).last().map_or(0, |end| end + 1),
    };
    // Columns are counted in bytes, from 1.
    let mut at = (line + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn is_no_number(word: &str) -> bool {
    ["nan", "inf", "infinity"].contains(&word.to_lowercase().as_str())
}

/// The word around a byte.
fn word_at(text: &str, at: usize) -> Option<&str> {
    let bytes = text.as_bytes();
    let letter = |byte: &u8| byte.is_ascii_alphabetic();
    let before = bytes.get(..at)?.iter().rev().take_while(|byte| letter(byte)).count();
    let after = bytes.get(at..)?.iter().take_while(|byte| letter(byte)).count();
    text.get(at - before..at + after)
}

/// The first position of a geometry that does not consist of numbers. Other
/// faults are found by the parser.
pub(super) fn bad_position(geometry: &Value) -> Option<Fail> {
    // How many lists a position lies in.
    let depth = match geometry["type"].as_str()? {
        "Point" => 0,
        "LineString" | "MultiPoint" => 1,
        "MultiLineString" | "Polygon" => 2,
        "MultiPolygon" => 3,
        _ => return None,
    };
    within(&geometry["coordinates"], depth)
}

fn within(value: &Value, depth: usize) -> Option<Fail> {
    let list = value.as_array()?;
    if depth > 1 {
        return list.iter().find_map(|part| within(part, depth - 1));
    }
    if depth == 1 {
        let mut numbered = list.iter().enumerate();
        return numbered.find_map(|(i, position)| {
            let (_, fault) = within(position, 0).or_else(|| no_list(position))?;
            Some((format!(", vertex {}", i + 1), fault))
        });
    }
    let wrong = list.iter().any(|number| !number.is_number());
    wrong.then(|| no_position(value))
}

/// Takes empty parts out of a geometry, whose dimensions the object model reads off its first part,
/// and makes one of a single part null if that is empty. Returns where the parts were.
pub(super) fn without_empty_parts(geometry: &mut Value) -> Vec<usize> {
    match geometry["type"].as_str() {
        Some("MultiLineString" | "MultiPolygon") => {
            let parts = geometry.get_mut("coordinates").and_then(Value::as_array_mut);
            let Some(parts) = parts else { return Vec::new() };
            let empty = (0..parts.len()).filter(|i| holds_nothing(&parts[*i])).collect();
            parts.retain(|part| !holds_nothing(part));
            empty
        }
        Some("Point" | "MultiPoint" | "LineString" | "Polygon")
            if holds_nothing(&geometry["coordinates"]) =>
        {
            *geometry = Value::Null;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Whether a value is lists of nothing.
fn holds_nothing(value: &Value) -> bool {
    value.as_array().is_some_and(|list| list.iter().all(holds_nothing))
}

fn no_list(value: &Value) -> Option<Fail> {
    (!value.is_array()).then(|| no_position(value))
}

fn no_position(value: &Value) -> Fail {
    let message = format!("a position must be numbers, this is {value}");
    (String::new(), Fault::Syntax { message })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vertex_that_is_no_number_is_found() {
        for (geometry, place) in [
            (r#"{"type":"Point","coordinates":["80",45]}"#, Some("")),
            (r#"{"type":"LineString","coordinates":[[80,45],[80,null]]}"#, Some(", vertex 2")),
            (r#"{"type":"LineString","coordinates":[[80,45],"81"]}"#, Some(", vertex 2")),
            (r#"{"type":"Polygon","coordinates":[[[80,45],[81,45],[{},46]]]}"#, Some(", vertex 3")),
            (r#"{"type":"LineString","coordinates":[[80,45],[81,45]]}"#, None),
            (r#"{"type":"LineString","coordinates":7}"#, None),
            (r#"{"type":"Spline","coordinates":[["a"]]}"#, None),
            ("null", None),
        ] {
            let found = bad_position(&serde_json::from_str(geometry).unwrap());
            let found = found.as_ref().map(|(place, _)| place.as_str());
            assert_eq!(found, place, "{geometry}");
        }
    }

    #[test]
    fn what_json_has_no_number_for_is_named() {
        for (text, word) in [
            ("[1,\nNaN]", "JSON has no NaN"),
            ("[Infinity]", "JSON has no Infinity"),
            ("[80,\n -Infinity]", "JSON has no Infinity"),
            ("[nan]", "JSON has no nan"),
            ("[°, NaN]", "expected value"),
            ("[1e999]", "number out of range"),
            ("[1", "EOF"),
        ] {
            let wrong = parsed::<Value>(text.as_bytes()).unwrap_err();
            let Wrong::NotJson(_, message) = wrong else { panic!("{text}: {wrong:?}") };
            assert!(message.starts_with("not JSON: ") && message.contains(word), "{message}");
        }
    }
}
