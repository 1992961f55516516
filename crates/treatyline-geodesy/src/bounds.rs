//! Boxes around edges, for indexes that look for the nearest one.

use super::earth::{LEAST_RADIUS_M, MOST_RADIUS_M};
use super::frame::Place;
use super::vector::{Vector, dot, minus};

/// A box with sides along the axes.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    low: Vector,
    high: Vector,
}

impl Bounds {
    /// Around nothing.
    pub const NOTHING: Self = Self { low: [f64::INFINITY; 3], high: [f64::NEG_INFINITY; 3] };

    /// Around two boxes.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            low: std::array::from_fn(|i| self.low[i].min(other.low[i])),
            high: std::array::from_fn(|i| self.high[i].max(other.high[i])),
        }
    }

    /// Around an edge, the bulge of the surface above its chord included.
    #[must_use]
    pub fn around(a: &Place, b: &Place) -> Self {
        let chord = minus(b.position, a.position);
        let bulge = dot(chord, chord) / (8.0 * LEAST_RADIUS_M);
        Self {
            low: std::array::from_fn(|i| a.position[i].min(b.position[i]) - bulge),
            high: std::array::from_fn(|i| a.position[i].max(b.position[i]) + bulge),
        }
    }

    /// The squared distance from a point to the box, 0 inside.
    #[inline]
    #[must_use]
    pub fn squared_distance(&self, point: Vector) -> f64 {
        // Written out: this runs at each step down a tree, and a loop over three numbers
        // takes several times as long.
        let ([west, south, down], [east, north, up]) = (self.low, self.high);
        let [x, y, z] = point;
        let outside = [
            greatest(west - x, x - east),
            greatest(south - y, y - north),
            greatest(down - z, z - up),
        ];
        dot(outside, outside)
    }

    /// The largest distance, in a straight line, from a point to anything inside.
    #[must_use]
    pub fn radius_m(&self, point: Vector) -> f64 {
        let far: Vector = std::array::from_fn(|i| {
            (point[i] - self.low[i]).abs().max((self.high[i] - point[i]).abs())
        });
        dot(far, far).sqrt()
    }

    /// The middle.
    #[must_use]
    pub fn middle(&self) -> Vector {
        std::array::from_fn(|i| 0.5 * (self.low[i] + self.high[i]))
    }
}

/// The greatest of two numbers and 0.
#[inline]
fn greatest(a: f64, b: f64) -> f64 {
    let most = if a > b { a } else { b };
    if most > 0.0 { most } else { 0.0 }
}

/// A chord no shorter than that of a way along the surface, both in metres.
#[must_use]
pub fn chord_m(way_m: f64) -> f64 {
    const FAR_M: f64 = 1e5;
    if way_m < FAR_M {
        return way_m;
    }
    // The flatter the curve, the longer the chord; a hundredth for distances that are only
    // that exact beyond the horizon.
    let half = (0.5 * way_m / MOST_RADIUS_M).min(std::f64::consts::FRAC_PI_2);
    (1.01 * 2.0 * MOST_RADIUS_M * half.sin()).min(way_m)
}
