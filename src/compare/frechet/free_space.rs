//! The free-space diagram of two lines and a leash (Alt & Godau 1995). Each axis is the way along
//! one of the lines. A point of the diagram is free if the two places are within the leash of each
//! other. Both lines can be walked if a path leads through free
//! space from corner to corner, never down and never back.
//!
//! Within the cell of a pair of edges free space is convex, so what can be reached on the
//! upper and the right border of a cell follows from what can be reached on the lower and
//! the left one. Only cells that are reached are looked at: those of edges near each other.

use super::{RADIUS_M, chord_squared};
use crate::compare::Track;
use crate::geodesy::Place;

/// A part of a border, as shares of the edge; empty where it ends before it begins.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Span {
    from: f64,
    to: f64,
}

impl Span {
    const NOTHING: Self = Self { from: 1.0, to: 0.0 };
    const ALL: Self = Self { from: 0.0, to: 1.0 };

    fn is_empty(self) -> bool {
        self.to < self.from
    }

    /// The part of it at or after a share.
    fn behind(self, share: f64) -> Self {
        Self { from: self.from.max(share), ..self }
    }

    /// The part of the opposite border that can be reached, if `straight` is the reached part of
    /// this side and all of `across` can be reached from the border next to them.
    fn reached(self, across: Self, straight: Self) -> Self {
        if !across.is_empty() {
            self
        } else if straight.is_empty() {
            Self::NOTHING
        } else {
            self.behind(straight.from)
        }
    }
}

/// Two lines and a leash.
pub(super) struct FreeSpace<'a> {
    old: &'a Track,
    new: &'a Track,
    leash_m: f64,
    /// The square of the leash as a chord.
    chord_squared: f64,
}

/// The columns in which something of a row's lower border can be reached.
#[derive(Debug, Clone, Copy)]
struct Columns {
    first: usize,
    /// The one after the last.
    end: usize,
}

impl<'a> FreeSpace<'a> {
    pub(super) fn new(old: &'a Track, new: &'a Track, leash_m: f64) -> Self {
        let chord_m = 2.0 * RADIUS_M * (0.5 * leash_m / RADIUS_M).sin();
        Self { old, new, leash_m, chord_squared: chord_m * chord_m }
    }

    /// Whether both lines can be walked with the leash. `None` if that takes more cells than
    /// `cells_left`, which is reduced by the cells looked at.
    pub(super) fn can_be_walked(&self, cells_left: &mut usize) -> Option<bool> {
        let (p, q) = (self.old.places(), self.new.places());
        let (rows, columns) = (p.len() - 1, q.len() - 1);
        if !self.is_free(&p[0], &q[0]) || !self.is_free(&p[rows], &q[columns]) {
            return Some(false);
        }
        let mut border = vec![Span::NOTHING; columns];
        let mut reached = self.along_first_row(&mut border);
        let mut climbing = true;
        for row in 0..rows {
            let mut left = Span::NOTHING;
            if climbing {
                // The left border of the diagram can be reached as far as it is free.
                let free = self.free(&q[0], &p[row], &p[row + 1]);
                left = if free.from == 0.0 { free } else { left };
                climbing = !left.is_empty() && left.to == 1.0;
            }
            let looked_at = self.row(row, left, &mut border, &mut reached);
            *cells_left = cells_left.checked_sub(looked_at)?;
            if reached.first >= reached.end && !climbing {
                return Some(false);
            }
        }
        let at_end = reached.end == columns && border.last().is_some_and(|span| span.to == 1.0);
        Some(at_end)
    }

    /// The lower border of the diagram, reached as far as it is free.
    fn along_first_row(&self, border: &mut [Span]) -> Columns {
        let start = &self.old.places()[0];
        let mut end = 0;
        for (span, edge) in border.iter_mut().zip(self.new.places().windows(2)) {
            let free = self.free(start, &edge[0], &edge[1]);
            if free.from > 0.0 {
                break;
            }
            (*span, end) = (free, end + 1);
            if free.to < 1.0 {
                break;
            }
        }
        Columns { first: 0, end }
    }

    /// One row of cells: `border` and `reached` are those of its lower border before, and
    /// of its upper border after. Gives the number of cells looked at.
    fn row(&self, row: usize, mut left: Span, border: &mut [Span], reached: &mut Columns) -> usize {
        let (p, q) = (&self.old.places()[row..=row + 1], self.new.places());
        let begin = if left.is_empty() { reached.first } else { 0 };
        let mut upper = Columns { first: border.len(), end: 0 };
        let mut looked_at = 0;
        for column in begin..border.len() {
            let is_reached = (reached.first..reached.end).contains(&column);
            let below = if is_reached { border[column] } else { Span::NOTHING };
            if left.is_empty() && column >= reached.end {
                break;
            }
            looked_at += 1;
            if left.is_empty() && below.is_empty() {
                border[column] = Span::NOTHING;
                continue;
            }
            let above = self.free(&p[1], &q[column], &q[column + 1]).reached(left, below);
            let right = self.free(&q[column + 1], &p[0], &p[1]).reached(below, left);
            if !above.is_empty() {
                upper = Columns { first: upper.first.min(column), end: column + 1 };
            }
            (border[column], left) = (above, right);
        }
        *reached = upper;
        looked_at
    }

    /// Whether two places are within the leash of each other.
    fn is_free(&self, p: &Place, q: &Place) -> bool {
        chord_squared(p, q) <= self.chord_squared
    }

    /// The part of an edge that is within the leash of a vertex.
    fn free(&self, vertex: &Place, a: &Place, b: &Place) -> Span {
        let ends = [self.is_free(vertex, a), self.is_free(vertex, b)];
        if ends == [true, true] {
            return Span::ALL;
        }
        let seen = self.old.view(vertex).within(a, b, self.leash_m);
        let seen = seen.map_or(Span::NOTHING, |[from, to]| Span { from, to });
        // The corners of a cell are free on both borders that meet there, or on neither.
        match ends {
            [true, _] => Span { from: 0.0, to: if seen.is_empty() { 0.0 } else { seen.to } },
            [_, true] => Span { from: if seen.is_empty() { 1.0 } else { seen.from }, to: 1.0 },
            _ => seen,
        }
    }
}
