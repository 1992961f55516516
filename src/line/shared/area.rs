//! An area as directed edges with the inside on the left, indexed for comparison with another area.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use geo::{Coord, Polygon};
use rstar::{AABB, RTree, RTreeObject};

use super::shorter_way;
use crate::io::outline::closed_on_map;

/// The outlines of an area. A country may consist of many polygons; edges between two of them lie
/// inside of it and are no outline.
#[derive(Debug, Clone)]
pub(crate) struct Area {
    /// Closed rings that run with the inside on the left.
    rings: Vec<Vec<Coord>>,
    /// Directed edges inside of the area: they are there in both directions.
    inner: HashSet<[u64; 4]>,
    tree: RTree<Edge>,
}

/// A directed edge; it goes the shorter way around the Earth, so its end may lie beyond ±180°.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) from: Coord,
    pub(super) to: Coord,
}

impl Area {
    /// The area that polygons make together.
    #[must_use]
    pub(crate) fn new(polygons: &[Polygon]) -> Self {
        let mut rings: Vec<Vec<Coord>> = polygons.iter().flat_map(rings_of).collect();
        divide_cuts(&mut rings);
        let inner = inner_edges(&rings);
        let outer = rings.iter().flat_map(|ring| ring.windows(2)).filter_map(|ends| {
            let is_inner = !inner.is_empty() && inner.contains(&key(ends[0], ends[1]));
            (!is_inner && ends[0] != ends[1]).then(|| Edge::new(ends[0], ends[1]))
        });
        let tree = RTree::bulk_load(outer.collect());
        Self { rings, inner, tree }
    }

    /// Edges without their rings.
    pub(super) fn of_edges(edges: Vec<Edge>) -> Self {
        Self { rings: Vec::new(), inner: HashSet::new(), tree: RTree::bulk_load(edges) }
    }

    /// The edges of its outlines.
    pub(super) fn edges(&self) -> impl Iterator<Item = &Edge> {
        self.tree.iter()
    }

    pub(super) fn rings(&self) -> &[Vec<Coord>] {
        &self.rings
    }

    /// Its outlines; those with no edge inside of the area are closed.
    #[must_use]
    pub(crate) fn outlines(&self) -> Vec<Vec<Coord>> {
        let is_outer = |ends: &[Coord]| {
            let is_pole = ends[0].y.abs() == 90.0 && ends[1].y == ends[0].y;
            !is_pole && !self.is_inner(ends[0], ends[1])
        };
        let mut outlines = Vec::new();
        for ring in &self.rings {
            let edges: Vec<&[Coord]> = ring.windows(2).collect();
            // Start after an edge that is left out, so that no run is divided.
            let begin = edges.iter().position(|ends| !is_outer(ends)).map_or(0, |at| at + 1);
            let mut goes_on = false;
            for ends in edges.iter().cycle().skip(begin).take(edges.len()) {
                let last: Option<&mut Vec<Coord>> = outlines.last_mut().filter(|_| goes_on);
                match (is_outer(ends), last) {
                    (false, _) => {}
                    (true, Some(line)) => line.push(ends[1]),
                    (true, None) => outlines.push(ends.to_vec()),
                }
                goes_on = is_outer(ends);
            }
        }
        outlines
    }

    /// Its outlines, each closed: the edges that are not inside of it, joined to new rings.
    pub(crate) fn rings_around(&self) -> Vec<Vec<Coord>> {
        if self.inner.is_empty() {
            return self.rings.clone();
        }
        let edges: Vec<&[Coord]> = self.rings.iter().flat_map(|ring| ring.windows(2)).collect();
        let is_outer = |i: &usize| !self.is_inner(edges[*i][0], edges[*i][1]);
        let mut begins: HashMap<[u64; 2], Vec<usize>> = HashMap::new();
        // The first edge of several is taken from the end.
        for i in (0..edges.len()).rev().filter(is_outer) {
            begins.entry(place(edges[i][0])).or_default().push(i);
        }
        let mut rings = Vec::new();
        for first in (0..edges.len()).filter(is_outer) {
            let begin = place(edges[first][0]);
            let mut path = Vec::new();
            while let Some(next) =
                begins.get_mut(&path.last().map_or(begin, |at| place(*at))).and_then(Vec::pop)
            {
                let ends = edges[next];
                // 180° and −180° are one meridian, and the edge continues from its own one.
                if path.last() != Some(&ends[0]) {
                    path.push(ends[0]);
                }
                path.push(ends[1]);
                if place(ends[1]) == begin {
                    break;
                }
            }
            match path.last() {
                Some(last) if place(*last) == begin => rings.push(path),
                // With repeated edges this does not work.
                Some(_) => return self.rings.clone(),
                None => {}
            }
        }
        rings
    }

    pub(super) fn is_inner(&self, from: Coord, to: Coord) -> bool {
        !self.inner.is_empty() && self.inner.contains(&key(from, to))
    }

    /// The edges that come within a distance of another one, moved by whole turns to be near it.
    pub(super) fn near(&self, edge: &Edge, margin: f64) -> Vec<Edge> {
        let own = self.tree.root().envelope();
        let (low, high) = edge.extent();
        let mut found = Vec::new();
        for turn in [0.0, 360.0, -360.0] {
            let around = AABB::from_corners(
                [low.x + turn - margin, low.y - margin],
                [high.x + turn + margin, high.y + margin],
            );
            let reaches =
                around.lower()[0] <= own.upper()[0] && around.upper()[0] >= own.lower()[0];
            if reaches {
                let edges = self.tree.locate_in_envelope_intersecting(&around);
                found.extend(edges.map(|other| other.moved(-turn)));
            }
        }
        found
    }

    /// The lengths of its edges, from which the median is taken.
    pub(super) fn spacings(&self) -> impl Iterator<Item = f64> {
        self.tree.iter().map(Edge::length)
    }
}

/// The rings of a polygon, each with the inside of the polygon on its left.
fn rings_of(polygon: &Polygon) -> impl Iterator<Item = Vec<Coord>> {
    let shell = std::iter::once((polygon.exterior(), true));
    let holes = polygon.interiors().iter().map(|ring| (ring, false));
    shell.chain(holes).map(|(ring, is_shell)| {
        let mut path = ring.0.clone();
        path.dedup();
        if runs_counter_clockwise(&path) != is_shell {
            path.reverse();
        }
        path
    })
}

pub(super) fn runs_counter_clockwise(ring: &[Coord]) -> bool {
    let on_map: Cow<'_, [Coord]> = closed_on_map(ring);
    let Some(first) = on_map.first() else { return true };
    let twice: f64 = on_map
        .windows(2)
        .map(|ends| {
            let [a, b] = [ends[0], ends[1]].map(|at| (at.x - first.x, at.y - first.y));
            a.0 * b.1 - b.0 * a.1
        })
        .sum();
    twice >= 0.0
}

/// The meridian at which areas are cut in two; the cut is not part of their outline (RFC 7946
/// §3.1.9).
const ANTIMERIDIAN: f64 = 180.0;

/// Divides edges along the antimeridian where another edge there ends, so that both sides of a
/// cut have the same edges.
fn divide_cuts(rings: &mut [Vec<Coord>]) {
    let is_cut = |ends: &[Coord]| {
        ends[0].x.abs() == ANTIMERIDIAN && ends[1].x == ends[0].x && ends[0].y != ends[1].y
    };
    let cuts = || rings.iter().flat_map(|ring| ring.windows(2)).filter(|ends| is_cut(ends));
    let mut lats: Vec<f64> = cuts().flat_map(|ends| [ends[0].y, ends[1].y]).collect();
    lats.sort_by(f64::total_cmp);
    lats.dedup();
    if lats.len() < 3 {
        return;
    }
    for ring in rings.iter_mut().filter(|ring| ring.windows(2).any(is_cut)) {
        let mut divided: Vec<Coord> = ring.first().copied().into_iter().collect();
        for ends in ring.windows(2) {
            if is_cut(ends) {
                let (low, high) = (ends[0].y.min(ends[1].y), ends[0].y.max(ends[1].y));
                let from = lats.partition_point(|lat| *lat <= low);
                let to = lats.partition_point(|lat| *lat < high);
                let at = |lat: &f64| Coord { x: ends[0].x, y: *lat };
                let between = lats[from..to].iter().map(at);
                if ends[0].y < ends[1].y {
                    divided.extend(between);
                } else {
                    divided.extend(between.rev());
                }
            }
            divided.push(ends[1]);
        }
        *ring = divided;
    }
}

/// Edges that rings run along in both directions.
fn inner_edges(rings: &[Vec<Coord>]) -> HashSet<[u64; 4]> {
    let edges = || rings.iter().flat_map(|ring| ring.windows(2));
    let all: HashSet<[u64; 4]> = edges().map(|ends| key(ends[0], ends[1])).collect();
    let inner = edges().filter(|ends| all.contains(&key(ends[1], ends[0])));
    inner.map(|ends| key(ends[0], ends[1])).collect()
}

/// A key of an edge; 180° and −180° are one meridian.
fn key(from: Coord, to: Coord) -> [u64; 4] {
    [meridian(from.x), from.y + 0.0, meridian(to.x), to.y + 0.0].map(f64::to_bits)
}

/// A key of a position.
fn place(at: Coord) -> [u64; 2] {
    [meridian(at.x), at.y + 0.0].map(f64::to_bits)
}

/// A longitude, with one value for each meridian.
pub(super) fn meridian(lon: f64) -> f64 {
    if lon == -180.0 { 180.0 } else { lon + 0.0 }
}

impl Edge {
    pub(super) fn new(from: Coord, to: Coord) -> Self {
        Self { from, to: Coord { x: from.x + shorter_way(to.x - from.x), y: to.y } }
    }

    pub(super) fn extent(&self) -> (Coord, Coord) {
        let (a, b) = (self.from, self.to);
        (Coord { x: a.x.min(b.x), y: a.y.min(b.y) }, Coord { x: a.x.max(b.x), y: a.y.max(b.y) })
    }

    pub(super) fn moved(&self, turn: f64) -> Self {
        let by = |at: Coord| Coord { x: at.x + turn, y: at.y };
        Self { from: by(self.from), to: by(self.to) }
    }

    pub(super) fn ahead(&self) -> Coord {
        self.to - self.from
    }

    /// The larger of its extents in longitude and latitude.
    pub(super) fn longer(&self) -> f64 {
        let Coord { x, y } = self.ahead();
        x.abs().max(y.abs())
    }

    pub(super) fn length(&self) -> f64 {
        self.ahead().x.hypot(self.ahead().y)
    }

    /// The point that lies at a share of it.
    pub(super) fn at(&self, share: f64) -> Coord {
        self.from + self.ahead() * share
    }

    /// The foot of a point on it, as a share of the edge, and the distance of the point.
    pub(super) fn foot(&self, point: Coord) -> (f64, f64) {
        let (ahead, to_point) = (self.ahead(), point - self.from);
        let length = self.length();
        let share = (to_point.x * ahead.x + to_point.y * ahead.y) / (length * length);
        (share, ((to_point.x * ahead.y - to_point.y * ahead.x) / length).abs())
    }

    /// How far a point is from it.
    pub(super) fn distance(&self, point: Coord) -> f64 {
        let nearest = self.at(self.foot(point).0.clamp(0.0, 1.0));
        (point - nearest).x.hypot((point - nearest).y)
    }

    /// Whether it runs the other way than another edge.
    pub(super) fn is_against(&self, other: &Self) -> bool {
        let (a, b) = (self.ahead(), other.ahead());
        a.x * b.x + a.y * b.y < 0.0
    }

    /// The shares of it between which it is within a distance of another edge. The area near an
    /// edge is convex, so this is one interval: it covers the discs around both ends and the strip
    /// between them.
    pub(super) fn within(&self, other: &Self, distance: f64) -> Option<[f64; 2]> {
        let discs = [other.from, other.to].map(|centre| self.in_disc(centre, distance));
        let all = discs.into_iter().chain([self.in_strip(other, distance)]).flatten();
        all.reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1])])
    }

    fn in_disc(&self, centre: Coord, radius: f64) -> Option<[f64; 2]> {
        let (share, off) = self.foot(centre);
        let half = (radius * radius - off * off).max(0.0).sqrt() / self.length();
        let found = [(share - half).max(0.0), (share + half).min(1.0)];
        (off <= radius && found[0] <= found[1]).then_some(found)
    }

    fn in_strip(&self, other: &Self, width: f64) -> Option<[f64; 2]> {
        let along = [self.from, self.to].map(|at| {
            let (ahead, to_point) = (other.ahead(), at - other.from);
            let length = other.length();
            let share = (to_point.x * ahead.x + to_point.y * ahead.y) / (length * length);
            (share, (to_point.x * ahead.y - to_point.y * ahead.x) / length)
        });
        let [(from, left), (to, right)] = along;
        let shares = clipped(from, to, 0.0, 1.0)?;
        let across = clipped(left, right, -width, width)?;
        let both = [shares[0].max(across[0]), shares[1].min(across[1])];
        (both[0] <= both[1]).then_some(both)
    }
}

/// The shares between which a number that changes evenly from one value to another is within two
/// bounds.
fn clipped(from: f64, to: f64, low: f64, high: f64) -> Option<[f64; 2]> {
    let ahead = to - from;
    if ahead == 0.0 {
        return (low <= from && from <= high).then_some([0.0, 1.0]);
    }
    let [a, b] = [(low - from) / ahead, (high - from) / ahead];
    let found = [a.min(b).max(0.0), a.max(b).min(1.0)];
    (found[0] <= found[1]).then_some(found)
}

impl RTreeObject for Edge {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        let (low, high) = self.extent();
        AABB::from_corners([low.x, low.y], [high.x, high.y])
    }
}
