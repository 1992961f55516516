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
    // Each point is looked for once, whatever is asked of it.
    let seen: Vec<Seen<'_>> = points.iter().map(|point| Seen::new(subject, point)).collect();
    let placed = seen.iter().filter_map(|seen| stated(subject, seen));
    let pairs = seen.iter().enumerate().filter_map(|(i, a)| opposite(i, a, &seen));
    placed.chain(pairs).collect()
}

/// A point and where it lies.
struct Seen<'a> {
    point: &'a BoundaryPoint,
    /// Where on the line; `None` without coordinates.
    found: Option<Located>,
    /// How far it must be from the line for its side to be certain.
    tolerance_m: f64,
    /// The id of the party whose side it certainly lies on.
    party: Option<&'a str>,
}

impl<'a> Seen<'a> {
    fn new(subject: &Subject<'a>, point: &'a BoundaryPoint) -> Self {
        let tolerance_m = point.accuracy_m + subject.depiction.accuracy_m;
        let found = point.place.map(|place| subject.depiction.line.locate(place));
        let certain = found.filter(|found| found.distance.value() > tolerance_m);
        let side = certain.and_then(|found| found.side);
        let party = side.map(|side| subject.dossier.party_on(side).id.as_str());
        Self { point, found, tolerance_m, party }
    }
}

fn stated(subject: &Subject<'_>, seen: &Seen<'_>) -> Option<Finding> {
    let Seen { point, tolerance_m, party: there, .. } = *seen;
    let name = &point.name;
    let id = format!("side/{}", point.id);
    let wanted = match &point.position {
        Position::Unstated => return None,
        Position::OnLine => None,
        Position::Side(party) => Some(subject.dossier.party(party)?),
    };
    let Some(found) = seen.found else {
        let why = format!("{name}: described, but no source gives coordinates.");
        let skipped = Finding::new(id, Severity::Error, Verdict::Skipped, why);
        return Some(skipped.sources(&point.sources));
    };
    let away = distance(found.distance.value());
    let both = distance(tolerance_m);
    let near = found.distance.value() <= tolerance_m;
    let (verdict, why) = match (wanted, near, there) {
        (None, true, _) => {
            let why = format!(
                "{name} should lie on the line and is {away} from it, within {both}, the \
                 uncertainties of point and line together."
            );
            (Verdict::Consistent, why)
        }
        (None, false, _) => {
            let why = format!(
                "{name} should lie on the line but is {away} from it, more than {both}, the \
                 uncertainties of point and line together."
            );
            (Verdict::Inconsistent, why)
        }
        (Some(party), true, _) => {
            let why = format!(
                "{name} should lie in {}, but at {away} it is nearer to the line than {both}, the \
                 uncertainties of point and line together.",
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
                "{name} should lie in {}, but it is beyond an end of the line, where there is no \
                 side.",
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
fn opposite(i: usize, a: &Seen<'_>, seen: &[Seen<'_>]) -> Option<Finding> {
    let point = a.point;
    let wanted = point.opposite.as_ref()?;
    let (j, b) = seen.iter().enumerate().find(|(_, b)| b.point.id == *wanted)?;
    let other = b.point;
    // Where both name each other, the pair is told once.
    if other.opposite.as_ref() == Some(&point.id) && j < i {
        return None;
    }
    let id = format!("side/{}/{}", point.id, other.id);
    let pair = format!("{} and {}", point.name, other.name);
    let (verdict, why) = match (a.party, b.party) {
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
