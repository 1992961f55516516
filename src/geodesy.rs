//! Ellipsoids, lengths and areas (the crate `treatyline-geodesy`), and datum operations (the
//! crate `treatyline-crs`).

pub use treatyline_geodesy::*;

pub(crate) use treatyline_geodesy::internal::*;

pub use treatyline_crs as datum;
