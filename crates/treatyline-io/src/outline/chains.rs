//! Where rings meet. This is searched for in every polygon that is measured, so it must be quick for
//! those that do not.
//!
//! Edges that all go to one side of the map cannot meet. So the rings are cut into such chains. A
//! chain is compared with the next one of its ring as soon as that is known; boxes around chains,
//! around each eight of these boxes and so on show which others come near each other at all.

use std::borrow::Cow;
use std::ops::Range;

use geo::Coord;

use super::{Edge, Meeting, Met, is_joint, meeting};
use crate::outline::Box2;

/// Consecutive edges of a ring that all go to one side of the map.
#[derive(Debug, Clone, Copy)]
struct Chain {
    ring: usize,
    /// The first vertex.
    from: usize,
    edges: u8,
}

/// The most edges in a chain: longer ones would have boxes that hold too much.
const LONGEST: usize = 32;

/// Hardly any outline has fewer edges than this in a chain, on average.
const FEWEST: usize = 4;

/// Boxes in one of the level above.
const BLOCK: usize = 8;

/// The chains of some rings.
struct Chains<'a> {
    rings: &'a [Cow<'a, [Coord]>],
    chains: Vec<Chain>,
    /// Boxes around the chains, around each block of these boxes, and so on up to one block.
    levels: Vec<Vec<Box2>>,
}

/// Takes a meeting, and says whether that is enough.
type Take<'t> = &'t mut dyn FnMut(Met) -> bool;

/// Calls `take` with each place where closed rings meet each other or themselves, other than where
/// edges join, until that is enough.
pub(super) fn search(rings: &[Cow<'_, [Coord]>], take: Take<'_>) {
    if let Some(chains) = Chains::new(rings, take) {
        chains.search(take);
    }
}

impl<'a> Chains<'a> {
    /// The chains of some rings. Calls `take` with the meetings of each with the next one of its
    /// ring; `None` if that is enough.
    fn new(rings: &'a [Cow<'a, [Coord]>], take: Take<'_>) -> Option<Self> {
        let edges: usize = rings.iter().map(|ring| ring.len()).sum();
        let most = edges / FEWEST + rings.len();
        let (mut chains, mut boxes) = (Vec::with_capacity(most), Vec::with_capacity(most));
        for (ring, path) in rings.iter().enumerate() {
            let mut before: Option<Begun> = None;
            let mut from = 0;
            while from + 1 < path.len() {
                let (next, after_first) = Begun::new(ring, path, from);
                if let Some(before) = before
                    && !before.is_clear_of(&next, &after_first, path)
                    && edges_meet(rings, [&before, &next].map(|it| (it.chain, &it.around)), take)
                {
                    return None;
                }
                chains.push(next.chain);
                boxes.push(next.around);
                (from, before) = (next.chain.to(), Some(next));
            }
        }
        if rings.len() > BLOCK {
            (chains, boxes) = side_by_side(&chains, &boxes);
        }
        let mut levels = vec![boxes];
        while let Some(below) = levels.last().filter(|level| level.len() > BLOCK) {
            let around =
                |block: &[Box2]| block.iter().fold(Box2::EMPTY, |all, next| all.around(next));
            levels.push(below.chunks(BLOCK).map(around).collect());
        }
        Some(Self { rings, chains, levels })
    }

    /// Calls `take` with the meetings of chains that do not follow one another.
    fn search(&self, take: Take<'_>) {
        let top = self.levels.len() - 1;
        self.search_boxes(top, 0..self.levels[top].len(), take);
    }

    /// The meetings of what is in some boxes of a level; returns whether that is enough.
    fn search_boxes(&self, level: usize, boxes: Range<usize>, take: Take<'_>) -> bool {
        let all = &self.levels[level];
        for i in boxes.clone() {
            for j in i + 1..boxes.end {
                if all[i].meets(&all[j]) && self.search_two(level, i, j, take) {
                    return true;
                }
            }
        }
        level > 0 && { boxes }.any(|i| self.search_boxes(level - 1, self.within(level, i), take))
    }

    /// The boxes of the level below in one of this level.
    fn within(&self, level: usize, i: usize) -> Range<usize> {
        i * BLOCK..((i + 1) * BLOCK).min(self.levels[level - 1].len())
    }

    /// The meetings of what is in two boxes of a level that meet; returns whether that is enough.
    fn search_two(&self, level: usize, a: usize, b: usize, take: Take<'_>) -> bool {
        let (one, other) = (&self.levels[level][a], &self.levels[level][b]);
        let Some(below) = level.checked_sub(1) else {
            let chains = [self.chains[a], self.chains[b]];
            let is_next = a + 1 == b && chains[0].ring == chains[1].ring;
            return !is_next
                && edges_meet(self.rings, [(chains[0], one), (chains[1], other)], take);
        };
        let common = one.common(other);
        let boxes = &self.levels[below];
        let (ones, others) = (self.within(level, a), self.within(level, b));
        for i in ones.filter(|i| boxes[*i].meets(&common)) {
            for j in others.clone() {
                if boxes[i].meets(&boxes[j]) && self.search_two(below, i, j, take) {
                    return true;
                }
            }
        }
        false
    }
}

/// Chains with their boxes, those of rings near each other together: rings may come in any order,
/// and boxes around rings that are far apart would hold too much. Chains of a ring stay together, in
/// their order.
fn side_by_side(chains: &[Chain], boxes: &[Box2]) -> (Vec<Chain>, Vec<Box2>) {
    let mut rings: Vec<([f64; 2], Range<usize>)> = Vec::new();
    let mut to = 0;
    for of_ring in chains.chunk_by(|one, other| one.ring == other.ring) {
        let from = to;
        to += of_ring.len();
        let around = boxes[from..to].iter().fold(Box2::EMPTY, |all, next| all.around(next));
        let middle = [0, 1].map(|axis| f64::midpoint(around.low[axis], around.high[axis]));
        rings.push((middle, from..to));
    }
    // In strips from west to east, and in each of them from south to north.
    let by = |axis: usize| {
        move |one: &([f64; 2], Range<usize>), other: &([f64; 2], Range<usize>)| {
            one.0[axis].total_cmp(&other.0[axis])
        }
    };
    rings.sort_by(by(0));
    let strip = rings.len().div_ceil(rings.len().div_ceil(BLOCK).isqrt());
    rings.chunks_mut(strip).for_each(|strip| strip.sort_by(by(1)));
    let all = || rings.iter().flat_map(|(_, of_ring)| of_ring.clone());
    (all().map(|i| chains[i]).collect(), all().map(|i| boxes[i]).collect())
}

/// The meetings of the edges of a chain with those of another one, each with its box, which is later
/// if it is of the same ring; returns whether that is enough.
#[inline(never)]
fn edges_meet(
    rings: &[Cow<'_, [Coord]>],
    [(one, of_one), (other, of_other)]: [(Chain, &Box2); 2],
    take: Take<'_>,
) -> bool {
    if one.ring > other.ring {
        return edges_meet(rings, [(other, of_other), (one, of_one)], take);
    }
    let common = of_one.common(of_other);
    let same = one.ring == other.ring;
    let (ring, later) = (&rings[one.ring], &rings[other.ring]);
    let near = near(&later[other.from..=other.to()], &common);
    if near == 0 {
        return false;
    }
    for (i, ends) in (one.from..).zip(ring[one.from..=one.to()].windows(2)) {
        let edge = [ends[0], ends[1]];
        let own = Box2::around_two(edge[0], edge[1]);
        if !own.meets(&common) {
            continue;
        }
        let mut left = near;
        while left != 0 {
            let j = other.from + left.trailing_zeros() as usize;
            left &= left - 1;
            let next = [later[j], later[j + 1]];
            if same && j == i + 1 || !own.meets(&Box2::around_two(next[0], next[1])) {
                continue;
            }
            let met = meeting(edge, next)
                .filter(|met| *met == Meeting::Crossing || !same || !is_joint(ring, i, j));
            let edges = [(one.ring, i), (other.ring, j)].map(|(ring, from)| Edge { ring, from });
            if let Some(meeting) = met
                && take(Met { edges, meeting })
            {
                return true;
            }
        }
    }
    false
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
struct Begun {
    chain: Chain,
    /// The sides to which all of it goes.
    sides: u8,
    /// The boxes around all of it, and all without its last edge.
    around: Box2,
    before_last: Box2,
}

impl Begun {
    /// The chain from a vertex on that is not the last one, and the box without its first edge.
    #[inline(always)]
    fn new(ring: usize, path: &[Coord], from: usize) -> (Self, Box2) {
        let path = &path[from..path.len().min(from + LONGEST + 1)];
        let mut all = sides(path[0], path[1]);
        let mut edges = 1;
        for ends in path[1..].windows(2) {
            let common = all & sides(ends[0], ends[1]);
            if common == 0 {
                break;
            }
            all = common;
            edges += 1;
        }
        let with = |all: Box2, at: &Coord| all.around(&Box2::around_two(*at, *at));
        let between = path[1..edges].iter().fold(Box2::EMPTY, with);
        let (after_first, before_last) = (with(between, &path[edges]), with(between, &path[0]));
        let around = after_first.around(&before_last);
        let chain = Chain { ring, from, edges: edges as u8 };
        (Self { chain, sides: all, around, before_last }, after_first)
    }

    /// Whether it clearly does not meet the next chain of its ring, other than where they join:
    /// mostly only the two edges there come near each other.
    #[inline(always)]
    fn is_clear_of(&self, next: &Self, after_first: &Box2, path: &[Coord]) -> bool {
        let to = self.chain.to();
        let of_last = Box2::around_two(path[to - 1], path[to]);
        let is_clear = (self.chain.edges == 1 || !self.before_last.meets(&next.around))
            && (next.chain.edges == 1 || !of_last.meets(after_first));
        is_clear || self.sides & next.sides != 0
    }
}

impl Chain {
    /// Its last vertex.
    fn to(&self) -> usize {
        self.from + usize::from(self.edges)
    }
}

/// To which of the eight sides of the map an edge goes, each a bit: the east first, then in the order
/// of their azimuths counter-clockwise. All of them if it has no length.
#[inline(always)]
fn sides(a: Coord, b: Coord) -> u8 {
    /// By octant: whether it is in the west, in the south, and nearer to a pole than to the equator.
    const SIDES: [u8; 8] = [
        0b1000_0111,
        0b0011_1100,
        0b1100_0011,
        0b0111_1000,
        0b0000_1111,
        0b0001_1110,
        0b1110_0001,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_goes_to_all_sides_less_than_a_right_angle_away() {
        let at = |degrees: f64| {
            let (y, x) = degrees.to_radians().sin_cos();
            Coord { x, y }
        };
        for degree in (0..360).filter(|degree| degree % 45 != 0) {
            let azimuth = f64::from(degree);
            let expected = (0..8).filter(|side| {
                let apart = (azimuth - 45.0 * f64::from(*side)).rem_euclid(360.0);
                apart.min(360.0 - apart) < 90.0
            });
            let expected: u8 = expected.map(|side| 1 << side).sum();
            assert_eq!(sides(Coord::zero(), at(azimuth)), expected, "{degree}°");
        }
        let of = |x: f64, y: f64| sides(Coord { x: 7.0, y: 7.0 }, Coord { x: 7.0 + x, y: 7.0 + y });
        assert_eq!(of(1.0, 0.0), 0b1000_0011, "east");
        assert_eq!(of(1.0, 1.0), 0b0000_0111, "north-east");
        assert_eq!(of(0.0, -1.0), 0b1110_0000, "south");
        assert_eq!(of(0.0, 0.0), u8::MAX, "nowhere");
    }

    /// Walks on grids of several sizes meet themselves and each other in all ways.
    #[test]
    fn chains_meet_where_their_edges_do() {
        let mut state = 1_u32;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from((state >> 8) % below)
        };
        let (mut with, mut without) = (0, 0);
        for round in 0..2000 {
            let size = [7, 40, 1000][round % 3];
            let mut ring = |corners: usize| -> Cow<'_, [Coord]> {
                let mut at = Coord { x: next(size), y: next(size) };
                let mut path = vec![at];
                for _ in 1..corners {
                    at = at + Coord { x: next(7) - 2.0, y: next(7) - 3.0 };
                    path.push(at);
                }
                path.push(path[0]);
                path.into()
            };
            let rings = [ring(3 + round % 90), ring(3)];
            let mut found = Vec::new();
            search(&rings, &mut |met| {
                found.push(met);
                false
            });
            found.sort_by_key(|met| met.edges);
            assert_eq!(found, of_every_two(&rings));
            *(if found.is_empty() { &mut without } else { &mut with }) += 1;
            let mut asked = 0;
            search(&rings, &mut |_| {
                asked += 1;
                true
            });
            assert_eq!(asked, found.len().min(1), "one is enough");
        }
        assert!(with > 500 && without > 20, "{with} {without}");
    }

    /// The meetings of every two edges.
    fn of_every_two(rings: &[Cow<'_, [Coord]>]) -> Vec<Met> {
        let of_ring = |(ring, path): (usize, &Cow<'_, [Coord]>)| {
            (0..path.len() - 1).map(move |from| Edge { ring, from }).collect::<Vec<_>>()
        };
        let edges: Vec<Edge> = rings.iter().enumerate().flat_map(of_ring).collect();
        let mut found = Vec::new();
        for (i, one) in edges.iter().enumerate() {
            for other in &edges[i + 1..] {
                let (a, b) = (one.ends(rings), other.ends(rings));
                let same = one.ring == other.ring;
                let is_near = Box2::around_two(a[0], a[1]).meets(&Box2::around_two(b[0], b[1]));
                if !is_near || same && other.from == one.from + 1 {
                    continue;
                }
                let met = meeting(a, b).filter(|met| {
                    *met == Meeting::Crossing
                        || !same
                        || !is_joint(&rings[one.ring], one.from, other.from)
                });
                found.extend(met.map(|meeting| Met { edges: [*one, *other], meeting }));
            }
        }
        found
    }
}
