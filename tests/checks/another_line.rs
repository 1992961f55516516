//! What is reported of a line on which segments could not be distinguished.

use crate::common::{Variant, shared};
use crate::verdict::parts;
use serde_json::{Value, json};
use treatyline::Dossier;
use treatyline::check::{Basis, Study, Verdict};
use treatyline::dossier::Depiction;
use treatyline::io::{Decimals, Input};
use treatyline::report::{Report, findings_text, report_json, report_text, segments};

/// The small dossier on a line that leaves the right way in its third and fourth segment.
fn astray(dossier: &Dossier, accuracy_m: f64) -> Study<'_> {
    let mut parts = parts(dossier);
    for [lon, _] in parts[2..4].iter_mut().flatten() {
        *lon += 0.1;
    }
    let line = json!({ "type": "LineString", "coordinates": parts.concat() });
    on(dossier, &Input::bytes("astray.geojson", line.to_string().as_bytes()), Some(accuracy_m))
}

fn on<'a>(dossier: &'a Dossier, source: &Input, accuracy_m: Option<f64>) -> Study<'a> {
    Study::builder(dossier).line(Depiction::locate(dossier, source, accuracy_m).unwrap()).build()
}

fn report(study: &Study<'_>) -> Report {
    Report::new(study, &study.check())
}

fn document(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Each fact a piece states is a fact of all its segments, and what all share is stated.
fn assert_true(dossier: &Dossier, piece: &Value, ids: &[&str]) {
    let own = |id: &&str| dossier.segments().iter().find(|segment| segment.id == *id).unwrap();
    let of_segments: Vec<Value> =
        ids.iter().map(|id| serde_json::to_value(&own(id).facts).unwrap()).collect();
    for key in ["instrument", "points", "medium", "course", "evidence", "stretch", "note"] {
        let shared = of_segments.iter().all(|facts| facts[key] == of_segments[0][key]);
        let expected = if shared { &of_segments[0][key] } else { &Value::Null };
        assert_eq!(&piece[key], expected, "{key} of {ids:?}");
    }
}

#[test]
fn a_piece_of_several_segments_took_the_facts_of_its_first() {
    let dossier = Variant::freedonia().read().unwrap();
    let study = astray(&dossier, 30.0);
    let report = document(&report_json(&report(&study)));
    let pieces = report["pieces"].as_array().unwrap();
    let ids = |piece: &'_ Value| -> Vec<String> {
        let ids = piece["segments"].as_array().unwrap().iter();
        ids.map(|id| id.as_str().unwrap().to_owned()).collect()
    };
    assert!(pieces.iter().any(|piece| ids(piece).len() > 1), "no piece holds several");
    assert!(pieces.iter().any(|piece| ids(piece).len() == 1), "each piece holds several");
    let exported = document(&segments(&study).geojson(Decimals::default()));
    for (piece, feature) in pieces.iter().zip(exported["features"].as_array().unwrap()) {
        let ids = ids(piece);
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        assert_true(&dossier, piece, &ids);
        assert_true(&dossier, &feature["properties"], &ids);
        // The accuracy of this line, not that of the dossier's segments.
        assert_eq!(piece["accuracy_m"], 30.0, "{ids:?}");
        assert_eq!(feature["properties"]["accuracy_m"], 30.0, "{ids:?}");
    }
}

#[test]
fn the_dossiers_own_pieces_have_all_facts_of_their_segment() {
    let dossier = Variant::freedonia().read().unwrap();
    let report = document(&report_json(&report(&Study::new(&dossier))));
    for (piece, segment) in report["pieces"].as_array().unwrap().iter().zip(dossier.segments()) {
        assert_true(&dossier, piece, &[&segment.id]);
        assert_eq!(piece["accuracy_m"], dossier.line_facts().accuracy_m);
    }
}

#[test]
fn alkabek_to_saur_was_reported_as_a_river() {
    let Some(path) = shared("data/lines/dcw_1992.geojson") else { return };
    let dossier = Dossier::embedded();
    let study = on(dossier, &Input::path(&path), None);
    let report = document(&report_json(&report(&study)));
    let pieces = report["pieces"].as_array().unwrap();
    let piece = pieces.iter().find(|piece| piece["segments"][0] == "alkabek").unwrap();
    for key in ["points", "medium", "course", "evidence", "stretch"] {
        assert!(piece.get(key).is_none(), "{key} is {}", piece[key]);
    }
}

/// The numbers of a section's table: of each row those in kilometres, in order.
fn table_km(text: &str, title: &str) -> Vec<(String, Vec<f64>)> {
    let lines = text.lines().skip_while(|line| *line != title).skip(1);
    let rows = lines.take_while(|line| !line.is_empty()).filter(|line| line.contains(" km"));
    let numbers = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let km = words.windows(2).filter(|pair| pair[1] == "km");
        km.filter_map(|pair| pair[0].replace(',', "").parse().ok()).collect()
    };
    rows.map(|line| (line.trim().to_owned(), numbers(line))).collect()
}

#[test]
fn instruments_and_evidence_lacked_what_could_not_be_distinguished() {
    let dossier = Variant::freedonia().read().unwrap();
    let study = astray(&dossier, 30.0);
    let report = report(&study);
    let text = report_text(&report);
    let total_km = report.lengths.total_m / 1e3;
    for title in ["INSTRUMENTS", "EVIDENCE"] {
        let rows = table_km(&text, title);
        assert!(
            rows.iter().any(|(row, _)| row.starts_with("not distinguished")),
            "{title}: {text}"
        );
        let sum_km: f64 = rows.iter().filter_map(|(_, km)| km.first()).sum();
        // Each row is rounded to 0.1 km.
        let allowed_km = 0.05 * rows.len() as f64;
        assert!((sum_km - total_km).abs() <= allowed_km, "{title}: {sum_km} of {total_km} km");
    }
    let lengths = &report.lengths;
    let sum_m = lengths.by_instrument.values().sum::<f64>() + lengths.by_instrument_unlocated_m;
    assert!((sum_m - lengths.total_m).abs() < 0.01, "{sum_m} m");
    let sum_m = lengths.by_evidence.values().sum::<f64>() + lengths.by_evidence_unlocated_m;
    assert!((sum_m - lengths.total_m).abs() < 0.01, "{sum_m} m");
}

#[test]
fn where_all_was_distinguished_there_is_no_such_row() {
    let dossier = Variant::freedonia().read().unwrap();
    let report = report(&Study::new(&dossier));
    assert!(!report_text(&report).contains("not distinguished"));
    assert_eq!(report.lengths.by_instrument_unlocated_m, 0.0);
    assert_eq!(report.lengths.by_evidence_unlocated_m, 0.0);
}

#[test]
fn a_line_of_another_boundary_was_measured_as_if_it_belonged() {
    let dossier = treatyline::Dossier::embedded();
    let text = r#"{"type":"LineString","coordinates":[[10.0,50.0],[11.0,51.0]]}"#;
    let source = Input::bytes("rhine.geojson", text.as_bytes());
    let refused = treatyline::dossier::Depiction::locate(dossier, &source, None).unwrap_err();
    let message = refused.to_string();
    assert!(
        message.contains("does not belong to this dossier: it runs about 4,999 km"),
        "{message}"
    );
    assert!(message.contains("name a drawing of the same boundary"), "{message}");
    // A line that touches the extent at a corner may be a badly drawn part of the boundary.
    let near = r#"{"type":"LineString","coordinates":[[80.0,42.0],[80.3,42.3]]}"#;
    let source = Input::bytes("near.geojson", near.as_bytes());
    assert!(treatyline::dossier::Depiction::locate(dossier, &source, None).is_ok());
}

/// The dossier with the northern part of its own line, up to a share of its vertices.
fn north(dossier: &Dossier, share: f64) -> Study<'_> {
    let vertices = dossier.line().vertices();
    let count = (vertices.len() as f64 * share) as usize;
    let coordinates: Vec<[f64; 2]> = vertices[..count].iter().map(|at| [at.x, at.y]).collect();
    let line = json!({ "type": "LineString", "coordinates": coordinates });
    on(dossier, &Input::bytes("north.geojson", line.to_string().as_bytes()), Some(100.0))
}

#[test]
fn where_the_line_is_missing_its_end_and_the_way_along_it_are_undecided() {
    let study = north(Dossier::embedded(), 0.4);
    let findings = study.check();
    if cfg!(feature = "proj") {
        findings.assert_consistent("tripoint/north/line-end");
        let south = findings.get("tripoint/south/line-end").unwrap();
        assert_eq!(south.verdict, Verdict::Undecided, "{}", south.explanation);
        assert!(south.explanation.starts_with("This line lacks that part of the boundary."));
    }
    // A part of the way is there.
    let way = findings.get("distance/alashankou-baktu").unwrap();
    assert_eq!(way.verdict, Verdict::Undecided, "{}", way.explanation);
    assert!(way.explanation.starts_with("This line lacks "), "{}", way.explanation);
    let whole = north(Dossier::embedded(), 1.0).check();
    whole.assert_consistent("distance/alashankou-baktu");
    if cfg!(feature = "proj") {
        whole.assert_consistent("tripoint/south/line-end");
    }
}

#[test]
fn findings_on_figures_alone_are_a_second_part_of_a_line_each() {
    let study = north(Dossier::embedded(), 1.0);
    let findings = study.check();
    let text = findings_text(&study, &findings);
    let (first, second) = text.split_once("  On published figures alone").expect(&text);
    for finding in findings.iter() {
        let is_second = finding.basis == Basis::Figures;
        assert_eq!(first.contains(&format!(" {} (", finding.id)), !is_second, "{}", finding.id);
        let lines = second.lines().filter(|line| line.contains(&format!(" {}: ", finding.id)));
        assert_eq!(lines.count(), usize::from(is_second), "{}", finding.id);
    }
    assert!(second.lines().all(|line| line.chars().count() <= 100), "{second}");
    assert!(second.contains("The line's points are good to ± 100 m (as given)."), "{second}");
    // For the dossier's own line findings are sorted by verdict only.
    let own = Study::new(Dossier::embedded());
    assert!(!findings_text(&own, &own.check()).contains("On published figures alone"));
}

/// For a line far away, too, nearest places are spread along all of the dossier's line.
#[test]
fn a_border_on_the_other_side_of_the_earth_belonged_to_this_one() {
    let Some(path) = shared("data/world/natural_earth_10m_boundary_lines_land.geojson") else {
        return;
    };
    let study = on(Dossier::embedded(), &Input::path(&path), None);
    let km = study.depiction().line().length().km();
    assert!((1_490.0..1_520.0).contains(&km), "{km} km");
}

#[test]
fn two_drawings_side_by_side_are_no_finer_than_one() {
    let dossier = Dossier::embedded();
    // Every sixth vertex, and the same with the middle of each edge a metre aside.
    let coarse: Vec<[f64; 2]> =
        dossier.line().vertices().iter().step_by(6).map(|at| [at.x, at.y]).collect();
    let verdict = |coordinates: &[[f64; 2]]| {
        let line = json!({ "type": "LineString", "coordinates": coordinates });
        let source = Input::bytes("coarse.geojson", line.to_string().as_bytes());
        let findings = on(dossier, &source, Some(100.0)).check();
        findings.get("length/total").unwrap().verdict
    };
    let doubled: Vec<[f64; 2]> = coarse
        .windows(2)
        .flat_map(|ends| {
            let middle = [0, 1].map(|i| f64::midpoint(ends[0][i], ends[1][i]) + 1e-5);
            [ends[0], middle]
        })
        .collect();
    assert_eq!(verdict(&coarse), Verdict::Undecided);
    assert_eq!(verdict(&doubled), Verdict::Undecided);
}
