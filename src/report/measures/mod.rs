//! Lengths and areas of features: one model, one writer per file.
//!
//! A file may hold millions of features, so nothing here collects them: each is written at once,
//! and the sums over all of them follow.

mod csv;
mod json;
mod text;

use std::io;

use serde::Serialize;
use serde_json::Value;

use super::FixLists;
use super::rounding::{degrees, fixed, metres};
use crate::drawn::{DrawnLine, Gap};
use crate::geodesy::{Ellipsoid, Method};
use crate::measure::{FeatureMeasures, Groups, Kind, Total};
use crate::quantity::{Dimension, Metres, SquareMetres};

pub use csv::MeasureCsv;
pub use json::MeasureJson;
pub use text::MeasureText;

/// Something that writes measures down.
pub trait MeasureWriter {
    /// Takes a feature.
    ///
    /// # Errors
    /// Those of the output.
    fn feature(&mut self, feature: FeatureEntry) -> io::Result<()>;

    /// Takes the sums over all features. This is the last call.
    ///
    /// # Errors
    /// Those of the output.
    fn sums(&mut self, sums: MeasureSums) -> io::Result<()>;
}

/// The beginning of the document `treatyline/measure/v1`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MeasureHead {
    /// The document type and its version.
    pub(crate) schema: &'static str,
    /// How it was measured.
    pub(crate) method: MeasureMethod,
    /// The attribute by which features are grouped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<String>,
}

/// The document `treatyline/measure/v1`. It is written feature by feature, so it never exists as a
/// whole.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[expect(dead_code, reason = "only its shape is wanted")]
pub(super) struct MeasureDocument {
    #[schemars(flatten)]
    head: MeasureHead,
    /// The features, file by file; none where only sums were asked for.
    #[schemars(skip_serializing_if = "Option::is_none")]
    features: Option<Vec<FeatureEntry>>,
    #[schemars(flatten)]
    sums: MeasureSums,
}

/// How lengths and areas were made.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct MeasureMethod {
    /// The ellipsoid.
    pub(crate) ellipsoid: &'static str,
    /// What an edge is.
    pub(crate) edge_rule: &'static str,
    /// How an edge is measured: `series` or `karney`.
    pub(crate) algorithm: &'static str,
}

/// A feature.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FeatureEntry {
    /// The file it is in.
    pub(crate) file: String,
    /// Its number there, from 1.
    pub(crate) number: usize,
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    /// Its name, from its attributes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    /// `line`, `polygon`, `point`, `mixed` for a collection of several, or `none`.
    pub(crate) kind: &'static str,
    /// Its value of the attribute by which features are grouped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) group: Option<Value>,
    /// The length of its lines.
    pub(crate) length_m: Option<f64>,
    /// The length of its rings.
    pub(crate) perimeter_m: Option<f64>,
    /// The area of its polygons.
    pub(crate) area_m2: Option<f64>,
    /// How many outer rings run clockwise; they are measured like others.
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) clockwise_rings: usize,
    /// Where an outline of it first crosses itself; `area_m2` is then the area it encloses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) crosses: Option<CrossesEntry>,
    /// What several of its polygons have in common; it is in `area_m2` more than once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) overlap: Option<OverlapEntry>,
}

/// What several polygons of a feature have in common.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct OverlapEntry {
    /// A corner of the largest part of it.
    pub(crate) lon: f64,
    /// A corner of the largest part of it.
    pub(crate) lat: f64,
    /// The area that every two have in common, added up.
    pub(crate) area_m2: f64,
}

/// An outline that crosses itself.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct CrossesEntry {
    /// Where.
    pub(crate) lon: f64,
    /// Where.
    pub(crate) lat: f64,
    /// The area of the feature by the rule of odd numbers, if that is not `area_m2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) even_odd_area_m2: Option<f64>,
    /// Its area without all that holes go round, if holes cross other rings and that is not
    /// `area_m2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) winding_area_m2: Option<f64>,
}

/// The end of the document: the sums over all features.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MeasureSums {
    /// The line that was put together from a whole file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<JoinedEntry>,
    /// Sums by the value of an attribute.
    pub groups: Vec<GroupEntry>,
    /// Sums over all features.
    pub total: TotalEntry,
    #[serde(flatten)]
    #[allow(missing_docs, reason = "a schema would repeat the words")]
    pub read: FixLists,
}

/// A line put together from the lines of a file, or the boundary shared by its two
/// polygons.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JoinedEntry {
    /// What it is called.
    pub(crate) title: Option<String>,
    /// How near to each other, in degrees, the outlines of two polygons had to be.
    pub(crate) snapping_deg: f64,
    /// Its length with all gaps bridged in a straight line.
    pub(crate) bridged_m: f64,
    /// Where one part does not begin where the one before ends.
    pub(crate) gaps: Vec<GapEntry>,
    /// Whether two polygons have none in common, so that there is no line.
    #[serde(skip)]
    pub(super) is_nothing: bool,
}

/// A gap in a line.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct GapEntry {
    /// Where it begins.
    pub(crate) lon: f64,
    /// Where it begins.
    pub(crate) lat: f64,
    /// How wide it is.
    pub(crate) width_m: f64,
}

/// Sums over the features that have one value of an attribute.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GroupEntry {
    /// The value; `null` for features that have none.
    pub(crate) value: Value,
    /// The sums.
    #[serde(flatten)]
    pub(crate) total: TotalEntry,
}

/// Sums over features.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TotalEntry {
    /// The number of features.
    pub(crate) count: usize,
    /// The length of all lines, without perimeters.
    pub(crate) length_m: f64,
    /// The length of all rings.
    pub(crate) perimeter_m: f64,
    /// The area of all polygons.
    pub(crate) area_m2: f64,
    /// How many outer rings run clockwise.
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) clockwise_rings: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_zero(number: &usize) -> bool {
    *number == 0
}

fn square_metres(area: SquareMetres) -> f64 {
    fixed(area.value(), Dimension::Area)
}

impl MeasureHead {
    /// For measures by a method, grouped by an attribute.
    #[must_use]
    pub fn new(method: Method, by: Option<&str>) -> Self {
        Self {
            schema: "treatyline/measure/v1",
            method: MeasureMethod {
                ellipsoid: Ellipsoid::WGS84.name(),
                edge_rule: "geodesic",
                algorithm: method.name(),
            },
            by: by.map(str::to_owned),
        }
    }
}

impl FeatureEntry {
    /// The entry of a feature in a file; with its group if features are grouped.
    #[must_use]
    pub fn new(file: &str, feature: FeatureMeasures, grouped: bool) -> Self {
        Self {
            file: file.to_owned(),
            number: feature.number,
            id: feature.id,
            name: feature.name,
            kind: feature.kind.name(),
            group: grouped.then_some(feature.group),
            length_m: feature.length.map(metres),
            perimeter_m: feature.perimeter.map(metres),
            area_m2: feature.area.map(square_metres),
            clockwise_rings: feature.clockwise,
            crosses: feature.crossed.map(|crossed| CrossesEntry {
                lon: degrees(crossed.at.x),
                lat: degrees(crossed.at.y),
                even_odd_area_m2: feature.even_odd_area.map(square_metres),
                winding_area_m2: feature.winding_area.map(square_metres),
            }),
            overlap: feature.overlap.map(|overlap| OverlapEntry {
                lon: degrees(overlap.at.x),
                lat: degrees(overlap.at.y),
                area_m2: square_metres(overlap.area),
            }),
        }
    }

    fn called(&self) -> String {
        let name = self.id.as_ref().or(self.name.as_ref());
        name.map_or_else(|| format!("feature {}", self.number), Clone::clone)
    }
}

impl MeasureSums {
    /// The sums over all features, and over their groups if there are any.
    #[must_use]
    pub fn new(groups: Option<&Groups>, total: &Total) -> Self {
        let groups = groups.into_iter().flat_map(Groups::totals);
        let group = |(value, total): (&Value, Total)| GroupEntry {
            value: value.clone(),
            total: TotalEntry::new(&total),
        };
        Self {
            line: None,
            groups: groups.map(group).collect(),
            total: TotalEntry::new(total),
            read: FixLists::default(),
        }
    }
}

impl TotalEntry {
    fn new(total: &Total) -> Self {
        Self {
            count: total.count,
            length_m: metres(total.length),
            perimeter_m: metres(total.perimeter),
            area_m2: square_metres(total.area),
            clockwise_rings: total.clockwise,
        }
    }
}

impl JoinedEntry {
    /// A line as it was drawn, with its length, and its measures as a feature. Gaps are no part
    /// of either.
    #[must_use]
    pub fn new(drawn: &DrawnLine, length: Metres) -> (Self, FeatureMeasures) {
        let gap = |gap: &Gap| GapEntry { lon: gap.at.x, lat: gap.at.y, width_m: metres(gap.width) };
        let gaps: Metres = drawn.gaps.iter().map(|gap| gap.width).sum();
        let feature = FeatureMeasures {
            number: 1,
            id: None,
            name: drawn.title.clone(),
            kind: Kind::Lines,
            length: Some(length),
            perimeter: None,
            area: None,
            clockwise: 0,
            crossed: None,
            overlap: None,
            even_odd_area: None,
            winding_area: None,
            group: Value::Null,
        };
        let entry = Self {
            title: drawn.title.clone(),
            snapping_deg: drawn.snapping_deg,
            bridged_m: metres(length + gaps),
            gaps: drawn.gaps.iter().map(gap).collect(),
            is_nothing: false,
        };
        (entry, feature)
    }

    /// Two polygons that have no boundary in common.
    #[must_use]
    pub fn nothing_shared(snapping_deg: f64) -> (Self, FeatureMeasures) {
        let title = Some("no boundary shared by the two polygons".to_owned());
        let feature = FeatureMeasures {
            number: 1,
            id: None,
            name: title.clone(),
            kind: Kind::Lines,
            length: Some(Metres::default()),
            perimeter: None,
            area: None,
            clockwise: 0,
            crossed: None,
            overlap: None,
            even_odd_area: None,
            winding_area: None,
            group: Value::Null,
        };
        let entry =
            Self { title, snapping_deg, bridged_m: 0.0, gaps: Vec::new(), is_nothing: true };
        (entry, feature)
    }
}
