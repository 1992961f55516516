//! A depiction: some line, cut into the segments of a dossier.
//!
//! The dossier's own line is one. Another data set's line becomes one by locating
//! the ends of the segments on it and cutting it there.

use std::ops::Range;

use geo::{BoundingRect, Coord, Intersects, LineString};

use super::Dossier;
use super::closing::{closing_edge, without_edge};
use super::fitness::{self, Fitness};
use crate::drawn::{Accuracy, DrawnLine, Gap, Provenance};
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::io::{Fixes, Input};
use crate::line::{Extra, Line, LineFault, SNAPPING_DEG, extras};
use crate::problem::{Fault, Problem, Problems};
use crate::quantity::Metres;

/// A line with the segments it consists of.
#[derive(Debug, Clone)]
pub struct Depiction {
    /// Where it comes from.
    pub(crate) provenance: Provenance,
    /// Whether it is the dossier's own line.
    pub(crate) is_own: bool,
    /// Its positional accuracy in metres.
    pub(crate) accuracy_m: f64,
    /// The reason for that accuracy.
    pub(crate) accuracy_basis: String,
    /// Whether it was drawn from the dossier's end to its start.
    pub(crate) reversed: bool,
    /// Whether its parts had to be put in order, or turned, to follow one another.
    pub(crate) rearranged: bool,
    /// The whole line.
    pub(crate) line: Line,
    /// The line cut up, start to end.
    pub(crate) pieces: Vec<Piece>,
    /// Where segments end on it.
    pub(crate) joints: Vec<SegmentJoint>,
    /// Places where one part of it does not begin where the last ended. A gap that its accuracy can
    /// explain is bridged by a geodesic edge; in the others the line is missing.
    pub(crate) gaps: Vec<Gap>,
    /// What its file has besides the line: pieces that are there twice, spurs, loops; and pieces
    /// that may be such. Nothing of that was left out of the dossier's own line.
    pub(crate) extras: Vec<Extra>,
    /// Whether it is fit for a verdict on a length.
    pub(crate) fitness: Fitness,
    /// How near to each other, in degrees, the outlines of two polygons had to be; none for
    /// the dossier's own line.
    pub(crate) snapping_deg: Option<f64>,
    /// What was changed or left out when it was read.
    pub(crate) fixes: Fixes,
}

/// A stretch of a depiction: one segment, or several that could not be distinguished.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The segments it consists of, by their place in the dossier.
    pub segments: Range<usize>,
    /// Where it begins.
    pub from: Metres,
    /// Where it ends.
    pub to: Metres,
    /// Its vertices.
    pub path: Vec<Coord>,
}

/// The place on a depiction where one segment ends and the next begins.
#[derive(Debug, Clone, Copy)]
pub struct SegmentJoint {
    /// The segment that begins here.
    pub(crate) segment: usize,
    /// Distance from the dossier's joint to the nearest point of the line.
    pub(crate) distance: Metres,
    /// Whether that is within the two lines' accuracy.
    pub located: bool,
    /// Where on the line.
    pub(crate) chainage: Metres,
    /// How far that may be from the true place along the line, in metres.
    pub(crate) along_m: f64,
}

impl Depiction {
    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.provenance.title
    }

    /// Where it was read from.
    #[doc(hidden)]
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.provenance.origin
    }

    /// SHA-256 of the bytes it was read from.
    #[doc(hidden)]
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.provenance.sha256
    }

    /// Whether it is the dossier's own line.
    #[doc(hidden)]
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.is_own
    }

    /// Its positional accuracy in metres.
    #[doc(hidden)]
    #[must_use]
    pub fn accuracy_m(&self) -> f64 {
        self.accuracy_m
    }

    /// The whole line.
    #[must_use]
    pub fn line(&self) -> &Line {
        &self.line
    }

    /// The line cut up, start to end.
    #[doc(hidden)]
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Where segments end on it.
    #[doc(hidden)]
    #[must_use]
    pub fn joints(&self) -> &[SegmentJoint] {
        &self.joints
    }

    /// Places where one part of it does not begin where the last ended. A gap that its accuracy can
    /// explain is bridged by a geodesic edge; in the others the line is missing.
    #[doc(hidden)]
    #[must_use]
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// How near to each other, in degrees, the outlines of two polygons had to be; none for
    /// the dossier's own line.
    #[doc(hidden)]
    #[must_use]
    pub fn snapping_deg(&self) -> Option<f64> {
        self.snapping_deg
    }

    /// What was changed or left out when it was read.
    #[must_use]
    pub fn fixes(&self) -> &Fixes {
        &self.fixes
    }
    /// The line by itself, as a comparison takes it.
    #[doc(hidden)]
    #[must_use]
    pub fn as_drawn(&self) -> DrawnLine {
        DrawnLine {
            title: Some(self.provenance.title.clone()),
            origin: self.provenance.origin.clone(),
            digest: self.provenance.sha256.clone(),
            nominal_scale: None,
            line: self.line.clone(),
            rearranged: false,
            gaps: self.gaps.clone(),
            extras: self.extras.clone(),
            parts: Vec::new(),
            given: Vec::new(),
            snapping_deg: self.snapping_deg.unwrap_or(SNAPPING_DEG),
            fixes: self.fixes.clone(),
        }
    }

    /// The dossier's own line.
    #[doc(hidden)]
    #[must_use]
    pub fn own(dossier: &Dossier) -> Self {
        let (pieces, joints) = own_pieces(dossier);
        let extras = extras(dossier.line.stretches().map(<[Coord]>::to_vec).collect());
        Self {
            provenance: dossier.provenance(),
            is_own: true,
            accuracy_m: dossier.line_facts.accuracy_m,
            accuracy_basis: dossier.line_facts.accuracy_note.clone(),
            reversed: false,
            rearranged: false,
            line: dossier.line.clone(),
            pieces,
            joints,
            gaps: Vec::new(),
            fitness: Fitness::whole(dossier).with_extras(dossier, &extras),
            extras,
            snapping_deg: None,
            fixes: Fixes::default(),
        }
    }

    /// Another data set's line: LineStrings, in order, of a file in any format, or the
    /// boundary shared by its two polygons.
    ///
    /// Its accuracy is the one given, otherwise 0.5 mm at the `nominal_scale` its
    /// properties may hold, otherwise the dossier's. A segment end is *located* when
    /// it lies within the sum of both accuracies of the line; segments between ends
    /// that are not located stay together.
    ///
    /// # Units
    /// `accuracy_m` in metres.
    ///
    /// # Errors
    /// [`Problems`] where the input cannot be read, holds anything but lines or no line at
    /// all, or a line whose extent has nothing in common with that of the dossier's.
    pub fn locate(
        dossier: &Dossier,
        input: impl Into<Input>,
        accuracy_m: Option<f64>,
    ) -> Result<Self, Problems> {
        Self::from_drawn(dossier, DrawnLine::read(input)?, accuracy_m)
    }

    /// Another data set's line that has been read: see [`locate`](Self::locate).
    ///
    /// # Units
    /// `accuracy_m` in metres.
    ///
    /// # Errors
    /// A [`Problem`] for a line whose extent has nothing in common with that of the
    /// dossier's.
    #[doc(hidden)]
    pub fn from_drawn(
        dossier: &Dossier,
        drawn: DrawnLine,
        accuracy_m: Option<f64>,
    ) -> Result<Self, Problems> {
        let problem = |fault| Problem::new(drawn.origin.clone(), "", fault);
        belongs(dossier, &drawn.line).map_err(problem)?;
        let own = accuracy(dossier, &drawn, accuracy_m);
        let within_m = own.within.value();
        let Accuracy { within, basis: accuracy_basis } = drawn.placed(own);
        let accuracy_m = within.value();
        let both_m = accuracy_m + dossier.line_facts.accuracy_m;
        let drawn = match closing_edge(dossier, &drawn.given, both_m) {
            Some(edge) => drawn.without_edge(edge, without_edge),
            None => drawn,
        };
        let drawn = drawn
            .only(|part| fitness::belongs(dossier, part, accuracy_m))
            // Both of its ends may be off by that much; an operation moves both alike.
            .bridged(Metres::new(2.0 * within_m));
        let problem = |fault| Problem::new(drawn.origin.clone(), "", fault);
        let bridged = drawn.gaps.iter().filter(|gap| gap.bridged).map(|gap| gap.width).sum();
        let in_doubt = drawn.extras.iter().filter(|extra| extra.kind.is_in_doubt());
        let fitness = Fitness::new(dossier, &drawn.line, [within_m, accuracy_m], bridged)
            .with_extras(dossier, in_doubt);
        if !drawn.parts.iter().any(|part| fitness::belongs(dossier, part, accuracy_m))
            && fitness.is_missing_all(dossier)
        {
            return Err(problem(elsewhere(dossier, &drawn.line)).into());
        }
        let (line, reversed) = as_dossier_runs(drawn.line.clone(), dossier);
        let tolerance_m = accuracy_m + dossier.line_facts.accuracy_m;
        let joints = joints(dossier, &line, tolerance_m, accuracy_m);
        let pieces = pieces(&line, &joints, dossier.segments.len())
            .map_err(|fault| problem(fault.into()))?;
        Ok(Self {
            provenance: drawn.provenance(),
            is_own: false,
            accuracy_m,
            accuracy_basis,
            reversed,
            rearranged: drawn.rearranged,
            line,
            pieces,
            joints,
            gaps: missing(dossier, drawn.gaps, both_m),
            extras: drawn.extras,
            fitness,
            snapping_deg: Some(drawn.snapping_deg),
            fixes: drawn.fixes,
        })
    }
}

/// A line that was read, without those lines of its file that do not run along a dossier's, which
/// are counted as [`FixKind::OtherLine`](crate::io::FixKind::OtherLine). Unchanged if none of them
/// does, or less than a share of their length: then it is no drawing of that boundary.
#[must_use]
pub fn without_other_lines(dossier: &Dossier, drawn: DrawnLine, least_share: f64) -> DrawnLine {
    let accuracy_m = drawn.placed(accuracy(dossier, &drawn, None)).within.value();
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let belongs = |part: &[Coord]| fitness::belongs(dossier, part, accuracy_m);
    let length_m = |part: &Vec<Coord>| geodesic.sound_length(part).value();
    let all_m: f64 = drawn.parts.iter().map(length_m).sum();
    let own_m: f64 = drawn.parts.iter().filter(|part| belongs(part)).map(length_m).sum();
    if own_m < least_share * all_m { drawn } else { drawn.only(belongs) }
}

/// The accuracy of a line within its own system.
fn accuracy(dossier: &Dossier, drawn: &DrawnLine, given_m: Option<f64>) -> Accuracy {
    let of = |within_m: f64, basis: &str| Accuracy {
        within: Metres::new(within_m),
        basis: basis.to_owned(),
    };
    let own = || of(dossier.line_facts.accuracy_m, "not stated, so taken to be the dossier's");
    match given_m {
        Some(given_m) => of(given_m, "as given"),
        None => drawn.accuracy().unwrap_or_else(own),
    }
}

/// The dossier's segments on its own line, and where they join.
pub(crate) fn own_pieces(dossier: &Dossier) -> (Vec<Piece>, Vec<SegmentJoint>) {
    let mut pieces = Vec::with_capacity(dossier.segments.len());
    let mut joints = Vec::new();
    let mut vertex = 0;
    for (i, segment) in dossier.segments.iter().enumerate() {
        // A part that is apart begins with a vertex of its own.
        vertex += usize::from(i > 0 && segment.facts.apart);
        let chainages = dossier.line.chainages();
        let end = vertex + segment.path.len() - 1;
        let (from, to) = (chainages[vertex], chainages[end]);
        pieces.push(Piece { segments: i..i + 1, from, to, path: segment.path.clone() });
        if i > 0 {
            let distance = Metres::new(0.0);
            let along_m = segment.facts.start_m;
            let chainage = from;
            joints.push(SegmentJoint { segment: i, distance, located: true, chainage, along_m });
        }
        vertex = end;
    }
    (pieces, joints)
}

/// The gaps of a line without those between two parts of the dossier's own line, at which nothing is
/// missing.
fn missing(dossier: &Dossier, gaps: Vec<Gap>, both_m: f64) -> Vec<Gap> {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let vertices = dossier.line.vertices();
    let breaks: Vec<[Coord; 2]> =
        dossier.line.breaks().iter().map(|last| [vertices[*last], vertices[last + 1]]).collect();
    let is_near = |a, b| geodesic.distance(a, b).value() <= both_m;
    let is_own = |gap: &Gap| {
        let mut own = breaks.iter().filter(|ends| ends.iter().any(|end| is_near(*end, gap.at)));
        // Both ends may be off.
        own.any(|[end, begin]| {
            (geodesic.distance(*end, *begin) - gap.width).abs().value() <= 2.0 * both_m
        })
    };
    gaps.into_iter().filter(|gap| gap.bridged || !is_own(gap)).collect()
}

/// Whether a line shares some of the dossier's extent. For one that does not, every finding would
/// only be wrong.
fn belongs(dossier: &Dossier, line: &Line) -> Result<(), Fault> {
    let extent =
        |line: &Line| line.vertices().iter().copied().collect::<LineString>().bounding_rect();
    let apart = extent(line).zip(extent(&dossier.line)).is_some_and(|(a, b)| !a.intersects(&b));
    if !apart {
        return Ok(());
    }
    Err(elsewhere(dossier, line))
}

/// The fault for a line of another boundary, with its distance.
fn elsewhere(dossier: &Dossier, line: &Line) -> Fault {
    let step = line.vertices().len().div_ceil(LOOKED_AT);
    let places = line.vertices().iter().step_by(step);
    let distances = places.map(|place| dossier.line.locate(*place).distance.value());
    Fault::Elsewhere { distance_m: distances.fold(f64::INFINITY, f64::min) }
}

/// How far away a refused line is, is measured at this number of its vertices.
const LOOKED_AT: usize = 100;

/// The line in the direction of the dossier's line.
pub(super) fn as_dossier_runs(line: Line, dossier: &Dossier) -> (Line, bool) {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let between = |a, b| geodesic.distance(a, b);
    let own = &dossier.line;
    let along = between(line.start(), own.start()) + between(line.end(), own.end());
    let against = between(line.start(), own.end()) + between(line.end(), own.start());
    if against < along { (line.reversed(), true) } else { (line, false) }
}

/// The dossier's joints on another line, each looked for after the last one found. Places of that line
/// may be off by `placed_m`.
pub(super) fn joints(
    dossier: &Dossier,
    line: &Line,
    tolerance_m: f64,
    placed_m: f64,
) -> Vec<SegmentJoint> {
    let mut passed = Metres::new(0.0);
    let mut joints = Vec::new();
    for (i, segment) in dossier.segments.iter().enumerate().skip(1) {
        let Some(begin) = segment.path.first() else { continue };
        let found = line.locate_between(*begin, passed, line.length());
        let chainage = if found.chainage < passed { passed } else { found.chainage };
        let located = found.distance.value() <= tolerance_m;
        if located {
            passed = chainage;
        }
        let along_m = segment.facts.start_m.hypot(placed_m);
        let distance = found.distance;
        joints.push(SegmentJoint { segment: i, distance, located, chainage, along_m });
    }
    joints
}

/// Lengths that differ by less than this are equal.
pub(super) const ROUNDING_M: f64 = 1e-3;

/// The line cut at the joints that were located, and where a stretch of it ends.
pub(super) fn pieces(
    line: &Line,
    joints: &[SegmentJoint],
    segments: usize,
) -> Result<Vec<Piece>, LineFault> {
    let mut pieces = Vec::new();
    let (mut first, mut from) = (0, Metres::new(0.0));
    let located = joints.iter().filter(|joint| joint.located);
    let ends = located.map(|joint| (joint.segment, joint.chainage));
    for (end, to) in ends.chain([(segments, line.length())]) {
        match line.cut(from, to) {
            Ok(piece) => {
                let mut begin = from;
                for path in piece.stretches() {
                    let length = Line::new(path.to_vec())?.length();
                    // A piece that ends within rounding of the end of the line ends there.
                    let last = (to - begin - length).value().abs() < ROUNDING_M;
                    let until = if last { to } else { begin + length };
                    let path = path.to_vec();
                    pieces.push(Piece { segments: first..end, from: begin, to: until, path });
                    begin = until;
                }
            }
            // The segment is too short to be seen on this line.
            Err(LineFault::NoLength) => {
                pieces.push(Piece { segments: first..end, from, to, path: Vec::new() });
            }
            Err(fault) => return Err(fault),
        }
        (first, from) = (end, to);
    }
    Ok(pieces)
}
