//! A line prepared for comparison: with short edges, and indexed.

use geo::Coord;

use super::tree::{Nearest, Tree};
use crate::geodesy::vector::{dot, minus};
use crate::geodesy::{Gnomonic, Place};
use crate::line::Line;
use crate::quantity::Metres;

/// The longest edge. On 1 km a geodesic leaves the straight line of a map by
/// *s²* tan *φ*/8*R*, 2 cm at 45°, and everything in [`Gnomonic`] holds.
const LONGEST_EDGE: Metres = Metres::new(1e3);

/// A line whose edges are indexed, longer ones split on their geodesic.
///
/// ```
/// use geo::Coord;
/// use treatyline::compare::Track;
/// use treatyline::line::Line;
///
/// let line = Line::new(vec![Coord { x: 82.0, y: 46.0 }, Coord { x: 82.0, y: 45.0 }])?;
/// let near = Track::new(&line).nearest(Coord { x: 82.001, y: 45.5 });
/// assert_eq!(near.distance.value().round(), 78.0);
/// # Ok::<(), treatyline::line::LineFault>(())
/// ```
#[derive(Debug, Clone)]
pub struct Track {
    line: Line,
    tree: Tree,
}

/// A place on a line.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Spot {
    /// Longitude and latitude.
    pub at: Coord,
    /// Distance along the line.
    pub chainage: Metres,
}

/// The place of a line that is nearest to a point.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Near {
    /// That place.
    pub spot: Spot,
    /// The geodesic distance to it.
    pub distance: Metres,
}

impl Track {
    /// Indexes a line. Chainages stay those of the line.
    ///
    /// # Complexity
    /// In proportion to the number of vertices.
    #[must_use]
    pub fn new(line: &Line) -> Self {
        let line = line.densified(LONGEST_EDGE);
        let tree = Tree::with_breaks(line.places(), line.breaks().to_vec());
        Self { line, tree }
    }

    /// The line with its long edges split.
    #[must_use]
    pub const fn line(&self) -> &Line {
        &self.line
    }

    /// The place nearest to a point: found as [`Gnomonic`] sees it, its distance then
    /// measured on the geodesic.
    #[must_use]
    pub fn nearest(&self, point: Coord) -> Near {
        let centre = self.line.frame().place(point);
        let found = self.nearest_to(&centre, 0);
        let spot = self.spot(found.edge, found.share);
        Near { spot, distance: self.line.geodesic().distance(point, spot.at) }
    }

    pub(super) const fn tree(&self) -> &Tree {
        &self.tree
    }

    pub(super) fn places(&self) -> &[Place] {
        self.line.places()
    }

    pub(super) fn view(&self, centre: &Place) -> Gnomonic {
        self.line.frame().gnomonic(centre)
    }

    /// The edge nearest to a place.
    pub(super) fn nearest_to(&self, centre: &Place, hint: usize) -> Nearest {
        let found = self.tree.nearest(&self.view(centre), centre, self.places(), hint);
        // A line has an edge.
        found.unwrap_or(Nearest { edge: 0, share: 0.0, distance_m: f64::INFINITY })
    }

    /// A place on an edge.
    pub(super) fn place(&self, edge: usize, share: f64) -> Place {
        let (a, b) = (&self.places()[edge], &self.places()[edge + 1]);
        match share {
            0.0 => *a,
            1.0 => *b,
            _ => self.line.frame().between(a, b, share),
        }
    }

    pub(super) fn spot(&self, edge: usize, share: f64) -> Spot {
        let (a, b) = (self.line.vertices()[edge], self.line.vertices()[edge + 1]);
        let at = match share {
            0.0 => a,
            1.0 => b,
            _ => self.line.geodesic().between(a, b, share),
        };
        Spot { at, chainage: self.chainage(edge, share) }
    }

    pub(super) fn chainage(&self, edge: usize, share: f64) -> Metres {
        let (begin, end) = (self.line.chainages()[edge], self.line.chainages()[edge + 1]);
        begin + (end - begin) * share
    }

    /// The length of an edge's chord: on 1 km a micrometre short of the edge.
    pub(super) fn chord_m(&self, edge: usize) -> f64 {
        let chord = minus(self.places()[edge + 1].position(), self.places()[edge].position());
        dot(chord, chord).sqrt()
    }
}
