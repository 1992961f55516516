//! Faults of outlines from which borders are found. Spikes (ways out and back again) enclose
//! nothing and are left out. Where an outline crosses itself, it keeps its direction as a whole;
//! then the part enclosed in the other direction is on the wrong side, so the place is reported.

use std::borrow::Cow;
use std::collections::HashMap;

use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};
use geo::{Coord, LineString, Polygon};

use super::by_loops::turns;
use super::enclosed::{MOST, crossing_rings, on_map, parted, place, within_range};
use super::loops::loops;
use crate::io::outline::{Meeting, Met, meetings};
use crate::io::{FixKind, Fixes};

/// Polygons without spikes. Spikes, and places where an outline crosses itself, are counted, with
/// the first place in each polygon.
pub(crate) fn without_spikes(
    polygons: Vec<Polygon>,
    place: &str,
    fixes: &mut Fixes,
) -> Vec<Polygon> {
    let sound = |polygon: Polygon| {
        let given = on_map(&polygon);
        let mut spike = None;
        let rings: Vec<Cow<'_, [Coord]>> =
            given.iter().map(|ring| unspiked(ring, &mut spike)).collect();
        let crossing = crossing(&rings);
        let what = if crossing.is_some() { "" } else { ", where it runs back along itself" };
        let Some(at) = crossing.or(spike) else { return polygon };
        let detail = format!("at ({:.7}, {:.7}){what}", within_range(at.x), at.y);
        fixes.add(FixKind::OutlineCrosses, place, Some(detail));
        if spike.is_some() { as_given(&rings, &given, &polygon) } else { polygon }
    };
    polygons.into_iter().map(sound).collect()
}

/// Where an outline first crosses itself or a hole, if it does.
fn crossing(rings: &[Cow<'_, [Coord]>]) -> Option<Coord> {
    let most = MOST * rings.iter().map(|ring| ring.len()).sum::<usize>();
    let met = meetings(rings, most);
    let is_whole = met.len() <= most;
    let [between, met] = parted(met);
    let is_crossing = |met: &&Met| met.meeting == Meeting::Crossing;
    let found = crossing_rings(rings, &between, is_whole)
        .or_else(|| met.iter().find(is_crossing).copied())
        .or_else(|| turned_around(rings, &met));
    found.map(|met| place(rings, &met))
}

/// Where a ring that only touches itself encloses a part in the other direction than the rest.
fn turned_around(rings: &[Cow<'_, [Coord]>], met: &[Met]) -> Option<Met> {
    let mut met = met.to_vec();
    met.sort_by_key(|met| met.edges[0].ring);
    let is_turned = |own: &&[Met]| {
        let loops = loops(rings, own[0].edges[0].ring, own);
        let turns = loops.map(|loops| turns(&loops)).unwrap_or_default();
        // For a part left out of another one, the outside counts.
        let around = |[inside, outside]: [i32; 2]| if inside == 0 { outside } else { inside };
        turns.iter().any(|pair| !pair.contains(&0) || around(*pair) != around(turns[0]))
    };
    let of_rings = met.chunk_by(|one, other| one.edges[0].ring == other.edges[0].ring);
    { of_rings }.find(is_turned).map(|own| own[0])
}

/// Rings back at their place, each vertex as it was given.
fn as_given(rings: &[Cow<'_, [Coord]>], on_map: &[Cow<'_, [Coord]>], given: &Polygon) -> Polygon {
    let key = |at: &Coord| [at.x + 0.0, at.y + 0.0].map(f64::to_bits);
    let of_given = std::iter::once(given.exterior()).chain(given.interiors());
    let mut found = rings.iter().zip(on_map).zip(of_given).map(|((ring, moved), given)| {
        if let Cow::Borrowed(_) = ring {
            return given.clone();
        }
        let known: HashMap<[u64; 2], Coord> =
            moved.iter().zip(&given.0).map(|(moved, given)| (key(moved), *given)).collect();
        LineString(ring.iter().filter_map(|at| known.get(&key(at)).copied()).collect())
    });
    let shell = found.next().unwrap_or_else(|| given.exterior().clone());
    Polygon::new(shell, found.collect())
}

/// A closed ring without spikes; `spike` becomes the end of the first of them.
fn unspiked<'a>(ring: &'a [Coord], spike: &mut Option<Coord>) -> Cow<'a, [Coord]> {
    let count = ring.len().saturating_sub(1);
    let is_spike = |a: Coord, b: Coord, c: Coord| {
        let (ahead, next) = (b - a, c - b);
        ahead.x * next.x + ahead.y * next.y < 0.0
            && RobustKernel::orient2d(a, b, c) == Orientation::Collinear
    };
    let closing = count > 2 && is_spike(ring[count - 1], ring[0], ring[1]);
    if !closing && !ring.windows(3).any(|three| is_spike(three[0], three[1], three[2])) {
        return Cow::Borrowed(ring);
    }
    let mut path: Vec<Coord> = Vec::with_capacity(ring.len());
    let mut take = |path: &mut Vec<Coord>, at: Coord| {
        while let [.., a, b] = path[..]
            && is_spike(a, b, at)
        {
            *spike = spike.or(Some(b));
            path.pop();
        }
        if path.last() != Some(&at) {
            path.push(at);
        }
    };
    ring[..count].iter().for_each(|at| take(&mut path, *at));
    // At the closing point: the beginning may be the end of a spike, or become one.
    let mut from = 0;
    while path.len() - from > 2 {
        let (first, second) = (path[from], path[from + 1]);
        let before = path.len();
        take(&mut path, first);
        if path.len() > before {
            path.pop();
        }
        let last = path[path.len() - 1];
        if last == first {
            path.pop();
        } else if is_spike(last, first, second) {
            from += 1;
        } else {
            break;
        }
    }
    let mut path = path.split_off(from.min(path.len()));
    path.extend(path.first().copied());
    // All of it may be a spike.
    if path.len() < 4 { Cow::Borrowed(ring) } else { Cow::Owned(path) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Area;

    fn without(corners: &[(f64, f64)]) -> (Polygon, Vec<String>) {
        let mut ring: Vec<Coord> = corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
        ring.push(ring[0]);
        let mut fixes = Fixes::default();
        let polygons = vec![Polygon::new(LineString(ring), Vec::new())];
        let found = without_spikes(polygons, "", &mut fixes).remove(0);
        (found, fixes.all().filter_map(|fix| fix.detail.clone()).collect())
    }

    #[test]
    fn what_is_sound_stays_as_it_is() {
        let square = [(0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (4.0, 4.0), (0.0, 4.0)];
        // A hole drawn as a loop of the shell, and one with a way to it.
        let inverted =
            [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0), (1.0, 2.0), (2.0, 1.0)];
        let keyhole = [
            (0.0, 0.0),
            (4.0, 0.0),
            (4.0, 4.0),
            (0.0, 0.0),
            (2.0, 1.0),
            (3.0, 2.0),
            (3.0, 1.0),
            (2.0, 1.0),
        ];
        for corners in [&square[..], &inverted, &keyhole] {
            let (found, said) = without(corners);
            assert!(said.is_empty(), "{said:?}");
            assert_eq!(found.exterior().0.len(), corners.len() + 1);
        }
    }

    #[test]
    fn a_bow_tie_is_named_whether_it_crosses_or_touches() {
        // The second one across the antimeridian.
        for west in [80.0, 179.5] {
            let lon = |x: f64| if west + x > 180.0 { west + x - 360.0 } else { west + x };
            let tie = [(lon(0.0), 45.0), (lon(1.0), 46.0), (lon(1.0), 45.0), (lon(0.0), 46.0)];
            assert_eq!(without(&tie).1, [format!("at ({:.7}, 45.5000000)", lon(0.5))]);
        }
        let eight = [(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (2.0, 0.0), (1.0, 1.0), (0.0, 2.0)];
        assert_eq!(without(&eight).1, ["at (1.0000000, 1.0000000)"]);
    }

    #[test]
    fn spikes_go_wherever_the_ring_begins() {
        let spiked = [
            (0.0, 0.0),
            (4.0, 0.0),
            (4.0, 3.0),
            (4.0, 1.0),
            (4.0, 4.0),
            (6.0, 4.0),
            (4.0, 4.0),
            (0.0, 4.0),
        ];
        for west in [0.0, 178.0] {
            let lon = |x: f64| if west + x > 180.0 { west + x - 360.0 } else { west + x };
            for turn in 0..spiked.len() {
                let mut turned = spiked.map(|(x, y)| (lon(x), y));
                turned.rotate_left(turn);
                let (found, said) = without(&turned);
                assert_eq!(said.len(), 1, "{turn}");
                let corners = &found.exterior().0;
                assert!(corners.iter().all(|at| turned.contains(&(at.x, at.y))), "{corners:?}");
                let upright = corners
                    .windows(2)
                    .filter(|ends| ends[0].x == lon(4.0) && ends[1].x == lon(4.0));
                assert_eq!(upright.map(|ends| (ends[1].y - ends[0].y).abs()).sum::<f64>(), 4.0);
                assert!(west > 0.0 || found.unsigned_area() == 16.0);
            }
        }
    }
}
