//! Validates the files of a dossier against each other: ids are unique, keys resolve, dates and
//! numbers are possible, segments join, codes exist.

mod codes;
mod geometry;
mod readings;
mod tables;

use std::collections::HashSet;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::bounds::{ACCURACY, is_accuracy};
use super::expression::is_id;
use super::manifest::Manifest;
use super::{Amount, Figure};
use crate::io::CheckedFeature;
use crate::io::Source;
use crate::problem::{Fault, Problem, Problems};
use crate::wording::echoed;

/// Collects problems while the files are checked.
pub(super) struct Validation {
    problems: Vec<Problem>,
    references: HashSet<String>,
    parties: Vec<String>,
    instruments: HashSet<String>,
    /// Kind and id of entries that are wrong themselves; no id where it is not known.
    faulty: HashSet<(&'static str, String)>,
}

/// Ids seen so far, of one kind.
struct Ids(&'static str, HashSet<String>);

impl Ids {
    fn new(kind: &'static str) -> Self {
        Self(kind, HashSet::new())
    }

    fn admit(&mut self, id: &str) -> Result<(), Fault> {
        if !is_id(id) {
            return Err(Fault::Value {
                field: "id",
                value: format!("`{id}`"),
                wanted: "a lower case letter followed by lower case letters, digits, - and /",
            });
        }
        if !self.1.insert(id.to_owned()) {
            return Err(Fault::Duplicate { kind: self.0, id: id.to_owned() });
        }
        Ok(())
    }
}

/// A positive number of metres, or the fault.
fn metres(field: &'static str, value: f64) -> Result<(), Fault> {
    if is_accuracy(value) {
        return Ok(());
    }
    Err(Fault::Value { field, value: echoed(value), wanted: ACCURACY })
}

impl Validation {
    pub(super) fn new(facts: &Manifest) -> Self {
        Self {
            problems: Vec::new(),
            references: facts.references.iter().map(|each| each.key.clone()).collect(),
            parties: facts.parties.iter().map(|party| party.id.clone()).collect(),
            instruments: HashSet::new(),
            faulty: HashSet::new(),
        }
    }

    /// All problems found.
    pub(super) fn outcome(self) -> Result<(), Problems> {
        Problems::none_or(self.problems, ())
    }

    /// Notes that an entry is wrong and was left out: references to it are then no faults.
    fn lose(&mut self, kind: &'static str, id: &str) {
        self.faulty.insert((kind, id.to_owned()));
        if kind == "segment" {
            // The stretch it belonged to may be the field that cannot be read.
            self.faulty.insert(("scope", String::new()));
        }
    }

    /// Whether a fault is only a consequence of another one that has been reported.
    fn follows(&self, fault: &Fault) -> bool {
        let Fault::Unknown { kind, key, .. } = fault else { return false };
        [key, ""].iter().any(|id| self.faulty.contains(&(*kind, (*id).to_owned())))
    }

    fn report(&mut self, file: &Source, place: &str, fault: Fault) {
        if !self.follows(&fault) {
            self.problems.push(file.problem(place, fault));
        }
    }

    fn note(
        &mut self,
        file: &Source,
        place: &str,
        checks: impl IntoIterator<Item = Result<(), Fault>>,
    ) {
        for fault in checks.into_iter().filter_map(Result::err) {
            self.report(file, place, fault);
        }
    }

    fn keep<T>(&mut self, file: &Source, place: &str, outcome: Result<T, Fault>) -> Option<T> {
        outcome.map_err(|fault| self.report(file, place, fault)).ok()
    }

    /// Every key must be in the bibliography, and there must be at least one.
    fn cited<'a>(
        &mut self,
        file: &Source,
        place: &str,
        keys: impl IntoIterator<Item = &'a String>,
    ) {
        let mut any = false;
        let mut faults = Vec::new();
        for key in keys {
            any = true;
            if !self.references.contains(key) {
                let known = "the keys of the [[source]] entries in dossier.toml".to_owned();
                faults.push(Err(Fault::Unknown { kind: "source", key: key.clone(), known }));
            }
        }
        if !any {
            let value = "empty".to_owned();
            let wanted = "at least one bibliography key";
            faults.push(Err(Fault::Value { field: "sources", value, wanted }));
        }
        self.note(file, place, faults);
    }

    fn instrument_known(&self, id: &str) -> Result<(), Fault> {
        if self.instruments.contains(id) {
            return Ok(());
        }
        let known = "the ids of instruments.toml".to_owned();
        Err(Fault::Unknown { kind: "instrument", key: id.to_owned(), known })
    }

    /// Reads the properties and the id that every feature needs.
    fn feature<T: DeserializeOwned>(
        &mut self,
        file: &Source,
        feature: &CheckedFeature,
        ids: &mut Ids,
    ) -> Option<(String, T)> {
        let missing = || Fault::Value {
            field: "id",
            value: "missing or no string".to_owned(),
            wanted: "a string next to `type`, `geometry` and `properties`",
        };
        let id = self.keep(file, &feature.place, feature.id.clone().ok_or_else(missing));
        let Some(id) = id else {
            self.lose(ids.0, "");
            return None;
        };
        let facts = ids.admit(&id).and_then(|()| properties(&feature.properties));
        let facts = self.keep(file, &feature.place, facts);
        if facts.is_none() {
            self.lose(ids.0, &id);
        }
        Some((id, facts?))
    }

    fn figures_known<'a>(
        &mut self,
        file: &Source,
        place: &str,
        ids: impl Iterator<Item = &'a String>,
        figures: &[Figure],
    ) {
        let lost = ids.filter(|id| !figures.iter().any(|figure| figure.id == **id));
        self.note(
            file,
            place,
            lost.map(|id| Err(unknown("figure", id, "the ids of figures.toml"))),
        );
    }

    /// Figures, or expressions of figures, must be areas.
    fn amounts<'a>(
        &mut self,
        file: &Source,
        place: &str,
        expressions: impl Iterator<Item = &'a String>,
        figures: &[Figure],
    ) {
        let computed = expressions.map(|text| Amount::compute(text, figures).map(|_| ()));
        self.note(file, place, computed);
    }

    fn parties_known<'a>(
        &mut self,
        file: &Source,
        place: &str,
        ids: impl Iterator<Item = &'a String>,
    ) {
        let known = self.parties.clone();
        let lost = ids.filter(|id| !known.contains(id));
        self.note(file, place, lost.map(|id| Err(unknown("party", id, &known.join(", ")))));
    }
}

fn unknown(kind: &'static str, key: &str, known: &str) -> Fault {
    Fault::Unknown { kind, key: key.to_owned(), known: known.to_owned() }
}

fn point_known(points: &HashSet<String>, id: &str) -> Result<(), Fault> {
    points
        .contains(id)
        .then_some(())
        .ok_or_else(|| unknown("point", id, "the ids of points.geojson"))
}

fn properties<T: DeserializeOwned>(properties: &Map<String, Value>) -> Result<T, Fault> {
    serde_json::from_value(Value::Object(properties.clone()))
        .map_err(|error| Fault::Syntax { message: format!("in its properties: {error}") })
}
