//! Newline-delimited GeoJSON: each feature a line, nothing around them.

use std::io::{self, Write};

use crate::{NewFeature, geojson};

/// Writes the features, a line each.
pub(super) fn write_lines(mut to: impl Write, features: &[NewFeature]) -> io::Result<()> {
    features.iter().try_for_each(|feature| writeln!(to, "{}", geojson::feature(feature)))
}
