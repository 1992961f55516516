//! A line: vertices in order, measured along; locating, cutting, simplifying.

mod along;
mod along_itself;
mod arrange;
mod blocks;
mod boxes;
mod branches;
mod densify;
mod extras;
mod locate;
mod loops;
mod mark;
mod path;
mod same;
mod shared;
mod simplify;
mod topology;
mod touch;
mod walk;

pub use crate::problem::LineFault;
pub(crate) use along_itself::length_along_itself;
pub use along_itself::{ALONG_M, once};
pub use arrange::arranged;
pub(crate) use blocks::Blocks;
pub(crate) use branches::branches;
pub use extras::{Extra, ExtraKind, extras, without_extras};
pub use locate::{Located, Side};
pub(crate) use mark::mark;
pub use path::Line;
pub use same::SAME_PLACE_DEG;
pub(crate) use same::step_deg;
pub use shared::{
    Area, Border, Borders, DrawnApart, Outlines, Rings, SNAPPING_DEG, SharedBoundary, Stretch,
    shared_boundary,
};
pub use simplify::simplify;
pub use topology::{Crossing, crossings, is_crossed, repeated_vertices};
