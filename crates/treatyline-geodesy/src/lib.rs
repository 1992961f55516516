//! Lengths and areas on an ellipsoid: exact to nanometres, in vector code.
//!
//! ```
//! use treatyline_geodesy::{Ellipsoid, Geodesic};
//!
//! let path = [[80.0, 45.0], [80.5, 45.2], [81.0, 45.1]];
//! let length = Geodesic::new(Ellipsoid::WGS84).length(&path)?;
//! assert_eq!(length.km().round(), 86.0);
//! # Ok::<(), treatyline_geodesy::PositionFault>(())
//! ```
//!
//! A [`Position`] is longitude and latitude in degrees: `[lon, lat]`, a pair, or a `Coord` of
//! `geo-types`. An *edge* joins two neighbouring vertices; here it is always the geodesic
//! between them, never the straight line in longitude and latitude (on the longest edges of a
//! boundary, some 16 km, the two are 4 m apart in the middle).
//!
//! [`Geodesic`] measures: the series for short edges, Karney's method for all others
//! (`docs/geodesy.md` in the repository has the derivation and the error budget). It also knows
//! rhumb lines, and where geodesics cross each other, a parallel or a meridian.
//!
//! # Features
//!
//! None is on by default, and none changes a number.
//!
//! - `vector`: loops compiled for AVX2 and AVX-512 as well, chosen at run time. A long path is
//!   measured several times as fast.
//! - `geo-types`: its `Coord`, lines and polygons as positions, paths and surfaces.
//! - `geo`: [`Geodesic`] as a metric space of `geo`.
//! - `approx`: comparison of [`Metres`] and [`SquareMetres`] within a tolerance.
//! - `serde`: both written as plain numbers.
//!
//! # What it does not do
//!
//! It reads no file, knows no datum and no projection, and formats nothing for people.

mod area;
mod bounds;
mod compass;
mod course;
mod crossing;
#[doc(hidden)]
pub mod earth;
mod ellipsoid;
mod frame;
#[cfg(feature = "geo-types")]
mod geo_types;
mod gnomonic;
mod graticule;
mod length;
#[cfg(feature = "geo")]
mod metric_space;
mod position;
mod quantity;
#[cfg(test)]
mod references;
mod rhumb;
mod series;
mod sum;
#[doc(hidden)]
pub mod vector;
mod walk;

pub use area::{Ring, RingArea, Surfaces};
pub use ellipsoid::{Ellipsoid, EllipsoidFault};
pub use length::{Geodesic, Method, Paths};
pub use position::{Position, PositionFault};
pub use quantity::{Metres, SquareMetres};

/// For the other crates of this workspace alone; it may change with any version. Frames hold
/// places as vectors, the nearest points (feet) on edges, and boxes around edges: searches need no
/// trigonometry for each pair.
#[doc(hidden)]
pub mod internal {
    pub use crate::bounds::{Bounds, chord_m};
    pub use crate::earth;
    pub use crate::frame::{Baseline, Foot, Frame, Place};
    pub use crate::gnomonic::{Gnomonic, NearPoint};
    pub use crate::position::check_position;
    pub use crate::sum::CompensatedSum;
    pub use crate::vector;
    pub use crate::walk::{Instructions, limit_threads, threads};
}
