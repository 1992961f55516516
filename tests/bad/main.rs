//! Input that is wrong: refused with one message that names the place and the way out.

#[path = "../common/mod.rs"]
mod common;
#[path = "../refusal/mod.rs"]
mod refusal;

mod bounds;
mod bytes;
mod codes;
mod dossier;
mod geometry;
mod input;
mod messages;
