//! Findings as a whole: what the small dossier gives, what fails a run, and what the
//! assertions for other people's tests say when they fail.

use std::panic::{UnwindSafe, catch_unwind};

use crate::common::Variant;
use crate::verdict::{FIGURES, MANIFEST, POINTS, changed, checked, sound};
use treatyline::check::{Findings, Verdict};

/// Eighty kilometres where the line has seventy-three.
const TOO_LONG: (&str, &str) = ("\"72.90\"", "\"80.00\"");

fn of_verdict(findings: &Findings, verdict: Verdict) -> Vec<&str> {
    let those = findings.iter().filter(|finding| finding.verdict == verdict);
    those.map(|finding| finding.id.as_str()).collect()
}

/// The small dossier without what the data cannot decide.
fn decided() -> Variant {
    let division = "[division]\narea   = \"area-disputed\"\nshares = { FRE = \
                    \"share-freedonia\", SYL = \"share-sylvania\" }\n";
    let assumes = "assumes  = \"the Marsh is part of the disputed land.\"\n";
    Variant::freedonia().with(MANIFEST, division, "").with(FIGURES, assumes, "")
}

#[test]
fn nothing_in_the_small_dossier_is_inconsistent() {
    let findings = sound();
    assert_eq!(of_verdict(&findings, Verdict::Inconsistent), [""; 0]);
    let undecided = ["closure/sylvania-part", "division/share/fre", "division/share/syl"];
    assert_eq!(of_verdict(&findings, Verdict::Undecided), undecided);
    let mut skipped = of_verdict(&findings, Verdict::Skipped);
    // Without PROJ every check of a tripoint is skipped too.
    skipped.retain(|id| cfg!(feature = "proj") || !id.starts_with("tripoint/"));
    assert_eq!(skipped, ["side/old-oak"]);
}

#[test]
fn the_small_dossier_has_every_kind_of_finding() {
    let findings = sound();
    let about_figures = ["length/", "closure/", "conflict/", "division/"];
    let about_places = ["tripoint/", "side/", "distance/", "topology/"];
    for kind in about_figures.iter().chain(&about_places) {
        assert!(findings.iter().any(|finding| finding.id.as_str().starts_with(kind)), "{kind}");
    }
}

#[test]
fn findings_come_in_the_same_order_with_ids_of_their_own() {
    let findings = sound();
    let ids: Vec<&str> = findings.iter().map(|finding| finding.id.as_str()).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "{ids:?}");
    assert_eq!(findings, sound());
    let first_of = |kind: &str| ids.iter().position(|id| id.starts_with(kind)).unwrap();
    let kinds = ["length/", "closure/", "conflict/", "division/", "tripoint/", "side/"];
    assert!(kinds.map(first_of).is_sorted(), "{ids:?}");
}

#[test]
fn counts_add_up_to_all_findings() {
    let findings = sound();
    let counted: usize = Verdict::ALL.iter().map(|verdict| findings.count(*verdict)).sum();
    assert_eq!(counted, findings.iter().count());
    assert_eq!(findings.count(Verdict::Undecided), 3);
}

#[test]
fn what_is_undecided_fails_only_a_strict_run() {
    let findings = sound();
    assert!(!findings.fail(false));
    assert!(findings.fail(true));
}

#[test]
fn what_was_skipped_fails_no_run() {
    let findings = checked(&decided());
    assert!(findings.count(Verdict::Skipped) > 0);
    assert_eq!(of_verdict(&findings, Verdict::Undecided), [""; 0]);
    assert!(!findings.fail(false));
    assert!(!findings.fail(true));
}

#[test]
fn an_inconsistent_note_fails_only_a_strict_run() {
    let informal = ("printed   = \"73\"", "printed   = \"80\"");
    let findings = checked(&decided().with(FIGURES, informal.0, informal.1));
    assert_eq!(of_verdict(&findings, Verdict::Inconsistent), ["length/almanac", "conflict/line"]);
    assert!(!findings.fail(false));
    assert!(findings.fail(true));
}

#[test]
fn an_inconsistent_error_fails_every_run() {
    let findings = changed(FIGURES, TOO_LONG.0, TOO_LONG.1);
    assert!(findings.fail(false));
    assert!(findings.fail(true));
}

#[test]
fn assertions_that_hold_say_nothing() {
    let findings = sound();
    findings.assert_consistent("length/total");
    findings.assert_undecided("division/share/fre");
    findings.assert("side/old-oak", Verdict::Skipped);
    changed(FIGURES, TOO_LONG.0, TOO_LONG.1).assert_inconsistent("length/total");
}

/// The message of a panic.
fn panic_of(assertion: impl FnOnce() + UnwindSafe) -> String {
    *catch_unwind(assertion).unwrap_err().downcast::<String>().unwrap()
}

#[test]
fn an_assertion_fails_with_the_whole_explanation() {
    let findings = changed(FIGURES, TOO_LONG.0, TOO_LONG.1);
    let explanation = findings.get("length/total").unwrap().explanation.clone();
    let message = panic_of(|| findings.assert_consistent("length/total"));
    assert!(message.starts_with("expected consistent, but length/total is inconsistent: "));
    assert!(message.contains(&explanation), "{message}");
    assert!(message.contains("too short against the published 80.00 km"), "{message}");
    assert!(message.contains("length at full detail: "), "{message}");
    assert!(message.ends_with("published figures: length-total"), "{message}");
}

#[test]
#[should_panic(expected = "expected inconsistent, but length/total is consistent: The line")]
fn an_assertion_of_inconsistency_fails_where_the_data_agree() {
    sound().assert_inconsistent("length/total");
}

#[test]
#[should_panic(expected = "expected undecided, but length/total is consistent: The line")]
fn an_assertion_of_doubt_fails_where_there_is_none() {
    sound().assert_undecided("length/total");
}

#[test]
#[should_panic(expected = "expected consistent, but side/old-oak is skipped: The Old Oak")]
fn what_was_skipped_is_not_consistent() {
    sound().assert_consistent("side/old-oak");
}

#[test]
fn an_assertion_on_no_finding_lists_those_there_are() {
    let findings = sound();
    let message = panic_of(|| findings.assert_consistent("length/moon"));
    assert!(message.starts_with("there is no finding `length/moon`; there are length/total, "));
    assert!(message.contains("topology/rings/marsh"), "{message}");
}

#[test]
fn a_finding_names_its_figures_and_its_sources() {
    let findings = sound();
    let total = findings.get("length/total").unwrap();
    assert_eq!(total.figures, ["length-total"]);
    assert_eq!(total.sources, ["protocol-1905", "atlas"], "the figure's and the accuracy's");
    let assumed = findings.get("closure/sylvania-part").unwrap();
    assert_eq!(assumed.sources, ["gazette", "protocol-1905", "own-work"]);
}

#[test]
fn a_change_elsewhere_leaves_a_finding_as_it_is() {
    let before = sound();
    let after = changed(POINTS, "[20.4872,45.8746]", "[20.4972,45.8746]");
    assert_ne!(before.get("side/mount-rufus"), after.get("side/mount-rufus"));
    assert_eq!(before.get("length/total"), after.get("length/total"));
}
