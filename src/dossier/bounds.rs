//! How large a number may be and still mean something.

/// What an accuracy must be.
pub const ACCURACY: &str = "a positive number of metres below 10,000 km";

/// Whether a number can be an accuracy in metres: positive, and below a quarter of the
/// way around the Earth, from which on everything would agree with everything.
#[must_use]
pub fn is_accuracy(metres: f64) -> bool {
    metres > 0.0 && metres < 1e7
}
