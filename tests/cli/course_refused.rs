//! What `treatyline course` and `survey --rivers` refuse, each in one sentence.

use std::fs;

use crate::common::repository;
use crate::refusal::refused;

const LINE: &str = r#"{"type":"LineString","coordinates":[[80.1,45],[80.3,45.01],[80.4,45]]}"#;

fn in_repository(path: &str) -> String {
    repository(path).to_str().unwrap().to_owned()
}

#[test]
fn rivers_without_a_river() {
    let folder = tempfile::tempdir().unwrap();
    let rivers = in_repository("tests/data/course/rivers.geojson");
    for (name, text, says) in [
        ("points", r#"{"type":"Point","coordinates":[80,45]}"#, "a Point, a LineString or Polygon"),
        ("none", r#"{"type":"FeatureCollection","features":[]}"#, "no feature, a LineString or"),
        ("empty", "", "the file is empty"),
        ("bad", r#"{"type":"LineString","coordinates":[[80,145],[80,45]]}"#, "145"),
        ("short", r#"{"type":"LineString","coordinates":[[80,45]]}"#, "LineString or Polygon"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let path = path.to_str().unwrap();
        refused(name, &["course", "-", "--rivers", path], LINE.as_bytes(), &[path, says]);
        // Also where another file has some.
        refused(name, &["course", "-", "--rivers", &rivers, path], LINE.as_bytes(), &[path, says]);
        refused(name, &["survey", "-", "--rivers", path], LINE.as_bytes(), &[path, says]);
    }
    let missing = ["course", "-", "--rivers", "nowhere.geojson"];
    refused("missing", &missing, LINE.as_bytes(), &["nowhere.geojson: there is no such file"]);
    refused(
        "nothing",
        &["course", "-"],
        LINE.as_bytes(),
        &["--rivers FILE, --relief FILE, or both"],
    );
}

#[test]
fn standard_input_is_read_once() {
    let rivers = in_repository("tests/data/course/rivers.geojson");
    let says = &["only one of --line, --rivers, --onto and --relief can be standard input"];
    for arguments in [
        &["course", "-", "--rivers", "-"][..],
        &["course", "-", "--relief", "-"],
        &["course", "--rivers", "-", "-"],
        &["course", "-", "--rivers", &rivers, "--onto", "-"],
    ] {
        refused("twice", arguments, LINE.as_bytes(), says);
    }
    let says = &["only one of FILE and --rivers can be standard input"];
    refused("survey", &["survey", "-", "--rivers", "-"], LINE.as_bytes(), says);
}

#[test]
fn options_out_of_range() {
    let rivers = in_repository("tests/data/course/rivers.geojson");
    let many: Vec<String> = (1..=51).map(|i| i.to_string()).collect();
    let many = format!("--distances={}", many.join(","));
    for (option, says) in [
        ("--step=0", "--step is 0; give a number of metres from 1 to 50000"),
        ("--step=nan", "--step is NaN"),
        ("--step=0.99", "--step is 0.99"),
        ("--within=1e6", "--within is 1000000; give"),
        ("--within=-5", "--within is -5"),
        ("--distances=100,-1", "--distances is -1"),
        ("--distances=100,inf", "--distances is inf"),
        (&many, "--distances has 51 values; give 50 at most"),
        ("--gap=-1", "--gap is -1; give a number of metres, 0 or more"),
        ("--gap=inf", "--gap is inf"),
        ("--shortest=nan", "--shortest is NaN"),
        ("--least-near=1.5", "--least-near is 1.5; give a share from 0 to 1"),
        ("--least-near=nan", "--least-near is NaN"),
        ("--straight=-1e300", "--straight is -1e300"),
        ("--snap=1", "--snap is 1; give"),
    ] {
        refused(option, &["course", "-", "--rivers", &rivers, option], LINE.as_bytes(), &[says]);
    }
    let onto = ["course", "-", "--rivers", &rivers, "--onto", &rivers, "--apart=-1"];
    refused("apart", &onto, LINE.as_bytes(), &["--apart is -1"]);
    let survey = ["survey", "-", "--rivers", &rivers, "--step=1e9"];
    refused("survey", &survey, LINE.as_bytes(), &["--step is 1000000000"]);
}

#[test]
fn more_stations_than_there_is_room_for() {
    let rivers = in_repository("tests/data/course/rivers.geojson");
    // Round the Earth: 40,000 km.
    let line = r#"{"type":"LineString","coordinates":[[0,0],[90,1],[179,0],[-90,1],[0,0]]}"#;
    let says = &[
        "more than 5,000,000 stations 1 m apart; give a longer --step, of 9 or more",
        "40,075 km long",
    ];
    for command in ["course", "survey"] {
        let arguments = [command, "-", "--rivers", &rivers, "--step", "1"];
        refused(command, &arguments, line.as_bytes(), says);
    }
}

#[cfg(feature = "geotiff")]
mod relief {
    use super::*;

    const RELIEF: &str = "tests/data/relief/ridge_and_valley.tif";

    fn refused_relief(name: &str, line: &str, says: &[&str]) {
        let path = in_repository(&format!("tests/data/relief/{name}"));
        refused(name, &["course", "-", "--relief", &path], line.as_bytes(), says);
    }

    #[test]
    fn elsewhere() {
        let line = r#"{"type":"LineString","coordinates":[[-70,-20],[-70.5,-20.5]]}"#;
        let says = &[
            "it has no height anywhere on the line, which lies within −70.50° to −70.00° east and \
             −20.50° to −20.00° north, the raster within 80.00° to 81.00° east and 44.80° to 45.30° \
             north; name a relief that covers it",
        ];
        refused_relief("ridge_and_valley.tif", line, says);
    }

    /// The relief covers the line, so "name one that covers it" would be no help.
    #[test]
    fn without_data_where_the_line_is() {
        let gap = "[[80.072,44.945],[80.078,44.945]]";
        let line = format!(r#"{{"type":"LineString","coordinates":{gap}}}"#);
        let no_data = "it covers the line but has no height there: the pixels are without data; \
                       name a relief that has heights there";
        let absurd = "the pixels have values that are no heights on the Earth; name";
        for name in ["gap_i16.tif", "gap_nan.tif", "gap_nan_said.tif"] {
            refused_relief(name, &line, &[no_data, name]);
        }
        refused_relief("gap_absurd.tif", &line, &["it covers the line but has", absurd]);
        let elsewhere = "[[-70,-20],[-70.5,-20.5]]";
        let both = format!(r#"{{"type":"MultiLineString","coordinates":[{gap},{elsewhere}]}}"#);
        refused_relief("gap_nan.tif", &both, &["it covers a part of the line but has no height"]);
    }

    #[test]
    fn systems_rotations_compressions_and_absurd_sizes() {
        for (name, says) in [
            ("refused_other_system.tif", "EPSG:4610 (Xian 1980)"),
            ("refused_projected.tif", "EPSG:2337"),
            ("refused_in_feet.tif", "lengths of the unit EPSG:9002"),
            ("refused_rotated.tif", "do not run along parallels and meridians"),
            ("refused_lzma.tif", "compressed by LZMA, which is not read"),
            ("refused_jpeg.tif", "compressed by JPEG"),
            ("refused_absurd_size.tif", "4,294,967,294 bytes"),
            ("refused_gigabytes_in_a_strip.tif", "pieces of 8,589,672,450 bytes"),
            ("refused_bands.tif", "one band of heights is wanted"),
        ] {
            refused_relief(name, LINE, &[says, name]);
        }
        let line = in_repository("tests/data/course/line.geojson");
        refused("no TIFF", &["course", "-", "--relief", &line], LINE.as_bytes(), &["line.geojson"]);
    }

    #[test]
    fn options_out_of_range() {
        let path = in_repository(RELIEF);
        for (option, says) in [
            ("--offset=0", "--offset is 0; give a number of metres from 1"),
            ("--offset=nan", "--offset is NaN"),
            ("--flat=-1", "--flat is -1; give a number of metres, 0 or more"),
        ] {
            refused(option, &["course", "-", "--relief", &path, option], LINE.as_bytes(), &[says]);
        }
    }
}

#[cfg(not(feature = "geotiff"))]
#[test]
fn relief_needs_a_feature() {
    let path = in_repository("tests/data/relief/ridge_and_valley.tif");
    let says = &["this build does not read", "the feature `geotiff`"];
    refused("not built", &["course", "-", "--relief", &path], LINE.as_bytes(), says);
}
