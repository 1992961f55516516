//! Which ring lies in which, and which have places in common.

use std::collections::HashMap;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, Envelope, RTree};

use super::outline::Outline;
use crate::outline::Box2;

/// For each ring, the smallest of the candidates that it lies in.
pub(super) fn homes<'a>(
    outlines: &[Outline<'a>],
    may_be: impl Fn(usize) -> bool,
    holds: fn(&Outline<'a>, &Outline<'a>) -> bool,
) -> Vec<Option<usize>> {
    let tree = tree(outlines.iter().map(|outline| outline.around));
    let sizes: Vec<f64> = outlines.iter().map(|outline| outline.twice_area().abs()).collect();
    let home = |i: usize| {
        // Of two equal rings the first is the outer one.
        let larger = |j: usize| (sizes[j], i) > (sizes[i], j);
        let inner = &outlines[i];
        let corner = Box2 { high: inner.around.low, ..inner.around };
        let mut candidates = meeting(&tree, &corner);
        candidates.retain(|j| *j != i && may_be(*j) && larger(*j) && outlines[*j].may_hold(inner));
        candidates.sort_by(|a, b| sizes[*a].total_cmp(&sizes[*b]).then(b.cmp(a)));
        candidates.into_iter().find(|j| holds(&outlines[*j], inner))
    };
    (0..outlines.len()).map(home).collect()
}

/// Boxes, each with its number.
pub(super) type BoxTree = RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>;

pub(super) fn tree(boxes: impl Iterator<Item = Box2>) -> BoxTree {
    let numbered = boxes
        .enumerate()
        .map(|(i, Box2 { low, high })| GeomWithData::new(Rectangle::from_corners(low, high), i));
    RTree::bulk_load(numbered.collect())
}

/// The numbers of the boxes of a tree that meet another, wherever the antimeridian is.
pub(super) fn meeting(tree: &BoxTree, around: &Box2) -> Vec<usize> {
    let mut found = Vec::new();
    let all = tree.root().envelope();
    for shift in [-360.0, 0.0, 360.0] {
        let Box2 { low, high } = around.moved(shift);
        let corners = AABB::from_corners(low, high);
        if !all.intersects(&corners) {
            continue;
        }
        found.extend(tree.locate_in_envelope_intersecting(&corners).map(|each| each.data));
    }
    // A box 360° wide is found twice.
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether no ring lies in another.
pub(super) fn are_apart(outlines: &[&Outline]) -> bool {
    !any_near_two(outlines, |i, j| outlines[i].holds(outlines[j]) || outlines[j].holds(outlines[i]))
}

/// Which rings are the same as an earlier one; they may begin at another vertex.
pub(super) fn repeats<'a>(outlines: &'a [&'a Outline<'a>]) -> Vec<bool> {
    let Some(first) = outlines.first() else { return Vec::new() };
    let mut known: HashMap<[u64; 4], Vec<&Outline<'a>>> = HashMap::new();
    let is_repeat = |outline: &&'a Outline<'a>| {
        let Box2 { low, high } = outline.around.moved(first.shift_of(outline));
        let key = [low[0], low[1], high[0], high[1]].map(|side| (side + 0.0).to_bits());
        let alike = known.entry(key).or_default();
        let is_repeat = alike.iter().any(|other| other.is_same_as(outline));
        if !is_repeat {
            alike.push(outline);
        }
        is_repeat
    };
    outlines.iter().map(is_repeat).collect()
}

/// The numbers of every two rings that cross each other.
pub(super) fn crossing(outlines: &[&Outline]) -> Vec<[usize; 2]> {
    let mut found = Vec::new();
    any_near_two(outlines, |i, j| {
        if outlines[i].crosses(outlines[j]) {
            found.push([i, j]);
        }
        false
    });
    found
}

/// Whether two rings cross each other.
pub(super) fn any_cross(outlines: &[&Outline]) -> bool {
    any_near_two(outlines, |i, j| outlines[i].crosses(outlines[j]))
}

/// Whether `is_so` holds for any two rings, by their numbers, whose boxes meet.
fn any_near_two(outlines: &[&Outline], mut is_so: impl FnMut(usize, usize) -> bool) -> bool {
    let Some(first) = outlines.first() else { return false };
    let mut boxes: Vec<(Box2, usize)> = outlines
        .iter()
        .enumerate()
        .map(|(i, outline)| (outline.around.moved(first.shift_of(outline)), i))
        .collect();
    // From west to east, so that few others begin before one ends.
    boxes.sort_by(|(one, _), (other, _)| one.low[0].total_cmp(&other.low[0]));
    boxes.iter().enumerate().any(|(n, (around, i))| {
        boxes[n + 1..]
            .iter()
            .take_while(|(other, _)| other.low[0] <= around.high[0])
            .any(|(other, j)| around.meets(other) && is_so(*i, *j))
    })
}
