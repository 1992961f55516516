//! The boundary that two areas share: the edges that both have on opposite sides.

mod area;
mod neighbours;
mod pieces;

use std::cmp::Ordering;

use geo::Coord;

pub(crate) use area::Area;
pub(crate) use neighbours::{Border, Borders, DrawnApart, Outlines, Rings, Stretch};
use pieces::{Kind, Others, Piece, pieces};

use crate::geodesy::{Ellipsoid, Geodesic};

/// How near to each other two vertices must be to be one, in degrees: a unit of the last
/// of seven decimals, as data sets print them; 1 cm or less on the ground.
pub const SNAPPING_DEG: f64 = 1e-7;

/// The common parts of the outlines of two areas, as lines in the direction of the first area's
/// outline, with the first area on their left.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct SharedBoundary {
    /// The boundary between them: they lie on opposite sides of it.
    pub(crate) lines: Vec<Vec<Coord>>,
    /// Outlines that both have and both lie on the same side of, so that they divide nothing: an
    /// overlap, or one area inside the other.
    pub(crate) claimed_by_both: Vec<Vec<Coord>>,
}

impl Area {
    /// The boundary that it shares with another area.
    ///
    /// A piece of this outline is shared if an edge of the other area, in the opposite direction,
    /// is within the tolerance along all of it. Both outlines have their inside on the left, so the
    /// opposite direction means the other side. Pieces end at vertices of either outline. The lines
    /// have the vertices of the first area, and those of the second that lie practically on its edges.
    /// Pieces that follow each other in a ring make one line. A ring that shares several stretches
    /// begins after the longest that it does not share.
    ///
    /// No tolerance moves or joins vertices, so a larger tolerance finds everything that a smaller one
    /// finds.
    ///
    /// # Units
    /// Degrees. An edge is straight in longitude and latitude here, as it was when a GIS put
    /// a vertex on it; on 16 km the geodesic is 4 m away from that.
    ///
    /// # Assumptions
    /// An edge goes the shorter way around the Earth. 180° and −180° are one meridian, so that
    /// areas cut there (RFC 7946 §3.1.9) and areas that run on across it are treated alike.
    #[must_use]
    pub(crate) fn shared_with(&self, other: &Self, tolerance_deg: f64) -> SharedBoundary {
        let mut found = SharedBoundary::default();
        let others = Others::new(self, other, tolerance_deg);
        for ring in self.rings() {
            let pieces = pieces(ring, self, &others, tolerance_deg);
            found.lines.extend(stretches(&pieces, Kind::Shared));
            found.claimed_by_both.extend(stretches(&pieces, Kind::ClaimedByBoth));
        }
        found
    }

    /// The median distance between neighbouring vertices of two areas, in degrees.
    #[must_use]
    pub(crate) fn median_spacing(&self, other: &Self) -> Option<f64> {
        median(self.spacings().chain(other.spacings()))
    }

    /// Whether it is drawn in more detail than another area: its vertices lie nearer to each
    /// other, in the median. Of two with the same median it is the one that comes first from west
    /// to east.
    pub(crate) fn is_finer_than(&self, other: &Self) -> bool {
        let [own, others] = [self, other].map(|area| median(area.spacings()));
        let by_spacing = own.unwrap_or(0.0).total_cmp(&others.unwrap_or(0.0));
        let places = |area: &Self| {
            let mut places: Vec<[f64; 2]> =
                area.rings().iter().flatten().map(|at| [at.x, at.y]).collect();
            places.sort_by(by_place);
            places
        };
        let by_places = || {
            let [own, others] = [self, other].map(places);
            let pairs = own.iter().zip(&others).map(|(own, other)| by_place(own, other));
            { pairs }.find(|order| order.is_ne()).unwrap_or(own.len().cmp(&others.len()))
        };
        by_spacing.then_with(by_places).is_le()
    }
}

fn by_place(one: &[f64; 2], other: &[f64; 2]) -> Ordering {
    one[0].total_cmp(&other[0]).then(one[1].total_cmp(&other[1]))
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f64::total_cmp).1)
}

/// A difference of longitudes the shorter way around the Earth.
pub(super) fn shorter_way(degrees: f64) -> f64 {
    if degrees.abs() > 180.0 { degrees - 360.0 * (degrees / 360.0).round() } else { degrees }
}

/// The stretches of a closed ring of one kind.
fn stretches(pieces: &[Piece], kind: Kind) -> Vec<Vec<Coord>> {
    let Some(begin) = behind_longest_gap(pieces, kind) else {
        // All of it, or only a negligible part is missing.
        let ring = pieces.iter().map(|piece| piece.from);
        let end = pieces.last().map(|piece| piece.to);
        return if pieces.is_empty() { Vec::new() } else { vec![ring.chain(end).collect()] };
    };
    let mut lines: Vec<Vec<Coord>> = Vec::new();
    let mut before = false;
    for piece in (begin..begin + pieces.len()).map(|i| &pieces[i % pieces.len()]) {
        if piece.kind == kind {
            match lines.last_mut().filter(|_| before) {
                Some(line) => line.push(piece.to),
                None => lines.push(vec![piece.from, piece.to]),
            }
        }
        before = piece.kind == kind;
    }
    lines
}

/// The piece after the longest run of pieces that are not of a kind; `None` if all are.
fn behind_longest_gap(pieces: &[Piece], kind: Kind) -> Option<usize> {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let count = pieces.len();
    let first = pieces.iter().position(|piece| piece.kind == kind).unwrap_or(0);
    let (mut longest_m, mut behind, mut run_m) = (0.0, None, 0.0);
    for i in (first..first + count).map(|i| i % count) {
        let Piece { from, to, kind: found } = pieces[i];
        if found == kind {
            run_m = 0.0;
            continue;
        }
        run_m += geodesic.distance(from, to).value();
        if run_m >= longest_m {
            (longest_m, behind) = (run_m, Some((i + 1) % count));
        }
    }
    behind
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{LineString, Polygon};

    pub(super) fn shared_boundary(
        first: &[Polygon],
        second: &[Polygon],
        tolerance_deg: f64,
    ) -> SharedBoundary {
        Area::new(first).shared_with(&Area::new(second), tolerance_deg)
    }

    fn polygon(corners: &[(f64, f64)]) -> Polygon {
        let mut ring: Vec<Coord> = corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
        ring.push(ring[0]);
        Polygon::new(LineString(ring), Vec::new())
    }

    fn shared(first: &[(f64, f64)], second: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
        let lines = shared_boundary(&[polygon(first)], &[polygon(second)], SNAPPING_DEG).lines;
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
        let north = vec![vec![(1.0, 0.0), (1.0, 1.0)]];
        assert_eq!(shared(&WEST, &EAST), north);
        assert_eq!(shared(&WEST, &reversed(&EAST)), north);
        // The first area is on the left of its boundary, whichever way it is drawn.
        assert_eq!(shared(&reversed(&WEST), &EAST), north);
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
            // 180° and −180° are one.
            let on_line = if vertex.0 == -180.0 { (180.0, -17.0) } else { vertex };
            let line = [vec![(179.0, -17.0), on_line, (-179.0, -17.0)]];
            assert_eq!(shared(&north, &more), line, "{vertex:?}");
        }
        // On the other side of the globe it is not shared.
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
        let lines = shared_boundary(&cut(-17.0, -16.0), &cut(-18.0, -17.0), SNAPPING_DEG).lines;
        let plain: Vec<Vec<(f64, f64)>> =
            lines.iter().map(|line| line.iter().map(|at| (at.x, at.y)).collect()).collect();
        // Both parts end at the same meridian, and no edge of the cut is shared.
        let expected = [[(179.0, -17.0), (180.0, -17.0)], [(-180.0, -17.0), (-179.0, -17.0)]];
        assert_eq!(plain, expected);
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
        let lines = shared_boundary(std::slice::from_ref(&around), &[hole], SNAPPING_DEG).lines;
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

    #[test]
    fn what_both_have_on_the_same_side_is_no_boundary() {
        let found = |first: &[(f64, f64)], second: &[(f64, f64)]| {
            shared_boundary(&[polygon(first)], &[polygon(second)], SNAPPING_DEG)
        };
        // They overlap between 1 and 1.1 and have both parallels there.
        let wider = [(0.0, 0.0), (1.1, 0.0), (1.1, 1.0), (0.0, 1.0)];
        for second in [EAST.to_vec(), reversed(&EAST)] {
            let overlap = found(&wider, &second);
            assert!(overlap.lines.is_empty());
            assert_eq!(overlap.claimed_by_both.len(), 2);
        }
        // One inside the other, from coast to coast.
        let country = [(0.0, 0.0), (2.0, 0.0), (2.0, 1.0), (0.0, 1.0)];
        let nested = found(&country, &WEST);
        assert!(nested.lines.is_empty());
        assert_eq!(nested.claimed_by_both.len(), 1);
    }

    #[test]
    fn identical_borders_stay_what_they_are_at_any_tolerance() {
        let zigzag = |i: i32| (1.0 + f64::from(i % 2) * 1e-4, 0.01 * f64::from(i));
        let up: Vec<(f64, f64)> = (0..=100).map(zigzag).collect();
        let west: Vec<(f64, f64)> = [(0.0, 0.0)].into_iter().chain(up.clone()).collect();
        let west: Vec<(f64, f64)> = west.into_iter().chain([(0.0, 1.0)]).collect();
        let down = up.iter().rev().copied();
        let east: Vec<(f64, f64)> =
            [(2.0, 1.0)].into_iter().chain(down).chain([(2.0, 0.0)]).collect();
        for tolerance in [0.0, 1e-7, 1e-4, 1e-2, 0.1] {
            let found = shared_boundary(&[polygon(&west)], &[polygon(&east)], tolerance).lines;
            let plain: Vec<(f64, f64)> = found.concat().iter().map(|at| (at.x, at.y)).collect();
            assert_eq!((found.len(), &plain), (1, &up), "{tolerance}");
        }
    }

    #[test]
    fn digitised_apart_is_shared_within_the_tolerance() {
        let west = [(0.0, 0.0), (1.0, 0.0), (1.0, 0.5), (1.0, 1.0), (0.0, 1.0)];
        let east = [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.0002, 0.7), (0.9999, 0.3)];
        let at = |tolerance| {
            shared_boundary(&[polygon(&west)], &[polygon(&east)], tolerance).lines.concat().len()
        };
        assert_eq!((at(1e-7), at(1e-3)), (0, 5));
        // An area that lies 10 m inside the other shares nothing with it at any tolerance.
        let inside = [(0.0, 0.0), (0.9999, 0.0), (0.9999, 1.0), (0.0, 1.0)];
        let found = shared_boundary(&[polygon(&west)], &[polygon(&inside)], 1e-3);
        assert!(found.lines.is_empty(), "{found:?}");
    }

    #[test]
    fn what_lies_inside_a_country_of_several_parts_is_no_outline() {
        let north = [(1.0, 0.5), (2.0, 0.5), (2.0, 1.0), (1.0, 1.0)];
        let south = [(1.0, 0.0), (2.0, 0.0), (2.0, 0.5), (1.0, 0.5)];
        let country = [polygon(&south), polygon(&north)];
        let lines = shared_boundary(&country, &[polygon(&WEST)], SNAPPING_DEG).lines;
        assert_eq!(lines.concat().len(), 4);
        let found = shared_boundary(&country[..1], &country, SNAPPING_DEG);
        assert!(found.lines.is_empty());
    }
}
