//! The part of a stream that is in memory, and where in the text it lies.

use std::io::{self, Read};

/// How much is read at a time: enough work for a thread, and small enough for its cache.
pub(super) const CHUNK: usize = 256 * 1024;

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Origin {
    /// Bytes before it.
    pub offset: u64,
    /// Its line, from 1.
    pub line: u64,
    /// Its column in characters, from 1.
    pub column: u64,
}

impl Origin {
    pub(super) const START: Self = Self { offset: 0, line: 1, column: 1 };

    /// The place after some more bytes.
    pub(super) fn after(self, bytes: &[u8]) -> Self {
        let offset = self.offset + bytes.len() as u64;
        let lines = memchr::memchr_iter(b'\n', bytes).count() as u64;
        let last = memchr::memrchr(b'\n', bytes).map_or(0, |end| end + 1);
        let column: u64 = bytes[last..].iter().map(|byte| u64::from(begins_character(*byte))).sum();
        match lines {
            0 => Self { offset, column: self.column + column, ..self },
            _ => Self { offset, line: self.line + lines, column: 1 + column },
        }
    }

    /// How messages name it.
    pub(super) fn place(self) -> String {
        format!("line {}, column {}", self.line, self.column)
    }
}

/// Whether a byte of UTF-8 is the first of a character.
const fn begins_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

/// A stream, with the part of it in memory that has not been processed yet.
pub(super) struct Window<R> {
    input: R,
    /// How much is read at a time, at least.
    chunk: usize,
    /// What is in memory.
    pub bytes: Vec<u8>,
    /// Where that begins.
    pub origin: Origin,
    /// Whether the stream has ended.
    pub ended: bool,
}

impl<R: Read> Window<R> {
    pub(super) const fn new(input: R, chunk: usize) -> Self {
        Self { input, chunk, bytes: Vec::new(), origin: Origin::START, ended: false }
    }

    /// Reads on, as much again as is in memory: so a long object is not scanned too often.
    pub(super) fn fill(&mut self) -> io::Result<()> {
        let most = self.bytes.len().max(self.chunk);
        let read = self.input.by_ref().take(most as u64).read_to_end(&mut self.bytes)?;
        self.ended = read < most;
        Ok(())
    }

    /// Drops the first bytes.
    pub(super) fn discard(&mut self, count: usize) {
        self.origin = self.origin.after(&self.bytes[..count]);
        self.bytes.drain(..count);
    }

    /// Returns the first bytes and continues in another buffer.
    pub(super) fn split(&mut self, count: usize, mut spare: Vec<u8>) -> Vec<u8> {
        self.origin = self.origin.after(&self.bytes[..count]);
        spare.clear();
        spare.extend_from_slice(&self.bytes[count..]);
        self.bytes.truncate(count);
        std::mem::replace(&mut self.bytes, spare)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_characters_and_add_up() {
        let text = "ab\nc°€d\n\ne".as_bytes();
        let place = |count: usize| Origin::START.after(&text[..count]);
        assert_eq!(place(0).place(), "line 1, column 1");
        assert_eq!(place(2).place(), "line 1, column 3");
        assert_eq!(place(9).place(), "line 2, column 4", "a°€ are one column each");
        for cut in 0..=text.len() {
            let whole = place(text.len());
            assert_eq!(place(cut).after(&text[cut..]), whole, "cut at {cut}");
        }
    }

    #[test]
    fn what_is_given_away_is_gone() {
        let mut window = Window::new(&b"abcdef"[..], CHUNK);
        window.fill().unwrap();
        assert!(window.ended);
        assert_eq!(window.split(2, Vec::new()), b"ab");
        window.discard(1);
        assert_eq!((&window.bytes[..], window.origin.offset), (&b"def"[..], 3));
    }
}
