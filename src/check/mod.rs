//! Checks: what the dossier says of itself, held against what is measured.
//!
//! One file per kind. Each takes the same [`Subject`] and gives findings; none
//! knows of another.

mod closure;
mod conflict;
mod distance;
mod division;
mod finding;
mod length;
mod method;
mod resolution;
mod side;
mod topology;
mod transfer;
mod tripoint;

pub use finding::{Basis, Derived, Finding, Findings, Severity, Verdict};

use crate::beside::beside;
use crate::dossier::{Depiction, Dossier, Measurement};
use crate::geodesy::Method;

/// What is checked: a dossier, a depiction of its line, and that line measured.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// The line, its own or another.
    pub depiction: Depiction,
    /// The line measured.
    pub measurement: Measurement,
    /// Other depictions of the same boundary, to hold its length against.
    pub others: Vec<Depiction>,
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
        let measurement = Measurement::new(dossier, &depiction);
        Self { dossier, depiction, measurement, others: Vec::new() }
    }

    /// The same, its lengths measured by a method of your choice.
    #[must_use]
    pub fn measured_by(self, method: Method) -> Self {
        let measurement = Measurement::by(method, self.dossier, &self.depiction);
        Self { measurement, ..self }
    }

    /// The same, its length held against that of other depictions of the boundary.
    #[must_use]
    pub fn beside(self, others: Vec<Depiction>) -> Self {
        Self { others, ..self }
    }

    /// Runs every check. The findings come in a fixed order: by kind, then as the
    /// dossier lists what they are about.
    #[must_use]
    pub fn check(&self) -> Findings {
        let before =
            [length::check, closure::check, conflict::check, division::check, transfer::check];
        let behind =
            [side::check, distance::check, topology::check, method::check, resolution::check];
        // Datum operations take about as long as all other checks together, and much memory.
        let ([mut findings, others], tripoints) = beside(
            || [&before, &behind].map(|kinds| kinds.iter().flat_map(|kind| kind(self)).collect()),
            || tripoint::check(self),
        );
        let others: Vec<Finding> = others;
        findings.extend(tripoints.into_iter().chain(others));
        Findings::new(findings)
    }
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
