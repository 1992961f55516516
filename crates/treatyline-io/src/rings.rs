//! Which ring lies in which: shells and their holes, for any order and direction of the rings in a
//! file.
//!
//! This is done in longitude and latitude. Longitudes run on across ±180°, and a ring around a pole
//! is closed through it. A position on another ring's edge decides nothing, so holes may touch
//! their shell.

mod nesting;
mod outline;
mod overlapping;
mod sides;
mod strays;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use geo::Coord;

use nesting::{crossing, homes, repeats};
use outline::Outline;
pub use overlapping::overlapping;
pub(super) use strays::{Layout, homes_among, layout, same_polygons};

/// Sorts rings by their direction, as in a shapefile: clockwise ones are shells, and each of the
/// others is a hole of the smallest shell it lies in, or of the first one that it reaches out of.
///
/// # Errors
/// The rings, unchanged, if that is impossible: a hole lies in no shell.
pub(super) fn by_sense(rings: Vec<Vec<Coord>>) -> Result<Vec<Vec<Vec<Coord>>>, Vec<Vec<Coord>>> {
    if rings.len() < 2 {
        return Ok(rings.into_iter().map(|ring| vec![ring]).collect());
    }
    let outlines: Vec<Outline> = rings.iter().map(|ring| Outline::new(ring)).collect();
    let is_shell: Vec<bool> = outlines.iter().map(|each| each.twice_area() <= 0.0).collect();
    let mut homes = homes(&outlines, |i| is_shell[i], Outline::holds);
    let crossed = |hole: usize| {
        (0..rings.len()).find(|i| is_shell[*i] && outlines[*i].crosses(&outlines[hole]))
    };
    for hole in (0..rings.len()).filter(|i| !is_shell[*i]) {
        homes[hole] = homes[hole].or_else(|| crossed(hole));
        if homes[hole].is_none() {
            return Err(rings);
        }
    }
    Ok(grouped(rings, |i| if is_shell[i] { None } else { homes[i] }))
}

/// Which rings are the same hole as an earlier one, by their direction.
pub(super) fn repeats_by_sense(rings: &[Vec<Coord>]) -> Vec<bool> {
    let outlines: Vec<Outline> = rings.iter().map(|ring| Outline::new(ring)).collect();
    let is_hole: Vec<bool> = outlines.iter().map(|each| each.twice_area() > 0.0).collect();
    let of_hole = outlines.iter().zip(&is_hole).filter(|(_, is_hole)| **is_hole);
    let holes: Vec<&Outline> = of_hole.map(|(outline, _)| outline).collect();
    let mut found = repeats(&holes).into_iter();
    is_hole.iter().map(|is_hole| *is_hole && found.next() == Some(true)).collect()
}

/// Sorts rings by which lies in which: rings in no other one, and rings in a hole, are shells.
/// Rings that cross each other become one polygon, with all rings in and around them, because there
/// it cannot be decided what is a hole.
pub(super) fn sorted(rings: Vec<Vec<Coord>>) -> Vec<Vec<Vec<Coord>>> {
    let outlines: Vec<Outline> = rings.iter().map(|ring| Outline::new(ring)).collect();
    let homes = homes(&outlines, |_| true, Outline::holds);
    let around = |i: usize| std::iter::successors(Some(i), |home| homes[*home]);
    let mut roots: Vec<usize> = (0..rings.len()).filter_map(|i| around(i).last()).collect();
    let mut is_crossed = vec![false; rings.len()];
    for [one, other] in crossing(&outlines.iter().collect::<Vec<_>>()) {
        let [one, other] = [roots[one], roots[other]];
        roots.iter_mut().filter(|root| **root == other).for_each(|root| *root = one);
        is_crossed[one] = true;
    }
    grouped(rings, |i| {
        if is_crossed[roots[i]] {
            return Some(roots[i]).filter(|root| *root != i);
        }
        // An even number of rings around it.
        if around(i).count() % 2 == 1 { None } else { homes[i] }
    })
}

/// For each of some closed rings that do not cross: the smallest other one that it lies in, and
/// whether it runs counter-clockwise.
pub fn nesting(rings: &[Vec<Coord>]) -> Vec<(Option<usize>, bool)> {
    let outlines: Vec<Outline> = rings.iter().map(|ring| Outline::new(ring)).collect();
    let runs_round = outlines.iter().map(|outline| outline.twice_area() > 0.0);
    homes(&outlines, |_| true, Outline::surrounds).into_iter().zip(runs_round).collect()
}

/// The first of some pairs of closed rings, by their numbers, where one has parts on both sides of
/// the other.
pub fn first_crossing(
    rings: &[Cow<'_, [Coord]>],
    pairs: impl IntoIterator<Item = [usize; 2]>,
) -> Option<[usize; 2]> {
    let mut outlines: HashMap<usize, Outline<'_>> = HashMap::new();
    let mut asked = HashSet::new();
    pairs.into_iter().filter(|pair| asked.insert(*pair)).find(|pair| {
        for i in *pair {
            outlines.entry(i).or_insert_with(|| Outline::new(&rings[i]));
        }
        outlines[&pair[0]].crosses(&outlines[&pair[1]])
    })
}

/// How often a closed ring goes round each of some others that it does not cross:
/// counter-clockwise minus clockwise.
pub fn turns_around(others: &[Cow<'_, [Coord]>], ring: &[Coord]) -> Vec<i32> {
    let outline = Outline::new(ring);
    others.iter().map(|other| outline.turns_around(&Outline::new(other))).collect()
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
    use geo::Polygon;

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
        // With one wrong direction, only the nesting is left to decide.
        let more = [rings, vec![square(50.0, 51.0, false)]].concat();
        let found = sorted(by_sense(more).unwrap_err());
        assert_eq!(counts(&found), [2, 2, 2, 1]);
    }

    #[test]
    fn a_hole_that_reaches_out_of_its_shell_is_a_hole_still() {
        let rings = vec![square(0.0, 10.0, true), square(9.0, 11.0, false)];
        assert_eq!(layout(&rings), Layout::Sound);
        assert_eq!(counts(&by_sense(rings).unwrap()), [2]);
        let apart = vec![square(0.0, 10.0, true), square(20.0, 21.0, false)];
        assert_eq!(layout(&apart), Layout::Strays(vec![false, true]));
        assert!(by_sense(apart).is_err());
    }

    #[test]
    fn a_hole_of_another_part_is_found_there() {
        let rings =
            vec![square(0.0, 10.0, true), square(1.0, 2.0, false), square(21.0, 22.0, false)];
        assert_eq!(layout(&rings), Layout::Strays(vec![false, false, true]));
        let polygon = |rings: Vec<Vec<Coord>>| {
            let mut rings = rings.into_iter().map(geo::LineString);
            Polygon::new(rings.next().unwrap(), rings.collect())
        };
        let other = vec![square(20.0, 30.0, true), square(25.0, 28.0, false)];
        let parts = [polygon(rings[..2].to_vec()), polygon(other)];
        let home = |ring: Vec<Coord>| homes_among(&[ring], &parts)[0];
        assert_eq!(home(rings[2].clone()), Some(1));
        // A ring in a hole, around a hole, or elsewhere lies in no shell.
        for (low, high) in [(26.0, 27.0), (24.0, 29.0), (50.0, 51.0)] {
            assert_eq!(home(square(low, high, false)), None);
        }
        assert_eq!(home(square(29.0, 31.0, false)), Some(1));
    }

    #[test]
    fn a_hole_finds_its_home_across_the_antimeridian() {
        let square = |west: f64, south: f64, size: f64| -> Vec<Coord> {
            let corners = [(0.0, 0.0), (size, 0.0), (size, size), (0.0, size), (0.0, 0.0)];
            let turned = |x: f64| if x > 180.0 { x - 360.0 } else { x };
            corners.map(|(x, y)| Coord { x: turned(west + x), y: south + y }).to_vec()
        };
        let polygon = |ring: Vec<Coord>| Polygon::new(geo::LineString(ring), Vec::new());
        let islands = [polygon(square(170.0, 40.0, 2.0)), polygon(square(178.0, 50.0, 5.0))];
        for west in [178.5, 179.5, 180.5, 182.5] {
            assert_eq!(homes_among(&[square(west, 51.0, 0.9)], &islands), [Some(1)], "{west}");
        }
        assert_eq!(homes_among(&[square(184.5, 51.0, 0.9)], &islands), [None]);
        // Lakes in each other are also found to be in disorder.
        let (lake, island) = (square(179.5, 51.0, 2.0), square(180.5, 51.5, 0.5));
        let rings = [square(178.0, 50.0, 5.0), island, lake];
        assert_eq!(layout(&rings), Layout::Unsorted);
    }

    #[test]
    fn order_and_sense_do_not_matter_where_rings_are_sorted() {
        let (outer, hole, island) =
            (square(0.0, 9.0, false), square(1.0, 8.0, true), square(2.0, 3.0, true));
        for rings in [
            vec![hole.clone(), outer.clone(), island.clone()],
            vec![island.clone(), hole.clone(), outer.clone()],
        ] {
            assert_eq!(layout(&rings), Layout::Unsorted);
            let found = sorted(rings);
            let mut shells: Vec<f64> = found.iter().map(|polygon| polygon[0][0].x).collect();
            shells.sort_by(f64::total_cmp);
            assert_eq!(shells, [0.0, 2.0]);
            assert_eq!(found.iter().map(Vec::len).sum::<usize>(), 3);
        }
        let rings_of =
            |rings: &[&Vec<Coord>]| layout(&rings.iter().copied().cloned().collect::<Vec<_>>());
        assert_eq!(rings_of(&[&outer, &hole]), Layout::Sound);
        assert_eq!(rings_of(&[&outer, &island]), Layout::Sound);
        let twice = Layout::Repeats(vec![false, false, true]);
        assert_eq!(rings_of(&[&outer, &hole, &hole]), twice, "the same hole twice");
        assert_eq!(rings_of(&[&outer, &hole, &island]), Layout::Unsorted, "a ring in a hole");
        let outside = square(20.0, 21.0, false);
        let expected = Layout::Strays(vec![false, false, true]);
        assert_eq!(rings_of(&[&outer, &hole, &outside]), expected);
        assert_eq!(rings_of(&[&outer, &hole, &outside, &island]), Layout::Unsorted);
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
            let (touching, hole) = (ring(&touching, east), ring(&hole, east));
            assert_eq!(layout(&[touching.clone(), hole.clone()]), Layout::Sound, "{east}");
            assert_eq!(layout(&[hole, touching]), Layout::Unsorted, "{east}");
        }
    }

    #[test]
    fn the_cap_around_a_pole_holds_what_is_nearer_to_it() {
        let parallel = |lat: f64| -> Vec<Coord> {
            (0..=36).map(|i| Coord { x: -180.0 + 10.0 * f64::from(i), y: lat }).collect()
        };
        let (cap, coast) = (parallel(-89.999), parallel(-70.0));
        assert_eq!(layout(&[coast.clone(), cap.clone()]), Layout::Sound);
        assert_eq!(layout(&[cap.clone(), coast.clone()]), Layout::Unsorted);
        assert_eq!(sorted(vec![cap, coast])[0][0][0].y, -70.0);
    }
}
