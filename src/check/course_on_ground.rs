//! `course/*` of segments that follow a river, a watershed or the line midway between two shores.

use geo::Coord;

use super::course::accuracy_m;
use super::ground::FollowedSegment;
use super::{Derived, Finding, Severity, Study, Topic, Verdict};
use crate::course::offsets::Offset;
use crate::dossier::{Follows, Segment};
use crate::quantity::{Dimension, Interval, SquareMetres};
use crate::wording::{distance, km, number};

pub(super) fn check(study: &Study<'_>) -> Vec<Finding> {
    let followed = &study.followed;
    let one = |it: &FollowedSegment| {
        let segment = study.dossier.segments.iter().find(|segment| segment.id == it.id)?;
        Some(finding(study, segment, it, followed.accuracy_m))
    };
    followed.segments.iter().filter_map(one).collect()
}

/// How a segment runs along what it follows.
struct Departure {
    length_m: f64,
    /// The length over which nothing that it could follow is within reach.
    without_m: f64,
    farthest_m: f64,
    at: Option<Coord>,
    mean_m: f64,
    /// The length that is no farther away than the accuracies explain.
    within_m: f64,
    /// The land between the two that the segment leaves to the left side, and to the right one.
    land: [SquareMetres; 2],
}

impl Departure {
    fn new(offsets: &[Offset], allowed_m: f64) -> Self {
        let mut found = Self {
            length_m: 0.0,
            without_m: 0.0,
            farthest_m: 0.0,
            at: None,
            mean_m: 0.0,
            within_m: 0.0,
            land: [SquareMetres::new(0.0); 2],
        };
        for Offset { at, share, left_m } in offsets {
            let share_m = share.value();
            found.length_m += share_m;
            let Some(left_m) = left_m else {
                found.without_m += share_m;
                continue;
            };
            let off_m = left_m.abs();
            if off_m >= found.farthest_m {
                (found.farthest_m, found.at) = (off_m, Some(*at));
            }
            found.mean_m += off_m * share_m;
            found.within_m += if off_m <= allowed_m { share_m } else { 0.0 };
            // A line to the right of its course leaves land to the left side.
            let to = usize::from(*left_m < 0.0);
            found.land[to] = found.land[to] + SquareMetres::new(off_m * share_m);
        }
        found.mean_m /= found.length_m - found.without_m;
        found
    }
}

fn finding(
    study: &Study<'_>,
    segment: &Segment,
    followed: &FollowedSegment,
    ground_m: Option<f64>,
) -> Finding {
    let own_m = accuracy_m(study, segment);
    let allowed_m = own_m + ground_m.unwrap_or(0.0);
    let found = Departure::new(&followed.offsets, allowed_m);
    let topic = Topic::Course(segment.id.clone());
    let severity = Severity::error_if(segment.facts.is_by_text());
    let words = Words::new(segment.facts.course, &followed.files);
    let Some(at) = found.at else {
        let why =
            format!("{} See whether {} covers it.", words.nothing(found.length_m), followed.files);
        let finding = Finding::new(topic, severity, Verdict::Undecided, why);
        return finding.sources(&segment.facts.sources);
    };
    let (verdict, reason) = match ground_m {
        _ if found.without_m > 0.0 => (Verdict::Undecided, words.nothing(found.without_m)),
        _ if found.farthest_m <= allowed_m => (Verdict::Consistent, String::new()),
        Some(_) => (Verdict::Inconsistent, String::new()),
        None => (Verdict::Undecided, words.needs(found.farthest_m - own_m)),
    };
    let why = explained(study, &words, &found, at, [own_m, allowed_m], ground_m);
    let why = format!("{why} {reason}");
    let range = |value: f64| Interval::around(value, own_m.min(value)).unwrap_or(Interval::ZERO);
    let largest = Derived::new("largest departure", range(found.farthest_m), Dimension::Length);
    let mean = Derived::metres("mean departure", found.mean_m);
    let finding = Finding::new(topic, severity, verdict, why.trim_end());
    let finding = finding.derived(std::iter::once(largest).chain(mean));
    finding.sources(&segment.facts.sources)
}

fn explained(
    study: &Study<'_>,
    words: &Words,
    found: &Departure,
    at: Coord,
    [own_m, allowed_m]: [f64; 2],
    ground_m: Option<f64>,
) -> String {
    let [left, right] = &study.dossier.parties;
    let places = format!("({}, {})", number(at.x, 5), number(at.y, 5));
    let ground =
        ground_m.map_or(String::new(), |m| format!(" and {} for {}", distance(m), words.source));
    let [to_left, to_right] = found.land.map(|land| number(land.km2(), 2));
    format!(
        "Over {} the line is up to {} from {}, at {places}, and {} on average; {} % of it is within {} \
         ({} for the line{ground}). Between the two are about {to_left} km² that the line leaves to {} and \
         {to_right} km² that it leaves to {}.",
        km(found.length_m, 1),
        distance(found.farthest_m),
        words.course,
        distance(found.mean_m),
        number(100.0 * found.within_m / found.length_m, 0),
        distance(allowed_m),
        distance(own_m),
        left.name,
        right.name,
    )
}

/// What is followed, for people.
struct Words {
    course: String,
    source: &'static str,
    absent: &'static str,
}

impl Words {
    fn new(follows: Follows, files: &str) -> Self {
        let (course, source, absent) = match follows {
            Follows::Watershed => (
                "the crest to which a climb across it leads in",
                "the relief",
                "the ground rises for more than 3 km, or its height is not known",
            ),
            Follows::Median => (
                "the line midway between the shores of",
                "the shores",
                "there is no place midway between the left shore and the right one",
            ),
            _ => ("the nearest river of", "the rivers", "no mapped river is within 10 km"),
        };
        Self { course: format!("{course} {files}"), source, absent }
    }

    /// What is said where it is not found over a length.
    fn nothing(&self, length_m: f64) -> String {
        format!("Over {} {}.", km(length_m, 1), self.absent)
    }

    /// What is said where the file's accuracy decides and is not stated.
    fn needs(&self, rest_m: f64) -> String {
        format!(
            "The accuracy of {} is not stated; {} would explain the rest.",
            self.source,
            distance(rest_m)
        )
    }
}
