//! Generated layers, written in every format and read back: the same geometry to the
//! rounding that is stated, the same attributes.

use geo::{Coord, LineString, Polygon};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use treatyline::io::{Decimals, Input, Layer, LayerFormat, NewFeature, Shape, read};

use crate::law::holds;

/// Some ten degrees around a place.
fn path(least: usize) -> impl Strategy<Value = Vec<Coord>> {
    let place = (-175.0..175.0_f64, -70.0..70.0_f64);
    (place, prop::collection::vec((-5.0..5.0_f64, -5.0..5.0_f64), least..7)).prop_map(
        |((lon, lat), steps)| steps.iter().map(|(x, y)| Coord { x: lon + x, y: lat + y }).collect(),
    )
}

/// A star, with a hole in its middle or without.
fn polygon() -> impl Strategy<Value = Polygon> {
    let radii = prop::collection::vec(0.5..4.0_f64, 3..9);
    (-175.0..175.0_f64, -70.0..70.0_f64, radii, any::<bool>()).prop_map(
        |(lon, lat, radii, hole)| {
            let ring = |scale: f64| -> LineString {
                let step = std::f64::consts::TAU / radii.len() as f64;
                let corners = (0_u32..).zip(&radii).map(|(i, radius)| {
                    let turn = step * f64::from(i);
                    Coord {
                        x: lon + scale * radius * turn.cos(),
                        y: lat + scale * radius * turn.sin(),
                    }
                });
                LineString(corners.collect())
            };
            Polygon::new(ring(1.0), if hole { vec![ring(0.3)] } else { Vec::new() })
        },
    )
}

fn shape() -> impl Strategy<Value = Shape> {
    let point = || path(1).prop_map(|path| Shape::Point(path[0]));
    let lines = || prop::collection::vec(path(2), 1..3).prop_map(Shape::Lines);
    let polygons = || prop::collection::vec(polygon(), 1..3).prop_map(Shape::Polygons);
    let mixed = (point(), lines(), polygons());
    prop_oneof![
        1 => Just(Shape::None),
        2 => point(),
        2 => path(2).prop_map(Shape::Points),
        4 => lines(),
        4 => polygons(),
        1 => mixed.prop_map(|(point, lines, polygons)| Shape::Mixed(vec![point, lines, polygons])),
    ]
}

/// Texts with all characters that need care in some format. Blanks are not at the ends: KML
/// drops them there.
fn text() -> impl Strategy<Value = String> {
    "[a-zа-я世界<&\"',;|]([ -~\n\tа-я世界]{0,12}[a-zа-я世界>&\"',;|])?"
}

fn properties() -> impl Strategy<Value = Map<String, Value>> {
    let real = prop_oneof![-1e6..1e6_f64, any::<f64>()];
    let real = real.prop_filter("a number of JSON", |real| real.is_finite());
    let of = (
        prop::option::of(text()),
        prop::option::of(any::<i64>()),
        prop::option::of(real),
        prop::option::of(any::<bool>()),
        prop::option::of(prop::collection::vec(text(), 0..3)),
    );
    of.prop_map(|(said, count, share, settled, sources)| {
        let all = json!({"said in Ürümqi": said, "count": count, "share": share,
            "settled": settled, "sources": sources});
        all.as_object().cloned().unwrap_or_default()
    })
}

fn layer() -> impl Strategy<Value = Layer> {
    let features = prop::collection::vec((shape(), properties()), 1..6);
    (features, any::<bool>()).prop_map(|(features, joined)| {
        let features = (1..).zip(features).map(|(number, (shape, properties))| NewFeature {
            id: format!("f{number}"),
            shape,
            properties,
        });
        let members = Map::from_iter([("title".to_owned(), "A \"layer\" & more".into())]);
        Layer::new("made", features.collect()).with_members(members).with_joined_lines(joined)
    })
}

fn decimals() -> impl Strategy<Value = Decimals> {
    prop_oneof![Just(Decimals::Full), (2..=Decimals::MOST).prop_map(Decimals::Rounded)]
}

fn positions(shape: &Shape) -> Vec<Coord> {
    let mut all = Vec::new();
    shape.each(&mut |at| all.push(at));
    all
}

/// Whether a shape has to be cut at the antimeridian.
fn crosses(shape: &Shape) -> bool {
    positions(shape).iter().any(|at| at.x.abs() > 180.0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_format_reads_back_what_was_written(layer in layer(), decimals in decimals()) {
        for format in LayerFormat::ALL {
            holds(&layer, format, decimals, true);
        }
    }

    #[test]
    fn what_is_read_back_is_within_the_rounding_that_is_stated(
        layer in layer(),
        decimals in decimals(),
    ) {
        let rounding = layer.write(std::io::sink(), LayerFormat::Geojson, decimals).unwrap();
        let back = read(&Input::bytes("written", layer.geojson(decimals).as_bytes())).unwrap();
        prop_assert_eq!(back.features.len(), layer.features().len());
        for (found, given) in back.features.iter().zip(layer.features()) {
            prop_assert_eq!(&found.properties, &given.properties);
            if crosses(&given.shape) {
                continue;
            }
            let half_deg = match decimals {
                Decimals::Rounded(count) if !rounding.in_full.contains(&given.id) => {
                    // And the last bit of a number.
                    0.5 * 0.1_f64.powi(count.into()) + 3e-14
                }
                _ => 0.0,
            };
            let (found, given) = (positions(&found.shape), positions(&given.shape.clone().wound()));
            prop_assert_eq!(found.len(), given.len());
            for (found, given) in found.iter().zip(&given) {
                let off = (found.x - given.x).abs().max((found.y - given.y).abs());
                prop_assert!(off <= half_deg, "{:?} became {:?}", given, found);
            }
        }
    }
}
