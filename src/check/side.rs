//! `side/*`: what lies on the line, and what on which side of it.
//!
//! A side is certain when the point is farther from the line than both are
//! uncertain; nearer, nothing is said.

use super::{Derived, Finding, Severity, Subject, Verdict};
use crate::dossier::{BoundaryPoint, Position};
use crate::line::Located;
use crate::quantity::Dimension;
use crate::wording::distance;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let points = &subject.dossier.points;
    let placed = points.iter().filter_map(|point| stated(subject, point));
    let pairs = points.iter().filter_map(|point| opposite(subject, point));
    placed.chain(pairs).collect()
}

/// How far a point must be from the line for its side to be certain.
fn tolerance_m(subject: &Subject<'_>, point: &BoundaryPoint) -> f64 {
    point.accuracy_m + subject.depiction.accuracy_m
}

fn located(subject: &Subject<'_>, point: &BoundaryPoint) -> Option<Located> {
    Some(subject.depiction.line.locate(point.place?))
}

/// The party whose side a point certainly lies on.
fn party_at<'a>(subject: &Subject<'a>, point: &BoundaryPoint) -> Option<&'a str> {
    let found = located(subject, point)?;
    let certain = found.distance.value() > tolerance_m(subject, point);
    let side = found.side.filter(|_| certain)?;
    Some(subject.dossier.party_on(side).id.as_str())
}

fn stated(subject: &Subject<'_>, point: &BoundaryPoint) -> Option<Finding> {
    let name = &point.name;
    let id = format!("side/{}", point.id);
    let wanted = match &point.position {
        Position::Unstated => return None,
        Position::OnLine => None,
        Position::Side(party) => Some(subject.dossier.party(party)?),
    };
    let Some(found) = located(subject, point) else {
        let why = format!("{name}: described, but no source gives coordinates.");
        let skipped = Finding::new(id, Severity::Error, Verdict::Skipped, why);
        return Some(skipped.sources(&point.sources));
    };
    let tolerance_m = tolerance_m(subject, point);
    let away = distance(found.distance.value());
    let both = distance(tolerance_m);
    let near = found.distance.value() <= tolerance_m;
    let (verdict, why) = match (wanted, near, party_at(subject, point)) {
        (None, true, _) => {
            let why = format!(
                "{name} should lie on the line and is {away} from it, within the {both} by which point and line are uncertain."
            );
            (Verdict::Consistent, why)
        }
        (None, false, _) => {
            let why = format!(
                "{name} should lie on the line but is {away} from it, more than the {both} by which point and line are uncertain."
            );
            (Verdict::Inconsistent, why)
        }
        (Some(party), true, _) => {
            let why = format!(
                "{name} should lie in {}, but at {away} it is nearer to the line than the {both} by which both are uncertain.",
                party.name
            );
            (Verdict::Undecided, why)
        }
        (Some(party), false, Some(there)) if there == party.id => {
            (Verdict::Consistent, format!("{name} lies in {}, {away} from the line.", party.name))
        }
        (Some(party), false, Some(there)) => {
            let there = subject.dossier.party(there).map_or(there, |party| &party.name);
            let why = format!(
                "{name} should lie in {}, but the line leaves it in {there}, {away} away.",
                party.name
            );
            (Verdict::Inconsistent, why)
        }
        (Some(party), false, None) => {
            let why = format!(
                "{name} should lie in {}, but it is beyond an end of the line, where there is no side.",
                party.name
            );
            (Verdict::Undecided, why)
        }
    };
    let derived = Derived::metres("distance from the line", found.distance.value())
        .into_iter()
        .chain(Derived::metres("tolerance", tolerance_m));
    Some(
        Finding::new(id, Severity::Error, verdict, why)
            .derived(derived)
            .residual(found.distance.value(), Dimension::Length)
            .sources(&point.sources),
    )
}

/// Two points that must lie on opposite sides: the river between them crosses.
fn opposite(subject: &Subject<'_>, point: &BoundaryPoint) -> Option<Finding> {
    let other = subject.dossier.point(point.opposite.as_ref()?)?;
    // Each pair once: where both name each other, the one that comes first does.
    let points = &subject.dossier.points;
    let place = |id: &str| points.iter().position(|point| point.id == id);
    if other.opposite.as_ref() == Some(&point.id) && place(&other.id) < place(&point.id) {
        return None;
    }
    let id = format!("side/{}/{}", point.id, other.id);
    let pair = format!("{} and {}", point.name, other.name);
    let (verdict, why) = match (party_at(subject, point), party_at(subject, other)) {
        (Some(a), Some(b)) if a != b => (
            Verdict::Consistent,
            format!("{pair} lie on opposite sides, so the line is crossed between them."),
        ),
        (Some(_), Some(_)) => (
            Verdict::Inconsistent,
            format!("{pair} should lie on opposite sides, but the line leaves both on one."),
        ),
        _ => (
            Verdict::Undecided,
            format!("{pair} should lie on opposite sides, but the side of one is not certain."),
        ),
    };
    Some(
        Finding::new(id, Severity::Error, verdict, why)
            .sources(point.sources.iter().chain(&other.sources)),
    )
}
