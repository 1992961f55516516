//! The edges of one area, cut into pieces and classified by what the other area has there.

use geo::Coord;

use super::area::{Area, Edge};
use super::{SNAPPING_DEG, shorter_way};

/// The kind of a piece of an area's outline, compared with another area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Both areas have it, on opposite sides.
    Shared,
    /// Both areas have it and lie on the same side of it.
    ClaimedByBoth,
    /// Only one area has it, but the other's outline is within the tolerance all along it.
    Near,
    /// Only one area has it.
    Apart,
}

/// A piece of an outline, no longer than an edge.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) from: Coord,
    pub(super) to: Coord,
    pub(super) kind: Kind,
}

impl Piece {
    /// Whether both areas have it, to the last digit.
    const fn is_settled(&self) -> bool {
        matches!(self.kind, Kind::Shared | Kind::ClaimedByBoth)
    }
}

/// What an area is compared with.
pub(super) struct Others<'a> {
    all: &'a Area,
    /// What of its outline is not shared to the last digit, where a wider tolerance is asked for.
    unsettled: Option<Area>,
}

impl<'a> Others<'a> {
    pub(super) fn new(own: &Area, all: &'a Area, tolerance_deg: f64) -> Self {
        let [tolerance_deg, exact_deg] = tolerances(tolerance_deg);
        let unsettled = (tolerance_deg > exact_deg).then(|| {
            let edges = all.edges().flat_map(|edge| {
                let whole = Piece { from: edge.from, to: edge.to, kind: Kind::Apart };
                divided(whole, own, exact_deg)
            });
            let open = edges.filter(|piece| !piece.is_settled());
            Area::of_edges(open.map(|piece| Edge::new(piece.from, piece.to)).collect())
        });
        Self { all, unsettled }
    }
}

/// The tolerance, and that within which what both have is settled.
fn tolerances(tolerance_deg: f64) -> [f64; 2] {
    let tolerance_deg = tolerance_deg.max(ROUNDING_DEG);
    [tolerance_deg, tolerance_deg.min(SNAPPING_DEG)]
}

/// Below this, in degrees, positions are equal: 0.1 µm, some hundred times the rounding of
/// a longitude.
const ROUNDING_DEG: f64 = 1e-12;

/// What lies between two shared pieces and is shorter than this number of tolerances, the
/// other outline near all along, is a bend that both have but drew differently.
const BEND: f64 = 4.0;

/// The pieces of a closed ring of one area, in order.
///
/// What both have to within [`SNAPPING_DEG`] is settled first and not asked again, so that no
/// tolerance, however generous, changes it.
/// What of the other outline is settled lies next to nothing else: a border that both have drawn
/// alike is no neighbour of what leads away from it.
pub(super) fn pieces(
    ring: &[Coord],
    own: &Area,
    others: &Others<'_>,
    tolerance_deg: f64,
) -> Vec<Piece> {
    let [tolerance_deg, exact_deg] = tolerances(tolerance_deg);
    let mut pieces = Vec::with_capacity(ring.len());
    for ends in ring.windows(2) {
        let whole = Piece { from: ends[0], to: ends[1], kind: Kind::Apart };
        if own.is_inner(ends[0], ends[1]) {
            pieces.push(whole);
            continue;
        }
        for piece in divided(whole, others.all, exact_deg) {
            match &others.unsettled {
                Some(unsettled) if !piece.is_settled() => {
                    // Near the other one, but on its own side, it is none of both's.
                    let near = divided(piece, unsettled, tolerance_deg).into_iter();
                    pieces.extend(near.map(|piece| match piece.kind {
                        Kind::ClaimedByBoth => Piece { kind: Kind::Near, ..piece },
                        _ => piece,
                    }));
                }
                _ => pieces.push(piece),
            }
        }
    }
    if tolerance_deg > exact_deg {
        join_bends(&mut pieces, BEND * tolerance_deg);
    }
    pieces
}

/// Divides a piece at the other area's vertices on it, and classifies each part.
fn divided(piece: Piece, other: &Area, tolerance_deg: f64) -> Vec<Piece> {
    let edge = Edge::new(piece.from, piece.to);
    let near = other.near(&edge, tolerance_deg);
    if near.is_empty() {
        return vec![Piece { kind: Kind::Apart, ..piece }];
    }
    let mut cuts = cuts(&edge, &near, tolerance_deg);
    cuts.push((1.0, piece.to));
    let covers = Covers::new(&edge, &near, tolerance_deg);
    let (mut begin, mut from) = (0.0, piece.from);
    let part = |(end, to): (f64, Coord)| {
        let part = Piece { from, to, kind: covers.kind(&edge, begin, end) };
        (begin, from) = (end, to);
        part
    };
    cuts.into_iter().map(part).collect()
}

/// The places where the other area's vertices divide an edge, in order: the vertex itself if it is
/// practically on the edge, otherwise its foot.
pub(super) fn cuts(edge: &Edge, near: &[Edge], tolerance_deg: f64) -> Vec<(f64, Coord)> {
    let length = edge.length();
    let cut = |vertex: Coord| {
        let (share, off) = edge.foot(vertex);
        let from_ends = share.min(1.0 - share) * length;
        let inside = share > 0.0 && share < 1.0 && off <= tolerance_deg;
        let at = if off <= SNAPPING_DEG { vertex } else { edge.at(share) };
        let at = Coord { x: shorter_way(at.x), y: at.y };
        let apart = off.hypot(from_ends) > tolerance_deg.min(SNAPPING_DEG);
        (inside && apart).then_some((share, at))
    };
    let vertices = near.iter().flat_map(|other| [other.from, other.to]);
    let mut cuts: Vec<(f64, Coord)> = vertices.filter_map(cut).collect();
    cuts.sort_by(|a, b| a.0.total_cmp(&b.0));
    cuts.dedup_by(|b, a| (b.0 - a.0) * length <= tolerance_deg.min(SNAPPING_DEG));
    cuts
}

/// The parts of an edge where the other area's edges are within the tolerance.
pub(super) struct Covers<'a> {
    against: Vec<(&'a Edge, [f64; 2])>,
    along: Vec<(&'a Edge, [f64; 2])>,
}

impl<'a> Covers<'a> {
    pub(super) fn new(edge: &Edge, near: &'a [Edge], tolerance_deg: f64) -> Self {
        let covering =
            near.iter().filter_map(|other| Some((other, edge.within(other, tolerance_deg)?)));
        let (against, along) = covering.partition(|(other, _)| edge.is_against(other));
        Self { against, along }
    }

    /// The kind of the part of the edge between two shares.
    pub(super) fn kind(&self, edge: &Edge, from: f64, to: f64) -> Kind {
        let slack = ROUNDING_DEG / edge.length();
        let covered = |covers: &mut dyn Iterator<Item = [f64; 2]>| {
            let mut parts: Vec<[f64; 2]> = covers.collect();
            parts.sort_by(|a, b| a[0].total_cmp(&b[0]));
            let reached = { parts.iter() }.fold(from, |reached, [low, high]| {
                if *low <= reached + slack { reached.max(*high) } else { reached }
            });
            reached + slack >= to
        };
        let intervals = |edges: &[(&Edge, [f64; 2])]| -> Vec<[f64; 2]> {
            edges.iter().map(|(_, interval)| *interval).collect()
        };
        let (against, along) = (intervals(&self.against), intervals(&self.along));
        let middle = edge.at(f64::midpoint(from, to));
        let nearest = |edges: &[(&Edge, [f64; 2])]| {
            edges.iter().map(|(other, _)| other.distance(middle)).fold(f64::INFINITY, f64::min)
        };
        match [covered(&mut against.iter().copied()), covered(&mut along.iter().copied())] {
            [true, true] if nearest(&self.along) < nearest(&self.against) => Kind::ClaimedByBoth,
            [true, _] => Kind::Shared,
            [false, true] => Kind::ClaimedByBoth,
            _ if covered(&mut against.iter().chain(&along).copied()) => Kind::Near,
            _ => Kind::Apart,
        }
    }
}

/// Counts short bends between shared pieces as shared.
fn join_bends(pieces: &mut [Piece], most_deg: f64) {
    let mut before: Option<usize> = None;
    let (mut length, mut is_bend) = (0.0, true);
    for i in 0..pieces.len() {
        let Piece { from, to, kind } = pieces[i];
        if kind == Kind::Shared {
            if let Some(before) = before.filter(|_| is_bend && length <= most_deg) {
                pieces[before + 1..i].iter_mut().for_each(|piece| piece.kind = Kind::Shared);
            }
            (before, length, is_bend) = (Some(i), 0.0, true);
        } else {
            length += Edge::new(from, to).length();
            is_bend &= kind != Kind::Apart;
        }
    }
}
