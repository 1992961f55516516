//! What was changed or left out when files were read, for documents.

use serde::Serialize;

use crate::course::Rivers;
use crate::geodesy::datum::ChosenOperation;
use crate::io::Fixes;

use super::conversion;

/// What was changed or left out when one or more files were read.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FixLists {
    /// What was read with a change.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub(crate) fixes: Vec<FixEntry>,
    /// What was not read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub(crate) left_out: Vec<FixEntry>,
    /// By which operations coordinates were brought to WGS 84.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub(crate) operations: Vec<OperationEntry>,
}

/// How the coordinates of a file were brought to WGS 84.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct OperationEntry {
    /// The file.
    pub(crate) file: String,
    /// What was chosen, and why.
    #[serde(flatten)]
    pub(crate) chosen: ChosenOperation,
    /// The same in a sentence.
    pub(crate) text: String,
}

/// One kind of change or omission.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct FixEntry {
    /// The file.
    pub(crate) file: String,
    /// What kind: `ring-closed`, `longitude-wrapped` and so on, see docs/formats.md.
    pub(crate) kind: &'static str,
    /// How often.
    pub(crate) count: usize,
    /// Where first; empty where it is about the whole file.
    pub(crate) first: String,
    /// The same in a sentence.
    pub(crate) text: String,
}

impl FixLists {
    /// Those of one file.
    #[must_use]
    pub fn new(file: &str, fixes: &Fixes) -> Self {
        let mut lists = Self::default();
        lists.add(file, fixes);
        lists
    }

    /// Those of one more file.
    pub fn add(&mut self, file: &str, fixes: &Fixes) {
        for fix in fixes.all() {
            let list = if fix.kind.leaves_out() { &mut self.left_out } else { &mut self.fixes };
            list.push(FixEntry {
                file: file.to_owned(),
                kind: fix.kind.name(),
                count: fix.count,
                first: fix.first.clone(),
                text: fix.to_string(),
            });
        }
        for chosen in fixes.conversions() {
            let (file, text) = (file.to_owned(), conversion::sentence(chosen));
            self.operations.push(OperationEntry { file, chosen: chosen.clone(), text });
        }
    }

    /// Those of files of rivers.
    pub(super) fn add_rivers(&mut self, rivers: &Rivers) {
        rivers.sources().iter().for_each(|source| self.add(&source.name, &source.fixes));
    }

    /// Each in a sentence that names its file.
    pub fn sentences(&self) -> impl Iterator<Item = String> {
        self.fixes.iter().chain(&self.left_out).map(|each| format!("{}: {}", each.file, each.text))
    }

    /// Both kinds of sentences, for documents that are kept: what a command says on standard error is
    /// not with them any more.
    pub(super) fn for_documents(&self) -> impl Iterator<Item = String> {
        let ended = |sentence: String| format!("{}.", sentence.trim_end_matches('.'));
        self.changes_of_datum().chain(self.sentences()).map(ended)
    }

    /// How coordinates were brought to WGS 84 from another datum, or from where they cannot be, or
    /// otherwise than the file states it, each in a sentence that names its file.
    pub fn changes_of_datum(&self) -> impl Iterator<Item = String> {
        let changes = self.operations.iter().filter(|OperationEntry { chosen, .. }| {
            let is_other = chosen.operation.is_some() || !chosen.covers_all;
            let is_asked = chosen.stated_by_caller || chosen.not_used.is_some();
            is_other || is_asked || chosen.without_heights
        });
        changes.map(|each| format!("{}: {}", each.file, each.text))
    }
}
