//! A table of text as it is opened: its delimiter, its encoding, the names of its columns.

use std::borrow::Cow;

use super::columns::{Header, without_blank_lines};
use crate::encoding::{self, Encoding};
use crate::fixes::Fixes;
use crate::input::Loaded;
use crate::problem::{Fault, Problem};

/// A table, of which no row has been read.
pub(super) struct Table<'a> {
    loaded: &'a Loaded,
    bytes: Cow<'a, [u8]>,
    encoding: Encoding,
    pub(super) header: Header,
}

impl<'a> Table<'a> {
    /// # Errors
    /// An encoding that is not known, a first line without the columns of a geometry.
    pub(super) fn new(loaded: &'a Loaded, fixes: &mut Fixes) -> Result<Self, Problem> {
        let bytes = loaded.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&loaded.bytes);
        let bytes = without_blank_lines(bytes);
        let encoding = encoding_of(loaded, bytes, fixes)?;
        let header = Header::from_text(bytes).map_err(|fault| loaded.problem("line 1", fault))?;
        Ok(Self { loaded, bytes: without_blanks(bytes, header.delimiter), encoding, header })
    }

    pub(super) fn reader(&self) -> ::csv::Reader<&[u8]> {
        let mut builder = ::csv::ReaderBuilder::new();
        builder.delimiter(self.header.delimiter).flexible(true).from_reader(&*self.bytes)
    }

    /// # Errors
    /// A first row that is no CSV.
    pub(super) fn names(&self, reader: &mut ::csv::Reader<&[u8]>) -> Result<Vec<String>, Problem> {
        let names = reader.byte_headers().map_err(|error| self.broken(&error))?;
        Ok(names.iter().map(|name| self.text(name).trim().to_owned()).collect())
    }

    /// The text of a cell.
    pub(super) fn text(&self, cell: &[u8]) -> String {
        self.encoding.decoded(cell).unwrap_or_else(|| encoding::escaped(cell))
    }

    /// Whether a cell has bytes that its encoding does not know.
    pub(super) fn is_unknown(&self, cell: &[u8]) -> bool {
        self.encoding.decoded(cell).is_none()
    }

    pub(super) fn broken(&self, error: &::csv::Error) -> Problem {
        self.loaded.problem("", Fault::Syntax { message: format!("not CSV: {error}") })
    }
}

fn encoding_of(loaded: &Loaded, bytes: &[u8], fixes: &mut Fixes) -> Result<Encoding, Problem> {
    if let Some(name) = &loaded.input.encoding {
        return encoding::asked(name).map_err(|fault| loaded.problem("", fault));
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(Encoding::UTF8);
    }
    let detected = Encoding::detected(std::iter::once(bytes));
    encoding::guessed(detected, None, fixes);
    Ok(detected)
}

/// Removes blanks between a delimiter and a quote; with them the quote would be read as part of
/// the text.
fn without_blanks(bytes: &[u8], delimiter: u8) -> Cow<'_, [u8]> {
    let is_blank = |byte: &u8| *byte == b' ' || (*byte == b'\t' && delimiter != b'\t');
    let mut kept = Vec::new();
    let (mut from, mut at) = (0, 0);
    let (mut is_quoted, mut begins) = (false, true);
    while let Some(byte) = bytes.get(at) {
        if begins && is_blank(byte) {
            let blanks = bytes[at..].iter().take_while(|byte| is_blank(byte)).count();
            if bytes.get(at + blanks) == Some(&b'"') {
                kept.extend_from_slice(&bytes[from..at]);
                from = at + blanks;
            }
            at += blanks;
            begins = bytes.get(at) == Some(&b'"');
            continue;
        }
        if *byte == b'"' && (begins || is_quoted) {
            is_quoted = !is_quoted;
        }
        begins = !is_quoted && (*byte == delimiter || matches!(byte, b'\n' | b'\r'));
        at += 1;
    }
    if from == 0 {
        return Cow::Borrowed(bytes);
    }
    kept.extend_from_slice(&bytes[from..]);
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_before_quotes_are_no_text() {
        for (text, expected) in [
            ("a, \"b, c\"\n", "a,\"b, c\"\n"),
            ("a, b\n", "a, b\n"),
            (" \"a\"\n  \"b\" ,c", "\"a\"\n\"b\" ,c"),
            ("\"x, \"\" y\", \"z\"", "\"x, \"\" y\",\"z\""),
            ("a\"b, c\"", "a\"b, c\""),
        ] {
            let found = without_blanks(text.as_bytes(), b',');
            assert_eq!(String::from_utf8_lossy(&found), expected, "{text}");
        }
        assert_eq!(&*without_blanks(b"a;\t\"b\"", b';'), b"a;\"b\"");
        assert_eq!(&*without_blanks(b"a\t\t\"b\"", b'\t'), b"a\t\t\"b\"");
    }
}
