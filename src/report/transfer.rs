//! Land that changed sides: as published, and as older depictions and the line show it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::finding::FindingEntry;
use super::model::{Range, Report};
use super::phrase::Phrase;
use super::rounding::fixed;
use super::sections::{self, Section, SectionKind};
use super::table::{Lean, Table};
use crate::check::{CheckKind, FindingId, Topic, Transfer, Verdict};
use crate::quantity::Dimension;
use crate::wording::{self, number, shortened};

/// Land that is published as received, and what older depictions show of it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TransferEntry {
    /// Id of the finding.
    pub id: FindingId,
    /// Names of the sectors.
    pub(crate) land: String,
    /// Id of the instrument that settled all of it, where that is what is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) instrument: Option<String>,
    /// Id of the party that received it; absent where it is all of the land.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// Ids of the published figures; several where the amount was computed from them.
    pub(crate) figures: Vec<String>,
    /// The amount published, or computed from published figures, as people write it.
    pub(crate) published: String,
    /// What that means, square metres.
    pub(crate) published_m2: Range,
    /// By the bibliography key of a depiction: the land between it and the line that went to
    /// that party, square metres.
    pub by_depiction_m2: BTreeMap<String, f64>,
    /// What the depictions show the other way round, square metres.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) contrary_m2: BTreeMap<String, f64>,
    /// For all of the land: both claims together as the depictions draw them, the least and the
    /// most, square metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) together_m2: Option<Range>,
    /// From the least to the most of them, widened by the uncertainty of the finest depiction.
    pub(crate) moved_m2: Range,
    /// Whether the claims that the depictions draw are inferred.
    pub(crate) claims_are_inferred: bool,
    /// Whether the two agree.
    pub verdict: Verdict,
    /// The amount for a column in km².
    #[serde(skip)]
    pub(crate) published_km2: String,
}

impl TransferEntry {
    /// A transfer as a report holds it.
    pub(super) fn new(transfer: &Transfer<'_>) -> Self {
        let areas = |areas: &BTreeMap<&str, f64>| {
            let kept = |(key, area_m2): (&&str, &f64)| {
                ((*key).to_owned(), fixed(*area_m2, Dimension::Area))
            };
            areas.iter().map(kept).collect()
        };
        Self {
            id: transfer.topic.clone().into(),
            land: wording::list(&transfer.names),
            instrument: transfer.instrument.map(str::to_owned),
            party: transfer.party.map(|party| party.id.clone()),
            published: transfer.amount.text.clone(),
            published_m2: Range::new(transfer.amount.interval, Dimension::Area),
            figures: transfer.amount.figures.clone(),
            by_depiction_m2: areas(&transfer.by_depiction),
            contrary_m2: areas(&transfer.contrary),
            together_m2: transfer.together.map(|sums| Range::new(sums, Dimension::Area)),
            moved_m2: Range::new(transfer.range, Dimension::Area),
            claims_are_inferred: transfer.inferred,
            verdict: transfer.verdict,
            published_km2: transfer.amount.cell.clone(),
        }
    }
}

/// Longer names would push the numbers beyond 100 columns.
const LONGEST_NAME: usize = 24;

/// Who received what: the shares, the land as geometry shows it, and what the figures say of
/// each other.
pub(super) fn section(report: &Report) -> Option<Section> {
    let findings = || report.of_kind(CheckKind::Division);
    let shares = findings().filter(|finding| matches!(finding.id.topic(), Topic::Share(_)));
    let mut paragraphs: Vec<Phrase> = shares.map(sections::marked).collect();
    let headlines = report.headlines.iter().filter_map(|id| report.finding(id.as_str()));
    // Where one figure is both area and award and the table shows it, the finding adds nothing.
    let in_table =
        |figure: &String| report.transfers.iter().any(|it| it.figures == [figure.clone()]);
    let awards = findings().filter(|finding| {
        let in_the_table =
            finding.verdict == Verdict::Skipped && finding.figures.iter().all(in_table);
        matches!(finding.id.topic(), Topic::Awards(_)) && !in_the_table
    });
    let after = wholes(report).into_iter().chain(contrary(report));
    let marked = headlines.chain(awards).map(sections::marked);
    let after: Vec<Phrase> = after.map(Phrase::from).chain(marked).collect();
    let table = (!report.transfers.is_empty()).then(|| table(report));
    if table.is_some() {
        paragraphs.push(EXPLANATION.into());
    }
    let title = "The division".to_owned();
    let has_text = !(paragraphs.is_empty() && after.is_empty());
    has_text.then_some(Section { kind: SectionKind::Other, title, paragraphs, table, after })
}

/// The land of both claims together, as the maps draw them.
fn wholes(report: &Report) -> Option<String> {
    let one = |it: &TransferEntry| {
        let sums = it.together_m2?.text(Dimension::Area, 0);
        Some(format!("{} {sums} of the {} published", it.land, it.published))
    };
    let mut found: Vec<String> = report.transfers.iter().filter_map(one).collect();
    // An instrument may have settled one sector alone.
    found.dedup();
    (!found.is_empty())
        .then(|| format!("Both claims together, as the maps draw them: {}.", found.join("; ")))
}

/// The land that went the other way by the maps, if the other party has no row of its own for
/// it.
fn contrary(report: &Report) -> Option<String> {
    let one = |it: &TransferEntry| {
        let other = report.parties.iter().find(|party| Some(&party.id) != it.party.as_ref())?;
        let rows = || report.transfers.iter().filter(|row| row.land == it.land);
        let in_a_row = |key: &String| {
            rows().any(|row| {
                row.party.as_ref() == Some(&other.id) && row.by_depiction_m2.contains_key(key)
            })
        };
        let areas = it.contrary_m2.iter().filter(|(key, _)| !in_a_row(key));
        let areas: Vec<String> =
            areas.map(|(key, m2)| format!("{} km² ({key})", number(m2 / 1e6, 0))).collect();
        (!areas.is_empty())
            .then(|| format!("{} {} to {}", it.land, wording::list(&areas), other.name))
    };
    let found: Vec<String> = report.transfers.iter().filter_map(one).collect();
    (!found.is_empty()).then(|| format!("The other way round the maps show: {}.", found.join("; ")))
}

const EXPLANATION: &str = "Published awards, and the land between the line and older maps, in km²: by each \
                    map, and as a range (the smallest less, the largest plus, the accuracy of the \
                    best map). An award is compared with the maps that draw the other party's \
                    claim, where that is known, and a whole with both claims. A star marks an \
                    amount that was computed from published figures. Land a party already held \
                    does not show.";

fn table(report: &Report) -> Table {
    let keys = report.transfers.iter().flat_map(|transfer| transfer.by_depiction_m2.keys());
    let keys: BTreeSet<&String> = keys.collect();
    let mut columns = vec![("land", Lean::Left), ("to", Lean::Left), ("published", Lean::Right)];
    columns.extend(keys.iter().map(|key| (key.as_str(), Lean::Right)));
    columns.extend([("range", Lean::Right), ("verdict", Lean::Left)]);
    let mut table = Table::new(&columns);
    for transfer in &report.transfers {
        let party = transfer.party.as_ref().map(|party| name(report, party));
        let mut row: Vec<Phrase> = vec![
            shortened(&transfer.land, LONGEST_NAME).into_owned().into(),
            party.unwrap_or("both").into(),
            transfer.published_km2.as_str().into(),
        ];
        row.extend(keys.iter().map(|key| {
            let area_m2 = transfer.by_depiction_m2.get(*key);
            area_m2.map_or_else(String::new, |area_m2| number(area_m2 / 1e6, 0)).into()
        }));
        row.push(transfer.moved_m2.number(Dimension::Area, 0).into());
        row.push(sections::verdict(transfer.verdict));
        table.row(row);
    }
    table
}

fn name<'a>(report: &'a Report, party: &'a str) -> &'a str {
    report.parties.iter().find(|each| each.id == party).map_or(party, |each| each.name.as_str())
}

/// How far the geometry confirms the division, in two sentences; empty where nothing of it is
/// published.
pub(super) fn in_short(report: &Report) -> String {
    [settlements(report), shares(report)].concat()
}

/// The land that an instrument divided: what older maps confirm, exclude or leave open.
fn settlements(report: &Report) -> String {
    let mut text = String::new();
    for instrument in &report.instruments {
        let is_settled_by_it =
            |transfer: &&TransferEntry| transfer.instrument.as_ref() == Some(&instrument.id);
        let part = |(verdict, verb): (Verdict, &str)| {
            let found =
                report.transfers.iter().filter(is_settled_by_it).filter(|it| it.verdict == verdict);
            let amounts: Vec<String> = found.map(|it| amount(report, it)).collect();
            (!amounts.is_empty()).then(|| format!("{verb} {}", wording::list(&amounts)))
        };
        let parts: Vec<String> = [
            (Verdict::Consistent, "admit"),
            (Verdict::Inconsistent, "exclude"),
            (Verdict::Undecided, "leave open"),
        ]
        .into_iter()
        .filter_map(part)
        .collect();
        let inferred =
            report.transfers.iter().filter(is_settled_by_it).any(|it| it.claims_are_inferred);
        let inferred =
            if inferred { "; that these maps draw the parties' claims is inferred" } else { "" };
        if !parts.is_empty() {
            text.push_str(&format!(
                " Of the land that the {} divided, older maps {}{inferred}.",
                instrument.short,
                wording::list(&parts)
            ));
        }
    }
    text
}

/// `407 km² to China (332–480 km² by the maps)`, `944 km² in all (…)`
fn amount(report: &Report, transfer: &TransferEntry) -> String {
    let to = match &transfer.party {
        Some(party) => format!("to {}", name(report, party)),
        None => "in all".to_owned(),
    };
    let shown = transfer.moved_m2.text(Dimension::Area, 0);
    format!("{} {to} ({shown} by the maps)", transfer.published)
}

/// The published shares, which no geometry can decide.
fn shares(report: &Report) -> String {
    let share = |finding: &FindingEntry| {
        let Topic::Share(party) = finding.id.topic() else { return None };
        let party = report.parties.iter().find(|each| each.id == *party)?;
        let text = |id: &String| Some(report.figures.iter().find(|it| it.id == *id)?.text.clone());
        let [share, area] = &finding.figures[..] else { return None };
        Some((format!("{} received {}", party.name, text(share)?), text(area)?))
    };
    let found: Vec<(String, String)> =
        report.of_kind(CheckKind::Division).filter_map(share).collect();
    let Some((_, area)) = found.first() else { return String::new() };
    let received: Vec<String> = found.iter().map(|(received, _)| received.clone()).collect();
    format!(
        " Whether {} of {area}, the geometry cannot decide: no map shows which land that was.",
        wording::list(&received)
    )
}
