//! Shared by tests of findings: checks of the small dossier with something changed, and assertions
//! on a finding.

// Each test binary uses its own part of this, and only of this.
#![allow(dead_code, unreachable_pub)]

use treatyline::Dossier;
use treatyline::check::{Findings, Severity, Study, Verdict};
use treatyline::dossier::Depiction;
use treatyline::io::Input;

use crate::common::Variant;

pub const MANIFEST: &str = "dossier.toml";
pub const FIGURES: &str = "figures.toml";
pub const SEGMENTS: &str = "segments.geojson";
pub const POINTS: &str = "points.geojson";
pub const SECTORS: &str = "sectors.geojson";

/// The findings of a variant.
pub fn checked(variant: &Variant) -> Findings {
    variant.read().unwrap().check()
}

/// The findings of the small dossier as it is.
pub fn sound() -> Findings {
    checked(&Variant::freedonia())
}

/// The findings of the small dossier with one text replaced in one file.
pub fn changed(file: &str, from: &str, to: &str) -> Findings {
    checked(&Variant::freedonia().with(file, from, to))
}

/// The findings of the small dossier on another line, with these coordinates as JSON. It is as
/// accurate as the dossier's own.
pub fn on_line(dossier: &Dossier, kind: &str, coordinates: &serde_json::Value) -> Findings {
    let text = serde_json::json!({ "type": kind, "coordinates": coordinates }).to_string();
    let source = Input::bytes("another.geojson", text.as_bytes());
    let depiction = Depiction::locate(dossier, &source, None).unwrap();
    Study::builder(dossier).line(depiction).build().check()
}

/// The small dossier with the areas, in km², that went to Freedonia in the Marsh according to an
/// atlas and a gazette.
pub fn moved(atlas_km2: f64, gazette_km2: f64) -> Variant {
    let transfer = |source: &str, km2: f64, within_m2: f64| {
        let gains = serde_json::json!({ "FRE": km2 * 1e6 });
        serde_json::json!({ "source": source, "gains_m2": gains, "within_m2": within_m2 })
    };
    let transfers = [transfer("atlas", atlas_km2, 2e6), transfer("gazette", gazette_km2, 9e6)];
    let properties = format!("\"transfers\":{},\"settled_by\"", serde_json::json!(transfers));
    Variant::freedonia().with(SECTORS, "\"settled_by\"", &properties)
}

/// The small dossier with an atlas that draws Sylvania's claim and a gazette that draws
/// Freedonia's. The arguments are the areas of these claims that went to Freedonia and to Sylvania,
/// in km². The areas are uncertain by 2 and by 9 km².
pub fn claims(freedonia_km2: f64, sylvania_km2: f64) -> Variant {
    let gazette = serde_json::json!({ "FRE": 0.5e6 }).to_string();
    let other = serde_json::json!({ "SYL": sylvania_km2 * 1e6 }).to_string();
    let drawn = |source: &str, claim: &str| {
        format!(
            "\n[[depiction]]\nsource = \"{source}\"\nclaim = \"{claim}\"\nsectors = []\nevidence = \
             \"inferred\"\n"
        )
    };
    moved(freedonia_km2, 0.5)
        .with(SECTORS, &gazette, &other)
        .plus(MANIFEST, &format!("{}{}", drawn("atlas", "SYL"), drawn("gazette", "FRE")))
}

/// The coordinates of the dossier's segments, one list for each.
pub fn parts(dossier: &Dossier) -> Vec<Vec<[f64; 2]>> {
    let part = |path: &Vec<geo::Coord>| path.iter().map(|c| [c.x, c.y]).collect();
    dossier.segments().iter().map(|segment| part(&segment.path)).collect()
}

/// The straight line from the dossier's start to its end: most segments are far from it.
pub fn beeline(dossier: &Dossier) -> serde_json::Value {
    let (start, end) = (dossier.line().start(), dossier.line().end());
    serde_json::json!([[start.x, start.y], [end.x, end.y]])
}

/// The finding is there, has this verdict and this severity, and its explanation says
/// each of these.
#[track_caller]
pub fn expect(findings: &Findings, id: &str, verdict: Verdict, severity: Severity, says: &[&str]) {
    findings.assert(id, verdict);
    let finding = findings.get(id).unwrap();
    assert_eq!(finding.severity, severity, "{finding}");
    for words in says {
        assert!(finding.explanation.contains(words), "`{words}` is not said: {finding}");
    }
}

/// There is no finding of this id.
#[track_caller]
pub fn expect_none(findings: &Findings, id: &str) {
    if let Some(finding) = findings.get(id) {
        panic!("there should be no finding, but {finding}");
    }
}
