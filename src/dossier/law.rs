//! `[[reading]]` in `dossier.toml`: the lines that the words of an instrument allow, constructed from
//! lists of points and edges.

use std::cell::RefCell;
use std::path::{Component, Path};

use geo::Coord;
use serde::Deserialize;

use crate::construct::{ConstructSettings, Construction, Reading};
use crate::io::{Input, Source};
use crate::line::Line;
use crate::problem::{Fault, Problem, Problems};

/// The entry as it is written.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct RawReading {
    /// What sentences call it, as in "the geodesics of 1955".
    pub(crate) name: String,
    /// The file of the list, in the dossier's directory.
    pub(crate) list: String,
    /// Which of the list's lines, as `construct` calls them, or `all`.
    pub(crate) which: Option<String>,
    /// The system of the list's points, instead of the one that the list states.
    pub(crate) system: Option<String>,
    /// Bibliography keys.
    pub(crate) sources: Vec<String>,
    /// Anything to know about it.
    pub(crate) note: Option<String>,
}

/// One of the lines that the words of an instrument allow.
#[derive(Debug, Clone)]
pub(crate) struct LawReading {
    /// What its entry is called.
    pub(crate) entry: String,
    /// What it is called among the lines of its list, where the entry means several.
    pub(crate) kind: Option<String>,
    /// The file of its list.
    pub(crate) list: String,
    /// SHA-256 of that file.
    pub(crate) sha256: String,
    /// Bibliography keys.
    pub(crate) sources: Vec<String>,
    /// Anything to know about it.
    pub(crate) note: Option<String>,
    /// How far its points may be off, as the list and its system say, in metres; 0 for definitions.
    pub(crate) accuracy_m: f64,
    /// The vertices of each edge.
    pub(crate) edges: Vec<Vec<Coord>>,
    /// The edges as one line.
    pub(crate) line: Line,
}

impl LawReading {
    /// What it is called.
    #[must_use]
    pub(crate) fn name(&self) -> String {
        match &self.kind {
            Some(kind) => format!("{}, {kind}", self.entry),
            None => self.entry.clone(),
        }
    }
}

/// What `which` says for every line of a list.
const ALL: &str = "all";

/// Whether the name of a list is that of a file inside of a dossier's directory.
pub(crate) fn is_inside(name: &str) -> bool {
    let path = Path::new(name);
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    !name.is_empty() && !name.contains('\\') && path.components().all(plain)
}

impl RawReading {
    /// Draws its lines from the text of its list.
    ///
    /// # Errors
    /// Everything that is wrong with the list, in its file; a fault of `which` for the entry.
    pub(super) fn read(&self, list: &Source) -> Result<Vec<LawReading>, ReadingTrouble> {
        let settings = ConstructSettings { system: self.system.clone(), ..Default::default() };
        let named = RefCell::new(None);
        // What a list takes from other files would be in no digest.
        let open = |name: &str| {
            *named.borrow_mut() = Some(name.to_owned());
            Input::bytes(name, list.text().as_bytes())
        };
        let input = Input::bytes(list.name(), list.text().as_bytes());
        let built = Construction::read(&input, &settings, &open);
        if let Some(name) = named.take() {
            return Err(ReadingTrouble::Entry(Fault::Value {
                field: "list",
                value: format!("a list that takes a line from `{name}`"),
                wanted: "a list that names no other file: the dossier's digest has the list alone",
            }));
        }
        let built = built.map_err(ReadingTrouble::List)?;
        let chosen = self.chosen(&built).map_err(ReadingTrouble::Entry)?;
        let is_one = chosen.len() == 1;
        Ok(chosen.into_iter().map(|reading| self.law(&built, reading, is_one)).collect())
    }

    /// The lines of the list that the entry means.
    fn chosen<'a>(&self, built: &'a Construction) -> Result<Vec<&'a Reading>, Fault> {
        let all: Vec<&Reading> = built.readings().collect();
        let known = || all.iter().map(|reading| reading.name.as_str()).collect::<Vec<_>>();
        match self.which.as_deref() {
            Some(ALL) => Ok(all),
            None if all.len() == 1 => Ok(all),
            None => Err(Fault::Value {
                field: "which",
                value: format!("missing, where the list allows {}", known().join("; ")),
                wanted: "one of these, or `all`",
            }),
            // In an unstated system, names go on with the system: "geodesics, WGS 84".
            Some(which) => {
                let is_it = |name: &str| {
                    name == which || name.split_once(", ").is_some_and(|(kind, _)| kind == which)
                };
                let found = all.iter().find(|reading| is_it(&reading.name));
                found.map(|reading| vec![*reading]).ok_or_else(|| Fault::Unknown {
                    kind: "reading",
                    key: which.to_owned(),
                    known: format!("{}; all", known().join("; ")),
                })
            }
        }
    }

    fn law(&self, built: &Construction, reading: &Reading, is_one: bool) -> LawReading {
        LawReading {
            entry: self.name.clone(),
            kind: (!is_one).then(|| reading.name.clone()),
            list: self.list.clone(),
            sha256: built.sha256.clone(),
            sources: self.sources.clone(),
            note: self.note.clone(),
            accuracy_m: reading.of_points_m + reading.accuracy_m,
            edges: reading.edges.iter().map(|edge| edge.path.clone()).collect(),
            line: reading.line.clone(),
        }
    }
}

/// What is wrong with a reading: with its list, or with its entry in `dossier.toml`.
#[derive(Debug)]
pub(super) enum ReadingTrouble {
    List(Problems),
    Entry(Fault),
}

/// The names of the lists that the text of `dossier.toml` mentions. A text that cannot be parsed
/// mentions none; reading it reports why.
pub(super) fn lists(manifest: &Source) -> Vec<String> {
    #[derive(Default, Deserialize)]
    struct Lists {
        #[serde(default)]
        reading: Vec<Entry>,
    }
    #[derive(Deserialize)]
    struct Entry {
        list: Option<String>,
    }
    let found: Lists = toml::from_str(manifest.text()).unwrap_or_default();
    let mut names = Vec::new();
    for name in found.reading.into_iter().filter_map(|entry| entry.list) {
        if is_inside(&name) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The fault of a list that is not there.
pub(super) fn no_list(manifest: &Source, reading: &RawReading) -> Problem {
    let fault = Fault::Value {
        field: "list",
        value: format!("`{}`", reading.list),
        wanted: "the name of a file in the dossier's directory, as in readings/1955.toml",
    };
    manifest.problem(format!("reading `{}`", reading.name), fault)
}
