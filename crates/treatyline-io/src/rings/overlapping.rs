//! Which of several polygons overlap: their outlines cross, or one lies in another one and in none
//! of its holes.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use geo::Coord;

use super::nesting::{meeting, tree};
use super::outline::Outline;
use crate::outline::Box2;

/// The numbers of every two polygons that overlap, the smaller one first and in order. Each polygon
/// is given by its rings, the shell first. Polygons that have only borders in common do not overlap,
/// but where rounding makes their borders cross, they do.
pub fn overlapping(polygons: &[Vec<Cow<'_, [Coord]>>]) -> Vec<[usize; 2]> {
    let rings = Rings::new(polygons);
    let mut found = BTreeSet::new();
    // Whether the first one lies in an odd number of rings of the other one.
    let mut inside: BTreeMap<[usize; 2], bool> = BTreeMap::new();
    let boxes = tree(rings.boxes.iter().copied());
    for i in (0..rings.all.len()).filter(|i| rings.all[*i].is_shell) {
        let of = rings.all[i].of;
        for j in meeting(&boxes, &rings.boxes[i]) {
            let other = &rings.all[j];
            let pair = [of.min(other.of), of.max(other.of)];
            // Two shells find each other.
            if other.of == of || (other.is_shell && j < i) || found.contains(&pair) {
                continue;
            }
            let [one, other] = [i, j].map(|ring| rings.outline(ring));
            if one.crosses(other) {
                found.insert(pair);
                continue;
            }
            if other.holds(one) {
                *inside.entry([of, rings.all[j].of]).or_default() ^= true;
            } else if rings.all[j].is_shell && one.holds(other) {
                *inside.entry([rings.all[j].of, of]).or_default() ^= true;
            }
        }
    }
    for ([one, other], _) in inside.into_iter().filter(|(_, is_inside)| *is_inside) {
        found.insert([one.min(other), one.max(other)]);
    }
    found.into_iter().collect()
}

/// A ring, the number of its polygon, and its index once it is asked for: mostly that is never.
struct Ring<'a> {
    path: &'a [Coord],
    of: usize,
    is_shell: bool,
    outline: OnceCell<Outline<'a>>,
}

/// All rings of some polygons.
struct Rings<'a> {
    all: Vec<Ring<'a>>,
    boxes: Vec<Box2>,
}

impl<'a> Rings<'a> {
    fn new(polygons: &'a [Vec<Cow<'_, [Coord]>>]) -> Self {
        let of_polygon = |(of, rings): (usize, &'a Vec<Cow<'_, [Coord]>>)| {
            rings.iter().enumerate().map(move |(i, path)| Ring {
                path,
                of,
                is_shell: i == 0,
                outline: OnceCell::new(),
            })
        };
        let all: Vec<Ring<'a>> = polygons.iter().enumerate().flat_map(of_polygon).collect();
        let boxes = all.iter().map(|ring| Box2::around_path(ring.path)).collect();
        Self { all, boxes }
    }

    fn outline(&self, i: usize) -> &Outline<'a> {
        let Ring { path, outline, .. } = &self.all[i];
        outline.get_or_init(|| Outline::new(path))
    }
}
