//! Names in other languages than that of the dossier.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::problem::Fault;

/// A language, by its tag (BCP 47): `ru`, `zh-Hant`, `sr-Latn`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language(Cow<'static, str>);

impl Language {
    /// English, the language of reports.
    pub const ENGLISH: Self = Self(Cow::Borrowed("en"));
    /// Chinese.
    pub const CHINESE: Self = Self(Cow::Borrowed("zh"));
    /// Russian.
    pub const RUSSIAN: Self = Self(Cow::Borrowed("ru"));
    /// Kazakh.
    pub const KAZAKH: Self = Self(Cow::Borrowed("kk"));

    /// The language of a tag, if it is written as one: two to eight letters, then parts of one to eight
    /// letters and digits after hyphens. Whether the language exists is not asked.
    #[must_use]
    pub fn new(tag: &str) -> Option<Self> {
        let mut parts = tag.split('-');
        let first = parts.next()?;
        let is_language =
            (2..=8).contains(&first.len()) && first.bytes().all(|c| c.is_ascii_alphabetic());
        let is_part = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_alphanumeric())
        };
        (is_language && parts.all(is_part)).then(|| Self(Cow::Owned(tag.to_owned())))
    }

    /// Its tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The language without script, region and variants: `zh` of `zh-Hant`.
    #[must_use]
    pub fn primary(&self) -> String {
        self.0.split('-').next().unwrap_or_default().to_lowercase()
    }

    /// The tag, then without its last part, and so on (RFC 4647, lookup).
    fn fallbacks(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(&*self.0), |tag| Some(tag.rsplit_once('-')?.0))
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::ENGLISH
    }
}

impl fmt::Display for Language {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

/// Names in other languages, as far as a source states them, by the tags of the languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// The name in a language, or in that of a shorter tag; if there is none, the given `name`.
    #[must_use]
    pub fn or<'a>(&'a self, language: &Language, name: &'a str) -> &'a str {
        let of_tag = |tag: &str| self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(tag));
        language.fallbacks().find_map(of_tag).map_or(name, |(_, name)| name)
    }

    /// The tags of the languages.
    pub(crate) fn tags(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether there is none.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Refuses names without a letter, and keys that are no tags.
    pub(super) fn check(&self) -> Result<(), Fault> {
        let fault = |value: String, wanted| Err(Fault::Value { field: "names", value, wanted });
        if let Some(tag) = self.0.keys().find(|tag| Language::new(tag).is_none()) {
            let wanted = "names by tags of languages, such as ru, zh-Hant or sr-Latn";
            return fault(format!("of `{}`", tag.escape_debug()), wanted);
        }
        let blank = |name: &&String| name.trim().is_empty() || name.chars().any(char::is_control);
        match self.0.values().find(blank) {
            None => Ok(()),
            Some(name) => {
                let wanted = "names of at least one letter, or none for the language";
                fault(format!("`{}`", name.escape_debug()), wanted)
            }
        }
    }
}

impl super::Dossier {
    /// The tags of all languages that something in it has a name in, in alphabetical order.
    #[doc(hidden)]
    #[must_use]
    pub fn languages(&self) -> Vec<String> {
        let parties = self.parties.iter().map(|party| &party.names);
        let stretches = self.stretches.values().map(|stretch| &stretch.names);
        let points = self.points.iter().map(|point| &point.names);
        let sectors = self.sectors.iter().map(|sector| &sector.facts.names);
        let all = [&self.names].into_iter().chain(parties).chain(stretches).chain(points);
        let tags: BTreeSet<&str> = all.chain(sectors).flat_map(Names::tags).collect();
        tags.into_iter().map(str::to_owned).collect()
    }
}

/// What is known of a stretch of the line that figures refer to.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// Its name; a map writes it along the line.
    #[serde(default)]
    pub name: Option<String>,
    /// Its name in other languages.
    #[serde(default)]
    pub names: Names,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_tag_falls_back_to_a_shorter_one_and_not_the_other_way() {
        let names = Names(
            [("sr", "Србија"), ("sr-Latn", "Srbija"), ("zh-Hant", "邊界")]
                .map(|(tag, name)| (tag.to_owned(), name.to_owned()))
                .into(),
        );
        let of = |tag: &str| names.or(&Language::new(tag).unwrap(), "Serbia").to_owned();
        assert_eq!(of("sr-Latn-RS"), "Srbija");
        assert_eq!(of("SR-cyrl"), "Србија");
        assert_eq!(of("zh"), "Serbia", "who asks for Chinese may not read traditional characters");
        assert_eq!(of("zh-hant"), "邊界");
    }

    #[test]
    fn what_is_no_tag_is_none() {
        for bad in ["", "x", "russian language", "ru-", "-ru", "ру", "abcdefghi", "zh-abcdefghi"]
        {
            assert_eq!(Language::new(bad), None, "{bad}");
        }
        assert_eq!(Language::new("zh-Hant-TW").unwrap().primary(), "zh");
    }
}
