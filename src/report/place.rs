//! Places that must lie on the line or to one side of it, and where they do.

use serde::Serialize;

use super::finding::FindingEntry;
use super::model::Report;
use super::phrase::Phrase;
use super::rounding::fixed;
use super::sections::{self, Section, SectionKind};
use super::table::{Lean, Table};
use crate::check::{Findings, Topic, Verdict};
use crate::dossier::{Dossier, PointKind, StatedPosition};
use crate::quantity::Dimension;
use crate::wording::{distance, list, shortened};

/// A place with a source that says where it lies.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlaceEntry {
    /// Its id among the dossier's points.
    pub id: String,
    /// Its name.
    pub(crate) name: String,
    /// The id of the party it should lie in; absent for a place that should lie on the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// How far it is from the line; absent without coordinates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<f64>,
    /// Whether it lies there.
    pub verdict: Verdict,
    /// Whether it has an extent, and its middle is meant: a lake, a height.
    #[serde(skip)]
    has_middle: bool,
}

impl PlaceEntry {
    /// All places of a dossier, by the findings on them.
    pub(super) fn all(dossier: &Dossier, findings: &Findings) -> Vec<Self> {
        let points = dossier.points.iter().filter_map(|point| {
            let finding = findings.about(&Topic::Place(point.id.clone()))?;
            let party = match &point.position {
                StatedPosition::Side(party) => Some(party.clone()),
                StatedPosition::OnLine | StatedPosition::Unstated => None,
            };
            let (id, name) = (point.id.clone(), point.name.clone());
            // It is all that such a finding derives.
            let distance_m = finding
                .derived
                .first()
                .map(|value| fixed(value.interval.middle(), Dimension::Length));
            let has_middle = matches!(point.kind, PointKind::Lake | PointKind::Height);
            Some(Self { id, name, party, distance_m, verdict: finding.verdict, has_middle })
        });
        points.collect()
    }
}

/// Longer names would push the table beyond 100 columns.
const LONGEST_NAME: usize = 48;

/// The places, and pairs of them with the line in between.
pub(super) fn section(report: &Report) -> Option<Section> {
    let (placed, unplaced): (Vec<_>, Vec<_>) =
        report.places.iter().partition(|place| place.distance_m.is_some());
    let mut table = Table::new(&[
        ("place", Lean::Left),
        ("should lie", Lean::Left),
        ("from the line", Lean::Right),
        ("verdict", Lean::Left),
    ]);
    for PlaceEntry { name, party, distance_m, verdict, .. } in placed {
        let party = party.as_ref().map(|id| report.parties.iter().find(|party| party.id == *id));
        table.row([
            shortened(name, LONGEST_NAME).into_owned().into(),
            match party {
                Some(party) => format!("in {}", party.map_or("", |party| &party.name)).into(),
                None => "on the line".into(),
            },
            distance_m.map_or_else(String::new, distance).into(),
            sections::verdict(*verdict),
        ]);
    }
    let names: Vec<String> = unplaced.iter().map(|place| place.name.clone()).collect();
    let skipped = (!names.is_empty())
        .then(|| format!("Described, but no source gives coordinates: {}.", list(&names)))
        .map(|words| Phrase::verdict(Verdict::Skipped, words));
    let is_on_pair = |finding: &&FindingEntry| matches!(finding.id.topic(), Topic::Pair(_));
    let pairs = report.findings.iter().filter(is_on_pair);
    let section = Section {
        kind: SectionKind::Other,
        title: "Sides".to_owned(),
        paragraphs: vec![explanation(report).into()],
        after: pairs.map(sections::marked).chain(skipped).collect(),
        table: Some(table),
    };
    (!report.places.is_empty()).then_some(section)
}

fn explanation(report: &Report) -> String {
    let middle = if report.places.iter().any(|place| place.has_middle) {
        "; of a lake or a height that is its middle"
    } else {
        ""
    };
    format!(
        "Places of which a source says on which side of the line they lie, or that they lie on \
         it{middle}. A side is certain where the distance is larger than the uncertainties of place \
         and line together; the findings on sides say how large they are."
    )
}
