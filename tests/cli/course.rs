//! `treatyline course`: each format, each source of a line, and what it refuses.

use std::fs;

use serde_json::{Value, json as value};
use textwrap::core::display_width;

use crate::common::{FORMATS, Variant, repository, shared, treatyline};
use crate::refusal::refused;

const LINE: &str = "tests/data/course/line.geojson";
const OTHER: &str = "tests/data/course/other.geojson";
const RIVERS: &str = "tests/data/course/rivers.geojson";
#[cfg(feature = "geotiff")]
const RELIEF: &str = "tests/data/relief/ridge_and_valley.tif";

/// The output of a command, run in the folder of this repository; there must be no other message.
fn output_from(arguments: &[&str], stdin: &str) -> String {
    let mut command = treatyline();
    command.current_dir(repository("")).arg("course").args(arguments);
    let run = command.write_stdin(stdin).output().unwrap();
    let stderr = String::from_utf8(run.stderr).unwrap();
    // Known messages: the rivers of the fixture include a point, those of the world include rivers
    // of one place, and some lines are compared with rivers of another place.
    let known = [
        "a Point, no river and no lake",
        "left out, the first in feature 2",
        "see whether the files show the same place",
    ];
    let others = stderr.lines().filter(|line| !known.iter().any(|end| line.ends_with(end)));
    let others: Vec<&str> = others.collect();
    assert_eq!((run.status.code(), others), (Some(0), Vec::new()), "{arguments:?}");
    String::from_utf8(run.stdout).unwrap()
}

fn output_of(arguments: &[&str]) -> String {
    output_from(arguments, "")
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&output_of(&[arguments, &["--format", "json"]].concat())).unwrap()
}

fn metres(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn sum(list: &Value, name: &str) -> f64 {
    list.as_array().unwrap().iter().map(|it| metres(&it[name])).sum()
}

/// With every kind of input.
#[cfg(feature = "geotiff")]
const ALL: [&str; 9] =
    [LINE, "--rivers", RIVERS, "--distances", "100,250,2000", "--onto", OTHER, "--relief", RELIEF];

#[cfg(feature = "geotiff")]
mod snapshots {
    use super::{ALL, output_of};

    #[test]
    fn text() {
        insta::assert_snapshot!("course_text", output_of(&ALL));
    }

    #[test]
    fn json() {
        insta::assert_snapshot!(
            "course_json",
            output_of(&[&ALL[..], &["--format", "json"]].concat())
        );
    }

    #[test]
    fn csv() {
        insta::assert_snapshot!(
            "course_csv",
            output_of(&[&ALL[..], &["--format", "csv"]].concat())
        );
    }

    /// Its style is that of every page, and its narrow drawings hold what the wide ones do.
    #[test]
    fn html() {
        let page = output_of(&[&ALL[..], &["--format", "html"]].concat());
        let (head, rest) = page.split_once("<style>").unwrap();
        let (_, body) = rest.split_once("</style>").unwrap();
        let mut parts = body.split("<div class=\"narrow\">");
        let mut page = format!("{head}{}", parts.next().unwrap());
        for part in parts {
            page += &part[part.find("</div>").unwrap()..];
        }
        insta::assert_snapshot!("course_html", page);
    }
}

#[cfg(feature = "geotiff")]
#[test]
fn the_document_adds_up() {
    let found = json(&ALL);
    assert_eq!(found["schema"], "treatyline/course/v1");
    let length_m = metres(&found["length_m"]);
    let close = |a: f64, b: f64, what: &str| assert!((a - b).abs() < 0.01, "{what}: {a} and {b}");
    close(sum(&found["follows"], "length_m"), length_m, "what it follows");
    let stretches = found["stretches"].as_array().unwrap();
    close(metres(&stretches[0]["from_m"]), 0.0, "the first stretch");
    close(metres(&stretches[stretches.len() - 1]["to_m"]), length_m, "the last stretch");
    for both in stretches.windows(2) {
        assert_eq!(both[0]["to_m"], both[1]["from_m"]);
        assert_ne!(both[0]["follows"], both[1]["follows"]);
    }
    let relief = &found["relief"];
    let forms = ["ridge_m", "valley_m", "slope_m", "flat_m", "not_covered_m"];
    close(forms.iter().map(|form| metres(&relief[form])).sum(), length_m, "the forms");
    let uncovered = sum(&relief["not_covered"], "to_m") - sum(&relief["not_covered"], "from_m");
    close(uncovered, metres(&relief["not_covered_m"]), "what is not covered");
    let heights = &relief["heights"];
    let asked: u64 = ["known", "outside", "no_data", "absurd"]
        .iter()
        .map(|it| heights[it].as_u64().unwrap())
        .sum();
    assert_eq!(asked % 3, 0, "three at each station");
    assert!(heights["outside"].as_u64().unwrap() > 0 && heights["absurd"] == 0);
    let runs = &found["rivers"]["runs"];
    let names: Vec<&str> =
        runs.as_array().unwrap().iter().filter_map(|it| it["name"].as_str()).collect();
    assert_eq!(names, ["Sweet Water", "霍尔果斯河"]);
    let river = found["follows"].as_array().unwrap().iter().find(|it| it["follows"] == "river");
    close(sum(runs, "length_m"), metres(&river.unwrap()["length_m"]), "runs");
    let within = found["rivers"]["within"].as_array().unwrap();
    assert!(within.is_sorted_by(|a, b| metres(&a["length_m"]) <= metres(&b["length_m"])));
    assert!(within.iter().all(|it| metres(&it["chance_mean_m"]) <= metres(&it["chance_max_m"])));
    let onto = &found["rivers"]["onto"];
    close(sum(&onto["runs"], "length_m"), metres(&onto["runs_m"]), "runs carried over");
    // It is drawn the other way, 300 m off, with a bay of 3 km.
    let carried = onto["runs"].as_array().unwrap();
    assert!(metres(&carried[0]["from_m"]) > metres(&carried[1]["to_m"]));
    assert!((metres(&carried[0]["from_off_m"]) - 300.0).abs() < 2.0);
    assert!(metres(&carried[1]["most_off_m"]) > 1000.0);
}

#[test]
fn rivers_alone_and_what_they_leave_open() {
    let found = json(&[LINE, "--rivers", RIVERS]);
    assert!(found.get("relief").is_none());
    let kinds: Vec<&str> = found["follows"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["follows"].as_str())
        .collect();
    assert_eq!(kinds, ["river", "straight", "unknown"]);
    let left = &found["left_out"][0];
    assert_eq!((&left["kind"], &left["count"]), (&"other-kind".into(), &1.into()));
    assert_eq!(found["rivers"]["plateau"], Value::Null);
    // Rivers that are the line itself show a plateau from the first distance on.
    let own = json(&[LINE, "--rivers", LINE]);
    let plateau = &own["rivers"]["plateau"];
    assert_eq!((&plateau["from_within_m"], &plateau["to_within_m"]), (&10.0.into(), &100.0.into()));
    // A lake is water wherever the line goes through it; the direction of its shore does not
    // matter.
    let lake = json(&[LINE, "--rivers", RIVERS, "--distances", "1"]);
    let inside_m = metres(&lake["rivers"]["within"][0]["length_m"]);
    assert!((inside_m - 6305.0).abs() < 110.0, "{inside_m}");
    let any = json(&[LINE, "--rivers", RIVERS, "--any-direction"]);
    assert_eq!(any["rivers"]["direction_deg"], Value::Null);
    let at_500_m = |found: &Value| metres(&found["rivers"]["within"][4]["length_m"]);
    let crossing_m = at_500_m(&any) - at_500_m(&found);
    // 500 m on both sides of the river that crosses, and before and after the lake, whose shores
    // also cross the line.
    assert!((crossing_m - 2000.0).abs() < 201.0, "{crossing_m}");
}

#[cfg(feature = "geotiff")]
#[test]
fn relief_alone_and_what_it_leaves_open() {
    let found = json(&[LINE, "--relief", RELIEF]);
    assert!(found.get("rivers").is_none());
    let kinds: Vec<&str> = found["follows"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["follows"].as_str())
        .collect();
    assert_eq!(kinds, ["straight", "ridge", "valley", "slope"]);
    // From 80.1 to 80.5 and from there to 80.9: 31.5 km each; in the valley also the beginning
    // of the way out of it.
    let of = |name: &str| metres(&found["relief"][name]);
    for form in ["ridge_m", "valley_m"] {
        assert!((31_300.0..32_600.0).contains(&of(form)), "{form}: {}", of(form));
    }
    let text = output_of(&[LINE, "--relief", RELIEF]);
    assert!(text.contains("A height is missing, on the line or to a side of it, for"), "{text}");
    assert!(text.contains("outside of the raster."), "{text}");
    let flat = json(&[LINE, "--relief", RELIEF, "--flat", "3000"]);
    assert_eq!(
        (&flat["relief"]["ridge_m"], &flat["relief"]["valley_m"]),
        (&0.0.into(), &0.0.into())
    );
}

#[test]
fn features_are_read_again_and_their_lengths_add_up() {
    let folder = tempfile::tempdir().unwrap();
    let whole_m = metres(&json(&[LINE, "--rivers", RIVERS])["length_m"]);
    let runs_m = sum(&json(&[LINE, "--rivers", RIVERS])["rivers"]["runs"], "length_m");
    let endings = FORMATS.into_iter().filter(|(it, _)| ["fgb", "gpkg"].contains(it));
    for ending in endings.filter(|(_, built_in)| *built_in).map(|it| it.0).chain(["geojson"]) {
        let path = folder.path().join(format!("course.{ending}"));
        let path = path.to_str().unwrap();
        assert_eq!(output_of(&[LINE, "--rivers", RIVERS, "-o", path]), "");
        let run = treatyline().args(["measure", path, "--by", "kind", "--format", "json"]).output();
        let found: Value = serde_json::from_slice(&run.unwrap().stdout).unwrap();
        let groups = found["groups"].as_array().unwrap();
        for (kind, expected_m) in [("run", runs_m), ("stretch", whole_m)] {
            let group = groups.iter().find(|it| it["value"] == kind).unwrap();
            // Ends between two vertices are new vertices, with seven decimals.
            let off_m = metres(&group["length_m"]) - expected_m;
            assert!(off_m.abs() < 0.5, "{ending}, {kind}: {off_m} m");
        }
    }
    let csv = folder.path().join("course.csv");
    let csv = csv.to_str().unwrap();
    output_of(&[LINE, "--rivers", RIVERS, "-o", csv]);
    assert!(fs::read_to_string(csv).unwrap().starts_with("of,name,from_m,to_m,length_m,within_m,"));
}

#[test]
fn every_format_is_the_same_each_time_and_goes_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    for format in ["text", "json", "csv", "html", "geojson"] {
        let arguments = [LINE, "--rivers", RIVERS, "--format", format];
        let once = output_of(&arguments);
        let path = folder.path().join(format);
        assert_eq!(output_of(&[&arguments[..], &["-o", path.to_str().unwrap()]].concat()), "");
        assert_eq!(fs::read_to_string(&path).unwrap(), once, "{format}");
        assert!(
            once.ends_with('\n') && !once.ends_with("\n\n") && !once.contains("NaN"),
            "{format}"
        );
    }
    let name = "The Mandated Territory of Upper and Lower Somewhere, as it was drawn in 1882";
    let line = fs::read_to_string(repository(LINE)).unwrap().replace("Ridge and valley", name);
    for line in output_from(&["-", "--rivers", RIVERS], &line).lines() {
        assert!(display_width(line) <= 100 && line == line.trim_end(), "{line}");
    }
}

/// A river somewhere else gives 0 km. That is right but means nothing, so the program warns.
#[test]
fn rivers_of_another_place_are_warned_of() {
    let elsewhere = value!({"type": "LineString", "coordinates": [[-60, -3], [-58, -3]]});
    for command in ["course", "survey"] {
        let warnings = |rivers: &str, stdin: &str| {
            let mut run = treatyline();
            run.current_dir(repository("")).args([command, LINE, "--rivers", rivers]);
            let run = run.write_stdin(stdin).output().unwrap();
            assert_eq!(run.status.code(), Some(0), "{command}");
            String::from_utf8(run.stderr).unwrap()
        };
        let far = warnings("-", &elsewhere.to_string());
        assert!(far.contains("no river comes within "), "{command}: {far}");
        assert!(far.contains("see whether the files show the same place"), "{command}: {far}");
        let near = warnings(RIVERS, "");
        assert!(!near.contains("no river comes within "), "{command}: {near}");
    }
}

#[test]
fn line_and_rivers_may_come_from_standard_input_and_rivers_from_several_files() {
    let text = |path: &str| fs::read_to_string(repository(path)).unwrap();
    let lengths = |found: Value| (found["rivers"]["within"].clone(), found["stretches"].clone());
    let plain = lengths(json(&[LINE, "--rivers", RIVERS]));
    let parsed = |text: String| serde_json::from_str::<Value>(&text).unwrap();
    let piped = output_from(&["-", "--rivers", RIVERS, "--format", "json"], &text(LINE));
    assert_eq!(lengths(parsed(piped)), plain);
    let piped = output_from(&[LINE, "--rivers", "-", "--format", "json"], &text(RIVERS));
    assert_eq!(lengths(parsed(piped)), plain);
    // Each feature in a file of its own.
    let folder = tempfile::tempdir().unwrap();
    let rivers: Value = serde_json::from_str(&text(RIVERS)).unwrap();
    let features = rivers["features"].as_array().unwrap().iter().take(4).enumerate();
    let paths: Vec<String> = features
        .map(|(i, feature)| {
            let path = folder.path().join(format!("{i}.geojson"));
            fs::write(&path, feature.to_string()).unwrap();
            path.to_str().unwrap().to_owned()
        })
        .collect();
    let mut arguments = vec![LINE, "--rivers"];
    arguments.extend(paths.iter().map(String::as_str));
    let several = json(&arguments);
    assert_eq!(several["rivers"]["files"].as_array().unwrap().len(), 4);
    assert_eq!(lengths(several), plain);
    let again = json(&[LINE, "--rivers", &paths[0], "--rivers", &paths[1]]);
    assert_eq!(again["rivers"]["files"].as_array().unwrap().len(), 2);
}

#[test]
fn rivers_of_any_format_that_is_built_in_are_the_same() {
    let line = "tests/data/formats/lines.geojson";
    let found = |ending: &str| {
        let rivers = format!("tests/data/formats/lines.{ending}");
        let found = json(&[line, "--rivers", &rivers, "--straight", "1e7"]);
        (found["rivers"]["within"].clone(), found["rivers"]["runs"].as_array().unwrap().len())
    };
    let twin = found("geojson");
    assert!(metres(&twin.0[0]["length_m"]) > 0.0);
    for (ending, built_in) in FORMATS {
        let path = repository("tests/data/formats").join(format!("lines.{ending}"));
        let path = path.to_str().unwrap();
        if built_in {
            assert_eq!(found(ending), twin, "{ending}");
        } else {
            let arguments = ["course", line, "--rivers", path];
            refused(path, &arguments, b"", &["this build does not read", "build with the feature"]);
        }
    }
}

#[test]
fn the_dossiers_own_line_and_another_dossiers() {
    let folder = Variant::freedonia().directory();
    let folder = folder.path().to_str().unwrap();
    let found = json(&["--dossier", folder, "--rivers", RIVERS]);
    assert_eq!(found["line"]["title"], "Freedonia–Sylvania boundary");
    assert_eq!(found["line"]["parts"], 1);
    let own = json(&["--rivers", RIVERS, "--step", "1000"]);
    assert_eq!(own["line"]["title"], "China–Kazakhstan boundary");
    // With both, lines that do not run along the dossier's would be left out; here none does.
    let both = json(&[LINE, "--dossier", folder, "--rivers", RIVERS]);
    assert_eq!(both["line"], json(&[LINE, "--rivers", RIVERS])["line"]);
}

#[test]
fn two_polygons_stand_for_the_line_between_them() {
    let text = fs::read_to_string(repository(LINE)).unwrap();
    let line: Value = serde_json::from_str(&text).unwrap();
    let line = line["features"][0]["geometry"]["coordinates"].as_array().unwrap().clone();
    let polygon = |north: f64| {
        let mut ring = line.clone();
        ring.extend([
            serde_json::json!([81.1, north]),
            serde_json::json!([80.1, north]),
            line[0].clone(),
        ]);
        serde_json::json!({"type": "Feature", "properties": {"name": north},
            "geometry": {"type": "Polygon", "coordinates": [ring]}})
    };
    let both = serde_json::json!({"type": "FeatureCollection", "features": [polygon(46.0), polygon(44.0)]});
    let found = output_from(&["-", "--rivers", RIVERS, "--format", "json"], &both.to_string());
    let found: Value = serde_json::from_str(&found).unwrap();
    let drawn = json(&[LINE, "--rivers", RIVERS]);
    assert!((metres(&found["length_m"]) - metres(&drawn["length_m"])).abs() < 1e-3);
    let title = found["line"]["title"].as_str().unwrap();
    assert!(title.starts_with("boundary shared by"), "{title}");
    // The shared edges may come in the other direction.
    let run_m = |found: &Value| sum(&found["rivers"]["runs"], "length_m");
    assert!((run_m(&found) - run_m(&drawn)).abs() < 1.0);
}

#[test]
fn a_boundary_that_nobody_prepared() {
    const PAIR: &str = "tests/data/course/france_spain.geojson";
    // Andorra lies between the parts.
    let own = json(&[PAIR, "--rivers", RIVERS]);
    assert_eq!(own["line"]["parts"], 3);
    assert_eq!(metres(&own["rivers"]["within"][5]["length_m"]), 0.0);
    // 5 mm at 1:10,000,000.
    assert_eq!(own["method"]["straight_m"], 50_000.0);
    let text = output_of(&[PAIR, "--rivers", RIVERS]);
    assert!(
        text.contains("in 3 parts that do not meet; nothing is counted between them"),
        "{text}"
    );
    assert!(
        text.contains("No stretch of it follows a mapped river for 5,000 m or more."),
        "{text}"
    );
    let Some(rivers) = shared("data/world/wdb2_rivers.geojson.gz") else { return };
    let found = json(&[PAIR, "--rivers", rivers.to_str().unwrap()]);
    let within = &found["rivers"]["within"][4];
    assert_eq!(within["within_m"], 500.0);
    // On a crest some river is near now and then, as for the line moved aside.
    assert!(metres(&within["length_m"]) < metres(&within["chance_max_m"]), "{within}");
    let text = output_of(&[PAIR, "--rivers", rivers.to_str().unwrap()]);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("no evidence that the line follows any"), "{text}");
}

#[test]
fn onto_a_line_somewhere_else_nothing_is_carried_over() {
    let arguments = [LINE, "--rivers", RIVERS, "--onto", "tests/data/course/france_spain.geojson"];
    let found = json(&arguments);
    assert_eq!(found["rivers"]["onto"]["runs"], Value::Array(Vec::new()));
    assert_eq!(found["rivers"]["onto"]["runs_m"], 0.0);
    let text = output_of(&arguments);
    assert!(text.contains("Nothing is carried over to France and Spain"), "{text}");
}

/// Conditions pick the line out of its file. They do not apply to rivers, nor to another depiction
/// without such an attribute; in a depiction with it they pick the same line.
#[test]
fn conditions_belong_to_the_line() {
    let folder = tempfile::tempdir().unwrap();
    let feature = |pair: &str, path: &str| {
        let text = fs::read_to_string(repository(path)).unwrap();
        let mut feature = serde_json::from_str::<Value>(&text).unwrap()["features"][0].clone();
        feature["properties"] = value!({"pair": pair});
        feature
    };
    let written = |name: &str, features: &[Value]| {
        let path = folder.path().join(name);
        let all = value!({"type": "FeatureCollection", "features": features});
        fs::write(&path, all.to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    const FAR: &str = "tests/data/course/france_spain.geojson";
    let world = written("world.geojson", &[feature("AB", LINE), feature("CD", FAR)]);
    let other = written("other.geojson", &[feature("CD", FAR), feature("AB", OTHER)]);
    let of = |onto: &str| {
        let arguments = [&world, "--where", "pair=AB", "--rivers", RIVERS, "--onto", onto];
        json(&arguments)["rivers"]["onto"].clone()
    };
    let (alone, picked) = (of(OTHER), of(&other));
    assert!(metres(&alone["runs_m"]) > 10_000.0, "{alone}");
    assert_eq!((&alone["runs"], &alone["length_m"]), (&picked["runs"], &picked["length_m"]));
    // A depiction from standard input is taken as the line alone.
    let text = fs::read_to_string(repository(OTHER)).unwrap();
    let arguments = [&world, "--where", "pair=AB", "--rivers", RIVERS, "--onto", "-"];
    let piped = output_from(&[&arguments[..], &["--format", "json"]].concat(), &text);
    let piped: Value = serde_json::from_str(&piped).unwrap();
    assert_eq!(piped["rivers"]["onto"]["runs"], alone["runs"]);
    // In a file with the attribute, but without such a value, nothing is left.
    let none = written("none.geojson", &[feature("CD", FAR)]);
    let arguments = ["course", &world, "--where", "pair=AB", "--rivers", RIVERS, "--onto", &none];
    let run = treatyline().current_dir(repository("")).args(arguments).output().unwrap();
    let stderr = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr.contains("none.geojson: no feature meets --where `pair=AB`"), "{stderr}");
}

/// Shares refer to the part that the relief covers; if it covers nothing, there are none.
#[cfg(feature = "geotiff")]
#[test]
fn shares_of_a_stretch_that_the_relief_covers_in_part_or_not_at_all() {
    let of = |river: Value, format: &str| {
        let river = value!({"type": "LineString", "coordinates": river}).to_string();
        let options = ["--relief", RELIEF, "--straight", "1e6", "--format", format];
        output_from(&[&[LINE, "--rivers", "-"], &options[..]].concat(), &river)
    };
    let along = |river: Value| {
        let found: Value = serde_json::from_str(&of(river, "json")).unwrap();
        found["relief"]["along"][0].clone()
    };
    let (outside, across) = ([[81.02, 45.08222], [81.1, 45.1]], [[80.92, 45.06], [81.1, 45.1]]);
    let none = along(value!(outside));
    assert_eq!((&none["not_covered"], &none["ridge"]), (&1.0.into(), &Value::Null));
    let part = along(value!(across));
    assert!((0.5..0.7).contains(&metres(&part["not_covered"])), "{part}");
    let shares = ["ridge", "valley", "slope", "flat"].map(|form| metres(&part[form]));
    assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-3, "{part}");
    let text = of(value!(outside), "text");
    let words: Vec<&str> = text.split_whitespace().collect();
    assert!(
        words.windows(7).any(|it| it == ["–", "–", "–", "–", "100.0", "%", "METHOD"]),
        "{text}"
    );
    assert!(text.contains("are of the covered part") && text.contains("not covered"), "{text}");
    let whole = of(value!([[80.2, 45.0], [80.4, 45.0]]), "text");
    assert!(!whole.contains("of the covered part"), "{whole}");
}

/// In some files a country is on the left of one feature and on the right of the next.
#[test]
fn features_with_the_sides_exchanged_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sides.geojson");
    let feature = |left: &str, right: &str, x: f64| {
        value!({"type": "Feature", "properties": {"left": left, "right": right},
            "geometry": {"type": "LineString", "coordinates": [[x, 45.0], [x + 0.2, 45.01]]}})
    };
    let features = [feature("A", "B", 80.0), feature("B", "A", 80.2), feature("C", "A", 80.4)];
    let all = value!({"type": "FeatureCollection", "features": features});
    fs::write(&path, all.to_string()).unwrap();
    let warnings = |left: &str, right: &str| {
        let sides = [format!("left={left}"), format!("right={right}")];
        let arguments = ["--where", &sides[0], "--where", &sides[1], "--rivers", RIVERS];
        let mut run = treatyline();
        run.current_dir(repository("")).arg("course").arg(&path).args(arguments);
        let run = run.output().unwrap();
        assert_eq!(run.status.code(), Some(0));
        String::from_utf8(run.stderr).unwrap()
    };
    let some = warnings("A", "B");
    let says = "1 feature with the values of `left` and `right` exchanged is left out by --where";
    assert!(some.contains(says), "{some}");
    assert!(!warnings("C", "A").contains("exchanged"));
}
