//! `treatyline compare`: what it answers, with which exit code, and what it refuses.

use std::path::PathBuf;
use std::process::Output;

use crate::common::{repository, shared, treatyline};
use crate::refusal::refused;
use serde_json::{Value, json};
use tempfile::TempDir;

const OLD: &str = r#"{"type":"LineString","coordinates":[[82,46],[82,45.5],[82,45]]}"#;
/// A triangle of land to the east of the old line.
const NEW: &str = r#"{"type":"LineString","coordinates":[[82,46],[82.1,45.5],[82,45]]}"#;
/// The same drawn the other way.
const TURNED: &str = r#"{"type":"LineString","coordinates":[[82,45],[82.1,45.5],[82,46]]}"#;

/// A directory with files of these texts, and their paths.
fn files<const N: usize>(texts: [&str; N]) -> (TempDir, [String; N]) {
    let directory = tempfile::tempdir().unwrap();
    let mut number = 0;
    let paths = texts.map(|text| {
        number += 1;
        let path: PathBuf = directory.path().join(format!("{number}.geojson"));
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    });
    (directory, paths)
}

fn run(arguments: &[&str]) -> Output {
    treatyline().arg("compare").args(arguments).output().unwrap()
}

/// The standard output of a command, which must end with this exit code and an empty standard
/// error.
fn output_of(arguments: &[&str], code: i32) -> String {
    let run = run(arguments);
    let stderr = String::from_utf8(run.stderr).unwrap();
    assert_eq!((run.status.code(), stderr.as_str()), (Some(code), ""), "{arguments:?}");
    String::from_utf8(run.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&output_of(&[arguments, &["--format", "json"]].concat(), 0)).unwrap()
}

#[test]
fn the_document_holds_what_it_promises() {
    let (_kept, [old, new]) = files([OLD, NEW]);
    let found = json(&[&old, &new, "--left", "China", "--right", "Kazakhstan"]);
    assert_eq!(found["schema"], "treatyline/comparison/v1");
    for pointer in [
        "/hausdorff/symmetric_m",
        "/hausdorff/from_old_m",
        "/hausdorff/from_new_m",
        "/hausdorff/at/from_old/old/lon",
        "/hausdorff/at/from_new/old/chainage_m",
        "/distance/from_old/mean_m",
        "/distance/from_new/p99_m",
        "/length/old_m",
        "/length/ratio",
        "/frechet/discrete_m",
        "/faces/0/area_m2",
        "/faces/0/lon",
        "/faces/0/chainage_m/from",
        "/faces/0/width_m/max",
        "/gains/0/significant/area_m2",
        "/ends/start/length_m",
    ] {
        let value = found.pointer(pointer).unwrap_or_else(|| panic!("{pointer}"));
        assert!(value.is_number(), "{pointer}: {value}");
    }
    // The new line runs east, on the left: the right side gains.
    assert_eq!(found["faces"][0]["gains"], "Kazakhstan");
    assert_eq!(found["faces"][0]["significant"], true);
    let [left, right] = [0, 1].map(|i| &found["gains"][i]);
    assert_eq!((&left["party"], &right["party"]), (&"China".into(), &"Kazakhstan".into()));
    assert_eq!(left["significant"]["area_m2"], 0.0);
    assert_eq!(right["significant"]["area_m2"], found["faces"][0]["area_m2"]);
    assert_eq!(found["transferred_m2"], found["faces"][0]["area_m2"]);
}

#[test]
fn a_line_drawn_the_other_way_is_turned_and_said() {
    let (_kept, [old, new, turned]) = files([OLD, NEW, TURNED]);
    let (there, back) = (json(&[&old, &new]), json(&[&old, &turned]));
    assert_eq!((&there["new_turned"], &back["new_turned"]), (&false.into(), &true.into()));
    for part in ["faces", "gains", "hausdorff", "length", "distance"] {
        assert_eq!(there[part], back[part], "{part}");
    }
    assert!(output_of(&[&old, &turned], 0).contains("turned round"));
}

#[test]
fn limits_decide_the_exit_code() {
    let (_kept, [old, new]) = files([OLD, NEW]);
    // 7.8 km at the widest, 435 km² of land.
    let too_far = "7,815.8 m apart, more than the 7000 m of --fail-above";
    for (limits, says) in [
        (&["--fail-above", "7000"][..], too_far),
        (&["--fail-above", "8000"], ""),
        (&["--fail-area", "434"], "change sides, more than the 434 km² of --fail-area"),
        (&["--fail-area", "436"], ""),
        (&["--fail-area", "0", "--fail-above", "9000"], "more than the 0 km² of --fail-area"),
        // Only noise: no significant land changes sides.
        (&["--fail-area", "0", "--accuracy", "5000"], ""),
        (&["--fail-area", "0", "--accuracy", "5000,100"], "km² of --fail-area"),
    ] {
        let run = run(&[&[old.as_str(), &new][..], limits].concat());
        let stderr = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(i32::from(!says.is_empty())), "{limits:?}");
        assert_eq!(stderr.lines().count(), usize::from(!says.is_empty()), "{limits:?}: {stderr}");
        assert!(stderr.contains(says), "{limits:?}: {stderr}");
    }
    output_of(&[&old, &old, "--fail-above", "0.001", "--fail-area", "0"], 0);
}

#[test]
fn what_only_one_line_has_fails_any_limit() {
    let whole = r#"{"type":"MultiLineString","coordinates":
        [[[80,45],[80.5,45.1],[81,45]],[[82,45],[82.1,45],[82.1,45.1],[82,45]]]}"#;
    let part = r#"{"type":"LineString","coordinates":[[80,45],[80.5,45.1],[81,45]]}"#;
    let (_folder, [whole, part]) = files([whole, part]);
    output_of(&[&whole, &part], 0);
    for limit in ["--fail-above", "--fail-area"] {
        let run = run(&[&whole, &part, limit, "1"]);
        let said = String::from_utf8(run.stderr).unwrap();
        assert!(
            run.status.code() == Some(1) && said.contains("only in one of the lines"),
            "{said}"
        );
    }
    // One that is shorter than the limit is no more than a line that is off by it.
    output_of(&[&whole, &part, "--fail-above", "1000000"], 0);
}

#[test]
fn either_line_may_come_from_standard_input() {
    let (_kept, [old, new]) = files([OLD, NEW]);
    let from_files = output_of(&[&old, &new, "--format", "geojson"], 0);
    let features: Value = serde_json::from_str(&from_files).unwrap();
    assert_eq!(features["type"], "FeatureCollection");
    for (arguments, text) in [(["-", new.as_str()], OLD), ([old.as_str(), "-"], NEW)] {
        let arguments = [&["compare"][..], &arguments, &["--format", "geojson"]].concat();
        let run = treatyline().args(&arguments).write_stdin(text).output().unwrap();
        assert_eq!(run.status.code(), Some(0));
        let read: Value = serde_json::from_slice(&run.stdout).unwrap();
        assert_eq!(read["features"], features["features"]);
    }
}

#[test]
fn the_output_file_holds_what_standard_output_would() {
    let (kept, [old, new]) = files([OLD, NEW]);
    let to = kept.path().join("out.txt");
    assert_eq!(output_of(&[&old, &new, "-o", to.to_str().unwrap()], 0), "");
    assert_eq!(std::fs::read_to_string(to).unwrap(), output_of(&[&old, &new], 0));
}

#[test]
fn two_areas_side_by_side_were_compared_without_a_hint() {
    let square = |west: f64, east: f64| {
        format!(
            r#"{{"type":"Polygon","coordinates":[[[{west},45],[{east},45],[{east},45.1],[{west},45.1],[{west},45]]]}}"#
        )
    };
    // A border, and another one that continues from its end.
    let on = r#"{"type":"LineString","coordinates":[[82,45],[82,44]]}"#;
    let (_kept, [area, moved, next, far, old, on]) = files([
        &square(80.0, 80.1),
        &square(80.03, 80.13),
        &square(80.1, 80.2),
        &square(80.3, 80.4),
        OLD,
        on,
    ]);
    let said = |one: &str, other: &str| {
        let run = run(&[one, other, "--format", "json"]);
        (run.status.code(), String::from_utf8(run.stderr).unwrap())
    };
    let (code, text) = said(&area, &next);
    assert_eq!(code, Some(0));
    assert!(text.contains("no land in common") && text.contains("--neighbours"), "{text}");
    let (code, text) = said(&old, &on);
    assert_eq!(code, Some(0));
    assert!(text.contains("hardly versions of one line"), "{text}");
    assert_eq!(said(&area, &moved), (Some(0), String::new()));
    let (code, text) = said(&area, &far);
    assert_eq!(code, Some(2));
    assert!(text.contains("half of each is more than") && text.contains("--neighbours"), "{text}");
}

#[test]
fn bad_input_is_refused_in_one_message() {
    const ELSEWHERE: &str = r#"{"type":"LineString","coordinates":[[2,46],[2,45]]}"#;
    const POINT: &str = r#"{"type":"Point","coordinates":[82,45]}"#;
    const OUTSIDE: &str = r#"{"type":"LineString","coordinates":[[82,46],[82,145]]}"#;
    let (_kept, [old, new, elsewhere, point, outside]) =
        files([OLD, NEW, ELSEWHERE, POINT, OUTSIDE]);
    let missing = "no-such-file.geojson";
    let cases: [(&str, &[&str], &[&str]); 11] = [
        (
            "two continents",
            &[&old, &elsewhere],
            &["do not belong together", "km across", "--neighbours", "1.geojson"],
        ),
        ("a point", &[&old, &point], &["a Point", "LineString", "4.geojson"]),
        ("out of range", &[&outside, &old], &["145", "5.geojson", "vertex 2"]),
        ("a missing file", &[&old, missing], &["no such file", missing]),
        ("both from stdin", &["-", "-"], &["standard input"]),
        ("no accuracy", &[&old, &new, "--accuracy", "0"], &["--accuracy is 0"]),
        ("a negative accuracy", &[&old, &new, "--accuracy", "5,-1"], &["--accuracy is -1"]),
        ("three accuracies", &[&old, &new, "--accuracy", "1,2,3"], &["3 values"]),
        ("a limit of nothing", &[&old, &new, "--fail-above", "NaN"], &["--fail-above is NaN"]),
        ("a negative limit", &[&old, &new, "--fail-area", "-1"], &["--fail-area is -1"]),
        ("a negative tolerance", &[&old, &new, "--tolerance", "-5"], &["--tolerance is -5"]),
    ];
    for (case, arguments, says) in cases {
        refused(case, &[&["compare"][..], arguments].concat(), b"", says);
    }
    let empty = ["compare", "-", new.as_str()];
    refused("nothing on standard input", &empty, b"", &["standard input", "empty"]);
}

#[test]
fn the_dossiers_own_line_is_that_of_its_source() {
    let Some(line) = shared("data/lines/us_state.geojson") else { return };
    let segments = crate::common::repository("data/china-kazakhstan/segments.geojson");
    let found = json(&[segments.to_str().unwrap(), line.to_str().unwrap()]);
    let apart = found["hausdorff"]["symmetric_m"].as_f64().unwrap();
    // It was thinned at 1 m.
    assert!(apart < 5.0, "{apart} m");
}

#[test]
fn no_line_of_the_text_is_wider_than_a_terminal() {
    let (_kept, [old, new]) = files([OLD, NEW]);
    let long = "The United Provinces of Somewhere Else";
    let text = output_of(&[&old, &new, "--left", long, "--right", long, "--accuracy", "100"], 0);
    let widest = text.lines().map(textwrap::core::display_width).max();
    assert!(widest <= Some(100), "{text}");
}

/// For a main line and an enclave the page draws two strokes each.
#[test]
fn the_page_draws_nothing_between_stretches() {
    let text = |east: f64| {
        let enclave = [(80.7, 45.5), (80.72, 45.5), (80.72, 45.51), (80.7, 45.5)];
        let enclave = enclave.map(|(lon, lat)| format!("[{},{lat}]", lon + east)).join(",");
        format!(r#"{{"type":"MultiLineString","coordinates":[[[80,45],[81,45]],[{enclave}]]}}"#)
    };
    let (_kept, [old, new]) = files([&text(0.0), &text(0.01)]);
    let page = output_of(&[&old, &new, "--format", "html"], 0);
    for class in ["old", "new"] {
        let begin = format!("<path class=\"{class}\" d=\"");
        let drawn = page.split(&begin).nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(drawn.matches('M').count(), 2, "{drawn}");
    }
}

/// A line, and the same in two stretches with a bend left out, and an enclave: nothing moved, and
/// every form says what only one line has.
#[test]
fn what_only_one_line_has_is_said_in_every_form() {
    let bend = "[80.5,45],[80.55,45.1],[80.6,45]";
    let whole = format!(
        r#"{{"type":"MultiLineString","coordinates":[[[80,45],{bend},[81,45]],
        [[80.7,45.5],[80.8,45.5],[80.8,45.6],[80.7,45.5]]]}}"#
    );
    let gapped = r#"{"type":"MultiLineString","coordinates":
        [[[80,45],[80.5,45]],[[80.6,45],[81,45]]]}"#;
    let (_kept, [old, new]) = files([gapped, &whole]);
    let found = json(&[&old, &new]);
    let number = |pointer: &str| found.pointer(pointer).unwrap().as_f64().unwrap();
    assert!(number("/hausdorff/symmetric_m") < 0.01 && number("/transferred_m2") == 0.0);
    let [bend, enclave] = [0, 1].map(|i| &found["only"][i]);
    assert_eq!((&bend["of"], &bend["encloses_m2"]), (&json!("new"), &Value::Null));
    assert!((bend["length_m"].as_f64().unwrap() - 23_585.0).abs() < 100.0, "{bend}");
    assert_eq!(bend["chainage_m"], found["stretches"][0]["new_m"]);
    assert!(enclave["encloses_m2"].as_f64().unwrap() > 0.0);
    assert_eq!(found["stretches"].as_array().unwrap().len(), 2);
    assert_eq!(found["old"]["gaps"][0]["bridged"], false);
    let text = output_of(&[&old, &new], 0);
    assert_eq!(text.matches("Only in NEW").count(), 2, "{text}");
    assert!(text.contains("right gains nothing") && text.contains("left gains nothing"), "{text}");
    let page = output_of(&[&old, &new, "--format", "html"], 0);
    assert_eq!(page.matches("Only in NEW").count(), 2);
    let drawn = page.split("<path class=\"old\" d=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(drawn.matches('M').count(), 2, "{drawn}");
    // Ways of nanometres are written in full, with a warning.
    let written = run(&[&old, &new, "--format", "geojson"]).stdout;
    let layer: Value = serde_json::from_slice(&written).unwrap();
    let features = layer["features"].as_array().unwrap();
    let only = features.iter().filter(|it| it["properties"]["kind"] == "only");
    let lengths: Vec<&Value> = only.map(|it| &it["properties"]["length_m"]).collect();
    assert_eq!(lengths, [&bend["length_m"], &enclave["length_m"]]);
    let joints = features.iter().filter(|it| it["properties"]["kind"] == "joint").count();
    assert_eq!(joints, 4);
}

/// Two outlines 10 m apart: the line in the middle is as long as the border, and says whose it is.
#[test]
fn neighbours_digitised_apart_have_gaps_overlaps_and_a_middle() {
    let file = repository("tests/data/cases/F06_digitised_apart.geojson");
    let asked = [file.to_str().unwrap(), "--neighbours", "--within", "20"];
    // The edge that closes the first outline crosses the border near its end.
    let output_as = |format: &str| {
        let run = run(&[&asked[..], &["--format", format]].concat());
        let said = String::from_utf8(run.stderr).unwrap();
        assert!(
            said.lines().count() == 1 && said.contains("at (87.2750103, 49.1158700)"),
            "{said}"
        );
        String::from_utf8(run.stdout).unwrap()
    };
    let found: Value = serde_json::from_str(&output_as("json")).unwrap();
    assert_eq!(found["schema"], "treatyline/neighbours/v1");
    let length_km = found["middle"]["length_m"].as_f64().unwrap() / 1e3;
    assert!((length_km - 1767.85).abs() < 0.3, "{length_km}");
    assert_eq!(found["middle"]["constructed_by"], "treatyline");
    for kind in ["gaps", "overlaps"] {
        let areas = found[kind]["places"].as_array().unwrap();
        let areas: Vec<f64> = areas.iter().map(|it| it["area_m2"].as_f64().unwrap()).collect();
        assert!(areas.len() > 10 && areas.is_sorted_by(|a, b| a >= b), "{kind}");
        let all = found[kind]["area_m2"].as_f64().unwrap();
        assert!((areas.iter().sum::<f64>() - all).abs() < 100.0);
    }
    let text = output_as("text");
    assert!(text.contains("… and ") && text.contains("no treaty's"), "{text}");
    let layer: Value = serde_json::from_str(&output_as("geojson")).unwrap();
    let last = layer["features"].as_array().unwrap().last().unwrap();
    assert_eq!(last["properties"]["kind"], "middle");
    assert_eq!(last["properties"]["constructed_by"], "treatyline");
}

/// The west in two features, and the east, in one file or in two.
#[test]
fn neighbours_may_have_several_features() {
    let feature = |name: &str, [west, south, east, north]: [f64; 4]| {
        let ring =
            json!([[west, south], [east, south], [east, north], [west, north], [west, south]]);
        json!({"type": "Feature", "properties": {"name": name},
            "geometry": {"type": "Polygon", "coordinates": [ring]}})
    };
    let collection =
        |features: &[Value]| json!({"type": "FeatureCollection", "features": features}).to_string();
    let west = [[80.0, 45.0, 81.0, 45.5], [80.0, 45.5, 81.0, 46.0]].map(|it| feature("W", it));
    let east = feature("E", [81.000_25, 45.0, 82.0, 46.0]);
    let all = [&west[..], std::slice::from_ref(&east)].concat();
    let texts = [collection(&west), collection(&[east]), collection(&all)];
    let (_kept, [west, east, all]) = files([&texts[0], &texts[1], &texts[2]]);
    let apart = json(&[&west, &east, "--neighbours"]);
    let chosen = json(&[&all, "--neighbours", "--where", "name=W", "--where", "name=E"]);
    for found in [&apart, &chosen] {
        assert_eq!((&found["first"], &found["second"]), (&json!("W"), &json!("E")));
        assert_eq!(found["gaps"]["places"].as_array().unwrap().len(), 1);
        assert_eq!(found["same_side_m"], 0.0);
    }
    assert_eq!(apart["middle"]["length_m"], chosen["middle"]["length_m"]);
}

#[test]
fn neighbours_are_two_areas() {
    let (_kept, [old, new]) = files([OLD, NEW]);
    let says = |arguments: &[&str], part: &str| {
        let run = run(arguments);
        let stderr = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(part), "{stderr}");
    };
    says(&[&old, &new, "--neighbours"], "Polygon");
    let case = |name: &str| repository("tests/data/cases").join(name).to_str().unwrap().to_owned();
    says(&[&case("F10_bowtie.geojson"), "--neighbours"], "wants two areas");
    let apart = case("F06_digitised_apart.geojson");
    says(&[&apart, "--neighbours", "--within", "0"], "--within is 0");
    says(&[&apart, "--neighbours", "--format", "html"], "--format html is for two lines");
    says(&[&apart], "<NEW>");
}

/// A coordinate system of one of two files, by its name: the other one stays as it is.
#[test]
#[cfg(feature = "proj")]
fn a_system_is_stated_of_one_file() {
    let line = repository("tests/data/cases/F11_epsg4490.gpkg").display().to_string();
    let other = repository("tests/data/cases/F11_epsg4258.gpkg").display().to_string();
    let compared = |system: &str| {
        let mut command = treatyline();
        command.args(["compare", &line, &other, "--format", "json", "--crs", system]);
        let run = command.output().unwrap();
        let text = String::from_utf8(run.stdout).unwrap();
        let found: Value = serde_json::from_str(&text).unwrap();
        (found["hausdorff"]["symmetric_m"].as_f64(), String::from_utf8(run.stderr).unwrap())
    };
    let (both, _) = compared("EPSG:4284");
    let (one, said) = compared(&format!("{other}=EPSG:4284"));
    // By pyproj the two are 53 to 55 m apart here.
    assert!(both.unwrap() < 0.001 && (50.0..60.0).contains(&one.unwrap()), "{both:?} {one:?}");
    assert!(
        said.contains("China Geodetic Coordinate System 2000") || said.contains("CGCS2000"),
        "{said}"
    );
    let run = treatyline()
        .args(["compare", &line, &other, "--crs", "no.shp=EPSG:4284"])
        .output()
        .unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(run.status.code() == Some(2) && said.contains("no file `no.shp`"), "{said}");
}
