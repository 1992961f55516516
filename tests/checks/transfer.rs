//! `division/transfer/*`, on a made-up boundary: each outcome once.

use crate::common::Variant;
use crate::verdict::{MANIFEST, SECTORS, checked, moved, told};
use treatyline::check::Findings;
use treatyline::check::Severity::Note;
use treatyline::check::Verdict::{Consistent, Inconsistent, Undecided};

/// Freedonia received 25.0 km² of the Marsh, by the figures.
const FINDING: &str = "division/transfer/marsh/fre";

fn findings(variant: &Variant) -> Findings {
    checked(variant)
}

#[test]
fn what_moved_agrees_within_the_spread_and_the_finest_accuracy() {
    let says = ["24 km² by atlas and 21 km² by gazette", "19–26 km²", "25.0 km² are published"];
    told(&findings(&moved(24.0, 21.0)), FINDING, Consistent, Note, &says);
}

#[test]
fn more_than_was_received_is_excluded_where_just_that_was_settled() {
    told(&findings(&moved(31.0, 30.0)), FINDING, Inconsistent, Note, &["More moved than that"]);
}

#[test]
fn more_than_was_received_is_undecided_where_the_stretch_is_inferred() {
    let inferred = moved(31.0, 30.0).with(SECTORS, "\"settled_by\":\"protocol-1905\",", "");
    told(&findings(&inferred), FINDING, Undecided, Note, &["the stretch may hold other land too"]);
}

#[test]
fn less_than_was_received_may_have_been_held_before() {
    let says = ["The rest may be land held before"];
    told(&findings(&moved(12.0, 11.0)), FINDING, Undecided, Note, &says);
}

#[test]
fn nothing_moved_is_no_agreement_however_wide_the_range() {
    let says = ["No depiction shows any"];
    told(&findings(&moved(0.0, 0.0)), FINDING, Undecided, Note, &says);
}

#[test]
fn without_depictions_nothing_is_said() {
    assert!(findings(&Variant::freedonia()).get(FINDING).is_none());
}

#[test]
fn what_one_instrument_settled_is_added_up() {
    let settlement =
        "\n[division.settlements.protocol-1905]\nawards = { FRE = \"area-marsh-freedonia\" }\n";
    let shares = "shares = { FRE = \"share-freedonia\", SYL = \"share-sylvania\" }\n";
    let variant = moved(24.0, 21.0).with(MANIFEST, shares, &format!("{shares}{settlement}"));
    let id = "division/transfer/protocol-1905/fre";
    told(&findings(&variant), id, Consistent, Note, &["The Marsh: between", "24 km² by atlas"]);
}

#[test]
fn the_published_share_tells_what_moved_everywhere() {
    let says = ["21–24 km² went to Freedonia in 1 place, but which of it was in dispute"];
    told(&findings(&moved(24.0, 21.0)), "division/share/fre", Undecided, Note, &says);
}

#[test]
fn polygons_of_what_moved_are_no_outline_of_what_was_disputed() {
    let says = ["need not be all that was in dispute"];
    told(&findings(&moved(24.0, 21.0)), "division/sector/marsh", Undecided, Note, &says);
}

#[test]
fn transfers_nobody_can_mean_are_refused() {
    let refused = |from: &str, to: &str, says: &str| {
        let problems = moved(24.0, 21.0).with(SECTORS, from, to).read().unwrap_err().to_string();
        assert!(problems.contains(says), "{problems}");
    };
    refused("\"source\":\"atlas\"", "\"source\":\"nobody\"", "nobody");
    refused("{\"FRE\":24000000.0}", "{\"XYZ\":24000000.0}", "XYZ");
    refused("24000000.0", "-1.0", "`transfers` is `-1`; it must be square metres");
    refused("\"within_m2\":2000000.0", "\"within_m2\":1e300", "1e300");
}
