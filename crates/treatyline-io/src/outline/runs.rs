//! Runs of edges that cannot meet themselves, and the tree of boxes around them.

use std::borrow::Cow;

use geo::Coord;

use super::{Edge, Meeting, Met, is_joint, meeting};
use crate::outline::Box2;

/// The most edges in a run: longer ones would have boxes that hold too much.
const LONGEST: u8 = 16;

/// The directions of some edges that lie within less than half of a turn: the one that is
/// farthest to the right, and the one farthest to the left. Edges of no length have none.
#[derive(Debug, Clone, Copy)]
struct Spread {
    right: Coord,
    left: Coord,
}

/// The margin that is kept below half of a turn, as a sine: some ten times the rounding error of
/// directions.
const SPARE: f64 = 1e-14;

impl Spread {
    const fn new(ahead: Coord) -> Self {
        Self { right: ahead, left: ahead }
    }

    /// With one more direction; `None` if that makes half of a turn or more.
    fn with(self, ahead: Coord) -> Option<Self> {
        let Self { right, left } = self;
        let over_left = left.x * ahead.y - left.y * ahead.x;
        let over_right = right.x * ahead.y - right.y * ahead.x;
        if over_left <= 0.0 && over_right >= 0.0 {
            return if is_alike(left, ahead) || is_alike(right, ahead) {
                Some(self)
            } else {
                self.with_doubtful(ahead)
            };
        }
        let is_less =
            |over: f64, a: Coord, b: Coord| over > SPARE * ((a.x * b.y).abs() + (a.y * b.x).abs());
        if over_left > 0.0 && is_less(over_right, right, ahead) {
            Some(Self { left: ahead, ..self })
        } else if over_right < 0.0 && is_less(-over_left, ahead, left) {
            Some(Self { right: ahead, ..self })
        } else {
            None
        }
    }

    /// With a direction that may have no length, or be the first one.
    fn with_doubtful(self, ahead: Coord) -> Option<Self> {
        let is_none = |at: Coord| at.x == 0.0 && at.y == 0.0;
        if is_none(ahead) { Some(self) } else { is_none(self.left).then(|| Self::new(ahead)) }
    }

    /// Whether two together are within less than half of a turn, if both are known.
    fn joined(one: Option<Self>, other: Option<Self>) -> Option<bool> {
        let (one, other) = one.zip(other)?;
        Some(one.with(other.right).and_then(|both| both.with(other.left)).is_some())
    }
}

/// Whether two directions are less than a right angle apart.
fn is_alike(a: Coord, b: Coord) -> bool {
    a.x * b.x + a.y * b.y > 0.0
}

/// Consecutive edges that share a direction: their ring, the first vertex, and their number.
#[derive(Debug, Clone, Copy)]
struct Run {
    ring: usize,
    from: usize,
    edges: u8,
    /// The directions of east, west, north and south in which all edges go.
    ways: u8,
    /// Whether they share a direction with the run before, if that has been checked.
    joins: Option<bool>,
}

/// The runs of some rings.
pub(super) struct Runs<'a> {
    rings: &'a [Cow<'a, [Coord]>],
    runs: Vec<Run>,
    /// Boxes of the runs, of two of these boxes each, and so on up to one.
    boxes: Vec<Box2>,
    /// Where in them each level begins.
    levels: Vec<usize>,
}

/// Takes a meeting, and says whether that is enough.
type Take<'t> = &'t mut dyn FnMut(Met) -> bool;

impl<'a> Runs<'a> {
    pub(super) fn new(rings: &'a [Cow<'a, [Coord]>]) -> Self {
        let edges: usize = rings.iter().map(|ring| ring.len()).sum();
        // A jagged line has more runs; but room that is not used also costs time.
        let expected = edges / usize::from(LONGEST) + rings.len();
        let mut runs = Vec::with_capacity(expected);
        let mut boxes = Vec::with_capacity(2 * expected);
        for (ring, path) in rings.iter().enumerate() {
            let (mut from, mut smooth, mut before) = (0, true, None);
            while from + 1 < path.len() {
                let (mut run, around, spread) = Run::new(ring, path, from, smooth);
                run.joins = Spread::joined(before, spread);
                smooth = run.edges == LONGEST;
                (from, before) = (run.to(), spread);
                runs.push(run);
                boxes.push(around);
            }
        }
        let mut levels = vec![0];
        let mut begin = 0;
        while boxes.len() - begin > 1 {
            let end = boxes.len();
            for i in (begin..end).step_by(2) {
                let around = if i + 1 < end { boxes[i].around(&boxes[i + 1]) } else { boxes[i] };
                boxes.push(around);
            }
            begin = end;
            levels.push(begin);
        }
        Self { rings, runs, boxes, levels }
    }

    /// Calls `take` with each meeting, until that is enough.
    pub(super) fn search(&self, take: Take<'_>) {
        self.within(self.levels.len() - 1, 0, take);
    }

    fn children(&self, level: usize, i: usize) -> std::ops::Range<usize> {
        let count = self.levels[level] - self.levels[level - 1];
        2 * i..(2 * i + 2).min(count)
    }

    /// The meetings within a box of a level; returns whether that is enough.
    fn within(&self, level: usize, i: usize, take: Take<'_>) -> bool {
        // A run does not meet itself.
        let Some(below) = level.checked_sub(1) else { return false };
        let children = self.children(level, i);
        let (first, last) = (children.start, children.end - 1);
        self.within(below, first, take)
            || first < last
                && (self.within(below, last, take) || self.between(below, first, last, take))
    }

    /// The meetings of one box of a level with another, later one; returns whether that is enough.
    fn between(&self, level: usize, a: usize, b: usize, take: Take<'_>) -> bool {
        let boxes = &self.boxes[self.levels[level]..];
        if !boxes[a].meets(&boxes[b]) {
            return false;
        }
        let Some(below) = level.checked_sub(1) else { return self.edges(a, b, take) };
        let (ones, others) = (self.children(level, a), self.children(level, b));
        { ones }.any(|i| others.clone().any(|j| self.between(below, i, j, take)))
    }

    /// Checks every two edges of two runs that can meet; returns whether that is enough.
    fn edges(&self, a: usize, b: usize, take: Take<'_>) -> bool {
        let (Some(one), Some(other)) = (self.runs.get(a), self.runs.get(b)) else { return false };
        let same = one.ring == other.ring;
        if same && one.to() == other.from && self.are_one_way(one, other) {
            return false;
        }
        let common = self.boxes[a].common(&self.boxes[b]);
        let (ring, later) = (&self.rings[one.ring], &self.rings[other.ring]);
        let of_edge = |path: &[Coord], i: usize| Box2::around_two(path[i], path[i + 1]);
        for i in one.from..one.to() {
            let own = of_edge(ring, i);
            if !own.meets(&common) {
                continue;
            }
            for j in other.from..other.to() {
                if same && j == i + 1 || !own.meets(&of_edge(later, j)) {
                    continue;
                }
                let (edge, next) = ([ring[i], ring[i + 1]], [later[j], later[j + 1]]);
                let met = meeting(edge, next)
                    .filter(|met| *met == Meeting::Crossing || !same || !is_joint(ring, i, j));
                let edges =
                    [(one.ring, i), (other.ring, j)].map(|(ring, from)| Edge { ring, from });
                if let Some(meeting) = met
                    && take(Met { edges, meeting })
                {
                    return true;
                }
            }
        }
        false
    }
}

impl Runs<'_> {
    /// Whether two consecutive runs share a direction.
    fn are_one_way(&self, one: &Run, other: &Run) -> bool {
        let together = || {
            let edges = self.rings[one.ring][one.from..=other.to()].windows(2);
            let none = Spread::new(Coord::zero());
            { edges }.try_fold(none, |all, ends| all.with(ends[1] - ends[0])).is_some()
        };
        one.ways & other.ways != 0 || other.joins.unwrap_or_else(together)
    }
}

impl Run {
    /// The edges from a vertex on that share a direction, at least one, and their box. If the path
    /// is smooth, it is first checked whether the next edges all go to one side of the map;
    /// otherwise their directions are compared one by one.
    fn new(ring: usize, path: &[Coord], from: usize, smooth: bool) -> (Self, Box2, Option<Spread>) {
        let last = (from + usize::from(LONGEST)).min(path.len() - 1);
        let next = &path[from..=last];
        if smooth {
            let (ways, around) = ways(next);
            if ways != 0 {
                let edges = u8::try_from(next.len() - 1).unwrap_or(LONGEST);
                return (Self { ring, from, edges, ways, joins: None }, around, None);
            }
        }
        let mut spread = Spread::new(next[1] - next[0]);
        let mut around = Box2::around_two(next[0], next[1]);
        let mut run = Self { ring, from, edges: 1, ways: 0, joins: None };
        for ends in next[1..].windows(2) {
            let Some(wider) = spread.with(ends[1] - ends[0]) else { break };
            spread = wider;
            run.edges += 1;
            around = around.around(&Box2::around_two(ends[1], ends[1]));
        }
        (run, around, Some(spread))
    }

    /// Its last vertex.
    fn to(&self) -> usize {
        self.from + usize::from(self.edges)
    }
}

/// Which of east, west, north and south all edges of a path go to, and its box.
fn ways(path: &[Coord]) -> (u8, Box2) {
    let mut around = Box2::around_two(path[0], path[0]);
    let (mut east, mut west, mut north, mut south) = (true, true, true, true);
    for ends in path.windows(2) {
        let (a, b) = (ends[0], ends[1]);
        east &= a.x < b.x;
        west &= a.x > b.x;
        north &= a.y < b.y;
        south &= a.y > b.y;
        around = around.around(&Box2::around_two(b, b));
    }
    let ways = u8::from(east) | u8::from(west) << 1 | u8::from(north) << 2 | u8::from(south) << 3;
    (ways, around)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(degrees: f64) -> Coord {
        let (y, x) = degrees.to_radians().sin_cos();
        Coord { x, y }
    }

    #[test]
    fn directions_within_half_a_turn_make_a_run() {
        for turn in 0..24 {
            let all = |directions: &[f64]| {
                let turned = directions.iter().map(|d| at(d + 15.0 * f64::from(turn)));
                { turned }.try_fold(Spread::new(Coord::zero()), |all, next| all.with(next))
            };
            assert!(all(&[0.0, 100.0, 179.0, 90.0, 1.0]).is_some());
            assert!(all(&[90.0, 0.0, 179.0]).is_some());
            let one = at(15.0 * f64::from(turn));
            assert!(Spread::new(one).with(-one).is_none());
            assert!(all(&[0.0, 100.0, 181.0]).is_none());
            assert!(all(&[0.0, 120.0, 240.0]).is_none());
        }
    }
}
