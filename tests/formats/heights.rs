//! Files whose system has heights, in the words of each format: measured without them, and said.

#![cfg(all(feature = "proj", feature = "geopackage", feature = "shapefile"))]

use std::path::Path;

use serde_json::Value;

use crate::common::{repository, treatyline};

fn measured(path: &Path, more: &[&str]) -> (Value, String) {
    let mut command = treatyline();
    let run =
        command.arg("measure").arg(path).args(["--format", "json"]).args(more).output().unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(run.status.code(), Some(0), "{}: {said}", path.display());
    (serde_json::from_slice(&run.stdout).unwrap(), said)
}

/// A shapefile of the cases with another `.prj`.
fn with_prj(directory: &Path, case: &str, prj: &str) -> std::path::PathBuf {
    for ending in ["shp", "shx", "dbf"] {
        let from = repository("tests/data/cases").join(case).with_extension(ending);
        std::fs::copy(from, directory.join("line").with_extension(ending)).unwrap();
    }
    std::fs::write(directory.join("line.prj"), prj).unwrap();
    directory.join("line.shp")
}

const WGS84: &str = "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";
/// As ArcGIS and GDAL write it behind the system of a `.prj`.
const VERTCS: &str = "VERTCS[\"EGM96_Geoid\",VDATUM[\"EGM96_Geoid\"],PARAMETER[\"Vertical_Shift\",0.0],PARAMETER[\"Direction\",1.0],UNIT[\"Meter\",1.0]]";

#[test]
fn a_prj_with_a_vertical_system_is_read_without_it() {
    let directory = tempfile::tempdir().unwrap();
    let cases = repository("tests/data/cases");
    let north = std::fs::read_to_string(cases.join("F11_ups_north.prj")).unwrap();
    // Lengths by pyproj.Geod, as of the same shapefiles without heights.
    for (case, plane, length_m) in
        [("F11_no_prj", WGS84, 392_181.966_6), ("F11_ups_north", north.trim(), 437_041.183_4)]
    {
        let path = with_prj(directory.path(), case, &format!("{plane},{VERTCS}"));
        let (document, said) = measured(&path, &["--strict-input"]);
        let found_m = document["total"]["length_m"].as_f64().unwrap();
        assert!((found_m - length_m).abs() < 5e-4, "{case}: {found_m}");
        assert_eq!(document["operations"][0]["without_heights"], true, "{document}");
        assert!(said.contains("its heights are left out"), "{said}");
        // Without them nothing is said of them.
        let path = with_prj(directory.path(), case, plane);
        let (document, said) = measured(&path, &[]);
        assert!(document["operations"][0].get("without_heights").is_none(), "{document}");
        assert!(!said.contains("heights"), "{said}");
    }
}

#[test]
fn a_compound_system_is_read_in_every_notation() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("line.geojson");
    let wgs84 = format!("COMPD_CS[\"WGS 84 + EGM96 height\",{WGS84},VERT_CS[\"EGM96 height\"]]");
    let projjson = "{\"type\":\"CompoundCRS\",\"name\":\"both\",\"components\":[{\"id\":{\"authority\":\"EPSG\",\"code\":25832}},{\"id\":{\"authority\":\"EPSG\",\"code\":7837}}]}";
    for (crs, system) in [
        // As GDAL writes it in GeoJSON.
        ("urn:ogc:def:crs,crs:EPSG::25832,crs:EPSG::7837", "ETRS89 / UTM zone 32N (EPSG:25832)"),
        ("EPSG:25832+7837", "ETRS89 / UTM zone 32N (EPSG:25832)"),
        (projjson, "ETRS89 / UTM zone 32N (EPSG:25832)"),
        ("EPSG:5555", "ETRS89 / UTM zone 32N"),
        ("urn:ogc:def:crs:EPSG::4979", "WGS 84"),
        (&wgs84, "WGS 84"),
        ("EPSG:4937", "ETRS89"),
    ] {
        let places = if system.contains("UTM") {
            "[[500000,5200000,9],[510000,5200000,9]]"
        } else {
            "[[9,47,9],[9.1,47,9]]"
        };
        let crs = serde_json::json!({"type": "name", "properties": {"name": crs}});
        let text = format!(
            "{{\"type\":\"FeatureCollection\",\"crs\":{crs},\"features\":[{{\"type\":\"Feature\",\
             \"properties\":{{}},\"geometry\":{{\"type\":\"LineString\",\"coordinates\":{places}}}}}]}}"
        );
        std::fs::write(&path, text).unwrap();
        let (document, said) = measured(&path, &[]);
        let operation = &document["operations"][0];
        assert_eq!(operation["system"], system, "{document}");
        assert_eq!(operation["without_heights"], true, "{crs}");
        assert!(said.contains("its heights are left out"), "{crs}: {said}");
    }
}

/// GDAL writes `undefined` for a system that the first edition of WKT cannot describe, and describes
/// it in another column. The length is by `pyproj.Geod`.
#[test]
fn f11_a_geopackage_describes_its_system_in_the_second_edition_only() {
    let case = repository("tests/data/cases/F11_definition_wkt2.gpkg");
    let (document, _) = measured(&case, &[]);
    let found_m = document["total"]["length_m"].as_f64().unwrap();
    assert!((found_m - 14_557.060_1).abs() < 5e-3, "{found_m}");
    let system = &document["operations"][0]["system"];
    assert_eq!(system, "WGS 84 / Equal Earth Greenwich (EPSG:8857)");
}

#[test]
fn what_is_no_system_is_not_taken_for_wgs84() {
    let path = repository("tests/data/cases/F11_no_prj.shp");
    for crs in ["{", "GEOGCS[", ""] {
        let run = treatyline().arg("measure").arg(&path).args(["--crs", crs]).output().unwrap();
        let said = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{crs}: {said}");
        assert!(said.contains("coordinate system"), "{crs}: {said}");
    }
}
