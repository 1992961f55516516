//! What a file holds of a line more than the line: pieces that are there twice, spurs, loops.
//!
//! A boundary runs along each place once. Files that are put together from several sources,
//! or edited, have more; measured with the rest, it makes lengths, gaps and land that are
//! not there.

use std::collections::{HashMap, HashSet};

use geo::Coord;

use crate::geodesy::{Ellipsoid, Geodesic};

/// What a piece of a line is that was left out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtraKind {
    /// It is there a second time.
    Repeated,
    /// It leaves the line and comes back on itself, or ends nowhere.
    Spur,
    /// A small ring that hangs on the line.
    Loop,
}

/// A piece of a line that was left out of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Extra {
    /// What it is.
    pub kind: ExtraKind,
    /// Where it runs.
    pub path: Vec<Coord>,
}

/// A spur or a loop is shorter than this share of the longest part; what is longer may well
/// be the line itself.
const HANGS_ON: f64 = 0.5;

/// What is shorter than this number of edges of median length is what rounding makes of a
/// line, and stays.
const LEAST_EDGES: f64 = 5.0;

/// The parts of a line without pieces that are there twice, spurs and loops; and those.
///
/// Vertices must be the same to the last bit for two edges to be one. What a part runs along
/// again is left out only where another part has it: within one part it is how the line was
/// drawn, and [`repeated_pieces`] finds it.
#[must_use]
pub fn without_extras(parts: Vec<Vec<Coord>>) -> (Vec<Vec<Coord>>, Vec<Extra>) {
    let mut extras = Vec::new();
    let parts = parts.into_iter().map(|part| without_turns(part, &mut extras)).collect();
    let parts = without_repeats(parts, &mut extras);
    (without_appendages(parts, &mut extras), extras)
}

/// The pieces that a path runs along again, in either direction.
#[must_use]
pub fn repeated_pieces(path: &[Coord]) -> Vec<Vec<Coord>> {
    let mut seen = HashSet::new();
    let is_new: Vec<bool> =
        path.windows(2).map(|ends| ends[0] == ends[1] || seen.insert(edge_key(ends))).collect();
    if is_new.iter().all(|new| *new) {
        return Vec::new();
    }
    let least_m = least_m(path);
    let again = runs(path, &is_new).into_iter().filter(|(new, _)| !new).map(|(_, path)| path);
    again.filter(|path| length_m(path) >= least_m).collect()
}

fn length_m(path: &[Coord]) -> f64 {
    Geodesic::new(Ellipsoid::WGS84).sound_length(path).value()
}

/// Below this length, pieces of a path are what rounding makes.
fn least_m(path: &[Coord]) -> f64 {
    let mut edges: Vec<f64> = path.windows(2).map(length_m).filter(|m| *m > 0.0).collect();
    let middle = edges.len() / 2;
    if edges.len() < LEAST_EDGES as usize {
        return 0.0;
    }
    LEAST_EDGES * *edges.select_nth_unstable_by(middle, f64::total_cmp).1
}

/// The same for the same place; 180° and −180° are one meridian.
fn key(at: Coord) -> [u64; 2] {
    let x = if at.x == -180.0 { 180.0 } else { at.x + 0.0 };
    [x.to_bits(), (at.y + 0.0).to_bits()]
}

/// The same for the same edge in either direction.
fn edge_key(ends: &[Coord]) -> [[u64; 2]; 2] {
    let mut keys = [key(ends[0]), key(ends[1])];
    keys.sort_unstable();
    keys
}

/// A path without the pieces on which it goes out and comes back the same way.
fn without_turns(path: Vec<Coord>, extras: &mut Vec<Extra>) -> Vec<Coord> {
    let goes_back = |ends: &[Coord]| key(ends[0]) == key(ends[2]) && ends[0] != ends[1];
    if !path.windows(3).any(goes_back) {
        return path;
    }
    let least_m = least_m(&path);
    let mut kept: Vec<Coord> = Vec::with_capacity(path.len());
    let mut i = 0;
    while i < path.len() {
        let back = edges_back(&kept, path[i], &path[i + 1..]);
        let base = kept.len() - back;
        kept.push(path[i]);
        // There and back and nothing else: the way there is the line.
        let is_all = base == 0 && i + back + 1 >= path.len();
        if back > 0 && (is_all || length_m(&kept[base..]) >= least_m) {
            let kind = if is_all { ExtraKind::Repeated } else { ExtraKind::Spur };
            extras.push(Extra { kind, path: kept[base..].to_vec() });
            if !is_all {
                kept.truncate(base + 1);
            }
            i += back;
        }
        i += 1;
    }
    kept
}

/// The number of vertices that come again behind a tip as they came before it, backwards.
fn edges_back(before: &[Coord], tip: Coord, behind: &[Coord]) -> usize {
    let pairs = before.iter().rev().zip(behind);
    let again = pairs.take_while(|(before, behind)| key(**before) == key(**behind)).count();
    if before.last() == Some(&tip) { 0 } else { again }
}

/// Parts without the edges that another part has already. Of two parts the one of more
/// vertices keeps them.
fn without_repeats(parts: Vec<Vec<Coord>>, extras: &mut Vec<Extra>) -> Vec<Vec<Coord>> {
    if parts.len() < 2 {
        return parts;
    }
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(parts[*i].len()));
    let mut seen: HashMap<[[u64; 2]; 2], usize> = HashMap::new();
    let mut is_new: Vec<Vec<bool>> = vec![Vec::new(); parts.len()];
    for i in order {
        let mut first_in = |ends: &[Coord]| *seen.entry(edge_key(ends)).or_insert(i) == i;
        is_new[i] = parts[i].windows(2).map(|ends| ends[0] == ends[1] || first_in(ends)).collect();
    }
    let mut kept = Vec::with_capacity(parts.len());
    for (part, is_new) in parts.into_iter().zip(is_new) {
        let again = is_new.iter().filter(|new| !**new).count();
        let pieces = runs(&part, &is_new);
        let least_m = if again == is_new.len() { 0.0 } else { least_m(&part) };
        let is_long = |(new, path): &(bool, Vec<Coord>)| !new && length_m(path) >= least_m;
        if again == 0 || !pieces.iter().any(is_long) {
            kept.push(part);
            continue;
        }
        let mut joins = false;
        for piece in pieces {
            if is_long(&piece) {
                extras.push(Extra { kind: ExtraKind::Repeated, path: piece.1 });
                joins = false;
                continue;
            }
            // What is too short to be left out stays with what is before and behind it.
            match kept.last_mut().filter(|_: &&mut Vec<Coord>| joins) {
                Some(before) => before.extend(&piece.1[1..]),
                None => kept.push(piece.1),
            }
            joins = true;
        }
    }
    kept
}

/// The pieces of a path whose edges are alike.
fn runs(path: &[Coord], is_new: &[bool]) -> Vec<(bool, Vec<Coord>)> {
    let mut runs: Vec<(bool, Vec<Coord>)> = Vec::new();
    for (ends, new) in path.windows(2).zip(is_new) {
        match runs.last_mut().filter(|(before, _)| before == new) {
            Some((_, run)) => run.push(ends[1]),
            None => runs.push((*new, ends.to_vec())),
        }
    }
    runs
}

/// Parts without those that hang on another one: small rings that touch it, and pieces that
/// begin inside of it and end where nothing is.
fn without_appendages(parts: Vec<Vec<Coord>>, extras: &mut Vec<Extra>) -> Vec<Vec<Coord>> {
    if parts.len() < 2 {
        return parts;
    }
    let lengths: Vec<f64> = parts.iter().map(|part| length_m(part)).collect();
    let longest = lengths.iter().copied().fold(0.0, f64::max);
    let touched = Touched::new(&parts);
    let mut kept = Vec::with_capacity(parts.len());
    for (i, part) in parts.into_iter().enumerate() {
        let kind = (lengths[i] < HANGS_ON * longest).then(|| touched.kind(i, &part)).flatten();
        match kind {
            Some(kind) => extras.push(Extra { kind, path: part }),
            None => kept.push(part),
        }
    }
    kept
}

/// Which parts have which ends of parts, and whether inside of them.
struct Touched(HashMap<[u64; 2], Vec<(usize, bool)>>);

impl Touched {
    fn new(parts: &[Vec<Coord>]) -> Self {
        let ends = parts.iter().flat_map(|part| [part.first(), part.last()]).flatten();
        let mut touched: HashMap<[u64; 2], Vec<(usize, bool)>> =
            ends.map(|at| (key(*at), Vec::new())).collect();
        for (i, part) in parts.iter().enumerate() {
            let is_ring = part.first() == part.last();
            for (j, at) in part.iter().enumerate() {
                if let Some(parts) = touched.get_mut(&key(*at)) {
                    parts.push((i, is_ring || j > 0 && j + 1 < part.len()));
                }
            }
        }
        Self(touched)
    }

    /// What hangs on another part, if this one does.
    fn kind(&self, own: usize, part: &[Coord]) -> Option<ExtraKind> {
        let others = |at: &Coord| {
            let others = self.0.get(&key(*at)).into_iter().flatten();
            others.filter(move |(i, _)| *i != own).map(|(_, inside)| *inside)
        };
        let (first, last) = (part.first()?, part.last()?);
        if key(*first) == key(*last) {
            return others(first).next().map(|_| ExtraKind::Loop);
        }
        let hangs = |on: &Coord, free: &Coord| {
            let mut touched = others(on).peekable();
            touched.peek().is_some()
                && touched.all(|inside| inside)
                && others(free).next().is_none()
        };
        (hangs(first, last) || hangs(last, first)).then_some(ExtraKind::Spur)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(at: &[(f64, f64)]) -> Vec<Coord> {
        at.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect()
    }

    fn kinds(extras: &[Extra]) -> Vec<(ExtraKind, usize)> {
        extras.iter().map(|extra| (extra.kind, extra.path.len())).collect()
    }

    #[test]
    fn a_line_is_left_as_it_is() {
        let parts = vec![path(&[(0.0, 0.0), (1.0, 0.0)]), path(&[(1.0, 0.0), (2.0, 1.0)])];
        // An enclave touches nothing.
        let enclave = path(&[(5.0, 5.0), (5.1, 5.0), (5.1, 5.1), (5.0, 5.0)]);
        let parts = [parts, vec![enclave]].concat();
        assert_eq!(without_extras(parts.clone()), (parts, Vec::new()));
    }

    #[test]
    fn a_piece_is_there_twice_in_either_direction() {
        let line = path(&[(0.0, 0.0), (1.0, 0.0), (2.0, 0.1), (3.0, 0.0)]);
        for again in [&[(1.0, 0.0), (2.0, 0.1)], &[(2.0, 0.1), (1.0, 0.0)]] {
            for parts in [vec![line.clone(), path(again)], vec![path(again), line.clone()]] {
                let (kept, extras) = without_extras(parts);
                assert_eq!(
                    (kept, kinds(&extras)),
                    (vec![line.clone()], vec![(ExtraKind::Repeated, 2)])
                );
            }
        }
        assert!(repeated_pieces(&line).is_empty());
        let there_and_back = [line.clone(), path(&[(2.0, 0.1)])].concat();
        assert_eq!(repeated_pieces(&there_and_back), [path(&[(3.0, 0.0), (2.0, 0.1)])]);
    }

    #[test]
    fn out_and_back_is_a_spur() {
        let line: Vec<Coord> = (0..20).map(|i| Coord { x: 0.1 * f64::from(i), y: 0.0 }).collect();
        let at = line[10];
        let tip = [Coord { y: 1.0, ..at }, Coord { y: 2.0, ..at }, Coord { y: 1.0, ..at }];
        let mut with_spur = line.clone();
        with_spur.splice(11..11, tip.into_iter().chain([at]));
        let (kept, extras) = without_extras(vec![with_spur]);
        assert_eq!(kept, [line]);
        assert_eq!(
            (extras[0].kind, &extras[0].path[..]),
            (ExtraKind::Spur, &[at, tip[0], tip[1]][..])
        );
        // All of a line there and back is the line once.
        let (kept, extras) = without_extras(vec![path(&[(0.0, 0.0), (1.0, 0.0), (0.0, 0.0)])]);
        assert_eq!(kept, [path(&[(0.0, 0.0), (1.0, 0.0)])]);
        assert_eq!(extras[0].kind, ExtraKind::Repeated);
    }

    #[test]
    fn what_hangs_on_the_line_is_left_out() {
        let line = path(&[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)]);
        let spur = path(&[(1.0, 0.0), (1.0, 0.2)]);
        let ring = path(&[(1.0, 0.0), (1.1, 0.1), (1.0, 0.1), (1.0, 0.0)]);
        let (kept, extras) = without_extras(vec![line.clone(), spur, ring]);
        assert_eq!(kept, [line]);
        assert_eq!(kinds(&extras), [(ExtraKind::Spur, 2), (ExtraKind::Loop, 4)]);
    }

    #[test]
    fn what_rounding_makes_of_a_line_stays() {
        // A short edge out and back among many of its length.
        let mut line: Vec<Coord> = (0..20).map(|i| Coord { x: f64::from(i), y: 0.0 }).collect();
        line.splice(10..10, path(&[(9.0, 1.0), (9.0, 0.0)]));
        assert_eq!(without_extras(vec![line.clone()]), (vec![line.clone()], Vec::new()));
        assert!(repeated_pieces(&line).is_empty());
        // Two parts that meet where one of them comes by twice.
        let [first, second] = [path(&[(-1.0, 0.0), (0.0, 0.0)]), line];
        let parts = vec![first, [second, path(&[(0.0, 0.0), (20.0, 1.0)])].concat()];
        assert_eq!(without_extras(parts.clone()), (parts, Vec::new()));
    }
}
