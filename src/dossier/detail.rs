//! How a line is drawn where it runs along the dossier's: with how much detail, with how much noise.
//!
//! Where two drawings of one boundary run together, their lengths differ only because of how they
//! were drawn. So the two are compared part by part, between places that both have: a part that
//! lacks bends, or zigzags from vertex to vertex, may lie anywhere in the line.

use geo::Coord;

use super::Dossier;
use super::fitness::{Vertices, along};
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::line::{Line, simplify};
use crate::quantity::Metres;

/// The parts of a line that run along the dossier's.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Detail(Vec<Part>);

/// A part of a line between two places that the dossier's line has, too.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Part {
    /// From where to where on the dossier's line it is.
    extent: [Metres; 2],
    /// How many edges it has, and how many the dossier's line has there, both simplified.
    edges: [usize; 2],
    /// How much shorter it is, both simplified.
    shorter_m: f64,
    /// How much more of its length than of the dossier's is zigzag from vertex to vertex.
    zigzag_m: f64,
    /// Whether it is farther off than both lines' accuracies, by what its long edges skip.
    is_off: bool,
}

/// What parts of a line lack of their length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LacksDetail {
    /// Their vertices.
    pub(crate) vertices: Vertices,
    /// The length of the dossier's line there.
    pub(crate) along: Metres,
    /// By how much they are shorter than the dossier's line.
    pub(crate) shorter: Metres,
}

/// How long the edges of a line are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spacing {
    longest_m: f64,
}

/// Lines are compared between at most this number of places, evenly along the dossier's.
const PLACES: f64 = 512.0;

impl Spacing {
    /// The longest edge counts only if others are like it: one of more than twice the tenth longest
    /// is no matter of spacing.
    pub(super) fn new<'a>(paths: impl IntoIterator<Item = &'a [Coord]>) -> Self {
        const OTHERS: usize = 10;
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let edges = paths.into_iter().flat_map(|path| path.windows(2));
        let mut lengths: Vec<f64> = edges.map(|ends| geodesic.sound_length(ends).value()).collect();
        lengths.sort_by(|a, b| b.total_cmp(a));
        Self { longest_m: lengths.get(OTHERS - 1).map_or(0.0, |m| 2.0 * m) }
    }

    /// Whether an edge is longer than the spacing of vertices explains.
    pub(super) fn is_exceeded_by(self, edge_m: f64) -> bool {
        edge_m > self.longest_m
    }

    /// How far off a vertex may be that an edge skips: half of the edge.
    fn reach_m(self, edge_m: f64) -> f64 {
        if self.is_exceeded_by(edge_m) { 0.0 } else { 0.5 * edge_m }
    }
}

impl Detail {
    /// Nothing to be said of it: of the dossier's own line.
    pub(super) const fn none() -> Self {
        Self(Vec::new())
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Compares a line with the dossier's, both simplified at the ends of a band; `within_m` is how far
    /// both may be off together.
    pub(super) fn new(dossier: &Dossier, line: &Line, band_m: [f64; 2], within_m: f64) -> Self {
        let spacing = Spacing::new(line.stretches());
        let stretches = line.stretches().filter_map(|stretch| oriented(&dossier.line, stretch));
        let parts = stretches.flat_map(|(range, stretch)| {
            Pairing { dossier, stretch, spacing, band_m, within_m }.parts(range)
        });
        Self(parts.collect())
    }

    /// What the line lacks of the fine end of the band between two places of the dossier's line.
    #[must_use]
    pub(crate) fn lacks_between(&self, from: Metres, to: Metres, at_m: f64) -> Option<LacksDetail> {
        let lacking = self.between(from, to).filter(|part| part.edges[0] < part.edges[1]);
        let zero = Vertices { count: 0, needed: 0, at_m };
        let none =
            LacksDetail { vertices: zero, along: Metres::default(), shorter: Metres::default() };
        let all = lacking.fold(none, |all, part| LacksDetail {
            vertices: Vertices {
                count: all.vertices.count + part.edges[0],
                needed: all.vertices.needed + part.edges[1],
                at_m,
            },
            along: all.along + (part.extent[1] - part.extent[0]),
            shorter: all.shorter + Metres::new(part.shorter_m),
        });
        (all.shorter > Metres::default()).then_some(all)
    }

    /// How much of its length is zigzag from vertex to vertex, between two places of the dossier's
    /// line and beyond what that line has of it.
    #[must_use]
    pub(crate) fn zigzag_between(&self, from: Metres, to: Metres) -> Metres {
        Metres::new(self.between(from, to).map(|part| part.zigzag_m).sum::<f64>().max(0.0))
    }

    /// Whether the line skips vertices at a place of the dossier's line, and is farther off there
    /// than its accuracy says.
    #[must_use]
    pub(crate) fn is_off_at(&self, at: Metres) -> bool {
        self.between(at, at).any(|part| part.is_off)
    }

    fn between(&self, from: Metres, to: Metres) -> impl Iterator<Item = &Part> {
        let inside = move |part: &&Part| {
            let middle = (part.extent[0] + part.extent[1]) * 0.5;
            from <= middle && middle <= to || part.extent[0] <= from && to <= part.extent[1]
        };
        self.0.iter().filter(inside)
    }
}

/// A stretch as the dossier's line runs, and from where to where on that line.
fn oriented(own: &Line, stretch: &[Coord]) -> Option<([Metres; 2], Line)> {
    let range = along(own, stretch)?;
    let line = Line::new(stretch.to_vec()).ok()?;
    let [begin, end] = [line.start(), line.end()].map(|at| own.locate(at).chainage);
    Some((range, if end < begin { line.reversed() } else { line }))
}

/// A stretch of a line, next to the dossier's.
struct Pairing<'a> {
    dossier: &'a Dossier,
    stretch: Line,
    spacing: Spacing,
    /// The fine and the coarse end of the band.
    band_m: [f64; 2],
    within_m: f64,
}

impl Pairing<'_> {
    /// The parts between places that both have, as far as they run together in between.
    fn parts(&self, range: [Metres; 2]) -> Vec<Part> {
        let both = self.places_of_both(range);
        both.windows(2).filter_map(|ends| self.part(ends[0], ends[1])).collect()
    }

    /// Places of the dossier's line at which this one is, too: each with its chainage on both, in
    /// order.
    fn places_of_both(&self, [from, to]: [Metres; 2]) -> Vec<[Metres; 2]> {
        let own = &self.dossier.line;
        let step = own.length() * (1.0 / PLACES);
        let count = ((to - from).value() / step.value()).ceil().max(1.0);
        let mut both: Vec<[Metres; 2]> = Vec::new();
        for i in 0..=count as usize {
            let at = from + (to - from) * (i as f64 / count);
            let found = self.stretch.locate(own.at(at));
            let is_ahead = both.last().is_none_or(|last| found.chainage > last[1]);
            if is_ahead && found.distance.value() <= self.within_m + self.reach_m(found.chainage) {
                both.push([at, found.chainage]);
            }
        }
        both
    }

    /// How far off what is skipped may be by the edge of the stretch at a place of it.
    fn reach_m(&self, at: Metres) -> f64 {
        let chainages = self.stretch.chainages();
        let next = chainages.partition_point(|it| *it <= at).clamp(1, chainages.len() - 1);
        self.spacing.reach_m((chainages[next] - chainages[next - 1]).value())
    }

    /// A part, if the two lines run together there.
    fn part(&self, begin: [Metres; 2], end: [Metres; 2]) -> Option<Part> {
        let extent = [begin[0], end[0]];
        let own = self.dossier.line.cut(extent[0], extent[1]).ok()?;
        let other = self.stretch.cut(begin[1], end[1]).ok()?;
        let mut is_off = false;
        for at in own.vertices() {
            let found = other.locate(*at);
            if found.distance.value() > self.within_m {
                is_off = true;
                if found.distance.value() > self.within_m + self.reach_m(begin[1] + found.chainage)
                {
                    return None;
                }
            }
        }
        let [fine_m, coarse_m] = self.band_m;
        let [fine, own_fine] = [&other, &own].map(|line| simplify(line.vertices(), fine_m));
        let own_thinned = thinned(own.vertices(), other.vertices().len());
        Some(Part {
            extent,
            edges: [fine.len() - 1, own_fine.len() - 1],
            shorter_m: length_m(&own_fine) - length_m(&fine),
            zigzag_m: zigzag_m(other.vertices(), coarse_m) - zigzag_m(&own_thinned, coarse_m),
            is_off,
        })
    }
}

/// How much shorter a path gets if each vertex is moved to the mean of itself and its two neighbours
/// on each side, both simplified.
fn zigzag_m(path: &[Coord], at_m: f64) -> f64 {
    let last = path.len() - 1;
    let mean = |i: usize| {
        let reach = i.min(last - i).min(2);
        let around = &path[i - reach..=i + reach];
        // Vertices of a line that crosses the antimeridian may be a turn apart.
        let lon = |at: &Coord| at.x - 360.0 * ((at.x - path[i].x) / 360.0).round();
        let count = around.len() as f64;
        Coord {
            x: around.iter().map(lon).sum::<f64>() / count,
            y: around.iter().map(|at| at.y).sum::<f64>() / count,
        }
    };
    let smooth: Vec<Coord> = (0..=last).map(mean).collect();
    let [rough, smooth] = [path, &smooth].map(|path| length_m(&simplify(path, at_m)));
    rough - smooth
}

/// A path with vertices left out evenly, so that it has no more than `most`.
fn thinned(path: &[Coord], most: usize) -> Vec<Coord> {
    let (edges, kept) = (path.len() - 1, most.max(2) - 1);
    if kept >= edges {
        return path.to_vec();
    }
    (0..=kept).map(|i| path[i * edges / kept]).collect()
}

fn length_m(path: &[Coord]) -> f64 {
    Geodesic::new(Ellipsoid::WGS84).sound_length(path).value()
}
