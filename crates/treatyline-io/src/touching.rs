//! Divides rings that touch themselves at the places where they touch.
//!
//! RFC 7946 allows them, but the standard behind most programs does (OGC 06-103r4,
//! §6.1.11): parts that are connected only at a point are polygons of their own, and a part cut
//! out that touches the outline is a hole.

use std::collections::HashSet;

use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};
use geo::algorithm::winding_order::Winding;
use geo::{Contains, Coord, LineString, Polygon, Validation};

use super::Shape;

/// The shape with polygons whose outline touches itself taken apart.
pub(super) fn apart(shape: Shape) -> Shape {
    match shape {
        Shape::Polygons(polygons) => {
            Shape::Polygons(polygons.into_iter().flat_map(parts).collect())
        }
        Shape::Mixed(shapes) => Shape::Mixed(shapes.into_iter().map(apart).collect()),
        other => other,
    }
}

fn parts(polygon: Polygon) -> Vec<Polygon> {
    if !touches(polygon.exterior()) && polygon.is_valid() {
        return vec![polygon];
    }
    let (outline, mut holes) = polygon.into_inner();
    let outline = LineString(with_corners_on_edges(&outline));
    let way = outline.winding_order();
    let (outer, inner): (Vec<_>, Vec<_>) =
        loops(&outline).into_iter().partition(|each| each.winding_order() == way);
    holes.extend(inner);
    let mut parts: Vec<_> = outer.into_iter().map(|ring| Polygon::new(ring, Vec::new())).collect();
    for hole in holes {
        // A corner may lie on the outline, but not all of them do.
        let holds = |part: &&mut Polygon| hole.0.iter().any(|corner| part.contains(corner));
        if let Some(part) = parts.iter_mut().find(holds) {
            part.interiors_push(hole);
        }
    }
    parts
}

/// Whether a closed ring comes to the same place twice.
fn touches(ring: &LineString) -> bool {
    let mut seen = HashSet::new();
    ring.0.iter().skip(1).any(|at| !seen.insert([at.x.to_bits(), at.y.to_bits()]))
}

/// A ring with its corners also on those edges that they lie on, to the last bit.
fn with_corners_on_edges(ring: &LineString) -> Vec<Coord> {
    let mut path: Vec<Coord> = ring.0.first().copied().into_iter().collect();
    for edge in ring.lines() {
        let inside = |at: &&Coord| {
            let between = |low: f64, middle: f64, high: f64| {
                (low <= middle && middle <= high) || (high <= middle && middle <= low)
            };
            let side = RobustKernel::orient2d(edge.start, edge.end, **at);
            **at != edge.start
                && **at != edge.end
                && between(edge.start.x, at.x, edge.end.x)
                && between(edge.start.y, at.y, edge.end.y)
                && side == Orientation::Collinear
        };
        let mut on: Vec<Coord> = ring.0.iter().skip(1).filter(inside).copied().collect();
        let from_start = |at: &Coord| (at.x - edge.start.x).hypot(at.y - edge.start.y);
        on.sort_by(|a, b| from_start(a).total_cmp(&from_start(b)));
        on.dedup();
        path.extend(on);
        path.push(edge.end);
    }
    path
}

/// The simple rings that a ring consists of.
fn loops(ring: &LineString) -> Vec<LineString> {
    let mut loops = Vec::new();
    let mut path: Vec<Coord> = Vec::new();
    for at in &ring.0 {
        if let Some(before) = path.iter().position(|each| each == at) {
            let mut closed: Vec<_> = path.drain(before..).collect();
            closed.push(*at);
            loops.push(closed);
        }
        path.push(*at);
    }
    // Back and forth along an edge is no ring.
    loops.into_iter().filter(|each| each.len() > 3).map(LineString).collect()
}

#[cfg(test)]
mod tests {
    use geo::{Area, polygon};

    use super::*;

    fn apart_of(polygon: Polygon) -> Vec<Polygon> {
        let Shape::Polygons(parts) = apart(Shape::Polygons(vec![polygon])) else { panic!() };
        parts
    }

    #[test]
    fn what_does_not_touch_itself_stays_as_it_is() {
        let square = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0)];
        assert_eq!(apart_of(square.clone()), [square]);
    }

    #[test]
    fn two_parts_that_hang_together_at_a_corner_are_two() {
        let hourglass = polygon!(
            exterior: [(x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 2.0, y: 2.0), (x: 4.0, y: 4.0),
                (x: 0.0, y: 4.0), (x: 2.0, y: 2.0)],
            interiors: [[(x: 1.9, y: 3.0), (x: 2.1, y: 3.0), (x: 2.0, y: 3.5)]],
        );
        let area = hourglass.unsigned_area();
        let parts = apart_of(hourglass);
        assert_eq!(parts.len(), 2);
        assert!(parts.iter().all(Validation::is_valid));
        assert_eq!(parts.iter().map(Area::unsigned_area).sum::<f64>(), area);
        assert_eq!(parts.iter().map(|part| part.interiors().len()).sum::<usize>(), 1);
    }

    #[test]
    fn a_part_cut_out_at_a_corner_is_a_hole() {
        let bitten = polygon![
            (x: 2.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 4.0), (x: 0.0, y: 4.0),
            (x: 0.0, y: 0.0), (x: 2.0, y: 0.0), (x: 1.0, y: 2.0), (x: 3.0, y: 2.0)
        ];
        let area = bitten.unsigned_area();
        let parts = apart_of(bitten);
        assert_eq!((parts.len(), parts[0].interiors().len()), (1, 1));
        assert!(parts[0].is_valid());
        assert_eq!(parts[0].unsigned_area(), area);
    }

    #[test]
    fn a_corner_on_an_edge_is_a_place_to_part() {
        let leaning = polygon![
            (x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 4.0), (x: 1.0, y: 4.0),
            (x: 4.0, y: 2.0), (x: 1.0, y: 1.0)
        ];
        let area = leaning.unsigned_area();
        let parts = apart_of(leaning);
        assert_eq!(parts.len(), 2);
        assert!(parts.iter().all(Validation::is_valid));
        assert_eq!(parts.iter().map(Area::unsigned_area).sum::<f64>(), area);
    }
}
