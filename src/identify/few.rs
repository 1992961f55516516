//! A few positions on a line: too few to show an offset, but each shows how far it is.
//!
//! A treaty's points are mostly the turning points of a line. A position that a reading puts onto a
//! vertex is there in both directions, and not only across the line. By chance that happens as often
//! as the vertices, with what is allowed around them, cover the line.

use geo::Coord;

use crate::geodesy::{Ellipsoid, Geodesic};
use crate::line::Line;

/// What is not known of positions and of the line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Doubt {
    /// How far a place of the line may be from where it is, in metres.
    pub(crate) line_m: f64,
    /// How far all of the line may be from where it is, in one direction.
    pub(crate) shift_m: f64,
    /// How far rounding may have moved each position, in metres; empty where they are not rounded.
    pub(crate) rounded_m: Vec<f64>,
}

/// How a few positions lie to a line.
#[derive(Debug, Clone)]
pub(crate) struct FewPositions {
    /// The number of the position that is farthest beyond what is allowed.
    pub(crate) worst: usize,
    /// How far that is from the line, in metres.
    pub(crate) distance_m: f64,
    /// How far it is from the vertices at the ends of the nearest edge, in metres.
    pub(crate) vertex_m: f64,
    /// How far it may be: by its rounding, the operation and the line, in metres.
    pub(crate) allowed_m: f64,
    /// How much of that is for the line.
    pub(crate) line_m: f64,
    /// How many positions are on a vertex.
    pub(crate) at_vertices: usize,
    /// How likely positions anywhere on the line here are all as near to a vertex as is allowed; 1
    /// if these are not.
    pub(crate) chance: f64,
    /// Where the reading puts them.
    pub(crate) reached: Vec<Coord>,
}

/// A position and the line.
struct OnePosition {
    distance_m: f64,
    vertex_m: f64,
    allowed_m: f64,
    /// The share of the line around the vertex that is as near to it as is allowed.
    share: f64,
}

impl FewPositions {
    /// How positions lie to a line that an operation of this accuracy brought near it; `None` where
    /// there are none.
    pub(super) fn new(
        positions: &[Coord],
        operation_m: f64,
        doubt: &Doubt,
        line: &Line,
    ) -> Option<Self> {
        let each: Vec<OnePosition> = positions
            .iter()
            .enumerate()
            .map(|(number, at)| {
                let rounded_m = doubt.rounded_m.get(number).copied().unwrap_or(0.0);
                let allowed_m = operation_m + doubt.line_m + rounded_m + super::LEAST_M;
                OnePosition::new(*at, allowed_m, line)
            })
            .collect();
        let beyond_m = |one: &OnePosition| one.distance_m - one.allowed_m;
        let (worst, found) =
            each.iter().enumerate().max_by(|(_, a), (_, b)| beyond_m(a).total_cmp(&beyond_m(b)))?;
        Some(Self {
            worst,
            distance_m: found.distance_m,
            vertex_m: found.vertex_m,
            allowed_m: found.allowed_m,
            line_m: doubt.line_m,
            at_vertices: each.iter().filter(|one| one.is_at_vertex()).count(),
            chance: each.iter().map(OnePosition::chance).product(),
            reached: positions.to_vec(),
        })
    }

    /// Whether each is on the line as far as can be known.
    pub(super) fn are_on_line(&self) -> bool {
        self.distance_m <= self.allowed_m
    }

    /// Whether each is on a vertex.
    pub(super) fn are_at_vertices(&self) -> bool {
        self.at_vertices == self.reached.len()
    }

    /// How far apart two readings put the positions, at most, in metres.
    pub(super) fn apart_m(&self, other: &Self) -> f64 {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let pairs = self.reached.iter().zip(&other.reached);
        pairs.map(|(a, b)| geodesic.distance(*a, *b).value()).fold(0.0, f64::max)
    }
}

impl OnePosition {
    fn new(at: Coord, allowed_m: f64, line: &Line) -> Self {
        let found = line.locate(at);
        let chainages = line.chainages();
        let after = chainages.partition_point(|it| *it < found.chainage).min(chainages.len() - 1);
        let before = after.saturating_sub(1);
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let far = |vertex: usize| geodesic.distance(at, line.vertices()[vertex]).value();
        let (vertex, vertex_m) = match (far(before), far(after)) {
            (before_m, after_m) if before_m < after_m => (before, before_m),
            (_, after_m) => (after, after_m),
        };
        let along = |other: usize| (chainages[other] - chainages[vertex]).abs().value();
        let around_m =
            0.5 * (along(vertex.saturating_sub(1)) + along((vertex + 1).min(chainages.len() - 1)));
        let share = if around_m > 0.0 { (2.0 * allowed_m / around_m).min(1.0) } else { 1.0 };
        Self { distance_m: found.distance.value(), vertex_m, allowed_m, share }
    }

    fn is_at_vertex(&self) -> bool {
        self.vertex_m <= self.allowed_m
    }

    fn chance(&self) -> f64 {
        if self.is_at_vertex() { self.share } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Along the equator, a vertex at every degree.
    fn line() -> Line {
        Line::new([0.0, 1.0, 2.0, 3.0].map(|x| Coord { x, y: 0.0 }).to_vec()).unwrap()
    }

    fn few(positions: &[f64], operation_m: f64) -> FewPositions {
        let positions: Vec<Coord> = positions.iter().map(|x| Coord { x: *x, y: 0.001 }).collect();
        FewPositions::new(&positions, operation_m, &Doubt::default(), &line()).unwrap()
    }

    #[test]
    fn positions_on_vertices_are_hardly_there_by_chance() {
        // 0.001° are 110.6 m; a degree is 111.3 km.
        let at = few(&[1.0, 2.0], 111.0);
        assert!(at.are_at_vertices() && at.are_on_line());
        assert!((at.chance.sqrt() - 2.0 * 111.1 / 111_319.5).abs() < 1e-6, "{}", at.chance);
        let beside = few(&[1.0, 1.5], 111.0);
        assert!(!beside.are_at_vertices() && beside.are_on_line());
        assert_eq!((beside.at_vertices, few(&[1.5], 111.0).chance), (1, 1.0));
    }

    #[test]
    fn rounding_the_line_and_the_operation_are_allowed_for() {
        let at = [Coord { x: 1.0, y: 0.0 }, Coord { x: 1.5, y: 0.001 }];
        let few = |operation_m, line_m, rounded_m: f64| {
            let doubt = Doubt { line_m, shift_m: 0.0, rounded_m: vec![rounded_m; 2] };
            FewPositions::new(&at, operation_m, &doubt, &line()).unwrap()
        };
        assert_eq!(few(0.0, 0.0, 0.0).worst, 1);
        assert!(!few(40.0, 40.0, 30.0).are_on_line());
        assert!(few(40.0, 40.0, 31.0).are_on_line());
    }
}
