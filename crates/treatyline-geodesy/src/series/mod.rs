//! The mid-latitude series: exact to a nanometre on short edges, at the cost of a few
//! nanoseconds. `docs/geodesy.md` derives it and states its errors.
//!
//! Everything here is additions, multiplications and square roots, which IEEE 754
//! defines to the last bit, and nothing is fused: the same numbers give the same
//! result on every machine and with every instruction set.

mod area;
mod length;
#[rustfmt::skip] // Written by a program; a test compares this file with what the program writes.
mod terms;

pub(super) use area::{AreaSeries, LocalArea, ZoneFrom};
pub(super) use length::{LengthSeries, LocalLength};

use terms::COSINES;

/// How many points a function is sampled at to become a polynomial.
const NODES: usize = COSINES.len() / 4;

/// Horner's rule, lowest power first.
#[inline(always)]
pub(super) fn polynomial<const N: usize>(x: f64, coefficients: &[f64; N]) -> f64 {
    let mut sum = 0.0;
    let mut power = N;
    while power > 0 {
        power -= 1;
        sum = sum * x + coefficients[power];
    }
    sum
}

/// The Chebyshev expansion of `K` functions on [−1, 1] up to degree `D` − 1, from their
/// values at `N` points; `D` ≤ `N` ≤ 16, powers of two.
#[inline(always)]
fn expansion<const K: usize, const D: usize, const N: usize>(
    functions: impl Fn(f64) -> [f64; K],
) -> [[f64; K]; D] {
    // The points are the zeros of T_N, cos((2k + 1)π/2N).
    let step = COSINES.len() / (4 * N);
    // Loops, because the closures of array methods are not always inlined.
    let mut expansion = [[0.0; K]; D];
    for k in 0..N {
        let value = functions(COSINES[(2 * k + 1) * step]);
        for (n, sums) in expansion.iter_mut().enumerate() {
            // T_n(cos θ) = cos nθ
            let weight = COSINES[(2 * k + 1) * step * n % COSINES.len()] / N as f64;
            for (sum, value) in sums.iter_mut().zip(&value) {
                *sum += weight * value;
            }
        }
    }
    for sums in &mut expansion[1..] {
        for sum in sums {
            *sum *= 2.0;
        }
    }
    expansion
}

/// Turns `K` functions on [−1, 1] into polynomials of the degrees asked for: their
/// Chebyshev expansions, cut and written in powers. With each comes a bound on what
/// the cut drops.
fn fit<const K: usize>(
    degrees: [usize; K],
    functions: impl Fn(f64) -> [f64; K],
) -> [([f64; NODES], f64); K] {
    let expansions = expansion::<K, NODES, NODES>(functions);
    std::array::from_fn(|i| {
        let of_this = expansions.map(|terms| terms[i]);
        let (kept, cut) = of_this.split_at(degrees[i] + 1);
        (in_powers(kept), cut.iter().map(|c| c.abs()).sum())
    })
}

/// `K` functions of latitude over the few kilometres that a block of short edges takes
/// up: polynomials of the fourth degree in x, which is −1 at the lower latitude of the
/// block and 1 at the higher.
#[derive(Debug, Clone)]
pub(super) struct Local<const K: usize> {
    middle: f64,
    /// From the sum of two latitudes' offsets to x: 1 over the width of the block.
    per_width: f64,
    /// By powers of x.
    powers: [[f64; K]; 5],
}

/// Latitudes this close together make a block narrow.
const NARROW_DEG: f64 = 0.2;

/// Beyond this latitude no block is narrow: cos² φ would lose digits.
const NARROW_UP_TO_DEG: f64 = 80.0;

impl<const K: usize> Local<K> {
    /// `None` where the latitudes are too far apart or too near a pole.
    #[inline(always)]
    fn new(low: f64, high: f64, functions: impl Fn(f64) -> [f64; K]) -> Option<Self> {
        let narrow = high - low <= NARROW_DEG && low.abs().max(high.abs()) <= NARROW_UP_TO_DEG;
        if !narrow {
            return None;
        }
        let middle = f64::midpoint(low, high);
        // Never zero, so that x is a number.
        let half = (0.5 * (high - low)).max(1e-9);
        let t: [[f64; K]; 5] = expansion::<K, 5, 8>(
            #[inline(always)]
            |x| functions(middle + half * x),
        );
        let mut powers = [[0.0; K]; 5];
        for i in 0..K {
            powers[0][i] = t[0][i] - t[2][i] + t[4][i];
            powers[1][i] = t[1][i] - 3.0 * t[3][i];
            powers[2][i] = 2.0 * t[2][i] - 8.0 * t[4][i];
            powers[3][i] = 4.0 * t[3][i];
            powers[4][i] = 8.0 * t[4][i];
        }
        Some(Self { middle, per_width: 0.5 / half, powers })
    }

    /// x at the mid-latitude of an edge.
    #[inline(always)]
    fn place(&self, lat1: f64, lat2: f64) -> f64 {
        ((lat1 - self.middle) + (lat2 - self.middle)) * self.per_width
    }

    /// The function at x, by its first `D` powers.
    #[inline(always)]
    fn value<const D: usize>(&self, function: usize, x: f64) -> f64 {
        let mut sum = 0.0;
        let mut power = D;
        while power > 0 {
            power -= 1;
            sum = sum * x + self.powers[power][function];
        }
        sum
    }
}

/// A Chebyshev expansion in powers.
fn in_powers(expansion: &[f64]) -> [f64; NODES] {
    let mut powers = [0.0; NODES];
    let (mut before, mut now) = ([0.0; NODES], [0.0; NODES]);
    now[0] = 1.0;
    for (n, coefficient) in expansion.iter().enumerate() {
        for (power, part) in powers.iter_mut().zip(now) {
            *power += coefficient * part;
        }
        let mut next = [0.0; NODES];
        let twice = if n == 0 { 1.0 } else { 2.0 };
        for k in 0..NODES {
            let shifted = if k == 0 { 0.0 } else { twice * now[k - 1] };
            next[k] = shifted - if n == 0 { 0.0 } else { before[k] };
        }
        (before, now) = (now, next);
    }
    powers
}

/// The first `N` powers, each times a factor.
fn scaled<const N: usize>(powers: &[f64; NODES], factor: f64) -> [f64; N] {
    std::array::from_fn(|k| powers[k] * factor)
}

/// Degrees to radians.
const RADIAN: f64 = std::f64::consts::PI / 180.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_polynomial_is_found_again() {
        let cubic = |x: f64| [1.0 - 2.0 * x + 3.0 * x * x - 4.0 * x * x * x];
        let [(powers, dropped)] = fit([3], cubic);
        for (found, wanted) in powers.iter().zip([1.0, -2.0, 3.0, -4.0, 0.0]) {
            assert!((found - wanted).abs() < 1e-14, "{powers:?}");
        }
        assert!(dropped < 1e-14);
        let [(_, dropped)] = fit([2], cubic);
        assert!((dropped - 1.0).abs() < 1e-14, "x³ is (3 T₁ + T₃)/4");
    }

    /// Values to 25 digits from `scripts/derive_series.py --values`.
    #[test]
    fn the_coefficients_are_those_derived() {
        let table = include_str!("../../../../tests/data/geodesy/terms.csv");
        for line in table.lines().skip(1) {
            let numbers: Vec<f64> = line.split(',').map(|n| n.parse().unwrap()).collect();
            let (s2, e2) = (numbers[0], numbers[1]);
            let found = [&terms::length(s2, e2)[..], &terms::area(s2, e2)[..]].concat();
            for (found, wanted) in found.iter().zip(&numbers[2..]) {
                // Terms of opposite sign cancel; compared with 1, the largest, nothing is lost.
                assert!((found - wanted).abs() < 1e-15, "{found} {wanted} in {line}");
            }
            assert_eq!(found.len() + 2, numbers.len());
        }
    }

    #[test]
    fn sines_are_good_to_the_last_digit() {
        for tenth in -450_i32..=450 {
            let t = f64::from(tenth) / 10.0;
            let sin_double = t * polynomial(t * t, &terms::SIN_DOUBLE);
            let (sin, cos) = (2.0 * t).to_radians().sin_cos();
            assert!((sin_double - sin).abs() < 3e-16, "{t}");
            let half = t * polynomial(t * t, &terms::SIN_EIGHTH);
            assert!((2.0 * half * half - (1.0 - cos)).abs() < 5e-16, "{t}");
            let whole = polynomial(t * t, &terms::COS_EIGHTH);
            assert!((whole - t.to_radians().cos()).abs() < 3e-16, "{t}");
        }
    }

    /// Blocks at every degree, edges in every direction and up to the longest that a
    /// block takes: what the fewer powers cost.
    #[test]
    fn a_block_is_as_good_as_its_edges_one_by_one() {
        let length = LengthSeries::new(&crate::Ellipsoid::WGS84).unwrap();
        let area = AreaSeries::new(&crate::Ellipsoid::WGS84).unwrap();
        let mut compared = 0;
        for low in (-79..79).map(|degree| f64::from(degree) + 0.3) {
            let high = low + 0.199;
            let (local, from) = (length.local(low, high).unwrap(), area.zone_from(low));
            let surface = area.local(&from, low, high).unwrap();
            let cos = low.to_radians().cos();
            for (size, azimuth) in (0..90).flat_map(|az| [0.01, 0.1, 0.5, 1.0].map(|s| (s, az))) {
                let (sin_az, cos_az) = f64::from(azimuth).to_radians().sin_cos();
                let size_deg = 0.08 * cos * size;
                let (lat1, east) = (low + 0.1, size_deg * sin_az / cos);
                let lat2 = lat1 + size_deg * cos_az;
                let (by_one, in_block) =
                    (length.edge(lat1, lat2, east), local.edge(lat1, lat2, east));
                if !in_block.is_nan() {
                    assert!((in_block / by_one - 1.0).abs() < 5e-15, "{low}: {in_block} {by_one}");
                    compared += 1;
                }
                let (by_one, in_block) =
                    (area.edge(&from, lat1, lat2, east), surface.edge(lat1, lat2, east));
                if !in_block.is_nan() {
                    // Next to the strip between edge and parallel.
                    let strip = east * (lat2 - low) * RADIAN * cos;
                    assert!(
                        (in_block - by_one).abs() <= 5e-14 * strip,
                        "{low}: {in_block} {by_one}"
                    );
                    compared += 1;
                }
            }
        }
        assert!(compared > 80_000, "{compared}");
        assert!(length.local(45.0, 45.3).is_none() && length.local(80.0, 80.1).is_none());
    }

    #[test]
    fn a_flat_ellipsoid_has_no_series() {
        use crate::Ellipsoid;
        let inverse = |f| Ellipsoid::new("", 6.4e6, 1.0 / f).unwrap();
        assert!(LengthSeries::new(&inverse(250.0)).is_some());
        assert!(AreaSeries::new(&inverse(250.0)).is_some());
        assert!(LengthSeries::new(&inverse(50.0)).is_none());
        assert!(AreaSeries::new(&inverse(50.0)).is_none());
    }
}
