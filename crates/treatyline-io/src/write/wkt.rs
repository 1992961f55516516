//! Well-known text of a shape (OGC 06-103r4, §7).

use geo::{Coord, LineString, Polygon};

use crate::Shape;

/// The text; nothing for no geometry. Coordinates are the shortest decimals that read
/// back the same, without exponents.
pub(super) fn wkt(shape: &Shape) -> String {
    match shape {
        Shape::None => String::new(),
        Shape::Point(at) => format!("POINT {}", path(&[*at])),
        Shape::Points(points) => format!("MULTIPOINT {}", list(points, |at| path(&[*at]))),
        Shape::Lines(lines) => tagged("LINESTRING", lines, |line| path(line)),
        Shape::Polygons(polygons) => tagged("POLYGON", polygons, rings),
        Shape::Mixed(shapes) => format!("GEOMETRYCOLLECTION {}", list(shapes, wkt)),
    }
}

/// One part by itself, several as a multi-geometry.
fn tagged<T>(tag: &str, parts: &[T], write: impl Fn(&T) -> String) -> String {
    match parts {
        [part] => format!("{tag} {}", write(part)),
        _ => format!("MULTI{tag} {}", list(parts, write)),
    }
}

fn list<T>(parts: &[T], write: impl Fn(&T) -> String) -> String {
    if parts.is_empty() {
        return "EMPTY".to_owned();
    }
    let parts: Vec<String> = parts.iter().map(write).collect();
    format!("({})", parts.join(", "))
}

fn path(path: &[Coord]) -> String {
    list(path, |at| format!("{} {}", at.x, at.y))
}

fn rings(polygon: &Polygon) -> String {
    let rings: Vec<&LineString> =
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).collect();
    list(&rings, |ring| path(&ring.0))
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;

    #[test]
    fn shapes_are_written_as_the_standard_shows_them() {
        let at = |x, y| Coord { x, y };
        let square = polygon!(
            exterior: [(x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 4.0)],
            interiors: [[(x: 2.0, y: 1.0), (x: 3.0, y: 2.0), (x: 3.0, y: 1.0)]],
        );
        let outline = "((0 0, 4 0, 4 4, 0 0), (2 1, 3 2, 3 1, 2 1))";
        for (shape, text) in [
            (Shape::None, String::new()),
            (Shape::Point(at(1e-7, -45.5)), "POINT (0.0000001 -45.5)".to_owned()),
            (Shape::Points(vec![at(1.0, 2.0), at(3.0, 4.0)]), "MULTIPOINT ((1 2), (3 4))".into()),
            (Shape::Lines(vec![vec![at(1.0, 2.0), at(3.0, 4.0)]]), "LINESTRING (1 2, 3 4)".into()),
            (Shape::Lines(Vec::new()), "MULTILINESTRING EMPTY".into()),
            (Shape::Polygons(vec![square.clone()]), format!("POLYGON {outline}")),
            (
                Shape::Polygons(vec![square.clone(), square]),
                format!("MULTIPOLYGON ({outline}, {outline})"),
            ),
            (
                Shape::Mixed(vec![Shape::Point(at(1.0, 2.0))]),
                "GEOMETRYCOLLECTION (POINT (1 2))".into(),
            ),
        ] {
            assert_eq!(wkt(&shape), text);
        }
    }
}
