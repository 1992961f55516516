//! Which stretch of one line is a version of which stretch of the other one.
//!
//! A boundary may have several stretches: enclaves, two coasts. Land lies between two versions
//! of a stretch, not between a stretch and its neighbour; so each is compared with its own
//! version. A stretch without a version is only in one of the lines.

use geo::Coord;

use super::align::{Aligned, aligned};
use super::hausdorff::Farthest;
use super::land::Land;
use super::ring::{Joint, Version};
use super::track::{Spot, Track};
use crate::line::Line;
use crate::quantity::{Metres, SquareMetres};

/// Two stretches that are versions of one another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matched {
    /// Where the old one begins, as a distance along the old line.
    pub old_from: Metres,
    /// How long the old one is.
    pub old_length: Metres,
    /// Where the new one begins, as a distance along the new line.
    pub new_from: Metres,
    /// How long the new one is.
    pub new_length: Metres,
    /// How they are joined at their start and at their end.
    pub joints: [Joint; 2],
}

/// A stretch that only one of the lines has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OnlyIn {
    /// Which line.
    pub version: Version,
    /// How long it is.
    pub length: Metres,
    /// Where it begins.
    pub from: Coord,
    /// Where it ends.
    pub to: Coord,
    /// The area it goes round, if it is closed.
    pub encloses: Option<SquareMetres>,
}

/// Two stretches, or two groups of stretches, made to run the same way.
pub(super) struct Pair {
    pub(super) lines: Aligned,
    /// Where they begin along the old line and the new one.
    pub(super) from: [Metres; 2],
}

impl Pair {
    /// The facts of this pair.
    pub(super) fn matched(&self, land: &Land) -> Matched {
        let [old_from, new_from] = self.from;
        Matched {
            old_from,
            old_length: self.lines.old.length(),
            new_from,
            new_length: self.lines.new.length(),
            joints: land.joints,
        }
    }
}

/// The nearest stretch is looked for at this number of places of a stretch, and at its end.
const LOOKED_AT: u32 = 16;

/// The stretches of two lines, matched. Several stretches that match the same one are joined to
/// one, with bridges between them.
pub(super) fn matched(old: &Line, new: &Line) -> (Vec<Pair>, Vec<OnlyIn>) {
    let stretches = [old, new].map(|line| line.stretches().map(<[Coord]>::to_vec).collect());
    let [olds, news]: [Vec<Vec<Coord>>; 2] = stretches;
    if olds.len() == 1 && news.len() == 1 {
        let pair = Pair { lines: aligned(old, new), from: [Metres::default(); 2] };
        return (vec![pair], Vec::new());
    }
    let groups = groups(&olds, &news);
    let mut pairs: Vec<Pair> = Vec::new();
    let mut only = Vec::new();
    let mut from = [Metres::default(); 2];
    for [of_old, of_new] in groups {
        let joined = |stretches: &[Vec<Coord>], picked: &[usize]| {
            let picked: Vec<Coord> =
                picked.iter().flat_map(|i| stretches[*i].iter().copied()).collect();
            Line::new(picked).ok()
        };
        match [joined(&olds, &of_old), joined(&news, &of_new)] {
            [Some(old), Some(new)] => {
                let lengths = [old.length(), new.length()];
                pairs.push(Pair { lines: aligned(&old, &new), from });
                from = [from[0] + lengths[0], from[1] + lengths[1]];
            }
            lines => {
                for (line, version) in lines.iter().zip([Version::Old, Version::New]) {
                    only.extend(line.as_ref().map(|line| OnlyIn {
                        version,
                        length: line.length(),
                        from: line.start(),
                        to: line.end(),
                        encloses: enclosed(line),
                    }));
                }
            }
        }
    }
    (pairs, only)
}

fn enclosed(line: &Line) -> Option<SquareMetres> {
    let area = line.geodesic().ring_area(line.vertices()).ok()?.area;
    line.is_closed().then_some(area)
}

/// Stretches that belong together, by their numbers in the old line and in the new one; one
/// of the two is empty for a stretch without a version.
fn groups(olds: &[Vec<Coord>], news: &[Vec<Coord>]) -> Vec<[Vec<usize>; 2]> {
    let tracks = |stretches: &[Vec<Coord>]| -> Vec<Track> {
        let lines = stretches.iter().filter_map(|stretch| Line::new(stretch.clone()).ok());
        lines.map(|line| Track::new(&line)).collect()
    };
    let (old, new) = (tracks(olds), tracks(news));
    // At first each stretch is a group of its own: old ones first, then new ones.
    let mut group: Vec<usize> = (0..old.len() + new.len()).collect();
    let there = old.iter().enumerate().map(|(i, own)| (i, version(own, &new), old.len()));
    let back = new.iter().enumerate().map(|(i, own)| (old.len() + i, version(own, &old), 0));
    let found: Vec<(usize, usize)> =
        there.chain(back).filter_map(|(i, other, first)| Some((i, first + other?))).collect();
    for (one, other) in found {
        let (kept, gone) = (group[one].min(group[other]), group[one].max(group[other]));
        group.iter_mut().filter(|each| **each == gone).for_each(|each| *each = kept);
    }
    let mut numbers: Vec<usize> = group.clone();
    numbers.sort_unstable();
    numbers.dedup();
    let of_group = |number: usize| {
        let members = |range: std::ops::Range<usize>, first: usize| -> Vec<usize> {
            range.filter(|i| group[*i] == number).map(|i| i - first).collect()
        };
        [members(0..old.len(), 0), members(old.len()..group.len(), old.len())]
    };
    numbers.into_iter().map(of_group).collect()
}

/// The stretch that is nearest to most of `own`, unless it is farther away than the length of the
/// shorter one.
fn version(own: &Track, others: &[Track]) -> Option<usize> {
    let length = own.line().length();
    let mut votes = vec![(0_u32, Metres::default()); others.len()];
    for i in 0..=LOOKED_AT {
        let at = own.line().at(length * (f64::from(i) / f64::from(LOOKED_AT)));
        let distances = others.iter().map(|other| other.nearest(at).distance).enumerate();
        let nearest = distances.min_by(|a, b| a.1.value().total_cmp(&b.1.value()));
        if let Some((other, distance)) = nearest {
            votes[other].0 += 1;
            votes[other].1 = votes[other].1 + distance;
        }
    }
    let (best, (count, sum)) = votes.iter().enumerate().max_by_key(|(_, (count, _))| *count)?;
    let other = others[best].line().length();
    let shorter = if length < other { length } else { other };
    let mean = *sum * (1.0 / f64::from((*count).max(1)));
    (*count > 0 && mean <= shorter).then_some(best)
}

/// A place found on a pair, with its distances along the whole lines.
pub(super) fn along(found: Farthest, [from, to]: [Metres; 2]) -> Farthest {
    let moved = |spot: Spot, by: Metres| Spot { chainage: spot.chainage + by, ..spot };
    Farthest { from: moved(found.from, from), to: moved(found.to, to), ..found }
}

/// The land of several pairs together.
pub(super) fn together(lands: Vec<(Land, Metres)>) -> Option<Land> {
    let joints = lands.first()?.0.joints;
    let faces = lands.into_iter().flat_map(|(land, from)| {
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

    const MAIN: &[(f64, f64)] = &[(80.0, 45.0), (80.5, 45.0), (81.0, 45.0)];
    const MOVED: &[(f64, f64)] = &[(80.0, 45.01), (81.0, 45.01)];
    const ENCLAVE: &[(f64, f64)] = &[(80.7, 45.5), (80.72, 45.5), (80.72, 45.51), (80.7, 45.5)];

    #[test]
    fn each_stretch_has_its_version() {
        for new in [line(&[MOVED, ENCLAVE]), line(&[ENCLAVE, MOVED])] {
            let (pairs, only) = matched(&line(&[MAIN, ENCLAVE]), &new);
            assert_eq!((pairs.len(), only.len()), (2, 0));
            assert!(pairs[1].lines.old.is_closed() && pairs[1].lines.new.is_closed());
        }
    }

    #[test]
    fn what_has_no_version_is_only_in_one() {
        let (pairs, only) = matched(&line(&[MAIN, ENCLAVE]), &line(&[MOVED]));
        assert_eq!((pairs.len(), only.len(), only[0].version), (1, 1, Version::Old));
        let (_, only) = matched(&line(&[MOVED]), &line(&[MAIN, ENCLAVE]));
        assert_eq!(only[0].version, Version::New);
    }

    #[test]
    fn parts_of_one_stretch_are_one() {
        let parts: [&[(f64, f64)]; 2] =
            [&[(80.0, 45.0), (80.4, 45.0)], &[(80.5, 45.0), (81.0, 45.0)]];
        let (pairs, only) = matched(&line(&[MOVED]), &line(&parts));
        assert_eq!((pairs.len(), only.len()), (1, 0));
        assert_eq!(pairs[0].lines.new.vertices().len(), 4);
    }
}
