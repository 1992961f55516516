//! Converts geometries from the interface of the WKT reader, without any change.

use geo::Coord;
use geo_traits::{
    CoordTrait, GeometryCollectionTrait, GeometryTrait, GeometryType, LineStringTrait,
    MultiLineStringTrait, MultiPointTrait, MultiPolygonTrait, PointTrait, PolygonTrait,
};

use super::gather::Raw;
use crate::problem::Fault;

/// A geometry as it is. An empty one is none.
pub(super) fn raw(geometry: &impl GeometryTrait<T = f64>) -> Result<Raw, Fault> {
    Ok(match geometry.as_type() {
        GeometryType::Point(point) => at(point).map_or(Raw::None, Raw::Point),
        GeometryType::LineString(line) => {
            let line = path(line);
            if line.is_empty() { Raw::None } else { Raw::Lines(vec![line]) }
        }
        GeometryType::Polygon(polygon) => {
            let rings = rings(polygon);
            if rings.is_empty() { Raw::None } else { Raw::Polygons(vec![rings]) }
        }
        GeometryType::MultiPoint(points) => {
            let points: Vec<Coord> = points.points().filter_map(|point| at(&point)).collect();
            if points.is_empty() { Raw::None } else { Raw::Points(points) }
        }
        GeometryType::MultiLineString(lines) => {
            let lines: Vec<_> = lines.line_strings().map(|line| path(&line)).collect();
            if lines.is_empty() { Raw::None } else { Raw::Lines(lines) }
        }
        GeometryType::MultiPolygon(polygons) => {
            let polygons: Vec<_> = polygons.polygons().map(|polygon| rings(&polygon)).collect();
            if polygons.is_empty() { Raw::None } else { Raw::Polygons(polygons) }
        }
        GeometryType::GeometryCollection(parts) => {
            Raw::Mixed(parts.geometries().map(|part| raw(&part)).collect::<Result<_, _>>()?)
        }
        GeometryType::Rect(_) | GeometryType::Triangle(_) | GeometryType::Line(_) => {
            let found = "a geometry that is no simple feature".to_owned();
            return Err(Fault::Geometry { found, wanted: "LineString or Polygon" });
        }
    })
}

/// WKB has no empty points; it writes them with NaN for every number.
fn at(point: &impl PointTrait<T = f64>) -> Option<Coord> {
    let at = coord(point.coord()?);
    (!(at.x.is_nan() && at.y.is_nan())).then_some(at)
}

fn coord(coord: impl CoordTrait<T = f64>) -> Coord {
    let (x, y) = coord.x_y();
    Coord { x, y }
}

fn path(line: &impl LineStringTrait<T = f64>) -> Vec<Coord> {
    line.coords().map(coord).collect()
}

fn rings(polygon: &impl PolygonTrait<T = f64>) -> Vec<Vec<Coord>> {
    let outer = polygon.exterior().map(|ring| path(&ring));
    let inner = polygon.interiors().map(|ring| path(&ring));
    outer.into_iter().chain(inner).collect()
}
