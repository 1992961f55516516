//! Findings about the division of sectors, `division/*`. For each kind there is a test where it
//! passes, and one where a changed value makes it fail.

use crate::common::Variant;
use crate::figures::{added, figure};
use crate::verdict::{FIGURES, MANIFEST, SECTORS, changed, checked, expect, expect_none, sound};
use treatyline::check::Severity::Note;
use treatyline::check::Verdict::{Consistent, Inconsistent, Skipped, Undecided};

#[test]
fn the_area_of_a_share_is_reported_but_never_decided() {
    let findings = sound();
    let says = ["Freedonia", "around 40 % of 120 km²", "48.0 km²", "no geometry can bear it out"];
    expect(&findings, "division/share/fre", Undecided, Note, &says);
    expect(&findings, "division/share/syl", Undecided, Note, &["Sylvania", "72.0 km²"]);
    let other = changed(FIGURES, "printed   = \"40\"", "printed   = \"30\"");
    expect(&other, "division/share/fre", Undecided, Note, &["around 30 % of 120 km²", "36.0 km²"]);
}

#[test]
fn without_shares_there_is_no_finding_about_them() {
    let shares = "{ FRE = \"share-freedonia\", SYL = \"share-sylvania\" }";
    let findings = changed(MANIFEST, shares, "{ SYL = \"share-sylvania\" }");
    expect_none(&findings, "division/share/fre");
    findings.assert_undecided("division/share/syl");
}

/// The outline of the Marsh, as in the file.
const OUTLINE: &str = "{\"type\":\"Polygon\",\"coordinates\":[[[20.52,45.62],[20.6,45.605],\
                       [20.62,45.64],[20.57,45.67],[20.51416,45.66474],[20.52,45.62]]]}";

#[test]
fn a_sector_as_large_as_its_outline_agrees() {
    let says = ["The Marsh", "its outline holds", "41.7 km² are published"];
    expect(&sound(), "division/sector/marsh", Consistent, Note, &says);
}

#[test]
fn a_sector_larger_than_its_outline_does_not_agree() {
    let findings = changed(FIGURES, "\"41.7\"", "\"60.0\"");
    expect(&findings, "division/sector/marsh", Inconsistent, Note, &["60.0 km² are published"]);
}

#[test]
fn of_a_sector_without_an_outline_nothing_is_said() {
    expect_none(&changed(SECTORS, OUTLINE, "null"), "division/sector/marsh");
}

#[test]
fn a_self_crossing_outline_had_a_negative_area() {
    // With a pair of corners exchanged, the outline has two loops that nearly cancel each other.
    for (corners, crossed) in [
        ("[20.62,45.64],[20.57,45.67]", "[20.57,45.67],[20.62,45.64]"),
        ("[20.6,45.605],[20.62,45.64]", "[20.62,45.64],[20.6,45.605]"),
    ] {
        let findings = changed(SECTORS, corners, crossed);
        let says = ["The Marsh: 41.7 km² are published", "outline crosses itself", "no area"];
        expect(&findings, "division/sector/marsh", Undecided, Note, &says);
        assert!(findings.get("division/sector/marsh").unwrap().derived.is_empty());
    }
}

#[test]
fn an_outline_that_is_all_edge_had_less_than_no_area() {
    let sliver = "{\"type\":\"Polygon\",\"coordinates\":[[[20.52,45.62],[20.6,45.605],\
                  [20.6,45.6051],[20.52,45.62]]]}";
    let findings = changed(SECTORS, OUTLINE, sliver);
    let finding = findings.get("division/sector/marsh").unwrap();
    assert_eq!(finding.derived[0].interval.low(), 0.0, "{finding}");
    expect(&findings, "division/sector/marsh", Inconsistent, Note, &["its outline holds 0.0–"]);
}

const AWARDS: &str = "{\"FRE\":\"area-marsh-freedonia\",\"SYL\":\"area-marsh-sylvania\"}";

#[test]
fn awards_that_make_up_the_sector_agree() {
    let says = ["25.0 km² to Freedonia and 16.7 km² to Sylvania make up the 41.7 km²"];
    expect(&sound(), "division/sector/marsh/awards", Consistent, Note, &says);
}

#[test]
fn awards_that_do_not_make_up_the_sector_do_not_agree() {
    for printed in ["\"20.0\"", "\"30.0\""] {
        let findings = changed(FIGURES, "\"25.0\"", printed);
        let says = ["to Freedonia", "do not make up the 41.7 km²"];
        expect(&findings, "division/sector/marsh/awards", Inconsistent, Note, &says);
    }
}

#[test]
fn one_award_leaves_the_rest_to_the_other_side() {
    let one = Variant::freedonia().with(SECTORS, AWARDS, "{\"FRE\":\"area-marsh-freedonia\"}");
    let says =
        ["25.0 km² to Freedonia of 41.7 km² fit", "if all of it was divided, 16.6–16.8 km² went"];
    expect(&checked(&one), "division/sector/marsh/awards", Consistent, Note, &says);
    let too_much = one.with(FIGURES, "\"25.0\"", "\"50.0\"");
    let says = ["50.0 km² to Freedonia is more than the 41.7 km²"];
    expect(&checked(&too_much), "division/sector/marsh/awards", Inconsistent, Note, &says);
}

#[test]
fn a_figure_compared_with_itself_was_found_consistent() {
    let findings = changed(SECTORS, AWARDS, "{\"SYL\":\"area-marsh\"}");
    let says = ["41.7 km² are published as going wholly to Sylvania", "nothing to compare"];
    expect(&findings, "division/sector/marsh/awards", Skipped, Note, &says);
    let other = figure("area-marsh-again", "sector/marsh", "41.7", "km2", "informal");
    let another = added(&other).with(SECTORS, AWARDS, "{\"SYL\":\"area-marsh-again\"}");
    checked(&another).assert_consistent("division/sector/marsh/awards");
}

#[test]
fn without_awards_there_is_no_finding_about_them() {
    expect_none(&changed(SECTORS, AWARDS, "{}"), "division/sector/marsh/awards");
}

#[test]
fn the_whole_to_one_and_a_part_to_the_other_is_too_much() {
    let both = "{\"FRE\":\"area-marsh\",\"SYL\":\"area-marsh-sylvania\"}";
    let findings = changed(SECTORS, AWARDS, both);
    let says = ["do not make up the 41.7 km²"];
    expect(&findings, "division/sector/marsh/awards", Inconsistent, Note, &says);
}

#[test]
fn a_sector_named_like_a_party_has_a_finding_of_its_own() {
    let findings = changed(SECTORS, "\"marsh\"", "\"fre\"");
    findings.assert_undecided("division/share/fre");
    findings.assert_consistent("division/sector/fre");
}
