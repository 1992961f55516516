//! Hausdorff distance: how far, at worst, one line is from the other.
//!
//! The directed distance from A to B is the largest distance that any point of A has
//! from B; any point, not any vertex. It is found by branch and bound: a stretch of A is
//! left out as soon as no point of it can be farther than the farthest point so far.
//!
//! For a range of edges, that bound is the distance of its middle vertex and the range's
//! radius. For a stretch *pq* of an edge it is the smaller of
//!
//! > (1)  (d(p, B) + d(q, B) + |pq|)/2,  since a distance changes by no more than the way,
//! >
//! > (2)  min max(d(p, s), d(q, s)) + κ,  over the edges *s* of B nearest to *p* and *q*.
//!
//! In the plane the distance from a straight edge is convex along *pq* and (2) holds with
//! κ = 0 (Alt, Behrends & Blömer 1995). On the Earth, geodesics approach each other, and
//! between two points *h* away the distance may be larger by κ = *h* |*pq*|²/8*R*².
//!
//! Where *p* and *q* are nearest to different edges, the part of B between these edges helps: the
//! path of B from the point nearest to *p* over its vertices *v* to the point nearest to *q*
//! is mapped to *pq* by taking each *v* to its nearest point. The map is continuous and
//! leaves out no point of *pq*, so
//!
//! > (3)  max(d(p, B), d(q, B), max d(v, pq)) + κ
//!
//! is also a bound, and a close one where two lines nearly coincide.
//!
//! A stretch that no bound excludes is divided: where it is as far from the edge nearest to
//! *p* as from the one nearest to *q*, since there, between two cells of the Voronoi
//! diagram of B, distances have their maxima. If that point is at an end, it is divided in the
//! middle.

use crate::geodesy::earth::LEAST_RADIUS_M;
use std::ops::Range;

use super::track::{Spot, Track};
use super::tree::{Nearest, on_edge};
use crate::geodesy::{Gnomonic, Place};
use crate::quantity::Metres;

/// The allowed error of the search: half a millimetre, or a relative 10⁻⁹. Together with the error
/// of [`Gnomonic`](crate::geodesy::Gnomonic), results are good to 1 mm for lines up
/// to 40 km apart.
const MISSED_M: f64 = 5e-4;
const MISSED_SHARE: f64 = 1e-9;

/// Eq. (3) is tried only where no more vertices than this lie between. The search for an edge
/// nearer to the next vertex goes no farther than this.
const BETWEEN: usize = 16;
/// Two edges are equally far when the difference is well below what may be missed.
const BALANCED_M: f64 = 1e-4;
/// The most steps of false position: more would cost more than another division.
const STEPS: usize = 12;
/// Each part of a division has at least this share, so that divisions come to an end:
/// 1 km is down to half a millimetre after 700 at most.
const LEAST_SHARE: f64 = 0.02;

/// Starting values: distances at this number of vertices, evenly spread.
const SAMPLES: usize = 64;

/// The place of a line that is farthest from another line.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Farthest {
    /// How far, on the geodesic.
    pub distance: Metres,
    /// Where, on the line that the distance is taken from.
    pub from: Spot,
    /// The nearest place on the other line.
    pub to: Spot,
}

/// Both directed Hausdorff distances.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Hausdorff {
    /// From the old line to the new one.
    pub from_old: Farthest,
    /// From the new line to the old one.
    pub from_new: Farthest,
}

impl Hausdorff {
    /// Measures it.
    ///
    /// # Accuracy
    /// 1 mm up to 40 km. Beyond, as [`Gnomonic`](crate::geodesy::Gnomonic): which place is
    /// farthest is decided to 10⁻⁷ of the distance at 100 km; the distance reported is
    /// Karney's in any case.
    #[must_use]
    #[doc(hidden)]
    pub fn new(old: &Track, new: &Track) -> Self {
        Self { from_old: farthest(old, new), from_new: farthest(new, old) }
    }

    /// The larger of the two: the symmetric Hausdorff distance.
    #[must_use]
    pub fn symmetric(&self) -> Metres {
        let (there, back) = (self.from_old.distance, self.from_new.distance);
        if there < back { back } else { there }
    }
}

/// The place of `from` that is farthest from `to`: the directed Hausdorff distance.
///
/// # Complexity
/// On the order of n log n for ordinary lines. A scribble that comes back to the same ground many
/// times has overlapping ranges, and each search looks at more of them.
#[must_use]
pub fn farthest(from: &Track, to: &Track) -> Farthest {
    let mut search = Search { from, to, best: Found::default(), hint: 0 };
    let last = from.places().len() - 1;
    // With so few edges, leaving out ranges saves nothing.
    if last <= SAMPLES {
        search.all(last);
    } else {
        for sample in 0..=SAMPLES {
            search.vertex(sample * last / SAMPLES);
        }
        search.node(1);
    }
    let Found { edge, share, .. } = search.best;
    let begin = from.spot(edge, share);
    // Measured again, from the place itself.
    let near = to.nearest(begin.at);
    Farthest { distance: near.distance, from: begin, to: near.spot }
}

/// The farthest place so far.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    distance_m: f64,
    edge: usize,
    share: f64,
}

struct Search<'a> {
    from: &'a Track,
    to: &'a Track,
    best: Found,
    /// An edge of `to` near the last place of `from`.
    hint: usize,
}

/// One end of a stretch of an edge.
#[derive(Debug, Clone, Copy)]
struct End {
    share: f64,
    place: Place,
    view: Gnomonic,
    near: Nearest,
}

impl Search<'_> {
    /// Distances below this need not be found.
    fn enough_m(&self) -> f64 {
        self.best.distance_m + MISSED_M.max(MISSED_SHARE * self.best.distance_m)
    }

    /// The distance at a place of an edge.
    fn look(&mut self, edge: usize, share: f64) -> End {
        let place = self.from.place(edge, share);
        let view = self.to.view(&place);
        let near = self.to.nearest_to(&place, self.hint);
        self.hint = near.edge;
        if near.distance_m > self.best.distance_m {
            self.best = Found { distance_m: near.distance_m, edge, share };
        }
        End { share, place, view, near }
    }

    fn vertex(&mut self, vertex: usize) -> End {
        match vertex.checked_sub(1) {
            None => self.look(0, 0.0),
            Some(edge) => self.look(edge, 1.0),
        }
    }

    /// Searches all edges of the line, `edges` of them, and visits no vertex twice.
    fn all(&mut self, edges: usize) {
        let vertices: Vec<End> = (0..=edges).map(|vertex| self.vertex(vertex)).collect();
        for (edge, ends) in vertices.windows(2).enumerate() {
            let begin = End { share: 0.0, ..ends[0] };
            self.stretch(edge, begin, ends[1], self.from.chord_m(edge));
        }
    }

    /// Searches a range of edges.
    fn node(&mut self, node: usize) {
        let tree = self.from.tree();
        if let Some(edges) = tree.leaf(node) {
            return self.edges(edges);
        }
        for child in [2 * node, 2 * node + 1] {
            let edges = tree.range(child);
            if edges.is_empty() {
                continue;
            }
            let middle = edges.start.midpoint(edges.end);
            let radius_m = arc_m(tree.radius_m(child, self.from.places()[middle].position()));
            // If the radius alone is too large, the distance of the middle is not needed.
            if radius_m > self.enough_m()
                || self.vertex(middle).near.distance_m + radius_m > self.enough_m()
            {
                self.node(child);
            }
        }
    }

    /// Searches the edges of a leaf. Where two lines run together, an edge next to the one that was
    /// near the last vertex mostly shows that no search is needed.
    fn edges(&mut self, edges: Range<usize>) {
        let mut begin = End { share: 0.0, ..self.end(edges.start, self.hint) };
        for edge in edges {
            let length_m = self.from.chord_m(edge);
            let mut end = self.end(edge + 1, begin.near.edge);
            let both = [begin.near.distance_m, end.near.distance_m];
            if convex(both, length_m) > self.enough_m() {
                self.approach(&mut end);
                if self.bound_m(&begin, &end, length_m) > self.enough_m() {
                    begin = self.look(edge, 0.0);
                    end = self.look(edge, 1.0);
                    self.stretch(edge, begin, end, length_m);
                }
            }
            begin = End { share: 0.0, ..end };
        }
        self.hint = begin.near.edge;
    }

    /// A vertex as the end of the edge before it, with one edge of the other line, which need not
    /// be the nearest.
    fn end(&self, vertex: usize, edge: usize) -> End {
        let place = self.from.places()[vertex];
        let view = self.to.view(&place);
        End { share: 1.0, place, view, near: on_edge(&view, self.to.places(), edge) }
    }

    /// Moves along the other line as long as that brings it nearer, but not far.
    fn approach(&self, end: &mut End) {
        let last = self.to.places().len() - 2;
        let ways: [fn(usize) -> usize; 2] = [|edge| edge + 1, |edge| edge.wrapping_sub(1)];
        for way in ways {
            for _ in 0..BETWEEN {
                let next = way(end.near.edge);
                if next > last {
                    break;
                }
                let found = on_edge(&end.view, self.to.places(), next);
                if found.distance_m >= end.near.distance_m {
                    break;
                }
                end.near = found;
            }
        }
    }

    /// Leaves a stretch of an edge out, or divides it. That ends soon: each division halves the
    /// stretch or finds an edge of the other line that was not known here.
    fn stretch(&mut self, edge: usize, begin: End, end: End, length_m: f64) {
        if self.bound_m(&begin, &end, length_m) <= self.enough_m() {
            return;
        }
        let (near, far) = (begin.near, end.near);
        let share = if near.edge == far.edge {
            0.5
        } else {
            let ends = [
                near.distance_m - self.off(&begin, far.edge),
                self.off(&end, near.edge) - far.distance_m,
            ];
            self.balanced(edge, &begin, &end, ends)
        };
        let middle = self.look(edge, begin.share + share * (end.share - begin.share));
        self.stretch(edge, begin, middle, share * length_m);
        self.stretch(edge, middle, end, (1.0 - share) * length_m);
    }

    /// No point of a stretch is farther than this, by eq. (1) and (2), and by eq. (3) where
    /// they do not exclude it. All of them hold for any edges near its ends.
    fn bound_m(&self, begin: &End, end: &End, length_m: f64) -> f64 {
        let (near, far) = (begin.near, end.near);
        let bound_m = (0.5 * (near.distance_m + far.distance_m + length_m))
            .min(convex([near.distance_m, self.off(end, near.edge)], length_m))
            .min(convex([self.off(begin, far.edge), far.distance_m], length_m));
        if bound_m <= self.enough_m() {
            return bound_m;
        }
        self.by_vertices(begin, end, length_m).map_or(bound_m, |m| m.min(bound_m))
    }

    /// Eq. (3), if there are few vertices to look at.
    fn by_vertices(&self, begin: &End, end: &End, length_m: f64) -> Option<f64> {
        let (a, b) = (begin.near.edge, end.near.edge);
        let vertices = a.min(b) + 1..=a.max(b);
        if a == b || a.abs_diff(b) > BETWEEN {
            return None;
        }
        let off = |place| self.to.view(place).nearest_on(&begin.place, &end.place).distance_m;
        let most = self.to.places()[vertices].iter().map(off).fold(0.0, f64::max);
        Some(convex([most, begin.near.distance_m.max(end.near.distance_m)], length_m))
    }

    /// How far an end is from one edge of the other line.
    fn off(&self, end: &End, edge: usize) -> f64 {
        on_edge(&end.view, self.to.places(), edge).distance_m
    }

    /// Where, as a share of a stretch, the edges nearest to its two ends are equally far:
    /// by false position, the Illinois way. `ends` is by how much the first edge is
    /// farther than the second, at either end.
    fn balanced(&self, edge: usize, begin: &End, end: &End, ends: [f64; 2]) -> f64 {
        let [mut low, mut high] = ends;
        let (mut from, mut to) = (0.0, 1.0);
        let mut share = 0.5;
        for _ in 0..STEPS {
            let found = (from * high - to * low) / (high - low);
            // Never at the ends again, and never outside.
            share =
                if found.is_finite() { found.clamp(LEAST_SHARE, 1.0 - LEAST_SHARE) } else { 0.5 };
            let place = self.from.place(edge, begin.share + share * (end.share - begin.share));
            let view = self.to.view(&place);
            let off = |edge| on_edge(&view, self.to.places(), edge).distance_m;
            let farther = off(begin.near.edge) - off(end.near.edge);
            if farther.abs() < BALANCED_M {
                break;
            }
            if farther > 0.0 {
                (to, high, low) = (share, farther, 0.5 * low);
            } else {
                (from, low, high) = (share, farther, 0.5 * high);
            }
        }
        share
    }
}

/// Eq. (2) for one edge of the other line and a stretch; `ends_m` are the distances of its ends.
fn convex(ends_m: [f64; 2], length_m: f64) -> f64 {
    let larger = ends_m[0].max(ends_m[1]);
    larger + larger * (length_m / LEAST_RADIUS_M).powi(2) / 8.0
}

/// The distance along the surface for a chord, rounded up: it is taken on the tightest curve, which
/// gives the longest way.
fn arc_m(chord_m: f64) -> f64 {
    2.0 * LEAST_RADIUS_M * (0.5 * chord_m / LEAST_RADIUS_M).min(1.0).asin()
}
