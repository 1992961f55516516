//! `treatyline survey`: the boundaries of a made-up world, and of the real one.

use std::f64::consts::PI;
use std::fs;
use std::path::PathBuf;

use crate::common::{FORMATS, repository, treatyline};
use crate::refusal::refused;
use serde_json::{Value, json};
use treatyline::geodesy::{Ellipsoid, Geodesic};
use treatyline::io::Input;
use treatyline::survey::{NamedAttributes, survey};

/// Standard output of a command that succeeds.
fn output_of(arguments: &[&str], stdin: &str) -> String {
    let run = treatyline().arg("survey").args(arguments).write_stdin(stdin).output().unwrap();
    let stderr = String::from_utf8(run.stderr).unwrap();
    // Some of these borders are there twice.
    let is_quiet = stderr.lines().all(|line| line.contains("a part that is drawn twice"));
    assert!(run.status.success() && is_quiet, "{arguments:?} {stderr}");
    String::from_utf8(run.stdout).unwrap()
}

fn line(left: &str, right: &str, kind: &str, degrees: f64) -> Value {
    json!({"type": "Feature",
        "properties": {"adm0_a3_l": left, "adm0_a3_r": right, "featurecla": kind},
        "geometry": {"type": "LineString", "coordinates": [[0, 0], [degrees, 0]]}})
}

const SETTLED: &str = "International boundary (verify)";

/// Freedonia, Sylvania and their neighbours.
fn world() -> String {
    json!({"type": "FeatureCollection", "features": [
        line("SYL", "FRE", SETTLED, 1.0),
        line("FRE", "SYL", SETTLED, 0.5),
        line("FRE", "KLO", SETTLED, 2.0),
        line("FRE", "SYL", "Disputed (please verify)", 0.25),
        line("FRE", "FRE", SETTLED, 0.125),
        line("KLO", "-99", SETTLED, 0.0625),
    ]})
    .to_string()
}

/// All boundaries on land of the real world.
fn natural_earth() -> Option<PathBuf> {
    let path = repository("../shared/data/world/natural_earth_10m_boundary_lines_land.geojson");
    if path.exists() {
        Some(path)
    } else {
        eprintln!("skipped: {} is not here", path.display());
        None
    }
}

#[test]
fn pairs_and_countries_are_measured_and_the_rest_is_reported() {
    let found: Value =
        serde_json::from_str(&output_of(&["-", "--format", "json"], &world())).unwrap();
    assert_eq!(found["schema"], "treatyline/survey/v1");
    assert_eq!(
        found["attributes"],
        json!({"left": "adm0_a3_l", "right": "adm0_a3_r", "kind": "featurecla"})
    );
    let degree_m = 6_378_137.0 * PI / 180.0;
    let near = |found: &Value, degrees: f64| {
        let off_m = found.as_f64().unwrap() - degrees * degree_m;
        assert!(off_m.abs() < 1e-3, "{found} is off by {off_m} m");
    };
    let pairs = found["pairs"].as_array().unwrap();
    let names: Vec<_> = pairs.iter().map(|pair| [&pair["left"], &pair["right"]]).collect();
    assert_eq!(names, [["FRE", "KLO"], ["FRE", "SYL"]]);
    near(&pairs[0]["length_m"], 2.0);
    near(&pairs[1]["length_m"], 1.5);
    assert_eq!(pairs[1]["features"], 2);
    let countries = found["countries"].as_array().unwrap();
    let codes: Vec<_> = countries.iter().map(|country| &country["code"]).collect();
    assert_eq!(codes, ["FRE", "KLO", "SYL"]);
    near(&countries[0]["length_m"], 3.5);
    assert_eq!(countries[0]["neighbours"], 2);
    let apart = found["apart"].as_array().unwrap();
    let reasons: Vec<_> = apart.iter().map(|each| &each["reason"]).collect();
    assert_eq!(reasons, ["Disputed (please verify)", "the same code on both sides", "no code"]);
    assert_eq!([&apart[2]["left"], &apart[2]["right"]], [&Value::Null, &json!("KLO")]);
    near(&found["total"]["length_m"], 3.5);
    near(&found["total"]["apart_m"], 0.4375);
}

#[test]
fn a_piece_of_a_border_drawn_again_with_other_vertices_was_counted_twice_in_silence() {
    let feature = |path: Vec<[f64; 2]>| {
        json!({"type": "Feature", "properties": {"left": "A", "right": "B"},
            "geometry": {"type": "LineString", "coordinates": path}})
    };
    let at = |i: f64, aside: f64| [20.0 + 0.01 * i, 45.0 + 0.003 * (i * 7.0 % 5.0) + aside];
    let whole: Vec<[f64; 2]> = (0..61).map(|i| at(f64::from(i), 0.0)).collect();
    let piece = |aside: f64| (20..41).map(|i| at(f64::from(i), aside)).collect::<Vec<_>>();
    let denser: Vec<[f64; 2]> = piece(0.0)
        .windows(2)
        .flat_map(|ends| {
            [0.0, 0.3, 0.7]
                .map(|share| [0, 1].map(|i| ends[0][i] + share * (ends[1][i] - ends[0][i])))
        })
        .collect();
    for (again, twice_km) in
        [(denser, 22.6), (piece(1e-5), 22.6), (piece(1e-4), 22.6), (piece(0.1), 0.0)]
    {
        let text = json!({"type": "FeatureCollection",
            "features": [feature(whole.clone()), feature(again)]});
        let found = output_of(&["-", "--format", "json"], &text.to_string());
        let found: Value = serde_json::from_str(&found).unwrap();
        let twice_m = found["total"]["twice_m"].as_f64().unwrap();
        assert!((twice_m / 1e3 - twice_km).abs() < 1.0, "{twice_m} of {twice_km} km");
        let text = output_of(&["-"], &text.to_string());
        assert_eq!(text.contains("counted twice, between A and B ("), twice_km > 0.0, "{text}");
        assert_eq!(found["pairs"][0].get("twice_m").is_some(), twice_km > 0.0);
    }
}

#[test]
fn what_is_there_again_has_a_place_and_is_refused_strictly() {
    let run = |text: &str, more: &[&str]| {
        let run = treatyline().args(["survey", "-"]).args(more).write_stdin(text).output().unwrap();
        (run.status.code(), String::from_utf8(run.stderr).unwrap())
    };
    let (code, said) = run(&world(), &[]);
    assert!(code == Some(0) && said.contains("feature 2, 55.660 km between FRE and SYL"), "{said}");
    let (code, said) = run(&world(), &["--strict-input"]);
    assert!(code == Some(2) && said.contains("drawn twice"), "{said}");
    let pair = |right| line("FRE", right, SETTLED, 1.0);
    let text = |features: [Value; 2]| {
        json!({"type": "FeatureCollection", "features": features}).to_string()
    };
    let (_, said) = run(&text([pair("SYL"), pair("KLO")]), &[]);
    assert!(said.contains("several pairs of countries") && said.contains("feature 2"), "{said}");
    let (code, said) =
        run(&text([pair("SYL"), line("FRE", "KLO", SETTLED, 2.0)]), &["--strict-input"]);
    assert_eq!((code, said.as_str()), (Some(0), ""));
}

#[test]
fn text() {
    insta::assert_snapshot!("text", output_of(&["-"], &world()));
}

#[test]
fn csv() {
    insta::assert_snapshot!("csv", output_of(&["-", "--format", "csv"], &world()));
}

#[test]
fn html() {
    let page = output_of(&["-", "--format", "html"], &world());
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    insta::assert_snapshot!("html", format!("{head}{body}"));
}

#[test]
fn a_page_takes_nothing_for_its_own() {
    let page = output_of(&["-", "--format", "html"], &world().replace("SYL", "<S&L>"));
    assert!(page.contains("&#60;S&#38;L&#62;") && !page.contains("<S&L>"), "{page}");
    assert!(!page.contains("http:") && !page.contains("https:"), "it asks the network for nothing");
    for heading in ["By pair", "By country", "Kept apart", "Method"] {
        assert!(page.contains(&format!(">{heading}</h2>")), "{heading}");
    }
}

#[test]
fn attributes_may_be_named() {
    let text = world().replace("adm0_a3_l", "west").replace("adm0_a3_r", "east");
    let says = &["country on the left", "by --left and --right: `east`, `featurecla`, `west`"];
    refused("unknown", &["survey", "-"], text.as_bytes(), says);
    let named = output_of(&["-", "--left", "east", "--right", "west", "--format", "csv"], &text);
    assert_eq!(named, output_of(&["-", "--format", "csv"], &world()));
    let says = &["unknown attribute `north`"];
    refused("north", &["survey", "-", "--kind", "north"], world().as_bytes(), says);
    let half = treatyline().args(["survey", "-", "--left", "east"]).output().unwrap();
    assert_eq!(half.status.code(), Some(2));
}

#[test]
fn any_format_that_is_built_in_is_surveyed() {
    let found = |ending: &str| {
        let path = repository("tests/data/formats").join(format!("lines.{ending}"));
        let path = path.to_str().unwrap();
        let found =
            output_of(&[path, "--left", "name", "--right", "posts", "--format", "json"], "");
        let mut found: Value = serde_json::from_str(&found).unwrap();
        found.as_object_mut().unwrap().remove("file");
        found
    };
    let twin = found("geojson");
    assert_eq!(twin["pairs"].as_array().unwrap().len(), 2);
    // WKT has no attributes, and a KMZ is a KML.
    for (ending, built_in) in FORMATS.into_iter().filter(|(it, _)| !["wkt", "kmz"].contains(it)) {
        let path = repository("tests/data/formats").join(format!("areas.{ending}"));
        let path = path.to_str().unwrap();
        if built_in {
            assert_eq!(found(ending), twin, "{ending}");
            let sides = ["survey", path, "--left", "name", "--right", "posts"];
            refused(path, &sides, b"", &["a Polygon, a LineString is wanted"]);
        } else {
            refused(
                path,
                &["survey", path],
                b"",
                &["this build does not read", "build with the feature"],
            );
        }
    }
}

/// A square of a country, its south-western corner on the equator.
fn square(properties: Value, west: f64, south: f64) -> Value {
    let (east, north) = (west + 1.0, south + 1.0);
    let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    json!({"type": "Feature", "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]}})
}

/// Freedonia of two parts, Sylvania, and a claim of Klopstokia on the land of both.
fn countries() -> String {
    let of = |country: &str, part: u8| json!({"country": country, "part": part});
    json!({"type": "FeatureCollection", "features": [
        square(of("FRE", 1), 0.0, 0.0),
        square(of("FRE", 2), 0.0, 1.0),
        square(of("SYL", 1), 1.0, 0.0),
        square(of("SYL", 2), 1.0, 1.0),
        square(of("KLO", 1), 0.0, 1.0),
        {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [0, 0]}},
    ]})
    .to_string()
}

#[test]
fn polygons_text() {
    let mut command = treatyline();
    command.args(["survey", "-", "--by", "country"]).write_stdin(countries());
    let run = command.output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("1 feature was left out: feature 6, a Point and no polygon"), "{said}");
    insta::assert_snapshot!("polygons_text", String::from_utf8(run.stdout).unwrap());
}

#[test]
fn what_was_drawn_apart_had_no_way_to_be_seen() {
    let of = |east: f64| {
        let west = square(json!({"name": "west"}), 0.0, 0.0);
        let east = square(json!({"name": "east"}), east, 0.0);
        json!({"type": "FeatureCollection", "features": [west, east]}).to_string()
    };
    let text = output_of(&["-"], &of(1.0005));
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let says = "Some 110.6 km of outline lie within 100 m of another country’s without being the same, \
                most likely boundaries whose two sides were drawn apart: east and west (110.6 km). \
                treatyline compare --neighbours lists the gaps and overlaps of two.";
    assert!(words.contains(says), "{text}");
    let found: Value =
        serde_json::from_str(&output_of(&["-", "--format", "json"], &of(1.0005))).unwrap();
    assert_eq!(found["outlines"]["near"][0]["left"], "east");
    for east in [1.0, 1.001, 5.0] {
        let found = output_of(&["-", "--format", "json"], &of(east));
        let found: Value = serde_json::from_str(&found).unwrap();
        assert!(found["outlines"].get("near").is_none(), "{east}: {found}");
    }
}

#[test]
fn polygons_of_one_country_are_joined_by_an_attribute() {
    let found = |arguments: &[&str]| {
        let mut command = treatyline();
        command.arg("survey").args(arguments).args(["--format", "json"]);
        let run = command.write_stdin(countries()).output().unwrap();
        serde_json::from_slice::<Value>(&run.stdout).unwrap()
    };
    let wanted = ["-", "--where", "country=FRE", "--where", "country=SYL", "--by"];
    let joined = found(&[&wanted[..], &["country"]].concat());
    assert_eq!(joined["pairs"].as_array().unwrap().len(), 1);
    // Two stretches that follow each other are one.
    assert_eq!((&joined["pairs"][0]["features"], &joined["apart"]), (&json!(1), &json!([])));
    let parts = found(&[&wanted[..], &["part"]].concat());
    assert_eq!(parts["pairs"][0]["left"], "1");
    assert_eq!(parts["outlines"]["countries"], 2);
    refused(
        "no such",
        &["survey", "-", "--by", "x"],
        countries().as_bytes(),
        &["unknown attribute `x`; use one of: `country` and `part` (--by)"],
    );
    let both = treatyline().args(["survey", "-", "--by", "x", "--left", "y"]).output().unwrap();
    assert_eq!(both.status.code(), Some(2));
}

#[test]
fn countries_may_be_in_several_files() {
    let directory = tempfile::tempdir().unwrap();
    let write = |name: &str, features: &[Value]| {
        let path = directory.path().join(name);
        let text = json!({"type": "FeatureCollection", "features": features}).to_string();
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let iso = |code: &str| json!({"iso": code});
    let west = write("west.geojson", &[square(iso("A"), 0.0, 0.0), square(iso("A"), 0.0, 1.0)]);
    let east = write("east.geojson", &[square(iso("B"), 1.0, 0.0), square(iso("A"), 1.0, 1.0)]);
    let found = |files: &[&str]| -> Value {
        serde_json::from_str(&output_of(&[files, &["--format", "json"]].concat(), "")).unwrap()
    };
    let all = found(&[&west, &east]);
    assert_eq!(all["file"], format!("{west}, {east}"));
    assert_eq!(all["pairs"].as_array().unwrap().len(), 1);
    assert_eq!(all["pairs"][0]["features"], 1, "the corner is one stretch");
    // Without attributes each file is a country.
    let bare =
        |name: &str, x: f64| write(name, &[square(json!({}), x, 0.0), square(json!({}), x, 1.0)]);
    let (one, other) = (bare("one.geojson", 0.0), bare("other.geojson", 1.0));
    let two = found(&[&one, &other]);
    assert_eq!([&two["pairs"][0]["left"], &two["pairs"][0]["right"]], [&one, &other]);
    assert!(two["attributes"].is_null());
    // And so it is where two files are a line.
    for command in [&["measure", "--line"][..], &["resolution"]] {
        let mut run = treatyline();
        run.args(command).args([&one, &other, "--format", "json"]);
        let run = run.output().unwrap();
        assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
        let document: Value = serde_json::from_slice(&run.stdout).unwrap();
        let length =
            document.pointer("/total/length_m").or_else(|| document.pointer("/whole/length_m"));
        let off_m = length.unwrap().as_f64().unwrap() - two["total"]["length_m"].as_f64().unwrap();
        assert!(off_m.abs() < 1e-3, "{off_m}");
    }
    let line = repository("tests/data/formats/lines.geojson");
    let line = line.to_str().unwrap();
    let says = &["a LineString, a Polygon is wanted"];
    refused("a line", &["measure", "--line", &one, line], b"", says);
    for three in [
        &["check", "--line", &one, "--line", &other, "--line", line][..],
        &["measure", "--line", &one, &other, line],
        &["resolution", &one, &other, line],
    ] {
        refused("three", three, b"", &["3 files for one line; two files at most"]);
    }
    // A file given twice is noticed.
    let run = treatyline().args(["survey", &one, &one]).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("of outline are there a second time in their country"), "{said}");
}

#[test]
fn the_number_of_threads_does_not_show_in_the_last_bit() {
    let Some(path) = natural_earth() else { return };
    let text = fs::read(path).unwrap();
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let on = |threads: usize| {
        let input = Input::bytes("world", &text[..]).in_chunks_of(10_000).on_threads(threads);
        survey(&geodesic, &[input], &NamedAttributes::default()).unwrap()
    };
    let one = on(1);
    for threads in [2, 3, 7] {
        assert_eq!(on(threads), one, "{threads} threads");
    }
}

#[test]
fn the_real_world_adds_up() {
    let Some(path) = natural_earth() else { return };
    let path = path.to_str().unwrap();
    let found: Value = serde_json::from_str(&output_of(&[path, "--format", "json"], "")).unwrap();
    let metres = |value: &Value| value.as_f64().unwrap();
    let list = |name: &str| found[name].as_array().unwrap().clone();
    let sum = |name: &str| list(name).iter().map(|each| metres(&each["length_m"])).sum::<f64>();
    assert_eq!(found["features"], 462);
    // Entries are rounded to 0.1 mm.
    assert!((sum("pairs") - metres(&found["total"]["length_m"])).abs() < 0.1);
    assert!((sum("countries") - 2.0 * metres(&found["total"]["length_m"])).abs() < 0.1);
    assert!((sum("apart") - metres(&found["total"]["apart_m"])).abs() < 0.1);
    let measured = treatyline().args(["measure", path, "--format", "json", "--summary"]).output();
    let measured: Value = serde_json::from_slice(&measured.unwrap().stdout).unwrap();
    let all_m = metres(&found["total"]["length_m"]) + metres(&found["total"]["apart_m"]);
    assert!((all_m - metres(&measured["total"]["length_m"])).abs() < 1e-3, "nothing is dropped");
    for name in ["pairs", "countries", "apart"] {
        let lengths: Vec<f64> = list(name).iter().map(|each| metres(&each["length_m"])).collect();
        assert!(lengths.is_sorted_by(|one, other| one >= other), "{name}: the longest first");
    }
    // The two longest of the world.
    let longest: Vec<_> =
        list("pairs")[..2].iter().map(|p| [p["left"].clone(), p["right"].clone()]).collect();
    assert_eq!(longest, [["CAN", "USA"], ["KAZ", "RUS"]]);
    let ours =
        list("pairs").into_iter().find(|p| p["left"] == "CHN" && p["right"] == "KAZ").unwrap();
    let line = repository("../shared/data/lines/natural_earth_10m.geojson");
    let line = treatyline().args(["measure", line.to_str().unwrap(), "--format", "json"]).output();
    let line: Value = serde_json::from_slice(&line.unwrap().stdout).unwrap();
    let off_m = metres(&ours["length_m"]) - metres(&line["total"]["length_m"]);
    assert!(off_m.abs() < 2000.0, "the same data cut out by others: {off_m} m");
}
