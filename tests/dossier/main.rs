//! The embedded dossier: what it says, and how its files come about.

#[path = "../common/mod.rs"]
mod common;

mod compile;
mod embedded;
mod floors;
mod names;
mod options;
mod shipped;
mod sourced;
