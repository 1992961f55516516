//! Where a point lies relative to a line: how far along, how far off, which side.

use geo::Coord;

use super::Line;
use super::foot::{LONG_M, LongFoot};
use crate::quantity::Metres;

/// A side of the line, seen in the direction from its start to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The left side.
    Left,
    /// The right side.
    Right,
}

impl Side {}

/// A point located on a line.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Located {
    /// The nearest point of the line.
    pub nearest: Coord,
    /// Its distance along the line.
    pub chainage: Metres,
    /// The geodesic distance from the point to it.
    pub distance: Metres,
    /// The side the point lies on; `None` if it lies on the line, or so far beyond an end that
    /// there are no sides.
    pub side: Option<Side>,
}

impl Line {
    /// Locates a point: the nearest point of the line, by edges and not by vertices.
    ///
    /// The side is taken from the nearest edge; where the nearest point is a
    /// vertex, from the turn of the two edges that meet there, since each of them alone can be
    /// wrong in a bend (Bærentzen & Aanæs 2005 say it of meshes; on a line it is the sign of the
    /// sharper turn).
    ///
    /// # Units
    /// Degrees in, metres out. The distance is geodesic, on WGS 84.
    #[must_use]
    pub fn locate(&self, point: Coord) -> Located {
        self.locate_between(point, Metres::new(0.0), self.length())
    }

    /// Locates a point on the stretch between two chainages only.
    #[must_use]
    pub(crate) fn locate_between(&self, point: Coord, from: Metres, to: Metres) -> Located {
        let here = self.frame().place(point);
        let places = self.places();
        let last_edge = places.len() - 2;
        let first = self.chainages().partition_point(|at| *at <= from).saturating_sub(1);
        let last = self.chainages().partition_point(|at| *at < to).saturating_sub(1);
        let between = [first.min(last_edge), last.min(last_edge)];
        let (edge, share) = self.blocks().nearest(places, &here, between);
        let (a, b) = (self.vertices()[edge], self.vertices()[edge + 1]);
        let (begin, end) = (self.chainages()[edge], self.chainages()[edge + 1]);
        let is_long = (end - begin).value() > LONG_M && share > 0.0 && share < 1.0;
        let long = is_long.then(|| LongFoot::new(self.geodesic(), [a, b], point, share));
        let share = long.as_ref().map_or(share, |foot| foot.share);
        let nearest = match share {
            0.0 => a,
            1.0 => b,
            _ => self.geodesic().between(a, b, share),
        };
        Located {
            nearest,
            chainage: begin + (end - begin) * share,
            distance: self.geodesic().distance(point, nearest),
            side: match long.filter(|foot| foot.share > 0.0 && foot.share < 1.0) {
                Some(foot) => side_of(foot.offset_m),
                None => self.side_at(point, edge, share),
            },
        }
    }

    /// The side of a point whose nearest point lies at `share` of `edge`.
    fn side_at(&self, point: Coord, edge: usize, share: f64) -> Option<Side> {
        let here = self.frame().place(point);
        let places = self.places();
        let offset = |i: usize| here.foot_on(&places[i], &places[i + 1]).offset_m;
        // The two edges that meet at the nearest point, if it is a vertex.
        let (before, after) = match share {
            0.0 if edge == 0 || self.is_break(edge - 1) => {
                return self.side_at_end(point, edge, edge + 1);
            }
            0.0 => (edge - 1, edge),
            1.0 if edge + 2 >= places.len() || self.is_break(edge + 1) => {
                return self.side_at_end(point, edge + 1, edge);
            }
            1.0 => (edge, edge + 1),
            _ => (edge, edge),
        };
        let (a, b) = (offset(before), offset(after));
        let left = if (a > 0.0) == (b > 0.0) {
            a + b
        } else {
            // In a bend where the two edges disagree, the point is on the side opposite to the
            // turn.
            -places[after + 1].foot_on(&places[before], &places[before + 1]).offset_m
        };
        side_of(left)
    }

    /// Past an end of the line there is no side.
    fn side_at_end(&self, point: Coord, end: usize, inner: usize) -> Option<Side> {
        let here = self.frame().place(point);
        let places = self.places();
        let (from, to) = if end < inner { (end, inner) } else { (inner, end) };
        let foot = here.foot_on(&places[from], &places[to]);
        let abreast = foot.offset_m.abs() > 0.5 * foot.distance_m;
        side_of(foot.offset_m).filter(|_| abreast)
    }
}

/// Closer than this a point is on the line: coordinates in double precision are
/// good to some nanometres, the frame's arithmetic to a few times that.
const ON_THE_LINE_M: f64 = 1e-6;

fn side_of(left_m: f64) -> Option<Side> {
    if left_m.abs() < ON_THE_LINE_M {
        return None;
    }
    Some(if left_m > 0.0 { Side::Left } else { Side::Right })
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_abs_diff_eq;

    fn line(vertices: &[(f64, f64)]) -> Line {
        Line::new(vertices.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect()).unwrap()
    }

    fn side(line: &Line, x: f64, y: f64) -> Option<Side> {
        line.locate(Coord { x, y }).side
    }

    #[test]
    fn walking_south_east_is_left() {
        let south = line(&[(80.0, 46.0), (80.0, 45.0), (80.0, 44.0)]);
        assert_eq!(side(&south, 80.5, 45.3), Some(Side::Left));
        assert_eq!(side(&south, 79.5, 45.0), Some(Side::Right));
        assert_eq!(side(&south.reversed(), 80.5, 45.3), Some(Side::Right));
    }

    #[test]
    fn in_a_sharp_bend_the_nearest_vertex_does_not_mislead() {
        // South-east, then sharply back north-east: a spike pointing south.
        let spike = line(&[(80.0, 45.0), (80.1, 44.0), (80.2, 45.0)]);
        // Below the tip the point is outside the turn to the left, so to the right.
        assert_eq!(side(&spike, 80.1, 43.9), Some(Side::Right));
        assert_eq!(side(&spike, 80.11, 43.99), Some(Side::Right));
        assert_eq!(side(&spike, 80.09, 43.99), Some(Side::Right));
        assert_eq!(side(&spike, 80.1, 44.8), Some(Side::Left));
    }

    #[test]
    fn past_the_end_there_is_no_side() {
        let south = line(&[(80.0, 46.0), (80.0, 45.0)]);
        assert_eq!(side(&south, 80.01, 44.0), None);
        assert_eq!(side(&south, 80.0, 45.5), None, "on the line");
    }

    #[test]
    fn the_nearest_point_is_on_the_edge_not_at_a_vertex() {
        let south = line(&[(80.0, 46.0), (80.0, 45.0)]);
        let found = south.locate(Coord { x: 80.1, y: 45.5 });
        assert_abs_diff_eq!(found.nearest.x, 80.0, epsilon = 1e-9);
        assert!(found.distance.value() < 8000.0);
        assert_abs_diff_eq!(found.chainage, south.length() * 0.5, epsilon = 20.0);
    }

    /// Longitude, latitude, chainage, distance and side of places along the first edge of 2010 in the
    /// Barents Sea: where the way to them leaves the edge at a right angle, by bisection with
    /// GeographicLib (Python, 2.0).
    const FEET: [(f64, f64, f64, f64, Side); 5] = [
        (33.0, 71.5, 139_377.333_0, 20_265.983_614, Side::Left),
        (34.54, 71.98, 209_906.554_3, 7_955.670_671, Side::Right),
        (36.0, 73.0, 333_799.107_7, 4_761.091_937, Side::Right),
        (34.3168, 72.0, 208_812.920_1, 8.414_405, Side::Right),
        (40.0, 70.5, 150_485.933_5, 257_148.407_032, Side::Right),
    ];

    #[test]
    fn the_foot_on_an_edge_of_417_km_is_where_it_is() {
        let barents = line(&[(32.073055556, 70.274708333), (37.0, 73.686347222)]);
        for (x, y, chainage_m, distance_m, side) in FEET {
            let found = barents.locate(Coord { x, y });
            assert_abs_diff_eq!(found.chainage.value(), chainage_m, epsilon = 1e-3);
            assert_abs_diff_eq!(found.distance.value(), distance_m, epsilon = 1e-6);
            assert_eq!(found.side, Some(side), "({x}, {y})");
        }
    }

    #[test]
    fn a_stretch_keeps_the_search_to_itself() {
        let there_and_back = line(&[(80.0, 45.0), (81.0, 45.0), (81.0, 45.1), (80.0, 45.1)]);
        let point = Coord { x: 80.5, y: 45.01 };
        let anywhere = there_and_back.locate(point);
        let later = there_and_back.locate_between(
            point,
            there_and_back.length() * 0.6,
            there_and_back.length(),
        );
        assert!(anywhere.chainage < later.chainage);
        assert!(later.distance > anywhere.distance);
    }
}
