//! A reading as a depiction: cut into the segments of a dossier, to be measured like any line.

use geo::Coord;

use super::depiction::{ROUNDING_M, as_dossier_runs, joints, pieces};
use super::fitness::Fitness;
use super::{Depiction, Dossier, LawReading, Piece, SegmentJoint};
use crate::drawn::Provenance;
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::io::Fixes;
use crate::line::{Line, LineFault};
use crate::quantity::Metres;

impl Depiction {
    /// The line of a reading. Where it has as many edges as the dossier has segments, each edge is the
    /// segment of its number; otherwise segments end at the places nearest to the ends that they have
    /// on the dossier's line, however far these are.
    ///
    /// # Errors
    /// A [`LineFault`] for a line that cannot be cut there.
    pub(crate) fn of_reading(dossier: &Dossier, reading: &LawReading) -> Result<Self, LineFault> {
        let (line, reversed) = as_dossier_runs(reading.line.clone(), dossier);
        let (pieces, joints) = if reading.edges.len() == dossier.segments.len() {
            by_edges(&reading.edges, reversed)
        } else {
            by_places(dossier, &line)?
        };
        Ok(Self {
            provenance: Provenance {
                title: reading.name(),
                origin: reading.list.clone(),
                sha256: reading.sha256.clone(),
            },
            is_own: false,
            accuracy_m: reading.accuracy_m,
            accuracy_basis: "as its list and the system of its points say".to_owned(),
            reversed,
            rearranged: false,
            line,
            pieces,
            joints,
            gaps: Vec::new(),
            extras: Vec::new(),
            fitness: Fitness::constructed(),
            snapping_deg: None,
            fixes: Fixes::default(),
        })
    }
}

/// One piece for each edge.
fn by_edges(edges: &[Vec<Coord>], reversed: bool) -> (Vec<Piece>, Vec<SegmentJoint>) {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let mut paths = edges.to_vec();
    if reversed {
        paths.reverse();
        paths.iter_mut().for_each(|path| path.reverse());
    }
    let mut from = Metres::new(0.0);
    let (mut pieces, mut joints) = (Vec::with_capacity(paths.len()), Vec::new());
    for (i, path) in paths.into_iter().enumerate() {
        let to = from + geodesic.sound_length(&path);
        if i > 0 {
            // The corner is where the words have it.
            let distance = Metres::new(0.0);
            let joint =
                SegmentJoint { segment: i, distance, located: true, chainage: from, along_m: 0.0 };
            joints.push(joint);
        }
        pieces.push(Piece { segments: i..i + 1, from, to, path });
        from = to;
    }
    (pieces, joints)
}

/// The line cut at the places nearest to where segments end on the dossier's line. How far that is
/// says how uncertain the cut is.
fn by_places(dossier: &Dossier, line: &Line) -> Result<(Vec<Piece>, Vec<SegmentJoint>), LineFault> {
    let mut found = joints(dossier, line, f64::INFINITY, 0.0);
    for joint in &mut found {
        joint.along_m = joint.along_m.hypot(joint.distance.value().max(ROUNDING_M));
    }
    Ok((pieces(line, &found, dossier.segments.len())?, found))
}
