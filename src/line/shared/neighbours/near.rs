//! Edges that several areas have, but with other vertices: a long edge of one, of which another
//! area has two halves.
//!
//! Most edges are those of the coast of one area, or the same in two. So the Earth is divided into
//! cells, and only edges in cells are compared in which there are two areas or more, and an edge
//! that only one area seemed to have.

use std::collections::{BTreeMap, HashMap};

use geo::Coord;
use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use super::Outlines;
use super::class::{ALONE, Class, Classes, DIVIDED, Holder, INNER, REPEATED};
use crate::beside::each;
use crate::line::shared::SNAPPING_DEG;
use crate::line::shared::area::{Edge, meridian};
use crate::line::shared::pieces::{Covers, Kind, cuts};

/// The pieces of an edge: where each ends, and of which class it is.
pub(super) type Pieces = Vec<(Coord, Class)>;

/// An edge of an area, in a tree.
type Indexed = GeomWithData<Edge, usize>;

/// The pieces of edges of which other areas have a part; those edges become [`DIVIDED`].
pub(super) fn compared(
    outlines: &Outlines,
    of_edges: &mut [Class],
    classes: &mut Classes,
) -> HashMap<usize, Pieces> {
    let close = close(outlines, of_edges);
    let indexed = |edge: &usize| {
        let [from, to] = outlines.ends(*edge);
        Indexed::new(Edge::new(from, to), *edge)
    };
    let tree = RTree::bulk_load(close.iter().map(indexed).collect());
    let found = each(&close, |edge| pieces(outlines, &tree, *edge));
    let mut divided = HashMap::new();
    for (edge, pieces) in close.into_iter().zip(found) {
        if pieces.iter().all(|(_, holders)| holders.is_empty()) {
            continue;
        }
        let own = Holder { area: outlines.area(edge), is_across: false };
        let class = |(to, mut holders): (Coord, Vec<Holder>)| {
            holders.push(own);
            (to, classes.of(holders))
        };
        divided.insert(edge, pieces.into_iter().map(class).collect());
        of_edges[edge] = DIVIDED;
    }
    divided
}

/// An edge divided wherever another area has a vertex on it, and who else has each piece.
fn pieces(outlines: &Outlines, tree: &RTree<Indexed>, edge: usize) -> Vec<(Coord, Vec<Holder>)> {
    let ([from, to], area) = (outlines.ends(edge), outlines.area(edge));
    let whole = Edge::new(from, to);
    let mut others: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
    for turn in [0.0, 360.0, -360.0] {
        let (low, high) = whole.moved(turn).extent();
        let around = AABB::from_corners(
            [low.x - SNAPPING_DEG, low.y - SNAPPING_DEG],
            [high.x + SNAPPING_DEG, high.y + SNAPPING_DEG],
        );
        for found in tree.locate_in_envelope_intersecting(&around) {
            let other = outlines.area(found.data);
            if other != area {
                others.entry(other).or_default().push(found.geom().moved(-turn));
            }
        }
    }
    if others.is_empty() {
        return Vec::new();
    }
    let near: Vec<Edge> = others.values().flatten().copied().collect();
    let covers: Vec<(usize, Covers)> = others
        .iter()
        .map(|(area, near)| (*area, Covers::new(&whole, near, SNAPPING_DEG)))
        .collect();
    let mut begin = 0.0;
    let ends = cuts(&whole, &near, SNAPPING_DEG).into_iter().chain([(1.0, to)]);
    let piece = |(end, to): (f64, Coord)| {
        let holder = |(area, covers): &(usize, Covers)| {
            let kind = covers.kind(&whole, begin, end);
            let is_across = kind == Kind::Shared;
            (is_across || kind == Kind::ClaimedByBoth).then_some(Holder { area: *area, is_across })
        };
        let holders = covers.iter().filter_map(holder).collect();
        begin = end;
        (to, holders)
    };
    ends.map(piece).collect()
}

/// The edges that come close to those of another area, where one of them seems to be alone.
fn close(outlines: &Outlines, of_edges: &[Class]) -> Vec<usize> {
    let is_outer = |edge: &usize| {
        let [from, to] = outlines.ends(*edge);
        let has_length = from.y != to.y || meridian(from.x) != meridian(to.x);
        has_length && !matches!(of_edges[*edge], INNER | REPEATED)
    };
    let outer = |ring| Outlines::edges(ring).filter(is_outer);
    let all = outlines.rings.iter().flat_map(|ring| outer(ring).map(|edge| (edge, ring.area)));
    let edge = |edge: usize| {
        let [from, to] = outlines.ends(edge);
        Edge::new(from, to)
    };
    // A few of many edges say how long they are.
    const FEW: usize = 64;
    let length_deg: f64 = all.clone().step_by(FEW).map(|(each, _)| edge(each).length()).sum();
    let count = all.clone().step_by(FEW).count();
    if count == 0 {
        return Vec::new();
    }
    let mut cells = Cells::new(outlines.vertices.len(), length_deg / count as f64);
    for (each, area) in all {
        cells.enter(&edge(each), area, of_edges[each] == ALONE);
    }
    let open = each(&outlines.parts(), |rings| {
        let edges = rings.iter().flat_map(outer);
        edges.filter(|each| cells.are_open(&edge(*each))).collect::<Vec<usize>>()
    });
    open.concat()
}

/// Cells of the Earth, and which area has edges in each. Several cells may share an entry, so
/// that more edges may be taken for close than are.
struct Cells {
    grid: Grid,
    /// The number of an area, from 1, or 0 for none; and [`LONE`] or not.
    entries: Vec<u32>,
}

/// More than one area.
const SEVERAL: u32 = LONE - 1;
/// With an edge that only one area seems to have.
const LONE: u32 = 1 << 31;

impl Cells {
    /// For edges of a number and of a length each, so that each comes into a few cells.
    fn new(count: usize, length_deg: f64) -> Self {
        /// A cell is larger than edges mostly are, and much larger than the tolerance.
        const EDGES: f64 = 4.0;
        const LEAST_DEG: f64 = 100.0 * SNAPPING_DEG;
        let wanted = (EDGES * length_deg).clamp(LEAST_DEG, 10.0);
        let around = (360.0 / wanted).floor() as i64;
        let entries = count.next_power_of_two().clamp(1 << 10, 1 << 24);
        let grid = Grid { size_deg: 360.0 / around as f64, around, mask: entries - 1 };
        Self { grid, entries: vec![0; entries] }
    }

    fn enter(&mut self, edge: &Edge, area: usize, is_lone: bool) {
        let own = u32::try_from(area + 1).unwrap_or(SEVERAL).min(SEVERAL);
        let lone = if is_lone { LONE } else { 0 };
        self.grid.each(edge, |entry| {
            let known = self.entries[entry];
            let area = if [0, own].contains(&(known & !LONE)) { own } else { SEVERAL };
            self.entries[entry] = area | known & LONE | lone;
            true
        });
    }

    /// Whether an edge lies in a cell of several areas with an edge that is not yet known to be
    /// one of several.
    fn are_open(&self, edge: &Edge) -> bool {
        let mut found = false;
        self.grid.each(edge, |entry| {
            found = self.entries[entry] == SEVERAL | LONE;
            !found
        });
        found
    }
}

struct Grid {
    size_deg: f64,
    /// How many cells go around the Earth.
    around: i64,
    /// The last entry.
    mask: usize,
}

impl Grid {
    /// Calls a function with the entry of each cell that an edge may lie in, until it says no.
    fn each(&self, edge: &Edge, mut call: impl FnMut(usize) -> bool) {
        let ahead = edge.ahead();
        let steps = (ahead.x.abs().max(ahead.y.abs()) / self.size_deg).ceil().max(1.0);
        let cell = |degrees: f64| (degrees / self.size_deg).floor() as i64;
        let mut step = 0.0;
        while step < steps {
            let part = Edge { from: edge.at(step / steps), to: edge.at((step + 1.0) / steps) };
            let (low, high) = part.extent();
            for x in cell(low.x - SNAPPING_DEG)..=cell(high.x + SNAPPING_DEG) {
                for y in cell(low.y - SNAPPING_DEG)..=cell(high.y + SNAPPING_DEG) {
                    let number = x.rem_euclid(self.around) as u64 ^ (y as u64) << 32;
                    // 2⁶⁴ over the golden ratio spreads numbers that follow each other.
                    let spread = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
                    if !call((spread >> 32) as usize & self.mask) {
                        return;
                    }
                }
            }
            step += 1.0;
        }
    }
}
