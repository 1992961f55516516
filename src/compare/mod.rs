//! Two lines against each other: how far apart they are, and what land lies between.
//!
//! Distances are between lines, not between vertices, on WGS 84. What each number is, how
//! it is found and how far it can be trusted: `docs/compare.md`.

mod distribution;
mod frechet;
mod hausdorff;
mod track;
mod tree;

pub use distribution::{Beyond, Distribution};
pub use frechet::Frechet;
pub use hausdorff::{Farthest, Hausdorff, farthest};
pub use track::{Near, Spot, Track};
pub use tree::{Nearest, Tree};
