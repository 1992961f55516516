//! Systems and operations, through PROJ.

mod candidates;
mod described;
mod epoch;
mod horizontal;
mod obfuscated;
mod operation;
mod projected;
mod registered;
mod scale;
mod transformation;
mod unproject;

pub use described::system;
pub use operation::{Operation, between, named, open};
pub use projected::grids_near;
pub use registered::systems_at;
pub use scale::{ellipsoid, prime_meridian_deg};
pub use transformation::{Converter, Transformation};
