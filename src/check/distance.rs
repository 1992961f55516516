//! `distance/*`: distances and bearings that a text gives between two points, where
//! both can be placed.

use geo::Coord;

use super::fit::where_it_runs_between;
use super::length::assuming;
use super::{Derived, Finding, Severity, Study, Topic, Verdict};
use crate::dossier::bearing::Bearing;
use crate::dossier::{BoundaryPoint, Figure, Standing};
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::quantity::{Dimension, Interval};
use crate::wording;

pub(super) fn check(study: &Study<'_>) -> Vec<Finding> {
    study.dossier.figures.iter().filter_map(|figure| one(study, figure)).collect()
}

fn one(study: &Study<'_>, figure: &Figure) -> Option<Finding> {
    if let Some(point) = &figure.from_line {
        return from_line(study, figure, study.dossier.point(point)?);
    }
    let [a, b] = figure.between.as_ref().or(figure.along.as_ref())?;
    let (a, b) = (study.dossier.point(a)?, study.dossier.point(b)?);
    let topic = Topic::distance(figure);
    let severity = Severity::error_if(figure.standing == Standing::Governing);
    let finding = match (a.place, b.place) {
        (Some(_), Some(_)) if [a, b].iter().any(|point| point.placed_by.contains(&figure.id)) => {
            let why = format!(
                "{}, {}: not tested, because a place was identified by this very distance.",
                figure.what,
                figure.text()
            );
            Finding::new(topic, severity, Verdict::Skipped, why)
        }
        (Some(from), Some(to)) if figure.between.is_some() => {
            straight(figure, (a, from), (b, to), topic, severity)
        }
        (Some(from), Some(to)) => along(study, figure, (a, from), (b, to), topic, severity),
        (from, to) => {
            let lost = [(a, from), (b, to)].into_iter().filter(|(_, place)| place.is_none());
            let names: Vec<String> = lost.map(|(point, _)| point.name.clone()).collect();
            let why = format!(
                "{}, {}: not tested, because no source gives coordinates for {}.",
                figure.what,
                figure.text(),
                wording::list(&names)
            );
            Finding::new(topic, severity, Verdict::Skipped, why)
        }
    };
    let sources = std::iter::once(&figure.source).chain(&a.sources).chain(&b.sources);
    let finding = assuming(figure, "distance", finding);
    Some(finding.figures([figure.id.as_str()]).sources(sources))
}

/// The distance of a point from the line.
fn from_line(study: &Study<'_>, figure: &Figure, point: &BoundaryPoint) -> Option<Finding> {
    let topic = Topic::distance(figure);
    let severity = Severity::error_if(figure.standing == Standing::Governing);
    let sources = std::iter::once(&figure.source).chain(&point.sources);
    let skipped = |why: &str| {
        let why = format!("{}, {}: not tested, because {why}.", figure.what, figure.text());
        Finding::new(topic.clone(), severity, Verdict::Skipped, why)
    };
    let finding = match point.place {
        None => skipped(&format!("no source gives coordinates for {}", point.name)),
        Some(_) if point.placed_by.contains(&figure.id) => {
            skipped("its place was identified by this very distance")
        }
        Some(place) => {
            let found = study.depiction.line.locate(place);
            let margin_m = point.accuracy_m + study.depiction.accuracy_m;
            let off_m = found.distance.value();
            let range = Interval::new((off_m - margin_m).max(0.0), off_m + margin_m);
            let range = range.unwrap_or(Interval::ZERO);
            let agrees = range.meets(figure.interval);
            let verdict = if agrees { Verdict::Consistent } else { Verdict::Inconsistent };
            let why = format!(
                "{} is {} from the line (± {} for both places); {} is published.",
                point.name,
                wording::km(off_m, 2),
                wording::distance(margin_m),
                figure.text(),
            );
            let finding = Finding::new(topic.clone(), severity, verdict, why)
                .derived([Derived::new("distance from the line", range, Dimension::Length)])
                .residual_from(figure.interval);
            where_it_runs_between(study.dossier, &study.depiction, [place, place], finding)
        }
    };
    let finding = assuming(figure, "distance", finding);
    Some(finding.figures([figure.id.as_str()]).sources(sources))
}

type Placed<'a> = (&'a BoundaryPoint, Coord);

fn straight(
    figure: &Figure,
    (a, from): Placed<'_>,
    (b, to): Placed<'_>,
    topic: Topic,
    severity: Severity,
) -> Finding {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    // The bearing is the one seen from the second point.
    let (length, azimuth_deg) = geodesic.distance_and_azimuth(to, from);
    let margin_m = a.accuracy_m + b.accuracy_m;
    let range = Interval::around(length.value(), margin_m).unwrap_or(Interval::ZERO);
    let near = range.meets(figure.interval);
    // The bearing is uncertain by the angle under which each place is seen from the other.
    let places_deg = (margin_m / length.value()).atan().to_degrees();
    let bearing = figure.bearing.as_ref();
    let fits = |it: &Bearing| it.off_deg(azimuth_deg) <= it.half_deg() + places_deg;
    let aligned = bearing.is_none_or(fits);
    let verdict = if near && aligned { Verdict::Consistent } else { Verdict::Inconsistent };
    let seen = bearing.map_or_else(String::new, |bearing| {
        // Winds are wide; an azimuth is shown to a digit more than its rounding.
        let decimals = match bearing {
            Bearing::Wind(_) => 0,
            Bearing::Azimuth { half_deg, .. } => (1.0 - half_deg.log10()).clamp(0.0, 5.0) as usize,
        };
        format!(
            ", and the first lies at an azimuth of {azimuth_deg:.decimals$}° from the second where the \
             text says {}",
            bearing.name()
        )
    });
    let why = format!(
        "{} and {} are {} apart (± {} for their places); {} is published{seen}.",
        a.name,
        b.name,
        wording::km(length.value(), 2),
        wording::distance(margin_m),
        figure.text(),
    );
    Finding::new(topic, severity, verdict, why)
        .derived([Derived::new("distance, places uncertain", range, Dimension::Length)])
        .residual_from(figure.interval)
}

fn along(
    study: &Study<'_>,
    figure: &Figure,
    (a, from): Placed<'_>,
    (b, to): Placed<'_>,
    topic: Topic,
    severity: Severity,
) -> Finding {
    let line = &study.depiction.line;
    let places = [from, to];
    let (from, to) = (line.locate(from), line.locate(to));
    let length_m = (from.chainage - to.chainage).abs().value();
    // Each foot may be off by the uncertainty of its point and its distance from the line.
    let margin_m =
        a.accuracy_m.hypot(from.distance.value()) + b.accuracy_m.hypot(to.distance.value());
    let range = Interval::around(length_m, margin_m).unwrap_or(Interval::ZERO);
    let agrees = range.meets(figure.interval);
    let verdict = if agrees { Verdict::Consistent } else { Verdict::Inconsistent };
    let why = format!(
        "Along the line, {} and {} are {} apart at full detail (± {} for their places); {} is \
         published.",
        a.name,
        b.name,
        wording::km(length_m, 1),
        wording::distance(margin_m),
        figure.text(),
    );
    let finding = Finding::new(topic, severity, verdict, why)
        .derived([Derived::new("distance along the line", range, Dimension::Length)])
        .residual_from(figure.interval);
    where_it_runs_between(study.dossier, &study.depiction, places, finding)
}
