//! Every renderer, word for word, on a small dossier and on the real one.
//!
//! The made-up dossier is there so that a change of the real data does not hide a
//! change of a renderer. After a wanted change: `INSTA_UPDATE=always cargo test --test
//! report`, once more with `--no-default-features`, and read the diff.
//!
//! A snapshot is of the build with PROJ. The build without it has one of what it writes otherwise:
//! the findings that need a datum operation.

use crate::common::Variant;
use crate::elements::{taken, without};
use crate::real::{FINDINGS, REPORT, STUDY};
use crate::shown::{Block, differing, first_of_each, first_rows};
use treatyline::Dossier;
use treatyline::check::Study;
use treatyline::internal::report::PointList;
use treatyline::io::{Decimals, Layer, LayerFormat};
use treatyline::report::{self, Report};

/// A text without findings that need a datum operation.
macro_rules! snapshot {
    ($name:expr, $text:expr) => {
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!($name, $text);
        });
    };
}

/// A text with them.
macro_rules! snapshot_of_findings {
    ($name:literal, $text:expr) => {
        if cfg!(feature = "proj") {
            snapshot!($name, $text);
        } else {
            snapshot!(concat!($name, "_without_proj"), differing($name, &$text));
        }
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

#[test]
fn text() {
    snapshot_of_findings!("text", report::report_text(&report_of(&freedonia())));
}

/// Up to the findings: they have a snapshot of their own.
#[test]
fn text_of_the_real_boundary() {
    let text = report::report_text(&REPORT);
    let (before, _) = text.split_once("\nFINDINGS\n").unwrap();
    snapshot_of_findings!("text_real", before);
}

#[test]
fn findings_of_the_real_boundary() {
    let text = report::findings_text(&STUDY, &FINDINGS).to_string();
    snapshot_of_findings!("findings_real", text);
}

#[test]
fn markdown() {
    snapshot_of_findings!("markdown", report::report_markdown(&report_of(&freedonia())));
}

#[test]
fn json() {
    let report = report::report_json(&report_of(&freedonia()));
    let findings = report::findings_json(&freedonia().check());
    let member = |document: &str| {
        let (_, member) = document.split_once("\n  \"findings\": [").unwrap();
        member.split_once("\n  ]").unwrap().0.to_owned()
    };
    // The findings have a snapshot of their own.
    assert_eq!(member(&report), member(&findings));
    snapshot_of_findings!("json", report.replace(&member(&report), ""));
}

#[test]
fn csv() {
    let dossier = freedonia();
    let table = treatyline::internal::report::report_csv(&report_of(&dossier));
    snapshot_of_findings!("csv", first_rows(&table));
    // The findings alone are the same table, less the figures that no finding uses.
    let findings = treatyline::internal::report::findings_csv(&dossier, &dossier.check());
    assert!(table.starts_with(&findings));
}

#[test]
fn findings() {
    let freedonia = freedonia();
    let study = Study::new(&freedonia);
    let findings = study.check();
    let text = report::findings_text(&study, &findings).to_string();
    snapshot_of_findings!("findings_text", text);
    let json = report::findings_json(&findings);
    let block = Block("    {", "    }", "\"verdict\": \"");
    snapshot_of_findings!("findings_json", first_of_each(&json, &block));
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
    snapshot!("segments_kml", text(report::segments(&study), LayerFormat::Kml));
    snapshot!("points_kml", text(report::points(&study), LayerFormat::Kml));
    snapshot!("segments_csv", text(report::segments(&study), LayerFormat::Csv));
    snapshot!("sectors_csv", text(report::sectors(&study), LayerFormat::Csv));
    snapshot!("points_geojsonl", text(report::points(&study), LayerFormat::Geojsonl));
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
    snapshot_of_findings!("findings_junit", report::findings_junit(&findings, false));
    // It contains the version of the crate, which changes with every release.
    let sarif = report::findings_sarif(&findings, "data/freedonia/");
    let sarif = sarif.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let block = Block("        {", "        }", "\"verdict\": \"");
    snapshot_of_findings!("findings_sarif", first_of_each(&sarif, &block));
}

#[test]
fn map() {
    let dossier = freedonia();
    let map = treatyline_pages::Map::new(&Study::new(&dossier));
    let options =
        treatyline_pages::MapOptions { width: 640, ..treatyline_pages::MapOptions::default() };
    let svg = treatyline_pages::map_svg(&map, &options);
    snapshot!("map", svg);
}

fn page() -> String {
    let dossier = freedonia();
    let exhibits = treatyline_pages::Exhibits::new(&Study::new(&dossier));
    treatyline_pages::report_html(&report_of(&dossier), &exhibits)
}

#[test]
fn html() {
    // Drawings have snapshots of their own; rules and script are files.
    let page = without(page(), &["style", "script", "svg"]);
    let block = Block("<article", "</article>", "class=\"finding ");
    snapshot_of_findings!("html", first_of_each(&page, &block));
}

#[test]
fn charts() {
    let (_, drawings) = taken(&page(), "svg");
    // Only the wide ones: the narrow ones hold the same. The map has no name.
    let charts: Vec<String> =
        drawings.into_iter().filter(|drawing| drawing.contains("-wide-title\"")).collect();
    assert_eq!(charts.len(), 3, "lengths, published figures, resolution");
    snapshot!("charts", charts.join("\n"));
}
