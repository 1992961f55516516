//! The boundary that two areas share: the edges that both have.

use std::collections::HashSet;

use geo::{Coord, Polygon};
use rstar::primitives::GeomWithData;
use rstar::{AABB, PointDistance, RTree};

use crate::geodesy::{Ellipsoid, Geodesic};

/// How near to each other two vertices must be to be one, in degrees: a unit of the last
/// of seven decimals, as data sets print them; 1 cm or less on the ground.
pub const SNAPPING_DEG: f64 = 1e-7;

/// The boundary that two areas share, as lines that run the way the first one's rings do.
///
/// Vertices nearer than the tolerance are one, and a vertex of either area that lies on
/// an edge of the other divides it, so that a corner on one side only does no harm. What
/// then is an edge of both, in whichever direction, is shared. Edges that follow each other
/// in a ring make one line. A ring that shares several stretches begins after the longest
/// that it does not share.
///
/// # Units
/// Degrees. An edge is straight in longitude and latitude here, as it was when a GIS put
/// a vertex on it; on 16 km the geodesic is 4 m away from that.
///
/// # Assumptions
/// An edge goes the shorter way around the Earth. 180° and −180° are one meridian, so that
/// areas cut there (RFC 7946 §3.1.9) and areas that run on across it are alike.
#[must_use]
pub fn shared_boundary(
    first: &[Polygon],
    second: &[Polygon],
    tolerance_deg: f64,
) -> Vec<Vec<Coord>> {
    let mut vertices = Vertices::new(tolerance_deg);
    let first: Vec<Vec<usize>> = rings(first).map(|ring| vertices.numbered(ring)).collect();
    let second: Vec<Vec<usize>> = rings(second).map(|ring| vertices.numbered(ring)).collect();
    let mut edges = HashSet::new();
    for ring in &second {
        edges.extend(vertices.divided(ring).windows(2).map(|edge| either_way(edge[0], edge[1])));
    }
    let shared = first.iter().flat_map(|ring| {
        let ring = vertices.divided(ring);
        stretches(&ring, &vertices, |from, to| edges.contains(&either_way(from, to)))
    });
    shared.map(|line| line.into_iter().map(|number| vertices.places[number]).collect()).collect()
}

fn rings(polygons: &[Polygon]) -> impl Iterator<Item = &[Coord]> {
    polygons.iter().flat_map(|polygon| {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(|ring| &*ring.0)
    })
}

const fn either_way(from: usize, to: usize) -> (usize, usize) {
    if from < to { (from, to) } else { (to, from) }
}

/// Places by number; what is nearer than the tolerance has one number.
struct Vertices {
    tolerance_deg: f64,
    places: Vec<Coord>,
    index: RTree<GeomWithData<[f64; 2], usize>>,
}

impl Vertices {
    fn new(tolerance_deg: f64) -> Self {
        Self { tolerance_deg, places: Vec::new(), index: RTree::new() }
    }

    /// The numbers of a ring's corners, repetitions left out; the last is the first.
    fn numbered(&mut self, ring: &[Coord]) -> Vec<usize> {
        let mut numbers: Vec<usize> = ring.iter().map(|corner| self.number(*corner)).collect();
        numbers.dedup();
        numbers
    }

    fn number(&mut self, place: Coord) -> usize {
        let within = self.tolerance_deg * self.tolerance_deg;
        let margin = self.tolerance_deg;
        let known = turns([place.x - margin, place.x + margin]).find_map(|turn| {
            let at = [place.x + turn, place.y];
            self.index.nearest_neighbor(&at).filter(|known| known.distance_2(&at) <= within)
        });
        if let Some(known) = known {
            return known.data;
        }
        let number = self.places.len();
        self.places.push(place);
        self.index.insert(GeomWithData::new([place.x, place.y], number));
        number
    }

    /// A ring whose edges are divided wherever a vertex lies on them.
    fn divided(&self, ring: &[usize]) -> Vec<usize> {
        let mut divided = Vec::with_capacity(ring.len());
        divided.extend(ring.first());
        for edge in ring.windows(2) {
            divided.extend(self.on_edge(edge[0], edge[1]));
            divided.push(edge[1]);
        }
        divided
    }

    /// The vertices on an edge, in order, without its ends.
    fn on_edge(&self, from: usize, to: usize) -> Vec<usize> {
        let (a, b) = (self.places[from], self.places[to]);
        let (dx, dy) = (shorter_way(b.x - a.x), b.y - a.y);
        let squared = dx * dx + dy * dy;
        let margin = self.tolerance_deg;
        let [west, east] = [a.x.min(a.x + dx) - margin, a.x.max(a.x + dx) + margin];
        let [south, north] = [a.y.min(b.y) - margin, a.y.max(b.y) + margin];
        let near = turns([west, east]).flat_map(|turn| {
            let around = AABB::from_corners([west + turn, south], [east + turn, north]);
            self.index.locate_in_envelope(&around).filter_map(move |vertex| {
                let [x, y] = *vertex.geom();
                let (px, py) = (x - turn - a.x, y - a.y);
                let share = (px * dx + py * dy) / squared;
                let off = (px * dy - py * dx).abs() / squared.sqrt();
                let inside = ![from, to].contains(&vertex.data) && share > 0.0 && share < 1.0;
                (inside && off <= margin).then_some((share, vertex.data))
            })
        });
        let mut found: Vec<(f64, usize)> = near.collect();
        found.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        found.into_iter().map(|(_, number)| number).collect()
    }
}

/// A difference of longitudes the shorter way around the Earth.
pub(super) fn shorter_way(degrees: f64) -> f64 {
    if degrees.abs() > 180.0 { degrees - 360.0 * (degrees / 360.0).round() } else { degrees }
}

/// What must be added to longitudes between these two to meet what is stored within ±180°:
/// nothing, and a whole turn where they reach across the antimeridian.
fn turns([west, east]: [f64; 2]) -> impl Iterator<Item = f64> {
    let across = [(-360.0, east >= 180.0), (360.0, west <= -180.0)];
    let across = across.into_iter().filter_map(|(turn, reaches)| reaches.then_some(turn));
    std::iter::once(0.0).chain(across)
}

/// The stretches of a closed ring whose edges are shared.
fn stretches(
    ring: &[usize],
    vertices: &Vertices,
    is_shared: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    let shared: Vec<bool> = ring.windows(2).map(|edge| is_shared(edge[0], edge[1])).collect();
    let edges = shared.len();
    let Some(begin) = behind_longest_gap(ring, &shared, vertices) else {
        // All of it, or nothing to speak of.
        return if edges > 0 { vec![ring.to_vec()] } else { Vec::new() };
    };
    let mut lines: Vec<Vec<usize>> = Vec::new();
    let mut before = false;
    for edge in (begin..begin + edges).map(|i| i % edges) {
        if shared[edge] {
            match lines.last_mut().filter(|_| before) {
                Some(line) => line.push(ring[edge + 1]),
                None => lines.push(vec![ring[edge], ring[edge + 1]]),
            }
        }
        before = shared[edge];
    }
    lines
}

/// The edge after the longest run of edges that are not shared; `None` if all are.
fn behind_longest_gap(ring: &[usize], shared: &[bool], vertices: &Vertices) -> Option<usize> {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let edges = shared.len();
    let first = shared.iter().position(|shared| *shared).unwrap_or(0);
    let (mut longest_m, mut behind, mut run_m) = (0.0, None, 0.0);
    for edge in (first..first + edges).map(|i| i % edges) {
        if shared[edge] {
            run_m = 0.0;
            continue;
        }
        let [from, to] = [ring[edge], ring[edge + 1]].map(|number| vertices.places[number]);
        run_m += geodesic.distance(from, to).value();
        if run_m >= longest_m {
            (longest_m, behind) = (run_m, Some((edge + 1) % edges));
        }
    }
    behind
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::LineString;

    fn polygon(corners: &[(f64, f64)]) -> Polygon {
        let mut ring: Vec<Coord> = corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
        ring.push(ring[0]);
        Polygon::new(LineString(ring), Vec::new())
    }

    fn shared(first: &[(f64, f64)], second: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
        let lines = shared_boundary(&[polygon(first)], &[polygon(second)], SNAPPING_DEG);
        let plain = |line: Vec<Coord>| line.into_iter().map(|at| (at.x, at.y)).collect();
        lines.into_iter().map(plain).collect()
    }

    const WEST: [(f64, f64); 4] = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
    const EAST: [(f64, f64); 4] = [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0)];

    fn reversed(corners: &[(f64, f64)]) -> Vec<(f64, f64)> {
        corners.iter().rev().copied().collect()
    }

    #[test]
    fn two_squares_share_an_edge_whichever_way_they_run() {
        let (north, south) =
            (vec![vec![(1.0, 0.0), (1.0, 1.0)]], vec![vec![(1.0, 1.0), (1.0, 0.0)]]);
        assert_eq!(shared(&WEST, &EAST), north);
        assert_eq!(shared(&WEST, &reversed(&EAST)), north);
        assert_eq!(shared(&reversed(&WEST), &EAST), south);
        // Wherever the rings begin.
        for turn in 0..4 {
            let mut west = WEST;
            west.rotate_left(turn);
            assert_eq!(shared(&west, &EAST), north);
        }
    }

    #[test]
    fn vertices_on_one_side_only_divide_the_edge() {
        let east = [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.0, 0.7), (1.0 + 5e-8, 0.4)];
        let line = &shared(&WEST, &east)[0];
        assert_eq!(line.len(), 4);
        assert_eq!((line[0], line[2], line[3]), ((1.0, 0.0), (1.0, 0.7), (1.0, 1.0)));
        // Only a part of an edge is shared.
        let short = [(1.0, 0.2), (2.0, 0.2), (2.0, 0.6), (1.0, 0.6)];
        assert_eq!(shared(&WEST, &short), [[(1.0, 0.2), (1.0, 0.6)]]);
        assert_eq!(shared(&short, &WEST), [[(1.0, 0.6), (1.0, 0.2)]]);
    }

    #[test]
    fn what_is_within_the_tolerance_is_one_vertex_and_beyond_it_two() {
        let moved = |by: f64| EAST.map(|(x, y)| (x + by, y));
        assert_eq!(shared(&WEST, &moved(9e-8)), [[(1.0, 0.0), (1.0, 1.0)]]);
        assert!(shared(&WEST, &moved(2e-7)).is_empty());
    }

    #[test]
    fn two_pieces_come_in_order_with_the_gap_between() {
        // East has a bay in the middle of the boundary.
        let east =
            [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.0, 0.6), (1.2, 0.5), (1.0, 0.4)];
        let expected = [[(1.0, 0.0), (1.0, 0.4)], [(1.0, 0.6), (1.0, 1.0)]];
        for turn in 0..4 {
            let mut west = WEST;
            west.rotate_left(turn);
            assert_eq!(shared(&west, &east), expected, "the longest gap is not the bay");
        }
    }

    #[test]
    fn across_the_antimeridian_it_is_as_elsewhere() {
        // North and south of a border along the parallel of −17°, from 179° to −179°.
        let north = [(179.0, -17.0), (-179.0, -17.0), (-179.0, -16.0), (179.0, -16.0)];
        let south = [(179.0, -17.0), (179.0, -18.0), (-179.0, -18.0), (-179.0, -17.0)];
        assert_eq!(shared(&north, &south), [[(179.0, -17.0), (-179.0, -17.0)]]);
        // With a vertex on one side only, at the antimeridian or beyond it.
        for vertex in [(180.0, -17.0), (-180.0, -17.0), (-179.5, -17.0), (179.25, -17.0)] {
            let mut more = south.to_vec();
            more.push(vertex);
            let line = [vec![(179.0, -17.0), vertex, (-179.0, -17.0)]];
            assert_eq!(shared(&north, &more), line, "{vertex:?}");
        }
        // Beside the globe's other side it is not.
        let mut other = south.to_vec();
        other.push((0.0, -17.0));
        assert!(shared(&north, &other).is_empty());
    }

    #[test]
    fn areas_cut_at_the_antimeridian_share_what_they_shared() {
        let cut = |south: f64, north: f64| {
            let part = |x: f64| {
                let edge = 180.0 * x.signum();
                polygon(&[(x, south), (edge, south), (edge, north), (x, north)])
            };
            [part(179.0), part(-179.0)]
        };
        let lines = shared_boundary(&cut(-17.0, -16.0), &cut(-18.0, -17.0), SNAPPING_DEG);
        let plain: Vec<Vec<(f64, f64)>> =
            lines.iter().map(|line| line.iter().map(|at| (at.x, at.y)).collect()).collect();
        // Both parts end in the same vertex, and no edge of the cut is shared.
        let middle = (180.0, -17.0);
        assert_eq!(plain, [[(179.0, -17.0), middle], [(-179.0, -17.0), middle]]);
    }

    #[test]
    fn a_border_on_the_antimeridian_is_found_under_either_sign() {
        let west = [(179.0, 0.0), (180.0, 0.0), (180.0, 1.0), (179.0, 1.0)];
        let east = [(-180.0, 0.0), (-179.0, 0.0), (-179.0, 1.0), (-180.0, 1.0)];
        assert_eq!(shared(&west, &east), [[(180.0, 0.0), (180.0, 1.0)]]);
    }

    #[test]
    fn an_enclave_is_a_closed_line() {
        let hole = polygon(&[(0.2, 0.2), (0.4, 0.2), (0.4, 0.4)]);
        let outer = polygon(&WEST);
        let around = Polygon::new(outer.exterior().clone(), vec![hole.exterior().clone()]);
        let lines = shared_boundary(std::slice::from_ref(&around), &[hole], SNAPPING_DEG);
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].len(), lines[0].first()), (4, lines[0].last()));
    }

    #[test]
    fn areas_that_touch_in_a_point_or_not_at_all_share_nothing() {
        let touching = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0)];
        assert!(shared(&WEST, &touching).is_empty());
        let point = [(3.0, 3.0); 3];
        assert!(shared(&WEST, &point).is_empty() && shared(&point, &point).is_empty());
    }
}
