//! Runs and stretches as features, for a GIS.

use serde_json::{Map, json};

use super::model::CourseReport;
use crate::course::{Course, Kind};
use crate::io::{Layer, NewFeature, Shape};
use crate::quantity::Metres;
use crate::report::legends;
use crate::report::rounding::{millimetres, object};

/// The runs along a river and the stretches by what they follow, as lines. Properties are
/// flat; `kind` says which of the two a feature is.
#[must_use]
pub fn course(report: &CourseReport, course: &Course) -> Layer {
    let line = |from: Metres, to: Metres| Shape::Lines(course.paths(from, to));
    let runs = course.runs().iter().zip(1..).map(|(run, number)| NewFeature {
        id: format!("run-{number}"),
        shape: line(run.from, run.to),
        properties: object(json!({
            "kind": "run",
            "follows": Kind::River.name(),
            "name": run.name,
            "from_m": millimetres(run.from),
            "to_m": millimetres(run.to),
            "length_m": millimetres(run.length()),
            "near_m": millimetres(run.near),
        })),
    });
    let stretches = course.stretches();
    let stretches = stretches.iter().zip(1..).map(|(it, number)| NewFeature {
        id: format!("stretch-{number}"),
        shape: line(it.from, it.to),
        properties: object(json!({
            "kind": "stretch",
            "follows": it.kind.name(),
            "name": null,
            "from_m": millimetres(it.from),
            "to_m": millimetres(it.to),
            "length_m": millimetres(it.length()),
            "near_m": null,
        })),
    });
    let mut members = Map::new();
    members.insert(
        "title".to_owned(),
        format!("What {} follows", report.line.provenance.title).into(),
    );
    members.insert("line_sha256".to_owned(), report.line.provenance.sha256.clone().into());
    let features = runs.chain(stretches).collect();
    Layer::new("course", features).with_members(members).with_legends(vec![legends::course()])
}
