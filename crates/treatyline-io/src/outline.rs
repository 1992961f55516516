//! Whether the outline of a polygon meets itself. This is checked for every polygon that is
//! measured, so it must be quick for outlines that do not.
//!
//! *chains* finds the meetings, and *order* says in which order they are listed.

mod box2;
mod chains;
mod order;

use std::borrow::Cow;

use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};

pub use crate::rings::{first_crossing, nesting, overlapping, turns_around};
pub use box2::Box2;

/// A closed ring whose longitudes do not jump at the antimeridian. One around a pole is
/// closed along its first meridian and the pole it lies nearer to, as maps do with an edge of
/// 360° along the pole, which is kept.
pub fn closed_on_map(ring: &[Coord]) -> Cow<'_, [Coord]> {
    let along_pole = |a: &Coord, b: &Coord| a.y.abs() == 90.0 && a.y == b.y;
    let jumps = |ends: &[Coord]| {
        let ahead = ends[1].x - ends[0].x;
        ahead.abs() > 180.0 && !along_pole(&ends[0], &ends[1])
    };
    // Many at a time: hardly any ring has one.
    let may_jump = |ends: &[Coord]| (ends[1].x - ends[0].x).abs() > 180.0;
    let any = |edges: &[Coord]| edges.windows(2).fold(false, |any, ends| any | may_jump(ends));
    let has_jumps = || {
        (0..ring.len()).step_by(MANY).any(|from| {
            let edges = &ring[from..ring.len().min(from + MANY + 1)];
            any(edges) && edges.windows(2).any(jumps)
        })
    };
    if ring.first().map(|at| at.x) == ring.last().map(|at| at.x) && !has_jumps() {
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

/// Edges checked together.
const MANY: usize = 64;

/// How edges meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meeting {
    /// One goes from one side of the other to its other side.
    Crossing,
    /// They have a place in common, but none of them goes on to the other side there.
    Touching,
}

/// An edge, by its ring and its first vertex there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The number of its ring.
    pub ring: usize,
    /// The number of its first vertex there.
    pub from: usize,
}

/// Two edges that meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    /// The two, in no particular order.
    pub edges: [Edge; 2],
    /// How they meet.
    pub meeting: Meeting,
}

/// Where closed rings meet each other or themselves, other than where edges join. The search ends
/// when more than `most` meetings are found.
pub fn meetings(rings: &[Cow<'_, [Coord]>], most: usize) -> Vec<Met> {
    let mut found = Vec::new();
    if let [ring] = rings
        && ring.len() <= FEW + 1
    {
        return meetings_of_few(ring);
    }
    // Three edges cannot cross each other.
    if rings.iter().any(|ring| ring.len() > 4) || rings.len() > 1 {
        chains::search(rings, &mut |met| {
            found.push(met);
            found.len() > most
        });
    }
    if found.len() > 1 {
        order::put_in_order(rings, &mut found);
    }
    found
}

/// Of this number of edges every two are looked at in less time than a tree takes to build. Most
/// islands have no more.
const FEW: usize = 24;

/// Where a closed ring of few edges meets itself.
fn meetings_of_few(ring: &[Coord]) -> Vec<Met> {
    let mut found = Vec::new();
    let edges = ring.len().saturating_sub(1);
    let mut boxes = [Box2::EMPTY; FEW];
    for (around, ends) in boxes.iter_mut().zip(ring.windows(2)) {
        *around = Box2::around_two(ends[0], ends[1]);
    }
    // Three edges cannot cross each other.
    for i in 0..if edges > 3 { edges } else { 0 } {
        for j in i + 2..edges {
            if !boxes[i].meets(&boxes[j]) {
                continue;
            }
            let met = meeting([ring[i], ring[i + 1]], [ring[j], ring[j + 1]])
                .filter(|met| *met == Meeting::Crossing || !is_joint(ring, i, j));
            let edges = [i, j].map(|from| Edge { ring: 0, from });
            found.extend(met.map(|meeting| Met { edges, meeting }));
        }
    }
    found
}

impl Met {
    /// The place of the meeting; for edges that touch, an end of one of them.
    pub fn place(&self, rings: &[Cow<'_, [Coord]>]) -> Coord {
        let [one, other] = self.edges.map(|edge| edge.ends(rings));
        place(one, other)
    }
}

impl Edge {
    /// Where it begins and ends.
    pub fn ends(self, rings: &[Cow<'_, [Coord]>]) -> [Coord; 2] {
        let ring = &rings[self.ring];
        [ring[self.from], ring[self.from + 1]]
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
    // Edges without length are ignored.
    ring[i] == ring[i + 1] || ring[j] == ring[j + 1] || follows(i + 1, j) || closes(i, j)
}

/// How two edges whose boxes meet do meet, if at all. An edge that ends on the other touches it.
pub(crate) fn meeting([a, b]: [Coord; 2], [c, d]: [Coord; 2]) -> Option<Meeting> {
    use Orientation::Collinear;
    let side = RobustKernel::orient2d;
    let of_edge = [side(a, b, c), side(a, b, d)];
    if of_edge[0] == of_edge[1] && of_edge[0] != Collinear {
        return None;
    }
    let of_other = [side(c, d, a), side(c, d, b)];
    if of_other[0] == of_other[1] && of_other[0] != Collinear {
        return None;
    }
    let crosses = !of_edge.contains(&Collinear) && !of_other.contains(&Collinear);
    Some(if crosses { Meeting::Crossing } else { Meeting::Touching })
}

/// Where two edges meet; for edges that touch, an end of one of them.
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

    fn ring(corners: &[(f64, f64)]) -> Vec<Coord> {
        let mut ring: Vec<Coord> = corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
        ring.push(ring[0]);
        ring
    }

    fn first_meeting(rings: &[Cow<'_, [Coord]>]) -> Option<(Coord, Meeting)> {
        let met = meetings(rings, usize::MAX).into_iter().next()?;
        Some((met.place(rings), met.meeting))
    }

    #[test]
    fn a_bow_tie_crosses_and_an_eight_of_two_triangles_touches() {
        let tie = ring(&[(80.0, 45.0), (81.0, 46.0), (81.0, 45.0), (80.0, 46.0)]);
        let met = first_meeting(&[tie.into()]);
        assert_eq!(met, Some((Coord { x: 80.5, y: 45.5 }, Meeting::Crossing)));
        let eight = ring(&[(0.0, 0.0), (1.0, 1.0), (2.0, 0.0), (2.0, 2.0), (1.0, 1.0), (0.0, 2.0)]);
        let met = first_meeting(&[eight.into()]).unwrap();
        assert_eq!(met, (Coord { x: 1.0, y: 1.0 }, Meeting::Touching));
        let twice = ring(&[(0.0, 0.0), (0.0, 0.0), (1.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]);
        assert_eq!(first_meeting(&[twice.into()]), None, "repeated vertices");
        assert_eq!(first_meeting(&[Vec::new().into()]), None);
    }

    /// A walk on a small grid meets itself in all ways; with each edge in two, it has too many of
    /// them to look at every two.
    #[test]
    fn few_edges_meet_where_many_do() {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(state >> 29)
        };
        for _ in 0..500 {
            let corners: Vec<(f64, f64)> = (0..13).map(|_| (next(), next())).collect();
            let few = ring(&corners);
            let halves = |ends: &[Coord]| [ends[0], (ends[0] + ends[1]) / 2.0];
            let mut many: Vec<Coord> = few.windows(2).flat_map(halves).collect();
            many.push(few[0]);
            let places = |path: Vec<Coord>| {
                let rings = [path.into()];
                let met = meetings(&rings, usize::MAX).into_iter();
                let crossing = met.filter(|met| met.meeting == Meeting::Crossing);
                let at = crossing.map(|met| met.place(&rings));
                let rounded = at.map(|at| [at.x, at.y].map(|it| (it * 1e6).round() as i64));
                // Where edges cross in a middle, halves only touch there.
                let mut places: Vec<_> = rounded.collect();
                places.sort_unstable();
                places
            };
            let of_many = places(many);
            assert!(of_many.iter().all(|place| places(few.clone()).contains(place)));
        }
    }

    #[test]
    fn rings_that_touch_each_other_do_not_cross() {
        let outer = ring(&[(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)]);
        let touching = ring(&[(0.0, 3.0), (3.0, 2.0), (3.0, 4.0)]);
        let crossing = ring(&[(-1.0, 3.0), (3.0, 2.0), (3.0, 4.0)]);
        let met = first_meeting(&[outer.clone().into(), touching.into()]);
        assert_eq!(met.unwrap().1, Meeting::Touching);
        let met = first_meeting(&[outer.into(), crossing.into()]);
        assert_eq!(met.unwrap().1, Meeting::Crossing);
    }

    #[test]
    fn rings_around_a_pole_are_closed_through_it() {
        let parallel: Vec<Coord> =
            (0..=36).map(|i| Coord { x: -180.0 + 10.0 * f64::from(i), y: -70.0 }).collect();
        let closed = closed_on_map(&parallel);
        assert_eq!((closed.len(), closed[37].y), (40, -90.0));
        assert_eq!(first_meeting(&[closed]), None);
        let as_maps_do =
            ring(&[(-180.0, -70.0), (0.0, -75.0), (180.0, -70.0), (180.0, -90.0), (-180.0, -90.0)]);
        assert_eq!(closed_on_map(&as_maps_do), as_maps_do);
        let across = ring(&[(179.0, 0.0), (-179.0, 0.0), (-179.0, 1.0), (179.0, 1.0)]);
        assert_eq!(closed_on_map(&across)[1].x, 181.0);
    }
}
