//! What a line follows, written down: one model, one renderer per file.

mod near;

pub(super) use near::within_table;
pub use near::{LeftEntry, RiverFile, RiverMap, WithinEntry};
