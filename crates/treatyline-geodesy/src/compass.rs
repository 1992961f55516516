//! Directions at a place: where north is, which azimuth a vector has, what lies a way off.

use super::frame::{Frame, Place};
use super::position::Position;
use super::vector::{Vector, cross, dot, plus};

impl Place {
    /// Where it is, in degrees.
    #[must_use]
    pub fn lon_lat<P: Position>(&self) -> P {
        let [x, y, z] = self.normal;
        P::new(y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees())
    }

    /// Unit vectors to the east and to the north. At a pole, where there are none, the
    /// meridian of 90° E is taken for east.
    fn east_and_north(&self) -> [Vector; 2] {
        let [x, y, _] = self.normal;
        let size = x.hypot(y);
        let east = if size > 0.0 { [-y / size, x / size, 0.0] } else { [0.0, 1.0, 0.0] };
        [east, cross(self.normal, east)]
    }

    /// The azimuth of a direction, degrees clockwise from north, −180 to 180.
    #[must_use]
    pub fn azimuth_deg(&self, direction: Vector) -> f64 {
        let [east, north] = self.east_and_north();
        dot(direction, east).atan2(dot(direction, north)).to_degrees()
    }
}

impl Frame {
    /// The place a short way off, along the great circle of the sphere that touches the
    /// ellipsoid at `from`: a way of 50 km ends within 0.4 % of it.
    #[must_use]
    pub fn moved(&self, from: &Place, azimuth_deg: f64, distance_m: f64) -> Place {
        let [east, north] = from.east_and_north();
        let (sin, cos) = azimuth_deg.to_radians().sin_cos();
        let toward: Vector = std::array::from_fn(|i| sin * east[i] + cos * north[i]);
        let normal = plus(from.normal, toward, (distance_m / self.semi_major_m).tan());
        let size = dot(normal, normal).sqrt();
        self.with_normal(normal.map(|x| x / size))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vector::minus;
    use crate::{Ellipsoid, Geodesic};

    #[test]
    fn a_way_off_lies_where_the_geodesic_leads() {
        let (frame, geodesic) = (Frame::new(&Ellipsoid::WGS84), Geodesic::new(Ellipsoid::WGS84));
        for (x, y) in [(80.0, 45.0), (-179.99, -60.0), (0.0, 0.0), (10.0, 89.0)] {
            for azimuth_deg in [0.0, 45.0, 135.0, 270.0] {
                let from = frame.place([x, y]);
                let moved = frame.moved(&from, azimuth_deg, 5e4);
                let (length, azimuth) =
                    geodesic.distance_and_azimuth([x, y], moved.lon_lat::<[f64; 2]>());
                assert!((length.value() - 5e4).abs() < 350.0, "{length} at {x} {y}");
                let turn = (azimuth - azimuth_deg + 540.0).rem_euclid(360.0) - 180.0;
                assert!(turn.abs() < 0.3, "{azimuth} for {azimuth_deg} at {x} {y}");
            }
        }
    }

    #[test]
    fn coordinates_come_back_and_directions_are_those_of_the_compass() {
        let frame = Frame::new(&Ellipsoid::WGS84);
        for (x, y) in [(80.0, 45.0), (-170.0, -33.0), (0.0, 0.0)] {
            let place = frame.place([x, y]);
            let [lon, lat] = place.lon_lat();
            assert!((lon - x).abs() < 1e-12 && (lat - y).abs() < 1e-12);
            let north = frame.place([x, y + 1e-4]);
            let azimuth_deg = place.azimuth_deg(minus(north.position, place.position));
            assert!(azimuth_deg.abs() < 1e-6, "{azimuth_deg}");
        }
    }
}
