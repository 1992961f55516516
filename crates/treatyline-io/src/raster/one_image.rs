//! A TIFF file made here, of one image in one strip: what the crate `tiff` is given first.
//!
//! As soon as that crate has a file, it reads the description of the first image and the places of
//! all strips or tiles, before a limit can be set. Its arithmetic with these numbers may overflow.
//! So it first gets numbers that were checked, and only then the bytes of the wanted strip or tile,
//! or the file.

use tiff::tags::{Tag, Type};

use super::layout::{LARGEST_PIECE_BYTES, Stored};

/// A single byte, for an image that is not read.
pub(super) const BYTE: Stored = Stored { format: 1, bits: 8, compression: 1, predictor: 1 };
/// More than any compression makes of the largest strip or tile.
const MOST_COMPRESSED_BYTES: u64 = 2 * LARGEST_PIECE_BYTES;

/// The file without the strip. The strip is at byte 0 of the stream that is read afterwards. Every
/// number is below 2³².
pub(super) fn one_image(
    (big_endian, is_large): (bool, bool),
    (width, height): (u32, u32),
    stored: Stored,
) -> Vec<u8> {
    let entries: [(Tag, u64); 10] = [
        (Tag::ImageWidth, width.into()),
        (Tag::ImageLength, height.into()),
        (Tag::BitsPerSample, stored.bits),
        (Tag::Compression, stored.compression),
        (Tag::PhotometricInterpretation, 1),
        (Tag::StripOffsets, 0),
        (Tag::RowsPerStrip, height.into()),
        (Tag::StripByteCounts, MOST_COMPRESSED_BYTES),
        (Tag::Predictor, stored.predictor),
        (Tag::SampleFormat, stored.format),
    ];
    let mut bytes = if big_endian { b"MM".to_vec() } else { b"II".to_vec() };
    let mut put = |size: usize, number: u64| match big_endian {
        true => bytes.extend(&number.to_be_bytes()[8 - size..]),
        false => bytes.extend(&number.to_le_bytes()[..size]),
    };
    // BigTIFF: counts and places take eight bytes.
    let (count, word) = (entries.len() as u64, if is_large { 8 } else { 4 });
    let header = match is_large {
        true => &[(2, 43), (2, 8), (2, 0), (8, 16), (8, count)][..],
        false => &[(2, 42), (4, 8), (2, count)],
    };
    for (size, number) in header {
        put(*size, *number);
    }
    for (tag, value) in entries {
        put(2, tag.to_u16().into());
        put(2, Type::LONG as u64);
        put(word, 1);
        put(4, value);
        put(word - 4, 0);
    }
    put(word, 0);
    bytes
}
