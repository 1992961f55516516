//! The area that polygons enclose whose outline crosses itself.
//!
//! The area of such a ring from its edges alone counts some parts against others: for a bow tie it
//! is zero. So every polygon is checked for places where its outline meets itself ([`meetings`]). A
//! ring that does is divided into loops that do not cross ([`by_loops`]). Their areas and winding
//! numbers give the area that the ring encloses at all, and the area that it encloses an odd number
//! of times. Mostly the two agree. The other rings keep their area.
//!
//! Where edges lie on each other there are no such loops, and that ring is divided on a grid
//! ([`by_grid`]). So are all rings if a hole crosses another one; then the area inside an odd
//! number of rings is taken.

use std::borrow::Cow;

use geo::{Coord, Polygon};

use super::around_pole;
use super::by_grid::{by_grid, odd, step_m, winding};
use super::by_loops::by_loops;
use super::plain::Plain;
use crate::geodesy::{Geodesic, PositionFault};
use crate::io::outline::{Box2, Meeting, Met, closed_on_map, first_crossing, meetings};
use crate::quantity::SquareMetres;

/// Where an outline crosses itself, and the effect on its area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossed {
    /// The first place found.
    pub(crate) at: Coord,
    /// Whether the area given is the area that the outline encloses; otherwise it is that of its
    /// edges, in which parts count against others.
    pub(crate) is_enclosed: bool,
    /// Whether it is a hole that crosses another ring: then the area is by the rule of odd
    /// numbers, for all rings together.
    pub(crate) is_hole: bool,
}

/// The area that a polygon encloses whose outline crosses itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Enclosed {
    pub(super) area: SquareMetres,
    /// By how much the area differs by the rule of odd numbers.
    pub(super) to_even_odd: Option<SquareMetres>,
    /// By how much it differs by winding number: what the shell goes round, less what any hole
    /// does.
    pub(super) to_winding: Option<SquareMetres>,
    pub(super) crossed: Crossed,
}

/// Smaller differences are effects of rounding.
const LEAST_M2: f64 = 1.0;

/// With more meetings per vertex than this, loops would take longer than the grid.
pub(super) const MOST: usize = 8;

/// An area by two rules.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    pub(super) winding: SquareMetres,
    pub(super) even_odd: SquareMetres,
    /// Whether it was measured on a grid, and is as exact as that.
    pub(super) on_grid: bool,
}

impl Rules {
    /// The area of a polygon whose shell has these, without holes that cross nothing.
    fn less(self, holes: SquareMetres, crossed: Crossed) -> Enclosed {
        let less = self.even_odd - self.winding;
        let to_even_odd = (less.value().abs() > LEAST_M2).then_some(less);
        Enclosed { area: self.winding - holes, to_even_odd, to_winding: None, crossed }
    }
}

/// The area that a polygon encloses, with the details, if its outline crosses itself and its plain
/// area is different.
pub(super) fn enclosed(
    geodesic: &Geodesic,
    polygon: &Polygon,
    plain: &Plain,
) -> Result<Option<Enclosed>, PositionFault> {
    let rings = on_map(polygon);
    if let Cow::Owned(path) = &rings[0]
        && around_pole::is_wound(&polygon.exterior().0, path)
    {
        let [shell, holes @ ..] = &plain.of_rings[..] else { return Ok(None) };
        let found = around_pole::enclosed(geodesic, &polygon.exterior().0, *shell)?;
        // On the map above such a ring may seem to cross itself where it begins.
        if found.is_some() || holes.is_empty() {
            let holes: SquareMetres = holes.iter().copied().sum();
            return Ok(found.map(|(found, crossed)| found.less(holes, crossed)));
        }
    }
    let most = MOST * rings.iter().map(|ring| ring.len()).sum::<usize>();
    let met = meetings(&rings, most);
    let is_whole = met.len() <= most;
    let [between, met] = parted(met);
    // The change of area if every vertex moves by a step of the grid.
    let grid_m2 = || plain.perimeter.value() * step_m(&rings) + 1.0;
    if let Some(first) = crossing_rings(&rings, &between, is_whole) {
        let area = odd(geodesic, &rings)?;
        let less = winding(geodesic, &rings)? - area;
        let crossed = Crossed { at: place(&rings, &first), is_enclosed: true, is_hole: true };
        let to_winding = (less.value().abs() > grid_m2()).then_some(less);
        return Ok(Some(Enclosed { area, to_even_odd: None, to_winding, crossed }));
    }
    // A crossing is preferred to a touching.
    let crossing = met.iter().find(|met| met.meeting == Meeting::Crossing);
    let Some(first) = crossing.or(met.first()) else { return Ok(None) };
    let (at, crosses) = (place(&rings, first), crossing.is_some());
    let bulge_m2 = bulge_m2(geodesic, &rings, &met);
    let by_loops = if is_whole { by_loops(geodesic, &rings, met, &plain.of_rings)? } else { None };
    let found = match by_loops {
        Some(found) => found,
        // No plane map holds all of it.
        None if is_around_pole(&rings) => {
            let crossed = Crossed { at, is_enclosed: false, is_hole: false };
            let area = plain.area;
            let found = Enclosed { area, to_even_odd: None, to_winding: None, crossed };
            return Ok(crosses.then_some(found));
        }
        None => by_grid(geodesic, &rings)?,
    };
    // Where edges cross, the area of the edges is another one for certain.
    let exact_m2 = match (found.on_grid, crosses) {
        (true, _) => f64::INFINITY,
        (false, true) => LEAST_M2,
        (false, false) => LEAST_M2 + bulge_m2,
    };
    let least_m2 = grid_m2().min(exact_m2);
    let differ = |one: SquareMetres, other: SquareMetres| (one - other).value().abs() > least_m2;
    let Rules { winding, even_odd, .. } = found;
    // If the area is the same as that of its edges, no part is enclosed twice or backwards.
    if !differ(winding, plain.area) && !differ(even_odd, plain.area) {
        return Ok(None);
    }
    let to_even_odd = differ(winding, even_odd).then_some(even_odd - winding);
    let crossed = Crossed { at, is_enclosed: true, is_hole: false };
    Ok(Some(Enclosed { area: winding, to_even_odd, to_winding: None, crossed }))
}

/// The most by which areas change because edges that cross are divided where they do on the map:
/// an edge of length s is up to s² tan φ / 8a away from its chord there.
fn bulge_m2(geodesic: &Geodesic, rings: &[Cow<'_, [Coord]>], met: &[Met]) -> f64 {
    /// As at 84°.
    const STEEPEST: f64 = 10.0;
    let axis_m = geodesic.ellipsoid().semi_major_m();
    let of_edge = |ends: [Coord; 2]| {
        let ends = ends.map(|at| Coord { x: within_range(at.x), y: at.y });
        let slope = ends[0].y.abs().max(ends[1].y.abs()).to_radians().tan().min(STEEPEST);
        geodesic.sound_length(&ends).value().powi(3) * slope / (8.0 * axis_m)
    };
    met.iter().flat_map(|met| met.edges).map(|edge| of_edge(edge.ends(rings))).sum()
}

/// The meetings of different rings, and those of a ring with itself.
pub(super) fn parted(met: Vec<Met>) -> [Vec<Met>; 2] {
    let (between, same) =
        met.into_iter().partition(|met: &Met| met.edges[0].ring != met.edges[1].ring);
    [between, same]
}

/// Where a ring first crosses another one, of all places where rings meet: edges cross there, or
/// the ring continues on the other side along an edge or at a vertex. If not all such places are
/// known, a crossing is assumed.
pub(super) fn crossing_rings(
    rings: &[Cow<'_, [Coord]>],
    between: &[Met],
    is_whole: bool,
) -> Option<Met> {
    let crossing = between.iter().find(|met| met.meeting == Meeting::Crossing);
    if let Some(found) = crossing.or(between.first().filter(|_| !is_whole)) {
        return Some(*found);
    }
    let pair = |met: &Met| met.edges.map(|edge| edge.ring);
    let crossing = first_crossing(rings, between.iter().map(pair))?;
    between.iter().find(|met| pair(met) == crossing).copied()
}

pub(super) fn place(rings: &[Cow<'_, [Coord]>], met: &Met) -> Coord {
    let at = met.place(rings);
    Coord { x: within_range(at.x), ..at }
}

/// The rings of a polygon, with longitudes that do not jump, holes near their shell.
pub(super) fn on_map(polygon: &Polygon) -> Vec<Cow<'_, [Coord]>> {
    let mut rings = vec![closed_on_map(&polygon.exterior().0)];
    if polygon.interiors().is_empty() {
        return rings;
    }
    let middle = |ring: &[Coord]| Box2::around_path(ring).middle_lon();
    let east = middle(&rings[0]);
    for hole in polygon.interiors() {
        let mut hole = closed_on_map(&hole.0);
        let shift = 360.0 * ((east - middle(&hole)) / 360.0).round();
        if shift != 0.0 {
            hole.to_mut().iter_mut().for_each(|at| at.x += shift);
        }
        rings.push(hole);
    }
    rings
}

pub(super) fn is_around_pole(rings: &[Cow<'_, [Coord]>]) -> bool {
    rings.iter().any(|ring| {
        let Box2 { low: [west, south], high: [east, north] } = Box2::around_path(ring);
        east - west >= 360.0 && (south == -90.0 || north == 90.0)
    })
}

/// Brings back a longitude that ran on across ±180°.
pub(super) fn within_range(lon: f64) -> f64 {
    if lon.abs() <= 180.0 { lon } else { lon - 360.0 * (lon / 360.0).round() }
}

#[cfg(test)]
mod tests {
    use geo::LineString;

    use super::super::loops::loops;
    use super::*;
    use crate::geodesy::Ellipsoid;

    fn ring(corners: &[(f64, f64)]) -> LineString {
        let mut ring: Vec<Coord> = corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
        ring.push(ring[0]);
        LineString(ring)
    }

    fn found(outer: LineString, holes: Vec<LineString>) -> Option<(SquareMetres, Crossed)> {
        of(outer, holes).map(|found| (found.area, found.crossed))
    }

    fn of(outer: LineString, holes: Vec<LineString>) -> Option<Enclosed> {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let polygon = Polygon::new(outer, holes);
        let plain = Plain::new(&geodesic, &polygon).unwrap();
        enclosed(&geodesic, &polygon, &plain).unwrap()
    }

    /// Areas from `pyproj.Geod(ellps="WGS84").geometry_area_perimeter` of the two triangles.
    #[test]
    fn both_halves_of_a_bow_tie_count() {
        let tie = ring(&[(80.0, 45.0), (81.0, 46.0), (81.0, 45.0), (80.0, 46.0)]);
        let (area, crossed) = found(tie, Vec::new()).unwrap();
        assert!((area.km2() - 4343.3).abs() < 0.05, "{}", area.km2());
        assert_eq!(
            crossed,
            Crossed { at: Coord { x: 80.5, y: 45.5 }, is_enclosed: true, is_hole: false }
        );
        let far = ring(&[(179.5, 45.0), (-179.5, 46.0), (-179.5, 45.0), (179.5, 46.0)]);
        let (there, crossed) = found(far, Vec::new()).unwrap();
        assert!((there - area).value().abs() < 10.0);
        assert_eq!(crossed.at.x.abs(), 180.0);
    }

    /// Corners of Australia's coast: places where edges cross next to a vertex are rounded to one
    /// share of an edge.
    #[test]
    fn places_that_rounding_makes_one_are_in_order() {
        let coast = ring(&[
            (134.4711, -12.06812),
            (134.46585, -12.07262),
            (134.46335, -12.06912),
            (134.4623, -12.0691),
            (134.4623, -12.0701),
            (134.46335, -12.07012),
            (134.46685, -12.07362),
            (134.46685, -12.1),
            (134.6, -12.1),
            (134.6, -12.06),
        ]);
        let plain =
            Plain::new(&Geodesic::new(Ellipsoid::WGS84), &Polygon::new(coast.clone(), vec![]));
        let found = of(coast, Vec::new()).map_or(plain.unwrap().area, |found| found.area);
        assert!((found.km2() - 57.5).abs() < 2.0, "{}", found.km2());
    }

    #[test]
    fn the_rules_differ_where_a_ring_goes_round_twice() {
        let twice = ring(&[
            (0.0, 0.0),
            (4.0, 0.0),
            (4.0, 4.0),
            (1.0, 4.0),
            (1.0, 1.0),
            (3.0, 1.0),
            (3.0, 3.0),
            (0.0, 3.0),
        ]);
        let found = of(twice, Vec::new()).unwrap();
        assert!(found.to_even_odd.unwrap().value() < 0.0 && found.to_winding.is_none());
    }

    #[test]
    fn what_only_touches_itself_has_the_area_of_its_rings() {
        // A hole drawn as a loop of the shell, as Esri has it.
        let inverted = ring(&[
            (0.0, 0.0),
            (4.0, 0.0),
            (4.0, 4.0),
            (0.0, 4.0),
            (0.0, 0.0),
            (1.0, 2.0),
            (2.0, 1.0),
        ]);
        assert_eq!(found(inverted, Vec::new()), None);
        // There and back again.
        let spike = ring(&[(0.0, 0.0), (4.0, 0.0), (9.0, 0.0), (4.0, 0.0), (4.0, 4.0)]);
        assert_eq!(found(spike, Vec::new()), None);
        // Two triangles of opposite sense that meet in a vertex.
        let eight = ring(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (2.0, 0.0), (1.0, 1.0), (0.0, 2.0)]);
        assert!(found(eight, Vec::new()).is_some());
        // A hole, one half of which lies in its shell: the other half is in one ring only.
        let shell = ring(&[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]);
        let hole = ring(&[(2.0, 1.0), (6.0, 1.0), (6.0, 2.0), (2.0, 2.0)]);
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let whole = geodesic.area(&Polygon::new(shell.clone(), Vec::new())).unwrap();
        let gone = geodesic.ring_area(&hole.0).unwrap().area;
        let (area, crossed) = found(shell, vec![hole]).unwrap();
        assert!(crossed.is_hole);
        assert!(((whole - area).value() / gone.value()).abs() < 1e-2);
    }

    /// Areas by loops, if there are any, are the same as those by the grid.
    #[test]
    fn loops_and_the_grid_agree() {
        // A chaotic but fixed walk on a grid of places, so that all kinds of meetings are there;
        // small, so that geodesics are straight on the map.
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            0.01 * f64::from(state >> 28)
        };
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let mut by_both = 0;
        // Few corners often lie on other edges but for rounding.
        let counts = (0..5).flat_map(|_| 4..40).chain((0..300).map(|_| 5));
        for (count, lift) in counts.flat_map(|count| [(count, 0.37), (count, 0.0)]) {
            let corners: Vec<(f64, f64)> =
                (0..count).map(|_| (10.0 + next(), next() + lift * next())).collect();
            let polygon = Polygon::new(ring(&corners), Vec::new());
            let rings = on_map(&polygon);
            let met = meetings(&rings, usize::MAX);
            let grid = by_grid(&geodesic, &rings).unwrap();
            if loops(&rings, 0, &met).is_some() {
                let areas = Plain::new(&geodesic, &polygon).unwrap().of_rings;
                let loops = by_loops(&geodesic, &rings, met, &areas).unwrap().unwrap();
                let near = |a: SquareMetres, b: SquareMetres| (a - b).km2().abs() < 1e-2;
                assert!(near(loops.winding, grid.winding), "{corners:?} {loops:?} {grid:?}");
                assert!(near(loops.even_odd, grid.even_odd), "{corners:?} {loops:?} {grid:?}");
                by_both += 1;
            }
        }
        assert!(by_both > 100, "{by_both}");
    }

    /// A shell that leaves out a triangle by touching itself, with one hole in the rest and one in
    /// the triangle.
    #[test]
    fn a_hole_in_what_the_shell_leaves_out_takes_nothing_off() {
        let inverted = [
            (0.0, 0.0),
            (0.04, 0.0),
            (0.04, 0.04),
            (0.0, 0.04),
            (0.0, 0.0),
            (0.01, 0.03),
            (0.03, 0.01),
        ];
        let square = |x: f64, y: f64| {
            let corners = [(0.0, 0.0), (0.002, 0.0), (0.002, 0.002), (0.0, 0.002)];
            ring(&corners.map(|(east, north)| (x + east, y + north)))
        };
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        for holes in [vec![square(0.03, 0.03)], vec![square(0.03, 0.03), square(0.015, 0.015)]] {
            let polygon = Polygon::new(ring(&inverted), holes);
            let rings = on_map(&polygon);
            let met = meetings(&rings, usize::MAX);
            let areas = Plain::new(&geodesic, &polygon).unwrap().of_rings;
            let loops = by_loops(&geodesic, &rings, met, &areas).unwrap().unwrap();
            let grid = by_grid(&geodesic, &rings).unwrap();
            assert!((loops.winding - grid.winding).value().abs() < 1.0, "{loops:?} {grid:?}");
            assert!((loops.even_odd - grid.even_odd).value().abs() < 1.0, "{loops:?} {grid:?}");
        }
    }

    /// A shell that runs along itself has no loops; its holes keep their area.
    #[test]
    fn only_the_ring_that_cannot_be_taken_apart_is_on_the_grid() {
        let spiked =
            [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (4.0, 6.0), (4.0, 5.0), (4.0, 4.0), (0.0, 4.0)];
        let tie =
            [(0.0, 0.0), (4.0, 4.0), (4.0, 6.0), (4.0, 5.0), (4.0, 4.0), (4.0, 0.0), (0.0, 4.0)];
        let hole = ring(&[(3.2, 1.8), (3.8, 1.8), (3.8, 2.2)]);
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let of_hole = geodesic.ring_area(&hole.0).unwrap().area;
        assert_eq!(found(ring(&spiked), vec![hole.clone()]), None);
        let polygon = Polygon::new(ring(&tie), Vec::new());
        let rings = on_map(&polygon);
        assert!(loops(&rings, 0, &meetings(&rings, usize::MAX)).is_none());
        let (whole, _) = found(ring(&tie), Vec::new()).unwrap();
        let (area, crossed) = found(ring(&tie), vec![hole]).unwrap();
        assert!(crossed.is_enclosed && !crossed.is_hole);
        assert!((whole - of_hole - area).value().abs() < 1e-3);
    }

    /// A ring around the south pole with a loop in it: the cap, and the loop once.
    #[test]
    fn a_ring_around_a_pole_is_taken_apart_too() {
        let cap: Vec<(f64, f64)> = (0..36).map(|i| (-180.0 + 10.0 * f64::from(i), -70.0)).collect();
        let [mut tied, mut main] = [cap.clone(), cap];
        tied.splice(10..10, [(-75.0, -60.0), (-85.0, -60.0)]);
        main.insert(10, (-82.5, -65.0));
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let area_of = |corners: &[(f64, f64)]| geodesic.ring_area(&ring(corners).0).unwrap().area;
        let (area, crossed) = found(ring(&tied), Vec::new()).unwrap();
        assert!(crossed.is_enclosed);
        assert!((crossed.at - Coord { x: -82.5, y: -65.0 }).x.abs() < 1e-9, "{crossed:?}");
        let expected = area_of(&main) + area_of(&[(-75.0, -60.0), (-85.0, -60.0), (-82.5, -65.0)]);
        assert!((area - expected).value().abs() < 1e3, "{} {}", area.km2(), expected.km2());
    }
}
