//! The faces of a contour that crosses itself, by the sign of its winding number.
//!
//! Done by `i_overlay` on a grid of integers, laid over the contour with 2³⁰ steps or more
//! to its larger extent: 1 mm for 1,000 km, 4 cm for the whole Earth. Crossings are moved to
//! the grid.

use geo::{Coord, LineString, MapCoords, Polygon};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::solver::Solver;
use i_overlay::float::overlay::OverlayOptions;
use i_overlay::float::simplify::SimplifyShape;

/// Faces by winding number.
#[derive(Debug, Clone)]
pub(super) struct Faces {
    /// Where the contour goes round counter-clockwise more often.
    pub(super) counter_clockwise: Vec<Polygon>,
    /// Where it goes round clockwise more often.
    pub(super) clockwise: Vec<Polygon>,
}

/// Divides a contour in a plane into faces.
///
/// The sweep runs along *x*, and its cost grows with the number of edges at the same *x*: for a
/// line from north to south, all of them. So such a contour is first turned by a right angle, which
/// is exact, and its faces are turned back.
pub(super) fn faces(contour: &[[f64; 2]]) -> Faces {
    let [width, height] = [0, 1].map(|axis| {
        let (low, high) = contour
            .iter()
            .map(|at| at[axis])
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        high - low
    });
    if height <= width {
        return swept(contour);
    }
    let turned: Vec<[f64; 2]> = contour.iter().map(|[x, y]| [*y, -*x]).collect();
    let Faces { counter_clockwise, clockwise } = swept(&turned);
    let back = |polygons: Vec<Polygon>| {
        let turn = |polygon: Polygon| polygon.map_coords(|at| Coord { x: -at.y, y: at.x });
        polygons.into_iter().map(turn).collect()
    };
    Faces { counter_clockwise: back(counter_clockwise), clockwise: back(clockwise) }
}

/// The faces of a contour that is wider than high.
fn swept(contour: &[[f64; 2]]) -> Faces {
    let by = |rule| {
        let options = OverlayOptions {
            // A vertex on a straight line of the map still bends a geodesic.
            preserve_input_collinear: true,
            preserve_output_collinear: true,
            ..OverlayOptions::ogc()
        };
        let shapes = contour.simplify_shape_custom(rule, options, Solver::default());
        shapes.into_iter().filter_map(polygon).collect()
    };
    Faces { counter_clockwise: by(FillRule::Positive), clockwise: by(FillRule::Negative) }
}

fn polygon(rings: Vec<Vec<[f64; 2]>>) -> Option<Polygon> {
    let closed = |ring: Vec<[f64; 2]>| {
        let mut ring: Vec<Coord> = ring.into_iter().map(|[x, y]| Coord { x, y }).collect();
        ring.extend(ring.first().copied());
        LineString(ring)
    };
    let mut rings = rings.into_iter().map(closed);
    let outer = rings.next().filter(|ring| ring.0.len() > 3)?;
    Some(Polygon::new(outer, rings.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contour(points: &[(f64, f64)]) -> Vec<[f64; 2]> {
        points.iter().map(|(x, y)| [*x, *y]).collect()
    }

    #[test]
    fn a_figure_of_eight_has_one_face_of_each_sign() {
        let eight = contour(&[(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0)]);
        let found = faces(&eight);
        assert_eq!((found.counter_clockwise.len(), found.clockwise.len()), (1, 1));
        // Up to (1, 1), down to (1, 0): the right half is gone round clockwise.
        let east = |polygon: &Polygon| polygon.exterior().0.iter().any(|at| at.x > 0.9);
        assert!(east(&found.clockwise[0]) && !east(&found.counter_clockwise[0]));
    }

    #[test]
    fn a_contour_that_goes_back_on_itself_has_no_face() {
        let found = faces(&contour(&[(0.0, 0.0), (1.0, 0.3), (2.0, 0.0), (1.0, 0.3)]));
        assert!(found.counter_clockwise.is_empty() && found.clockwise.is_empty());
    }

    #[test]
    fn a_contour_that_is_higher_than_wide_has_the_same_faces() {
        let eight = [(0.0, 0.0), (1.0, 3.0), (1.0, 0.0), (0.0, 3.0)];
        let upright = faces(&contour(&eight));
        let lying = faces(&contour(&eight.map(|(x, y)| (y, -x))));
        for (upright, lying) in [
            (&upright.counter_clockwise, &lying.counter_clockwise),
            (&upright.clockwise, &lying.clockwise),
        ] {
            assert_eq!((upright.len(), lying.len()), (1, 1));
            let back = lying[0].map_coords(|at| Coord { x: -at.y, y: at.x });
            assert_eq!(upright[0], back);
        }
    }

    #[test]
    fn vertices_on_a_straight_line_are_kept() {
        let square = [(0.0, 0.0), (0.5, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
        let found = faces(&contour(&square));
        assert_eq!(found.counter_clockwise[0].exterior().0.len(), 6);
    }
}
