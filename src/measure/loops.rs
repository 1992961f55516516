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

/// A place that the ring comes to, as it runs.
#[derive(Debug, Clone, Copy)]
struct Stop {
    at: Coord,
    /// Where the edge that it comes on begins, and where the one it leaves on ends.
    ways: [Coord; 2],
    /// Whether edges cross here, so that the place is rounded.
    rounded: bool,
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
    let cuts = cuts(rings, ring, met)?;
    let stops = stops(&rings[ring], &cuts.on_edges);
    let mut leaves: Vec<usize> = (0..stops.len()).collect();
    let mut visits: HashMap<[u64; 2], Vec<usize>> = HashMap::new();
    for (i, stop) in stops.iter().enumerate() {
        if cuts.places.contains_key(&key(stop.at)) {
            visits.entry(key(stop.at)).or_default().push(i);
        }
    }
    for visits in visits.values().filter(|visits| visits.len() > 1) {
        join(&stops, visits, &mut leaves)?;
    }
    Some(followed(&stops, &leaves))
}

/// Where a ring meets itself.
struct Cuts {
    /// Places on edges: the edge, the share of it, the place, and whether that is rounded.
    on_edges: Vec<(usize, f64, Coord, bool)>,
    /// All places, vertices among them.
    places: HashMap<[u64; 2], ()>,
}

fn cuts(rings: &[Cow<'_, [Coord]>], ring: usize, met: &[Met]) -> Option<Cuts> {
    let mut on_edges = Vec::new();
    let mut places = HashMap::new();
    for each in met.iter().filter(|each| each.edges.iter().all(|edge| edge.ring == ring)) {
        let edges = each.edges.map(|edge| edge.ends(rings));
        let mut cut = |i: usize, at: Coord, rounded: bool| {
            places.insert(key(at), ());
            if !edges[i].contains(&at) {
                on_edges.push((each.edges[i].from, share(edges[i], at), at, rounded));
            }
        };
        match each.meeting {
            Meeting::Crossing => {
                let at = each.place(rings);
                if edges.iter().flatten().any(|end| *end == at) {
                    return None;
                }
                [0, 1].into_iter().for_each(|i| cut(i, at, true));
            }
            Meeting::Touching => {
                for (i, ends) in [(0, edges[1]), (1, edges[0])] {
                    ends.into_iter()
                        .filter(|end| is_on(edges[i], *end))
                        .for_each(|end| cut(i, end, false));
                }
            }
        }
    }
    on_edges.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    on_edges.dedup_by(|a, b| a.0 == b.0 && a.2 == b.2);
    Some(Cuts { on_edges, places })
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

/// The vertices of a closed ring, the first one once, and the places on its edges.
fn stops(ring: &[Coord], on_edges: &[(usize, f64, Coord, bool)]) -> Vec<Stop> {
    let mut stops: Vec<Stop> = Vec::with_capacity(ring.len() + on_edges.len());
    let mut cuts = on_edges.iter().peekable();
    let edges: Vec<usize> =
        (0..ring.len().saturating_sub(1)).filter(|i| ring[*i] != ring[i + 1]).collect();
    let mut before = edges.last().copied().unwrap_or(0);
    for edge in edges {
        let [a, b] = [ring[edge], ring[edge + 1]];
        stops.push(Stop { at: a, ways: [ring[before], b], rounded: false });
        while let Some((_, _, at, rounded)) = cuts.next_if(|cut| cut.0 == edge) {
            stops.push(Stop { at: *at, ways: [a, b], rounded: *rounded });
        }
        before = edge;
    }
    stops
}

/// Joins the ways in and out of a place that is visited several times.
fn join(stops: &[Stop], visits: &[usize], leaves: &mut [usize]) -> Option<()> {
    if visits.iter().any(|i| stops[*i].rounded) {
        let [one, other] = visits[..] else { return None };
        if !(stops[one].rounded && stops[other].rounded) {
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
fn followed(stops: &[Stop], leaves: &[usize]) -> Vec<Vec<Coord>> {
    let mut is_done = vec![false; stops.len()];
    let mut loops = Vec::new();
    for first in 0..stops.len() {
        let mut path = Vec::new();
        let mut i = first;
        while !is_done[i] {
            is_done[i] = true;
            path.push(stops[i].at);
            i = (leaves[i] + 1) % stops.len();
        }
        // Only two places enclose nothing.
        if path.len() > 2 {
            path.push(path[0]);
            loops.push(path);
        }
    }
    loops
}
