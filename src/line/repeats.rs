//! Edges that several parts of a line have: each is kept once, in the part with the most vertices.

use std::collections::HashMap;

use geo::Coord;

use super::along::Whereabouts;
use super::extras::{Extra, ExtraKind, least_m, length_m, positions};
use super::same::{Tolerance, Vertex};

/// A key of an edge, the same in both directions.
fn edge_key(ends: &[Vertex]) -> [u32; 2] {
    let mut key = [ends[0].place, ends[1].place];
    key.sort_unstable();
    key
}

/// Parts without the edges that another part already has. Of two parts the one with more vertices
/// keeps them; the other one is cut there.
pub(super) fn without_repeats(
    parts: Vec<Vec<Vertex>>,
    there: &[Coord],
    tolerance: Tolerance,
    extras: &mut Vec<Extra>,
) -> Vec<Vec<Vertex>> {
    if parts.len() < 2 {
        return parts;
    }
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(parts[*i].len()));
    let mut seen: HashMap<[u32; 2], usize> = HashMap::new();
    let mut is_new: Vec<Vec<bool>> = vec![Vec::new(); parts.len()];
    let mut whereabouts = Whereabouts::default();
    for i in order {
        let mut first_in = |ends: &[Vertex]| *seen.entry(edge_key(ends)).or_insert(i) == i;
        let rests = |ends: &[Vertex]| ends[0].place == ends[1].place;
        is_new[i] = parts[i].windows(2).map(|ends| rests(ends) || first_in(ends)).collect();
        for along in whereabouts.along(&parts[i], &parts, tolerance) {
            is_new[i][along].fill(false);
        }
        whereabouts.add(i, &parts[i]);
    }
    let ends = ends(&parts);
    let mut kept = Vec::with_capacity(parts.len());
    for (i, (part, is_new)) in parts.into_iter().zip(is_new).enumerate() {
        let ends_another =
            |place: u32| ends.get(&place).is_some_and(|of| of.iter().any(|part| *part != i));
        kept.extend(without_again(part, &is_new, there, &ends_another, extras));
    }
    kept
}

/// The parts that begin or end at each place.
fn ends(parts: &[Vec<Vertex>]) -> HashMap<u32, Vec<usize>> {
    let mut ends: HashMap<u32, Vec<usize>> = HashMap::new();
    for (i, part) in parts.iter().enumerate() {
        for end in [part.first(), part.last()].into_iter().flatten() {
            ends.entry(end.place).or_default().push(i);
        }
    }
    ends
}

/// The rest of a part without its edges that are not new. A short piece comes from rounding, but not
/// where this part begins or ends with it and another one ends or begins: there the two overlap.
fn without_again(
    part: Vec<Vertex>,
    is_new: &[bool],
    there: &[Coord],
    ends_another: &dyn Fn(u32) -> bool,
    extras: &mut Vec<Extra>,
) -> Vec<Vec<Vertex>> {
    let again = is_new.iter().filter(|new| !**new).count();
    let pieces = runs(&part, is_new);
    let least_m = if again == is_new.len() { 0.0 } else { least_m(&positions(&part)) };
    let overlaps = |piece: &[Vertex]| {
        let [Some(from), Some(to)] = [piece.first(), piece.last()].map(|it| it.map(|it| it.place))
        else {
            return false;
        };
        let own = [part.first(), part.last()].map(|end| end.map(|end| end.place));
        own[0] == Some(from) && ends_another(to) || own[1] == Some(to) && ends_another(from)
    };
    let is_long = |(new, piece): &(bool, Vec<Vertex>)| {
        !new && (overlaps(piece) || length_m(&positions(piece)) >= least_m)
    };
    if again == 0 || !pieces.iter().any(is_long) {
        return vec![part];
    }
    let mut kept: Vec<Vec<Vertex>> = Vec::new();
    // Where a piece was cut off, the rest joins the part that has it.
    let mut cut_at = None;
    for piece in pieces {
        if is_long(&piece) {
            let ends = [piece.1.first(), piece.1.last()].map(|end| end.map(|end| end.place));
            let before = kept.last_mut().and_then(|before| before.last_mut());
            let joins = |end: &&mut Vertex| cut_at.is_none() && Some(end.place) == ends[0];
            if let Some(end) = before.filter(joins) {
                end.at = there[end.place as usize];
            }
            extras.push(Extra { kind: ExtraKind::Repeated, path: positions(&piece.1) });
            cut_at = ends[1];
            continue;
        }
        let mut piece = piece.1;
        // A piece that is too short to be left out stays with the pieces before and after it.
        match kept.last_mut().filter(|_| cut_at.is_none()) {
            Some(before) => before.extend(&piece[1..]),
            None => {
                if let Some(begin) = piece.first_mut().filter(|_| cut_at.is_some()) {
                    begin.at = there[begin.place as usize];
                }
                kept.push(piece);
            }
        }
        cut_at = None;
    }
    kept
}

/// The pieces of a path whose edges are alike.
fn runs(path: &[Vertex], is_new: &[bool]) -> Vec<(bool, Vec<Vertex>)> {
    let mut runs: Vec<(bool, Vec<Vertex>)> = Vec::new();
    for (ends, new) in path.windows(2).zip(is_new) {
        match runs.last_mut().filter(|(before, _)| before == new) {
            Some((_, run)) => run.push(ends[1]),
            None => runs.push((*new, ends.to_vec())),
        }
    }
    runs
}
