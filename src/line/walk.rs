//! A path as a walk from place to place: where it turns back, continues again, and goes round.

use std::collections::HashMap;

use geo::Coord;

use super::extras::{Extra, ExtraKind, least_m, length_m};
use super::same::Vertex;

/// The cosine above which a path turns back on itself: 45° between its two arms.
const HAIRPIN: f64 = 0.707;

/// A walk without vertices that are at the place of the one before.
pub(super) fn moving(path: &[Vertex]) -> Vec<Vertex> {
    let mut moving: Vec<Vertex> = Vec::with_capacity(path.len());
    for vertex in path {
        match moving.last_mut().filter(|last| last.place == vertex.place) {
            // The end stays where it is, so that what joins it still does.
            Some(last) if moving_on(vertex, path) => last.at = vertex.at,
            Some(_) => {}
            None => moving.push(*vertex),
        }
    }
    moving
}

fn moving_on(vertex: &Vertex, path: &[Vertex]) -> bool {
    path.last().is_some_and(|last| std::ptr::eq(last, vertex))
}

fn positions(path: &[Vertex]) -> Vec<Coord> {
    path.iter().map(|vertex| vertex.at).collect()
}

/// A walk without the pieces on which it goes out and comes back the same way.
///
/// A piece that leads back to the line is a spur, and both of its directions are removed. A piece
/// that is walked a third time, or where the walk begins or ends, stays once.
pub(super) fn without_turns(path: Vec<Vertex>, extras: &mut Vec<Extra>) -> Vec<Vertex> {
    if !path.windows(3).any(|three| three[0].place == three[2].place) {
        return path;
    }
    let least_m = least_m(&positions(&path));
    let mut kept: Vec<Vertex> = Vec::with_capacity(path.len());
    let mut i = 0;
    while i < path.len() {
        let pairs = kept.iter().rev().zip(&path[i + 1..]);
        let back = pairs.take_while(|(before, behind)| before.place == behind.place).count();
        let base = kept.len() - back;
        kept.push(path[i]);
        let next = path.get(i + back + 1);
        let cut = positions(&kept[base..]);
        let is_all = base == 0 && next.is_none();
        if back > 0 && (is_all || length_m(&cut) >= least_m) {
            let goes_on = next.is_some_and(|next| next.place == kept[base + 1].place);
            let is_end = base == 0 || next.is_none();
            let kind = if goes_on || is_end { ExtraKind::Repeated } else { ExtraKind::Spur };
            extras.push(Extra { kind, path: cut });
            if let Some(next) = next {
                if base == 0 && !goes_on {
                    // If the walk begins with a spur, the way back is the line.
                    kept.reverse();
                } else {
                    let beyond = kept[base + 1];
                    kept.truncate(base + 1);
                    if kind == ExtraKind::Spur && is_foot(&kept, next, &beyond) {
                        kept.pop();
                    }
                }
            }
            i += back;
        }
        i += 1;
    }
    kept
}

/// Whether the last vertex is the first of a spur that was left there, and not on the line:
/// the walk comes to it and leaves it by nearly one way, and the spur goes on the other way.
fn is_foot(kept: &[Vertex], next: &Vertex, beyond: &Vertex) -> bool {
    let [.., before, foot] = kept else { return false };
    let scale = foot.at.y.to_radians().cos();
    let way = |to: &Vertex| {
        let across = super::shared::shorter_way(to.at.x - foot.at.x);
        let [x, y] = [scale * across, to.at.y - foot.at.y];
        let size = x.hypot(y).max(f64::MIN_POSITIVE);
        [x / size, y / size]
    };
    let cosine = |a: [f64; 2], b: [f64; 2]| a[0] * b[0] + a[1] * b[1];
    let [before, next, beyond] = [way(before), way(next), way(beyond)];
    cosine(before, next) > HAIRPIN && cosine(before, beyond) < 0.0 && cosine(next, beyond) < 0.0
}

/// A walk without pieces that it walks again in the same direction, after a jump by one edge from
/// their end to their beginning.
pub(super) fn without_jumps_back(path: Vec<Vertex>, extras: &mut Vec<Extra>) -> Vec<Vertex> {
    let least_m = least_m(&positions(&path));
    let mut at: HashMap<u32, usize> = HashMap::new();
    let mut kept: Vec<Vertex> = Vec::with_capacity(path.len());
    let mut i = 0;
    while i < path.len() {
        let place = path[i].place;
        let before = at.get(&place).map_or(&[][..], |before| kept.get(*before..).unwrap_or(&[]));
        let again = before.iter().zip(&path[i..]).take_while(|(a, b)| a.place == b.place).count();
        if again > 1 && again == before.len() {
            let cut = positions(&path[i..i + again]);
            if length_m(&cut) >= least_m {
                extras.push(Extra { kind: ExtraKind::Repeated, path: cut });
                i += again;
                continue;
            }
        }
        if again == 0 {
            at.insert(place, kept.len());
        }
        kept.push(path[i]);
        i += 1;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::extras::without_extras;
    use super::*;

    /// A line of 60 edges of about a kilometre, no two of them alike.
    fn line() -> Vec<Coord> {
        let at = |i: u32| (f64::from(i), f64::from(i * 7 % 5));
        (0..61).map(at).map(|(x, y)| Coord { x: 80.0 + 0.01 * x, y: 45.0 + 0.003 * y }).collect()
    }

    fn back(path: &[Coord]) -> Vec<Coord> {
        path.iter().rev().copied().collect()
    }

    fn only(path: Vec<Coord>) -> (Vec<Coord>, Vec<(ExtraKind, usize)>) {
        let (mut kept, extras) = without_extras(vec![path]);
        assert_eq!(kept.len(), 1);
        (kept.remove(0), extras.iter().map(|extra| (extra.kind, extra.path.len())).collect())
    }

    #[test]
    fn back_and_on_again_stays_once() {
        let line = line();
        assert_eq!(only(line.clone()), (line.clone(), vec![]));
        // Its corners are there twice, as in real files, or once.
        for skipped in [0, 1] {
            let again =
                [&line[..41], &back(&line[20..41])[skipped..], &line[20 + skipped..]].concat();
            assert_eq!(only(again), (line.clone(), vec![(ExtraKind::Repeated, 21)]));
        }
        // Nothing is lost either if the line begins or ends with it.
        let begins = [&back(&line[..21])[..], &line[1..]].concat();
        assert_eq!(only(begins), (line.clone(), vec![(ExtraKind::Repeated, 21)]));
        let ends = [&line[..], &back(&line[40..])[1..]].concat();
        assert_eq!(only(ends), (line.clone(), vec![(ExtraKind::Repeated, 21)]));
    }

    #[test]
    fn a_jump_back_and_on_again_stays_once() {
        let line = line();
        let again = [&line[..41], &line[20..]].concat();
        assert_eq!(only(again), (line.clone(), vec![(ExtraKind::Repeated, 21)]));
        // A jump to a place where the line has not been is part of the line.
        let on = [&line[..20], &line[41..]].concat();
        assert_eq!(only(on.clone()), (on, vec![]));
        // A ring walked twice is the ring.
        let ring = [&line[..], &[Coord { x: 80.3, y: 47.0 }, line[0]]].concat();
        assert_eq!(only(ring.clone()), (ring.clone(), vec![]));
        let twice = [&ring[..], &ring[1..]].concat();
        assert_eq!(only(twice), (ring.clone(), vec![(ExtraKind::Repeated, ring.len() - 1)]));
    }

    #[test]
    fn a_spur_goes_with_its_foot() {
        let line = line();
        let spur: Vec<Coord> =
            (0..21).map(|i| Coord { y: line[30].y + 0.03 * f64::from(i), ..line[30] }).collect();
        let spurs = [
            // Through a vertex of the line.
            [&line[..30], &spur, &back(&spur)[1..], &line[31..]].concat(),
            // One edge of it only on the way back, or out.
            [&line[..30], &spur[1..], &back(&spur)[1..], &line[31..]].concat(),
            [&line[..30], &spur, &back(&spur)[1..20], &line[31..]].concat(),
        ];
        for (with_spur, length) in spurs.into_iter().zip([21, 20, 20]) {
            let (kept, extras) = only(with_spur);
            assert_eq!(extras, [(ExtraKind::Spur, length)]);
            assert_eq!(kept, line);
        }
    }
}
