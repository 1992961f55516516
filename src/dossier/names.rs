//! Names in other languages than English.

use serde::{Deserialize, Serialize};

use crate::problem::Fault;

/// A language that a map can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English, the language of a dossier.
    #[default]
    English,
    /// Chinese, in simplified characters.
    Chinese,
    /// Russian.
    Russian,
    /// Kazakh, in Cyrillic letters.
    Kazakh,
}

/// Names in other languages, as far as a source states them; by ISO 639-1 codes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// In Chinese.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) zh: Option<String>,
    /// In Russian.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ru: Option<String>,
    /// In Kazakh.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kk: Option<String>,
}

impl Names {
    /// The name in a language; if there is none, the given `name`.
    #[must_use]
    pub fn or<'a>(&'a self, language: Language, name: &'a str) -> &'a str {
        let found = match language {
            Language::English => &None,
            Language::Chinese => &self.zh,
            Language::Russian => &self.ru,
            Language::Kazakh => &self.kk,
        };
        found.as_deref().unwrap_or(name)
    }

    /// Whether there is none.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Refuses names without a letter.
    pub(super) fn check(&self) -> Result<(), Fault> {
        let all = [&self.zh, &self.ru, &self.kk];
        let blank = |name: &&String| name.trim().is_empty() || name.chars().any(char::is_control);
        match all.into_iter().flatten().find(blank) {
            None => Ok(()),
            Some(name) => Err(Fault::Value {
                field: "names",
                value: format!("`{}`", name.escape_debug()),
                wanted: "names of at least one letter, or none for the language",
            }),
        }
    }
}

/// What is known of a stretch of the line that figures refer to.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// Its name; a map writes it along the line.
    #[serde(default)]
    pub name: Option<String>,
    /// Its name in other languages.
    #[serde(default)]
    pub names: Names,
}
