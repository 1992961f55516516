//! Each check, with a dossier that passes it and one that fails it.

#[path = "../common/mod.rs"]
mod common;
#[path = "../verdict/mod.rs"]
mod verdict;

mod another_line;
mod course;
mod division;
mod figures;
mod findings;
mod fit;
mod geometry;
mod once;
mod points;
mod readings;
mod resolution;
mod transfer;
