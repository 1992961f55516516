//! A stretch of line at every resolution, as a report shows it.

use serde::Serialize;

use crate::dossier::{Band, Medium};
use crate::quantity;
use crate::report::Range;
use crate::report::rounding::{fixed, metres};
use crate::resolution::{Curve, Curves, FractalDimension};

/// A part of the line.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StretchEntry {
    /// Its name: that of a segment, `whole`, `shown water`, `shown sea` or `rest`.
    pub name: String,
    /// The medium of a segment in the dossier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) medium: Option<Medium>,
    /// How many separate parts it has, each with two ends.
    pub(crate) parts: usize,
    /// How many edges it has.
    pub(crate) edges: usize,
    /// Its length at full detail.
    pub(crate) length_m: f64,
    /// Its length over the measurement band, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) band_m: Option<Range>,
    /// Simplified.
    pub simplified: CurveEntry,
    /// Walked with dividers.
    pub walked: CurveEntry,
}

/// A length for each resolution.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CurveEntry {
    /// The dimension over all resolutions at which the data show it, if they do.
    pub(crate) dimension: Option<DimensionEntry>,
    /// Resolutions, ascending.
    pub points: Vec<PointEntry>,
}

/// A length at a resolution.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PointEntry {
    /// The tolerance or the opening.
    pub resolution_m: f64,
    /// The length.
    pub length_m: f64,
    /// How many edges, or steps, make it up.
    pub(crate) edges: usize,
    /// The dimension around here; `null` for the three points at each end.
    pub(crate) dimension: Option<DimensionEntry>,
}

/// A fractal dimension.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct DimensionEntry {
    /// Its value.
    pub(crate) value: f64,
    /// The standard error.
    pub(crate) standard_error: f64,
    /// Half the width of the 95 % interval.
    pub(crate) half_width_95: f64,
    /// The finest resolution used.
    pub(crate) from_m: f64,
    /// The coarsest.
    pub(crate) to_m: f64,
    /// How many points were used.
    pub(crate) points: usize,
}

impl StretchEntry {
    pub(super) fn new(
        name: &str,
        medium: Option<Medium>,
        curves: &Curves,
        band: Option<&Band>,
    ) -> Self {
        let over = band.and_then(|band| curves.between(band.fine_m, band.coarse_m));
        Self {
            name: name.to_owned(),
            medium,
            parts: curves.simplified.parts,
            edges: curves.simplified.data_edges,
            length_m: metres(curves.length),
            band_m: over.map(|range| Range::new(range, quantity::Dimension::Length)),
            simplified: CurveEntry::new(&curves.simplified),
            walked: CurveEntry::new(&curves.walked),
        }
    }
}

impl CurveEntry {
    fn new(curve: &Curve) -> Self {
        let local = curve.local_dimensions();
        let points = curve.points.iter().map(|point| {
            let here = local.iter().find(|each| each.resolution_m == point.resolution_m);
            PointEntry {
                resolution_m: point.resolution_m,
                length_m: metres(point.length),
                edges: point.edges,
                dimension: here.map(|each| DimensionEntry::new(each.dimension)),
            }
        });
        Self { dimension: curve.dimension().map(DimensionEntry::new), points: points.collect() }
    }
}

impl DimensionEntry {
    fn new(dimension: FractalDimension) -> Self {
        let ratio = |value| fixed(value, quantity::Dimension::Ratio);
        Self {
            value: ratio(dimension.value),
            standard_error: ratio(dimension.standard_error),
            half_width_95: ratio(dimension.half_width_95),
            from_m: dimension.from_m,
            to_m: dimension.to_m,
            points: dimension.points,
        }
    }
}
