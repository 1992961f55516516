//! Runs found on one depiction, carried over to another.

use super::Run;
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

/// Carries runs over.
pub(super) fn carried(runs: &[Run], from: &Line, onto: &Line) -> Vec<Carried> {
    let track = Track::new(onto);
    runs.iter().map(|run| one(run, from, &track)).collect()
}

fn one(run: &Run, from: &Line, onto: &Track) -> Carried {
    let [begin, end] = [run.from, run.to].map(|at| onto.nearest(from.at(at)));
    let off = |i: u32| {
        let share = f64::from(i) / f64::from(LOOKED_AT);
        onto.nearest(from.at(run.from + run.length() * share)).distance.value()
    };
    let most_m = (0..=LOOKED_AT).map(off).fold(0.0, f64::max);
    // Where the lines run against each other, the ends change places.
    let (first, last) =
        if begin.spot.chainage <= end.spot.chainage { (begin, end) } else { (end, begin) };
    Carried {
        run: Run { from: first.spot.chainage, to: last.spot.chainage, ..run.clone() },
        ends_off: [first.distance, last.distance],
        most_off: Metres::new(most_m),
    }
}
