//! A line as a data set draws it: its parts joined in order, and the facts its makers state.

use geo::Coord;

use super::Provenance;
use super::lines::{self, Lines};
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::io::{FixKind, Fixes, Input};
use crate::line::{Extra, ExtraKind, Line, SNAPPING_DEG, without_extras};
use crate::problem::{Fault, Problems};
use crate::quantity::Metres;
use crate::wording::{distance, number};

/// A line read from a file: its LineStrings and MultiLineStrings, in order, as one.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DrawnLine {
    /// Its title, if the collection or its first feature has one.
    pub title: Option<String>,
    /// Where it was read from.
    #[doc(hidden)]
    pub origin: String,
    /// SHA-256 of the bytes it was read from.
    #[doc(hidden)]
    pub digest: String,
    /// The denominator of the scale it was drawn for, if `nominal_scale` says so.
    #[doc(hidden)]
    pub nominal_scale: Option<f64>,
    /// The line.
    pub line: Line,
    /// Whether its parts had to be put in order, or turned, to follow one another.
    pub(crate) rearranged: bool,
    /// Places where one part does not begin where the last ended. The line is missing there, unless
    /// a gap has been bridged.
    #[doc(hidden)]
    pub gaps: Vec<Gap>,
    /// What the file has besides the line: pieces that are there twice, spurs, loops; and pieces
    /// that may be such and stay.
    pub(crate) extras: Vec<Extra>,
    /// The parts it was joined from; empty if it was made otherwise.
    pub(crate) parts: Vec<Vec<Coord>>,
    /// The lines of the file, before anything was left out; empty if it was made otherwise.
    pub(crate) given: Vec<Vec<Coord>>,
    /// How near to each other, in degrees, the outlines of two polygons had to be.
    pub(crate) snapping_deg: f64,
    /// What was changed or left out when it was read.
    pub fixes: Fixes,
}

/// A gap between two parts of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// Where it begins.
    pub at: Coord,
    /// How wide it is.
    pub width: Metres,
    /// Whether it has been bridged by a geodesic edge, which is then part of the line.
    pub bridged: bool,
}

/// A positional accuracy, and the reason for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Accuracy {
    /// How far a point of the line may be from its true place.
    pub within: Metres,
    /// The reason for that, for people.
    pub(crate) basis: String,
}

/// 0.5 mm on the map: the accuracy of a line if only its nominal scale is known.
const DRAWING_ACCURACY_M: f64 = 0.5e-3;

/// What the denominator of a scale must be.
pub(crate) const SCALE: &str = "the denominator of a scale between 1 and 1,000,000,000";

/// Whether a number can be the denominator of a map's scale.
pub(crate) fn is_scale(denominator: f64) -> bool {
    (1.0..=1e9).contains(&denominator)
}

impl From<Line> for DrawnLine {
    /// A line that is in memory: as one stretch or several, without a title.
    fn from(line: Line) -> Self {
        let stretches: Vec<Vec<Coord>> = line.stretches().map(<[Coord]>::to_vec).collect();
        Self {
            title: None,
            origin: String::new(),
            digest: String::new(),
            nominal_scale: None,
            line,
            rearranged: false,
            gaps: gaps(&stretches),
            extras: Vec::new(),
            parts: Vec::new(),
            given: Vec::new(),
            snapping_deg: SNAPPING_DEG,
            fixes: Fixes::default(),
        }
    }
}

impl DrawnLine {
    /// Where it comes from.
    #[doc(hidden)]
    #[must_use]
    pub fn provenance(&self) -> Provenance {
        Provenance {
            title: self.title.as_ref().unwrap_or(&self.origin).clone(),
            origin: self.origin.clone(),
            sha256: self.digest.clone(),
        }
    }

    /// Reads a line, in any format of [`read`](crate::io::read()), or the boundary that two
    /// polygons share, their vertices one within [`SNAPPING_DEG`].
    ///
    /// # Errors
    /// [`Problems`] where the input cannot be read or holds no line.
    pub fn read(input: impl Into<Input>) -> Result<Self, Problems> {
        Self::snapped(input, SNAPPING_DEG)
    }

    /// Reads a line, or the boundary that two polygons share, with another tolerance.
    ///
    /// # Units
    /// `tolerance_deg` in degrees; see `Area::shared_with`.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn snapped(input: impl Into<Input>, tolerance_deg: f64) -> Result<Self, Problems> {
        Self::of_files(&[input.into()], tolerance_deg)
    }

    /// The same for one file, or for two, of which each holds the polygons of one country.
    ///
    /// # Units
    /// `tolerance_deg` in degrees.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    #[doc(hidden)]
    pub fn of_files(inputs: &[Input], tolerance_deg: f64) -> Result<Self, Problems> {
        let data = lines::read(inputs, tolerance_deg)?;
        let parts = lines::lines(&data)?;
        if inputs.iter().any(|input| input.is_strict()) {
            parts.fixes.refused(&data.name)?;
        }
        let gaps = gaps(&parts.lines[..parts.lines.len() - parts.branches]);
        let line = Line::of_stretches(parts.lines)
            .map_err(|fault| data.problem("", Fault::Line(fault)))?;
        Ok(Self {
            title: lines::title(&data).map(str::to_owned),
            nominal_scale: lines::scale(&data),
            origin: data.name,
            digest: data.digest,
            line,
            rearranged: parts.rearranged,
            gaps,
            extras: parts.extras,
            parts: parts.parts,
            given: parts.given,
            snapping_deg: tolerance_deg,
            fixes: parts.fixes,
        })
    }

    /// The same line without the parts that do not belong to the wanted one, and without the extras
    /// of these parts. The parts are counted. If none belongs, all stay.
    pub(crate) fn only(self, belongs: impl Fn(&[Coord]) -> bool) -> Self {
        let (kept, others): (Vec<Vec<Coord>>, Vec<Vec<Coord>>) =
            self.parts.iter().cloned().partition(|part| belongs(part));
        if others.is_empty() || kept.is_empty() {
            return self;
        }
        let extras = nearer_to(&kept, &others, self.extras.clone());
        let others: Vec<&[Coord]> = others.iter().map(Vec::as_slice).collect();
        let mut fixes = self.fixes.clone();
        lines::add_pieces(FixKind::OtherLine, &others, &mut fixes);
        self.put_together(kept, extras, fixes)
    }

    /// The same line without an edge that makes a ring of it, which is counted. `without_edge`
    /// takes it from the lines of the file.
    pub(crate) fn without_edge(
        self,
        edge: [Coord; 2],
        without_edge: impl Fn(&[Vec<Coord>], [Coord; 2]) -> Vec<Vec<Coord>>,
    ) -> Self {
        let (parts, extras) = without_extras(without_edge(&self.given, edge));
        let mut fixes = self.fixes.clone();
        lines::add_pieces(FixKind::ClosingEdge, &[&edge], &mut fixes);
        self.put_together(parts, extras, fixes)
    }

    /// The line of other parts; the same line if these are none.
    fn put_together(self, parts: Vec<Vec<Coord>>, extras: Vec<Extra>, fixes: Fixes) -> Self {
        let Lines { lines: stretches, branches, rearranged, parts, extras, fixes, .. } =
            lines::put_together(parts, extras, fixes);
        let gaps = gaps(&stretches[..stretches.len() - branches]);
        let Ok(line) = Line::of_stretches(stretches) else { return self };
        Self { line, rearranged, gaps, extras, fixes, parts, ..self }
    }

    /// The same line with the gaps bridged that are no wider than this, and those that are already.
    pub(crate) fn bridged(self, widest: Metres) -> Self {
        if self.gaps.iter().all(|gap| gap.bridged || gap.width > widest) {
            return self;
        }
        let mut stretches: Vec<Vec<Coord>> = Vec::new();
        let mut is_bridged = false;
        let mut gaps = self.gaps.clone();
        // After the last of them there is none, nor before a branch.
        let widths = gaps.iter_mut().filter(|gap| !gap.bridged).map(Some);
        let widths = widths.chain(std::iter::repeat_with(|| None));
        for (stretch, gap) in self.line.stretches().zip(widths) {
            match stretches.last_mut().filter(|_| is_bridged) {
                Some(before) => before.extend(stretch),
                None => stretches.push(stretch.to_vec()),
            }
            is_bridged = gap.is_some_and(|gap| {
                gap.bridged = gap.width <= widest;
                gap.bridged
            });
        }
        let line = Line::of_stretches(stretches);
        line.map_or_else(|_| self.clone(), |line| Self { line, gaps, ..self.clone() })
    }

    /// Its accuracy: 0.5 mm at its nominal scale, if that is known.
    #[doc(hidden)]
    #[must_use]
    pub fn accuracy(&self) -> Option<Accuracy> {
        self.nominal_scale.map(|scale| Accuracy {
            within: Metres::new(scale * DRAWING_ACCURACY_M),
            basis: format!("0.5 mm at its nominal scale of 1:{}", number(scale, 0)),
        })
    }

    /// The accuracy of the operation that brought it to WGS 84, if there was one.
    pub(crate) fn placed_by_operation(&self) -> Option<Accuracy> {
        let operation_m = self.fixes.conversion_accuracy_m();
        let basis = "for the operation to WGS 84 alone".to_owned();
        (operation_m > 0.0).then(|| Accuracy { within: Metres::new(operation_m), basis })
    }

    /// The accuracy with which its points are placed on WGS 84: `own`, that within its own
    /// coordinate system, and that of the operation which brought it from there.
    pub(crate) fn placed(&self, own: Accuracy) -> Accuracy {
        let operation_m = self.fixes.conversion_accuracy_m();
        if operation_m <= 0.0 {
            return own;
        }
        let Accuracy { within, basis } = own;
        let of_operation = distance(operation_m);
        Accuracy {
            within: within + Metres::new(operation_m),
            basis: format!("{basis}, and {of_operation} for the operation to WGS 84"),
        }
    }
}

/// The extras that belong to `parts` and not to `others`: one of their ends is nearer to `parts`.
fn nearer_to(parts: &[Vec<Coord>], others: &[Vec<Coord>], extras: Vec<Extra>) -> Vec<Extra> {
    // Where a joined line runs along itself is found anew.
    let of_parts = |extra: &Extra| {
        !matches!(extra.kind, ExtraKind::Copy | ExtraKind::Alongside | ExtraKind::Branch)
    };
    let lines = [parts, others].map(|parts| Line::of_stretches(parts.to_vec()));
    let [Ok(line), Ok(others)] = lines else { return Vec::new() };
    let is_of = |extra: &Extra| {
        let ends = [extra.path.first(), extra.path.last()];
        let least = |line: &Line| {
            let ends = ends.into_iter().flatten();
            ends.map(|at| line.locate(*at).distance.value()).fold(f64::INFINITY, f64::min)
        };
        least(&line) <= least(&others)
    };
    extras.into_iter().filter(of_parts).filter(is_of).collect()
}

/// The gaps between lines that follow one another.
fn gaps(lines: &[Vec<Coord>]) -> Vec<Gap> {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let gap = |end: &[Coord], begin: &[Coord]| {
        let (end, begin) = (*end.last()?, *begin.first()?);
        Some(Gap { at: end, width: geodesic.distance(end, begin), bridged: false })
    };
    lines.windows(2).filter_map(|pair| gap(&pair[0], &pair[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Input;

    fn drawn(text: &str) -> Result<DrawnLine, Problems> {
        DrawnLine::read(Input::bytes("test.geojson", text.as_bytes()))
    }

    #[test]
    fn parts_are_joined_in_order_and_gaps_are_kept() {
        let text = r#"{"type":"MultiLineString","coordinates":
            [[[80,45],[80,46]],[[80,46],[80,47]],[[80.01,47],[80,48]]]}"#;
        let found = drawn(text).unwrap();
        assert_eq!(found.line.vertices().len(), 5);
        assert_eq!(found.gaps.len(), 1);
        assert!((found.gaps[0].width.value() - 760.0).abs() < 5.0);
        assert_eq!(found.accuracy(), None);
    }

    #[test]
    fn the_scale_gives_the_accuracy() {
        let text = |scale: &str| {
            format!(
                r#"{{"type":"Feature","properties":{{"nominal_scale":{scale},"title":"A"}},
                "geometry":{{"type":"LineString","coordinates":[[80,45],[80,46]]}}}}"#
            )
        };
        let found = drawn(&text("1000000")).unwrap();
        assert_eq!(found.title.as_deref(), Some("A"));
        assert_eq!(found.accuracy().unwrap().within, Metres::new(500.0));
        assert_eq!(drawn(&text("0")).unwrap().accuracy(), None);
        assert_eq!(drawn(&text("\"1:1M\"")).unwrap().accuracy(), None);
    }

    #[test]
    fn what_is_no_line_is_refused() {
        for text in [
            r#"{"type":"Point","coordinates":[80,45]}"#,
            r#"{"type":"FeatureCollection","features":[]}"#,
            r#"{"type":"LineString","coordinates":[[80,45]]}"#,
            r#"{"type":"MultiLineString","coordinates":[[]]}"#,
        ] {
            assert!(drawn(text).is_err(), "{text}");
        }
    }
}
