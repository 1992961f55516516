//! The line itself: at least two sound vertices, with its chainage.

use geo::Coord;

use super::Blocks;
use crate::geodesy::{Ellipsoid, Frame, Geodesic, Place, PositionFault};
use crate::quantity::Metres;

/// Why some vertices make no line.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum LineFault {
    /// Fewer than two vertices.
    #[error("a line needs two vertices, there are {count}")]
    TooShort {
        /// How many there are.
        count: usize,
    },
    /// A vertex that is no position.
    #[error(transparent)]
    Position(#[from] PositionFault),
    /// Every vertex is the same point.
    #[error("all vertices are one point, the line has no length")]
    NoLength,
}

/// A line on WGS 84 with geodesic edges, its chainage measured once.
///
/// ```
/// use geo::Coord;
/// use treatyline::line::Line;
///
/// let line = Line::new(vec![Coord { x: 82.0, y: 46.0 }, Coord { x: 82.0, y: 45.0 }])?;
/// assert_eq!(line.length().km().round(), 111.0);
/// # Ok::<(), treatyline::line::LineFault>(())
/// ```
#[derive(Debug, Clone)]
pub struct Line {
    vertices: Vec<Coord>,
    chainages: Vec<Metres>,
    places: Vec<Place>,
    blocks: Blocks,
    frame: Frame,
    geodesic: Geodesic,
}

impl Line {
    /// A line through these vertices, longitude and latitude in degrees.
    ///
    /// # Errors
    /// [`LineFault`] for fewer than two vertices, a position that is not finite or
    /// out of range, or a line of no length.
    pub fn new(vertices: Vec<Coord>) -> Result<Self, LineFault> {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let chainages = chainages(&geodesic, &vertices)?;
        let frame = Frame::new(&Ellipsoid::WGS84);
        let places = frame.places(&vertices);
        let blocks = Blocks::new(&places);
        Ok(Self { vertices, chainages, places, blocks, frame, geodesic })
    }

    /// Whether some vertices make a line.
    ///
    /// # Errors
    /// As [`Line::new`].
    pub(crate) fn check(vertices: &[Coord]) -> Result<(), LineFault> {
        chainages(&Geodesic::new(Ellipsoid::WGS84), vertices).map(|_| ())
    }

    /// The vertices, first end to last.
    #[must_use]
    pub fn vertices(&self) -> &[Coord] {
        &self.vertices
    }

    /// Distance along the line to each vertex, on WGS 84.
    #[must_use]
    pub fn chainages(&self) -> &[Metres] {
        &self.chainages
    }

    /// The length at full detail, on WGS 84.
    #[must_use]
    pub fn length(&self) -> Metres {
        self.chainages.last().copied().unwrap_or_default()
    }

    /// The first vertex.
    #[must_use]
    pub fn start(&self) -> Coord {
        self.vertices[0]
    }

    /// The last vertex.
    #[must_use]
    pub fn end(&self) -> Coord {
        self.vertices[self.vertices.len() - 1]
    }

    /// The same line walked the other way.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let whole = self.length();
        let places: Vec<Place> = self.places.iter().rev().copied().collect();
        Self {
            vertices: self.vertices.iter().rev().copied().collect(),
            chainages: self.chainages.iter().rev().map(|at| whole - *at).collect(),
            blocks: Blocks::new(&places),
            places,
            ..self.clone()
        }
    }

    /// Whether the line ends where it starts.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.start() == self.end()
    }

    /// The same closed line begun at another place, a new vertex where that falls inside an
    /// edge. `None` for a line that is not closed, and for a place that is no other.
    #[must_use]
    pub fn begun_at(&self, chainage: Metres) -> Option<Self> {
        if !self.is_closed() {
            return None;
        }
        let from_there = self.cut(chainage, self.length()).ok()?;
        let up_to_it = self.cut(Metres::default(), chainage).ok()?;
        let around = from_there.vertices.iter().chain(&up_to_it.vertices[1..]);
        Self::new(around.copied().collect()).ok()
    }

    /// The stretch between two chainages, with new vertices at its ends where they
    /// fall inside an edge. The ends are put in order and kept on the line.
    ///
    /// # Errors
    /// [`LineFault::NoLength`] when nothing lies between them.
    pub fn cut(&self, from: Metres, to: Metres) -> Result<Self, LineFault> {
        let (from, to) = if from <= to { (from, to) } else { (to, from) };
        let mut vertices = vec![self.at(from)];
        let inside = self
            .vertices
            .iter()
            .zip(&self.chainages)
            .filter(|(_, at)| **at > from && **at < to)
            .map(|(vertex, _)| *vertex);
        vertices.extend(inside);
        vertices.push(self.at(to));
        vertices.dedup();
        if vertices.len() < 2 {
            return Err(LineFault::NoLength);
        }
        Self::new(vertices)
    }

    /// The point at a chainage; the ends beyond them.
    #[must_use]
    pub fn at(&self, chainage: Metres) -> Coord {
        let after = self.chainages.partition_point(|at| *at < chainage);
        if after == 0 {
            return self.start();
        }
        let (Some(next), Some(end)) = (self.vertices.get(after), self.chainages.get(after)) else {
            return self.end();
        };
        if *end == chainage {
            return *next;
        }
        let begin = self.chainages[after - 1];
        let share = (chainage - begin).value() / (*end - begin).value();
        self.geodesic.between(self.vertices[after - 1], *next, share)
    }

    pub(crate) fn places(&self) -> &[Place] {
        &self.places
    }

    pub(super) const fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    pub(crate) const fn frame(&self) -> &Frame {
        &self.frame
    }

    pub(crate) const fn geodesic(&self) -> &Geodesic {
        &self.geodesic
    }
}

/// The chainage of each vertex, if they make a line.
fn chainages(geodesic: &Geodesic, vertices: &[Coord]) -> Result<Vec<Metres>, LineFault> {
    if vertices.len() < 2 {
        return Err(LineFault::TooShort { count: vertices.len() });
    }
    let chainages = geodesic.chainages(vertices)?;
    let has_length = chainages.last().is_some_and(|end| end.value() > 0.0);
    if has_length { Ok(chainages) } else { Err(LineFault::NoLength) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_abs_diff_eq;

    fn meridian() -> Line {
        let vertices = (0..=10).map(|i| Coord { x: 80.0, y: 46.0 - 0.1 * f64::from(i) });
        Line::new(vertices.collect()).unwrap()
    }

    #[test]
    fn what_makes_no_line_is_refused_by_name() {
        let at = |x, y| Coord { x, y };
        let fault = |vertices: &[Coord]| Line::new(vertices.to_vec()).unwrap_err();
        let outside = |vertices: &[Coord]| {
            matches!(fault(vertices), LineFault::Position(PositionFault::OutOfRange { .. }))
        };
        assert_eq!(fault(&[at(80.0, 45.0)]), LineFault::TooShort { count: 1 });
        assert_eq!(fault(&[at(80.0, 45.0); 3]), LineFault::NoLength);
        assert!(outside(&[at(80.0, 45.0), at(280.0, 45.0)]));
        assert!(outside(&[at(80.0, 45.0), at(80.0, 144.0)]));
        assert!(matches!(
            fault(&[at(80.0, 45.0), at(f64::NAN, 45.0)]),
            LineFault::Position(PositionFault::NotFinite { .. })
        ));
    }

    #[test]
    fn pieces_of_a_cut_add_up_to_the_whole() {
        let line = meridian();
        let third = line.length() * (1.0 / 3.0);
        let first = line.cut(Metres::new(0.0), third).unwrap();
        let rest = line.cut(third, line.length()).unwrap();
        assert_eq!(first.end(), rest.start());
        assert_abs_diff_eq!(first.length() + rest.length(), line.length(), epsilon = 1e-6);
        assert_eq!(line.cut(third, third).unwrap_err(), LineFault::NoLength);
    }

    #[test]
    fn a_closed_line_begun_elsewhere_is_as_long() {
        let at = |(x, y)| Coord { x, y };
        let corners = [(80.0, 45.0), (81.0, 45.0), (81.0, 46.0), (80.0, 45.0)].map(at);
        let ring = Line::new(corners.to_vec()).unwrap();
        for share in [0.1, 0.5, 0.9] {
            let found = ring.begun_at(ring.length() * share).unwrap();
            assert!(found.is_closed());
            assert_eq!(found.vertices().len(), 5);
            assert_eq!(found.start(), ring.at(ring.length() * share));
            assert_abs_diff_eq!(found.length(), ring.length(), epsilon = 1e-6);
        }
        assert_eq!(ring.begun_at(ring.chainages()[1]).unwrap().vertices().len(), 4);
        assert!(ring.begun_at(Metres::default()).is_none());
        assert!(meridian().begun_at(Metres::new(10.0)).is_none());
    }

    #[test]
    fn walked_back_it_is_as_long() {
        let line = meridian();
        let back = line.reversed();
        assert_eq!(back.length(), line.length());
        assert_eq!(back.start(), line.end());
        assert_eq!(back.chainages()[0], Metres::new(0.0));
    }
}
