//! Well-known binary of a shape (OGC 06-103r4, §8), little endian.

use geo::{Geometry, GeometryCollection, LineString, MultiLineString, MultiPolygon, Point};
use wkb::error::WkbError;
use wkb::writer::{WriteOptions, write_geometry};

use super::kinds::is_multi;
use crate::Shape;

/// The bytes; none for no geometry. With `multi`, a single part is written as a
/// multi-geometry of one.
pub(super) fn wkb(shape: &Shape, multi: bool) -> Result<Option<Vec<u8>>, WkbError> {
    let Some(geometry) = geometry(shape, multi) else { return Ok(None) };
    let mut bytes = Vec::new();
    write_geometry(&mut bytes, &geometry, &WriteOptions::default())?;
    Ok(Some(bytes))
}

fn geometry(shape: &Shape, multi: bool) -> Option<Geometry> {
    let multi = multi || is_multi(shape);
    Some(match shape {
        Shape::None => return None,
        Shape::Point(at) if multi => Geometry::MultiPoint(vec![Point(*at)].into()),
        Shape::Point(at) => Geometry::Point(Point(*at)),
        Shape::Points(points) => Geometry::MultiPoint(points.iter().copied().collect()),
        Shape::Lines(lines) => match &lines[..] {
            [line] if !multi => Geometry::LineString(LineString(line.clone())),
            _ => {
                let lines = lines.iter().cloned().map(LineString);
                Geometry::MultiLineString(MultiLineString(lines.collect()))
            }
        },
        Shape::Polygons(polygons) => match &polygons[..] {
            [polygon] if !multi => Geometry::Polygon(polygon.clone()),
            _ => Geometry::MultiPolygon(MultiPolygon(polygons.clone())),
        },
        Shape::Mixed(shapes) => {
            let parts = shapes.iter().filter_map(|shape| geometry(shape, false));
            Geometry::GeometryCollection(GeometryCollection(parts.collect()))
        }
    })
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::*;

    #[test]
    fn one_part_is_a_multi_geometry_where_that_is_wanted() {
        let shape = Shape::Lines(vec![vec![Coord { x: 1.0, y: 2.0 }, Coord { x: 3.0, y: 4.0 }]]);
        // Little endian, then the type: 2 is a LineString, 5 a MultiLineString.
        assert_eq!(wkb(&shape, false).unwrap().unwrap()[..5], [1, 2, 0, 0, 0]);
        assert_eq!(wkb(&shape, true).unwrap().unwrap()[..5], [1, 5, 0, 0, 0]);
        assert_eq!(wkb(&Shape::None, true).unwrap(), None);
    }
}
