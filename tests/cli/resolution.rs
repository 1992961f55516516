//! `treatyline resolution`: each format, and what it refuses.

use std::fs;

use geo::Coord;

use crate::common::{Variant, repository, treatyline};
use crate::refusal::refused;
use serde_json::Value;
use textwrap::core::display_width;
use treatyline::Dossier;
use treatyline::internal::drawn::Provenance;
use treatyline::internal::report::LineOrigin;
use treatyline::quantity::Metres;
use treatyline::report::ResolutionReport;
use treatyline::resolution::{Curves, ladder};

fn of_dossier(dossier: &Dossier, lengths: &[Metres]) -> ResolutionReport {
    treatyline_cli::name_settings();
    ResolutionReport::of_dossier(dossier, lengths)
}

fn freedonia() -> ResolutionReport {
    of_dossier(&Variant::freedonia().read().unwrap(), &[Metres::from_km(1e4)])
}

/// A line of one bend, by itself.
fn bend() -> ResolutionReport {
    let line = LineOrigin {
        provenance: Provenance {
            title: "A bend".to_owned(),
            origin: "bend.geojson".to_owned(),
            sha256: "0".repeat(64),
        },
        snapping_deg: treatyline::internal::line::SNAPPING_DEG,
        fixes: treatyline::io::Fixes::default(),
    };
    let bend = [(82.0, 46.0), (82.01, 45.5), (82.0, 45.0)].map(|(x, y)| Coord { x, y });
    ResolutionReport::of_line(line, &Curves::new(&bend, &ladder(&[])), &[Metres::from_km(111.15)])
}

/// Exit code and standard output; standard error is empty.
fn output_of(arguments: &[&str], stdin: &str) -> (Option<i32>, String) {
    let mut command = treatyline();
    let run = command.arg("resolution").args(arguments).write_stdin(stdin).output().unwrap();
    assert_eq!(String::from_utf8(run.stderr).unwrap(), "", "{arguments:?}");
    (run.status.code(), String::from_utf8(run.stdout).unwrap())
}

fn document(arguments: &[&str]) -> Value {
    let (code, text) = output_of(&[arguments, &["--format", "json"]].concat(), "");
    assert_eq!(code, Some(0), "{arguments:?}");
    serde_json::from_str(&text).unwrap()
}

#[test]
fn text() {
    insta::assert_snapshot!("text", freedonia().text());
}

#[test]
fn text_of_the_real_boundary() {
    insta::assert_snapshot!("text_real", of_dossier(Dossier::embedded(), &[]).text());
}

#[test]
fn json() {
    insta::assert_snapshot!("json", with_few_points(&bend().json()));
}

/// A document with the first four points of each curve; the table has all of them.
fn with_few_points(document: &str) -> String {
    let mut points = 0;
    let mut is_kept = |line: &&str| {
        match *line {
            "        {" => points += 1,
            "      ]," | "      ]" => points = 0,
            _ => {}
        }
        points <= 4
    };
    document.lines().filter(|line| is_kept(line)).collect::<Vec<_>>().join("\n")
}

#[test]
fn csv() {
    insta::assert_snapshot!("csv", bend().csv());
}

#[test]
fn svg() {
    insta::assert_snapshot!("svg", treatyline_pages::internal::resolution_svg(&freedonia()));
}

#[test]
fn the_document_agrees_with_the_report_on_the_band() {
    let found = document(&[]);
    assert_eq!(found["schema"], "treatyline/resolution/v1");
    let run = treatyline().args(["report", "--format", "json"]).output().unwrap();
    let report: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(found["whole"]["band_m"], report["lengths"]["band_m"]);
    assert_eq!(found["whole"]["length_m"], report["lengths"]["total_m"]);
    let points = found["whole"]["simplified"]["points"].as_array().unwrap();
    let at = |metres: f64| {
        points.iter().find(|point| point["resolution_m"] == metres).unwrap()["length_m"].clone()
    };
    assert_eq!(
        [at(50.0), at(10.0)],
        [&found["whole"]["band_m"]["low"], &found["whole"]["band_m"]["high"]].map(Clone::clone)
    );
    assert_eq!(found["segments"].as_array().unwrap().len(), Dossier::embedded().segments().len());
    let total = &found["published"][0];
    assert_eq!(
        (&total["figure"], &total["band_verdict"]),
        (&"length-total".into(), &"consistent".into())
    );
    let at_m = total["simplified"]["resolution_m"].as_f64().unwrap();
    assert!((10.0..50.0).contains(&at_m), "{at_m}");
}

#[test]
fn rivers_wind_more_than_ridges() {
    let found = document(&[]);
    let of = |name: &str| {
        let all = found["shown"].as_array().unwrap();
        let one = all.iter().find(|each| each["name"] == name).unwrap();
        let dimension = &one["simplified"]["dimension"];
        ["value", "half_width_95"].map(|key| dimension[key].as_f64().unwrap())
    };
    let ([river, river_error], [land, land_error]) = (of("shown water"), of("rest"));
    assert!(river - river_error > land + land_error, "{river} {land}");
    assert!(land > 1.0 && river < 1.3, "{river} {land}");
}

#[test]
fn a_file_is_measured_by_itself() {
    let path = repository("data/china-kazakhstan/segments.geojson");
    let path = path.to_str().unwrap();
    let found = document(&[path, "--length", "1700"]);
    assert!(found.get("band").is_none() && found["segments"].as_array().unwrap().is_empty());
    assert_eq!(found["whole"]["parts"], 1, "segments that join are one line");
    assert!(found["published"][0].get("band_verdict").is_none());
    let whole = document(&[]);
    assert_eq!(found["whole"]["edges"], whole["whole"]["edges"]);
    let (code, from_stdin) = output_of(&["-"], &fs::read_to_string(path).unwrap());
    assert!(code == Some(0) && from_stdin.contains("1,811.0 km"), "{from_stdin}");
}

#[test]
fn an_exported_line_keeps_its_own_ends_only() {
    let directory = tempfile::tempdir().unwrap();
    let lengths = |found: &Value| {
        let points = found["whole"]["simplified"]["points"].as_array().unwrap();
        let of = |name: &str, point: &Value| point[name].as_f64().unwrap();
        points.iter().map(|p| (of("resolution_m", p), of("length_m", p))).collect::<Vec<_>>()
    };
    let own = lengths(&document(&[]));
    let [full, rounded] = ["full", "7"].map(|decimals| {
        let path = directory.path().join(format!("{decimals}.geojson"));
        let path = path.to_str().unwrap();
        let mut export = treatyline();
        export.args(["export", "line", "--decimals", decimals, "-o", path]);
        assert!(export.output().unwrap().status.success());
        lengths(&document(&["--line", path]))
    });
    // Rounding is not why they differ (docs/resolution.md has the numbers).
    for ((_, rounded), (_, full)) in rounded.iter().zip(&full) {
        assert!((rounded - full).abs() < 1e-3, "{rounded} {full}");
    }
    for ((at, own), (_, full)) in own.iter().zip(&full) {
        let most = if *at <= 50.0 { 140.0 } else { 0.02 * own };
        assert!((own - full).abs() < most, "at {at} m: {own} {full}");
    }
    assert!(own.iter().zip(&full).any(|(own, full)| (own.1 - full.1).abs() > 1e3));
}

#[test]
fn the_line_is_named_as_in_other_commands() {
    let path = repository("tests/data/course/line.geojson");
    let path = path.to_str().unwrap();
    let rivers = repository("tests/data/course/rivers.geojson");
    let rivers = rivers.to_str().unwrap();
    for (command, rest) in [("resolution", &[][..]), ("course", &["--rivers", rivers])] {
        let run = |line: &[&str]| {
            let run = treatyline().arg(command).args(line).args(rest).output().unwrap();
            (run.status.code(), String::from_utf8(run.stdout).unwrap())
        };
        let (code, text) = run(&["--line", path]);
        assert!(code == Some(0) && !text.is_empty(), "{command}");
        assert_eq!(run(&[path]), (code, text), "{command}");
        let twice = treatyline().arg(command).args([path, "--line", path]).args(rest).output();
        let twice = twice.unwrap();
        assert_eq!(twice.status.code(), Some(2), "{command}");
        let message = String::from_utf8(twice.stderr).unwrap();
        assert!(message.contains("cannot be used with"), "{message}");
    }
}

#[test]
fn a_length_outside_of_the_band_fails() {
    let (code, text) = output_of(&["--length", "1533"], "");
    assert_eq!(code, Some(1));
    assert!(text.contains("✗ 1,533.00 km is outside of the measurement band"), "{text}");
    let (code, text) = output_of(&["--length", "1700", "--length", "1800", "--format", "csv"], "");
    assert_eq!(
        (code, text.lines().next().map(|header| header.starts_with("of,name,"))),
        (Some(1), Some(true))
    );
    assert_eq!(output_of(&["--length", "1800"], "").0, Some(0));
}

#[test]
fn every_format_is_the_same_each_time_and_goes_to_a_file() {
    let directory = tempfile::tempdir().unwrap();
    for format in ["text", "json", "csv", "svg"] {
        let arguments = ["--format", format];
        let (_, once) = output_of(&arguments, "");
        let path = directory.path().join(format);
        assert_eq!(output_of(&["--format", format, "-o", path.to_str().unwrap()], "").1, "");
        assert_eq!(fs::read_to_string(&path).unwrap(), once, "{format}");
        assert!(once.ends_with('\n') && !once.ends_with("\n\n"), "{format}");
    }
    for line in output_of(&[], "").1.lines() {
        assert!(display_width(line) <= 100 && line == line.trim_end(), "{line}");
    }
}

#[test]
fn what_a_drawing_says_is_escaped_and_needs_no_colour() {
    let line = r#"{"type":"Feature","properties":{"title":"<A> & \"B\""},
        "geometry":{"type":"LineString","coordinates":[[80,45],[80.5,45.2],[80,45.5]]}}"#;
    let (code, svg) = output_of(&["-", "--format", "svg"], line);
    assert_eq!(code, Some(0));
    assert!(svg.contains("&#60;A&#62; &#38; &#34;B&#34;") && !svg.contains("<A>"), "{svg}");
    assert!(svg.contains("curve curve-whole walked") && svg.contains(">whole, walked</tspan>"));
    assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{svg}");
}

#[test]
fn lines_too_short_for_most_resolutions_are_reported() {
    for coordinates in [
        "[[80,45],[80.00001,45]]",
        "[[80,45],[80.1,45],[80.1,45.1],[80,45]]",
        "[[-180,-89.9],[180,89.9]]",
        "[[0,0],[180,0]]",
    ] {
        let line = format!(r#"{{"type":"LineString","coordinates":{coordinates}}}"#);
        for format in ["text", "json", "csv", "svg"] {
            let (code, text) = output_of(&["-", "--format", format], &line);
            assert_eq!(code, Some(0), "{coordinates}");
            assert!(!text.contains("NaN") && !text.contains("null,\n      \"length_m\": null"));
        }
    }
}

#[test]
fn what_cannot_be_measured_is_refused() {
    let point = r#"{"type":"Point","coordinates":[80,45]}"#;
    let says = &["standard input: feature 1: a Point, a LineString or Polygon is wanted"];
    refused("a point", &["resolution", "-"], point.as_bytes(), says);
    let nowhere = &["resolution", "nowhere.geojson"];
    refused(
        "nowhere",
        nowhere,
        b"",
        &["nowhere.geojson: there is no such file or directory; check the path"],
    );
    let empty = &["standard input: the file is empty"];
    refused("empty", &["resolution", "-"], b"", empty);
    for (given, printed) in
        [("0", "0"), ("-5", "-5"), ("nan", "NaN"), ("inf", "inf"), ("1e300", "1e300")]
    {
        let option = format!("--length={given}");
        let says = format!("--length is {printed}; give a positive number of kilometres");
        refused(&option, &["resolution", &option], b"", &[&says]);
    }
    let comma = treatyline().args(["resolution", "--length", "1,782.75"]).output().unwrap();
    let stderr = String::from_utf8(comma.stderr).unwrap();
    assert!(comma.status.code() == Some(2) && stderr.contains("without unit or comma"), "{stderr}");
    let both = treatyline().args(["resolution", "x", "--dossier", "y"]).output().unwrap();
    assert_eq!(both.status.code(), Some(2));
}

#[test]
fn beside_takes_lines_and_refuses_what_is_none() {
    let line = repository("data/china-kazakhstan/segments.geojson");
    let line = line.to_str().unwrap();
    for command in ["check", "report"] {
        let run = treatyline().args([command, "--beside", line]).output().unwrap();
        let text = String::from_utf8(run.stdout).unwrap();
        assert!(run.status.success() && text.contains("resolution/segments"), "{text}");
        let says = &["nowhere.geojson: there is no such file"];
        refused(command, &[command, "--beside", "nowhere.geojson"], b"", says);
    }
}
