//! `resolution/*`: which part of a difference of two lengths resolution explains.

use crate::common::{Variant, shared};
use serde_json::json;
use treatyline::Dossier;
use treatyline::check::{Finding, Severity, Study, Verdict};
use treatyline::dossier::Depiction;
use treatyline::geodesy::Method;
use treatyline::io::Input;
use treatyline::line::simplify;
use treatyline::report::{Report, findings_json, report_json};

/// The line of a dossier, one position after the other.
fn line(dossier: &Dossier) -> Vec<[f64; 2]> {
    dossier.line().vertices().iter().map(|at| [at.x, at.y]).collect()
}

/// The finding on one other depiction, named `other`.
fn finding(dossier: &Dossier, coordinates: &[[f64; 2]], accuracy_m: f64) -> Finding {
    let text = json!({"type": "LineString", "coordinates": coordinates}).to_string();
    let source = Input::bytes("somewhere/other.geojson", text.as_bytes());
    let other = Depiction::locate(dossier, &source, Some(accuracy_m)).unwrap();
    let (_, findings) = Study::builder(dossier).compared_with(vec![other]).check();
    findings.iter().find(|finding| finding.id == "resolution/other").unwrap().clone()
}

#[test]
fn a_generalised_copy_is_shorter_by_resolution_alone() {
    let dossier = Dossier::embedded();
    for scale_m in [250.0, 1_000.0, 5_000.0] {
        // Drawn with a detail in the middle of the range of its map.
        let simple = simplify(dossier.line().vertices(), 0.7 * scale_m);
        let coordinates: Vec<[f64; 2]> = simple.iter().map(|at| [at.x, at.y]).collect();
        let found = finding(dossier, &coordinates, scale_m);
        assert_eq!(found.verdict, Verdict::Consistent, "{scale_m} m: {found}");
        assert!(found.derived[0].interval.high() < -100_000.0, "{found}");
    }
}

#[test]
fn a_detour_is_not_due_to_resolution() {
    let dossier = Variant::freedonia().read().unwrap();
    let mut detour = line(&dossier);
    let middle = detour.len() / 2;
    // 0.1° there and back: some 16 km or more.
    detour[middle][0] += 0.1;
    let found = finding(&dossier, &detour, 100.0);
    assert_eq!((found.verdict, found.severity), (Verdict::Inconsistent, Severity::Note), "{found}");
    assert!(found.explanation.contains("are due to a different course"), "{found}");
    // With an accuracy larger than the detour, the detour does not matter.
    assert_eq!(finding(&dossier, &detour, 20_000.0).verdict, Verdict::Consistent);
}

#[test]
fn what_lies_beyond_the_ends_of_the_other_does_not_count() {
    let dossier = Variant::freedonia().read().unwrap();
    let mut short = line(&dossier);
    short.truncate(short.len() - 10);
    assert_eq!(finding(&dossier, &short, 100.0).verdict, Verdict::Consistent);
}

#[test]
fn an_end_that_lies_elsewhere_leaves_it_open() {
    let dossier = Variant::freedonia().read().unwrap();
    let mut astray = line(&dossier);
    // The last edge, 0.05° off to the side.
    astray.last_mut().unwrap()[0] += 0.05;
    let found = finding(&dossier, &astray, 100.0);
    assert_eq!(found.verdict, Verdict::Undecided, "{found}");
    assert!(found.explanation.contains("Their ends, uncertain by "), "{found}");
}

#[test]
fn a_line_elsewhere_is_refused() {
    let dossier = Variant::freedonia().read().unwrap();
    let elsewhere = line(&dossier).iter().map(|[lon, lat]| [lon - 90.0, *lat]).collect::<Vec<_>>();
    let text = json!({"type": "LineString", "coordinates": elsewhere}).to_string();
    let source = Input::bytes("somewhere/other.geojson", text.as_bytes());
    let refused = Depiction::locate(&dossier, &source, Some(100.0)).unwrap_err().to_string();
    assert!(refused.contains("does not belong to this dossier"), "{refused}");
}

#[test]
fn without_other_depictions_there_is_no_finding() {
    let dossier = Variant::freedonia().read().unwrap();
    assert!(!dossier.check().iter().any(|finding| finding.id.as_str().starts_with("resolution/")));
}

#[test]
fn lines_drawn_before_1994_take_a_different_course() {
    let dossier = Dossier::embedded();
    for (file, verdict) in [
        ("us_state", Verdict::Consistent),
        ("dcw_1992", Verdict::Inconsistent),
        ("wdb2", Verdict::Inconsistent),
    ] {
        let Some(path) = shared(&format!("data/lines/{file}.geojson")) else { return };
        let source = Input::path(&path);
        let other = Depiction::locate(dossier, &source, None).unwrap();
        let (_, findings) = Study::builder(dossier).compared_with(vec![other]).check();
        let id = format!("resolution/{file}");
        let found = findings.iter().find(|finding| finding.id == *id).unwrap();
        assert_eq!(found.verdict, verdict, "{found}");
    }
}

#[test]
fn files_of_one_name_have_findings_of_their_own() {
    let dossier = Variant::freedonia().read().unwrap();
    let text = json!({"type": "LineString", "coordinates": line(&dossier)}).to_string();
    let other = |name| {
        Depiction::locate(&dossier, Input::bytes(name, text.as_bytes()), Some(100.0)).unwrap()
    };
    let others = ["a/x.geojson", "b/x.geojson", "standard input"].map(other);
    let (_, findings) = Study::builder(&dossier).compared_with(others.to_vec()).check();
    let ids = findings.iter().map(|finding| finding.id.as_str());
    let ids: Vec<&str> = ids.filter(|id| id.starts_with("resolution/")).collect();
    assert_eq!(ids, ["resolution/x", "resolution/x-2", "resolution/standard-input"]);
}

#[test]
fn checks_beside_the_measurement_find_what_checks_after_it_find() {
    let dossier = Variant::freedonia().read().unwrap();
    let text = json!({"type": "LineString", "coordinates": line(&dossier)}).to_string();
    let source = Input::bytes("x.geojson", text.as_bytes());
    let line = Depiction::locate(&dossier, &source, Some(100.0)).unwrap();
    for method in [Method::Series, Method::Karney] {
        let asked = Study::builder(&dossier).line(line.clone()).method(method);
        let asked = asked.compared_with(vec![line.clone()]);
        let after = asked.clone().build();
        let (compared, findings) = asked.check();
        assert_eq!(findings_json(&findings), findings_json(&after.check()));
        let report = |study| report_json(&Report::new(study, &findings));
        assert_eq!(report(&compared), report(&after));
    }
}
