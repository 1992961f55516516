//! Impossible geometry is refused, in a dossier and in a line given with `--line`.

use std::fs;

use crate::refusal::{
    GONE, Wrong, changed, refused, refused_dossier, refused_once, refused_values,
};

const SEGMENTS: &str = "segments.geojson";
const POINTS: &str = "points.geojson";
const SECTORS: &str = "sectors.geojson";

/// Where the fault is put in a dossier: in the line of the Alkabek, seventh segment.
const PLACE: &str = "feature 7 `alkabek`";

#[test]
fn a_segment_is_a_line_string() {
    let wanted = "a LineString is wanted; change the geometry";
    for (found, raw) in [
        ("a Point", r#"{"type":"Point","coordinates":[80,45]}"#),
        ("a Polygon", r#"{"type":"Polygon","coordinates":[[[80,45],[81,45],[81,46],[80,45]]]}"#),
        (
            "a MultiLineString",
            r#"{"type":"MultiLineString","coordinates":[[[80,45],[81,45]],[[81,45],[82,45]]]}"#,
        ),
        ("MultiPoint", r#"{"type":"MultiPoint","coordinates":[[80,45],[81,45]]}"#),
        ("GeometryCollection", r#"{"type":"GeometryCollection","geometries":[]}"#),
        ("no geometry", "null"),
    ] {
        refused_values(&[(SEGMENTS, "alkabek", "/geometry", raw, &[PLACE, found, wanted])]);
    }
}

#[test]
fn a_point_is_a_point_and_a_sector_an_area() {
    let line = r#"{"type":"LineString","coordinates":[[80,45],[81,45]]}"#;
    let point = r#"{"type":"Point","coordinates":[80,45]}"#;
    let areas = "a Polygon, MultiPolygon or null is wanted";
    refused_values(&[
        (POINTS, "muztau", "/geometry", line, &["a LineString, a Point or null is wanted"]),
        (SECTORS, "xiaerxili", "/geometry", point, &["a Point", areas]),
        (SECTORS, "xiaerxili", "/geometry", line, &["a LineString", areas]),
    ]);
}

#[test]
fn what_is_no_geometry_at_all_is_refused() {
    for raw in [
        "7",
        "[]",
        "{}",
        r#"{"type":"Spline","coordinates":[]}"#,
        r#"{"type":"LineString"}"#,
        r#"{"type":"LineString","coordinates":7}"#,
    ] {
        let says: &[&str] = &[PLACE, "not a Feature", "correct it there"];
        refused_values(&[(SEGMENTS, "alkabek", "/geometry", raw, says)]);
    }
    let says: &[&str] = &[PLACE, "not a Feature"];
    refused_values(&[(SEGMENTS, "alkabek", "/type", "\"Fjord\"", says)]);
}

#[test]
fn a_position_that_is_no_numbers_did_not_name_its_vertex() {
    for (at, raw, echoed) in [
        ("1", "[80, null]", "[80,null]"),
        ("1", "[\"80\", \"45\"]", "[\"80\",\"45\"]"),
        ("0", "\"80, 45\"", "\"80, 45\""),
        ("2", "{\"lon\": 80}", "{\"lon\":80}"),
    ] {
        let vertex = format!("/geometry/coordinates/{at}");
        let place = format!("{PLACE}, vertex {}: ", at.parse::<usize>().unwrap() + 1);
        let says: &[&str] = &[&place, "a position must be numbers", echoed, "correct it there"];
        // The thinned line has only two vertices, so the third one is tested in a ring.
        if at == "2" {
            let ring =
                format!("{{\"type\":\"Polygon\",\"coordinates\":[[[80,45],[81,45],{raw}]]}}");
            refused_values(&[(
                SECTORS,
                "xiaerxili",
                "/geometry",
                &ring,
                &[", vertex 3: ", echoed],
            )]);
        } else {
            refused_values(&[(SEGMENTS, "alkabek", &vertex, raw, says)]);
        }
    }
    let point = "/geometry/coordinates";
    refused_values(&[(POINTS, "muztau", point, "[80, \"45\"]", &["a position must be numbers"])]);
}

#[test]
fn a_number_json_does_not_have_is_refused_with_line_and_column() {
    let vertex = "/geometry/coordinates/0";
    for (raw, says) in [
        ("NaN", "not JSON: JSON has no NaN, only finite numbers"),
        ("Infinity", "not JSON: JSON has no Infinity"),
        ("-Infinity", "not JSON: JSON has no Infinity"),
        ("1e999", "not JSON: number out of range"),
    ] {
        let raw = format!("[{raw}, 45]");
        refused_values(&[(SEGMENTS, "alkabek", vertex, &raw, &["line 1, column ", says])]);
    }
}

#[test]
fn a_position_off_the_earth_is_refused() {
    let vertex = "/geometry/coordinates/1";
    let hint = "give WGS 84 degrees, longitude before latitude";
    let line = "feature 7 `alkabek`, vertex 2: (";
    for (raw, value) in [
        ("[-580.5, 45]", "-580.5, 45) is out of range"),
        ("[80, 144]", "80, 144) is out of range"),
        ("[45, 91]", "45, 91) is out of range"),
        // Northing and easting in metres.
        ("[15520905, 5442595]", "15520905, 5442595) is out of range"),
    ] {
        refused_values(&[(SEGMENTS, "alkabek", vertex, raw, &[line, value, hint])]);
    }
    let beyond: &[&str] = &["`alkabek`, vertex 2: a longitude beyond ±180°", "correct it there"];
    refused_values(&[
        (SEGMENTS, "alkabek", vertex, "[280, 45]", beyond),
        (SEGMENTS, "alkabek", vertex, "[-180.5, 45]", beyond),
        (POINTS, "muztau", "/geometry/coordinates", "[47.1, 285.6]", &["(47.1, 285.6)", hint]),
        (SECTORS, "xiaerxili", "/properties/from", "[45.2, 182.1]", &["(45.2, 182.1)", hint]),
        (
            SECTORS,
            "xiaerxili",
            "/geometry",
            r#"{"type":"Polygon","coordinates":[[[80,45],[280,45],[81,46],[80,45]]]}"#,
            &["vertex 2", "a longitude beyond ±180°"],
        ),
    ]);
}

#[test]
fn a_position_of_one_number_is_refused() {
    let says: &[&str] = &["`alkabek`, vertex 2: ", "fewer than two", "correct it there"];
    refused_values(&[
        (SEGMENTS, "alkabek", "/geometry/coordinates/1", "[80]", says),
        (SEGMENTS, "alkabek", "/geometry/coordinates/1", "[]", says),
        (POINTS, "muztau", "/geometry/coordinates", "[80]", &["two or more", "correct it there"]),
    ]);
}

#[test]
fn a_line_has_two_different_vertices() {
    let says: &[&str] = &[PLACE, "a line without two different positions", "correct it there"];
    let line = "/geometry/coordinates";
    refused_values(&[
        (SEGMENTS, "alkabek", line, "[]", &[PLACE, "no geometry, a LineString is wanted"]),
        (SEGMENTS, "alkabek", line, "[[80,45]]", says),
        (SEGMENTS, "alkabek", line, "[[80,45],[80,45],[80,45]]", says),
    ]);
}

#[test]
fn a_ring_is_closed() {
    let says: &[&str] = &["a ring that is open", "correct it there"];
    let cases: [&str; 2] = [
        r#"{"type":"Polygon","coordinates":[[[80,45],[81,45],[81,46],[80,46]]]}"#,
        r#"{"type":"MultiPolygon","coordinates":[[[[80,45],[81,45],[81,46],[80,46]]]]}"#,
    ];
    refused_values(
        &cases.map(|raw| -> Wrong<'_> { (SECTORS, "xiaerxili", "/geometry", raw, says) }),
    );
    let collapsed = r#"{"type":"Polygon","coordinates":[[[80,45],[81,45],[80,45]]]}"#;
    let says: &[&str] = &["a ring without three different positions"];
    refused_values(&[(SECTORS, "xiaerxili", "/geometry", collapsed, says)]);
}

#[test]
fn a_feature_without_a_geometry_member_is_a_segment_without_a_line() {
    let case = "no geometry member";
    let variant = changed(SEGMENTS, "alkabek", "/geometry", GONE);
    refused_dossier(case, &variant, SEGMENTS, &[PLACE, "LineString"]);
}

/// Measures a line of this text, from a file.
fn refused_line(text: &str, says: &[&str]) {
    let case = format!("--line with {text:.80}");
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("line.geojson");
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    let arguments = ["check", "--dossier", SMALL, "--line", path];
    let message = refused_once(&case, &arguments, b"", says);
    assert!(message.starts_with(&format!("treatyline: {path}: ")), "{case}: {message}");
}

/// The dossier that lines are refused for.
const SMALL: &str = "tests/data/freedonia";

/// Each command reads a line by the same way, from a file and from standard input.
#[test]
fn each_command_refuses_the_same_line() {
    let text = r#"{"type":"LineString","coordinates":[[80,45],[580,45]]}"#;
    let says = &["feature 1, vertex 2: (580, 45) is out of range"];
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("line.geojson");
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    for command in [&["report"][..], &["check"], &["export", "line"]] {
        for (line, stdin, name) in [(path, "", path), ("-", text, "standard input")] {
            let arguments = [command, &["--dossier", SMALL, "--line", line]].concat();
            let message = refused(command[0], &arguments, stdin.as_bytes(), says);
            assert!(message.starts_with(&format!("treatyline: {name}: ")), "{message}");
        }
    }
}

#[test]
fn a_dossier_that_is_refused_leaves_no_file() {
    let variant = changed(SEGMENTS, "alkabek", "/geometry", "7");
    let directory = variant.directory();
    let path = directory.path().to_str().unwrap();
    for command in [&["check"][..], &["report"], &["export", "line"]] {
        let arguments = [command, &["--dossier", path]].concat();
        refused(command[0], &arguments, b"", &[PLACE, "not a Feature"]);
    }
}

#[test]
fn another_line_is_a_line() {
    let wanted = "a LineString or Polygon is wanted; change the geometry";
    for (text, says) in [
        (r#"{"type":"Point","coordinates":[80,45]}"#, &["feature 1: a Point", wanted][..]),
        (r#"{"type":"GeometryCollection","geometries":[]}"#, &["no line", wanted]),
        (r#"{"type":"FeatureCollection","features":[]}"#, &["no line", wanted]),
        (r#"{"type":"MultiLineString","coordinates":[]}"#, &["no line", wanted]),
        (r#"{"type":"Feature","properties":{},"geometry":null}"#, &["no line", wanted]),
        (r#"{"type":"LineString","coordinates":[]}"#, &["no line", wanted]),
        (r#"{"type":"LineString","coordinates":[[80,45]]}"#, &["no line", wanted]),
        (r#"{"type":"LineString","coordinates":[[80,45],[80,45]]}"#, &["no line", wanted]),
        (
            r#"{"type":"LineString","coordinates":[[80,45],[580,45]]}"#,
            &["feature 1, vertex 2: (580, 45) is out of range", "longitude before latitude"],
        ),
        (
            r#"{"type":"LineString","coordinates":[[45,80],[45,144]]}"#,
            &["feature 1, vertex 2: (45, 144) is out of range", "longitude before latitude"],
        ),
        (
            r#"{"type":"LineString","coordinates":[[80,45],[NaN,45]]}"#,
            &["line 1, column 46: not JSON: JSON has no NaN", "correct it there"],
        ),
        (r#"{"type":"LineString","coordinates":[[80,45],[1e999,45]]}"#, &["line 1", "not JSON"]),
        (
            r#"{"type":"LineString","coordinates":[[80,45],["80","45"]]}"#,
            &["feature 1, vertex 2: a position must be numbers", "correct it there"],
        ),
        (
            r#"{"type":"LineString","coordinates":[[80,45],[80,46],[81,null]]}"#,
            &["feature 1, vertex 3: a position must be numbers", "[81,null]"],
        ),
        (
            r#"{"type":"LineString","crs":{"properties":{"name":"EPSG:4284"}},"coordinates":[]}"#,
            &["no line", wanted],
        ),
        (
            r#"{"type":"Feature","crs":{"properties":{"name":"EPSG:4284"}},"geometry":null}"#,
            &["no line", wanted],
        ),
    ] {
        refused_line(text, says);
    }
}

#[test]
fn another_line_is_json_of_the_right_kind() {
    let wanted = "a GeoJSON FeatureCollection, Feature or geometry is wanted";
    for (text, says) in [
        ("", &["the file is empty"][..]),
        ("\u{feff} \r\n\t", &["the file is empty"]),
        ("garbage", &["in no format that can be read", "ogr2ogr"]),
        ("eighty (80 45, 81 45)", &["in no format that can be read"]),
        ("\"eighty", &["in no format that can be read"]),
        ("name,lon,lat", &["no line, a LineString or Polygon is wanted"]),
        ("80,45", &["in no format that can be read"]),
        ("[80", &["it breaks off"]),
        ("{\"type\":\n\"Feature\",", &["line 2, column ", "it breaks off"]),
        ("[]", &["JSON, but no object", wanted]),
        ("{}", &["an object without a type", wanted]),
        (r#"{"type":"Topologies"}"#, &["an object of type `Topologies`", wanted]),
        (r#"{"type":"FeatureCollection"}"#, &["without a list of features", wanted]),
    ] {
        refused_line(text, says);
    }
    refused_line(&"[".repeat(100_000), &["line 1, column ", "recursion limit"]);
}
