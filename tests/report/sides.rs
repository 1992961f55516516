//! The report on land that changed sides and on places near the line.

use crate::common::Variant;
use crate::verdict::{POINTS, claims, moved};
use treatyline::check::{Study, Verdict};
use treatyline::report::{Report, report_text};

fn report(variant: &Variant) -> Report {
    let dossier = variant.read().unwrap();
    let study = Study::new(&dossier);
    Report::new(&study, &study.check())
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
        (24.0, 21.0, "19–26", "✓ consistent"),
        (31.0, 30.0, "28–33", "✗ inconsistent"),
        (0.0, 0.0, "0–2", "? undecided"),
    ] {
        let report = report(&moved(atlas, gazette));
        let expected = [
            "The Marsh",
            "Freedonia",
            "25.0",
            &format!("{atlas}"),
            &format!("{gazette}"),
            moved_km2,
            verdict,
        ];
        assert_eq!(row(&report, "THE DIVISION", "The Marsh  "), expected);
        let transfer = report
            .transfers
            .iter()
            .find(|transfer| transfer.party.as_deref() == Some("FRE"))
            .unwrap();
        let finding = report.finding("division/transfer/marsh/fre").unwrap();
        assert_eq!(transfer.verdict, finding.verdict);
        assert_eq!(transfer.by_depiction_m2["atlas"], atlas * 1e6);
    }
}

#[test]
fn the_table_has_a_row_for_the_whole_and_the_first_screen_says_what_it_bears_out() {
    let settlement = "\n[division.settlements.protocol-1905]\narea = \"area-marsh\"\nawards = { FRE \
                      = \"area-marsh-freedonia\", SYL = \"area-marsh-sylvania\" }\n";
    let shares = "shares = { FRE = \"share-freedonia\", SYL = \"share-sylvania\" }\n";
    let with = |variant: Variant| {
        report(&variant.with(crate::verdict::MANIFEST, shares, &format!("{shares}{settlement}")))
    };
    let agreeing = with(claims(24.0, 17.0));
    let whole = agreeing.transfers.iter().find(|it| it.id == "division/transfer/marsh").unwrap();
    assert_eq!((whole.party.as_deref(), whole.verdict), (None, Verdict::Consistent));
    let text = report_text(&agreeing).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("The Marsh both 41.7 24 17 "), "{text}");
    let says =
        "Both claims together, as the maps draw them: The Marsh 41 km² of the 41.7 km² published.";
    assert!(text.contains(says), "{text}");
    assert!(
        text.contains("Of that, 24 km² (atlas) lie in sectors that an instrument settled."),
        "{text}"
    );
    let says = "Of the land that the Protocol of 1905 divided, older maps admit 25.0 km² to \
                Freedonia (22–26 km² by the maps), 16.7 km² to Sylvania (8–26 km² by the maps) and \
                41.7 km² in all (30–52 km² by the maps); that these maps draw the \
                parties' claims is inferred.";
    assert!(text.contains(says), "{text}");
    let says =
        "Whether Freedonia received around 40 % and Sylvania received around 60 % of 120 km²";
    assert!(text.contains(says), "{text}");
    let other = with(claims(31.0, 17.0));
    let text = report_text(&other).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("by the maps) and exclude 25.0 km² to Freedonia ("), "{text}");
}

#[test]
fn land_that_went_the_other_way_is_in_the_division() {
    // The atlas draws Sylvania's claim, of which Sylvania kept some.
    let gains = ["{\"FRE\":24000000.0}", "{\"FRE\":24000000.0,\"SYL\":3000000.0}"];
    let opposite = claims(24.0, 17.0).with(crate::verdict::SECTORS, gains[0], gains[1]);
    let text = report_text(&report(&opposite));
    let says = "The other way round the maps show: The Marsh 3 km² (atlas) to Sylvania.";
    assert!(text.contains(says), "{text}");
    assert!(!report_text(&report(&claims(24.0, 17.0))).contains("The other way round the maps"));
}

#[test]
fn without_depictions_there_is_no_table_of_land() {
    let report = report(&Variant::freedonia());
    assert!(report.transfers.is_empty());
    assert!(!report_text(&report).contains("Published awards"));
}

#[test]
fn a_place_on_the_wrong_side_is_reported() {
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
