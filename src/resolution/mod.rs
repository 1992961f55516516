//! Length as a function of resolution.
//!
//! A length has no meaning without the resolution it was measured at (Richardson 1961;
//! Mandelbrot 1967). A [`Curve`] holds the length of a line at every resolution of a
//! [`ladder`], by one of two rules: [`Curves::simplified`] drops vertices as a cartographer does,
//! [`Curves::walked`] steps along the line with fixed dividers as Richardson did. Its slope
//! gives the fractal [`FractalDimension`]. The curve also gives the resolution at which a published length
//! would be reached. `docs/resolution.md` explains the accuracy of each number.
//!
//! ```
//! use geo::Coord;
//! use treatyline::resolution::{Curves, ladder};
//!
//! let bend = [(82.0, 46.0), (82.01, 45.5), (82.0, 45.0)].map(|(x, y)| Coord { x, y });
//! let curve = Curves::new(&bend, &ladder(&[])).simplified;
//! assert_eq!(curve.at(700.0).unwrap().edges, 2);
//! assert_eq!(curve.at(1_000.0).unwrap().edges, 1);
//! ```

mod curve;
mod curves;
pub(crate) mod dimension;
pub(crate) mod divider;
pub(crate) mod ladder;
pub(crate) mod thinning;
pub(crate) mod together;

pub use curve::{Curve, CurvePoint, Reach};
pub use curves::Curves;
pub use dimension::FractalDimension;
pub(crate) use divider::walked;
pub(crate) use ladder::COARSEST_M;
pub use ladder::ladder;
pub(crate) use thinning::{Thinning, simplified};
pub(crate) use together::Together;
