//! Where a line runs along itself: two stretches of it next to each other, nearer than they can be
//! distinguished.
//!
//! A copy of a stretch that was drawn some metres aside has no place in common with it. It is
//! recognised because it runs along it for a long way. A bend of a river is near another one only
//! for about its own width. So two stretches count only if they run together for many times the
//! distance between them, and none of them is a part of the other.

mod again;

use crate::geodesy::earth::MEAN_DEGREE_M;
use std::collections::{HashMap, HashSet};

use geo::Coord;

use again::Again;

use super::boxes::pairs;
use super::extras::{Extra, ExtraKind, HANGS_ON, length_m};
use super::same::unit_deg;
use super::shared::shorter_way;
use super::topology::running_on;
use crate::io::outline::Box2;
use crate::quantity::Metres;

/// Two stretches of a line no farther apart than this run along each other: two units of the fourth
/// decimal of a latitude. A copy that was rounded to four decimals, or moved by an inexact
/// coordinate operation, is that far off.
pub(super) const ALONG_DEG: f64 = 2e-4;

/// The same in metres.
pub(crate) const ALONG_M: f64 = ALONG_DEG * MEAN_DEGREE_M;

/// They must do so for at least this number of times that distance.
pub(super) const LONG: f64 = 20.0;

/// A gap between two edges that run along others is bridged up to this number of times that
/// distance.
const BRIDGED: f64 = 4.0;

/// The least cosine of the angle between two edges that run along each other: 26°.
const PARALLEL: f64 = 0.9;

/// Two stretches of a line that run along each other. The first one is the one that messages name:
/// that of the shorter part, or the later one.
#[derive(Debug, Clone, PartialEq)]
struct Alongside {
    stretches: [Stretch; 2],
    /// The way that is walked a second time, if both are of one part.
    again: Option<Again>,
}

/// One of two stretches that run along each other.
#[derive(Debug, Clone, PartialEq)]
struct Stretch {
    /// The part that it belongs to.
    part: usize,
    /// The length of that part, in metres.
    part_m: f64,
    /// Its beginning and end, as shares of its part.
    shares: [f64; 2],
    /// Where it runs.
    path: Vec<Coord>,
}

/// A part of an edge next to a part of another one: how far along the line each of them is, in
/// metres, and whether they run the same way.
#[derive(Debug, Clone, Copy)]
struct Near {
    first: [f64; 2],
    second: [f64; 2],
    same_way: bool,
}

/// All edges of some parts, and how far along all of them each begins.
struct Edges {
    ends: Vec<[Coord; 2]>,
    begins: Vec<f64>,
    /// The first edge of each part.
    parts: Vec<usize>,
    /// The beginning and the end of each part.
    ranges: Vec<[f64; 2]>,
}

/// Stretches of a line, each joined from its parts, without ways walked a second time and without
/// stretches that run along others from end to end. Also returns these pieces, and the stretches
/// that run along another one and stay.
#[must_use]
pub(crate) fn once(mut stretches: Vec<Vec<Coord>>) -> (Vec<Vec<Coord>>, Vec<Extra>) {
    /// No line walks the same way more often than this.
    const MOST_TIMES: usize = 16;
    let mut extras = Vec::new();
    let mut found = along_itself(&stretches);
    for _ in 0..MOST_TIMES {
        if !cut_second_ways(&mut stretches, &found, &mut extras) {
            break;
        }
        found = along_itself(&stretches);
    }
    let copies = copies(&found, &stretches);
    let mut kept = Vec::with_capacity(stretches.len());
    for (i, path) in stretches.into_iter().enumerate() {
        match copies.contains(&i) {
            true => extras.push(Extra { kind: ExtraKind::Copy, path }),
            false => kept.push(path),
        }
    }
    for Alongside { stretches: [named, other], .. } in found {
        if ![named.part, other.part].iter().any(|part| copies.contains(part)) {
            extras.push(Extra { kind: ExtraKind::Alongside, path: named.path });
        }
    }
    (kept, extras)
}

/// Cuts out of each stretch the longest way that it walks a second time, if there is one.
fn cut_second_ways(
    stretches: &mut [Vec<Coord>],
    found: &[Alongside],
    extras: &mut Vec<Extra>,
) -> bool {
    let before = extras.len();
    for (i, stretch) in stretches.iter_mut().enumerate() {
        let most_m = HANGS_ON * length_m(stretch);
        let again = found.iter().filter(|it| it.stretches[0].part == i).filter_map(|it| it.again);
        // A way back is never much longer than the way there.
        let short = again.filter(|it| it.kind == ExtraKind::Copy || it.length_m < most_m);
        let longest = short.max_by(|a, b| a.length_m.total_cmp(&b.length_m));
        if let Some(again) = longest {
            let (kept, path) = again.cut(stretch);
            *stretch = kept;
            extras.push(Extra { kind: again.kind, path });
        }
    }
    extras.len() > before
}

/// The parts that run along others from end to end, as [`once`] leaves them out.
pub(super) fn whole_copies(parts: &[Vec<Coord>]) -> HashSet<usize> {
    copies(&along_itself(parts), parts)
}

/// The parts that run along others from end to end and are left out. Those that fewer others
/// continue at their ends are left out first, then the shorter ones; of parts with the same length,
/// the last. No part is left out because of another one that is left out itself.
fn copies(found: &[Alongside], parts: &[Vec<Coord>]) -> HashSet<usize> {
    /// A part counts as covered if this share of it is; its ends may be farther away.
    const ALL: f64 = 0.95;
    let pairs = found.iter().map(|it| &it.stretches).filter(|[a, b]| a.part != b.part);
    let both = pairs.flat_map(|[a, b]| [(a, b.part), (b, a.part)]);
    let mut along: Vec<(&Stretch, usize)> = both.collect();
    let joined = ends_joined(parts);
    along.sort_by(|(a, _), (b, _)| {
        let by_ends = joined[a.part].cmp(&joined[b.part]);
        by_ends.then(a.part_m.total_cmp(&b.part_m)).then(b.part.cmp(&a.part))
    });
    let mut gone = HashSet::new();
    for of_one in along.chunk_by(|(a, _), (b, _)| a.part == b.part) {
        let there = of_one.iter().filter(|(_, other)| !gone.contains(other));
        if covered(there.map(|(stretch, _)| stretch.shares).collect()) >= ALL {
            gone.extend(of_one.first().map(|(stretch, _)| stretch.part));
        }
    }
    gone
}

/// At how many of its ends each part is continued by another one.
fn ends_joined(parts: &[Vec<Coord>]) -> Vec<usize> {
    let key = |at: &Coord| [at.x + 0.0, at.y + 0.0].map(f64::to_bits);
    let ends = |part: &[Coord]| {
        [part.first().map(key), part.last().map(key)].into_iter().flatten().collect::<HashSet<_>>()
    };
    let mut counts: HashMap<[u64; 2], usize> = HashMap::new();
    for end in parts.iter().flat_map(|part| ends(part)) {
        *counts.entry(end).or_default() += 1;
    }
    let joined = |part: &Vec<Coord>| ends(part).iter().filter(|end| counts[*end] > 1).count();
    parts.iter().map(joined).collect()
}

/// The length of some parts that run along others of them, counted once for each pair.
pub(crate) fn length_along_itself(parts: &[Vec<Coord>]) -> Metres {
    let found = along_itself(parts);
    let named = found.iter().map(|it| &it.stretches[0]).collect::<Vec<_>>();
    let of_parts = named.chunk_by(|a, b| a.part == b.part);
    let length = |of_one: &[&Stretch]| {
        let share = covered(of_one.iter().map(|it| it.shares).collect());
        Metres::new(share * of_one.first().map_or(0.0, |it| it.part_m))
    };
    of_parts.map(length).sum()
}

/// How much ranges cover together.
fn covered(mut ranges: Vec<[f64; 2]>) -> f64 {
    ranges.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let (mut reached, mut sum) = (f64::NEG_INFINITY, 0.0);
    for [from, to] in ranges {
        sum += (to - from.max(reached)).max(0.0);
        reached = reached.max(to);
    }
    sum
}

/// The stretches of some parts that run along each other.
fn along_itself(parts: &[Vec<Coord>]) -> Vec<Alongside> {
    let within_m = ALONG_M;
    let edges = Edges::new(parts);
    let boxes: Vec<Box2> = edges.ends.iter().map(|ends| around(ends, within_m)).collect();
    let mut near = Vec::new();
    pairs(&boxes, |i, j| near.extend(edges.near(i, j, within_m)));
    near.sort_by(|a, b| {
        a.first[0].total_cmp(&b.first[0]).then(a.second[0].total_cmp(&b.second[0]))
    });
    let mut runs = runs(&near, BRIDGED * within_m);
    let unit_m = unit_deg(parts.iter().map(Vec::as_slice)) * MEAN_DEGREE_M;
    let least_m = LONG * within_m.max(unit_m);
    runs.retain(|run| {
        let [a, b] = [run.first, run.second].map(|[from, to]| to - from);
        let is_apart = run.first[1] <= run.second[0] + within_m;
        is_apart && a.min(b) >= least_m
    });
    let mut found: Vec<Alongside> =
        runs.iter().filter_map(|run| edges.alongside(run, parts)).collect();
    found.sort_by_key(|it| it.stretches[0].part);
    found
}

/// A box around all places near an edge.
fn around(ends: &[Coord; 2], within_m: f64) -> Box2 {
    let mut around = Box2::around_two(ends[0], ends[1]);
    let north = within_m / MEAN_DEGREE_M;
    let farthest = ends[0].y.abs().max(ends[1].y.abs()).min(89.9);
    let by = [north / farthest.to_radians().cos(), north];
    for (axis, by) in by.into_iter().enumerate() {
        around.low[axis] -= by;
        around.high[axis] += by;
    }
    around
}

/// Joins pieces that continue each other.
fn runs(near: &[Near], gap: f64) -> Vec<Near> {
    let mut done: Vec<Near> = Vec::new();
    let mut open: Vec<Near> = Vec::new();
    for next in near {
        let mut run = *next;
        let mut still = Vec::with_capacity(open.len() + 1);
        for before in open.drain(..) {
            if before.first[1] + gap < next.first[0] {
                done.push(before);
            } else if goes_on(&before, &run, gap) {
                let both = |a: [f64; 2], b: [f64; 2]| [a[0].min(b[0]), a[1].max(b[1])];
                run.first = both(before.first, run.first);
                run.second = both(before.second, run.second);
            } else {
                still.push(before);
            }
        }
        still.push(run);
        open = still;
    }
    done.extend(open);
    done
}

/// Whether one run continues another one.
fn goes_on(a: &Near, b: &Near, gap: f64) -> bool {
    let meets = |a: [f64; 2], b: [f64; 2]| a[0] - gap <= b[1] && b[0] - gap <= a[1];
    a.same_way == b.same_way && meets(a.first, b.first) && meets(a.second, b.second)
}

impl Edges {
    fn new(parts: &[Vec<Coord>]) -> Self {
        let mut edges = Self { ends: vec![], begins: vec![], parts: vec![], ranges: vec![] };
        let mut reached = 0.0;
        for part in parts {
            edges.parts.push(edges.ends.len());
            let begin = reached;
            for ends in running_on(part).windows(2) {
                edges.ends.push([ends[0], ends[1]]);
                edges.begins.push(reached);
                let [x, y] = flat(ends[0], ends[0], ends[1]);
                reached += x.hypot(y);
            }
            edges.ranges.push([begin, reached]);
            // No run continues from one part to the next.
            reached += 1e6;
        }
        edges
    }

    /// The parts of two edges that run along each other.
    fn near(&self, i: usize, j: usize, within_m: f64) -> Option<Near> {
        let [a, b] = self.ends[i];
        let [c, d] = self.ends[j].map(|at| flat(a, a, at));
        let whole = flat(a, a, b);
        let length = whole[0].hypot(whole[1]);
        let other = [d[0] - c[0], d[1] - c[1]];
        let other_length = other[0].hypot(other[1]);
        if length == 0.0 || other_length == 0.0 {
            return None;
        }
        let unit = whole.map(|it| it / length);
        let cosine = (unit[0] * other[0] + unit[1] * other[1]) / other_length;
        if cosine.abs() < PARALLEL {
            return None;
        }
        let on =
            |at: [f64; 2]| (unit[0] * at[0] + unit[1] * at[1], unit[0] * at[1] - unit[1] * at[0]);
        let ((from, off), (to, off_at_end)) = (on(c), on(d));
        // The share of the other edge that is next to this one and near enough.
        let next = clipped((from, to), (0.0, length));
        let near = clipped((off, off_at_end), (-within_m, within_m));
        let share = [next[0].max(near[0]), next[1].min(near[1])];
        if share[0] >= share[1] {
            return None;
        }
        let first = share.map(|share| self.begins[i] + from + share * (to - from));
        let second = share.map(|share| self.begins[j] + share * other_length);
        let same_way = cosine > 0.0;
        Some(Near { first: [first[0].min(first[1]), first[0].max(first[1])], second, same_way })
    }

    /// The part and the edge in which a place along all of them is.
    fn at(&self, along: f64) -> (usize, usize) {
        let edge = self.begins.partition_point(|begin| *begin <= along).saturating_sub(1);
        let part = self.parts.partition_point(|first| *first <= edge).saturating_sub(1);
        (part, edge - self.parts[part])
    }

    /// The place there.
    fn place(&self, along: f64) -> Coord {
        let edge = self.begins.partition_point(|begin| *begin <= along).saturating_sub(1);
        let [begin, end] = self.ends[edge];
        let [x, y] = flat(begin, begin, end);
        let share = ((along - self.begins[edge]) / x.hypot(y).max(f64::MIN_POSITIVE)).min(1.0);
        let x = shorter_way(begin.x + share * (end.x - begin.x));
        Coord { x, y: begin.y + share * (end.y - begin.y) }
    }

    /// The stretches of a run.
    fn alongside(&self, run: &Near, parts: &[Vec<Coord>]) -> Option<Alongside> {
        let ranges = [run.first, run.second];
        let ends = ranges.map(|range| range.map(|along| self.at(along)));
        let stretch = |which: usize| {
            let [(part, from), (_, to)] = ends[which];
            let path = parts.get(part)?.get(from..=to + 1)?.to_vec();
            let part_m = length_m(&parts[part]);
            let [begin, end] = self.ranges[part];
            let shares = ranges[which].map(|along| (along - begin) / (end - begin));
            Some(Stretch { part, part_m, shares, path })
        };
        let (first, second) = (stretch(0)?, stretch(1)?);
        let is_one = first.part == second.part;
        let again = is_one.then(|| self.again(run, first.part, &parts[first.part])).flatten();
        let is_first = first.part_m < second.part_m;
        let stretches = if is_first { [first, second] } else { [second, first] };
        Some(Alongside { stretches, again })
    }
}

/// The shares of an edge, from and to, at which a number that goes from one value to another lies
/// between two limits.
fn clipped((from, to): (f64, f64), (low, high): (f64, f64)) -> [f64; 2] {
    if from == to {
        return if (low..=high).contains(&from) { [0.0, 1.0] } else { [1.0, 0.0] };
    }
    let [a, b] = [low, high].map(|limit| (limit - from) / (to - from));
    [a.min(b).max(0.0), a.max(b).min(1.0)]
}

/// A place on the plane around another one, in metres; a good approximation nearby.
fn flat(origin: Coord, from: Coord, to: Coord) -> [f64; 2] {
    let scale = origin.y.to_radians().cos();
    [MEAN_DEGREE_M * scale * (to.x - from.x), MEAN_DEGREE_M * (to.y - from.y)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 60 edges of about a kilometre, no two of them alike.
    fn line() -> Vec<Coord> {
        let at = |i: u32| (f64::from(i), f64::from(i * 7 % 5));
        (0..61).map(at).map(|(x, y)| Coord { x: 80.0 + 0.01 * x, y: 45.0 + 0.003 * y }).collect()
    }

    fn moved(path: &[Coord], east: f64, north: f64) -> Vec<Coord> {
        path.iter().map(|at| Coord { x: at.x + east, y: at.y + north }).collect()
    }

    fn kinds(extras: &[Extra]) -> Vec<ExtraKind> {
        extras.iter().map(|extra| extra.kind).collect()
    }

    #[test]
    fn a_part_that_runs_along_the_others_is_a_copy() {
        let line = line();
        let halves = vec![line[..31].to_vec(), moved(&line[30..], 1e-9, 0.0)];
        assert_eq!(once(halves.clone()), (halves.clone(), Vec::new()));
        let mut copy = moved(&line[10..50], 6e-5, -6e-5);
        for _ in 0..2 {
            copy.reverse();
            let (kept, extras) = once([halves.clone(), vec![copy.clone()]].concat());
            assert_eq!((kept, kinds(&extras)), (halves.clone(), vec![ExtraKind::Copy]));
        }
        // A copy that continues elsewhere stays.
        let on = [copy, vec![Coord { x: 81.0, y: 47.0 }]].concat();
        let (kept, extras) = once([halves, vec![on]].concat());
        assert_eq!(kept.len(), 3);
        assert!(kinds(&extras).iter().all(|kind| *kind == ExtraKind::Alongside), "{extras:?}");
        assert!(!extras.is_empty());
    }

    #[test]
    fn what_is_gone_a_second_time_the_same_way_goes() {
        let line = line();
        let again = [&line[..41], &moved(&line[20..41], 6e-5, -6e-5), &line[41..]].concat();
        let (kept, extras) = once(vec![again]);
        assert_eq!(kinds(&extras), [ExtraKind::Repeated]);
        assert!((length_m(&kept[0]) - length_m(&line)).abs() < 2.0 * ALONG_M);
    }

    #[test]
    fn out_and_back_along_a_corridor_stays() {
        let line = line();
        let on = [Coord { x: 80.2, y: 45.1 }, Coord { x: 80.2, y: 45.2 }];
        let back = |north: f64| -> Vec<Coord> {
            let back = moved(&line[20..41], 0.0, north).into_iter().rev();
            line[..41].iter().copied().chain(back).chain(on).collect()
        };
        let (kept, extras) = once(vec![back(1e-4)]);
        assert_eq!((kept[0].len(), kinds(&extras)), (64, vec![ExtraKind::Alongside]));
        // Stretches farther from each other than that are independent.
        assert_eq!(once(vec![back(2e-3)]).1, []);
    }

    #[test]
    fn what_turns_back_and_ends_next_to_itself_goes() {
        let line = line();
        // The whole line, or a part of it, there and back again.
        for from in [0, 20, 50] {
            let back = moved(&line[from..], 0.0, 6e-5).into_iter().rev();
            let mut drawn: Vec<Coord> = line.iter().copied().chain(back).collect();
            for _ in 0..2 {
                let (kept, extras) = once(vec![drawn.clone()]);
                assert_eq!(kinds(&extras), [ExtraKind::Copy], "{from}");
                let mut kept = kept[0].clone();
                if kept[0].x > kept[1].x {
                    kept.reverse();
                }
                // If the whole line is there twice, the first one stays.
                let is_near = |(a, b): (&Coord, &Coord)| a.x == b.x && (a.y - b.y).abs() < 1e-4;
                assert!(kept.len() == line.len() && kept.iter().zip(&line).all(is_near));
                assert!(from == 0 || kept == line, "{from}");
                drawn.reverse();
            }
        }
    }

    #[test]
    fn across_the_antimeridian_it_is_as_elsewhere() {
        let over = |path: &[Coord]| -> Vec<Coord> {
            path.iter().map(|at| Coord { x: shorter_way(at.x + 99.7), ..*at }).collect()
        };
        let copy = moved(&line()[25..50], 5e-5, 0.0);
        let (kept, extras) = once(vec![over(&line()), over(&copy)]);
        assert_eq!((kept.len(), kinds(&extras)), (1, vec![ExtraKind::Copy]));
    }
}
