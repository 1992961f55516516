//! Files in any coordinate system: what is measured, and what is said of how it came to WGS 84.

#![cfg(all(feature = "proj", feature = "geopackage", feature = "shapefile"))]

use serde_json::{Value, json};

use crate::common::{repository, treatyline};

fn measured(file: &str, more: &[&str]) -> (Option<i32>, Value, String) {
    let path = repository("tests/data/cases").join(file);
    let mut command = treatyline();
    command.arg("measure").arg(path).args(["--format", "json"]).args(more);
    let run = command.output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    (run.status.code(), serde_json::from_slice(&run.stdout).unwrap_or(Value::Null), said)
}

fn length_m(document: &Value) -> f64 {
    let features = document["features"].as_array().unwrap();
    features.iter().filter_map(|feature| feature["length_m"].as_f64()).sum()
}

/// Lengths by `pyproj.Geod` of the positions that pyproj makes with the operation named.
#[test]
fn f11_files_in_any_system_are_measured() {
    for (file, length, code) in [
        ("F11_epsg4258.gpkg", 437_041.183_4, Some("EPSG:1149")),
        ("F11_epsg25832.gpkg", 437_041.183_4, Some("EPSG:1149")),
        ("F11_epsg4269.gpkg", 437_041.183_4, Some("EPSG:1188")),
        ("F11_epsg4490.gpkg", 437_041.183_4, None),
        ("F11_epsg3031.gpkg", 437_041.183_4, None),
        ("F11_epsg6933.gpkg", 437_041.183_6, None),
        ("F11_esri102025.gpkg", 437_041.183_4, None),
        ("F11_ups_north.shp", 437_041.183_4, None),
        ("F11_epsg3857.geojson", 304_667.290_6, None),
    ] {
        let (exit, document, said) = measured(file, &[]);
        assert_eq!(exit, Some(0), "{file}: {said}");
        assert!((length_m(&document) - length).abs() < 5e-4, "{file}: {}", length_m(&document));
        let [chosen] = &document["operations"].as_array().unwrap()[..] else { panic!("{file}") };
        assert_eq!(chosen["operation"]["code"], json!(code), "{file}: {chosen}");
        if let Some(code) = code {
            assert!(said.contains(&format!("brought to WGS 84 by {code}")), "{file}: {said}");
            // Central Asia is neither in Europe nor in America.
            assert!(said.contains("outside of the area"), "{file}: {said}");
            let (exit, ..) = measured(file, &["--strict-input"]);
            assert_eq!(exit, Some(2), "{file}");
        }
    }
}

#[test]
fn f11_another_operation_can_be_asked_for() {
    let with = |code: &str| measured("F11_epsg28414.gpkg", &["--operation", code]);
    let (exit, document, said) = with("EPSG:1291");
    assert_eq!(exit, Some(0), "{said}");
    assert!((length_m(&document) - 437_040.917_5).abs() < 5e-4, "{}", length_m(&document));
    assert!(said.contains("EPSG:1291 Pulkovo 1942 to WGS 84 (7), ± 44 m, as asked"), "{said}");
    let (exit, _, said) = with("EPSG:1188");
    assert_eq!(exit, Some(2));
    assert!(said.contains("does not lead between WGS 84 and"), "{said}");
}

#[test]
fn f11_a_system_can_be_stated_and_overridden() {
    let (exit, document, said) = measured("F11_no_prj.shp", &["--crs", "EPSG:4326"]);
    assert_eq!(exit, Some(0), "{said}");
    assert!(said.contains("F11_no_prj.shp: coordinates in WGS 84, as asked"), "{said}");
    assert_eq!(document["operations"][0]["stated_by_caller"], true, "{document}");
    assert!((length_m(&document) - 392_181.966_6).abs() < 5e-4);
    let (_, document, said) = measured("F11_epsg4269.gpkg", &["--crs", "wgs84", "--strict-input"]);
    assert_eq!(document["fixes"][0]["kind"], "system-overridden", "{document}");
    assert!(said.contains("EPSG:4269, taken as WGS 84"), "{said}");
    // A file with the definition, as a .prj has it.
    let prj = repository("tests/data/cases/F11_ups_north.prj");
    let (exit, document, _) = measured("F11_ups_north.shp", &["--crs", prj.to_str().unwrap()]);
    assert_eq!(exit, Some(0));
    assert!((length_m(&document) - 437_041.183_4).abs() < 5e-4);
}

#[test]
fn degrees_that_are_stated_to_be_metres_are_refused() {
    let (exit, _, said) = measured("F11_no_prj.shp", &["--crs", "EPSG:28415"]);
    assert_eq!(exit, Some(2));
    assert!(said.contains("degrees that were never projected"), "{said}");
}

#[test]
fn an_operation_widens_verdicts_on_places_and_no_length() {
    let line = repository("tests/data/cases/F11_epsg28414.gpkg");
    let other = repository("tests/data/cases/F11_epsg4490.gpkg");
    let compared = |more: &[&str]| {
        let run = treatyline().arg("compare").args([&line, &other]).args(more).output().unwrap();
        String::from_utf8(run.stdout).unwrap()
    };
    let text = compared(&["--accuracy", "1"]);
    assert!(text.contains("4.5 m for the operation to WGS 84"), "{text}");
}

/// The tripoint of China, Russia and North Korea on Pulkovo 1942, as the protocol of 2002 prints it
/// in degrees and in metres of zone 22 (FACTS, G01): 0.1″ is 3 m.
#[test]
fn coordinates_as_a_treaty_prints_them_are_read() {
    let directory = tempfile::tempdir().unwrap();
    let located = |table: &str, crs: &str| {
        let path = directory.path().join("points.csv");
        std::fs::write(&path, table).unwrap();
        let input = treatyline::io::Input::path(&path).with_crs(Some(crs.to_owned()));
        let found = treatyline::io::read(&input).unwrap();
        let treatyline::io::Shape::Point(at) = found.features[0].shape else { panic!() };
        at
    };
    let degrees =
        located("name;широта;долгота\nA;42°25'04,6\" с.ш.;130°38'11,9\" в.д.\n", "EPSG:4284");
    let metres = located("name,northing,easting\nA,4699440.4,22634709.6\n", "EPSG:28422");
    let apart_m = ((degrees.x - metres.x) * 0.738).hypot(degrees.y - metres.y) * 111_320.0;
    assert!(apart_m < 3.0, "{apart_m} m: {degrees:?} {metres:?}");
}

/// The operation on a file of one point in a system.
fn operation_of(crs: &str) -> Value {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("line.wkt");
    std::fs::write(&path, "LINESTRING(80 45,81 45)").unwrap();
    let run = treatyline()
        .args(["measure", "--format", "json", "--crs", crs])
        .arg(&path)
        .output()
        .unwrap();
    let document: Value = serde_json::from_slice(&run.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&run.stderr)));
    let mut operation = document["operations"][0].clone();
    operation["said"] = String::from_utf8_lossy(&run.stderr)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .into();
    operation
}

#[test]
fn a_missing_epoch_is_worth_the_motion_of_plates() {
    // ITRF2014 refers to 2010: 15 years of 7 cm until the registry's, on top of 2 m.
    let missing = operation_of("EPSG:9000");
    let epoch = &missing["epoch"];
    assert_eq!(
        (&epoch["frame_year"], epoch.get("stated_year")),
        (&2010.0.into(), None),
        "{missing}"
    );
    assert!((epoch["worth_m"].as_f64().unwrap() - 1.05).abs() < 1e-9, "{missing}");
    let accuracy = |of: &Value| of["accuracy_m"].as_f64().unwrap();
    assert!(
        (accuracy(&missing) - accuracy(&missing["operation"]) - 1.05).abs() < 1e-9,
        "{missing}"
    );
    let says = "for their epoch, which is not stated (that of the datum is 2010)";
    assert!(missing["said"].as_str().unwrap().contains(says), "{missing}");

    let stated = operation_of("EPSG:9000@2015.5");
    assert_eq!(stated["epoch"]["stated_year"], 2015.5, "{stated}");
    assert_eq!(stated["epoch"]["worth_m"], 0.0);
    assert!((accuracy(&stated) - accuracy(&stated["operation"])).abs() < 1e-9, "{stated}");
    assert!(stated["said"].as_str().unwrap().contains("ITRF2014 (EPSG:9000) at the epoch 2015.5"));
}

#[test]
fn datums_that_move_with_their_plate_have_no_epoch() {
    for crs in ["EPSG:7844", "EPSG:4258", "EPSG:4490", "EPSG:9067", "EPSG:7844@2020"] {
        let operation = operation_of(crs);
        assert!(operation.get("epoch").is_none(), "{crs}: {operation}");
    }
    assert_eq!(operation_of("EPSG:9057")["epoch"]["frame_year"], 2005.0);
}

#[test]
fn a_geopackage_states_an_epoch_in_a_column_of_an_extension() {
    let (exit, document, _) = measured("F11_epoch.gpkg", &[]);
    assert_eq!(exit, Some(0), "{document}");
    assert_eq!(document["operations"][0]["epoch"]["stated_year"], 2015.5, "{document}");
}

/// A file of text, measured in a system that is stated; standard error in one line.
fn measured_text(name: &str, text: &str, more: &[&str]) -> (Option<i32>, Value, String) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join(name);
    std::fs::write(&path, text).unwrap();
    let mut command = treatyline();
    let run =
        command.arg("measure").arg(&path).args(["--format", "json"]).args(more).output().unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    (run.status.code(), serde_json::from_slice(&run.stdout).unwrap_or(Value::Null), said)
}

/// NZGD2000 across the antimeridian, as in New Zealand; the length is by `pyproj.Geod`.
#[test]
fn longitudes_beyond_180_are_brought_back_in_another_datum_too() {
    let text = "LINESTRING(178 -41,184 -44)";
    let (exit, document, said) = measured_text("line.wkt", text, &["--crs", "EPSG:4167"]);
    assert_eq!(exit, Some(0), "{said}");
    assert!((length_m(&document) - 594_977.270_4).abs() < 1e-3, "{document}");
    assert_eq!(document["fixes"][0]["kind"], "longitude-wrapped", "{document}");
    assert_eq!(document["fixes"][0]["count"], 1, "{document}");
    let (exit, _, said) =
        measured_text("line.wkt", text, &["--crs", "EPSG:4167", "--strict-input"]);
    assert_eq!(exit, Some(2), "{said}");
    // The same feature by feature.
    let json = "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:4167\"}},\"features\":[{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[178,-41],[184,-44]]}}]}";
    let (_, document, said) = measured_text("line.geojson", json, &[]);
    assert!((length_m(&document) - 594_977.270_4).abs() < 1e-3, "{said}");
    assert_eq!(document["fixes"][0]["kind"], "longitude-wrapped", "{document}");
}

#[test]
fn a_place_that_is_nowhere_is_not_called_wgs84() {
    let text = "LINESTRING(500000 5200000,17000000 8000000)";
    let (exit, _, said) = measured_text("line.wkt", text, &["--crs", "ESRI:54009"]);
    assert_eq!(exit, Some(2));
    assert!(said.contains("is nowhere on the Earth in"), "{said}");
    assert!(!said.contains("longitude is within"), "{said}");
    let text = "LINESTRING(-100 40,-100 95)";
    let (exit, _, said) = measured_text("line.wkt", text, &["--crs", "EPSG:4267"]);
    assert_eq!(exit, Some(2));
    assert!(said.contains("(-100, 95) is nowhere on the Earth"), "{said}");
    assert!(!said.contains("Invalid latitude"), "PROJ writes: {said}");
}

#[test]
fn an_operation_that_is_not_used_is_said() {
    let (exit, document, said) =
        measured("F11_no_prj.shp", &["--crs", "wgs84", "--operation", "EPSG:1149"]);
    assert_eq!(exit, Some(0), "{said}");
    assert!(said.contains("EPSG:1149, which was asked for, is not used"), "{said}");
    assert_eq!(document["operations"][0]["not_used"], "EPSG:1149", "{document}");
    let line = "{\"type\":\"LineString\",\"coordinates\":[[8,47],[9,47]]}";
    let (exit, document, said) = measured_text("line.geojson", line, &["--operation", "EPSG:1149"]);
    assert_eq!(exit, Some(0), "{said}");
    assert_eq!(document["operations"][0]["not_used"], "EPSG:1149", "{document}");
    let (_, document, said) = measured_text("line.geojson", line, &[]);
    assert_eq!((document.get("operations"), said.as_str()), (None, ""), "nothing was asked");
}

#[test]
fn grids_that_are_missing_are_named_with_the_next_best() {
    let text = "LINESTRING(-100 40,-100.1 40)";
    let (exit, document, said) = measured_text("line.wkt", text, &["--crs", "EPSG:4267"]);
    assert_eq!(exit, Some(0), "{said}");
    let operation = &document["operations"][0];
    // A machine with PROJ's grids uses them.
    if operation["missing"].as_array().is_some_and(|all| !all.is_empty()) {
        assert_eq!(operation["missing"][0]["grids"][0], "us_noaa_conus.tif", "{operation}");
        let grid = "(us_noaa_conus.tif and us_noaa_kshpgn.tif, ± 1.5 m) needs a grid that is not";
        assert!(said.contains(grid), "{said}");
        assert!(said.contains("EPSG:1175 NAD27 to WGS 84 (6), ± 7 m"), "the next best: {said}");
    }
}
