//! `tripoint/*`: coordinates of an instrument compared with each other and with the
//! line.
//!
//! Two tests per point that has published coordinates:
//!
//! - `…/coordinates`: printed latitude and longitude, projected, against printed
//!   northing and easting, as `identify` compares them. Tolerance per axis: half of the last
//!   printed place of both, and 0.5 mm on the map they were read off.
//! - `…/line-end`: printed northing and easting, taken to WGS 84 by the operation
//!   the dossier names, against the end of the line. Tolerance: the operation's
//!   accuracy, 0.5 mm on the map, the line's accuracy.

use std::collections::BTreeMap;

use geo::Coord;

use super::fit::where_it_runs;
use super::{Derived, Finding, Given, Severity, Topic, TripointTest, Verdict};
use crate::dossier::{BoundaryPoint, Published};
use crate::geodesy::datum::{self, DatumError, Operation};
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::identify::printed::{TwicePrinted, reading_m};
use crate::quantity::Dimension;
use crate::wording::{distance, number, towards};

pub(super) fn check(given: &Given<'_>) -> Vec<Finding> {
    // Most points use the same operation to WGS 84, and PROJ takes long to look one up, most of all
    // after another one was dropped, because that closes PROJ's database.
    let (mut operations, mut projections) = (BTreeMap::new(), BTreeMap::new());
    let points = given.dossier.points.iter();
    points
        .filter_map(|point| Some((point, point.published.as_ref()?)))
        .flat_map(|(point, published)| {
            let code = published.to_wgs84.as_str();
            let operation = operations.entry(code).or_insert_with(|| datum::named(code)).as_ref();
            let both = operation.map_err(Clone::clone).and_then(|operation| {
                // It starts from the geographic system that `crs` is based on: a dossier where this
                // does not hold is refused.
                let unknown = || DatumError::NoBase { code: published.crs.clone() };
                let (base, _) = operation.systems().ok_or_else(unknown)?;
                let ends = (base.to_owned(), published.crs.as_str());
                let projection =
                    projections.entry(ends).or_insert_with(|| datum::between(base, &published.crs));
                Ok((operation, projection.as_ref().map_err(Clone::clone)?))
            });
            one(given, point, published, both)
        })
        .collect()
}

/// The findings on one point, by the operation to WGS 84 and the projection of the printed
/// coordinates.
fn one(
    given: &Given<'_>,
    point: &BoundaryPoint,
    published: &Published,
    operations: Result<(&Operation, &Operation), DatumError>,
) -> Vec<Finding> {
    let (coordinates, treaty) = match operations {
        Ok((operation, projection)) => {
            (coordinates(point, published, projection), on_wgs84(published, operation, projection))
        }
        Err(error) => (Err(error.clone()), Err(error)),
    };
    let place = treaty.as_ref().map(|treaty| place(point, treaty)).map_err(Clone::clone);
    let end = line_end(given, point).map(|end| {
        let against = |treaty| against_line(given, point, published, treaty, end);
        treaty.as_ref().map(against).map_err(Clone::clone)
    });
    let tests = [
        (TripointTest::Coordinates, Some(coordinates)),
        (TripointTest::Place, Some(place)),
        (TripointTest::LineEnd, end),
    ];
    let findings = tests.map(|(test, outcome)| Some(finding_or_reason(point, test, outcome?)));
    findings.into_iter().flatten().collect()
}

/// The finding of a test. Without a datum operation it is one that says why there is no result.
fn finding_or_reason(
    point: &BoundaryPoint,
    test: TripointTest,
    outcome: Result<Finding, DatumError>,
) -> Finding {
    let finding = outcome.unwrap_or_else(|error| {
        let verdict = match error {
            DatumError::NotBuilt
            | DatumError::NoDatabase
            | DatumError::UnknownSystem { .. }
            | DatumError::UnknownOperation { .. } => Verdict::Skipped,
            _ => Verdict::Undecided,
        };
        let why = format!("{}: no datum operation: {error}.", point.name);
        Finding::new(Topic::tripoint(&point.id, test), Severity::Error, verdict, why)
    });
    let finding = match test {
        // Printed numbers only, even where they could not be compared.
        TripointTest::Coordinates => finding.on_figures_alone(),
        TripointTest::Place => finding.on_files(),
        TripointTest::LineEnd => finding,
    };
    finding.sources(&point.sources)
}

fn map_reading_m(published: &Published) -> f64 {
    reading_m(published.map_scale)
}

fn coordinates(
    point: &BoundaryPoint,
    published: &Published,
    projection: &Operation,
) -> Result<Finding, DatumError> {
    let twice = TwicePrinted {
        latitude: published.latitude.number,
        longitude: published.longitude.number,
        northing: published.northing.number,
        easting: published.easting.number,
        reading_m: map_reading_m(published),
    };
    let apart = twice.apart(projection)?;
    let verdict = if apart.is_explained() { Verdict::Consistent } else { Verdict::Inconsistent };
    let why = format!(
        "{}: the printed X, Y lie {} and {} of the projected B, L; printed \
         rounding and 0.5 mm on the 1:{} map allow {} m and {} m.",
        point.name,
        towards(apart.north_m, "north", "south"),
        towards(apart.east_m, "east", "west"),
        number(published.map_scale, 0),
        number(apart.allowed_north_m, 1),
        number(apart.allowed_east_m, 1),
    );
    let topic = Topic::tripoint(&point.id, TripointTest::Coordinates);
    Ok(Finding::new(topic, Severity::Error, verdict, why)
        .derived(Derived::metres("published minus projected, north", apart.north_m))
        .derived(Derived::metres("published minus projected, east", apart.east_m))
        .derived(Derived::metres("tolerance, north", apart.allowed_north_m))
        .derived(Derived::metres("tolerance, east", apart.allowed_east_m))
        .residual(apart.length_m(), Dimension::Length))
}

/// A treaty's coordinates on WGS 84, with the operation that took them there.
struct OnWgs84 {
    place: Coord,
    operation: datum::OperationInfo,
}

fn on_wgs84(
    published: &Published,
    operation: &Operation,
    projection: &Operation,
) -> Result<OnWgs84, DatumError> {
    let (north, east) = (published.northing.number, published.easting.number);
    let geographic = projection.inverse(Coord { x: east.value, y: north.value })?;
    Ok(OnWgs84 { place: operation.forward(geographic)?, operation: operation.info() })
}

fn operation_text(info: &datum::OperationInfo) -> String {
    let accuracy = info.accuracy_m.map_or("unstated".to_owned(), distance);
    let code = info.code.as_deref().unwrap_or("operation");
    format!("{code} \u{201c}{}\u{201d}, accuracy {accuracy}", info.name)
}

/// The dossier's own WGS 84 position of the point is the one the operation gives.
fn place(point: &BoundaryPoint, treaty: &OnWgs84) -> Finding {
    let there = treaty.place;
    let topic = Topic::tripoint(&point.id, TripointTest::Place);
    let Some(kept) = point.place else {
        let why = format!("{}: the dossier gives the point no place of its own.", point.name);
        return Finding::new(topic, Severity::Error, Verdict::Skipped, why);
    };
    let off = Geodesic::new(Ellipsoid::WGS84).distance(kept, there).value();
    // The dossier keeps six decimals of a degree: 0.11 m, half of that rounded.
    let holds = off <= ROUNDED_M;
    let verdict = if holds { Verdict::Consistent } else { Verdict::Inconsistent };
    let why = format!(
        "{}: the dossier's WGS 84 position is {} m from the printed X, Y taken through {}. The \
         position was computed this way; this catches typing errors only.",
        point.name,
        number(off, 2),
        operation_text(&treaty.operation),
    );
    Finding::new(topic, Severity::Error, verdict, why)
        .derived(Derived::metres("dossier minus operation", off))
}

/// Half of the sixth decimal of a degree, both axes together, rounded up.
const ROUNDED_M: f64 = 0.1;

/// The end of the line that a point names, if it does.
fn line_end(given: &Given<'_>, point: &BoundaryPoint) -> Option<Coord> {
    let facts = &given.dossier.line_facts;
    let line = &given.depiction.line;
    if point.id == facts.start {
        Some(line.start())
    } else if point.id == facts.end {
        Some(line.end())
    } else {
        None
    }
}

fn against_line(
    given: &Given<'_>,
    point: &BoundaryPoint,
    published: &Published,
    treaty: &OnWgs84,
    end: Coord,
) -> Finding {
    let (there, info) = (treaty.place, &treaty.operation);
    let topic = Topic::tripoint(&point.id, TripointTest::LineEnd);
    let off_m = Geodesic::new(Ellipsoid::WGS84).distance(there, end).value();
    let why_not = |what| {
        let why = format!("{}: {what}, so nothing can be said.", point.name);
        Finding::new(topic.clone(), Severity::Error, Verdict::Undecided, why)
    };
    let Some(accuracy_m) = info.accuracy_m else {
        return why_not("the operation states no accuracy");
    };
    let map_m = map_reading_m(published);
    let line_m = given.depiction.accuracy_m;
    let tolerance_m = accuracy_m + map_m + line_m;
    let verdict = if off_m <= tolerance_m { Verdict::Consistent } else { Verdict::Inconsistent };
    let why = format!(
        "{}: the line ends {} from the treaty's X, Y taken to WGS 84 through {}; {} are allowed \
         ({} for the operation, {} for the map, {} for the line).",
        point.name,
        distance(off_m),
        operation_text(info),
        distance(tolerance_m),
        distance(accuracy_m),
        distance(map_m),
        distance(line_m),
    );
    let finding = Finding::new(topic.clone(), Severity::Error, verdict, why)
        .derived(Derived::metres("distance from the line's end", off_m))
        .derived(Derived::metres("tolerance", tolerance_m))
        .residual(off_m, Dimension::Length);
    where_it_runs(given.dossier, given.depiction, there, finding)
}
