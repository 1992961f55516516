//! Edges that several areas have from vertex to vertex.

use geo::Coord;
use rayon::prelude::*;

use super::class::{ALONE, Class, Classes, Holder, INNER, REPEATED};
use super::{Outlines, Ring};
use crate::line::shared::area::meridian;

/// The number of parts in which the table is sorted, several at the same time.
const PARTS: usize = 64;

/// A number that is the same for the same edge of all areas, and the edge.
type Entry = (u64, usize);

/// The class of each edge, by its first vertex.
pub(super) fn compared(outlines: &Outlines, classes: &mut Classes) -> Vec<Class> {
    let mut of_edges = vec![ALONE; outlines.vertices.len()];
    let tables: Vec<_> =
        outlines.parts().par_iter().map(|rings| entries(outlines, rings)).collect();
    let in_part = |part: usize| {
        let mut entries: Vec<Entry> =
            tables.iter().flat_map(|table| &table[part]).copied().collect();
        entries.sort_unstable();
        let same = entries.chunk_by(|one, other| one.0 == other.0);
        same.filter(|few| few.len() > 1).map(|few| keyed(outlines, few)).collect::<Vec<_>>()
    };
    let found: Vec<_> = (0..PARTS).into_par_iter().map(in_part).collect();
    for edges in found.iter().flatten() {
        settle(edges, &mut of_edges, classes);
    }
    of_edges
}

/// The edges of some rings, by the part of the table that they belong to.
fn entries(outlines: &Outlines, rings: &[Ring]) -> Vec<Vec<Entry>> {
    let mut parts = vec![Vec::new(); PARTS];
    for edge in rings.iter().flat_map(Outlines::edges) {
        let (key, _) = key(outlines.ends(edge));
        let mark = key.iter().fold(0, |mark: u64, bits| {
            // The multiplier of the finaliser of MurmurHash3.
            let mixed = (mark.rotate_left(31) ^ bits).wrapping_mul(0xff51_afd7_ed55_8ccd);
            mixed ^ (mixed >> 33)
        });
        parts[(mark % PARTS as u64) as usize].push((mark, edge));
    }
    parts
}

/// A key of an edge that is the same in both directions, and whether the edge has the direction of
/// the key.
fn key([from, to]: [Coord; 2]) -> ([u64; 4], bool) {
    let bits = |at: Coord| [meridian(at.x).to_bits(), (at.y + 0.0).to_bits()];
    let ([a, b], [c, d]) = (bits(from), bits(to));
    let forward = [a, b] <= [c, d];
    (if forward { [a, b, c, d] } else { [c, d, a, b] }, forward)
}

/// An edge: its key, its area, its direction, and its number.
type Keyed = ([u64; 4], usize, bool, usize);

/// Edges with the same number, equal ones next to each other.
fn keyed(outlines: &Outlines, entries: &[Entry]) -> Vec<Keyed> {
    let keyed = |(_, edge): &Entry| {
        let (key, forward) = key(outlines.ends(*edge));
        (key, outlines.area(*edge), forward, *edge)
    };
    let mut keyed: Vec<Keyed> = entries.iter().map(keyed).collect();
    keyed.sort_unstable();
    keyed
}

/// Sets the classes of edges with the same number; they may still be different edges.
fn settle(keyed: &[Keyed], of_edges: &mut [Class], classes: &mut Classes) {
    for same in keyed.chunk_by(|one, other| one.0 == other.0).filter(|same| same.len() > 1) {
        // For each area that has it on one side only: the first of its edges.
        let mut outer: Vec<(Holder, usize)> = Vec::new();
        for own in same.chunk_by(|one, other| one.1 == other.1) {
            let (first, last) = (own[0], own[own.len() - 1]);
            let is_inner = first.2 != last.2;
            let rest = if is_inner { INNER } else { REPEATED };
            own.iter().for_each(|each| of_edges[each.3] = rest);
            if !is_inner {
                outer.push((Holder { area: first.1, is_across: first.2 }, first.3));
            }
        }
        let class = classes.class_of(outer.iter().map(|(holder, _)| *holder).collect());
        outer.iter().for_each(|(_, edge)| of_edges[*edge] = class);
    }
}
