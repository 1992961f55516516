//! The area that rings enclose which meet themselves: from the loops they are made of ([`loops`]).

use std::borrow::Cow;

use geo::Coord;

use super::by_grid::by_grid;
use super::enclosed::{Rules, is_around_pole, within_range};
use super::loops::loops;
use super::sides;
use crate::geodesy::{Geodesic, PositionFault};
use crate::io::outline::{Box2, Met, nesting, turns_around};
use crate::quantity::SquareMetres;

/// The area that rings enclose, the shell first, none of which crosses another; `None` if no map
/// holds all of it. Rings without meetings keep their area from `areas`.
pub(super) fn by_loops(
    geodesic: &Geodesic,
    rings: &[Cow<'_, [Coord]>],
    mut met: Vec<Met>,
    areas: &[SquareMetres],
) -> Result<Option<Rules>, PositionFault> {
    met.sort_by_key(|met| met.edges[0].ring);
    let of_ring = |ring: usize| {
        let from = |ring| met.partition_point(|met| met.edges[0].ring < ring);
        match &met[from(ring)..from(ring + 1)] {
            [] => Ok(Some(Rules::exactly(areas[ring]))),
            met => taken_apart(geodesic, rings, (ring, areas[ring]), met),
        }
    };
    let Some(mut found) = of_ring(0)? else { return Ok(None) };
    for (hole, lies_in) in (1..rings.len()).zip(turns_around(&rings[1..], &rings[0])) {
        let Some(hole) = of_ring(hole)? else { return Ok(None) };
        found.on_grid |= hole.on_grid;
        // A hole outside of what the shell encloses takes nothing off.
        if lies_in != 0 {
            found.winding = found.winding - hole.winding;
        }
        if lies_in % 2 != 0 {
            found.even_odd = found.even_odd - hole.even_odd;
        }
    }
    Ok(Some(found))
}

impl Rules {
    const fn exactly(area: SquareMetres) -> Self {
        Self { winding: area, even_odd: area, on_grid: false }
    }
}

/// The area that a ring encloses which meets itself: from its loops or, if there are none, by the
/// grid.
fn taken_apart(
    geodesic: &Geodesic,
    rings: &[Cow<'_, [Coord]>],
    (ring, area): (usize, SquareMetres),
    met: &[Met],
) -> Result<Option<Rules>, PositionFault> {
    let alone = &rings[ring..=ring];
    match loops(rings, ring, met) {
        Some(loops) => go_round_together(geodesic, &loops, area).map(Some),
        None if is_around_pole(alone) => Ok(None),
        None => by_grid(geodesic, alone).map(Some),
    }
}

/// How often loops that do not cross go round the inside of each loop, and the land just outside of
/// it.
pub(super) fn turns(loops: &[Vec<Coord>]) -> Vec<[i32; 2]> {
    let nesting = nesting(loops);
    let sign = |i: usize| if nesting[i].1 { 1 } else { -1 };
    let around = |i: usize| -> i32 {
        std::iter::successors(nesting[i].0, |home| nesting[*home].0).map(sign).sum()
    };
    (0..loops.len()).map(|i| [around(i) + sign(i), around(i)]).collect()
}

/// The area that loops enclose together which do not cross; `of_edges` is that of the ring they are
/// from, in which parts count against others.
fn go_round_together(
    geodesic: &Geodesic,
    loops: &[Vec<Coord>],
    of_edges: SquareMetres,
) -> Result<Rules, PositionFault> {
    let zero = SquareMetres::new(0.0);
    let mut found = Rules::exactly(zero);
    let areas = areas(geodesic, loops, of_edges)?;
    for ([inside, outside], area) in turns(loops).into_iter().zip(areas) {
        // The inside has one winding number, the surroundings have the other one.
        let add = |to: &mut SquareMetres, counts: [bool; 2]| match counts {
            [true, false] => *to = *to + area,
            [false, true] => *to = *to - area,
            _ => {}
        };
        add(&mut found.winding, [inside != 0, outside != 0]);
        add(&mut found.even_odd, [inside % 2 != 0, outside % 2 != 0]);
    }
    Ok(found)
}

/// The area of each loop. One that is nearly all of the ring is not measured again: it is the rest
/// of the ring's own area, in which each loop counts with its sign.
fn areas(
    geodesic: &Geodesic,
    loops: &[Vec<Coord>],
    of_edges: SquareMetres,
) -> Result<Vec<SquareMetres>, PositionFault> {
    /// Of its area on the map, the others are less than this share together.
    const OTHERS: f64 = 1e-2;
    let on_map: Vec<f64> = loops.iter().map(|path| signed_area_deg2(path)).collect();
    let all: f64 = on_map.iter().map(|area| area.abs()).sum();
    let is_rest = |area: f64| all - area.abs() < OTHERS * area.abs();
    let rest = (0..loops.len()).find(|i| is_rest(on_map[*i]) && is_far_from_poles(&loops[*i]));
    let mut found = Vec::with_capacity(loops.len());
    for (i, path) in loops.iter().enumerate() {
        found.push(if rest == Some(i) { of_edges } else { ring_area(geodesic, path)? });
    }
    if let Some(rest) = rest {
        let others = (0..loops.len()).filter(|i| *i != rest);
        let sum: SquareMetres = others
            .map(|i| if (on_map[i] < 0.0) == (on_map[rest] < 0.0) { found[i] } else { -found[i] })
            .fold(SquareMetres::new(0.0), |sum, area| sum + area);
        found[rest] = of_edges - sum;
    }
    Ok(found)
}

/// Whether areas on the map and on the Earth are about proportional, and it is clear on which side
/// of a ring its inside is.
fn is_far_from_poles(path: &[Coord]) -> bool {
    let Box2 { low: [west, south], high: [east, north] } = Box2::around_path(path);
    east - west < 180.0 && south > -80.0 && north < 80.0
}

/// The area that a closed ring has on the map, positive where it runs counter-clockwise.
pub(super) fn signed_area_deg2(path: &[Coord]) -> f64 {
    let Some(origin) = path.first() else { return 0.0 };
    let cross = |ends: &[Coord]| {
        let [a, b] = [ends[0] - *origin, ends[1] - *origin];
        0.5 * (a.x * b.y - a.y * b.x)
    };
    path.windows(2).map(cross).sum()
}

fn ring_area(geodesic: &Geodesic, ring: &[Coord]) -> Result<SquareMetres, PositionFault> {
    let ring: Vec<Coord> = ring.iter().map(|at| Coord { x: within_range(at.x), y: at.y }).collect();
    Ok(sides::ring_area(geodesic, &ring)?.area)
}
