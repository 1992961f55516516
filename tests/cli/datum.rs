//! `treatyline datum`

#![cfg(feature = "proj")]

use serde_json::Value;

use crate::common::{repository, treatyline};

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let run = treatyline().arg("datum").args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (run.status.code(), text(run.stdout), text(run.stderr))
}

fn segments() -> String {
    repository("data/china-kazakhstan/segments.geojson").to_str().unwrap().to_owned()
}

#[test]
fn a_line_with_exchanged_axes_is_recognised() {
    let text = std::fs::read_to_string(segments()).unwrap();
    let mut document: Value = serde_json::from_str(&text).unwrap();
    let features = document["features"].as_array_mut().unwrap();
    for position in
        features.iter_mut().flat_map(|it| it["geometry"]["coordinates"].as_array_mut().unwrap())
    {
        let (lon, lat) = (position[0].clone(), position[1].clone());
        *position = Value::Array(vec![lat, lon]);
    }
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("exchanged.geojson");
    std::fs::write(&path, document.to_string()).unwrap();
    let (exit, text, said) = run(&[path.to_str().unwrap(), "--format", "json"]);
    assert_eq!(exit, Some(0), "{said}");
    let found: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(found["schema"], "treatyline/datum/v1");
    let first = &found["readings"][0];
    assert_eq!(first["name"], "WGS 84, latitude before longitude", "{found}");
    assert!(first["distance_m"].as_f64().unwrap() < 0.01 && first["fit"] == "fits");
}

#[test]
fn what_is_the_same_is_one_answer_and_a_line_elsewhere_fails() {
    let (exit, text, _) = run(&[&segments()]);
    assert_eq!(exit, Some(0));
    assert!(text.contains("is in WGS 84, or in GSK-2011 (EPSG:7683)"), "{text}");
    let other = repository("tests/data/course/line.geojson");
    let (exit, text, _) = run(&[other.to_str().unwrap()]);
    assert_eq!(exit, Some(1), "{text}");
    assert!(text.contains("No reading of"), "{text}");
}
