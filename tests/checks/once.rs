//! Whether the file has the line only once: `topology/repeated-stretch`, and its effect on
//! published lengths.

use geo::Coord;
use serde_json::{Value, json};
use treatyline::Dossier;
use treatyline::check::Severity::{Error, Note};
use treatyline::check::Verdict::{Consistent, Inconsistent, Undecided};
use treatyline::drawn::DrawnLine;
use treatyline::io::{FixKind, Input};

use crate::common::{Variant, repository, treatyline};
use crate::verdict::{SEGMENTS, checked, expect, on_line, parts, sound};

#[test]
fn a_piece_that_is_there_twice_is_found() {
    expect(&sound(), "topology/repeated-stretch", Consistent, Error, &["is there twice"]);
    let dossier = Variant::freedonia().read().unwrap();
    let mut parts = parts(&dossier);
    parts.push(parts[2].clone());
    let findings = on_line(&dossier, "MultiLineString", &json!(parts));
    let says = &["there twice or hangs on it", "It was left out before anything was measured"];
    expect(&findings, "topology/repeated-stretch", Inconsistent, Note, says);
    findings.assert_consistent("topology/joins");
    findings.assert_consistent("length/total");
}

#[test]
fn a_piece_that_is_walked_again_is_found() {
    let dossier = Variant::freedonia().read().unwrap();
    let line: Vec<[f64; 2]> = dossier.line().vertices().iter().map(|at| [at.x, at.y]).collect();
    let (begin, end) = (line.len() / 3, line.len() / 2);
    let back: Vec<[f64; 2]> = line[begin..end].iter().rev().copied().collect();
    let again = [&line[..end], &back, &line[begin..]].concat();
    let findings = on_line(&dossier, "LineString", &json!(again));
    let says = &["there twice or hangs on it", "It was left out before anything was measured"];
    expect(&findings, "topology/repeated-stretch", Inconsistent, Note, says);
    findings.assert_consistent("topology/joins");
    findings.assert_consistent("length/total");
}

type Path = Vec<[f64; 2]>;

fn back(path: &[[f64; 2]]) -> Path {
    path.iter().rev().copied().collect()
}

fn vertices(dossier: &Dossier) -> Path {
    dossier.line().vertices().iter().map(|at| [at.x, at.y]).collect()
}

/// The small dossier with the path of a segment changed.
fn with_segment(id: &str, change: impl Fn(&Path) -> Path) -> Variant {
    let text = std::fs::read_to_string(repository("tests/data/freedonia").join(SEGMENTS)).unwrap();
    let mut segments: Value = serde_json::from_str(&text).unwrap();
    let features = segments["features"].as_array_mut().unwrap();
    let segment = features.iter_mut().find(|segment| segment["id"] == id).unwrap();
    let path = serde_json::from_value(segment["geometry"]["coordinates"].clone()).unwrap();
    segment["geometry"]["coordinates"] = json!(change(&path));
    Variant::freedonia().with_file(SEGMENTS, &segments.to_string())
}

#[test]
fn a_dossier_whose_line_walks_a_stretch_twice_said_its_length_agrees() {
    let walked =
        with_segment("freddo", |path| [&path[..41], &back(&path[20..40]), &path[21..]].concat());
    let findings = checked(&walked);
    let says = &["is there twice", "measured with the rest"];
    expect(&findings, "topology/repeated-stretch", Inconsistent, Error, says);
    for id in ["length/total", "length/freddo"] {
        let says = &["This line is longer than the boundary", "there twice"];
        expect(&findings, id, Undecided, Error, says);
    }
    let derived = &findings.get("length/total").unwrap().derived;
    assert!(derived.iter().any(|each| each.name == "there more than once"));
    let says = &["The line runs there more than once"];
    expect(&findings, "side/lower-mill", Undecided, Error, says);
    for id in ["length/total", "length/freddo", "topology/repeated-stretch", "side/lower-mill"] {
        sound().assert_consistent(id);
    }
    // The same with the dossier as a directory.
    let directory = walked.directory();
    let run = treatyline().args(["check", "--dossier"]).arg(directory.path()).output().unwrap();
    assert_eq!(run.status.code(), Some(1));
    let text = String::from_utf8(run.stdout).unwrap();
    assert!(text.contains("✗ topology/repeated-stretch (inconsistent, error)"), "{text}");
    assert!(text.contains("? length/total (undecided)"), "{text}");
}

#[test]
fn a_stretch_walked_twice_says_nothing_of_another_one() {
    let walked = with_segment("south-ridge", |path| {
        [&path[..21], &back(&path[10..20]), &path[11..]].concat()
    });
    let findings = checked(&walked);
    expect(&findings, "length/total", Undecided, Error, &["This line is longer"]);
    findings.assert_consistent("length/freddo");
}

#[test]
fn a_spur_or_a_loop_of_the_dossiers_own_line_is_an_error() {
    let round = |at: [f64; 2]| {
        [[0.02, 0.01], [0.03, 0.0], [0.02, -0.01]].map(|[x, y]| [at[0] + x, at[1] + y])
    };
    let spur = |at: [f64; 2]| [0.01, 0.02, 0.03, 0.02, 0.01].map(|x| [at[0] + x, at[1]]);
    let with = |piece: &dyn Fn([f64; 2]) -> Path| {
        checked(&with_segment("plain", |path| {
            [&path[..=18], &piece(path[18]), &path[18..]].concat()
        }))
    };
    for findings in [with(&|at| round(at).to_vec()), with(&|at| spur(at).to_vec())] {
        expect(&findings, "topology/repeated-stretch", Inconsistent, Error, &["hangs on it"]);
        expect(&findings, "length/total", Undecided, Error, &["This line is longer"]);
    }
}

#[test]
fn a_loop_within_a_line_of_somebody_elses_was_measured() {
    let dossier = Variant::freedonia().read().unwrap();
    let line = vertices(&dossier);
    let begin = line.len() / 3;
    let [x, y] = line[begin];
    let round = [[x + 0.02, y + 0.02], [x, y + 0.04], [x - 0.02, y + 0.02]];
    for round in [round.to_vec(), back(&round)] {
        let with_loop = [&line[..=begin], &round, &line[begin..]].concat();
        let findings = on_line(&dossier, "LineString", &json!(with_loop));
        let at = format!("10.855 km around ({x:.5}, {y:.5})");
        expect(&findings, "topology/repeated-stretch", Inconsistent, Note, &[&at, "was left out"]);
        findings.assert_consistent("length/total");
    }
}

#[test]
fn a_copy_some_metres_aside_counted_twice() {
    let dossier = Variant::freedonia().read().unwrap();
    let line = vertices(&dossier);
    for metres in [5.0, 11.0] {
        let by = metres / 111_195.0;
        let aside: Path = line[60..110].iter().map(|[x, y]| [x + by, y - by]).collect();
        for copy in [aside.clone(), back(&aside)] {
            let findings = on_line(&dossier, "MultiLineString", &json!([line, copy]));
            let says = &["runs along itself", "does not show whether"];
            expect(&findings, "topology/repeated-stretch", Undecided, Note, says);
            findings.assert_consistent("topology/joins");
            let says = &["This line may be longer than the boundary", "1,", "runs along another"];
            expect(&findings, "length/total", Undecided, Error, &says[..1]);
        }
        // Within one line: back and forward again, which no boundary does.
        let again = [&line[..110], &back(&aside), &line[60..]].concat();
        let findings = on_line(&dossier, "LineString", &json!(again));
        expect(&findings, "topology/repeated-stretch", Inconsistent, Note, &["was left out"]);
        findings.assert_consistent("length/total");
    }
}

#[test]
fn both_sides_of_a_corridor_stay_and_are_in_doubt() {
    let dossier = Variant::freedonia().read().unwrap();
    let line = vertices(&dossier);
    // East along one side of a road and back on the other one, 10 m to the south.
    let [x, y] = line[100];
    let side = |north: f64| (0..=10).map(move |i| [x + 0.002 * f64::from(i), y + north]);
    let road: Path = side(0.0).chain(side(-1e-4).rev()).collect();
    let line = [&line[..100], &road, &line[101..]].concat();
    let findings = on_line(&dossier, "LineString", &json!(line));
    expect(&findings, "topology/repeated-stretch", Undecided, Note, &["runs along itself"]);
    expect(&findings, "length/total", Undecided, Error, &["This line may be longer"]);
}

#[test]
fn a_narrow_bend_is_no_copy() {
    let dossier = Variant::freedonia().read().unwrap();
    let line = vertices(&dossier);
    let [x, y] = line[100];
    // 60 m wide, and long.
    let side = |north: f64| (0..=10).map(move |i| [x + 0.002 * f64::from(i), y + north]);
    let bend: Path = side(0.0).chain(side(-5.4e-4).rev()).collect();
    let line = [&line[..100], &bend, &line[101..]].concat();
    let findings = on_line(&dossier, "LineString", &json!(line));
    expect(&findings, "topology/repeated-stretch", Consistent, Note, &["No piece"]);
}

#[test]
fn a_spur_that_begins_off_the_line_was_a_stretch() {
    let dossier = Variant::freedonia().read().unwrap();
    let parts = parts(&dossier);
    let [[x0, y0], [x1, y1]] = [parts[2][10], parts[2][11]];
    for (east, hangs) in [(0.0, true), (1e-4, true), (1e-3, false)] {
        let [x, y] = [(x0 + x1) / 2.0 + east, (y0 + y1) / 2.0];
        let spur: Path = (0..10).map(|i| [x + 0.005 * f64::from(i), y]).collect();
        for spur in [spur.clone(), back(&spur)] {
            let line = [parts.clone(), vec![spur]].concat();
            let findings = on_line(&dossier, "MultiLineString", &json!(line));
            if hangs {
                expect(
                    &findings,
                    "topology/repeated-stretch",
                    Inconsistent,
                    Note,
                    &["hangs on it"],
                );
                findings.assert_consistent("topology/joins");
                findings.assert_consistent("length/total");
            } else {
                // It is another line, and is left out for that reason.
                expect(&findings, "topology/repeated-stretch", Consistent, Note, &["No piece"]);
            }
        }
    }
}

#[test]
fn what_another_line_of_the_file_has_twice_is_not_named() {
    let dossier = Variant::freedonia().read().unwrap();
    let line = vertices(&dossier);
    let moved = |path: &[[f64; 2]], east: f64| -> Path {
        path.iter().map(|[x, y]| [x + east, *y]).collect()
    };
    let other = moved(&line, 1.0);
    let spur: Path = (0..10).map(|i| [other[20][0] + 0.01 * f64::from(i), other[20][1]]).collect();
    let others = [other.clone(), other[40..60].to_vec(), spur];
    let findings = on_line(
        &dossier,
        "MultiLineString",
        &json!([std::slice::from_ref(&line), &others[..]].concat()),
    );
    expect(&findings, "topology/repeated-stretch", Consistent, Note, &["No piece"]);
    let own = [line.clone(), line[100..120].to_vec()];
    let findings = on_line(&dossier, "MultiLineString", &json!([&own[..], &others[..]].concat()));
    let [x, y] = line[100];
    let at = format!("from ({x:.5}, {y:.5})");
    expect(&findings, "topology/repeated-stretch", Inconsistent, Note, &["hangs on it: ", &at]);
    let said = &findings.get("topology/repeated-stretch").unwrap().explanation;
    assert!(!said.contains("in all"), "{said}");
}

/// A copy of a part that was rounded to four decimals has some places in common with it by chance.
/// It was cut there, and its pieces or those of the line itself were spurs, with gaps between them.
#[test]
fn a_rounded_copy_of_a_part_is_one_copy_and_leaves_no_gap() {
    let dossier = Dossier::embedded();
    let own = dossier.line().vertices();
    let parts: Vec<&[Coord]> = (0..own.len() - 1)
        .step_by(3000)
        .map(|from| &own[from..(from + 3001).min(own.len())])
        .collect();
    for (from, to) in [(3000, 6000), (4000, 5000), (2000, 4000), (3000, 4500), (100, 2900)] {
        let rounded = own[from..=to].iter();
        let rounded = rounded.map(|at| [at.x, at.y].map(|degrees| (degrees * 1e4).round() / 1e4));
        let mut copy: Path = rounded.collect();
        copy.dedup();
        // First, between two others, and last.
        for place in [0, 1, parts.len()] {
            let path = |part: &&[Coord]| part.iter().map(|at| [at.x, at.y]).collect::<Path>();
            let mut lines: Vec<Path> = parts.iter().map(path).collect();
            lines.insert(place, copy.clone());
            let text = json!({ "type": "MultiLineString", "coordinates": lines }).to_string();
            let drawn = DrawnLine::read(Input::bytes("copy.geojson", text.as_bytes())).unwrap();
            let case = format!("{from} to {to}, in place {place}");
            let kinds: Vec<FixKind> = drawn.fixes.all().map(|fix| fix.kind).collect();
            assert_eq!(kinds, [FixKind::CopyAside], "{case}");
            assert!(drawn.gaps.is_empty(), "{case}: {:?}", drawn.gaps);
            let off = (drawn.line.length() - dossier.line().length()).value();
            assert!(off.abs() < 1e-3, "{case}: {off} m");
        }
    }
}
