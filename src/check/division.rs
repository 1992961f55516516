//! `division/*`: who received what of each sector, and whether geometry knows.

use super::{Derived, Finding, Severity, Subject, Verdict};
use crate::dossier::{Figure, Sector};
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::quantity::{Dimension, Interval};
use crate::wording;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let sectors = subject.dossier.sectors.iter();
    let by_sector = sectors.flat_map(|sector| [area(subject, sector), awards(subject, sector)]);
    shares(subject).into_iter().chain(by_sector.flatten()).collect()
}

/// What each party's published share of the disputed area comes to.
fn shares(subject: &Subject<'_>) -> Vec<Finding> {
    let dossier = subject.dossier;
    let Some(division) = &dossier.division else { return Vec::new() };
    let one = |(party, share): (&String, &String)| {
        let (area, share) = (dossier.figure(&division.area)?, dossier.figure(share)?);
        let party = dossier.party(party)?;
        let part = area.interval * share.interval;
        let why = format!(
            "{} of {} are {} km², and within rounding {}; no published line shows which land that \
             was, so no geometry can bear it out.",
            share.text(),
            area.text(),
            wording::number(area.nominal() * share.nominal() / 1e6, 1),
            wording::range(part, Dimension::Area, 1),
        );
        let id = format!("division/share/{}", party.id.to_lowercase());
        Some(
            Finding::new(id, Severity::Note, Verdict::Undecided, format!("{}: {why}", party.name))
                .figures([share.id.as_str(), area.id.as_str()])
                .derived([Derived::new("share of the area", part, Dimension::Area)])
                .sources([&share.source, &area.source]),
        )
    };
    division.shares.iter().filter_map(one).collect()
}

/// The sector's published area against its polygon.
fn area(subject: &Subject<'_>, sector: &Sector) -> Option<Finding> {
    let figure = subject.dossier.figure(sector.facts.area.as_ref()?)?;
    let id = format!("division/sector/{}", sector.id);
    let name = &sector.facts.name;
    let published = figure.text();
    let finding = if sector.polygons.is_empty() {
        let why = format!(
            "{name}: {published} are published, but no source draws the sector's outline, so no \
             geometry can bear it out."
        );
        Finding::new(id, Severity::Note, Verdict::Undecided, why)
    } else {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let area = geodesic.area(sector.polygons.as_slice()).ok()?;
        let boundary_m: f64 =
            sector.polygons.iter().map(|p| geodesic.sound_length(&p.exterior().0).value()).sum();
        let margin_m2 = boundary_m * subject.dossier.line_facts.accuracy_m;
        let range = Interval::around(area.value(), margin_m2)?;
        let agrees = range.meets(figure.interval);
        let verdict = if agrees { Verdict::Consistent } else { Verdict::Inconsistent };
        let text = wording::range(range, Dimension::Area, 1);
        let why = format!(
            "{name}: its outline holds {text} (as uncertain as its edge), {published} are published."
        );
        Finding::new(id, Severity::Note, verdict, why)
            .derived([Derived::new("area of the outline", range, Dimension::Area)])
            .residual(area.value() - figure.nominal(), Dimension::Area)
    };
    Some(
        finding
            .figures([figure.id.as_str()])
            .sources([&figure.source])
            .sources(&sector.facts.sources),
    )
}

/// What the parties received against the sector's area.
fn awards(subject: &Subject<'_>, sector: &Sector) -> Option<Finding> {
    let dossier = subject.dossier;
    let whole = dossier.figure(sector.facts.area.as_ref()?)?;
    let parts: Vec<(&str, &Figure)> = sector
        .facts
        .awards
        .iter()
        .filter_map(|(party, id)| Some((dossier.party(party)?.name.as_str(), dossier.figure(id)?)))
        .collect();
    let first = parts.first()?;
    let sum = parts[1..].iter().fold(first.1.interval, |sum, (_, part)| sum + part.interval);
    let id = format!("division/sector/{}/awards", sector.id);
    let told: Vec<String> =
        parts.iter().map(|(party, part)| format!("{} to {party}", part.text())).collect();
    let name = &sector.facts.name;
    let (verdict, why) = if parts.len() == 1 && first.1.id == whole.id {
        let party = first.0;
        (
            Verdict::Consistent,
            format!("{name}: {} are published as going wholly to {party}.", whole.text()),
        )
    } else if parts.len() == dossier.parties.len() {
        let closes = sum.meets(whole.interval);
        let word = if closes { "make up" } else { "do not make up" };
        let verdict = if closes { Verdict::Consistent } else { Verdict::Inconsistent };
        (verdict, format!("{name}: {} {word} the {}.", wording::list(&told), whole.text()))
    } else if sum.low() > whole.interval.high() {
        let why = format!("{name}: {} is more than the {}.", told[0], whole.text());
        (Verdict::Inconsistent, why)
    } else {
        let rest = whole.interval - sum;
        let rest = Interval::new(rest.low().max(0.0), rest.high()).unwrap_or(rest);
        let rest = wording::range(rest, Dimension::Area, 0);
        let why = format!(
            "{name}: {} of {}; that leaves {rest} to the other side.",
            told[0],
            whole.text()
        );
        (Verdict::Consistent, why)
    };
    let figures = std::iter::once(whole).chain(parts.iter().map(|(_, part)| *part));
    Some(
        Finding::new(id, Severity::Note, verdict, why)
            .derived([Derived::new("sum of the awards", sum, Dimension::Area)])
            .residual(sum.middle() - whole.nominal(), Dimension::Area)
            .figures(figures.clone().map(|figure| figure.id.as_str()))
            .sources(figures.map(|figure| &figure.source)),
    )
}
