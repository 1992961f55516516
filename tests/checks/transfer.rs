//! `division/transfer/*`, on a made-up boundary: each outcome.

use crate::common::Variant;
use crate::verdict::{MANIFEST, SECTORS, checked, claims, expect, expect_none, moved};
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
    let says = ["24 km² (atlas) and 21 km² (gazette)", "19–26 km²", "25.0 km² are published"];
    expect(&findings(&moved(24.0, 21.0)), FINDING, Consistent, Note, &says);
}

#[test]
fn more_than_was_received_is_excluded_where_just_that_was_settled() {
    let says = ["more than was published"];
    expect(&findings(&moved(31.0, 30.0)), FINDING, Inconsistent, Note, &says);
}

#[test]
fn more_than_was_received_is_undecided_where_the_stretch_is_inferred() {
    let inferred = moved(31.0, 30.0).with(SECTORS, "\"settled_by\":\"protocol-1905\",", "");
    expect(
        &findings(&inferred),
        FINDING,
        Undecided,
        Note,
        &["the stretch may hold other land too"],
    );
}

#[test]
fn less_than_was_received_may_have_been_held_before() {
    let says = ["They do not show the rest; it may be land held before"];
    expect(&findings(&moved(12.0, 11.0)), FINDING, Undecided, Note, &says);
}

#[test]
fn nothing_moved_is_no_agreement_however_wide_the_range() {
    let says = ["They show none of it"];
    expect(&findings(&moved(0.0, 0.0)), FINDING, Undecided, Note, &says);
}

#[test]
fn land_that_went_the_other_way_is_said() {
    let opposite = moved(0.0, 0.0).with(SECTORS, "{\"FRE\":0.0}", "{\"SYL\":7100000.0}");
    let says = ["round: 7 km² (atlas) and 7 km² (gazette). They show the opposite."];
    expect(&findings(&opposite), FINDING, Undecided, Note, &says);
}

#[test]
fn more_the_other_way_round_leaves_an_award_undecided() {
    let gains = "{\"FRE\":21000000.0}";
    let with = |opposite_m2: f64| {
        let both = format!("{{\"FRE\":21000000.0,\"SYL\":{opposite_m2:?}}}");
        findings(&moved(24.0, 21.0).with(SECTORS, gains, &both))
    };
    expect(&with(3e6), FINDING, Consistent, Note, &["round: 3 km² (gazette). The two agree."]);
    let says = ["older maps show more than that the other way round"];
    expect(&with(3e7), FINDING, Undecided, Note, &says);
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
    let says = ["The Marsh, to Freedonia: 25.0 km²", "24 km² (atlas)"];
    expect(&findings(&variant), id, Consistent, Note, &says);
}

#[test]
fn the_published_share_comes_with_what_moved_everywhere() {
    let places = "24 km² in 1 place (atlas) and 21 km² in 1 place (gazette)";
    let settled =
        "Of that, 24 km² (atlas) and 21 km² (gazette) lie in sectors that an instrument settled.";
    let found = findings(&moved(24.0, 21.0));
    expect(&found, "division/share/fre", Undecided, Note, &[places, settled]);
    assert!(!found.get("division/share/fre").unwrap().explanation.contains("in dispute"));
    let open = moved(24.0, 21.0).with(SECTORS, "\"settled_by\":\"protocol-1905\",", "");
    let says = [places, "Whether it changed hands, or was in dispute, no source says."];
    expect(&findings(&open), "division/share/fre", Undecided, Note, &says);
}

#[test]
fn polygons_of_what_moved_are_no_outline_of_what_was_disputed() {
    expect_none(&findings(&moved(24.0, 21.0)), "division/sector/marsh");
}

// Whose claim a depiction draws.

/// The atlas draws Sylvania's claim, so the land between went to Freedonia; the gazette draws
/// Freedonia's, so the land between went to Sylvania. 25.0 and 16.7 km² are
/// published, 41.7 km² in all.
fn claimed(freedonia_km2: f64, sylvania_km2: f64) -> Findings {
    findings(&claims(freedonia_km2, sylvania_km2))
}

#[test]
fn an_award_is_compared_with_the_claim_of_the_other_party() {
    let found = claimed(24.0, 17.0);
    let says = [
        "Older maps that draw Sylvania's claim (inferred) give Sylvania 24 km² (atlas) that lie on \
         Freedonia's side",
    ];
    expect(&found, FINDING, Consistent, Note, &says);
    let says = [
        "Older maps that draw Freedonia's claim (inferred) give Freedonia 17 km² (gazette) that lie \
         on Sylvania's side",
    ];
    expect(&found, "division/transfer/marsh/syl", Consistent, Note, &says);
    // More of Sylvania's claim would have moved; Freedonia's claim says nothing of that.
    let found = claimed(31.0, 17.0);
    expect(&found, FINDING, Inconsistent, Note, &["29–33 km²", "more than was published"]);
    found.assert_consistent("division/transfer/marsh/syl");
}

#[test]
fn a_whole_sector_is_compared_with_both_claims_together() {
    let whole = "division/transfer/marsh";
    let says = ["24 km² (atlas) on Freedonia's side and 17 km² (gazette) on Sylvania's side"];
    expect(&claimed(24.0, 17.0), whole, Consistent, Note, &says);
    expect(&claimed(60.0, 17.0), whole, Inconsistent, Note, &["more than was published"]);
    expect(&claimed(5.0, 17.0), whole, Undecided, Note, &["They do not show the rest"]);
    // One claim alone does not make up a sector.
    expect_none(&findings(&moved(24.0, 21.0)), whole);
}

#[test]
fn a_claim_drawn_in_another_sector_is_no_claim_here() {
    let elsewhere = claims(24.0, 17.0).with(MANIFEST, "sectors = []", "sectors = [\"swamp\"]");
    let problems = elsewhere.read().unwrap_err().to_string();
    assert!(problems.contains("swamp") && problems.contains("marsh"), "{problems}");
}

#[test]
fn claims_of_no_party_and_maps_of_no_source_are_refused() {
    for (from, to, says) in [
        ("claim = \"SYL\"", "claim = \"XYZ\"", "XYZ"),
        ("source = \"atlas\"\nclaim", "source = \"nobody\"\nclaim", "nobody"),
    ] {
        let variant = claims(24.0, 17.0).with(MANIFEST, from, to);
        let problems = variant.read().unwrap_err().to_string();
        assert!(problems.contains("depiction `") && problems.contains(says), "{problems}");
    }
}

#[test]
fn a_band_names_one_source_or_several() {
    let one = "source   = \"treaty-1903\"";
    let with = |sources: &str| Variant::freedonia().with(MANIFEST, one, sources);
    let read = with("sources = [\"treaty-1903\", \"atlas\"]").read().unwrap();
    assert_eq!(read.band().unwrap().sources, ["treaty-1903", "atlas"]);
    assert_eq!(Variant::freedonia().read().unwrap().band().unwrap().sources, ["treaty-1903"]);
    for wrong in ["sources = []", "sources = [\"nobody\"]", "sources = 3"] {
        assert!(with(wrong).read().is_err(), "{wrong}");
    }
}

#[test]
fn an_amount_that_is_computed_says_from_what_and_what_it_needs() {
    let computed = |assumes: &str| {
        let award = "\"FRE\":\"area-marsh-freedonia\"";
        let rest = "\"FRE\":\"area-marsh - area-marsh-sylvania\"";
        let variant = claims(24.0, 17.0).with(SECTORS, award, rest);
        findings(&variant.with(SECTORS, "\"settled_by\"", &format!("{assumes}\"settled_by\"")))
    };
    let says = ["25 km² (41.7 − 16.7) follow from figures"];
    expect(&computed(""), FINDING, Consistent, Note, &says);
    let found = computed("\"assumes\":\"no land was left out.\",");
    expect(&found, FINDING, Undecided, Note, &["The two agree, but only if no land was left out."]);
    // Printed amounts need no assumption.
    found.assert_consistent("division/transfer/marsh/syl");
}

#[test]
fn transfers_nobody_can_mean_are_refused() {
    let refused = |from: &str, to: &str, says: &str| {
        let problems = moved(24.0, 21.0).with(SECTORS, from, to).read().unwrap_err().to_string();
        assert!(problems.contains(says), "{problems}");
    };
    refused("\"source\":\"atlas\"", "\"source\":\"nobody\"", "nobody");
    refused("{\"FRE\":24000000.0}", "{\"XYZ\":24000000.0}", "XYZ");
    refused("\"area-marsh-freedonia\"", "\"area-marsh - share-sylvania\"", "added");
    refused("24000000.0", "-1.0", "`transfers` is `-1`; it must be square metres");
    refused("\"within_m2\":2000000.0", "\"within_m2\":1e300", "1e300");
}
