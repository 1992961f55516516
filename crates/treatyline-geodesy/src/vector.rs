//! Vectors in space: the few operations that a search along a line needs.

/// A vector from the Earth's centre, or between two points, in metres.
pub type Vector = [f64; 3];

/// The difference of two vectors.
#[inline]
#[must_use]
pub fn minus(a: Vector, b: Vector) -> Vector {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

/// `a` and a share of `b`.
#[inline]
#[must_use]
pub fn plus(a: Vector, b: Vector, share: f64) -> Vector {
    [a[0] + share * b[0], a[1] + share * b[1], a[2] + share * b[2]]
}

/// The scalar product.
#[inline]
#[must_use]
pub fn dot(a: Vector, b: Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// The vector product.
#[inline]
#[must_use]
pub fn cross(a: Vector, b: Vector) -> Vector {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}
