//! The floor everything stands on: ellipsoids, geodesic length and area, the
//! place of a point relative to an edge, and datum operations.
//!
//! Coordinates are [`geo::Coord`] in degrees, `x` longitude and `y` latitude. An
//! *edge* joins two neighbouring vertices; here it is always the geodesic between
//! them, never the straight line in longitude and latitude (on the longest edges
//! of a boundary, some 16 km, the two are 4 m apart in the middle).

mod area;
mod bounds;
mod compass;
pub mod datum;
mod ellipsoid;
mod frame;
mod gnomonic;
mod length;
mod position;
mod series;
mod sum;
pub(crate) mod vector;
mod walk;

pub use area::{RingArea, Surfaces};
pub(crate) use bounds::{Bounds, chord_m};
pub use ellipsoid::Ellipsoid;
pub(crate) use frame::Baseline;
pub use frame::{Foot, Frame, Place};
pub use gnomonic::{Gnomonic, NearPoint};
pub use length::{Geodesic, Method, Paths};
pub use position::{PositionFault, check_position};
pub use sum::CompensatedSum;
pub use walk::{Instructions, Means};
