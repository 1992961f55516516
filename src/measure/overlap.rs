//! Whether polygons of one feature overlap: their areas are added up, as every tool does, so what
//! lies in two of them counts twice.
//!
//! Nearly all features have one polygon, or polygons whose boxes are apart. Of the others only the
//! edges near another polygon's box are searched for meetings, and all places that may lie in a
//! polygon are compared with its edges in one pass. What is found is measured on the part of the map
//! that both have.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use geo::{Coord, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::by_grid::common_area;
use super::enclosed::{MOST, within_range};
use crate::geodesy::{Geodesic, PositionFault};
use crate::io::outline::{Box2, Edge, meetings};
use crate::quantity::SquareMetres;

/// What several polygons of a feature have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// A corner of the largest part of it.
    pub at: Coord,
    /// The area that two polygons have in common, added up over every two.
    pub area: SquareMetres,
}

/// Polygons on the map; one that crosses the antimeridian is there on both sides of it.
struct Parts<'a> {
    rings: Vec<Vec<Cow<'a, [Coord]>>>,
    boxes: Vec<Box2>,
    /// The polygon that each is.
    of: Vec<usize>,
}

/// Numbers of two polygons on the map, the smaller one first.
type Pair = [usize; 2];

/// What the boxes of two polygons have in common.
type Common = Rectangle<[f64; 2]>;

/// What polygons have in common, if they overlap anywhere.
pub(super) fn overlap(
    geodesic: &Geodesic,
    polygons: &[Polygon],
) -> Result<Option<Overlap>, PositionFault> {
    if polygons.len() < 2 {
        return Ok(None);
    }
    let parts = Parts::new(polygons);
    let pairs = parts.pairs();
    if pairs.is_empty() {
        return Ok(None);
    }
    let mut suspects = parts.meeting(&pairs);
    suspects.extend(parts.within(&pairs, &suspects));
    let blocks = parts.blocks(&suspects);
    let mut all = SquareMetres::new(0.0);
    let mut largest: Option<(SquareMetres, Coord)> = None;
    let mut known = BTreeSet::new();
    for pair in suspects {
        // Both may be there twice, on both sides of the antimeridian.
        let of = pair.map(|i| parts.of[i]);
        if known.contains(&of) {
            continue;
        }
        let Some((area, at)) = parts.common(geodesic, pair, &blocks)? else { continue };
        known.insert(of);
        all = all + area;
        if largest.is_none_or(|(most, _)| area > most) {
            largest = Some((area, at));
        }
    }
    Ok(largest.map(|(_, at)| Overlap { at: Coord { x: within_range(at.x), ..at }, area: all }))
}

impl<'a> Parts<'a> {
    fn new(polygons: &'a [Polygon]) -> Self {
        let mut parts = Self { rings: Vec::new(), boxes: Vec::new(), of: Vec::new() };
        for (i, polygon) in polygons.iter().enumerate() {
            let rings = super::enclosed::on_map(polygon);
            let around = Box2::around_path(&rings[0]);
            let shift = match around {
                Box2 { high: [east, _], .. } if east > 180.0 => -360.0,
                Box2 { low: [west, _], .. } if west < -180.0 => 360.0,
                _ => 0.0,
            };
            if shift != 0.0 {
                let moved = |ring: &Cow<'_, [Coord]>| {
                    Cow::Owned(ring.iter().map(|at| Coord { x: at.x + shift, y: at.y }).collect())
                };
                parts.add(i, rings.iter().map(moved).collect(), around.moved(shift));
            }
            parts.add(i, rings, around);
        }
        parts
    }

    fn add(&mut self, of: usize, rings: Vec<Cow<'a, [Coord]>>, around: Box2) {
        self.rings.push(rings);
        self.boxes.push(around);
        self.of.push(of);
    }

    /// Every two whose boxes overlap.
    fn pairs(&self) -> BTreeSet<Pair> {
        let boxes = self.boxes.iter().enumerate();
        let tree = RTree::bulk_load(
            boxes
                .map(|(i, it)| GeomWithData::new(Rectangle::from_corners(it.low, it.high), i))
                .collect(),
        );
        let mut pairs = BTreeSet::new();
        for (i, around) in self.boxes.iter().enumerate() {
            let near = AABB::from_corners(around.low, around.high);
            for other in tree.locate_in_envelope_intersecting(&near).map(|each| each.data) {
                let Box2 { low, high } = around.common(&self.boxes[other]);
                let overlap = low[0] < high[0] && low[1] < high[1];
                // A polygon next to the antimeridian meets its own copy.
                if i < other && self.of[i] != self.of[other] && overlap {
                    pairs.insert([i, other]);
                }
            }
        }
        pairs
    }

    /// The pairs whose outlines meet.
    fn meeting(&self, pairs: &BTreeSet<Pair>) -> BTreeSet<Pair> {
        let mut near: BTreeMap<usize, Vec<Common>> = BTreeMap::new();
        for [one, other] in pairs {
            let Box2 { low, high } = self.boxes[*one].common(&self.boxes[*other]);
            for i in [one, other] {
                near.entry(*i).or_default().push(Common::from_corners(low, high));
            }
        }
        let (mut runs, mut of_runs) = (Vec::new(), Vec::new());
        for (i, boxes) in near {
            let tree = RTree::bulk_load(boxes);
            for ring in &self.rings[i] {
                let found = runs_near(ring, &tree);
                of_runs.extend(found.iter().map(|_| i));
                runs.extend(found.into_iter().map(Cow::Borrowed));
            }
        }
        let most = MOST * runs.iter().map(|run: &Cow<'_, [Coord]>| run.len()).sum::<usize>();
        let met = meetings(&runs, most);
        if met.len() > most {
            return pairs.clone();
        }
        let pair = |edges: [Edge; 2]| {
            let mut pair = edges.map(|edge| of_runs[edge.ring]);
            pair.sort_unstable();
            pair
        };
        met.iter().map(|met| pair(met.edges)).filter(|pair| pairs.contains(pair)).collect()
    }

    /// The pairs of which one has a corner inside the other one, but for those known already.
    fn within(&self, pairs: &BTreeSet<Pair>, known: &BTreeSet<Pair>) -> Vec<Pair> {
        let mut corners: BTreeMap<usize, Vec<(Coord, Pair)>> = BTreeMap::new();
        for pair in pairs.difference(known) {
            for [inner, outer] in [*pair, [pair[1], pair[0]]] {
                let corner = self.rings[inner][0][0];
                let at = Box2::around_two(corner, corner);
                if self.boxes[outer].holds(&at) {
                    corners.entry(outer).or_default().push((corner, *pair));
                }
            }
        }
        let mut found = Vec::new();
        for (outer, mut corners) in corners {
            corners.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
            let mut is_inside = vec![false; corners.len()];
            for ring in &self.rings[outer] {
                let mut from = corners.partition_point(|(at, _)| at.y < ring[0].y);
                for ends in ring.windows(2) {
                    from = cast(ends, &corners, &mut is_inside, from);
                }
            }
            let inside = corners.iter().zip(is_inside).filter(|(_, is_inside)| *is_inside);
            found.extend(inside.map(|((_, pair), _)| *pair));
        }
        found
    }

    /// The boxes around blocks of corners of each ring of the polygons that are in some pairs.
    fn blocks(&self, pairs: &BTreeSet<Pair>) -> Blocks {
        let mut found = Blocks::new();
        for i in pairs.iter().flatten() {
            let of_polygon = || self.rings[*i].iter().map(|ring| blocks(ring)).collect();
            found.entry(*i).or_insert_with(of_polygon);
        }
        found
    }

    /// The area that two have in common, and a corner of it; none if it is no more than rounding.
    fn common(
        &self,
        geodesic: &Geodesic,
        pair: Pair,
        blocks: &Blocks,
    ) -> Result<Option<(SquareMetres, Coord)>, PositionFault> {
        let within = self.boxes[pair[0]].common(&self.boxes[pair[1]]);
        let [one, other] = pair.map(|i| -> Vec<Vec<Coord>> {
            let rings = self.rings[i].iter().zip(blocks.get(&i).into_iter().flatten());
            rings.filter_map(|(ring, blocks)| clipped(ring, blocks, &within)).collect()
        });
        if one.is_empty() || other.is_empty() {
            return Ok(None);
        }
        common_area(geodesic, [&one, &other])
    }
}

/// For polygons by their numbers, the boxes around blocks of corners of each ring.
type Blocks = BTreeMap<usize, Vec<Vec<Box2>>>;

/// Corners in a block.
const BLOCK: usize = 64;

/// The boxes around blocks of corners of a closed ring.
fn blocks(ring: &[Coord]) -> Vec<Box2> {
    open(ring).chunks(BLOCK).map(Box2::around_path).collect()
}

/// A closed ring without its last corner, which is also the first one.
fn open(ring: &[Coord]) -> &[Coord] {
    ring.split_last().map_or(ring, |(_, open)| open)
}

/// The runs of edges of a ring that are near a box.
fn runs_near<'a>(ring: &'a [Coord], tree: &RTree<Common>) -> Vec<&'a [Coord]> {
    let mut runs = Vec::new();
    let mut from = None;
    for (i, ends) in ring.windows(2).enumerate() {
        let Box2 { low, high } = Box2::around_two(ends[0], ends[1]);
        let around = AABB::from_corners(low, high);
        if tree.locate_in_envelope_intersecting(&around).next().is_some() {
            from = from.or(Some(i));
        } else if let Some(from) = from.take() {
            runs.push(&ring[from..=i]);
        }
    }
    runs.extend(from.map(|from| &ring[from..]));
    runs
}

/// Changes for all corners, which are in the order of their latitudes, whether they are inside, if
/// an edge passes east of them. Returns the first one that is not south of the edge; it is looked for
/// from that of the edge before on, which is near it.
fn cast(
    ends: &[Coord],
    corners: &[(Coord, Pair)],
    is_inside: &mut [bool],
    mut from: usize,
) -> usize {
    let (a, b) = if ends[0].y < ends[1].y { (ends[0], ends[1]) } else { (ends[1], ends[0]) };
    while from > 0 && corners[from - 1].0.y >= a.y {
        from -= 1;
    }
    while corners.get(from).is_some_and(|(at, _)| at.y < a.y) {
        from += 1;
    }
    for ((at, _), is_inside) in corners.iter().zip(is_inside).skip(from) {
        if at.y >= b.y {
            break;
        }
        let there = a.x + (b.x - a.x) * ((at.y - a.y) / (b.y - a.y));
        *is_inside ^= at.x < there;
    }
    from
}

/// A closed ring cut off at the sides of a box (Sutherland & Hodgman 1974), not closed; none if
/// nothing is left.
fn clipped(ring: &[Coord], blocks: &[Box2], within: &Box2) -> Option<Vec<Coord>> {
    let around = blocks.iter().fold(Box2::EMPTY, |all, next| all.around(next));
    if !around.meets(within) {
        return None;
    }
    let path = cut_off(without_far(open(ring), blocks, within), within);
    Some(path).filter(|path| !path.is_empty())
}

/// The sides of a box that a place is beyond, each a bit.
fn beyond([x, y]: [f64; 2], within: &Box2) -> u8 {
    u8::from(x < within.low[0])
        | u8::from(x > within.high[0]) << 1
        | u8::from(y < within.low[1]) << 2
        | u8::from(y > within.high[1]) << 3
}

/// An open ring without the corners in the middle of ways that stay beyond the same sides of a box:
/// mostly that is nearly all of it, and nothing of them is left when these sides have been cut off.
fn without_far(open: &[Coord], blocks: &[Box2], within: &Box2) -> Vec<Coord> {
    let of_corner = |i: usize| open.get(i).map(|at| beyond([at.x, at.y], within));
    let (mut path, mut before) = (Vec::new(), 0);
    for (block, around) in blocks.iter().enumerate() {
        let (from, to) = (block * BLOCK, open.len().min((block + 1) * BLOCK));
        // All of a block is in the middle of such a way, or it is looked at corner by corner.
        let sides = beyond(around.low, within);
        let is_far = sides != 0 && sides == before && sides == beyond(around.high, within);
        if is_far && of_corner(to) == Some(sides) {
            continue;
        }
        for (i, at) in (from..to).zip(&open[from..to]) {
            let sides = beyond([at.x, at.y], within);
            let is_middle = sides != 0 && sides == before && of_corner(i + 1) == Some(sides);
            if !is_middle {
                path.push(*at);
            }
            before = sides;
        }
    }
    path
}

/// An open ring cut off at the sides of a box.
fn cut_off(mut path: Vec<Coord>, within: &Box2) -> Vec<Coord> {
    let sides: [(usize, f64, f64); 4] = [
        (0, within.low[0], 1.0),
        (0, within.high[0], -1.0),
        (1, within.low[1], 1.0),
        (1, within.high[1], -1.0),
    ];
    for (axis, side, sign) in sides {
        let depth = |at: Coord| sign * (if axis == 0 { at.x } else { at.y } - side);
        let mut cut = Vec::with_capacity(path.len());
        let mut last = path.last().copied();
        for at in path {
            let before = last.replace(at).unwrap_or(at);
            let [from, to] = [before, at].map(depth);
            if (from < 0.0) != (to < 0.0) {
                cut.push(before + (at - before) * (from / (from - to)));
            }
            if to >= 0.0 {
                cut.push(at);
            }
        }
        path = cut;
    }
    path
}

#[cfg(test)]
mod tests {
    use geo::LineString;

    use super::*;
    use crate::geodesy::Ellipsoid;

    fn ring([west, south, east, north]: [f64; 4]) -> LineString {
        let lon = |lon: f64| if lon > 180.0 { lon - 360.0 } else { lon };
        let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
        LineString(corners.iter().map(|(x, y)| Coord { x: lon(*x), y: *y }).collect())
    }

    fn square(sides: [f64; 4]) -> Polygon {
        Polygon::new(ring(sides), Vec::new())
    }

    fn found(polygons: &[Polygon]) -> Option<Overlap> {
        overlap(&Geodesic::new(Ellipsoid::WGS84), polygons).unwrap()
    }

    fn assert_has(polygons: &[Polygon], common: [f64; 4]) {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let expected = geodesic.ring_area(&ring(common).0).unwrap().area;
        for turned in [polygons.to_vec(), polygons.iter().rev().cloned().collect()] {
            let found = found(&turned).unwrap_or_else(|| panic!("{common:?}"));
            // The common side of two edges on one parallel is divided on the map.
            let share = found.area.value() / expected.value();
            assert!((share - 1.0).abs() < 1e-3, "{share}");
            let [west, south, east, north] = common;
            let lons = [found.at.x, found.at.x + 360.0];
            assert!(lons.iter().any(|lon| (west - 1e-6..=east + 1e-6).contains(lon)), "{found:?}");
            assert!((south - 1e-6..=north + 1e-6).contains(&found.at.y), "{found:?}");
        }
    }

    #[test]
    fn what_two_have_in_common_is_found_wherever_it_is() {
        let one = square([10.0, 40.0, 12.0, 42.0]);
        assert_has(&[one.clone(), square([11.0, 41.0, 13.0, 43.0])], [11.0, 41.0, 12.0, 42.0]);
        // One in the other, with a side in common or without.
        assert_has(&[one.clone(), square([10.5, 40.5, 11.0, 41.0])], [10.5, 40.5, 11.0, 41.0]);
        assert_has(&[one.clone(), square([10.0, 40.5, 11.0, 41.0])], [10.0, 40.5, 11.0, 41.0]);
        // One across the other, without a vertex of one in the other.
        assert_has(&[one, square([9.0, 40.5, 13.0, 41.0])], [10.0, 40.5, 12.0, 41.0]);
        // Across the antimeridian, once as it is drawn on either side.
        let far = square([179.0, 40.0, 181.0, 42.0]);
        let east = square([-179.5, 41.0, -178.0, 43.0]);
        assert_has(&[far.clone(), east], [180.5, 41.0, 181.0, 42.0]);
        let both = square([179.5, 41.0, 182.0, 43.0]);
        assert_has(&[far, both], [179.5, 41.0, 181.0, 42.0]);
    }

    #[test]
    fn neighbours_and_islands_in_lakes_do_not_overlap() {
        let one = square([10.0, 40.0, 12.0, 42.0]);
        for other in [
            square([12.0, 40.0, 13.0, 42.0]),
            square([12.0, 42.0, 13.0, 43.0]),
            square([12.0, 39.0, 13.0, 41.0]),
            square([20.0, 40.0, 22.0, 42.0]),
        ] {
            assert_eq!(found(&[one.clone(), other]), None);
        }
        let lake =
            Polygon::new(ring([10.0, 40.0, 12.0, 42.0]), vec![ring([10.5, 40.5, 11.5, 41.5])]);
        assert_eq!(found(&[lake.clone(), square([10.6, 40.6, 11.0, 41.0])]), None);
        assert_eq!(found(&[lake.clone(), square([10.5, 40.5, 11.5, 41.5])]), None);
        assert_has(&[lake, square([11.0, 40.6, 11.8, 41.0])], [11.5, 40.6, 11.8, 41.0]);
    }

    /// Islands on a grid around each other's boxes, and two of them that overlap.
    #[test]
    fn only_those_that_overlap_are_named() {
        // Narrow, and from the south-west to the north-east.
        let slanted = |i: u32| {
            let [x, y] = [f64::from(i % 30) * 0.1, f64::from(i / 30) * 0.25];
            let corners = [(0.0, 0.0), (0.02, 0.0), (0.22, 0.2), (0.2, 0.2), (0.0, 0.0)];
            let path = corners.iter().map(|(east, north)| Coord { x: x + east, y: y + north });
            Polygon::new(LineString(path.collect()), Vec::new())
        };
        let mut islands: Vec<Polygon> = (0..900).map(slanted).collect();
        assert!(Parts::new(&islands).pairs().len() > 800);
        assert_eq!(found(&islands), None);
        islands.push(square([0.3, 0.1, 0.315, 0.11]));
        assert!(found(&islands).is_some());
    }

    #[test]
    fn what_is_far_from_a_box_changes_nothing_in_it() {
        let mut state = 1_u32;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from((state >> 8) % below)
        };
        let within = Box2 { low: [0.0, 0.0], high: [4.0, 3.0] };
        let (mut left_out, mut within_box) = (0, 0);
        for _ in 0..500 {
            let mut at = Coord { x: next(20) - 8.0, y: next(20) - 8.0 };
            let mut open = vec![at];
            for _ in 0..700 {
                at = at + Coord { x: next(5) - 2.0, y: next(5) - 2.0 };
                open.push(at);
            }
            let blocks: Vec<Box2> = open.chunks(BLOCK).map(Box2::around_path).collect();
            let near = without_far(&open, &blocks, &within);
            left_out += open.len() - near.len();
            let found = cut_off(near, &within);
            within_box += found.len();
            assert_eq!(found, cut_off(open, &within));
        }
        assert!(left_out > 100_000 && within_box > 1000, "{left_out} {within_box}");
    }
}
