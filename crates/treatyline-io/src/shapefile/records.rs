//! Finds the records of a `.shp`: one after the other, by the length that each states. If that does
//! not lead to the next record, the index (`.shx`) is used.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::fixes::{FixKind, Fixes};
use crate::input::Loaded;
use crate::problem::{Fault, Problem};

/// The bytes of a header, of the file or of a record.
const HEADER: usize = 100;
const RECORD_HEADER: usize = 8;
/// How the `.shp` and the `.shx` begin.
const MAGIC: [u8; 4] = [0, 0, 0x27, 0x0a];

/// The contents of records, in their order.
pub(super) struct Records(Vec<Range<usize>>);

/// The records as one leads to the next.
struct Chain {
    contents: Vec<Range<usize>>,
    fixes: Fixes,
    /// Whether each has the number that follows that of the one before.
    is_in_order: bool,
    /// What lies where the last one leads.
    end: End,
}

enum End {
    /// The end of the file.
    OfFile,
    /// Bytes that are no record.
    OfRecords(usize),
    /// The middle of a record.
    Within,
}

impl Records {
    /// Finds them.
    ///
    /// # Errors
    /// A file that breaks off.
    pub(super) fn find(loaded: &Loaded, fixes: &mut Fixes) -> Result<Self, Problem> {
        let broken = |what: String| {
            loaded.problem("", Fault::BreaksOff { what: format!("shapefile: {what}") })
        };
        let bytes = &loaded.bytes;
        if bytes.len() < HEADER {
            return Err(broken("it ends in its header".to_owned()));
        }
        let stated_end = words(bytes, 24).unwrap_or(0);
        let chain = Chain::follow(bytes, stated_end);
        if stated_end > bytes.len() {
            let is_whole = matches!(chain.end, End::OfFile) && !chain.contents.is_empty();
            if !is_whole {
                return Err(broken("it ends before what its header announces".to_owned()));
            }
            let detail = format!("{} of {stated_end} bytes", bytes.len());
            fixes.add(FixKind::HeaderLength, "", Some(detail));
        }
        if !(chain.is_in_order && matches!(chain.end, End::OfFile))
            && let Some(index) = loaded.companion("shx")?
            && let Some(records) = Self::of_index(bytes, &index, fixes)
        {
            return Ok(records);
        }
        let number = chain.contents.len() + 1;
        match chain.end {
            End::OfFile => {}
            End::OfRecords(at) => bytes_behind(bytes.len() - at, fixes),
            End::Within => {
                return Err(broken(format!("record {number} goes on behind the end of the file")));
            }
        }
        fixes.merge(chain.fixes);
        Ok(Self(chain.contents))
    }

    /// The bytes of each.
    pub(super) fn contents<'a>(&self, bytes: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        self.0.iter().map(|range| bytes.get(range.clone()).unwrap_or_default())
    }

    /// The records as the index lists them, if it fits this file: each entry must lead to a record
    /// with its number or its length.
    fn of_index(bytes: &[u8], index: &[u8], fixes: &mut Fixes) -> Option<Self> {
        let entries = index.strip_prefix(&MAGIC)?.get(HEADER - MAGIC.len()..)?.chunks_exact(8);
        let (mut contents, mut begins) = (Vec::new(), BTreeSet::new());
        let mut found = Fixes::default();
        for (i, entry) in entries.enumerate() {
            let (at, length) = (words(entry, 0)?, words(entry, 4)?);
            let from = at.checked_add(RECORD_HEADER)?;
            let content = from..from.checked_add(length)?;
            let stated = words(bytes, at + 4)?;
            let is_record = at >= HEADER && bytes.get(content.clone()).is_some();
            let is_same = stated == length || is_record_at(bytes, at, i + 1);
            if !is_record || !is_same || !begins.insert(at) {
                return None;
            }
            if stated != length {
                found.add(FixKind::RecordLength, format!("record {}", i + 1), None);
            }
            contents.push(content);
        }
        let end = contents.iter().map(|content| content.end).max()?;
        let taken: usize = contents.iter().map(|content| content.len() + RECORD_HEADER).sum();
        // Bytes without an entry are old records that a program has written again elsewhere.
        let between = (end - HEADER).saturating_sub(taken);
        bytes_behind(bytes.len() - end + between, &mut found);
        fixes.merge(found);
        Some(Self(contents))
    }
}

impl Chain {
    fn follow(bytes: &[u8], stated_end: usize) -> Self {
        let mut chain = Self {
            contents: Vec::new(),
            fixes: Fixes::default(),
            is_in_order: true,
            end: End::OfFile,
        };
        let mut at = HEADER;
        loop {
            let number = chain.contents.len() + 1;
            let is_next = is_record_at(bytes, at, number);
            if at >= bytes.len() {
                return chain;
            }
            if at >= stated_end && !is_next {
                chain.end = End::OfRecords(at);
                return chain;
            }
            let from = at + RECORD_HEADER;
            let place = format!("record {number}");
            let mut length = words(bytes, at + 4).unwrap_or(usize::MAX);
            if bytes.get(from..from + 4) == Some(&[0; 4]) && length != 4 {
                // A null shape is its type and no more, whatever length is stated: if that does
                // not lead to the next record and four bytes do, it is wrong.
                let leads = |length: usize| {
                    let next = from.saturating_add(length);
                    next == bytes.len() || is_record_at(bytes, next, number + 1)
                };
                if !leads(length) && leads(4) {
                    chain.fixes.add(FixKind::RecordLength, &place, None);
                    length = 4;
                }
            }
            let content = from..from.saturating_add(length);
            let is_blank = bytes[at..].iter().all(|byte| *byte == 0);
            if bytes.get(content.clone()).is_none() || is_blank {
                chain.end = if is_next { End::Within } else { End::OfRecords(at) };
                return chain;
            }
            if at >= stated_end {
                chain.fixes.add(FixKind::BehindHeader, &place, None);
            }
            chain.is_in_order &= is_next;
            at = content.end;
            chain.contents.push(content);
        }
    }
}

/// Counts bytes that are of no record.
fn bytes_behind(count: usize, fixes: &mut Fixes) {
    if count > 0 {
        fixes.add(FixKind::BytesLeftOver, "", Some(format!("{count} bytes")));
    }
}

/// Whether a record of this number begins here.
fn is_record_at(bytes: &[u8], at: usize, number: usize) -> bool {
    let four = bytes.get(at..at.saturating_add(4));
    let stated = four.and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    stated.is_some_and(|stated| stated as usize == number)
}

/// A length, which is counted in words of two bytes.
fn words(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(u64::from(u32::from_be_bytes(four)) * 2).ok()
}
