//! The container of a TIFF file (TIFF 6.0, section 2) and of its variant for large files
//! (BigTIFF): directories, and the values of their entries.
//!
//! A directory is read when it is asked for, a value when it is needed. No count in the file
//! makes room for more than [`LONGEST_VALUE`] bytes.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Take};

use super::super::input::Seekable;
use super::super::limits;
use crate::problem::{Fault, RasterFault};

/// The most bytes of one value that are read at once.
const LONGEST_VALUE: u64 = 1 << 20;
/// As many entries as there can be different tags.
const MOST_ENTRIES: u64 = 1 << 16;

/// A TIFF file.
pub(super) struct Container {
    bytes: BufReader<Box<dyn Seekable>>,
    size: u64,
    pub(super) big_endian: bool,
    /// BigTIFF: counts and places take eight bytes.
    is_large: bool,
    /// Where the first directory is.
    pub(super) first: u64,
}

/// The entries of one directory by their tags, and where the next directory is; 0 after the
/// last one.
pub(super) struct Directory {
    pub(super) entries: BTreeMap<u16, Entry>,
    pub(super) next: u64,
}

/// One entry: its value, if that is short enough, or the place of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    kind: u16,
    pub(super) count: u64,
    /// As it is in the file; four bytes are followed by zeros.
    field: [u8; 8],
}

/// That a file is damaged.
pub(super) fn broken(what: impl Into<String>) -> Fault {
    RasterFault::Broken { what: what.into() }.into()
}

/// The fault behind an error while `what` was read.
pub(super) fn failed(error: &io::Error, what: &str) -> Fault {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => broken(format!("the file ends within {what}")),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other => {
            broken(format!("{what} cannot be decoded ({error})"))
        }
        _ => limits::fault(error),
    }
}

impl Container {
    pub(super) fn new(bytes: Box<dyn Seekable>) -> Result<Self, Fault> {
        let mut bytes = BufReader::with_capacity(1 << 13, bytes);
        let outcome = bytes.seek(SeekFrom::End(0)).and_then(|size| {
            bytes.rewind()?;
            Ok(size)
        });
        let size = outcome.map_err(|error| limits::fault(&error))?;
        let mut head = [0; 16];
        let count = usize::try_from(size.min(16)).unwrap_or(16);
        let read = bytes.read_exact(head.get_mut(..count).unwrap_or_default());
        read.map_err(|error| limits::fault(&error))?;
        // The shortest header there is.
        if size < 8 {
            return Err(RasterFault::NotTiff.into());
        }
        let (big_endian, version) = match head {
            [b'I', b'I', version, 0, ..] => (false, version),
            [b'M', b'M', 0, version, ..] => (true, version),
            _ => return Err(RasterFault::NotTiff.into()),
        };
        let is_large = match version {
            42 => false,
            43 => true,
            _ => return Err(RasterFault::NotTiff.into()),
        };
        let [_, _, _, _, a, b, c, d, large @ ..] = head;
        let first = match is_large {
            false => unsigned(&[a, b, c, d], big_endian),
            true => unsigned(&large, big_endian),
        };
        Ok(Self { bytes, size, big_endian, is_large, first })
    }

    /// How many bytes the file has.
    pub(super) const fn size(&self) -> u64 {
        self.size
    }

    /// The file itself, from its beginning.
    pub(super) fn beginning(&mut self) -> io::Result<&mut impl Read> {
        self.bytes.rewind()?;
        Ok(&mut self.bytes)
    }

    /// The bytes from a place on, no more than `count`.
    pub(super) fn stretch(&mut self, at: u64, count: u64) -> io::Result<Take<&mut impl BufRead>> {
        self.bytes.seek(SeekFrom::Start(at))?;
        Ok(Read::take(&mut self.bytes, count))
    }

    fn exactly<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let mut bytes = [0; N];
        let read = self.bytes.read_exact(&mut bytes);
        read.map_err(|error| failed(&error, "a directory"))?;
        Ok(bytes)
    }

    /// A count or a place at the current position.
    fn whole(&mut self) -> Result<u64, Fault> {
        let big_endian = self.big_endian;
        Ok(match self.is_large {
            true => unsigned(&self.exactly::<8>()?, big_endian),
            false => unsigned(&self.exactly::<4>()?, big_endian),
        })
    }

    /// The directory at a place.
    pub(super) fn directory(&mut self, at: u64) -> Result<Directory, Fault> {
        if at == 0 || at >= self.size {
            return Err(broken(format!("it has no directory at byte {at} of {}", self.size)));
        }
        let sought = self.bytes.seek(SeekFrom::Start(at));
        sought.map_err(|error| failed(&error, "a directory"))?;
        let count = match self.is_large {
            true => self.whole()?,
            false => unsigned(&self.exactly::<2>()?, self.big_endian),
        };
        if count > MOST_ENTRIES {
            return Err(broken(format!("a directory of {count} entries")));
        }
        let mut entries = BTreeMap::new();
        for _ in 0..count {
            let [tag, kind] = [self.exactly::<2>()?, self.exactly::<2>()?].map(|two| {
                if self.big_endian { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) }
            });
            let count = self.whole()?;
            let field = match self.is_large {
                true => self.exactly::<8>()?,
                false => {
                    let [a, b, c, d] = self.exactly::<4>()?;
                    [a, b, c, d, 0, 0, 0, 0]
                }
            };
            entries.entry(tag).or_insert(Entry { kind, count, field });
        }
        let next = self.whole()?;
        Ok(Directory { entries, next })
    }

    /// The bytes of some of an entry's values, `count` of them from number `from` on.
    fn bytes_of(&mut self, entry: &Entry, from: u64, count: u64) -> Result<Vec<u8>, Fault> {
        let outside = || broken("an entry of a directory is longer than the file");
        let size = entry.size().ok_or_else(|| broken(format!("values of kind {}", entry.kind)))?;
        let whole = entry.count.checked_mul(size).ok_or_else(outside)?;
        let start = from.checked_mul(size).ok_or_else(outside)?;
        let length = count.checked_mul(size).ok_or_else(outside)?;
        let end = start.checked_add(length).filter(|end| *end <= whole).ok_or_else(outside)?;
        if length > LONGEST_VALUE {
            return Err(broken(format!("an entry of a directory takes {length} bytes")));
        }
        let inline = if self.is_large { 8 } else { 4 };
        if whole <= inline {
            let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
            let part = range.and_then(|(start, end)| entry.field.get(start..end));
            return Ok(part.ok_or_else(outside)?.to_vec());
        }
        let place = match self.is_large {
            true => unsigned(&entry.field, self.big_endian),
            false => unsigned(&entry.field[..4], self.big_endian),
        };
        let place = place.checked_add(start).ok_or_else(outside)?;
        if place.checked_add(length).is_none_or(|end| end > self.size) {
            return Err(outside());
        }
        let mut bytes = vec![0; usize::try_from(length).map_err(|_| outside())?];
        let stretch = self.stretch(place, length);
        let read = stretch.and_then(|mut stretch| stretch.read_exact(&mut bytes));
        read.map_err(|error| failed(&error, "an entry of a directory"))?;
        Ok(bytes)
    }

    /// One of an entry's whole numbers.
    pub(super) fn whole_at(&mut self, entry: &Entry, index: u64) -> Result<u64, Fault> {
        if !entry.is_whole() {
            return Err(broken(format!("a value of kind {} where a count is wanted", entry.kind)));
        }
        let bytes = self.bytes_of(entry, index, 1)?;
        Ok(unsigned(&bytes, self.big_endian))
    }

    /// All of an entry's whole numbers.
    pub(super) fn wholes(&mut self, entry: &Entry) -> Result<Vec<u64>, Fault> {
        if !entry.is_whole() {
            return Err(broken(format!("values of kind {} where counts are wanted", entry.kind)));
        }
        let bytes = self.bytes_of(entry, 0, entry.count)?;
        let size = entry.size().and_then(|size| usize::try_from(size).ok()).unwrap_or(1);
        Ok(bytes.chunks_exact(size).map(|one| unsigned(one, self.big_endian)).collect())
    }

    /// All of an entry's double numbers.
    pub(super) fn doubles(&mut self, entry: &Entry) -> Result<Vec<f64>, Fault> {
        if entry.kind != DOUBLE {
            return Err(broken(format!("values of kind {} where doubles are wanted", entry.kind)));
        }
        let bytes = self.bytes_of(entry, 0, entry.count)?;
        let double = |eight: &[u8]| f64::from_bits(unsigned(eight, self.big_endian));
        Ok(bytes.chunks_exact(8).map(double).collect())
    }

    /// An entry's text, up to its first zero.
    pub(super) fn text(&mut self, entry: &Entry) -> Result<String, Fault> {
        let bytes = self.bytes_of(entry, 0, entry.count)?;
        let text = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
        Ok(String::from_utf8_lossy(text).into_owned())
    }
}

const DOUBLE: u16 = 12;

impl Entry {
    /// How many bytes one value takes (TIFF 6.0, section 2; BigTIFF adds 16 to 18).
    const fn size(&self) -> Option<u64> {
        Some(match self.kind {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | DOUBLE | 16..=18 => 8,
            _ => return None,
        })
    }

    /// Whether its values are whole numbers without a sign.
    const fn is_whole(&self) -> bool {
        matches!(self.kind, 1 | 3 | 4 | 13 | 16 | 18)
    }
}

/// A whole number of at most eight bytes.
fn unsigned(bytes: &[u8], big_endian: bool) -> u64 {
    let add = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
    if big_endian { bytes.iter().fold(0, add) } else { bytes.iter().rev().fold(0, add) }
}
