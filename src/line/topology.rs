//! What a boundary line must not do: cross itself, repeat a vertex.
//!
//! Crossings are found in longitude and latitude, with robust predicates. Two
//! short edges that cross on the ellipsoid cross there too, unless they touch
//! within the few millimetres by which a geodesic of their length leaves the
//! straight line of the map. Longitudes run on across ±180°, the shorter way from one
//! vertex to the next.

use geo::Orientation::Collinear;
use geo::algorithm::kernels::{Kernel, RobustKernel};
use geo::algorithm::line_intersection::{LineIntersection, line_intersection};
use geo::{Coord, Line as Edge};

use super::boxes::pairs;
use super::shared::shorter_way;
use crate::io::outline::Box2;

/// Two edges of a line that meet where they should not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Crossing {
    /// The earlier edge, counted from 0.
    pub(crate) first: usize,
    /// The later edge.
    pub(crate) second: usize,
    /// Where they meet; for edges that run along each other, where that begins.
    pub(crate) at: Coord,
}

/// Every place where a path meets itself: crossings, touches, and edges that run
/// back over an earlier one. Sorted along the path.
#[must_use]
pub(crate) fn crossings(path: &[Coord]) -> Vec<Crossing> {
    let path = running_on(path);
    // Edges without length are found by `repeated_vertices`; here they would separate neighbours
    // from each other.
    let edges: Vec<(usize, Edge)> = path
        .windows(2)
        .map(|pair| Edge::new(pair[0], pair[1]))
        .enumerate()
        .filter(|(_, edge)| edge.start != edge.end)
        .collect();
    let boxes: Vec<Box2> =
        edges.iter().map(|(_, edge)| Box2::around_two(edge.start, edge.end)).collect();
    let mut found = Vec::new();
    pairs(&boxes, |i, j| {
        let ((first, edge), (second, later)) = (edges[i], edges[j]);
        if let Some(at) = meeting(&edge, &later, j == i + 1) {
            let at = Coord { x: shorter_way(at.x), ..at };
            found.push(Crossing { first, second, at });
        }
    });
    found.sort_by_key(|crossing| (crossing.first, crossing.second));
    found
}

/// A path whose longitudes do not jump at the antimeridian.
pub(super) fn running_on(path: &[Coord]) -> Vec<Coord> {
    let mut turn = 0.0;
    let mut before = path.first().map_or(0.0, |first| first.x);
    let on = path.iter().map(|at| {
        let ahead = at.x - before;
        turn += shorter_way(ahead) - ahead;
        before = at.x;
        Coord { x: at.x + turn, ..*at }
    });
    on.collect()
}

/// Whether a closed ring meets itself anywhere but where it closes. It then has no
/// inside and no area.
#[must_use]
pub(crate) fn is_crossed(ring: &[Coord]) -> bool {
    crossings(ring).len() > 1
}

/// Where two edges meet, other than where a neighbour joins its neighbour.
fn meeting(edge: &Edge, later: &Edge, neighbours: bool) -> Option<Coord> {
    // Most pairs by far are these: two edges that turn where they join meet nowhere else.
    let turns = || RobustKernel::orient2d(edge.start, edge.end, later.end) != Collinear;
    if neighbours && edge.end == later.start && turns() {
        return None;
    }
    match line_intersection(*edge, *later)? {
        LineIntersection::SinglePoint { intersection, .. } => {
            let joint = neighbours && intersection == edge.end;
            (!joint).then_some(intersection)
        }
        LineIntersection::Collinear { intersection } => {
            let joint = neighbours && intersection.start == intersection.end;
            (!joint).then_some(intersection.start)
        }
    }
}

/// The vertices equal to the one before them, counted from 0.
#[must_use]
pub(crate) fn repeated_vertices(path: &[Coord]) -> Vec<usize> {
    path.windows(2)
        .enumerate()
        .filter_map(|(i, pair)| (pair[0] == pair[1]).then_some(i + 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::outline::meetings;
    use proptest::prelude::*;

    fn path(vertices: &[(f64, f64)]) -> Vec<Coord> {
        vertices.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect()
    }

    #[test]
    fn a_loop_is_found_once_and_placed() {
        let looped = path(&[(80.0, 45.0), (80.2, 45.0), (80.2, 45.2), (80.1, 44.9)]);
        let found = crossings(&looped);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].first, found[0].second), (0, 2));
        assert!((found[0].at.y - 45.0).abs() < 1e-9);
    }

    #[test]
    fn joints_are_no_crossings_but_backtracking_is() {
        assert!(crossings(&path(&[(80.0, 45.0), (80.1, 45.0), (80.2, 45.1)])).is_empty());
        let back = path(&[(80.0, 45.0), (80.2, 45.0), (80.1, 45.0)]);
        assert_eq!(crossings(&back).len(), 1);
    }

    #[test]
    fn a_closed_ring_meets_itself_at_its_end() {
        let ring = path(&[(80.0, 45.0), (80.1, 45.0), (80.1, 45.1), (80.0, 45.0)]);
        assert_eq!(crossings(&ring).len(), 1);
    }

    #[test]
    fn across_the_antimeridian_it_is_as_elsewhere() {
        let there_and_back = path(&[(179.9, 45.0), (-179.9, 45.0), (-179.9, 45.1), (179.9, 45.1)]);
        assert!(crossings(&there_and_back).is_empty());
        let looped = path(&[(179.9, 45.0), (-179.9, 45.0), (-179.9, 45.1), (-179.95, 44.9)]);
        let found = crossings(&looped);
        assert_eq!(found.len(), 1);
        assert!((found[0].at.x + 179.925).abs() < 1e-9, "{found:?}");
        // On the same parallels, but far away, nothing crosses.
        assert!(crossings(&path(&[(179.0, 45.0), (-179.0, 45.0), (-179.0, 46.0)])).is_empty());
    }

    #[test]
    fn repeated_vertices_are_listed() {
        let path = path(&[(80.0, 45.0), (80.0, 45.0), (80.1, 45.0)]);
        assert_eq!(repeated_vertices(&path), [1]);
        assert!(crossings(&path).is_empty());
    }

    #[test]
    fn a_vertex_repeated_inside_the_line_is_no_crossing() {
        let path = path(&[(80.0, 45.0), (80.1, 45.0), (80.1, 45.0), (80.1, 45.0), (80.2, 45.1)]);
        assert_eq!(repeated_vertices(&path), [2, 3]);
        assert!(crossings(&path).is_empty());
    }

    proptest! {
        /// The quick search for outlines finds that a ring meets itself if and only if `crossings`
        /// finds more than its closing.
        #[test]
        fn the_search_for_outlines_finds_the_same(
            corners in proptest::collection::vec((-20_i8..20, -20_i8..20), 3..60)
        ) {
            let corners: Vec<(f64, f64)> =
                corners.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).collect();
            let mut ring = path(&corners);
            ring.push(ring[0]);
            ring.dedup();
            prop_assume!(ring.len() > 3);
            let known = crossings(&ring);
            let last = ring.len() - 2;
            // Neighbours that run back over each other enclose nothing and are ignored there.
            let joints = |c: &&Crossing| {
                c.second == c.first + 1 || (c.first == 0 && c.second == last)
            };
            let expected = known.iter().any(|c| !joints(&c));
            prop_assert_eq!(!meetings(&[ring.into()], usize::MAX).is_empty(), expected);
        }
    }
}
