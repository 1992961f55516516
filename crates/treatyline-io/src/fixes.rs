//! What reading changed or left out: counted by kind, each kind with its first place.
//!
//! Every reader records here what it changes or leaves out, so that no command loses data
//! without saying so.

mod kind;
mod words;

use std::collections::BTreeMap;
use std::fmt;

use crate::Hint;
use crate::problem::{Fault, Problem, Problems};
use crate::words::{number, shortened};
pub use kind::FixKind;
use treatyline_crs::internal::ChosenOperation;

/// Something that happened to a file while it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fix {
    /// What happened.
    pub kind: FixKind,
    /// How often.
    pub count: usize,
    /// Where first; empty where it is about the whole file.
    pub first: String,
    /// More about the first one.
    pub detail: Option<String>,
    /// What to do about it, if something can be done.
    pub hint: Option<Hint>,
}

/// The longest place or detail that is repeated whole.
const LONGEST: usize = 200;

impl fmt::Display for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [_, one, many] = self.kind.words();
        let count = number(self.count as f64, 0);
        write!(f, "{count} {}", if self.count == 1 { one } else { many })?;
        let first = shortened(&self.first, LONGEST);
        let detail = self.detail.as_deref().map(|detail| shortened(detail, LONGEST));
        match (first.is_empty(), self.count, detail) {
            (true, _, None) => Ok(()),
            (true, _, Some(detail)) => write!(f, ": {detail}"),
            (false, 1, None) => write!(f, ": {first}"),
            (false, 1, Some(detail)) => write!(f, ": {first}, {detail}"),
            (false, _, None) => write!(f, ", the first in {first}"),
            (false, _, Some(detail)) => write!(f, ", the first in {first}, {detail}"),
        }?;
        match &self.hint {
            Some(hint) => write!(f, "; {}", shortened(&hint.to_string(), LONGEST)),
            None => Ok(()),
        }
    }
}

/// All that was changed or left out while a file was read, by kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fixes {
    by_kind: BTreeMap<FixKind, Fix>,
    conversions: Vec<ChosenOperation>,
}

impl Fixes {
    /// One more of a kind.
    #[doc(hidden)]
    pub fn add(&mut self, kind: FixKind, place: impl Into<String>, detail: Option<String>) {
        self.add_many(kind, 1, place, detail);
    }

    /// One more of a kind, and what to do about it.
    #[doc(hidden)]
    pub fn add_with_hint(
        &mut self,
        kind: FixKind,
        place: impl Into<String>,
        detail: String,
        hint: Option<Hint>,
    ) {
        self.merge_one(Fix { kind, count: 1, first: place.into(), detail: Some(detail), hint });
    }

    /// Several of a kind, of which one is described.
    #[doc(hidden)]
    pub fn add_many(
        &mut self,
        kind: FixKind,
        count: usize,
        place: impl Into<String>,
        detail: Option<String>,
    ) {
        self.merge_one(Fix { kind, count, first: place.into(), detail, hint: kind.hint() });
    }

    /// Removes a kind, so that it can be counted again.
    #[doc(hidden)]
    pub fn forget(&mut self, kind: FixKind) {
        self.by_kind.remove(&kind);
    }

    /// Records the operation that brought coordinates to WGS 84.
    pub(super) fn converted(&mut self, chosen: ChosenOperation) {
        if !self.conversions.contains(&chosen) {
            self.conversions.push(chosen);
        }
    }

    /// The operations that brought coordinates to WGS 84: no change that is refused where a file
    /// must be read without any, but a part of every number.
    #[doc(hidden)]
    #[must_use]
    pub fn conversions(&self) -> &[ChosenOperation] {
        &self.conversions
    }

    /// How far a place may be from where it is because of these operations, in metres: the worst
    /// of them.
    #[doc(hidden)]
    #[must_use]
    pub fn conversion_accuracy_m(&self) -> f64 {
        self.conversions.iter().map(ChosenOperation::assumed_accuracy_m).fold(0.0, f64::max)
    }

    /// Adds the fixes of what was read after this.
    #[doc(hidden)]
    pub fn merge(&mut self, others: Self) {
        others.conversions.into_iter().for_each(|chosen| self.converted(chosen));
        others.by_kind.into_values().for_each(|fix| self.merge_one(fix));
    }

    fn merge_one(&mut self, fix: Fix) {
        let count = fix.count;
        self.by_kind.entry(fix.kind).and_modify(|known| known.count += count).or_insert(fix);
    }

    /// The same with their places in a part of a file.
    #[cfg_attr(not(feature = "archive"), allow(dead_code, reason = "of archives"))]
    pub(super) fn within(mut self, part: &str) -> Self {
        for fix in self.by_kind.values_mut() {
            fix.first = match fix.first.as_str() {
                "" => part.to_owned(),
                first => format!("{part}, {first}"),
            };
        }
        self
    }

    /// Each kind that happened, in a fixed order.
    pub fn all(&self) -> impl Iterator<Item = &Fix> {
        self.by_kind.values()
    }

    /// Whether nothing was changed and nothing left out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_kind.is_empty()
    }

    /// An error for each kind of fix: for input that must be read without any.
    ///
    /// # Errors
    /// A [`Problem`] for each kind.
    #[doc(hidden)]
    pub fn refused(&self, file: &str) -> Result<(), Problems> {
        let problem = |fix: &Fix| {
            let [found, ..] = fix.kind.words();
            let what = match &fix.detail {
                Some(detail) => format!("{found}: {detail}"),
                None => found.to_owned(),
            };
            let fault = Fault::NotUnchanged { what, count: fix.count, hint: fix.hint.clone() };
            Problem { file: file.to_owned(), place: fix.first.clone(), fault }
        };
        let unasked = self.all().filter(|fix| !fix.kind.is_asked_for());
        Problems::none_or(unasked.map(problem).collect(), ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_counted_and_the_first_place_is_kept() {
        let mut fixes = Fixes::default();
        fixes.add(FixKind::PartEmpty, "feature 2", None);
        fixes.add(FixKind::RingClosed, "feature 3", None);
        let mut later = Fixes::default();
        later.add(FixKind::RingClosed, "feature 9", None);
        fixes.merge(later);
        let texts: Vec<String> = fixes.all().map(Fix::to_string).collect();
        let expected = [
            "2 rings were open and have been closed, the first in feature 3",
            "1 empty part was left out: feature 2",
        ];
        assert_eq!(texts, expected);
        assert_eq!(fixes.refused("x").unwrap_err().all().len(), 2);
    }
}
