//! Discrete Fréchet distance: the shortest leash for two that walk the two lines from
//! start to end, neither ever turning back.
//!
//! Unlike the Hausdorff distance it sees order: a line and the same line with a piece
//! walked back and forth are as far apart as the piece is long.
//!
//! # Accuracy
//!
//! Both lines are sampled at equal steps (not at vertices) and the exact recurrence of
//! Eiter & Mannila 1994 is run over the samples. Every point of a line lies within half a
//! step of a sample along the line, so the true (continuous) distance differs by no more
//! than the step. The continuous one (Alt & Godau 1995) is not computed.

use super::track::Track;
use crate::geodesy::Place;
use crate::geodesy::vector::{dot, minus};
use crate::quantity::Metres;

/// Samples of the longer line: their square is what has to be looked at, a tenth of a
/// second's work.
const SAMPLES: f64 = 8_000.0;
/// Closer than this, samples tell nothing more.
const LEAST_STEP_M: f64 = 0.1;
/// The Earth's mean radius R₁ (Moritz 2000), to turn a chord into the way: a flattened
/// Earth changes that by less than 10⁻⁷ of it at 100 km.
const RADIUS_M: f64 = 6_371_008.771_4;

/// A discrete Fréchet distance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frechet {
    /// The distance between the samples.
    pub distance: Metres,
    /// The step they were taken at: by how much the true distance can differ.
    pub step: Metres,
}

impl Frechet {
    /// Measures it, both lines walked from their starts.
    ///
    /// # Complexity
    /// Time in proportion to the product of the numbers of samples, at most some 6·10⁷,
    /// whatever the lines; memory in proportion to one of them.
    #[must_use]
    pub fn new(old: &Track, new: &Track) -> Self {
        let lengths = [old, new].map(|track| track.line().length().value());
        let step_m = (lengths[0].max(lengths[1]) / SAMPLES).max(LEAST_STEP_M);
        let [a, b] = [old, new].map(|track| samples(track, step_m));
        let chord_m = discrete(&a, &b).sqrt();
        let half = (0.5 * chord_m / RADIUS_M).min(1.0);
        Self { distance: Metres::new(2.0 * RADIUS_M * half.asin()), step: Metres::new(step_m) }
    }
}

/// Places along a line, evenly and no farther apart than a step.
fn samples(track: &Track, step_m: f64) -> Vec<Place> {
    let line = track.line();
    // Between 1 and SAMPLES.
    let parts = (line.length().value() / step_m).ceil().clamp(1.0, SAMPLES) as u32;
    let at = |i: u32| line.at(line.length() * (f64::from(i) / f64::from(parts)));
    (0..=parts).map(|i| line.frame().place(at(i))).collect()
}

/// The square of the discrete distance, by chords: row by row, each cell being the larger
/// of its own distance and the smallest of its three forerunners.
fn discrete(a: &[Place], b: &[Place]) -> f64 {
    let mut row = vec![f64::INFINITY; b.len()];
    for (i, p) in a.iter().enumerate() {
        // The cell above and to the left; before the first there is nothing to wait for.
        let mut before = if i == 0 { 0.0 } else { f64::INFINITY };
        let mut left = f64::INFINITY;
        for (cell, q) in row.iter_mut().zip(b) {
            let apart = minus(p.position, q.position);
            let above = *cell;
            left = dot(apart, apart).max(before.min(above).min(left));
            (before, *cell) = (above, left);
        }
    }
    row.last().copied().unwrap_or(0.0)
}
