//! Vertices on long edges, so that a program that draws edges straight in degrees draws geodesics.
//!
//! An edge is a geodesic here, and straight in longitude and latitude to most readers of a file. The
//! difference grows with the square of its length: 0.6 mm on a kilometre at 45°, 7.8 km on the 417 km of
//! the first edge in the Barents Sea.

use geo::{Coord, LineString, Polygon};

use super::feature::{NewFeature, Shape};
use treatyline_geodesy::{Ellipsoid, Geodesic};

/// An edge is halved at most this number of times, so that one round the Earth ends, too.
const DEEPEST: u32 = 16;
/// The share of what is allowed that is used, since the middle and the quarters of an edge need not
/// be where it is farthest off.
const USED: f64 = 0.95;
/// The mean radius of the Earth, metres (IUGG): for distances across an edge that are a small part of
/// its length.
const RADIUS_M: f64 = 6_371_008.8;

/// Adds vertices on the geodesics of lines and outlines where an edge that is straight in degrees
/// would be farther than `within_m` from its geodesic. Returns how many were added.
pub(super) fn densify(features: &mut [NewFeature], within_m: f64) -> usize {
    let edges = Edges { geodesic: Geodesic::new(Ellipsoid::WGS84), within_m: within_m * USED };
    let mut added = 0;
    for feature in features {
        edges.shape(&mut feature.shape, &mut added);
    }
    added
}

struct Edges {
    geodesic: Geodesic,
    within_m: f64,
}

impl Edges {
    fn shape(&self, shape: &mut Shape, added: &mut usize) {
        match shape {
            Shape::None | Shape::Point(_) | Shape::Points(_) => {}
            Shape::Lines(lines) => lines.iter_mut().for_each(|line| self.path(line, added)),
            Shape::Polygons(polygons) => {
                for polygon in polygons {
                    let ring = |ring: &LineString, added: &mut usize| {
                        let mut path = ring.0.clone();
                        self.path(&mut path, added);
                        LineString(path)
                    };
                    let exterior = ring(polygon.exterior(), added);
                    let holes = polygon.interiors().iter().map(|hole| ring(hole, added)).collect();
                    *polygon = Polygon::new(exterior, holes);
                }
            }
            Shape::Mixed(shapes) => shapes.iter_mut().for_each(|each| self.shape(each, added)),
        }
    }

    fn path(&self, path: &mut Vec<Coord>, added: &mut usize) {
        let is_long = |edge: &[Coord]| self.may_depart(edge[0], edge[1]);
        if !path.windows(2).any(is_long) {
            return;
        }
        let mut dense = Vec::with_capacity(path.len());
        dense.extend(path.first());
        for edge in path.windows(2) {
            self.edge(edge[0], edge[1], &mut dense);
        }
        *added += dense.len() - path.len();
        *path = dense;
    }

    /// Adds the vertices between two, and the second one.
    fn edge(&self, from: Coord, to: Coord, dense: &mut Vec<Coord>) {
        let mut open = vec![(from, to, 0)];
        while let Some((a, b, deep)) = open.pop() {
            if deep < DEEPEST && self.may_depart(a, b) && self.departs(a, b) {
                let middle = self.geodesic.between(a, b, 0.5);
                open.extend([(middle, b, deep + 1), (a, middle, deep + 1)]);
            } else {
                dense.push(b);
            }
        }
    }

    /// Whether an edge is long enough to be off at all: quick, and never wrong with a no. On a sphere
    /// the two are apart by the square of the length times the tangent of the latitude over eight
    /// radii; twice that is safe below 89°.
    fn may_depart(&self, a: Coord, b: Coord) -> bool {
        let highest = a.y.abs().max(b.y.abs());
        if highest > 88.0 {
            return a != b;
        }
        let north_m = (b.y - a.y).abs().to_radians() * RADIUS_M;
        // The parallel nearer to the equator is the longer one.
        let lowest = a.y.abs().min(b.y.abs());
        let east_m = eastward_deg(a, b).abs().to_radians() * RADIUS_M * lowest.to_radians().cos();
        let length2 = north_m.powi(2) + east_m.powi(2);
        let bulge_m =
            length2 * (highest.to_radians().tan() + length2.sqrt() / RADIUS_M) / (4.0 * RADIUS_M);
        bulge_m > self.within_m
    }

    /// Whether the edge that is straight in degrees is somewhere too far from the geodesic.
    fn departs(&self, a: Coord, b: Coord) -> bool {
        let (_, azimuth_deg) = self.geodesic.distance_and_azimuth(a, b);
        [0.25, 0.5, 0.75].into_iter().any(|share| {
            let at = Coord { x: a.x + share * eastward_deg(a, b), y: a.y + share * (b.y - a.y) };
            let (distance, towards_deg) = self.geodesic.distance_and_azimuth(a, at);
            let off = (towards_deg - azimuth_deg).to_radians().sin();
            let along = (distance.value() / RADIUS_M).sin();
            RADIUS_M * (along * off).asin().abs() > self.within_m
        })
    }
}

/// By how much one place is east of another, by the shorter way round.
fn eastward_deg(a: Coord, b: Coord) -> f64 {
    let east = b.x - a.x;
    if east.abs() <= 180.0 { east } else { east - 360.0 * (east / 360.0).round() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dense(corners: &[[f64; 2]], within_m: f64) -> Vec<Coord> {
        let path = corners.iter().map(|[x, y]| Coord { x: *x, y: *y }).collect();
        let shape = Shape::Lines(vec![path]);
        let mut features = [NewFeature { id: "a".into(), shape, properties: Default::default() }];
        densify(&mut features, within_m);
        let Shape::Lines(lines) = &features[0].shape else { panic!("a line stays a line") };
        lines[0].clone()
    }

    /// The first edge of 2010 in the Barents Sea. Its middle by pyproj 3.7 (GeographicLib).
    #[test]
    fn the_middle_of_a_long_edge_is_on_its_geodesic() {
        let ends = [[32.073055556, 70.274708333], [37.0, 73.686347222]];
        let path = dense(&ends, 1.0);
        let middle = path[path.len() / 2];
        assert!((middle.x - 34.311_001_8).abs() < 1e-7, "{middle:?}");
        assert!((middle.y - 71.996_135_9).abs() < 1e-7, "{middle:?}");
        assert_eq!([path[0].x, path[path.len() - 1].y], [ends[0][0], ends[1][1]]);
    }

    #[test]
    fn edges_that_are_straight_in_degrees_anyhow_stay_as_they_are() {
        assert_eq!(dense(&[[37.0, 73.7], [37.0, 75.2]], 1.0).len(), 2, "a meridian");
        assert_eq!(dense(&[[10.0, 0.0], [40.0, 0.0]], 1.0).len(), 2, "the equator");
        assert_eq!(dense(&[[10.0, 45.0], [10.01, 45.0]], 1.0).len(), 2, "800 m");
        assert!(dense(&[[10.0, 45.0], [10.2, 45.0]], 1.0).len() > 2, "16 km");
    }

    #[test]
    fn what_has_no_single_geodesic_ends_too() {
        for ends in
            [[[0.0, 0.0], [180.0, 0.0]], [[0.0, 90.0], [90.0, 90.0]], [[0.0, 45.0], [180.0, -45.0]]]
        {
            let path = dense(&ends, 100.0);
            assert!(path.len() < 200_000 && path.iter().all(|at| at.x.is_finite()), "{ends:?}");
        }
        let across = dense(&[[179.0, 60.0], [-179.0, 60.0]], 1.0);
        assert!(across.windows(2).all(|e| eastward_deg(e[0], e[1]) > 0.0), "{across:?}");
    }
}
