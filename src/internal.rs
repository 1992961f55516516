//! For the crates of this workspace that are above this one, pages and the command, and for its
//! tests: what these need and nobody else does. It may change with any version.

pub use treatyline_crs::internal::open as open_operations;
pub use treatyline_io::internal::{digest, quiet};
