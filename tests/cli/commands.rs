//! The command line: what each command answers, and with which exit code.

use std::path::Path;
use std::process::Output;

use crate::common::{Variant, shared, treatyline};
use serde_json::Value;

const COMMANDS: [&str; 8] =
    ["report", "check", "compare", "resolution", "export", "points", "completions", "man"];

fn run(arguments: &[&str]) -> Output {
    treatyline().args(arguments).output().unwrap()
}

/// The standard output of a command, which must end with this exit code and an empty standard
/// error.
fn output_of(arguments: &[&str], code: i32) -> String {
    let run = run(arguments);
    let stderr = String::from_utf8(run.stderr).unwrap();
    assert_eq!((run.status.code(), stderr.as_str()), (Some(code), ""), "{arguments:?}");
    String::from_utf8(run.stdout).unwrap()
}

fn json(arguments: &[&str], code: i32) -> Value {
    let arguments = [arguments, &["--format", "json"]].concat();
    serde_json::from_str(&output_of(&arguments, code)).unwrap()
}

/// The finding of this id: severity, verdict, explanation.
fn finding<'a>(document: &'a Value, id: &str) -> [&'a str; 3] {
    let findings = document["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["id"] == id).unwrap();
    ["severity", "verdict", "explanation"].map(|key| finding[key].as_str().unwrap())
}

fn total_m(report: &Value) -> f64 {
    report["lengths"]["total_m"].as_f64().unwrap()
}

fn measured(line: &Path, code: i32) -> Value {
    json(&["report", "--line", line.to_str().unwrap()], code)
}

#[test]
fn without_a_command_the_usage_is_shown() {
    let run = run(&[]);
    let stderr = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2), "{stderr}");
    assert!(
        run.stdout.is_empty() && stderr.contains("Usage: treatyline [OPTIONS] <COMMAND>"),
        "{stderr}"
    );
}

#[test]
fn the_number_of_threads_does_not_show() {
    for command in [&["report"][..], &["measure", "data/china-kazakhstan/segments.geojson"]] {
        let default = output_of(command, 0);
        for threads in ["1", "3"] {
            let limited = [command, &["--threads", threads]].concat();
            assert_eq!(output_of(&limited, 0), default, "{limited:?}");
        }
    }
}

#[test]
fn arguments_nobody_knows_are_refused_with_the_usage() {
    for arguments in [
        &["measure"][..],
        &["check", "--colour"],
        &["check", "--threads", "0"],
        &["check", "--threads", "many"],
        &["check", "--format", "yaml"],
        &["check", "--line-accuracy", "5"],
        &["check", "--line", "x", "--line-accuracy", "near"],
        &["check", "--line", "x", "--line-accuracy"],
        &["export"],
        &["export", "maps"],
        &["export", "map", "--width", "10"],
        &["export", "segments", "--theme", "dark"],
        &["points", "--line", "x"],
        &["report", "one", "two"],
    ] {
        let run = run(arguments);
        let stderr = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{arguments:?}: {stderr}");
        assert!(run.stdout.is_empty(), "{arguments:?}");
        assert!(stderr.contains("--help"), "{arguments:?}: {stderr}");
    }
}

#[test]
fn help_and_version_are_to_be_had() {
    assert!(output_of(&["--version"], 0).starts_with("treatyline 0."));
    for arguments in [&["--help"][..], &["-h"], &["help"], &["help", "check"]] {
        assert!(output_of(arguments, 0).contains("Usage: treatyline"), "{arguments:?}");
    }
    for command in COMMANDS {
        let help = output_of(&[command, "--help"], 0);
        assert!(help.contains(&format!("Usage: treatyline {command}")), "{command}: {help}");
        let short = output_of(&[command, "-h"], 0);
        // Where there are many choices, the long help explains each of them.
        let explains = !["completions", "man"].contains(&command);
        let shorter = short.lines().count() < help.lines().count();
        assert_eq!(shorter, explains, "{command} -h");
    }
}

#[test]
fn nothing_in_the_dossier_is_inconsistent_as_an_error() {
    assert!(output_of(&["check"], 0).contains("length/total"));
    let document = json(&["check"], 0);
    assert_eq!(document["schema"], "treatyline/findings/v1");
    let [severity, verdict, _] = finding(&document, "length/total");
    assert_eq!([severity, verdict], ["error", "consistent"]);
}

#[test]
fn strictness_fails_on_what_is_open() {
    assert_eq!(
        output_of(&["check", "--strict"], 1),
        output_of(&["check"], 0),
        "only the exit code differs"
    );
    output_of(&["report", "--strict"], 1);
}

#[test]
fn a_governing_figure_the_line_excludes_is_an_error() {
    let directory = Variant::embedded().with("figures.toml", "1,782.75", "1,999.99").directory();
    let dossier = ["--dossier", directory.path().to_str().unwrap()];
    for command in ["check", "report"] {
        let document = json(&[&[command][..], &dossier].concat(), 1);
        let [severity, verdict, why] = finding(&document, "length/total");
        assert_eq!([severity, verdict], ["error", "inconsistent"], "{command}");
        assert!(why.contains("too short against the published 1,999.99 km"), "{command}: {why}");
        // Land and water no longer make up the whole.
        let [severity, verdict, _] = finding(&document, "closure/land-and-water");
        assert_eq!([severity, verdict], ["error", "inconsistent"], "{command}");
    }
    let text = output_of(&[&["check"][..], &dossier].concat(), 1);
    assert!(text.contains("✗ length/total (inconsistent, error)"), "{text}");
}

#[test]
fn report_and_check_agree() {
    let (report, check) = (json(&["report"], 0), json(&["check"], 0));
    assert_eq!(report["findings"], check["findings"]);
    let text = output_of(&["check"], 0);
    for finding in check["findings"].as_array().unwrap() {
        let id = finding["id"].as_str().unwrap();
        assert!(text.contains(id), "{id} is missing in the text");
    }
}

#[test]
fn a_coarser_line_falls_short_and_is_undecided() {
    let Some(line) = shared("data/lines/natural_earth_10m.geojson") else { return };
    let report = measured(&line, 0);
    let [severity, verdict, why] = finding(&report, "length/total");
    assert_eq!([severity, verdict], ["error", "undecided"], "{why}");
    assert!(why.contains("too coarse for a verdict: its points may be off by 5,000 m"), "{why}");
    let short_m = 1_782_750.0 - total_m(&report);
    assert!(short_m > 100_000.0, "short by {short_m} m");
    assert!(why.contains("too short against the published 1,782.75 km"), "{why}");
    assert_eq!(report["line"]["is_own"], false);
}

#[test]
fn the_source_of_the_dossiers_line_is_as_long_as_it() {
    let Some(line) = shared("data/lines/us_state.geojson") else { return };
    let length_m = total_m(&measured(&line, 0));
    assert!((length_m - 1_811_000.0).abs() < 100.0, "{length_m} m");
}

#[test]
fn a_line_drawn_backwards_is_as_long_and_the_report_says_so() {
    let segments = crate::common::repository("data/china-kazakhstan/segments.geojson");
    let text = std::fs::read_to_string(&segments).unwrap();
    let mut collection: Value = serde_json::from_str(&text).unwrap();
    let features = collection["features"].as_array_mut().unwrap();
    features.reverse();
    for feature in features {
        feature["geometry"]["coordinates"].as_array_mut().unwrap().reverse();
    }
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("backwards.geojson");
    std::fs::write(&path, collection.to_string()).unwrap();
    let (forwards, backwards) = (measured(&segments, 0), measured(&path, 0));
    let off_m = (total_m(&forwards) - total_m(&backwards)).abs();
    assert!(off_m < 0.001, "{off_m} m");
    let [severity, verdict, why] = finding(&backwards, "topology/orientation");
    assert_eq!([severity, verdict], ["note", "inconsistent"], "{why}");
    assert!(why.contains("turned round before anything was measured"), "{why}");
    assert_eq!(finding(&backwards, "length/total")[1], finding(&forwards, "length/total")[1]);
}

#[test]
fn a_line_from_standard_input_is_measured_like_a_file() {
    let segments = crate::common::repository("data/china-kazakhstan/segments.geojson");
    let read = std::fs::read(&segments).unwrap();
    let arguments = ["report", "--line", "-", "--format", "json"];
    let run = treatyline().args(arguments).write_stdin(read).output().unwrap();
    assert_eq!(run.status.code(), Some(0));
    let report: Value = serde_json::from_slice(&run.stdout).unwrap();
    let from_file = measured(&segments, 0);
    assert_eq!(report["lengths"], from_file["lengths"]);
    assert_eq!(report["findings"], from_file["findings"]);
    assert_eq!(report["line"]["origin"], "standard input");
}

#[test]
fn the_points_are_listed_on_wgs_84_without_any_operation() {
    let list = json(&["points"], 0);
    assert_eq!(list["schema"], "treatyline/points/v1");
    assert_eq!(list["operations"].as_array().unwrap().len(), 0);
    let north = &list["points"][0];
    assert_eq!((&north["x"], &north["y"]), (&87.286_065.into(), &49.115_793.into()));
    assert!(output_of(&["points"], 0).contains("tripoint-north"));
}

/// A line of two positions in 15 systems, by pyproj with the length between them
/// (`scripts/make_projections.py lines`).
#[cfg(not(feature = "proj"))]
#[test]
fn without_proj_projections_of_wgs84_are_measured_and_the_rest_names_the_feature() {
    let directory = tempfile::tempdir().unwrap();
    let measured = |system: &str, positions: &str| {
        let path = directory.path().join("line.geojson");
        let text = format!("{{\"type\":\"LineString\",\"coordinates\":{positions}}}");
        std::fs::write(&path, text).unwrap();
        let run = run(&["measure", path.to_str().unwrap(), "--crs", system, "--format", "json"]);
        let said = String::from_utf8(run.stderr).unwrap();
        (run.status.code(), serde_json::from_slice::<Value>(&run.stdout).unwrap_or_default(), said)
    };
    let table = include_str!("../data/formats/lines_in_systems.txt");
    let mut number = 0;
    for line in table.lines() {
        let [system, positions, length_m] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let (exit, document, said) = measured(system, positions);
        assert_eq!(exit, Some(0), "{system}: {said}");
        let found = document["features"][0]["length_m"].as_f64().unwrap();
        assert!((found - length_m.parse::<f64>().unwrap()).abs() < 2e-3, "{system}: {found}");
        let operation = &document["operations"][0];
        let chosen_by = if system.starts_with("EPSG:45") { "realisation" } else { "not-needed" };
        assert_eq!(operation["chosen_by"], chosen_by, "{operation}");
        number += 1;
    }
    assert_eq!(number, 15);
    for system in ["EPSG:28415", "ESRI:102025", "EPSG:25832", "+proj=robin +datum=WGS84"] {
        let (exit, _, said) = measured(system, "[[500000,5000000],[600000,5100000]]");
        assert_eq!(exit, Some(2), "{system}: {said}");
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("build with the feature `proj`, or convert it"), "{system}: {said}");
    }
    let (exit, _, said) = measured("EPSG:32644", "[[80,45],[81,46]]");
    assert_eq!(exit, Some(2), "{said}");
    assert!(said.contains("degrees that were never projected"), "{said}");
}

#[cfg(not(feature = "proj"))]
#[test]
fn without_proj_other_systems_are_refused_and_tripoints_skipped() {
    for arguments in [
        &["points", "--crs", "EPSG:28415"][..],
        &["points", "--operation", "EPSG:1291"],
        &["points", "--crs", "EPSG:28415", "--operation", "EPSG:1291"],
    ] {
        let run = run(arguments);
        assert_eq!(run.status.code(), Some(2), "{arguments:?}");
        let stderr = String::from_utf8(run.stderr).unwrap();
        assert_eq!(stderr, "treatyline: built without PROJ; build with the feature `proj`\n");
    }
    let document = json(&["check"], 0);
    for id in ["tripoint/north/coordinates", "tripoint/north/line-end", "tripoint/south/line-end"] {
        let [_, verdict, why] = finding(&document, id);
        assert_eq!(verdict, "skipped", "{id}");
        assert!(why.contains("built without PROJ"), "{id}: {why}");
    }
}
