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

mod align;
mod along;
mod comparison;
mod distribution;
mod faces;
mod frechet;
mod hausdorff;
mod inside;
mod land;
mod neighbours;
mod pieces;
mod plane;
mod profile;
mod related;
mod ring;
mod stretches;
mod track;
mod tree;
mod winding;

pub use align::Begun;
pub use comparison::{Compared, Comparison, Offset, Settings};
pub use distribution::{Beyond, Distribution};
pub use faces::{Face, Width};
pub use frechet::{Continuous, Frechet};
pub use hausdorff::{Farthest, Hausdorff, farthest};
pub use land::{Gain, Land, Sum};
pub(crate) use neighbours::total;
pub use neighbours::{Facing, Neighbours};
pub use profile::{Bin, Profile};
pub use related::{Doubt, Unrelated};
pub use ring::{Joint, LeftOut, Version};
pub use stretches::{Matched, OnlyIn};
pub use track::{Near, Spot, Track};
pub use tree::{Nearest, Tree};
