//! The area that rings enclose which meet themselves: from the loops they are made of ([`loops`]).

use std::borrow::Cow;

use geo::Coord;

use super::by_grid::by_grid;
use super::enclosed::{Rules, is_around_pole, within_range};
use super::loops::loops;
use super::sides;
use crate::geodesy::{Geodesic, PositionFault};
use crate::io::outline::{Met, nesting, turns_around};
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
            met => taken_apart(geodesic, rings, ring, met),
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
    ring: usize,
    met: &[Met],
) -> Result<Option<Rules>, PositionFault> {
    let alone = &rings[ring..=ring];
    match loops(rings, ring, met) {
        Some(loops) => go_round_together(geodesic, &loops).map(Some),
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

/// The area that loops enclose together which do not cross.
fn go_round_together(geodesic: &Geodesic, loops: &[Vec<Coord>]) -> Result<Rules, PositionFault> {
    let zero = SquareMetres::new(0.0);
    let mut found = Rules::exactly(zero);
    for ([inside, outside], path) in turns(loops).into_iter().zip(loops) {
        // Its inside counts by its own number and no longer by that around it.
        let area = ring_area(geodesic, path)?;
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

fn ring_area(geodesic: &Geodesic, ring: &[Coord]) -> Result<SquareMetres, PositionFault> {
    let ring: Vec<Coord> = ring.iter().map(|at| Coord { x: within_range(at.x), y: at.y }).collect();
    Ok(sides::ring_area(geodesic, &ring)?.area)
}
