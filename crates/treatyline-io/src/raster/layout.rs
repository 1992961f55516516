//! How the pixels of an image are stored: read from the first directory, and checked before it is
//! used.

use tiff::tags::Tag;

use super::container::{Container, broken};
use crate::problem::{Fault, RasterFault};

/// The largest strip or tile that is read, without compression.
pub(super) const LARGEST_PIECE_BYTES: u64 = 64 << 20;
/// No file that is worth reading has more images.
const MOST_IMAGES: usize = 256;
/// 2³¹ - 1, the most that GDAL reads.
const MOST_PIXELS: u32 = i32::MAX as u32;

const GDAL_METADATA: Tag = Tag::Unknown(42112);
/// Zstandard among the compressions.
pub(super) const ZSTANDARD: u64 = 50000;

/// Where the pixels are stored, and how.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// Pixels of the whole image.
    pub(super) width: u32,
    pub(super) height: u32,
    /// Pixels of one strip or tile.
    pub(super) piece_width: u32,
    pub(super) piece_height: u32,
    is_tiled: bool,
    pub(super) stored: Stored,
    /// The value that means that there is none.
    pub(super) no_data: Option<f64>,
}

/// How values are stored, in the numbers of TIFF; one that is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stored {
    /// 1: without a sign, 2: with one, 3: floating point.
    pub(super) format: u64,
    pub(super) bits: u64,
    pub(super) compression: u64,
    pub(super) predictor: u64,
}

impl Layout {
    /// Reads the layout that a directory states.
    pub(super) fn read(container: &mut Container) -> Result<Self, Fault> {
        let (width, height) =
            (pixels(container, Tag::ImageWidth)?, pixels(container, Tag::ImageLength)?);
        refuse_colours(container)?;
        let stored = Stored::read(container)?;
        refuse_scales(container)?;
        let no_data = stored.no_data(container)?;
        let is_tiled = container.count(Tag::TileOffsets).is_some();
        let (piece_width, piece_height) = match is_tiled {
            true => (pixels(container, Tag::TileWidth)?, pixels(container, Tag::TileLength)?),
            false => match container.whole_or(Tag::RowsPerStrip, u64::from(height))? {
                0 => return Err(broken("strips of no rows")),
                rows => (width, u32::try_from(rows).map_or(height, |rows| rows.min(height))),
            },
        };
        let layout = Self { width, height, piece_width, piece_height, is_tiled, stored, no_data };
        layout.check(container)?;
        Ok(layout)
    }

    /// Whether there are as many pieces as the size wants, small enough, and the last of them
    /// within the file.
    fn check(&self, container: &mut Container) -> Result<(), Fault> {
        let pixels = u64::from(self.piece_width) * u64::from(self.piece_height);
        let bytes = pixels.saturating_mul(self.stored.bits / 8);
        if bytes > LARGEST_PIECE_BYTES {
            return Err(RasterFault::Pieces { bytes, limit_bytes: LARGEST_PIECE_BYTES }.into());
        }
        let pieces = self.across() * u64::from(self.height.div_ceil(self.piece_height));
        let (name, (places, sizes)) = (self.piece_name(), self.tags());
        let counts = container.count(places).zip(container.count(sizes));
        let listed = counts.map_or(0, |(places, sizes)| places.min(sizes));
        if listed < pieces {
            let size = format!("{} × {}", self.width, self.height);
            return Err(broken(format!(
                "{size} pixels need {pieces} {name}s, {listed} are listed"
            )));
        }
        let (place, size) = self.place(container, pieces.saturating_sub(1))?;
        let (end, whole) = (place.saturating_add(size), container.size);
        if place != 0 && size != 0 && end > whole {
            return Err(broken(format!(
                "the file ends after {whole} bytes, before its last {name}"
            )));
        }
        Ok(())
    }

    /// The tags of the places and of the sizes of pieces.
    const fn tags(&self) -> (Tag, Tag) {
        match self.is_tiled {
            true => (Tag::TileOffsets, Tag::TileByteCounts),
            false => (Tag::StripOffsets, Tag::StripByteCounts),
        }
    }

    /// Where a piece is in the file, and how many bytes it takes there.
    pub(super) fn place(&self, container: &mut Container, piece: u64) -> Result<(u64, u64), Fault> {
        let (places, sizes) = self.tags();
        let (place, size) = (container.whole_at(places, piece)?, container.whole_at(sizes, piece)?);
        Ok((place.unwrap_or_default(), size.unwrap_or_default()))
    }

    /// How many strips or tiles are in one row of them.
    pub(super) const fn across(&self) -> u64 {
        self.width.div_ceil(self.piece_width) as u64
    }

    /// How many rows of pixels one piece holds; the last strip may hold fewer.
    pub(super) fn rows_of(&self, piece: u64) -> u32 {
        if self.is_tiled {
            return self.piece_height;
        }
        let before = u32::try_from(piece).unwrap_or(u32::MAX).saturating_mul(self.piece_height);
        self.piece_height.min(self.height.saturating_sub(before))
    }

    /// How many bytes one piece takes in memory.
    pub(super) fn bytes_of(&self, piece: u64) -> usize {
        self.piece_width as usize * self.rows_of(piece) as usize * (self.stored.bits / 8) as usize
    }

    pub(super) const fn piece_name(&self) -> &'static str {
        if self.is_tiled { "tile" } else { "strip" }
    }
}

/// A number of pixels.
fn pixels(container: &mut Container, tag: Tag) -> Result<u32, Fault> {
    let Some(size) = container.whole_at(tag, 0)? else {
        return Err(broken(format!("it has no tag {}", tag.to_u16())));
    };
    let sound = u32::try_from(size).ok().filter(|size| (1..=MOST_PIXELS).contains(size));
    sound.ok_or_else(|| broken(format!("a width or height of {size} pixels")))
}

/// Refuses everything but a single band of plain numbers.
fn refuse_colours(container: &mut Container) -> Result<(), Fault> {
    let count = container.whole_or(Tag::SamplesPerPixel, 1)?;
    if count != 1 {
        return Err(RasterFault::Bands { count }.into());
    }
    let kind = match container.whole_or(Tag::PhotometricInterpretation, 1)? {
        1 => None,
        0 => Some("0 is white".to_owned()),
        3 => Some("a palette".to_owned()),
        other => Some(format!("kind {other} of TIFF")),
    };
    if let Some(kind) = kind {
        return Err(RasterFault::Colours { kind }.into());
    }
    for (tag, what) in
        [(Tag::FillOrder, "bits in reverse"), (Tag::Orientation, "rows or columns in reverse")]
    {
        if container.whole_or(tag, 1)? != 1 {
            return Err(RasterFault::Stored { what: what.to_owned() }.into());
        }
    }
    Ok(())
}

/// Refuses heights that have to be scaled, or are not in metres.
fn refuse_scales(container: &mut Container) -> Result<(), Fault> {
    let Some(text) = container.text(GDAL_METADATA)? else { return Ok(()) };
    let notes = super::notes::Notes::read(&text);
    if notes.scale != 1.0 || notes.offset != 0.0 {
        let (scale, offset) = (notes.scale, notes.offset);
        return Err(RasterFault::Scaled { scale, offset }.into());
    }
    match notes.unit {
        Some(unit) if !is_metre(&unit) => Err(RasterFault::Unit { unit }.into()),
        _ => Ok(()),
    }
}

fn is_metre(unit: &str) -> bool {
    let unit = unit.trim().to_lowercase();
    matches!(unit.as_str(), "" | "m" | "metre" | "metres" | "meter" | "meters")
}

/// Refuses a file whose images after the first one are more than smaller copies of it: a mask
/// of what is known, or another image that could be the one that is wanted.
pub(super) fn refuse_other_images(container: &mut Container) -> Result<(), Fault> {
    let kinds = container.in_others(Tag::NewSubfileType, MOST_IMAGES)?;
    if kinds.len() == MOST_IMAGES {
        return Err(broken(format!("more than {MOST_IMAGES} images, or a circle of them")));
    }
    for kind in kinds {
        if kind & 4 != 0 {
            return Err(RasterFault::Mask.into());
        }
        if kind & 1 == 0 {
            return Err(RasterFault::Images.into());
        }
    }
    Ok(())
}

impl Stored {
    fn read(container: &mut Container) -> Result<Self, Fault> {
        let stored = Self {
            format: container.whole_or(Tag::SampleFormat, 1)?,
            bits: container.whole_or(Tag::BitsPerSample, 1)?,
            compression: container.whole_or(Tag::Compression, 1)?,
            predictor: container.whole_or(Tag::Predictor, 1)?,
        };
        stored.refuse_samples()?;
        stored.refuse_compression()?;
        match (stored.predictor, stored.format) {
            (1 | 2, _) | (3, 3) => Ok(stored),
            (other, _) => Err(RasterFault::Stored { what: format!("predictor {other}") }.into()),
        }
    }

    fn refuse_samples(&self) -> Result<(), Fault> {
        let name = match (self.format, self.bits) {
            (1 | 2, 8 | 16 | 32 | 64) | (3, 32 | 64) => return Ok(()),
            (1, _) => "whole numbers",
            (2, _) => "whole numbers with a sign",
            (3, _) => "floating-point numbers",
            (5 | 6, _) => "complex numbers",
            _ => "of a kind that is not stated",
        };
        let kind = format!("{name}, {} bits each", self.bits);
        Err(RasterFault::Samples { kind }.into())
    }

    fn refuse_compression(&self) -> Result<(), Fault> {
        let name = match self.compression {
            // None, LZW, Deflate by its two numbers, PackBits.
            1 | 5 | 8 | 32946 | 32773 | ZSTANDARD => return Ok(()),
            2..=4 => "CCITT fax",
            6 | 7 => "JPEG",
            34712 => "JPEG 2000",
            34887 => "LERC",
            34925 => "LZMA",
            50001 => "WebP",
            50002 | 52546 => "JPEG XL",
            code => &format!("a method without a name here ({code})"),
        };
        Err(RasterFault::Compression { name: name.to_owned() }.into())
    }

    /// GDAL's value for no data, as one of the stored values.
    fn no_data(&self, container: &mut Container) -> Result<Option<f64>, Fault> {
        let Some(text) = container.text(Tag::GdalNodata)? else { return Ok(None) };
        let text = text.trim();
        let value = text.parse::<f64>();
        let value = value.map_err(|_| RasterFault::NoData { text: text.to_owned() })?;
        // -3.4e38 is written with fewer digits than the number has.
        #[allow(clippy::cast_possible_truncation, reason = "the value that was stored")]
        let stored =
            if (self.format, self.bits) == (3, 32) { f64::from(value as f32) } else { value };
        Ok(Some(stored))
    }
}
