//! Which piece of one line is a version of which piece of the other one.
//!
//! A boundary may have several stretches: enclaves, two coasts, or a piece that somebody left out.
//! Nothing of the line lies in a gap, so nothing is laid across it: each stretch is compared with
//! what of the other line runs along it, and what has nothing along it is only in one of the lines.

use geo::Coord;

use super::align::{Begun, aligned};
use super::hausdorff::Farthest;
use super::land::Land;
use super::pieces::Pieces;
use super::ring::{Joint, Version};
use super::track::Spot;
use crate::line::Line;
use crate::quantity::{Metres, SquareMetres};

/// Two pieces that are versions of one another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matched {
    /// Where the old one begins, as a distance along the old line.
    pub old_from: Metres,
    /// How long the old one is.
    pub old_length: Metres,
    /// Where the new one begins, as a distance along the new line.
    pub(crate) new_from: Metres,
    /// How long the new one is.
    pub new_length: Metres,
    /// Whether the old one and the new one are of stretches that have been turned by themselves.
    pub(crate) turned: [bool; 2],
    /// How they are joined at their start and at their end.
    pub(crate) joints: [Joint; 2],
}

/// A piece that only one of the lines has.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct OnlyIn {
    /// Which line.
    pub version: Version,
    /// At which distance along that line it begins.
    pub chainage: Metres,
    /// How long it is.
    pub length: Metres,
    /// Where it begins.
    pub from: Coord,
    /// Where it ends.
    pub to: Coord,
    /// All of its vertices.
    pub(crate) path: Vec<Coord>,
    /// The area it goes round, if it is closed.
    pub encloses: Option<SquareMetres>,
}

/// Two pieces that match, made to run the same way.
pub(super) struct Pair {
    pub(super) lines: [Line; 2],
    /// Where they begin along the old line and the new one.
    pub(super) from: [Metres; 2],
    /// Whether they are of stretches that have been turned by themselves.
    pub(super) turned: [bool; 2],
}

impl Pair {
    /// The facts of this pair.
    pub(super) fn matched(&self, land: &Land) -> Matched {
        let [old_from, new_from] = self.from;
        Matched {
            old_from,
            old_length: self.lines[0].length(),
            new_from,
            new_length: self.lines[1].length(),
            turned: self.turned,
            joints: land.joints,
        }
    }
}

/// Two lines taken apart into what is compared.
pub(super) struct Matching {
    pub(super) pairs: Vec<Pair>,
    pub(super) only: Vec<OnlyIn>,
    /// The lines as they are compared; chainages are along these.
    pub(super) lines: [Line; 2],
    /// Whether the new line has been turned.
    pub(super) turned: bool,
    /// Which line was begun elsewhere; for lines of one stretch each.
    pub(super) begun: Option<Begun>,
}

/// The pieces of two lines, matched; none where the lines do not belong together. What a piece has
/// beyond the end of its version counts where it is longer than the lines are uncertain.
///
/// Lines of one stretch each are compared whole, unless just one of them is closed.
pub(super) fn matched(old: &Line, new: &Line, uncertainty: Metres) -> Matching {
    let has_gap = |line: &Line| line.stretches().nth(1).is_some();
    // What an open line lacks of a closed one is a gap, too.
    if has_gap(old) || has_gap(new) || old.is_closed() != new.is_closed() {
        return Pieces::new(old, new, uncertainty).matching();
    }
    let found = aligned(old, new);
    let lines = [found.old, found.new];
    let pair = Pair { lines: lines.clone(), from: [Metres::default(); 2], turned: [false; 2] };
    let (turned, begun) = (found.turned, found.begun);
    Matching { pairs: vec![pair], only: Vec::new(), lines, turned, begun }
}

impl OnlyIn {
    /// A piece of one of the lines, and where it begins along that.
    pub(super) fn new(version: Version, chainage: Metres, piece: &Line) -> Self {
        let area = piece.geodesic().ring_area(piece.vertices()).ok().map(|ring| ring.area);
        Self {
            version,
            chainage,
            length: piece.length(),
            from: piece.start(),
            to: piece.end(),
            path: piece.vertices().to_vec(),
            encloses: area.filter(|_| piece.is_closed()),
        }
    }
}

/// A place found on a pair, with its distances along the whole lines.
pub(super) fn along(found: Farthest, [from, to]: [Metres; 2]) -> Farthest {
    let moved = |spot: Spot, by: Metres| Spot { chainage: spot.chainage + by, ..spot };
    Farthest { from: moved(found.from, from), to: moved(found.to, to), ..found }
}

/// The land of several pairs together.
pub(super) fn together(lands: impl Iterator<Item = (Land, Metres)>) -> Option<Land> {
    let mut lands = lands.peekable();
    let joints = lands.peek()?.0.joints;
    let faces = lands.flat_map(|(land, from)| {
        land.faces.into_iter().map(move |mut face| {
            face.from = face.from + from;
            face.to = face.to + from;
            face
        })
    });
    Some(Land::from_faces(joints, faces.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(stretches: &[&[(f64, f64)]]) -> Line {
        let path = |at: &&[(f64, f64)]| at.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
        Line::of_stretches(stretches.iter().map(path).collect()).unwrap()
    }

    fn matching(old: &Line, new: &Line) -> Matching {
        matched(old, new, Metres::default())
    }

    const MAIN: &[(f64, f64)] = &[(80.0, 45.0), (80.5, 45.0), (81.0, 45.0)];
    const MOVED: &[(f64, f64)] = &[(80.0, 45.01), (81.0, 45.01)];
    const ENCLAVE: &[(f64, f64)] = &[(80.7, 45.5), (80.72, 45.5), (80.72, 45.51), (80.7, 45.5)];

    #[test]
    fn each_stretch_has_its_version() {
        for new in [line(&[MOVED, ENCLAVE]), line(&[ENCLAVE, MOVED])] {
            let Matching { pairs, only, .. } = matching(&line(&[MAIN, ENCLAVE]), &new);
            assert_eq!((pairs.len(), only.len()), (2, 0));
            assert!(pairs[1].lines.iter().all(Line::is_closed));
        }
    }

    #[test]
    fn what_has_no_version_is_only_in_one() {
        let Matching { pairs, only, .. } = matching(&line(&[MAIN, ENCLAVE]), &line(&[MOVED]));
        assert_eq!((pairs.len(), only.len(), only[0].version), (1, 1, Version::Old));
        assert_eq!(only[0].chainage, line(&[MAIN]).length());
        assert!(only[0].encloses.is_some());
        let Matching { only, .. } = matching(&line(&[MOVED]), &line(&[MAIN, ENCLAVE]));
        assert_eq!(only[0].version, Version::New);
    }
}
