//! The limits within which a number can be right.

/// What an accuracy must be.
pub const ACCURACY: &str = "a positive number of metres below 10,000 km";

/// Whether a number can be an accuracy in metres: positive, and below a quarter of the way around
/// the Earth; with a larger one every line would agree with every other.
#[must_use]
pub fn is_accuracy(metres: f64) -> bool {
    metres > 0.0 && metres < 1e7
}
