//! The output of commands: complete, the same every time, and readable for others.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use crate::common::treatyline;
use crate::refusal::{names, thinned};
use serde_json::Value;
use textwrap::core::display_width;

/// Everything that can be written.
const OUTPUTS: &[&[&str]] = &[
    &["report"],
    &["report", "--format", "markdown"],
    &["report", "--format", "json"],
    &["report", "--format", "html"],
    &["report", "--format", "csv"],
    &["check"],
    &["check", "--format", "json"],
    &["check", "--format", "csv"],
    &["schema"],
    &["schema", "report"],
    &["export", "segments"],
    &["export", "points"],
    &["export", "sectors"],
    &["export", "line"],
    &["export", "segments", "--format", "geojsonl"],
    &["export", "segments", "--format", "kml"],
    &["export", "sectors", "--format", "csv"],
    &["export", "figures"],
    &["export", "map"],
    &["points"],
    &["points", "--format", "json"],
    &["resolution"],
    &["resolution", "--format", "json"],
    &["resolution", "--format", "csv"],
    &["resolution", "--format", "svg"],
];

/// The standard output of a command, which must succeed with an empty standard error.
fn output_of(arguments: &[&str]) -> String {
    let run = treatyline().args(arguments).output().unwrap();
    let stderr = String::from_utf8(run.stderr).unwrap();
    assert_eq!((run.status.code(), stderr.as_str()), (Some(0), ""), "{arguments:?}");
    String::from_utf8(run.stdout).unwrap()
}

static TEXT: LazyLock<String> = LazyLock::new(|| output_of(&["report"]));
static REPORT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&output_of(&["report", "--format", "json"])).unwrap());

fn metres(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn total_m(report: &Value) -> f64 {
    metres(&report["lengths"]["total_m"])
}

#[test]
fn the_report_gives_the_published_length_within_100_columns() {
    assert!(TEXT.contains("1,782.75 km"));
    for text in [TEXT.as_str(), &output_of(&["check"])] {
        for line in text.lines() {
            assert!(display_width(line) <= 100, "{} columns: {line}", display_width(line));
            assert_eq!(line, line.trim_end(), "white space at the end");
        }
    }
}

#[test]
fn colour_is_for_terminals() {
    let report = |variables: &[(&str, &str)]| {
        let mut command = treatyline();
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        let run = command.arg("report").envs(variables.iter().copied()).output().unwrap();
        String::from_utf8(run.stdout).unwrap()
    };
    let plain = report(&[]);
    assert!(!plain.contains('\x1b'), "an escape sequence went into a pipe");
    assert_eq!(report(&[("NO_COLOR", "1")]), plain);
    assert_eq!(report(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]), plain);
    let forced = report(&[("CLICOLOR_FORCE", "1")]);
    assert!(forced.contains('\x1b'), "colour was asked for");
    let mut parts = forced.split("\x1b[");
    let first = parts.next().unwrap().to_owned();
    let bare = parts.fold(first, |text, part| text + part.split_once('m').unwrap().1);
    assert_eq!(bare, plain, "colour changes nothing else");
}

#[test]
fn the_json_report_holds_what_it_promises() {
    let report = &*REPORT;
    assert_eq!(report["schema"], "treatyline/report/v1");
    let lengths = &report["lengths"];
    let (low, high) = (metres(&lengths["band_m"]["low"]), metres(&lengths["band_m"]["high"]));
    assert!(low < high && high < total_m(report), "detail makes a line longer");
    assert!(low <= 1_782_755.0 && high >= 1_782_745.0, "the published length is in the band");
    let sum = |parts: &Value| parts.as_object().unwrap().values().map(metres).sum::<f64>();
    let shown = &lengths["shown"]["full"];
    let parts_m = ["land_m", "water_m", "neither_m"].map(|name| metres(&shown[name]));
    assert!((parts_m.iter().sum::<f64>() - total_m(report)).abs() < 0.001, "{parts_m:?}");
    for (name, parts) in ["by_instrument", "by_evidence"].map(|name| (name, &lengths[name])) {
        let off_m = sum(parts) - total_m(report);
        assert!(off_m.abs() < 0.001, "{name} sums to {off_m} m more than the whole");
    }
    let pieces = report["pieces"].as_array().unwrap();
    let pieces_m: f64 = pieces.iter().map(|piece| metres(&piece["length_m"])).sum();
    assert!((pieces_m - total_m(report)).abs() < 0.001 * 5.0, "31 pieces, rounded to 0.1 mm");
    let figures = report["figures"].as_array().unwrap();
    assert!(figures.iter().any(|figure| figure["printed"] == "1,782.75"));
    let findings = report["findings"].as_array().unwrap();
    assert!(findings.len() > 100);
    for finding in findings {
        for key in ["id", "severity", "verdict", "explanation"] {
            assert!(finding[key].as_str().is_some_and(|text| !text.is_empty()), "{finding}");
        }
    }
}

#[test]
fn geometry_is_exported_as_rfc_7946_wants() {
    let dossier = treatyline::Dossier::embedded();
    for (what, count) in [
        ("segments", dossier.segments().len()),
        ("points", dossier.points().len()),
        ("sectors", dossier.sectors().len()),
        ("line", 1),
    ] {
        let collection: Value = serde_json::from_str(&output_of(&["export", what])).unwrap();
        assert_eq!(collection["type"], "FeatureCollection", "{what}");
        assert!(collection.get("crs").is_none(), "{what}: RFC 7946 knows no crs");
        let features = collection["features"].as_array().unwrap();
        assert_eq!(features.len(), count, "{what}");
        for feature in features {
            assert_eq!(feature["type"], "Feature", "{what}");
            assert!(feature["id"].is_string() && feature["properties"].is_object(), "{what}");
            assert!(feature.get("geometry").is_some(), "{what}: null, but there");
        }
        let placed = features.iter().any(|feature| !feature["geometry"].is_null());
        assert_eq!(collection["bbox"].is_array(), placed, "{what}");
        if let Some(bbox) = collection["bbox"].as_array() {
            let [west, south, east, north] = [0, 1, 2, 3].map(|i| metres(&bbox[i]));
            assert!(west < east && south < north && east < 90.0 && north < 50.0, "{what}");
        }
    }
}

#[test]
fn exported_segments_join_end_to_end() {
    let collection: Value = serde_json::from_str(&output_of(&["export", "segments"])).unwrap();
    let features = collection["features"].as_array().unwrap();
    let mut from_m = 0.0;
    let mut end: Option<&Value> = None;
    for feature in features {
        let (id, properties) = (&feature["id"], &feature["properties"]);
        let path = feature["geometry"]["coordinates"].as_array().unwrap();
        assert!(end.is_none_or(|end| *end == path[0]), "{id} begins elsewhere");
        assert!((metres(&properties["from_m"]) - from_m).abs() < 0.02, "{id}: {from_m} m");
        from_m += metres(&properties["length_m"]);
        end = path.last();
    }
    assert!((from_m - total_m(&REPORT)).abs() < 0.02, "{from_m} m");
}

#[test]
fn an_exported_line_is_as_long_when_it_is_read_back() {
    let directory = tempfile::tempdir().unwrap();
    for what in ["line", "segments"] {
        let path = directory.path().join(what);
        let path = path.to_str().unwrap();
        assert_eq!(output_of(&["export", what, "-o", path]), "", "{what}");
        let report = output_of(&["report", "--line", path, "--format", "json"]);
        let report: Value = serde_json::from_str(&report).unwrap();
        let off_m = total_m(&report) - total_m(&REPORT);
        assert!(off_m.abs() < 0.001, "{what}: {off_m} m longer");
        // Three edges are so long that vertices are added.
        let added = metres(&report["line"]["vertices"]) - metres(&REPORT["line"]["vertices"]);
        assert_eq!(added, 3.0, "{what}");
        assert_eq!(report["lengths"]["shown"], REPORT["lengths"]["shown"], "{what}");
    }
}

#[test]
fn exported_figures_are_a_row_each() {
    let text = output_of(&["export", "figures"]);
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let header = table.headers().unwrap().clone();
    let rows: Vec<_> = table.records().map(Result::unwrap).collect();
    let figures = treatyline::Dossier::embedded().figures();
    assert_eq!(rows.len(), figures.len());
    let column = |name| header.iter().position(|each| each == name).unwrap();
    for (row, figure) in rows.iter().zip(figures) {
        assert_eq!(row.len(), header.len(), "{}", figure.id);
        assert_eq!((&row[column("id")], &row[column("printed")]), (&*figure.id, &*figure.printed));
        for (name, end) in [("low_si", figure.interval.low()), ("high_si", figure.interval.high())]
        {
            let cell = &row[column(name)];
            let read: Option<f64> = (!cell.is_empty()).then(|| cell.parse().unwrap());
            assert_eq!(read.is_some(), end.is_finite(), "{}, {name}", figure.id);
            let off = read.map_or(0.0, |read| read - end);
            assert!(off.abs() < 1e-4, "{}, {name} is off by {off}", figure.id);
        }
    }
}

/// A small dossier's directory and a command's arguments for it.
fn with_dossier<'a>(arguments: &[&'a str], dossier: &'a Path) -> Vec<&'a str> {
    if arguments[0] == "schema" {
        return arguments.to_vec(); // of any dossier's documents
    }
    [arguments, &["--dossier", dossier.to_str().unwrap()]].concat()
}

/// Four runs give the same output, and a file gets the same as standard output.
#[test]
fn the_same_every_time_and_everywhere() {
    let dossier = thinned().directory();
    for arguments in OUTPUTS {
        let arguments = with_dossier(arguments, dossier.path());
        let run = |more: &[&str]| treatyline().args(&arguments).args(more).output().unwrap();
        let printed = run(&[]);
        let text = std::str::from_utf8(&printed.stdout).unwrap();
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{arguments:?}");
        assert!(!text.contains('\r') && !text.contains('\x1b'), "{arguments:?}");
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("output");
        // Once a new file, once over an existing one.
        for _ in 0..2 {
            let written = run(&["-o", path.to_str().unwrap(), "--force"]);
            assert_eq!(written.status, printed.status, "{arguments:?}");
            // A licence that the file has no place for is said each time.
            let said = written.stderr == printed.stderr;
            assert!(written.stdout.is_empty() && said, "{arguments:?}");
            assert!(fs::read(&path).unwrap() == printed.stdout, "{arguments:?}");
            assert_eq!(names(directory.path()), ["output"], "{arguments:?}");
            fs::write(&path, "x".repeat(1_000_000)).unwrap();
        }
        assert!(run(&["-o", "-"]).stdout == printed.stdout, "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_may_be_read_by_those_who_may_read_its_neighbours() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().unwrap();
    let [written, neighbour] = ["written", "neighbour"].map(|name| directory.path().join(name));
    output_of(&["points", "-o", written.to_str().unwrap()]);
    fs::write(&neighbour, "").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&written), mode(&neighbour));
}

#[cfg(unix)]
#[test]
fn a_private_file_was_opened_to_everybody_by_writing_it_anew() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("output");
    for mode in [0o600, 0o640, 0o666] {
        fs::write(&path, "what was there before").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        output_of(&["points", "-o", path.to_str().unwrap(), "--force"]);
        assert!(fs::read_to_string(&path).unwrap().starts_with("Points in"));
        let after = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(after, mode, "{mode:o} became {after:o}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_was_replaced_by_a_file() {
    use std::os::unix::fs::symlink;
    let directory = tempfile::tempdir().unwrap();
    let at = |name: &str| directory.path().join(name);
    fs::create_dir(at("there")).unwrap();
    fs::write(at("there/file"), "what was there before").unwrap();
    symlink("there/file", at("relative")).unwrap();
    symlink(at("there/file"), at("absolute")).unwrap();
    symlink("relative", at("twice")).unwrap();
    // To a file that is not there yet.
    symlink("there/new", at("dangling")).unwrap();
    for (link, target) in
        [("relative", "file"), ("absolute", "file"), ("twice", "file"), ("dangling", "new")]
    {
        let target = at("there").join(target);
        let before = fs::read_link(at(link)).unwrap();
        output_of(&["points", "-o", at(link).to_str().unwrap(), "--force"]);
        assert_eq!(fs::read_link(at(link)).unwrap(), before, "{link} is still a link");
        assert!(fs::read_to_string(&target).unwrap().starts_with("Points in"), "{link}");
        fs::write(&target, "what was there before").unwrap();
    }
    assert_eq!(names(&at("there")).len(), 2, "nothing else was left there");
    symlink("round", at("round")).unwrap();
    let round = at("round");
    let run = treatyline().args(["points", "-o", round.to_str().unwrap()]).output().unwrap();
    let stderr = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("cannot be written: links that lead in a circle; "), "{stderr}");
}

#[test]
fn output_that_cannot_be_written_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let nowhere = directory.path().join("nowhere").join("output");
    for (output, says) in [
        (directory.path(), ["cannot be written: it is a directory", "name a file in it"]),
        (nowhere.as_path(), ["cannot be written: there is no such directory", "create it, or"]),
    ] {
        let output = output.to_str().unwrap();
        for arguments in OUTPUTS {
            let run = treatyline().args(*arguments).args(["-o", output]).output().unwrap();
            let stderr = String::from_utf8(run.stderr).unwrap();
            assert_eq!(run.status.code(), Some(2), "{arguments:?} -o {output}: {stderr}");
            assert!(run.stdout.is_empty(), "{arguments:?}");
            assert!(stderr.starts_with(&format!("treatyline: {output}: ")), "{stderr}");
            assert_eq!(stderr.lines().count(), 1, "{stderr}");
            assert!(says.iter().all(|what| stderr.contains(what)), "{stderr}");
        }
    }
    assert_eq!(names(directory.path()), [""; 0]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported() {
    let full = || Stdio::from(fs::File::create("/dev/full").unwrap());
    let program = assert_cmd::cargo::cargo_bin("treatyline");
    for (output, stdout) in [("-", full()), ("/dev/full", Stdio::piped())] {
        let mut command = Command::new(&program);
        let run = command.args(["points", "-o", output]).stdout(stdout).stderr(Stdio::piped());
        let run = run.spawn().unwrap().wait_with_output().unwrap();
        let stderr = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "-o {output}: {stderr}");
        let says =
            "cannot be written: No space left on device; make room there, or write elsewhere\n";
        assert!(stderr.ends_with(says), "-o {output}: {stderr}");
    }
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let program = assert_cmd::cargo::cargo_bin("treatyline");
    for arguments in [&["report", "--format", "json"][..], &["export", "segments"]] {
        let mut command = Command::new(&program);
        command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        let mut begin = [0; 10];
        stdout.read_exact(&mut begin).unwrap();
        drop(stdout);
        let run = child.wait_with_output().unwrap();
        assert!(run.status.success(), "{arguments:?}: {}", run.status);
        assert_eq!(String::from_utf8(run.stderr).unwrap(), "", "{arguments:?}");
    }
}
