//! A plane in which lines cross as they do on the ground: the stereographic projection
//! (Snyder 1987, eq. 21-2 to 21-5 and 20-14 to 20-18) around the middle of the lines.
//!
//! Geodetic latitude and longitude are taken for those of a sphere. It only matters that the map is
//! one to one, keeps left on the left, has no special places at poles and ±180°, and keeps an edge
//! of 1 km straight, to less than 1 cm within 5,000 km of the middle. Nothing is measured in it.

use crate::geodesy::earth;
use geo::Coord;

use crate::geodesy::vector::{Vector, dot, plus};

/// A plane around a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plane {
    lon: f64,
    sin_lat: f64,
    cos_lat: f64,
}

/// The unit of the plane, so that its numbers are metres near its middle.
const RADIUS_M: f64 = earth::MEAN_RADIUS_M;

/// The cosine beyond which a point counts as opposite to the middle, where the plane
/// is infinite.
const OPPOSITE: f64 = -1.0 + 1e-9;

/// The cosine beyond which places are far from the middle: 120°, where the plane's unit is a
/// quarter of a metre.
const FAR: f64 = -0.5;

/// A ring of the plane that surrounds more than half of the Earth goes as far from the
/// middle as this.
pub(super) const HALF_THE_EARTH_M: f64 = 2.0 * RADIUS_M;

impl Plane {
    /// The plane around the middle of some places. If they go round the Earth, a few places are
    /// tried, and the one is taken whose opposite point is farthest from all of them.
    pub(super) fn around(places: &[Coord]) -> Self {
        let directions: Vec<Vector> = places.iter().map(|place| direction(*place)).collect();
        let sum = directions.iter().fold([0.0; 3], |sum, each| plus(sum, *each, 1.0));
        let size = dot(sum, sum).sqrt();
        let least = |towards: Vector| {
            directions.iter().map(|each| dot(*each, towards)).fold(f64::INFINITY, f64::min)
        };
        let middle = sum.map(|x| x / size);
        if size > 0.0 && least(middle) > FAR {
            return Self::at(middle);
        }
        let axes = [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]];
        let diagonals = [[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]]
            .map(|[x, y]| [x, y, 1.0].map(|x| x / 3_f64.sqrt()));
        let upper = axes.into_iter().chain(diagonals);
        let all = upper.clone().chain(upper.map(|each| each.map(|x| -x)));
        Self::at(all.max_by(|a, b| least(*a).total_cmp(&least(*b))).unwrap_or(middle))
    }

    /// The plane around the place in a direction.
    fn at([x, y, z]: Vector) -> Self {
        let lat = z.atan2(x.hypot(y));
        Self { lon: y.atan2(x), sin_lat: lat.sin(), cos_lat: lat.cos() }
    }

    /// A place in the plane.
    ///
    /// # Units
    /// Degrees in, metres east and north of the middle out.
    pub(super) fn flat(&self, place: Coord) -> [f64; 2] {
        let (sin_lat, cos_lat) = place.y.to_radians().sin_cos();
        let (sin_east, cos_east) = (place.x.to_radians() - self.lon).sin_cos();
        let cosine = self.sin_lat * sin_lat + self.cos_lat * cos_lat * cos_east;
        let scale = 2.0 * RADIUS_M / (1.0 + cosine.max(OPPOSITE));
        let north = self.cos_lat * sin_lat - self.sin_lat * cos_lat * cos_east;
        [scale * cos_lat * sin_east, scale * north]
    }

    /// A place of the plane on the Earth, longitude within ±180°, to nine decimals: a tenth
    /// of a millimetre.
    pub(super) fn round(&self, [x, y]: [f64; 2]) -> Coord {
        let away = x.hypot(y);
        let (sin, cos) = (2.0 * (0.5 * away / RADIUS_M).atan()).sin_cos();
        let along = if away > 0.0 { sin / away } else { 0.0 };
        let sin_lat = cos * self.sin_lat + y * along * self.cos_lat;
        // By the tangent: near a pole the sine alone would lose half of the digits.
        let (east, north) = (x * along, self.cos_lat * cos - y * along * self.sin_lat);
        let lat = sin_lat.atan2(east.hypot(north)).to_degrees();
        let lon = (self.lon + east.atan2(north)).to_degrees();
        let lon = lon - 360.0 * (lon / 360.0).round();
        let nine = |degrees: f64, most: f64| ((degrees * 1e9).round() / 1e9).clamp(-most, most);
        Coord { x: nine(lon, 180.0), y: nine(lat, 90.0) }
    }
}

/// A place as a direction on a sphere.
fn direction(place: Coord) -> Vector {
    let (sin_lat, cos_lat) = place.y.to_radians().sin_cos();
    let (sin_lon, cos_lon) = place.x.to_radians().sin_cos();
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_is_the_same_place_everywhere() {
        for middle in [(82.0, 45.0), (180.0, -10.0), (0.0, 90.0), (-60.0, -89.0)] {
            let plane = Plane::around(&[Coord { x: middle.0, y: middle.1 }]);
            for (x, y) in [(82.1, 45.3), (-179.9, -10.0), (33.0, 89.999), (120.0, -70.0)] {
                let found = plane.round(plane.flat(Coord { x, y }));
                let off = ((found.x - x) * y.to_radians().cos()).hypot(found.y - y);
                assert!(off < 2e-9, "{found:?}");
            }
        }
    }

    #[test]
    fn east_is_right_of_north_and_metres_are_metres() {
        let plane = Plane::around(&[Coord { x: 82.0, y: 45.0 }]);
        let [x, y] = plane.flat(Coord { x: 82.001, y: 45.001 });
        assert!((x - 78.6).abs() < 0.1 && (y - 111.2).abs() < 0.1, "{x} {y}");
    }
}
