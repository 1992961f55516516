//! The order in which meetings are listed: those of edges that are near each other along the outline
//! mostly come first.
//!
//! The outline is cut into runs of edges that share a direction, and two runs are put together, two
//! of these pairs, and so on. Meetings within a part come before those of this part with the next
//! one. Which place is reported as the first depends on this order, so it must stay as it is.

use std::borrow::Cow;
use std::cmp::Ordering;

use geo::Coord;

use super::{Edge, Met};

/// The most edges in a run.
const LONGEST: usize = 16;

/// Puts meetings in order.
pub(super) fn put_in_order(rings: &[Cow<'_, [Coord]>], met: &mut [Met]) {
    let runs = Runs::new(rings);
    let mut keyed: Vec<(Pair, Met)> =
        met.iter().map(|met| (met.edges.map(|edge| runs.number(edge)), *met)).collect();
    keyed.sort_unstable_by(|(one, met), (other, next)| {
        compared(*one, *other).then_with(|| met.edges.cmp(&next.edges))
    });
    for (place, (_, next)) in met.iter_mut().zip(keyed) {
        *place = next;
    }
}

/// The numbers of two runs, the smaller one first.
type Pair = [usize; 2];

/// Which pair of runs comes first: the one in the part that ends first and, where both are in the
/// same part, the one whose own parts come first.
fn compared(one: Pair, other: Pair) -> Ordering {
    // The smallest part with both of a pair: where it ends, and its size in powers of two.
    let part = |[a, b]: Pair| {
        let size = usize::BITS - (a ^ b).leading_zeros();
        (((a >> size) + 1) << size, size)
    };
    let by_first = one[0].cmp(&other[0]);
    let by_second = one[1].cmp(&other[1]);
    let differing = [one[0] ^ other[0], one[1] ^ other[1]].map(usize::leading_zeros);
    let of_parts = if differing[0] <= differing[1] { by_first.then(by_second) } else { by_second };
    part(one).cmp(&part(other)).then(of_parts)
}

/// The runs of some rings.
struct Runs {
    /// The first vertex of each.
    from: Vec<usize>,
    /// The number of the first one of each ring, and of all.
    of_rings: Vec<usize>,
}

impl Runs {
    fn new(rings: &[Cow<'_, [Coord]>]) -> Self {
        let mut runs = Self { from: Vec::new(), of_rings: vec![0] };
        for path in rings {
            let (mut from, mut smooth) = (0, true);
            while from + 1 < path.len() {
                runs.from.push(from);
                let edges = edges_of_run(&path[from..path.len().min(from + LONGEST + 1)], smooth);
                smooth = edges == LONGEST;
                from += edges;
            }
            runs.of_rings.push(runs.from.len());
        }
        runs
    }

    /// The number of the run that an edge is in.
    fn number(&self, edge: Edge) -> usize {
        let first = self.of_rings[edge.ring];
        let of_ring = &self.from[first..self.of_rings[edge.ring + 1]];
        first + of_ring.partition_point(|from| *from <= edge.from) - 1
    }
}

/// How many edges at the beginning of a path share a direction, at least one. If the path is smooth,
/// it is first checked whether all of them go to one side of the map; otherwise their directions are
/// compared one by one.
fn edges_of_run(path: &[Coord], smooth: bool) -> usize {
    if smooth && is_one_way(path) {
        return path.len() - 1;
    }
    let mut spread = Spread::new(path[1] - path[0]);
    let mut edges = 1;
    for ends in path[1..].windows(2) {
        let Some(wider) = spread.with(ends[1] - ends[0]) else { break };
        spread = wider;
        edges += 1;
    }
    edges
}

/// Whether all edges of a path go to the east, or to the west, north or south.
fn is_one_way(path: &[Coord]) -> bool {
    let (mut east, mut west, mut north, mut south) = (true, true, true, true);
    for ends in path.windows(2) {
        let (a, b) = (ends[0], ends[1]);
        east &= a.x < b.x;
        west &= a.x > b.x;
        north &= a.y < b.y;
        south &= a.y > b.y;
    }
    east | west | north | south
}

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
}

/// Whether two directions are less than a right angle apart.
fn is_alike(a: Coord, b: Coord) -> bool {
    a.x * b.x + a.y * b.y > 0.0
}

#[cfg(test)]
mod tests {
    use super::super::Meeting;
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

    #[test]
    fn what_is_near_along_the_outline_comes_first() {
        // A way round and round: each two of its edges are a run, and go on to the next side.
        let corners = [(0, 0), (9, 0), (9, 9), (1, 9), (1, 1), (8, 1), (8, 8), (2, 8), (2, 2)];
        let path: Vec<Coord> =
            corners.iter().map(|(x, y)| Coord { x: f64::from(*x), y: f64::from(*y) }).collect();
        let rings = [path.into()];
        assert_eq!(Runs::new(&rings).from, [0, 2, 4, 6]);
        let met = |one: usize, other: usize| {
            let edges = [one, other].map(|from| Edge { ring: 0, from });
            Met { edges, meeting: Meeting::Touching }
        };
        let ordered = [(1, 2), (4, 6), (4, 7), (0, 4), (1, 4), (0, 6), (2, 4), (3, 7)]
            .map(|(a, b)| met(a, b));
        for turn in 0..ordered.len() {
            let mut found = ordered;
            found.rotate_left(turn);
            put_in_order(&rings, &mut found);
            assert_eq!(found, ordered);
        }
    }
}
