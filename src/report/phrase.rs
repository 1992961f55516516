//! Words of a report, with their kind where it changes how they look.

use std::fmt;

use super::sections::mark;
use crate::check::Verdict;

/// A paragraph or the cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// Its kind.
    pub kind: PhraseKind,
    /// The words, without the sign of a verdict.
    pub(crate) text: String,
}

/// The kind of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhraseKind {
    /// Words.
    Plain,
    /// Words with a verdict.
    Verdict(Verdict),
    /// A day or a month, in which a line should not be broken.
    Date,
}

impl Phrase {
    /// Words with a verdict; the words may be empty.
    #[must_use]
    pub(crate) fn verdict(verdict: Verdict, text: impl Into<String>) -> Self {
        Self { kind: PhraseKind::Verdict(verdict), text: text.into() }
    }

    /// A day or a month (ISO 8601).
    #[must_use]
    pub(crate) fn date(text: impl Into<String>) -> Self {
        Self { kind: PhraseKind::Date, text: text.into() }
    }

    /// Whether there are neither words nor a sign.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty() && !matches!(self.kind, PhraseKind::Verdict(_))
    }
}

impl From<String> for Phrase {
    fn from(text: String) -> Self {
        Self { kind: PhraseKind::Plain, text }
    }
}

impl From<&str> for Phrase {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// With the sign of the verdict before the words.
impl fmt::Display for Phrase {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            PhraseKind::Verdict(verdict) if self.text.is_empty() => to.write_str(mark(verdict)),
            PhraseKind::Verdict(verdict) => write!(to, "{} {}", mark(verdict), self.text),
            PhraseKind::Plain | PhraseKind::Date => to.write_str(&self.text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_is_seen_without_colour() {
        let phrase = |text| Phrase::verdict(Verdict::Inconsistent, text).to_string();
        assert_eq!([phrase("informal only"), phrase("")], ["✗ informal only", "✗"]);
        assert_eq!(Phrase::from("as it is").to_string(), "as it is");
    }
}
