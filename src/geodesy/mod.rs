//! The floor everything stands on: ellipsoids, geodesic length and area, the
//! place of a point relative to an edge, and datum operations.
//!
//! Coordinates are [`geo::Coord`] in degrees, `x` longitude and `y` latitude. An
//! *edge* joins two neighbouring vertices; here it is always the geodesic between
//! them, never the straight line in longitude and latitude (on the longest edges
//! of a boundary, some 16 km, the two are 4 m apart in the middle).

mod area;
pub mod datum;
mod ellipsoid;
mod frame;
mod length;
mod sum;

pub use area::RingArea;
pub use ellipsoid::Ellipsoid;
pub use frame::{Foot, Frame, Place};
pub use length::Geodesic;
pub use sum::CompensatedSum;
