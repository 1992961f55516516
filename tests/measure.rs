//! `treatyline measure`: known lengths and areas, and what it refuses.

#![cfg(feature = "cli")]

mod common;
mod refusal;

use std::f64::consts::PI;
use std::fs;

use common::{repository, treatyline};
use refusal::refused;
use serde_json::{Value, json};
use treatyline::Dossier;

/// Standard output of a command that succeeds.
fn told(arguments: &[&str], stdin: &str) -> String {
    let run = treatyline().arg("measure").args(arguments).write_stdin(stdin).output().unwrap();
    let stderr = String::from_utf8(run.stderr).unwrap();
    assert_eq!((run.status.code(), stderr.as_str()), (Some(0), ""), "{arguments:?}");
    String::from_utf8(run.stdout).unwrap()
}

fn document(arguments: &[&str], stdin: &Value) -> Value {
    let arguments = [arguments, &["--format", "json"]].concat();
    serde_json::from_str(&told(&arguments, &stdin.to_string())).unwrap()
}

fn near(value: &Value, expected: f64, tolerance: f64) {
    let found = value.as_f64().unwrap();
    assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
}

fn feature(id: &str, kind: &str, coordinates: Value) -> Value {
    json!({"type": "Feature", "id": id, "properties": {"name": "a name"},
        "geometry": {"type": kind, "coordinates": coordinates}})
}

/// An octant of WGS 84: its edges are geodesics, its area is known in closed form.
fn octant(clockwise: bool) -> Value {
    let mut ring = [[0, 0], [90, 0], [0, 90], [0, 0]];
    if clockwise {
        ring.reverse();
    }
    json!([ring])
}

/// The area of WGS 84, m² (Moritz 2000, *J. Geodesy* 74:128–162, from a and f).
const ELLIPSOID_M2: f64 = 510_065_621_724_088.4;
/// A quarter of a meridian, from the same.
const QUADRANT_M: f64 = 10_001_965.729_312;

#[test]
fn known_lengths_and_areas_come_out() {
    let collection = json!({"type": "FeatureCollection", "features": [
        feature("meridian", "LineString", json!([[10, 0], [10, 90]])),
        feature("two", "MultiLineString", json!([[[0, 0], [1, 0]], [[5, 0], [6, 0]]])),
        feature("octant", "Polygon", octant(false)),
        feature("backwards", "Polygon", octant(true)),
        feature("post", "Point", json!([80, 45])),
        {"type": "Feature", "properties": {}, "geometry": null},
    ]});
    for method in ["series", "karney"] {
        let found = document(&["-", "--method", method], &collection);
        assert_eq!(found["schema"], "treatyline/measure/v1");
        assert_eq!(found["method"]["algorithm"], method);
        let features = &found["features"];
        let degree_m = 6_378_137.0 * PI / 180.0;
        near(&features[0]["length_m"], QUADRANT_M, 1e-3);
        near(&features[1]["length_m"], 2.0 * degree_m, 1e-3);
        for octant in [2, 3] {
            near(&features[octant]["area_m2"], ELLIPSOID_M2 / 8.0, 10.0);
            near(&features[octant]["perimeter_m"], 2.0 * QUADRANT_M + 90.0 * degree_m, 1e-3);
            assert!(features[octant]["length_m"].is_null());
        }
        assert_eq!(features[3]["clockwise_rings"], 1);
        for (i, kind) in ["line", "line", "polygon", "polygon", "point", "point"].iter().enumerate()
        {
            assert_eq!(features[i]["kind"], *kind);
            assert_eq!(features[i]["number"], i + 1);
        }
        assert!(features[4]["length_m"].is_null() && features[5]["area_m2"].is_null());
        near(&found["total"]["length_m"], QUADRANT_M + 2.0 * degree_m, 1e-3);
        near(&found["total"]["area_m2"], ELLIPSOID_M2 / 4.0, 20.0);
    }
}

#[test]
fn a_hole_is_taken_off() {
    let square = |low: f64, high: f64| {
        json!([[low, low], [high, low], [high, high], [low, high], [low, low]])
    };
    let of = |rings: Value| {
        let found = document(&["-"], &json!({"type": "Polygon", "coordinates": rings}));
        found["total"]["area_m2"].as_f64().unwrap()
    };
    let (whole, hole) = (of(json!([square(10.0, 11.0)])), of(json!([square(10.2, 10.4)])));
    let with_hole = of(json!([square(10.0, 11.0), square(10.2, 10.4)]));
    assert!((with_hole - (whole - hole)).abs() < 1.0, "{with_hole}");
}

#[test]
fn several_files_add_up() {
    let path = repository("data/china-kazakhstan/segments.geojson");
    let path = path.to_str().unwrap();
    let found = document(&[path, "-"], &json!({"type": "Point", "coordinates": [80, 45]}));
    let features = found["features"].as_array().unwrap();
    assert_eq!(features.len(), Dossier::embedded().segments.len() + 1);
    assert_eq!(features[0]["file"], path);
    assert_eq!(features.last().unwrap()["file"], "standard input");
    near(&found["total"]["length_m"], Dossier::embedded().line.length().value(), 1e-3);
    let text = told(&[path, "-"], r#"{"type":"Point","coordinates":[80,45]}"#);
    assert!(
        text.lines().any(|line| line.starts_with("  total ") && line.contains("1,811.0")),
        "{text}"
    );
}

#[test]
fn text() {
    let collection = json!({"type": "FeatureCollection", "features": [
        feature("meridian", "LineString", json!([[10, 0], [10, 1]])),
        feature("octant", "Polygon", octant(true)),
        {"type": "Feature", "properties": {"name": "by name"}, "geometry": null},
        {"type": "Feature", "properties": {}, "geometry": null},
    ]});
    insta::assert_snapshot!("text", told(&["-"], &collection.to_string()));
}

#[test]
fn it_goes_to_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("out.json");
    let line = r#"{"type":"LineString","coordinates":[[80,45],[80,46]]}"#;
    let arguments = ["-", "--format", "json", "-o", path.to_str().unwrap()];
    assert_eq!(told(&arguments, line), "");
    assert_eq!(fs::read_to_string(path).unwrap(), told(&["-", "--format", "json"], line));
}

#[test]
fn what_cannot_be_measured_is_refused() {
    let run = |text: &str, says: &str| {
        refused(text, &["measure", "-"], text.as_bytes(), &["standard input: ", says]);
    };
    run(r#"{"type":"LineString","coordinates":[[80,45]]}"#, "a line needs two vertices");
    run(r#"{"type":"LineString","coordinates":[[80,45],[280,45]]}"#, "vertex 2: (280, 45)");
    run(
        r#"{"type":"GeometryCollection","geometries":[]}"#,
        "a GeometryCollection, a LineString or Polygon is wanted",
    );
    run(r#"{"type":"Polygon","coordinates":[[[80,45],[81,45],[80,46]]]}"#, "a ring that is open");
    run("", "the file is empty");
    run("[1", "not JSON");
    refused("nowhere", &["measure", "nowhere.geojson"], b"", &["nowhere.geojson: there is no"]);
    let nothing = treatyline().arg("measure").output().unwrap();
    assert_eq!(nothing.status.code(), Some(2));
}
