//! `treatyline measure`: known lengths and areas, and what it refuses.

use std::f64::consts::PI;
use std::fs;

use crate::common::{repository, treatyline};
use crate::refusal::refused;
use serde_json::{Value, json};
use treatyline::Dossier;
use treatyline::geodesy::{Ellipsoid, Geodesic};

/// Standard output of a command that succeeds, and says no more than which features are empty.
fn output_of(arguments: &[&str], stdin: &str) -> String {
    let run = treatyline().arg("measure").args(arguments).write_stdin(stdin).output().unwrap();
    let stderr = String::from_utf8(run.stderr).unwrap();
    let other = stderr.lines().find(|said| !said.contains("no geometry, so there is nothing"));
    assert_eq!((run.status.code(), other), (Some(0), None), "{arguments:?}");
    String::from_utf8(run.stdout).unwrap()
}

fn document(arguments: &[&str], stdin: &Value) -> Value {
    let arguments = [arguments, &["--format", "json"]].concat();
    serde_json::from_str(&output_of(&arguments, &stdin.to_string())).unwrap()
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
        for (i, kind) in ["line", "line", "polygon", "polygon", "point", "none"].iter().enumerate()
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

/// Areas of polygons that overlap are added up, which was not said.
#[test]
fn polygons_that_overlap_are_named_with_their_place() {
    let square = |west: f64, south: f64| {
        json!([[
            [west, south],
            [west + 2.0, south],
            [west + 2.0, south + 2.0],
            [west, south + 2.0],
            [west, south]
        ]])
    };
    let both = |west: f64| json!({"type": "MultiPolygon", "coordinates": [square(10.0, 40.0), square(west, 41.0)]});
    let run = |shape: &Value| {
        let mut command = treatyline();
        command.args(["measure", "-", "--format", "json"]).write_stdin(shape.to_string());
        let run = command.output().unwrap();
        let said = String::from_utf8(run.stderr).unwrap();
        (serde_json::from_slice::<Value>(&run.stdout).unwrap(), said)
    };
    let (found, said) = run(&both(11.0));
    let ring = json!([[[11, 41], [12, 41], [12, 42], [11, 42], [11, 41]]]);
    let (common, _) = run(&json!({"type": "Polygon", "coordinates": ring}));
    let common_m2 = common["total"]["area_m2"].as_f64().unwrap();
    // Sides along a parallel are divided on the map and not where geodesics cross.
    near(&found["features"][0]["overlap"]["area_m2"], common_m2, common_m2 * 1e-3);
    assert_eq!(found["left_out"].as_array().map(Vec::len).unwrap_or_default(), 0);
    assert_eq!(found["fixes"][0]["kind"], "parts-overlap");
    assert!(said.contains("has polygons that overlap; what they have in common"), "{said}");
    let (apart, said) = run(&both(12.5));
    assert!(apart["features"][0]["overlap"].is_null() && said.is_empty(), "{said}");
    near(&found["total"]["area_m2"], apart["total"]["area_m2"].as_f64().unwrap(), 1.0);
    // As a country the two are one: its outline is that of both together.
    let outline = |shape: &Value| {
        let mut command = treatyline();
        command.args(["measure", "--line", "-", "--format", "json"]);
        let run = command.write_stdin(shape.to_string()).output().unwrap();
        let found: Value = serde_json::from_slice(&run.stdout).unwrap();
        (found["total"]["length_m"].as_f64().unwrap(), String::from_utf8(run.stderr).unwrap())
    };
    let (length_m, said) = outline(&both(11.0));
    assert!(said.contains("its outline is that of all of them together"), "{said}");
    let around: [[f64; 2]; 9] = [
        [10., 40.],
        [12., 40.],
        [12., 41.],
        [13., 41.],
        [13., 43.],
        [11., 43.],
        [11., 42.],
        [10., 42.],
        [10., 40.],
    ];
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    // The two places where they cross are on parallels, and geodesics between others bend elsewhere.
    assert!((length_m - geodesic.length(&around).unwrap().value()).abs() < 50.0, "{length_m}");
    assert_eq!(outline(&both(12.5)).1, "");
}

/// From 180° W to 180° E there is no way to go; such a line had a length of 0, and nothing said so.
#[test]
fn a_line_that_stays_at_one_place_is_left_out_and_named() {
    let kinds = |line: &Value| {
        let shape = json!({"type": "LineString", "coordinates": line}).to_string();
        let mut command = treatyline();
        let run = command.args(["measure", "-", "--format", "json"]).write_stdin(shape);
        let found: Value = serde_json::from_slice(&run.output().unwrap().stdout).unwrap();
        let left_out = found["left_out"].as_array().cloned().unwrap_or_default();
        left_out.iter().map(|fix| fix["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for line in
        [json!([[-180, 10], [180, 10]]), json!([[0, 90], [90, 90]]), json!([[80, 45], [80, 45]])]
    {
        assert_eq!(kinds(&line), ["line-collapsed"], "{line}");
    }
    for line in
        [json!([[-180, 10], [180, 11]]), json!([[179, 10], [-179, 10]]), json!([[0, 89], [90, 89]])]
    {
        assert!(kinds(&line).is_empty(), "{line}");
    }
}

#[test]
fn several_files_add_up() {
    let path = repository("data/china-kazakhstan/segments.geojson");
    let path = path.to_str().unwrap();
    let found = document(&[path, "-"], &json!({"type": "Point", "coordinates": [80, 45]}));
    let features = found["features"].as_array().unwrap();
    assert_eq!(features.len(), Dossier::embedded().segments().len() + 1);
    assert_eq!(features[0]["file"], path);
    assert_eq!(features.last().unwrap()["file"], "standard input");
    near(&found["total"]["length_m"], Dossier::embedded().line().length().value(), 1e-3);
    let text = output_of(&[path, "-"], r#"{"type":"Point","coordinates":[80,45]}"#);
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
    insta::assert_snapshot!("text", output_of(&["-"], &collection.to_string()));
}

#[test]
fn it_goes_to_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("out.json");
    let line = r#"{"type":"LineString","coordinates":[[80,45],[80,46]]}"#;
    let arguments = ["-", "--format", "json", "-o", path.to_str().unwrap()];
    assert_eq!(output_of(&arguments, line), "");
    assert_eq!(fs::read_to_string(path).unwrap(), output_of(&["-", "--format", "json"], line));
}

#[test]
fn what_cannot_be_measured_is_refused() {
    let run = |text: &str, says: &str| {
        refused(text, &["measure", "-"], text.as_bytes(), &["standard input: ", says]);
    };
    run(r#"{"type":"LineString","coordinates":[[80,45],[80,145]]}"#, "vertex 2: (80, 145)");
    run("", "the file is empty");
    run("[1", "it breaks off");
    refused("nowhere", &["measure", "nowhere.geojson"], b"", &["nowhere.geojson: there is no"]);
    let line = br#"{"type":"LineString","coordinates":[[80,45],[80,46]]}"#;
    let says = &["--by: no feature has an attribute `foo` with a value; name another"];
    refused("by", &["measure", "-", "--by", "foo"], line, says);
    let nothing = treatyline().arg("measure").output().unwrap();
    assert_eq!(nothing.status.code(), Some(2));
}

/// Three roads, a lake and a sign, in two files' worth of groups.
fn roads() -> Value {
    let line = |id: &str, properties: Value, east: f64| {
        json!({"type": "Feature", "id": id, "properties": properties,
            "geometry": {"type": "LineString", "coordinates": [[0, 0], [east, 0]]}})
    };
    json!({"type": "FeatureCollection", "features": [
        line("a", json!({"surface": "tar", "lanes": 2}), 1.0),
        line("b", json!({"surface": "mud, mostly", "lanes": 10}), 2.0),
        line("c", json!({"surface": "tar"}), 3.0),
        feature("lake", "Polygon", octant(true)),
        {"type": "Feature", "properties": {"surface": null}, "geometry":
            {"type": "GeometryCollection", "geometries": [
                {"type": "LineString", "coordinates": [[0, 0], [1, 0]]},
                {"type": "Polygon", "coordinates": octant(false)}]}},
    ]})
}

const DEGREE_M: f64 = 6_378_137.0 * PI / 180.0;

#[test]
fn features_add_up_by_an_attribute() {
    let found = document(&["-", "--by", "surface"], &roads());
    assert_eq!(found["by"], "surface");
    let groups = found["groups"].as_array().unwrap();
    let values: Vec<_> = groups.iter().map(|group| &group["value"]).collect();
    assert_eq!(values, [&json!("mud, mostly"), &json!("tar"), &Value::Null]);
    for (i, (count, degrees, octants)) in
        [(1, 2.0, 0.0), (2, 4.0, 0.0), (2, 1.0, 2.0)].iter().enumerate()
    {
        assert_eq!(groups[i]["count"], *count);
        near(&groups[i]["length_m"], degrees * DEGREE_M, 1e-3);
        near(&groups[i]["area_m2"], octants * ELLIPSOID_M2 / 8.0, 20.0);
    }
    assert_eq!(found["features"][1]["group"], "mud, mostly");
    assert_eq!(found["features"][4]["kind"], "mixed");
    assert_eq!(found["total"]["count"], 5);
    near(&found["total"]["length_m"], 7.0 * DEGREE_M, 1e-3);
    // Numbers are in the order of numbers.
    let found = document(&["-", "--by", "lanes"], &roads());
    let values: Vec<_> = found["groups"].as_array().unwrap().iter().map(|g| &g["value"]).collect();
    assert_eq!(values, [&json!(2), &json!(10), &Value::Null]);
    assert_eq!(document(&["-"], &roads())["groups"], json!([]));
}

#[test]
fn groups_as_text() {
    insta::assert_snapshot!("groups", output_of(&["-", "--by", "surface"], &roads().to_string()));
}

#[test]
fn a_summary_leaves_the_features_out() {
    let summary = document(&["-", "--by", "surface", "--summary"], &roads());
    let mut whole = document(&["-", "--by", "surface"], &roads());
    whole.as_object_mut().unwrap().remove("features");
    assert_eq!(summary, whole);
    let text = output_of(&["-", "--summary"], &roads().to_string());
    assert!(text.contains("total") && !text.contains("lake"), "{text}");
    let table = output_of(&["-", "--summary", "--format", "csv"], &roads().to_string());
    assert_eq!(table.lines().count(), 2, "{table}");
}

#[test]
fn csv_has_a_row_for_each_feature_group_and_the_total() {
    let text = output_of(&["-", "--by", "surface", "--format", "csv"], &roads().to_string());
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<std::collections::HashMap<String, String>> =
        table.deserialize().map(Result::unwrap).collect();
    let of: Vec<_> = rows.iter().map(|row| row["of"].as_str()).collect();
    let expected = [vec!["feature"; 5], vec!["group"; 3], vec!["total"]].concat();
    assert_eq!(of, expected);
    assert_eq!((&*rows[1]["id"], &*rows[1]["group"]), ("b", "mud, mostly"));
    assert_eq!((&*rows[3]["length_m"], &*rows[3]["kind"]), ("", "polygon"));
    let length: f64 = rows[8]["length_m"].parse().unwrap();
    assert!((length - 7.0 * DEGREE_M).abs() < 1e-3);
}

#[test]
fn text_lists_the_first_thousand() {
    let line = r#"{"type":"LineString","coordinates":[[80,45],[80,46]]}"#;
    let many = [line; 1234].join("\n");
    let text = output_of(&["-"], &many);
    assert!(text.contains("feature 1000 ") && !text.contains("feature 1001 "), "{text:.500}");
    assert!(text.contains("234 features more are not listed here"), "{text}");
    let found: Value = serde_json::from_str(&output_of(&["-", "--format", "json"], &many)).unwrap();
    assert_eq!(found["features"].as_array().unwrap().len(), 1234);
    near(
        &found["total"]["length_m"],
        1234.0 * found["features"][0]["length_m"].as_f64().unwrap(),
        1.0,
    );
}

#[test]
fn nothing_goes_out_when_the_last_feature_is_wrong() {
    let line = r#"{"type":"LineString","coordinates":[[80,45],[80,46]]}"#;
    let wrong = r#"{"type":"LineString","coordinates":[[80,45],[80,460]]}"#;
    let text = [&[line; 3000][..], &[wrong]].concat().join("\n");
    for format in ["text", "json", "csv"] {
        let says = &["standard input: feature 3001, vertex 2: (80, 460)"];
        refused(format, &["measure", "-", "--format", format], text.as_bytes(), says);
    }
}

#[test]
fn a_file_is_measured_as_one_line() {
    let line = json!({"type": "MultiLineString", "coordinates":
        [[[0, 0], [1, 0]], [[1, 0], [2, 0]], [[3, 0], [4, 0]]]});
    let found = document(&["--line", "-"], &line);
    let features = found["features"].as_array().unwrap();
    assert_eq!((features.len(), &features[0]["kind"]), (1, &json!("line")));
    near(&features[0]["length_m"], 3.0 * DEGREE_M, 1e-3);
    near(&found["total"]["length_m"], 3.0 * DEGREE_M, 1e-3);
    let joined = &found["line"];
    near(&joined["bridged_m"], 4.0 * DEGREE_M, 1e-3);
    assert_eq!((&joined["gaps"][0]["lon"], &joined["gaps"][0]["lat"]), (&json!(2.0), &json!(0.0)));
    near(&joined["gaps"][0]["width_m"], DEGREE_M, 1e-3);
    let text = output_of(&["--line", "-"], &line.to_string());
    assert!(text.contains("1 gap between its parts, not counted in its length"), "{text}");
}

#[test]
fn the_boundary_of_two_polygons_is_measured() {
    let areas = json!({"type": "FeatureCollection", "features": [
        feature("west", "Polygon", json!([[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]])),
        feature("east", "Polygon", json!([[[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]]])),
    ]});
    let found = document(&["--line", "-"], &areas);
    let edge = json!({"type": "LineString", "coordinates": [[1, 0], [1, 1]]});
    assert_eq!(found["total"]["length_m"], document(&["-"], &edge)["total"]["length_m"]);
    assert_eq!(found["line"]["snapping_deg"], 1e-7);
    assert_eq!(found["line"]["gaps"], json!([]));
    let text = output_of(&["--line", "-"], &areas.to_string());
    assert!(text.contains("to within 0.0000001°") && text.contains("join end to end"), "{text}");
}
