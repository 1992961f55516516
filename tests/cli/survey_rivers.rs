//! `treatyline survey --rivers`: how much of each boundary of a made-up world, and of the real
//! one, is near a river.

use serde_json::{Value, json};

use crate::common::{repository, shared, treatyline};

/// Standard output of a command that succeeds, run in the folder of this repository.
fn output_of(arguments: &[&str], stdin: &str) -> String {
    let mut command = treatyline();
    command.current_dir(repository("")).arg("survey").args(arguments);
    let run = command.write_stdin(stdin).output().unwrap();
    let stderr = String::from_utf8(run.stderr).unwrap();
    // The rivers of the fixture have a point among them, those of the world rivers of one place;
    // and some borders are there again.
    let known = [
        "a Point, no river and no lake",
        "left out, the first in feature 2",
        "a part that is drawn twice",
        "the same edges for several pairs",
    ];
    let others = stderr.lines().filter(|line| !known.iter().any(|known| line.contains(known)));
    let others: Vec<&str> = others.collect();
    assert_eq!((run.status.code(), others), (Some(0), Vec::new()), "{arguments:?}");
    String::from_utf8(run.stdout).unwrap()
}

fn metres(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

const RIVERS: &str = "tests/data/course/rivers.geojson";
const SETTLED: &str = "International boundary (verify)";

fn line(codes: [&str; 2], kind: &str, coordinates: &Value) -> Value {
    json!({"type": "Feature",
        "properties": {"adm0_a3_l": codes[0], "adm0_a3_r": codes[1], "featurecla": kind},
        "geometry": {"type": "LineString", "coordinates": coordinates}})
}

/// Freedonia and Sylvania along the rivers of the tests, and twice elsewhere; a disputed line
/// along the rivers too.
fn world() -> String {
    let along = json!([[80.5, 45], [80.9, 45]]);
    let away = json!([[80.5, 47], [80.9, 47]]);
    json!({"type": "FeatureCollection", "features": [
        line(["SYL", "FRE"], SETTLED, &along),
        line(["FRE", "SYL"], SETTLED, &away),
        line(["FRE", "KLO"], SETTLED, &away),
        line(["FRE", "SYL"], "Disputed (please verify)", &along),
    ]})
    .to_string()
}

const OF_WORLD: [&str; 4] = ["-", "--rivers", RIVERS, "--distances=100,300,1000"];

#[test]
fn text() {
    insta::assert_snapshot!("survey_rivers_text", output_of(&OF_WORLD, &world()));
}

#[test]
fn csv() {
    let csv = output_of(&[&OF_WORLD[..], &["--format", "csv"]].concat(), &world());
    insta::assert_snapshot!("survey_rivers_csv", csv);
}

#[test]
fn html_says_what_the_text_says() {
    let page = output_of(&[&OF_WORLD[..], &["--format", "html"]].concat(), &world());
    for heading in ["Near a river", "By pair", "By pair, near a river", "Method"] {
        assert!(page.contains(&format!(">{heading}</h2>")), "{heading}: {page}");
    }
    assert!(page.contains("Rivers: tests/data/course/rivers.geojson (5 features)."));
}

#[test]
fn the_document_says_it_of_all_and_of_each_pair() {
    let found = output_of(&[&OF_WORLD[..], &["--format", "json"]].concat(), &world());
    let found: Value = serde_json::from_str(&found).unwrap();
    let all = found["rivers"]["within"].as_array().unwrap();
    let distances: Vec<f64> = all.iter().map(|it| metres(&it["within_m"])).collect();
    assert_eq!(distances, [100.0, 300.0, 1000.0], "those that were asked for");
    let pairs = found["pairs"].as_array().unwrap();
    for (i, of_all) in all.iter().enumerate() {
        let of_pairs = pairs.iter().map(|pair| metres(&pair["rivers"]["within"][i]["length_m"]));
        let sum_m: f64 = of_pairs.sum();
        assert!((sum_m - metres(&of_all["length_m"])).abs() < 0.01, "what is kept apart is not in");
    }
    let of = |left: &str, right: &str| {
        let pair = pairs.iter().find(|it| it["left"] == left && it["right"] == right).unwrap();
        metres(&pair["rivers"]["within"][1]["length_m"])
    };
    assert_eq!(of("FRE", "KLO"), 0.0);
    // Rivers of 0.07° and 0.09°, a lake of 0.08°.
    let expected_m = 0.24 * 78_850.0;
    assert!((of("FRE", "SYL") - expected_m).abs() < 900.0, "{}", of("FRE", "SYL"));
    assert_eq!(found["rivers"]["chance_copies"], 16);
    assert_eq!(found["rivers"]["chance_shifts_m"], json!([5000.0, 10000.0]));
}

#[test]
fn a_file_without_codes_is_measured_as_one() {
    let text = std::fs::read_to_string(repository("tests/data/course/line.geojson")).unwrap();
    let found = output_of(&["-", "--rivers", RIVERS, "--format", "json"], &text);
    let found: Value = serde_json::from_str(&found).unwrap();
    assert_eq!(found["attributes"], Value::Null);
    assert_eq!(found["pairs"], json!([]));
    let course = treatyline()
        .current_dir(repository(""))
        .args(["course", "-", "--rivers", RIVERS, "--format", "json"])
        .args(["--distances", "100,500,1000,5000"])
        .write_stdin(text)
        .output()
        .unwrap();
    let course: Value = serde_json::from_slice(&course.stdout).unwrap();
    for (a, b) in
        [0, 1, 2, 3].map(|i| (&found["rivers"]["within"][i], &course["rivers"]["within"][i]))
    {
        assert!((metres(&a["length_m"]) - metres(&b["length_m"])).abs() < 1.0, "{a} {b}");
        // In a survey, chance is measured at every tenth station.
        let off_m = metres(&a["chance_mean_m"]) - metres(&b["chance_mean_m"]);
        assert!(off_m.abs() < 700.0, "{a} {b}");
    }
    let text = output_of(&["tests/data/course/line.geojson", "--rivers", RIVERS], "");
    assert!(text.contains("NEAR A RIVER") && !text.contains("BY PAIR"), "{text}");
    // Without rivers there is nothing to report.
    let run = treatyline().args(["survey", "-"]).write_stdin("{}").output().unwrap();
    assert_eq!(run.status.code(), Some(2));
}

/// Natural Earth has codes; the Rio Grande is the longest of its boundaries along a river.
#[test]
fn the_real_world_pair_by_pair() {
    let Some(rivers) = shared("data/world/wdb2_rivers.geojson.gz") else { return };
    let Some(borders) = shared("data/world/natural_earth_10m_boundary_lines_land.geojson") else {
        return;
    };
    let paths = [borders, rivers].map(|path| path.to_str().unwrap().to_owned());
    let options = ["--step=1000", "--distances=500,5000", "--format=json"];
    let arguments = [&[paths[0].as_str(), "--rivers", &paths[1]][..], &options].concat();
    let found: Value = serde_json::from_str(&output_of(&arguments, "")).unwrap();
    let pairs = found["pairs"].as_array().unwrap();
    let share =
        |pair: &Value| metres(&pair["rivers"]["within"][1]["length_m"]) / metres(&pair["length_m"]);
    let of = |left: &str, right: &str| {
        share(pairs.iter().find(|it| it["left"] == left && it["right"] == right).unwrap())
    };
    // The Rio Grande, the Amur and the Congo; the Sahara.
    assert!(of("MEX", "USA") > 0.4, "{}", of("MEX", "USA"));
    assert!(of("CHN", "RUS") > 0.5, "{}", of("CHN", "RUS"));
    assert!(of("DZA", "LBY") < 0.1, "{}", of("DZA", "LBY"));
}

/// A piece that two lines have is in the sum twice, and the report says so.
#[test]
fn what_is_drawn_twice_is_named_and_counted() {
    let line = |path: Value| json!({"type": "LineString", "coordinates": path});
    let features = |second: Value| {
        let first = line(json!([[80.5, 45], [80.6, 45], [80.7, 45]]));
        [first, line(second)].map(|it| it.to_string()).join("\n")
    };
    let twice = features(json!([[80.6, 45], [80.5, 45], [80.5, 45.1]]));
    let arguments = ["-", "--rivers", RIVERS, "--distances=1000"];
    let found = output_of(&[&arguments[..], &["--format", "json"]].concat(), &twice);
    let found: Value = serde_json::from_str(&found).unwrap();
    let twice_m = metres(&found["total"]["twice_m"]);
    assert!((twice_m - 7_884.6).abs() < 1.0, "{twice_m}");
    let says = "7.9 km are drawn twice, with the same edges or within 22 m of each other, and counted \
                twice; without that it is";
    for format in ["text", "html"] {
        let output = output_of(&[&arguments[..], &["--format", format]].concat(), &twice);
        let output = output.replace('\u{a0}', " ");
        let words: Vec<&str> = output.split_whitespace().collect();
        assert!(words.join(" ").contains(says), "{output}");
    }
    let once = output_of(&arguments, &features(json!([[80.6, 45], [80.5, 45.1]])));
    assert!(!once.contains("drawn twice"), "{once}");
}
