//! Which ring lies in which: shells and their holes, whatever order and sense a file has.
//!
//! Done in longitude and latitude. Longitudes run on across ±180°, and a ring around a pole is
//! closed through it. A position on another ring's edge says nothing, so that holes may touch
//! their shell.

use std::borrow::Cow;
use std::ops::Range;

use geo::{Coord, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::line::{closed_on_map, meetings};

/// Edges in one block of a [`Outline`], and blocks in one of the level above.
const BLOCK: usize = 16;

/// A ring in the plane of longitude and latitude, ready to be asked what lies in it.
struct Outline<'a> {
    path: Cow<'a, [Coord]>,
    low: Coord,
    high: Coord,
    /// The lowest and the highest latitude of each block of edges, of each block of these
    /// blocks, and so on while there are several.
    levels: Vec<Vec<[f64; 2]>>,
}

impl<'a> Outline<'a> {
    fn new(ring: &'a [Coord]) -> Self {
        let path = closed_on_map(ring);
        let (mut low, mut high): (Coord, Coord) =
            (Coord { x: 1e9, y: 1e9 }, Coord { x: -1e9, y: -1e9 });
        for at in path.iter() {
            low = Coord { x: low.x.min(at.x), y: low.y.min(at.y) };
            high = Coord { x: high.x.max(at.x), y: high.y.max(at.y) };
        }
        let last = path.len().saturating_sub(1);
        let around = |ends: [f64; 2], [low, high]: [f64; 2]| [ends[0].min(low), ends[1].max(high)];
        let nothing = [f64::INFINITY, f64::NEG_INFINITY];
        let block = |from: usize| {
            let of_block = &path[from..=(from + BLOCK).min(last)];
            of_block.iter().fold(nothing, |ends, at| around(ends, [at.y; 2]))
        };
        let mut levels: Vec<Vec<[f64; 2]>> = vec![(0..last).step_by(BLOCK).map(block).collect()];
        while let Some(below) = levels.last().filter(|level| level.len() > BLOCK) {
            let blocks = below.chunks(BLOCK);
            let level = blocks.map(|blocks| blocks.iter().copied().fold(nothing, around)).collect();
            levels.push(level);
        }
        Self { path, low, high, levels }
    }

    /// Twice its area, positive where it runs counter-clockwise.
    fn twice_area(&self) -> f64 {
        twice_area(&self.path)
    }

    /// By how much another ring's longitudes must be moved to be near its own.
    fn shift_of(&self, other: &Self) -> f64 {
        let middle = |outline: &Self| f64::midpoint(outline.low.x, outline.high.x);
        360.0 * ((middle(self) - middle(other)) / 360.0).round()
    }

    /// Whether its box holds another ring's.
    fn may_hold(&self, other: &Self) -> bool {
        let shift = self.shift_of(other);
        self.low.x <= other.low.x + shift
            && other.high.x + shift <= self.high.x
            && self.low.y <= other.low.y
            && other.high.y <= self.high.y
    }

    /// Whether an edge of it comes into the box of another: of a coast that goes round a ring
    /// most do not.
    fn comes_near(&self, other: &Self) -> bool {
        if !self.is_near(other) {
            return false;
        }
        let shift = self.shift_of(other);
        let (west, east) = (other.low.x + shift, other.high.x + shift);
        let (south, north) = (other.low.y, other.high.y);
        let last = self.path.len().saturating_sub(1);
        let is_in = |ends: &[Coord]| {
            ends[0].x.min(ends[1].x) <= east
                && west <= ends[0].x.max(ends[1].x)
                && ends[0].y.min(ends[1].y) <= north
                && south <= ends[0].y.max(ends[1].y)
        };
        let blocks = self.levels.first().into_iter().flatten().enumerate();
        let at_its_latitudes = blocks.filter(|(_, [low, high])| *low <= north && south <= *high);
        at_its_latitudes
            .map(|(block, _)| block * BLOCK)
            .any(|from| self.path[from..=(from + BLOCK).min(last)].windows(2).any(is_in))
    }

    /// Whether its box and another ring's have places in common.
    fn is_near(&self, other: &Self) -> bool {
        let shift = self.shift_of(other);
        self.low.x <= other.high.x + shift
            && other.low.x + shift <= self.high.x
            && self.low.y <= other.high.y
            && other.low.y <= self.high.y
    }

    /// Whether another ring lies in it: one of its positions does, or all are on edges of this
    /// one. So it does not matter where a ring begins.
    fn holds(&self, other: &Self) -> bool {
        let shift = self.shift_of(other);
        let mut outside = false;
        for at in other.path.iter() {
            match self.place(Coord { x: at.x + shift, y: at.y }) {
                Some(true) => return true,
                Some(false) => outside = true,
                None => {}
            }
        }
        !outside
    }

    /// The same for rings that may have all their positions in common, but do not cross: whether
    /// the middle of the other one's longest edge lies in it.
    fn surrounds(&self, other: &Self) -> bool {
        let shift = self.shift_of(other);
        let length = |ends: &[Coord]| (ends[1].x - ends[0].x).hypot(ends[1].y - ends[0].y);
        let longest = other.path.windows(2).max_by(|a, b| length(a).total_cmp(&length(b)));
        let middle = longest.map(|ends| (ends[0] + ends[1]) / 2.0);
        let place = middle.and_then(|at| self.place(Coord { x: at.x + shift, y: at.y }));
        place.unwrap_or_else(|| self.holds(other))
    }

    /// Whether a position is inside; nothing for one on an edge.
    fn place(&self, at: Coord) -> Option<bool> {
        let mut inside = false;
        let top = self.levels.len() - 1;
        let on_edge = self.blocks(top, 0..self.levels[top].len(), at, &mut inside).is_none();
        (!on_edge).then_some(inside)
    }

    /// Counts the edges of blocks of a level that lie between a position and the east; nothing
    /// where it lies on one.
    fn blocks(
        &self,
        level: usize,
        range: Range<usize>,
        at: Coord,
        inside: &mut bool,
    ) -> Option<()> {
        for block in range {
            let [low, high] = self.levels[level][block];
            if at.y < low || at.y > high {
                continue;
            }
            let from = block * BLOCK;
            match level.checked_sub(1) {
                Some(below) => {
                    let to = (from + BLOCK).min(self.levels[below].len());
                    self.blocks(below, from..to, at, inside)?;
                }
                None => self.edges(from, at, inside)?,
            }
        }
        Some(())
    }

    /// The same for the edges of one block.
    fn edges(&self, from: usize, at: Coord, inside: &mut bool) -> Option<()> {
        let last = self.path.len().saturating_sub(1);
        for pair in self.path[from..=(from + BLOCK).min(last)].windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if at.y < a.y.min(b.y) || at.y > a.y.max(b.y) {
                continue;
            }
            let side = (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x);
            if side == 0.0 && a.x.min(b.x) <= at.x && at.x <= a.x.max(b.x) {
                return None;
            }
            // An edge is crossed if it goes from one side of the parallel to the other.
            if (a.y > at.y) != (b.y > at.y) && (side > 0.0) == (b.y > a.y) {
                *inside = !*inside;
            }
        }
        Some(())
    }
}

/// Twice the area in the plane, positive where a closed path runs counter-clockwise.
fn twice_area(path: &[Coord]) -> f64 {
    let Some(origin) = path.first() else { return 0.0 };
    let from = |at: &Coord| (at.x - origin.x, at.y - origin.y);
    let cross = |pair: &[Coord]| {
        let ((ax, ay), (bx, by)) = (from(&pair[0]), from(&pair[1]));
        ax * by - ay * bx
    };
    path.windows(2).map(cross).sum()
}

/// Whether all rings but the first lie in that one, and none of them in another.
pub(super) fn are_nested(rings: &[Vec<Coord>]) -> bool {
    let [shell, holes @ ..] = rings else { return true };
    if holes.is_empty() {
        return true;
    }
    let shell = Outline::new(shell);
    let holes: Vec<Outline> = holes.iter().map(|ring| Outline::new(ring)).collect();
    holes.iter().all(|hole| shell.may_hold(hole) && shell.holds(hole)) && are_apart(&holes)
}

/// Whether no ring lies in another.
fn are_apart(rings: &[Outline]) -> bool {
    let mut order: Vec<&Outline> = rings.iter().collect();
    order.sort_by(|one, other| one.low.x.total_cmp(&other.low.x));
    order.iter().enumerate().all(|(i, one)| {
        let near = order[i + 1..].iter().take_while(|other| other.low.x <= one.high.x);
        { near }.all(|other| {
            let within = |outer: &Outline, inner: &Outline| {
                outer.may_hold(inner) && outer.path != inner.path && outer.holds(inner)
            };
            !within(one, other) && !within(other, one)
        })
    })
}

/// Whether two of some rings cross each other.
pub(super) fn cross(rings: &[Vec<Coord>]) -> bool {
    let outlines: Vec<Outline> = rings.iter().map(|ring| Outline::new(ring)).collect();
    are_crossing(&outlines.iter().collect::<Vec<_>>())
}

fn are_crossing(outlines: &[&Outline]) -> bool {
    let Some(first) = outlines.first() else { return false };
    let moved = |outline: &&Outline| {
        let shift = first.shift_of(outline);
        let place = |at: &Coord| Coord { x: at.x + shift, y: at.y };
        Cow::Owned(outline.path.iter().map(place).collect::<Vec<_>>())
    };
    let paths: Vec<Cow<'_, [Coord]>> = outlines.iter().map(moved).collect();
    let most = MOST_MEETINGS * paths.iter().map(|path| path.len()).sum::<usize>();
    meetings(&paths, most).iter().any(|met| met.edges[0].ring != met.edges[1].ring)
}

/// More meetings than this to a vertex are not looked at.
const MOST_MEETINGS: usize = 8;

/// The rings of a polygon, the shell first, without the holes that lie outside of it; nothing
/// where the others are not nested either. Then these holes.
pub(super) fn without_strays(rings: &[Vec<Coord>]) -> Option<[Vec<Vec<Coord>>; 2]> {
    let (shell, holes) = rings.split_first()?;
    let outer = Outline::new(shell);
    let is_home = |hole: &Vec<Coord>| {
        let hole = Outline::new(hole);
        let lies_in =
            |outer: &Outline, inner: &Outline| outer.may_hold(inner) && outer.holds(inner);
        lies_in(&outer, &hole) || lies_in(&hole, &outer)
    };
    let (kept, strays): (Vec<_>, Vec<_>) = holes.iter().cloned().partition(is_home);
    let kept = [vec![shell.clone()], kept].concat();
    are_nested(&kept).then_some([kept, strays])
}

/// Of some polygons the one in which each ring lies as a hole, or of which it crosses the shell.
pub(super) fn homes_among(rings: &[Vec<Coord>], polygons: &[Polygon]) -> Vec<Option<usize>> {
    if rings.is_empty() {
        return Vec::new();
    }
    let shells: Vec<Outline> =
        polygons.iter().map(|polygon| Outline::new(&polygon.exterior().0)).collect();
    rings.iter().map(|ring| home(ring, polygons, &shells)).collect()
}

fn home(ring: &[Coord], polygons: &[Polygon], shells: &[Outline]) -> Option<usize> {
    let inner = Outline::new(ring);
    polygons.iter().zip(shells).position(|(polygon, shell)| {
        let lies_in = |outer: &Outline| outer.may_hold(&inner) && outer.holds(&inner);
        let is_free = || {
            polygon.interiors().iter().filter(|hole| may_touch(ring, &hole.0)).all(|hole| {
                let hole = Outline::new(&hole.0);
                !(lies_in(&hole) || inner.may_hold(&hole) && inner.holds(&hole))
            })
        };
        lies_in(shell) && is_free() || shell.comes_near(&inner) && are_crossing(&[shell, &inner])
    })
}

/// Whether two rings have latitudes in common: most holes of a country are lakes far away.
fn may_touch(ring: &[Coord], other: &[Coord]) -> bool {
    let latitudes = |ring: &[Coord]| {
        ring.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], at| {
            [low.min(at.y), high.max(at.y)]
        })
    };
    let ([low, high], [other_low, other_high]) = (latitudes(ring), latitudes(other));
    low <= other_high && other_low <= high
}

/// Rings by their sense, as in a shapefile: clockwise ones are shells, and each of the others
/// is a hole of the smallest shell it lies in.
///
/// # Errors
/// The rings again where that does not come out: a hole lies in no shell.
pub(super) fn by_sense(rings: Vec<Vec<Coord>>) -> Result<Vec<Vec<Vec<Coord>>>, Vec<Vec<Coord>>> {
    if rings.len() < 2 {
        return Ok(rings.into_iter().map(|ring| vec![ring]).collect());
    }
    let outlines: Vec<Outline> = rings.iter().map(|ring| Outline::new(ring)).collect();
    let is_shell: Vec<bool> = outlines.iter().map(|each| each.twice_area() <= 0.0).collect();
    let mut homes = homes(&outlines, |i| is_shell[i], Outline::holds);
    for i in (0..rings.len()).filter(|i| !is_shell[*i] && homes[*i].is_none()).collect::<Vec<_>>() {
        // One that reaches out of a shell is a hole of it still.
        homes[i] = (0..rings.len()).find(|j| {
            let (shell, hole) = (&outlines[*j], &outlines[i]);
            is_shell[*j] && shell.is_near(hole) && are_crossing(&[shell, hole])
        });
    }
    if (0..rings.len()).any(|i| !is_shell[i] && homes[i].is_none()) {
        return Err(rings);
    }
    Ok(grouped(rings, |i| if is_shell[i] { None } else { homes[i] }))
}

/// Rings by which lies in which: those in no other, and those in a hole, are shells.
pub(super) fn sorted(rings: Vec<Vec<Coord>>) -> Vec<Vec<Vec<Coord>>> {
    let outlines: Vec<Outline> = rings.iter().map(|ring| Outline::new(ring)).collect();
    let homes = homes(&outlines, |_| true, Outline::holds);
    // How many rings it lies in.
    let depth = |i: usize| std::iter::successors(homes[i], |home| homes[*home]).count();
    let depths: Vec<usize> = (0..rings.len()).map(depth).collect();
    grouped(rings, |i| if depths[i].is_multiple_of(2) { None } else { homes[i] })
}

/// Of each of some closed rings that do not cross: the smallest other one that it lies in, and
/// whether it runs counter-clockwise.
pub(crate) fn nesting(rings: &[Vec<Coord>]) -> Vec<(Option<usize>, bool)> {
    let outlines: Vec<Outline> = rings.iter().map(|ring| Outline::new(ring)).collect();
    let runs_round = outlines.iter().map(|outline| outline.twice_area() > 0.0);
    homes(&outlines, |_| true, Outline::surrounds).into_iter().zip(runs_round).collect()
}

/// The smallest ring, of those that may be one, that each lies in.
fn homes<'a>(
    outlines: &[Outline<'a>],
    may_be: impl Fn(usize) -> bool,
    holds: fn(&Outline<'a>, &Outline<'a>) -> bool,
) -> Vec<Option<usize>> {
    let boxed = |(i, outline): (usize, &Outline)| {
        let corners = [outline.low, outline.high].map(|at| [at.x, at.y]);
        GeomWithData::new(Rectangle::from_corners(corners[0], corners[1]), i)
    };
    let tree = RTree::bulk_load(outlines.iter().enumerate().map(boxed).collect());
    let sizes: Vec<f64> = outlines.iter().map(|outline| outline.twice_area().abs()).collect();
    let home = |i: usize| {
        // Of two rings that are the same the first is the outer one.
        let larger = |j: usize| (sizes[j], i) > (sizes[i], j);
        let inner = &outlines[i];
        let mut candidates: Vec<usize> = [-360.0, 0.0, 360.0]
            .iter()
            .flat_map(|shift| {
                let point = AABB::from_point([inner.low.x + shift, inner.low.y]);
                tree.locate_in_envelope_intersecting(&point).map(|each| each.data)
            })
            .filter(|j| *j != i && may_be(*j) && larger(*j) && outlines[*j].may_hold(inner))
            .collect();
        candidates.sort_by(|a, b| sizes[*a].total_cmp(&sizes[*b]).then(b.cmp(a)));
        candidates.into_iter().find(|j| holds(&outlines[*j], inner))
    };
    (0..outlines.len()).map(home).collect()
}

/// Shells in their order, each with its holes; `home` is the shell of a hole.
fn grouped(rings: Vec<Vec<Coord>>, home: impl Fn(usize) -> Option<usize>) -> Vec<Vec<Vec<Coord>>> {
    let mut place = vec![usize::MAX; rings.len()];
    let mut polygons: Vec<Vec<Vec<Coord>>> = Vec::new();
    let mut holes = Vec::new();
    for (i, ring) in rings.into_iter().enumerate() {
        match home(i) {
            None => {
                place[i] = polygons.len();
                polygons.push(vec![ring]);
            }
            Some(shell) => holes.push((shell, ring)),
        }
    }
    for (shell, ring) in holes {
        match place.get(shell).and_then(|at| polygons.get_mut(*at)) {
            Some(polygon) => polygon.push(ring),
            None => polygons.push(vec![ring]),
        }
    }
    polygons
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(low: f64, high: f64, clockwise: bool) -> Vec<Coord> {
        let corners = [(low, low), (low, high), (high, high), (high, low), (low, low)];
        let mut ring: Vec<_> = corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
        if !clockwise {
            ring.reverse();
        }
        ring
    }

    fn counts(polygons: &[Vec<Vec<Coord>>]) -> Vec<usize> {
        polygons.iter().map(Vec::len).collect()
    }

    #[test]
    fn holes_find_the_ring_they_lie_in() {
        let rings = vec![
            square(0.0, 10.0, true),
            square(20.0, 30.0, true),
            square(22.0, 24.0, false),
            square(1.0, 9.0, false),
            square(2.0, 8.0, true),
            square(3.0, 4.0, false),
        ];
        let found = by_sense(rings.clone()).unwrap();
        assert_eq!(counts(&found), [2, 2, 2]);
        assert_eq!(found[2][1][0].x, 3.0);
        // One that is wound wrongly leaves only what lies in what.
        let more = [rings, vec![square(50.0, 51.0, false)]].concat();
        let found = sorted(by_sense(more).unwrap_err());
        assert_eq!(counts(&found), [2, 2, 2, 1]);
    }

    #[test]
    fn a_hole_that_reaches_out_of_its_shell_is_a_hole_still() {
        let rings = vec![square(0.0, 10.0, true), square(9.0, 11.0, false)];
        assert!(!are_nested(&rings) && cross(&rings));
        assert_eq!(counts(&by_sense(rings).unwrap()), [2]);
        let apart = vec![square(0.0, 10.0, true), square(20.0, 21.0, false)];
        assert!(!cross(&apart) && by_sense(apart).is_err());
    }

    #[test]
    fn a_hole_of_another_part_is_found_there() {
        let rings =
            vec![square(0.0, 10.0, true), square(1.0, 2.0, false), square(21.0, 22.0, false)];
        let [kept, strays] = without_strays(&rings).unwrap();
        assert_eq!((kept.len(), strays.len()), (2, 1));
        let polygon = |rings: Vec<Vec<Coord>>| {
            let mut rings = rings.into_iter().map(geo::LineString);
            Polygon::new(rings.next().unwrap(), rings.collect())
        };
        let other = vec![square(20.0, 30.0, true), square(25.0, 28.0, false)];
        let parts = [polygon(kept), polygon(other)];
        let home = |ring: Vec<Coord>| homes_among(&[ring], &parts)[0];
        assert_eq!(home(strays[0].clone()), Some(1));
        // One in a hole, around a hole, or nowhere lies in none.
        for (low, high) in [(26.0, 27.0), (24.0, 29.0), (50.0, 51.0)] {
            assert_eq!(home(square(low, high, false)), None);
        }
        assert_eq!(home(square(29.0, 31.0, false)), Some(1));
    }

    #[test]
    fn order_and_sense_do_not_matter_where_rings_are_sorted() {
        let (outer, hole, island) =
            (square(0.0, 9.0, false), square(1.0, 8.0, true), square(2.0, 3.0, true));
        for rings in [
            vec![hole.clone(), outer.clone(), island.clone()],
            vec![island.clone(), hole.clone(), outer.clone()],
        ] {
            assert!(!are_nested(&rings));
            let found = sorted(rings);
            let mut shells: Vec<f64> = found.iter().map(|polygon| polygon[0][0].x).collect();
            shells.sort_by(f64::total_cmp);
            assert_eq!(shells, [0.0, 2.0]);
            assert_eq!(found.iter().map(Vec::len).sum::<usize>(), 3);
        }
        assert!(are_nested(&[outer.clone(), hole.clone()]));
        assert!(!are_nested(&[outer.clone(), hole, island.clone()]), "a ring in a hole");
        assert!(!are_nested(&[outer.clone(), square(20.0, 21.0, false)]), "a hole outside");
        assert!(are_nested(&[outer, island]));
    }

    #[test]
    fn a_hole_may_touch_its_shell_and_be_across_the_antimeridian() {
        let touching = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)];
        let hole = [(0.0, 0.0), (2.0, 1.0), (1.0, 2.0), (0.0, 0.0)];
        let ring = |corners: &[(f64, f64)], east: f64| -> Vec<Coord> {
            let turned = |x: f64| if x + east > 180.0 { x + east - 360.0 } else { x + east };
            corners.iter().map(|(x, y)| Coord { x: turned(*x), y: *y }).collect()
        };
        for east in [0.0, 178.0, 179.5] {
            assert!(are_nested(&[ring(&touching, east), ring(&hole, east)]), "{east}");
            assert!(!are_nested(&[ring(&hole, east), ring(&touching, east)]), "{east}");
        }
    }

    #[test]
    fn the_cap_around_a_pole_holds_what_is_nearer_to_it() {
        let parallel = |lat: f64| -> Vec<Coord> {
            (0..=36).map(|i| Coord { x: -180.0 + 10.0 * f64::from(i), y: lat }).collect()
        };
        let (cap, coast) = (parallel(-89.999), parallel(-70.0));
        assert!(are_nested(&[coast.clone(), cap.clone()]));
        assert!(!are_nested(&[cap.clone(), coast.clone()]));
        assert_eq!(sorted(vec![cap, coast])[0][0][0].y, -70.0);
    }
}
