//! Newline-delimited GeoJSON: each feature a line, nothing around them.

use crate::{NewFeature, geojson};

/// The features, a line each.
pub(super) fn lines(features: &[NewFeature]) -> String {
    features.iter().map(|feature| format!("{}\n", geojson::feature(feature))).collect()
}
