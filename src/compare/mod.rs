//! Two lines against each other: how far apart they are, and what land lies between.
//!
//! Distances are between lines, not between vertices, on WGS 84. What each number is, how
//! it is found and how far it can be trusted: `docs/compare.md`.
//!
//! ```
//! use treatyline::compare::{Comparison, Settings};
//! use treatyline::drawn::DrawnLine;
//! use treatyline::io::Input;
//! use treatyline::line::Side;
//!
//! let drawn = |text: &str| DrawnLine::read(Input::bytes("example", text.as_bytes()));
//! let old = drawn(r#"{"type":"LineString","coordinates":[[82,46],[82,45]]}"#)?;
//! let new = drawn(r#"{"type":"LineString","coordinates":[[82.1,46],[82.1,45]]}"#)?;
//! let found = Comparison::new(&old, &new, &Settings::default()).unwrap();
//! // Southwards, east is on the left: the new line runs there, the right side gains.
//! assert_eq!(found.land.gained(Side::Right).km2().round(), 869.0);
//! assert_eq!(found.land.gained(Side::Left).km2(), 0.0);
//! # Ok::<(), treatyline::problem::Problems>(())
//! ```

pub(crate) mod align;
mod along;
mod apart;
pub(crate) mod comparison;
pub(crate) mod distribution;
mod faces;
mod frechet;
pub(crate) mod hausdorff;
mod inside;
mod land;
pub(crate) mod neighbours;
mod pieces;
mod plane;
pub(crate) mod profile;
pub(crate) mod related;
pub(crate) mod ring;
pub(crate) mod stretches;
mod track;
pub(crate) mod tree;
mod winding;

pub(crate) use apart::Apart;
pub(crate) use comparison::Compared;
pub use comparison::{Comparison, Settings};
pub(crate) use distribution::Distribution;
pub use faces::Face;
#[doc(hidden)]
pub use faces::Width;
pub use frechet::Frechet;
pub use hausdorff::{Farthest, Hausdorff};
pub use land::Land;
#[doc(hidden)]
pub use land::{Gain, Sum};
pub(crate) use neighbours::Neighbours;
pub(crate) use neighbours::total;
pub use related::Unrelated;
pub(crate) use ring::Joint;
pub use ring::Version;
pub(crate) use stretches::Matched;
pub use stretches::OnlyIn;
pub use track::Spot;
#[doc(hidden)]
pub use track::{Near, Track};
