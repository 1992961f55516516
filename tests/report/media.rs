//! Land, water and sea; parts apart from each other; segments with dates; rivers that move.

use crate::common::Variant;
use treatyline::Dossier;
use treatyline::check::{Study, Verdict};
use treatyline::report::{Report, report_json, report_text};

const SEGMENTS: &str = "segments.geojson";
const FIGURES: &str = "figures.toml";

fn report_of(dossier: &Dossier) -> Report {
    let study = Study::new(dossier);
    Report::new(&study, &study.check())
}

fn text_of(variant: &Variant) -> String {
    let text = report_text(&report_of(&variant.read().unwrap()));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A figure of a part of the line.
fn figure(id: &str, scope: &str, printed: &str) -> String {
    format!(
        "\n[[figure]]\nid = \"{id}\"\nwhat = \"a part\"\nscope = \"{scope}\"\nprinted = \"{printed}\"\n\
         unit = \"km\"\nrounding = 0.1\nqualifier = \"exact\"\nstanding = \"governing\"\n\
         source = \"treaty-2010\"\n"
    )
}

#[test]
fn a_boundary_at_sea_speaks_of_no_land_and_no_water() {
    let report = report_of(&Variant::at_sea().read().unwrap());
    let text = report_text(&report);
    assert!(text.contains("All of it runs through the sea."), "{text}");
    for word in ["LAND AND WATER", "water, shown", "not shown to be", "neither"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
    let json: serde_json::Value = serde_json::from_str(&report_json(&report)).unwrap();
    assert!(json["lengths"]["shown"].is_null());
    assert_eq!(json["pieces"][0]["sea_shown_m"], json["pieces"][0]["length_m"]);
}

/// 1,751.944 km by pyproj 3.7 (GeographicLib).
#[test]
fn a_published_length_at_sea_is_compared_with_what_is_shown_to_be_sea() {
    let verdict = |printed: &str, evidence: &str| {
        let variant = Variant::at_sea()
            .plus(FIGURES, &figure("length-sea", "line/sea", printed))
            .with(SEGMENTS, "[\"treaty-text\"]", evidence);
        let dossier = variant.read().unwrap();
        let findings = dossier.check();
        let found = findings.iter().find(|finding| finding.id.as_str() == "length/sea").unwrap();
        found.verdict
    };
    assert_eq!(verdict("1,751.9", "[\"treaty-text\"]"), Verdict::Consistent);
    assert_eq!(verdict("1,752.1", "[\"treaty-text\"]"), Verdict::Inconsistent);
    assert_eq!(verdict("1,751.9", "[\"inferred\"]"), Verdict::Undecided, "nothing shows it");
}

#[test]
fn land_and_sea_are_two_sums() {
    let wet = Variant::freedonia().with(SEGMENTS, "\"medium\":\"river\"", "\"medium\":\"sea\"");
    let dossier = wet.read().unwrap();
    assert!(dossier.has_land() && dossier.has_sea());
    let json: serde_json::Value = serde_json::from_str(&report_json(&report_of(&dossier))).unwrap();
    let shown = &json["lengths"]["shown"]["full"];
    let of = |name: &str| shown[name].as_f64().unwrap();
    let before: serde_json::Value =
        serde_json::from_str(&report_json(&report_of(&Variant::freedonia().read().unwrap())))
            .unwrap();
    let before = &before["lengths"]["shown"]["full"];
    assert!(before["sea_m"].is_null(), "a land boundary has no sum of sea");
    assert!(of("sea_m") > 1e3);
    assert_eq!(of("sea_m") + of("water_m"), before["water_m"].as_f64().unwrap());
    assert_eq!(of("land_m"), before["land_m"].as_f64().unwrap());
    assert_eq!(of("neither_m"), before["neither_m"].as_f64().unwrap());
}

/// The Barents Sea line moved a degree north: 100 km and more from the end of the other one.
fn in_two_parts() -> Variant {
    let from = "\"coordinates\":[[32.073055556,70.274708333],[37.0,73.686347222]]";
    let to = "\"coordinates\":[[33.5,71.274708333],[37.0,73.686347222]]";
    Variant::at_sea()
        .with(SEGMENTS, from, to)
        .with(SEGMENTS, "\"points\":\"1–2\",\"medium\":\"sea\",\"course\":\"straight\",\
              \"stated_course\":\"straight\",\"evidence\":[\"treaty-text\"],\"stretch\":\"barents-sea\"",
              "\"points\":\"1–2\",\"medium\":\"sea\",\"course\":\"straight\",\"apart\":true,\
              \"evidence\":[\"treaty-text\"],\"stretch\":\"barents-sea\"")
}

/// The sum of the edges by pyproj 3.7 (GeographicLib).
#[test]
fn nothing_between_two_parts_counts() {
    let dossier = in_two_parts().read().unwrap();
    assert_eq!(dossier.line().stretches().count(), 2);
    let km = dossier.line().length().value() / 1e3;
    assert!((km - TWO_PARTS_KM).abs() < 1e-4, "{km}");
    let ends = dossier.segment_ends();
    assert_eq!(ends[4][1], ends[5][0], "chainage goes on");
    let findings = dossier.check();
    findings.assert_consistent("topology/joins");
    findings.assert_consistent("length/varanger");
    let text = text_of(&in_two_parts());
    assert!(text.contains("It consists of 2 parts apart from each other"), "{text}");
}

const TWO_PARTS_KM: f64 = 1_628.863_132;

#[test]
fn parts_are_apart_only_where_the_dossier_says_so() {
    let says = |variant: Variant| variant.read().unwrap_err().to_string();
    let silent = in_two_parts().with(SEGMENTS, "\"apart\":true,", "");
    assert!(says(silent).contains("barents-1-2"));
    let first = Variant::at_sea().with(
        SEGMENTS,
        "\"id\":\"varanger-1-2\",\"properties\":{",
        "\"id\":\"varanger-1-2\",\"properties\":{\"apart\":true,",
    );
    assert!(says(first).contains("`apart` is true in the first segment"));
}

#[test]
fn another_drawing_of_two_parts_lacks_nothing_between_them() {
    let dossier = in_two_parts().read().unwrap();
    let lines: Vec<Vec<[f64; 2]>> = dossier
        .line()
        .stretches()
        .map(|part| part.iter().map(|at| [at.x, at.y]).collect())
        .collect();
    let drawn = |lines: &[Vec<[f64; 2]>]| {
        let text = serde_json::json!({"type": "MultiLineString", "coordinates": lines}).to_string();
        let input = treatyline::io::Input::bytes("drawn.geojson", text.into_bytes());
        let depiction = treatyline::dossier::Depiction::locate(&dossier, input, Some(1.0)).unwrap();
        let study = Study::builder(&dossier).line(depiction).build();
        let findings = study.check();
        findings.iter().find(|it| it.id.as_str() == "topology/joins").unwrap().verdict
    };
    assert_eq!(drawn(&lines), Verdict::Consistent);
    let short = vec![lines[0][..5].to_vec(), lines[1].clone()];
    assert_eq!(drawn(&short), Verdict::Undecided, "a piece of the first part is missing");
}

#[test]
fn dates_and_moving_rivers_are_reported() {
    let variant = Variant::freedonia()
        .with(SEGMENTS, "\"medium\":\"river\"", "\"medium\":\"river\",\"moves_with_river\":true")
        .with(
            SEGMENTS,
            "\"medium\":\"land\"",
            "\"medium\":\"land\",\"from\":\"1904-01-01\",\"until\":\"1950\"",
        );
    let text = text_of(&variant);
    assert!(text.contains("since 1 January 1904 until 1950"), "{text}");
    assert!(text.contains("Where the river moves, so does the boundary: "), "{text}");
    let fixed = variant.with(SEGMENTS, "\"moves_with_river\":true", "\"moves_with_river\":false");
    assert!(
        text_of(&fixed).contains("The boundary stays where it was drawn, also if the river moves")
    );
}

#[test]
fn impossible_dates_and_rivers_on_land_are_refused() {
    for (added, says) in [
        ("\"from\":\"1904-13\"", "`from` is `1904-13`"),
        ("\"until\":\"soon\"", "`until` is `soon`"),
        ("\"from\":\"1950\",\"until\":\"1904\"", "`until` is `1904` before `from`, `1950`"),
        ("\"moves_with_river\":true", "`moves_with_river` is in a segment of medium `land`"),
    ] {
        let to = format!("\"medium\":\"land\",{added}");
        let variant = Variant::freedonia().with(SEGMENTS, "\"medium\":\"land\"", &to);
        let found = variant.read().unwrap_err().to_string();
        assert!(found.contains(says), "{found}");
    }
}

#[test]
fn an_inset_shows_crowded_points_and_no_end_without_a_tripoint() {
    let dossier = Variant::at_sea().read().unwrap();
    let map = treatyline_pages::Map::new(&Study::new(&dossier));
    let svg = treatyline_pages::map_svg(&map, &treatyline_pages::MapOptions::default());
    assert!(svg.contains(">A · Varangerfjord<"), "{svg}");
    assert!(!svg.contains(">B · "), "nothing else is crowded");
    assert!(!svg.contains(">tripoint<"), "there is none");
    assert!(
        svg.contains(">Barents Sea<") && svg.contains("± 0.3 m") && svg.contains(">line at sea<")
    );
    // Each crowded point has its name once, in the inset.
    for number in 1..=6 {
        assert_eq!(svg.matches(&format!("Point {number} of 2007</tspan>")).count(), 1, "{number}");
    }
}

/// 87,489.14 km² by GeographicLib's polygons of geodesics, with vertices every 0.001° along parallels.
#[test]
fn an_outline_along_meridians_and_parallels_has_its_exact_area() {
    let dossier = Variant::at_sea().read().unwrap();
    let findings = dossier.check();
    let found = findings.iter().find(|it| it.id.as_str() == "division/sector/norway").unwrap();
    assert_eq!(found.verdict, Verdict::Undecided, "it assumes what no figure says");
    let area = &found.derived[0].interval;
    let middle_km2 = f64::midpoint(area.low(), area.high()) / 1e6;
    assert!((middle_km2 - 87_489.14).abs() < 0.05, "{middle_km2}");
    let text = text_of(&Variant::at_sea());
    assert!(text.contains("DISPUTED AREAS ? Norway's part of the disputed area"), "{text}");
    // Without its own accuracy it is as good as the line.
    let sharp = Variant::at_sea().with("sectors.geojson", "\"accuracy_m\":150.0,", "");
    let findings = sharp.read().unwrap().check();
    let found = findings.iter().find(|it| it.id.as_str() == "division/sector/norway").unwrap();
    let width_km2 = (found.derived[0].interval.high() - found.derived[0].interval.low()) / 1e6;
    assert!(width_km2 < 3.0, "{width_km2}");
    let geodesics = Variant::at_sea().with("sectors.geojson", "\"parallels\":true,", "");
    let findings = geodesics.read().unwrap().check();
    let found = findings.iter().find(|it| it.id.as_str() == "division/sector/norway").unwrap();
    let area = &found.derived[0].interval;
    let other_km2 = f64::midpoint(area.low(), area.high()) / 1e6;
    assert!((other_km2 - middle_km2).abs() > 1.0, "{other_km2}: a geodesic is no parallel");
}

#[test]
fn shares_of_a_hundred_and_of_no_per_cent_are_amounts() {
    let share = |id: &str| {
        let text =
            std::fs::read_to_string(crate::common::repository("tests/data/freedonia/figures.toml"));
        let text = text.unwrap();
        let from = text.find(&format!("id        = \"{id}\"")).unwrap();
        text[from..].lines().find(|line| line.starts_with("printed")).unwrap().to_owned()
    };
    let variant = Variant::freedonia()
        .with(FIGURES, &share("share-freedonia"), "printed   = \"100\"")
        .with(FIGURES, &share("share-sylvania"), "printed   = \"0\"");
    let text = text_of(&variant);
    assert!(text.contains("100 % of") && text.contains(" 0 % of"), "{text}");
}
