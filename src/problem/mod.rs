//! What can be wrong with a line, with a survey or with a dossier, and what to do about it.
//!
//! What is wrong with a file is found when it is read: [`io::problem`](crate::io::problem). Here is
//! what is wrong with what a file should hold. Both are in a
//! [`Problem`](crate::io::problem::Problem) with file and place, and the faults of files turn into
//! these by `?`.

mod construct;
mod hints;

use crate::geodesy::PositionFault;
use crate::io::problem::{self, Above, Explain, PrintedFault};
use crate::io::{FixKind, Fixes, Hint, Setting};
use crate::line::LineFault;
use crate::wording::{count as count_of, distance, echo, excerpt, km, number};

pub use construct::ConstructFault;

/// Everything that is wrong; at least one thing.
///
/// ```
/// use treatyline::drawn::DrawnLine;
/// use treatyline::io::Input;
/// use treatyline::problem::Fault;
///
/// let point = r#"{"type": "Point", "coordinates": [80, 45]}"#;
/// let problems = DrawnLine::read(Input::bytes("point.geojson", point.as_bytes())).unwrap_err();
/// let problem = &problems.all()[0];
/// assert_eq!((&*problem.file, &*problem.place), ("point.geojson", "feature 1"));
/// assert!(matches!(problem.fault, Fault::File(_)));
/// ```
pub type Problems = problem::Problems<Fault>;

/// One thing that is wrong.
pub(crate) type Problem = problem::Problem<Fault>;

/// What is wrong with what a file should hold.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// A file cannot be read, or holds another geometry than is wanted.
    #[error(transparent)]
    File(#[from] problem::Fault),
    /// Positions that make no line.
    #[error("{0}")]
    Line(#[from] LineFault),
    /// Polygons where a line is wanted, and not two.
    #[error(
        "{} and no line: a LineString or two polygons that share it are wanted",
        count_of(*count, "polygon")
    )]
    Polygons {
        /// How many there are.
        count: usize,
    },
    /// Two polygons without a boundary between them.
    #[error("the two polygons share no boundary, to within {tolerance_deg}°{}", said(claimed))]
    NothingShared {
        /// How near two vertices must be to be one.
        tolerance_deg: f64,
        /// What of their outlines both have on the same side, and what else reading changed.
        claimed: Box<Fixes>,
    },
    /// Lines of several layers where one is wanted.
    #[error("{fault}, in {} layers", layers.len())]
    SeveralLayers {
        /// What is wrong with all of them together.
        fault: Box<Fault>,
        /// The layers.
        layers: Vec<String>,
    },
    /// Lines that `construct` drew of one list, each of which the list allows: together they are none.
    #[error("{count} lines that one list allows, where one is wanted")]
    SeveralReadings {
        /// How many.
        count: usize,
        /// The name of the first.
        first: String,
    },
    /// Lines that do not say between which countries they run.
    #[error("no attribute that is known for the country on the left or the right of a line")]
    NoCodes {
        /// The attributes there are.
        attributes: Vec<String>,
    },
    /// An attribute that the caller names and that no feature has.
    #[error("unknown attribute `{}`", echo(name))]
    UnknownAttribute {
        /// Its name.
        name: String,
        /// The attributes there are.
        known: Vec<String>,
        /// What names it.
        settings: &'static [Setting],
    },
    /// A line too long for stations this close to each other.
    #[error(
        "{} long, which makes more than {} stations {} apart",
        km(*length_m, 0), number(*most, 0), distance(*step_m)
    )]
    Stations {
        /// How long it is.
        length_m: f64,
        /// How far apart the stations were to be.
        step_m: f64,
        /// How many there may be.
        most: f64,
    },
    /// A file where a directory is wanted.
    #[error("this is a file, a directory is wanted")]
    NotADirectory,
    /// A table of a dossier in which a field is missing, unknown or of the wrong type.
    #[error("{}", excerpt(message))]
    Syntax {
        /// What the parser says.
        message: String,
    },
    /// A segment does not begin where the one before it ends.
    #[error(
        "begins at ({}, {}), but {} ends at ({}, {}), {gap_m:.0} m away",
        begins.0, begins.1, echo(previous), ends.0, ends.1
    )]
    NotJoining {
        /// The segment before.
        previous: String,
        /// Where it ends: longitude, latitude.
        ends: (f64, f64),
        /// Where this one begins.
        begins: (f64, f64),
        /// The distance between the two.
        gap_m: f64,
    },
    /// A dossier without segments.
    #[error("there is no segment in it, so the dossier has no line")]
    NoLine,
    /// A key that is defined nowhere.
    #[error("unknown {kind} `{}`", echo(key))]
    Unknown {
        /// What the key should name.
        kind: &'static str,
        /// The key.
        key: String,
        /// What would have been known.
        known: String,
    },
    /// The same id twice.
    #[error("the {kind} id `{}` is used twice", echo(id))]
    Duplicate {
        /// What the id names.
        kind: &'static str,
        /// The id.
        id: String,
    },
    /// A field whose value cannot be.
    #[error("`{field}` is {}", echo(value))]
    Value {
        /// The field.
        field: &'static str,
        /// Its value.
        value: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// A printed coordinate that cannot be read.
    #[error("`{field}`: {fault}")]
    Printed {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        fault: Box<PrintedFault>,
    },
    /// A claim that cannot be read or computed.
    #[error("the claim `{}` cannot be computed: {}", echo(claim), echo(reason))]
    Claim {
        /// The claim.
        claim: String,
        /// Why not.
        reason: String,
    },
    /// A list of points and edges that makes no line.
    #[error("{0}")]
    Construct(Box<ConstructFault>),
    /// A line whose extent has nothing in common with that of the dossier's.
    #[error("does not belong to this dossier: it runs about {} from its line", km(*distance_m, 0))]
    Elsewhere {
        /// How far from the dossier's line it runs, measured at its vertices.
        distance_m: f64,
    },
}

/// What of the fixes explains that two polygons share nothing, as the end of a sentence.
fn said(fixes: &Fixes) -> String {
    let explains = [FixKind::ClaimedByBoth, FixKind::DigitisedApart];
    let fixes = fixes.all().filter(|fix| explains.contains(&fix.kind));
    fixes.map(|fix| format!(", and {fix}")).collect()
}

impl Fault {
    /// Another geometry than is wanted.
    pub(crate) fn geometry(found: impl Into<String>, wanted: &'static str) -> Self {
        problem::Fault::Geometry { found: found.into(), wanted }.into()
    }
}

impl Explain for Fault {
    fn hint(&self) -> Hint {
        Self::hint(self)
    }
}

impl Above for Fault {}

impl From<PositionFault> for Fault {
    fn from(fault: PositionFault) -> Self {
        problem::Fault::Position(fault).into()
    }
}
