//! The ending of a file's name chooses the format, for every command alike.

use std::fs;

use crate::common::{Variant, treatyline};

const LINE: &str = r#"{"type":"LineString","coordinates":[[82,46],[82,45]]}"#;
const BORDER: &str = r#"{"type":"Feature","properties":{"cc1":"A","cc2":"B"},
    "geometry":{"type":"LineString","coordinates":[[82,46],[82,45]]}}"#;

/// Runs each command with a file of this name, and returns the content of the file, or the
/// message.
fn written(command: &str, name: &str) -> Result<Vec<u8>, String> {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("line.geojson"), LINE).unwrap();
    fs::write(path("border.geojson"), BORDER).unwrap();
    let dossier = Variant::freedonia().directory();
    let output = path(name);
    let files = match command {
        "compare" => vec![path("line.geojson"), path("line.geojson")],
        "measure" => vec![path("line.geojson")],
        "survey" => vec![path("border.geojson")],
        _ => vec!["--dossier".to_owned(), dossier.path().to_str().unwrap().to_owned()],
    };
    let run =
        treatyline().args(command.split(' ')).args(files).args(["-o", &output]).output().unwrap();
    let stderr = String::from_utf8(run.stderr).unwrap();
    if run.status.code() == Some(2) {
        assert!(!fs::exists(&output).unwrap(), "{command} {name}: {stderr}");
        return Err(stderr);
    }
    Ok(fs::read(output).unwrap())
}

#[test]
fn the_ending_of_a_name_chooses_the_format() {
    for (command, name, begins) in [
        ("report", "x.html", "<!DOCTYPE html>"),
        ("report", "x.HTM", "<!DOCTYPE html>"),
        ("report", "x.md", "# Freedonia"),
        ("report", "x.json", "{\n  \"schema\": \"treatyline/report/v1\""),
        ("report", "x.csv", "finding,"),
        ("report", "x.txt", "Freedonia–Sylvania boundary\n═"),
        ("report", "x", "Freedonia–Sylvania boundary\n═"),
        ("check", "x.xml", "<?xml"),
        ("check", "x.sarif", "{\n"),
        ("resolution", "x.svg", "<svg"),
        ("points", "x.json", "{\n"),
        ("measure", "x.csv", "of,file,"),
        ("survey", "x.html", "<!DOCTYPE html>"),
        ("compare", "x.html", "<!DOCTYPE html>"),
        ("compare", "x.geojson", "{\n\"type\": \"FeatureCollection\""),
        ("export segments", "x.ndjson", "{\"type\":\"Feature\""),
        ("export map", "x.svg", "<svg"),
        ("export figures", "x.csv", "id,"),
    ] {
        let written = written(command, name).unwrap();
        let written = String::from_utf8(written).unwrap();
        let start: String = written.chars().take(60).collect();
        assert!(written.starts_with(begins), "{command} -o {name}: {start}");
    }
}

#[test]
fn a_name_that_promises_something_else_is_refused() {
    for (command, name, names) in [
        ("report", "x.pdf", "text, markdown, html, json or csv"),
        ("check", "x.html", "text, json, csv, junit or sarif"),
        ("compare", "x.xlsx", "text, json, html, geojson"),
        ("export segments", "x.shp", "geojson, geojsonl, flatgeobuf"),
        ("export map", "x.jpg", "svg or png"),
        ("export figures", "x.xlsx", "csv"),
        ("points", "x.pdf", "text or json"),
    ] {
        let complaint = written(command, name).unwrap_err();
        let says = format!("{name}: its ending names no format that this command writes");
        assert!(complaint.contains(&says), "{complaint}");
        assert!(complaint.contains(&format!("--format {names}")), "{complaint}");
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
    }
}

#[test]
fn geodata_of_the_points_come_from_another_command() {
    let complaint = written("points", "x.geojson").unwrap_err();
    let says = "x.geojson: the list of points is text or json; write them as geodata with \
                treatyline export points, or give --format text or json\n";
    assert!(complaint.ends_with(says), "{complaint}");
    assert!(written("export points", "x.geojson").is_ok());
}

#[test]
fn an_option_goes_before_the_name() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("x.pdf");
    let run = treatyline().args(["points", "--format", "json", "-o"]).arg(&path).output().unwrap();
    assert_eq!(run.status.code(), Some(0));
    assert!(fs::read_to_string(path).unwrap().starts_with('{'));
}
