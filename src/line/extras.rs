//! Extras: what a file holds besides the line itself, such as pieces that are there twice, spurs,
//! loops.
//!
//! A boundary runs along each place once. Files that are put together from several sources, or
//! edited, have more. If these extras are measured, they give lengths, gaps and land that do not
//! exist.

use crate::geodesy::earth::MEAN_DEGREE_M;
use std::collections::HashSet;

use geo::Coord;

use super::along_itself::{ALONG_DEG, ALONG_M, LONG, once, whole_copies};
use super::loops::without_loops;
use super::repeats::without_repeats;
use super::same::{SAME_PLACE_DEG, Tolerance, Vertex, any_again, may_go_again, places, step_deg};
use super::touch::Touched;
use super::walk;
use crate::geodesy::{Ellipsoid, Geodesic};

/// The kind of an extra.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum ExtraKind {
    /// It is there a second time.
    Repeated,
    /// It leaves the line and comes back on itself, or ends nowhere.
    Spur,
    /// A small ring that hangs on the line.
    Loop,
    /// The line goes round it, comes back to itself, and goes on.
    LoopInside,
    /// A part that runs along others, nearer than they can be distinguished, and has no place in
    /// common with them.
    Copy,
    /// A stretch that runs in this way along another one of the line, which continues at its ends.
    /// Nothing shows which of the two is the line.
    Alongside,
    /// A loop that may be the boundary itself: it is long, or the line does not continue straight
    /// past it.
    ComesBack,
    /// A stretch that begins on another one. Three ways meet there, and nothing shows which two of
    /// them are the line.
    Branch,
}

impl ExtraKind {
    /// Whether it may be the boundary itself, so that no length is certain.
    #[must_use]
    pub(crate) const fn is_in_doubt(self) -> bool {
        matches!(self, Self::Copy | Self::Alongside | Self::ComesBack | Self::Branch)
    }
}

/// A piece that a file has besides the line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Extra {
    /// What it is.
    pub(crate) kind: ExtraKind,
    /// Where it runs.
    pub(crate) path: Vec<Coord>,
}

/// A spur or a loop is shorter than this share of the longest part; a longer piece may be the line
/// itself.
pub(super) const HANGS_ON: f64 = 0.5;

/// And a part that leads nowhere is shorter than this share of all parts: where a line was put
/// together of others that overlap, its own end is such a part. Like the share above this is a
/// choice: what is longer is measured, and makes a length undecided.
const LEADS_NOWHERE: f64 = 0.1;

/// A piece shorter than this number of steps, or of edges of median length, comes from rounding and
/// stays.
const LEAST_EDGES: f64 = 5.0;

/// The parts of a line without repeated pieces, spurs, and rings that hang on them; and these
/// extras.
///
/// Vertices are one place within [`SAME_PLACE_DEG`](super::SAME_PLACE_DEG), or within a tenth of
/// the median distance between vertices where that is less. Loops are looked for in each part:
/// parts of a network of lines may enclose something together. Where a line runs along itself is
/// only known after its parts are joined: see [`once`].
///
/// # Complexity
/// Linear in the vertices, but for the ends of parts, which are looked up in a tree.
#[must_use]
pub(crate) fn without_extras(parts: Vec<Vec<Coord>>) -> (Vec<Vec<Coord>>, Vec<Extra>) {
    let mut extras = Vec::new();
    let tolerance = Tolerance::for_parts(&parts);
    let is_again = parts.iter().any(|part| may_go_again(part, tolerance))
        || parts.len() > 1 && any_again(&parts, tolerance);
    let parts = match is_again {
        true => {
            let parts = without_copies(parts, tolerance, &mut extras);
            each_once(parts, tolerance, &mut extras)
        }
        false => parts,
    };
    let parts = without_appendages(parts, tolerance, &mut extras);
    let once_around = |part| {
        let found = without_loops(part);
        extras.extend(found.loops);
        extras.extend(found.rounds);
        found.path
    };
    let parts = parts.into_iter().map(once_around).collect();
    (parts, extras)
}

/// All extras of stretches, whether or not they could be left out.
#[must_use]
pub(crate) fn extras(stretches: Vec<Vec<Coord>>) -> Vec<Extra> {
    let (parts, mut extras) = without_extras(stretches);
    extras.extend(once(parts).1);
    extras
}

/// Parts without those that run along others from end to end, unless they repeat them place for
/// place. A copy that was rounded has some places in common with its original, by chance. Cut there,
/// its pieces would hang on the line and look like spurs, or the line like theirs.
fn without_copies(
    parts: Vec<Vec<Coord>>,
    tolerance: Tolerance,
    extras: &mut Vec<Extra>,
) -> Vec<Vec<Coord>> {
    /// A part is repeated whole if a piece of about its length is.
    const ABOUT: f64 = 0.01;
    let copies = if parts.len() > 1 { whole_copies(&parts) } else { HashSet::new() };
    if copies.is_empty() {
        return parts;
    }
    let mut found = Vec::new();
    each_once(parts.clone(), tolerance, &mut found);
    let repeated = found.iter().filter(|extra| extra.kind == ExtraKind::Repeated);
    let repeated_m: Vec<f64> = repeated.map(|extra| length_m(&extra.path)).collect();
    let is_repeated = |path: &[Coord]| {
        let whole_m = length_m(path);
        repeated_m.iter().any(|m| (m - whole_m).abs() <= ABOUT * whole_m)
    };
    let mut kept = Vec::with_capacity(parts.len());
    for (i, path) in parts.into_iter().enumerate() {
        match copies.contains(&i) && !is_repeated(&path) {
            true => extras.push(Extra { kind: ExtraKind::Copy, path }),
            false => kept.push(path),
        }
    }
    kept
}

/// Parts in which some places are repeated: keeps each piece once.
fn each_once(
    parts: Vec<Vec<Coord>>,
    tolerance: Tolerance,
    extras: &mut Vec<Extra>,
) -> Vec<Vec<Coord>> {
    let (placed, there) = places(&parts, tolerance);
    let mut walks = Vec::with_capacity(parts.len());
    for vertices in placed {
        let before = extras.len();
        let walk = walk::without_turns(walk::moving(&vertices), extras);
        let walk = walk::without_jumps_back(walk, extras);
        // A part without extras keeps its repeated vertices.
        walks.push(if extras.len() > before { walk } else { vertices });
    }
    let walks = without_repeats(walks, &there, tolerance, extras);
    walks.into_iter().map(|walk| positions(&walk)).collect()
}

pub(super) fn positions(walk: &[Vertex]) -> Vec<Coord> {
    walk.iter().map(|vertex| vertex.at).collect()
}

pub(super) fn length_m(path: &[Coord]) -> f64 {
    Geodesic::new(Ellipsoid::WGS84).sound_length(path).value()
}

/// A shorter piece of a path is an effect of rounding: a few steps of the grid on which its
/// coordinates lie, or of the tolerance within which vertices are one place; but no more than a few
/// of its edges.
pub(super) fn least_m(path: &[Coord]) -> f64 {
    let mut edges: Vec<f64> = path.windows(2).map(length_m).filter(|m| *m > 0.0).collect();
    let middle = edges.len() / 2;
    if edges.len() < LEAST_EDGES as usize {
        return 0.0;
    }
    let step_m = step_deg(path).unwrap_or_default().max(SAME_PLACE_DEG) * MEAN_DEGREE_M;
    LEAST_EDGES * step_m.min(*edges.select_nth_unstable_by(middle, f64::total_cmp).1)
}

/// Parts without those that hang on another one: small rings that touch it, and pieces that begin
/// inside of it and lead nowhere. A long piece may begin as far from it as a line that runs along
/// another one.
fn without_appendages(
    parts: Vec<Vec<Coord>>,
    tolerance: Tolerance,
    extras: &mut Vec<Extra>,
) -> Vec<Vec<Coord>> {
    if parts.len() < 2 {
        return parts;
    }
    let lengths: Vec<f64> = parts.iter().map(|part| length_m(part)).collect();
    let longest = lengths.iter().copied().fold(0.0, f64::max);
    let is_short: Vec<bool> = lengths.iter().map(|m| *m < HANGS_ON * longest).collect();
    let touched = Touched::new(&parts, tolerance, tolerance);
    let [near, long] = [1.0, LONG].map(|times| Tolerance::of_degrees(times * ALONG_DEG));
    let is_long: Vec<bool> =
        lengths.iter().zip(&is_short).map(|(m, short)| *short && *m >= LONG * ALONG_M).collect();
    let nearly = Touched::new(&parts, near, long);
    let spur_m = LEADS_NOWHERE * lengths.iter().sum::<f64>();
    let kind = |i: usize, part: &[Coord]| {
        let off_it = || nearly.kind(i, part, near).filter(|kind| *kind == ExtraKind::Spur);
        let kind = is_short[i].then(|| touched.kind(i, part, tolerance)).flatten();
        let kind = kind.or_else(|| is_long[i].then(off_it).flatten());
        kind.filter(|kind| *kind != ExtraKind::Spur || lengths[i] <= spur_m)
    };
    let mut kept = Vec::with_capacity(parts.len());
    for (i, part) in parts.into_iter().enumerate() {
        match kind(i, &part) {
            Some(kind) => extras.push(Extra { kind, path: part }),
            None => kept.push(part),
        }
    }
    kept
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
    }

    /// Whatever the grid of their coordinates is, and however short the overlap.
    #[test]
    fn parts_that_overlap_at_their_ends_are_there_once() {
        for unit in [1e-3, 1e-2, 0.0137] {
            let line: Vec<Coord> = (0..24_u8)
                .map(|i| Coord { x: unit * f64::from(i), y: unit * f64::from(i * 7 % 5) })
                .collect();
            for overlap in 1..4 {
                for turned in 0..4 {
                    let mut parts = vec![line[..12].to_vec(), line[11 - overlap..].to_vec()];
                    for (i, part) in parts.iter_mut().enumerate() {
                        if turned >> i & 1 == 1 {
                            part.reverse();
                        }
                    }
                    let (kept, extras) = without_extras(parts);
                    let named = format!("{unit} {overlap} {turned}");
                    assert_eq!(kinds(&extras), [(ExtraKind::Repeated, overlap + 1)], "{named}");
                    let kept_m: f64 = kept.iter().map(|part| length_m(part)).sum();
                    assert!((kept_m - length_m(&line)).abs() < 1e-6, "{named}");
                }
            }
        }
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
        // A whole line there and back is the line once.
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
    fn a_copy_within_rounding_is_the_same_piece() {
        let at = |i: u32| (f64::from(i), f64::from(i * 7 % 5));
        let line: Vec<Coord> =
            (0..61).map(at).map(|(x, y)| Coord { x: 0.01 * x, y: 45.0 + 0.003 * y }).collect();
        let joined = |parts: &[Vec<Coord>]| {
            assert_eq!(parts[0].last(), parts[1].first());
            length_m(&parts[0]) + length_m(&parts[1]) - length_m(&line)
        };
        for aside in [1e-9, 3.3e-7, 1e-5] {
            let aside = |at: &Coord| Coord { x: at.x + aside, y: at.y - aside };
            let copy: Vec<Coord> = line[20..41].iter().map(aside).collect();
            let (kept, extras) = without_extras(vec![line.clone(), copy]);
            assert_eq!(kept, std::slice::from_ref(&line));
            assert_eq!(kinds(&extras), [(ExtraKind::Repeated, 21)]);
            // The rest of a part joins the one that has its beginning.
            let (first, second) = (line[..41].to_vec(), line[30..].iter().map(aside).collect());
            let (kept, extras) = without_extras(vec![first, second]);
            assert_eq!(kinds(&extras), [(ExtraKind::Repeated, 11)]);
            assert!(joined(&kept).abs() < 2.0);
        }
        // A copy farther away may be another stretch, but that is unlikely.
        for (north, is_copy) in [(2e-5, true), (1.9e-4, true), (2e-3, false)] {
            let aside = |at: &Coord| Coord { y: at.y + north, ..*at };
            let parts = vec![line.clone(), line[20..41].iter().map(aside).collect()];
            assert_eq!(without_extras(parts.clone()), (parts.clone(), Vec::new()));
            let (kept, extras) = once(parts.clone());
            assert_eq!(kept, parts[..2 - usize::from(is_copy)]);
            assert_eq!(extras.len(), usize::from(is_copy));
        }
        // In a line drawn in finer detail, nearer places are still distinguished.
        let fine: Vec<Coord> =
            line.iter().map(|at| Coord { x: 1e-4 * at.x, y: at.y * 1e-4 }).collect();
        let aside = fine[20..41].iter().map(|at| Coord { y: at.y + 5e-6, ..*at }).collect();
        let parts = vec![fine, aside];
        assert_eq!(without_extras(parts.clone()), (parts, Vec::new()));
    }

    #[test]
    fn a_copy_may_have_other_vertices() {
        let at = |i: u32| (f64::from(i), f64::from(i * 7 % 5));
        let line: Vec<Coord> =
            (0..61).map(at).map(|(x, y)| Coord { x: 0.01 * x, y: 45.0 + 0.003 * y }).collect();
        let denser = |by: f64| -> Vec<Coord> {
            let middle =
                |a: Coord, b: Coord| Coord { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 + by };
            line[20..41].windows(2).flat_map(|ends| [ends[0], middle(ends[0], ends[1])]).collect()
        };
        let (kept, extras) = without_extras(vec![line.clone(), denser(0.0)]);
        assert_eq!((kept, kinds(&extras)), (vec![line.clone()], vec![(ExtraKind::Repeated, 40)]));
        // The same vertices with others between that are not on the line.
        let parts = vec![line.clone(), [denser(1e-3), vec![line[40]]].concat()];
        assert_eq!(without_extras(parts.clone()), (parts, Vec::new()));
        // With only few vertices of a straight line.
        let straight: Vec<Coord> =
            (0..61).map(|i| Coord { x: 0.01 * f64::from(i), y: 0.0 }).collect();
        let fewer = straight[20..41].iter().step_by(5).copied().collect();
        let (kept, extras) = without_extras(vec![straight.clone(), fewer]);
        assert_eq!((kept, kinds(&extras)), (vec![straight], vec![(ExtraKind::Repeated, 5)]));
    }

    #[test]
    fn a_spur_may_begin_within_an_edge() {
        let mut line = path(&[(0.0, 45.0), (0.01, 45.006), (0.02, 45.0), (0.04, 45.006)]);
        line.push(Coord { x: 0.14, y: 45.0 });
        for (x, y, hangs) in [(0.03, 45.003, true), (0.03, 45.0031, true), (0.03, 45.0035, false)] {
            let spur = path(&[(x, y), (x, 45.01)]);
            for spur in [spur.clone(), spur.into_iter().rev().collect()] {
                let (kept, extras) = without_extras(vec![line.clone(), spur.clone()]);
                assert_eq!(kept.len(), 2 - usize::from(hangs));
                assert_eq!(!extras.is_empty(), hangs);
            }
        }
    }

    /// Two parts that overlap by some hundred metres, 10 m aside: each ends inside of the other one.
    #[test]
    fn the_end_of_a_line_is_no_spur() {
        let west = path(&[(0.0, 45.0), (0.1, 45.0), (0.107, 45.0)]);
        let east = path(&[(0.1, 45.0001), (0.2, 45.0001), (0.4, 45.0001), (1.6, 45.0001)]);
        for parts in [vec![west.clone(), east.clone()], vec![east.clone(), west]] {
            assert_eq!(without_extras(parts.clone()), (parts, Vec::new()));
        }
        // A dead end may be the end of the line if it is long.
        for (length, hangs) in [(0.02, true), (0.3, false)] {
            let dead_end = path(&[(0.3, 45.0001), (0.3, 45.0001 + length)]);
            let (kept, _) = without_extras(vec![east.clone(), dead_end]);
            assert_eq!(kept.len(), 2 - usize::from(hangs), "{length}");
        }
    }

    #[test]
    fn what_rounding_makes_of_a_line_stays() {
        // A short edge out and back among many of its length.
        let mut line: Vec<Coord> = (0..20).map(|i| Coord { x: f64::from(i), y: 0.0 }).collect();
        line.splice(10..10, path(&[(9.0, 1.0), (9.0, 0.0)]));
        assert_eq!(without_extras(vec![line.clone()]), (vec![line.clone()], Vec::new()));
        // Two parts that meet at a place where one of them passes twice.
        let [first, second] = [path(&[(-1.0, 0.0), (0.0, 0.0)]), line];
        let parts = vec![first, [second, path(&[(0.0, 0.0), (20.0, 1.0)])].concat()];
        let (kept, extras) = without_extras(parts.clone());
        assert_eq!(kept, parts);
        assert!(extras.iter().all(|extra| extra.kind == ExtraKind::ComesBack), "{extras:?}");
    }
}
