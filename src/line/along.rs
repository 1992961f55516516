//! Where a part of a line runs along another one, with some vertices in common and different ones
//! between them: copies that were made denser, or simplified where the line is straight.

use std::collections::HashMap;
use std::ops::Range;

use super::same::{Tolerance, Vertex};
use super::touch::lies_on;

/// The most edges between two vertices that both parts have: each vertex between them is compared
/// with all edges of the other part.
const MOST_BETWEEN: usize = 16;

/// The places of some parts: where each is a vertex.
#[derive(Debug, Default)]
pub(super) struct Whereabouts(HashMap<u32, (usize, usize)>);

impl Whereabouts {
    pub(super) fn add(&mut self, number: usize, part: &[Vertex]) {
        for (i, vertex) in part.iter().enumerate() {
            self.0.entry(vertex.place).or_insert((number, i));
        }
    }

    /// The edges of a part that lie on edges of one of `parts`, as ranges of edges.
    pub(super) fn along(
        &self,
        part: &[Vertex],
        parts: &[Vec<Vertex>],
        tolerance: Tolerance,
    ) -> Vec<Range<usize>> {
        let there = |vertex: &Vertex| self.0.get(&vertex.place).copied();
        let shared: Vec<(usize, (usize, usize))> =
            part.iter().enumerate().filter_map(|(i, vertex)| Some((i, there(vertex)?))).collect();
        let mut found = Vec::new();
        for pair in shared.windows(2) {
            let [(i, (a, p)), (j, (b, q))] = [pair[0], pair[1]];
            let other = p.min(q)..p.max(q);
            let is_short = j - i <= MOST_BETWEEN && other.len() <= MOST_BETWEEN;
            if a != b || p == q || !is_short {
                continue;
            }
            let (own, other) = (&part[i..=j], &parts[a][other.start..=other.end]);
            if all_on(own, other, tolerance) && all_on(other, own, tolerance) {
                found.push(i..j);
            }
        }
        // An end that lies between two vertices of the other part.
        if let (Some((first, at)), Some((last, to))) = (shared.first(), shared.last()) {
            for (edges, (other, vertex)) in [(0..*first, *at), (*last..part.len() - 1, *to)] {
                let other = &parts[other];
                let around = &other[vertex.saturating_sub(1)..other.len().min(vertex + 2)];
                let own = &part[edges.start..=edges.end];
                let is_short = (1..=MOST_BETWEEN).contains(&edges.len());
                if is_short && all_on(own, around, tolerance) {
                    found.push(edges);
                }
            }
        }
        found
    }
}

/// Whether all vertices lie on edges of a path.
fn all_on(vertices: &[Vertex], path: &[Vertex], tolerance: Tolerance) -> bool {
    let is_on = |vertex: &Vertex| {
        path.windows(2).any(|ends| lies_on(vertex.at, &[ends[0].at, ends[1].at], tolerance))
    };
    vertices.iter().all(is_on)
}
