//! CSV: a row for each stretch, method and resolution.

use super::model::ResolutionReport;
use super::stretch::{PointEntry, StretchEntry};
use crate::report::rows::Rows;

const HEADER: [&str; 10] = [
    "of",
    "name",
    "medium",
    "method",
    "resolution_m",
    "length_m",
    "edges",
    "dimension",
    "standard_error",
    "half_width_95",
];

pub(super) fn report(report: &ResolutionReport) -> String {
    let mut table = Rows::new(HEADER);
    let whole = std::iter::once(("line", &report.whole));
    let shown = report.shown.iter().map(|stretch| ("shown", stretch));
    let segments = report.segments.iter().map(|stretch| ("segment", stretch));
    for (name, stretch) in whole.chain(shown).chain(segments) {
        for (method, curve) in [("simplified", &stretch.simplified), ("walked", &stretch.walked)] {
            for point in &curve.points {
                table.push(row(name, stretch, method, point));
            }
        }
    }
    table.into_text()
}

fn row(name: &str, stretch: &StretchEntry, method: &str, point: &PointEntry) -> [String; 10] {
    let dimension = point.dimension;
    let cell = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    [
        name.to_owned(),
        stretch.name.clone(),
        stretch.medium.map_or_else(String::new, |medium| medium.name().to_owned()),
        method.to_owned(),
        point.resolution_m.to_string(),
        point.length_m.to_string(),
        point.edges.to_string(),
        cell(dimension.map(|found| found.value)),
        cell(dimension.map(|found| found.standard_error)),
        cell(dimension.map(|found| found.half_width_95)),
    ]
}
