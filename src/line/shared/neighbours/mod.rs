//! The common stretches of outline of every two of many areas, such as a layer of countries.
//!
//! All edges of all areas go into one table; the same edge of two areas is found there, in either
//! direction (*table*). The other edges are compared where two areas come close to each other,
//! because one may have a vertex that the other does not have (*near*). Then each ring is walked
//! once, and edges of a kind that follow each other make a stretch (*walk*).

mod apart;
mod class;
mod join;
mod near;
mod table;
mod walk;

use std::ops::Range;

use geo::{Coord, LineString, Polygon};

use super::area::runs_counter_clockwise;
use crate::geodesy::Geodesic;
use crate::quantity::Metres;
use class::Classes;

/// What a common stretch of outline is to two areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Border {
    /// The boundary between them: they lie on opposite sides of it.
    Between,
    /// They lie on opposite sides of it, but a third area has it as well.
    Contested,
    /// They lie on the same side of it: an overlap, or one area inside the other.
    ClaimedByBoth,
}

/// A stretch of outline that two areas have in common.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stretch {
    /// The two, by their numbers, the lower one first. It is on the left of the line.
    pub(crate) areas: [usize; 2],
    /// What it is to them.
    pub(crate) border: Border,
    /// Its vertices.
    pub(crate) line: Vec<Coord>,
}

/// Two areas whose outlines run in opposite directions within [`DrawnApart::WITHIN`] of each other
/// and are not the same there: most likely a border whose two sides were drawn apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct DrawnApart {
    /// The two, by their numbers, the lower one first.
    pub(crate) areas: [usize; 2],
    /// The length, about: an edge counts as a whole if its middle is near.
    pub(crate) length: Metres,
}

impl DrawnApart {
    /// Outlines within this distance may be two drawings of one border.
    pub(crate) const WITHIN: Metres = Metres::new(apart::WITHIN_M);
}

/// The common stretches of many areas.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Borders {
    /// Every stretch that two of them have, by the two areas, then by what it is to them.
    pub(crate) stretches: Vec<Stretch>,
    /// The length of all outlines, each counted for every area that has it. Edges inside of an area
    /// of several polygons are no outline.
    pub(crate) outlines: Metres,
    /// The part of it that no other area has: coasts, and borders whose sides were drawn apart.
    pub(crate) alone: Metres,
    /// Areas whose outlines come near to each other and are not the same there, in the order of
    /// their numbers.
    pub(crate) apart: Vec<DrawnApart>,
    /// The length of outline that an area has twice: a polygon given twice.
    pub(crate) repeated: Metres,
    /// The number of stretches of that.
    pub(crate) repeats: usize,
}

/// Rings of polygons, closed, the inside on their left.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rings {
    vertices: Vec<Coord>,
    /// Where in the vertices each ring ends.
    ends: Vec<usize>,
}

impl Rings {
    /// The rings of some polygons.
    #[must_use]
    pub(crate) fn from_polygons(polygons: &[Polygon]) -> Self {
        let mut rings = Self::default();
        for polygon in polygons {
            rings.add(polygon.exterior(), true);
            polygon.interiors().iter().for_each(|hole| rings.add(hole, false));
        }
        rings
    }

    /// Adds a ring, without repeated vertices and in the right direction.
    fn add(&mut self, ring: &LineString, is_shell: bool) {
        let begin = self.vertices.len();
        let repeats = |i: &usize| *i > 0 && ring.0[i - 1] == ring.0[*i];
        let vertices = (0..ring.0.len()).filter(|i| !repeats(i)).map(|i| ring.0[i]);
        self.vertices.extend(vertices);
        let path = &mut self.vertices[begin..];
        if runs_counter_clockwise(path) != is_shell {
            path.reverse();
        }
        self.ends.push(self.vertices.len());
    }
}

/// The outlines of many areas, each of which may consist of many polygons.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outlines {
    vertices: Vec<Coord>,
    rings: Vec<Ring>,
}

/// A ring: where its vertices are, and its area.
#[derive(Debug, Clone)]
struct Ring {
    vertices: Range<usize>,
    area: usize,
}

impl Outlines {
    /// Adds rings to the area of a number.
    pub(crate) fn add(&mut self, area: usize, rings: &Rings) {
        let before = self.vertices.len();
        self.vertices.extend(&rings.vertices);
        let begins = std::iter::once(0).chain(rings.ends.iter().copied());
        let ranges = begins.zip(&rings.ends).map(|(begin, end)| before + begin..before + end);
        self.rings.extend(ranges.map(|vertices| Ring { vertices, area }));
    }

    /// The common stretches of every two areas.
    ///
    /// Two areas share an edge if both have it from vertex to vertex, or, if one of them has
    /// additional vertices, where it lies within [`SNAPPING_DEG`](super::SNAPPING_DEG) of edges of
    /// the other; see [`Area::shared_with`](super::Area::shared_with), which finds the same for two.
    /// Wider gaps are not bridged.
    ///
    /// # Units
    /// Degrees in, metres out: geodesics on the ellipsoid of `geodesic`. The result is the same
    /// on any number of threads.
    #[must_use]
    pub(crate) fn borders(&self, geodesic: &Geodesic) -> Borders {
        let mut classes = Classes::default();
        let mut of_edges = table::compared(self, &mut classes);
        let (divided, apart) = near::compared(self, geodesic, &mut of_edges, &mut classes);
        let borders = walk::walked(self, geodesic, &walk::Found { of_edges, divided, classes });
        Borders { apart, ..borders }
    }

    /// The edges of a ring, by their first vertices.
    fn edges(ring: &Ring) -> Range<usize> {
        ring.vertices.start..ring.vertices.end.saturating_sub(1).max(ring.vertices.start)
    }

    /// The ends of an edge.
    fn ends(&self, edge: usize) -> [Coord; 2] {
        [self.vertices[edge], self.vertices[edge + 1]]
    }

    /// The area of an edge.
    fn area(&self, edge: usize) -> usize {
        let ring = self.rings.partition_point(|ring| ring.vertices.end <= edge);
        self.rings[ring].area
    }

    /// The rings, in parts with about the same number of vertices, for threads.
    fn parts(&self) -> Vec<&[Ring]> {
        const VERTICES: usize = 1 << 16;
        let mut parts = Vec::new();
        let mut rest = &self.rings[..];
        while let Some(first) = rest.first() {
            let most = first.vertices.start + VERTICES;
            let count = rest.partition_point(|ring| ring.vertices.end <= most).max(1);
            let (part, others) = rest.split_at(count);
            parts.push(part);
            rest = others;
        }
        parts
    }
}

#[cfg(test)]
mod tests;
