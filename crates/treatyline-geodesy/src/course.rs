//! One geodesic, to be looked at anywhere between its ends and beyond them.

use geographiclib_rs::{DirectGeodesic, Geodesic as Karney, InverseGeodesic};

use super::Geodesic;
use super::position::{Position, is_position};
use super::rhumb::within_half_turn;
use super::vector::Vector;

/// What Karney's method and the last bit of a longitude leave in doubt: 15 nm and 3 nm.
pub(super) const DOUBT_M: f64 = 2e-8;

/// Halving the longest geodesic this often leaves less than the last bit.
const HALVINGS: usize = 100;

/// A geodesic, from one place through another.
pub(super) struct Course<'a> {
    karney: &'a Karney,
    pub(super) from: At,
    pub(super) end_azimuth_deg: f64,
    pub(super) length_m: f64,
}

/// A place on a course, and where the course goes there.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    pub(super) lat_deg: f64,
    pub(super) lon_deg: f64,
    pub(super) azimuth_deg: f64,
}

impl<'a> Course<'a> {
    pub(super) fn new<P: Position>(geodesic: &'a Geodesic, [from, to]: [P; 2]) -> Option<Self> {
        if !(is_position(from) && is_position(to)) {
            return None;
        }
        let karney = geodesic.karney();
        let (length_m, azimuth_deg, end_azimuth_deg, _) =
            karney.inverse(from.lat_deg(), from.lon_deg(), to.lat_deg(), to.lon_deg());
        let from = At { lat_deg: from.lat_deg(), lon_deg: from.lon_deg(), azimuth_deg };
        Some(Self { karney, from, end_azimuth_deg, length_m })
    }

    pub(super) fn at(&self, along_m: f64) -> At {
        let At { lat_deg, lon_deg, azimuth_deg } = self.from;
        let (lat_deg, lon_deg, azimuth_deg) =
            self.karney.direct(lat_deg, lon_deg, azimuth_deg, along_m);
        At { lat_deg, lon_deg, azimuth_deg }
    }

    /// The first place between two distances at which a condition holds that holds from there on.
    pub(super) fn first(&self, mut low_m: f64, mut high_m: f64, holds: impl Fn(At) -> bool) -> f64 {
        for _ in 0..HALVINGS {
            let middle_m = 0.5 * (low_m + high_m);
            if middle_m <= low_m || middle_m >= high_m {
                break;
            }
            if holds(self.at(middle_m)) { high_m = middle_m } else { low_m = middle_m }
        }
        high_m
    }
}

impl At {
    pub(super) fn position<P: Position>(&self) -> P {
        P::new(within_half_turn(self.lon_deg), self.lat_deg)
    }

    /// The direction of the course in space. Unlike the azimuth it is steady at a pole.
    pub(super) fn direction(&self) -> Vector {
        let [lat, lon, azimuth] =
            [self.lat_deg, self.lon_deg, self.azimuth_deg].map(f64::to_radians);
        let ((sin_lat, cos_lat), (sin_lon, cos_lon)) = (lat.sin_cos(), lon.sin_cos());
        let (east, north) = azimuth.sin_cos();
        [
            -east * sin_lon - north * sin_lat * cos_lon,
            east * cos_lon - north * sin_lat * sin_lon,
            north * cos_lat,
        ]
    }
}
