//! The area of each ring of a polygon by itself, whether they cross or not.

use geo::Polygon;

use super::sides;
use crate::geodesy::{Geodesic, PositionFault};
use crate::quantity::{Metres, SquareMetres};

/// The measures of a polygon, taken ring by ring.
pub(super) struct Plain {
    /// The area of each ring, the outer one first.
    pub(super) of_rings: Vec<SquareMetres>,
    /// The area of the outer ring minus those of the holes.
    pub(super) area: SquareMetres,
    /// The length of all rings.
    pub(super) perimeter: Metres,
    /// Whether the outer ring runs clockwise.
    pub(super) is_clockwise: bool,
}

impl Plain {
    pub(super) fn new(geodesic: &Geodesic, polygon: &Polygon) -> Result<Self, PositionFault> {
        let mut perimeter = geodesic.length(polygon.exterior())?;
        let outer = sides::ring_area(geodesic, &polygon.exterior().0)?;
        let is_clockwise = !outer.counter_clockwise && outer.area.value() > 0.0;
        let mut of_rings = Vec::with_capacity(1 + polygon.interiors().len());
        of_rings.push(outer.area);
        let mut area = outer.area;
        for hole in polygon.interiors() {
            perimeter = perimeter + geodesic.length(hole)?;
            let of_hole = sides::ring_area(geodesic, &hole.0)?.area;
            of_rings.push(of_hole);
            area = area - of_hole;
        }
        if area.value() < 0.0 {
            // If the holes are on the other side of the shell, its inside is the larger side.
            let larger = geodesic.ellipsoid().area() - outer.area;
            let holes = outer.area - area;
            area = SquareMetres::new((larger - holes).value().max(0.0));
        }
        Ok(Self { of_rings, area, perimeter, is_clockwise })
    }
}
