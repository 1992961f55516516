//! Groups neighbouring vertices, so that the nearest edge or the farthest vertex is found without
//! looking at most of a line. The results are the same as by looking at all of it.

use crate::geodesy::earth::LEAST_RADIUS_M;
use crate::geodesy::vector::{Vector, dot, minus};
use crate::geodesy::{Baseline, Place};

/// Edges per block: few enough that a block is short, enough that blocks are few.
const SIZE: usize = 16;

/// A path in blocks of edges, each with a ball around it.
#[derive(Debug, Clone)]
pub(crate) struct Blocks {
    balls: Vec<Ball>,
    /// Breaks: pairs of neighbouring vertices without an edge, by the first vertex, in order.
    breaks: Vec<usize>,
}

/// A ball around the vertices and chords of a block's edges.
#[derive(Debug, Clone, Copy)]
struct Ball {
    centre: Vector,
    radius_m: f64,
    longest_edge_m: f64,
}

fn size(v: Vector) -> f64 {
    dot(v, v).sqrt()
}

/// The rounding error of coordinates of 10⁷ m in double precision, and of the arithmetic of a foot.
const ROUNDING_M: f64 = 1e-6;

impl Blocks {
    pub(crate) fn new(places: &[Place]) -> Self {
        Self::with_breaks(places, Vec::new())
    }

    /// The same for a path that is interrupted after some vertices.
    pub(crate) fn with_breaks(places: &[Place], breaks: Vec<usize>) -> Self {
        let first = |block: usize| block * SIZE;
        let edges = places.len().saturating_sub(1);
        let ball = |block: usize| {
            let of_block = &places[first(block)..=(first(block) + SIZE).min(edges)];
            let centre = of_block[of_block.len() / 2].position();
            let from_centre = of_block.iter().map(|place| size(minus(place.position(), centre)));
            let longest = of_block
                .windows(2)
                .map(|ends| size(minus(ends[1].position(), ends[0].position())))
                .fold(0.0, f64::max);
            Ball { centre, radius_m: from_centre.fold(0.0, f64::max), longest_edge_m: longest }
        };
        Self { balls: (0..edges.div_ceil(SIZE)).map(ball).collect(), breaks }
    }

    /// The first of the vertices between two others that is farthest from the edge which
    /// joins those, with its distance, if that is above `least_m`.
    pub(crate) fn farthest(
        &self,
        places: &[Place],
        [from, to]: [usize; 2],
        least_m: f64,
    ) -> Option<(usize, f64)> {
        if to < from + 2 {
            return None;
        }
        let edge = Baseline::new(&places[from], &places[to]);
        let (mut found, mut best_m) = (None, least_m);
        let mut i = from + 1;
        while i < to {
            let end = (i - i % SIZE + SIZE).min(to);
            let ball = &self.balls[i / SIZE];
            // A distance changes by no more than the way, so none of them is farther.
            let most_m = edge.distance_m(ball.centre) + ball.radius_m + ROUNDING_M;
            if most_m > best_m {
                for (i, place) in places.iter().enumerate().take(end).skip(i) {
                    let distance_m = edge.distance_m(place.position());
                    if distance_m > best_m {
                        (found, best_m) = (Some((i, distance_m)), distance_m);
                    }
                }
            }
            i = end;
        }
        found
    }

    /// The first edge, from one to another, that is nearest to a point, and how far along
    /// it the point's foot lies.
    pub(crate) fn nearest(
        &self,
        places: &[Place],
        point: &Place,
        [first, last]: [usize; 2],
    ) -> (usize, f64) {
        if last < first {
            return (first, 0.0);
        }
        let bounds: Vec<f64> = self.balls[first / SIZE..=last / SIZE]
            .iter()
            .map(|ball| ball.nearest_m(point.position()))
            .collect();
        let search = |block: usize, found: &mut (usize, f64, f64)| {
            for i in (block * SIZE).max(first)..=(block * SIZE + SIZE - 1).min(last) {
                if !self.breaks.is_empty() && self.breaks.binary_search(&i).is_ok() {
                    continue;
                }
                let foot = point.foot_on(&places[i], &places[i + 1]);
                if foot.distance_m < found.2 {
                    *found = (i, foot.share, foot.distance_m);
                }
            }
        };
        // The block that seems nearest gives the distance that the others must beat.
        let mut seen = (first, 0.0, f64::INFINITY);
        let likely = bounds.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1));
        if let Some((block, _)) = likely {
            search(first / SIZE + block, &mut seen);
        }
        let mut found = (first, 0.0, f64::INFINITY);
        for (block, bound_m) in bounds.iter().enumerate() {
            if *bound_m <= f64::min(seen.2, found.2) {
                search(first / SIZE + block, &mut found);
            }
        }
        (found.0, found.1)
    }
}

impl Ball {
    /// A lower bound for the distance of any foot on an edge of the block.
    ///
    /// The distance of a foot is taken in the plane at a right angle to the normal in the edge's
    /// middle. With *h* the way from the point to its foot on the chord and *s* the edge, that way
    /// leaves the plane by *h*²/2*R* + *hs*/2*R* + *s*²/8*R* at most: for *h* up to 4,000 km and
    /// *s* up to 200 km by a third of *h* and *s*²/8*R*, which makes it shorter by a tenth and
    /// twice that at most. Beyond that there is no guarantee.
    fn nearest_m(&self, point: Vector) -> f64 {
        let from_centre_m = size(minus(point, self.centre));
        let edge_m = self.longest_edge_m;
        if from_centre_m + self.radius_m > 4e6 || edge_m > 2e5 {
            return f64::NEG_INFINITY;
        }
        let twice_the_sag_m = edge_m * edge_m / (3.5 * LEAST_RADIUS_M);
        0.9 * (from_centre_m - self.radius_m) - twice_the_sag_m - ROUNDING_M
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::{Ellipsoid, Frame};
    use geo::Coord;
    use proptest::prelude::*;

    /// A walk that repeats vertices and ties distances, in steps of about 10 m to 100 km.
    fn walk() -> impl Strategy<Value = (Vec<Coord>, Coord)> {
        let step = (-9_i16..9, -6_i16..6);
        let steps = proptest::collection::vec(step, 2..300);
        (steps, 0_i32..4, (-60_i16..60, -60_i16..60)).prop_map(|(steps, scale, off)| {
            let unit = 1e-4 * 10_f64.powi(scale);
            let mut at = Coord { x: 80.0, y: 45.0 };
            let mut path = vec![at];
            for (east, north) in steps {
                at.x += f64::from(east) * unit;
                at.y = (at.y + f64::from(north) * unit).clamp(-80.0, 80.0);
                path.push(at);
            }
            let [east, north] = [off.0, off.1].map(|off| f64::from(off) * unit * 3.0);
            let point = Coord { x: 80.0 + east, y: (45.0 + north).clamp(-80.0, 80.0) };
            (path, point)
        })
    }

    proptest! {
        #[test]
        fn the_nearest_edge_is_that_of_looking_at_all((path, point) in walk()) {
            let frame = Frame::new(&Ellipsoid::WGS84);
            let (places, here) = (frame.places(&path), frame.place(point));
            let blocks = Blocks::new(&places);
            let last = places.len() - 2;
            for (first, last) in [(0, last), (last / 3, last), (last / 5, last / 2)] {
                let (mut edge, mut share, mut best_m) = (first, 0.0, f64::INFINITY);
                for i in first..=last {
                    let foot = here.foot_on(&places[i], &places[i + 1]);
                    if foot.distance_m < best_m {
                        (edge, share, best_m) = (i, foot.share, foot.distance_m);
                    }
                }
                prop_assert_eq!(blocks.nearest(&places, &here, [first, last]), (edge, share));
            }
        }

        #[test]
        fn the_farthest_vertex_is_that_of_looking_at_all((path, _) in walk()) {
            let places = Frame::new(&Ellipsoid::WGS84).places(&path);
            let blocks = Blocks::new(&places);
            let last = places.len() - 1;
            for (from, to) in [(0, last), (last / 3, last), (last / 5, last / 2)] {
                for least_m in [0.0, 50.0, 5e4] {
                    let mut farthest = (None, least_m);
                    for i in from + 1..to {
                        let m = places[i].foot_on(&places[from], &places[to]).distance_m;
                        if m > farthest.1 {
                            farthest = (Some((i, m)), m);
                        }
                    }
                    prop_assert_eq!(blocks.farthest(&places, [from, to], least_m), farthest.0);
                }
            }
        }
    }
}
