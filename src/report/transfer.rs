//! Land that changed sides: as published, and as older depictions and the line show it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::model::{Range, Report, fixed};
use super::sections::{self, Section};
use super::table::{Lean, Table};
use crate::check::{Transfer, Verdict, transfers};
use crate::dossier::Dossier;
use crate::quantity::Dimension;
use crate::wording::{self, number, shortened};

/// Land that is said to have gone to a party, and what older depictions show of it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TransferEntry {
    /// Names of the sectors.
    pub land: String,
    /// Id of the party that received it.
    pub party: String,
    /// Id of the published figure.
    pub figure: String,
    /// By the bibliography key of a depiction: what lies between it and the line and went to
    /// that party, square metres.
    pub by_depiction_m2: BTreeMap<String, f64>,
    /// From the least to the most of them, as uncertain as the finest depiction.
    pub moved_m2: Range,
    /// Whether the two agree.
    pub verdict: Verdict,
}

impl TransferEntry {
    /// All of a dossier.
    pub(super) fn all(dossier: &Dossier) -> Vec<Self> {
        let area = |area_m2: f64| fixed(area_m2, Dimension::Area);
        let entry = |transfer: Transfer<'_>| Self {
            land: wording::list(&transfer.names),
            party: transfer.party.id.clone(),
            figure: transfer.figure.id.clone(),
            by_depiction_m2: transfer
                .by_depiction
                .into_iter()
                .map(|(key, area_m2)| (key.clone(), area(area_m2)))
                .collect(),
            moved_m2: Range::new(transfer.range, Dimension::Area),
            verdict: transfer.verdict,
        };
        transfers(dossier).into_iter().map(entry).collect()
    }
}

/// Longer names would push the numbers beyond 100 columns.
const LONGEST_NAME: usize = 24;

/// Who received what: the shares, the land as geometry shows it, and what the figures say of
/// each other.
pub(super) fn section(report: &Report) -> Option<Section> {
    let findings: Vec<_> = report.of_kind("division").collect();
    let shares = findings.iter().filter(|finding| finding.id.starts_with("division/share/"));
    let mut paragraphs: Vec<String> = shares.copied().map(sections::marked).collect();
    let headlines = report.headlines.iter().filter_map(|id| report.finding(id));
    // Where one figure is both area and award, and stands in the table, there is no more to tell.
    let in_table = |figure: &String| report.transfers.iter().any(|it| it.figure == *figure);
    let awards = findings.iter().copied().filter(|finding| {
        let told = finding.verdict == Verdict::Skipped && finding.figures.iter().all(in_table);
        finding.id.ends_with("/awards") && !told
    });
    let after: Vec<String> = headlines.chain(awards).map(sections::marked).collect();
    let table = (!report.transfers.is_empty()).then(|| table(report));
    if table.is_some() {
        paragraphs.push(TOLD.to_owned());
    }
    let title = "The division".to_owned();
    let told = !(paragraphs.is_empty() && after.is_empty());
    told.then_some(Section { title, paragraphs, table, after })
}

const TOLD: &str = "What each side is said to have received, and what went to it between older \
                    depictions and the line: by each of them, and from the least to the most, as \
                    uncertain as the finest is. Land that was held before and kept shows in none.";

fn table(report: &Report) -> Table {
    let keys = report.transfers.iter().flat_map(|transfer| transfer.by_depiction_m2.keys());
    let keys: BTreeSet<&String> = keys.collect();
    let by: Vec<String> = keys.iter().map(|key| format!("by {key}")).collect();
    let mut columns = vec![("land", Lean::Left), ("to", Lean::Left), ("published", Lean::Right)];
    columns.extend(by.iter().map(|title| (title.as_str(), Lean::Right)));
    columns.extend([("moved", Lean::Right), ("verdict", Lean::Left)]);
    let mut table = Table::new(&columns);
    for transfer in &report.transfers {
        let party = report.parties.iter().find(|party| party.id == transfer.party);
        let figure = report.figures.iter().find(|figure| figure.id == transfer.figure);
        let mut row = vec![
            shortened(&transfer.land, LONGEST_NAME).into_owned(),
            party.map_or_else(String::new, |party| party.name.clone()),
            figure.map_or_else(String::new, |figure| figure.text.clone()),
        ];
        row.extend(keys.iter().map(|key| {
            let area_m2 = transfer.by_depiction_m2.get(*key);
            area_m2.map_or_else(String::new, |area_m2| format!("{} km²", number(area_m2 / 1e6, 0)))
        }));
        row.push(transfer.moved_m2.text(Dimension::Area, 0));
        row.push(sections::verdict(transfer.verdict));
        table.row(row);
    }
    table
}
