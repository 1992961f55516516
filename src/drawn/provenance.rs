//! Where a line comes from.

use serde::Serialize;

/// Where a line comes from, as every document and page says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Provenance {
    /// Its title, or else where it was read from.
    pub title: String,
    /// Where it was read from.
    pub origin: String,
    /// SHA-256 of that.
    pub sha256: String,
}
