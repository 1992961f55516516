//! Files as people have them. `tests/data/cases/README.md` says what is right for each.

#![cfg(all(feature = "kml", feature = "shapefile", feature = "wkt"))]
#![cfg(all(feature = "topojson", feature = "flatgeobuf", feature = "geopackage"))]

use serde_json::{Value, json};

use crate::common::{repository, treatyline};

fn case(name: &str) -> String {
    repository("tests/data/cases").join(name).to_str().unwrap().to_owned()
}

/// Exit code, the document and standard error.
fn run(arguments: &[&str]) -> (Option<i32>, Value, String) {
    let run = treatyline().args(arguments).args(["--format", "json"]).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    let document = serde_json::from_slice(&run.stdout).unwrap_or(Value::Null);
    (run.status.code(), document, said)
}

/// The sums over the features of a file, and the kinds of changes and omissions.
struct Right {
    file: &'static str,
    length_m: f64,
    area_m2: f64,
    kinds: &'static [&'static str],
}

const fn right(
    file: &'static str,
    length_m: f64,
    area_m2: f64,
    kinds: &'static [&'static str],
) -> Right {
    Right { file, length_m, area_m2, kinds }
}

/// Values from `pyproj.Geod(ellps="WGS84")`.
const MEASURED: [Right; 42] = [
    right("F02_cp1251.shp", 4_002_673.0, 0.0, &["encoding-guessed"]),
    right("F03_one_feature.fgb", 55_573.876, 0.0, &[]),
    right("F04_lon180eps.geojson", 0.0, 58_397_000.0, &["longitude-wrapped"]),
    right("F05_degenerate.topojson", 0.0, 4_381_633_600.0, &["ring-collapsed", "no-geometry"]),
    right("F09_gdal_libkml.kmz", 604_407.0, 0.0, &[]),
    right("F09_linearring.kml", 325_857.0, 0.0, &[]),
    right("F10_bowtie.geojson", 0.0, 4_343_300_000.0, &["outline-crosses"]),
    right("F10_hole_first.geojson", 0.0, 8_512_340_000.0, &["rings-sorted"]),
    right("F10_winding.shp", 0.0, 8_337_700_000.0, &["rings-sorted"]),
    right("F12_shapefile.zip", 604_407.0, 0.0, &[]),
    right("F14_open_ring.geojson", 0.0, 8_686_380_000.0, &["ring-closed"]),
    right("F15_header_length.shp", 157_692.669, 0.0, &["behind-header", "no-geometry"]),
    right("F16_empty_part.geojson", 78_846.335, 0.0, &["part-empty"]),
    right("F16_empty_linestring.kml", 304_667.291, 0.0, &["no-geometry"]),
    right("F19_cpg.shp", 392_181.967, 0.0, &[]),
    right("F19_ldid01.shp", 392_181.967, 0.0, &[]),
    right("F20_esri.json", 66_404.0, 0.0, &[]),
    right("F20_semicolon.wkt", 78_846.335, 0.0, &[]),
    right("F20_track.gpx", 66_404.0, 0.0, &[]),
    right("F20_wkt.csv", 437_041.183, 0.0, &[]),
    right("F26_trailing_junk.shp", 131_935.963, 0.0, &["bytes-left-over"]),
    right("F26_trailing_zeros.shp", 131_935.963, 0.0, &["bytes-left-over"]),
    right("F26_record_too_short.shp", 527_743.851, 0.0, &["record-length"]),
    right("F26_rewritten.shp", 263_085.071, 0.0, &["bytes-left-over"]),
    right("F27_datum_name.shp", 131_935.963, 0.0, &[]),
    right("F27_datum_number.shp", 131_935.963, 0.0, &[]),
    right("F30_utf16.csv", 131_935.963, 0.0, &[]),
    right("F31_blank_before_quote.csv", 131_935.963, 0.0, &[]),
    right("F31_blank_lines.csv", 131_935.963, 0.0, &[]),
    right("F31_decimal_comma.csv", 0.0, 0.0, &[]),
    right("F31_hex.csv", 131_935.963, 0.0, &[]),
    right("F31_prefixed.csv", 0.0, 0.0, &[]),
    right("F32_model.kml", 263_871.926, 0.0, &["model-left-out"]),
    right("F34_world_rect.geojson", 0.0, 510_065_621.724e6, &[]),
    right("F34_ocean_rect_hole.geojson", 0.0, 508_837_744.532e6, &[]),
    right("F34_frame_85.geojson", 0.0, 506_879_532.99e6, &["edge-along-parallel"]),
    right("F34_band.geojson", 0.0, 461_954_544.2e6, &[]),
    right("F34_north_of_minus60.geojson", 0.0, 486_624_021.5e6, &[]),
    right("F35_hole_corner_out.geojson", 0.0, 1_203_357.28e6, &["outline-crosses"]),
    right("F35_hole_sticks_out.geojson", 0.0, 1_105_397.7e6, &["outline-crosses"]),
    right("F35_rings_overlap.geojson", 0.0, 1_830_254.0e6, &["outline-crosses"]),
    right("F35_hole_in_other_part.geojson", 0.0, 24_125.2e6, &["hole-elsewhere"]),
];

#[test]
fn files_that_can_be_measured_are() {
    for Right { file, length_m, area_m2, kinds } in MEASURED {
        let (code, found, said) = run(&["measure", &case(file)]);
        assert_eq!(code, Some(0), "{file}: {said}");
        let near = |found: &Value, expected: f64| {
            let found = found.as_f64().unwrap();
            assert!((found - expected).abs() <= expected * 2e-5, "{file}: {found}, not {expected}");
        };
        near(&found["total"]["length_m"], length_m);
        near(&found["total"]["area_m2"], area_m2);
        let lists = ["fixes", "left_out"].map(|key| found[key].as_array().cloned());
        let entries: Vec<Value> = lists.into_iter().flatten().flatten().collect();
        let found: Vec<&str> = entries.iter().map(|each| each["kind"].as_str().unwrap()).collect();
        assert_eq!(found, kinds, "{file}");
        // Messages for people say the same as the document, and --strict-input refuses the file.
        for entry in &entries {
            let text = entry["text"].as_str().unwrap();
            assert!(said.contains(&format!("warning: {}: {text}", case(file))), "{file}: {said}");
        }
        let (code, _, refused) = run(&["measure", "--strict-input", &case(file)]);
        assert_eq!(code, Some(if kinds.is_empty() { 0 } else { 2 }), "{file}: {refused}");
    }
}

#[test]
fn files_that_cannot_be_are_named_for_what_they_are() {
    for (file, says) in [
        ("F09_networklink.kml", &["a link to `plain.kml`, which is not followed"][..]),
        ("F11_prj_datum_unknown.shp", &["a system called `WGS 84` whose datum is `unknown`"]),
        ("F20_lfs.geojson", &["a Git LFS pointer", "git lfs pull"]),
        ("F20_overpass.json", &["Overpass JSON of OpenStreetMap", "osmtogeojson"]),
        ("F20_spatialite.sqlite", &["a SpatiaLite", "ogr2ogr new.gpkg "]),
        ("F20_truncated.geojson", &["it breaks off"]),
        ("F25_curve.wkt", &["a CIRCULARSTRING (arcs of circles)", "-nlt CONVERT_TO_LINEAR"]),
        ("F28_prj_html.shp", &[".prj: what describes", "an HTML page", "--crs EPSG:4326"]),
        ("F31_several.csv", &["start_lon and start_lat, end_lon and end_lat", "lon and lat"]),
        ("F31_decimal_comma_undelimited.csv", &["5 cells under 3 names", "with a point"]),
        ("F31_no_place.csv", &["line 1: this is a table without a column", "rename"]),
        ("F33_filegdb.gdb.zip", &["an Esri file geodatabase", "ogr2ogr new.gpkg "]),
        ("F33_two_turns.geojson", &["(767.2918, -11.5643)", "up to one turn beyond"]),
        ("F33_version_2.fgb", &["a FlatGeobuf of version 2; 3 is read"]),
    ] {
        refused_for(file, says);
    }
    if cfg!(feature = "geoparquet") {
        refused_for("F36_bit_util.parquet", &["no whole Parquet file", "contradict one another"]);
        refused_for("F36_negative_column_start.parquet", &["no whole Parquet file"]);
    } else {
        eprintln!("skipped: GeoParquet is not in this build");
    }
}

fn refused_for(file: &str, says: &[&str]) {
    let (code, _, said) = run(&["measure", &case(file)]);
    assert_eq!(code, Some(2), "{file}: {said}");
    for says in says {
        assert!(said.contains(says), "{file}: {says}: {said}");
    }
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(!said.contains("docs/dossier.md"), "{said}");
}

#[test]
fn f02_names_in_another_encoding_became_one() {
    let survey = ["survey", &case("F02_cp1251.shp"), "--left", "LEFT", "--right", "RIGHT"];
    let (_, found, said) = run(&survey);
    assert!(said.contains("read as windows-1251; --encoding NAME names another"), "{said}");
    assert_eq!(found["pairs"].as_array().unwrap().len(), 8);
    assert_eq!(found["countries"].as_array().unwrap().len(), 7);
    assert!(found["apart"].as_array().unwrap().is_empty());
    // With a name given, nothing is guessed; with a wrong name, nothing is lost.
    for (name, warned) in [("cp1251", false), ("866", false), ("UTF-8", true)] {
        let (code, found, said) = run(&[&survey[..], &["--encoding", name]].concat());
        assert_eq!(
            (code, said.contains("has bytes") || said.contains("have bytes")),
            (Some(0), warned)
        );
        assert_eq!(found["countries"].as_array().unwrap().len(), 7, "{name}");
    }
}

#[test]
fn f17_the_line_among_pillars_was_refused() {
    let file = case("F17_line_and_pillars.geojson");
    let (code, found, said) = run(&["measure", "--line", &file]);
    assert_eq!(code, Some(0), "{said}");
    assert!((found["total"]["length_m"].as_f64().unwrap() - 78_846.335).abs() < 1e-3);
    assert!(said.contains("1 feature was left out: feature 1, a Point and no line, of 3 features"));
}

#[test]
fn f21_no_geometry_was_a_point() {
    let (_, found, _) = run(&["measure", &case("F21_null.geojson")]);
    assert_eq!(found["features"][0]["kind"], "none");
}

#[test]
fn only_features_that_are_wanted_are_read() {
    for (file, name) in [("F21_null.geojson", "n"), ("F20_wkt.csv", "name")] {
        let (code, found, _) = run(&["measure", &case(file), "--where", &format!("{name}!=x")]);
        assert_eq!(code, Some(0));
        let all = found["total"]["count"].clone();
        let (_, found, _) = run(&["measure", &case(file), "--where", &format!("{name}~*")]);
        assert_eq!(found["total"]["count"], all);
        let (code, _, said) = run(&["measure", &case(file), "--where", &format!("{name}=x")]);
        assert_eq!(code, Some(2));
        let says = format!("no feature meets --where `{name}=x`; there are: ");
        assert!(said.contains(&says), "{said}");
    }
    let (_, found, _) = run(&["measure", &case("F21_null.geojson"), "--where", "n=1"]);
    assert_eq!((&found["total"]["count"], &found["features"][0]["number"]), (&1.into(), &1.into()));
}

#[test]
fn f33_an_attribute_that_no_feature_has_is_said_with_those_there_are() {
    let file = case("F33_attributes.geojson");
    let known = "no feature has an attribute `name`; there are: NAME, b, c, d, e, f, g, h, i, j \
                 and 2 more";
    for arguments in [
        &["measure", &file, "--where", "name=a"][..],
        &["measure", &file, "--by", "name"],
        &["measure", "--line", &file, "--where", "name=a"],
        &["survey", &file, "--where", "name=a"],
    ] {
        let (code, _, said) = run(arguments);
        assert_eq!(code, Some(2), "{arguments:?}");
        assert!(said.contains(known), "{arguments:?}: {said}");
    }
    let (_, _, said) = run(&["measure", &file, "--where", "NAME=b"]);
    assert!(said.contains("no feature meets --where `NAME=b`; there are: a"), "{said}");
}

#[test]
fn values_that_there_are_were_not_listed() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("names.geojson");
    let feature = |i: usize| {
        let name = if i == 11 { "Kazakhstan".to_owned() } else { format!("n{i}") };
        json!({"type": "Feature", "properties": {"name": name, "level": i % 2},
               "geometry": {"type": "LineString", "coordinates": [[80, 45], [80, 46]]}})
    };
    let features: Vec<Value> = (0..13).map(feature).collect();
    let text = json!({"type": "FeatureCollection", "features": features}).to_string();
    std::fs::write(&path, text).unwrap();
    let file = path.to_str().unwrap();
    for (conditions, says) in [
        // The likest first.
        (
            &["name=kazakstan"][..],
            "`name=kazakstan`; there are: Kazakhstan, n0, n1, n2, n3, n4, n5, n6, n7, n8 and 3 more",
        ),
        (&["name=x", "name=y"], "`name=x` or `name=y`; there are: n0, "),
        (&["name~x*"], "`name~x*`; there are: n0, "),
        (&["level=0", "level!=0", "name=n1"], "`level=0`, `level!=0` and `name=n1`; look at"),
        (&["level=0", "name=x"], "--where `name=x`; there are: n0, "),
        (&["level=2", "name=n1"], "--where `level=2`; there are: 0, 1\n"),
    ] {
        let each = conditions.iter().flat_map(|condition| ["--where", condition]);
        let arguments: Vec<&str> = ["measure", file].into_iter().chain(each).collect();
        let (code, _, said) = run(&arguments);
        assert!(code == Some(2) && said.contains(says), "{conditions:?}: {said}");
    }
    // A stream is read once.
    let text = std::fs::read(&path).unwrap();
    let mut command = treatyline();
    let run = command.args(["measure", "-", "--where", "name=x"]).write_stdin(text).output();
    let said = String::from_utf8(run.unwrap().stderr).unwrap();
    assert!(said.contains("no feature meets --where `name=x`; look at the attributes"), "{said}");
}

#[test]
fn lists_are_cut_at_ten() {
    let folders: String =
        (0..1000).map(|i| format!("<Folder><name>f{i}</name></Folder>")).collect();
    let text = format!("<kml><Document>{folders}</Document></kml>");
    let mut command = treatyline();
    let run = command.args(["measure", "-", "--layer", "x"]).write_stdin(text).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("f105, f106 and 990 more"), "{said}");
}
