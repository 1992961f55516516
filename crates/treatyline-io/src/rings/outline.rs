//! A ring, indexed so that it is quickly known what lies in it and what crosses it, even if it has
//! a million vertices.
//!
//! Consecutive edges are near each other, so there are boxes around blocks of them, around blocks
//! of these boxes, and so on. How a block relates to a position or to another ring is mostly clear
//! from its box alone.

use std::borrow::Cow;
use std::ops::Range;

use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};

use crate::outline::{Box2, closed_on_map};

/// Edges in a block, and blocks in one of the level above.
const BLOCK: usize = 16;

/// A ring in the plane of longitude and latitude.
pub(super) struct Outline<'a> {
    pub(super) path: Cow<'a, [Coord]>,
    /// The box around all of it.
    pub(super) around: Box2,
    /// The boxes around blocks of edges, those around blocks of these boxes, and so on while
    /// there are several blocks. Most rings are one block, and have none.
    levels: Vec<Vec<Box2>>,
}

impl<'a> Outline<'a> {
    pub(super) fn new(ring: &'a [Coord]) -> Self {
        let path = closed_on_map(ring);
        let edges = path.len().saturating_sub(1);
        let mut levels = Vec::new();
        if edges > BLOCK {
            let block = |from: usize| Box2::around_path(&path[from..=(from + BLOCK).min(edges)]);
            levels.push((0..edges).step_by(BLOCK).map(block).collect::<Vec<_>>());
        }
        while let Some(below) = levels.last().filter(|level| level.len() > BLOCK) {
            levels.push(below.chunks(BLOCK).map(around_all).collect());
        }
        let around = levels.last().map_or_else(|| Box2::around_path(&path), |top| around_all(top));
        Self { path, around, levels }
    }

    /// Twice its area, positive where it runs counter-clockwise.
    pub(super) fn twice_area(&self) -> f64 {
        let Some(origin) = self.path.first() else { return 0.0 };
        let cross = |ends: &[Coord]| {
            let [a, b] = [ends[0] - *origin, ends[1] - *origin];
            a.x * b.y - a.y * b.x
        };
        self.path.windows(2).map(cross).sum()
    }

    /// By how much another ring's longitudes must be moved to be near its own.
    pub(super) fn shift_of(&self, other: &Self) -> f64 {
        let apart = self.around.middle_lon() - other.around.middle_lon();
        // The usual case, without the cost of rounding.
        if apart.abs() < 180.0 { 0.0 } else { 360.0 * (apart / 360.0).round() }
    }

    /// Whether its box holds another ring's.
    pub(super) fn may_hold(&self, other: &Self) -> bool {
        self.around.holds(&other.around.moved(self.shift_of(other)))
    }

    /// Whether another ring lies in it: one of its positions does or, if all of them are on edges
    /// of this one, one of its edges does, or it is the same ring. So it does not matter where a
    /// ring begins.
    pub(super) fn holds(&self, other: &Self) -> bool {
        if !self.may_hold(other) {
            return false;
        }
        let shift = self.shift_of(other);
        let mut outside = false;
        for at in other.path.iter() {
            match self.place(Coord { x: at.x + shift, y: at.y }) {
                Some(true) => return true,
                Some(false) => outside = true,
                None => {}
            }
        }
        if outside {
            return false;
        }
        let sides = self.sides_of(other);
        sides.within || !sides.outside
    }

    /// The same for rings that may have all their positions in common, but do not cross: whether
    /// the middle of the other one's longest edge lies in it.
    pub(super) fn surrounds(&self, other: &Self) -> bool {
        let shift = self.shift_of(other);
        let middle = other.middle_of_longest();
        let place = middle.and_then(|at| self.place(Coord { x: at.x + shift, y: at.y }));
        place.unwrap_or_else(|| self.holds(other))
    }

    /// The middle of its longest edge.
    fn middle_of_longest(&self) -> Option<Coord> {
        let square = |ends: &[Coord]| {
            let ahead = ends[1] - ends[0];
            ahead.x * ahead.x + ahead.y * ahead.y
        };
        let longest = self.path.windows(2).max_by(|a, b| square(a).total_cmp(&square(b)));
        longest.map(|ends| (ends[0] + ends[1]) / 2.0)
    }

    /// Whether it goes round a position at all; `None` for one on an edge.
    pub(super) fn place(&self, at: Coord) -> Option<bool> {
        Some(self.turns(at)? != 0)
    }

    /// How often it goes round another ring that it does not cross: counter-clockwise minus
    /// clockwise.
    pub(super) fn turns_around(&self, other: &Self) -> i32 {
        if !self.may_hold(other) {
            return 0;
        }
        let shift = self.shift_of(other);
        let turns = |at: Coord| self.turns(Coord { x: at.x + shift, y: at.y });
        let of_middle = other.middle_of_longest().and_then(turns);
        let of_any = || other.path.iter().copied().find_map(turns);
        // All of it on edges: then it is the ring itself or a part of it.
        of_middle.or_else(of_any).unwrap_or(1)
    }

    /// How often it goes round a position, counter-clockwise minus clockwise; `None` for one on an
    /// edge. That is how often it crosses the ray from there to the east northwards, minus how
    /// often southwards.
    fn turns(&self, at: Coord) -> Option<i32> {
        let (mut turns, mut on_edge) = (0, false);
        self.visit(&mut |around, edges| {
            let ([west, south], [east, north]) = (around.low, around.high);
            if at.y < south || north < at.y || east < at.x {
                return false;
            }
            // For consecutive edges it only matters on which side they begin and end.
            let (a, b) = (self.path[edges.start], self.path[edges.end]);
            let northwards = i32::from(b.y > at.y) - i32::from(a.y > at.y);
            if at.x < west {
                turns += northwards;
                return false;
            }
            if edges.len() > 1 {
                return true;
            }
            let side = RobustKernel::orient2d(a, b, at);
            on_edge |= side == Orientation::Collinear;
            if (side == Orientation::CounterClockwise) == (b.y > a.y) {
                turns += northwards;
            }
            false
        });
        (!on_edge).then_some(turns)
    }

    /// Calls `opens` with the boxes around consecutive edges, by their first and last vertices, and
    /// with the content of those for which it returns true, down to single edges.
    pub(super) fn visit(&self, opens: &mut impl FnMut(&Box2, Range<usize>) -> bool) {
        match self.levels.len().checked_sub(1) {
            Some(top) => self.visit_blocks(top, 0..self.levels[top].len(), opens),
            None => self.visit_edges(0, opens),
        }
    }

    fn visit_blocks(
        &self,
        level: usize,
        blocks: Range<usize>,
        opens: &mut impl FnMut(&Box2, Range<usize>) -> bool,
    ) {
        let edges_each: usize = std::iter::repeat_n(BLOCK, level + 1).product();
        for block in blocks {
            let to = ((block + 1) * edges_each).min(self.path.len() - 1);
            if !opens(&self.levels[level][block], block * edges_each..to) {
                continue;
            }
            match level.checked_sub(1) {
                Some(below) => {
                    let from = block * BLOCK;
                    let to = (from + BLOCK).min(self.levels[below].len());
                    self.visit_blocks(below, from..to, opens);
                }
                None => self.visit_edges(block * BLOCK, opens),
            }
        }
    }

    fn visit_edges(&self, from: usize, opens: &mut impl FnMut(&Box2, Range<usize>) -> bool) {
        for i in from..(from + BLOCK).min(self.path.len().saturating_sub(1)) {
            opens(&Box2::around_two(self.path[i], self.path[i + 1]), i..i + 1);
        }
    }
}

fn around_all(boxes: &[Box2]) -> Box2 {
    boxes.iter().fold(Box2::EMPTY, |all, next| all.around(next))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::outline::{Meeting, meetings};

    /// A closed walk on a grid, long enough for blocks of blocks.
    fn walk() -> impl Strategy<Value = Vec<Coord>> {
        let step = (-3_i8..=3, -3_i8..=3);
        proptest::collection::vec(step, 3..700).prop_map(|steps| {
            let mut at = Coord { x: 80.0, y: 0.0 };
            let mut ring: Vec<Coord> = vec![at];
            for (east, north) in steps {
                at = at + Coord { x: 0.1 * f64::from(east), y: 0.1 * f64::from(north) };
                ring.push(at);
            }
            ring.push(ring[0]);
            ring
        })
    }

    /// How often a ring goes round a position, from all of its edges.
    fn turns(ring: &[Coord], at: Coord) -> Option<i32> {
        let mut turns = 0;
        for ends in ring.windows(2) {
            let (a, b) = (ends[0] - at, ends[1] - at);
            let side = a.x * b.y - a.y * b.x;
            let is_within = |a: f64, b: f64| a.min(b) <= 0.0 && 0.0 <= a.max(b);
            if side == 0.0 && is_within(a.x, b.x) && is_within(a.y, b.y) {
                return None;
            }
            turns += i32::from(side > 0.0 && a.y <= 0.0 && b.y > 0.0);
            turns -= i32::from(side < 0.0 && a.y > 0.0 && b.y <= 0.0);
        }
        Some(turns)
    }

    proptest! {
        #[test]
        fn turns_are_those_of_all_edges(ring in walk(), east in -30_i8..30, north in -30_i8..30) {
            // Off the grid, so that rounding decides nothing.
            let off = Coord { x: 0.1 * f64::from(east) + 0.0371, y: 0.1 * f64::from(north) + 0.0173 };
            let at = ring[0] + off;
            let outline = Outline::new(&ring);
            prop_assert_eq!(outline.turns(at), turns(&ring, at));
            // The other way round; and with a turn of the Earth between them.
            let back: Vec<Coord> = ring.iter().rev().copied().collect();
            prop_assert_eq!(Outline::new(&back).turns(at), turns(&ring, at).map(|turns| -turns));
        }

        #[test]
        fn rings_cross_where_meetings_are_found(one in walk(), other in walk(), east in -9_i8..9) {
            let off = Coord { x: f64::from(east) + 0.031, y: 0.017 };
            let other: Vec<Coord> = other.into_iter().map(|at| at + off).collect();
            let met = meetings(&[(&one).into(), (&other).into()], usize::MAX);
            let expected = met.iter().any(|met| {
                met.meeting == Meeting::Crossing && met.edges[0].ring != met.edges[1].ring
            });
            let turned: Vec<Coord> =
                other.iter().map(|at| Coord { x: at.x - 360.0, y: at.y }).collect();
            let [one, other, turned] = [&one, &other, &turned].map(|ring| Outline::new(ring));
            prop_assert_eq!(one.crosses(&other), expected);
            prop_assert_eq!(other.crosses(&one), expected);
            prop_assert_eq!(turned.crosses(&one), expected, "a turn of the Earth away");
        }
    }

    #[test]
    fn a_position_on_an_edge_is_on_no_side() {
        let ring = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]
            .map(|(x, y)| Coord { x, y });
        let outline = Outline::new(&ring);
        let place = |x: f64, y: f64| outline.place(Coord { x, y });
        assert_eq!((place(2.0, 0.0), place(0.0, 0.0), place(4.0, 3.0)), (None, None, None));
        assert_eq!(
            (place(2.0, 2.0), place(5.0, 2.0), place(-1.0, 4.0)),
            (Some(true), Some(false), Some(false))
        );
    }

    #[test]
    fn what_has_no_edges_holds_nothing() {
        let at = [Coord { x: 1.0, y: 1.0 }];
        for ring in [&at[..0], &at[..]] {
            let outline = Outline::new(ring);
            assert_eq!(outline.place(at[0]), Some(false));
            assert!(!outline.crosses(&outline));
        }
    }
}
