//! Every format gives the same features, lengths and areas as GeoJSON; layers, coordinate
//! systems and compressions are what they say.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use crate::common::repository;
use serde_json::{Map, Value};
use treatyline::geodesy::{Ellipsoid, Geodesic};
use treatyline::io::problem::Problems;
use treatyline::io::{DataSet, Format, Input, Shape, read};
use treatyline::measure::{Sums, Total, measure};

/// The ending of a file of each format, and whether its reader is built in.
const FORMATS: [(&str, Format, bool); 7] = [
    ("topojson", Format::TopoJson, cfg!(feature = "topojson")),
    ("shp", Format::Shapefile, cfg!(feature = "shapefile")),
    ("fgb", Format::FlatGeobuf, cfg!(feature = "flatgeobuf")),
    ("gpkg", Format::GeoPackage, cfg!(feature = "geopackage")),
    ("kml", Format::Kml, cfg!(feature = "kml")),
    ("wkt", Format::Wkt, cfg!(feature = "wkt")),
    ("parquet", Format::GeoParquet, cfg!(feature = "geoparquet")),
];

fn file(name: &str) -> PathBuf {
    repository("tests/data/formats").join(name)
}

fn read_file(name: &str) -> Result<DataSet, Problems> {
    read(&Input::path(&file(name)))
}

fn only(input: Input, layer: &str) -> Input {
    input.with_layer(Some(layer.to_owned()))
}

fn shapes(data: &DataSet) -> Vec<Shape> {
    data.features.iter().map(|feature| feature.shape.clone()).collect()
}

fn properties(data: &DataSet) -> Vec<Map<String, Value>> {
    data.features.iter().map(|feature| feature.properties.clone()).collect()
}

fn total(name: &str) -> Total {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let mut sums = Sums::default();
    measure(&geodesic, Input::path(&file(name))).unwrap().iter().for_each(|each| sums.add(each));
    sums.total()
}

/// Rings may begin at any vertex and run in the direction of their format.
fn unwound(shapes: Vec<Shape>) -> Vec<Shape> {
    let canonical = |ring: &geo::LineString| {
        let mut open = ring.0[1..].to_vec();
        open.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
        open
    };
    let unwound = |shape| match shape {
        Shape::Polygons(polygons) => Shape::Lines(
            polygons
                .iter()
                .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
                .map(canonical)
                .collect(),
        ),
        other => other,
    };
    shapes.into_iter().map(unwound).collect()
}

#[test]
fn every_format_gives_what_geojson_gives() {
    for kind in ["lines", "areas"] {
        let twin = read_file(&format!("{kind}.geojson")).unwrap();
        let expected = total(&format!("{kind}.geojson"));
        assert!(expected.length.km() + expected.area.km2() > 100.0);
        for (ending, format, _) in FORMATS.iter().filter(|(_, _, built)| *built) {
            let name = format!("{kind}.{ending}");
            let found = read_file(&name).unwrap();
            assert_eq!(found.format, *format, "{name}");
            assert_eq!(unwound(shapes(&found)), unwound(shapes(&twin)), "{name}");
            let measured = total(&name);
            let apart = (measured.length.value() - expected.length.value()).abs()
                + (measured.area.value() - expected.area.value()).abs();
            assert!(apart < 1e-6, "{name}: {measured:?}");
            assert_eq!(twin.digest.len(), found.digest.len());
        }
    }
}

#[cfg(feature = "flatgeobuf")]
#[test]
fn an_index_changes_the_order_and_nothing_else() {
    for kind in ["lines", "areas"] {
        let plain = shapes(&read_file(&format!("{kind}.fgb")).unwrap());
        let mut indexed = shapes(&read_file(&format!("{kind}_indexed.fgb")).unwrap());
        assert_eq!(indexed.len(), plain.len());
        indexed.retain(|shape| !plain.contains(shape));
        assert_eq!(indexed, []);
    }
}

#[test]
fn attributes_survive() {
    for kind in ["lines", "areas"] {
        let twin = properties(&read_file(&format!("{kind}.geojson")).unwrap());
        for (ending, _, _) in FORMATS.iter().filter(|(_, _, built)| *built) {
            let name = format!("{kind}.{ending}");
            let found = properties(&read_file(&name).unwrap());
            for (found, twin) in found.iter().zip(&twin) {
                for (key, expected) in twin {
                    let value = found.get(key).unwrap_or(&Value::Null);
                    match *ending {
                        // WKT has geometries only.
                        "wkt" => assert_eq!(value, &Value::Null),
                        // FlatGeobuf has moments only, and pandas writes moments to Parquet.
                        "fgb" | "parquet" if key == "day" => {
                            let moment = format!("{}T00:00:00", expected.as_str().unwrap());
                            assert_eq!(value, &moment);
                        }
                        // KML has no dates; GDAL writes them in its own way.
                        "kml" if key == "day" => {
                            assert_eq!(value, &expected.as_str().unwrap().replace('-', "/"));
                        }
                        _ => assert_eq!(value, expected, "{name}: {key}"),
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_not_built_in_says_which_feature_brings_it() {
    for (ending, format, _) in FORMATS.iter().filter(|(_, _, built)| !*built) {
        let message = read_file(&format!("lines.{ending}")).unwrap_err().to_string();
        let feature = format!("build with the feature `{}`", format.feature().unwrap());
        assert!(message.contains(&feature), "{message}");
    }
}

#[test]
fn compressed_files_are_read_as_they_are() {
    let plain = shapes(&read_file("lines.geojson").unwrap());
    let mut names = vec!["lines.geojson"];
    names.extend(cfg!(feature = "flatgeobuf").then_some("lines.fgb"));
    names.extend(cfg!(feature = "geopackage").then_some("lines.gpkg"));
    for name in names {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&fs::read(file(name)).unwrap()).unwrap();
        let input = Input::bytes(format!("{name}.gz"), encoder.finish().unwrap());
        assert_eq!(shapes(&read(&input).unwrap()), plain, "{name}");
    }
    if cfg!(feature = "geoparquet") {
        for name in ["lines_zstd.parquet", "lines_gzip.parquet"] {
            assert_eq!(shapes(&read_file(name).unwrap()), plain, "{name}");
        }
    }
    if cfg!(feature = "kml") {
        assert_eq!(shapes(&read_file("lines.kmz").unwrap()), plain);
    }
}

#[test]
fn layers_are_all_read_or_the_one_that_is_asked_for() {
    let mut names = Vec::new();
    names.extend(cfg!(feature = "geopackage").then_some("both.gpkg"));
    names.extend(cfg!(feature = "topojson").then_some("both.topojson"));
    for name in names {
        let all = read_file(name).unwrap();
        let layers: Vec<_> = properties(&all).iter().map(|each| each["layer"].clone()).collect();
        assert_eq!(layers, ["lines", "lines", "areas", "areas"], "{name}");
        let only = |layer: &str| read(&only(Input::path(&file(name)), layer));
        let areas = shapes(&only("areas").unwrap());
        assert_eq!(unwound(areas), unwound(shapes(&all)[2..].to_vec()), "{name}");
        let refused = only("rivers").unwrap_err().to_string();
        assert!(refused.contains("no layer `rivers`; use one of: lines, areas"), "{refused}");
    }
}

#[test]
fn another_datum_comes_with_its_operation_or_is_refused_without_proj() {
    for (ending, format, _) in FORMATS.iter().filter(|(_, _, built)| *built) {
        if ["topojson", "kml", "wkt"].contains(ending) {
            // WGS 84 by definition.
            continue;
        }
        let outcome = read_file(&format!("lines_pulkovo.{ending}"));
        if cfg!(feature = "proj") {
            let fixes = outcome.unwrap().fixes;
            let [chosen] = fixes.conversions() else { panic!("{}", format.name()) };
            let code = chosen.operation.as_ref().and_then(|it| it.code.as_deref());
            assert_eq!(code, Some("EPSG:15865"), "{}: {chosen:?}", format.name());
            assert_eq!(fixes.conversion_accuracy_m(), 4.5);
        } else {
            let message = outcome.unwrap_err().to_string();
            let named = message.contains("4284") || message.contains("Pulkovo_1942");
            assert!(named && message.contains("not in WGS 84"), "{}: {message}", format.name());
            assert!(message.contains("feature `proj`, or convert it"), "{message}");
            assert!(message.contains("ogr2ogr -t_srs EPSG:4326"), "{message}");
        }
        // With PROJ or without, for it is a projection of WGS 84.
        {
            let found = shapes(&read_file(&format!("lines_utm.{ending}")).unwrap());
            let mut far = 0.0_f64;
            let twin = shapes(&read_file("lines.geojson").unwrap());
            for (found, twin) in found.iter().zip(&twin) {
                let (Shape::Lines(found), Shape::Lines(twin)) = (found, twin) else { panic!() };
                for (a, b) in found.iter().flatten().zip(twin.iter().flatten()) {
                    far = far.max((a.x - b.x).abs()).max((a.y - b.y).abs());
                }
            }
            assert!(far < 1e-9, "{ending}: {far} degrees apart");
        }
    }
}

#[cfg(feature = "shapefile")]
#[test]
fn a_shapefile_that_does_not_state_its_system_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bare.shp");
    fs::copy(file("lines.shp"), &path).unwrap();
    let message = read(&Input::path(&path)).unwrap_err().to_string();
    assert!(message.contains("does not say which coordinate system"), "{message}");
    assert!(message.contains("Input::with_crs(EPSG:4326)"), "{message}");
    // Without a table there are lines without attributes.
    fs::copy(file("lines.prj"), directory.path().join("bare.PRJ")).unwrap();
    let found = read(&Input::path(&path)).unwrap();
    assert_eq!(shapes(&found), shapes(&read_file("lines.geojson").unwrap()));
    assert!(properties(&found).iter().all(Map::is_empty));
}

#[cfg(feature = "shapefile")]
#[test]
fn a_table_in_an_old_encoding_is_read_in_it() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("old.shp");
    for ending in ["shp", "prj"] {
        fs::copy(file(&format!("lines.{ending}")), path.with_extension(ending)).unwrap();
    }
    let mut table = fs::read(file("lines.dbf")).unwrap();
    // "Хоргос" in Windows-1251, in the place of its twice as many bytes in UTF-8.
    let (old, new) = ("Хоргос".as_bytes(), b"\xd5\xee\xf0\xe3\xee\xf1      ");
    let at = table.windows(old.len()).position(|window| window == old).unwrap();
    table[at..at + new.len()].copy_from_slice(new);
    fs::write(path.with_extension("dbf"), &table).unwrap();
    fs::write(path.with_extension("cpg"), "1251").unwrap();
    let found = properties(&read(&Input::path(&path)).unwrap());
    assert_eq!(found[0]["name"], "Хоргос");
    fs::write(path.with_extension("cpg"), "UTF-8").unwrap();
    let kinds =
        |data: &DataSet| -> Vec<&str> { data.fixes.all().map(|fix| fix.kind.name()).collect() };
    let found = read(&Input::path(&path)).unwrap();
    assert_eq!(properties(&found)[0]["name"], "\\xd5\\xee\\xf0\\xe3\\xee\\xf1");
    assert_eq!(kinds(&found), ["bytes-escaped"]);
    let asked = Input::path(&path).with_encoding(Some("cp1251".to_owned()));
    assert_eq!(properties(&read(&asked).unwrap())[0]["name"], "Хоргос");
    fs::write(path.with_extension("cpg"), "EBCDIC").unwrap();
    assert_eq!(kinds(&read(&Input::path(&path)).unwrap()), ["encoding-guessed"]);
    // With a record marked as deleted, its shape is left out as well.
    let header = usize::from(u16::from_le_bytes([table[8], table[9]]));
    table[header] = b'*';
    fs::write(path.with_extension("dbf"), &table).unwrap();
    fs::write(path.with_extension("cpg"), "1251").unwrap();
    let found = read(&Input::path(&path)).unwrap();
    assert_eq!(properties(&found).len(), 1);
    assert_eq!(properties(&found)[0]["posts"], -7);
}

#[cfg(feature = "kml")]
#[test]
fn folders_of_a_kml_are_layers() {
    let placemark = |name: &str, inside: &str| {
        format!("<Placemark id=\"{name}\"><name>{name} &amp; Co&#46;</name>{inside}</Placemark>")
    };
    let point = "<Point><coordinates>80,45,1200</coordinates></Point>";
    let mixed = "<MultiGeometry><Point><coordinates>80,45</coordinates></Point>\
        <LineString><coordinates>80,45 81,46</coordinates></LineString></MultiGeometry>";
    let text = format!(
        "<?xml version=\"1.0\"?><k:kml xmlns:k=\"http://www.opengis.net/kml/2.2\"><Document>\
         <name>All</name><Folder><name>a</name>{}</Folder><Folder><name><![CDATA[b<]]></name>{}\
         <Folder><name>c</name>{}</Folder></Folder></Document></k:kml>",
        placemark("one", point),
        placemark("two", mixed),
        placemark("three", "<ExtendedData><Data name=\"n\"><value>7</value></Data></ExtendedData>"),
    );
    let input = Input::bytes("test.kml", text.as_bytes());
    let found = read(&input).unwrap();
    assert_eq!(found.members["title"], "All");
    let shapes: Vec<_> = found.features.iter().map(|feature| feature.shape.name()).collect();
    assert_eq!(shapes, ["a Point", "a GeometryCollection", "no geometry"]);
    let layers: Vec<_> = properties(&found).iter().map(|each| each["layer"].clone()).collect();
    assert_eq!(layers, ["a", "b<", "c"]);
    assert_eq!(properties(&found)[0]["name"], "one & Co.");
    assert_eq!(properties(&found)[2]["n"], "7");
    assert_eq!(found.features[1].id.as_deref(), Some("two"));
    assert_eq!(read(&only(input, "b<")).unwrap().features.len(), 2);
}

#[cfg(feature = "topojson")]
#[test]
fn quantised_arcs_are_shared_and_walked_both_ways() {
    let text = r#"{"type":"Topology","transform":{"scale":[0.5,0.25],"translate":[80,45]},
        "arcs":[[[0,0],[2,0],[0,4]],[[2,4],[-2,0],[0,-4]]],
        "objects":{"all":{"type":"GeometryCollection","geometries":[
            {"type":"Polygon","arcs":[[0,1]]},
            {"type":"LineString","arcs":[-1],"id":"back"},
            {"type":"Point","coordinates":[1,1],"properties":{"a":1}},
            {"type":null}]}}}"#;
    let found = read(&Input::bytes("x", text.as_bytes())).unwrap();
    let at = |x: f64, y: f64| geo::Coord { x, y };
    let ring = [at(80.0, 45.0), at(81.0, 45.0), at(81.0, 46.0), at(80.0, 46.0), at(80.0, 45.0)];
    let Shape::Polygons(polygons) = &shapes(&found)[0] else { panic!() };
    assert_eq!(polygons[0].exterior().0, ring);
    let back = vec![at(81.0, 46.0), at(81.0, 45.0), at(80.0, 45.0)];
    assert_eq!(shapes(&found)[1], Shape::Lines(vec![back]));
    assert_eq!(shapes(&found)[2], Shape::Point(at(80.5, 45.25)));
    assert_eq!(shapes(&found)[3], Shape::None);
    for (from, to, says) in [
        ("\"arcs\":[-1]", "\"arcs\":[7]", "feature 2 `back`: not TopoJSON: there is no arc 7"),
        ("[2,0],[0,4]", "[2000,0],[0,4]", "vertex 2: (1080, 45) is out of range"),
        ("[2,0],[0,4]", "[2,0],[0]", "not a finite position"),
        ("\"Point\"", "\"Dot\"", "of type `Dot`"),
    ] {
        let wrong = text.replace(from, to);
        assert_ne!(wrong, text, "{from}");
        let message = read(&Input::bytes("x", wrong.as_bytes())).unwrap_err().to_string();
        assert!(message.contains(says), "{says}: {message}");
    }
}
