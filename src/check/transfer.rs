//! `division/transfer/*`: the land between older depictions and the line, compared with
//! what the parties are published to have received.
//!
//! An older depiction may draw the claim of one party: the land between it and the line is
//! what the *other* party received of that claim. So an award is compared with the
//! depictions that draw another party's claim, or a claim of an unknown party; and a whole
//! sector with both claims together. How much land that was is uncertain by the spread
//! between the depictions and by the accuracy of the finest of them.
//!
//! Land that a party held and kept shows in no depiction, and a depiction may draw less
//! than the whole claim; so an award *larger* than what lies between is undecided. One
//! *smaller* is excluded where an instrument settled just that stretch; elsewhere the
//! stretch is inferred and may hold more than the sector.

use std::collections::BTreeMap;

use super::{Derived, Finding, Severity, Study, Topic, Verdict};
use crate::dossier::{Amount, Dossier, Evidence, Party, Sector};
use crate::quantity::{Dimension, Interval};
use crate::wording;

pub(super) fn check(study: &Study<'_>) -> Vec<Finding> {
    study.transfers.iter().map(|each| each.finding(study.dossier)).collect()
}

/// Land that is published as received, and what the depictions show of it.
#[derive(Debug, Clone)]
pub(crate) struct Transfer<'a> {
    /// What the finding is about.
    pub(crate) topic: Topic,
    /// Id of the instrument that settled all of it, where that is what is published.
    pub(crate) instrument: Option<&'a str>,
    /// Names of the sectors.
    pub(crate) names: Vec<String>,
    /// Who received it; `None` where it is all of the land.
    pub(crate) party: Option<&'a Party>,
    /// How much, as published or computed from published figures.
    pub(crate) amount: Amount,
    /// How much of it lies between each depiction and the line, by its key.
    pub(crate) by_depiction: BTreeMap<&'a str, f64>,
    /// What the depictions show the other way round.
    pub(crate) contrary: BTreeMap<&'a str, f64>,
    /// For a whole: both claims together as the depictions draw them, the least and the most.
    pub(crate) together: Option<Interval>,
    /// From the least to the most of them, widened by the uncertainty of the finest depiction.
    pub(crate) range: Interval,
    /// Whether the claims of the depictions are inferred.
    pub(crate) inferred: bool,
    /// Whether the two agree.
    pub(crate) verdict: Verdict,
    why: String,
    sectors: Vec<&'a Sector>,
}

/// All awards and wholes of the dossier for which depictions show the land.
pub(super) fn transfers(dossier: &Dossier) -> Vec<Transfer<'_>> {
    let by_sector = dossier.sectors.iter().flat_map(|sector| {
        let facts = &sector.facts;
        let land = Land { dossier, id: &sector.id, instrument: None, sectors: vec![sector] };
        land.transfers(&facts.awards, facts.area.as_ref(), facts.assumes.as_deref())
    });
    let settlements = dossier.division.iter().flat_map(|division| &division.settlements);
    let by_instrument = settlements.flat_map(|(instrument, settlement)| {
        let settled = |sector: &&Sector| sector.facts.settled_by.as_ref() == Some(instrument);
        let sectors = dossier.sectors.iter().filter(settled).collect();
        let land = Land { dossier, id: instrument, instrument: Some(instrument), sectors };
        land.transfers(&settlement.awards, settlement.area.as_ref(), None)
    });
    by_sector.chain(by_instrument).collect()
}

/// Sectors for which a figure is published together.
struct Land<'a> {
    dossier: &'a Dossier,
    id: &'a str,
    instrument: Option<&'a str>,
    sectors: Vec<&'a Sector>,
}

/// What a party gained, by the depictions that show all of the sectors.
struct Gained<'a> {
    /// Depiction to the area as measured.
    by_depiction: BTreeMap<&'a str, f64>,
    /// Of both parties together, the least and the most as measured.
    together: Option<Interval>,
    /// From the least to the most of them, widened by the uncertainty of the finest depiction.
    range: Interval,
}

impl Gained<'_> {
    /// The least and the most that a depiction shows.
    fn measured(&self) -> Option<Interval> {
        let areas = self.by_depiction.values().filter_map(|m2| Interval::spanning(*m2, *m2));
        areas.reduce(Interval::hull)
    }
}

#[derive(Default)]
struct Sums {
    area_m2: f64,
    within_m2: f64,
    sectors: usize,
}

/// Whose claim the depictions must draw.
#[derive(Clone, Copy)]
enum Draws {
    /// Any but this party's.
    NotTheClaimOf,
    /// This party's.
    TheClaimOf,
}

impl<'a> Land<'a> {
    fn transfers(
        &self,
        awards: &'a BTreeMap<String, String>,
        whole: Option<&'a String>,
        assumes: Option<&str>,
    ) -> Vec<Transfer<'a>> {
        let award = |(party, amount): (&'a String, &'a String)| {
            let party = self.dossier.party(party)?;
            let gained = self.gained(&party.id, &party.id, Draws::NotTheClaimOf)?;
            let mut contrary = self.contrary(party, Draws::NotTheClaimOf);
            // Where the other party has an award of its own, that finding says it.
            if awards.len() == 1 {
                contrary.extend(self.contrary(party, Draws::TheClaimOf));
            }
            self.transfer(Some(party), amount, (gained, contrary), assumes)
        };
        let both = whole.and_then(|amount| {
            self.transfer(None, amount, (self.both()?, BTreeMap::new()), assumes)
        });
        awards.iter().filter_map(award).chain(both).collect()
    }

    fn transfer(
        &self,
        party: Option<&'a Party>,
        amount: &str,
        (gained, contrary): (Gained<'a>, BTreeMap<&'a str, f64>),
        assumes: Option<&str>,
    ) -> Option<Transfer<'a>> {
        let amount = self.dossier.amount(amount)?;
        let Gained { by_depiction, together, range } = gained;
        let settled = self.sectors.iter().all(|sector| sector.facts.settled_by.is_some());
        let assumes = assumes.filter(|_| amount.is_computed());
        let shown = by_depiction.values().any(|area_m2| *area_m2 > 0.0);
        let (verdict, why) = compare(shown, &contrary, range, &amount, settled, assumes);
        let keys = by_depiction.keys();
        let ids = || self.sectors.iter().map(|sector| sector.id.as_str());
        let pairs = keys.flat_map(|key| ids().map(move |sector| (*key, sector)));
        let inferred = are_inferred(self.dossier, pairs);
        Some(Transfer {
            topic: Topic::Received {
                land: self.id.to_owned(),
                party: party.map(|party| party.id.clone()),
            },
            instrument: self.instrument,
            names: self.sectors.iter().map(|sector| sector.facts.name.clone()).collect(),
            party,
            amount,
            by_depiction,
            contrary,
            together,
            range,
            inferred,
            verdict,
            why,
            sectors: self.sectors.clone(),
        })
    }

    /// What a party gained in all of the sectors together, by the depictions that draw, or
    /// do not draw, the claim of one.
    fn gained(&self, party: &str, claimant: &str, draws: Draws) -> Option<Gained<'a>> {
        let mut sums: BTreeMap<&str, Sums> = BTreeMap::new();
        for sector in &self.sectors {
            for transfer in &sector.facts.transfers {
                let drawn = self.dossier.claimant(&transfer.source, &sector.id);
                let wanted = match draws {
                    Draws::NotTheClaimOf => drawn != Some(claimant),
                    Draws::TheClaimOf => drawn == Some(claimant),
                };
                if wanted {
                    let sum = sums.entry(&transfer.source).or_default();
                    sum.area_m2 += transfer.gains_m2.get(party).copied().unwrap_or(0.0);
                    sum.within_m2 += transfer.within_m2;
                    sum.sectors += 1;
                }
            }
        }
        sums.retain(|_, sum| sum.sectors == self.sectors.len());
        let finest_m2 = sums.values().map(|sum| sum.within_m2).reduce(f64::min)?;
        let ranges = sums.values().filter_map(|sum| Interval::around(sum.area_m2, finest_m2));
        let range = ranges.reduce(Interval::hull)?;
        let range = Interval::new(range.low().max(0.0), range.high())?;
        let by_depiction = sums.into_iter().map(|(key, sum)| (key, sum.area_m2)).collect();
        Some(Gained { by_depiction, together: None, range })
    }

    /// The land that went to the other party, by the same depictions; only areas above zero.
    fn contrary(&self, party: &Party, draws: Draws) -> BTreeMap<&'a str, f64> {
        let Some(other) = self.dossier.parties.iter().find(|other| other.id != party.id) else {
            return BTreeMap::new();
        };
        let gained = self.gained(&other.id, &party.id, draws);
        let mut areas = gained.map(|gained| gained.by_depiction).unwrap_or_default();
        areas.retain(|_, area_m2| *area_m2 > 0.0);
        areas
    }

    /// What both gained, where depictions draw the claims of both.
    fn both(&self) -> Option<Gained<'a>> {
        let [left, right] = &self.dossier.parties;
        let left_gained = self.gained(&left.id, &right.id, Draws::TheClaimOf)?;
        let right_gained = self.gained(&right.id, &left.id, Draws::TheClaimOf)?;
        let range = left_gained.range + right_gained.range;
        let together = left_gained.measured()? + right_gained.measured()?;
        let both = left_gained.by_depiction.into_iter().chain(right_gained.by_depiction);
        Some(Gained { by_depiction: both.collect(), together: Some(together), range })
    }
}

/// Whether the published amount and the land between can be the same.
fn compare(
    shown: bool,
    contrary: &BTreeMap<&str, f64>,
    range: Interval,
    amount: &Amount,
    settled: bool,
    assumes: Option<&str>,
) -> (Verdict, String) {
    let most_contrary_m2 = contrary.values().copied().fold(0.0, f64::max);
    let (verdict, why) = if !shown && !contrary.is_empty() {
        (Verdict::Undecided, "They show the opposite.")
    } else if !shown {
        (Verdict::Undecided, "They show none of it; it may be land held before.")
    } else if range.meets(amount.interval) && most_contrary_m2 > amount.interval.high() {
        let why = "The two agree, but older maps show more than that the other way round.";
        (Verdict::Undecided, why)
    } else if range.meets(amount.interval) {
        (Verdict::Consistent, "The two agree.")
    } else if amount.interval.low() > range.high() {
        let why = "They do not show the rest; it may be land held before, or claimed beyond \
                   what they draw.";
        (Verdict::Undecided, why)
    } else if settled {
        (Verdict::Inconsistent, "That is more than was published.")
    } else {
        let why = "That is more than was published, but the stretch may hold other land too.";
        (Verdict::Undecided, why)
    };
    match assumes {
        Some(assumes) if verdict == Verdict::Consistent => {
            (Verdict::Undecided, format!("The two agree, but only if {assumes}"))
        }
        Some(assumes) if verdict == Verdict::Inconsistent => {
            (verdict, format!("{why} The published amount holds only if {assumes}"))
        }
        _ => (verdict, why.to_owned()),
    }
}

impl Transfer<'_> {
    fn finding(&self, dossier: &Dossier) -> Finding {
        let Self { topic, names, amount, by_depiction, contrary, range, verdict, why, .. } = self;
        let together = if names.len() > 1 { " together" } else { "" };
        let verb = if amount.is_computed() { "follow from figures" } else { "are published" };
        let to = match self.party {
            Some(party) => format!("to {}", party.name),
            None => "in all".to_owned(),
        };
        let shown = match self.party {
            Some(party) => self.to_one(dossier, party),
            None => self.to_both(dossier),
        };
        let opposite = if contrary.is_empty() {
            String::new()
        } else {
            format!(" The other way round: {}.", areas(contrary))
        };
        let explanation = format!(
            "{}{together}, {to}: {} {verb}. {shown} With their accuracy that is {}.{opposite} {why}",
            wording::list(names),
            amount.text,
            wording::range(*range, Dimension::Area, 0),
        );
        let figures: Vec<_> = amount.figures.iter().filter_map(|id| dossier.figure(id)).collect();
        let keys = by_depiction.keys().chain(contrary.keys());
        let keys: Vec<String> = keys.map(|key| (*key).to_owned()).collect();
        Finding::new(topic.clone(), Severity::Note, *verdict, explanation)
            .figures(figures.iter().map(|figure| figure.id.as_str()))
            .derived([Derived::new("moved, by all depictions", *range, Dimension::Area)])
            .residual_from(amount.interval)
            .sources(figures.iter().map(|figure| &figure.source))
            .sources(&keys)
    }

    /// The sentence on an award: what the depictions show.
    fn to_one(&self, dossier: &Dossier, party: &Party) -> String {
        let drawn = claims(dossier, &self.sectors, self.by_depiction.keys().copied());
        format!(
            "Older maps{drawn} give {} {} that lie on {}'s side of the line.",
            other(dossier, party),
            areas(&self.by_depiction),
            party.name
        )
    }

    /// The sentence on a whole: what the depictions show of both claims.
    fn to_both(&self, dossier: &Dossier) -> String {
        let sides = dossier.parties.each_ref().map(|party| {
            let mut shown = self.by_depiction.clone();
            shown.retain(|key, _| {
                let drawn = |sector: &&Sector| dossier.claimant(key, &sector.id);
                self.sectors.iter().all(|sector| drawn(sector) != Some(party.id.as_str()))
            });
            format!("{} on {}'s side", areas(&shown), party.name)
        });
        let inferred = if self.inferred { " (inferred)" } else { "" };
        let together = self.together.map_or_else(String::new, |sums| {
            format!(", together {}", wording::range(sums, Dimension::Area, 0))
        });
        format!(
            "Between the line and the claims that older maps draw{inferred} lie {}{together}.",
            wording::list(&sides)
        )
    }
}

/// The name of the party that is not this one.
fn other<'a>(dossier: &'a Dossier, party: &Party) -> &'a str {
    let [left, right] = &dossier.parties;
    if left.id == party.id { &right.name } else { &left.name }
}

/// ` that draw Kazakhstan's claim (inferred)`, if the claim of all of them is known.
fn claims<'a>(
    dossier: &Dossier,
    sectors: &[&Sector],
    keys: impl Iterator<Item = &'a str>,
) -> String {
    let pairs: Vec<_> = keys.flat_map(|key| sectors.iter().map(move |it| (key, &it.id))).collect();
    let mut whose = pairs.iter().map(|(key, sector)| dossier.claimant(key, sector));
    let first = whose.next().flatten();
    let party = first.filter(|id| whose.all(|each| each == Some(*id)));
    let name = party.and_then(|id| dossier.party(id)).map(|party| &party.name);
    let pairs = pairs.iter().map(|(key, sector)| (*key, sector.as_str()));
    let inferred = if are_inferred(dossier, pairs) { " (inferred)" } else { "" };
    name.map_or_else(String::new, |name| format!(" that draw {name}'s claim{inferred}"))
}

/// Whether the claim of any of these depictions is inferred.
fn are_inferred<'a>(
    dossier: &Dossier,
    mut pairs: impl Iterator<Item = (&'a str, &'a str)>,
) -> bool {
    pairs.any(|(key, sector)| {
        let claim = dossier.drawn_claim(key, sector);
        claim.is_some_and(|claim| claim.evidence == Evidence::Inferred)
    })
}

/// `92 km² (dcw-1992) and 91 km² (wdb2)`
fn areas(by_depiction: &BTreeMap<&str, f64>) -> String {
    let one = |(key, area_m2): (&&str, &f64)| format!("{} ({key})", km2(*area_m2));
    wording::list(&by_depiction.iter().map(one).collect::<Vec<_>>())
}

/// The land that a party gained in all sectors, as a sentence after the published share; empty
/// where no depiction shows any of it.
pub(super) fn everywhere(dossier: &Dossier, party: &Party) -> String {
    let mut sums: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
    let mut settled: BTreeMap<&str, f64> = BTreeMap::new();
    for sector in &dossier.sectors {
        for transfer in &sector.facts.transfers {
            let Some(area_m2) = transfer.gains_m2.get(&party.id) else { continue };
            let sum = sums.entry(&transfer.source).or_default();
            *sum = (sum.0 + area_m2, sum.1 + 1);
            if sector.facts.settled_by.is_some() {
                *settled.entry(&transfer.source).or_default() += area_m2;
            }
        }
    }
    if sums.is_empty() {
        return String::new();
    }
    let one = |(key, (area_m2, places)): (&&str, &(f64, usize))| {
        format!("{} in {} ({key})", km2(*area_m2), wording::count(*places, "place"))
    };
    let all_settled = sums.iter().all(|(key, (m2, _))| settled.get(key) == Some(m2));
    let known = match settled.is_empty() {
        true => String::new(),
        false => {
            format!(" Of that, {} lie in sectors that an instrument settled.", areas(&settled))
        }
    };
    let rest = if settled.is_empty() { "it" } else { "the rest" };
    let open = match all_settled {
        true => String::new(),
        false => format!(" Whether {rest} changed hands, or was in dispute, no source says."),
    };
    format!(
        " Older maps give {} land that lies on {}'s side of the line: {}.{known}{open}",
        other(dossier, party),
        party.name,
        wording::list(&sums.iter().map(one).collect::<Vec<_>>()),
    )
}

fn km2(area_m2: f64) -> String {
    format!("{} km²", wording::number(area_m2 / 1e6, 0))
}
