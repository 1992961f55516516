//! Geometry of international boundaries.
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod dossier;
pub mod geodesy;
pub mod io;
pub mod line;
pub mod problem;
pub mod quantity;
pub mod report;
pub mod wording;
pub use dossier::Dossier;
