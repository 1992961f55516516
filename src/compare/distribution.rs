//! How far a line is from another one along its whole length: mean, percentiles, shares.
//!
//! The distance is a function of the chainage. It is sampled at every vertex, and between
//! vertices until it is practically straight or the step is reached. Where vertices are nearer to
//! each other than the step, only every one that is a step farther on is sampled. Between samples
//! the distance counts as straight.
//!
//! Since a distance changes by no more than the way, the integral over a piece of length
//! *L* whose ends differ by Δ cannot be off by more than (*L*² − Δ²)/4. Summed over the
//! pieces not known to be straight this bounds the error of the mean, which in practice is
//! far smaller.

use super::track::Track;
use super::tree::Nearest;
use crate::geodesy::CompensatedSum;
use crate::quantity::Metres;

/// Where edges are sampled in steps, the whole line would have this number of steps.
const STEPS: f64 = 100_000.0;
/// No depiction is finer than this.
const LEAST_STEP_M: f64 = 0.1;
/// A piece is straight if its middle is off by no more than this.
const STRAIGHT_M: f64 = 1e-3;

/// The distances of one line's points from another line, each point weighing as much as
/// the length it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    /// The mean distance.
    pub mean: Metres,
    /// The largest possible error of the mean from sampling.
    pub mean_error: Metres,
    /// Half of the line is nearer than this.
    pub p50: Metres,
    /// Nine tenths of the line are nearer than this.
    pub p90: Metres,
    /// All but a hundredth of the line is nearer than this.
    pub p99: Metres,
    /// The longest step between samples where the distance is not straight.
    pub(crate) step: Metres,
    /// What share of the line is farther than each of the tolerances asked for.
    pub beyond: Vec<Beyond>,
}

/// The share of a line that is farther from another one than a tolerance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beyond {
    /// The tolerance.
    pub(crate) tolerance: Metres,
    /// The share of the line's length, from 0 to 1.
    pub share: f64,
}

/// A piece of the line along which the distance counts as straight.
#[derive(Debug, Clone, Copy)]
struct Piece {
    length_m: f64,
    /// At its two ends, the smaller first.
    low_m: f64,
    high_m: f64,
}

impl Piece {
    /// How much of it is farther than a tolerance.
    fn beyond_m(&self, tolerance_m: f64) -> f64 {
        if self.high_m <= tolerance_m {
            0.0
        } else if self.low_m >= tolerance_m {
            self.length_m
        } else {
            self.length_m * (self.high_m - tolerance_m) / (self.high_m - self.low_m)
        }
    }
}

impl Distribution {
    /// The distances of `from` from `to`.
    #[must_use]
    pub fn new(from: &Track, to: &Track, tolerances: &[Metres]) -> Self {
        Self::of_all(&[(from, to)], tolerances)
    }

    /// The distances of several lines, each from another one, taken together.
    #[must_use]
    pub(super) fn of_all(pairs: &[(&Track, &Track)], tolerances: &[Metres]) -> Self {
        let length = total(pairs.iter().map(|(from, _)| from.line().length().value()));
        let step_m = (length / STEPS).max(LEAST_STEP_M);
        let mut pieces = Sampled::default();
        for (from, to) in pairs {
            let sampled = Sampler { from, to, step_m, hint: 0, sampled: Sampled::default() }.run();
            pieces.pieces.extend(sampled.pieces);
            pieces.error_m2 += sampled.error_m2;
        }
        let length_m = total(pieces.pieces.iter().map(|piece| piece.length_m));
        let sum =
            total(pieces.pieces.iter().map(|p| p.length_m * f64::midpoint(p.low_m, p.high_m)));
        let farther = |m: f64| total(pieces.pieces.iter().map(|p| p.beyond_m(m))) / length_m;
        let most_m = pieces.pieces.iter().map(|piece| piece.high_m).fold(0.0, f64::max);
        let percentile = |share: f64| {
            let (mut low, mut high) = (0.0, most_m);
            // To a tenth of a millimetre.
            while high - low > 1e-4_f64.max(1e-12 * most_m) {
                let middle = f64::midpoint(low, high);
                if farther(middle) > share { low = middle } else { high = middle }
            }
            Metres::new(high)
        };
        Self {
            mean: Metres::new(sum / length_m),
            mean_error: Metres::new(pieces.error_m2 / length_m + STRAIGHT_M),
            p50: percentile(0.5),
            p90: percentile(0.1),
            p99: percentile(0.01),
            step: Metres::new(step_m),
            beyond: tolerances
                .iter()
                .map(|tolerance| Beyond {
                    tolerance: *tolerance,
                    share: farther(tolerance.value()),
                })
                .collect(),
        }
    }
}

fn total(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut sum = CompensatedSum::default();
    numbers.for_each(|number| sum.add(number));
    sum.total()
}

/// The pieces of a line, and how far their integral can be off.
#[derive(Debug, Default)]
struct Sampled {
    pieces: Vec<Piece>,
    error_m2: f64,
}

struct Sampler<'a> {
    from: &'a Track,
    to: &'a Track,
    step_m: f64,
    hint: usize,
    sampled: Sampled,
}

impl Sampler<'_> {
    fn run(mut self) -> Sampled {
        let mut begin = self.look(0, 0.0);
        let mut edge = 0;
        while edge < self.from.places().len() - 1 {
            let (last, length_m) = self.step(edge);
            let end = self.look(last, 1.0);
            if last > edge {
                self.steps_off(length_m, [begin, end].map(|end| end.distance_m));
            } else {
                self.piece(edge, [0.0, 1.0], [begin, end], length_m);
            }
            (begin, edge) = (end, last + 1);
        }
        self.sampled
    }

    /// The last edge of those from `edge` on that are a step long together, and their length.
    fn step(&self, edge: usize) -> (usize, f64) {
        let (mut last, mut length_m) = (edge, self.from.chord_m(edge));
        for next in edge + 1..self.from.places().len() - 1 {
            let longer_m = length_m + self.from.chord_m(next);
            if longer_m > self.step_m {
                break;
            }
            (last, length_m) = (next, longer_m);
        }
        (last, length_m)
    }

    /// Counts a stretch that is no longer than the step and not known to be straight.
    fn steps_off(&mut self, length_m: f64, [a, b]: [f64; 2]) {
        self.sampled.error_m2 += 0.25 * (length_m - (b - a)).max(0.0) * (length_m + (b - a));
        self.sampled.pieces.push(Piece { length_m, low_m: a.min(b), high_m: a.max(b) });
    }

    fn look(&mut self, edge: usize, share: f64) -> Nearest {
        let near = self.to.nearest_to(&self.from.place(edge, share), self.hint);
        self.hint = near.edge;
        near
    }

    /// Counts a stretch of an edge as one piece, or halves it.
    fn piece(&mut self, edge: usize, shares: [f64; 2], ends: [Nearest; 2], length_m: f64) {
        let [a, b] = ends.map(|end| end.distance_m);
        if length_m <= self.step_m {
            self.steps_off(length_m, [a, b]);
            return;
        }
        let share = shares[0].midpoint(shares[1]);
        let middle = self.look(edge, share);
        let is_inside =
            ends.iter().all(|end| end.edge == middle.edge && end.share > 0.0 && end.share < 1.0);
        if is_inside && (middle.distance_m - f64::midpoint(a, b)).abs() <= STRAIGHT_M {
            self.sampled.pieces.push(Piece { length_m, low_m: a.min(b), high_m: a.max(b) });
            return;
        }
        self.piece(edge, [shares[0], share], [ends[0], middle], 0.5 * length_m);
        self.piece(edge, [share, shares[1]], [middle, ends[1]], 0.5 * length_m);
    }
}
