//! Which edges are a boundary, and which line is the line: the cases of
//! `tests/data/cases/README.md`.

use serde_json::{Value, json};
use treatyline::Dossier;

use crate::common::{repository, treatyline};

fn case(name: &str) -> String {
    repository("tests/data/cases").join(name).to_str().unwrap().to_owned()
}

/// The document and standard error of a command, which must end with exit code 0.
fn run(arguments: &[&str], input: &str) -> (Value, String) {
    run_to(0, arguments, input)
}

/// The same with another exit code.
fn run_to(code: i32, arguments: &[&str], input: &str) -> (Value, String) {
    let mut command = treatyline();
    let run = command.args(arguments).args(["--format", "json"]).write_stdin(input);
    let run = run.output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(code), "{arguments:?}: {said}");
    (serde_json::from_slice(&run.stdout).unwrap(), said)
}

fn near(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!((found - expected).abs() < 1.0, "{found}, not {expected}");
}

fn finding<'a>(document: &'a Value, id: &str) -> &'a Value {
    let findings = document["findings"].as_array().unwrap();
    findings.iter().find(|finding| finding["id"] == id).unwrap()
}

#[test]
fn f01_what_both_claim_is_no_boundary() {
    for (file, claimed) in [("F01_overlap.geojson", "22.2"), ("F01_inside.geojson", "333.1")] {
        let (found, said) = run(&["measure", "--line", &case(file)], "");
        assert_eq!(found["total"]["length_m"], 0.0, "{file}");
        assert_eq!(found["left_out"][0]["kind"], "claimed-by-both");
        assert!(said.contains("claimed by both and") && said.contains(claimed), "{said}");
        // A former version said of an empty table that "its parts join end to end".
        let text = treatyline().args(["measure", "--line", &case(file)]).output().unwrap();
        let text = String::from_utf8(text.stdout).unwrap();
        let says = "The two polygons share no boundary, to within 0.0000001°, so there is nothing";
        assert!(text.starts_with(says) && text.contains("--neighbours.\n"), "{text}");
        assert!(!text.contains("total") && !text.contains("end to end"), "{text}");
        let refused = treatyline().args(["check", "--line", &case(file)]).output().unwrap();
        let said = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(2));
        assert!(said.contains("share no boundary") && said.contains("claimed by both"), "{said}");
    }
}

#[test]
fn f06_digitised_apart_is_undecided_and_says_what_would_decide() {
    let file = case("F06_digitised_apart.geojson");
    // It also says nothing about the tripoint that it does not reach.
    let (found, _) = run(&["check", "--line", &file], "");
    let total = finding(&found, "length/total");
    assert_eq!(total["verdict"], "undecided");
    let why = total["explanation"].as_str().unwrap();
    for says in ["1,782.9 km are missing", "share 27.071 km", "--snap 0.0003 they share 1,767.847"]
    {
        assert!(why.contains(says), "{why}");
    }
    // Data have the reason with each finding; text for people has it once.
    let other = finding(&found, "length/cia")["explanation"].as_str().unwrap();
    assert!(other.starts_with("This line is incomplete: it runs along 28.1 km"), "{other}");
    let text = treatyline().args(["check", "--line", &file]).output().unwrap();
    let text = String::from_utf8(text.stdout).unwrap();
    for (says, times) in [("28.1 km of the", 1), ("digitised apart", 1)] {
        assert_eq!(text.matches(says).count(), times, "{says}: {text}");
    }
    assert!(text.contains("No verdict, for the reason given under length/total."), "{text}");
    let (found, _) = run(&["measure", "--line", &file, "--snap", "0.0003"], "");
    near(&found["total"]["length_m"], 1_767_847.0);
    assert_eq!(found["line"]["gaps"], json!([]));
}

#[test]
fn f07_a_piece_that_is_there_twice_counts_once() {
    let [file, without] = ["F07_duplicate_piece.geojson", "F07_without.geojson"].map(case);
    let (found, said) = run(&["measure", "--line", &file], "");
    near(&found["total"]["length_m"], 1_767_847.0);
    assert_eq!(found["line"]["gaps"], json!([]));
    assert!(said.contains("34.697 km from (84.58450, 46.99923) to (84.23299, 47.00138)"), "{said}");
    // A refusal names both ends too.
    let refused = run_to_refusal(&["measure", "--strict-input", "--line", &file]);
    assert!(refused.contains("to (84.23299, 47.00138); "), "{refused}");
    let (found, _) = run(&["check", "--line", &file], "");
    let repeated = finding(&found, "topology/repeated-stretch");
    assert_eq!(
        (&repeated["verdict"], &repeated["severity"]),
        (&"inconsistent".into(), &"note".into())
    );
    assert_eq!(finding(&found, "topology/joins")["verdict"], "consistent");
    let (found, _) = run(&["check", "--line", &without], "");
    assert_eq!(finding(&found, "topology/repeated-stretch")["verdict"], "consistent");
    let (found, _) = run(&["compare", &without, &file], "");
    assert_eq!(
        (&found["transferred_m2"], &found["hausdorff"]["symmetric_m"]),
        (&0.0.into(), &0.0.into())
    );
}

#[test]
fn f08_identical_borders_stay_what_they_are() {
    let line: Vec<[f64; 2]> =
        Dossier::embedded().line().vertices().iter().map(|at| [at.x, at.y]).collect();
    let (first, last) = (line[0], line[line.len() - 1]);
    let country = |by: f64| {
        let mut ring = line.clone();
        ring.extend([[last[0] + by, last[1]], [first[0] + by, first[1]], first]);
        json!({"type": "Feature", "properties": {},
            "geometry": {"type": "Polygon", "coordinates": [ring]}})
    };
    let text = json!({"type": "FeatureCollection", "features": [country(-12.0), country(12.0)]});
    for snap in ["1e-7", "0.0001", "0.0003", "0.01", "0.1"] {
        let (found, said) = run(&["measure", "--line", "-", "--snap", snap], &text.to_string());
        near(&found["total"]["length_m"], 1_811_014.237);
        assert_eq!(found["line"]["snapping_deg"], snap.parse::<f64>().unwrap());
        assert_eq!(found["line"]["gaps"], json!([]), "{snap}");
        assert_eq!(
            said.contains("more than half of the median"),
            snap.len() < 5 && snap != "1e-7",
            "{said}"
        );
    }
}

#[test]
fn f18_an_enclave_is_a_stretch_of_its_own() {
    let [old, new] = ["F18_enclave.geojson", "F18_enclave_moved.geojson"].map(case);
    let (found, _) = run(&["compare", &old, &new], "");
    near(&found["length"]["old_m"], 84_196.0);
    near(&found["length"]["new_m"], 84_185.0);
    assert_eq!(found["transferred_m2"], 0.0);
    let only: Vec<&Value> =
        found["only"].as_array().unwrap().iter().map(|each| &each["of"]).collect();
    assert_eq!(only, ["old", "new"]);
    let (found, _) = run(&["compare", &old, &old], "");
    assert_eq!(found["stretches"].as_array().unwrap().len(), 2);
    assert!(found.get("only").is_none());
}

#[test]
fn f24_another_border_in_the_file_is_left_out() {
    let file = case("F24_border_and_another.geojson");
    let (found, said) = run(&["check", "--line", &file], "");
    assert!(said.contains("does not run along the line") && said.contains("--where"), "{said}");
    let length = &finding(&found, "length/total")["derived"][0];
    near(&length["low"], 1_767_847.0);
    let (found, said) = run(&["measure", "--line", &file, "--where", "right=KAZ"], "");
    near(&found["total"]["length_m"], 1_767_847.0);
    assert!(said.is_empty(), "{said}");
}

/// The course was that of both borders.
#[test]
fn another_border_in_the_file_is_no_part_of_a_course() {
    let file = case("F24_border_and_another.geojson");
    let rivers = repository("tests/data/course/rivers.geojson");
    let rivers = rivers.to_str().unwrap();
    let dossier = repository("data/china-kazakhstan");
    let dossier = ["--dossier", dossier.to_str().unwrap()];
    let course = |more: &[&str]| {
        run(&[&["course", "--rivers", rivers, "--line", &file][..], more].concat(), "")
    };
    let (found, said) = course(&dossier);
    assert!(said.contains("does not run along the line") && said.contains("--where"), "{said}");
    let (alone, said) = course(&["--where", "right=KAZ"]);
    assert!(!said.contains("does not run along the line"), "{said}");
    assert_eq!(found["line"]["vertices"], alone["line"]["vertices"]);
    // Most of the file is another border: without a dossier all of it may be meant.
    let (both, said) = course(&[]);
    assert!(!said.contains("does not run along the line"), "{said}");
    assert!(both["line"]["vertices"].as_u64() > alone["line"]["vertices"].as_u64());
}

#[test]
fn f13_a_layer_of_countries_was_refused() {
    let file = case("F13_countries.geojson");
    for more in [&[][..], &["--left", "iso", "--right", "iso"], &["--by", "iso"]] {
        let (found, said) = run(&[&["survey", &file], more].concat(), "");
        assert_eq!(said, "");
        let pairs = found["pairs"].as_array().unwrap().iter();
        let pairs: Vec<_> =
            pairs.map(|it| (it["left"].as_str().unwrap(), it["right"].as_str().unwrap())).collect();
        assert_eq!(pairs, [("AAA", "CCC"), ("BBB", "CCC"), ("AAA", "BBB")]);
        // From pyproj.
        near(&found["pairs"][0]["length_m"], 111_302.649);
        near(&found["pairs"][2]["length_m"], 110_574.389);
    }
    // Where one line is wanted, it must be one of two countries.
    let measure = ["measure", "--line", &file];
    let refused = treatyline().args(measure).output().unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(2));
    for says in ["3 polygons and no line", "--where NAME=ONE", "treatyline survey", "--by NAME"] {
        assert!(said.contains(says), "{said}");
    }
    let two = [&measure[..], &["--where", "iso=AAA", "--where", "iso=BBB"]].concat();
    near(&run(&two, "").0["total"]["length_m"], 110_574.389);
}

#[test]
fn f23_one_polygon_is_its_outline_in_every_command() {
    let file = case("F23_outline.geojson");
    let (found, _) = run(&["measure", "--line", &file], "");
    near(&found["total"]["length_m"], 5_349.0);
    let (found, _) = run(&["resolution", &file], "");
    assert_eq!(found["title"], "outline of San Marino");
    near(&found["whole"]["length_m"], 5_349.0);
    let (found, _) = run(&["compare", &file, &file], "");
    assert_eq!(found["hausdorff"]["symmetric_m"], 0.0);
    near(&found["length"]["old_m"], 5_349.0);
    let (found, _) = run(&["course", &file, "--rivers", &file], "");
    near(&found["length_m"], 5_349.0);
    // It is no depiction of the dossier's line; China's outline would be one.
    let refused = run_to_refusal(&["check", "--line", &file]);
    assert!(refused.contains("does not belong to this dossier: it runs about"), "{refused}");
    // Two outlines that have nothing in common are none.
    let apart = run_to_refusal(&["measure", "--line", &file, &case("F10_bowtie.geojson")]);
    assert!(apart.contains("the two polygons share no boundary"), "{apart}");
    for arguments in [
        &["measure", "--line", &file, "--where", "name=x"][..],
        &["resolution", &file, "--where", "name=x"],
        &["compare", &file, &file, "--where", "name=x"],
        &["course", &file, "--rivers", &file, "--where", "name=x"],
        &["check", "--line", &file, "--where", "name=x"],
    ] {
        let said = run_to_refusal(arguments);
        assert!(said.contains("no feature meets --where `name=x`"), "{said}");
    }
}

/// The message of a command that cannot run.
fn run_to_refusal(arguments: &[&str]) -> String {
    let run = treatyline().args(arguments).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!((run.status.code(), run.stdout.len()), (Some(2), 0), "{arguments:?}: {said}");
    said
}
