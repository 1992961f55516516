//! Makes two lines run the same way, and closed ones begin at corresponding places.

use super::ring::Version;
use super::track::Track;
use crate::line::Line;
use crate::quantity::Metres;

/// Two lines as they are compared.
pub(super) struct Aligned {
    pub(super) old: Line,
    pub(super) new: Line,
    /// Whether the new line has been turned.
    pub(super) turned: bool,
    pub(super) begun: Option<Begun>,
}

/// A closed line has no start of its own. It gets a new start where it is nearest to the start of
/// the other line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Begun {
    /// The line that got a new start.
    pub version: Version,
    /// The new start, as a distance from the old start along the line as it runs now.
    pub(crate) at: Metres,
}

/// A start moved by less than this has not moved.
const MOVED_M: f64 = 1e-3;

/// An open line is located on a closed one at its end and at this number of places.
const LOOKED_AT: u32 = 16;

/// Turns the new line if it runs against the old one, and gives a closed line a new start.
pub(super) fn aligned(old: &Line, new: &Line) -> Aligned {
    let closed = [old, new].map(Line::is_closed);
    let turned = match closed {
        [false, false] => are_opposed(old, new),
        [true, true] => runs_round(old) != runs_round(new),
        [false, true] => runs_back(old, new),
        [true, false] => runs_back(new, old),
    };
    let (mut old, mut new) = (old.clone(), if turned { new.reversed() } else { new.clone() });
    let begun = match closed {
        [false, false] => None,
        [true, false] => {
            let at = begin(&mut old, &new);
            at.map(|at| Begun { version: Version::Old, at })
        }
        [_, true] => {
            let at = begin(&mut new, &old);
            at.map(|at| Begun { version: Version::New, at })
        }
    };
    Aligned { old, new, turned, begun }
}

/// Whether two open lines run in opposite directions: in the same direction their ends are nearer
/// to each other.
fn are_opposed(old: &Line, new: &Line) -> bool {
    let apart = |a, b| old.geodesic().distance(a, b);
    let along = apart(old.start(), new.start()) + apart(old.end(), new.end());
    let against = apart(old.start(), new.end()) + apart(old.end(), new.start());
    against < along
}

/// Whether a closed line runs counter-clockwise.
fn runs_round(line: &Line) -> Option<bool> {
    line.geodesic().ring_area(line.vertices()).map(|ring| ring.counter_clockwise).ok()
}

/// Whether an open line runs along a closed one backwards: whether its places, located there,
/// are a shorter way from one to the next that way round.
fn runs_back(open: &Line, closed: &Line) -> bool {
    let (around, whole_m) = (Track::new(closed), closed.length().value());
    let located = (0..=LOOKED_AT).map(|i| {
        let at = open.at(open.length() * (f64::from(i) / f64::from(LOOKED_AT)));
        around.nearest(at).spot.chainage.value()
    });
    let located: Vec<f64> = located.collect();
    let forward_m = located.windows(2).map(|pair| (pair[1] - pair[0]).rem_euclid(whole_m));
    let gained_m: f64 = forward_m.map(|m| if m > 0.5 * whole_m { m - whole_m } else { m }).sum();
    gained_m < 0.0
}

/// Lets a closed line begin at its place nearest to the start of another one. Returns that place,
/// unless it is the old start.
fn begin(closed: &mut Line, other: &Line) -> Option<Metres> {
    let at = Track::new(closed).nearest(other.start()).spot.chainage;
    let rest = closed.length() - at;
    if at.value() < MOVED_M || rest.value() < MOVED_M {
        return None;
    }
    *closed = closed.begun_at(at)?;
    Some(at)
}
