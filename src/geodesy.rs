//! Ellipsoids, lengths and areas (the crate `treatyline-geodesy`), and datum operations (the
//! crate `treatyline-crs`).

pub use treatyline_geodesy::*;

pub(crate) use treatyline_geodesy::internal::*;

/// Datum operations, by name and with their accuracy: the crate `treatyline-crs`.
pub mod datum {
    pub use treatyline_crs::*;

    pub(crate) use treatyline_crs::internal::{
        AS_WRITTEN, ChosenBy, ChosenOperation, Converter, MissingOperation, ProjectedGrid, System,
        Transformation, WGS84, Way, ellipsoid, grids_near, prime_meridian_deg, system, systems_at,
    };
}
