//! Whether rings meet nowhere, for the many that do not: quick, but it does not say where.
//!
//! Edges that all go to one side of the map cannot meet. So the rings are cut into such chains;
//! boxes around them, around each eight of these boxes and so on show which of them come near each
//! other at all.

use std::borrow::Cow;
use std::ops::Range;

use geo::Coord;

use super::{Meeting, is_joint, meeting};
use crate::outline::Box2;

/// Consecutive edges of a ring that all go to one side of the map.
#[derive(Debug, Clone, Copy)]
struct Chain {
    ring: u32,
    /// The first vertex and the last one.
    from: u32,
    to: u32,
}

/// The most edges in a chain: longer ones would have boxes that hold too much.
const LONGEST: usize = 32;

/// About the number of edges in a chain.
const EXPECTED: usize = 6;

/// Boxes in one of the level above.
const BLOCK: usize = 8;

/// The chains of some rings.
struct Chains<'a> {
    rings: &'a [Cow<'a, [Coord]>],
    chains: Vec<Chain>,
    /// Boxes around the chains, around each block of these boxes, and so on up to one block.
    levels: Vec<Vec<Box2>>,
}

/// Whether closed rings meet neither each other nor themselves, other than where edges join.
pub(super) fn meet_nowhere(rings: &[Cow<'_, [Coord]>]) -> bool {
    Chains::new(rings).is_some_and(|chains| chains.others_are_apart())
}

impl<'a> Chains<'a> {
    /// The chains of some rings; `None` if one of them meets the next one of its ring.
    fn new(rings: &'a [Cow<'a, [Coord]>]) -> Option<Self> {
        let edges: usize = rings.iter().map(|ring| ring.len()).sum();
        let expected = edges / EXPECTED + rings.len();
        let (mut chains, mut boxes) = (Vec::with_capacity(expected), Vec::with_capacity(expected));
        for (ring, path) in (0..).zip(rings) {
            let mut before: Option<Begun<'_>> = None;
            let mut from = 0;
            while from + 1 < path.len() {
                let (next, after_first) =
                    Begun::new(&path[from..path.len().min(from + LONGEST + 1)]);
                if before.is_some_and(|before| !before.is_apart_from(&next, &after_first)) {
                    return None;
                }
                let to = from + next.path.len() - 1;
                chains.push(Chain { ring, from: from as u32, to: to as u32 });
                boxes.push(next.around);
                (from, before) = (to, Some(next));
            }
        }
        let mut levels = vec![boxes];
        while let Some(below) = levels.last().filter(|level| level.len() > BLOCK) {
            let around = |block: &[Box2]| block.iter().fold(Box2::EMPTY, |all, next| all.around(next));
            levels.push(below.chunks(BLOCK).map(around).collect());
        }
        Some(Self { rings, chains, levels })
    }

    /// Whether no chain meets any that is not the next one.
    fn others_are_apart(&self) -> bool {
        let top = self.levels.len() - 1;
        self.are_apart(top, 0..self.levels[top].len())
    }

    /// Whether what is in different boxes of a level is apart, and what is in each of them.
    fn are_apart(&self, level: usize, boxes: Range<usize>) -> bool {
        let all = &self.levels[level];
        for i in boxes.clone() {
            for j in i + 1..boxes.end {
                if all[i].meets(&all[j]) && !self.two_are_apart(level, i, j) {
                    return false;
                }
            }
        }
        level == 0 || { boxes }.all(|i| self.are_apart(level - 1, self.within(level, i)))
    }

    /// The boxes of the level below in one of this level.
    fn within(&self, level: usize, i: usize) -> Range<usize> {
        i * BLOCK..((i + 1) * BLOCK).min(self.levels[level - 1].len())
    }

    /// Whether what is in two boxes of a level that meet is apart.
    fn two_are_apart(&self, level: usize, a: usize, b: usize) -> bool {
        let Some(below) = level.checked_sub(1) else {
            let is_next = a + 1 == b && self.chains[a].ring == self.chains[b].ring;
            return is_next || self.edges_are_apart(a, b);
        };
        let (one, other) = (&self.levels[level][a], &self.levels[level][b]);
        let common = one.common(other);
        let boxes = &self.levels[below];
        let (ones, others) = (self.within(level, a), self.within(level, b));
        for i in ones {
            if !boxes[i].meets(&common) {
                continue;
            }
            for j in others.clone() {
                if boxes[i].meets(&boxes[j]) && !self.two_are_apart(below, i, j) {
                    return false;
                }
            }
        }
        true
    }

    /// Whether no edge of a chain meets one of a later chain.
    fn edges_are_apart(&self, a: usize, b: usize) -> bool {
        let (one, other) = (self.chains[a], self.chains[b]);
        let common = self.levels[0][a].common(&self.levels[0][b]);
        let same = one.ring == other.ring;
        let (ring, later) = (&self.rings[one.ring as usize], &self.rings[other.ring as usize]);
        let near = near(&later[other.from as usize..=other.to as usize], &common);
        let from = one.from as usize;
        for (i, ends) in (from..).zip(ring[from..=one.to as usize].windows(2)) {
            let own = Box2::around_two(ends[0], ends[1]);
            if !own.meets(&common) {
                continue;
            }
            let mut left = near;
            while left != 0 {
                let j = other.from as usize + left.trailing_zeros() as usize;
                left &= left - 1;
                if same && j == i + 1 || !own.meets(&Box2::around_two(later[j], later[j + 1])) {
                    continue;
                }
                let met = meeting([ends[0], ends[1]], [later[j], later[j + 1]]);
                if met.is_some_and(|met| met == Meeting::Crossing || !same || !is_joint(ring, i, j)) {
                    return false;
                }
            }
        }
        true
    }
}

/// Which edges of a path come into a box, each a bit.
#[inline(always)]
fn near(path: &[Coord], around: &Box2) -> u32 {
    let of_edge = |(i, ends): (u32, &[Coord])| {
        u32::from(Box2::around_two(ends[0], ends[1]).meets(around)) << i
    };
    (0..).zip(path.windows(2)).map(of_edge).fold(0, |all, edge| all | edge)
}

/// A chain while the next one is looked for.
#[derive(Clone, Copy)]
struct Begun<'a> {
    path: &'a [Coord],
    sides: u8,
    /// The boxes around all of it, and all without its last edge.
    around: Box2,
    before_last: Box2,
}

impl<'a> Begun<'a> {
    /// The chain that a path of one edge or more begins with, and the box without its first edge.
    #[inline(always)]
    fn new(path: &'a [Coord]) -> (Self, Box2) {
        let mut all = sides(path[0], path[1]);
        let mut last = 1;
        for ends in path[1..].windows(2) {
            let common = all & sides(ends[0], ends[1]);
            if common == 0 {
                break;
            }
            all = common;
            last += 1;
        }
        let point = |i: usize| Box2::around_two(path[i], path[i]);
        let between = path[1..last].iter().fold(Box2::EMPTY, |all, at| all.around(&Box2::around_two(*at, *at)));
        let (after_first, before_last) = (between.around(&point(last)), between.around(&point(0)));
        let around = after_first.around(&before_last);
        (Self { path: &path[..=last], sides: all, around, before_last }, after_first)
    }

    /// Whether it does not meet the next chain other than where they join.
    #[inline(always)]
    fn is_apart_from(&self, next: &Self, after_first: &Box2) -> bool {
        let last = self.path.len() - 2;
        let of_last = Box2::around_two(self.path[last], self.path[last + 1]);
        let is_clear = (last == 0 || !self.before_last.meets(&next.around))
            && (next.path.len() == 2 || !of_last.meets(after_first));
        is_clear || self.sides & next.sides != 0 || self.edges_are_apart_from(next)
    }

    #[inline(never)]
    fn edges_are_apart_from(&self, next: &Self) -> bool {
        let common = self.around.common(&next.around);
        let near = near(next.path, &common);
        for (i, ends) in self.path.windows(2).enumerate() {
            let own = Box2::around_two(ends[0], ends[1]);
            if !own.meets(&common) {
                continue;
            }
            let mut left = if i + 2 == self.path.len() { near & !1 } else { near };
            while left != 0 {
                let j = left.trailing_zeros() as usize;
                left &= left - 1;
                if !own.meets(&Box2::around_two(next.path[j], next.path[j + 1])) {
                    continue;
                }
                if meeting([ends[0], ends[1]], [next.path[j], next.path[j + 1]]).is_some() {
                    return false;
                }
            }
        }
        true
    }
}

/// To which of the eight sides of the map an edge goes, each a bit: the east first, then in the order
/// of their azimuths counter-clockwise. All of them if it has no length.
#[inline(always)]
fn sides(a: Coord, b: Coord) -> u8 {
    /// By octant: whether it is in the west, in the south, and nearer to a pole than to the equator.
    const SIDES: [u8; 8] = [
        0b1000_0111, 0b0011_1100, 0b1100_0011, 0b0111_1000, 0b0000_1111, 0b0001_1110, 0b1110_0001,
        0b1111_0000,
    ];
    let (x, y) = (b.x - a.x, b.y - a.y);
    let steeper = y.abs() - x.abs();
    if x * y * steeper == 0.0 {
        return sides_of_straight(a, b);
    }
    // Rounding keeps the order of numbers, so each of the three signs is right.
    let sign = |value: f64| (value.to_bits() >> 63) as usize;
    SIDES[sign(x) | sign(y) << 1 | sign(-steeper) << 2]
}

/// The same for an edge that may run along a meridian, a parallel or midway between.
#[cold]
fn sides_of_straight(a: Coord, b: Coord) -> u8 {
    if a == b {
        return u8::MAX;
    }
    let places = |at: Coord| [at.x, at.x + at.y, at.y, at.y - at.x];
    let side = |(i, (from, to)): (usize, (f64, f64))| {
        u8::from(from < to) << i | u8::from(from > to) << (i + 4)
    };
    places(a).into_iter().zip(places(b)).enumerate().map(side).fold(0, |all, side| all | side)
}
