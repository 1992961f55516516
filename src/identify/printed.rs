//! A printed latitude and longitude against a printed northing and easting.

use geo::Coord;

use crate::geodesy::datum::{DatumError, Operation};
use crate::geodesy::earth::MOST_DEGREE_M;
use crate::io::printed::Rounded;

/// The best accuracy of a position read off a printed map, as a length on the map.
const READING_ACCURACY_M: f64 = 0.5e-3;

/// How near a position can be read off a map of a scale, in metres on the ground.
pub(crate) fn reading_m(map_scale: f64) -> f64 {
    READING_ACCURACY_M * map_scale
}

/// How far half of the last places of a latitude and a longitude reach together, in metres.
pub(crate) fn half_step_m([lat, lon]: [Rounded; 2]) -> f64 {
    lat.half_step.hypot(lon.half_step * lat.value.to_radians().cos()) * MOST_DEGREE_M
}

/// A place that is printed twice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TwicePrinted {
    /// Latitude, in degrees.
    pub(crate) latitude: Rounded,
    /// Longitude, in degrees.
    pub(crate) longitude: Rounded,
    /// Northing, in metres.
    pub(crate) northing: Rounded,
    /// Easting, in metres.
    pub(crate) easting: Rounded,
    /// How near it can be read off the map that it was read off; 0 without a map.
    pub(crate) reading_m: f64,
}

/// By how much the printed northing and easting are apart from the projected latitude and
/// longitude, and how much rounding allows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Apart {
    /// How far north of the projected place the printed one is, in metres.
    pub(crate) north_m: f64,
    /// How far east of it, in metres.
    pub(crate) east_m: f64,
    /// Half of the last printed place of everything, at the corner where it reaches farthest, and
    /// the reading of the map.
    pub(crate) allowed_north_m: f64,
    /// The same eastwards.
    pub(crate) allowed_east_m: f64,
}

impl Apart {
    /// Whether rounding explains it.
    pub(crate) fn is_explained(&self) -> bool {
        self.excess_m() <= 0.0
    }

    /// By how much it is more than rounding explains, on the axis where that is most.
    pub(crate) fn excess_m(&self) -> f64 {
        let north = self.north_m.abs() - self.allowed_north_m;
        north.max(self.east_m.abs() - self.allowed_east_m)
    }

    /// How far apart the two places are.
    pub(crate) fn length_m(&self) -> f64 {
        self.north_m.hypot(self.east_m)
    }
}

impl TwicePrinted {
    /// Compares the two by the projection from longitude and latitude to easting and northing.
    ///
    /// # Errors
    /// Outside of the reach of the projection.
    pub(crate) fn apart(&self, projection: &Operation) -> Result<Apart, DatumError> {
        let (lat, lon) = (self.latitude, self.longitude);
        let projected = projection.forward(Coord { x: lon.value, y: lat.value })?;
        let [reach_north, reach_east] = self.reach(projected, projection)?;
        Ok(Apart {
            north_m: self.northing.value - projected.y,
            east_m: self.easting.value - projected.x,
            allowed_north_m: reach_north + self.northing.half_step + self.reading_m,
            allowed_east_m: reach_east + self.easting.half_step + self.reading_m,
        })
    }

    /// How far half of the last printed place of latitude and longitude reaches on the ground,
    /// north and east: the farthest of the four corners, because a projection turns them.
    fn reach(&self, projected: Coord, projection: &Operation) -> Result<[f64; 2], DatumError> {
        let (lat, lon) = (self.latitude, self.longitude);
        let mut farthest = [0.0_f64; 2];
        for (along, across) in [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)] {
            let x = lon.value + across * lon.half_step;
            let corner = projection.forward(Coord { x, y: lat.value + along * lat.half_step })?;
            farthest[0] = farthest[0].max((corner.y - projected.y).abs());
            farthest[1] = farthest[1].max((corner.x - projected.x).abs());
        }
        Ok(farthest)
    }
}
