//! A line: vertices in order, measured along; locating, cutting, simplifying.

mod along;
pub(crate) mod along_itself;
pub(crate) mod arrange;
mod blocks;
mod boxes;
mod branches;
mod densify;
pub(crate) mod extras;
mod fault;
mod foot;
mod locate;
mod loops;
mod mark;
mod path;
mod repeats;
mod same;
pub(crate) mod shared;
mod simplify;
pub(crate) mod topology;
mod touch;
mod walk;

pub(crate) use along_itself::length_along_itself;
pub(crate) use along_itself::{ALONG_M, once};
pub(crate) use arrange::arranged;
pub(crate) use blocks::Blocks;
pub(crate) use branches::branches;
pub(crate) use extras::{Extra, ExtraKind, extras, without_extras};
pub use fault::LineFault;
pub use locate::{Located, Side};
pub(crate) use mark::mark;
pub use path::Line;
pub(crate) use same::SAME_PLACE_DEG;
pub(crate) use same::step_deg;
pub(crate) use shared::{
    Area, Border, Borders, DrawnApart, Outlines, Rings, SNAPPING_DEG, SharedBoundary, Stretch,
};
pub use simplify::simplify;
pub(crate) use simplify::{drops_at_m, left_at};
pub(crate) use topology::{Crossing, crossings, is_crossed, repeated_vertices};
