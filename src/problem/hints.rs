//! What to do about each fault.

use super::Fault;
use crate::io::problem;
use crate::io::{Hint, Setting, hint};
use crate::line::LineFault;
use crate::wording::{first_ten, list, number};

impl Fault {
    /// What to do about it. `FILE` in a command is the file.
    #[must_use]
    pub fn hint(&self) -> Hint {
        match self {
            Self::File(fault) => fault.hint(),
            Self::Line(LineFault::Position(fault)) => problem::Fault::Position(*fault).hint(),
            Self::Line(LineFault::TooShort { .. } | LineFault::NoLength) => {
                hint!["give at least two different positions"]
            }
            Self::Polygons { .. } => hint![
                "choose two with ",
                Setting::Condition.with("NAME=ONE"),
                " ",
                Setting::Condition.with("NAME=OTHER"),
                ", or have the boundary of every pair from ",
                Setting::Survey,
                ", where ",
                Setting::JoinedBy.with("NAME"),
                " joins the parts of a country"
            ],
            Self::NothingShared { .. } => hint![
                "take both from one data set, widen the tolerance with ",
                Setting::Tolerance,
                ", give the line between them, or list gaps and overlaps with ",
                Setting::Neighbours
            ],
            Self::SeveralLayers { layers, fault } => several_layers(layers, fault),
            Self::SeveralReadings { first, .. } => {
                hint!["choose one with ", Setting::Condition.with(format!("\"reading={first}\""))]
            }
            Self::NoCodes { attributes } if attributes.is_empty() => {
                hint!["give a file whose features have attributes with country codes"]
            }
            Self::NoCodes { attributes } => hint![
                "name those with country codes by ",
                Setting::Left,
                " and ",
                Setting::Right,
                ": ",
                first_ten(attributes)
            ],
            Self::UnknownAttribute { known, settings, .. } => {
                let settings: Vec<String> = settings.iter().map(Setting::to_string).collect();
                hint!["use one of: ", list(known), format!(" ({})", settings.join(", "))]
            }
            Self::Stations { length_m, most, .. } => {
                let least = number((length_m / most).ceil(), 0);
                hint!["give a longer ", Setting::Step, ", of ", least, " or more"]
            }
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
            Self::Construct(fault) => fault.hint(),
            Self::Elsewhere { .. } => hint![
                "name a drawing of the same boundary, or the dossier it belongs to with ",
                Setting::Dossier
            ],
        }
    }
}

/// Which layer to read, and, where that helps as well, what else to do.
fn several_layers(layers: &[String], fault: &Fault) -> Hint {
    let layers = hint!["name one of them with ", Setting::Layer, ": ", first_ten(layers)];
    match fault {
        Fault::NoCodes { .. } | Fault::UnknownAttribute { .. } => layers.and("; or ", fault.hint()),
        _ => layers,
    }
}
