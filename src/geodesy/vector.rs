//! Three-dimensional vectors, as much of them as is needed.

/// A vector from the Earth's centre, or between two points, in metres.
pub(crate) type Vector = [f64; 3];

#[inline]
pub(crate) fn minus(a: Vector, b: Vector) -> Vector {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

/// `a` and so much of `b`.
#[inline]
pub(crate) fn plus(a: Vector, b: Vector, share: f64) -> Vector {
    [a[0] + share * b[0], a[1] + share * b[1], a[2] + share * b[2]]
}

#[inline]
pub(crate) fn dot(a: Vector, b: Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[inline]
pub(crate) fn cross(a: Vector, b: Vector) -> Vector {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}
