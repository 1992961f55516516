//! What a list says of itself: printed lengths and azimuths, sums, and what looks like a slip.

use geo::Coord;

use super::edge::Kind;
use super::length::PrintedLength;
use super::place::{Point, azimuth};
use super::reading::{Edge, Reading};
use super::table::Row;
use crate::geodesy::earth::MOST_DEGREE_M;
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::io::printed::{Coordinate, angle};
use crate::problem::ConstructFault;
use crate::quantity::{Dimension, Interval, Metres};
use crate::wording::{count, distance, list, number, with_range};

/// How a check of a list comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// What is printed fits every reading.
    Consistent,
    /// It fits none.
    Inconsistent,
    /// It fits some.
    Undecided,
    /// Nothing is printed that it could contradict; somebody should look.
    Noted,
}

/// A check of the list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ListCheck {
    /// What is checked: `length`, `bearing`, `total`, `closure`, `twice`, `repeated`, `order`, `spacing`,
    /// `rounding`, `digits`.
    pub(crate) kind: &'static str,
    /// The points or the edge it is about.
    pub(crate) about: String,
    pub(crate) outcome: Outcome,
    /// A sentence.
    pub(crate) text: String,
}

/// Edges shorter or longer than the middle one by more than this factor are named.
const FACTOR: f64 = 30.0;

/// Why a check cannot be made: a row, a key, and what is wrong.
pub(super) type RowFault = (usize, &'static str, ConstructFault);

/// All checks of a list with its readings.
pub(super) fn all(
    rows: &[Row],
    total: Option<&PrintedLength>,
    readings: &[Reading],
) -> Result<Vec<ListCheck>, RowFault> {
    let Some(first) = readings.first() else { return Ok(Vec::new()) };
    let mut checks = Vec::new();
    let mut sum = Some(Interval::ZERO);
    for (number_of, edge) in first.edges.iter().enumerate() {
        let row = &rows[edge.points[0]];
        let about = named(edge, &first.points);
        let printed = row.get("length").map(|text| PrintedLength::read("length", text));
        let printed = printed.transpose().map_err(|fault| (edge.points[0], "length", fault))?;
        if let Some(printed) = &printed {
            let mut check = length(number_of, &about, printed, readings);
            if check.outcome == Outcome::Inconsistent {
                check.text += &slips(rows, first, edge);
            }
            checks.push(check);
        }
        sum = sum.zip(printed.as_ref()).map(|(sum, printed)| sum + printed.interval);
        if let Some(text) = row.get("bearing") {
            let printed = azimuth("bearing", text);
            let printed = printed.map_err(|fault| (edge.points[0], "bearing", fault))?;
            checks.push(bearing(
                number_of,
                &about,
                text,
                printed.value,
                printed.half_step,
                readings,
            ));
        }
    }
    if let Some(total) = total {
        checks.push(whole(total, readings));
        if let Some(sum) = sum {
            checks.push(closure(total, sum, first.edges.len()));
        }
    }
    checks.extend(twice(&first.points));
    checks.extend(repeated(&first.points));
    checks.extend(order(first));
    checks.extend(spacing(first));
    checks.extend(rounding(&first.points));
    checks.extend(digits(&first.points));
    Ok(checks)
}

fn named(edge: &Edge, points: &[Point]) -> String {
    let [from, to] = edge.points.map(|at| points[at].name.as_str());
    format!("{from} – {to}")
}

/// How far rounding and the stated accuracy of its ends may change an edge's length, in metres.
fn rounded_m(edge: &Edge, reading: &Reading) -> f64 {
    let points = edge.points.map(|at| &reading.points[at]);
    let rounded = match (&edge.kind, points.map(|point| point.half_deg)) {
        // Along a meridian a longitude has no weight, and a parallel is shorter the farther it is
        // from the equator.
        (Kind::Meridian, [Some(a), Some(b)]) => (a[0] + b[0]) * MOST_DEGREE_M,
        (Kind::Parallel, [Some(a), Some(b)]) => {
            let (sin, cos) = points[0].at.y.to_radians().sin_cos();
            let narrower = edge.length.value() * (sin / cos).abs() * a[0].max(b[0]).to_radians();
            (a[1] + b[1]) * MOST_DEGREE_M * cos + narrower
        }
        _ => points.iter().map(|point| point.rounded_m).sum(),
    };
    rounded + 2.0 * reading.of_points_m
}

/// A length with what rounding leaves open; no length is negative.
fn open(length_m: f64, rounded_m: f64) -> Option<Interval> {
    Interval::new((length_m - rounded_m).max(0.0), length_m + rounded_m)
}

/// Which readings a printed value meets, as an outcome.
fn outcome(fits: &[bool]) -> Outcome {
    match fits.iter().filter(|fits| **fits).count() {
        0 => Outcome::Inconsistent,
        all if all == fits.len() => Outcome::Consistent,
        _ => Outcome::Undecided,
    }
}

/// What of the readings a printed value meets, as the end of a sentence.
fn met(fits: &[bool], readings: &[Reading]) -> String {
    if outcome(fits) != Outcome::Undecided {
        return String::new();
    }
    let names: Vec<String> = readings
        .iter()
        .zip(fits)
        .filter(|(_, fits)| **fits)
        .map(|(it, _)| it.name.clone())
        .collect();
    format!(" It fits {} only.", list(&names))
}

fn length(
    number_of: usize,
    about: &str,
    printed: &PrintedLength,
    readings: &[Reading],
) -> ListCheck {
    let found = |reading: &Reading| {
        let edge = reading.edges.get(number_of)?;
        open(edge.own_length.value(), rounded_m(edge, reading))
    };
    let found: Vec<Interval> = readings.iter().filter_map(found).collect();
    let fits: Vec<bool> = found.iter().map(|it| it.meets(printed.interval)).collect();
    let text = compared(&format!("{about} is printed as {}", printed.in_words()), &found, readings);
    let text = text + &met(&fits, readings);
    ListCheck { kind: "length", about: about.to_owned(), outcome: outcome(&fits), text }
}

/// What is printed, and what it is in the first reading and how far the others differ.
fn compared(printed: &str, found: &[Interval], readings: &[Reading]) -> String {
    let Some(first) = found.first() else { return format!("{printed}.") };
    let hull = found.iter().fold(*first, |hull, it| hull.hull(*it));
    let value = with_range(first.middle(), hull, Dimension::Length);
    let is_own = readings.iter().any(|reading| reading.operation.is_some());
    let on = if is_own { " on the ellipsoid of its system" } else { "" };
    match readings.len() {
        1 => format!("{printed}, and is {value}{on}."),
        _ => format!("{printed}, and is {value}{on} over all readings."),
    }
}

fn bearing(
    number_of: usize,
    about: &str,
    printed: &str,
    value_deg: f64,
    half_deg: f64,
    readings: &[Reading],
) -> ListCheck {
    let off_deg = |reading: &Reading| {
        let edge = reading.edges.get(number_of)?;
        let allowed_deg = (rounded_m(edge, reading) / edge.length.value()).to_degrees() + half_deg;
        let off = (edge.azimuth_deg - value_deg + 180.0).rem_euclid(360.0) - 180.0;
        Some((off, off.abs() <= allowed_deg))
    };
    let found: Vec<(f64, bool)> = readings.iter().filter_map(off_deg).collect();
    let fits: Vec<bool> = found.iter().map(|(_, fits)| *fits).collect();
    let azimuth_deg =
        readings.first().and_then(|it| it.edges.get(number_of)).map_or(0.0, |it| it.azimuth_deg);
    let text = format!(
        "{about} is printed as {printed}, and begins at {}°.{}",
        number(azimuth_deg, 4),
        met(&fits, readings)
    );
    ListCheck { kind: "bearing", about: about.to_owned(), outcome: outcome(&fits), text }
}

fn whole(total: &PrintedLength, readings: &[Reading]) -> ListCheck {
    let found = |reading: &Reading| {
        let rounded: f64 = reading.edges.iter().map(|it| rounded_m(it, reading)).sum();
        let own: Metres = reading.edges.iter().map(|it| it.own_length).sum();
        open(own.value(), rounded)
    };
    let found: Vec<Interval> = readings.iter().filter_map(found).collect();
    let fits: Vec<bool> = found.iter().map(|it| it.meets(total.interval)).collect();
    let text = compared(&format!("The whole is printed as {}", total.in_words()), &found, readings);
    let text = text + &met(&fits, readings);
    ListCheck { kind: "total", about: "the whole".to_owned(), outcome: outcome(&fits), text }
}

fn closure(total: &PrintedLength, sum: Interval, edges: usize) -> ListCheck {
    let outcome = outcome(&[sum.meets(total.interval)]);
    let text = format!(
        "The printed lengths of {} add up to {}, and the whole is printed as {}.",
        count(edges, "edge"),
        with_range(sum.middle(), sum, Dimension::Length),
        total.in_words()
    );
    ListCheck { kind: "closure", about: "the whole".to_owned(), outcome, text }
}

/// Points with degrees and metres that are apart.
fn twice(points: &[Point]) -> Vec<ListCheck> {
    let check = |point: &Point| {
        let [apart_m, allowed_m] = point.twice_m?;
        let text = format!(
            "Latitude and longitude of {} are {} from its northing and easting, and rounding allows {}.",
            point.name,
            distance(apart_m),
            distance(allowed_m)
        );
        let outcome = outcome(&[apart_m <= allowed_m]);
        Some(ListCheck { kind: "twice", about: point.name.clone(), outcome, text })
    };
    points.iter().filter_map(check).collect()
}

fn repeated(points: &[Point]) -> Vec<ListCheck> {
    let on_line: Vec<&Point> = points.iter().filter(|point| point.is_on_line).collect();
    let mut checks = Vec::new();
    for (i, a) in on_line.iter().enumerate() {
        for (j, b) in on_line.iter().enumerate().skip(i + 2) {
            let closes = i == 0 && j + 1 == on_line.len();
            if a.at == b.at && !closes {
                let text = format!("{} and {} are at the same place.", a.name, b.name);
                let about = format!("{}, {}", a.name, b.name);
                checks.push(ListCheck { kind: "repeated", about, outcome: Outcome::Noted, text });
            }
        }
    }
    checks
}

/// Neighbours whose exchange makes the line much shorter.
fn order(reading: &Reading) -> Vec<ListCheck> {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let at = |number: usize| reading.points[number].at;
    let way = |path: [Coord; 4]| {
        path.windows(2).map(|it| geodesic.distance(it[0], it[1]).value()).sum::<f64>()
    };
    let check = |edges: &[Edge]| {
        if edges[1..].iter().any(|edge| edge.begins_stretch) {
            return None;
        }
        let [a, b] = edges[0].points;
        let [c, d] = edges[2].points;
        let (as_listed, exchanged) =
            (way([at(a), at(b), at(c), at(d)]), way([at(a), at(c), at(b), at(d)]));
        (exchanged < 0.6 * as_listed).then(|| {
            let [b, c] = [b, c].map(|at| reading.points[at].name.clone());
            let text = format!(
                "With {b} and {c} exchanged the way there is {} instead of {}: they may be out of order.",
                distance(exchanged),
                distance(as_listed)
            );
            let about = format!("{b}, {c}");
            ListCheck { kind: "order", about, outcome: Outcome::Noted, text }
        })
    };
    reading.edges.windows(3).filter_map(check).collect()
}

/// Edges that are far longer or shorter than the others.
fn spacing(reading: &Reading) -> Vec<ListCheck> {
    let mut lengths: Vec<f64> = reading.edges.iter().map(|edge| edge.length.value()).collect();
    lengths.sort_by(f64::total_cmp);
    // Of a few edges none is usual.
    let Some(middle) = lengths.get(lengths.len() / 2).filter(|_| lengths.len() >= 9) else {
        return Vec::new();
    };
    let is_odd = |edge: &&Edge| {
        let length = edge.length.value();
        length > FACTOR * middle || length < middle / FACTOR
    };
    let check = |edge: &Edge| {
        let about = named(edge, &reading.points);
        let text = format!(
            "{about} is {}, and half of the edges are shorter than {}.",
            distance(edge.length.value()),
            distance(*middle)
        );
        ListCheck { kind: "spacing", about, outcome: Outcome::Noted, text }
    };
    reading.edges.iter().filter(is_odd).map(check).collect()
}

/// Points that are printed to fewer places than most.
fn rounding(points: &[Point]) -> Option<ListCheck> {
    let is_rounded = |point: &&Point| point.printed.is_some() && point.rounded_m > 0.0;
    let mut printed: Vec<&Point> = points.iter().filter(is_rounded).collect();
    printed.sort_by(|a, b| a.rounded_m.total_cmp(&b.rounded_m));
    let usual = printed.get(printed.len() / 2)?.rounded_m;
    let coarse: Vec<String> = printed
        .iter()
        .filter(|point| point.rounded_m > 5.0 * usual)
        .map(|point| point.name.clone())
        .collect();
    if coarse.is_empty() {
        return None;
    }
    let text = format!(
        "Most points are printed to {}, and {} to {} at worst.",
        distance(usual),
        list(&coarse),
        distance(printed.last().map_or(0.0, |point| point.rounded_m))
    );
    let about = coarse.join(", ");
    Some(ListCheck { kind: "rounding", about, outcome: Outcome::Noted, text })
}

/// Points whose latitude and longitude have the same digits after the degrees.
fn digits(points: &[Point]) -> Vec<ListCheck> {
    let is_same = |point: &&Point| {
        let Some([lat, lon]) = &point.printed else { return false };
        let [lat, lon] = [lat, lon].map(|text| {
            let groups = text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
            groups.filter(|it| !it.is_empty()).skip(1).collect::<Vec<_>>()
        });
        // Whole minutes are the same by chance.
        let is_long = lat.concat().chars().filter(|c| *c != '0' && c.is_ascii_digit()).count() > 3;
        is_long && lat == lon
    };
    let check = |point: &Point| {
        let text = format!(
            "Latitude and longitude of {} have the same minutes and seconds: one may be a copy of the \
             other.",
            point.name
        );
        let about = point.name.clone();
        ListCheck { kind: "digits", about, outcome: Outcome::Noted, text }
    };
    points.iter().filter(is_same).map(check).collect()
}

/// The exchanges of two neighbouring digits after which all printed lengths at a point fit.
fn slips(rows: &[Row], reading: &Reading, edge: &Edge) -> String {
    let mut found = Vec::new();
    for end in edge.points {
        let Some(texts) = &reading.points[end].printed else { continue };
        for (which, text) in texts.iter().enumerate() {
            for exchanged in exchanges(text) {
                let mut texts = texts.clone();
                texts[which].clone_from(&exchanged);
                if all_fit(rows, reading, end, &texts) {
                    found.push(format!(
                        "{} {exchanged} instead of {text}",
                        reading.points[end].name
                    ));
                }
            }
        }
    }
    match &found[..] {
        [] => String::new(),
        found => format!(" It would fit with two digits exchanged: {}.", list(found)),
    }
}

/// A text with each two neighbouring digits exchanged that differ.
fn exchanges(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let pairs = (1..chars.len()).filter(|at| {
        let (a, b) = (chars[at - 1], chars[*at]);
        a.is_ascii_digit() && b.is_ascii_digit() && a != b
    });
    let exchanged = |at: usize| {
        let mut chars = chars.clone();
        chars.swap(at - 1, at);
        chars.into_iter().collect()
    };
    pairs.map(exchanged).collect()
}

/// Whether the printed lengths of all edges at a point fit if it is printed so. Only edges whose
/// length a geodesic has are looked at.
fn all_fit(rows: &[Row], reading: &Reading, point: usize, [lat, lon]: &[String; 2]) -> bool {
    let (Ok(lat), Ok(lon)) = (angle(lat, Coordinate::Latitude), angle(lon, Coordinate::Longitude))
    else {
        return false;
    };
    // From where it is by as much as in the list: that counts from another meridian, perhaps, or is on
    // another datum.
    let Some((lat_now, lon_now)) = reading.points[point].printed.as_ref().and_then(|[lat, lon]| {
        let lat = angle(lat, Coordinate::Latitude).ok()?;
        Some((lat, angle(lon, Coordinate::Longitude).ok()?))
    }) else {
        return false;
    };
    let now = reading.points[point].at;
    let moved = Coord {
        x: now.x + lon.deg.value - lon_now.deg.value,
        y: now.y + lat.deg.value - lat_now.deg.value,
    };
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let edges = reading.edges.iter().filter(|edge| edge.points.contains(&point));
    let fits = |edge: &Edge| {
        let text = rows[edge.points[0]].get("length")?;
        let printed = PrintedLength::read("length", text).ok()?;
        let ends = edge.points.map(|at| if at == point { moved } else { reading.points[at].at });
        let length_m = geodesic.distance(ends[0], ends[1]).value();
        let found = Interval::around(length_m, rounded_m(edge, reading))?;
        Some(found.meets(printed.interval))
    };
    edges.map(fits).all(|fits| fits.unwrap_or(true))
}
