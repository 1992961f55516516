//! Which of several polygons overlap: their outlines cross, or one lies in another one and in none
//! of its holes.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};

use super::outline::Outline;
use crate::outline::{Box2, Meeting};

/// The numbers of every two polygons that overlap, the smaller one first and in order. Each polygon
/// is given by its rings, the shell first. Polygons that have only borders in common do not overlap,
/// but where rounding makes their borders cross, they do.
pub fn overlapping(polygons: &[Vec<Cow<'_, [Coord]>>]) -> Vec<[usize; 2]> {
    let rings = Rings::new(polygons);
    let (mut found, mut inside) = (BTreeSet::new(), Inside::default());
    for [i, j] in rings.near() {
        let [one, other] = [i, j].map(|i| &rings.all[i]);
        let pair = [one.of.min(other.of), one.of.max(other.of)];
        if found.contains(&pair) {
            continue;
        }
        let met = rings.outline(i).meets(rings.outline(j));
        if met == Some(Meeting::Crossing) {
            found.insert(pair);
            continue;
        }
        for [shell, ring] in [[i, j], [j, i]].into_iter().filter(|[i, _]| rings.all[*i].is_shell) {
            inside.ask(&rings, [shell, ring], met.is_some());
        }
    }
    found.extend(inside.pairs(&rings));
    found.into_iter().collect()
}

/// Which shells lie in rings of other polygons, of rings that do not cross.
#[derive(Default)]
struct Inside {
    /// For rings, by their numbers, the corners of shells that may lie in them, and the polygons of
    /// these.
    corners: BTreeMap<usize, Vec<(Coord, usize)>>,
    /// Pairs of polygons of which the first lies in an odd number of rings of the second.
    odd: BTreeSet<[usize; 2]>,
}

impl Inside {
    /// Asks whether a shell lies in a ring, which it does not cross but may touch.
    fn ask(&mut self, rings: &Rings<'_>, [shell, ring]: [usize; 2], touches: bool) {
        let [inner, outer] = [shell, ring].map(|i| rings.outline(i));
        if !outer.may_hold(inner) {
            return;
        }
        let of = rings.all[shell].of;
        match inner.path.first().filter(|_| !touches) {
            // Any corner decides. All that are asked of a ring are compared with its edges at once.
            Some(at) => {
                let at = Coord { x: at.x + outer.shift_of(inner), y: at.y };
                self.corners.entry(ring).or_default().push((at, of));
            }
            None if outer.holds(inner) => self.turn([of, rings.all[ring].of]),
            None => {}
        }
    }

    /// A polygon lies in one more ring of another one.
    fn turn(&mut self, pair: [usize; 2]) {
        if !self.odd.remove(&pair) {
            self.odd.insert(pair);
        }
    }

    /// The pairs of polygons of which one lies in the other one, the smaller number first.
    fn pairs(mut self, rings: &Rings<'_>) -> Vec<[usize; 2]> {
        for (ring, mut corners) in std::mem::take(&mut self.corners) {
            corners.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
            let of = rings.all[ring].of;
            for (inner, is_inside) in corners.iter().zip(are_inside(&corners, rings.outline(ring)))
            {
                if is_inside {
                    self.turn([inner.1, of]);
                }
            }
        }
        self.odd.into_iter().map(|[one, other]| [one.min(other), one.max(other)]).collect()
    }
}

/// Which of some positions, in the order of their latitudes, lie in a ring and not on it: it passes
/// east of them an odd number of times.
fn are_inside(corners: &[(Coord, usize)], ring: &Outline<'_>) -> Vec<bool> {
    let mut inside = vec![false; corners.len()];
    // The first one that is not south of an edge is near that of the edge before.
    let mut from = 0;
    for ends in ring.path.windows(2) {
        let (a, b) = if ends[0].y < ends[1].y { (ends[0], ends[1]) } else { (ends[1], ends[0]) };
        while from > 0 && corners[from - 1].0.y >= a.y {
            from -= 1;
        }
        while corners.get(from).is_some_and(|(at, _)| at.y < a.y) {
            from += 1;
        }
        for ((at, _), is_inside) in corners.iter().zip(&mut inside).skip(from) {
            if at.y >= b.y {
                break;
            }
            // Exactly: a corner may lie on the edge but for rounding.
            let side = RobustKernel::orient2d(a, b, *at);
            *is_inside ^= side == Orientation::CounterClockwise;
        }
    }
    inside
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

    /// Every two rings of different polygons whose boxes meet, in order: shells with other shells and
    /// with holes. Two holes say nothing.
    fn near(&self) -> Vec<[usize; 2]> {
        let mut boxes: Vec<(Box2, usize)> = self.boxes.iter().copied().zip(0..).collect();
        // One that runs on across the antimeridian is on both sides of the map.
        for (i, around) in self.boxes.iter().enumerate() {
            let beyond = [(around.high[0] > 180.0, -360.0), (around.low[0] < -180.0, 360.0)];
            let beyond = beyond.into_iter().filter(|(is_beyond, _)| *is_beyond);
            boxes.extend(beyond.map(|(_, east)| (around.moved(east), i)));
        }
        // From west to east, so that few others begin before one ends.
        boxes.sort_by(|(one, _), (other, _)| one.low[0].total_cmp(&other.low[0]));
        let mut found = Vec::new();
        for (n, (around, i)) in boxes.iter().enumerate() {
            let begun = boxes[n + 1..].iter().take_while(|it| it.0.low[0] <= around.high[0]);
            for (_, j) in begun.filter(|(other, _)| around.meets(other)) {
                let [one, other] = [*i, *j].map(|i| &self.all[i]);
                if one.of != other.of && (one.is_shell || other.is_shell) {
                    found.push([*i.min(j), *i.max(j)]);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn outline(&self, i: usize) -> &Outline<'a> {
        let Ring { path, outline, .. } = &self.all[i];
        outline.get_or_init(|| Outline::new(path))
    }
}
