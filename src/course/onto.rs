//! Runs found on one depiction, carried over to another.

use super::{Course, Run};
use crate::compare::Track;
use crate::line::Line;
use crate::quantity::Metres;

/// A run found on one line, carried over to another by nearest places.
#[derive(Debug, Clone, PartialEq)]
pub struct Carried {
    /// The run as it lies on the other line.
    pub run: Run,
    /// How far the two lines are apart where it begins and where it ends: how uncertain its
    /// ends are.
    pub ends_off: [Metres; 2],
    /// How far they are apart along it, at most.
    pub most_off: Metres,
}

/// So many places along a run are looked at for how far apart the lines are.
const LOOKED_AT: u32 = 200;

/// Carries the runs of a line over to another.
pub(super) fn carried(course: &Course, onto: &Line) -> Vec<Carried> {
    let track = Track::new(onto);
    course.runs().iter().filter_map(|run| one(run, course, &track)).collect()
}

fn one(run: &Run, course: &Course, onto: &Track) -> Option<Carried> {
    let nearest = |at: Metres| Some(onto.nearest(course.at(at)?));
    let (begin, end) = (nearest(run.from)?, nearest(run.to)?);
    let off = |i: u32| {
        let share = f64::from(i) / f64::from(LOOKED_AT);
        nearest(run.from + run.length() * share).map_or(0.0, |near| near.distance.value())
    };
    let most_m = (0..=LOOKED_AT).map(off).fold(0.0, f64::max);
    // Where the lines run against each other, the ends change places.
    let (first, last) =
        if begin.spot.chainage <= end.spot.chainage { (begin, end) } else { (end, begin) };
    Some(Carried {
        run: Run { from: first.spot.chainage, to: last.spot.chainage, ..run.clone() },
        ends_off: [first.distance, last.distance],
        most_off: Metres::new(most_m),
    })
}
