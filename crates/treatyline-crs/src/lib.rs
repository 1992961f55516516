//! Datum operations, by name and with their accuracy.
//!
//! Between two coordinate systems there is not one transformation but several, and
//! a library that picks one silently gives an answer of unknown accuracy: for
//! Pulkovo 1942 in Kazakhstan PROJ prefers the operation made for Russia
//! (EPSG:5044, "3 m") over the one made for Kazakhstan (EPSG:1291, 44 m), and for
//! Beijing 1954 it reports success and moves nothing. So the caller
//! names the operation, or its name is reported. Its accuracy is reported as well, and an
//! operation that PROJ calls *ballpark* is an error.
//!
//! Built without the feature `proj`, every function answers [`DatumError::NotBuilt`]; with the
//! feature `projections` files in a projection of WGS 84 are read all the same.

mod chosen;
mod error;
#[cfg(any(feature = "proj", feature = "projections"))]
mod numbers;
#[cfg(feature = "projections")]
mod projections;
#[cfg(any(feature = "proj", feature = "projections"))]
mod realisations;
mod system;
mod way;
mod wkt;

#[cfg(feature = "proj")]
mod with_proj;
#[cfg(feature = "proj")]
pub use with_proj::{Operation, between, named};

#[cfg(not(feature = "proj"))]
mod without_proj;
#[cfg(not(feature = "proj"))]
pub use without_proj::{Operation, between, named};

pub use error::DatumError;
pub use system::AreaOfUse;
use system::WGS84;

/// For the other crates of this workspace alone; it may change with any version.
#[doc(hidden)]
pub mod internal {
    /// Whether systems are looked up by their codes, and operations by theirs: with PROJ.
    pub const KNOWS_CODES: bool = cfg!(feature = "proj");

    pub use crate::chosen::{
        Alternative, ChosenBy, ChosenOperation, CoordinateEpoch, MissingOperation,
    };
    #[cfg(feature = "projections")]
    pub use crate::projections::{Projection, Projector};
    pub use crate::system::{AS_WRITTEN, Axis, ProjectedGrid, System, WGS84};
    pub use crate::way::Way;
    #[cfg(feature = "proj")]
    pub use crate::with_proj::{
        Converter, Transformation, ellipsoid, grids_near, open, prime_meridian_deg, system,
        systems_at,
    };
    #[cfg(not(feature = "proj"))]
    pub use crate::without_proj::{
        Converter, Transformation, ellipsoid, grids_near, open, prime_meridian_deg, system,
        systems_at,
    };
    pub use crate::wkt::{Node, is_named_wgs84};
}

/// The facts of a coordinate operation.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OperationInfo {
    /// Its code in a registry, `EPSG:1291`; `None` where none can be found.
    pub code: Option<String>,
    /// Its name in the registry, as PROJ has it.
    pub name: String,
    /// Whether it goes from one datum to another. If not, it is exact.
    pub changes_datum: bool,
    /// Its declared accuracy; `None` where the registry gives none.
    pub accuracy_m: Option<f64>,
    /// Where it may be used; `None` where that is not stated.
    pub area_of_use: Option<AreaOfUse>,
    /// Its definition as a PROJ pipeline: the operation can be repeated from it.
    pub definition: String,
}
