//! Checks: what the dossier says of itself, compared with what is measured.
//!
//! [`Study`] measures, once; what is compared and what is shown reads it. There is one file per kind
//! of check. Each takes the same study, or the parts of it that exist before anything is measured,
//! and returns findings. No check knows of another one.

mod closure;
mod conflict;
mod course;
mod course_on_ground;
mod distance;
mod division;
mod finding;
mod fit;
mod ground;
pub(crate) mod id;
mod length;
mod medium;
mod method;
mod place;
mod point;
mod reached;
mod reading;
mod resolution;
mod side;
mod study;
mod topology;
mod transfer;
mod tripoint;

pub(crate) use finding::Unfit;
pub use finding::{Basis, Derived, Finding, Findings, Severity, Verdict};
pub use ground::Ground;
pub use id::FindingId;
pub(crate) use id::{CheckKind, Topic, TripointTest};
pub(crate) use reached::ReachedLength;
pub(crate) use reading::StudiedReading;
use study::Given;
pub(crate) use study::{LengthCurves, MeasuredPiece};
pub use study::{Study, StudyBuilder};
pub(crate) use transfer::Transfer;

use crate::dossier::Dossier;

/// A kind of check, by what it needs.
enum Check {
    /// What exists before anything is measured.
    Given(fn(&Given<'_>) -> Vec<Finding>),
    /// The line measured.
    Measured(fn(&Study<'_>) -> Vec<Finding>),
}

/// Every check, in the order of the findings. A new one is a line here and a file of its own.
const CHECKS: &[Check] = &[
    Check::Measured(length::check),
    Check::Measured(reading::check),
    Check::Measured(closure::check),
    Check::Measured(conflict::check),
    Check::Measured(division::check),
    Check::Measured(transfer::check),
    Check::Given(tripoint::check),
    Check::Measured(point::check),
    Check::Measured(side::check),
    Check::Measured(distance::check),
    Check::Measured(course::check),
    Check::Measured(course_on_ground::check),
    Check::Measured(topology::check),
    Check::Given(place::check),
    Check::Given(method::check),
    Check::Given(resolution::check),
];

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
        Study::new(self).check()
    }
}
