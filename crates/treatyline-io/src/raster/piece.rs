//! One strip or tile: decompressed, its predictor undone, its values by row and column.

use std::io::{Cursor, ErrorKind, Read};

use tiff::decoder::{Decoder, DecodingResult};
use tiff::{TiffError, TiffResult};

use super::super::input::Seekable;
use super::container::{Container, broken, failed};
use super::layout::{Layout, Stored, ZSTANDARD};
use super::one_image::one_image;
use crate::problem::Fault;

/// The values of one strip or tile; none where the file leaves the piece out, as GDAL does where
/// nothing is known.
pub(super) struct Piece {
    values: DecodingResult,
    bytes: usize,
    width: usize,
}

impl Piece {
    /// Reads a piece by its number. It allocates the size that the layout states, which is limited.
    pub(super) fn read(
        container: &mut Container,
        layout: &Layout,
        number: u64,
    ) -> Result<Self, Fault> {
        let (place, size) = layout.place(container, number)?;
        if place == 0 || size == 0 {
            return Ok(Self { values: DecodingResult::U8(Vec::new()), bytes: 0, width: 1 });
        }
        let file_bytes = container.size;
        if place.checked_add(size).is_none_or(|end| end > file_bytes) {
            return Err(broken(format!("its bytes go on after the end of the file, {file_bytes}")));
        }
        let bytes = layout.bytes_of(number);
        let values = decode(container, (place, size), layout, number);
        let values = values.map_err(|error| match &error {
            TiffError::IoError(io) if io.kind() == ErrorKind::UnexpectedEof => {
                broken("it has fewer values than it should")
            }
            error => failed(error, "it"),
        })?;
        Ok(Self { values, bytes, width: layout.piece_width as usize })
    }

    /// The value in a column and row of it; `None` where it is left out.
    #[allow(clippy::cast_precision_loss, reason = "no height has so many digits")]
    pub(super) fn value(&self, column: u32, row: u32) -> Option<f64> {
        let at = row as usize * self.width + column as usize;
        Some(match &self.values {
            DecodingResult::U8(all) => f64::from(*all.get(at)?),
            DecodingResult::I8(all) => f64::from(*all.get(at)?),
            DecodingResult::U16(all) => f64::from(*all.get(at)?),
            DecodingResult::I16(all) => f64::from(*all.get(at)?),
            DecodingResult::U32(all) => f64::from(*all.get(at)?),
            DecodingResult::I32(all) => f64::from(*all.get(at)?),
            DecodingResult::U64(all) => *all.get(at)? as f64,
            DecodingResult::I64(all) => *all.get(at)? as f64,
            DecodingResult::F16(all) => f64::from(*all.get(at)?),
            DecodingResult::F32(all) => f64::from(*all.get(at)?),
            DecodingResult::F64(all) => *all.get(at)?,
        })
    }

    #[cfg(test)]
    pub(super) fn filled(bytes: usize) -> Self {
        Self { values: DecodingResult::U8(vec![0; bytes]), bytes, width: 1 }
    }

    /// How many bytes of memory it takes.
    pub(super) const fn size(&self) -> usize {
        self.bytes
    }
}

/// The values of a piece that is at a place in the file.
fn decode(
    container: &mut Container,
    (place, size): (u64, u64),
    layout: &Layout,
    number: u64,
) -> TiffResult<DecodingResult> {
    let order = (container.big_endian, false);
    let size_of_it = (layout.piece_width, layout.rows_of(number));
    let stored = layout.stored;
    let mut stretch = container.stretch(place, size)?;
    if stored.compression != ZSTANDARD {
        return values(one_image(order, size_of_it, stored), &mut stretch);
    }
    // The crate has it in C only.
    let mut unpacked = vec![0; layout.bytes_of(number)];
    let decoder = ruzstd::decoding::StreamingDecoder::new(stretch);
    decoder.map_err(std::io::Error::other)?.read_exact(&mut unpacked)?;
    let stored = Stored { compression: 1, ..stored };
    values(one_image(order, size_of_it, stored), &mut Cursor::new(unpacked))
}

/// The values of an image of one strip.
fn values(image: Vec<u8>, strip: &mut dyn Seekable) -> TiffResult<DecodingResult> {
    let mut image = Cursor::new(image);
    let mut decoder = Decoder::new(&mut image as &mut dyn Seekable)?;
    *decoder.inner() = strip;
    decoder.read_chunk(0)
}
