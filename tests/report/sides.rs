//! What the report says of land that changed sides and of places beside the line.

use crate::common::Variant;
use crate::verdict::{POINTS, moved};
use treatyline::check::{Subject, Verdict};
use treatyline::report::{Report, report_text};

fn report(variant: &Variant) -> Report {
    let dossier = variant.read().unwrap();
    let subject = Subject::own(&dossier);
    Report::new(&subject, &subject.check())
}

/// The cells of a row of a section's table.
fn row(report: &Report, section: &str, begins: &str) -> Vec<String> {
    let text = report_text(report);
    let mut lines = text.lines().skip_while(|line| *line != section).map(str::trim);
    let row = lines.find(|line| line.starts_with(begins)).unwrap();
    row.split("  ").map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect()
}

#[test]
fn what_moved_stands_beside_what_was_received() {
    for (atlas, gazette, moved_km2, verdict) in [
        (24.0, 21.0, "19–26 km²", "✓ consistent"),
        (31.0, 30.0, "28–33 km²", "✗ inconsistent"),
        (0.0, 0.0, "0–2 km²", "? undecided"),
    ] {
        let report = report(&moved(atlas, gazette));
        let expected = [
            "The Marsh",
            "Freedonia",
            "25.0 km²",
            &format!("{atlas} km²"),
            &format!("{gazette} km²"),
            moved_km2,
            verdict,
        ];
        assert_eq!(row(&report, "THE DIVISION", "The Marsh  "), expected);
        let transfer = report.transfers.iter().find(|transfer| transfer.party == "FRE").unwrap();
        let finding = report.finding("division/transfer/marsh/fre").unwrap();
        assert_eq!(transfer.verdict, finding.verdict);
        assert_eq!(transfer.by_depiction_m2["atlas"], atlas * 1e6);
    }
}

#[test]
fn without_depictions_there_is_no_table_of_land() {
    let report = report(&Variant::freedonia());
    assert!(report.transfers.is_empty());
    assert!(!report_text(&report).contains("by atlas"));
}

#[test]
fn a_place_on_the_wrong_side_is_told_to_be_there() {
    let freedonia = Variant::freedonia();
    let there = row(&report(&freedonia), "SIDES", "Duck Soup");
    assert_eq!(there, ["Duck Soup", "in Freedonia", "11.0 km", "✓ consistent"]);
    let other =
        freedonia.with(POINTS, "Soup\",\"position\":\"FRE\"", "Soup\",\"position\":\"SYL\"");
    let report = report(&other);
    let there = row(&report, "SIDES", "Duck Soup");
    assert_eq!(there, ["Duck Soup", "in Sylvania", "11.0 km", "✗ inconsistent"]);
    let place = report.places.iter().find(|place| place.id == "duck-soup").unwrap();
    assert_eq!((place.verdict, place.party.as_deref()), (Verdict::Inconsistent, Some("SYL")));
    let unplaced = report.places.iter().find(|place| place.id == "old-oak").unwrap();
    assert_eq!((unplaced.verdict, unplaced.distance_m), (Verdict::Skipped, None));
}
