//! Polygons that overlap, joined to one: the outline of what they cover together.

use std::borrow::Cow;

use geo::{Coord, LineString, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{RTree, RTreeObject};

use crate::io::outline::Box2;
use crate::measure::by_grid::{covered, on_earth};
use crate::measure::by_loops::signed_area_deg2;

/// For each polygon, given by its rings on the map, the shell first: what takes its place where
/// pairs of them overlap. That is for the first of those that hang together the polygons that all of
/// them cover, and nothing for the others.
pub(super) fn joined(
    polygons: &[Vec<Cow<'_, [Coord]>>],
    pairs: impl Iterator<Item = [usize; 2]>,
) -> Vec<Option<Vec<Polygon>>> {
    let mut together = Together((0..polygons.len()).collect());
    let pairs: Vec<[usize; 2]> = pairs.collect();
    pairs.iter().for_each(|pair| together.join(*pair));
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); polygons.len()];
    for i in 0..polygons.len() {
        members[together.first(i)].push(i);
    }
    let instead = |i: usize| match &members[i][..] {
        [] => Some(Vec::new()),
        [_] => None,
        several => Some(all_of(polygons, several)),
    };
    (0..polygons.len()).map(instead).collect()
}

/// For each polygon the first known one that it hangs together with.
struct Together(Vec<usize>);

impl Together {
    fn first(&self, mut i: usize) -> usize {
        while self.0[i] != i {
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, pair: [usize; 2]) {
        let [one, other] = pair.map(|i| self.first(i));
        self.0[one.max(other)] = one.min(other);
    }
}

/// The polygons that several of them cover together, which hang together.
fn all_of(polygons: &[Vec<Cow<'_, [Coord]>>], several: &[usize]) -> Vec<Polygon> {
    let middle = |i: usize| Box2::around_path(&polygons[i][0]).middle_lon();
    let east = middle(several[0]);
    let shift = |i: &usize| 360.0 * ((east - middle(*i)) / 360.0).round();
    let shifts: Vec<f64> = several.iter().map(shift).collect();
    let shell = |i: usize, shift: f64| Box2::around_path(&polygons[i][0]).moved(shift);
    let shells = several.iter().zip(&shifts).map(|(i, shift)| numbered(&shell(*i, *shift), *i));
    let shells = RTree::bulk_load(shells.collect());
    // Holes that no other one comes near stay as they are: mostly these are nearly all of them.
    let is_near = |i: usize, ring: &[Coord]| {
        let around = numbered(&Box2::around_path(ring), i);
        let mut shells = shells.locate_in_envelope_intersecting(&around.envelope());
        shells.any(|shell| shell.data != i)
    };
    let (mut rings, mut aside) = (Vec::new(), Vec::new());
    for (i, shift) in several.iter().zip(&shifts) {
        for (place, ring) in polygons[*i].iter().enumerate() {
            let ring = oriented(ring, *shift, place == 0);
            let is_near = place == 0 || is_near(*i, &ring);
            if is_near { &mut rings } else { &mut aside }.push(Cow::Owned(ring));
        }
    }
    let mut found = covered(&rings);
    if let [one] = &mut found[..] {
        one.extend(aside.into_iter().map(|hole| hole.iter().map(|at| on_earth(*at)).collect()));
    } else if !aside.is_empty() {
        rings.extend(aside);
        found = covered(&rings);
    }
    found.into_iter().filter_map(polygon).collect()
}

fn numbered(around: &Box2, i: usize) -> GeomWithData<Rectangle<[f64; 2]>, usize> {
    GeomWithData::new(Rectangle::from_corners(around.low, around.high), i)
}

fn polygon(rings: Vec<Vec<Coord>>) -> Option<Polygon> {
    let mut rings = rings.into_iter().map(LineString);
    let shell = rings.next()?;
    Some(Polygon::new(shell, rings.collect()))
}

/// A ring moved to the east by some degrees: a shell counter-clockwise, a hole clockwise.
fn oriented(ring: &[Coord], east: f64, is_shell: bool) -> Vec<Coord> {
    let mut ring: Vec<Coord> = ring.iter().map(|at| Coord { x: at.x + east, ..*at }).collect();
    if is_shell != (signed_area_deg2(&ring) > 0.0) {
        ring.reverse();
    }
    ring
}
