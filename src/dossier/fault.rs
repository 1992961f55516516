//! What can be wrong with a dossier, and what to do about it.

use crate::geodesy::PositionFault;
use crate::io::{Hint, Setting, hint};
use crate::line::LineFault;
use crate::problem::{self, Above, Explain, PrintedFault};
use crate::wording::{echo, excerpt, km};

/// Everything that is wrong with a dossier.
pub type Problems = problem::Problems<Fault>;

/// One thing that is wrong with a dossier.
pub(crate) type Problem = problem::Problem<Fault>;

/// What is wrong with a dossier, or with a line that should belong to it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// One of its files cannot be read.
    #[error(transparent)]
    File(#[from] problem::Fault),
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
    /// A line whose extent has nothing in common with that of the dossier's.
    #[error("does not belong to this dossier: it runs about {} from its line", km(*distance_m, 0))]
    Elsewhere {
        /// How far from the dossier's line it runs, measured at its vertices.
        distance_m: f64,
    },
}

impl Fault {
    /// What to do about it. `FILE` in a command is the file.
    #[must_use]
    pub fn hint(&self) -> Hint {
        match self {
            Self::File(fault) => fault.hint(),
            Self::NotADirectory => hint!["name the directory that holds dossier.toml"],
            Self::Syntax { .. } => {
                hint!["correct it there; docs/dossier.md describes the files of a dossier"]
            }
            Self::NotJoining { .. } => hint![
                "put the segments in order from the line's start to its end, and let each begin \
                 with the last position of the one before"
            ],
            Self::NoLine => hint!["add at least one LineString feature"],
            Self::Unknown { known, .. } => hint!["use one of: ", known.clone()],
            Self::Duplicate { .. } => hint!["rename one of the two"],
            Self::Value { wanted, .. } => hint!["it must be ", *wanted],
            Self::Printed { fault, .. } => hint![fault.hint()],
            Self::Claim { .. } => {
                hint!["write figure ids and literals apart by spaces, as in `a + b = 100 %`"]
            }
            Self::Elsewhere { .. } => hint![
                "name a drawing of the same boundary, or the dossier it belongs to with ",
                Setting::Dossier
            ],
        }
    }

    /// Another geometry than is wanted.
    pub(super) fn geometry(found: impl Into<String>, wanted: &'static str) -> Self {
        problem::Fault::Geometry { found: found.into(), wanted }.into()
    }
}

impl Explain for Fault {
    fn hint(&self) -> Hint {
        Self::hint(self)
    }
}

impl Above for Fault {}

impl From<LineFault> for Fault {
    fn from(fault: LineFault) -> Self {
        problem::Fault::Line(fault).into()
    }
}

impl From<PositionFault> for Fault {
    fn from(fault: PositionFault) -> Self {
        problem::Fault::Position(fault).into()
    }
}
