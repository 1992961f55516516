//! A point inside a polygon of a plane.
//!
//! `geo` has one as well. It first searches for all crossings of the outline with itself, and then
//! walks the polygon once for every stretch of the scan line. For a face with thousands of holes
//! that takes minutes.

use geo::{Coord, CoordsIter, LinesIter, Polygon};

/// A point inside: the middle of the widest stretch at half height, or, where a vertex lies
/// at that height, half way from there to the height of the next one. `None` for a polygon
/// without inside.
///
/// # Complexity
/// On the order of n log n.
pub(super) fn inside(polygon: &Polygon) -> Option<Coord> {
    let y = height(polygon)?;
    let mut crossings: Vec<f64> =
        polygon.lines_iter().filter_map(|edge| crossing(edge, y)).collect();
    crossings.sort_by(f64::total_cmp);
    let within = crossings.chunks_exact(2).map(|pair| (pair[0], pair[1]));
    let wider = |a: &(f64, f64), b: &(f64, f64)| (a.1 - a.0).total_cmp(&(b.1 - b.0)).is_lt();
    let widest = within.reduce(|best, each| if wider(&best, &each) { each } else { best });
    let (west, east) = widest.filter(|(west, east)| west < east)?;
    Some(Coord { x: f64::midpoint(west, east), y })
}

/// A height at which no vertex lies.
fn height(polygon: &Polygon) -> Option<f64> {
    let heights = || polygon.coords_iter().map(|at| at.y);
    let (low, high) = heights()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), y| (low.min(y), high.max(y)));
    let middle = f64::midpoint(low, high);
    if heights().all(|y| y != middle) {
        return Some(middle).filter(|y| y.is_finite());
    }
    let others = heights().filter(|y| *y != middle);
    let next = others
        .min_by(|a, b| (a - middle).abs().total_cmp(&(b - middle).abs()).then(a.total_cmp(b)))?;
    Some(f64::midpoint(middle, next))
}

/// Where an edge crosses a height; the lower end belongs to the edge, the upper one does not.
fn crossing(edge: geo::Line, y: f64) -> Option<f64> {
    let (a, b) = (edge.start, edge.end);
    ((a.y <= y) != (b.y <= y)).then(|| a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x))
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Contains, LineString};

    fn ring(points: &[(f64, f64)]) -> LineString {
        let mut ring: Vec<Coord> = points.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
        ring.push(ring[0]);
        LineString(ring)
    }

    #[test]
    fn the_point_is_inside_and_in_no_hole() {
        let square = ring(&[(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)]);
        let hole = ring(&[(1.0, 1.0), (1.0, 8.0), (8.5, 8.0), (8.5, 1.0)]);
        let comb = ring(&[
            (0.0, 0.0),
            (9.0, 0.0),
            (9.0, 9.0),
            (6.0, 9.0),
            (6.0, 1.0),
            (1.0, 1.0),
            (1.0, 9.0),
            (0.0, 9.0),
        ]);
        for polygon in [
            Polygon::new(square.clone(), vec![]),
            Polygon::new(square, vec![hole]),
            Polygon::new(comb, vec![]),
            // A vertex and an edge at half height.
            Polygon::new(
                ring(&[(0.0, 0.0), (4.0, 5.0), (5.0, 5.0), (9.0, 0.0), (5.0, 10.0)]),
                vec![],
            ),
        ] {
            let found = inside(&polygon).unwrap();
            assert!(polygon.contains(&found), "{found:?} in {polygon:?}");
        }
    }

    #[test]
    fn a_flat_polygon_has_no_inside() {
        assert_eq!(
            inside(&Polygon::new(ring(&[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)]), vec![])),
            None
        );
        assert_eq!(inside(&Polygon::new(LineString(vec![]), vec![])), None);
    }
}
