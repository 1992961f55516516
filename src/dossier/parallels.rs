//! Outlines along parallels: an edge between two vertices of one latitude is a geodesic, which runs
//! polewards of the parallel, unless the dossier says that the parallel is meant.

use geo::{Coord, LineString, Polygon};

/// Vertices along a parallel are no farther apart than this, degrees of longitude: between two of them
/// the geodesic is at most 4 mm off, at 45° of latitude.
const STEP_DEG: f64 = 0.01;

/// The polygon with vertices along its parallels.
pub(super) fn along_parallels(polygon: &Polygon) -> Polygon {
    let holes = polygon.interiors().iter().map(ring).collect();
    Polygon::new(ring(polygon.exterior()), holes)
}

fn ring(ring: &LineString) -> LineString {
    let mut path = Vec::with_capacity(ring.0.len());
    path.extend(ring.0.first());
    for edge in ring.0.windows(2) {
        let [a, b] = [edge[0], edge[1]];
        let east = b.x - a.x;
        let is_parallel = a.y == b.y && east.abs() <= 180.0;
        // At most 18,000.
        let parts = if is_parallel { (east.abs() / STEP_DEG).ceil().max(1.0) as u32 } else { 1 };
        path.extend((1..parts).map(|part| {
            let share = f64::from(part) / f64::from(parts);
            Coord { x: a.x + share * east, y: a.y }
        }));
        path.push(b);
    }
    LineString(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::{Ellipsoid, Geodesic};

    /// Ten degrees of longitude by one of latitude, from 80° N: by quadrature of the ellipsoid's element
    /// of area in mpmath, to 30 digits.
    #[test]
    fn a_cell_of_the_graticule_has_the_area_that_integration_gives() {
        let corners = [(20.0, 80.0), (30.0, 80.0), (30.0, 81.0), (20.0, 81.0), (20.0, 80.0)];
        let cell = Polygon::new(corners.into_iter().collect(), Vec::new());
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let area =
            |polygon: &Polygon| geodesic.area([polygon.clone()].as_slice()).unwrap().value().abs();
        assert!((area(&along_parallels(&cell)) - CELL_M2).abs() < 2_000.0);
        assert!((area(&cell) - CELL_M2).abs() > 1e6, "geodesics hold more");
    }

    const CELL_M2: f64 = 20_582_748_543.2;
}
