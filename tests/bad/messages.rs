//! Regressions: messages that said too little, too much, or the wrong thing. Each test is named
//! after the old fault.

use crate::common::Variant;
use crate::refusal::{changed, thinned, with_features};

const FIGURES: &str = "figures.toml";
const SEGMENTS: &str = "segments.geojson";
const POINTS: &str = "points.geojson";
const SECTORS: &str = "sectors.geojson";
const MANIFEST: &str = "dossier.toml";

/// The problems of a dossier that must be refused.
fn problems_of(variant: &Variant) -> Vec<String> {
    variant.read().unwrap_err().all().iter().map(ToString::to_string).collect()
}

#[track_caller]
fn assert_one(variant: &Variant, says: &str) {
    let problems = problems_of(variant);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0].contains(says), "{}", problems[0]);
}

#[test]
fn a_wrong_segment_was_reported_twice_because_the_next_did_not_join_it() {
    for (key, raw, says) in [
        ("/properties/medium", "\"swamp\"", "unknown variant `swamp`"),
        ("/properties/colour", "1", "unknown field `colour`"),
        ("/geometry", "null", "no geometry"),
        ("/geometry/coordinates", "[[80,45]]", "a line without two different positions"),
        ("/id", "7", "`id` is missing or no string"),
        ("/id", "\"ak-kaba\"", "`ak-kaba` is used twice"),
    ] {
        // The Alkabek is also the stretch of a figure.
        assert_one(&changed(SEGMENTS, "alkabek", key, raw), says);
    }
    // A segment that does not join for a reason of its own is still reported.
    let both = with_features(SEGMENTS, |features| {
        features[2]["properties"]["medium"] = "swamp".into();
        features[6]["geometry"]["coordinates"][0] = serde_json::json!([85.9, 48.4]);
    });
    let problems = problems_of(&thinned().with_file(SEGMENTS, &both));
    assert_eq!(problems.len(), 2, "{problems:#?}");
    assert!(problems[1].contains("begins at (85.9, 48.4)"), "{}", problems[1]);
}

#[test]
fn a_wrong_figure_was_reported_again_by_all_that_refer_to_it() {
    assert_one(&changed(FIGURES, "length-total", "unit", "\"au\""), "unknown unit `au`");
    assert_one(&changed(FIGURES, "area-disputed", "printed", "\"0\""), "`printed` is `0`");
    assert_one(&changed(FIGURES, "area-xiaerxili", "rounding", "-1.0"), "`rounding` is `-1`");
    // An id that no figure has is a fault of its own.
    let nowhere = "{ CHN = \"share-moon\" }";
    assert_one(&changed(MANIFEST, "[division]", "shares", nowhere), "unknown figure `share-moon`");
}

#[test]
fn a_wrong_point_was_reported_again_by_the_line_that_ends_there() {
    let kind = "/properties/kind";
    assert_one(&changed(POINTS, "tripoint-north", kind, "\"volcano\""), "`volcano`");
    let opposite = changed(POINTS, "ili-upstream", "/properties/accuracy_m", "-1");
    assert_one(&opposite, "`accuracy_m` is -1");
    assert_one(&changed(SECTORS, "xiaerxili", "/properties/name", "7"), "invalid type");
}

#[test]
fn a_huge_number_was_echoed_with_all_its_digits() {
    for (file, entry, key) in [
        (MANIFEST, "[line]", "accuracy_m"),
        (MANIFEST, "[band]", "coarse_m"),
        (FIGURES, "length-total", "rounding"),
        (SEGMENTS, "alkabek", "/properties/accuracy_m"),
        (SEGMENTS, "alkabek", "/properties/start_m"),
        (POINTS, "muztau", "/properties/accuracy_m"),
        (POINTS, "tripoint-north", "/properties/published/map_scale"),
        ("instruments.toml", "supplement-1997", "map_scale"),
    ] {
        for (raw, says) in [("1e300", "1e300"), ("-1e-300", "-1e-300")] {
            let problem = &problems_of(&changed(file, entry, key, raw))[0];
            assert!(problem.contains(says) && problem.len() < 300, "{key}: {problem}");
        }
    }
    let problem =
        &problems_of(&changed(SEGMENTS, "alkabek", "/geometry/coordinates/0", "[1e300, 45]"))[0];
    assert!(problem.contains("(1e300, 45) is out of range") && problem.len() < 300, "{problem}");
}

#[test]
fn a_long_text_was_echoed_whole() {
    let long = "many-words ".repeat(200);
    let claim = format!("\"{long}\"");
    for (file, entry, key) in [
        (FIGURES, "closure/shares", "claim"),
        (FIGURES, "length-total", "printed"),
        (FIGURES, "length-total", "unit"),
        (FIGURES, "length-total", "source"),
        (FIGURES, "length-total", "standing"),
        (FIGURES, "length-total", "id"),
        (SEGMENTS, "alkabek", "/properties/medium"),
        (SEGMENTS, "alkabek", "/properties/instrument"),
        (POINTS, "tripoint-north", "/properties/published/crs"),
    ] {
        let problem = &problems_of(&changed(file, entry, key, &claim))[0];
        // The message has the beginning of the value, so that it can be found.
        assert!(problem.contains("many-words many-words"), "{key}: {problem}");
        assert!(problem.contains('…') && problem.chars().count() < 700, "{key}: {problem}");
    }
}
