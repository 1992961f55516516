//! `point/*`: where words put a point, against where the line has it.
//!
//! A point may have several positions, because several texts speak of it or because one can be read in
//! several ways. The line is right if it has the point at one of them, so there is one finding for all.

use geo::Coord;

use super::fit::where_it_runs;
use super::{Derived, Finding, Study, Topic, Verdict, side};
use crate::dossier::{BoundaryPoint, WordedPosition};
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::quantity::Dimension;
use crate::wording::{capital, distance, list};

pub(super) fn check(study: &Study<'_>) -> Vec<Finding> {
    study.dossier.points.iter().filter_map(|point| one(study, point)).collect()
}

/// A position, how far the line is from it, and how far it may be.
struct Seen<'a> {
    position: &'a WordedPosition,
    off_m: f64,
    allowed_m: f64,
}

impl Seen<'_> {
    fn is_explained(&self) -> bool {
        self.off_m <= self.allowed_m
    }
}

/// The place of the line that a point is.
enum OnLine {
    /// Where the line begins or ends.
    End(Coord),
    /// Where two of its segments meet, as near to the dossier's place of the point as both are known.
    Corner(Coord),
    /// Wherever it is nearest.
    Nearest,
}

impl OnLine {
    fn new(study: &Study<'_>, point: &BoundaryPoint) -> Self {
        let (dossier, depiction) = (study.dossier, &study.depiction);
        if point.id == dossier.line_facts.start {
            return Self::End(depiction.line.start());
        }
        if point.id == dossier.line_facts.end {
            return Self::End(depiction.line.end());
        }
        let corner = point.place.and_then(|place| {
            let geodesic = Geodesic::new(Ellipsoid::WGS84);
            let begins = |at: usize| dossier.segments.get(at)?.path.first().copied();
            let joints = depiction.joints.iter().filter(|joint| joint.located);
            let away = joints.filter_map(|joint| {
                Some((geodesic.distance(place, begins(joint.segment)?).value(), joint))
            });
            away.min_by(|a, b| a.0.total_cmp(&b.0))
                .filter(|(m, _)| *m <= point.accuracy_m + dossier.line_facts.accuracy_m)
        });
        corner.map_or(Self::Nearest, |(_, joint)| Self::Corner(depiction.line.at(joint.chainage)))
    }

    fn distance_m(&self, study: &Study<'_>, from: Coord) -> f64 {
        match self {
            Self::End(at) | Self::Corner(at) => {
                Geodesic::new(Ellipsoid::WGS84).distance(from, *at).value()
            }
            Self::Nearest => study.depiction.line.locate(from).distance.value(),
        }
    }

    /// The subject of a sentence.
    const fn words(&self) -> &'static str {
        match self {
            Self::End(_) => "the line ends",
            Self::Corner(_) => "the corner of the line is",
            Self::Nearest => "the line is",
        }
    }
}

fn one(study: &Study<'_>, point: &BoundaryPoint) -> Option<Finding> {
    let on_line = OnLine::new(study, point);
    let line_m = study.depiction.accuracy_m;
    let seen = point.positions.iter().map(|position| Seen {
        position,
        off_m: on_line.distance_m(study, position.place),
        allowed_m: line_m + position.rounded_m + position.datum_m,
    });
    let mut seen: Vec<Seen<'_>> = seen.collect();
    seen.sort_by(|a, b| a.off_m.total_cmp(&b.off_m));
    let nearest = seen.first()?;
    let fits = seen.iter().find(|it| it.is_explained());
    let verdict = if fits.is_some() { Verdict::Consistent } else { Verdict::Inconsistent };
    let shown = fits.unwrap_or(nearest);
    let why = format!(
        "{}: {} {} from where it is by {}; {} is allowed ({}).{}",
        capital(&point.name),
        on_line.words(),
        distance(shown.off_m),
        shown.position.name,
        distance(shown.allowed_m),
        allowed(shown, line_m),
        others(&seen, shown),
    );
    let derived = seen
        .iter()
        .filter_map(|it| Derived::metres(&format!("distance from {}", it.position.name), it.off_m));
    let severity = side::severity(study.dossier, [point]);
    let finding = Finding::new(Topic::point(&point.id), severity, verdict, why)
        .derived(derived)
        .residual(shown.off_m, Dimension::Length)
        .sources(&point.sources)
        .sources(point.positions.iter().map(|position| &position.source));
    Some(where_it_runs(study.dossier, &study.depiction, shown.position.place, finding))
}

/// `100 m for the line, 300 m for the unknown datum`
fn allowed(shown: &Seen<'_>, line_m: f64) -> String {
    let parts = [
        (line_m, "the line"),
        (shown.position.rounded_m, "rounding"),
        (shown.position.datum_m, "the unknown datum"),
    ];
    let parts = parts.into_iter().filter(|(metres, _)| *metres > 0.0);
    let parts: Vec<String> = parts
        .map(|(metres, what)| format!("{} for {what}", distance(rounded_up(metres))))
        .collect();
    list(&parts)
}

/// To the digits that are printed of it.
fn rounded_up(metres: f64) -> f64 {
    if metres < 1.0 { (metres * 10.0).ceil() / 10.0 } else { metres.ceil() }
}

/// ` Of its other positions, …`
fn others(seen: &[Seen<'_>], shown: &Seen<'_>) -> String {
    let others = seen.iter().filter(|it| !std::ptr::eq(*it, shown));
    let named: Vec<String> =
        others.map(|it| format!("{} ({})", it.position.name, distance(it.off_m))).collect();
    match &named[..] {
        [] => String::new(),
        named => format!(" One of its positions is enough; the others: {}.", list(named)),
    }
}
