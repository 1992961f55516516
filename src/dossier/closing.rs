//! The edge that makes a ring of a line whose ends are apart.
//!
//! Some programs close every line, or save a boundary as the polygon they fill. The edge from its
//! last place back to its first is then no boundary.

use std::collections::BTreeMap;

use geo::Coord;

use super::Dossier;
use super::detail::Spacing;
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::line::Line;

/// The edge that closes the lines of a file, if there is one that their spacing does not explain and
/// that leaves the dossier's line; `within_m` is how far both lines may be off together.
pub(super) fn closing_edge(
    dossier: &Dossier,
    lines: &[Vec<Coord>],
    within_m: f64,
) -> Option<[Coord; 2]> {
    let own = &dossier.line;
    if own.stretches().any(|stretch| stretch.first() == stretch.last()) {
        return None;
    }
    let is_ring = |line: &[Coord]| line.len() > 3 && line.first() == line.last();
    let all_close = are_paired(lines);
    let rings = || lines.iter().map(Vec::as_slice).filter(|line| all_close || is_ring(line));
    rings().next()?;
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let spacing = Spacing::new(lines.iter().map(Vec::as_slice));
    let edges = rings().flat_map(|line| line.windows(2)).map(|ends| [ends[0], ends[1]]);
    let far = edges.map(|ends| (geodesic.sound_length(&ends).value(), ends));
    let (length_m, [from, to]) =
        far.filter(|(m, _)| spacing.is_exceeded_by(*m)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    let is_off = |at: Coord| own.locate(at).distance.value() > within_m;
    let leaves = is_off(geodesic.between(from, to, 0.5));
    (length_m > 2.0 * within_m && leaves).then_some([from, to])
}

/// Whether each end of a line is that of another one, too, or its own.
fn are_paired(lines: &[Vec<Coord>]) -> bool {
    let mut counts: BTreeMap<[u64; 2], usize> = BTreeMap::new();
    for at in lines.iter().flat_map(|line| [line.first(), line.last()]).flatten() {
        *counts.entry([at.x.to_bits(), at.y.to_bits()]).or_default() += 1;
    }
    counts.values().all(|count| count % 2 == 0)
}

/// The lines without an edge; a ring then begins behind it.
pub(super) fn without_edge(lines: &[Vec<Coord>], [from, to]: [Coord; 2]) -> Vec<Vec<Coord>> {
    let mut rest = Vec::with_capacity(lines.len() + 1);
    for line in lines {
        let Some(at) = line.windows(2).position(|ends| ends == [from, to]) else {
            rest.push(line.clone());
            continue;
        };
        let (before, behind) = line.split_at(at + 1);
        if line.first() == line.last() {
            let around = behind.iter().chain(before.iter().skip(1));
            rest.push(around.copied().collect());
        } else {
            rest.extend([before, behind].map(<[Coord]>::to_vec));
        }
    }
    rest.retain(|line| Line::new(line.clone()).is_ok());
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_without_an_edge_begins_behind_it() {
        let path = |places: &[f64]| -> Vec<Coord> {
            places.iter().map(|at| Coord { x: *at, y: at * at }).collect()
        };
        let edge = [3.0, 4.0].map(|at| path(&[at])[0]);
        let cut = |places: &[f64]| without_edge(&[path(places)], edge);
        assert_eq!(cut(&[1.0, 2.0, 3.0, 4.0, 1.0]), [path(&[4.0, 1.0, 2.0, 3.0])]);
        assert_eq!(cut(&[1.0, 2.0, 3.0, 4.0]), [path(&[1.0, 2.0, 3.0])]);
        assert_eq!(cut(&[2.0, 3.0, 4.0, 5.0]), [path(&[2.0, 3.0]), path(&[4.0, 5.0])]);
        assert!(cut(&[3.0, 4.0]).is_empty());
        assert!(are_paired(&[path(&[1.0, 2.0]), path(&[2.0, 3.0, 1.0])]));
        assert!(!are_paired(&[path(&[1.0, 2.0]), path(&[2.0, 3.0])]));
    }
}
