//! Checks: what the dossier says of itself, compared with what is measured.
//!
//! One file per kind. Each takes the same [`Subject`], or the parts of it that exist before
//! anything is measured, and returns findings. No check knows of another one.

mod closure;
mod conflict;
mod distance;
mod division;
mod finding;
mod fit;
pub(crate) mod id;
mod length;
mod medium;
mod method;
mod reached;
mod resolution;
mod side;
mod topology;
mod transfer;
mod tripoint;

pub(crate) use finding::Unfit;
pub use finding::{Basis, Derived, Finding, Findings, Severity, Verdict};
pub use id::FindingId;
pub(crate) use id::{CheckKind, Topic, TripointTest};
pub(crate) use reached::ReachedLength;
pub(crate) use transfer::{Transfer, transfers};

use std::sync::Arc;

use crate::dossier::{Depiction, Dossier, Measurement};
use crate::geodesy::Method;

/// What is checked: a dossier, a depiction of its line, and that line measured.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// The dossier.
    pub(crate) dossier: &'a Dossier,
    /// The line, its own or another.
    pub(crate) depiction: Arc<Depiction>,
    /// The line measured.
    pub(crate) measurement: Measurement,
    /// Other depictions of the same boundary, to compare its length with.
    pub(crate) others: Vec<Depiction>,
}

impl<'a> Subject<'a> {
    /// The dossier.
    #[must_use]
    pub fn dossier(&self) -> &'a Dossier {
        self.dossier
    }

    /// The line, its own or another.
    #[must_use]
    pub fn depiction(&self) -> &Depiction {
        &self.depiction
    }

    /// The line measured.
    #[must_use]
    pub fn measurement(&self) -> &Measurement {
        &self.measurement
    }
    /// The dossier with its own line.
    #[must_use]
    pub fn new(dossier: &'a Dossier) -> Self {
        Self::builder(dossier).build()
    }

    /// The dossier with another line, method or lines to compare with than by default.
    ///
    /// ```
    /// use treatyline::Dossier;
    /// use treatyline::check::Subject;
    /// use treatyline::geodesy::Method;
    ///
    /// let dossier = Dossier::embedded();
    /// let (subject, findings) = Subject::builder(dossier).method(Method::Karney).check();
    /// findings.assert_consistent("length/total");
    /// assert!(subject.measurement().band().contains(1_782_750.0));
    /// ```
    pub const fn builder(dossier: &'a Dossier) -> SubjectBuilder<'a> {
        SubjectBuilder { dossier, line: None, method: Method::Series, others: Vec::new() }
    }

    fn measured(dossier: &'a Dossier, depiction: Arc<Depiction>, method: Method) -> Self {
        let measurement = Measurement::by(method, dossier, &depiction);
        Self { dossier, depiction, measurement, others: Vec::new() }
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

    fn check_measured(&self) -> Vec<Vec<Finding>> {
        let findings = |check: &Check| match check {
            Check::Measured(check) => check(self),
            Check::Given(_) => Vec::new(),
        };
        CHECKS.iter().map(findings).collect()
    }
}

/// What a [`Subject`] is made of: by default the dossier's own line, measured by the series.
#[derive(Debug, Clone)]
#[must_use]
pub struct SubjectBuilder<'a> {
    dossier: &'a Dossier,
    line: Option<Depiction>,
    method: Method,
    others: Vec<Depiction>,
}

impl<'a> SubjectBuilder<'a> {
    /// Another depiction of the dossier's line.
    pub fn line(self, depiction: Depiction) -> Self {
        Self { line: Some(depiction), ..self }
    }

    /// How edges are measured.
    pub fn method(self, method: Method) -> Self {
        Self { method, ..self }
    }

    /// Other depictions of the boundary, to compare the length with.
    pub fn compared_with(self, others: Vec<Depiction>) -> Self {
        Self { others, ..self }
    }

    /// Measures the line.
    #[must_use]
    pub fn build(self) -> Subject<'a> {
        let depiction = Arc::new(self.line.unwrap_or_else(|| Depiction::own(self.dossier)));
        let subject = Subject::measured(self.dossier, depiction, self.method);
        Subject { others: self.others, ..subject }
    }

    /// Measures the line and runs every check. The findings are those of [`Subject::check`], but
    /// checks that need no measurement do not wait for it.
    #[must_use]
    pub fn check(self) -> (Subject<'a>, Findings) {
        let Self { dossier, line, method, others } = self;
        let depiction = Arc::new(line.unwrap_or_else(|| Depiction::own(dossier)));
        let given = Given { dossier, depiction: &depiction, others: &others };
        let ((subject, measured), unmeasured) = rayon::join(
            || {
                let subject = Subject::measured(dossier, Arc::clone(&depiction), method);
                let measured = subject.check_measured();
                (subject, measured)
            },
            || given.check(),
        );
        (Subject { others, ..subject }, together(measured, unmeasured))
    }
}

/// The parts of a subject that exist before anything is measured.
#[derive(Clone, Copy)]
struct Given<'a> {
    dossier: &'a Dossier,
    depiction: &'a Depiction,
    others: &'a [Depiction],
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

/// A kind of check, by what it needs.
enum Check {
    /// What exists before anything is measured.
    Given(fn(&Given<'_>) -> Vec<Finding>),
    /// The line measured.
    Measured(fn(&Subject<'_>) -> Vec<Finding>),
}

/// Every check, in the order of the findings. A new one is a line here and a file of its own.
const CHECKS: &[Check] = &[
    Check::Measured(length::check),
    Check::Measured(closure::check),
    Check::Measured(conflict::check),
    Check::Measured(division::check),
    Check::Measured(transfer::check),
    Check::Given(tripoint::check),
    Check::Measured(side::check),
    Check::Measured(distance::check),
    Check::Measured(topology::check),
    Check::Given(method::check),
    Check::Given(resolution::check),
];

fn together(measured: Vec<Vec<Finding>>, given: Vec<Vec<Finding>>) -> Findings {
    let each = measured.into_iter().zip(given);
    Findings::new(each.flat_map(|(measured, given)| measured.into_iter().chain(given)).collect())
}

impl Dossier {
    /// Runs every check on the dossier and its own line.
    ///
    /// ```
    /// use treatyline::Dossier;
    ///
    /// let findings = Dossier::embedded().check();
    /// findings.assert_consistent("closure/land-and-water");
    /// ```
    #[must_use]
    pub fn check(&self) -> Findings {
        Subject::new(self).check()
    }
}
