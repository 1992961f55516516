//! `side/*`: what lies on the line, and what on which side of it.
//!
//! A side is certain if the point is farther from the line than the uncertainties of both
//! together; for a nearer point nothing is said. A finding is an error only where a treaty, an
//! official, a reference or a scholarly work speaks of the place.
//!
//! An end of the line whose coordinates an instrument prints is left to `tripoint/*`, and a point on
//! the line with `positions` to `point/*`.

use super::fit::where_it_runs;
use super::{Derived, Finding, Severity, Study, Topic, Verdict};
use crate::dossier::{BoundaryPoint, Confidence, Dossier, PointKind, StatedPosition};
use crate::line::Located;
use crate::quantity::Dimension;
use crate::wording::distance;

/// The name of the derived value.
const FROM_THE_LINE: &str = "distance from the line";

pub(super) fn check(study: &Study<'_>) -> Vec<Finding> {
    let points = &study.dossier.points;
    // Each point is located once, for all questions about it.
    let seen: Vec<Seen<'_>> = points.iter().map(|point| Seen::new(study, point)).collect();
    let placed = seen.iter().filter_map(|seen| stated(study, seen));
    let pairs = (0..seen.len()).filter_map(|i| opposite(study, i, &seen));
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
    fn new(study: &Study<'a>, point: &'a BoundaryPoint) -> Self {
        let tolerance_m = point.accuracy_m + study.depiction.accuracy_m;
        let found = point.place.map(|place| study.depiction.line.locate(place));
        let certain = found.filter(|found| found.distance.value() > tolerance_m);
        let side = certain.and_then(|found| found.side);
        let party = side.map(|side| study.dossier.party_on(side).id.as_str());
        Self { point, found, tolerance_m, party }
    }
}

fn stated(study: &Study<'_>, seen: &Seen<'_>) -> Option<Finding> {
    let Seen { point, tolerance_m, .. } = *seen;
    let dossier = study.dossier;
    let wanted = match &point.position {
        StatedPosition::Unstated => return None,
        StatedPosition::OnLine if is_printed(dossier, point) => return None,
        StatedPosition::OnLine => None,
        StatedPosition::Side(party) => Some(dossier.party(party)?),
    };
    let topic = Topic::Place(point.id.clone());
    let severity = severity(dossier, [point]);
    let Some(found) = seen.found else {
        let why = format!("{}: described, but no source gives coordinates.", point.name);
        let skipped = Finding::new(topic, severity, Verdict::Skipped, why);
        return Some(skipped.sources(&point.sources));
    };
    let near = found.distance.value() <= tolerance_m;
    let (verdict, why) = match wanted {
        None => on_line(seen, found, near),
        Some(party) => on_side(dossier, seen, found, near, &party.id),
    };
    let derived = Derived::metres(FROM_THE_LINE, found.distance.value())
        .into_iter()
        .chain(Derived::metres("tolerance", tolerance_m));
    let finding =
        Finding::new(topic, severity, verdict, why).derived(derived).sources(&point.sources);
    let finding = match point.place {
        Some(place) => where_it_runs(dossier, &study.depiction, place, finding),
        None => finding,
    };
    // A point on the line should be 0 m from it; for a side no distance is stated.
    Some(match wanted {
        None => finding.residual(found.distance.value(), Dimension::Length),
        Some(_) => finding,
    })
}

/// Whether another check asks whether the line has a point where it is printed: of an end of the line
/// with printed coordinates, and of a point that words put on the line.
fn is_printed(dossier: &Dossier, point: &BoundaryPoint) -> bool {
    let facts = &dossier.line_facts;
    !point.positions.is_empty()
        || point.published.is_some() && (point.id == facts.start || point.id == facts.end)
}

pub(super) fn severity<'a>(
    dossier: &Dossier,
    points: impl IntoIterator<Item = &'a BoundaryPoint>,
) -> Severity {
    let trusted = |key: &String| {
        dossier.reference(key).is_some_and(|source| source.confidence <= Confidence::Scholarly)
    };
    Severity::error_if(points.into_iter().all(|point| point.sources.iter().any(trusted)))
}

/// The beginning of the sentence. For a lake it is "the middle of": only its middle has a place.
fn subject_of(point: &BoundaryPoint) -> String {
    match point.kind {
        PointKind::Lake => format!("The middle of {}", point.name),
        _ => point.name.clone(),
    }
}

fn on_line(seen: &Seen<'_>, found: Located, near: bool) -> (Verdict, String) {
    let (verdict, where_to) = if near {
        (Verdict::Consistent, "and is {away} from it, within {both}")
    } else {
        (Verdict::Inconsistent, "but is {away} from it, more than {both}")
    };
    let where_to = where_to
        .replace("{away}", &distance(found.distance.value()))
        .replace("{both}", &distance(seen.tolerance_m));
    let why = format!(
        "{} should lie on the line {where_to}, the uncertainties of point and line together.",
        subject_of(seen.point)
    );
    (verdict, why)
}

fn on_side(
    dossier: &Dossier,
    seen: &Seen<'_>,
    found: Located,
    near: bool,
    wanted: &str,
) -> (Verdict, String) {
    let name = subject_of(seen.point);
    let away = distance(found.distance.value());
    let called = |id: &str| dossier.party(id).map_or_else(|| id.to_owned(), |it| it.name.clone());
    let party = called(wanted);
    if near {
        let plots = found.side.map(|side| called(&dossier.party_on(side).id));
        let plots = plots.map_or_else(String::new, |there| format!(" plots in {there},"));
        let why = format!(
            "{name}, which should lie in {party},{plots} {away} from the line; place and line are \
             uncertain by {} together, so the side is not certain.",
            distance(seen.tolerance_m)
        );
        return (Verdict::Undecided, why);
    }
    match seen.party {
        Some(there) if there == wanted => {
            (Verdict::Consistent, format!("{name} lies in {party}, {away} from the line."))
        }
        Some(there) => {
            let there = called(there);
            let why = format!(
                "{name} should lie in {party}, but the line leaves it in {there}, {away} away."
            );
            (Verdict::Inconsistent, why)
        }
        None => {
            let why = format!(
                "{name} should lie in {party}, but it is beyond an end of the line, where there is \
                 no side."
            );
            (Verdict::Undecided, why)
        }
    }
}

/// Two points that must lie on opposite sides: the river between them crosses.
fn opposite(study: &Study<'_>, i: usize, seen: &[Seen<'_>]) -> Option<Finding> {
    let a = seen.get(i)?;
    let point = a.point;
    let wanted = point.opposite.as_ref()?;
    let (j, b) = seen.iter().enumerate().find(|(_, b)| b.point.id == *wanted)?;
    let other = b.point;
    // Where both name each other, the pair is one finding.
    if other.opposite.as_ref() == Some(&point.id) && j < i {
        return None;
    }
    let topic = Topic::Pair([point.id.clone(), other.id.clone()]);
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
    let severity = severity(study.dossier, [point, other]);
    let sources = point.sources.iter().chain(&other.sources);
    let finding = Finding::new(topic, severity, verdict, why).sources(sources);
    let places = [point.place, other.place].into_iter().flatten();
    let on = |finding, place| where_it_runs(study.dossier, &study.depiction, place, finding);
    Some(places.fold(finding, on))
}
