//! Geodesic area of rings.

use geo::{Coord, LineString, Polygon};
use geographiclib_rs::{PolygonArea, Winding};

use super::Geodesic;
use crate::quantity::SquareMetres;

/// A ring's area and which way round it was drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RingArea {
    /// The area inside, never negative.
    pub area: SquareMetres,
    /// Whether the ring runs counter-clockwise, as RFC 7946 §3.1.6 wants of an
    /// outer ring.
    pub counter_clockwise: bool,
}

impl Geodesic {
    /// The area inside a ring whose edges are geodesics, whichever way it is drawn.
    ///
    /// "Inside" is the smaller of the two parts the ring cuts the ellipsoid into:
    /// read the other way, a clockwise ring would hold the rest of the Earth.
    ///
    /// # Units
    /// Degrees in, square metres out.
    ///
    /// # References
    /// Karney 2013, §6, with compensated sums.
    #[must_use]
    pub fn ring_area(&self, ring: &[Coord]) -> RingArea {
        let mut polygon = PolygonArea::new(self.karney(), Winding::CounterClockwise);
        let closed = ring.len() > 1 && ring.first() == ring.last();
        let corners = ring.len() - usize::from(closed);
        for corner in ring.iter().take(corners) {
            polygon.add_point(corner.y, corner.x);
        }
        let (_, signed_m2, _) = polygon.compute(true);
        RingArea { area: SquareMetres::new(signed_m2.abs()), counter_clockwise: signed_m2 > 0.0 }
    }

    /// The area of a polygon less its holes, whichever way its rings are drawn.
    ///
    /// # Units
    /// Degrees in, square metres out.
    #[must_use]
    pub fn polygon_area(&self, polygon: &Polygon) -> SquareMetres {
        let area = |ring: &LineString| self.ring_area(&ring.0).area;
        area(polygon.exterior()) - polygon.interiors().iter().map(area).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::Ellipsoid;
    use approx::assert_relative_eq;

    fn square(west: f64, south: f64, side: f64) -> Vec<Coord> {
        [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
            .map(|(x, y)| Coord { x: west + x * side, y: south + y * side })
            .to_vec()
    }

    #[test]
    fn the_octant_of_a_sphere_is_an_eighth() {
        let octant = [(0.0, 0.0), (90.0, 0.0), (0.0, 90.0)].map(|(x, y)| Coord { x, y });
        let sphere = Geodesic::new(Ellipsoid::SPHERE);
        let r = Ellipsoid::SPHERE.semi_major_m();
        let eighth = SquareMetres::new(0.5 * std::f64::consts::PI * r * r);
        assert_relative_eq!(sphere.ring_area(&octant).area, eighth, max_relative = 1e-14);
    }

    #[test]
    fn a_clockwise_ring_holds_the_same_land_not_the_rest_of_the_earth() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let mut ring = square(82.0, 45.0, 0.1);
        let there = geodesic.ring_area(&ring);
        ring.reverse();
        let back = geodesic.ring_area(&ring);
        assert!(there.counter_clockwise && !back.counter_clockwise);
        assert_eq!(there.area, back.area);
        assert!(there.area.km2() < 100.0);
    }

    #[test]
    fn holes_are_taken_off_whichever_way_they_run() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let outer = LineString(square(82.0, 45.0, 0.3));
        let hole = LineString(square(82.1, 45.1, 0.1));
        let whole = geodesic.polygon_area(&Polygon::new(outer.clone(), vec![]));
        let less = geodesic.polygon_area(&Polygon::new(outer, vec![hole.clone()]));
        let gone = geodesic.ring_area(&hole.0).area;
        assert_relative_eq!(whole - less, gone, max_relative = 1e-12);
    }
}
