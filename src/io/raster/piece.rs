//! One strip or tile: decompressed, its predictor undone, its values by row and column.

use std::io::{self, BufRead, ErrorKind, Read};

use flate2::bufread::ZlibDecoder;
use weezl::{BitOrder, LzwStatus, decode};

use super::directory::{Container, broken, failed};
use super::layout::{Compression, Layout, Predictor, Sample};
use crate::problem::Fault;

/// The values of one strip or tile, least significant byte first whatever the file has;
/// empty where the file leaves the piece out, as GDAL does where nothing is known.
pub(super) struct Piece {
    bytes: Vec<u8>,
    sample: Sample,
    width: usize,
}

impl Piece {
    /// Reads a piece by its number. Room is made for what the layout says, which is limited.
    pub(super) fn read(
        container: &mut Container,
        layout: &Layout,
        number: u64,
    ) -> Result<Self, Fault> {
        let (sample, width) = (layout.sample, layout.piece_width as usize);
        let place = container.whole_at(&layout.places, number)?;
        let size = container.whole_at(&layout.sizes, number)?;
        if place == 0 || size == 0 {
            return Ok(Self { bytes: Vec::new(), sample, width });
        }
        let (file_bytes, big_endian) = (container.size(), container.big_endian);
        if place.checked_add(size).is_none_or(|end| end > file_bytes) {
            return Err(broken(format!("its bytes go on after the end of the file, {file_bytes}")));
        }
        let row_bytes = width * sample.bytes();
        let mut bytes = vec![0; row_bytes * layout.rows_of(number) as usize];
        let outcome = container
            .stretch(place, size)
            .and_then(|stretch| decompress(layout.compression, stretch, &mut bytes));
        outcome.map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => broken("it has fewer values than it should"),
            _ => failed(&error, "it"),
        })?;
        for row in bytes.chunks_exact_mut(row_bytes) {
            restore(row, layout, big_endian);
        }
        Ok(Self { bytes, sample, width })
    }

    /// The value in a column and row of it; `None` where it is left out.
    pub(super) fn value(&self, column: u32, row: u32) -> Option<f64> {
        let size = self.sample.bytes();
        let at = (row as usize * self.width + column as usize) * size;
        let bytes = self.bytes.get(at..at + size)?;
        Some(self.sample.value(bytes))
    }

    #[cfg(test)]
    pub(super) fn filled(bytes: usize, sample: Sample) -> Self {
        Self { bytes: vec![0; bytes], sample, width: 1 }
    }

    /// How many bytes of memory it takes.
    pub(super) const fn size(&self) -> usize {
        self.bytes.len()
    }
}

fn decompress(compression: Compression, mut from: impl BufRead, into: &mut [u8]) -> io::Result<()> {
    match compression {
        Compression::None => from.read_exact(into),
        Compression::Deflate => ZlibDecoder::new(from).read_exact(into),
        Compression::Lzw => lzw(from, into),
        Compression::PackBits => pack_bits(from, into),
        Compression::Zstandard => {
            let decoder = ruzstd::decoding::StreamingDecoder::new(from);
            decoder.map_err(|error| io::Error::other(error.to_string()))?.read_exact(into)
        }
    }
}

/// TIFF 6.0, section 13.
fn lzw(mut from: impl BufRead, into: &mut [u8]) -> io::Result<()> {
    let mut decoder = decode::Decoder::with_tiff_size_switch(BitOrder::Msb, 8);
    let mut rest = into;
    while !rest.is_empty() {
        let input = from.fill_buf()?;
        let outcome = decoder.decode_bytes(input, rest);
        from.consume(outcome.consumed_in);
        rest = rest.get_mut(outcome.consumed_out..).unwrap_or_default();
        match outcome.status {
            Ok(LzwStatus::Ok) => {}
            Ok(LzwStatus::NoProgress | LzwStatus::Done) => break,
            Err(error) => return Err(io::Error::new(ErrorKind::InvalidData, error)),
        }
    }
    if rest.is_empty() { Ok(()) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

/// TIFF 6.0, section 9.
fn pack_bits(mut from: impl BufRead, into: &mut [u8]) -> io::Result<()> {
    let mut rest = into;
    while !rest.is_empty() {
        let mut head = [0];
        from.read_exact(&mut head)?;
        let [head] = head;
        let count = match head {
            0..128 => usize::from(head) + 1,
            128 => continue,
            129.. => 257 - usize::from(head),
        };
        let (run, behind) = rest.split_at_mut(count.min(rest.len()));
        if head < 128 {
            from.read_exact(run)?;
        } else {
            let mut again = [0];
            from.read_exact(&mut again)?;
            run.fill(again[0]);
        }
        rest = behind;
    }
    Ok(())
}

/// Undoes the predictor in one row, and puts the least significant byte first.
fn restore(row: &mut [u8], layout: &Layout, big_endian: bool) {
    let size = layout.sample.bytes();
    if layout.predictor == Predictor::FloatingPoint {
        sum_along(row, 1);
        let planes = row.to_vec();
        let count = row.len() / size;
        for (index, value) in row.chunks_exact_mut(size).enumerate() {
            // The first plane has the most significant bytes, whatever the file's order.
            for (plane, byte) in value.iter_mut().rev().enumerate() {
                *byte = planes.get(plane * count + index).copied().unwrap_or_default();
            }
        }
        return;
    }
    if big_endian {
        row.chunks_exact_mut(size).for_each(<[u8]>::reverse);
    }
    if layout.predictor == Predictor::Differences {
        sum_along(row, size);
    }
}

/// Adds to each number of `size` bytes the one before it.
#[allow(clippy::cast_possible_truncation, reason = "the carry is kept apart")]
fn sum_along(row: &mut [u8], size: usize) {
    let mut before = [0_u8; 8];
    for number in row.chunks_exact_mut(size) {
        let mut carry = 0;
        for (byte, before) in number.iter_mut().zip(&mut before) {
            let sum = u16::from(*byte) + u16::from(*before) + carry;
            carry = sum >> 8;
            *byte = sum as u8;
            *before = *byte;
        }
    }
}

impl Sample {
    /// A number from as many bytes as it takes, least significant first.
    #[allow(clippy::cast_precision_loss, reason = "no height has so many digits")]
    fn value(self, bytes: &[u8]) -> f64 {
        let mut eight = [0; 8];
        for (to, from) in eight.iter_mut().zip(bytes) {
            *to = *from;
        }
        let [a, b, c, d, ..] = eight;
        match self {
            Self::U8 => f64::from(a),
            Self::I8 => f64::from(i8::from_le_bytes([a])),
            Self::U16 => f64::from(u16::from_le_bytes([a, b])),
            Self::I16 => f64::from(i16::from_le_bytes([a, b])),
            Self::U32 => f64::from(u32::from_le_bytes([a, b, c, d])),
            Self::I32 => f64::from(i32::from_le_bytes([a, b, c, d])),
            Self::U64 => u64::from_le_bytes(eight) as f64,
            Self::I64 => i64::from_le_bytes(eight) as f64,
            Self::F32 => f64::from(f32::from_le_bytes([a, b, c, d])),
            Self::F64 => f64::from_le_bytes(eight),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_add_up_with_their_carry() {
        let mut row: Vec<u8> =
            [250_u16, 10, 65_530, 7].iter().flat_map(|n| n.to_le_bytes()).collect();
        sum_along(&mut row, 2);
        let sums: Vec<u16> =
            row.chunks(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
        assert_eq!(sums, [250, 260, 254, 261]);
    }

    #[test]
    fn packed_bits_are_the_example_of_the_specification() {
        // TIFF 6.0, section 9; the run is cut where the room ends.
        let packed = [0xfe, 0xaa, 2, 0x80, 0, 0x2a, 0xfd, 0xaa, 3, 0x80, 0, 0x2a, 0x22, 0xf7, 0xaa];
        let unpacked = [
            0xaa, 0xaa, 0xaa, 0x80, 0, 0x2a, 0xaa, 0xaa, 0xaa, 0xaa, 0x80, 0, 0x2a, 0x22, 0xaa,
            0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa,
        ];
        for length in 0..=unpacked.len() {
            let mut found = vec![0; length];
            pack_bits(&packed[..], &mut found).unwrap();
            assert_eq!(found, unpacked[..length]);
        }
        assert!(pack_bits(&packed[..], &mut [0; 25]).is_err());
    }
}
