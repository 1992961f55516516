//! The area that a ring encloses which goes around a pole more than once, or farther than once
//! around and back.
//!
//! On a map whose longitudes run on, such a ring lies on itself only a turn apart, so that map shows
//! none of its crossings. Seen from the pole it is a ring like any other one that crosses itself.

use std::borrow::Cow;

use geo::Coord;

use super::by_grid::on_plane;
use super::enclosed::{Crossed, MOST, Rules};
use crate::geodesy::{Geodesic, PositionFault};
use crate::io::outline::{Box2, Meeting, meetings};
use crate::quantity::SquareMetres;

/// The plane as seen from a pole: distance from it in degrees of latitude, direction by longitude.
#[derive(Debug, Clone, Copy)]
struct Polar {
    is_north: bool,
}

/// What the grid may change, as a share of an area.
const ON_GRID: f64 = 1e-6;

/// Whether a ring, with longitudes that run on, is wider than one turn and may therefore cross
/// itself unseen on that map. `ring` is the same as it is given.
pub(super) fn is_wound(ring: &[Coord], on_map: &[Coord]) -> bool {
    let Box2 { low: [west, _], high: [east, _] } = Box2::around_path(on_map);
    east - west > 360.0 || turns(ring).abs() > 1
}

/// How often a ring goes around the axis, eastwards.
fn turns(ring: &[Coord]) -> i32 {
    let eastwards = |ends: &[Coord]| {
        let by = ends[1].x - ends[0].x;
        by - 360.0 * (by / 360.0).round()
    };
    (ring.windows(2).map(eastwards).sum::<f64>() / 360.0).round() as i32
}

/// The area that such a ring encloses, and where it crosses itself, if it does and its plain area is
/// another one.
pub(super) fn enclosed(
    geodesic: &Geodesic,
    ring: &[Coord],
    plain: SquareMetres,
) -> Result<Option<(Rules, Crossed)>, PositionFault> {
    let plane = Polar { is_north: ring.iter().map(|at| at.y).sum::<f64>() > 0.0 };
    let seen = [Cow::Owned(ring.iter().map(|at| plane.seen(*at)).collect::<Vec<_>>())];
    let met = meetings(&seen, MOST * ring.len());
    let crossing = met.iter().find(|met| met.meeting == Meeting::Crossing);
    let Some(first) = crossing.or(met.first()) else { return Ok(None) };
    let at = plane.back(first.place(&seen));
    let found = on_plane(&seen[0], |rings| plane.area(geodesic, rings))?;
    let is_plain = |area: SquareMetres| (area - plain).value().abs() < ON_GRID * plain.value();
    if is_plain(found.winding) && is_plain(found.even_odd) {
        return Ok(None);
    }
    Ok(Some((found, Crossed { at, is_enclosed: true, is_hole: false })))
}

impl Polar {
    fn seen(self, at: Coord) -> Coord {
        let from_pole = if self.is_north { 90.0 - at.y } else { 90.0 + at.y };
        let (sine, cosine) = at.x.to_radians().sin_cos();
        Coord { x: from_pole * cosine, y: from_pole * sine }
    }

    fn back(self, seen: Coord) -> Coord {
        let from_pole = seen.x.hypot(seen.y).min(180.0);
        let lat = if self.is_north { 90.0 - from_pole } else { from_pole - 90.0 };
        Coord { x: seen.y.atan2(seen.x).to_degrees(), y: lat }
    }

    /// The area between rings of the plane that do not cross: the first, less the others.
    fn area(
        self,
        geodesic: &Geodesic,
        rings: &[Vec<Coord>],
    ) -> Result<SquareMetres, PositionFault> {
        let mut total = SquareMetres::new(0.0);
        for (i, ring) in rings.iter().enumerate() {
            let area = self.inside(geodesic, ring)?;
            total = if i == 0 { area } else { total - area };
        }
        Ok(total)
    }

    /// The area on the side of a closed ring that is inside it on the plane.
    fn inside(self, geodesic: &Geodesic, ring: &[Coord]) -> Result<SquareMetres, PositionFault> {
        let on_earth: Vec<Coord> = ring.iter().map(|at| self.back(*at)).collect();
        let smaller = geodesic.ring_area(&on_earth)?;
        let twice: f64 =
            ring.windows(2).map(|ends| ends[0].x * ends[1].y - ends[1].x * ends[0].y).sum();
        // From the south, east is the other way round.
        let is_inside_left = (twice > 0.0) == self.is_north;
        let is_smaller = smaller.counter_clockwise == is_inside_left;
        let whole = geodesic.ellipsoid().area();
        Ok(if is_smaller { smaller.area } else { whole - smaller.area })
    }
}

#[cfg(test)]
mod tests {
    use geo::{LineString, Polygon};

    use super::super::enclosed::enclosed;
    use super::super::plain::Plain;
    use super::*;
    use crate::geodesy::Ellipsoid;

    /// A closed ring with a vertex every five degrees from `from`, at the latitude for its number.
    fn ring(from: f64, vertices: usize, lat: impl Fn(usize) -> f64) -> Vec<Coord> {
        let lon = |i: usize| (from + 5.0 * i as f64 + 180.0).rem_euclid(360.0) - 180.0;
        let mut ring: Vec<Coord> = (0..vertices).map(|i| Coord { x: lon(i), y: lat(i) }).collect();
        ring.push(ring[0]);
        ring
    }

    fn of(ring: Vec<Coord>) -> (SquareMetres, Option<SquareMetres>, bool) {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let polygon = Polygon::new(LineString(ring), Vec::new());
        let plain = Plain::new(&geodesic, &polygon).unwrap();
        match enclosed(&geodesic, &polygon, &plain).unwrap() {
            Some(found) => (found.area, found.to_even_odd, true),
            None => (plain.area, None, false),
        }
    }

    fn assert_near(found: SquareMetres, expected: SquareMetres) {
        assert!((found - expected).km2().abs() < 1.0, "{} {}", found.km2(), expected.km2());
    }

    /// The way round a cap twice, and three times, is that cap.
    #[test]
    fn a_cap_counts_once_however_often_a_ring_goes_round_it() {
        for lat in [80.0, -70.0] {
            let (cap, _, crosses) = of(ring(0.0, 72, |_| lat));
            assert!(!crosses);
            let twice = ring(0.0, 144, |_| lat);
            let (area, to_even_odd, crosses) = of(twice.clone());
            assert!(crosses);
            assert_near(area, cap);
            assert_near(-to_even_odd.unwrap(), cap);
            assert_near(of(twice.into_iter().rev().collect()).0, cap);
            assert_near(of(ring(20.0, 216, |_| lat)).0, cap);
        }
    }

    /// Twice around, nearer to the pole and farther from it: what the outer way encloses.
    #[test]
    fn what_two_turns_enclose_is_inside_the_outer_one() {
        for (lat, poleward) in [(80.0, 4.0), (-70.0, -4.0), (10.0, 30.0)] {
            let at = |i: usize| lat + poleward * (std::f64::consts::PI * i as f64 / 144.0).sin();
            let twice = ring(-180.0, 144, at);
            let outer = ring(-180.0, 72, |i| match poleward > 0.0 {
                true => at(i).min(at(i + 72)),
                false => at(i).max(at(i + 72)),
            });
            let (expected, ..) = of(outer);
            for path in [twice.clone(), twice.into_iter().rev().collect()] {
                let (area, to_even_odd, crosses) = of(path);
                assert!(crosses && to_even_odd.is_some());
                assert_near(area, expected);
            }
        }
    }

    /// A band that goes 400° around and comes back: its ends overlap, and count once.
    #[test]
    fn a_band_that_overlaps_itself_counts_once() {
        let east = |i: usize| 5.0 * i as f64;
        let lon = |lon: f64| (lon + 180.0).rem_euclid(360.0) - 180.0;
        let out = (0..=80).map(|i| Coord { x: lon(east(i)), y: 60.0 });
        let back = (0..=80).rev().map(|i| Coord { x: lon(east(i)), y: 62.0 });
        let mut band: Vec<Coord> = out.chain(back).collect();
        band.push(band[0]);
        let [outer, inner] = [60.0, 62.0].map(|lat| of(ring(0.0, 72, |_| lat)).0);
        let (area, _, crosses) = of(band);
        assert!(crosses);
        assert_near(area, outer - inner);
    }

    /// A ring around a pole whose outline wiggles where it begins is as wide, but crosses nothing.
    #[test]
    fn a_ring_that_is_only_a_bit_wider_than_a_turn_is_left_alone() {
        // It begins in the middle of a bend like an S across the antimeridian.
        let mut cap = ring(-170.0, 70, |_| -70.0);
        cap.pop();
        let at = |(x, y)| Coord { x, y };
        cap.extend([(-177.0, -70.0), (-177.0, -71.0), (-179.0, -71.0)].map(at));
        cap.splice(
            0..0,
            [(-179.0, -71.0), (177.0, -71.0), (177.0, -72.0), (-175.0, -72.0)].map(at),
        );
        let on_map = crate::io::outline::closed_on_map(&cap);
        assert!(is_wound(&cap, &on_map));
        let (_, _, crosses) = of(cap);
        assert!(!crosses);
    }
}
