//! GeoJSON in and out (RFC 7946).

mod elsewhere;
mod frames;
mod general;
mod number;
mod parallel;
mod quotient;
mod raw;
mod read;
mod regular;
mod scan;
mod skeleton;
mod stream;
mod twice;
mod window;
mod write;

pub(super) use elsewhere::{read as read_elsewhere, states_another_system};
pub use read::read;
pub(super) use read::read_where;
pub use stream::{Fail, Rest, Stream};
pub(super) use twice::{Looked, look};
pub use write::{feature, write};

/// Which properties of features are wanted.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// All of them.
    All,
    /// Those of these names.
    Only(Vec<String>),
}

#[cfg(test)]
mod tests {
    use geo::{Coord, LineString, Polygon};
    use serde_json::Map;

    use super::*;
    use crate::problem::Problems;
    use crate::{Collection, NewFeature, Shape, Source};

    fn read_text(text: &str) -> Result<Collection, Problems> {
        read(&Source::new("test.geojson", text).unwrap())
    }

    #[test]
    fn rings_are_sorted_alike_on_the_quick_path_and_on_the_other() {
        let shell = "[[0,0],[9,0],[9,9],[0,9],[0,0]]";
        let hole = "[[2,2],[2,3],[3,3],[3,2],[2,2]]";
        let apart = "[[12,2],[12,3],[13,3],[13,2],[12,2]]";
        let polygon = |rings: &[&str]| format!("[{}]", rings.join(","));
        let parts = [polygon(&[shell]), polygon(&[hole, shell]), polygon(&[apart, hole])].join(",");
        let many = format!(r#"{{"type":"MultiPolygon","coordinates":[{parts}]}}"#);
        for geometry in [
            format!(r#"{{"type":"Polygon","coordinates":{}}}"#, polygon(&[shell, hole])),
            format!(r#"{{"type":"Polygon","coordinates":{}}}"#, polygon(&[hole, shell])),
            format!(r#"{{"type":"GeometryCollection","geometries":[{many},{many}]}}"#),
            many,
        ] {
            let read = |more: &str| {
                let text = format!(
                    r#"{{"type":"Feature","id":"x",{more}"properties":{{}},"geometry":{geometry}}}"#
                );
                let collection = read_text(&text).unwrap();
                (collection.features[0].shape.clone(), collection.fixes)
            };
            // A feature with a `crs` is left to the other reader.
            assert_eq!(read(""), read(r#""crs":null,"#), "{geometry}");
        }
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let hole = [(0.2, 0.2), (0.4, 0.2), (0.2, 0.4), (0.2, 0.2)];
        let clockwise = [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (0.0, 0.0)];
        let ring = |corners: &[(f64, f64)]| {
            corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect::<LineString>()
        };
        let polygon = Polygon::new(ring(&clockwise), vec![ring(&hole)]);
        let features = [
            NewFeature { id: "none".into(), shape: Shape::None, properties: Map::new() },
            NewFeature {
                id: "line".into(),
                shape: Shape::Lines(vec![ring(&hole).0]),
                properties: Map::new(),
            },
            NewFeature {
                id: "area".into(),
                shape: Shape::Polygons(vec![polygon]),
                properties: Map::new(),
            },
        ];
        let mut members = Map::new();
        members.insert("title".into(), "A \"title\"".into());
        let mut text = Vec::new();
        write(&mut text, &members, &features).unwrap();
        let text = String::from_utf8(text).unwrap();
        let back = read_text(&text).unwrap();
        assert_eq!(back.features[1].shape, features[1].shape);
        assert_eq!(back.members["title"], "A \"title\"");
        assert_eq!(back.members["bbox"], serde_json::json!([0.0, 0.0, 1.0, 1.0]));
        let Shape::Polygons(polygons) = &back.features[2].shape else { panic!() };
        use geo::algorithm::winding_order::Winding;
        assert!(polygons[0].exterior().is_ccw() && polygons[0].interiors()[0].is_cw());
    }

    #[test]
    fn a_bad_vertex_is_named() {
        let text = r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","id":"a","properties":{},"geometry":
              {"type":"LineString","coordinates":[[80,45],[280,95]]}},
            {"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[80]}}]}"#;
        let problems = read_text(text).unwrap_err();
        assert_eq!(problems.all().len(), 2);
        let first = problems.all()[0].to_string();
        assert!(first.contains("feature 1 `a`, vertex 2") && first.contains("280"), "{first}");
    }

    #[test]
    fn bare_geometries_and_single_features_are_read() {
        let bare = read_text(r#"{"type":"Point","coordinates":[80,45,1200]}"#).unwrap();
        assert_eq!(bare.features[0].shape, Shape::Point(Coord { x: 80.0, y: 45.0 }));
        assert!(read_text(r#"{"type":"Feature","geometry":null,"properties":{}}"#).is_ok());
    }

    #[test]
    fn another_datum_is_refused_not_ignored() {
        let text = |name| {
            let crs = format!(r#""crs":{{"type":"name","properties":{{"name":"{name}"}}}}"#);
            format!(r#"{{"type":"FeatureCollection",{crs},"features":[]}}"#)
        };
        assert!(read_text(&text("urn:ogc:def:crs:OGC:1.3:CRS84")).is_ok());
        let refused = read_text(&text("urn:ogc:def:crs:EPSG::28415")).unwrap_err();
        assert!(refused.to_string().contains("28415"), "{refused}");
    }

    #[test]
    fn another_datum_of_a_feature_or_a_bare_geometry_was_ignored() {
        for name in ["EPSG:28415", "urn:ogc:def:crs:OGC:1.3:CRS84"] {
            let crs = format!(r#""crs":{{"type":"name","properties":{{"name":"{name}"}}}}"#);
            let with = format!(r#"{{"type":"Point",{crs},"coordinates":[80,45]}}"#);
            let plain = r#"{"type":"Point","coordinates":[80,45]}"#;
            let feature = |geometry: &str, crs: &str| {
                format!(r#"{{"type":"Feature",{crs}"properties":{{}},"geometry":{geometry}}}"#)
            };
            let collection = |feature: &str, crs: &str| {
                format!(r#"{{"type":"FeatureCollection",{crs}"features":[{feature}]}}"#)
            };
            let crs = format!("{crs},");
            for text in [
                with.clone(),
                feature(plain, &crs),
                feature(&with, ""),
                collection(&feature(plain, ""), &crs),
                collection(&feature(plain, &crs), ""),
                collection(&feature(&with, ""), ""),
            ] {
                let outcome = read_text(&text);
                if name.ends_with("CRS84") {
                    assert!(outcome.is_ok(), "{text}");
                } else {
                    let message = outcome.unwrap_err().to_string();
                    assert!(message.contains("in EPSG:28415, not in WGS 84"), "{text}: {message}");
                }
            }
        }
    }

    #[test]
    fn no_collection_from_nonsense() {
        for text in
            ["[]", "{}", "{\"type\":\"FeatureCollection\"}", "{\"type\":\"Feature\",", "1e999"]
        {
            let message = read_text(text).unwrap_err().to_string();
            assert!(message.starts_with("test.geojson: "), "{message}");
        }
        let deep = "[".repeat(100_000);
        assert!(read_text(&deep).unwrap_err().to_string().contains("recursion limit"));
    }
}
