//! The report on published figures.

use crate::common::Variant;
use crate::verdict::{FIGURES, SECTORS};
use treatyline::check::{Basis, Findings, Study, Verdict};
use treatyline::report::{Report, report_text};

/// The last two cells of a figure's row: the verdict of the geometry and that of other figures.
fn cells(variant: &Variant, figure: &str) -> [String; 2] {
    let dossier = variant.read().unwrap();
    let study = Study::new(&dossier);
    let text = report_text(&Report::new(&study, &study.check()));
    let table = text.lines().skip_while(|line| *line != "PUBLISHED FIGURES");
    let row = table.map(str::trim).find(|line| line.starts_with(figure)).unwrap().to_owned();
    // Between two cells are two spaces at least, within one there is one at most.
    let cells: Vec<&str> = row.split("  ").map(str::trim).filter(|s| !s.is_empty()).collect();
    let [.., geometry, others] = cells[..] else { panic!("{row}") };
    [geometry.to_owned(), others.to_owned()]
}

#[test]
fn what_was_only_added_up_was_said_to_agree_with_the_geometry() {
    let freedonia = Variant::freedonia();
    // Its award makes up the Marsh together with the other one; no outline shows it.
    assert_eq!(cells(&freedonia, "Freedonia's part of the Marsh"), ["–", "✓"]);
    let other = freedonia.with(FIGURES, "\"25.0\"", "\"30.0\"");
    assert_eq!(cells(&other, "Freedonia's part of the Marsh"), ["–", "✗"]);
}

#[test]
fn what_was_measured_is_attributed_to_the_geometry() {
    let freedonia = Variant::freedonia();
    // The Marsh has an outline, and awards that make it up.
    assert_eq!(cells(&freedonia, "The Marsh "), ["✓", "✓"]);
    let longer = freedonia.with(FIGURES, "\"72.90\"", "\"80.00\"");
    assert_eq!(cells(&longer, "Length of the whole line "), ["✗", "✗"]);
}

#[test]
fn only_arithmetic_rests_on_figures_alone() {
    let findings: Findings = Variant::freedonia().read().unwrap().check();
    for finding in &findings {
        let arithmetic =
            ["closure/", "conflict/"].iter().any(|kind| finding.id.as_str().starts_with(kind));
        // Printed coordinates are compared with each other.
        let printed = finding.id.as_str().ends_with("/awards")
            || finding.id.as_str().ends_with("/coordinates");
        assert_eq!(finding.basis == Basis::Figures, arithmetic || printed, "{}", finding.id);
    }
}

#[test]
fn tests_of_the_files_are_counted_apart() {
    let dossier = Variant::freedonia().read().unwrap();
    let study = Study::new(&dossier);
    let findings = study.check();
    let report = Report::new(&study, &findings);
    let is_test = |id: &str| {
        ["topology/", "method/"].iter().any(|kind| id.starts_with(kind)) || id.ends_with("/place")
    };
    let tests = findings.iter().filter(|finding| is_test(finding.id.as_str())).count();
    for finding in &findings {
        assert_eq!(finding.basis == Basis::Files, is_test(finding.id.as_str()), "{}", finding.id);
    }
    assert_eq!(report.tests.values().sum::<usize>(), tests);
    assert_eq!(report.verdicts.values().sum::<usize>() + tests, findings.iter().count());
    let text = report_text(&report).split_whitespace().collect::<Vec<_>>().join(" ");
    let not_tested = findings.iter().filter(|finding| finding.verdict == Verdict::Skipped);
    let skipped = not_tested.filter(|finding| !is_test(finding.id.as_str())).count();
    let rest = findings.iter().count() - tests - skipped;
    assert!(text.contains(&format!("{rest} findings: ")), "{text}");
    assert!(
        skipped > 0 && text.contains(&format!(" {skipped} more could not be tested.")),
        "{text}"
    );
    if cfg!(feature = "proj") {
        assert!(text.contains(&format!("{tests} tests of the files and the program: all passed.")));
    }
    // A test that fails is named.
    let twice = "[20.4565,45.4605],[20.4565,45.4605]";
    let broken = Variant::freedonia().with("segments.geojson", "[20.4565,45.4605]", twice);
    let dossier = broken.read().unwrap();
    let study = Study::new(&dossier);
    let text = report_text(&Report::new(&study, &study.check()));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(" passed, 1 failed"), "{text}");
}

#[test]
fn differences_of_nanometres_are_no_zeros() {
    let dossier = Variant::freedonia().read().unwrap();
    let findings = dossier.check();
    let found = findings.get("method/agreement").unwrap();
    let largest_m = found.derived[0].interval.high();
    let text = treatyline::report::findings_json(&findings);
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let all = document["findings"].as_array().unwrap();
    let entry = all.iter().find(|entry| entry["id"] == "method/agreement").unwrap();
    let written_m = entry["derived"][0]["high"].as_f64().unwrap();
    assert!(largest_m > 0.0 && (written_m - largest_m).abs() <= 0.5e-10, "{written_m}");
    assert!(entry.get("residual").is_none());
}

#[test]
fn the_division_says_who_received_a_sector_though_nothing_tests_it() {
    let awards = "{\"FRE\":\"area-marsh-freedonia\",\"SYL\":\"area-marsh-sylvania\"}";
    let whole = Variant::freedonia().with(SECTORS, awards, "{\"SYL\":\"area-marsh\"}");
    let dossier = whole.read().unwrap();
    let study = Study::new(&dossier);
    let text = report_text(&Report::new(&study, &study.check()));
    let says = "– The Marsh: 41.7 km² are published as going wholly to Sylvania";
    assert!(text.contains(says), "{text}");
    assert_eq!(cells(&whole, "The Marsh "), ["✓", "–"]);
}
