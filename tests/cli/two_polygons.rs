//! `--line` with two polygons: the boundary they share is measured.

use crate::common::{Variant, repository, treatyline};
use crate::refusal::refused;
use crate::verdict::parts;
use serde_json::{Value, json};
use treatyline::Dossier;
use treatyline::check::Study;
use treatyline::dossier::{Depiction, Resolution};
use treatyline::io::Input;
use treatyline::quantity::Metres;

/// The line of a dossier, one position after the other.
fn line(dossier: &Dossier) -> Vec<[f64; 2]> {
    let mut line = parts(dossier).concat();
    line.dedup();
    line
}

/// A polygon between the line and a meridian `by_deg` degrees away.
fn strip_along(line: &[[f64; 2]], by_deg: f64) -> Value {
    let (first, last) = (line[0], line[line.len() - 1]);
    let mut ring = line.to_vec();
    ring.extend([[last[0] + by_deg, last[1]], [first[0] + by_deg, first[1]], first]);
    json!([ring])
}

fn countries(left: Value, right: Value) -> Value {
    let of = |name: &str, rings: Value| {
        json!({"type": "Feature", "properties": {"name": name},
            "geometry": {"type": "Polygon", "coordinates": rings}})
    };
    json!({"type": "FeatureCollection",
        "features": [of("Freedonia", left), of("Sylvania", right)]})
}

/// The length that two commands find, and what they say on standard error.
fn found_by_both(text: &Value) -> ([f64; 2], [String; 2]) {
    let run = |arguments: &[&str]| {
        let run = treatyline().args(arguments).write_stdin(text.to_string()).output().unwrap();
        let said = String::from_utf8(run.stderr).unwrap();
        let document: Value = serde_json::from_slice(&run.stdout).expect(&said);
        (document["total"]["length_m"].as_f64().unwrap(), said)
    };
    let line = run(&["measure", "--line", "-", "--format", "json"]);
    let survey = run(&["survey", "-", "--format", "json"]);
    ([line.0, survey.0], [line.1, survey.1])
}

/// From 45° to 46° N along 81° E.
const DEGREE_M: f64 = 111_141.548;

fn square_from_81() -> Value {
    json!([[[81, 45], [82, 45], [82, 46], [81, 46], [81, 45]]])
}

#[test]
fn q20_the_crossing_of_a_bow_tie_was_not_named() {
    // Half of each runs the other way than all of it: the larger half, then the smaller one is
    // next to the border.
    for (north, expected) in [(45.8, DEGREE_M), (46.2, 0.0)] {
        let tie = json!([[[80, 45], [81, 46], [81, 45], [80, north], [80, 45]]]);
        for text in [countries(tie.clone(), square_from_81()), countries(square_from_81(), tie)] {
            let (lengths, said) = found_by_both(&text);
            assert!(lengths.iter().all(|it| (it - expected).abs() < 0.01), "{lengths:?}");
            let names =
                |said: &String| said.contains("crosses itself; ") && said.contains(", at (80.");
            assert!(said.iter().all(names), "{said:?}");
        }
    }
}

#[test]
fn q21_a_spike_along_the_border_was_on_both_sides_of_it() {
    // Half of the border, and a way to its end and back; there and back within it; beyond it.
    let half = json!([[[80, 45], [81, 45], [81, 46], [81, 45.5], [80, 45.5], [80, 45]]]);
    let within =
        json!([[[80, 45], [81, 45], [81, 45.6], [81, 45.4], [81, 46], [80, 46], [80, 45]]]);
    let beyond = json!([[[80, 45], [81, 45], [81, 46.5], [81, 46], [80, 46], [80, 45]]]);
    for (spiked, expected, at) in [
        (half, 55_568.331, "(81.0000000, 46.0000000)"),
        (within, DEGREE_M, "(81.0000000, 45.6000000)"),
        (beyond, DEGREE_M, "(81.0000000, 46.5000000)"),
    ] {
        for text in [
            countries(spiked.clone(), square_from_81()),
            countries(square_from_81(), spiked.clone()),
        ] {
            let (lengths, said) = found_by_both(&text);
            assert!(lengths.iter().all(|it| (it - expected).abs() < 0.01), "{lengths:?}");
            assert!(said.iter().all(|said| said.contains(at)), "{said:?}");
        }
    }
}

#[test]
fn f06_the_length_depended_on_which_polygon_came_first() {
    let file = repository("tests/data/cases/F06_digitised_apart.geojson");
    let mut text: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let length = |text: &Value| {
        let snapped = ["measure", "--line", "-", "--snap", "0.0003", "--format", "json"];
        let run = treatyline().args(snapped).write_stdin(text.to_string()).output().unwrap();
        let document: Value = serde_json::from_slice(&run.stdout).unwrap();
        document["total"]["length_m"].as_f64().unwrap()
    };
    let first = length(&text);
    text["features"].as_array_mut().unwrap().reverse();
    assert!((length(&text) - first).abs() < 1e-3);
    assert!((first - 1_767_847.0).abs() < 1.0, "{first}");
}

fn on<'a>(dossier: &'a Dossier, text: &Value) -> Study<'a> {
    let source = Input::bytes("countries.geojson", text.to_string().as_bytes());
    Study::builder(dossier).line(Depiction::locate(dossier, &source, Some(30.0)).unwrap()).build()
}

#[test]
fn the_shared_boundary_of_two_countries_is_the_line() {
    let dossier = Variant::freedonia().read().unwrap();
    let line = line(&dossier);
    let mut right = strip_along(&line, -5.0);
    right[0].as_array_mut().unwrap().reverse();
    for text in [
        countries(strip_along(&line, 5.0), right.clone()),
        countries(right, strip_along(&line, 5.0)),
    ] {
        let study = on(&dossier, &text);
        let own = Study::new(&dossier).measurement().total(Resolution::Full);
        let found = study.measurement().total(Resolution::Full);
        assert!((found - own).abs() < Metres::new(1e-6), "{found} {own}");
        assert!(study.depiction().gaps().is_empty());
        assert_eq!(study.depiction().pieces().len(), dossier.segments().len());
        assert!(study.depiction().title().starts_with("boundary shared by "));
    }
}

#[test]
fn a_gap_in_the_shared_boundary_is_reported() {
    let dossier = Variant::freedonia().read().unwrap();
    let line = line(&dossier);
    // One country has a different vertex in the middle.
    let mut other = line.clone();
    let middle = other.len() / 2;
    other[middle][0] += 1e-3;
    let study = on(&dossier, &countries(strip_along(&line, 5.0), strip_along(&other, -5.0)));
    assert_eq!(study.depiction().gaps().len(), 1);
    let gap = study.depiction().gaps()[0];
    assert_eq!([gap.at.x, gap.at.y], line[middle - 1]);
}

#[test]
fn the_command_line_takes_two_polygons() {
    let line = line(Dossier::embedded());
    let text = countries(strip_along(&line, 9.0), strip_along(&line, -9.0)).to_string();
    for arguments in [&["report", "--line", "-"][..], &["resolution", "-"]] {
        let run = treatyline().args(arguments).write_stdin(text.clone()).output().unwrap();
        assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
        let text = String::from_utf8(run.stdout).unwrap();
        assert!(text.contains("boundary shared by Freedonia and Sylvania, to within 0.0000001°"));
        assert!(text.contains("1,811.0 km"), "{text}");
    }
}

#[test]
fn polygons_that_share_nothing_are_refused() {
    let square = |x: f64| json!([[[x, 45], [x + 1.0, 45], [x + 1.0, 46], [x, 45]]]);
    let apart = countries(square(80.0), square(82.0)).to_string();
    let says = &["standard input: the two polygons share no boundary, to within 0.0000001°; \
                  take both from one data set"];
    for arguments in
        [&["report", "--line", "-"][..], &["check", "--line", "-"], &["resolution", "-"]]
    {
        refused(&arguments.join(" "), arguments, apart.as_bytes(), says);
    }
    let squares = [80.0, 81.0, 82.0].map(|x| {
        json!({"type": "Feature", "properties": {},
            "geometry": {"type": "Polygon", "coordinates": square(x)}})
    });
    let three = json!({"type": "FeatureCollection", "features": squares});
    for arguments in [&["check", "--line", "-"][..], &["resolution", "-"], &["compare", "-", "x"]] {
        let says = &["standard input: 3 polygons and no line"];
        refused("three polygons", arguments, three.to_string().as_bytes(), says);
    }
}

/// The second country is drawn from a coarser print: its vertices are off by up to 4·10⁻⁵°.
#[test]
fn the_tolerance_may_be_widened_and_is_reported() {
    let line = line(Dossier::embedded());
    let rounded = |[x, y]: &[f64; 2]| [x, y].map(|degrees| (degrees * 1e4).round() / 1e4);
    let coarse: Vec<[f64; 2]> = line.iter().map(rounded).collect();
    let text = countries(strip_along(&line, 9.0), strip_along(&coarse, -9.0)).to_string();
    let arguments = ["report", "--line", "-", "--snap", "7.1e-5"];
    let run = treatyline().args(arguments).write_stdin(text).output().unwrap();
    let text = String::from_utf8(run.stdout).unwrap();
    assert!(text.contains("Freedonia and Sylvania, to within 0.000071°"), "{text}");
    for wrong in ["-1", "0.2", "NaN"] {
        for arguments in
            [&["report", "--snap", wrong, "--line", "x"][..], &["resolution", "x", "--snap", wrong]]
        {
            let says = &["--snap is ", "; give a number of degrees from 0 to 0.1"];
            refused("no tolerance", arguments, b"", says);
        }
    }
}

/// Squares of a degree from west to east, the middle one in two parts of its own.
fn parts_of_countries() -> String {
    let part = |iso: &str, x: f64, y: f64| {
        let ring = json!([[[x, y], [x + 1.0, y], [x + 1.0, y + 1.0], [x, y + 1.0], [x, y]]]);
        json!({"type": "Feature", "properties": {"iso": iso},
            "geometry": {"type": "Polygon", "coordinates": ring}})
    };
    let parts = [
        part("A", 10.0, 0.0),
        part("B", 11.0, 0.0),
        part("B", 11.0, 1.0),
        part("B", 15.0, 0.0),
        part("C", 20.0, 0.0),
    ];
    json!({"type": "FeatureCollection", "features": parts}).to_string()
}

fn measured(text: &str, arguments: &[&str]) -> (Option<i32>, Value, String) {
    let mut command = treatyline();
    command.args(["measure", "--line", "-", "--format", "json"]).args(arguments);
    let run = command.write_stdin(text.to_owned()).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    (run.status.code(), serde_json::from_slice(&run.stdout).unwrap_or(Value::Null), said)
}

#[test]
fn the_parts_of_a_country_are_one() {
    let text = parts_of_countries();
    // Two squares with a common edge, which is not part of the outline, and an island.
    let (code, found, said) = measured(&text, &["--where", "iso=B"]);
    assert_eq!(code, Some(0), "{said}");
    let title = &found["line"]["title"];
    assert_eq!(
        (title, found["line"]["gaps"].as_array().unwrap().len()),
        (&json!("outline of B"), 1)
    );
    let edges_m = found["total"]["length_m"].as_f64().unwrap();
    // pyproj.Geod(ellps="WGS84"): six edges and four.
    assert!((edges_m - 1_108_641.445).abs() < 0.01, "{edges_m}");
    let (code, found, said) = measured(&text, &["--where", "iso=A", "--where", "iso=B"]);
    assert_eq!(
        (code, &found["line"]["title"].as_str().unwrap()[..24]),
        (Some(0), "boundary shared by A and"),
        "{said}"
    );
    assert!((found["total"]["length_m"].as_f64().unwrap() - 110_574.389).abs() < 0.01);
    let (code, _, said) = measured(&text, &["--where", "iso=A", "--where", "iso=X"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("no feature meets --where `iso=X`"), "{said}");
    let (code, _, said) = measured(&text, &[]);
    assert_eq!(code, Some(2));
    assert!(said.contains("5 polygons and no line"), "{said}");
}

#[test]
fn a_cut_at_the_antimeridian_is_no_outline() {
    let part = |x: f64, more: Value| {
        let edge = 180.0 * x.signum();
        let mut ring = vec![json!([x, -17]), json!([edge, -17])];
        ring.extend(more.as_array().unwrap().iter().cloned());
        ring.extend([json!([edge, -16]), json!([x, -16]), json!([x, -17])]);
        json!([ring])
    };
    // One side of the cut has a vertex more.
    let parts = json!([part(179.0, json!([])), part(-179.0, json!([[-180, -16.5]]))]);
    let text = json!({"type": "MultiPolygon", "coordinates": parts}).to_string();
    let (code, found, said) = measured(&text, &[]);
    assert_eq!((code, &found["line"]["gaps"]), (Some(0), &json!([])), "{said}");
    // pyproj.Geod: two meridians of a degree, and two degrees on either parallel.
    let length_m = found["total"]["length_m"].as_f64().unwrap();
    assert!((length_m - 648_367.845).abs() < 0.01, "{length_m}");
}

/// Both members of a collection have its name, so the title was "boundary shared by all and all".
#[test]
fn areas_of_one_name_are_called_by_their_places_or_files() {
    let square = |west: f64| {
        let east = west + 1.0;
        json!({"type": "Polygon", "coordinates":
            [[[west, 45], [east, 45], [east, 46], [west, 46], [west, 45]]]})
    };
    let all = json!({"type": "Feature", "properties": {"name": "all"}, "geometry":
        {"type": "GeometryCollection", "geometries": [square(80.0), square(81.0)]}});
    let title = |arguments: &[&str], stdin: &str| {
        let mut command = treatyline();
        command.args(["measure", "--format", "json"]).args(arguments).write_stdin(stdin);
        let run = command.output().unwrap();
        let found: Value = serde_json::from_slice(&run.stdout).unwrap();
        found["line"]["title"].as_str().unwrap().to_owned()
    };
    let found = title(&["--line", "-"], &all.to_string());
    assert!(
        found.starts_with("boundary shared by feature 1, part 1 and feature 1, part 2"),
        "{found}"
    );
    let folder = tempfile::tempdir().unwrap();
    let files = [("a.geojson", 80.0), ("b.geojson", 81.0)].map(|(name, west)| {
        let path = folder.path().join(name);
        std::fs::write(&path, square(west).to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    });
    let found = title(&["--line", &files[0], &files[1]], "");
    assert!(found.contains("a.geojson and ") && found.contains("b.geojson, to within"), "{found}");
}

/// The tolerance was in the title only.
#[test]
fn an_exported_line_has_the_tolerance_of_its_outlines() {
    let dossier = Variant::freedonia();
    let line = line(&dossier.read().unwrap());
    let both = countries(strip_along(&line, -0.5), strip_along(&line, 0.5)).to_string();
    let folder = dossier.directory();
    let folder = folder.path().to_str().unwrap();
    let exported = |more: &[&str]| {
        let mut command = treatyline();
        command.args(["export", "line", "--dossier", folder]).args(more).write_stdin(both.clone());
        let run = command.output().unwrap();
        let found: Value = serde_json::from_slice(&run.stdout).unwrap();
        found["features"][0]["properties"]["snapping_deg"].clone()
    };
    assert_eq!(exported(&["--line", "-", "--snap", "1e-6"]), 1e-6);
    assert_eq!(exported(&[]), Value::Null);
}
