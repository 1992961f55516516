//! The line itself: at least two sound vertices, with its chainage.

use geo::Coord;

use super::Blocks;
use super::LineFault;
use crate::geodesy::{Ellipsoid, Frame, Geodesic, Place};
use crate::quantity::Metres;

/// A line on WGS 84 with geodesic edges, its chainage measured once. It may consist of several
/// separate stretches. The gaps between them do not belong to it, and the chainage continues from
/// the end of one to the start of the next.
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
    /// The last vertex of each stretch but the last one.
    breaks: Vec<usize>,
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
        Self::of_stretches(vec![vertices])
    }

    /// A line of several stretches, in order, each of two vertices or more.
    ///
    /// # Errors
    /// As [`Line::new`], for any of them.
    pub(crate) fn of_stretches(stretches: Vec<Vec<Coord>>) -> Result<Self, LineFault> {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let (mut along, mut breaks, mut from) = (Vec::new(), Vec::new(), Metres::default());
        for stretch in &stretches {
            breaks.extend(along.len().checked_sub(1));
            along.extend(chainages(&geodesic, stretch)?.into_iter().map(|at| from + at));
            from = along.last().copied().unwrap_or(from);
        }
        if along.is_empty() {
            return Err(LineFault::TooShort { count: 0 });
        }
        let vertices = stretches.concat();
        let frame = Frame::new(&Ellipsoid::WGS84);
        let places = frame.places(&vertices);
        let blocks = Blocks::with_breaks(&places, breaks.clone());
        Ok(Self { vertices, chainages: along, breaks, places, blocks, frame, geodesic })
    }

    /// The vertices of each of its stretches.
    pub fn stretches(&self) -> impl Iterator<Item = &[Coord]> {
        let ends = self.breaks.iter().map(|last| last + 1);
        let begins = std::iter::once(0).chain(ends.clone());
        begins.zip(ends.chain([self.vertices.len()])).map(|(from, to)| &self.vertices[from..to])
    }

    /// The last vertex of each stretch but the last one: no edge begins there.
    pub(crate) fn breaks(&self) -> &[usize] {
        &self.breaks
    }

    /// Whether there is a gap between a vertex and the next one.
    pub(crate) fn is_break(&self, vertex: usize) -> bool {
        self.breaks.binary_search(&vertex).is_ok()
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
    #[doc(hidden)]
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

    /// The same line in the other direction.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let whole = self.length();
        let places: Vec<Place> = self.places.iter().rev().copied().collect();
        let last_edge = places.len() - 2;
        let breaks: Vec<usize> = self.breaks.iter().rev().map(|at| last_edge - at).collect();
        Self {
            vertices: self.vertices.iter().rev().copied().collect(),
            chainages: self.chainages.iter().rev().map(|at| whole - *at).collect(),
            blocks: Blocks::with_breaks(&places, breaks.clone()),
            places,
            breaks,
            ..self.clone()
        }
    }

    /// Whether the line ends where it starts.
    #[must_use]
    pub(crate) fn is_closed(&self) -> bool {
        self.breaks.is_empty() && self.start() == self.end()
    }

    /// The same closed line with another start, which becomes a new vertex if it is inside an edge.
    /// `None` for a line that is not closed, and if the start stays the same.
    #[must_use]
    pub(crate) fn begun_at(&self, chainage: Metres) -> Option<Self> {
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
        if !self.breaks.is_empty() {
            return self.cut_stretches(from, to);
        }
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

    fn cut_stretches(&self, from: Metres, to: Metres) -> Result<Self, LineFault> {
        let mut begin = Metres::default();
        let mut cut = Vec::new();
        for stretch in self.stretches() {
            let stretch = Self::new(stretch.to_vec())?;
            let end = begin + stretch.length();
            if from < end && to > begin {
                let first = if from > begin { from - begin } else { Metres::default() };
                let last = if to < end { to - begin } else { stretch.length() };
                let piece = stretch.cut(first, last);
                cut.extend(piece.map(|piece| piece.vertices));
            }
            begin = end;
        }
        if cut.is_empty() { Err(LineFault::NoLength) } else { Self::of_stretches(cut) }
    }

    /// The point at a chainage; beyond the ends, the nearer end.
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
    use crate::geodesy::PositionFault;
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
    fn nothing_lies_between_stretches() {
        let at = |x, y| Coord { x, y };
        let [main, enclave] =
            [vec![at(80.0, 45.0), at(81.0, 45.0)], vec![at(80.5, 46.0), at(80.6, 46.0)]];
        let lengths = [&main, &enclave].map(|path| Line::new(path.clone()).unwrap().length());
        let line = Line::of_stretches(vec![main.clone(), enclave.clone()]).unwrap();
        assert_abs_diff_eq!(line.length(), lengths[0] + lengths[1], epsilon = 1e-9);
        let half = line.locate(at(80.9, 45.5));
        assert_eq!(half.nearest.y.round(), 45.0, "not on the way between them");
        assert_abs_diff_eq!(line.locate(at(80.5, 46.1)).chainage, lengths[0], epsilon = 50.0);
        let later = line.cut(lengths[0], line.length()).unwrap();
        assert_eq!(later.vertices(), enclave);
        let across = line.cut(lengths[0] * 0.5, line.length()).unwrap();
        assert_eq!(across.stretches().count(), 2);
        assert_abs_diff_eq!(across.length(), lengths[0] * 0.5 + lengths[1], epsilon = 1e-6);
        let back = line.reversed();
        let stretches: Vec<&[Coord]> = back.stretches().collect();
        assert_eq!((stretches[0].len(), stretches[1][1]), (2, main[0]));
        assert_abs_diff_eq!(
            back.densified(Metres::new(1e3)).length(),
            line.length(),
            epsilon = 1e-5
        );
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
