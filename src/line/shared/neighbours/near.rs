//! Edges that several areas have with different vertices: for example a long edge of one area, of
//! which another area has two halves.
//!
//! Most edges are those of the coast of one area, or the same in two. So the Earth is divided into
//! cells. Edges are only compared in cells with two or more areas and with an edge that only one
//! area seems to have.

use std::collections::{BTreeMap, HashMap};

use geo::Coord;
use rayon::prelude::*;
use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use super::class::{ALONE, Class, Classes, DIVIDED, Holder, INNER, REPEATED};
use super::{DrawnApart, Outlines, Ring, apart};
use crate::geodesy::Geodesic;
use crate::line::shared::SNAPPING_DEG;
use crate::line::shared::area::{Edge, meridian};
use crate::line::shared::pieces::{Covers, Kind, cuts};

/// The pieces of an edge: the end and the class of each.
pub(super) type Pieces = Vec<(Coord, Class)>;

/// An edge, by its first vertex, with the facts that are needed most.
#[derive(Debug, Clone, Copy)]
pub(super) struct Close {
    pub(super) edge: usize,
    pub(super) area: usize,
    /// Whether only its area seems to have it.
    is_lone: bool,
}

/// An edge of an area, in a tree.
pub(super) type Indexed = GeomWithData<Edge, Close>;

/// The pieces of edges that other areas have in part; such edges become [`DIVIDED`]. Also the
/// borders drawn apart.
pub(super) fn compared(
    outlines: &Outlines,
    geodesic: &Geodesic,
    of_edges: &mut [Class],
    classes: &mut Classes,
) -> (HashMap<usize, Pieces>, Vec<DrawnApart>) {
    let close = close(outlines, of_edges);
    let indexed = |close: &Close| {
        let [from, to] = outlines.ends(close.edge);
        Indexed::new(Edge::new(from, to), *close)
    };
    let tree = RTree::bulk_load(close.iter().map(indexed).collect());
    let found: Vec<_> = close.par_iter().map(|edge| pieces(outlines, &tree, edge)).collect();
    let mut divided = HashMap::new();
    for (Close { edge, area, .. }, pieces) in close.iter().copied().zip(found) {
        if pieces.iter().all(|(_, holders)| holders.is_empty()) {
            continue;
        }
        let own = Holder { area, is_across: false };
        let class = |(to, mut holders): (Coord, Vec<Holder>)| {
            holders.push(own);
            (to, classes.class_of(holders))
        };
        divided.insert(edge, pieces.into_iter().map(class).collect());
        of_edges[edge] = DIVIDED;
    }
    let apart = apart::found(outlines, geodesic, &tree, &close, of_edges);
    (divided, apart)
}

/// An edge divided at the vertices of other areas on it, and the other areas that have each piece.
///
/// Nothing new is found if none of the edges near each other seems to be alone.
fn pieces(outlines: &Outlines, tree: &RTree<Indexed>, close: &Close) -> Vec<(Coord, Vec<Holder>)> {
    let [from, to] = outlines.ends(close.edge);
    let whole = Edge::new(from, to);
    let mut others: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
    let mut is_open = close.is_lone;
    for turn in [0.0, 360.0, -360.0] {
        let (low, high) = whole.moved(turn).extent();
        let around = AABB::from_corners(
            [low.x - SNAPPING_DEG, low.y - SNAPPING_DEG],
            [high.x + SNAPPING_DEG, high.y + SNAPPING_DEG],
        );
        for found in tree.locate_in_envelope_intersecting(&around) {
            let other = found.data;
            if other.area != close.area {
                is_open |= other.is_lone;
                others.entry(other.area).or_default().push(found.geom().moved(-turn));
            }
        }
    }
    if others.is_empty() || !is_open {
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
fn close(outlines: &Outlines, of_edges: &[Class]) -> Vec<Close> {
    let of_ring = |ring: &Ring| {
        let area = ring.area;
        let outer = move |edge: usize| {
            let [from, to] = outlines.ends(edge);
            let has_length = from.y != to.y || meridian(from.x) != meridian(to.x);
            let class = of_edges[edge];
            let is_outer = has_length && !matches!(class, INNER | REPEATED);
            let close = Close { edge, area, is_lone: class == ALONE };
            is_outer.then(|| (Edge::new(from, to), close))
        };
        Outlines::edges(ring).filter_map(outer)
    };
    let all = || outlines.rings.iter().flat_map(of_ring);
    let (count, length_deg) =
        all().fold((0_usize, 0.0), |(count, sum), (edge, _)| (count + 1, sum + edge.longer()));
    if count == 0 {
        return Vec::new();
    }
    let mut cells = Cells::new(count, length_deg / count as f64);
    all().for_each(|(edge, close)| cells.enter(&edge, &close));
    let open = |rings: &&[Ring]| {
        let edges = rings.iter().flat_map(of_ring).filter(|(edge, _)| cells.are_open(edge));
        edges.map(|(_, close)| close).collect::<Vec<Close>>()
    };
    outlines.parts().par_iter().flat_map_iter(open).collect()
}

/// Cells of the Earth, and which area has edges in each.
struct Cells {
    grid: Grid,
    /// A table with open addressing. Where it is crowded, cells share an entry; then more edges are
    /// compared than necessary.
    entries: Vec<Entry>,
}

/// The content of a cell.
#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    /// The part of the cell's name that does not follow from the place of the entry.
    tag: u32,
    /// The number of an area, from 1, or 0 for an entry that is free; and [`LONE`] or not.
    areas: u32,
}

/// More than one area.
const SEVERAL: u32 = LONE - 1;
/// With an edge that only one area seems to have.
const LONE: u32 = 1 << 31;

impl Cells {
    /// For `count` edges of a typical length, so that each is in a few cells.
    fn new(count: usize, length_deg: f64) -> Self {
        /// The size of a cell in edges: a cell is larger than most edges and much larger than the
        /// tolerance.
        const EDGES: f64 = 4.0;
        const LEAST_DEG: f64 = 100.0 * SNAPPING_DEG;
        let wanted = (EDGES * length_deg).clamp(LEAST_DEG, 10.0);
        let around = (360.0 / wanted).floor() as i64;
        let entries = (2 * count).next_power_of_two().clamp(1 << 10, 1 << 24);
        let grid = Grid { size_deg: 360.0 / around as f64, around };
        Self { grid, entries: vec![Entry::default(); entries] }
    }

    /// The place of a cell's entry, or where it would be.
    fn place(entries: &[Entry], cell: u64) -> usize {
        const TRIES: usize = 16;
        let (tag, mask) = (cell as u32, entries.len() - 1);
        let first = (cell >> 32) as usize;
        let places = (first..first + TRIES).map(|place| place & mask);
        let is_own = |place: &usize| entries[*place].areas == 0 || entries[*place].tag == tag;
        { places }.find(is_own).unwrap_or((first + TRIES) & mask)
    }

    fn enter(&mut self, edge: &Edge, close: &Close) {
        let own = u32::try_from(close.area + 1).unwrap_or(SEVERAL).min(SEVERAL);
        let lone = if close.is_lone { LONE } else { 0 };
        let Self { grid, entries } = self;
        grid.each(edge, |cell| {
            let place = Self::place(entries, cell);
            let Entry { tag, areas: known } = entries[place];
            let tag = if known == 0 { cell as u32 } else { tag };
            let area = if [0, own].contains(&(known & !LONE)) { own } else { SEVERAL };
            entries[place] = Entry { tag, areas: area | known & LONE | lone };
            true
        });
    }

    /// Whether an edge is in a cell with several areas and with an edge that only one area seems to
    /// have.
    fn are_open(&self, edge: &Edge) -> bool {
        let mut found = false;
        self.grid.each(edge, |cell| {
            let place = Self::place(&self.entries, cell);
            found = self.entries[place].areas == SEVERAL | LONE;
            !found
        });
        found
    }
}

struct Grid {
    size_deg: f64,
    /// How many cells go around the Earth.
    around: i64,
}

impl Grid {
    /// Calls a function with each cell that an edge may be in, until it returns false.
    fn each(&self, edge: &Edge, mut call: impl FnMut(u64) -> bool) {
        let steps = (edge.longer() / self.size_deg).ceil().max(1.0);
        let cell = |degrees: f64| (degrees / self.size_deg).floor() as i64;
        let mut step = 0.0;
        while step < steps {
            let part = Edge { from: edge.at(step / steps), to: edge.at((step + 1.0) / steps) };
            let (low, high) = part.extent();
            for x in cell(low.x - SNAPPING_DEG)..=cell(high.x + SNAPPING_DEG) {
                for y in cell(low.y - SNAPPING_DEG)..=cell(high.y + SNAPPING_DEG) {
                    if !call(name(x.rem_euclid(self.around), y)) {
                        return;
                    }
                }
            }
            step += 1.0;
        }
    }
}

/// The name of a cell: the upper bits say where its entry should be, the lower ones are its tag.
/// The entries of sixteen cells in a square are next to each other, because outlines go from a cell
/// to its neighbour.
fn name(x: i64, y: i64) -> u64 {
    const SIDE: u32 = 2;
    const INSIDE: u64 = (1 << (2 * SIDE)) - 1;
    let square = (x >> SIDE) as u64 ^ ((y >> SIDE) as u64) << 32;
    // 2⁶⁴ over the golden ratio, and an odd number, spread numbers that follow each other, and no
    // two come out the same.
    let spread = square.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let spread = (spread ^ (spread >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let within = (x & 3 | (y & 3) << SIDE) as u64;
    let [place, tag] =
        [spread >> 32, spread].map(|half| half & u64::from(u32::MAX) & !INSIDE | within);
    place << 32 | tag
}
