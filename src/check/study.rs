//! A study: a dossier and a depiction of its line, measured once. Checks, reports, layers and pages
//! read it; none of them measures the line again.

use std::sync::{Arc, OnceLock};

use super::ground::{Followed, Ground};
use super::reading::StudiedReading;
use super::transfer::{Transfer, transfers};
use super::{CHECKS, Check, Finding, Findings};
use crate::compare::{Comparison, Settings};
use crate::dossier::{Depiction, Dossier, LineCurves, Measurement, Piece, Segment};
use crate::geodesy::Method;
use crate::problem::Problems;
use crate::quantity::{Interval, Metres};
use crate::resolution::{Curves, ladder};

/// A dossier, a depiction of its line, and that line measured.
#[derive(Debug, Clone)]
pub struct Study<'a> {
    /// The dossier.
    pub(crate) dossier: &'a Dossier,
    /// The line, its own or another.
    pub(crate) depiction: Arc<Depiction>,
    /// The line measured.
    pub(crate) measurement: Measurement,
    /// Other depictions of the same boundary, to compare its length with.
    others: Vec<Depiction>,
    /// How far its segments are from rivers, crests and shores that were given.
    pub(super) followed: Followed,
    /// The land that changed sides.
    pub(crate) transfers: Vec<Transfer<'a>>,
    /// The line at every resolution, once it was asked for.
    curves: OnceLock<LengthCurves>,
    /// The dossier's readings, each measured like this line, once they were asked for.
    readings: OnceLock<Vec<StudiedReading>>,
    /// What lies between the dossier's own line and this one, once it was asked for.
    change: OnceLock<Option<Comparison>>,
}

/// The length of a line at every resolution.
#[derive(Debug, Clone)]
pub(crate) enum LengthCurves {
    /// The dossier's own line, segment by segment.
    Own(LineCurves),
    /// Another line, the segments of which may not be distinguished, as a whole.
    Other(Curves),
}

/// A piece of the line, measured: one segment, or several that could not be distinguished.
pub(crate) struct MeasuredPiece<'s> {
    /// Its segments.
    pub(crate) segments: &'s [Segment],
    /// Where on the line it is.
    pub(crate) piece: &'s Piece,
    /// Its length at full detail.
    pub(crate) length: Metres,
    /// Its length over the measurement band.
    pub(crate) band: Interval,
    /// How much of it is shown to be land by other evidence than its shape.
    pub(crate) land: Metres,
    /// How much of it is shown to be water.
    pub(crate) water: Metres,
    /// How much of it is shown to be sea.
    pub(crate) sea: Metres,
}

impl<'a> Study<'a> {
    /// The dossier with its own line.
    #[must_use]
    pub fn new(dossier: &'a Dossier) -> Self {
        Self::builder(dossier).build()
    }

    /// The dossier with another line, method or lines to compare with than by default.
    ///
    /// ```
    /// use treatyline::Dossier;
    /// use treatyline::check::Study;
    /// use treatyline::geodesy::Method;
    ///
    /// let dossier = Dossier::embedded();
    /// let (study, findings) = Study::builder(dossier).method(Method::Karney).check();
    /// findings.assert_consistent("length/total");
    /// assert!(study.measurement().band().contains(1_782_750.0));
    /// ```
    pub const fn builder(dossier: &'a Dossier) -> StudyBuilder<'a> {
        StudyBuilder {
            dossier,
            line: None,
            method: Method::Series,
            others: Vec::new(),
            followed: Followed::NONE,
            with_curves: false,
        }
    }

    /// The dossier.
    #[doc(hidden)]
    #[must_use]
    pub fn dossier(&self) -> &'a Dossier {
        self.dossier
    }

    /// The line, its own or another.
    #[doc(hidden)]
    #[must_use]
    pub fn depiction(&self) -> &Depiction {
        &self.depiction
    }

    /// The line measured.
    #[must_use]
    pub fn measurement(&self) -> &Measurement {
        &self.measurement
    }

    /// Runs every check. The findings come in a fixed order: by kind, then as the
    /// dossier lists what they are about.
    #[must_use]
    pub fn check(&self) -> Findings {
        let given =
            Given { dossier: self.dossier, depiction: &self.depiction, others: &self.others };
        let (measured, unmeasured) = rayon::join(|| self.check_measured(), || given.check());
        together(measured, unmeasured)
    }

    fn measured(dossier: &'a Dossier, depiction: Arc<Depiction>, method: Method) -> Self {
        Self {
            dossier,
            measurement: Measurement::by(method, dossier, &depiction),
            depiction,
            others: Vec::new(),
            followed: Followed::NONE,
            transfers: transfers(dossier),
            curves: OnceLock::new(),
            readings: OnceLock::new(),
            change: OnceLock::new(),
        }
    }

    fn check_measured(&self) -> Vec<Vec<Finding>> {
        let findings = |check: &Check| match check {
            Check::Measured(check) => check(self),
            Check::Given(_) => Vec::new(),
        };
        CHECKS.iter().map(findings).collect()
    }

    /// The pieces of the line, start to end.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = MeasuredPiece<'_>> {
        let measured = self.measurement.pieces().zip(&self.depiction.pieces);
        measured.filter_map(|((range, [full, fine, coarse]), piece)| {
            let [land, water, sea] = Measurement::shown_of(self.dossier, &range);
            Some(MeasuredPiece {
                segments: self.dossier.segments.get(range)?,
                piece,
                length: full,
                band: Interval::spanning(fine.value(), coarse.value())?,
                land: full * land,
                water: full * water,
                sea: full * sea,
            })
        })
    }

    /// The line at every resolution: measured when first asked for, unless it was with the checks.
    pub(crate) fn curves(&self) -> &LengthCurves {
        self.curves.get_or_init(|| LengthCurves::new(self.dossier, &self.depiction))
    }

    /// The lines that the words of the law allow, measured when first asked for.
    pub(crate) fn readings(&self) -> &[StudiedReading] {
        self.readings.get_or_init(|| StudiedReading::all(self))
    }

    /// The same dossier with the line of a reading, measured in the same way.
    pub(super) fn of_reading(&self, depiction: Depiction) -> Self {
        Self {
            dossier: self.dossier,
            measurement: Measurement::by(self.measurement.method, self.dossier, &depiction),
            depiction: Arc::new(depiction),
            others: Vec::new(),
            followed: Followed::NONE,
            transfers: Vec::new(),
            curves: OnceLock::new(),
            readings: OnceLock::new(),
            change: OnceLock::new(),
        }
    }

    /// What lies between the dossier's own line and this one, compared when first asked for; `None`
    /// for the dossier's own line, and for a line that is not near it.
    #[doc(hidden)]
    #[must_use]
    pub fn change(&self) -> Option<&Comparison> {
        self.change.get_or_init(|| change(self.dossier, &self.depiction)).as_ref()
    }
}

/// The comparison of the dossier's own line with another one.
fn change(dossier: &Dossier, depiction: &Depiction) -> Option<Comparison> {
    if depiction.is_own {
        return None;
    }
    let lines = [&Depiction::own(dossier), depiction];
    let [old, new] = lines.map(Depiction::as_drawn);
    let accuracies = lines.map(|line| Some(Metres::new(line.accuracy_m)));
    let settings = Settings { accuracies, ..Settings::default() };
    Comparison::new(&old, &new, &settings).ok()
}

impl LengthCurves {
    fn new(dossier: &Dossier, depiction: &Depiction) -> Self {
        if depiction.is_own {
            return Self::Own(LineCurves::new(dossier));
        }
        let rungs = ladder(&[]);
        let curves: Vec<Curves> =
            depiction.line.stretches().map(|stretch| Curves::new(stretch, &rungs)).collect();
        Self::Other(Curves::sum(&curves))
    }
}

/// What a [`Study`] is made of: by default the dossier's own line, measured by the series.
#[derive(Debug, Clone)]
#[must_use]
pub struct StudyBuilder<'a> {
    dossier: &'a Dossier,
    line: Option<Depiction>,
    method: Method,
    others: Vec<Depiction>,
    followed: Followed,
    with_curves: bool,
}

impl<'a> StudyBuilder<'a> {
    /// Another depiction of the dossier's line.
    pub fn line(self, depiction: Depiction) -> Self {
        Self { line: Some(depiction), ..self }
    }

    /// How edges are measured.
    pub fn method(self, method: Method) -> Self {
        Self { method, ..self }
    }

    /// Other depictions of the boundary, to compare the length with.
    #[doc(hidden)]
    pub fn compared_with(self, others: Vec<Depiction>) -> Self {
        Self { others, ..self }
    }

    /// Compares segments with the rivers, crests and shores that they are said to follow. The line
    /// has to be named before.
    ///
    /// # Errors
    /// [`Problems`] where the relief cannot be read.
    pub fn on_ground(self, ground: &mut Ground) -> Result<Self, Problems> {
        let followed = match &self.line {
            Some(line) => ground.followed(self.dossier, line)?,
            None => ground.followed(self.dossier, &Depiction::own(self.dossier))?,
        };
        Ok(Self { followed, ..self })
    }

    /// Measures the line at every resolution too, as a page shows it. By default that waits until
    /// it is asked for; here it is done at the same time as the checks.
    #[doc(hidden)]
    pub fn with_curves(self, with_curves: bool) -> Self {
        Self { with_curves, ..self }
    }

    /// Measures the line.
    #[must_use]
    pub fn build(self) -> Study<'a> {
        let depiction = Arc::new(self.line.unwrap_or_else(|| Depiction::own(self.dossier)));
        let study = Study::measured(self.dossier, depiction, self.method);
        Study { others: self.others, followed: self.followed, ..study }
    }

    /// Measures the line and runs every check. The findings are those of [`Study::check`], but
    /// checks that need no measurement do not wait for it.
    #[doc(hidden)]
    #[must_use]
    pub fn check(self) -> (Study<'a>, Findings) {
        let Self { dossier, line, method, others, followed, with_curves } = self;
        let depiction = Arc::new(line.unwrap_or_else(|| Depiction::own(dossier)));
        let given = Given { dossier, depiction: &depiction, others: &others };
        let (curves, ((study, measured), unmeasured)) = rayon::join(
            || with_curves.then(|| LengthCurves::new(dossier, &depiction)),
            || {
                rayon::join(
                    || {
                        let study = Study::measured(dossier, Arc::clone(&depiction), method);
                        let study = Study { followed, ..study };
                        let measured = study.check_measured();
                        (study, measured)
                    },
                    || given.check(),
                )
            },
        );
        let curves = curves.map_or_else(OnceLock::new, OnceLock::from);
        (Study { others, curves, ..study }, together(measured, unmeasured))
    }
}

/// The parts of a study that exist before anything is measured.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) dossier: &'a Dossier,
    pub(super) depiction: &'a Depiction,
    pub(super) others: &'a [Depiction],
}

impl Given<'_> {
    /// Datum operations and Karney's method take about as long as measuring the line and all other
    /// checks together; datum operations also take much memory.
    fn check(&self) -> Vec<Vec<Finding>> {
        let findings = |check: &Check| match check {
            Check::Given(check) => check(self),
            Check::Measured(_) => Vec::new(),
        };
        CHECKS.iter().map(findings).collect()
    }
}

fn together(measured: Vec<Vec<Finding>>, given: Vec<Vec<Finding>>) -> Findings {
    let each = measured.into_iter().zip(given);
    Findings::new(each.flat_map(|(measured, given)| measured.into_iter().chain(given)).collect())
}
