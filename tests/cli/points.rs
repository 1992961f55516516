//! `treatyline points` in other systems: the operation, its accuracy, and the units and axes of the
//! list.

#![cfg(feature = "proj")]

use crate::common::{Variant, treatyline};
use serde_json::Value;
use textwrap::core::display_width;

/// What the agreement of 5 May 1999 prints for the northern tripoint: X is the
/// northing, Y the easting with the zone's number before it.
const NORTH: (f64, f64) = (15_520_905.0, 5_442_595.0);

/// Half of their last digit.
const ROUNDING_M: f64 = 0.5;

/// Standard output and standard error of a list that is made.
fn outputs_of(arguments: &[&str]) -> (String, String) {
    let run = treatyline().arg("points").args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (stdout, stderr) = (text(run.stdout), text(run.stderr));
    assert_eq!(run.status.code(), Some(0), "{arguments:?}: {stderr}");
    (stdout, stderr)
}

fn json(arguments: &[&str]) -> (Value, String) {
    let (stdout, stderr) = outputs_of(&[arguments, &["--format", "json"]].concat());
    (serde_json::from_str(&stdout).unwrap(), stderr)
}

/// The message for a list that is refused; PROJ itself may write a line before it.
fn refused(arguments: &[&str]) -> String {
    let run = treatyline().arg("points").args(arguments).output().unwrap();
    assert_eq!(run.status.code(), Some(2), "{arguments:?}");
    assert!(run.stdout.is_empty(), "{arguments:?}");
    let stderr = String::from_utf8(run.stderr).unwrap();
    let message = stderr.lines().last().unwrap();
    assert!(message.starts_with("treatyline: "), "{arguments:?}: {stderr}");
    assert!(message.contains("; "), "{arguments:?}: no hint in {stderr}");
    message.to_owned()
}

fn point<'a>(list: &'a Value, id: &str) -> &'a Value {
    list["points"].as_array().unwrap().iter().find(|point| point["id"] == id).unwrap()
}

fn assert_at_the_printed_place(list: &Value) {
    let north = point(list, "tripoint-north");
    let (x, y) = (north["x"].as_f64().unwrap(), north["y"].as_f64().unwrap());
    assert!((x - NORTH.0).abs() <= ROUNDING_M && (y - NORTH.1).abs() <= ROUNDING_M, "{x}, {y}");
}

#[test]
fn the_treatys_own_coordinates_come_back_through_the_named_operation() {
    let arguments = ["--crs", "EPSG:28415", "--operation", "EPSG:1291"];
    let (list, stderr) = json(&arguments);
    assert_at_the_printed_place(&list);
    assert_eq!((&*stderr, &list["operation_by"]), ("", &"caller".into()));
    assert_eq!(list["operations"][0]["name"], "Pulkovo 1942 to WGS 84 (7)");
    assert_eq!(list["operations"][0]["code"], "EPSG:1291");
    assert_eq!(list["operations"][0]["accuracy_m"], 44.0);
    let (text, _) = outputs_of(&arguments);
    assert!(text.contains("EPSG:1291 Pulkovo 1942 to WGS 84 (7): ± 44 m; Kazakhstan"), "{text}");
}

#[test]
fn the_operation_made_for_russia_was_taken_though_the_dossier_names_another() {
    let (list, stderr) = json(&["--crs", "EPSG:28415"]);
    assert_at_the_printed_place(&list);
    assert_eq!((&*stderr, &list["operation_by"]), ("", &"dossier".into()));
    assert_eq!(list["operations"][0]["code"], "EPSG:1291");
    let (text, _) = outputs_of(&["--crs", "EPSG:28415"]);
    assert!(text.contains("The dossier names this operation."), "{text}");
    // The geographic system under it, which the operation leads to by itself.
    let (list, _) = json(&["--crs", "EPSG:4284"]);
    assert_eq!(list["operation_by"], "dossier");
}

#[test]
fn a_dossier_that_names_two_operations_leaves_the_choice_to_proj() {
    let points = "points.geojson";
    let text =
        std::fs::read_to_string(crate::common::repository("data/china-kazakhstan").join(points));
    let text = text.unwrap().replacen("EPSG:1291", "EPSG:1267", 1);
    let directory = Variant::embedded().with_file(points, &text).directory();
    let dossier = directory.path().to_str().unwrap();
    let (list, stderr) = json(&["--crs", "EPSG:28415", "--dossier", dossier]);
    assert_eq!(list["operation_by"], "proj");
    assert!(stderr.contains("EPSG:5044"), "{stderr}");
}

#[test]
fn what_proj_chooses_was_named_without_code_area_or_warning() {
    let arguments = ["--crs", "EPSG:20015"];
    let (text, stderr) = outputs_of(&arguments);
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    for says in ["warning", "PROJ chose EPSG:5043", "(± 1 m)", "name one with --operation"] {
        assert!(stderr.contains(says), "{says}: {stderr}");
    }
    assert!(text.contains("[1] EPSG:5043 Inverse of Pulkovo 1995 to WGS 84 (2)"), "{text}");
    assert!(text.contains("± 1 m") && text.contains("Russian Federation - onshore"), "{text}");
    assert!(text.contains("PROJ chose among the operations it knows"), "{text}");
}

#[test]
fn a_change_of_projection_alone_is_nobodys_choice() {
    for crs in ["EPSG:4326", "EPSG:32644", "OGC:CRS84"] {
        let (list, stderr) = json(&["--crs", crs]);
        assert_eq!((&*stderr, &list["operation_by"]), ("", &"nobody".into()), "{crs}");
    }
}

#[test]
fn points_outside_the_operations_area_of_use_were_not_flagged() {
    // A system and an operation made for France.
    let (list, _) = json(&["--crs", "EPSG:4807"]);
    let north = point(&list, "tripoint-north");
    assert_eq!((&north["outside"], &north["outside_operation"]), (&true.into(), &true.into()));
    let (text, _) = outputs_of(&["--crs", "EPSG:4807"]);
    assert!(text.contains("outside operation: not in its area of use"), "{text}");
    let row = text.lines().find(|line| line.contains("tripoint-north")).unwrap();
    assert!(row.ends_with("system, operation"), "{row}");
    // Kazakhstan's operation holds at both ends, zone 15 at the northern one only.
    let (list, _) = json(&["--crs", "EPSG:28415"]);
    let flags = |id: &str| {
        let point = point(&list, id);
        [&point["outside"], &point["outside_operation"]].map(|flag| flag.as_bool().unwrap())
    };
    assert_eq!(flags("tripoint-north"), [false, false]);
    assert_eq!(flags("tripoint-south"), [true, false]);
}

#[test]
fn us_feet_and_grads_were_printed_as_metres_and_degrees() {
    for (crs, titles, units) in [
        ("EPSG:2264", ["easting ftUS", "northing ftUS"], "US survey foot"),
        ("EPSG:2225", ["easting ftUS", "northing ftUS"], "US survey foot"),
        ("EPSG:4807", ["lon grad", "lat grad"], "grad"),
        ("EPSG:28415", ["easting m", "northing m"], "metre"),
        ("EPSG:4284", ["lon °", "lat °"], "degree"),
        ("EPSG:2048", ["westing m", "southing m"], "metre"),
    ] {
        let (text, _) = outputs_of(&["--crs", crs]);
        let head = text.lines().find(|line| line.trim_start().starts_with("point ")).unwrap();
        assert!(titles.iter().all(|title| head.contains(title)), "{crs}: {head}");
        let (list, _) = json(&["--crs", crs]);
        for axis in list["system"]["axes"].as_array().unwrap() {
            assert_eq!(axis["unit"], units, "{crs}");
        }
    }
    // The same place in feet and in metres: NAD83 / North Carolina, EPSG:2264 and 32119.
    let x = |crs: &str| point(&json(&["--crs", crs]).0, "tripoint-north")["x"].as_f64().unwrap();
    let (feet, metres) = (x("EPSG:2264"), x("EPSG:32119"));
    assert!((feet * 1200.0 / 3937.0 - metres).abs() < 0.02, "{feet} ft, {metres} m");
}

#[test]
fn geocentric_and_vertical_systems_were_listed_as_plane() {
    for (crs, kind) in [
        ("EPSG:4978", "is a geocentric system"),
        ("EPSG:5773", "is a vertical system"),
        ("EPSG:4979", "is a system of more than two axes"),
        ("EPSG:9518", "is a compound system"),
    ] {
        let message = refused(&["--crs", crs]);
        for says in [crs, kind, "give a geographic or projected system", "EPSG:28415"] {
            assert!(message.contains(says), "{crs}: {message}");
        }
    }
}

#[test]
fn what_proj_cannot_or_should_not_do_is_refused() {
    let system = ["PROJ knows no system", "give a code of its registry, as in EPSG:28415"];
    for (arguments, says) in [
        (&["--crs", "EPSG:4214"][..], ["ballpark", "name an operation instead"]),
        (&["--crs", "EPSG:999999"], system),
        (&["--crs", "nonsense"], system),
        (&["--crs", ""], system),
        (
            &["--crs", "EPSG:28415", "--operation", "EPSG:999999"],
            ["PROJ knows no operation EPSG:999999", "as in EPSG:1291"],
        ),
        (
            &["--crs", "EPSG:32644", "--operation", "EPSG:1291"],
            ["operation EPSG:1291 does not lead between WGS 84 and EPSG:32644", "name one that"],
        ),
    ] {
        let message = refused(arguments);
        assert!(says.iter().all(|what| message.contains(what)), "{arguments:?}: {message}");
    }
}

#[test]
fn the_head_of_the_list_was_wider_than_100_columns() {
    for crs in ["EPSG:4326", "EPSG:28415", "EPSG:32644", "EPSG:2264", "EPSG:4807", "EPSG:20015"] {
        for line in outputs_of(&["--crs", crs]).0.lines() {
            assert!(display_width(line) <= 100, "{crs}: {} columns: {line}", display_width(line));
        }
    }
}

#[test]
#[ignore = "PROJ says `crs not found` on standard error by itself, and the safe interface of the \
            proj crate can neither stop it nor look a code up without that"]
fn proj_keeps_quiet() {
    for (option, code) in [("--crs", "EPSG:999999"), ("--operation", "EPSG:999999")] {
        let run = treatyline().args(["points", option, code]).output().unwrap();
        let stderr = String::from_utf8(run.stderr).unwrap();
        assert_eq!(stderr.lines().count(), 1, "{option} {code}: {stderr}");
    }
}

#[test]
fn proj_keeps_quiet_when_its_environment_says_so() {
    let run = treatyline()
        .args(["points", "--crs", "EPSG:999999"])
        .env("PROJ_DEBUG", "0")
        .output()
        .unwrap();
    let stderr = String::from_utf8(run.stderr).unwrap();
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
}
