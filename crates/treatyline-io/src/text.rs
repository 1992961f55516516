//! Text as it comes from a file, from standard input or from inside the program.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::Input;
use crate::problem::{Fault, Problem};

/// A named text: what is read and what to call it in messages.
#[derive(Debug, Clone)]
pub struct Source {
    /// How the user named it.
    pub(crate) name: String,
    /// Its text, without a byte order mark.
    pub(crate) text: String,
}

impl Source {
    /// A text that is in memory already.
    ///
    /// # Errors
    /// [`Fault::Empty`] when there is nothing but white space.
    pub fn new(name: impl Into<String>, text: &str) -> Result<Self, Problem> {
        let name = name.into();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(Problem { file: name, place: String::new(), fault: Fault::Empty });
        }
        Ok(Self { name, text: text.to_owned() })
    }

    /// In place of a text that could not be read while the others are read.
    #[doc(hidden)]
    #[must_use]
    pub const fn without_text() -> Self {
        Self { name: String::new(), text: String::new() }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// A [`Problem`] for a file that is missing, a directory, unreadable, empty or
    /// not UTF-8.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        let name = path.display().to_string();
        let problem = |fault| Problem { file: name.clone(), place: String::new(), fault };
        if path.is_dir() {
            return Err(problem(Fault::Directory));
        }
        let bytes = fs::read(path).map_err(|error| problem(unreadable(&error)))?;
        Self::from_bytes(name, bytes)
    }

    fn from_bytes(name: String, bytes: Vec<u8>) -> Result<Self, Problem> {
        match String::from_utf8(bytes) {
            Ok(text) => Self::new(name, &text),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                Err(Problem { file: name, place: String::new(), fault: Fault::NotUtf8 { offset } })
            }
        }
    }

    /// How the user named it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its text, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A problem in this text.
    #[doc(hidden)]
    #[must_use]
    pub fn problem<F>(&self, place: impl Into<String>, fault: F) -> Problem<F> {
        Problem { file: self.name.clone(), place: place.into(), fault }
    }

    /// Line and column of a byte, both counted from 1.
    #[doc(hidden)]
    #[must_use]
    pub fn position(&self, byte: usize) -> String {
        let before = self.text.get(..byte).unwrap_or(&self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        format!("line {line}, column {column}")
    }
}

impl Input {
    /// All of it as text, decompressed, in UTF-8.
    ///
    /// # Errors
    /// What cannot be read, is empty, too large or no text.
    #[doc(hidden)]
    pub fn text(&self) -> Result<Source, Problem> {
        let loaded = self.load()?;
        Source::new(self.name(), &loaded.text()?)
    }
}

fn unreadable(error: &std::io::Error) -> Fault {
    match error.kind() {
        ErrorKind::NotFound => Fault::Missing,
        _ => Fault::Unreadable { reason: error.to_string() },
    }
}

/// What is wrong with a text of some kind of JSON.
pub(super) fn json_fault(kind: &str, error: &serde_json::Error) -> Fault {
    let message = plain(error);
    if error.is_eof() {
        return Fault::BreaksOff { what: format!("{kind}, {message}") };
    }
    Fault::Syntax { message: format!("not {kind}: {message}") }
}

/// What a parser of JSON says, without its place and in words for people.
pub(super) fn plain(error: &serde_json::Error) -> String {
    // The place is repeated at the end.
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    if let Some((found, known)) =
        message.strip_prefix("unknown variant ").and_then(|it| it.split_once(", expected one of "))
    {
        let meant = known.split(", ").find(|known| known.eq_ignore_ascii_case(found));
        let way_out = meant.map_or_else(
            || format!("there are {known}"),
            |meant| format!("it is written {meant}, with these capitals"),
        );
        return format!("there is no type {found}: {way_out}");
    }
    if let Some(field) = message.strip_prefix("missing field ") {
        return format!("{field} is missing");
    }
    if let Some((found, wanted)) =
        message.strip_prefix("invalid type: ").and_then(|it| it.split_once(", expected "))
    {
        return format!("{} where {} is wanted", in_words(found), in_words(wanted));
    }
    message.to_owned()
}

/// A type of values, in the words of JSON.
fn in_words(kind: &str) -> String {
    let text = kind.strip_prefix("string ").map(|text| text.trim_matches('"'));
    match (kind, text) {
        (_, Some(text)) => format!("the text `{text}`"),
        ("a sequence" | "sequence", _) => "a list".to_owned(),
        ("a map" | "map", _) => "an object".to_owned(),
        ("f64" | "f32", _) => "a number".to_owned(),
        ("a string", _) => "a text".to_owned(),
        _ if kind.starts_with("struct ") || kind.starts_with("internally tagged") => {
            "an object".to_owned()
        }
        _ => kind.to_owned(),
    }
}

/// The SHA-256 of some texts or bytes, one after the other: what a report was made from.
#[must_use]
pub fn digest(parts: impl IntoIterator<Item = impl AsRef<[u8]>>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_like_editors_do() {
        let source = Source::new("x", "ab\ncd°e").unwrap();
        assert_eq!(source.position(0), "line 1, column 1");
        assert_eq!(source.position(4), "line 2, column 2");
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(Source::new("x", "\u{feff}{}").unwrap().text, "{}");
        assert_eq!(Source::new("x", "\u{feff} \n").unwrap_err().fault, Fault::Empty);
    }

    #[test]
    fn parsers_are_put_into_words() {
        let said = |message: &str| plain(&serde::de::Error::custom(message));
        for (message, expected) in [
            (
                "unknown variant `linestring`, expected one of `Point`, `LineString`",
                "there is no type `linestring`: it is written `LineString`, with these capitals",
            ),
            (
                "unknown variant `Line`, expected one of `Point`, `LineString`",
                "there is no type `Line`: there are `Point`, `LineString`",
            ),
            ("missing field `coordinates`", "`coordinates` is missing"),
            ("invalid type: string \"a\", expected f64", "the text `a` where a number is wanted"),
            ("trailing comma", "trailing comma"),
        ] {
            assert_eq!(said(message), expected);
        }
    }

    #[test]
    fn the_digest_is_sha256() {
        // FIPS 180-4, "abc".
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest(["a", "bc"]), abc);
    }
}
