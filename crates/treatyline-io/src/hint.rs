//! What to do about something, as data: words, and what the reader of the words can set.
//!
//! What is set has another name in each interface: a method in Rust, an option of the command. A
//! [`Hint`] holds a [`Setting`], and only the interface knows its name, so no message of a library
//! names an option that its caller does not have.

mod command;

use std::fmt;
use std::sync::OnceLock;

/// What a caller can set or ask for to avoid a problem. It is written by its name in the library,
/// or, in a program with an interface of its own, by its name there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Setting {
    /// How many bytes of an input are held in memory.
    Limit,
    /// The only layer to read.
    Layer,
    /// The values that an attribute must have.
    Condition,
    /// The encoding of text.
    Encoding,
    /// The coordinate system of an input.
    System,
    /// The operation that brings coordinates to WGS 84.
    Operation,
    /// That an input must need no fix.
    Strictness,
    /// How near vertices of two polygons must be to be one.
    Tolerance,
    /// The line that is measured.
    Line,
    /// The dossier that a line is compared with.
    Dossier,
    /// How far stations are apart.
    Step,
    /// The attribute whose values join features.
    JoinedBy,
    /// The attribute with the country on the left of a line.
    Left,
    /// The attribute with the country on the right of a line.
    Right,
    /// The attribute with the kind of a boundary.
    Kind,
    /// Up to which distance outlines face each other.
    Within,
    /// The format of what is written.
    Format,
    /// The survey of all boundaries of a file.
    Survey,
    /// The comparison of the outlines of two neighbours.
    Neighbours,
    /// The search for the coordinate system that a file is in.
    Datum,
    /// All findings, each explained.
    Findings,
    /// The dossier's line, to be written to a file.
    LineLayer,
}

/// How an interface names a setting, alone or with a value.
pub type Namer = fn(Setting, Option<&str>) -> String;

/// That of the program, if it has an interface of its own. It is one for the whole process, as a
/// language would be: words are made where no caller could hand it down.
static NAMER: OnceLock<Namer> = OnceLock::new();

/// From now on settings are named in this way; the first call counts.
pub fn name_settings(namer: Namer) {
    let _ = NAMER.set(namer);
}

impl Setting {
    /// All of them, for interfaces that name them.
    #[doc(hidden)]
    pub const ALL: [Self; 22] = [
        Self::Limit,
        Self::Layer,
        Self::Condition,
        Self::Encoding,
        Self::System,
        Self::Operation,
        Self::Strictness,
        Self::Tolerance,
        Self::Line,
        Self::Dossier,
        Self::Step,
        Self::JoinedBy,
        Self::Left,
        Self::Right,
        Self::Kind,
        Self::Within,
        Self::Format,
        Self::Survey,
        Self::Neighbours,
        Self::Datum,
        Self::Findings,
        Self::LineLayer,
    ];

    /// The setting with a value for it.
    #[doc(hidden)]
    #[must_use]
    pub fn with(self, value: impl fmt::Display) -> Assigned {
        Assigned { setting: self, value: value.to_string() }
    }

    fn named(self, value: Option<&str>) -> String {
        NAMER.get().map_or_else(|| self.in_library(value), |namer| namer(self, value))
    }

    fn in_library(self, value: Option<&str>) -> String {
        let name = match self {
            Self::Limit => "Input::with_limit",
            Self::Layer => "Input::with_layer",
            Self::Condition => "Input::with_conditions",
            Self::Encoding => "Input::with_encoding",
            Self::System => "Input::with_crs",
            Self::Operation => "Input::with_operation",
            Self::Strictness => "Input::with_strictness",
            Self::Tolerance => "DrawnLine::snapped",
            Self::Line => "StudyBuilder::line",
            Self::Dossier => "Dossier::read",
            Self::Step => "Settings::step",
            Self::JoinedBy => "NamedAttributes::by",
            Self::Left => "NamedAttributes::left",
            Self::Right => "NamedAttributes::right",
            Self::Kind => "NamedAttributes::kind",
            Self::Within => "another limit",
            Self::Format => "another format",
            Self::Survey => "survey::survey",
            Self::Neighbours => "the comparison of neighbours of the command treatyline",
            Self::Datum => "the command treatyline",
            Self::Findings => "report::findings_text",
            Self::LineLayer => "report::line",
        };
        value.map_or_else(|| name.to_owned(), |value| format!("{name}({value})"))
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.named(None))
    }
}

/// A setting with a value for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    setting: Setting,
    value: String,
}

impl fmt::Display for Assigned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.setting.named(Some(&self.value)))
    }
}

/// What to do about something that is wrong or was changed: a part of a sentence.
///
/// ```
/// use treatyline_io::{Input, Setting, read};
///
/// let input = Input::bytes("line.geojson", &b"{}"[..]).with_limit(1);
/// let problems = read(&input).unwrap_err();
/// let hint = problems.all()[0].fault.hint();
/// assert!(hint.settings().any(|setting| setting == Setting::Limit));
/// assert!(hint.to_string().ends_with("raise the limit with Input::with_limit"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint(Vec<Part>);

/// A part of a hint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words of this library. `FILE` in a command is the file.
    Words(&'static str),
    /// What comes from the input.
    Text(String),
    /// What can be set.
    Setting(Setting),
    /// What can be set, with a value for it.
    Assigned(Assigned),
}

impl Hint {
    /// The parts in order; `hint!` makes them of words and settings.
    #[doc(hidden)]
    pub fn from_parts(parts: impl IntoIterator<Item = Part>) -> Self {
        Self(parts.into_iter().collect())
    }

    /// The settings that it names, in its order.
    pub fn settings(&self) -> impl Iterator<Item = Setting> {
        self.0.iter().filter_map(|part| match part {
            Part::Setting(setting) | Part::Assigned(Assigned { setting, .. }) => Some(*setting),
            Part::Words(_) | Part::Text(_) => None,
        })
    }

    /// The words, with the name of a file in commands.
    pub(super) fn about(&self, file: &str) -> String {
        let words = |part: &Part| match part {
            Part::Words(words) => command::with_file(words, file),
            other => other.to_string(),
        };
        self.0.iter().map(words).collect()
    }

    /// Another hint after this one.
    #[doc(hidden)]
    #[must_use]
    pub fn and(mut self, between: &'static str, other: Self) -> Self {
        self.0.push(Part::Words(between));
        self.0.extend(other.0);
        self
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| part.fmt(f))
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => f.write_str(words),
            Self::Text(text) => f.write_str(text),
            Self::Setting(setting) => setting.fmt(f),
            Self::Assigned(assigned) => assigned.fmt(f),
        }
    }
}

impl From<&'static str> for Part {
    fn from(words: &'static str) -> Self {
        Self::Words(words)
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Setting> for Part {
    fn from(setting: Setting) -> Self {
        Self::Setting(setting)
    }
}

impl From<Assigned> for Part {
    fn from(assigned: Assigned) -> Self {
        Self::Assigned(assigned)
    }
}

/// A hint of words and settings, one after the other.
#[doc(hidden)]
#[macro_export]
macro_rules! hint {
    ($($part:expr),+ $(,)?) => {
        $crate::internal::Hint::from_parts([$($crate::internal::Part::from($part)),+])
    };
}
