//! `course/*`: whether the line follows what an instrument says that it follows.

use geo::Coord;

use super::study::MeasuredPiece;
use super::{Derived, Finding, Severity, Study, Topic, Verdict};
use crate::compare::{Land, Track};
use crate::construct::StatedCourse;
use crate::dossier::Segment;
use crate::line::{Line, Side};
use crate::quantity::{Dimension, Interval, Metres, SquareMetres};
use crate::wording::{distance, km, number};

/// Between vertices the line is looked at in steps of this many metres.
const STEP_M: f64 = 200.0;
/// Longer stretches are looked at in this many steps.
const MOST_STEPS: f64 = 50_000.0;

pub(super) fn check(study: &Study<'_>) -> Vec<Finding> {
    let stated = |segment: &&Segment| segment.facts.stated_course.is_some();
    let segments = study.dossier.segments.iter().filter(stated);
    let pieces: Vec<MeasuredPiece<'_>> = study.pieces().collect();
    segments.filter_map(|segment| one(study, &pieces, segment)).collect()
}

/// How a stretch runs along a course.
struct Departure {
    /// The largest distance.
    farthest: Metres,
    /// Where that is.
    at: Coord,
    /// The mean distance along the stretch.
    mean: Metres,
    /// The land between the course and the stretch that this leaves to the left side, and to the
    /// right one.
    land: [SquareMetres; 2],
}

fn one(study: &Study<'_>, pieces: &[MeasuredPiece<'_>], segment: &Segment) -> Option<Finding> {
    let course = segment.facts.stated_course.as_ref()?;
    let topic = Topic::Course(segment.id.clone());
    let severity = Severity::error_if(segment.facts.is_by_text());
    let skipped = |why: String| {
        let finding = Finding::new(topic.clone(), severity, Verdict::Skipped, why);
        Some(finding.sources(&segment.facts.sources))
    };
    let Some(piece) = pieces.iter().find(|it| is_alone(it, segment)) else {
        return skipped("The line does not show where this segment begins and ends.".to_owned());
    };
    let line = Line::new(piece.piece.path.clone());
    let drawn = line.ok().and_then(|line| {
        let ends = [line.start(), line.end()];
        Some((course.line(ends).ok()?, line))
    });
    let Some((reference, line)) = drawn else {
        return skipped(format!("There is no single {} here.", course.in_words()));
    };
    let found = Departure::new(&line, &reference);
    let accuracy_m = accuracy_m(study, segment);
    let plumb_m = segment.facts.plumb_line_m.unwrap_or(0.0);
    let own_m = if course.is_placed() { accuracy_m } else { 2.0 * accuracy_m };
    let allowed_m = own_m + plumb_m;
    let verdict = match found.farthest.value() <= allowed_m {
        true => Verdict::Consistent,
        false => Verdict::Inconsistent,
    };
    let why = explained(study, course, &found, [accuracy_m, plumb_m, allowed_m], line.length());
    let range = |value: f64| Interval::around(value, own_m.min(value)).unwrap_or(Interval::ZERO);
    let largest =
        Derived::new("largest departure", range(found.farthest.value()), Dimension::Length);
    let mean = Derived::metres("mean departure", found.mean.value());
    let derived = std::iter::once(largest).chain(mean);
    let finding = Finding::new(topic, severity, verdict, why).derived(derived);
    Some(finding.sources(&segment.facts.sources))
}

/// Whether a piece of the line is this segment and no other.
fn is_alone(piece: &MeasuredPiece<'_>, segment: &Segment) -> bool {
    matches!(piece.segments, [only] if only.id == segment.id)
}

/// How far a place of the stretch may be from where it is.
pub(super) fn accuracy_m(study: &Study<'_>, segment: &Segment) -> f64 {
    let depiction = &study.depiction;
    if depiction.is_own { segment.facts.accuracy_m } else { depiction.accuracy_m }
}

fn explained(
    study: &Study<'_>,
    course: &StatedCourse,
    found: &Departure,
    [accuracy_m, plumb_m, allowed_m]: [f64; 3],
    length: Metres,
) -> String {
    let [left, right] = &study.dossier.parties;
    let plumb = match plumb_m {
        0.0 => String::new(),
        _ => format!(", {} for the plumb line where its points were observed", distance(plumb_m)),
    };
    let ends = if course.is_placed() { "" } else { ", and as much for its ends" };
    let places = format!("({}, {})", number(found.at.x, 5), number(found.at.y, 5));
    format!(
        "Over {} the line is up to {} from {}, at {places}, and {} on average; {} is explained ({} for \
         the line{ends}{plumb}). Between the two are {} km² that the line leaves to {} and {} km² that \
         it leaves to {}.",
        km(length.value(), 1),
        distance(found.farthest.value()),
        course.in_words(),
        distance(found.mean.value()),
        distance(allowed_m),
        distance(accuracy_m),
        number(found.land[0].km2(), 2),
        left.name,
        number(found.land[1].km2(), 2),
        right.name,
    )
}

impl Departure {
    fn new(line: &Line, reference: &Line) -> Self {
        let length_m = line.length().value();
        let dense = line.densified(Metres::new(STEP_M.max(length_m / MOST_STEPS)));
        let mut found = Self {
            farthest: Metres::new(0.0),
            at: line.start(),
            mean: Metres::new(0.0),
            land: [SquareMetres::new(0.0); 2],
        };
        let mut before: Option<f64> = None;
        let mut sum_m2 = 0.0;
        let steps = dense.chainages().windows(2).map(|step| (step[1] - step[0]).value());
        let mut steps = std::iter::once(0.0).chain(steps);
        for at in dense.vertices() {
            let off_m = reference.locate(*at).distance.value();
            if off_m > found.farthest.value() {
                (found.farthest, found.at) = (Metres::new(off_m), *at);
            }
            let step_m = steps.next().unwrap_or(0.0);
            sum_m2 += step_m * before.map_or(0.0, |last_m| f64::midpoint(last_m, off_m));
            before = Some(off_m);
        }
        found.mean = Metres::new(sum_m2 / length_m);
        let [course, line] = [Track::new(reference), Track::new(line)];
        for face in Land::between(&course, &line, Metres::new(0.0)).faces {
            let which = usize::from(face.gains == Side::Right);
            found.land[which] = found.land[which] + face.area.abs();
        }
        found
    }
}
