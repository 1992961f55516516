//! On which sides of a ring the parts of another one lie.
//!
//! Rings may have a place in common without an edge of one crossing an edge of the other: at a
//! vertex, or along edges that lie on each other. The pieces between such places, each of which is
//! wholly on one side, show whether the ring goes on to the other side there.

use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};

use super::outline::Outline;
use crate::outline::{Box2, Meeting, meeting};

/// The sides on which a ring has parts that are not on the edges of another one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sides {
    pub(super) within: bool,
    pub(super) outside: bool,
}

impl Sides {
    const BOTH: Self = Self { within: true, outside: true };

    /// Adds a place that is inside, outside, or on an edge.
    fn add(&mut self, place: Option<bool>) {
        self.within |= place == Some(true);
        self.outside |= place == Some(false);
    }
}

impl Outline<'_> {
    /// Whether one of two rings has a part inside of the other and a part outside. If a ring meets
    /// itself, this may hold for only one of the two.
    pub(super) fn crosses(&self, other: &Self) -> bool {
        self.meets(other) == Some(Meeting::Crossing)
    }

    /// How two rings meet, if they do: whether one [`crosses`](Self::crosses) the other, or only
    /// touches it.
    pub(super) fn meets(&self, other: &Self) -> Option<Meeting> {
        let is_cut = |one: &Self, other: &Self| one.sides_of(other) == Sides::BOTH;
        let met = self.meeting(other)?;
        let crosses = met == Meeting::Crossing || is_cut(self, other) || is_cut(other, self);
        Some(if crosses { Meeting::Crossing } else { Meeting::Touching })
    }

    /// Whether edges of two rings cross or touch. Of the wider ring, only edges near the other one
    /// are checked.
    fn meeting(&self, other: &Self) -> Option<Meeting> {
        let width = |ring: &Self| ring.around.high[0] - ring.around.low[0];
        if width(self) < width(other) {
            return other.meeting(self);
        }
        let shift = self.shift_of(other);
        let of_other = other.around.moved(shift);
        let mut found = None;
        self.visit(&mut |around, edges| {
            let is_near = found != Some(Meeting::Crossing) && around.meets(&of_other);
            if is_near && edges.len() == 1 {
                let own = [edges.start, edges.end].map(|i| self.path[i]);
                let moved = own.map(|at| Coord { x: at.x - shift, y: at.y });
                match other.contacts(moved) {
                    None => found = Some(Meeting::Crossing),
                    Some(contacts) if contacts.is_empty() => {}
                    Some(_) => found = Some(Meeting::Touching),
                }
            }
            is_near
        });
        found
    }

    /// Whether another ring runs along the same way. It may begin at another vertex, run in the
    /// other direction and have other vertices on straight edges.
    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        let is_along = |one: &Self, other: &Self| one.sides_of(other) == Sides::default();
        is_along(self, other) && is_along(other, self)
    }

    /// On which sides of this ring another one lies.
    pub(super) fn sides_of(&self, other: &Self) -> Sides {
        let shift = self.shift_of(other);
        let moved = |i: usize| Coord { x: other.path[i].x + shift, y: other.path[i].y };
        let mut sides = Sides::default();
        let mut has_contact = false;
        other.visit(&mut |around, edges| {
            let is_near = sides != Sides::BOTH && around.moved(shift).meets(&self.around);
            if is_near && edges.len() == 1 {
                let edge = [moved(edges.start), moved(edges.end)];
                match self.contacts(edge) {
                    None => sides = Sides::BOTH,
                    Some(contacts) if contacts.is_empty() => {}
                    Some(contacts) => {
                        has_contact = true;
                        self.add_pieces(edge, &contacts, &mut sides);
                    }
                }
            }
            is_near
        });
        // Without any contact all of it is on one side.
        if !has_contact && sides == Sides::default() && !other.path.is_empty() {
            sides.add(self.place(moved(0)));
        }
        sides
    }

    /// Its edges that touch another ring's edge; `None` if one crosses it.
    fn contacts(&self, edge: [Coord; 2]) -> Option<Vec<[Coord; 2]>> {
        let of_edge = Box2::around_two(edge[0], edge[1]);
        let (mut found, mut is_crossed) = (Vec::new(), false);
        self.visit(&mut |around, edges| {
            let is_near = !is_crossed && around.meets(&of_edge);
            if is_near && edges.len() == 1 {
                let own = [self.path[edges.start], self.path[edges.end]];
                match meeting(edge, own) {
                    Some(Meeting::Crossing) => is_crossed = true,
                    Some(Meeting::Touching) => found.push(own),
                    None => {}
                }
            }
            is_near
        });
        (!is_crossed).then_some(found)
    }

    /// Adds the sides of the pieces of an edge, between the places where it touches this ring's
    /// edges.
    fn add_pieces(&self, edge: [Coord; 2], contacts: &[[Coord; 2]], sides: &mut Sides) {
        let [from, to] = edge;
        if from == to {
            return;
        }
        let on_edge: Vec<[Option<f64>; 2]> =
            contacts.iter().map(|own| own.map(|end| share_on(edge, end))).collect();
        let mut shares = vec![0.0, 1.0];
        shares.extend(on_edge.iter().flatten().flatten().map(|share| share.clamp(0.0, 1.0)));
        shares.sort_by(f64::total_cmp);
        shares.dedup();
        // A piece on an edge of this ring is on no side.
        let covers = |ends: &[Option<f64>; 2], piece: &[f64]| {
            let [Some(a), Some(b)] = *ends else { return false };
            a.min(b) <= piece[0] && piece[1] <= a.max(b)
        };
        for piece in shares.windows(2) {
            if !on_edge.iter().any(|ends| covers(ends, piece)) {
                let middle = f64::midpoint(piece[0], piece[1]);
                sides.add(self.place(from + (to - from) * middle));
            }
        }
    }
}

/// How far along the line of an edge a position is, as a share of the edge; `None` if it is not
/// on that line.
fn share_on([a, b]: [Coord; 2], at: Coord) -> Option<f64> {
    if RobustKernel::orient2d(a, b, at) != Orientation::Collinear {
        return None;
    }
    let ahead = b - a;
    Some(if ahead.x.abs() > ahead.y.abs() {
        (at.x - a.x) / ahead.x
    } else {
        (at.y - a.y) / ahead.y
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(corners: &[(f64, f64)]) -> Vec<Coord> {
        let mut ring: Vec<Coord> = corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
        ring.push(ring[0]);
        ring
    }

    fn sides(one: &[(f64, f64)], other: &[(f64, f64)]) -> (bool, bool) {
        let (one, other) = (ring(one), ring(other));
        let Sides { within, outside } = Outline::new(&one).sides_of(&Outline::new(&other));
        (within, outside)
    }

    const SQUARE: [(f64, f64); 4] = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)];

    #[test]
    fn rings_that_touch_lie_on_one_side() {
        assert_eq!(sides(&SQUARE, &[(1.0, 1.0), (2.0, 1.0), (2.0, 2.0)]), (true, false));
        assert_eq!(sides(&SQUARE, &[(0.0, 0.0), (2.0, 1.0), (1.0, 2.0)]), (true, false));
        assert_eq!(sides(&SQUARE, &[(4.0, 1.0), (6.0, 1.0), (4.0, 3.0)]), (false, true));
        assert_eq!(sides(&SQUARE, &[(9.0, 9.0), (10.0, 9.0), (9.0, 10.0)]), (false, true));
        // All vertices of one on the edges of the other, but outside of it.
        let notched = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (3.0, 4.0), (2.0, 1.0), (1.0, 4.0)];
        assert_eq!(sides(&notched, &[(1.0, 4.0), (2.0, 1.0), (3.0, 4.0)]), (false, true));
    }

    #[test]
    fn rings_pass_each_other_along_edges_and_at_vertices() {
        // Between the same parallels.
        assert_eq!(sides(&SQUARE, &[(2.0, 0.0), (6.0, 0.0), (6.0, 4.0), (2.0, 4.0)]), (true, true));
        // In at one corner and out at another.
        assert_eq!(sides(&SQUARE, &[(-1.0, -1.0), (5.0, 5.0), (-1.0, 5.0)]), (true, true));
        // Through the middles of edges, from vertex to vertex.
        let along = [(2.0, 0.0), (2.0, 4.0), (2.0, 6.0), (6.0, 6.0), (6.0, -1.0), (2.0, -1.0)];
        assert_eq!(sides(&SQUARE, &along), (true, true));
    }

    #[test]
    fn a_ring_is_the_same_wherever_it_begins() {
        let turned = [(4.0, 4.0), (4.0, 2.0), (4.0, 0.0), (0.0, 0.0), (0.0, 4.0)];
        let is_same = |one: &[(f64, f64)], other: &[(f64, f64)]| {
            Outline::new(&ring(one)).is_same_as(&Outline::new(&ring(other)))
        };
        assert!(is_same(&SQUARE, &SQUARE) && is_same(&SQUARE, &turned));
        let wider = [(0.0, 0.0), (5.0, 0.0), (5.0, 4.0), (0.0, 4.0)];
        assert!(!is_same(&SQUARE, &wider) && !is_same(&wider, &SQUARE));
        assert!(!is_same(&SQUARE, &[(1.0, 1.0), (2.0, 1.0), (2.0, 2.0)]));
    }
}
