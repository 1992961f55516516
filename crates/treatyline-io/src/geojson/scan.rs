//! Where a JSON object ends, found without parsing it.
//!
//! Braces and quotes are enough for that. Coordinates hold neither, so nearly all of a
//! file is skipped at the speed of memory. Whether the bytes between them are JSON is checked by
//! the parser.

use std::ops::Range;

use memchr::{memchr2, memchr3};

/// A scan over an object; it can pause at any byte.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scan {
    /// The next byte to look at.
    pub at: usize,
    /// How many objects it is in.
    depth: usize,
    /// Where the text began that it is in.
    text: Option<usize>,
    /// Whether the next byte follows a backslash.
    escaped: bool,
}

/// What a scan has found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The end of the object: the index behind it.
    End(usize),
    /// A text directly in the object, without its quotes: a key or a value.
    Text(Range<usize>),
    /// Neither of them in the bytes so far.
    Nothing,
}

impl Scan {
    /// A scan that begins at an opening brace.
    pub(super) fn from(at: usize) -> Self {
        Self { at, ..Self::default() }
    }

    /// A scan that begins inside an object.
    pub(super) fn inside(at: usize) -> Self {
        Self { at, depth: 1, ..Self::default() }
    }

    /// Corrects its places after the first bytes were removed.
    pub(super) fn shift(&mut self, count: usize) {
        self.at = self.at.saturating_sub(count);
        self.text = self.text.map(|begin| begin.saturating_sub(count));
    }

    /// Goes on to the end of the object or to the next text directly in it.
    pub(super) fn run(&mut self, bytes: &[u8]) -> Found {
        loop {
            let found = match self.text {
                Some(begin) => self.through_text(bytes, begin),
                None => self.between_texts(bytes),
            };
            if let Some(found) = found {
                return found;
            }
        }
    }

    fn between_texts(&mut self, bytes: &[u8]) -> Option<Found> {
        let Some(next) = memchr3(b'"', b'{', b'}', &bytes[self.at..]) else {
            self.at = bytes.len();
            return Some(Found::Nothing);
        };
        let found = self.at + next;
        self.at = found + 1;
        match bytes[found] {
            b'"' => self.text = Some(self.at),
            b'{' => self.depth += 1,
            _ => self.depth = self.depth.saturating_sub(1),
        }
        (self.depth == 0).then_some(Found::End(self.at))
    }

    fn through_text(&mut self, bytes: &[u8], begin: usize) -> Option<Found> {
        if self.escaped && self.at < bytes.len() {
            self.at += 1;
            self.escaped = false;
        }
        let Some(next) = memchr2(b'"', b'\\', &bytes[self.at..]) else {
            self.at = bytes.len();
            return Some(Found::Nothing);
        };
        let found = self.at + next;
        self.at = found + 1;
        if bytes[found] == b'\\' {
            self.escaped = true;
            return None;
        }
        self.text = None;
        (self.depth == 1).then_some(Found::Text(begin..found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OBJECT: &str = r#"{"a\"}": [{"b": "{\\"}], "c": {}} {"#;

    #[test]
    fn an_object_ends_where_its_braces_do() {
        let mut scan = Scan::from(0);
        let bytes = OBJECT.as_bytes();
        let mut texts = Vec::new();
        let end = loop {
            match scan.run(bytes) {
                Found::End(end) => break end,
                Found::Text(range) => texts.push(&OBJECT[range]),
                Found::Nothing => panic!("it ends"),
            }
        };
        assert_eq!(&OBJECT[end - 2..end], "}}");
        assert_eq!(texts, ["a\\\"}", "c"], "only what is directly in it");
    }

    #[test]
    fn a_scan_pauses_at_any_byte() {
        let bytes = OBJECT.as_bytes();
        for step in 1..9 {
            let (mut scan, mut seen) = (Scan::from(0), 0);
            let end = loop {
                match scan.run(&bytes[..seen]) {
                    Found::End(end) => break end,
                    Found::Text(_) => {}
                    Found::Nothing => seen = bytes.len().min(seen + step),
                }
            };
            assert_eq!(end, OBJECT.len() - 2, "{step} bytes at a time");
        }
    }
}
