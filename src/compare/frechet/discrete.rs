//! The discrete distance: between samples of the lines, by the recurrence of Eiter &
//! Mannila 1994.

use super::{RADIUS_M, chord_squared};
use crate::compare::Track;
use crate::geodesy::Place;

/// The number of samples of the longer line. To look at every pair would take a quarter of a
/// second. Where lines follow each other, only few pairs are near enough to matter.
const SAMPLES: f64 = 10_000.0;
/// Samples closer than this add nothing.
const LEAST_STEP_M: f64 = 0.1;

/// A distance between samples.
pub(super) struct Discrete {
    /// In metres.
    pub(super) distance_m: f64,
    /// The step the samples were taken at.
    pub(super) step_m: f64,
}

/// Measures it, both lines walked from their starts.
///
/// # Complexity
/// Time at most in proportion to the product of the numbers of samples, 10⁸ whatever the
/// lines; memory in proportion to one of them.
pub(super) fn distance(old: &Track, new: &Track) -> Discrete {
    let lengths = [old, new].map(|track| track.line().length().value());
    let step_m = (lengths[0].max(lengths[1]) / SAMPLES).max(LEAST_STEP_M);
    let [a, b] = [old, new].map(|track| samples(track, step_m));
    let chord_m = discrete(&a, &b).sqrt();
    let half = (0.5 * chord_m / RADIUS_M).min(1.0);
    Discrete { distance_m: 2.0 * RADIUS_M * half.asin(), step_m }
}

/// Places along a line, evenly and no farther apart than a step.
fn samples(track: &Track, step_m: f64) -> Vec<Place> {
    let line = track.line();
    // Between 1 and SAMPLES.
    let parts = (line.length().value() / step_m).ceil().clamp(1.0, SAMPLES) as u32;
    let at = |i: u32| line.at(line.length() * (f64::from(i) / f64::from(parts)));
    (0..=parts).map(|i| line.frame().place(at(i))).collect()
}

/// The square of the discrete distance, by chords, row by row: each cell is the larger one of its
/// own distance and the smallest of its three predecessors. Cells farther apart than a greedy walk
/// ever gets cannot be on the best walk and are skipped.
fn discrete(a: &[Place], b: &[Place]) -> f64 {
    let most = greedy(a, b);
    let mut row = vec![f64::INFINITY; b.len()];
    // The cells of the row above that can be reached lie between these.
    let (mut first, mut last) = (0, 0);
    for (i, p) in a.iter().enumerate() {
        // The cell above and to the left; the first cell has none.
        let mut before = if i == 0 { 0.0 } else { f64::INFINITY };
        let mut left = f64::INFINITY;
        let mut reached = None;
        for (j, (cell, q)) in row.iter_mut().zip(b).enumerate().skip(first) {
            if j > last + 1 && left == f64::INFINITY {
                break;
            }
            let above = *cell;
            let value = chord_squared(p, q).max(before.min(above).min(left));
            left = if value <= most { value } else { f64::INFINITY };
            (before, *cell) = (above, left);
            if left < f64::INFINITY {
                let begin = reached.map_or(j, |(begin, _)| begin);
                reached = Some((begin, j));
            }
        }
        // The greedy walk itself reaches every row.
        (first, last) = reached.unwrap_or((first, last));
    }
    row.last().copied().unwrap_or(0.0)
}

/// The square of the largest distance on the greedy walk, which always steps to the nearest next
/// pair.
fn greedy(a: &[Place], b: &[Place]) -> f64 {
    let (mut i, mut j, mut most) = (0, 0, 0.0_f64);
    while let (Some(p), Some(q)) = (a.get(i), b.get(j)) {
        most = most.max(chord_squared(p, q));
        let ahead = |i: usize, j: usize| {
            let pair = a.get(i).zip(b.get(j));
            pair.map_or(f64::INFINITY, |(p, q)| chord_squared(p, q))
        };
        let (both, one, other) = (ahead(i + 1, j + 1), ahead(i + 1, j), ahead(i, j + 1));
        let step = if both <= one && both <= other {
            (1, 1)
        } else if one <= other {
            (1, 0)
        } else {
            (0, 1)
        };
        (i, j) = (i + step.0, j + step.1);
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::{Ellipsoid, Frame};
    use geo::Coord;

    #[test]
    fn passing_over_cells_changes_nothing() {
        let frame = Frame::new(&Ellipsoid::WGS84);
        let path = |count: u32, seed: f64| -> Vec<Place> {
            let at = |i: u32| {
                let t = f64::from(i) * seed;
                Coord { x: 82.0 + 0.01 * f64::from(i) + 0.03 * t.sin(), y: 45.0 + 0.05 * t.cos() }
            };
            (0..count).map(|i| frame.place(at(i))).collect()
        };
        for (n, m, seed) in [(1, 1, 0.1), (1, 9, 0.3), (30, 40, 1.7), (60, 25, 2.9), (50, 50, 0.2)]
        {
            let (a, b) = (path(n, seed), path(m, 1.0 - 0.2 * seed));
            let mut whole = vec![vec![f64::INFINITY; b.len() + 1]; a.len() + 1];
            whole[0][0] = 0.0;
            for i in 1..=a.len() {
                for j in 1..=b.len() {
                    let reach = whole[i - 1][j - 1].min(whole[i - 1][j]).min(whole[i][j - 1]);
                    whole[i][j] = chord_squared(&a[i - 1], &b[j - 1]).max(reach);
                }
            }
            assert_eq!(discrete(&a, &b), whole[a.len()][b.len()], "{n} × {m}");
        }
    }
}
