//! What the text report says, wherever its lines break.

use crate::common::Variant;
use crate::real::REPORT;
use treatyline::Dossier;
use treatyline::check::Study;
use treatyline::report::{Report, report_text};

/// A report as one line, every run of white space a space.
fn without_breaks(report: &Report) -> String {
    report_text(report).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text_without_breaks(dossier: &Dossier) -> String {
    let study = Study::new(dossier);
    without_breaks(&Report::new(&study, &study.check()))
}

#[track_caller]
fn says(report: &str, what: &str) {
    assert!(report.contains(what), "`{what}` is not said");
}

#[test]
fn the_treaties_are_reported_with_their_dates_places_and_order() {
    let report = without_breaks(&REPORT);
    says(
        &report,
        "Governed by: Agreement of 1994 (signed 26 April 1994, ratified by Kazakhstan 15 June 1995; ",
    );
    says(&report, "Signed on 26 April 1994 in Almaty, ratified by Kazakhstan on 15 June 1995.");
    says(&report, "ratified by Kazakhstan on 30 December 1999, in force since 15 January 2000.");
    says(&report, "ratified by Kazakhstan on 24 March 1999. Supplements: Agreement of 1994.");
    says(&report, "Supplements: Agreement of 1994, Supplement of 1997 and Supplement of 1998.");
    says(&report, "Convention of Peking between Russia and China. Signed in 1860.");
    says(&report, "the segments name the agreements and it has no length");
    let of = |title: &str| report.find(title).unwrap();
    assert!(of("INSTRUMENTS A length is") < of("PUBLISHED FIGURES Geometry"));
}

#[test]
fn the_findings_on_land_and_water_are_grouped_by_verdict() {
    let report = without_breaks(&REPORT);
    says(&report, "there is evidence for 546.9 km of water (96.5 % of the published 566.89 km)");
    says(&report, "the split is bounded, not decided");
    let freedonia = Variant::freedonia();
    let report = |variant: &Variant| text_without_breaks(&variant.read().unwrap());
    says(&report(&freedonia), "The geometry bears out both.");
    let land = freedonia.with("figures.toml", "\"45.40\"", "\"40.00\"");
    let one = "The geometry excludes 40.00 km of land. The geometry bears out 27.50 km of water.";
    says(&report(&land), one);
    let by_shape = ("\"evidence\":[\"encyclopaedia\"]", "\"evidence\":[\"morphology\"]");
    let brook = Variant::freedonia().with("segments.geojson", by_shape.0, by_shape.1);
    says(&report(&brook), "Nothing shows what the other 1.1 km are");
    let land = brook.with("figures.toml", "\"45.40\"", "\"40.00\"");
    let one =
        "excludes 40.00 km of land. Whether 27.50 km of it are water, the geometry cannot decide.";
    says(&report(&land), one);
}

#[test]
fn what_findings_explain_in_full_is_said_once() {
    let report = without_breaks(&REPORT);
    assert_eq!(report.matches("they could be among the").count(), 2, "land and water");
}

#[test]
fn a_governing_figure_that_only_informal_ones_contradict_says_so() {
    let report = without_breaks(&REPORT);
    says(&report, "Whole line, demarcation commissions 1,782.75 km governing ✓ ✗ informal only");
    says(&report, "Whole line, a blog 1,770 km informal ✓ ✗ Whole line");
    let rival = "\n[[figure]]\nid = \"length-rival\"\nwhat = \"Rival\"\nscope = \"line\"\nprinted = \
                 \"80.0\"\nunit = \"km\"\nrounding = 0.1\nqualifier = \"exact\"\nstanding = \
                 \"governing\"\nsource = \"gazette\"\n";
    let report =
        text_without_breaks(&Variant::freedonia().plus("figures.toml", rival).read().unwrap());
    says(&report, "Length of the whole line 72.90 km governing ✓ ✗ Length");
}

#[test]
fn figures_that_nothing_can_test_are_listed_by_what_they_say() {
    let report = without_breaks(&REPORT);
    says(&report, "placed by it: Khan Tengri to height 6105 (6146.0): around 11.2 km; ");
    says(&report, "nothing in the dossier can be compared with it: ");
    says(&report, "; The 185th Regiment's part of the line: 86 km; ");
}
