//! Stray holes: holes outside of the shell they were given to. In a feature of many polygons they
//! mostly belong to another one.

use std::collections::HashMap;

use geo::{Coord, LineString, Polygon};

use super::nesting::{any_cross, are_apart, meeting, repeats, tree};
use super::outline::Outline;
use crate::outline::{Box2, closed_on_map};

/// How the rings of a polygon lie, the shell first.
#[derive(Debug, PartialEq)]
pub(crate) enum Layout {
    /// Holes lie in the shell and not in each other. Rings that cross lie in none of the others.
    Sound,
    /// Sound, except that these holes are the same as an earlier one.
    Repeats(Vec<bool>),
    /// Sound, but a hole is the same as the shell, so that nothing is left.
    Filled,
    /// Sound, except for these holes outside of the shell.
    Strays(Vec<bool>),
    /// Anything else.
    Unsorted,
}

/// How the rings of a polygon lie.
pub(crate) fn layout(rings: &[Vec<Coord>]) -> Layout {
    if rings.len() < 2 {
        return Layout::Sound;
    }
    let outlines: Vec<Outline> = rings.iter().map(|ring| Outline::new(ring)).collect();
    let mut is_repeat = vec![false];
    is_repeat.extend(repeats(&outlines[1..].iter().collect::<Vec<_>>()));
    if is_repeat.contains(&true) {
        return Layout::Repeats(is_repeat);
    }
    let is_filled =
        |hole: &Outline| hole.around.is_same(&outlines[0].around) && hole.is_same_as(&outlines[0]);
    if outlines[1..].iter().any(is_filled) {
        return Layout::Filled;
    }
    let is_stray: Vec<bool> =
        outlines.iter().enumerate().map(|(i, hole)| i > 0 && !outlines[0].holds(hole)).collect();
    let of_kind = |stray: bool| -> Vec<&Outline> {
        let holes = outlines.iter().zip(&is_stray).skip(1);
        holes.filter(|(_, is_stray)| **is_stray == stray).map(|(hole, _)| hole).collect()
    };
    let (holes, strays) = (of_kind(false), of_kind(true));
    if strays.is_empty() && are_apart(&holes) || any_cross(&outlines.iter().collect::<Vec<_>>()) {
        Layout::Sound
    } else if strays.is_empty()
        || strays.iter().any(|stray| stray.holds(&outlines[0]))
        || !are_apart(&holes)
    {
        Layout::Unsorted
    } else {
        Layout::Strays(is_stray)
    }
}

/// Which of some polygons are the same as an earlier one.
pub(crate) fn same_polygons(polygons: &[Polygon]) -> Vec<bool> {
    let mut known: HashMap<[u64; 4], Vec<&Polygon>> = HashMap::new();
    let is_same = |one: &Polygon, other: &Polygon| {
        let of_one = std::iter::once(one.exterior()).chain(one.interiors());
        let of_other = std::iter::once(other.exterior()).chain(other.interiors());
        let is_same =
            |(a, b): (&LineString, &LineString)| Outline::new(&a.0).is_same_as(&Outline::new(&b.0));
        one.interiors().len() == other.interiors().len() && of_one.zip(of_other).all(is_same)
    };
    let is_repeat = |polygon| {
        let polygon: &Polygon = polygon;
        let Box2 { low, high } = Box2::around_path(&polygon.exterior().0);
        let key = [low[0], low[1], high[0], high[1]].map(|side| (side + 0.0).to_bits());
        let alike = known.entry(key).or_default();
        let is_repeat = alike.iter().any(|other| is_same(other, polygon));
        if !is_repeat {
            alike.push(polygon);
        }
        is_repeat
    };
    polygons.iter().map(is_repeat).collect()
}

/// For each ring, the first of some polygons in which it lies as a hole, or whose shell it crosses.
pub(crate) fn homes_among(rings: &[Vec<Coord>], polygons: &[Polygon]) -> Vec<Option<usize>> {
    let mut homes = vec![None; rings.len()];
    if rings.is_empty() {
        return homes;
    }
    let inners: Vec<Outline> = rings.iter().map(|ring| Outline::new(ring)).collect();
    let boxes = tree(inners.iter().map(|inner| inner.around));
    let around = |ring: &LineString| Box2::around_path(&closed_on_map(&ring.0));
    for (i, polygon) in polygons.iter().enumerate() {
        let mut near = meeting(&boxes, &around(polygon.exterior()));
        near.retain(|inner| homes[*inner].is_none());
        if near.is_empty() {
            continue;
        }
        let shell = Outline::new(&polygon.exterior().0);
        let lakes = polygon.interiors().iter();
        let lakes = lakes.filter(|lake| !meeting(&boxes, &around(lake)).is_empty());
        let lakes: Vec<Outline> = lakes.map(|lake| Outline::new(&lake.0)).collect();
        for inner in near {
            if is_home(&shell, &lakes, &inners[inner]) {
                homes[inner] = Some(i);
            }
        }
    }
    homes
}

/// Whether a ring lies in a shell, but neither in nor around one of its lakes, or crosses it.
fn is_home(shell: &Outline, lakes: &[Outline], inner: &Outline) -> bool {
    let is_free = || !lakes.iter().any(|lake| lake.holds(inner) || inner.holds(lake));
    shell.holds(inner) && is_free() || shell.crosses(inner)
}
