//! Features whose geometry is null or empty: in every format the same, counted, and an error where
//! nothing may be changed or left out.

#![cfg(all(feature = "kml", feature = "shapefile", feature = "wkt", feature = "topojson"))]
#![cfg(all(feature = "flatgeobuf", feature = "geopackage", feature = "geoparquet"))]

use std::path::Path;

use geo::Coord;
use serde_json::Map;
use treatyline::io::{Decimals, FixKind, Input, Layer, LayerFormat, NewFeature, Shape, read};

use crate::common::treatyline;

fn counted(path: &Path) -> usize {
    let data = read(&Input::path(path)).unwrap();
    let of_kind = |kind| move |fix: &&treatyline::io::Fix| fix.kind == kind;
    let all: Vec<_> = data.fixes.all().collect();
    assert!(all.iter().all(|fix| fix.kind == FixKind::NoGeometry), "{path:?}: {all:?}");
    all.iter().copied().find(of_kind(FixKind::NoGeometry)).map_or(0, |fix| fix.count)
}

fn is_refused(path: &Path) -> bool {
    let strict = Input::path(path).with_strictness(true);
    let of_library = read(&strict).is_err();
    for command in ["measure", "measure --line"] {
        let run =
            treatyline().args(command.split(' ')).arg(path).arg("--strict-input").unwrap_err();
        let said = String::from_utf8_lossy(&run.as_output().unwrap().stderr).into_owned();
        assert!(said.contains("a feature without a geometry"), "{command} {path:?}: {said}");
    }
    of_library
}

/// A shapefile of one line and a null shape.
fn shapefile() -> Vec<u8> {
    let content = |kind: i32, more: &[u8]| [&kind.to_le_bytes()[..], more].concat();
    let line = |ends: [f64; 4]| {
        let bounds: Vec<u8> = ends.iter().flat_map(|each| each.to_le_bytes()).collect();
        let counts: Vec<u8> = [1_i32, 2, 0].iter().flat_map(|each| each.to_le_bytes()).collect();
        content(3, &[&bounds[..], &counts, &bounds].concat())
    };
    let mut records = Vec::new();
    for (number, content) in (1_i32..).zip([line([80.0, 45.0, 81.0, 45.0]), content(0, &[])]) {
        records.extend(number.to_be_bytes());
        records.extend((content.len() as i32 / 2).to_be_bytes());
        records.extend(content);
    }
    let mut file = [&9994_i32.to_be_bytes()[..], &[0; 20]].concat();
    file.extend((50 + records.len() as i32 / 2).to_be_bytes());
    file.extend([1000_i32, 3].iter().flat_map(|each| each.to_le_bytes()));
    file.extend(
        [80.0, 45.0, 81.0, 45.0, 0.0, 0.0, 0.0, 0.0_f64].iter().flat_map(|x| x.to_le_bytes()),
    );
    [file, records].concat()
}

#[test]
fn is_counted_in_every_format_and_refused_where_nothing_may_be_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let line = "[[80,45],[81,45]]";
    let wgs84 = "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,\
                 298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";
    let feature =
        |geometry: &str| format!(r#"{{"type":"Feature","properties":{{}},"geometry":{geometry}}}"#);
    let drawn = feature(&format!(r#"{{"type":"LineString","coordinates":{line}}}"#));
    let collection = |geometry: &str| {
        let feature = feature(geometry);
        format!(r#"{{"type":"FeatureCollection","features":[{drawn},{feature}]}}"#)
    };
    for (name, text) in [
        ("null.geojson", collection("null")),
        ("empty.geojson", collection(r#"{"type":"LineString","coordinates":[]}"#)),
        ("nested.geojson", collection(r#"{"type":"GeometryCollection","geometries":[]}"#)),
        ("lines.geojsonl", format!("{drawn}\n{}\n", feature("null"))),
        ("null.csv", "name,wkt\na,\"LINESTRING(80 45,81 45)\"\nb,\n".to_owned()),
        ("empty.csv", "name,wkt\na,\"LINESTRING(80 45,81 45)\"\nb,POINT EMPTY\n".to_owned()),
        ("empty.wkt", "LINESTRING(80 45,81 45)\nPOLYGON EMPTY\n".to_owned()),
        (
            "null.kml",
            "<kml><Document><Placemark><LineString><coordinates>80,45 81,45</coordinates>\
             </LineString></Placemark><Placemark><name>b</name></Placemark></Document></kml>"
                .to_owned(),
        ),
        (
            "null.topojson",
            format!(
                r#"{{"type":"Topology","arcs":[{line}],"objects":{{"a":{{"type":
                "GeometryCollection","geometries":[{{"type":"LineString","arcs":[0]}},
                {{"type":null}}]}}}}}}"#
            ),
        ),
        (
            "null.json",
            r#"{"geometryType":"esriGeometryPolyline","spatialReference":{"wkid":4326},"features":
            [{"geometry":{"paths":[[[80,45],[81,45]]]}},{"attributes":{}}]}"#
                .to_owned(),
        ),
        ("null.prj", wgs84.to_owned()),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        if name != "null.prj" {
            assert_eq!(counted(&path), 1, "{name}");
            assert!(is_refused(&path), "{name}");
        }
    }
    let path = folder.path().join("null.shp");
    std::fs::write(&path, shapefile()).unwrap();
    assert_eq!(counted(&path), 1);
    assert!(is_refused(&path));
}

#[test]
fn is_counted_in_what_this_program_writes() {
    let folder = tempfile::tempdir().unwrap();
    let feature = |id: &str, shape| NewFeature { id: id.to_owned(), shape, properties: Map::new() };
    let line = [(80.0, 45.0), (81.0, 45.0)].map(|(x, y)| Coord { x, y }).to_vec();
    let features = vec![feature("a", Shape::Lines(vec![line])), feature("b", Shape::None)];
    let layer = Layer::new("made", features);
    for format in [LayerFormat::Geopackage, LayerFormat::Flatgeobuf, LayerFormat::Geoparquet] {
        let path = folder.path().join("made").with_extension(format.extensions()[0]);
        let mut bytes = Vec::new();
        layer.write(&mut bytes, format, Decimals::Full).unwrap();
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(counted(&path), 1, "{path:?}");
        assert!(is_refused(&path), "{path:?}");
    }
}
