//! Richardson's method: step along the line with dividers of a fixed opening.

use geo::Coord;
use rayon::prelude::*;

use super::{Curve, CurvePoint};
use crate::geodesy::vector::{dot, minus};
use crate::geodesy::{Ellipsoid, Frame, Place};
use crate::quantity::Metres;

/// The length of a path by the divider method: from its start, step by step, to the
/// first place where the path leaves the circle of the opening around the last one;
/// between vertices too, not from vertex to vertex. The last step is cut short by the end and
/// counts with its own length. The length is the sum of all steps.
///
/// # Units
/// Metres: an opening is a distance on WGS 84, good to 2·10⁻⁹ of itself at 10 km.
///
/// # Assumptions
/// Each edge crosses a circle around a point of the path at most once from the inside to the
/// outside: an edge is straight, seen from the middle of the circle. An opening below 1 mm is
/// taken as 1 mm.
///
/// # References
/// Richardson 1961, *General Systems Yearbook* 6:139–187; Mandelbrot 1967, *Science*
/// 156:636–638; on the last step and the starting point, Andrle 1992, *Geomorphology*
/// 5:131–141.
#[must_use]
pub fn walked(path: &[Coord], openings_m: &[f64]) -> Curve {
    let dividers = Dividers::new(path);
    let walk = |at_m: &f64| dividers.walk(*at_m);
    let points = if path.len() < WORTH_A_THREAD {
        openings_m.iter().map(walk).collect()
    } else {
        openings_m.par_iter().map(walk).collect()
    };
    Curve { points, data_edges: path.len().saturating_sub(1), parts: 1 }
}

struct Dividers {
    frame: Frame,
    places: Vec<Place>,
}

impl Dividers {
    fn new(path: &[Coord]) -> Self {
        let frame = Frame::new(&Ellipsoid::WGS84);
        Self { frame, places: frame.places(path) }
    }

    fn walk(&self, resolution_m: f64) -> CurvePoint {
        let opening_m = resolution_m.max(FINEST_OPENING_M);
        let Some((mut at, end)) = self.places.first().copied().zip(self.places.last()) else {
            return CurvePoint { resolution_m, length: Metres::new(0.0), edges: 0 };
        };
        let (mut edge, mut steps) = (0, 0_usize);
        // The first edge from here on that ends outside of the circle.
        while let Some(next) =
            (edge..self.places.len() - 1).find(|i| at.distance_m(&self.places[i + 1]) >= opening_m)
        {
            let begin = if next == edge { at } else { self.places[next] };
            let stop = self.places[next + 1];
            at = self.leaving(&at, &begin, &stop, opening_m);
            // From there, whole steps along the rest of this edge go straight.
            let more = (at.distance_m(&stop) / opening_m).floor();
            if more > 0.0 {
                at = self.leaving(&at, &at, &stop, more * opening_m);
            }
            // Below 10⁹: no edge is longer than half the Earth.
            steps += 1 + more as usize;
            edge = next;
        }
        let rest_m = at.distance_m(end);
        CurvePoint {
            resolution_m,
            length: Metres::new(steps as f64 * opening_m + rest_m),
            edges: steps + usize::from(rest_m > 0.0),
        }
    }

    /// Where an edge that begins within `radius_m` of the centre and ends beyond reaches
    /// that distance: first tried where its chord does, then by false position, with the value at
    /// the end that stays halved (Dowell & Jarratt 1971, *BIT* 11:168–174).
    fn leaving(&self, centre: &Place, begin: &Place, end: &Place, radius_m: f64) -> Place {
        let beyond_m = |position| centre.distance_to_m(position) - radius_m;
        let (mut inside, mut outside) = (0.0, 1.0);
        let (mut inside_m, mut outside_m) = (beyond_m(begin.position()), beyond_m(end.position()));
        if outside_m <= ON_THE_CIRCLE_M {
            return *end;
        }
        let mut found = end.position();
        let mut last_side = 0;
        let mut likely = Some(on_the_chord(centre, begin, end, radius_m));
        for _ in 0..MOST_TRIES {
            let share = match likely.take().filter(|share| (0.0..1.0).contains(share)) {
                Some(share) => share,
                None => (inside * outside_m - outside * inside_m) / (outside_m - inside_m),
            };
            found = self.frame.position_between(begin, end, share);
            let off_m = beyond_m(found);
            if off_m.abs() <= ON_THE_CIRCLE_M {
                break;
            }
            let side = if off_m > 0.0 { 1 } else { -1 };
            if side > 0 {
                (outside, outside_m) = (share, off_m);
                inside_m *= if side == last_side { 0.5 } else { 1.0 };
            } else {
                (inside, inside_m) = (share, off_m);
                outside_m *= if side == last_side { 0.5 } else { 1.0 };
            }
            last_side = side;
        }
        self.frame.place_of(found)
    }
}

/// The share of the chord from one place to another at which it leaves a ball of `radius_m`,
/// as the surface goes: nearly that of the geodesic. Not a number where it does not.
fn on_the_chord(centre: &Place, begin: &Place, end: &Place, radius_m: f64) -> f64 {
    let to_begin = minus(begin.position(), centre.position());
    let edge = minus(end.position(), begin.position());
    // The chord of an arc; see `Place::distance_m`.
    let squared = radius_m * radius_m;
    let chord_m = radius_m * (1.0 - squared / (24.0 * dot(centre.position(), centre.position())));
    let (a, half_b) = (dot(edge, edge), dot(to_begin, edge));
    let c = dot(to_begin, to_begin) - chord_m * chord_m;
    ((half_b * half_b - a * c).sqrt() - half_b) / a
}

/// Fewer vertices are walked along before a second thread has started.
const WORTH_A_THREAD: usize = 256;

/// A point nearer to the circle than this is on it. That is a few times the rounding error of
/// vectors as long as the Earth's radius. A million steps are then good to 10 mm.
const ON_THE_CIRCLE_M: f64 = 1e-8;
/// Where edges are short, the chord is close enough at once. This number of tries is reached only
/// where rounding keeps the search from coming nearer.
const MOST_TRIES: usize = 40;
/// Finer openings would be lost in rounding.
const FINEST_OPENING_M: f64 = 1e-3;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::Geodesic;
    use approx::assert_abs_diff_eq;

    fn length_m(path: &[Coord], opening_m: f64) -> f64 {
        walked(path, &[opening_m]).points[0].length.value()
    }

    /// `count` points, each so far in metres east and north of a corner.
    fn plan(points: &[(f64, f64)]) -> Vec<Coord> {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let corner = Coord { x: 80.0, y: 45.0 };
        let place = |(east, north): &(f64, f64)| {
            let distance_m = east.hypot(*north);
            let azimuth_deg = east.atan2(*north).to_degrees();
            geodesic.destination(corner, azimuth_deg, Metres::new(distance_m))
        };
        points.iter().map(place).collect()
    }

    #[test]
    fn along_a_geodesic_every_opening_gives_its_length() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let (start, azimuth_deg) = (Coord { x: 80.0, y: 45.0 }, 37.0);
        // Uneven edges up to 60 km.
        let path: Vec<Coord> = [0.0, 1.0, 1_001.5, 60_000.0, 61_234.5]
            .map(|at| geodesic.destination(start, azimuth_deg, Metres::new(at)))
            .to_vec();
        for opening_m in [1.0, 7.0, 150.0, 10_000.0, 1e6] {
            let found_m = length_m(&path, opening_m);
            assert_abs_diff_eq!(found_m, 61_234.5, epsilon = 0.001);
        }
    }

    #[test]
    fn a_right_angle_is_cut() {
        // From 600 m before the corner, 1,000 m reach 800 m after it; 200 m remain.
        let corner = plan(&[(-600.0, 0.0), (0.0, 0.0), (0.0, 1_000.0)]);
        assert_abs_diff_eq!(length_m(&corner, 1_000.0), 1_200.0, epsilon = 0.001);
        assert_eq!(walked(&corner, &[1_000.0]).points[0].edges, 2);
        // All of it is within the circle: one step, cut short.
        assert_abs_diff_eq!(length_m(&corner, 2_000.0), 1_166.190_4, epsilon = 0.001);
    }

    #[test]
    fn a_hairpin_within_the_opening_is_passed_over() {
        let hairpin =
            plan(&[(0.0, 0.0), (100.0, 0.0), (101.0, 50.0), (102.0, 0.0), (1_000.0, 0.0)]);
        assert_abs_diff_eq!(length_m(&hairpin, 500.0), 1_000.0, epsilon = 0.001);
        assert!(length_m(&hairpin, 20.0) > 1_060.0);
    }

    #[test]
    fn a_point_and_nothing_have_no_length() {
        assert_eq!(length_m(&[], 10.0), 0.0);
        assert_eq!(length_m(&[Coord { x: 80.0, y: 45.0 }; 3], 10.0), 0.0);
    }
}
