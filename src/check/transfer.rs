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
    transfers(subject.dossier).iter().map(Transfer::finding).collect()
}

/// Land that is said to have gone to a party, and what the depictions show of it.
pub(crate) struct Transfer<'a> {
    /// Id of the sector, or of the instrument that settled several.
    id: &'a str,
    /// Names of the sectors.
    pub(crate) names: Vec<String>,
    /// Who received it.
    pub(crate) party: &'a Party,
    /// How much, as published.
    pub(crate) figure: &'a Figure,
    /// How much lies between the line and what each depiction shows, by its key.
    pub(crate) by_depiction: BTreeMap<&'a String, f64>,
    /// From the least to the most of them, as uncertain as the finest depiction.
    pub(crate) range: Interval,
    /// Whether the two agree.
    pub(crate) verdict: Verdict,
    why: &'static str,
}

/// Every award of the dossier for which depictions show the land.
pub(crate) fn transfers(dossier: &Dossier) -> Vec<Transfer<'_>> {
    let by_sector = dossier.sectors.iter().flat_map(|sector| {
        let told = move |(party, figure): (&String, &String)| {
            Transfer::new(dossier, &sector.id, vec![sector], party, figure)
        };
        sector.facts.awards.iter().filter_map(told)
    });
    let settlements = dossier.division.iter().flat_map(|division| &division.settlements);
    let by_instrument = settlements.flat_map(|(instrument, settlement)| {
        let settled = |sector: &&Sector| sector.facts.settled_by.as_ref() == Some(instrument);
        let sectors: Vec<&Sector> = dossier.sectors.iter().filter(settled).collect();
        let told = move |(party, figure): (&String, &String)| {
            Transfer::new(dossier, instrument, sectors.clone(), party, figure)
        };
        settlement.awards.iter().filter_map(told)
    });
    by_sector.chain(by_instrument).collect()
}

/// What a party gained of some sectors, by the depictions that show all of them.
struct Gained<'a> {
    /// Depiction to the area as measured.
    by_depiction: BTreeMap<&'a String, f64>,
    /// From the least to the most of them, as uncertain as the finest depiction.
    range: Interval,
}

#[derive(Default)]
struct Sums {
    area_m2: f64,
    within_m2: f64,
    sectors: usize,
}

fn gained<'a>(sectors: &[&'a Sector], party: &str) -> Option<Gained<'a>> {
    let mut sums: BTreeMap<&String, Sums> = BTreeMap::new();
    for transfer in sectors.iter().flat_map(|sector| &sector.facts.transfers) {
        let sum = sums.entry(&transfer.source).or_default();
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

impl<'a> Transfer<'a> {
    fn new(
        dossier: &'a Dossier,
        id: &'a str,
        sectors: Vec<&'a Sector>,
        party: &str,
        figure: &str,
    ) -> Option<Self> {
        let (party, figure) = (dossier.party(party)?, dossier.figure(figure)?);
        let Gained { by_depiction, range } = gained(&sectors, &party.id)?;
        let names: Vec<String> = sectors.iter().map(|sector| sector.facts.name.clone()).collect();
        let settled = sectors.iter().all(|sector| sector.facts.settled_by.is_some());
        let (verdict, why) = held(&by_depiction, range, figure, settled);
        Some(Self { id, names, party, figure, by_depiction, range, verdict, why })
    }

    fn finding(&self) -> Finding {
        let Self { id, names, party, figure, by_depiction, range, verdict, why } = self;
        let by = |(key, area_m2): (&&String, &f64)| format!("{} by {key}", km2(*area_m2));
        let told: Vec<String> = by_depiction.iter().map(by).collect();
        let together = if names.len() > 1 { " together" } else { "" };
        let why = format!(
            "{}{together}: between older depictions and the line lie {} that went to {}, with their \
             spread and the accuracy of the finest {}; {} are published as received. {why}",
            wording::list(names),
            wording::list(&told),
            party.name,
            wording::range(*range, Dimension::Area, 0),
            figure.text(),
        );
        let id = format!("division/transfer/{id}/{}", party.id.to_lowercase());
        Finding::new(id, Severity::Note, *verdict, why)
            .figures([figure.id.as_str()])
            .derived([Derived::new("moved, by all depictions", *range, Dimension::Area)])
            .residual(range.middle() - figure.nominal(), Dimension::Area)
            .sources(std::iter::once(&figure.source).chain(by_depiction.keys().copied()))
    }
}

fn held(
    by_depiction: &BTreeMap<&String, f64>,
    moved: Interval,
    figure: &Figure,
    settled: bool,
) -> (Verdict, &'static str) {
    if by_depiction.values().all(|area_m2| *area_m2 <= 0.0) {
        (Verdict::Undecided, "No depiction shows any; it may be land held before.")
    } else if moved.meets(figure.interval) {
        (Verdict::Consistent, "The two agree.")
    } else if figure.interval.low() > moved.high() {
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
