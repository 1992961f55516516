//! Whether the outline of a polygon meets itself, asked of every polygon that is measured:
//! quick where it does not.
//!
//! A path whose edges all go some way in one direction cannot meet itself. So the outline is
//! cut into such runs of edges; boxes around them, in a tree over the outline as it runs, show
//! which of them can meet at all.

use std::borrow::Cow;

use geo::Coord;

/// The most edges in a run: longer ones would have boxes that hold too much.
const LONGEST: usize = 16;

/// A closed ring whose longitudes do not jump at the antimeridian. One around a pole is
/// closed along its first meridian and the pole it lies nearer to, as maps do with an edge of
/// 360° along the pole, which is kept.
pub(crate) fn closed_on_map(ring: &[Coord]) -> Cow<'_, [Coord]> {
    let along_pole = |a: &Coord, b: &Coord| a.y.abs() == 90.0 && a.y == b.y;
    let jumps = |ends: &[Coord]| {
        let ahead = ends[1].x - ends[0].x;
        ahead.abs() > 180.0 && !along_pole(&ends[0], &ends[1])
    };
    if !ring.windows(2).any(jumps) && ring.first().map(|at| at.x) == ring.last().map(|at| at.x) {
        return Cow::Borrowed(ring);
    }
    let mut turn = 0.0;
    let mut path: Vec<Coord> = ring.first().copied().into_iter().collect();
    for ends in ring.windows(2) {
        if jumps(ends) {
            turn -= 360.0 * ((ends[1].x - ends[0].x) / 360.0).round();
        }
        path.push(Coord { x: ends[1].x + turn, y: ends[1].y });
    }
    if let (Some(first), Some(last)) = (path.first().copied(), path.last().copied())
        && (last.x - first.x).abs() > 180.0
    {
        let pole = if ring.iter().map(|at| at.y).sum::<f64>() < 0.0 { -90.0 } else { 90.0 };
        path.extend([last.x, first.x].map(|x| Coord { x, y: pole }));
        path.push(first);
    }
    Cow::Owned(path)
}

/// How edges meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meeting {
    /// One goes from one side of the other to its other side.
    Crossing,
    /// A ring touches itself.
    Touching,
}

/// The first place found where closed rings cross each other or one meets itself, other than
/// where edges join; a crossing, if there is one and all are wanted.
pub(crate) fn first_meeting(rings: &[Cow<'_, [Coord]>], any: bool) -> Option<(Coord, Meeting)> {
    // Three edges cannot cross each other.
    if let [ring] = rings
        && ring.len() <= 4
    {
        return None;
    }
    let mut found = None;
    Runs::new(rings).search(&mut |at, meeting| {
        if found.is_none() || meeting == Meeting::Crossing {
            found = Some((at, meeting));
        }
        any || meeting == Meeting::Crossing
    });
    found
}

/// For each way an edge can lie, by five comparisons, the directions it goes in, of sixteen.
const WAYS: [u16; 32] = {
    let mut ways = [0; 32];
    let mut i = 0;
    while i < 32 {
        // Which of the four sectors of its quadrant, counted from the east or the west.
        let in_quadrant = (i >> 2 & 1) + (i >> 3 & 1) + (i >> 4 & 1);
        let sector = match i & 3 {
            0b00 => in_quadrant,
            0b01 => 7 - in_quadrant,
            0b11 => 8 + in_quadrant,
            _ => 15 - in_quadrant,
        };
        // Direction k is that at which sector k begins. Of those within a right angle of all of
        // sector s, which are s - 3 to s + 4, the first and the last are left out, for rounding.
        ways[i as usize] = 0b11_1111_u16.rotate_left((sector + 14) % 16);
        i += 1;
    }
    ways
};

/// The directions, of sixteen, that an edge goes in; all, if it has no length.
fn ways(a: Coord, b: Coord) -> u16 {
    /// The tangent of 22.5°.
    const TAN: f64 = 0.414_213_562_373_095_1;
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (wide, high) = (dx.abs(), dy.abs());
    let bits = usize::from(dx < 0.0)
        | usize::from(dy < 0.0) << 1
        | usize::from(high > TAN * wide) << 2
        | usize::from(high > wide) << 3
        | usize::from(TAN * high > wide) << 4;
    WAYS[bits] | if wide + high == 0.0 { u16::MAX } else { 0 }
}

/// A box in longitude and latitude.
#[derive(Debug, Clone, Copy)]
struct Box2 {
    low: [f64; 2],
    high: [f64; 2],
}

// Not `f64::min`, which looks for NaN; there is none here.
const fn least(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

const fn most(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

impl Box2 {
    const fn of(a: Coord, b: Coord) -> Self {
        let (low, high) = ([least(a.x, b.x), least(a.y, b.y)], [most(a.x, b.x), most(a.y, b.y)]);
        Self { low, high }
    }

    const fn around(&self, other: &Self) -> Self {
        let ([a, b], [c, d]) = (self.low, other.low);
        let ([e, f], [g, h]) = (self.high, other.high);
        Self { low: [least(a, c), least(b, d)], high: [most(e, g), most(f, h)] }
    }

    /// What two have in common, if they meet.
    const fn common(&self, other: &Self) -> Self {
        let ([a, b], [c, d]) = (self.low, other.low);
        let ([e, f], [g, h]) = (self.high, other.high);
        Self { low: [most(a, c), most(b, d)], high: [least(e, g), least(f, h)] }
    }

    const fn meets(&self, other: &Self) -> bool {
        (self.low[0] <= other.high[0])
            & (other.low[0] <= self.high[0])
            & (self.low[1] <= other.high[1])
            & (other.low[1] <= self.high[1])
    }
}

/// Edges one behind the other that share a direction: their ring, the first and the last
/// vertex.
#[derive(Debug, Clone, Copy)]
struct Run {
    ring: usize,
    from: usize,
    to: usize,
    ways: u16,
}

struct Runs<'a> {
    rings: &'a [Cow<'a, [Coord]>],
    runs: Vec<Run>,
    /// Boxes of the runs, of two of these boxes each, and so on up to one.
    levels: Vec<Vec<Box2>>,
}

/// What takes a meeting, and says whether that is enough.
type Take<'t> = &'t mut dyn FnMut(Coord, Meeting) -> bool;

impl<'a> Runs<'a> {
    fn new(rings: &'a [Cow<'a, [Coord]>]) -> Self {
        let (mut runs, mut boxes) = (Vec::new(), Vec::new());
        for (ring, path) in rings.iter().enumerate() {
            let mut from = 0;
            while from + 1 < path.len() {
                let (run, around) = Run::new(ring, path, from);
                from = run.to;
                runs.push(run);
                boxes.push(around);
            }
        }
        let mut levels = vec![boxes];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let around = |few: &[Box2]| few.iter().copied().reduce(|a, b| a.around(&b));
            levels.push(below.chunks(2).filter_map(around).collect());
        }
        Self { rings, runs, levels }
    }

    fn search(&self, take: Take) {
        // A level and two boxes of it that meet, the first not behind the second.
        let mut open = vec![(self.levels.len() - 1, 0, 0)];
        while let Some((level, a, b)) = open.pop() {
            let Some(below) = level.checked_sub(1) else {
                if self.edges(a, b, take) {
                    return;
                }
                continue;
            };
            let boxes = &self.levels[below];
            let of = |i: usize| 2 * i..(2 * i + 2).min(boxes.len());
            for i in of(a) {
                for j in of(b).filter(|j| *j >= i) {
                    // A run does not meet itself.
                    let same = i == j;
                    if (same && below > 0) || (!same && boxes[i].meets(&boxes[j])) {
                        open.push((below, i, j));
                    }
                }
            }
        }
    }

    /// Looks at every two edges of two runs that can meet; whether that is enough.
    fn edges(&self, a: usize, b: usize, take: Take) -> bool {
        let (Some(one), Some(other)) = (self.runs.get(a), self.runs.get(b)) else { return false };
        let same = one.ring == other.ring;
        if same && one.to == other.from && one.ways & other.ways != 0 {
            return false;
        }
        let common = self.levels[0][a].common(&self.levels[0][b]);
        let (ring, later) = (&self.rings[one.ring], &self.rings[other.ring]);
        let within = |path: &[Coord], i: &usize| Box2::of(path[*i], path[*i + 1]).meets(&common);
        for i in (one.from..one.to).filter(|i| within(ring, i)) {
            for j in (other.from..other.to).filter(|j| within(later, j)) {
                if same && j == i + 1 {
                    continue;
                }
                let (edge, next) = ([ring[i], ring[i + 1]], [later[j], later[j + 1]]);
                let met = meeting(edge, next)
                    .filter(|met| *met == Meeting::Crossing || same && !is_joint(ring, i, j));
                if let Some(met) = met
                    && take(place(edge, next), met)
                {
                    return true;
                }
            }
        }
        false
    }
}

impl Run {
    /// As many edges from a vertex on as share a direction, at least one, and their box.
    fn new(ring: usize, path: &[Coord], from: usize) -> (Self, Box2) {
        let mut to = from + 1;
        let mut common = ways(path[from], path[to]);
        let mut around = Box2::of(path[from], path[to]);
        while to + 1 < path.len() && to - from < LONGEST {
            let next = common & ways(path[to], path[to + 1]);
            if next == 0 {
                break;
            }
            common = next;
            to += 1;
            around = around.around(&Box2::of(path[to], path[to]));
        }
        (Self { ring, from, to, ways: common }, around)
    }
}

/// Whether two edges of a ring, by their first vertices, follow one another, perhaps with
/// repeated vertices between, or where the ring closes.
fn is_joint(ring: &[Coord], i: usize, j: usize) -> bool {
    let follows = |end: usize, begin: usize| ring[end..=begin].iter().all(|at| *at == ring[end]);
    let last = ring.len() - 1;
    let closes = |i: usize, j: usize| {
        ring[..=i].iter().all(|at| *at == ring[0])
            && ring[j + 1..=last].iter().all(|at| *at == ring[0])
    };
    // Edges of no length are as good as not there.
    ring[i] == ring[i + 1] || ring[j] == ring[j + 1] || follows(i + 1, j) || closes(i, j)
}

/// How two edges meet, if they do. One that ends on the other touches it.
fn meeting([a, b]: [Coord; 2], [c, d]: [Coord; 2]) -> Option<Meeting> {
    if !Box2::of(a, b).meets(&Box2::of(c, d)) {
        return None;
    }
    let side = |p: Coord, q: Coord, r: Coord| (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    let of_edge = side(a, b, c) * side(a, b, d);
    let of_other = side(c, d, a) * side(c, d, b);
    if of_edge > 0.0 || of_other > 0.0 {
        None
    } else if of_edge < 0.0 && of_other < 0.0 {
        Some(Meeting::Crossing)
    } else {
        Some(Meeting::Touching)
    }
}

/// Where two edges that meet do so; of those that touch, an end of one.
fn place([a, b]: [Coord; 2], [c, d]: [Coord; 2]) -> Coord {
    let (along, other) = ((b.x - a.x, b.y - a.y), (d.x - c.x, d.y - c.y));
    let over = along.0 * other.1 - along.1 * other.0;
    let share = ((c.x - a.x) * other.1 - (c.y - a.y) * other.0) / over;
    if share.is_finite() {
        let share = share.clamp(0.0, 1.0);
        return Coord { x: a.x + share * along.0, y: a.y + share * along.1 };
    }
    // Along each other: an end of one that lies within the other.
    let within = |p: &Coord| {
        let between = |v: f64, r: f64, s: f64| r.min(s) <= v && v <= r.max(s);
        between(p.x, a.x, b.x) && between(p.y, a.y, b.y)
    };
    [c, d].into_iter().find(within).unwrap_or(a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::crossings;
    use proptest::prelude::*;

    fn ring(corners: &[(f64, f64)]) -> Vec<Coord> {
        let mut ring: Vec<Coord> = corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
        ring.push(ring[0]);
        ring
    }

    #[test]
    fn a_bow_tie_crosses_and_an_eight_of_two_triangles_touches() {
        let tie = ring(&[(80.0, 45.0), (81.0, 46.0), (81.0, 45.0), (80.0, 46.0)]);
        let met = first_meeting(&[tie.into()], false);
        assert_eq!(met, Some((Coord { x: 80.5, y: 45.5 }, Meeting::Crossing)));
        let eight = ring(&[(0.0, 0.0), (1.0, 1.0), (2.0, 0.0), (2.0, 2.0), (1.0, 1.0), (0.0, 2.0)]);
        let met = first_meeting(&[eight.into()], true).unwrap();
        assert_eq!(met, (Coord { x: 1.0, y: 1.0 }, Meeting::Touching));
        let twice = ring(&[(0.0, 0.0), (0.0, 0.0), (1.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]);
        assert_eq!(first_meeting(&[twice.into()], true), None, "repeated vertices");
        assert_eq!(first_meeting(&[Vec::new().into()], true), None);
    }

    #[test]
    fn rings_may_touch_each_other_but_not_cross() {
        let outer = ring(&[(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)]);
        let touching = ring(&[(0.0, 3.0), (3.0, 2.0), (3.0, 4.0)]);
        let crossing = ring(&[(-1.0, 3.0), (3.0, 2.0), (3.0, 4.0)]);
        assert_eq!(first_meeting(&[outer.clone().into(), touching.into()], true), None);
        let met = first_meeting(&[outer.into(), crossing.into()], true);
        assert_eq!(met.unwrap().1, Meeting::Crossing);
    }

    #[test]
    fn rings_around_a_pole_are_closed_through_it() {
        let parallel: Vec<Coord> =
            (0..=36).map(|i| Coord { x: -180.0 + 10.0 * f64::from(i), y: -70.0 }).collect();
        let closed = closed_on_map(&parallel);
        assert_eq!((closed.len(), closed[37].y), (40, -90.0));
        assert_eq!(first_meeting(&[closed], true), None);
        let as_maps_do =
            ring(&[(-180.0, -70.0), (0.0, -75.0), (180.0, -70.0), (180.0, -90.0), (-180.0, -90.0)]);
        assert_eq!(closed_on_map(&as_maps_do), as_maps_do);
        let across = ring(&[(179.0, 0.0), (-179.0, 0.0), (-179.0, 1.0), (179.0, 1.0)]);
        assert_eq!(closed_on_map(&across)[1].x, 181.0);
    }

    proptest! {
        /// A ring in which `crossings` finds more than where it closes meets itself, and no
        /// other does.
        #[test]
        fn as_the_search_for_crossings(
            corners in proptest::collection::vec((-20_i8..20, -20_i8..20), 3..60)
        ) {
            let corners: Vec<(f64, f64)> =
                corners.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).collect();
            let mut ring = ring(&corners);
            ring.dedup();
            prop_assume!(ring.len() > 3);
            let known = crossings(&ring);
            let last = ring.len() - 2;
            // Neighbours that run back over each other enclose nothing, and are let pass here.
            let joints = |c: &&crate::line::Crossing| {
                c.second == c.first + 1 || (c.first == 0 && c.second == last)
            };
            let expected = known.iter().any(|c| !joints(&c));
            prop_assert_eq!(first_meeting(&[ring.into()], true).is_some(), expected);
        }
    }
}
