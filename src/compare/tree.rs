//! The index: which edge of a line is nearest to a point.
//!
//! A binary tree over ranges of edges, in order along the line. Neighbours on a line are
//! neighbours on the ground, so ranges of it make small boxes without any sorting, and
//! a range is all a node needs to know of its edges.

use std::ops::Range;

use crate::geodesy::vector::Vector;
use crate::geodesy::{Bounds, Gnomonic, Place, chord_m};

/// Edges in a leaf: as many as are examined in the time of a step down the tree.
const LEAF: usize = 4;

/// An index over the edges of a path.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    /// The root is node 1, the children of node *i* are 2*i* and 2*i* + 1; leaves fill the
    /// second half.
    boxes: Vec<Bounds>,
    edges: usize,
    /// Breaks: pairs of neighbouring vertices without an edge, by the first vertex, in order.
    breaks: Vec<usize>,
}

/// An edge nearest to a point, and where on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Nearest {
    /// The edge, counted from 0.
    pub(crate) edge: usize,
    /// Where on the edge: 0 at its beginning, 1 at its end.
    pub(crate) share: f64,
    /// How far, in metres, as [`Gnomonic`] sees it.
    pub(crate) distance_m: f64,
}

impl Tree {
    /// Indexes the edges between places that follow one another.
    ///
    /// # Assumptions
    /// No edge is longer than some kilometres (see [`Gnomonic`]).
    #[cfg(test)]
    pub(crate) fn new(places: &[Place]) -> Self {
        Self::with_breaks(places, Vec::new())
    }

    /// The same for a path that is interrupted after some vertices.
    pub(super) fn with_breaks(places: &[Place], breaks: Vec<usize>) -> Self {
        let edges = places.len().saturating_sub(1);
        let leaves = edges.div_ceil(LEAF).next_power_of_two();
        let mut boxes = vec![Bounds::NOTHING; 2 * leaves];
        for (edge, pair) in places.windows(2).enumerate() {
            if breaks.binary_search(&edge).is_ok() {
                continue;
            }
            let leaf = &mut boxes[leaves + edge / LEAF];
            *leaf = leaf.hull(Bounds::around(&pair[0], &pair[1]));
        }
        for node in (1..leaves).rev() {
            boxes[node] = boxes[2 * node].hull(boxes[2 * node + 1]);
        }
        Self { boxes, edges, breaks }
    }

    /// The edge nearest to the centre of a view, found faster if `hint` is near. `None`
    /// only if there are no edges.
    #[must_use]
    pub(crate) fn nearest(
        &self,
        view: &Gnomonic,
        centre: &Place,
        places: &[Place],
        hint: usize,
    ) -> Option<Nearest> {
        let mut hint = hint.min(self.edges.checked_sub(1)?);
        if self.is_break(hint) {
            // Each stretch has an edge, so the vertex before a break is not one itself.
            hint = hint.saturating_sub(1);
        }
        let mut best = on_edge(view, places, hint);
        let mut reach_m = chord_m(best.distance_m);
        // As deep as the tree is, and one sibling at each level.
        let mut waiting = [(0, 0.0); 64];
        waiting[0] = (1, self.boxes[1].squared_distance(centre.position()));
        let mut count = 1;
        while count > 0 {
            count -= 1;
            let (node, squared) = waiting[count];
            if squared >= reach_m * reach_m {
                continue;
            }
            if let Some(edges) = self.leaf(node) {
                for edge in edges {
                    if self.is_break(edge) {
                        continue;
                    }
                    let found = on_edge(view, places, edge);
                    if found.distance_m < best.distance_m {
                        best = found;
                        reach_m = chord_m(best.distance_m);
                    }
                }
                continue;
            }
            let child = |node: usize| (node, self.boxes[node].squared_distance(centre.position()));
            let (first, second) = (child(2 * node), child(2 * node + 1));
            let order = if first.1 <= second.1 { [second, first] } else { [first, second] };
            waiting[count..count + 2].copy_from_slice(&order);
            count += 2;
        }
        Some(best)
    }

    fn is_break(&self, edge: usize) -> bool {
        !self.breaks.is_empty() && self.breaks.binary_search(&edge).is_ok()
    }

    /// The edges of a leaf; `None` for a node with children.
    pub(super) fn leaf(&self, node: usize) -> Option<Range<usize>> {
        let first = node.checked_sub(self.boxes.len() / 2)? * LEAF;
        Some(first.min(self.edges)..(first + LEAF).min(self.edges))
    }

    /// The edges under a node.
    pub(super) fn range(&self, node: usize) -> Range<usize> {
        let leaves = self.boxes.len() / 2;
        let (mut first, mut last) = (node, node);
        while first < leaves {
            (first, last) = (2 * first, 2 * last + 1);
        }
        let begin = (first - leaves) * LEAF;
        let end = (last + 1 - leaves) * LEAF;
        begin.min(self.edges)..end.min(self.edges)
    }

    /// The largest distance, in a straight line, from a point to anything under a node.
    pub(super) fn radius_m(&self, node: usize, point: Vector) -> f64 {
        self.boxes[node].radius_m(point)
    }
}

/// The nearest point of one edge.
#[inline]
pub(super) fn on_edge(view: &Gnomonic, places: &[Place], edge: usize) -> Nearest {
    let found = view.nearest_on(&places[edge], &places[edge + 1]);
    Nearest { edge, share: found.share, distance_m: found.distance_m }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::{Ellipsoid, Frame};
    use geo::Coord;

    /// A winding path with `vertices` vertices.
    fn winding(vertices: u32) -> Vec<Place> {
        let frame = Frame::new(&Ellipsoid::WGS84);
        let at = |i: u32| {
            let t = f64::from(i) * 0.001;
            Coord { x: 82.0 + t + 0.02 * (40.0 * t).sin(), y: 45.0 + 0.3 * (7.0 * t).cos() }
        };
        (0..vertices).map(|i| frame.place(at(i))).collect()
    }

    #[test]
    fn the_nearest_edge_is_that_of_a_search_through_all() {
        let frame = Frame::new(&Ellipsoid::WGS84);
        for vertices in [2, 3, 5, 9, 100, 1000] {
            let places = winding(vertices);
            let tree = Tree::new(&places);
            for i in 0..60 {
                let t = f64::from(i) / 60.0;
                let centre = frame.place(Coord { x: 81.9 + 1.3 * t, y: 44.6 + (t * 30.0).sin() });
                let view = frame.gnomonic(&centre);
                let found = tree.nearest(&view, &centre, &places, i as usize * 7).unwrap();
                let all = (0..places.len() - 1).map(|edge| on_edge(&view, &places, edge));
                let least = all.map(|each| each.distance_m).fold(f64::INFINITY, f64::min);
                assert_eq!(found.distance_m, least, "{vertices} vertices, point {i}");
            }
        }
    }

    #[test]
    fn without_edges_nothing_is_nearest() {
        let places = winding(1);
        let view = Frame::new(&Ellipsoid::WGS84).gnomonic(&places[0]);
        assert!(Tree::new(&places).nearest(&view, &places[0], &places, 0).is_none());
    }

    #[test]
    fn a_node_knows_its_edges() {
        let tree = Tree::new(&winding(20));
        assert_eq!(tree.range(1), 0..19);
        assert_eq!(tree.leaf(1), None);
        assert_eq!(tree.range(3), 16..19);
    }
}
