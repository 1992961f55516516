//! Divides a ring that meets itself into loops that do not cross.
//!
//! Where a ring comes to a place more than once, its ways in and out can be joined anew so that
//! none crosses another: in their order around the place, each way in is joined to a way out like
//! matching brackets (Seifert's loops of a knot). The edges and their directions stay the same, so
//! the loops go round any place as often as the ring. Loops that do not cross lie in one another or
//! apart, so the enclosed area is a sum of areas of loops, with signs. This also works around a
//! pole, where no plane map holds all of it.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};

use crate::io::outline::{Meeting, Met};

/// A place where the ring meets itself, each time that it comes there.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stop {
    /// The last vertex at the place or before it, and the share of the edge from there.
    along: (usize, f64),
    at: Coord,
    /// Where the edge that it comes on begins, and where the one it leaves on ends.
    ways: [Coord; 2],
    /// The edge that crosses here, if one does: then the place is rounded.
    crossed_by: Option<[Coord; 2]>,
    /// How far rounding may have moved it along its edge, as a share of that.
    uncertain: f64,
}

/// The closed loops of one of several closed rings, all on the map, from all places where it meets
/// itself.
///
/// `None` if edges run along each other, or if three meet at a place that is not a vertex: there
/// the order of the ways cannot be known.
pub(super) fn loops(
    rings: &[Cow<'_, [Coord]>],
    ring: usize,
    met: &[Met],
) -> Option<Vec<Vec<Coord>>> {
    let stops = stops(rings, ring, met)?;
    let mut leaves: Vec<usize> = (0..stops.len()).collect();
    let mut visits: HashMap<[u64; 2], Vec<usize>> = HashMap::new();
    for (i, stop) in stops.iter().enumerate() {
        visits.entry(key(stop.at)).or_default().push(i);
    }
    for visits in visits.values().filter(|visits| visits.len() > 1) {
        join(&stops, visits, &mut leaves)?;
    }
    Some(followed(&rings[ring], &stops, &leaves))
}

/// Where a ring meets itself, in the order in which it runs.
fn stops(rings: &[Cow<'_, [Coord]>], ring: usize, met: &[Met]) -> Option<Vec<Stop>> {
    let path = &rings[ring];
    let mut stops = Vec::new();
    for each in met.iter().filter(|each| each.edges.iter().all(|edge| edge.ring == ring)) {
        let edges = each.edges.map(|edge| edge.ends(rings));
        let mut add = |i: usize, at: Coord, crossed_by: Option<[Coord; 2]>| {
            let from = each.edges[i].from;
            let uncertain = crossed_by.map_or(0.0, |other| uncertainty(edges[i], other));
            stops.push(match edges[i].iter().position(|end| *end == at) {
                Some(end) => at_vertex(path, from + end),
                None => Stop {
                    // After the vertex, also if rounding has moved it there.
                    along: (from, share(edges[i], at).max(f64::MIN_POSITIVE)),
                    at,
                    ways: edges[i],
                    crossed_by,
                    uncertain,
                },
            });
        };
        match each.meeting {
            Meeting::Crossing => {
                let at = each.place(rings);
                if edges.iter().flatten().any(|end| *end == at) {
                    return None;
                }
                [0, 1].into_iter().for_each(|i| add(i, at, Some(edges[1 - i])));
            }
            Meeting::Touching => {
                for end in edges.into_iter().flatten() {
                    if edges.iter().all(|edge| is_on(*edge, end)) {
                        [0, 1].into_iter().for_each(|i| add(i, end, None));
                    }
                }
            }
        }
    }
    stops.sort_by(|a, b| a.along.0.cmp(&b.along.0).then(a.along.1.total_cmp(&b.along.1)));
    stops.dedup_by(|a, b| a.along.0 == b.along.0 && a.at == b.at);
    in_order(stops)
}

/// Stops in the order in which a ring comes to them, also where rounding hides it; `None` if that
/// cannot be known.
fn in_order(mut stops: Vec<Stop>) -> Option<Vec<Stop>> {
    for i in 1..stops.len() {
        let mut at = i;
        while at > 0 && is_uncertain(&stops[at - 1], &stops[at]) {
            match order(&stops[at - 1], &stops[at])? {
                Ordering::Greater => stops.swap(at - 1, at),
                _ => break,
            }
            at -= 1;
        }
    }
    Some(stops)
}

/// Whether two stops on one edge are nearer to each other than they are certain.
fn is_uncertain(one: &Stop, other: &Stop) -> bool {
    let is_on_edge = |stop: &Stop| stop.ways == one.ways && stop.along.0 == one.along.0;
    is_on_edge(other)
        && one.along.1 != 0.0
        && (other.along.1 - one.along.1).abs() <= one.uncertain + other.uncertain
}

/// Which of two edges that begin at one place crosses a third one first.
fn order(one: &Stop, other: &Stop) -> Option<Ordering> {
    use Orientation::{Collinear, CounterClockwise};
    let (a, b) = (one.crossed_by?, other.crossed_by?);
    let common = a.into_iter().find(|end| b.contains(end))?;
    let far = |edge: [Coord; 2]| if edge[0] == common { edge[1] } else { edge[0] };
    let side = RobustKernel::orient2d(one.ways[0], one.ways[1], common);
    let turn = RobustKernel::orient2d(common, far(a), far(b));
    if side == Collinear || turn == Collinear {
        return None;
    }
    let is_first = (side == CounterClockwise) == (turn == CounterClockwise);
    Some(if is_first { Ordering::Less } else { Ordering::Greater })
}

/// By which share of an edge rounding may move the place where another one crosses it: the more,
/// the smaller the angle between them is.
fn uncertainty([a, b]: [Coord; 2], [c, d]: [Coord; 2]) -> f64 {
    /// What numbers of degrees are rounded to, with some to spare.
    const ROUNDED_DEG: f64 = 1e-12;
    let (ahead, other) = (b - a, d - c);
    let sizes = ahead.x.hypot(ahead.y) * other.x.hypot(other.y);
    let sine = (ahead.x * other.y - ahead.y * other.x).abs() / sizes;
    ROUNDED_DEG / (sine * ahead.x.hypot(ahead.y)).max(f64::MIN_POSITIVE)
}

/// The stop at a vertex of a closed ring; of vertices at one place that follow each other, the
/// first one counts.
fn at_vertex(path: &[Coord], vertex: usize) -> Stop {
    let count = path.len() - 1;
    let at = path[vertex];
    let before = |i: usize| (i + count - 1) % count;
    let mut first = vertex % count;
    for _ in 0..count {
        if path[before(first)] != at {
            break;
        }
        first = before(first);
    }
    let next = (1..count).map(|i| path[(first + i) % count]).find(|next| *next != at);
    let ways = [path[before(first)], next.unwrap_or(at)];
    Stop { along: (first, 0.0), at, ways, crossed_by: None, uncertain: 0.0 }
}

/// A key of a place.
fn key(at: Coord) -> [u64; 2] {
    [at.x + 0.0, at.y + 0.0].map(f64::to_bits)
}

fn share([a, b]: [Coord; 2], at: Coord) -> f64 {
    let ahead = b - a;
    if ahead.x.abs() > ahead.y.abs() { (at.x - a.x) / ahead.x } else { (at.y - a.y) / ahead.y }
}

fn is_on([a, b]: [Coord; 2], at: Coord) -> bool {
    let between = |v: f64, r: f64, s: f64| r.min(s) <= v && v <= r.max(s);
    between(at.x, a.x, b.x)
        && between(at.y, a.y, b.y)
        && RobustKernel::orient2d(a, b, at) == Orientation::Collinear
}

/// Joins the ways in and out of a place that is visited several times.
fn join(stops: &[Stop], visits: &[usize], leaves: &mut [usize]) -> Option<()> {
    let is_rounded = |i: usize| stops[i].crossed_by.is_some();
    if visits.iter().any(|i| is_rounded(*i)) {
        let [one, other] = visits[..] else { return None };
        if !(is_rounded(one) && is_rounded(other)) {
            return None;
        }
        (leaves[one], leaves[other]) = (other, one);
        return Some(());
    }
    let centre = stops[*visits.first()?].at;
    let mut ways: Vec<(Coord, usize, bool)> = visits
        .iter()
        .flat_map(|i| [(stops[*i].ways[0], *i, false), (stops[*i].ways[1], *i, true)])
        .collect();
    ways.sort_by(|a, b| around(centre, a.0, b.0));
    if ways.windows(2).any(|pair| around(centre, pair[0].0, pair[1].0) == Ordering::Equal) {
        return None;
    }
    let mut open: Vec<(usize, bool)> = Vec::new();
    for (_, visit, leaving) in ways {
        match open.last().copied().filter(|last| last.1 != leaving) {
            None => open.push((visit, leaving)),
            Some((other, _)) => {
                open.pop();
                let (comes, goes) = if leaving { (other, visit) } else { (visit, other) };
                leaves[comes] = goes;
            }
        }
    }
    Some(())
}

/// The order of two places around another one, counter-clockwise from the east.
fn around(centre: Coord, a: Coord, b: Coord) -> Ordering {
    let is_lower = |at: Coord| at.y < centre.y || (at.y == centre.y && at.x < centre.x);
    let by_half = is_lower(a).cmp(&is_lower(b));
    by_half.then_with(|| match RobustKernel::orient2d(centre, a, b) {
        Orientation::CounterClockwise => Ordering::Less,
        Orientation::Clockwise => Ordering::Greater,
        Orientation::Collinear => Ordering::Equal,
    })
}

/// The loops, each followed from its first stop.
fn followed(ring: &[Coord], stops: &[Stop], leaves: &[usize]) -> Vec<Vec<Coord>> {
    let mut is_done = vec![false; stops.len()];
    let mut loops = Vec::new();
    for first in 0..stops.len() {
        let mut path: Vec<Coord> = Vec::new();
        let mut i = first;
        while !is_done[i] {
            is_done[i] = true;
            let next = (leaves[i] + 1) % stops.len();
            add_way(ring, stops, [leaves[i], next], &mut path);
            i = next;
        }
        // Only two places enclose nothing.
        if path.len() > 2 {
            path.push(path[0]);
            loops.push(path);
        }
    }
    loops
}

/// Adds the place of a stop, and the vertices on the way from there to the next one.
fn add_way(ring: &[Coord], stops: &[Stop], [from, to]: [usize; 2], path: &mut Vec<Coord>) {
    let count = ring.len() - 1;
    // By their order: of places that are rounded, shares of an edge may be the same.
    let turn = if to > from { 0 } else { count };
    let (from, to) = (&stops[from], &stops[to]);
    let steps = turn + to.along.0 - from.along.0;
    let between = (1..=steps).map(|step| ring[(from.along.0 + step) % count]);
    for at in std::iter::once(from.at).chain(between) {
        if path.last() != Some(&at) {
            path.push(at);
        }
    }
    // The other stop adds its own place.
    if path.last() == Some(&to.at) {
        path.pop();
    }
}
