//! `division/transfer/*`: the land between older depictions and the line, against what the
//! parties are said to have received.
//!
//! A depiction shows where somebody drew the line before the instruments; the land between
//! it and the line changed sides, if both are right. How much that was is uncertain by the
//! spread between the depictions and by the accuracy of the finest of them.
//!
//! Land that a party held and kept shows in no depiction, so an award *larger* than what
//! moved is undecided. One *smaller* is excluded where an instrument settled just that
//! stretch; elsewhere the stretch is inferred and may hold more than the sector.

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
    /// From the least to the most of them, as uncertain as the finest depiction.
    range: Interval,
}

#[derive(Default)]
struct Sums {
    area_m2: f64,
    within_m2: f64,
    sectors: usize,
}

fn gained(sectors: &[&Sector], party: &str) -> Option<Gained> {
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    for transfer in sectors.iter().flat_map(|sector| &sector.facts.transfers) {
        let sum = sums.entry(transfer.source.clone()).or_default();
        sum.area_m2 += transfer.gains_m2.get(party).copied().unwrap_or(0.0);
        sum.within_m2 += transfer.within_m2;
        sum.sectors += 1;
    }
    sums.retain(|_, sum| sum.sectors == sectors.len());
    let finest_m2 = sums.values().map(|sum| sum.within_m2).reduce(f64::min)?;
    let ranges = sums.values().filter_map(|sum| Interval::around(sum.area_m2, finest_m2));
    let range = ranges.reduce(Interval::hull)?;
    let range = Interval::new(range.low().max(0.0), range.high())?;
    let by_depiction = sums.into_iter().map(|(key, sum)| (key, sum.area_m2)).collect();
    Some(Gained { by_depiction, range })
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
    let (verdict, word) = held(&gained, figure, sectors);
    let by = |(key, area_m2): (&String, &f64)| format!("{} by {key}", km2(*area_m2));
    let told: Vec<String> = gained.by_depiction.iter().map(by).collect();
    let why = format!(
        "{name}: between older depictions and the line lie {} that went to {}, with their spread \
         and the accuracy of the finest {}; {} are published as received. {word}",
        wording::list(&told),
        party.name,
        wording::range(gained.range, Dimension::Area, 0),
        figure.text(),
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

fn held(gained: &Gained, figure: &Figure, sectors: &[&Sector]) -> (Verdict, &'static str) {
    let settled = sectors.iter().all(|sector| sector.facts.settled_by.is_some());
    if gained.by_depiction.values().all(|area_m2| *area_m2 <= 0.0) {
        (Verdict::Undecided, "No depiction shows any; it may be land held before.")
    } else if gained.range.meets(figure.interval) {
        (Verdict::Consistent, "The two agree.")
    } else if figure.interval.low() > gained.range.high() {
        (Verdict::Undecided, "The rest may be land held before, which no depiction shows.")
    } else if settled {
        (Verdict::Inconsistent, "More moved than that.")
    } else {
        (Verdict::Undecided, "More moved than that, but the stretch may hold other land too.")
    }
}

/// What moved to a party in all sectors, as a sentence behind the published share; nothing
/// where no depiction shows any of it.
pub(super) fn everywhere(dossier: &Dossier, party: &Party) -> String {
    let gains = |sector: &&Sector| {
        let transfers = &sector.facts.transfers;
        transfers.iter().any(|transfer| transfer.gains_m2.contains_key(&party.id))
    };
    let shown: Vec<&Sector> = dossier.sectors.iter().filter(gains).collect();
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
