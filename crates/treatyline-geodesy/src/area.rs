//! Geodesic area of rings: the series on short edges, Karney's method on all others.

use geographiclib_rs::{Geodesic as Karney, InverseGeodesic};

use super::position::{Position, PositionFault};
use super::series::{AreaSeries, LocalArea, ZoneFrom};
use super::walk::{self, Edges, Means, Near, Slow, Total};
use super::{Geodesic, SquareMetres};

/// A ring's area and which way round it was drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RingArea {
    /// The area inside, never negative.
    pub area: SquareMetres,
    /// Whether the ring runs counter-clockwise, as RFC 7946 §3.1.6 wants of an
    /// outer ring.
    pub counter_clockwise: bool,
}

impl RingArea {
    /// The area with a sign for the way round: positive counter-clockwise, negative
    /// clockwise.
    #[must_use]
    pub fn signed(self) -> SquareMetres {
        if self.counter_clockwise { self.area } else { -self.area }
    }
}

/// A ring of a polygon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ring<'a, P> {
    /// Around the polygon.
    Outer(&'a [P]),
    /// Around a hole in it.
    Hole(&'a [P]),
}

/// Something made of polygons whose area can be measured.
pub trait Surfaces {
    /// What its corners are.
    type Position: Position;

    /// The rings of all its polygons.
    fn rings(&self) -> impl Iterator<Item = Ring<'_, Self::Position>>;
}

impl Geodesic {
    /// The area inside a ring whose edges are geodesics, whichever way it is drawn. An
    /// open ring is closed.
    ///
    /// "Inside" is the smaller of the two parts the ring cuts the ellipsoid into:
    /// read the other way, a clockwise ring would hold the rest of the Earth. So a
    /// ring around a pole holds the polar cap. The ring must not cross itself; where
    /// it does, parts drawn clockwise count against those drawn counter-clockwise.
    ///
    /// # Units
    /// Degrees in, square metres out.
    ///
    /// # Errors
    /// [`PositionFault`] for the first vertex that is not on the Earth.
    ///
    /// # References
    /// `docs/geodesy.md`, eq. (11); beyond its reach Karney 2013, §6.
    ///
    /// ```
    /// use treatyline_geodesy::{Ellipsoid, Geodesic};
    ///
    /// let ring = [[82.0, 45.0], [82.0, 45.1], [82.1, 45.1]];
    /// let found = Geodesic::new(Ellipsoid::WGS84).ring_area(&ring)?;
    /// assert!(!found.counter_clockwise && found.signed().value() < 0.0);
    /// assert_eq!(found.area.km2().round(), 44.0);
    /// # Ok::<(), treatyline_geodesy::PositionFault>(())
    /// ```
    pub fn ring_area(&self, ring: &[impl Position]) -> Result<RingArea, PositionFault> {
        let signed_m2 = match &self.area_series {
            Some(series) => {
                let from = series.zone_from(ring.first().map_or(0.0, |corner| corner.lat_deg()));
                let edges = Short { series, from, over: self.scale(), karney: self.karney() };
                self.enclosed(|| edges.zone(), around(&edges, ring, self.means)?)
            }
            None => {
                let (over, karney) = (self.scale(), self.karney());
                let edges = Slow(|a, b| by_karney(karney, over, a, b));
                self.enclosed(|| 0.0, around(&edges, ring, self.means)?)
            }
        };
        Ok(RingArea {
            area: SquareMetres::new(signed_m2.abs()),
            counter_clockwise: signed_m2 > 0.0,
        })
    }

    /// The area of polygons less their holes, whichever way their rings are drawn.
    ///
    /// # Units
    /// Degrees in, square metres out.
    ///
    /// # Errors
    /// [`PositionFault`] for the first vertex that is not on the Earth.
    pub fn area(&self, surfaces: &(impl Surfaces + ?Sized)) -> Result<SquareMetres, PositionFault> {
        let mut area = SquareMetres::new(0.0);
        for ring in surfaces.rings() {
            area = match ring {
                Ring::Outer(ring) => area + self.ring_area(ring)?.area,
                Ring::Hole(ring) => area - self.ring_area(ring)?.area,
            };
        }
        Ok(area)
    }

    /// The unit areas are summed in: a² and one degree of longitude, in m².
    fn scale(&self) -> f64 {
        let a = self.ellipsoid().semi_major_m();
        a * a * (std::f64::consts::PI / 180.0)
    }

    /// The signed area inside a ring from the areas between its edges and a parallel,
    /// that parallel's zone, and how often the ring goes round the axis: eq. (13).
    fn enclosed(&self, zone: impl FnOnce() -> f64, around: Total) -> f64 {
        let sphere_m2 = self.ellipsoid().area().value();
        let under_m2 = around.sum.total() * self.scale();
        let turns = f64::from(around.turns);
        let to_parallel_m2 =
            if around.turns == 0 { 0.0 } else { turns * 360.0 * zone() * self.scale() };
        // Going round eastwards a ring has the north pole on its left, going round
        // westwards the south pole.
        let left_m2 = turns.abs() * 0.5 * sphere_m2 - to_parallel_m2 - under_m2;
        if left_m2 > 0.5 * sphere_m2 { left_m2 - sphere_m2 } else { left_m2 }
    }
}

/// The sum over the edges of a ring, the closing one included.
fn around(
    edges: &impl Edges,
    ring: &[impl Position],
    means: Means,
) -> Result<Total, PositionFault> {
    let mut total = walk::total(edges, ring, means)?;
    if let [first, .., last] = ring
        && (first.lon_deg(), first.lat_deg()) != (last.lon_deg(), last.lat_deg())
    {
        let closing = walk::total(edges, &[*last, *first], means)?;
        total.sum.merge(closing.sum);
        total.turns += closing.turns;
    }
    Ok(total)
}

/// Edges by the series where it reaches, as areas north of a parallel.
struct Short<'a> {
    series: &'a AreaSeries,
    from: ZoneFrom,
    over: f64,
    karney: &'a Karney,
}

impl Short<'_> {
    /// The area between the equator and the reference parallel.
    fn zone(&self) -> f64 {
        self.series.zone(&self.from)
    }
}

impl Near for Short<'_> {
    #[inline(always)]
    fn near(&self, lat1: f64, lat2: f64, east: f64) -> f64 {
        self.series.edge(&self.from, lat1, lat2, east)
    }
}

impl Near for LocalArea {
    #[inline(always)]
    fn near(&self, lat1: f64, lat2: f64, east: f64) -> f64 {
        self.edge(lat1, lat2, east)
    }
}

impl Edges for Short<'_> {
    type Local = LocalArea;

    #[inline(always)]
    fn local(&self, low: f64, high: f64) -> Option<LocalArea> {
        self.series.local(&self.from, low, high)
    }

    fn beyond(&self, from: [f64; 2], to: [f64; 2]) -> (f64, i32) {
        let (east, turns) = walk::eastward(from[0], to[0]);
        let near = if turns == 0 { f64::NAN } else { self.near(from[1], to[1], east) };
        if near.is_nan() {
            let (from_equator, turns) = by_karney(self.karney, self.over, from, to);
            (from_equator - east * self.zone(), turns)
        } else {
            (near, turns)
        }
    }
}

/// What `geographiclib-rs` computes for an edge; the seventh is the area under it, S₁₂.
type Everything = (f64, f64, f64, f64, f64, f64, f64, f64);

/// An edge by Karney's method, as the area north of the equator in units of `over`.
fn by_karney(karney: &Karney, over: f64, from: [f64; 2], to: [f64; 2]) -> (f64, i32) {
    let solution: Everything = karney.inverse(from[1], from[0], to[1], to[0]);
    (solution.6 / over, walk::eastward(from[0], to[0]).1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Ellipsoid;
    use approx::assert_relative_eq;

    fn square(west: f64, south: f64, side: f64) -> Vec<[f64; 2]> {
        [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
            .map(|(x, y)| [west + x * side, south + y * side])
            .to_vec()
    }

    #[test]
    fn the_octant_of_a_sphere_is_an_eighth() {
        let octant = [[0.0, 0.0], [90.0, 0.0], [0.0, 90.0]];
        let sphere = Geodesic::new(Ellipsoid::SPHERE);
        let r = Ellipsoid::SPHERE.semi_major_m();
        let eighth_m2 = 0.5 * std::f64::consts::PI * r * r;
        let area_m2 = sphere.ring_area(&octant).unwrap().area.value();
        assert_relative_eq!(area_m2, eighth_m2, max_relative = 1e-14);
    }

    #[test]
    fn a_clockwise_ring_holds_the_same_land_not_the_rest_of_the_earth() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let mut ring = square(82.0, 45.0, 0.1);
        let there = geodesic.ring_area(&ring).unwrap();
        ring.reverse();
        let back = geodesic.ring_area(&ring).unwrap();
        assert!(there.counter_clockwise && !back.counter_clockwise);
        assert_eq!(there.area, back.area);
        assert!(there.area.km2() < 100.0);
    }

    #[cfg(feature = "geo-types")]
    #[test]
    fn holes_are_taken_off_whichever_way_they_run() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        use geo_types::{Coord, LineString, Polygon};
        let ring = |west, south, side| -> LineString {
            square(west, south, side).into_iter().map(Coord::from).collect()
        };
        let (outer, hole) = (ring(82.0, 45.0, 0.3), ring(82.1, 45.1, 0.1));
        let whole = geodesic.area(&Polygon::new(outer.clone(), vec![])).unwrap();
        let less = geodesic.area(&Polygon::new(outer, vec![hole.clone()])).unwrap();
        let gone = geodesic.ring_area(&hole.0).unwrap().area;
        assert_relative_eq!((whole - less).value(), gone.value(), max_relative = 1e-12);
    }
}
