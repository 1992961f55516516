//! The ring between two lines: out along the old one, back along the new one.

use geo::Coord;

use super::track::Track;
use crate::quantity::Metres;

/// One of the two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Version {
    /// The old line.
    Old,
    /// The new line.
    New,
}

/// How the lines are joined at one end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Joint {
    /// The end of the connection on the old line.
    pub(crate) old: Coord,
    /// Its end on the new line.
    pub(crate) new: Coord,
    /// Its length.
    pub(crate) length: Metres,
    /// The part of one line beyond the connection. It bounds no transfer area.
    pub left_out: Option<LeftOut>,
}

/// The tail of a line beyond the end of the other one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeftOut {
    /// The line it belongs to.
    pub version: Version,
    /// How long it is.
    pub length: Metres,
}

/// Two lines joined at both ends.
#[derive(Debug, Clone)]
pub(super) struct Ring {
    /// Along the old line and back along the new one, not closed.
    pub(super) contour: Vec<Coord>,
    /// The joint at the start and the one at the end.
    pub(super) joints: [Joint; 2],
}

/// A way to join the lines from the end of one to the middle of the other is taken when it
/// is shorter than this share of the way from end to end: one line then goes on beyond
/// the other, and what lies along its tail changed no hands.
pub(super) const MUCH_SHORTER: f64 = 0.5;

/// Connections that differ by less than this are equally long.
const TIED_M: f64 = 1e-3;

impl Ring {
    /// Joins two lines that run the same way.
    pub(super) fn new(old: &Track, new: &Track) -> Self {
        let joints = joints(old, new);
        let cut = |track: &Track, version| {
            let line = track.line();
            let [before, after] = tails(&joints, version);
            line.cut(before, line.length() - after).unwrap_or_else(|_| line.clone())
        };
        let (there, back) = (cut(old, Version::Old), cut(new, Version::New));
        let around = there.vertices().iter().chain(back.vertices().iter().rev());
        Self { contour: around.copied().collect(), joints }
    }
}

/// How two lines that run the same way are joined, at their start and at their end.
pub(super) fn joints(old: &Track, new: &Track) -> [Joint; 2] {
    // Only one line goes on beyond the other if just one is closed: that one.
    let closed = [old, new].map(|track| track.line().is_closed());
    let versions = match closed {
        [false, false] => &[Version::New, Version::Old][..],
        [true, false] => &[Version::Old],
        [false, true] => &[Version::New],
        [true, true] => &[],
    };
    let joints = [false, true].map(|at_end| joint(old, new, at_end, versions));
    let pairs = [(old, Version::Old), (new, Version::New)];
    let whole = pairs.into_iter().any(|(track, version)| {
        let [before, after] = tails(&joints, version);
        before + after >= track.line().length()
    });
    if whole { [false, true].map(|at_end| end_to_end(old, new, at_end)) } else { joints }
}

/// How much of a line is left out before its first joint and after its last.
pub(super) fn tails(joints: &[Joint; 2], version: Version) -> [Metres; 2] {
    joints.map(|joint| match joint.left_out {
        Some(tail) if tail.version == version => tail.length,
        _ => Metres::default(),
    })
}

fn end(track: &Track, at_end: bool) -> Coord {
    if at_end { track.line().end() } else { track.line().start() }
}

/// The connection between the starts of the lines, or between their ends.
fn end_to_end(old: &Track, new: &Track, at_end: bool) -> Joint {
    let (a, b) = (end(old, at_end), end(new, at_end));
    let length = old.line().geodesic().distance(a, b);
    Joint { old: a, new: b, length, left_out: None }
}

/// The shortest sensible connection at the start of the lines, or at their end. Only the lines in
/// `versions` may go on beyond the other.
fn joint(old: &Track, new: &Track, at_end: bool, versions: &[Version]) -> Joint {
    let direct = end_to_end(old, new, at_end);
    let mut best = direct;
    for &version in versions {
        let (track, from) = match version {
            Version::New => (new, direct.old),
            Version::Old => (old, direct.new),
        };
        let near = track.nearest(from);
        let much_shorter = near.distance.value() < MUCH_SHORTER * direct.length.value();
        let chainage = near.spot.chainage;
        let length = if at_end { track.line().length() - chainage } else { chainage };
        let nearer_m = (best.length - near.distance).value();
        // If both lines start on the other one, the shorter tail is left out; so the result does
        // not depend on which line is called the old one.
        let shorter_tail = best.left_out.is_some_and(|tail| length < tail.length);
        if !much_shorter || nearer_m < -TIED_M || (nearer_m <= TIED_M && !shorter_tail) {
            continue;
        }
        let (old, new) = match version {
            Version::New => (from, near.spot.at),
            Version::Old => (near.spot.at, from),
        };
        best =
            Joint { old, new, length: near.distance, left_out: Some(LeftOut { version, length }) };
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::Line;

    fn track(vertices: &[(f64, f64)]) -> Track {
        let vertices = vertices.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
        Track::new(&Line::new(vertices).unwrap())
    }

    #[test]
    fn ends_are_joined_end_to_end() {
        let ring = Ring::new(
            &track(&[(82.0, 45.01), (82.0, 45.0)]),
            &track(&[(82.01, 45.0), (82.01, 45.01)].map(|(x, y)| (x, 90.01 - y))),
        );
        assert_eq!(ring.joints.map(|joint| joint.left_out), [None, None]);
        assert!(ring.contour.len() >= 4);
    }

    #[test]
    fn a_tail_beyond_the_other_line_is_left_out() {
        let short = track(&[(82.0, 45.1), (82.0, 45.0)]);
        let long = track(&[(82.001, 45.3), (82.001, 45.0)]);
        let either = [Version::New, Version::Old];
        let joint = joint(&short, &long, false, &either);
        let tail = joint.left_out.unwrap();
        assert_eq!(tail.version, Version::New);
        assert!((tail.length.km() - 22.2).abs() < 0.1, "{joint:?}");
        assert!((joint.length.value() - 79.0).abs() < 1.0, "{joint:?}");
        let other = super::joint(&long, &short, false, &either);
        assert_eq!((other.old, other.new), (joint.new, joint.old));
    }

    #[test]
    fn of_two_tails_the_shorter_is_left_out() {
        // Each starts on the other one.
        let old = track(&[(82.0, 45.0), (82.0, 45.1), (82.1, 45.1), (82.2, 45.1)]);
        let new = track(&[(82.1, 45.1), (82.0, 45.0), (82.2, 45.0)]);
        let either = [Version::New, Version::Old];
        let (there, back) = (joint(&old, &new, false, &either), joint(&new, &old, false, &either));
        let [tail, other] = [there, back].map(|joint| joint.left_out.unwrap());
        assert_eq!((tail.version, other.version), (Version::New, Version::Old));
        assert!((tail.length - other.length).abs().value() < 1e-3, "{tail:?} {other:?}");
    }
}
