//! What raw JSON tells and the parsers do not: where a geometry goes wrong, and which
//! word stands where a number should.

use serde_json::Value;

use super::read::Fail;
use crate::io::Source;
use crate::problem::Fault;

/// What is wrong with a text that is no JSON.
pub(super) fn not_json(source: &Source, error: &serde_json::Error) -> String {
    if let Some(word) = word_at(source, error).filter(|word| is_no_number(word)) {
        return format!("not JSON: JSON has no {word}, only finite numbers");
    }
    // serde_json repeats the place at the end of its message.
    let message = error.to_string();
    format!("not JSON: {}", message.split(" at line ").next().unwrap_or_default())
}

fn is_no_number(word: &str) -> bool {
    ["nan", "inf", "infinity"].contains(&word.to_lowercase().as_str())
}

/// The word in which an error lies.
fn word_at<'a>(source: &'a Source, error: &serde_json::Error) -> Option<&'a str> {
    let line = source.text.split('\n').nth(error.line().checked_sub(1)?)?;
    let bytes = line.as_bytes();
    // Columns are counted in bytes, from 1.
    let at = error.column().checked_sub(1)?;
    let letter = |byte: &u8| byte.is_ascii_alphabetic();
    let before = bytes.get(..at)?.iter().rev().take_while(|byte| letter(byte)).count();
    let after = bytes.get(at..)?.iter().take_while(|byte| letter(byte)).count();
    line.get(at - before..at + after)
}

/// The first position of a geometry that does not consist of numbers. Whatever else may
/// be wrong with it is left to the parser.
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
            let source = Source::new("test", text).unwrap();
            let error = serde_json::from_str::<Value>(text).unwrap_err();
            let message = not_json(&source, &error);
            assert!(message.starts_with("not JSON: ") && message.contains(word), "{message}");
        }
    }
}
