//! Whether polygons of one feature overlap: their areas are added up, as every tool does, so what
//! lies in two of them counts twice. What two have in common is measured on the part of the map that
//! both have.

mod cut;
mod union;

use std::borrow::Cow;
use std::collections::BTreeMap;

use geo::{Coord, Polygon};

use cut::{blocks, clipped};

use super::by_grid::common_area;
use super::enclosed::{on_map, within_range};
use crate::geodesy::{Geodesic, PositionFault};
use crate::io::outline::{Box2, overlapping};
use crate::io::{FixKind, Fixes};
use crate::quantity::SquareMetres;

/// What several polygons of a feature have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// A corner of the largest part of it.
    pub at: Coord,
    /// The area that two polygons have in common, added up over every two.
    pub area: SquareMetres,
}

impl Overlap {
    /// Records it for a feature, by its place in a file.
    pub(crate) fn note(self, kind: FixKind, fixes: &mut Fixes, place: &str) {
        let Self { at, area } = self;
        let detail = format!("{:.4} km² of it at ({:.7}, {:.7})", area.km2(), at.x, at.y);
        fixes.add(kind, place, Some(detail));
    }
}

/// What polygons have in common, if they overlap anywhere.
pub(crate) fn overlap(
    geodesic: &Geodesic,
    polygons: &[Polygon],
) -> Result<Option<Overlap>, PositionFault> {
    Ok(all_in_common(&in_common(geodesic, &rings(polygons))?))
}

/// The polygons of a country, of which those that overlap are joined to one, which is counted:
/// otherwise its outline would run through what they have in common.
pub(crate) fn together(
    geodesic: &Geodesic,
    polygons: Vec<Polygon>,
    place: &str,
    fixes: &mut Fixes,
) -> Vec<Polygon> {
    // Positions have been checked when they were read.
    let Ok(Some((joined, overlap))) = joined(geodesic, &polygons) else { return polygons };
    overlap.note(FixKind::PartsJoined, fixes, place);
    joined
}

/// Polygons of which those that overlap are joined to one, and what they have in common; nothing
/// if none overlap.
fn joined(
    geodesic: &Geodesic,
    polygons: &[Polygon],
) -> Result<Option<(Vec<Polygon>, Overlap)>, PositionFault> {
    let rings = rings(polygons);
    let common = in_common(geodesic, &rings)?;
    let Some(overlap) = all_in_common(&common) else { return Ok(None) };
    let joined = union::joined(&rings, common.iter().map(|(pair, _)| *pair));
    let kept = polygons.iter().zip(joined);
    let kept = kept.flat_map(|(polygon, joined)| joined.unwrap_or_else(|| vec![polygon.clone()]));
    Ok(Some((kept.collect(), overlap)))
}

fn rings(polygons: &[Polygon]) -> Vec<Vec<Cow<'_, [Coord]>>> {
    if polygons.len() < 2 { Vec::new() } else { polygons.iter().map(on_map).collect() }
}

/// The pairs of polygons that overlap, and what each has in common.
fn in_common(
    geodesic: &Geodesic,
    rings: &[Vec<Cow<'_, [Coord]>>],
) -> Result<Vec<([usize; 2], Overlap)>, PositionFault> {
    let pairs = overlapping(rings);
    let mut parts = BTreeMap::new();
    for i in pairs.iter().flatten() {
        parts.entry(*i).or_insert_with(|| Part::new(&rings[*i]));
    }
    let mut common = Vec::new();
    for pair in pairs {
        let [Some(one), Some(other)] = pair.map(|i| parts.get(&i)) else { continue };
        // Each is once on the map, wherever the antimeridian is.
        for east in [-360.0, 0.0, 360.0] {
            if let Some((area, at)) = one.common(geodesic, other, east)? {
                common.push((pair, Overlap { at: Coord { x: within_range(at.x), ..at }, area }));
            }
        }
    }
    Ok(common)
}

/// All of it, and a corner of the largest part.
fn all_in_common(common: &[([usize; 2], Overlap)]) -> Option<Overlap> {
    let each = || common.iter().map(|(_, overlap)| *overlap);
    let area = each().fold(SquareMetres::new(0.0), |sum, it| sum + it.area);
    // Of equal ones the first.
    let largest = each().reduce(|most, it| if it.area > most.area { it } else { most });
    largest.map(|it| Overlap { area, ..it })
}

/// A polygon on the map, with the boxes around blocks of corners of each ring.
struct Part<'a> {
    rings: Vec<(&'a [Coord], Vec<Box2>)>,
    around: Box2,
}

impl<'a> Part<'a> {
    fn new(rings: &'a [Cow<'_, [Coord]>]) -> Self {
        let around = Box2::around_path(&rings[0]);
        Self { rings: rings.iter().map(|ring| (&ring[..], blocks(ring))).collect(), around }
    }

    /// The area that it has in common with another one that is moved to the east by some degrees,
    /// and a corner of it; none if it is no more than rounding.
    fn common(
        &self,
        geodesic: &Geodesic,
        other: &Self,
        east: f64,
    ) -> Result<Option<(SquareMetres, Coord)>, PositionFault> {
        let within = self.around.common(&other.around.moved(east));
        if within.low[0] >= within.high[0] || within.low[1] >= within.high[1] {
            return Ok(None);
        }
        let one = self.cut(&within);
        let mut other = other.cut(&within.moved(-east));
        other.iter_mut().flatten().for_each(|at| at.x += east);
        if one.is_empty() || other.is_empty() {
            return Ok(None);
        }
        common_area(geodesic, [&one, &other])
    }

    /// Its rings cut off at the sides of a box.
    fn cut(&self, within: &Box2) -> Vec<Vec<Coord>> {
        self.rings.iter().filter_map(|(ring, blocks)| clipped(ring, blocks, within)).collect()
    }
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

    /// A vertex of one on an edge of the other, to rounding: whether it lies inside is exact.
    #[test]
    fn one_in_the_other_is_found_wherever_its_corners_are() {
        let path = |at: &[(f64, f64)]| {
            let ring = at.iter().map(|(x, y)| Coord { x: *x, y: *y });
            Polygon::new(LineString(ring.collect()), Vec::new())
        };
        let outer = [(9.17, 12.24), (9.11, 12.03), (9.01, 12.15), (9.17, 12.24)];
        let inner = [(9.155, 12.1875), (9.0967, 12.14), (9.0993, 12.118), (9.155, 12.1875)];
        let area = found(&[path(&outer), path(&inner)]).unwrap().area;
        assert!((area.km2() - 8.464).abs() < 0.01, "{area:?}");
        // Corners at all places of the edges of a triangle.
        let on = |i: usize, share: f64| {
            let ((ax, ay), (bx, by)) = (outer[i], outer[i + 1]);
            (ax + share * (bx - ax), ay + share * (by - ay))
        };
        for step in 1..200_u8 {
            let share = f64::from(step) / 200.0;
            let [a, b, c] = [0, 1, 2].map(|i| on(i, share));
            assert!(found(&[path(&outer), path(&[a, b, c, a])]).is_some(), "{share}");
            assert!(found(&[path(&[a, b, c, a]), path(&outer)]).is_some(), "{share}");
        }
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

    /// The rings of a polygon, each counter-clockwise from its least corner on.
    fn corners(polygon: &Polygon) -> Vec<Vec<[i64; 2]>> {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        let corner = |at: &Coord| [at.x, at.y].map(|degrees| (degrees * 1e7).round() as i64);
        let ring = |ring: &LineString| {
            let mut open: Vec<[i64; 2]> = ring.0[1..].iter().map(corner).collect();
            let turn = |i: usize| {
                let [a, b] = [open[i], open[(i + 1) % open.len()]];
                a[0] as f64 * b[1] as f64 - b[0] as f64 * a[1] as f64
            };
            if (0..open.len()).map(turn).sum::<f64>() < 0.0 {
                open.reverse();
            }
            let least = (0..open.len()).min_by_key(|i| open[*i]).unwrap();
            open.rotate_left(least);
            open
        };
        rings.map(ring).collect()
    }

    #[test]
    fn those_that_overlap_are_joined_and_the_others_stay() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let joined = |polygons: &[Polygon]| joined(&geodesic, polygons).unwrap().unwrap();
        let island = square([20.0, 40.0, 21.0, 41.0]);
        // A neighbour only touches, and stays as it is.
        let neighbour = square([12.0, 40.0, 12.5, 40.3]);
        let one = square([10.0, 40.0, 12.0, 42.0]);
        let other = square([11.3, 41.1, 13.7, 43.0]);
        let (found, overlap) =
            joined(&[island.clone(), other.clone(), neighbour.clone(), one.clone()]);
        assert_eq!((found.len(), &found[0], &found[2]), (3, &island, &neighbour));
        let around = [
            (10.0, 40.0),
            (12.0, 40.0),
            (12.0, 41.1),
            (13.7, 41.1),
            (13.7, 43.0),
            (11.3, 43.0),
            (11.3, 42.0),
            (10.0, 42.0),
            (10.0, 40.0),
        ];
        let around = around.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
        assert_eq!(corners(&found[1]), corners(&Polygon::new(LineString(around), Vec::new())));
        // Corners of the two stay to the last bit.
        assert!(found[1].exterior().0.contains(&Coord { x: 11.3, y: 43.0 }), "{found:?}");
        let common = geodesic.ring_area(&ring([11.3, 41.1, 12.0, 42.0]).0).unwrap().area;
        assert!((overlap.area.value() / common.value() - 1.0).abs() < 1e-3, "{overlap:?}");
        // One in the other adds nothing, and in its hole it fills what it covers.
        let (found, _) = joined(&[one.clone(), square([10.5, 40.5, 11.0, 41.0])]);
        assert_eq!((found.len(), corners(&found[0])), (1, corners(&one)));
        let hole = vec![ring([10.5, 40.5, 11.5, 41.5])];
        let lake = Polygon::new(ring([10.0, 40.0, 12.0, 42.0]), hole);
        let (found, _) = joined(&[lake, square([11.0, 40.2, 11.8, 41.8])]);
        assert_eq!(found.len(), 1);
        assert_eq!(corners(&found[0])[1], corners(&square([10.5, 40.5, 11.0, 41.5]))[0]);
    }

    #[test]
    fn across_the_antimeridian_they_are_joined_as_elsewhere() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let far = square([179.0, 40.0, 181.0, 42.0]);
        let (found, _) =
            joined(&geodesic, &[far, square([-179.5, 40.0, -178.0, 42.0])]).unwrap().unwrap();
        let all = geodesic.ring_area(&ring([179.0, 40.0, 182.0, 42.0]).0).unwrap();
        let of_found = geodesic.ring_area(&found[0].exterior().0).unwrap();
        assert!((of_found.area.value() / all.area.value() - 1.0).abs() < 1e-3, "{found:?}");
        assert!(found[0].exterior().0.iter().all(|at| at.x.abs() <= 180.0), "{found:?}");
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
        assert_eq!(found(&islands), None);
        islands.push(square([0.3, 0.1, 0.315, 0.11]));
        assert!(found(&islands).is_some());
    }
}
