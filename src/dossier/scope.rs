//! What a published figure is about.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use super::{Medium, Segment};

/// What a figure is about: the line, a part of it, or anything else that a dossier names. Figures
/// of one scope are compared with each other; lengths of the line and its parts are also measured.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(from = "String")]
pub(crate) enum Scope {
    /// `line`: the whole line.
    Line,
    /// `line/land`: the part of it on land.
    Land,
    /// `line/water`: the part of it in rivers and lakes.
    Water,
    /// `line/sea`: the part of it in the sea.
    Sea,
    /// `line/without-sea`: all of it but what is at sea.
    WithoutSea,
    /// `line/NAME`: the segments of one `stretch`.
    Stretch(String),
    /// Anything else.
    Other(String),
}

impl Scope {
    /// Whether a segment counts to it. What is shown to be water or sea counts as such, and all
    /// the rest as land.
    #[must_use]
    pub(crate) fn holds(&self, segment: &Segment) -> bool {
        match self {
            Self::Line => true,
            Self::Land => !segment.facts.is_shown_water() && !segment.facts.is_shown_sea(),
            Self::Water => segment.facts.is_shown_water(),
            Self::Sea => segment.facts.is_shown_sea(),
            Self::WithoutSea => segment.facts.medium != Medium::Sea,
            Self::Stretch(name) => segment.facts.stretch.as_ref() == Some(name),
            Self::Other(_) => false,
        }
    }
}

impl From<String> for Scope {
    fn from(text: String) -> Self {
        match text.as_str() {
            "line" => Self::Line,
            "line/land" => Self::Land,
            "line/water" => Self::Water,
            "line/sea" => Self::Sea,
            "line/without-sea" => Self::WithoutSea,
            named => match named.strip_prefix("line/") {
                Some(stretch) => Self::Stretch(stretch.to_owned()),
                None => Self::Other(text),
            },
        }
    }
}

/// As a dossier writes it.
impl fmt::Display for Scope {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line => to.write_str("line"),
            Self::Land => to.write_str("line/land"),
            Self::Water => to.write_str("line/water"),
            Self::Sea => to.write_str("line/sea"),
            Self::WithoutSea => to.write_str("line/without-sea"),
            Self::Stretch(name) => write!(to, "line/{name}"),
            Self::Other(text) => to.write_str(text),
        }
    }
}

impl Serialize for Scope {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_written_as_it_was_read() {
        let read = |text: &str| Scope::from(text.to_owned());
        let texts = [
            "line",
            "line/land",
            "line/water",
            "line/sea",
            "line/tekes",
            "line/",
            "lines",
            "river/a",
        ];
        for text in texts {
            assert_eq!(read(text).to_string(), text);
        }
        assert_eq!(read("line/tekes"), Scope::Stretch("tekes".to_owned()));
        assert_eq!(read("lines"), Scope::Other("lines".to_owned()));
    }
}
