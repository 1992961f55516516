//! `treatyline dossier`

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::common::{Variant, repository, treatyline};

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let run = treatyline().args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (run.status.code(), text(run.stdout), text(run.stderr))
}

/// A line of two edges, with its title.
const LINE: &str = r#"{"type": "FeatureCollection", "title": "The ridge", "nominal_scale": 100000,
    "features": [{"type": "Feature", "properties": {}, "geometry": {"type": "LineString",
    "coordinates": [[10.0, 49.0], [10.2, 49.1], [10.4, 49.0]]}}]}"#;

const POINTS: &str = "name,lon,lat\nThe top,10.2,49.1\nAway,10.2,50.0\n";

#[test]
fn a_new_dossier_is_sound_and_reported() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("line.geojson"), LINE).unwrap();
    fs::write(folder.join("points.csv"), POINTS).unwrap();
    let new = [
        "dossier",
        "new",
        "mine",
        "--line",
        "line.geojson",
        "--left",
        "North \"A\"",
        "--right",
        "South",
        "--points",
        "points.csv",
    ];
    let (exit, text, said) = run(folder, &new);
    assert_eq!((exit, said.as_str()), (Some(0), ""));
    assert!(text.contains("mine: a dossier of 7 files; fill in the"), "{text}");
    let (exit, text, _) = run(folder, &["dossier", "validate", "mine"]);
    assert_eq!((exit, text.as_str()), (Some(0), "mine: nothing is wrong with this dossier\n"));
    let head = fs::read_to_string(folder.join("mine/dossier.toml")).unwrap();
    // 0.5 mm at 1:100,000.
    assert!(
        head.contains("accuracy_m      = 50.0") && head.contains("name = \"North \\\"A\\\"\""),
        "{head}"
    );
    // Cut at the point on the line, not at the one that is not.
    let segments = fs::read_to_string(folder.join("mine/segments.geojson")).unwrap();
    let segments: Value = serde_json::from_str(&segments).unwrap();
    let named: Vec<&str> = segments["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["properties"]["points"].as_str().unwrap())
        .collect();
    assert_eq!(named, ["start–The top", "The top–end"]);
    let figures = fs::read_to_string(folder.join("mine/figures.toml")).unwrap();
    // pyproj: 36,737.64 m.
    assert!(figures.contains("#   at full detail 36.74 km"), "{figures}");
    let (exit, text, said) = run(folder, &["report", "--dossier", "mine"]);
    assert_eq!(exit, Some(0), "{said}");
    assert!(text.starts_with("The ridge\n"), "{text}");
    let (exit, _, said) = run(folder, &["report", "--dossier", "mine", "--format", "html"]);
    assert_eq!(exit, Some(0), "{said}");
}

#[test]
fn nothing_is_overwritten_or_left_half_done() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("line.geojson"), LINE).unwrap();
    fs::create_dir(folder.join("mine")).unwrap();
    fs::write(folder.join("mine/notes.txt"), "mine").unwrap();
    let (exit, _, said) = run(folder, &["dossier", "new", "mine", "--line", "line.geojson"]);
    assert_eq!(exit, Some(2));
    assert!(said.contains("mine: there is something already; name another directory"), "{said}");
    let twice =
        ["dossier", "new", "other", "--line", "line.geojson", "--left", "A", "--right", "A"];
    let (exit, _, said) = run(folder, &twice);
    assert_eq!(exit, Some(2));
    assert!(
        said.contains("`party` is `A` on both sides; it must be another state on each side"),
        "{said}"
    );
    let apart = LINE.replace(
        "[10.4, 49.0]]}}]",
        "[10.4, 49.0]]}}, {\"type\": \"Feature\", \"properties\": \
        {}, \"geometry\": {\"type\": \"LineString\", \"coordinates\": [[20, 49], [21, 49]]}}]",
    );
    fs::write(folder.join("apart.geojson"), apart).unwrap();
    let (exit, _, said) = run(folder, &["dossier", "new", "other", "--line", "apart.geojson"]);
    assert_eq!(exit, Some(0), "{said}");
    let parts = fs::read_to_string(folder.join("other/segments.geojson")).unwrap();
    assert_eq!(parts.matches("\"apart\":true").count(), 1, "{parts}");
    let (exit, _, said) = run(folder, &["dossier", "validate", "other"]);
    assert_eq!(exit, Some(0), "{said}");
    fs::remove_dir_all(folder.join("other")).unwrap();
    let (exit, _, said) =
        run(folder, &["dossier", "new", "no/such/place", "--line", "line.geojson"]);
    assert_eq!(exit, Some(2), "{said}");
    let mut left: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    assert_eq!(left, ["apart.geojson", "line.geojson", "mine"]);
}

#[test]
fn all_problems_are_listed() {
    let broken = Variant::freedonia()
        .with("figures.toml", "unit      = \"km\"", "unit      = \"parsec\"")
        .with("instruments.toml", "signed    = \"1903-05-04\"", "signed    = \"yesterday\"");
    let directory = broken.directory();
    let named = directory.path().to_str().unwrap();
    let (exit, text, said) = run(directory.path(), &["dossier", "validate", named]);
    assert_eq!((exit, said.as_str()), (Some(1), ""), "{text}");
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.len() > 3 && lines.iter().all(|line| line.contains(named)), "{text}");
    assert!(text.contains("unknown unit `parsec`; use one of: km, m,"), "{text}");
    assert!(!text.contains("more problem"), "{text}");
    let (_, text, _) = run(directory.path(), &["dossier", "validate", named, "--format", "json"]);
    let found: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(found["schema"], "treatyline/validation/v1");
    assert_eq!(found["is_valid"], false);
    assert_eq!(found["problems"].as_array().unwrap().len(), lines.len() - 1);
    let (_, text, _) = run(directory.path(), &["dossier", "validate", named, "--format", "sarif"]);
    let found: Value = serde_json::from_str(&text).unwrap();
    let results = found["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), lines.len() - 1);
    assert!(results.iter().all(|it| it["level"] == "error"));
}

#[test]
fn each_dossier_inside_the_program_goes_by_its_name() {
    let here = repository("");
    let (exit, text, _) = run(&here, &["dossier", "list"]);
    assert_eq!(exit, Some(0));
    let begins = [
        "china-kazakhstan  China–Kazakhstan boundary, 1,811.0 km",
        "norway-russia-sea  Norway–Russia maritime boundary, 1,751.9 km",
        "chad-libya  Chad–Libya boundary, 1,051.2 km",
        "us-mexico  United States–Mexico boundary, 3,238.0 km",
    ];
    assert_eq!(text.lines().count(), begins.len(), "{text}");
    for (line, begins) in text.lines().zip(begins) {
        assert!(line.starts_with(begins), "{line}");
        let name = begins.split(' ').next().unwrap();
        let directory = format!("data/{name}");
        let [named, read] = [name, &directory].map(|it| run(&here, &["check", "--dossier", it]));
        assert_eq!(named, read, "{name}");
    }
    let [named, own] = [&["check", "--dossier", "china-kazakhstan"][..], &["check"]]
        .map(|arguments| run(&here, arguments));
    assert_eq!(named, own);
}

#[test]
fn a_name_misspelt_is_answered_with_those_there_are() {
    let directory = tempfile::tempdir().unwrap();
    let (exit, _, said) = run(directory.path(), &["check", "--dossier", "chad-lybia"]);
    assert_eq!(exit, Some(2));
    assert!(said.starts_with("treatyline: chad-lybia: there is no such directory"), "{said}");
    assert!(
        said.contains("one of china-kazakhstan, norway-russia-sea, chad-libya, us-mexico"),
        "{said}"
    );
}

/// Findings for code scanning point into the files of the dossier that was asked for.
#[test]
fn a_dossier_inside_the_program_is_where_the_repository_has_it() {
    let arguments = ["check", "--dossier", "chad-libya", "--format", "sarif"];
    let (_, text, _) = run(&repository(""), &arguments);
    assert!(text.contains("\"uri\": \"data/chad-libya/figures.toml\""), "{text}");
}

/// The rivers of the fixture are elsewhere: what is said to follow one is then undecided.
#[test]
fn check_names_the_file_that_a_course_is_compared_with() {
    let rivers = "tests/data/course/rivers.geojson";
    let mut command = treatyline();
    command.current_dir(repository("")).args(["check", "--rivers", rivers, "--format", "json"]);
    let run = command.output().unwrap();
    let findings: Value = serde_json::from_slice(&run.stdout).unwrap();
    let findings = findings["findings"].as_array().unwrap();
    let tekes = findings.iter().find(|it| it["id"] == "course/tekes").unwrap();
    assert_eq!(tekes["verdict"], "undecided");
    let why = tekes["explanation"].as_str().unwrap();
    assert!(why.contains("no mapped river is within 10 km") && why.contains(rivers), "{why}");
    let stderr = String::from_utf8(run.stderr).unwrap();
    assert!(stderr.contains("a Point, no river and no lake"), "{stderr}");
    for (arguments, says) in [
        (vec!["--ground-accuracy", "5"], "name one of them"),
        (vec!["--rivers", rivers, "--ground-accuracy", "0"], "--ground-accuracy is 0"),
        (vec!["--shores", rivers], "2 values required"),
    ] {
        let run = treatyline().current_dir(repository("")).arg("check").args(&arguments).output();
        let run = run.unwrap();
        let stderr = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(says), "{arguments:?}: {stderr}");
    }
}

/// A figure is added where figures are, and nothing is written that the dossier cannot hold.
#[test]
fn figures_are_added_to_a_dossier_that_stays_sound() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("line.geojson"), LINE).unwrap();
    let new = ["dossier", "new", "mine", "--line", "line.geojson", "--left", "A", "--right", "B"];
    assert_eq!(run(folder.path(), &new).0, Some(0));
    let file = folder.path().join("mine/figures.toml");
    let add = |others: &[&str]| {
        let arguments = ["dossier", "figures", "add", "mine", "--source", "line"];
        run(folder.path(), &[&arguments, others].concat())
    };
    let atlas =
        ["--id", "length-atlas", "--printed", "35.8", "--unit", "km", "--what", "An \"atlas\""];
    let (code, stdout, stderr) = add(&atlas);
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{stdout}");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("# Measured on this line."), "{text}");
    assert!(
        text.ends_with("source    = \"line\"\n") && text.contains("rounding  = 0.1\n"),
        "{text}"
    );
    for (others, says) in [
        (["--id", "length-atlas", "--printed", "36", "--unit", "km"], "length-atlas"),
        (["--id", "length-b", "--printed", "40", "--unit", "km"], "rounding"),
        (["--id", "length-b", "--printed", "36", "--unit", "cubit"], "cubit"),
        (["--id", "length-b", "--printed", "3x", "--unit", "km"], "3x"),
    ] {
        let (code, _, stderr) = add(&others);
        assert_eq!(code, Some(2), "{others:?}");
        assert!(stderr.contains(says) && stderr.contains("figures.toml"), "{others:?}: {stderr}");
        assert_eq!(fs::read_to_string(&file).unwrap(), text, "{others:?}");
    }
    let rounded = ["--id", "length-b", "--printed", "40", "--unit", "km", "--rounding", "10"];
    assert_eq!(add(&rounded).0, Some(0));
    let (code, stdout, _) = run(folder.path(), &["check", "--dossier", "mine"]);
    assert!(code == Some(0) && stdout.contains("length/"), "{code:?} {stdout}");
}

/// What a table says of its points is kept, an end has its name once, and the accuracy is that which is
/// given.
#[test]
fn points_of_a_new_dossier_are_what_their_table_says() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("line.geojson"), LINE).unwrap();
    let table = "name,id,kind,position,accuracy_m,note,longitude,latitude\n\
                 First stone,stone-1,boundary-point,line,20,broken,10.0,49.0\n\
                 Hill,hill,height,Leftland,30,,10.2,49.3\n\
                 Mill,hill,castle,nowhere,-3,,10.2,48.9\n";
    fs::write(folder.path().join("points.csv"), table).unwrap();
    let new = "dossier new mine --line line.geojson --left Leftland --right Rightland --points points.csv \
               --accuracy 250";
    let (code, _, stderr) =
        run(folder.path(), &new.split(' ').filter(|it| !it.is_empty()).collect::<Vec<_>>());
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let text = fs::read_to_string(folder.path().join("mine/points.geojson")).unwrap();
    let points: Value = serde_json::from_str(&text).unwrap();
    let points = points["features"].as_array().unwrap();
    let of = |id: &str| &points.iter().find(|it| it["id"] == id).unwrap()["properties"];
    assert_eq!(points.len(), 4, "{text}");
    assert_eq!(
        (&of("start")["name"], &of("start")["note"]),
        (&"First stone".into(), &"broken".into())
    );
    assert_eq!((&of("hill")["position"], &of("hill")["accuracy_m"]), (&"LEF".into(), &30.0.into()));
    // What a dossier does not know is left to be written.
    let mill = of("point-3");
    assert_eq!(
        (&mill["kind"], &mill["position"], &mill["accuracy_m"]),
        (&"landmark".into(), &"none".into(), &250.0.into())
    );
    assert_eq!(run(folder.path(), &["dossier", "validate", "mine"]).0, Some(0));
    let manifest = fs::read_to_string(folder.path().join("mine/dossier.toml")).unwrap();
    assert!(
        manifest.contains("accuracy_m      = 250.0")
            && manifest.contains("key        = \"points\"")
    );
}

/// Each file that cannot be read is named, not only the first.
#[test]
fn every_file_that_cannot_be_parsed_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("line.geojson"), LINE).unwrap();
    let new = ["dossier", "new", "mine", "--line", "line.geojson", "--left", "A", "--right", "B"];
    assert_eq!(run(folder.path(), &new).0, Some(0));
    for file in ["dossier.toml", "figures.toml", "points.geojson"] {
        let path = folder.path().join("mine").join(file);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("?{text}")).unwrap();
    }
    let (code, stdout, _) = run(folder.path(), &["dossier", "validate", "mine"]);
    assert_eq!(code, Some(1));
    for file in ["dossier.toml", "figures.toml", "points.geojson"] {
        assert!(stdout.contains(file), "{file}: {stdout}");
    }
}

/// The lines that one list allows are no line all together.
#[test]
fn several_readings_of_a_list_are_no_line() {
    let folder = tempfile::tempdir().unwrap();
    let list = "point,latitude,longitude,system\na,10 N,20 E,WGS 84\nb,12 N,25 E,\n";
    fs::write(folder.path().join("list.csv"), list).unwrap();
    let construct = ["construct", "list.csv", "-o", "line.geojson"];
    assert_eq!(run(folder.path(), &construct).0, Some(0));
    let new = ["dossier", "new", "mine", "--line", "line.geojson"];
    let (code, _, stderr) = run(folder.path(), &new);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("3 lines that one list allows"), "{stderr}");
    assert!(stderr.contains("--where \"reading=geodesics\""), "{stderr}");
    let one = [&new[..], &["--where", "reading=geodesics"]].concat();
    assert_eq!(run(folder.path(), &one).0, Some(0));
    let manifest = fs::read_to_string(folder.path().join("mine/dossier.toml")).unwrap();
    assert!(manifest.contains("Features with reading=geodesics."), "{manifest}");
}

/// The scripts of three shells offer the names of dossiers and directories.
#[test]
fn completions_offer_the_names_of_dossiers() {
    let here = repository("");
    let names = "china-kazakhstan norway-russia-sea chad-libya us-mexico";
    for (shell, offers) in [
        (
            "bash",
            format!("$(compgen -W \"{names}\" -- \"${{cur}}\") $(compgen -d -- \"${{cur}}\")"),
        ),
        ("zsh", format!(":DIR|NAME:{{_alternative \"names\\:dossier\\:({names})\" ")),
        ("fish", "-r -F -a \"china-kazakhstan\\t''\nnorway-russia-sea\\t''\nchad-libya".to_owned()),
    ] {
        let (exit, script, _) = run(&here, &["completions", shell]);
        assert_eq!(exit, Some(0));
        assert!(script.contains(&offers), "{shell}: {offers}");
    }
}

/// The example that a newcomer made by the tutorial stays sound, and finds what it found.
#[test]
fn the_example_that_the_tutorial_led_to_is_sound() {
    let example = "examples/dossiers/indonesia-papua-new-guinea";
    let here = repository("");
    assert_eq!(run(&here, &["dossier", "validate", example]).0, Some(0));
    let (_, text, said) = run(&here, &["check", "--dossier", example, "--format", "json"]);
    let found: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{said}"));
    let findings = found["findings"].as_array().unwrap();
    let verdict = |id: &str| &findings.iter().find(|it| it["id"] == id).unwrap()["verdict"];
    assert_eq!(verdict("course/south"), "inconsistent");
}
