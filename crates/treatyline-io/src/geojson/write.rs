//! Writes GeoJSON: small enough to diff, plain enough for any reader.

use std::io::{self, Write};

use geo::{Coord, LineString, Polygon};
use serde_json::{Map, Value, json};

use crate::{NewFeature, Shape, cut};

/// Writes a FeatureCollection with a `bbox`, one feature to a line: small enough to diff, plain
/// enough for any reader. Only one feature at a time is in memory a second time.
///
/// Geometry is cut at the antimeridian and rings are wound as the standard wants (RFC
/// 7946 §3.1.9, §3.1.6). Coordinates are written as they are held, without rounding;
/// shortest decimal that reads back the same.
///
/// # Errors
/// Those of the output.
pub fn write(
    mut to: impl Write,
    members: &Map<String, Value>,
    features: &[NewFeature],
) -> io::Result<()> {
    to.write_all(b"{\n\"type\": \"FeatureCollection\"")?;
    for (name, value) in members.iter().filter(|(name, _)| *name != "bbox") {
        write!(to, ",\n{}: {value}", Value::from(name.as_str()))?;
    }
    to.write_all(b",\n\"features\": [")?;
    let mut extent = Extent::default();
    for (i, feature) in features.iter().enumerate() {
        let shape = placed(&feature.shape);
        extent.add(&shape);
        let before = if i == 0 { "\n" } else { ",\n" };
        write!(to, "{before}{}", object(feature, &shape))?;
    }
    to.write_all(b"\n]")?;
    // Behind the features: streaming readers look for the first bracket of the file.
    if let Some(bbox) = extent.bbox() {
        write!(to, ",\n\"bbox\": {}", Value::from(bbox.to_vec()))?;
    }
    to.write_all(b"\n}\n")
}

/// A feature by itself, its geometry as [`write()`] writes it.
#[must_use]
pub fn feature(feature: &NewFeature) -> String {
    object(feature, &placed(&feature.shape)).to_string()
}

/// A shape as the standard wants it.
fn placed(shape: &Shape) -> Shape {
    cut(shape).wound()
}

fn object(feature: &NewFeature, shape: &Shape) -> Value {
    json!({
        "type": "Feature",
        "id": feature.id,
        "properties": feature.properties,
        "geometry": geometry(shape),
    })
}

fn geometry(shape: &Shape) -> Value {
    let at = |c: &Coord| json!([c.x, c.y]);
    let path = |path: &[Coord]| path.iter().map(at).collect::<Value>();
    let one_or_many = |kind: &str, mut parts: Vec<Value>| match parts.len() {
        1 => json!({"type": kind, "coordinates": parts.remove(0)}),
        _ => json!({"type": format!("Multi{kind}"), "coordinates": parts}),
    };
    match shape {
        Shape::None => Value::Null,
        Shape::Point(point) => json!({"type": "Point", "coordinates": at(point)}),
        Shape::Lines(lines) => {
            one_or_many("LineString", lines.iter().map(|line| path(line)).collect())
        }
        Shape::Polygons(polygons) => {
            let rings = |polygon: &Polygon| {
                std::iter::once(polygon.exterior())
                    .chain(polygon.interiors())
                    .map(|ring: &LineString| path(&ring.0))
                    .collect::<Value>()
            };
            one_or_many("Polygon", polygons.iter().map(rings).collect())
        }
        Shape::Points(points) => json!({"type": "MultiPoint", "coordinates": path(points)}),
        Shape::Mixed(shapes) => {
            let geometries: Vec<Value> = shapes.iter().map(geometry).collect();
            json!({"type": "GeometryCollection", "geometries": geometries})
        }
    }
}

/// Where shapes reach to.
struct Extent {
    south: f64,
    north: f64,
    /// From where to where each part reaches in longitude.
    spans: Vec<[f64; 2]>,
}

impl Default for Extent {
    fn default() -> Self {
        Self { south: f64::INFINITY, north: f64::NEG_INFINITY, spans: Vec::new() }
    }
}

impl Extent {
    fn add(&mut self, shape: &Shape) {
        shape.each(&mut |at| {
            (self.south, self.north) = (self.south.min(at.y), self.north.max(at.y));
        });
        widths(shape, &mut self.spans);
    }

    /// West, south, east, north of everything (RFC 7946 §5), unless there is nothing. The
    /// box is the narrowest: where that crosses the antimeridian, west is the greater number
    /// (§5.2).
    fn bbox(self) -> Option<[f64; 4]> {
        let [west, east] = narrowest(self.spans)?;
        Some([west, self.south, east, self.north])
    }
}

/// From where to where each part of a shape reaches in longitude. No part crosses the
/// antimeridian any more.
fn widths(shape: &Shape, spans: &mut Vec<[f64; 2]>) {
    let mut span = |path: &[Coord]| {
        let xs = path.iter().map(|at| at.x);
        let ends = [xs.clone().fold(f64::INFINITY, f64::min), xs.fold(f64::NEG_INFINITY, f64::max)];
        if ends[0].is_finite() {
            spans.push(ends);
        }
    };
    match shape {
        Shape::None => {}
        Shape::Point(at) => span(&[*at]),
        Shape::Points(points) => points.chunks(1).for_each(span),
        Shape::Lines(lines) => lines.iter().for_each(|line| span(line)),
        Shape::Polygons(polygons) => polygons.iter().for_each(|each| span(&each.exterior().0)),
        Shape::Mixed(shapes) => shapes.iter().for_each(|each| widths(each, spans)),
    }
}

/// The narrowest span that holds them all: it leaves out the widest gap between them on
/// the way round, the one at the antimeridian if others are no wider.
fn narrowest(mut spans: Vec<[f64; 2]>) -> Option<[f64; 2]> {
    spans.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let [west, mut east] = *spans.first()?;
    let mut gaps = Vec::new();
    for [from, to] in spans {
        if from > east {
            gaps.push([east, from]);
        }
        east = east.max(to);
    }
    let mut best = [west, east];
    let mut widest = west + 360.0 - east;
    for [from, to] in gaps {
        if to - from > widest {
            widest = to - from;
            best = [to, from];
        }
    }
    Some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(corners: &[(f64, f64)]) -> Shape {
        Shape::Lines(vec![corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect()])
    }

    fn box_of(shapes: &[Shape]) -> Option<[f64; 4]> {
        let mut extent = Extent::default();
        shapes.iter().for_each(|shape| extent.add(&placed(shape)));
        extent.bbox()
    }

    #[test]
    fn the_box_of_fiji_is_five_degrees_wide() {
        // RFC 7946 §5.2: points between 177° E and 178° W, 20° S and 16° S.
        let at = |x, y| Shape::Point(Coord { x, y });
        let points = [at(177.0, -16.0), at(-178.0, -20.0)];
        assert_eq!(box_of(&points), Some([177.0, -20.0, -178.0, -16.0]));
        assert_eq!(box_of(&[line(&[(177.0, -16.0), (182.0, -20.0)])]).unwrap()[2], -178.0);
    }

    #[test]
    fn a_box_elsewhere_has_its_west_in_the_west() {
        assert_eq!(box_of(&[]), None);
        assert_eq!(box_of(&[Shape::None]), None);
        let across_greenwich =
            [line(&[(-10.0, 1.0), (-5.0, 2.0)]), line(&[(5.0, 0.0), (9.0, 1.0)])];
        assert_eq!(box_of(&across_greenwich), Some([-10.0, 0.0, 9.0, 2.0]));
        let opposite = [line(&[(-90.0, 0.0), (-90.0, 1.0)]), line(&[(90.0, 0.0), (90.0, 1.0)])];
        assert_eq!(box_of(&opposite), Some([-90.0, 0.0, 90.0, 1.0]), "as wide either way");
    }

    #[test]
    fn a_cap_has_a_box_all_the_way_round() {
        // RFC 7946 §5.3.
        let ring = [(0.0, 80.0), (120.0, 80.0), (-120.0, 80.0), (0.0, 80.0)];
        let ring: LineString = ring.into_iter().collect();
        let cap = Shape::Polygons(vec![Polygon::new(ring, Vec::new())]);
        let found = box_of(&[cap]).unwrap();
        assert_eq!([found[0], found[2], found[3]], [-180.0, 180.0, 90.0]);
    }

    #[test]
    fn a_line_across_the_antimeridian_is_written_in_parts() {
        let shape = line(&[(179.0, 0.0), (-179.0, 0.0)]);
        let across = NewFeature { id: "a".into(), shape, properties: Map::new() };
        let mut text = Vec::new();
        write(&mut text, &Map::new(), &[across]).unwrap();
        let text = String::from_utf8(text).unwrap();
        let parts = "\"type\":\"MultiLineString\",\"coordinates\":\
                     [[[179.0,0.0],[180.0,0.0]],[[-180.0,0.0],[-179.0,0.0]]]";
        assert!(text.contains(parts), "{text}");
        assert!(text.contains("\"bbox\": [179.0,0.0,-179.0,0.0]"), "{text}");
    }
}
