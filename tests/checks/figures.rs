//! Findings about figures. For each kind there is a test where it passes, and one where a changed
//! value makes it fail: `length/*`, `closure/*`, `conflict/*`.

use crate::common::Variant;
use crate::verdict::{
    FIGURES, MANIFEST, SEGMENTS, beeline, changed, checked, expect, expect_none, on_line, parts,
    sound,
};
use treatyline::check::Severity::{Error, Note};
use treatyline::check::Verdict::{Consistent, Inconsistent, Undecided};

/// The small dossier with figures and relations of its own added.
pub(crate) fn added(tables: &str) -> Variant {
    Variant::freedonia().plus(FIGURES, tables)
}

/// A figure as it is in the file.
pub(crate) fn figure(id: &str, scope: &str, printed: &str, unit: &str, standing: &str) -> String {
    format!(
        "\n[[figure]]\nid = \"{id}\"\nwhat = \"Added\"\nscope = \"{scope}\"\nprinted = \
         \"{printed}\"\nunit = \"{unit}\"\nrounding = 0.1\nqualifier = \"exact\"\nstanding = \
         \"{standing}\"\nsource = \"gazette\"\n"
    )
}

// Lengths.

#[test]
fn a_length_within_the_band_agrees_at_some_resolutions_only() {
    let says = ["published 72.90 km lies inside the band", "at some resolutions only"];
    expect(&sound(), "length/total", Consistent, Error, &says);
}

#[test]
fn a_length_that_holds_full_detail_agrees_with_both() {
    expect(&sound(), "length/almanac", Consistent, Note, &["around 73 km agrees with both"]);
}

#[test]
fn a_length_outside_the_band_is_an_error() {
    let long = changed(FIGURES, "\"72.90\"", "\"80.00\"");
    let says = ["too short against the published 80.00 km"];
    expect(&long, "length/total", Inconsistent, Error, &says);
    let short = changed(FIGURES, "\"72.90\"", "\"60.00\"");
    expect(
        &short,
        "length/total",
        Inconsistent,
        Error,
        &["too long against the published 60.00 km"],
    );
}

#[test]
fn an_informal_length_outside_the_band_is_a_note() {
    let findings = changed(FIGURES, "printed   = \"73\"", "printed   = \"80\"");
    let says = ["too short against the published figure of around 80 km"];
    expect(&findings, "length/almanac", Inconsistent, Note, &says);
    findings.assert_consistent("length/total");
}

/// The line measures 72.98 km at full detail, 72.8 to 73.0 over the band and more than 60
/// at any resolution.
#[test]
fn an_informal_length_that_some_resolution_gives_contradicts_the_band_alone() {
    let almanac = |printed: &str| {
        changed(FIGURES, "printed   = \"73\"", &format!("printed   = \"{printed}\""))
    };
    let says = ["contradicts the band, not the line, which is that long simplified at about"];
    expect(&almanac("71"), "length/almanac", Undecided, Note, &says);
    let says = ["too long against", "Even simplified at 10.0 km it is longer"];
    expect(&almanac("40"), "length/almanac", Inconsistent, Note, &says);
    let says = ["too short against", "No simplification of this line is that long"];
    expect(&almanac("80"), "length/almanac", Inconsistent, Note, &says);
    // A figure of the parties must be within the band.
    let found = changed(FIGURES, "\"72.90\"", "\"71.00\"");
    expect(&found, "length/total", Inconsistent, Error, &["against the published 71.00 km."]);
}

#[test]
fn an_informal_stretch_that_some_resolution_gives_contradicts_the_band_alone() {
    let informal = |printed: &str| {
        let from = "printed   = \"20.1\"\nunit      = \"km\"\nrounding  = 0.1\nqualifier = \
                    \"exact\"\nstanding  = \"governing\"";
        let to = from.replace("20.1", printed).replace("governing", "informal");
        changed(FIGURES, from, &to)
    };
    let says = ["contradicts the band, not the line"];
    expect(&informal("18.9"), "length/freddo", Undecided, Note, &says);
    expect(&informal("30.0"), "length/freddo", Inconsistent, Note, &["No simplification"]);
}

#[test]
fn what_remains_is_derived_less_published_from_middle_to_middle() {
    let remains = |findings: &treatyline::check::Findings, id: &str| {
        findings.get(id).unwrap().residual.map(|(value, _)| value)
    };
    let findings = sound();
    let full_m = findings.get("length/total").unwrap().derived[0].interval.middle();
    assert!((remains(&findings, "length/total").unwrap() - (full_m - 72_900.0)).abs() < 1e-6);
    // 45.40 + 27.50 km against 72.90 km.
    assert!(remains(&findings, "closure/land-and-water").unwrap().abs() < 1e-6);
    // "More than 30 km" has no middle, so there is no residual.
    assert_eq!(remains(&findings, "closure/freddo-whole"), None);
    assert_eq!(remains(&findings, "conflict/line"), None);
    // "Nearly 73 km", by 1: the middle is 72.5 km.
    let nearly = changed(
        FIGURES,
        "qualifier = \"around\"\nstanding  = \"informal\"\nsource    = \"gazette\"\nnote",
        "qualifier = \"nearly\"\nstanding  = \"informal\"\nsource    = \"gazette\"\nnote",
    );
    assert!((remains(&nearly, "length/almanac").unwrap() - (full_m - 72_500.0)).abs() < 1e-3);
}

#[test]
fn a_narrower_band_bears_out_less() {
    let narrow = Variant::freedonia().with(MANIFEST, "coarse_m = 50.0", "coarse_m = 10.0");
    // The ends of the line, 100 m each, explain what is left.
    let says = ["simplified at 10 to 10 m", "agrees within the accuracy of the line's ends, 200 m"];
    expect(&checked(&narrow), "length/total", Consistent, Error, &says);
    let exact = narrow.with(MANIFEST, "accuracy_m      = 100.0", "accuracy_m      = 1.0");
    let says = ["simplified at 10 to 10 m", "m too long against the published 72.90 km"];
    let findings = checked(&exact);
    expect(&findings, "length/total", Inconsistent, Error, &says);
    // Less than 100 m is no "0.0 km".
    let total = findings.get("length/total").unwrap();
    assert!(!total.explanation.contains("0.0 km"), "{}", total.explanation);
}

/// The evidence of the brook, a kilometre long.
const BROOK: &str = "\"evidence\":[\"encyclopaedia\"]";
const BY_SHAPE: &str = "\"evidence\":[\"morphology\"]";

#[test]
fn land_and_water_that_are_all_shown_agree() {
    let findings = sound();
    let open = "The part that is open is within the uncertainty of its ends";
    let says = ["are shown to be land", "45.40 km", open];
    expect(&findings, "length/land", Consistent, Error, &says);
    let says = ["are shown to be water", "called a river by texts", "27.50 km", open];
    expect(&findings, "length/water", Consistent, Error, &says);
}

#[test]
fn land_and_water_that_nothing_allows_are_errors() {
    let land = changed(FIGURES, "\"45.40\"", "\"40.00\"");
    let says = ["the land measures", "too long against the published 40.00 km"];
    expect(&land, "length/land", Inconsistent, Error, &says);
    let water = changed(FIGURES, "\"27.50\"", "\"35.00\"");
    let says = ["the water measures", "too short against the published 35.00 km"];
    expect(&water, "length/water", Inconsistent, Error, &says);
    // Nothing shows the brook to be water, but it is too short to explain this difference.
    let both = Variant::freedonia().with(SEGMENTS, BROOK, BY_SHAPE);
    expect(
        &checked(&both.with(FIGURES, "\"27.50\"", "\"35.00\"")),
        "length/water",
        Inconsistent,
        Error,
        &[],
    );
}

#[test]
fn land_and_water_that_depend_on_the_brook_are_undecided() {
    let by_shape = Variant::freedonia().with(SEGMENTS, BROOK, BY_SHAPE);
    let findings = checked(&by_shape);
    for id in ["length/land", "length/water"] {
        let says = [
            "are shown to be",
            "there is no evidence",
            "the 1.1 km of the line that nothing shows",
            "(brook)",
        ];
        expect(&findings, id, Undecided, Error, &says);
    }
    // The published water is no more than what is shown without the brook.
    let less = checked(&by_shape.with(FIGURES, "\"27.50\"", "\"26.30\""));
    expect(&less, "length/water", Undecided, Error, &["is no more than that"]);
}

#[test]
fn on_a_line_without_the_segments_nothing_is_said_of_their_lengths() {
    let dossier = Variant::freedonia().read().unwrap();
    let findings = on_line(&dossier, "LineString", &beeline(&dossier));
    let says = ["land and water could not be distinguished", "its water cannot be measured"];
    expect(&findings, "length/water", Undecided, Error, &says);
    expect(&findings, "length/land", Undecided, Error, &["its land cannot be measured"]);
    expect(&findings, "length/freddo", Undecided, Error, &["could not be located on this line"]);
    expect(
        &findings,
        "length/total",
        Undecided,
        Error,
        &["too coarse for a verdict", "2 vertices"],
    );
}

#[test]
fn on_a_copy_of_the_line_lengths_are_measured_as_on_the_line() {
    let dossier = Variant::freedonia().read().unwrap();
    let findings = on_line(&dossier, "MultiLineString", &serde_json::json!(parts(&dossier)));
    for id in ["length/total", "length/land", "length/water", "length/freddo"] {
        findings.assert_consistent(id);
    }
}

#[test]
fn a_stretch_agrees_within_its_uncertain_ends() {
    let says = ["The stretch measures", "20.1 km agrees"];
    expect(&sound(), "length/freddo", Consistent, Error, &says);
}

#[test]
fn a_figure_that_is_about_its_stretch_only_if_decides_nothing() {
    let assumes = "scope     = \"line/freddo\"\nassumes   = \"both mean the same Freddo\"";
    let findings = changed(FIGURES, "scope     = \"line/freddo\"", assumes);
    let says = ["20.1 km agrees", "only if both mean the same Freddo"];
    expect(&findings, "length/freddo", Undecided, Error, &says);
}

#[test]
fn a_stretch_beyond_its_uncertain_ends_does_not_agree() {
    let findings = changed(FIGURES, "\"20.1\"", "\"25.0\"");
    let says = ["too short against the published 25.0 km"];
    expect(&findings, "length/freddo", Inconsistent, Error, &says);
    let exact = Variant::freedonia()
        .with(SEGMENTS, "\"start_m\":300.0", "\"start_m\":1.0")
        .with(SEGMENTS, "\"start_m\":400.0", "\"start_m\":1.0")
        .with(FIGURES, "\"20.1\"", "\"19.8\"");
    checked(&exact).assert_inconsistent("length/freddo");
}

/// "Nearly 73 km", rounded by 1: from 72 to 73. The line measures 72.8 to 73.0 km.
#[test]
fn nearly_reaches_down_and_not_up() {
    let nearly = |printed: &str| {
        let almanac = ["printed   = \"73\"", "rounding  = 1.0", "qualifier = \"around\""];
        let middle = "\nunit      = \"km\"\n";
        let from = format!("{}{middle}{}\n{}", almanac[0], almanac[1], almanac[2]);
        let printed = format!("printed   = \"{printed}\"");
        let to = format!("{printed}{middle}{}\nqualifier = \"nearly\"", almanac[1]);
        Variant::freedonia().with(FIGURES, &from, &to).read().unwrap()
    };
    let dossier = nearly("73");
    let figure = dossier.figure("length-almanac").unwrap();
    assert_eq!(figure.text(), "nearly 73 km");
    assert!(figure.interval.contains(72_000.0) && figure.interval.contains(73_000.0));
    assert!(!figure.interval.contains(71_999.0) && !figure.interval.contains(73_000.1));
    expect(&dossier.check(), "length/almanac", Consistent, Note, &["nearly 73 km"]);
    nearly("73.9").check().assert_consistent("length/almanac");
    // Around 72.5 would reach the line; nearly 72.5 does not.
    let says = ["nearly 72.5 km contradicts the band"];
    expect(&nearly("72.5").check(), "length/almanac", Undecided, Note, &says);
}

// Relations.

#[test]
fn an_equation_whose_sides_can_be_equal_holds() {
    let says = [
        "make up the whole line",
        "the figures allow it: 72.9 km [72.89, 72.91] = 72.9 km [72.895, 72.905]",
    ];
    expect(&sound(), "closure/land-and-water", Consistent, Error, &says);
}

#[test]
fn an_equation_whose_sides_cannot_be_equal_fails() {
    let findings = changed(FIGURES, "\"27.50\"", "\"27.60\"");
    let says = ["the figures exclude it: 73 km [72.99, 73.01] = 72.9 km [72.895, 72.905]"];
    expect(&findings, "closure/land-and-water", Inconsistent, Error, &says);
}

#[test]
fn at_least_holds_up_to_the_last_digit_and_fails_beyond() {
    expect(&sound(), "closure/freddo-whole", Consistent, Note, &["at least 30 km ≥ 20.1 km"]);
    let shorter = |printed: &str| {
        let exact = Variant::freedonia().with(FIGURES, "\"more-than\"", "\"exact\"").with(
            FIGURES,
            "rounding  = 0.0\n",
            "rounding  = 0.002\n",
        );
        checked(&exact.with(FIGURES, "printed   = \"30\"", printed))
    };
    // 20.1 km printed to 0.1 is 20.05 km at least.
    shorter("printed   = \"20.05\"").assert_consistent("closure/freddo-whole");
    let says = ["the figures exclude it", "20.04 km [20.039, 20.041] ≥ 20.1 km [20.05, 20.15]"];
    expect(&shorter("printed   = \"20.04\""), "closure/freddo-whole", Inconsistent, Note, &says);
}

#[test]
fn at_most_holds_up_to_the_last_digit_and_fails_beyond() {
    expect(&sound(), "closure/freddo", Consistent, Error, &["The Freddo fits", "20.1 km"]);
    // 27.50 km printed to 0.01 is 27.505 km at most, 27.5 printed to 0.1 27.45 at least.
    changed(FIGURES, "\"20.1\"", "\"27.5\"").assert_consistent("closure/freddo");
    let findings = changed(FIGURES, "\"20.1\"", "\"27.6\"");
    expect(
        &findings,
        "closure/freddo",
        Inconsistent,
        Error,
        &["the figures exclude it", "27.6 km"],
    );
}

#[test]
fn what_is_open_upwards_cannot_be_shown_to_be_small_enough() {
    let small = |claim: &str| {
        let tables = format!(
            "\n[[relation]]\nid = \"closure/open\"\nclaim = \"{claim}\"\nsays = \"It fits.\"\n"
        );
        checked(&added(&tables))
    };
    let says = ["One side has no bound, so it can be excluded but not confirmed"];
    expect(&small("length-freddo-whole <= length-total"), "closure/open", Undecided, Note, &says);
    expect(&small("length-total >= length-freddo-whole"), "closure/open", Undecided, Note, &says);
    let found = small("length-freddo-whole <= length-freddo");
    expect(&found, "closure/open", Inconsistent, Note, &["the figures exclude it"]);
    small("length-freddo <= length-freddo-whole").assert_consistent("closure/open");
}

#[test]
fn a_relation_weighs_what_the_dossier_says_it_weighs() {
    let says = "says  = \"Land and water make up the whole line.\"";
    let note = Variant::freedonia()
        .with(FIGURES, says, &format!("{says}\nseverity = \"note\""))
        .with(FIGURES, "\"27.50\"", "\"27.60\"");
    expect(&checked(&note), "closure/land-and-water", Inconsistent, Note, &[]);
    let says = "says  = \"The two shares make up the whole.\"";
    let error = Variant::freedonia()
        .with(FIGURES, says, &format!("{says}\nseverity = \"error\""))
        .with(FIGURES, "\"60\"", "\"70\"");
    expect(&checked(&error), "closure/shares", Inconsistent, Error, &["110 %"]);
}

#[test]
fn what_assumes_something_is_undecided_where_it_could_hold() {
    let says =
        ["the figures allow it", "Undecided: true only if the Marsh is part", "no source says"];
    expect(&sound(), "closure/sylvania-part", Undecided, Note, &says);
}

#[test]
fn what_assumes_something_is_inconsistent_where_it_could_not_hold() {
    let findings = changed(FIGURES, "\"16.7\"", "\"80.0\"");
    let says =
        ["the figures exclude it", "72 km²", "≥ 80 km²", " It assumes that the Marsh is part"];
    expect(&findings, "closure/sylvania-part", Inconsistent, Note, &says);
}

// Figures of one scope.

#[test]
fn figures_of_one_scope_that_agree_are_no_conflict() {
    let says = ["2 published figures", "agree within their rounding", "72.90 km and around 73 km"];
    expect(&sound(), "conflict/line", Consistent, Note, &says);
}

#[test]
fn an_informal_figure_that_excludes_another_is_a_note() {
    let findings = changed(FIGURES, "printed   = \"73\"", "printed   = \"80\"");
    let says = ["Not all of these", "differ by at least 6.5 km", "around 80 km", "All are kept"];
    expect(&findings, "conflict/line", Inconsistent, Note, &says);
}

#[test]
fn governing_figures_that_exclude_each_other_are_an_error() {
    let tables = figure("length-protocol", "line", "80.0", "km", "governing");
    let says = ["72.90 km, around 73 km and 80.0 km", "All are kept"];
    let findings = checked(&added(&tables));
    expect(&findings, "conflict/line", Inconsistent, Error, &says);
    let informal = figure("length-protocol", "line", "80.0", "km", "informal");
    expect(&checked(&added(&informal)), "conflict/line", Inconsistent, Note, &says);
}

#[test]
fn figures_in_different_units_are_not_compared() {
    let tables = figure("share-line", "line", "40.0", "%", "governing");
    expect(&checked(&added(&tables)), "conflict/line", Consistent, Note, &["2 published figures"]);
}

#[test]
fn a_figure_alone_in_its_scope_has_nothing_to_conflict_with() {
    let findings = sound();
    expect_none(&findings, "conflict/line/land");
    let another = figure("land-again", "line/land", "45.4", "km", "informal");
    expect(&checked(&added(&another)), "conflict/line/land", Consistent, Note, &["45.40 km"]);
}

#[test]
fn a_stretch_with_a_part_that_cannot_be_distinguished_is_not_measured() {
    // The stretch has a second part, in the brook, where the other line leaves the right way. A
    // former version measured only the first part and found it far too short.
    let part = format!("{BROOK},\"stretch\":\"freddo\"");
    let two = Variant::freedonia().with(SEGMENTS, BROOK, &part);
    let dossier = two.read().unwrap();
    let mut astray = parts(&dossier);
    for [lon, _] in astray[3..5].iter_mut().flatten() {
        *lon += 0.1;
    }
    let coordinates = serde_json::json!(astray.concat());
    let findings = on_line(&dossier, "LineString", &coordinates);
    let says = ["could not be located"];
    expect(&findings, "length/freddo", Undecided, Error, &says);
}
