//! Which parts of a line touch the ends of others, and where: at their own ends or inside.

use geo::Coord;
use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use super::extras::ExtraKind;
use super::same::Tolerance;
use super::shared::shorter_way;

/// The parts that touch an end of a part, and whether they touch it with their inside.
type Others = Vec<(usize, bool)>;

/// For each part, the parts that touch its first and its last vertex.
pub(super) struct Touched(Vec<[Others; 2]>);

impl Touched {
    /// Finds the parts that touch the ends of others, within a tolerance. A place within `of_an_end`
    /// of the end of a part is not inside of it.
    pub(super) fn new(parts: &[Vec<Coord>], tolerance: Tolerance, of_an_end: Tolerance) -> Self {
        let mut touched: Vec<[Others; 2]> = vec![Default::default(); parts.len()];
        let mut ends = Vec::new();
        for (i, part) in parts.iter().enumerate() {
            for (which, at) in [part.first(), part.last()].into_iter().enumerate() {
                // 180° and −180° are one meridian, so both are searched.
                let at = at.copied().unwrap_or_default();
                let across = Coord { x: -at.x, ..at };
                let twice = at.x.abs() == 180.0;
                for at in [Some(at), twice.then_some(across)].into_iter().flatten() {
                    ends.push(GeomWithData::new([at.x, at.y], (i, which)));
                }
            }
        }
        let tree = RTree::bulk_load(ends);
        for (i, part) in parts.iter().enumerate() {
            let is_ring = part.first() == part.last();
            for edge in part.windows(2) {
                for end in tree.locate_in_envelope(&around(edge, tolerance.degrees())) {
                    let (own, which) = end.data;
                    let at = Coord { x: end.geom()[0], y: end.geom()[1] };
                    if own == i || !lies_on(at, edge, tolerance) {
                        continue;
                    }
                    let mut ends = [part.first(), part.last()].into_iter().flatten();
                    let is_end = ends.any(|end| of_an_end.is_one(at, *end));
                    touched[own][which].push((i, is_ring || !is_end));
                }
            }
        }
        Self(touched)
    }

    /// The parts on which this one begins or ends, and whether that is inside of them; none for a
    /// ring.
    pub(super) fn others(&self, own: usize) -> impl Iterator<Item = (usize, bool)> {
        let ends = self.0.get(own).filter(|[first, last]| first != last || first.is_empty());
        ends.into_iter().flatten().flatten().copied()
    }

    /// Whether a part begins or ends inside of another one.
    fn ends_inside(&self, own: usize, other: usize) -> bool {
        self.0.get(own).into_iter().flatten().flatten().any(|it| *it == (other, true))
    }

    /// The kind of extra if this part hangs on another one. Where each of two ends inside of the other,
    /// both go on from there, and neither is a spur.
    pub(super) fn kind(
        &self,
        own: usize,
        part: &[Coord],
        tolerance: Tolerance,
    ) -> Option<ExtraKind> {
        let [first, last] = self.0.get(own)?;
        if tolerance.is_one(*part.first()?, *part.last()?) {
            return first.first().map(|_| ExtraKind::Loop);
        }
        let hangs = |on: &Others, free: &Others| {
            let hangs_on = |it: &(usize, bool)| it.1 && !self.ends_inside(it.0, own);
            !on.is_empty() && on.iter().all(hangs_on) && free.is_empty()
        };
        (hangs(first, last) || hangs(last, first)).then_some(ExtraKind::Spur)
    }
}

/// The box around an edge; that of an edge across ±180° goes round the Earth.
fn around(edge: &[Coord], by: f64) -> AABB<[f64; 2]> {
    let [low, high] =
        [f64::min, f64::max].map(|pick| [pick(edge[0].x, edge[1].x), pick(edge[0].y, edge[1].y)]);
    AABB::from_corners(low.map(|low| low - by), high.map(|high| high + by))
}

/// Whether a place lies on an edge, within the tolerance.
pub(super) fn lies_on(at: Coord, edge: &[Coord], tolerance: Tolerance) -> bool {
    let scale = at.y.to_radians().cos();
    let from_begin = |to: Coord| [scale * shorter_way(to.x - edge[0].x), to.y - edge[0].y];
    let (along, to) = (from_begin(edge[1]), from_begin(at));
    let squared = along[0] * along[0] + along[1] * along[1];
    if squared == 0.0 {
        return tolerance.is_one(at, edge[0]);
    }
    let share = ((to[0] * along[0] + to[1] * along[1]) / squared).clamp(0.0, 1.0);
    (to[0] - share * along[0]).hypot(to[1] - share * along[1]) <= tolerance.degrees()
}
