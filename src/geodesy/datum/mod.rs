//! Datum operations, by name and with their accuracy.
//!
//! Between two coordinate systems there is not one transformation but several, and
//! a library that picks one silently gives an answer of unknown worth: for
//! Pulkovo 1942 in Kazakhstan PROJ prefers the operation made for Russia
//! (EPSG:5044, "3 m") over the one made for Kazakhstan (EPSG:1291, 44 m), and for
//! Beijing 1954 it reports success and moves nothing. So an operation here is
//! named, or its name is told; its accuracy comes with it; and one that PROJ calls
//! *ballpark* is an error.
//!
//! Built without the feature `proj`, every function answers
//! [`DatumError::NotBuilt`].

#[cfg(feature = "proj")]
mod with_proj;
#[cfg(feature = "proj")]
pub use with_proj::{Operation, area_of_use, between, geographic_base, named};

#[cfg(not(feature = "proj"))]
mod without_proj;
#[cfg(not(feature = "proj"))]
pub use without_proj::{Operation, area_of_use, between, geographic_base, named};

/// What a coordinate operation says of itself.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct OperationInfo {
    /// The code it was asked for by, `EPSG:1291`, or the pair of systems.
    pub code: String,
    /// Its name in the EPSG registry, as PROJ tells it.
    pub name: String,
    /// Its declared accuracy; `None` where the registry gives none.
    pub accuracy_m: Option<f64>,
    /// Where it may be used.
    pub area_of_use: Option<String>,
    /// Its definition as a PROJ pipeline: the operation can be repeated from it.
    pub definition: String,
}

/// Where a coordinate system or an operation may be used.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct AreaOfUse {
    /// In words.
    pub name: String,
    /// West, south, east, north in degrees.
    pub bounds_deg: [f64; 4],
}

impl AreaOfUse {
    /// Whether a longitude and latitude lie within the bounds.
    #[must_use]
    pub fn contains(&self, point: geo::Coord) -> bool {
        let [west, south, east, north] = self.bounds_deg;
        let within = if west <= east {
            west <= point.x && point.x <= east
        } else {
            // Across the antimeridian.
            west <= point.x || point.x <= east
        };
        within && south <= point.y && point.y <= north
    }
}

/// Why a coordinate operation gave no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DatumError {
    /// The crate was built without PROJ.
    #[error("built without PROJ; build with the feature `proj`")]
    NotBuilt,
    /// PROJ does not know the code, or cannot find its database.
    #[error(
        "PROJ knows no {code}; give a code of its registry as in EPSG:1291, and see that PROJ finds its database (PROJ_DATA)"
    )]
    Unknown {
        /// The code asked for.
        code: String,
    },
    /// PROJ knows no real operation between two systems, only a pretended one.
    #[error(
        "between {from} and {to} PROJ offers a ballpark operation only, which moves nothing it should; name an operation instead"
    )]
    Ballpark {
        /// The system from which.
        from: String,
        /// The system to which.
        to: String,
    },
    /// A named operation that leads elsewhere.
    #[error(
        "operation {operation} does not lead between WGS 84 and {to} or its geographic base; name one that does, or leave the choice out"
    )]
    WrongOperation {
        /// The operation.
        operation: String,
        /// The system wanted.
        to: String,
    },
    /// A point outside what the operation can do.
    #[error("{operation} fails at ({x}, {y}): {reason}")]
    Failed {
        /// The operation.
        operation: String,
        /// First coordinate: longitude or easting.
        x: f64,
        /// Second coordinate: latitude or northing.
        y: f64,
        /// What PROJ says.
        reason: String,
    },
}
