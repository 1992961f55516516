//! Runs found on one depiction, carried over to another.

use std::ops::Range;

use super::{Course, Run, Settings};
use crate::compare::{Near, Track};
use crate::line::Line;
use crate::quantity::Metres;

/// A run found on one line, carried over to another by nearest places.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Carried {
    /// The run as it lies on the other line.
    pub run: Run,
    /// How far the two lines are apart where it begins and where it ends: how uncertain its
    /// ends are.
    pub ends_off: [Metres; 2],
    /// How far they are apart along it, at most.
    pub most_off: Metres,
}

/// Carries the runs of a line over to another: those parts of each along which the two are
/// no farther apart than the settings allow.
pub(super) fn carried(course: &Course, onto: &Line, settings: &Settings) -> Vec<Carried> {
    let track = Track::new(onto);
    let near = |at: Metres| Some(track.nearest(course.at(at)?));
    let mut all = Vec::new();
    for run in course.runs() {
        let steps = (run.length().value() / settings.step.value()).ceil().max(1.0) as u32;
        let places = (0..=steps).filter_map(|i| {
            let share = f64::from(i) / f64::from(steps);
            near(run.from + run.length() * share)
        });
        let places: Vec<Near> = places.collect();
        let bridged = settings.gap.value() / (run.length().value() / f64::from(steps));
        let parts = together(&places, settings.apart, bridged as usize);
        let parts = parts.into_iter().filter_map(|part| one(run, places.get(part)?));
        all.extend(parts.filter(|it| it.run.length() >= settings.shortest));
    }
    all
}

/// The ranges of places that are near enough. A few places between them that are not do not
/// interrupt a range.
fn together(places: &[Near], apart: Metres, bridged: usize) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (i, place) in places.iter().enumerate() {
        if place.distance <= apart {
            match ranges.last_mut().filter(|last| i - last.end <= bridged) {
                Some(last) => last.end = i + 1,
                None => ranges.push(i..i + 1),
            }
        }
    }
    ranges
}

/// A part of a run, by its nearest places on the other line.
fn one(run: &Run, part: &[Near]) -> Option<Carried> {
    let (begin, end) = (part.first()?, part.last()?);
    // Where the lines run against each other, the ends change places.
    let (first, last) =
        if begin.spot.chainage <= end.spot.chainage { (begin, end) } else { (end, begin) };
    let most_m = part.iter().map(|it| it.distance.value()).fold(0.0, f64::max);
    Some(Carried {
        run: Run { from: first.spot.chainage, to: last.spot.chainage, ..run.clone() },
        ends_off: [first.distance, last.distance],
        most_off: Metres::new(most_m),
    })
}

#[cfg(test)]
mod tests;
