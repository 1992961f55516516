//! Edges that several lines have: what is drawn twice makes a sum longer than what it measures.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use geo::Coord;

use crate::geodesy::{CompensatedSum, Geodesic};
use crate::line::mark;
use crate::quantity::Metres;

/// No more are remembered: these take some 150 MB.
const MOST_EDGES: usize = 4_000_000;

/// The edges seen so far. Two are one where their ends are the same to the last bit, whichever
/// way they run.
#[derive(Debug, Default)]
pub(super) struct Edges {
    /// The first line that has an edge.
    first: HashMap<u64, u32, BuildHasherDefault<Marked>>,
    /// Edges that are there again.
    again: BTreeMap<u64, Again>,
    is_full: bool,
}

/// An edge that is there more than once.
#[derive(Debug)]
struct Again {
    length: Metres,
    /// The lines that have it, each as often as it does.
    lines: Vec<u32>,
}

impl Edges {
    /// Takes the parts of a line with a number of its own.
    pub(super) fn add(&mut self, line: usize, parts: &[Vec<Coord>], geodesic: &Geodesic) {
        let Ok(line) = u32::try_from(line) else {
            self.is_full = true;
            return;
        };
        for edge in parts.iter().flat_map(|part| part.windows(2)).filter(|it| it[0] != it[1]) {
            let key = mark(edge);
            match self.first.get(&key) {
                None if self.first.len() < MOST_EDGES => {
                    self.first.insert(key, line);
                }
                None => self.is_full = true,
                Some(first) => {
                    let new = || Again {
                        // What is no position was refused when the line was measured.
                        length: geodesic.length(edge).unwrap_or_default(),
                        lines: vec![*first],
                    };
                    self.again.entry(key).or_insert_with(new).lines.push(line);
                }
            }
        }
    }

    /// The lines of which an edge is there again.
    pub(super) fn lines(&self) -> impl Iterator<Item = usize> {
        self.again.values().flat_map(|it| &it.lines).map(|line| *line as usize)
    }

    /// The length that lines of one group have more than once, but for the first time; those
    /// without a group do not count. `None` where there were more edges than are remembered.
    pub(super) fn twice<G: Ord>(&self, group: impl Fn(usize) -> Option<G>) -> Option<Metres> {
        if self.is_full {
            return None;
        }
        let mut sum = CompensatedSum::default();
        for edge in self.again.values() {
            let mut groups: BTreeMap<G, u32> = BTreeMap::new();
            for group in edge.lines.iter().filter_map(|line| group(*line as usize)) {
                *groups.entry(group).or_default() += 1;
            }
            let more: u32 = groups.values().map(|times| times - 1).sum();
            sum.add(edge.length.value() * f64::from(more));
        }
        Some(Metres::new(sum.total()))
    }
}

/// Marks are hashes already, but their last bit is always set.
#[derive(Debug, Default)]
struct Marked(u64);

impl Hasher for Marked {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(self.0.rotate_left(8) ^ u64::from(*byte)));
    }

    fn write_u64(&mut self, mark: u64) {
        self.0 = (mark ^ (mark >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::Ellipsoid;

    /// Along the equator, one degree and another.
    fn line(from: i32, to: i32) -> Vec<Coord> {
        let step = if from < to { 1 } else { -1 };
        let count = (to - from).abs();
        (0..=count).map(|i| Coord { x: f64::from(from + step * i), y: 0.0 }).collect()
    }

    fn degrees(edges: &Edges, group: impl Fn(usize) -> Option<usize>) -> f64 {
        (edges.twice(group).unwrap().km() / 111.3195).round()
    }

    #[test]
    fn an_edge_counts_as_often_as_a_group_has_it_but_once() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let mut edges = Edges::default();
        let lines = [(0, 10), (8, 2), (4, 5), (20, 30)];
        for (number, (from, to)) in lines.into_iter().enumerate() {
            edges.add(number, &[line(from, to)], &geodesic);
        }
        assert_eq!(degrees(&edges, |_| Some(0)), 7.0);
        assert_eq!(degrees(&edges, Some), 0.0, "each for itself");
        assert_eq!(degrees(&edges, |it| (it != 1).then_some(0)), 1.0, "without the second");
        // The first is another's, and the other two still share an edge.
        assert_eq!(degrees(&edges, |it| Some(usize::from(it > 0))), 1.0);
        // One line there and back.
        edges.add(4, &[line(40, 43), line(43, 40)], &geodesic);
        assert_eq!(degrees(&edges, |it| (it == 4).then_some(0)), 3.0);
        assert!(edges.lines().all(|it| it != 3));
    }

    #[test]
    fn with_more_edges_than_are_remembered_nothing_is_said() {
        let mut edges = Edges { is_full: true, ..Edges::default() };
        edges.add(0, &[line(0, 2), line(0, 2)], &Geodesic::new(Ellipsoid::WGS84));
        assert_eq!(edges.twice(Some), None);
    }
}
