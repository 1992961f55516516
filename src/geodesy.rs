//! Ellipsoids, lengths and areas (the crate `treatyline-geodesy`), and datum operations (the
//! crate `treatyline-crs`).

pub use treatyline_geodesy::*;

pub use treatyline_crs as datum;
