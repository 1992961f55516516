//! Geometry as RFC 7946 wants it: longitudes within ±180°, and what crosses the
//! antimeridian cut there into parts (§3.1.9).
//!
//! An edge is the geodesic between its ends, as everywhere in this crate, and a geodesic
//! takes the short way: an edge whose longitudes differ by more than 180° crosses the
//! antimeridian. It is cut where the geodesic crosses, so that the parts are together as
//! long as the whole. Vertices stay where they are; only whole turns are taken off their
//! longitudes.

use geo::{Contains, Coord, LineString, Point, Polygon};

use super::Shape;
use treatyline_geodesy::{Ellipsoid, Geodesic};

/// The shape within ±180°, cut where it crosses the antimeridian.
///
/// # Units
/// Degrees; longitudes may be any finite number of turns off.
#[must_use]
pub fn cut(shape: &Shape) -> Shape {
    match shape {
        Shape::None => Shape::None,
        Shape::Point(at) => Shape::Point(within(*at)),
        Shape::Points(points) => Shape::Points(points.iter().map(|at| within(*at)).collect()),
        Shape::Lines(lines) => Shape::Lines(lines.iter().flat_map(|line| cut_line(line)).collect()),
        Shape::Polygons(polygons) => {
            Shape::Polygons(polygons.iter().flat_map(cut_polygon).collect())
        }
        Shape::Mixed(shapes) => Shape::Mixed(shapes.iter().map(cut).collect()),
    }
}

/// A position, its longitude within ±180°.
fn within(at: Coord) -> Coord {
    let x = if at.x.abs() <= 180.0 { at.x } else { (at.x + 180.0).rem_euclid(360.0) - 180.0 };
    Coord { x, ..at }
}

fn at_a_pole(at: Coord) -> bool {
    at.y.abs() >= 90.0
}

/// Cuts a path at its crossings of the antimeridian. Each piece but the first begins on the
/// antimeridian, each but the last ends on it, on the other side.
fn pieces(path: &[Coord]) -> Vec<Vec<Coord>> {
    let mut pieces = Vec::new();
    let mut piece: Vec<Coord> = Vec::new();
    for next in path.iter().map(|at| within(*at)) {
        let Some(last) = piece.last().copied() else {
            piece.push(next);
            continue;
        };
        let apart = (next.x - last.x).abs();
        let polar = at_a_pole(last) && at_a_pole(next);
        if apart <= 180.0 || polar {
            piece.push(next);
        } else if apart == 360.0 {
            // An edge along the antimeridian, the longitude of which can be written in two ways.
            piece.push(Coord { x: last.x, ..next });
        } else {
            let y = crossing_latitude(last, next);
            let side = 180.0_f64.copysign(last.x);
            push(&mut piece, Coord { x: side, y });
            pieces.push(std::mem::replace(&mut piece, vec![Coord { x: -side, y }]));
            push(&mut piece, next);
        }
    }
    pieces.push(piece);
    pieces
}

/// Adds a position unless it is the last one already.
fn push(piece: &mut Vec<Coord>, at: Coord) {
    if piece.last() != Some(&at) {
        piece.push(at);
    }
}

/// The latitude at which the geodesic between two positions crosses the antimeridian, by
/// bisection along it. Slow but exact; it is seldom needed.
fn crossing_latitude(from: Coord, to: Coord) -> f64 {
    for end in [from, to] {
        if end.x.abs() == 180.0 {
            return end.y;
        }
    }
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let (length, azimuth_deg) = geodesic.distance_and_azimuth(from, to);
    let at = |share: f64| geodesic.destination(from, azimuth_deg, length * share);
    let (mut before, mut beyond) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = 0.5 * (before + beyond);
        // On this side of the antimeridian longitudes keep their sign, for nearly a whole
        // half turn long; on the other side they have the opposite sign.
        if at(middle).x.signum() == from.x.signum() { before = middle } else { beyond = middle }
    }
    at(before).y
}

fn cut_line(line: &[Coord]) -> Vec<Vec<Coord>> {
    let mut parts = pieces(line);
    if parts.len() > 1 {
        // A line that ends on the antimeridian leaves a single position beyond it.
        parts.retain(|part| part.len() > 1);
    }
    parts
}

fn cut_polygon(polygon: &Polygon) -> Vec<Polygon> {
    let mut chains = Vec::new();
    let mut whole = Vec::new();
    let mut around = Vec::new();
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    for ring in rings {
        match ring_chains(&ring.0) {
            Ring::Whole(ring) => whole.push(LineString(ring)),
            Ring::Cut(mut parts) => {
                // Round the axis, it crosses one way once more often than the other.
                if turns(&parts) != 0 {
                    around.push(parts.concat());
                }
                chains.append(&mut parts);
            }
        }
    }
    if chains.is_empty() {
        let mut rings = whole.into_iter();
        return rings
            .next()
            .map(|first| Polygon::new(first, rings.collect()))
            .into_iter()
            .collect();
    }
    if let (1, Some(ring)) = (around.len() % 2, around.first()) {
        chains.push(pole(ring));
    }
    let outlines = linked(&chains).into_iter().filter(|ring| is_ring(ring));
    let mut polygons: Vec<_> =
        outlines.map(|ring| Polygon::new(LineString(ring), Vec::new())).collect();
    // A hole that does not cross belongs to one of the parts.
    for hole in whole {
        let corner = hole.0.first().copied().unwrap_or_default();
        let holder = polygons.iter_mut().find(|part| part.contains(&Point(corner)));
        if let Some(part) = holder {
            part.interiors_push(hole);
        }
    }
    polygons
}

/// A ring after cutting.
enum Ring {
    /// It does not cross the antimeridian.
    Whole(Vec<Coord>),
    /// Its chains between one crossing and the next.
    Cut(Vec<Vec<Coord>>),
}

fn ring_chains(ring: &[Coord]) -> Ring {
    let open = ring.split_last().map_or(ring, |(_, rest)| rest);
    // Start at a corner off the antimeridian: its longitude can be written in one way only.
    let start = open.iter().position(|at| within(*at).x.abs() < 180.0).unwrap_or(0);
    let corners = open.iter().cycle().skip(start).take(ring.len());
    let rotated: Vec<_> = corners.map(|at| within(*at)).collect();
    let mut parts = pieces(&rotated);
    if let [part] = &mut parts[..] {
        // If nothing changes, the first corner also stays the first.
        let same = *part == rotated;
        return Ring::Whole(match same {
            true => ring.iter().map(|at| within(*at)).collect(),
            false => std::mem::take(part),
        });
    }
    // The last piece runs into the first.
    if let Some(mut last) = parts.pop() {
        last.extend(parts[0].iter().skip(1));
        parts[0] = last;
    }
    Ring::Cut(parts)
}

/// How often chains that make up a ring go round the axis, eastwards.
fn turns(chains: &[Vec<Coord>]) -> i32 {
    chains.iter().filter_map(|chain| chain.last()).map(|end| if end.x > 0.0 { 1 } else { -1 }).sum()
}

/// The way along the pole that a ring round the axis leaves out: the pole of the smaller
/// side, as areas are measured, from one side of the antimeridian to the other.
fn pole(ring: &[Coord]) -> Vec<Coord> {
    let (mut sum, mut eastward) = (0.0, 0.0);
    for edge in ring.windows(2) {
        let east = edge[1].x - edge[0].x;
        if east.abs() <= 180.0 {
            // Land beyond a parallel is smaller than a hemisphere by the sine of its latitude.
            sum += east * (0.5 * (edge[0].y + edge[1].y)).to_radians().sin();
            eastward += east;
        }
    }
    let y = if sum * eastward > 0.0 { 90.0 } else { -90.0 };
    vec![Coord { x: 180.0, y }, Coord { x: -180.0, y }]
}

/// Closes chains along the antimeridian. Northwards along either side of it, each first
/// crossing leads into the polygon and each second one out: between them lies an edge.
fn linked(chains: &[Vec<Coord>]) -> Vec<Vec<Coord>> {
    let partner = partners(chains);
    let mut used = vec![false; chains.len()];
    let mut rings = Vec::new();
    for first in 0..chains.len() {
        let mut ring = Vec::new();
        // Which chain, and whether it is entered at its end.
        let (mut at, mut backwards) = (first, false);
        while !std::mem::replace(&mut used[at], true) {
            let mut step = |place: &Coord| push(&mut ring, *place);
            if backwards {
                chains[at].iter().rev().for_each(&mut step);
            } else {
                chains[at].iter().for_each(&mut step);
            }
            let Some(next) = partner[2 * at + usize::from(!backwards)] else { break };
            (at, backwards) = (next / 2, next % 2 == 1);
        }
        if let Some(start) = ring.first().copied() {
            push(&mut ring, start);
            rings.push(ring);
        }
    }
    rings
}

/// For each end of a chain (2i its beginning, 2i + 1 its end) the one it is joined to.
fn partners(chains: &[Vec<Coord>]) -> Vec<Option<usize>> {
    let ends: Vec<Coord> = chains
        .iter()
        .flat_map(|chain| [chain.first().copied(), chain.last().copied()])
        .map(Option::unwrap_or_default)
        .collect();
    let mut partner = vec![None; ends.len()];
    for side in [-180.0, 180.0] {
        let mut along: Vec<usize> = (0..ends.len()).filter(|i| ends[*i].x == side).collect();
        along.sort_by(|a, b| ends[*a].y.total_cmp(&ends[*b].y));
        for pair in along.chunks_exact(2) {
            partner[pair[0]] = Some(pair[1]);
            partner[pair[1]] = Some(pair[0]);
        }
    }
    partner
}

/// Whether a closed path holds any land: a corner that only touches the antimeridian
/// leaves a part that does not.
fn is_ring(ring: &[Coord]) -> bool {
    use geo::Area;
    ring.len() > 3 && Polygon::new(LineString(ring.to_vec()), Vec::new()).unsigned_area() > 0.0
}

#[cfg(test)]
mod tests;
