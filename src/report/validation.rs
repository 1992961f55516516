//! What is wrong with a dossier: text, the document `treatyline/validation/v1`, and SARIF.

use serde::Serialize;
use serde_json::{Value, json};

use super::json::pretty;
use super::sarif;
use crate::problem::Problems;
use crate::wording::count;

/// What is wrong with a dossier.
#[derive(Debug, Clone, Copy)]
pub struct ValidationReport<'a> {
    /// The dossier, as the user named it.
    pub dossier: &'a str,
    /// What was found; nothing for a sound dossier.
    pub problems: Option<&'a Problems>,
}

/// The document.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ValidationDocument {
    /// The document type and its version.
    schema: &'static str,
    /// The dossier.
    dossier: String,
    /// Whether nothing is wrong with it.
    is_valid: bool,
    /// Everything that is wrong, as far as it can be found at once: files are compared with each other
    /// when each of them can be read.
    problems: Vec<ProblemEntry>,
}

/// Something that is wrong.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ProblemEntry {
    /// The file.
    file: String,
    /// The place in it; empty for the file as a whole.
    place: String,
    /// What is wrong.
    what: String,
    /// What to do about it.
    hint: String,
}

impl ValidationReport<'_> {
    fn entries(&self) -> Vec<ProblemEntry> {
        let problems = self.problems.map_or(&[][..], Problems::all);
        let entry = |problem: &crate::problem::Problem| ProblemEntry {
            file: problem.file.clone(),
            place: problem.place.clone(),
            what: problem.fault.to_string(),
            hint: problem.fault.hint().to_string(),
        };
        problems.iter().map(entry).collect()
    }

    /// For a terminal: one problem to a line.
    #[must_use]
    pub fn text(&self) -> String {
        let problems = self.problems.map_or(&[][..], Problems::all);
        if problems.is_empty() {
            return format!("{}: nothing is wrong with this dossier\n", self.dossier);
        }
        let lines: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
        format!("{lines}{}: {}\n", self.dossier, count(problems.len(), "problem"))
    }

    /// The JSON document.
    #[must_use]
    pub fn json(&self) -> String {
        let problems = self.entries();
        pretty(&ValidationDocument {
            schema: "treatyline/validation/v1",
            dossier: self.dossier.to_owned(),
            is_valid: problems.is_empty(),
            problems,
        })
    }

    /// SARIF 2.1.0 for viewers of static analysis.
    #[must_use]
    pub fn sarif(&self) -> String {
        let result = |entry: ProblemEntry| -> Value {
            json!({
                "ruleId": "dossier",
                "ruleIndex": 0,
                "kind": "fail",
                "level": "error",
                "message": { "text": format!("{}; {}", entry.what, entry.hint) },
                "locations": [{
                    "physicalLocation": { "artifactLocation": { "uri": entry.file } },
                    "logicalLocations": [{ "fullyQualifiedName": entry.place }],
                }],
            })
        };
        let results: Vec<Value> = self.entries().into_iter().map(result).collect();
        let what = "what is wrong with the files of a dossier";
        let rule = json!({ "id": "dossier", "shortDescription": { "text": what } });
        sarif::log(vec![rule], results)
    }
}
