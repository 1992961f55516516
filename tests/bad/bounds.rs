//! Regressions: input that was once accepted in silence. Each test is named after the old fault.

use crate::refusal::{refused_dossier, refused_values, texts, thinned};

const MANIFEST: &str = "dossier.toml";
const INSTRUMENTS: &str = "instruments.toml";
const FIGURES: &str = "figures.toml";
const SEGMENTS: &str = "segments.geojson";
const POINTS: &str = "points.geojson";

#[test]
fn a_line_that_ends_where_it_starts_hid_its_orientation() {
    refused_values(&[
        (
            MANIFEST,
            "[line]",
            "end",
            "\"tripoint-north\"",
            &["`tripoint-north`", "another at the start"],
        ),
        (MANIFEST, "[line]", "start", "\"point-8\"", &["`start` is `point-8`", "with a place"]),
    ]);
}

#[test]
fn a_relation_named_like_another_check_gave_two_findings_of_one_id() {
    let says: &[&str] = &["`id` is `length/total`", "`closure/`"];
    refused_values(&[(FIGURES, "closure/shares", "id", "\"length/total\"", says)]);
}

#[test]
fn huge_numbers_made_everything_consistent() {
    let nines = format!("\"{}\"", "9".repeat(400));
    let published = "/properties/published";
    let x: &str = &format!("{published}/x");
    let scale: &str = &format!("{published}/map_scale");
    refused_values(&[
        (SEGMENTS, "alkabek", "/properties/start_m", "1e300", &["`start_m`", "below 10,000 km"]),
        (POINTS, "muztau", "/properties/accuracy_m", "1e300", &["`accuracy_m`", "below 10,000 km"]),
        (POINTS, "tripoint-north", x, &nines, &["`x`", "is no number of metres"]),
        (POINTS, "tripoint-north", scale, "1e300", &["`map_scale`", "1,000,000,000"]),
        (INSTRUMENTS, "supplement-1997", "map_scale", "1e300", &["`map_scale`", "1,000,000,000"]),
    ]);
}

#[test]
fn things_related_to_themselves_mean_nothing() {
    let pair = "[\"tripoint-south\", \"tripoint-south\"]";
    refused_values(&[
        (POINTS, "ili-upstream", "/properties/opposite", "\"ili-upstream\"", &["another point"]),
        (FIGURES, "distance-khan-tengri-6146", "between", pair, &["two different points"]),
        (INSTRUMENTS, "supplement-1997", "supplements", "[\"supplement-1997\"]", &["itself"]),
    ]);
}

#[test]
fn ids_that_are_words_of_the_format_are_refused() {
    refused_values(&[
        (MANIFEST, "", "id", "\"\"", &["`id` is ``"]),
        (MANIFEST, "CHN", "id", "\"line\"", &["`id` is `line`"]),
    ]);
}

#[test]
fn degrees_on_another_datum_passed_as_wgs84() {
    let crs = r#""type":"FeatureCollection","crs":{"properties":{"name":"EPSG:4284"}}"#;
    let points = texts().into_iter().find(|(file, _)| *file == POINTS).unwrap().1;
    let points = points.replacen(r#""type": "FeatureCollection""#, crs, 1);
    assert!(points.contains(crs));
    let variant = thinned().with_file(POINTS, &points);
    refused_dossier(
        "crs",
        &variant,
        POINTS,
        &["in EPSG:4284, not in WGS 84", "ogr2ogr -t_srs EPSG:4326"],
    );
}
