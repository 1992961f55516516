//! The report model and each of its renderers.

#[path = "../common/mod.rs"]
mod common;
#[path = "../verdict/mod.rs"]
mod verdict;

mod elements;
mod figures;
mod instruments;
mod junit;
mod markdown;
mod media;
mod model;
mod page;
mod progress;
mod real;
mod shown;
mod sides;
mod snapshots;
mod snapshots_compare;
