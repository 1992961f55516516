//! Lengths and areas of features, as text and JSON.

use serde::Serialize;

use super::json::pretty;
use super::model::{fixed, metres};
use super::table::{Lean, Table};
use super::text::Page;
use crate::geodesy::{Ellipsoid, Method};
use crate::measure::{FeatureMeasures, Total};
use crate::quantity::{Dimension, SquareMetres};
use crate::wording::{count, number, shortened};

/// The document `treatyline/measure/v1`.
#[derive(Debug, Clone, Serialize)]
pub struct MeasureReport {
    /// The document type and its version.
    pub schema: &'static str,
    /// How it was measured.
    pub method: MeasureMethod,
    /// The features, file by file.
    pub features: Vec<FeatureEntry>,
    /// Their sums.
    pub total: TotalEntry,
}

/// How lengths and areas were made.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct MeasureMethod {
    /// The ellipsoid.
    pub ellipsoid: &'static str,
    /// What an edge is.
    pub edge_rule: &'static str,
    /// How an edge is measured: `series` or `karney`.
    pub algorithm: &'static str,
}

/// A feature.
#[derive(Debug, Clone, Serialize)]
pub struct FeatureEntry {
    /// The file it is in.
    pub file: String,
    /// Its number there, from 1.
    pub number: usize,
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it calls itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `line`, `polygon` or `point`.
    pub kind: &'static str,
    /// The length of its lines.
    pub length_m: Option<f64>,
    /// The length of its rings.
    pub perimeter_m: Option<f64>,
    /// The area of its polygons.
    pub area_m2: Option<f64>,
    /// How many outer rings run clockwise; read all the same.
    #[serde(skip_serializing_if = "is_zero")]
    pub clockwise_rings: usize,
}

/// Sums over all features.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct TotalEntry {
    /// The length of all lines, perimeters not among it.
    pub length_m: f64,
    /// The area of all polygons.
    pub area_m2: f64,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_zero(number: &usize) -> bool {
    *number == 0
}

fn square_metres(area: SquareMetres) -> f64 {
    fixed(area.value(), Dimension::Area)
}

impl MeasureReport {
    /// Gathers what was measured in files, each with its name.
    #[must_use]
    pub fn new(method: Method, files: &[(String, Vec<FeatureMeasures>)]) -> Self {
        let total = Total::of(files.iter().flat_map(|(_, features)| features));
        let entries = files
            .iter()
            .flat_map(|(file, features)| features.iter().map(|each| FeatureEntry::new(file, each)));
        Self {
            schema: "treatyline/measure/v1",
            method: MeasureMethod {
                ellipsoid: Ellipsoid::WGS84.name(),
                edge_rule: "geodesic",
                algorithm: method.name(),
            },
            features: entries.collect(),
            total: TotalEntry {
                length_m: metres(total.length),
                area_m2: square_metres(total.area),
            },
        }
    }

    /// The JSON document.
    #[must_use]
    pub fn json(&self) -> String {
        pretty(self)
    }

    /// A table for a terminal, the total last.
    #[must_use]
    pub fn text(&self) -> String {
        let mut page = Page::default();
        let mut table = Table::new(&[
            ("feature", Lean::Left),
            ("kind", Lean::Left),
            ("length", Lean::Right),
            ("perimeter", Lean::Right),
            ("area", Lean::Right),
        ]);
        let mut file = None;
        let several = self.features.iter().any(|each| each.file != self.features[0].file);
        for each in &self.features {
            if several && file != Some(&each.file) {
                let name = shortened(&each.file, LONGEST_NAME).into_owned();
                table.row([name, String::new(), String::new(), String::new(), String::new()]);
                file = Some(&each.file);
            }
            let indent = if several { "  " } else { "" };
            table.row([
                format!("{indent}{}", shortened(&each.called(), LONGEST_NAME)),
                each.kind.to_owned(),
                each.length_m.map_or_else(String::new, km),
                each.perimeter_m.map_or_else(String::new, km),
                each.area_m2.map_or_else(String::new, km2),
            ]);
        }
        let TotalEntry { length_m, area_m2 } = self.total;
        table.row(["total".to_owned(), String::new(), km(length_m), String::new(), km2(area_m2)]);
        page.table(&table);
        let clockwise: usize = self.features.iter().map(|each| each.clockwise_rings).sum();
        if clockwise > 0 {
            let verb = if clockwise == 1 { "runs" } else { "run" };
            page.paragraph(&format!(
                "{} {verb} clockwise, against RFC 7946; the area is that inside all the same.",
                count(clockwise, "outer ring"),
            ));
        }
        page.paragraph(&format!(
            "WGS 84, edges are geodesics, measured by {}.",
            if self.method.algorithm == Method::Karney.name() {
                "Karney's method"
            } else {
                "the series and Karney's method"
            },
        ));
        page.into_text()
    }
}

/// Longer names would push the numbers beyond 100 columns.
const LONGEST_NAME: usize = 30;

/// To the metre and the hundredth of a hectare.
fn km(metres: f64) -> String {
    format!("{} km", number(metres / 1e3, 3))
}

fn km2(square_metres: f64) -> String {
    format!("{} km²", number(square_metres / 1e6, 4))
}

impl FeatureEntry {
    fn new(file: &str, feature: &FeatureMeasures) -> Self {
        Self {
            file: file.to_owned(),
            number: feature.number,
            id: feature.id.clone(),
            name: feature.name.clone(),
            kind: feature.kind.name(),
            length_m: feature.length.map(metres),
            perimeter_m: feature.perimeter.map(metres),
            area_m2: feature.area.map(square_metres),
            clockwise_rings: feature.clockwise,
        }
    }

    fn called(&self) -> String {
        let name = self.id.as_ref().or(self.name.as_ref());
        name.map_or_else(|| format!("feature {}", self.number), Clone::clone)
    }
}
