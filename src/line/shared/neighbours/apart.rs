//! Edges of two areas that face each other closely and are not the same: a border whose two sides
//! were drawn apart.

use crate::geodesy::earth::ROUGH_DEGREE_M;
use std::collections::BTreeMap;

use geo::Coord;
use rayon::prelude::*;
use rstar::{AABB, RTree};

use super::class::{ALONE, Class};
use super::near::{Close, Indexed};
use super::{DrawnApart, Outlines};
use crate::geodesy::Geodesic;
use crate::line::shared::area::Edge;
use crate::quantity::Metres;

/// Edges within this distance may be two drawings of one border.
pub(super) const WITHIN_M: f64 = 100.0;

/// The areas that face each other, and for which length: edges that only one area has, whose middle
/// is near an edge of another area in the opposite direction. Lengths below twice the distance are
/// ignored.
pub(super) fn found(
    outlines: &Outlines,
    geodesic: &Geodesic,
    tree: &RTree<Indexed>,
    close: &[Close],
    of_edges: &[Class],
) -> Vec<DrawnApart> {
    let is_alone = |edge: usize| of_edges[edge] == ALONE;
    let lone: Vec<Close> = close.iter().copied().filter(|it| is_alone(it.edge)).collect();
    let faced = |it: &Close| faced(outlines, tree, it, is_alone);
    let other: Vec<_> = lone.par_iter().map(faced).collect();
    let mut lengths: BTreeMap<[usize; 2], [f64; 2]> = BTreeMap::new();
    for (it, other) in lone.iter().zip(other) {
        let Some(other) = other else { continue };
        let length_m = geodesic.sound_length(&outlines.ends(it.edge)).value();
        let areas = [it.area.min(other), it.area.max(other)];
        lengths.entry(areas).or_default()[usize::from(it.area > other)] += length_m;
    }
    // Both sides have about the same length, but one may have long edges whose middle is not near.
    let facing = lengths.into_iter().map(|(areas, [first, second])| DrawnApart {
        areas,
        length: Metres::new(first.max(second)),
    });
    facing.filter(|it| it.length.value() >= 2.0 * WITHIN_M).collect()
}

/// The area with a lone edge near the middle of an edge, in the opposite direction.
fn faced(
    outlines: &Outlines,
    tree: &RTree<Indexed>,
    close: &Close,
    is_alone: impl Fn(usize) -> bool,
) -> Option<usize> {
    let [from, to] = outlines.ends(close.edge);
    let own = Edge::new(from, to);
    let middle = own.at(0.5);
    // At the poles all longitudes are near.
    let shrink = middle.y.to_radians().cos().max(1e-6);
    let reach = [WITHIN_M / ROUGH_DEGREE_M / shrink, WITHIN_M / ROUGH_DEGREE_M];
    let flat = |at: Coord| Coord { x: at.x * shrink, y: at.y };
    let around = AABB::from_corners(
        [middle.x - reach[0], middle.y - reach[1]],
        [middle.x + reach[0], middle.y + reach[1]],
    );
    let other = |found: &&Indexed| {
        let (edge, it) = (found.geom(), found.data);
        let is_other = it.area != close.area && is_alone(it.edge) && edge.is_against(&own);
        let flattened = Edge { from: flat(edge.from), to: flat(edge.to) };
        is_other && flattened.distance(flat(middle)) * ROUGH_DEGREE_M <= WITHIN_M
    };
    // The lowest number, whatever the order in the tree.
    tree.locate_in_envelope_intersecting(&around).filter(other).map(|it| it.data.area).min()
}
