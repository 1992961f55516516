//! `resolution/*`: compares the length of the line with that of other depictions of the same
//! boundary. A part of the difference is due to resolution; the rest is due to a different course,
//! if each line was drawn as finely as its scale says.
//!
//! A coarser line is shorter. So both are simplified alike, as coarsely as the coarser of
//! the two was drawn, over the range of 0.2 to 0.5 mm on its map: what differs then is not
//! due to resolution. Only lengths are compared here; where the lines part
//! and how far is for a comparison of the lines themselves.

use std::path::Path;

use super::{Derived, Finding, Given, Severity, Topic, Verdict};
use crate::dossier::Depiction;
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::line::{Line, LineFault};
use crate::quantity::{Dimension, Interval};
use crate::resolution::simplified;
use crate::wording::{self, distance, km, number};

pub(super) fn check(given: &Given<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::with_capacity(given.others.len());
    for other in given.others {
        // Files may have one name in several directories.
        let topics = (1..).map(|number| Topic::Depiction { name: name(other), number });
        let is_new = |topic: &Topic| {
            let id = topic.to_string();
            findings.iter().all(|finding| finding.id != *id)
        };
        findings
            .extend(topics.take(given.others.len()).find(is_new).map(|it| one(given, other, it)));
    }
    findings
}

/// Accuracies are 0.5 mm on a map; as shares of that, 0.2 to 0.5 mm.
const SHARES: [f64; 4] = [0.4, 0.6, 0.8, 1.0];

fn one(given: &Given<'_>, other: &Depiction, topic: Topic) -> Finding {
    let sources = [&given.dossier.line_facts.accuracy_source];
    let Ok((own_line, other_line)) = common(&given.depiction.line, &other.line) else {
        let why = format!("{} has no stretch in common with the line.", other.title());
        return Finding::new(topic, Severity::Note, Verdict::Undecided, why).sources(sources);
    };
    let full_m = (other_line.length() - own_line.length()).value();
    let accuracies_m = [given.depiction.accuracy_m, other.accuracy_m];
    let coarser_m = accuracies_m[0].max(accuracies_m[1]);
    let alike = alike(&own_line, &other_line, coarser_m);
    // The distances of the ends, and the uncertainty of each end on each line.
    let ends_m = ends_m(&own_line, &other_line) + 2.0 * (accuracies_m[0] + accuracies_m[1]);
    let (verdict, rest) = verdict(alike, ends_m);
    let explanation = format!(
        "On the stretch that both cover, {} measures {}, the line {}: {}. Simplified alike, at {} \
         to {}, it is {}. {rest}",
        other.title(),
        km(other_line.length().value(), 1),
        km(own_line.length().value(), 1),
        longer(Interval::spanning(full_m, full_m).unwrap_or(Interval::ZERO)),
        distance(SHARES[0] * coarser_m),
        distance(coarser_m),
        longer(alike),
    );
    let alike = Derived::new("difference at one resolution", alike, Dimension::Length);
    Finding::new(topic, Severity::Note, verdict, explanation)
        .derived(Derived::metres("difference at full detail", full_m))
        .derived(Derived::metres("what the ends can account for", ends_m))
        .derived([alike])
        .sources(sources)
}

/// Both lines, each without the part beyond the ends of the other.
fn common(own: &Line, other: &Line) -> Result<(Line, Line), LineFault> {
    let within = |line: &Line, other: &Line| {
        line.cut(line.locate(other.start()).chainage, line.locate(other.end()).chainage)
    };
    Ok((within(own, other)?, within(other, own)?))
}

/// The name of the file, without its ending.
fn name(other: &Depiction) -> String {
    let name = Path::new(other.origin()).file_stem().and_then(|stem| stem.to_str());
    name.unwrap_or(other.origin()).replace(' ', "-")
}

/// How much longer the other line is where both are simplified alike.
fn alike(own: &Line, other: &Line, coarser_m: f64) -> Interval {
    let tolerances_m = SHARES.map(|share| share * coarser_m);
    let [own, other] = [own, other].map(|line| simplified(line.vertices(), &tolerances_m));
    let differences = own.points.iter().zip(&other.points);
    let differences = differences.map(|(own, other)| (other.length - own.length).value());
    let spans = differences.filter_map(|difference| Interval::spanning(difference, difference));
    spans.reduce(Interval::hull).unwrap_or(Interval::ZERO)
}

/// How far the ends of the two lines are apart, together.
fn ends_m(own: &Line, other: &Line) -> f64 {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let starts = geodesic.distance(own.start(), other.start());
    (starts + geodesic.distance(own.end(), other.end())).value()
}

/// The verdict on what remains at one resolution, in words.
fn verdict(alike: Interval, ends_m: f64) -> (Verdict, String) {
    let least_m = alike.gap(Interval::ZERO).abs();
    let beyond_m = least_m - ends_m;
    if least_m == 0.0 {
        (Verdict::Consistent, "Resolution explains the difference.".to_owned())
    } else if beyond_m <= 0.0 {
        let ends = distance(ends_m);
        let why = format!("Their ends, uncertain by {ends}, can account for what remains.");
        (Verdict::Undecided, why)
    } else {
        let least = wording::floor(beyond_m / 1e3, 1);
        let why = format!(
            "Resolution does not explain that: at least {least} km are due to a different course, \
             or to drawing less finely than a scale says."
        );
        (Verdict::Inconsistent, why)
    }
}

/// `12.3–15.6 km shorter`
fn longer(difference: Interval) -> String {
    let (low, high) = (difference.low() / 1e3, difference.high() / 1e3);
    let (from, to, word) =
        if high <= 0.0 { (-high, -low, "shorter") } else { (low, high, "longer") };
    let (from, to) = (number(from, 1), number(to, 1));
    if low < 0.0 && high > 0.0 {
        format!("{} km shorter to {to} km longer", number(-low, 1))
    } else if from == to {
        format!("{from} km {word}")
    } else {
        format!("{from}–{to} km {word}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_read_as_said() {
        let longer = |low: f64, high: f64| longer(Interval::new(low * 1e3, high * 1e3).unwrap());
        assert_eq!(longer(-3.0, -1.0), "1.0–3.0 km shorter");
        assert_eq!(longer(1.0, 3.0), "1.0–3.0 km longer");
        assert_eq!(longer(2.0, 2.0), "2.0 km longer");
        assert_eq!(longer(-1.0, 3.0), "1.0 km shorter to 3.0 km longer");
        assert_eq!(longer(0.0, 0.0), "0.0 km shorter");
    }

    #[test]
    fn what_ends_can_account_for_is_left_open() {
        let alike = Interval::new(2_000.0, 5_000.0).unwrap();
        assert_eq!(verdict(alike, 500.0).0, Verdict::Inconsistent);
        assert!(verdict(alike, 500.0).1.contains("at least 1.5 km"));
        assert_eq!(verdict(alike, 2_500.0).0, Verdict::Undecided);
        assert_eq!(verdict(Interval::new(-1.0, 5.0).unwrap(), 0.0).0, Verdict::Consistent);
    }
}
