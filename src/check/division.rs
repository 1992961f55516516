//! `division/*`: who received what of each sector, and whether the geometry agrees.

use geo::Polygon;

use super::{Derived, Finding, Severity, Study, Topic, Verdict, transfer};
use crate::dossier::{Figure, Sector};
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::line::is_crossed;
use crate::quantity::{Dimension, Interval};
use crate::wording;

pub(super) fn check(study: &Study<'_>) -> Vec<Finding> {
    let sectors = study.dossier.sectors.iter();
    let by_sector = sectors.flat_map(|sector| [area(study, sector), awards(study, sector)]);
    shares(study).into_iter().chain(by_sector.flatten()).collect()
}

/// The area that each party's published share of the disputed area amounts to.
fn shares(study: &Study<'_>) -> Vec<Finding> {
    let dossier = study.dossier;
    let Some(division) = &dossier.division else { return Vec::new() };
    let one = |(party, share): (&String, &String)| {
        let (area, share) = (dossier.figure(&division.area)?, dossier.figure(share)?);
        let party = dossier.party(party)?;
        let part = area.interval * share.interval;
        let why = format!(
            "{} of {} are {} km², and within rounding {}. No map shows which land that was, so no \
             geometry can bear it out.{}",
            share.text(),
            area.text(),
            wording::number(area.nominal() * share.nominal() / 1e6, 1),
            wording::range(part, Dimension::Area, 1),
            transfer::everywhere(dossier, party),
        );
        let topic = Topic::Share(party.id.clone());
        Some(
            Finding::new(
                topic,
                Severity::Note,
                Verdict::Undecided,
                format!("{}: {why}", party.name),
            )
            .figures([share.id.as_str(), area.id.as_str()])
            .derived([Derived::new("share of the area", part, Dimension::Area)])
            .sources([&share.source, &area.source]),
        )
    };
    division.shares.iter().filter_map(one).collect()
}

/// The sector's published area compared with its outline, where one is known. Polygons of
/// land that changed sides are no outline: `division/transfer/…` compares them.
fn area(study: &Study<'_>, sector: &Sector) -> Option<Finding> {
    if sector.polygons.is_empty() || !sector.facts.transfers.is_empty() {
        return None;
    }
    let amount = study.dossier.amount(sector.facts.area.as_ref()?)?;
    let topic = Topic::Area(sector.id.clone());
    let (name, published) = (&sector.facts.name, &amount.text);
    let crossed = |polygon: &Polygon| {
        let mut rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        rings.any(|ring| is_crossed(&ring.0))
    };
    let finding = if sector.polygons.iter().any(crossed) {
        // The areas of its loops would cancel each other.
        let why = format!(
            "{name}: {published} are published, but the sector's outline crosses itself, so it has \
             no area."
        );
        Finding::new(topic, Severity::Note, Verdict::Undecided, why)
    } else {
        let range = outlined(study, sector)?;
        let agrees = range.meets(amount.interval);
        let verdict = if agrees { Verdict::Consistent } else { Verdict::Inconsistent };
        let is_printed =
            sector.facts.area.as_ref().is_some_and(|id| study.dossier.figure(id).is_some());
        let how = if is_printed { "published" } else { "computed from what is published" };
        let why = format!(
            "{name}: its outline holds {} (as uncertain as its edge), {published} are {how}.",
            wording::range(range, Dimension::Area, 1)
        );
        let finding = Finding::new(topic, Severity::Note, verdict, why);
        assuming(sector, finding)
            .derived([Derived::new("area of the outline", range, Dimension::Area)])
            .residual_from(amount.interval)
    };
    let figures = || amount.figures.iter().filter_map(|id| study.dossier.figure(id));
    Some(
        finding
            .figures(amount.figures.iter().map(String::as_str))
            .sources(figures().map(|figure| &figure.source))
            .sources(&sector.facts.sources),
    )
}

/// What was computed from figures and needs what no figure says decides nothing.
fn assuming(sector: &Sector, finding: Finding) -> Finding {
    let decides = matches!(finding.verdict, Verdict::Consistent | Verdict::Inconsistent);
    let Some(assumes) = sector.facts.assumes.as_ref().filter(|_| decides) else { return finding };
    let agrees = match finding.verdict {
        Verdict::Consistent => "The two agree",
        _ => "The two exclude each other",
    };
    let needs = assumes.trim_end_matches('.');
    let explanation =
        format!("{} {agrees}, but that is about this area only if {needs}.", finding.explanation);
    Finding { verdict: Verdict::Undecided, explanation, ..finding }
}

/// The area of a sector's outline, when its edge is as uncertain as it says, or else as the line.
fn outlined(study: &Study<'_>, sector: &Sector) -> Option<Interval> {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let area = geodesic.area(sector.polygons.as_slice()).ok()?;
    let boundary_m: f64 =
        sector.polygons.iter().map(|p| geodesic.sound_length(&p.exterior().0).value()).sum();
    // An outline has an accuracy of its own where it says so.
    let accuracy_m = sector.facts.accuracy_m.unwrap_or(study.dossier.line_facts.accuracy_m);
    let margin_m2 = boundary_m * accuracy_m;
    let range = Interval::around(area.value(), margin_m2)?;
    // A sliver may be smaller than its uncertainty, but no area is less than zero.
    Interval::new(range.low().max(0.0), range.high())
}

/// What the parties received compared with the sector's area. Only printed figures are used,
/// because a figure computed from the others always fits.
fn awards(study: &Study<'_>, sector: &Sector) -> Option<Finding> {
    let dossier = study.dossier;
    let whole = dossier.figure(sector.facts.area.as_ref()?)?;
    let award = |(party, id): (&String, &String)| {
        Some((dossier.party(party)?.name.as_str(), dossier.figure(id)?))
    };
    let parts: Vec<(&str, &Figure)> = sector.facts.awards.iter().filter_map(award).collect();
    let (party, first) = *parts.first()?;
    let name = &sector.facts.name;
    let topic = Topic::Awards(sector.id.clone());
    let finding = if parts.len() == 1 && first.id == whole.id {
        let why = format!(
            "{name}: {} are published as going wholly to {party}; one figure is both the area and \
             the award, so there is nothing to compare.",
            whole.text()
        );
        Finding::new(topic, Severity::Note, Verdict::Skipped, why)
    } else {
        let sum = parts[1..].iter().fold(first.interval, |sum, (_, part)| sum + part.interval);
        let without =
            dossier.parties.iter().find(|p| parts.iter().all(|(name, _)| p.name != *name));
        let (verdict, what) = received(&parts, sum, whole, without.map(|p| p.name.as_str()));
        let finding = Finding::new(topic, Severity::Note, verdict, format!("{name}: {what}"))
            .derived([Derived::new("sum of the awards", sum, Dimension::Area)]);
        // If a party has no award, the sum and the whole need not be the same.
        if without.is_none() { finding.residual_from(whole.interval) } else { finding }
    };
    let figures = std::iter::once(whole).chain(parts.iter().map(|(_, part)| *part));
    Some(
        finding
            .on_figures_alone()
            .figures(figures.clone().map(|figure| figure.id.as_str()))
            .sources(figures.map(|figure| &figure.source)),
    )
}

/// Whether awards fit into a sector: exactly, if every party has one.
fn received(
    parts: &[(&str, &Figure)],
    sum: Interval,
    whole: &Figure,
    without: Option<&str>,
) -> (Verdict, String) {
    let awards: Vec<String> =
        parts.iter().map(|(party, part)| format!("{} to {party}", part.text())).collect();
    let (awards, whole_text) = (wording::list(&awards), whole.text());
    let Some(without) = without else {
        let closes = sum.meets(whole.interval);
        let word = if closes { "make up" } else { "do not make up" };
        let verdict = if closes { Verdict::Consistent } else { Verdict::Inconsistent };
        return (verdict, format!("{awards} {word} the {whole_text}."));
    };
    if sum.low() > whole.interval.high() {
        return (Verdict::Inconsistent, format!("{awards} is more than the {whole_text}."));
    }
    let rest = whole.interval - sum;
    let rest = Interval::new(rest.low().max(0.0), rest.high()).unwrap_or(rest);
    let rest = wording::range(rest, Dimension::Area, 1);
    let why = format!(
        "{awards} of {whole_text} fit; if all of it was divided, {rest} went to {without}."
    );
    (Verdict::Consistent, why)
}
