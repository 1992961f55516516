//! Which of the two parts into which a ring divides the Earth is its inside.
//!
//! Mostly it is the smaller one. But a ring wider than half of the Earth may enclose the larger one
//! on the map: for example the frame of a map of the world, or all land north of a parallel. There
//! the map decides.

use geo::{Coord, Polygon};

use crate::geodesy::{Geodesic, PositionFault, RingArea};
use crate::io::outline::closed_on_map;
use crate::quantity::SquareMetres;

/// The area that a ring encloses on the map; its edges are geodesics.
pub(super) fn ring_area(geodesic: &Geodesic, ring: &[Coord]) -> Result<RingArea, PositionFault> {
    let found = geodesic.ring_area(ring)?;
    let Some(share) = share_on_map(ring) else { return Ok(found) };
    let whole = geodesic.ellipsoid().area();
    let smaller = found.area.value() / whole.value();
    // The share on the map is nearer to the share of one side or of the other.
    if (share - smaller).abs() <= (share + smaller - 1.0).abs() {
        return Ok(found);
    }
    Ok(RingArea { area: whole - found.area, counter_clockwise: !found.counter_clockwise })
}

/// The area of a polygon minus its holes.
pub(super) fn area(geodesic: &Geodesic, polygon: &Polygon) -> Result<SquareMetres, PositionFault> {
    let mut area = ring_area(geodesic, &polygon.exterior().0)?.area;
    for hole in polygon.interiors() {
        area = area - ring_area(geodesic, &hole.0)?.area;
    }
    Ok(area)
}

/// The share of a sphere that a ring encloses on the map, about; `None` if it cannot be more than
/// half, or if it goes around a pole without including it.
fn share_on_map(ring: &[Coord]) -> Option<f64> {
    let first = ring.first()?.x;
    // A ring wider than half of the Earth has a vertex more than a quarter of the way round from
    // any given one.
    if !ring.iter().any(|at| (at.x - first).abs() > 90.0) {
        return None;
    }
    let path = closed_on_map(ring);
    if path.len() > ring.len() {
        return None;
    }
    let sine = |at: &Coord| at.y.to_radians().sin();
    let mut before = sine(path.first()?);
    let under = |ends: &[Coord]| {
        let next = sine(&ends[1]);
        let sines = std::mem::replace(&mut before, next) + next;
        (ends[1].x - ends[0].x) * sines / 2.0
    };
    Some(path.windows(2).map(under).sum::<f64>().abs() / 720.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::Ellipsoid;

    fn km2(corners: &[(f64, f64)]) -> f64 {
        let mut ring: Vec<Coord> = corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
        ring.push(ring[0]);
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        ring_area(&geodesic, &ring).unwrap().area.km2()
    }

    /// The whole Earth has 510,065,621.724 km²; a half is as exact.
    #[test]
    fn the_map_decides_where_a_ring_is_wider_than_half_of_the_earth() {
        let whole = Ellipsoid::WGS84.area().km2();
        let world = [(-180.0, -90.0), (180.0, -90.0), (180.0, 90.0), (-180.0, 90.0)];
        assert!((km2(&world) - whole).abs() < 1e-3);
        assert!((km2(&world) - 510_065_621.724).abs() < 1e-2);
        let part = [(-180.0, -90.0), (108.0, -90.0), (108.0, 90.0), (-180.0, 90.0)];
        assert!((km2(&part) - 0.8 * whole).abs() < 1e-3);
        let quarter = [(-180.0, 0.0), (-90.0, 0.0), (-90.0, 90.0), (-180.0, 90.0)];
        assert!((km2(&quarter) - whole / 8.0).abs() < 1e-3);
    }

    /// A cap without the pole in its outline is the smaller side, as always; with the pole and the
    /// antimeridian as a frame it is the inside of the frame.
    #[test]
    fn a_cap_is_on_the_side_of_its_frame() {
        let along: Vec<(f64, f64)> =
            (-180..=180).step_by(10).map(|lon| (f64::from(lon), -60.0)).collect();
        let south = km2(&along);
        let framed = |pole| km2(&[&along[..], &[(180.0, pole), (-180.0, pole)]].concat());
        assert!((framed(-90.0) - south).abs() < 1e-3);
        assert!((framed(90.0) + south - Ellipsoid::WGS84.area().km2()).abs() < 1e-3);
    }
}
