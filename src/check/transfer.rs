//! `division/transfer/*`: the land between older depictions and the line, against what the
//! parties are said to have received.
//!
//! A depiction shows where somebody drew the line before the instruments; the land between
//! it and the line changed sides, if both are right. Land that a party held and kept shows
//! in no depiction. So a published award *smaller* than what moved is excluded, one
//! *larger* is not: the rest may have been kept.

use std::collections::BTreeMap;

use super::{Derived, Finding, Severity, Subject, Verdict};
use crate::dossier::{Dossier, Figure, Party, Sector};
use crate::quantity::{Dimension, Interval};
use crate::wording;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let dossier = subject.dossier;
    let by_sector = dossier.sectors.iter().flat_map(|sector| {
        let parts = [sector];
        let awards = sector.facts.awards.iter();
        awards
            .filter_map(|(party, figure)| {
                one(dossier, &sector.id, &sector.facts.name, &parts, party, figure)
            })
            .collect::<Vec<_>>()
    });
    let settlements = dossier.division.iter().flat_map(|division| &division.settlements);
    let by_instrument = settlements.flat_map(|(instrument, settlement)| {
        let settled = |sector: &&Sector| sector.facts.settled_by.as_ref() == Some(instrument);
        let parts: Vec<&Sector> = dossier.sectors.iter().filter(settled).collect();
        let names: Vec<String> = parts.iter().map(|sector| sector.facts.name.clone()).collect();
        let name = format!("{} together", wording::list(&names));
        let awards = settlement.awards.iter();
        awards
            .filter_map(|(party, figure)| one(dossier, instrument, &name, &parts, party, figure))
            .collect::<Vec<_>>()
    });
    by_sector.chain(by_instrument).collect()
}

/// What a party gained of some sectors, by the depictions that show all of them.
struct Gained {
    /// Depiction to the area as measured.
    by_depiction: BTreeMap<String, f64>,
    /// All of them, each as uncertain as its lines.
    range: Interval,
}

fn gained(sectors: &[&Sector], party: &str) -> Option<Gained> {
    let mut by_depiction: BTreeMap<String, (f64, f64, usize)> = BTreeMap::new();
    for transfer in sectors.iter().flat_map(|sector| &sector.facts.transfers) {
        let sums = by_depiction.entry(transfer.source.clone()).or_default();
        sums.0 += transfer.gains_m2.get(party).copied().unwrap_or(0.0);
        sums.1 += transfer.within_m2;
        sums.2 += 1;
    }
    by_depiction.retain(|_, (_, _, count)| *count == sectors.len());
    let ranges = by_depiction.values().filter_map(|(area_m2, within_m2, _)| {
        let range = Interval::around(*area_m2, *within_m2)?;
        Interval::new(range.low().max(0.0), range.high())
    });
    let range = ranges.reduce(Interval::hull)?;
    let by_depiction = by_depiction.into_iter().map(|(key, (area_m2, ..))| (key, area_m2));
    Some(Gained { by_depiction: by_depiction.collect(), range })
}

fn one(
    dossier: &Dossier,
    id: &str,
    name: &str,
    sectors: &[&Sector],
    party: &str,
    figure: &str,
) -> Option<Finding> {
    let (party, figure) = (dossier.party(party)?, dossier.figure(figure)?);
    let gained = gained(sectors, &party.id)?;
    let (verdict, word) = held(gained.range, figure);
    let told: Vec<String> = gained
        .by_depiction
        .iter()
        .map(|(key, area_m2)| format!("{} ({key})", km2(*area_m2)))
        .collect();
    let why = format!(
        "{name}: between older depictions and the line lie {} that went to {}, within the lines' \
         accuracy {}; {} {} published as received. {word}",
        wording::list(&told),
        party.name,
        wording::range(gained.range, Dimension::Area, 0),
        figure.text(),
        if figure.text().starts_with("1 ") { "is" } else { "are" },
    );
    let sources = sectors.iter().flat_map(|sector| &sector.facts.transfers).map(|t| &t.source);
    let id = format!("division/transfer/{id}/{}", party.id.to_lowercase());
    Some(
        Finding::new(id, Severity::Note, verdict, why)
            .figures([figure.id.as_str()])
            .derived([Derived::new("moved, by all depictions", gained.range, Dimension::Area)])
            .residual(gained.range.middle() - figure.nominal(), Dimension::Area)
            .sources(std::iter::once(&figure.source).chain(sources)),
    )
}

fn held(moved: Interval, figure: &Figure) -> (Verdict, &'static str) {
    if moved.meets(figure.interval) {
        (Verdict::Consistent, "The two agree.")
    } else if figure.interval.high() < moved.low() {
        (Verdict::Inconsistent, "More moved than that.")
    } else {
        (Verdict::Undecided, "The rest may be land it held before, which no depiction shows.")
    }
}

/// What moved to a party in all sectors, as a sentence behind the published share; nothing
/// where no depiction shows any of it.
pub(super) fn everywhere(dossier: &Dossier, party: &Party) -> String {
    let shown: Vec<&Sector> =
        dossier.sectors.iter().filter(|sector| !sector.facts.transfers.is_empty()).collect();
    let Some(gained) = gained(&shown, &party.id) else { return String::new() };
    let areas = gained.by_depiction.values();
    let (least, most) = areas.fold((f64::INFINITY, 0.0_f64), |(least, most), area_m2| {
        (least.min(*area_m2), most.max(*area_m2))
    });
    format!(
        " Between the line and older depictions {}–{} went to {} in {}, but which of it was in \
         dispute no source says.",
        wording::number(least / 1e6, 0),
        km2(most),
        party.name,
        wording::count(shown.len(), "place"),
    )
}

fn km2(area_m2: f64) -> String {
    format!("{} km²", wording::number(area_m2 / 1e6, 0))
}
