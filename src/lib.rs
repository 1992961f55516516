//! Geometry of international boundaries.
pub mod geodesy;
pub mod line;
pub mod quantity;
