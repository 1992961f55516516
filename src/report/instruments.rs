//! What each instrument is, in one to three sentences: the text that goes with the table.

use super::model::Report;
use crate::dossier::{Instrument, InstrumentStatus};
use crate::wording::{self, date};

/// How to read the kilometres in the table.
pub(super) fn lengths(report: &Report) -> String {
    let over = match report.method.band {
        Some(_) => ", at full detail and over the band",
        None => "",
    };
    format!(
        "A length is that of the segments which name the instrument as the one that governs them{over}. \
         An instrument without a length governs no segment; its description says why. Ratification \
         and entry into force are given where they are known."
    )
}

/// One paragraph per instrument, in the table's order.
pub(super) fn paragraphs(report: &Report) -> Vec<String> {
    report.instruments.iter().map(|instrument| one(report, instrument)).collect()
}

fn one(report: &Report, instrument: &Instrument) -> String {
    let Instrument { title, short, .. } = instrument;
    let mut signed = format!("{} {}", capital(instrument.kind.done()), on(&instrument.signed));
    if let Some(place) = &instrument.signed_in {
        signed.push_str(&format!(" in {place}"));
    }
    if let Some(ratified) = &instrument.ratified {
        signed.push_str(&format!(", ratified {}{}", by(instrument), on(ratified)));
    }
    if let Some(status) = status(instrument) {
        signed.push_str(&format!(", {status}"));
    }
    // Some titles begin with the short name.
    let name =
        if title.starts_with(short.as_str()) { title.clone() } else { format!("{short}: {title}") };
    let mut text = format!("{name}. {signed}.");
    text.push_str(&relations(report, instrument));
    if let Some(scale) = instrument.map_scale {
        text.push_str(&format!(" Maps at 1:{}.", wording::number(scale, 0)));
    }
    if let Some(note) = &instrument.note {
        text.push_str(&format!(" {note}"));
    }
    text
}

/// `in force since 1 January 1904`, `never in force`, `in force from 1957, superseded`.
fn status(instrument: &Instrument) -> Option<String> {
    let in_force = instrument.in_force.as_ref().map(|on| date(on));
    match (instrument.status, in_force) {
        (Some(InstrumentStatus::NeverInForce), _) => Some("never in force".to_owned()),
        (Some(InstrumentStatus::Superseded), Some(on)) => {
            Some(format!("in force from {on}, superseded"))
        }
        (Some(InstrumentStatus::Superseded), None) => Some("superseded".to_owned()),
        (_, Some(on)) => Some(format!("in force since {on}")),
        (Some(InstrumentStatus::InForce), None) => Some("in force".to_owned()),
        (None, None) => None,
    }
}

/// What it makes of others, and which one took its place: ` Supplements: Treaty of 1888.`
fn relations(report: &Report, instrument: &Instrument) -> String {
    let named = |word: &str, pick: &dyn Fn(&Instrument) -> bool| {
        let others = report.instruments.iter().filter(|it| pick(it));
        let others: Vec<String> = others.map(|it| it.short.clone()).collect();
        if others.is_empty() {
            return String::new();
        }
        format!(" {}: {}.", capital(word), wording::list(&others))
    };
    let forth = instrument.relations();
    let forth = forth.map(|(word, ids)| named(word, &|it| ids.contains(&it.id)));
    let back = named("replaced by", &|it| it.replaces.contains(&instrument.id));
    forth.concat() + &back
}

/// The word with a capital letter.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

/// `by Kazakhstan `, where that is known.
fn by(instrument: &Instrument) -> String {
    instrument.ratified_by.as_ref().map_or_else(String::new, |who| format!("by {who} "))
}

/// `on 26 April 1994`, `in 1860`.
fn on(iso: &str) -> String {
    let preposition = if iso.matches('-').count() == 2 { "on" } else { "in" };
    format!("{preposition} {}", date(iso))
}

/// The instruments that govern the line, the one with most of it first.
pub(super) fn governing(report: &Report) -> Option<String> {
    let lengths = &report.lengths.by_instrument;
    let mut found: Vec<_> =
        report.instruments.iter().filter_map(|it| Some((it, *lengths.get(&it.id)?))).collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    let one = |(it, length_m): (&Instrument, f64)| {
        let ratified = it.ratified.as_ref();
        let ratified =
            ratified.map_or_else(String::new, |on| format!(", ratified {}{}", by(it), date(on)));
        let never = match it.status {
            Some(InstrumentStatus::NeverInForce) => ", never in force",
            _ => "",
        };
        format!(
            "{} ({} {}{ratified}{never}; {})",
            it.short,
            it.kind.done(),
            date(&it.signed),
            wording::km(length_m, 1)
        )
    };
    let governing: Vec<String> = found.into_iter().map(one).collect();
    (!governing.is_empty()).then(|| {
        format!("Governed by: {}. See Instruments for what each is.", wording::list(&governing))
    })
}
