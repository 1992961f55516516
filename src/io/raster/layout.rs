//! How the pixels of an image are stored: what the first directory says, checked before
//! anything is made of it.

use super::directory::{Container, Directory, Entry, broken};
use crate::problem::{Fault, RasterFault};

/// The largest strip or tile that is read, without compression.
pub(super) const LARGEST_PIECE_BYTES: u64 = 64 << 20;
/// No file that is worth reading has more images.
const MOST_IMAGES: usize = 256;

/// Tags of TIFF 6.0, of its supplements and of GDAL.
mod tag {
    pub(super) const KIND_OF_IMAGE: u16 = 254;
    pub(super) const WIDTH: u16 = 256;
    pub(super) const HEIGHT: u16 = 257;
    pub(super) const BITS: u16 = 258;
    pub(super) const COMPRESSION: u16 = 259;
    pub(super) const COLOURS: u16 = 262;
    pub(super) const ORDER_OF_BITS: u16 = 266;
    pub(super) const STRIP_PLACES: u16 = 273;
    pub(super) const ORIENTATION: u16 = 274;
    pub(super) const BANDS: u16 = 277;
    pub(super) const STRIP_ROWS: u16 = 278;
    pub(super) const STRIP_SIZES: u16 = 279;
    pub(super) const PREDICTOR: u16 = 317;
    pub(super) const TILE_WIDTH: u16 = 322;
    pub(super) const TILE_HEIGHT: u16 = 323;
    pub(super) const TILE_PLACES: u16 = 324;
    pub(super) const TILE_SIZES: u16 = 325;
    pub(super) const SAMPLES: u16 = 339;
    pub(super) const GDAL_METADATA: u16 = 42112;
    pub(super) const GDAL_NO_DATA: u16 = 42113;
}

/// How the pixels are stored.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// Pixels of the whole image.
    pub(super) width: u32,
    pub(super) height: u32,
    /// Pixels of one strip or tile.
    pub(super) piece_width: u32,
    pub(super) piece_height: u32,
    pub(super) is_tiled: bool,
    pub(super) sample: Sample,
    pub(super) compression: Compression,
    pub(super) predictor: Predictor,
    /// Where each strip or tile is in the file, and how many bytes it takes there.
    pub(super) places: Entry,
    pub(super) sizes: Entry,
    /// The value that means that there is none.
    pub(super) no_data: Option<f64>,
}

/// What one value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sample {
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    U64,
    I64,
    F32,
    F64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compression {
    None,
    Lzw,
    Deflate,
    PackBits,
    Zstandard,
}

/// What was done to the values before they were compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Predictor {
    None,
    /// Differences from the value before (TIFF 6.0, section 14).
    Differences,
    /// The same of bytes of equal weight (TIFF Technical Note 3).
    FloatingPoint,
}

impl Layout {
    /// Reads the layout that a directory states.
    pub(super) fn read(container: &mut Container, directory: &Directory) -> Result<Self, Fault> {
        let mut header = Header { container, directory };
        let (width, height) = (header.size(tag::WIDTH)?, header.size(tag::HEIGHT)?);
        header.refuse_colours()?;
        let sample = header.sample()?;
        let compression = header.compression()?;
        let predictor = header.predictor(sample)?;
        header.refuse_scales()?;
        let no_data = header.no_data(sample)?;
        let is_tiled = directory.entries.contains_key(&tag::TILE_PLACES);
        let (piece_width, piece_height) = header.piece(is_tiled, width, height)?;
        let (places, sizes) = match is_tiled {
            true => (header.entry(tag::TILE_PLACES)?, header.entry(tag::TILE_SIZES)?),
            false => (header.entry(tag::STRIP_PLACES)?, header.entry(tag::STRIP_SIZES)?),
        };
        let layout = Self {
            width,
            height,
            piece_width,
            piece_height,
            is_tiled,
            sample,
            compression,
            predictor,
            places,
            sizes,
            no_data,
        };
        layout.check(header.container)?;
        Ok(layout)
    }

    /// Whether there are as many pieces as the size wants, small enough, and the last of them
    /// within the file.
    fn check(&self, container: &mut Container) -> Result<(), Fault> {
        let bytes = u64::from(self.piece_width)
            .checked_mul(u64::from(self.piece_height))
            .and_then(|pixels| pixels.checked_mul(self.sample.bytes() as u64));
        let bytes = bytes.unwrap_or(u64::MAX);
        if bytes > LARGEST_PIECE_BYTES {
            return Err(RasterFault::Pieces { bytes, limit_bytes: LARGEST_PIECE_BYTES }.into());
        }
        let pieces = self.pieces();
        if self.places.count < pieces || self.sizes.count < pieces {
            let listed = self.places.count.min(self.sizes.count);
            let (name, size) = (self.piece_name(), format!("{} × {}", self.width, self.height));
            return Err(broken(format!(
                "{size} pixels need {pieces} {name}s, {listed} are listed"
            )));
        }
        let last = pieces.saturating_sub(1);
        let (place, size) =
            (container.whole_at(&self.places, last)?, container.whole_at(&self.sizes, last)?);
        let is_missing = place == 0 || size == 0;
        if !is_missing && place.checked_add(size).is_none_or(|end| end > container.size()) {
            let (name, whole) = (self.piece_name(), container.size());
            return Err(broken(format!(
                "the file ends after {whole} bytes, before its last {name}"
            )));
        }
        Ok(())
    }

    /// How many strips or tiles are in one row of them.
    pub(super) const fn across(&self) -> u64 {
        self.width.div_ceil(self.piece_width) as u64
    }

    fn pieces(&self) -> u64 {
        self.across() * u64::from(self.height.div_ceil(self.piece_height))
    }

    /// How many rows of pixels one piece holds; the last strip may hold fewer.
    pub(super) fn rows_of(&self, piece: u64) -> u32 {
        if self.is_tiled {
            return self.piece_height;
        }
        let before = u32::try_from(piece).unwrap_or(u32::MAX).saturating_mul(self.piece_height);
        self.piece_height.min(self.height.saturating_sub(before))
    }

    pub(super) const fn piece_name(&self) -> &'static str {
        if self.is_tiled { "tile" } else { "strip" }
    }
}

/// A directory and the file it is from.
struct Header<'a> {
    container: &'a mut Container,
    directory: &'a Directory,
}

impl Header<'_> {
    fn find(&self, tag: u16) -> Option<Entry> {
        self.directory.entries.get(&tag).copied()
    }

    fn entry(&self, tag: u16) -> Result<Entry, Fault> {
        self.find(tag).ok_or_else(|| broken(format!("it has no tag {tag}")))
    }

    /// The first whole number of a tag, or what holds where there is none.
    fn whole_or(&mut self, tag: u16, default: u64) -> Result<u64, Fault> {
        match self.find(tag) {
            Some(entry) => self.container.whole_at(&entry, 0),
            None => Ok(default),
        }
    }

    /// A number of pixels.
    fn size(&mut self, tag: u16) -> Result<u32, Fault> {
        let entry = self.entry(tag)?;
        let size = self.container.whole_at(&entry, 0)?;
        let sound = u32::try_from(size).ok().filter(|size| (1..=MOST_PIXELS).contains(size));
        sound.ok_or_else(|| broken(format!("a width or height of {size} pixels")))
    }

    /// Width and height of a strip or tile.
    fn piece(&mut self, is_tiled: bool, width: u32, height: u32) -> Result<(u32, u32), Fault> {
        if is_tiled {
            return Ok((self.size(tag::TILE_WIDTH)?, self.size(tag::TILE_HEIGHT)?));
        }
        let rows = self.whole_or(tag::STRIP_ROWS, u64::from(height))?;
        if rows == 0 {
            return Err(broken("strips of no rows"));
        }
        Ok((width, u32::try_from(rows).map_or(height, |rows| rows.min(height))))
    }

    /// Refuses what is no single band of numbers as they are.
    fn refuse_colours(&mut self) -> Result<(), Fault> {
        let count = self.whole_or(tag::BANDS, 1)?;
        if count != 1 {
            return Err(RasterFault::Bands { count }.into());
        }
        let kind = match self.whole_or(tag::COLOURS, 1)? {
            1 => None,
            0 => Some("0 is white".to_owned()),
            3 => Some("a palette".to_owned()),
            other => Some(format!("kind {other} of TIFF")),
        };
        if let Some(kind) = kind {
            return Err(RasterFault::Colours { kind }.into());
        }
        for (tag, what) in [
            (tag::ORDER_OF_BITS, "bits in reverse"),
            (tag::ORIENTATION, "rows or columns in reverse"),
        ] {
            if self.whole_or(tag, 1)? != 1 {
                return Err(RasterFault::Stored { what: what.to_owned() }.into());
            }
        }
        Ok(())
    }

    fn sample(&mut self) -> Result<Sample, Fault> {
        let bits = self.whole_or(tag::BITS, 1)?;
        let format = self.whole_or(tag::SAMPLES, 1)?;
        Ok(match (format, bits) {
            (1, 8) => Sample::U8,
            (2, 8) => Sample::I8,
            (1, 16) => Sample::U16,
            (2, 16) => Sample::I16,
            (1, 32) => Sample::U32,
            (2, 32) => Sample::I32,
            (1, 64) => Sample::U64,
            (2, 64) => Sample::I64,
            (3, 32) => Sample::F32,
            (3, 64) => Sample::F64,
            (format, bits) => {
                let name = match format {
                    1 => "whole numbers",
                    2 => "whole numbers with a sign",
                    3 => "floating-point numbers",
                    5 | 6 => "complex numbers",
                    _ => "of a kind that is not stated",
                };
                return Err(
                    RasterFault::Samples { kind: format!("{name}, {bits} bits each") }.into()
                );
            }
        })
    }

    fn compression(&mut self) -> Result<Compression, Fault> {
        let code = self.whole_or(tag::COMPRESSION, 1)?;
        let name = match code {
            1 => return Ok(Compression::None),
            5 => return Ok(Compression::Lzw),
            8 | 32946 => return Ok(Compression::Deflate),
            32773 => return Ok(Compression::PackBits),
            50000 => return Ok(Compression::Zstandard),
            2..=4 => "CCITT fax",
            6 | 7 => "JPEG",
            34712 => "JPEG 2000",
            34887 => "LERC",
            34925 => "LZMA",
            50001 => "WebP",
            50002 | 52546 => "JPEG XL",
            _ => {
                let name = format!("a method without a name here ({code})");
                return Err(RasterFault::Compression { name }.into());
            }
        };
        Err(RasterFault::Compression { name: name.to_owned() }.into())
    }

    fn predictor(&mut self, sample: Sample) -> Result<Predictor, Fault> {
        match self.whole_or(tag::PREDICTOR, 1)? {
            1 => Ok(Predictor::None),
            2 => Ok(Predictor::Differences),
            3 if sample.is_float() => Ok(Predictor::FloatingPoint),
            other => Err(RasterFault::Stored { what: format!("predictor {other}") }.into()),
        }
    }

    /// GDAL's value for no data, as one of the stored values.
    fn no_data(&mut self, sample: Sample) -> Result<Option<f64>, Fault> {
        let Some(entry) = self.find(tag::GDAL_NO_DATA) else { return Ok(None) };
        let text = self.container.text(&entry)?;
        let text = text.trim();
        let value = text.parse::<f64>();
        let value = value.map_err(|_| RasterFault::NoData { text: text.to_owned() })?;
        // -3.4e38 is written with fewer digits than the number has.
        #[allow(clippy::cast_possible_truncation, reason = "the value that was stored")]
        let stored = if sample == Sample::F32 { f64::from(value as f32) } else { value };
        Ok(Some(stored))
    }

    /// Refuses heights that have to be scaled, or are not in metres.
    fn refuse_scales(&mut self) -> Result<(), Fault> {
        let Some(entry) = self.find(tag::GDAL_METADATA) else { return Ok(()) };
        let notes = super::notes::Notes::read(&self.container.text(&entry)?);
        if notes.scale != 1.0 || notes.offset != 0.0 {
            let (scale, offset) = (notes.scale, notes.offset);
            return Err(RasterFault::Scaled { scale, offset }.into());
        }
        match notes.unit {
            Some(unit) if !is_metre(&unit) => Err(RasterFault::Unit { unit }.into()),
            _ => Ok(()),
        }
    }
}

/// 2³¹ - 1, the most that GDAL reads.
const MOST_PIXELS: u32 = i32::MAX as u32;

fn is_metre(unit: &str) -> bool {
    let unit = unit.trim().to_lowercase();
    matches!(unit.as_str(), "" | "m" | "metre" | "metres" | "meter" | "meters")
}

/// Refuses a file whose images after the first one are more than smaller copies of it: a mask
/// of what is known, or another image that could be the one that is wanted.
pub(super) fn refuse_other_images(
    container: &mut Container,
    first: &Directory,
) -> Result<(), Fault> {
    let mut next = first.next;
    let mut count = 1;
    while next != 0 {
        count += 1;
        if count > MOST_IMAGES {
            return Err(broken(format!("more than {MOST_IMAGES} images, or a circle of them")));
        }
        let directory = container.directory(next)?;
        let kind = Header { container, directory: &directory }.whole_or(tag::KIND_OF_IMAGE, 0)?;
        if kind & 4 != 0 {
            return Err(RasterFault::Mask.into());
        }
        if kind & 1 == 0 {
            return Err(RasterFault::Images.into());
        }
        next = directory.next;
    }
    Ok(())
}

impl Sample {
    /// How many bytes one value takes.
    pub(super) const fn bytes(self) -> usize {
        match self {
            Self::U8 | Self::I8 => 1,
            Self::U16 | Self::I16 => 2,
            Self::U32 | Self::I32 | Self::F32 => 4,
            Self::U64 | Self::I64 | Self::F64 => 8,
        }
    }

    const fn is_float(self) -> bool {
        matches!(self, Self::F32 | Self::F64)
    }
}
