//! Compares our reader of GeoJSON with the `geojson` crate, on random documents.

use geo::{Coord, LineString, Polygon};
use geojson::{GeoJson, GeometryValue, Position};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use treatyline::io::geojson::Stream;
use treatyline::io::{CheckedFeature, Shape};

fn position() -> impl Strategy<Value = Value> {
    // Few and many digits, whole numbers, and the ends.
    let number = |end: f64| {
        prop_oneof![
            (-end..end).prop_map(|value| json!(value)),
            (-end..end).prop_map(|value| json!((value * 1e7).round() / 1e7)),
            (-end as i64..=end as i64).prop_map(|value| json!(value)),
        ]
    };
    let height = proptest::option::of(number(9000.0));
    (number(180.0), number(90.0), height).prop_map(|(lon, lat, height)| {
        let mut position = vec![lon, lat];
        position.extend(height);
        Value::from(position)
    })
}

fn ring() -> impl Strategy<Value = Value> {
    vec(position(), 3..9).prop_map(|mut ring| {
        ring.push(ring[0].clone());
        Value::from(ring)
    })
}

fn geometry() -> impl Strategy<Value = Value> {
    let of = |kind: &'static str, coordinates: BoxedStrategy<Value>| {
        let made = coordinates.prop_map(move |c| json!({"type": kind, "coordinates": c}));
        // In the other order as well.
        (made, any::<bool>()).prop_map(|(made, turned)| {
            let all = made.as_object().unwrap().clone().into_iter();
            if turned { Value::Object(all.rev().collect()) } else { Value::Object(all.collect()) }
        })
    };
    let line = || vec(position(), 0..9).prop_map(Value::from);
    let area = || vec(ring(), 1..3).prop_map(Value::from);
    let simple = prop_oneof![
        of("Point", position().boxed()),
        of("MultiPoint", line().boxed()),
        of("LineString", line().boxed()),
        of("MultiLineString", vec(line(), 0..4).prop_map(Value::from).boxed()),
        of("Polygon", area().boxed()),
        of("MultiPolygon", vec(area(), 0..3).prop_map(Value::from).boxed()),
    ];
    simple.prop_recursive(3, 12, 4, |inner| {
        vec(inner, 0..4).prop_map(|all| json!({"type": "GeometryCollection", "geometries": all}))
    })
}

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("JSON has finite numbers", |v| v.is_finite())
            .prop_map(Value::from),
        // Characters that might be taken for structure.
        r#"[ a-z"\\{}\[\],:°€\u{1e}\n]{0,12}"#.prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((key(), inner), 0..4).prop_map(|all| Value::Object(all.into_iter().collect())),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        r#"[a-z"\\{}\[\]:°]{0,6}"#,
        Just("features".to_owned()),
        Just("coordinates".to_owned()),
        Just("crs".to_owned()),
    ]
}

fn feature() -> impl Strategy<Value = Value> {
    let id = prop_oneof![
        Just(None),
        r#"[a-z"°]{0,6}"#.prop_map(|id| Some(Value::from(id))),
        any::<u32>().prop_map(|id| Some(json!(id))),
    ];
    let properties = proptest::option::of(vec((key(), anything()), 0..4));
    let geometry = proptest::option::of(geometry());
    (id, properties, geometry, anything()).prop_map(|(id, properties, geometry, more)| {
        let properties = properties
            .map_or(Value::Null, |all| Value::Object(all.into_iter().collect()));
        let mut feature =
            json!({"more": more, "type": "Feature", "properties": properties, "geometry": geometry});
        if let Some(id) = id {
            feature["id"] = id;
        }
        feature
    })
}

/// A collection as a text, its features before or after its other members.
fn document() -> impl Strategy<Value = String> {
    let more = vec(("x[a-z]{0,3}", anything()), 0..3);
    (vec(feature(), 0..6), more, any::<bool>(), any::<bool>()).prop_map(
        |(features, more, first, pretty)| {
            let mut members: serde_json::Map<String, Value> = serde_json::Map::new();
            if first {
                members.insert("features".to_owned(), features.clone().into());
            }
            members.extend(more);
            members.insert("features".to_owned(), features.into());
            members.insert("type".to_owned(), "FeatureCollection".into());
            let write = if pretty { serde_json::to_string_pretty } else { serde_json::to_string };
            write(&members).unwrap()
        },
    )
}

/// A geometry of the crate as a shape of ours.
fn shape(value: &GeometryValue) -> Shape {
    let at = |position: &Position| Coord { x: position[0], y: position[1] };
    let line = |line: &Vec<Position>| line.iter().map(at).collect::<Vec<_>>();
    let polygon = |rings: &Vec<Vec<Position>>| {
        let mut rings = rings.iter().map(|ring| LineString(line(ring)));
        Polygon::new(rings.next().unwrap(), rings.collect())
    };
    match value {
        GeometryValue::Point { coordinates } => Shape::Point(at(coordinates)),
        GeometryValue::MultiPoint { coordinates } => Shape::Points(line(coordinates)),
        GeometryValue::LineString { coordinates } => Shape::Lines(vec![line(coordinates)]),
        GeometryValue::MultiLineString { coordinates } => {
            Shape::Lines(coordinates.iter().map(line).collect())
        }
        GeometryValue::Polygon { coordinates } => Shape::Polygons(vec![polygon(coordinates)]),
        GeometryValue::MultiPolygon { coordinates } => {
            Shape::Polygons(coordinates.iter().map(polygon).collect())
        }
        GeometryValue::GeometryCollection { geometries } => {
            Shape::Mixed(geometries.iter().map(|each| shape(&each.value)).collect())
        }
    }
}

/// A shape as reading makes it: without parts that are empty or have no length.
fn plain(shape: Shape) -> Shape {
    match shape {
        Shape::Points(points) if points.is_empty() => Shape::None,
        Shape::Lines(mut lines) => {
            lines.retain(|line| line.iter().any(|at| *at != line[0]));
            if lines.is_empty() { Shape::None } else { Shape::Lines(lines) }
        }
        Shape::Polygons(polygons) if polygons.is_empty() => Shape::None,
        Shape::Mixed(parts) => {
            Shape::Mixed(parts.into_iter().map(plain).filter(|part| *part != Shape::None).collect())
        }
        other => other,
    }
}

/// All positions in some order: polygons made up at random have their rings sorted.
fn positions(shape: &Shape) -> Vec<(u64, u64)> {
    let mut all = Vec::new();
    shape.each(&mut |at| all.push((at.x.to_bits(), at.y.to_bits())));
    all.sort_unstable();
    all
}

fn same(ours: &CheckedFeature, theirs: &geojson::Feature) {
    let expected = theirs.geometry.as_ref().map_or(Shape::None, |geometry| shape(&geometry.value));
    let expected = plain(expected);
    if ours.shape != expected {
        assert_eq!(positions(&ours.shape), positions(&expected));
    }
    assert_eq!(ours.properties, theirs.properties.clone().unwrap_or_default());
    let id = match &theirs.id {
        Some(geojson::feature::Id::String(id)) => Some(id.clone()),
        _ => None,
    };
    assert_eq!(ours.id, id);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn we_read_what_the_crate_reads(text in document(), chunk in 1..400_usize) {
        let GeoJson::FeatureCollection(theirs) = text.parse().unwrap() else { panic!("{text}") };
        let mut ours = Vec::new();
        let stream = Stream::new("test", text.as_bytes()).in_chunks_of(chunk);
        let members = stream.each(Ok, |feature| ours.push(feature)).unwrap().members;
        prop_assert_eq!(ours.len(), theirs.features.len());
        ours.iter().zip(&theirs.features).for_each(|(ours, theirs)| same(ours, theirs));
        prop_assert_eq!(members, theirs.foreign_members.unwrap_or_default());
    }

    #[test]
    fn one_feature_to_a_line_is_the_same_collection(features in vec(feature(), 1..6)) {
        let lines: Vec<String> = features.iter().map(Value::to_string).collect();
        let whole = json!({"type": "FeatureCollection", "features": features}).to_string();
        let read = |text: &str| {
            let mut found = Vec::new();
            Stream::new("test", text.as_bytes()).each(Ok, |feature| found.push(feature)).unwrap();
            format!("{found:?}")
        };
        prop_assert_eq!(read(&lines.join("\n")), read(&whole));
    }
}
