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
mod length;
mod medium;
mod method;
mod resolution;
mod side;
mod topology;
mod transfer;
mod tripoint;

pub use finding::{Basis, Derived, Finding, Findings, Severity, Verdict};
pub(crate) use side::FROM_THE_LINE;
pub(crate) use transfer::{Transfer, transfers};

use std::sync::Arc;

use crate::dossier::{Depiction, Dossier, Measurement};
use crate::geodesy::Method;

/// What is checked: a dossier, a depiction of its line, and that line measured.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// The line, its own or another.
    pub depiction: Arc<Depiction>,
    /// The line measured.
    pub measurement: Measurement,
    /// Other depictions of the same boundary, to compare its length with.
    pub(crate) others: Vec<Depiction>,
}

impl<'a> Subject<'a> {
    /// The dossier with its own line.
    #[must_use]
    pub fn own(dossier: &'a Dossier) -> Self {
        Self::with(dossier, Depiction::own(dossier))
    }

    /// The dossier with another depiction of its line.
    #[must_use]
    pub fn with(dossier: &'a Dossier, depiction: Depiction) -> Self {
        Self::by(Method::default(), dossier, depiction)
    }

    /// The same, its lengths measured by a method of your choice.
    #[must_use]
    pub fn by(method: Method, dossier: &'a Dossier, depiction: Depiction) -> Self {
        Self::measured(dossier, Arc::new(depiction), method)
    }

    fn measured(dossier: &'a Dossier, depiction: Arc<Depiction>, method: Method) -> Self {
        let measurement = Measurement::by(method, dossier, &depiction);
        Self { dossier, depiction, measurement, others: Vec::new() }
    }

    /// The same, with other depictions of the boundary to compare the length with.
    #[must_use]
    pub fn with_others(self, others: Vec<Depiction>) -> Self {
        Self { others, ..self }
    }

    /// Measures a depiction by a method of your choice and runs every check, with its length
    /// compared with that of other depictions. The result is the same as one after the other, but
    /// checks that need no measurement do not wait for it.
    #[must_use]
    pub fn checked(
        dossier: &'a Dossier,
        depiction: Depiction,
        method: Method,
        others: Vec<Depiction>,
    ) -> (Self, Findings) {
        let depiction = Arc::new(depiction);
        let given = Given { dossier, depiction: &depiction, others: &others };
        let ((subject, measured), unmeasured) = rayon::join(
            || {
                let subject = Self::measured(dossier, Arc::clone(&depiction), method);
                let measured = subject.check_measured();
                (subject, measured)
            },
            || given.check(),
        );
        (subject.with_others(others), together(measured, unmeasured))
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

    /// The findings before those on tripoints, and the findings after them.
    fn check_measured(&self) -> [Vec<Finding>; 2] {
        let before =
            [length::check, closure::check, conflict::check, division::check, transfer::check];
        let behind = [side::check, distance::check, topology::check];
        [&before[..], &behind].map(|kinds| kinds.iter().flat_map(|kind| kind(self)).collect())
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
    /// The findings on tripoints, and those after them. Datum operations and Karney's method take
    /// about as long as measuring the line and all other checks together; datum operations also
    /// take much memory.
    fn check(&self) -> [Vec<Finding>; 2] {
        let behind = [method::check, resolution::check];
        [tripoint::check(self), behind.iter().flat_map(|kind| kind(self)).collect()]
    }
}

fn together(
    [before, between]: [Vec<Finding>; 2],
    [tripoints, last]: [Vec<Finding>; 2],
) -> Findings {
    Findings::new([before, tripoints, between, last].into_iter().flatten().collect())
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
        Subject::own(self).check()
    }
}
