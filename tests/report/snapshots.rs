//! Every renderer, word for word, on a small dossier and on the real one.
//!
//! The made-up dossier is there so that a change of the real data does not hide a
//! change of a renderer. After a wanted change: `INSTA_UPDATE=always cargo test --test
//! report`, and read the diff.

use crate::common::Variant;
use crate::elements::{taken, without};
use treatyline::Dossier;
use treatyline::check::Study;
use treatyline::internal::report::PointList;
use treatyline::io::{Decimals, Layer, LayerFormat};
use treatyline::report::{self, Report};

/// The two builds differ in what datum operations say, so each has its own snapshots.
fn suffix() -> &'static str {
    if cfg!(feature = "proj") { "proj" } else { "no-proj" }
}

macro_rules! snapshot {
    ($name:literal, $text:expr) => {
        insta::with_settings!({ omit_expression => true, snapshot_suffix => suffix() }, {
            insta::assert_snapshot!($name, $text);
        });
    };
}

fn freedonia() -> Dossier {
    Variant::freedonia().read().unwrap()
}

fn report_of(dossier: &Dossier) -> Report {
    treatyline_cli::name_settings();
    let study = Study::new(dossier);
    let findings = study.check();
    Report::new(&study, &findings)
}

fn findings_text(dossier: &Dossier) -> String {
    let study = Study::new(dossier);
    report::findings_text(&study, &study.check()).to_string()
}

#[test]
fn text() {
    snapshot!("text", report::report_text(&report_of(&freedonia())));
}

#[test]
fn text_of_the_real_boundary() {
    snapshot!("text_real", report::report_text(&report_of(Dossier::embedded())));
}

#[test]
fn findings_of_the_real_boundary() {
    snapshot!("findings_real", findings_text(Dossier::embedded()));
}

#[test]
fn markdown() {
    snapshot!("markdown", report::report_markdown(&report_of(&freedonia())));
}

#[test]
fn json() {
    snapshot!("json", report::report_json(&report_of(&freedonia())));
}

#[test]
fn csv() {
    let dossier = freedonia();
    snapshot!("csv", treatyline::internal::report::report_csv(&report_of(&dossier)));
    // The findings alone are the same table, less the figures that no finding uses.
    let findings = treatyline::internal::report::findings_csv(&dossier, &dossier.check());
    assert!(treatyline::internal::report::report_csv(&report_of(&dossier)).starts_with(&findings));
}

#[test]
fn findings() {
    snapshot!("findings_text", findings_text(&freedonia()));
    snapshot!("findings_json", report::findings_json(&freedonia().check()));
}

#[test]
fn exports() {
    let dossier = freedonia();
    let study = Study::new(&dossier);
    let geojson = |layer: Layer| layer.geojson(Decimals::default());
    snapshot!("segments", geojson(report::segments(&study)));
    snapshot!("points", geojson(report::points(&study)));
    snapshot!("sectors", geojson(report::sectors(&study)));
    snapshot!("line", geojson(report::line(&study)));
    snapshot!("figures", treatyline::internal::report::figures_csv(&dossier));
}

#[test]
fn exports_in_other_formats() {
    let dossier = freedonia();
    let study = Study::new(&dossier);
    let text = |layer: Layer, format| {
        let mut file = Vec::new();
        layer.write(&mut file, format, Decimals::default()).unwrap();
        String::from_utf8(file).unwrap()
    };
    // No datum operation is in them, so both builds write the same.
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("segments_kml", text(report::segments(&study), LayerFormat::Kml));
        insta::assert_snapshot!("points_kml", text(report::points(&study), LayerFormat::Kml));
        insta::assert_snapshot!("segments_csv", text(report::segments(&study), LayerFormat::Csv));
        insta::assert_snapshot!("sectors_csv", text(report::sectors(&study), LayerFormat::Csv));
        insta::assert_snapshot!("points_geojsonl", text(report::points(&study), LayerFormat::Geojsonl));
    });
}

#[test]
fn points_in_wgs84() {
    let list = PointList::new(&freedonia(), "EPSG:4326", None).unwrap();
    snapshot!("point_list", list.text());
    snapshot!("point_list_json", list.json());
}

#[test]
fn findings_for_continuous_integration() {
    let findings = freedonia().check();
    snapshot!("findings_junit", report::findings_junit(&findings, false));
    // It contains the version of the crate, which changes with every release.
    let sarif = report::findings_sarif(&findings, "data/freedonia/");
    snapshot!("findings_sarif", sarif.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn map() {
    let dossier = freedonia();
    let map = treatyline_pages::Map::new(&Study::new(&dossier));
    let options =
        treatyline_pages::MapOptions { width: 640, ..treatyline_pages::MapOptions::default() };
    let svg = treatyline_pages::map_svg(&map, &options);
    // No datum operation is in it, so both builds draw the same.
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("map", svg);
    });
}

fn page() -> String {
    let dossier = freedonia();
    let exhibits = treatyline_pages::Exhibits::new(&Study::new(&dossier));
    treatyline_pages::report_html(&report_of(&dossier), &exhibits)
}

#[test]
fn html() {
    // Drawings have snapshots of their own; rules and script are files.
    snapshot!("html", without(page(), &["style", "script", "svg"]));
}

#[test]
fn charts() {
    let (_, drawings) = taken(&page(), "svg");
    // Only the wide ones: the narrow ones hold the same. The map has no name.
    let charts: Vec<String> =
        drawings.into_iter().filter(|drawing| drawing.contains("-wide-title\"")).collect();
    assert_eq!(charts.len(), 3, "lengths, published figures, resolution");
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("charts", charts.join("\n"));
    });
}
