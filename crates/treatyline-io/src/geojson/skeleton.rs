//! A FeatureCollection without its features.

use serde_json::{Map, Value};

use super::general::check_system;
use super::raw::{self, Wrong};
use super::stream::Fail;
use super::window::Origin;
use crate::problem::Fault;

/// What comes before a list of features, from the brace on, and what comes after it:
/// together an object with an empty list.
#[derive(Debug)]
pub(super) struct Skeleton {
    text: Vec<u8>,
    /// How much of it comes before the list's end.
    head: usize,
    begins: Origin,
    in_any_system: bool,
    /// Where the list ends.
    goes_on: Origin,
}

impl Skeleton {
    /// From what comes before a list, its bracket included. Nothing if it is of another
    /// type, for which that list means nothing (RFC 7946 §7.1).
    pub(super) fn begin(
        head: &[u8],
        begins: Origin,
        in_any_system: bool,
    ) -> Result<Option<Self>, Fail> {
        let (text, head) = (head.to_owned(), head.len());
        let mut skeleton = Self { text, head, begins, in_any_system, goes_on: begins };
        skeleton.text.extend_from_slice(b"]}");
        let members = skeleton.parsed()?;
        if members.get("type").is_some_and(|kind| kind != "FeatureCollection") {
            return Ok(None);
        }
        // Refused before all the features are read.
        skeleton.check_system(&members)?;
        skeleton.text.truncate(skeleton.head);
        Ok(Some(skeleton))
    }

    /// The list ends here.
    pub(super) const fn listed(&mut self, at: Origin) {
        self.goes_on = at;
    }

    /// Takes what comes after it, the list's bracket included.
    pub(super) fn end(&mut self, tail: &[u8]) {
        self.text.extend_from_slice(tail);
    }

    /// The members other than `type` and `features`.
    pub(super) fn members(&self) -> Result<Map<String, Value>, Fail> {
        let mut members = self.parsed()?;
        let kind = members.remove("type");
        let kind = kind.as_ref().and_then(Value::as_str).unwrap_or_default();
        let found = if kind.is_empty() {
            "an object without a type".to_owned()
        } else if kind != "FeatureCollection" {
            format!("an object of type `{kind}`")
        } else if members.remove("features").is_none_or(|features| !features.is_array()) {
            "a FeatureCollection without a list of features".to_owned()
        } else {
            self.check_system(&members)?;
            return Ok(members);
        };
        Err((String::new(), Fault::NoGeoJson { found }))
    }

    fn check_system(&self, members: &Map<String, Value>) -> Result<(), Fail> {
        if self.in_any_system {
            return Ok(());
        }
        check_system(members.get("crs")).map_err(|fault| (String::new(), fault))
    }

    fn parsed(&self) -> Result<Map<String, Value>, Fail> {
        raw::parsed(&self.text).map_err(|wrong| match wrong {
            Wrong::NotUtf8(at) => {
                let offset = self.origin(at).offset as usize;
                (String::new(), Fault::NotUtf8 { offset })
            }
            Wrong::NotJson(at, message) => (self.origin(at).place(), raw::fault(message)),
        })
    }

    /// Where in the whole text a byte of this one lies.
    fn origin(&self, at: usize) -> Origin {
        match self.text.get(self.head..at) {
            Some(tail) => self.goes_on.after(tail),
            None => self.begins.after(&self.text[..at]),
        }
    }
}
