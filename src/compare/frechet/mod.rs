//! Fréchet distance: the shortest leash between two walkers who walk the two lines from start to
//! end and never turn back.
//!
//! Unlike the Hausdorff distance it sees order: a line and the same line with a piece
//! walked back and forth are apart by half of that piece.
//!
//! # Accuracy
//!
//! **Discrete.** Both lines are sampled at equal steps (not at vertices). Every point of a
//! line lies within half a step of a sample along the line, so the continuous distance
//! differs from the discrete one by no more than the step.
//!
//! **Continuous.** It is no less than the Hausdorff distance and the distances of the ends,
//! and no more than the discrete one and its step. Between these bounds it is bisected:
//! whether a leash is long enough is decided in the free-space diagram (Alt & Godau 1995),
//! exactly but for the Earth's curvature. With *h* the leash, *L* ≤ 1 km the longest edge
//! and *R* the Earth's radius, a cell's free space is convex to *hL²*/8*R²*, shares of an
//! edge seen from two vertices differ by *hL²*/4*R²*, and the reach of a vertex is off by
//! 2·10⁻¹⁷ *h³* m⁻² ([`Gnomonic`](crate::geodesy::Gnomonic)): in all 0.1 mm at 10 km and
//! 2 cm at 100 km. The bounds given are wider by that.

mod discrete;
mod free_space;

use self::free_space::FreeSpace;
use super::hausdorff::Hausdorff;
use super::track::Track;
use crate::geodesy::Place;
use crate::geodesy::earth;
use crate::geodesy::vector::{dot, minus};
use crate::quantity::Metres;

/// To turn a chord into the way: a flattened Earth changes that by less than 10⁻⁷ of it at 100 km.
const RADIUS_M: f64 = earth::MEAN_RADIUS_M;

/// The continuous distance is found to a millimetre, or to this share of it.
const PRECISION_M: f64 = 1e-3;
const PRECISION_SHARE: f64 = 1e-6;

/// Cells of free-space diagrams that are looked at before the search ends: half a second.
const CELLS: usize = 50_000_000;

/// Beyond this distance the reach of a vertex is not known well enough to decide anything.
const FARTHEST_M: f64 = 1e6;

/// The Fréchet distance of two lines, and the discrete one.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Frechet {
    /// The distance is no less than this.
    pub low: Metres,
    /// The distance is no more than this.
    pub high: Metres,
    /// Whether these bounds are as near to each other as the search goes. If not, the lines
    /// are so long, so wild or so far apart that only bounds are given.
    pub settled: bool,
    /// The distance between samples of the lines.
    pub discrete: Metres,
    /// The step they were taken at.
    pub step: Metres,
}

impl Frechet {
    /// The distance of two pairs of lines together: the longer leash.
    pub(super) fn longer(self, other: Self) -> Self {
        let most = |a: Metres, b: Metres| if a < b { b } else { a };
        Self {
            low: most(self.low, other.low),
            high: most(self.high, other.high),
            settled: self.settled && other.settled,
            discrete: most(self.discrete, other.discrete),
            step: most(self.step, other.step),
        }
    }

    /// The distance between the lines, in the middle of its bounds.
    #[must_use]
    pub fn distance(&self) -> Metres {
        (self.low + self.high) * 0.5
    }

    /// Measures both, the lines walked from their starts.
    ///
    /// # Complexity
    /// For the discrete distance, time at most in proportion to the product of the numbers
    /// of samples, 10⁸ whatever the lines. For the continuous one, some tens of passes over
    /// those pairs of edges that are nearer to each other than the distance itself; after
    /// 5·10⁷ pairs it stops with the bounds found by then.
    #[must_use]
    #[doc(hidden)]
    pub fn new(old: &Track, new: &Track, hausdorff: &Hausdorff) -> Self {
        let discrete::Discrete { distance_m, step_m } = discrete::distance(old, new);
        let ends = [(old.line().start(), new.line().start()), (old.line().end(), new.line().end())];
        let ends_m = ends.map(|(a, b)| old.line().geodesic().distance(a, b).value());
        let least_m = ends_m.into_iter().fold(hausdorff.symmetric().value(), f64::max);
        let within = [least_m.max(distance_m - step_m), distance_m + step_m];
        let Bounds { low, high, settled } = continuous(old, new, within);
        let [discrete, step] = [distance_m, step_m].map(Metres::new);
        Self { low, high, settled, discrete, step }
    }
}

struct Bounds {
    low: Metres,
    high: Metres,
    settled: bool,
}

/// The continuous distance, known to lie within two bounds.
fn continuous(old: &Track, new: &Track, [mut low_m, mut high_m]: [f64; 2]) -> Bounds {
    let precision_m = PRECISION_M.max(PRECISION_SHARE * high_m);
    // Very often it is the Hausdorff distance.
    let mut leash_m = low_m + precision_m;
    let mut cells = CELLS;
    while high_m - low_m > precision_m && high_m < FARTHEST_M {
        match FreeSpace::new(old, new, leash_m).can_be_walked(&mut cells) {
            None => break,
            Some(true) => high_m = leash_m,
            Some(false) => low_m = leash_m,
        }
        leash_m = f64::midpoint(low_m, high_m);
    }
    let off_m = curvature_m(high_m);
    Bounds {
        low: Metres::new((low_m - off_m).max(0.0)),
        high: Metres::new(high_m + off_m),
        settled: high_m - low_m <= precision_m && high_m < FARTHEST_M,
    }
}

/// How much the Earth's curvature can change a decision (see above), and a micrometre for
/// rounding.
fn curvature_m(leash_m: f64) -> f64 {
    1e-6 + 1e-8 * leash_m + 2e-17 * leash_m.powi(3)
}

/// The square of a chord.
fn chord_squared(p: &Place, q: &Place) -> f64 {
    let chord = minus(p.position(), q.position());
    dot(chord, chord)
}
