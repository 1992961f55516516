//! Puts parts of a line, which may come in any order and direction, one after the other.

use geo::Coord;
use rstar::primitives::GeomWithData;
use rstar::{PointDistance, RTree};

use crate::geodesy::vector::{dot, minus};
use crate::geodesy::{Ellipsoid, Frame};

/// The parts of a line in an order and directions in which they follow one another; and whether
/// that differs from how they were given.
///
/// From the first part on, which keeps its direction, the free end that is nearest to
/// either end of the chain is joined to it: ends that meet come before gaps. The result is only
/// taken if its gaps are shorter, all together, than those of the parts as given.
///
/// # Complexity
/// On the order of n log n for n parts.
#[must_use]
pub(crate) fn arranged(parts: Vec<Vec<Coord>>) -> (Vec<Vec<Coord>>, bool) {
    let as_given: Vec<Placed> = (0..parts.len()).map(Placed::forward).collect();
    let ends = Ends::new(&parts);
    let given_m = ends.gaps_m(&as_given);
    if given_m == 0.0 {
        return (parts, false);
    }
    let chain = ends.chain();
    // A micrometre: an order that is only as good stays unchanged.
    if ends.gaps_m(&chain) > given_m - 1e-6 {
        return (parts, false);
    }
    let mut parts: Vec<Option<Vec<Coord>>> = parts.into_iter().map(Some).collect();
    let in_order = chain.into_iter().filter_map(|Placed { part, turned }| {
        let mut vertices = parts.get_mut(part)?.take()?;
        if turned {
            vertices.reverse();
        }
        Some(vertices)
    });
    (in_order.collect(), true)
}

/// A part of the line in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Placed {
    part: usize,
    turned: bool,
}

impl Placed {
    const fn forward(part: usize) -> Self {
        Self { part, turned: false }
    }
}

/// A free end of a part: its place in space, its part, and whether it is the last vertex.
type End = GeomWithData<[f64; 3], (usize, bool)>;

/// The ends of every part, as vectors: then ±180° and the poles need no special care.
struct Ends(Vec<[[f64; 3]; 2]>);

impl Ends {
    fn new(parts: &[Vec<Coord>]) -> Self {
        let frame = Frame::new(&Ellipsoid::WGS84);
        let at = |place: Option<&Coord>| place.map_or([0.0; 3], |at| frame.place(*at).position());
        Self(parts.iter().map(|part| [at(part.first()), at(part.last())]).collect())
    }

    /// The end of a part that comes first or last as it is placed.
    fn end(&self, placed: Placed, last: bool) -> [f64; 3] {
        self.0[placed.part][usize::from(last != placed.turned)]
    }

    /// All gaps together, in straight lines.
    fn gaps_m(&self, chain: &[Placed]) -> f64 {
        let gap = |pair: &[Placed]| {
            let between = minus(self.end(pair[1], false), self.end(pair[0], true));
            dot(between, between).sqrt()
        };
        chain.windows(2).map(gap).sum()
    }

    fn chain(&self) -> Vec<Placed> {
        let both = |part: usize| [false, true].map(|last| self.free(part, last));
        let mut free = RTree::bulk_load((1..self.0.len()).flat_map(both).collect());
        let (mut before, mut behind) = (Vec::new(), vec![Placed::forward(0)]);
        loop {
            let first = before.last().copied().unwrap_or(behind[0]);
            let last = behind[behind.len() - 1];
            let nearest = |to: [f64; 3]| {
                let found = *free.nearest_neighbor(&to)?;
                Some((found.distance_2(&to), found.data))
            };
            let (ahead, back) = (nearest(self.end(last, true)), nearest(self.end(first, false)));
            let Some((ahead, back)) = ahead.zip(back) else { break };
            let (part, is_last) = if ahead.0 <= back.0 { ahead.1 } else { back.1 };
            for each in both(part) {
                free.remove(&each);
            }
            if ahead.0 <= back.0 {
                behind.push(Placed { part, turned: is_last });
            } else {
                before.push(Placed { part, turned: !is_last });
            }
        }
        before.reverse();
        before.append(&mut behind);
        before
    }

    fn free(&self, part: usize, last: bool) -> End {
        GeomWithData::new(self.0[part][usize::from(last)], (part, last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(from: f64, to: f64) -> Vec<Coord> {
        vec![Coord { x: 82.0, y: from }, Coord { x: 82.0, y: to }]
    }

    fn latitudes(parts: &[Vec<Coord>]) -> Vec<f64> {
        parts.iter().flatten().map(|at| at.y).collect()
    }

    #[test]
    fn parts_in_order_stay_as_they_are() {
        for parts in [
            vec![],
            vec![part(46.0, 45.0)],
            vec![part(46.0, 45.0), part(45.0, 44.0)],
            // With a gap, which no other order makes shorter.
            vec![part(46.0, 45.0), part(44.9, 44.0)],
        ] {
            assert_eq!(arranged(parts.clone()), (parts, false));
        }
    }

    #[test]
    fn parts_in_any_order_and_direction_make_one_line() {
        let parts = vec![part(45.0, 44.0), part(47.0, 46.0), part(43.0, 44.0), part(45.0, 46.0)];
        let (found, rearranged) = arranged(parts);
        assert!(rearranged);
        assert_eq!(latitudes(&found), [47.0, 46.0, 46.0, 45.0, 45.0, 44.0, 44.0, 43.0]);
    }

    #[test]
    fn ends_that_meet_come_before_gaps() {
        // A gap of a degree in the middle, whichever part comes first.
        let parts = [part(46.0, 45.0), part(43.0, 44.0), part(43.0, 42.0)];
        for turn in 0..3 {
            let mut parts = parts.to_vec();
            parts.rotate_left(turn);
            let mut found = latitudes(&arranged(parts).0);
            if found[0] < found[1] {
                found.reverse();
            }
            assert_eq!(found, [46.0, 45.0, 44.0, 43.0, 43.0, 42.0]);
        }
    }

    #[test]
    fn parts_cut_at_the_antimeridian_join_there() {
        let at = |x| Coord { x, y: -17.0 };
        let (west, east) = (vec![at(179.0), at(180.0)], vec![at(-179.0), at(-180.0)]);
        let (found, rearranged) = arranged(vec![west.clone(), east]);
        assert_eq!((found, rearranged), (vec![west, vec![at(-180.0), at(-179.0)]], true));
    }
}
