//! What the report says of the published figures.

use crate::common::Variant;
use crate::verdict::{FIGURES, SECTORS};
use treatyline::check::{Basis, Findings, Subject};
use treatyline::report::{Report, report_text};

/// The last two cells of a figure's row: what geometry says, what other figures do.
fn cells(variant: &Variant, figure: &str) -> [String; 2] {
    let dossier = variant.read().unwrap();
    let subject = Subject::own(&dossier);
    let text = report_text(&Report::new(&subject, &subject.check()));
    let table = text.lines().skip_while(|line| *line != "PUBLISHED FIGURES");
    let row = table.map(str::trim).find(|line| line.starts_with(figure)).unwrap().to_owned();
    // Between two cells are two spaces at least, within one there is one at most.
    let cells: Vec<&str> = row.split("  ").map(str::trim).filter(|s| !s.is_empty()).collect();
    let [.., geometry, others] = cells[..] else { panic!("{row}") };
    [geometry.to_owned(), others.to_owned()]
}

#[test]
fn what_was_only_added_up_was_told_to_agree_with_the_geometry() {
    let freedonia = Variant::freedonia();
    // Its award makes up the Marsh together with the other one; no outline shows it.
    assert_eq!(cells(&freedonia, "Freedonia's part of the Marsh"), ["–", "✓"]);
    let other = freedonia.with(FIGURES, "\"25.0\"", "\"30.0\"");
    assert_eq!(cells(&other, "Freedonia's part of the Marsh"), ["–", "✗"]);
}

#[test]
fn what_was_measured_is_told_of_geometry() {
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
        let arithmetic = ["closure/", "conflict/"].iter().any(|kind| finding.id.starts_with(kind));
        let alone = arithmetic || finding.id.ends_with("/awards");
        assert_eq!(finding.basis == Basis::Figures, alone, "{}", finding.id);
    }
}

#[test]
fn the_division_tells_who_received_a_sector_though_nothing_tests_it() {
    let awards = "{\"FRE\":\"area-marsh-freedonia\",\"SYL\":\"area-marsh-sylvania\"}";
    let whole = Variant::freedonia().with(SECTORS, awards, "{\"SYL\":\"area-marsh\"}");
    let dossier = whole.read().unwrap();
    let subject = Subject::own(&dossier);
    let text = report_text(&Report::new(&subject, &subject.check()));
    let says = "– The Marsh: 41.7 km² are published as going wholly to Sylvania";
    assert!(text.contains(says), "{text}");
    assert_eq!(cells(&whole, "The Marsh "), ["✓", "–"]);
}
