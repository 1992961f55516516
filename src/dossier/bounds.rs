//! How large a number may be and still mean something.

/// What an accuracy must be.
pub const ACCURACY: &str = "a positive number of metres below 10,000 km";

/// Whether a number can be an accuracy in metres: positive, and below a quarter of the
/// way around the Earth, from which on everything would agree with everything.
#[must_use]
pub fn is_accuracy(metres: f64) -> bool {
    metres > 0.0 && metres < 1e7
}

/// What the denominator of a scale must be.
pub(crate) const SCALE: &str = "the denominator of a scale between 1 and 1,000,000,000";

/// Whether a number can be the denominator of a map's scale.
pub(crate) fn is_scale(denominator: f64) -> bool {
    (1.0..=1e9).contains(&denominator)
}
