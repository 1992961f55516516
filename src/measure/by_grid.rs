//! The area that rings enclose which cross or run along each other: computed on the map by
//! `i_overlay`, on a grid of 2³⁰ steps or more over their extent.

use crate::geodesy::earth::MOST_DEGREE_M;
use std::borrow::Cow;
use std::collections::HashMap;

use geo::{Coord, LineString, Polygon};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::float::overlay::{FloatOverlay, OverlayOptions};

use super::enclosed::{Rules, within_range};
use super::sides;
use crate::geodesy::{Geodesic, PositionFault};
use crate::io::outline::Box2;
use crate::quantity::SquareMetres;

/// A step of the grid in metres, or more.
pub(super) fn step_m(rings: &[Cow<'_, [Coord]>]) -> f64 {
    const STEPS: f64 = (1_u64 << 30) as f64;
    let boxes = rings.iter().map(|ring| Box2::around_path(ring));
    let Box2 { low: [west, south], high: [east, north] } =
        boxes.fold(Box2::EMPTY, |all, next| all.around(&next));
    2.0 * (east - west).max(north - south) * MOST_DEGREE_M / STEPS
}

/// The area that rings enclose, on a grid over the map.
pub(super) fn by_grid(
    geodesic: &Geodesic,
    rings: &[Cow<'_, [Coord]>],
) -> Result<Rules, PositionFault> {
    Ok(Rules {
        winding: winding(geodesic, rings)?,
        even_odd: area(geodesic, rings, FillRule::EvenOdd)?,
        on_grid: true,
    })
}

/// The area that the first ring goes round, less what any of the others does.
pub(super) fn winding(
    geodesic: &Geodesic,
    rings: &[Cow<'_, [Coord]>],
) -> Result<SquareMetres, PositionFault> {
    area(geodesic, rings, FillRule::NonZero)
}

/// The area inside an odd number of rings.
pub(super) fn odd(
    geodesic: &Geodesic,
    rings: &[Cow<'_, [Coord]>],
) -> Result<SquareMetres, PositionFault> {
    overlaid(geodesic, [&contours(rings), &[]], OverlayRule::Subject, FillRule::EvenOdd)
}

/// The area that the first ring encloses by a rule, minus that of the others.
fn area(
    geodesic: &Geodesic,
    rings: &[Cow<'_, [Coord]>],
    rule: FillRule,
) -> Result<SquareMetres, PositionFault> {
    let contours = contours(rings);
    let (shell, holes) = contours.split_at(1.min(contours.len()));
    overlaid(geodesic, [shell, holes], OverlayRule::Difference, rule)
}

type Contour = Vec<[f64; 2]>;

fn contours(rings: &[Cow<'_, [Coord]>]) -> Vec<Contour> {
    rings.iter().map(|ring| ring.iter().map(|at| [at.x, at.y]).collect()).collect()
}

/// The area of the overlay of contours and others on the grid.
fn overlaid(
    geodesic: &Geodesic,
    contours: [&[Contour]; 2],
    overlay_rule: OverlayRule,
    rule: FillRule,
) -> Result<SquareMetres, PositionFault> {
    let mut total = SquareMetres::new(0.0);
    for rings in shapes(contours, overlay_rule, rule) {
        total = total + area_of(geodesic, rings)?;
    }
    Ok(total)
}

/// A place of the map on the Earth.
pub(super) fn on_earth(at: Coord) -> Coord {
    Coord { x: within_range(at.x), y: at.y.clamp(-90.0, 90.0) }
}

fn ring_on_earth(ring: Vec<Coord>) -> Vec<Coord> {
    ring.into_iter().map(on_earth).collect()
}

/// The area between closed rings of the map that do not cross: the first less the others.
fn area_of(geodesic: &Geodesic, rings: Vec<Vec<Coord>>) -> Result<SquareMetres, PositionFault> {
    let mut rings = rings.into_iter().map(|ring| LineString(ring_on_earth(ring)));
    let Some(outer) = rings.next() else { return Ok(SquareMetres::new(0.0)) };
    sides::area(geodesic, &Polygon::new(outer, rings.collect()))
}

/// The area that two polygons have in common, each of rings on the map, and a corner of it; none if
/// it is no more than rounding makes it.
pub(super) fn common_area(
    geodesic: &Geodesic,
    polygons: [&[Vec<Coord>]; 2],
) -> Result<Option<(SquareMetres, Coord)>, PositionFault> {
    let [one, other] = polygons.map(|rings| {
        contours(&rings.iter().map(|ring| Cow::Borrowed(&ring[..])).collect::<Vec<_>>())
    });
    let step_m =
        step_m(&polygons[0].iter().map(|ring| Cow::Borrowed(&ring[..])).collect::<Vec<_>>());
    let (mut total, mut largest) = (SquareMetres::new(0.0), None);
    for rings in shapes([&one, &other], OverlayRule::Intersect, FillRule::EvenOdd) {
        let rings: Vec<Vec<Coord>> = rings.into_iter().map(ring_on_earth).collect();
        let perimeter_m: f64 = rings.iter().map(|ring| geodesic.sound_length(ring).value()).sum();
        let corner = rings.first().and_then(|outer| outer.first().copied());
        let area = area_of(geodesic, rings)?;
        if area.value() > 1.0 + perimeter_m * step_m {
            total = total + area;
            if largest.is_none_or(|(most, _)| area > most) {
                largest = corner.map(|corner| (area, corner));
            }
        }
    }
    Ok(largest.map(|(_, corner)| (total, corner)))
}

/// What rings cover that run counter-clockwise around it, and clockwise around what they leave out:
/// shapes of closed rings, the outer one first. Vertices of the rings stay where they are.
pub(super) fn covered(rings: &[Cow<'_, [Coord]>]) -> Vec<Vec<Vec<Coord>>> {
    let given = Given::new(rings);
    let back = |ring: Vec<Coord>| ring.into_iter().map(|at| on_earth(given.back(at))).collect();
    // What hangs together at a place is one shape.
    let options = OverlayOptions { ogc: false, ..OverlayOptions::ogc() };
    let contours = contours(rings);
    let shapes = overlay([&contours, &[]], OverlayRule::Subject, FillRule::Positive, options);
    shapes.into_iter().map(|rings| rings.into_iter().map(back).collect()).collect()
}

/// The vertices of rings, by cells of a few steps of the grid.
struct Given {
    cells: HashMap<[i64; 2], Coord>,
    cell_deg: f64,
}

impl Given {
    fn new(rings: &[Cow<'_, [Coord]>]) -> Self {
        const STEPS: f64 = 8.0;
        let cell_deg = STEPS * step_m(rings) / MOST_DEGREE_M;
        let mut given = Self { cells: HashMap::new(), cell_deg };
        for at in rings.iter().flat_map(|ring| ring.iter()) {
            let cell = given.cell(*at);
            given.cells.insert(cell, *at);
        }
        given
    }

    fn cell(&self, at: Coord) -> [i64; 2] {
        [at.x, at.y].map(|degrees| (degrees / self.cell_deg).floor() as i64)
    }

    /// A vertex that was moved to the grid, as it was given; other places stay.
    fn back(&self, at: Coord) -> Coord {
        // That moves it by less than a quarter of a cell.
        let moved = 0.25 * self.cell_deg;
        let corner = |x: f64, y: f64| self.cell(Coord { x: at.x + x * moved, y: at.y + y * moved });
        let corners = [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)];
        let apart = |given: &Coord| (given.x - at.x).abs().max((given.y - at.y).abs());
        let there = corners.iter().filter_map(|(x, y)| self.cells.get(&corner(*x, *y)).copied());
        there
            .filter(|given| apart(given) <= moved)
            .min_by(|a, b| apart(a).total_cmp(&apart(b)))
            .unwrap_or(at)
    }
}

/// The area that a ring encloses on another plane than the map; `area` is that of closed rings of
/// that plane which do not cross, the first less the others.
pub(super) fn on_plane(
    ring: &[Coord],
    area: impl Fn(&[Vec<Coord>]) -> Result<SquareMetres, PositionFault>,
) -> Result<Rules, PositionFault> {
    let contours = contours(&[Cow::Borrowed(ring)]);
    let by = |rule| {
        let shapes = shapes([&contours, &[]], OverlayRule::Subject, rule);
        shapes.iter().try_fold(SquareMetres::new(0.0), |sum, rings| Ok(sum + area(rings)?))
    };
    Ok(Rules { winding: by(FillRule::NonZero)?, even_odd: by(FillRule::EvenOdd)?, on_grid: true })
}

/// The overlay of contours and others on the grid: shapes of closed rings, the outer one first. Where
/// the outer one touches itself, it is divided there.
fn shapes(
    contours: [&[Contour]; 2],
    overlay_rule: OverlayRule,
    rule: FillRule,
) -> Vec<Vec<Vec<Coord>>> {
    overlay(contours, overlay_rule, rule, OverlayOptions::ogc())
}

fn overlay(
    [contours, others]: [&[Contour]; 2],
    overlay_rule: OverlayRule,
    rule: FillRule,
    options: OverlayOptions<f64>,
) -> Vec<Vec<Vec<Coord>>> {
    let options = OverlayOptions {
        // A vertex on a straight line of the map still bends a geodesic.
        preserve_input_collinear: true,
        preserve_output_collinear: true,
        ..options
    };
    let mut overlay =
        FloatOverlay::with_subj_and_clip_custom(contours, others, options, Solver::default());
    let closed = |ring: Contour| {
        let mut ring: Vec<Coord> = ring.into_iter().map(Coord::from).collect();
        ring.extend(ring.first().copied());
        ring
    };
    let found = overlay.overlay(overlay_rule, rule).into_iter();
    found.map(|shape| shape.into_iter().map(closed).collect()).collect()
}
