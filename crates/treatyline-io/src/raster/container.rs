//! A TIFF or BigTIFF file, by the crate `tiff`: directories, and the values of their entries.
//!
//! The crate first gets an image that is made here (see `one_image`), and only then the file.
//! Values of the file are read one by one when they are needed, and no count in it allocates more
//! than [`LONGEST_VALUE`] bytes.

use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom, Take};

use tiff::decoder::Decoder;
use tiff::decoder::ifd::Entry;
use tiff::tags::{IfdPointer, Tag, Type};
use tiff::{Directory, TiffError};

use super::super::input::Seekable;
use super::super::limits;
use super::one_image::{BYTE, one_image};
use crate::problem::{Fault, RasterFault};

/// The most bytes of one value that are read at once.
const LONGEST_VALUE: u64 = 1 << 20;
/// As many entries as there can be different tags.
const MOST_ENTRIES: u64 = 1 << 16;

/// The file, in a buffer.
pub(super) type File = BufReader<Box<dyn Seekable>>;

/// A TIFF file, and what its first directory says.
pub(super) struct Container {
    decoder: Decoder<File>,
    directory: Directory,
    /// Bytes of the whole file.
    pub(super) size: u64,
    pub(super) big_endian: bool,
    is_large: bool,
}

/// That a file is damaged.
pub(super) fn broken(what: impl Into<String>) -> Fault {
    RasterFault::Broken { what: what.into() }.into()
}

/// The fault behind an error while `what` was read.
pub(super) fn failed(error: &TiffError, what: &str) -> Fault {
    use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    match error {
        TiffError::IoError(error) => match error.kind() {
            UnexpectedEof => broken(format!("the file ends within {what}")),
            InvalidData | InvalidInput | Other => {
                broken(format!("{what} cannot be decoded ({error})"))
            }
            _ => limits::fault(error),
        },
        error => broken(format!("{what} cannot be decoded ({error})")),
    }
}

impl Container {
    pub(super) fn new(mut bytes: Box<dyn Seekable>) -> Result<Self, Fault> {
        let unread = |error: io::Error| limits::fault(&error);
        let size = bytes.seek(SeekFrom::End(0)).map_err(unread)?;
        bytes.rewind().map_err(unread)?;
        let mut head = Vec::new();
        bytes.by_ref().take(4).read_to_end(&mut head).map_err(unread)?;
        let (big_endian, is_large) = match *head {
            [b'I', b'I', version @ (42 | 43), 0] => (false, version == 43),
            [b'M', b'M', 0, version @ (42 | 43)] => (true, version == 43),
            _ => return Err(RasterFault::NotTiff.into()),
        };
        let made = one_image((big_endian, is_large), (1, 1), BYTE);
        let made: Box<dyn Seekable> = Box::new(Cursor::new(made));
        let in_header = |error: TiffError| failed(&error, "its header");
        let mut decoder = Decoder::new(BufReader::new(made)).map_err(in_header)?;
        *decoder.inner() = BufReader::new(bytes);
        decoder.goto_offset(if is_large { 8 } else { 4 }).map_err(|e| in_header(e.into()))?;
        let at = decoder.read_ifd_offset().map_err(|error| in_header(error.into()))?;
        let directory = Directory::empty();
        let mut container = Self { decoder, directory, size, big_endian, is_large };
        container.directory = container.directory_at(at)?;
        Ok(container)
    }

    /// The directory at a place.
    fn directory_at(&mut self, at: u64) -> Result<Directory, Fault> {
        if at == 0 || at >= self.size {
            return Err(broken(format!("it has no directory at byte {at} of {}", self.size)));
        }
        let decoder = &mut self.decoder;
        let count = decoder.goto_offset_u64(at).and_then(|()| match self.is_large {
            true => decoder.read_long8(),
            false => decoder.read_short().map(u64::from),
        });
        let unread = |error: TiffError| failed(&error, "a directory");
        let count = count.map_err(|error| unread(error.into()))?;
        if count > MOST_ENTRIES {
            return Err(broken(format!("a directory of {count} entries")));
        }
        let directory = decoder.read_directory(IfdPointer(at)).map_err(unread)?;
        if directory.len() as u64 != count {
            return Err(broken("a directory has an entry of an unknown kind, or twice"));
        }
        Ok(directory)
    }

    /// The first value of a tag in each directory after the first, 0 where there is none; no
    /// more than `limit` of them.
    pub(super) fn in_others(&mut self, tag: Tag, limit: usize) -> Result<Vec<u64>, Fault> {
        let mut found = Vec::new();
        let mut next = self.directory.next();
        while let Some(IfdPointer(at)) = next.filter(|_| found.len() < limit) {
            let directory = self.directory_at(at)?;
            next = directory.next();
            let first = std::mem::replace(&mut self.directory, directory);
            let value = self.whole_or(tag, 0);
            self.directory = first;
            found.push(value?);
        }
        Ok(found)
    }

    /// The file itself, from its beginning.
    pub(super) fn beginning(&mut self) -> io::Result<&mut File> {
        self.decoder.inner().rewind()?;
        Ok(self.decoder.inner())
    }

    /// The bytes from a place on, no more than `count`.
    pub(super) fn stretch(&mut self, at: u64, count: u64) -> io::Result<Take<&mut File>> {
        self.decoder.inner().seek(SeekFrom::Start(at))?;
        Ok(Read::take(self.decoder.inner(), count))
    }

    /// How many values a tag has, if it is there.
    pub(super) fn count(&self, tag: Tag) -> Option<u64> {
        self.directory.get(tag).map(Entry::count)
    }

    /// Some of the bytes of a tag's values.
    fn bytes(&mut self, tag: Tag, from: u64, length: Option<u64>) -> Result<Vec<u8>, Fault> {
        let Some(length) = length.filter(|length| *length <= LONGEST_VALUE) else {
            let (tag, most) = (tag.to_u16(), LONGEST_VALUE);
            return Err(broken(format!("the values of tag {tag} take more than {most} bytes")));
        };
        let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
        let mut reader = self.decoder.read_directory_tags(&self.directory);
        let read = reader.find_tag_bytes(tag, &mut bytes, from);
        read.map_err(|error| failed(&error, "an entry of a directory"))?;
        Ok(bytes)
    }

    /// How many values a tag has and how many bytes each takes, if they are of the kinds that are
    /// wanted.
    fn kind(&self, tag: Tag, wanted: &[(Type, u64)]) -> Result<Option<(u64, u64)>, Fault> {
        let Some(entry) = self.directory.get(tag) else { return Ok(None) };
        let known = wanted.iter().find(|(kind, _)| *kind == entry.field_type());
        let Some((_, size)) = known else {
            let (tag, kind) = (tag.to_u16(), entry.field_type());
            return Err(broken(format!("the values of tag {tag} cannot be of kind {kind:?}")));
        };
        Ok(Some((entry.count(), *size)))
    }

    /// One of a tag's whole numbers.
    pub(super) fn whole_at(&mut self, tag: Tag, index: u64) -> Result<Option<u64>, Fault> {
        let Some((count, size)) = self.kind(tag, &WHOLE)? else { return Ok(None) };
        if index >= count {
            return Err(broken(format!("tag {} has {count} values", tag.to_u16())));
        }
        let bytes = self.bytes(tag, index.saturating_mul(size), Some(size))?;
        Ok(Some(unsigned(&bytes, self.big_endian)))
    }

    /// The first whole number of a tag, or what holds where there is none.
    pub(super) fn whole_or(&mut self, tag: Tag, default: u64) -> Result<u64, Fault> {
        Ok(self.whole_at(tag, 0)?.unwrap_or(default))
    }

    /// All values of a tag, as the bits that they are.
    fn all(&mut self, tag: Tag, wanted: &[(Type, u64)]) -> Result<Option<Vec<u64>>, Fault> {
        let Some((count, size)) = self.kind(tag, wanted)? else { return Ok(None) };
        let bytes = self.bytes(tag, 0, count.checked_mul(size))?;
        let each = bytes.chunks_exact(usize::try_from(size).unwrap_or(1));
        Ok(Some(each.map(|one| unsigned(one, self.big_endian)).collect()))
    }

    /// All of a tag's whole numbers.
    pub(super) fn wholes(&mut self, tag: Tag) -> Result<Option<Vec<u64>>, Fault> {
        self.all(tag, &WHOLE)
    }

    /// All of a tag's double numbers.
    pub(super) fn doubles(&mut self, tag: Tag) -> Result<Option<Vec<f64>>, Fault> {
        let bits = self.all(tag, &[(Type::DOUBLE, 8)])?;
        Ok(bits.map(|bits| bits.into_iter().map(f64::from_bits).collect()))
    }

    /// A tag's text, up to its first zero.
    pub(super) fn text(&mut self, tag: Tag) -> Result<Option<String>, Fault> {
        let kinds = [(Type::ASCII, 1), (Type::BYTE, 1), (Type::UNDEFINED, 1)];
        let Some((count, _)) = self.kind(tag, &kinds)? else { return Ok(None) };
        let bytes = self.bytes(tag, 0, Some(count))?;
        let text = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
        Ok(Some(String::from_utf8_lossy(text).into_owned()))
    }
}

/// Whole numbers without a sign, and how many bytes one takes.
const WHOLE: [(Type, u64); 6] = [
    (Type::BYTE, 1),
    (Type::SHORT, 2),
    (Type::LONG, 4),
    (Type::IFD, 4),
    (Type::LONG8, 8),
    (Type::IFD8, 8),
];

/// A whole number of at most eight bytes.
fn unsigned(bytes: &[u8], big_endian: bool) -> u64 {
    let add = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
    if big_endian { bytes.iter().fold(0, add) } else { bytes.iter().rev().fold(0, add) }
}
