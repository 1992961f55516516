//! Two lines against each other: how far apart they are, and what land lies between.
//!
//! Distances are between lines, not between vertices, on WGS 84. What each number is, how
//! it is found and how far it can be trusted: `docs/compare.md`.
//!
//! ```
//! use treatyline::compare::{Comparison, Settings};
//! use treatyline::drawn::DrawnLine;
//! use treatyline::io::Source;
//!
//! let drawn = |text| DrawnLine::read(Source::new("example", text)?);
//! let old = drawn(r#"{"type":"LineString","coordinates":[[82,46],[82,45]]}"#)?;
//! let new = drawn(r#"{"type":"LineString","coordinates":[[82.1,46],[82.1,45]]}"#)?;
//! let found = Comparison::new(&old, &new, &Settings::default()).unwrap();
//! // Southwards, east is on the left: the new line runs there, the right side gains.
//! let [left, right] = found.land.gains.map(|gain| gain.significant.area.km2().round());
//! assert_eq!((left, right), (0.0, 869.0));
//! # Ok::<(), treatyline::problem::Problems>(())
//! ```

pub(crate) mod align;
mod along;
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

pub(crate) use comparison::Compared;
pub use comparison::{Comparison, Settings};
pub(crate) use distribution::Distribution;
pub use faces::{Face, Width};
pub use frechet::{Continuous, Frechet};
pub use hausdorff::{Farthest, Hausdorff};
pub use land::{Gain, Land, Sum};
pub(crate) use neighbours::Neighbours;
pub(crate) use neighbours::total;
pub use related::Unrelated;
pub(crate) use ring::Joint;
pub use ring::Version;
pub(crate) use stretches::Matched;
pub use stretches::OnlyIn;
pub use track::{Near, Spot, Track};
