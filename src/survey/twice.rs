//! Edges that several lines have, and lines that run along each other: pieces drawn twice make a
//! sum too long.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use geo::Coord;

use crate::geodesy::{CompensatedSum, Geodesic};
use crate::line::{length_along_itself, mark};
use crate::quantity::Metres;

/// The most edges that are remembered: these take some 150 MB.
const MOST_EDGES: usize = 4_000_000;

/// The edges seen so far. Two edges are the same if their ends are equal to the last bit, in either
/// direction.
#[derive(Debug, Default)]
pub(super) struct Edges {
    /// The first line that has an edge.
    first: HashMap<u64, u32, BuildHasherDefault<Marked>>,
    /// Edges that are there more than once.
    again: BTreeMap<u64, Again>,
    /// Each line with those pieces of it that no earlier line has.
    new: Vec<(usize, Vec<Vec<Coord>>)>,
    is_full: bool,
}

/// An edge that is there more than once.
#[derive(Debug)]
struct Again {
    length: Metres,
    /// The lines that have it, each as often as it has it.
    lines: Vec<u32>,
}

/// The pieces that are there more than once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Twice {
    /// Their length, without the first time.
    pub(super) length: Metres,
    /// The first line that has some of it again or, where lines only run along each other, the
    /// last line there is.
    pub(super) line: usize,
}

impl Edges {
    /// Takes the parts of a line with a number of its own.
    pub(super) fn add(&mut self, line: usize, parts: &[Vec<Coord>], geodesic: &Geodesic) {
        let Ok(number) = u32::try_from(line) else {
            self.is_full = true;
            return;
        };
        let mut pieces: Vec<Vec<Coord>> = Vec::new();
        for part in parts {
            let mut goes_on = false;
            for edge in part.windows(2).filter(|it| it[0] != it[1]) {
                let is_new = self.is_new(edge, number, geodesic);
                match pieces.last_mut().filter(|_| is_new && goes_on) {
                    Some(piece) => piece.push(edge[1]),
                    None if is_new => pieces.push(edge.to_vec()),
                    None => {}
                }
                goes_on = is_new;
            }
        }
        self.new.push((line, pieces));
        if self.is_full {
            self.new = Vec::new();
        }
    }

    /// Whether no earlier line has an edge; the edge is remembered.
    fn is_new(&mut self, edge: &[Coord], line: u32, geodesic: &Geodesic) -> bool {
        let key = mark(edge);
        let Some(first) = self.first.get(&key) else {
            match self.first.len() < MOST_EDGES {
                true => {
                    self.first.insert(key, line);
                }
                false => self.is_full = true,
            }
            return true;
        };
        let new = || Again {
            // Impossible positions were refused when the line was measured.
            length: geodesic.length(edge).unwrap_or_default(),
            lines: vec![*first],
        };
        self.again.entry(key).or_insert_with(new).lines.push(line);
        false
    }

    /// The pieces that lines of each group have more than once, without the first time; lines
    /// without a group do not count. Lines without a common edge count where they run along another
    /// line (`ALONG_M`). `None` if there were more edges than are
    /// remembered.
    pub(super) fn twice<G: Ord + Clone>(
        &self,
        group: impl Fn(usize) -> Option<G>,
    ) -> Option<BTreeMap<G, Twice>> {
        if self.is_full {
            return None;
        }
        let mut sums: BTreeMap<G, (CompensatedSum, usize)> = BTreeMap::new();
        let mut add = |group: G, length_m: f64, line: usize| {
            let (sum, first) = sums.entry(group).or_insert((CompensatedSum::default(), line));
            sum.add(length_m);
            *first = line.min(*first);
        };
        for edge in self.again.values() {
            let mut groups: BTreeMap<G, Vec<usize>> = BTreeMap::new();
            for line in edge.lines.iter().map(|line| *line as usize) {
                if let Some(group) = group(line) {
                    groups.entry(group).or_default().push(line);
                }
            }
            for (group, lines) in groups {
                for line in &lines[1..] {
                    add(group.clone(), edge.length.value(), *line);
                }
            }
        }
        let mut lines: BTreeMap<G, (usize, Vec<Vec<Coord>>)> = BTreeMap::new();
        for (line, pieces) in &self.new {
            if let Some(group) = group(*line) {
                let (last, of_group) = lines.entry(group).or_default();
                *last = *line;
                of_group.extend(pieces.iter().cloned());
            }
        }
        for (group, (last, pieces)) in lines {
            let along = length_along_itself(&pieces).value();
            if along > 0.0 {
                add(group, along, last);
            }
        }
        let twice =
            |(sum, line): (CompensatedSum, usize)| Twice { length: Metres::new(sum.total()), line };
        Some(sums.into_iter().map(|(group, sum)| (group, twice(sum))).collect())
    }
}

impl Edges {
    /// Edges that lines of different groups have: their length, and the first line with an edge
    /// that a line of another group already has.
    pub(super) fn of_several<G: PartialEq>(
        &self,
        group: impl Fn(usize) -> Option<G>,
    ) -> Option<Twice> {
        let mut sum = CompensatedSum::default();
        let mut first = None;
        for edge in self.again.values() {
            let mut lines = edge.lines.iter().map(|line| *line as usize);
            let Some(known) = lines.find_map(&group) else { continue };
            let is_other = |line: &usize| group(*line).is_some_and(|group| group != known);
            if let Some(line) = lines.find(is_other) {
                sum.add(edge.length.value());
                first = Some(first.map_or(line, |first: usize| first.min(line)));
            }
        }
        first.map(|line| Twice { length: Metres::new(sum.total()), line })
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
        let twice = edges.twice(group).unwrap().into_values();
        let twice: Metres = twice.map(|found| found.length).sum();
        (twice.km() / 111.3195).round()
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
        assert_eq!(edges.twice(|_| Some(0)).unwrap()[&0].line, 1, "the first that has it again");
        assert_eq!(degrees(&edges, Some), 0.0, "each for itself");
        let of_several = edges.of_several(Some).unwrap();
        assert_eq!(((of_several.length.km() / 111.3195).round(), of_several.line), (6.0, 1));
        assert_eq!(edges.of_several(|_| Some(0)), None);
        assert_eq!(degrees(&edges, |it| (it != 1).then_some(0)), 1.0, "without the second");
        // The first line is in another group, and the other two still share an edge.
        assert_eq!(degrees(&edges, |it| Some(usize::from(it > 0))), 1.0);
        // One line there and back.
        edges.add(4, &[line(40, 43), line(43, 40)], &geodesic);
        assert_eq!(degrees(&edges, |it| (it == 4).then_some(0)), 3.0);
    }

    #[test]
    fn what_is_drawn_again_with_other_vertices_counts_once() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let path = |from: u32, to: u32, step: f64, north: f64| -> Vec<Coord> {
            let at = |i| Coord { x: f64::from(i) * step, y: north + 0.01 * f64::from(i % 2) };
            (from..=to).map(at).collect()
        };
        let along = |north: f64| {
            let mut edges = Edges::default();
            edges.add(0, &[path(0, 100, 0.01, 0.0)], &geodesic);
            edges.add(1, &[path(20, 60, 0.01, north)], &geodesic);
            let sums = edges.twice(|_| Some(0)).unwrap();
            sums.get(&0).map_or(0.0, |found| found.length.km())
        };
        let whole = geodesic.length(&path(20, 60, 0.01, 1e-5)).unwrap().km();
        // A metre aside, and ten.
        assert!((along(1e-5) - whole).abs() < 0.01 * whole, "{} of {whole}", along(1e-5));
        assert!((along(9e-5) - whole).abs() < 0.01 * whole, "{} of {whole}", along(9e-5));
        assert_eq!(along(5e-3), 0.0);
    }

    #[test]
    fn with_more_edges_than_are_remembered_nothing_is_said() {
        let mut edges = Edges { is_full: true, ..Edges::default() };
        edges.add(0, &[line(0, 2), line(0, 2)], &Geodesic::new(Ellipsoid::WGS84));
        assert_eq!(edges.twice(Some), None);
    }
}
