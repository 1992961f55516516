//! Finds loops: where a path comes back to itself and continues.
//!
//! No boundary crosses itself: after the crossing each country would be on the other's side. So a
//! loop that ends with a crossing is left over from editing or from the pen. But a boundary may
//! touch itself: at the neck of a bend, or around land that is connected only at a point. There the
//! direction of the line decides: past a loop it continues straight, through a neck it bends.

use std::collections::HashMap;

use geo::Coord;

use super::along_itself::{ALONG_DEG, ALONG_M, LONG};
use super::extras::{Extra, ExtraKind, HANGS_ON, length_m};
use super::same::{Tolerance, any_again, places, unit_deg};
use super::shared::shorter_way;
use super::topology::{Crossing, crossings};

/// The least length of a loop; shorter ones come from rounding.
const LEAST_LOOP_M: f64 = 20.0;

/// A path without its loops.
#[derive(Debug, Default)]
pub(super) struct WithoutLoops {
    pub(super) path: Vec<Coord>,
    /// The loops that were left out.
    pub(super) loops: Vec<Extra>,
    /// The loops that may be the boundary, and stay.
    pub(super) rounds: Vec<Extra>,
}

/// Where a path goes round something: from and to, in edges and shares of them.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Round {
    from: f64,
    to: f64,
    at: Coord,
}

/// A path without its left-over loops. A loop that is half of the path or more, or that only
/// touches the line where the line bends, may be the boundary and stays. The path itself, where it
/// closes, is no loop.
pub(super) fn without_loops(path: Vec<Coord>) -> WithoutLoops {
    // A loop that comes back to a vertex may also cross the line elsewhere. So these come first.
    let met = met(&path);
    let rounds = back_to_vertices(&path, &met);
    let at_vertices = without(path, rounds);
    let met = if at_vertices.loops.is_empty() { met } else { self::met(&at_vertices.path) };
    let on_edges = without(at_vertices.path, met.into_iter().filter(Round::is_on_edge).collect());
    WithoutLoops {
        path: on_edges.path,
        loops: [at_vertices.loops, on_edges.loops].concat(),
        rounds: [at_vertices.rounds, on_edges.rounds].concat(),
    }
}

/// A path without these left-over loops.
fn without(path: Vec<Coord>, mut rounds: Vec<Round>) -> WithoutLoops {
    if rounds.is_empty() {
        return WithoutLoops { path, ..WithoutLoops::default() };
    }
    // Those that close first, the shortest first.
    rounds.sort_by(|a, b| a.to.total_cmp(&b.to).then(b.from.total_cmp(&a.from)));
    rounds.dedup();
    let most_m = HANGS_ON * length_m(&path);
    let least =
        Tolerance::for_parts(std::slice::from_ref(&path)).degrees().max(unit_deg([&path[..]]));
    let (mut cut, mut kept): (Vec<Round>, Vec<Round>) = Default::default();
    for round in rounds {
        let way = round.path(&path);
        let is_part = cut.iter().any(|it| it.from < round.from && round.from < it.to);
        let way_m = length_m(&way);
        // A long narrow loop is the line drawn there and back, which is handled elsewhere.
        let is_long = way_m >= 2.0 * LONG * ALONG_M;
        let narrow = if is_long { least.max(ALONG_DEG) } else { least };
        if is_part || way_m < LEAST_LOOP_M || goes_round_nothing(&way, narrow) {
            continue;
        }
        if way_m < most_m && (round.crosses(&path) || round.goes_straight_on(&path)) {
            cut.retain(|it| it.from < round.from);
            cut.push(round);
        } else {
            kept.push(round);
        }
    }
    // A loop that was cut out with a longer one is part of it.
    kept.retain(|round| !cut.iter().any(|it| it.from <= round.from && round.to <= it.to));
    let extras = |rounds: &[Round], kind| {
        rounds.iter().map(|it| Extra { kind, path: it.path(&path) }).collect::<Vec<_>>()
    };
    let (loops, rounds) =
        (extras(&cut, ExtraKind::LoopInside), extras(&kept, ExtraKind::ComesBack));
    WithoutLoops { path: cut_out(&path, &cut), loops, rounds }
}

/// The rest of a path.
fn cut_out(path: &[Coord], cut: &[Round]) -> Vec<Coord> {
    let mut left = Vec::with_capacity(path.len());
    let mut next = 0;
    for round in cut {
        left.extend(&path[next..=round.from.floor() as usize]);
        if round.from.fract() > 0.0 {
            left.push(round.at);
        }
        next = round.to.floor() as usize + 1;
    }
    left.extend(&path[next.min(path.len())..]);
    left
}

/// All pieces of a path that lead from a place exactly back to it.
fn met(path: &[Coord]) -> Vec<Round> {
    let round = |met: &Crossing| Round {
        from: along(path, met.first, met.at),
        to: along(path, met.second, met.at),
        at: met.at,
    };
    crossings(path).iter().map(round).filter(|it| it.to - it.from > 1.0).collect()
}

/// All pieces of a path that lead from a vertex back to it, exactly or within the tolerance.
fn back_to_vertices(path: &[Coord], met: &[Round]) -> Vec<Round> {
    let last = path.len().saturating_sub(1) as f64;
    let mut rounds: Vec<Round> = met.iter().copied().filter(|it| !it.is_on_edge()).collect();
    let path = [path.to_vec()];
    let tolerance = Tolerance::for_parts(&path);
    if any_again(&path, tolerance) {
        let mut last_at: HashMap<u32, usize> = HashMap::new();
        for (i, vertex) in places(&path, tolerance).0[0].iter().enumerate() {
            let Some(before) = last_at.insert(vertex.place, i) else { continue };
            let at = path[0][before];
            rounds.push(Round { from: before as f64, to: i as f64, at });
        }
    }
    // A loop from the start to the end is the line itself.
    rounds.retain(|it| it.from > 0.0 || it.to < last);
    rounds
}

/// Where on an edge a place is, in edges from the beginning of the path.
fn along(path: &[Coord], edge: usize, at: Coord) -> f64 {
    let [begin, end] = [path[edge], path[edge + 1]];
    let whole = way(begin, end);
    let squared = whole[0] * whole[0] + whole[1] * whole[1];
    let part = way(begin, at);
    let share = (part[0] * whole[0] + part[1] * whole[1]) / squared.max(f64::MIN_POSITIVE);
    edge as f64 + share.clamp(0.0, 1.0)
}

/// The way from one place to another, in degrees of latitude.
fn way(from: Coord, to: Coord) -> [f64; 2] {
    [from.y.to_radians().cos() * shorter_way(to.x - from.x), to.y - from.y]
}

/// Whether a way that comes back to its beginning is narrower than the tolerance of places, or than
/// the rounding of the line: such a way out and back encloses nothing.
fn goes_round_nothing(closed: &[Coord], tolerance_deg: f64) -> bool {
    let Some(first) = closed.first() else { return true };
    let flat: Vec<[f64; 2]> = closed.iter().map(|at| way(*first, *at)).collect();
    let (mut doubled, mut length) = (0.0, 0.0);
    for ends in flat.windows(2) {
        let [[x, y], [u, v]] = [ends[0], ends[1]];
        doubled += x * v - u * y;
        length += (u - x).hypot(v - y);
    }
    doubled.abs() <= tolerance_deg * length
}

impl Round {
    fn is_on_edge(&self) -> bool {
        self.from.fract() > 0.0 || self.to.fract() > 0.0
    }

    fn path(&self, path: &[Coord]) -> Vec<Coord> {
        let inside = self.from.floor() as usize + 1..self.to.ceil() as usize;
        let mut way = vec![self.at];
        way.extend(&path[inside.start..inside.end.max(inside.start)]);
        way.push(self.at);
        way
    }

    /// The bearings at its place: to where the path comes from, where the loop begins, where it
    /// comes back from, and where the path continues. `None` at an end of the path.
    fn bearings(&self, path: &[Coord]) -> Option<[f64; 4]> {
        let bearing = |to: &Coord| {
            let [east, north] = way(self.at, *to);
            (east != 0.0 || north != 0.0).then(|| east.atan2(north))
        };
        let before = |at: f64| path[..at.ceil() as usize].iter().rev().find_map(bearing);
        let after = |at: f64| path[at.floor() as usize + 1..].iter().find_map(bearing);
        Some([before(self.from)?, after(self.from)?, before(self.to)?, after(self.to)?])
    }

    /// Whether the path continues on its other side.
    fn crosses(&self, path: &[Coord]) -> bool {
        let Some([a, b, c, d]) = self.bearings(path) else { return false };
        let turned = |to: f64| (to - a).rem_euclid(std::f64::consts::TAU);
        let between = |to: f64| (0.0 < turned(to) && turned(to) < turned(b), turned(to) == 0.0);
        let ((c_in, c_on), (d_in, d_on)) = (between(c), between(d));
        let meets = c_on || d_on || turned(c) == turned(b) || turned(d) == turned(b);
        !meets && c_in != d_in
    }

    /// Whether the path turns less without the loop than into it and out of it. This also holds for
    /// a path that ends there.
    fn goes_straight_on(&self, path: &[Coord]) -> bool {
        let Some([a, b, c, d]) = self.bearings(path) else { return true };
        let turn = |from: f64, to: f64| 1.0 + (from - to).cos();
        // There is no turn between two opposite bearings.
        turn(a, d) < 0.5 * (turn(a, b) + turn(c, d))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(at: &[(f64, f64)]) -> Vec<Coord> {
        at.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect()
    }

    /// A line to the east of 30 edges.
    fn line() -> Vec<Coord> {
        (0..31).map(|i| Coord { x: 80.0 + 0.1 * f64::from(i), y: 45.0 }).collect()
    }

    #[test]
    fn a_loop_at_a_vertex_is_left_out_whichever_way_it_goes() {
        let line = line();
        let mut round = path(&[(81.53, 45.05), (81.5, 45.1), (81.47, 45.05)]);
        for _ in 0..2 {
            round.reverse();
            let with = [&line[..16], &round, &line[15..]].concat();
            let found = without_loops(with);
            assert_eq!((&found.path, found.loops.len(), found.rounds.len()), (&line, 1, 0));
            assert_eq!(found.loops[0].path, [&[line[15]], &round[..], &[line[15]]].concat());
        }
    }

    #[test]
    fn a_loop_that_crosses_an_edge_is_left_out() {
        let line = line();
        let knot = path(&[(81.58, 45.0), (81.6, 45.1), (81.54, 45.1), (81.54, 44.999)]);
        let found = without_loops([&line[..16], &knot, &line[16..]].concat());
        assert_eq!((found.loops.len(), found.rounds.len()), (1, 0));
        assert!((length_m(&found.path) - length_m(&line)).abs() < 250.0);
        assert!((found.loops[0].path[0].x - 81.54).abs() < 1e-9);
    }

    #[test]
    fn the_line_itself_is_no_loop() {
        let ring = path(&[(80.0, 45.0), (81.0, 45.0), (81.0, 46.0), (80.0, 46.0), (80.0, 45.0)]);
        let found = without_loops(ring.clone());
        assert_eq!((found.path, found.loops, found.rounds), (ring.clone(), vec![], vec![]));
        // Nor is a ring that continues a little.
        let on = [ring, path(&[(79.9, 45.0)])].concat();
        let found = without_loops(on.clone());
        assert_eq!((found.path, found.loops.len(), found.rounds.len()), (on, 0, 1));
    }

    #[test]
    fn the_neck_of_a_bend_may_be_the_boundary() {
        // North into the bend, round it, south again through the same place, and on to the east.
        let neck = path(&[(81.5, 45.1), (81.45, 45.2), (81.5, 45.3), (81.55, 45.2)]);
        let [before, behind] = [path(&[(81.45, 45.0)]), path(&[(81.5, 45.1), (81.55, 45.0)])];
        let with = [&line()[..15], &before, &neck, &behind, &line()[16..]].concat();
        let found = without_loops(with.clone());
        assert_eq!((found.path, found.loops.len(), found.rounds.len()), (with, 0, 1));
    }

    #[test]
    fn out_and_back_goes_round_nothing() {
        let line = line();
        let out = path(&[(81.5, 45.05), (81.5, 45.1), (81.5, 45.05)]);
        let with = [&line[..16], &out, &line[15..]].concat();
        let found = without_loops(with.clone());
        assert_eq!((found.path, found.loops, found.rounds), (with, vec![], vec![]));
    }

    /// Back along the line some metres aside, crossing it several times: that is no loop.
    #[test]
    fn back_some_metres_aside_is_no_loop() {
        let line = line();
        let aside = |(i, at): (usize, &Coord)| {
            let north = if i % 2 == 0 { 6e-5 } else { -6e-5 };
            Coord { x: at.x, y: at.y + north }
        };
        let back: Vec<Coord> = line.iter().enumerate().rev().map(aside).collect();
        let with = [line, back].concat();
        let found = without_loops(with.clone());
        assert_eq!((found.path, found.loops, found.rounds), (with, vec![], vec![]));
    }
}
