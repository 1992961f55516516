//! Exports in every format: the messages, and the content.

use std::fs;
use std::path::Path;

use crate::common::{Variant, treatyline};
use serde_json::Value;

const LAYERS: [&str; 4] = ["segments", "points", "sectors", "line"];

/// Runs a command; its exit code, standard output and standard error.
fn run(arguments: &[&str]) -> (i32, Vec<u8>, String) {
    let run = treatyline().args(arguments).output().unwrap();
    (run.status.code().unwrap(), run.stdout, String::from_utf8(run.stderr).unwrap())
}

fn output_of(arguments: &[&str]) -> Vec<u8> {
    let (code, stdout, stderr) = run(arguments);
    assert_eq!((code, stderr.as_str()), (0, ""), "{arguments:?}");
    stdout
}

fn refused(arguments: &[&str]) -> String {
    let (code, stdout, stderr) = run(arguments);
    assert_eq!((code, stdout.len()), (2, 0), "{arguments:?}: {stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    stderr
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_slice(&output_of(arguments)).unwrap()
}

fn path_in(directory: &tempfile::TempDir, name: &str) -> String {
    directory.path().join(name).to_str().unwrap().to_owned()
}

/// Whether a format is in this build, and how its files begin.
fn formats() -> Vec<(&'static str, &'static str, bool, &'static [u8])> {
    vec![
        ("geojson", "geojson", true, b"{\n\"type\": \"FeatureCollection\""),
        ("geojsonl", "ndjson", true, b"{\"type\":\"Feature\""),
        ("flatgeobuf", "fgb", cfg!(feature = "flatgeobuf"), b"fgb\x03fgb"),
        ("gpkg", "gpkg", cfg!(feature = "geopackage"), b"SQLite format 3\0"),
        ("kml", "KML", true, b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml"),
        ("csv", "csv", true, b"id,"),
        ("geoparquet", "parquet", cfg!(feature = "geoparquet"), b"PAR1"),
    ]
}

#[test]
fn every_layer_is_written_in_every_format_that_is_built_in() {
    let dossier = Variant::freedonia().directory();
    let dossier = dossier.path().to_str().unwrap();
    for layer in LAYERS {
        for (format, ending, built_in, magic) in formats() {
            let arguments = ["export", layer, "--dossier", dossier, "--format", format];
            if !built_in {
                let message = refused(&arguments);
                assert!(message.contains("is not built in; build with the feature `"), "{message}");
                continue;
            }
            let printed = output_of(&arguments);
            assert!(printed.starts_with(magic), "{layer}, {format}");
            assert!(printed == output_of(&arguments), "{layer}, {format}: differs from run to run");
            // The ending of the name chooses the same format.
            let directory = tempfile::tempdir().unwrap();
            let path = path_in(&directory, &format!("out.{ending}"));
            assert!(output_of(&["export", layer, "--dossier", dossier, "-o", &path]).is_empty());
            assert!(fs::read(&path).unwrap() == printed, "{layer}, {ending}");
        }
    }
}

#[test]
fn a_format_that_does_not_fit_is_refused_with_those_that_do() {
    for (arguments, says) in [
        (["export", "figures", "--format", "kml"], "cannot be written as kml; give --format csv\n"),
        (["export", "map", "--format", "geojson"], "as geojson; give --format svg or png\n"),
        (["export", "line", "--format", "svg"], "as svg; give --format geojson, geojsonl, "),
        (
            ["export", "figures", "-o", "figures.fgb"],
            "give FILE another ending, or give --format csv",
        ),
        (["export", "map", "--decimals", "3"], "--decimals is for geodata: leave it out here"),
        (["export", "line", "--theme", "dark"], "--theme is for export map: leave it out here"),
    ] {
        let message = refused(&arguments);
        assert!(message.contains(says), "{message}");
    }
    let (code, _, stderr) = run(&["export", "line", "--decimals", "16"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("give a number of decimals from 0 to 15, or full"), "{stderr}");
}

#[test]
fn existing_files_are_overwritten_with_force_only() {
    let directory = tempfile::tempdir().unwrap();
    let path = path_in(&directory, "out");
    for arguments in [&["export", "line"][..], &["points"], &["check"], &["report"], &["man"]] {
        fs::write(&path, "mine").unwrap();
        let given = [arguments, &["-o", &path]].concat();
        let message = refused(&given);
        let says = "cannot be written: there is such a file already; give --force to replace it, ";
        assert!(message.contains(says), "{message}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine", "{arguments:?}");
        output_of(&[&given[..], &["--force"]].concat());
        assert_ne!(fs::read_to_string(&path).unwrap(), "mine", "{arguments:?}");
    }
    // Writing to a device destroys nothing, so it needs no --force.
    #[cfg(unix)]
    output_of(&["points", "-o", "/dev/null"]);
}

#[test]
fn a_wrong_input_does_not_cost_the_file_that_is_there() {
    let directory = tempfile::tempdir().unwrap();
    let path = path_in(&directory, "out");
    fs::write(&path, "mine").unwrap();
    refused(&["export", "line", "--line", "nowhere.geojson", "-o", &path, "--force"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
}

#[test]
fn rounding_is_stated_wherever_there_is_a_place_for_it() {
    let dossier = Variant::freedonia().directory();
    let dossier = dossier.path().to_str().unwrap();
    let with = |more: &[&'static str]| {
        let all = [&["export", "line", "--dossier", dossier][..], more].concat();
        run(&all)
    };
    let (_, stdout, stderr) = with(&["--decimals", "1"]);
    let rounded: Value = serde_json::from_slice(&stdout).unwrap();
    assert_eq!((stderr.as_str(), &rounded["precision"]["decimals"]), ("", &Value::from(1)));
    let moved_m = rounded["precision"]["moved_m"].as_f64().unwrap();
    assert!(moved_m > 0.0 && moved_m < 11_200.0, "{moved_m}");
    // A format without a place for it: on standard error.
    let (code, _, stderr) = with(&["--decimals", "1", "--format", "csv"]);
    let says = format!("moved coordinates by up to {moved_m} m; CSV has no place to say so");
    assert!(code == 0 && stderr.contains(&says), "{stderr}");
    let (_, kml, stderr) = with(&["--decimals", "1", "--format", "kml"]);
    assert_eq!(stderr, "");
    let says = format!("precision: {{\"decimals\":1,\"moved_m\":{moved_m}}}");
    let kml = String::from_utf8(kml).unwrap().replace("&quot;", "\"");
    assert!(kml.contains(&says), "{kml}");
    // Without rounding there is nothing to state.
    let (_, stdout, stderr) = with(&["--decimals", "full"]);
    let full: Value = serde_json::from_slice(&stdout).unwrap();
    assert_eq!((stderr.as_str(), full.get("precision")), ("", None));
}

#[test]
fn segments_that_would_lose_their_shape_are_named_and_go_on_joining() {
    let (code, stdout, stderr) = run(&["export", "segments", "--decimals", "1"]);
    assert_eq!(code, 0);
    let says = "written in full, because 1 decimals would spoil the shape: ";
    assert!(stderr.contains(says) && stderr.contains(" more"), "{stderr}");
    let coarse: Value = serde_json::from_slice(&stdout).unwrap();
    let fine = json(&["export", "segments", "--decimals", "full"]);
    assert_eq!(coarse["features"], fine["features"], "one in full, all in full");
    let named = coarse["precision"]["in_full"].as_array().unwrap();
    assert_eq!(named.len(), fine["features"].as_array().unwrap().len());
}

#[test]
fn two_decimals_keep_segments_joined() {
    let line = json(&["export", "line", "--decimals", "2"]);
    let path = line["features"][0]["geometry"]["coordinates"].as_array().unwrap();
    assert!(path.iter().flat_map(|at| at.as_array().unwrap()).all(|degrees| {
        let text = degrees.to_string();
        text.split_once('.').is_none_or(|(_, behind)| behind.len() <= 2)
    }));
}

#[test]
fn rows_and_lines_hold_what_the_collection_holds() {
    for layer in LAYERS {
        let collection = json(&["export", layer]);
        let features = collection["features"].as_array().unwrap();
        // Vertices and licence are said on standard error.
        let (_, lines, _) = run(&["export", layer, "--format", "geojsonl"]);
        let lines: Vec<Value> = String::from_utf8(lines)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(&lines, features, "{layer}");
        let (_, table, _) = run(&["export", layer, "--format", "csv"]);
        let mut table = csv::Reader::from_reader(&*table);
        let header = table.headers().unwrap().clone();
        let rows: Vec<_> = table.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), features.len(), "{layer}");
        for (row, feature) in rows.iter().zip(features) {
            assert_eq!(&row[0], feature["id"].as_str().unwrap());
            for (name, value) in feature["properties"].as_object().unwrap() {
                let column = header.iter().position(|each| each == name).unwrap();
                let cell = &row[column];
                let read = if value.is_string() {
                    Value::from(cell)
                } else if value.is_f64() {
                    Value::from(cell.parse::<f64>().unwrap())
                } else {
                    serde_json::from_str(cell).unwrap()
                };
                assert_eq!(&read, value, "{layer}, {}: {name}", &row[0]);
            }
            let wkt = &row[header.len() - 1];
            let numbers = |text: &str| -> Vec<f64> {
                let number = |c: char| !(c.is_ascii_digit() || ".-".contains(c));
                text.split(number).filter_map(|part| part.parse().ok()).collect()
            };
            let coordinates = feature["geometry"]["coordinates"].to_string();
            assert_eq!(numbers(wkt), numbers(&coordinates), "{layer}, {}", &row[0]);
        }
    }
}

#[test]
fn a_comparison_goes_where_its_file_is_named_for() {
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str, corners: &str| {
        let path = path_in(&directory, name);
        let text = format!(r#"{{"type":"LineString","coordinates":[{corners}]}}"#);
        fs::write(&path, text).unwrap();
        path
    };
    // Across the antimeridian: the land between them is cut there.
    let old = file("old.geojson", "[179,10],[-179,10]");
    let new = file("new.geojson", "[179,10],[180,10.1],[-179,10]");
    let compare = |name: &str| {
        let to = path_in(&directory, name);
        output_of(&["compare", &old, &new, "--right", "Sylvania", "-o", &to]);
        fs::read(to).unwrap()
    };
    let collection: Value = serde_json::from_slice(&compare("out.geojson")).unwrap();
    assert_eq!(collection["features"][0]["geometry"]["type"], "MultiPolygon");
    let bbox: Vec<f64> = serde_json::from_value(collection["bbox"].clone()).unwrap();
    assert!(bbox[0] > bbox[2], "{bbox:?} does not cross");
    let document: Value = serde_json::from_slice(&compare("out.json")).unwrap();
    assert_eq!(document["schema"], "treatyline/comparison/v1");
    assert!(String::from_utf8(compare("out.txt")).unwrap().contains("LAND"));
    let kml = String::from_utf8(compare("out.kml")).unwrap();
    assert!(kml.contains("<name>comparison_polygons</name>"), "{kml}");
    assert!(Path::new(&path_in(&directory, "out.kml")).exists());
}

/// What is written reads back, in every format that is read: the same length of each
/// feature, under the same id, with the same attributes.
#[test]
fn what_is_written_is_measured_the_same_from_every_format() {
    let dossier = Variant::freedonia().directory();
    let dossier = dossier.path().to_str().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let export = |name: &str| {
        let path = path_in(&directory, name);
        output_of(&["export", "segments", "--dossier", dossier, "-o", &path]);
        path
    };
    let by_medium = |path: &str| {
        let measured = json(&["measure", path, "--by", "medium", "--format", "json"]);
        (measured["groups"].clone(), measured["total"].clone())
    };
    let geojson = by_medium(&export("segments.geojson"));
    assert!(geojson.0.as_array().is_some_and(|groups| groups.len() == 3), "{geojson:?}");
    for (ending, readable) in [
        ("geojsonl", true),
        ("kml", cfg!(feature = "kml")),
        ("fgb", cfg!(feature = "flatgeobuf")),
        ("gpkg", cfg!(feature = "geopackage")),
        ("parquet", cfg!(feature = "geoparquet")),
    ] {
        if readable {
            let path = export(&format!("segments.{ending}"));
            assert_eq!(by_medium(&path), geojson, "{ending}");
            let report = ["report", "--dossier", dossier, "--line", &path, "--format", "json"];
            let own = json(&["report", "--dossier", dossier, "--format", "json"]);
            assert_eq!(json(&report)["lengths"], own["lengths"], "{ending}: as the line");
        }
    }
}
