//! The raster itself: a header that is understood, and heights from the pixels around a place.

use std::fmt;
use std::io::Read;
use std::ops::RangeInclusive;

use geo::{Coord, Rect};
use sha2::{Digest, Sha256};
use treatyline_crs::DatumError;

use super::Asked;
use super::cache::Cache;
use super::container::Container;
use super::grid::Grid;
use super::layout::{LARGEST_PIECE_BYTES, Layout, refuse_other_images};
use super::piece::Piece;
use super::plane::Plane;
use super::system::{self, Positions};
use crate::problem::{Fault, Problem, Problems, RasterFault};
use crate::{Fixes, Input, limits};

/// Heights that are possible on the Earth, in metres. The deepest place of the sea is near
/// -10,935 m, the highest mountain 8,849 m; what is beyond is a mark or an error.
const POSSIBLE_M: RangeInclusive<f64> = -12_000.0..=9_000.0;

/// Heights in a GeoTIFF file, at places in longitude and latitude of WGS 84.
///
/// # Units
/// Degrees in, metres out. Heights are whatever the file has, most often above a geoid; a unit
/// other than the metre is refused where the file states it.
///
/// # Memory
/// A strip or tile may take 64 MiB when it is decompressed. Twice as much is kept of what was
/// decoded, so that a line along the seam of two of them does not decode them in turns; what
/// was not used for longest goes first. A file on the disk is read in place and may be of any
/// size; a compressed one (gzip, Zstandard) and a stream are loaded within [`Input::with_limit`].
///
/// # What is refused
/// Systems without a code of the EPSG and those to which no operation leads, rotated rasters, more than one band (also one of
/// heights with a mask or an alpha band: which of them counts would be a guess), colours,
/// scaled values, and compressions other than LZW, Deflate, PackBits and Zstandard. The message
/// has the command of GDAL that changes it. Files next to it (`.aux.xml`, `.tfw`) are not read.
///
/// ```no_run
/// use std::path::Path;
/// use geo::Coord;
/// use treatyline_io::{Input, Raster};
///
/// let mut raster = Raster::open(&Input::path(Path::new("heights.tif")))?;
/// if let Some(height_m) = raster.at(Coord { x: 80.17, y: 42.21 })? {
///     println!("Khan Tengri: {height_m:.0} m");
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Raster {
    input: Input,
    container: Container,
    layout: Layout,
    grid: Grid,
    /// The way to its system, unless that is WGS 84 in degrees.
    plane: Option<Plane>,
    pieces: Cache,
    digest: Option<String>,
    asked: Asked,
}

/// What is known of a place or a pixel.
#[derive(Clone, Copy, PartialEq)]
enum Known {
    Height(f64),
    NoData,
    Absurd,
}

impl fmt::Debug for Raster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Raster")
            .field("input", &self.input)
            .field("layout", &self.layout)
            .field("grid", &self.grid)
            .finish_non_exhaustive()
    }
}

/// The way to the system of a raster, unless its positions are those of WGS 84.
fn plane(positions: Positions, grid: &Grid) -> Result<Option<Plane>, Fault> {
    let Positions::Other { code, name, .. } = positions else { return Ok(None) };
    let refused = |error: DatumError| match error {
        DatumError::NotBuilt => RasterFault::NeedsProj { system: name },
        DatumError::NoOperation { .. } => {
            let reason = "no operation to WGS 84 is known".to_owned();
            RasterFault::NoOperation { system: name, reason }
        }
        other => RasterFault::NoOperation { system: name, reason: other.to_string() },
    };
    Plane::open(&code, grid.extent()).map(Some).map_err(|error| refused(error).into())
}

impl Raster {
    /// Reads the header of a file. No pixel is decoded.
    ///
    /// # Errors
    /// A [`Problem`] for an input that cannot be read, is no TIFF file or a damaged one, and
    /// for what the type refuses.
    pub fn open(input: &Input) -> Result<Self, Problems> {
        let (bytes, digest) = input.seekable()?;
        let parts = Container::new(bytes).and_then(|mut container| {
            // The system first: what has one that is not read has to be converted anyway.
            let (positions, meaning) = system::read(&mut container)?;
            let layout = Layout::read(&mut container)?;
            let grid = Grid::read(&mut container, meaning, positions.are_degrees(), &layout)?;
            let plane = plane(positions, &grid)?;
            refuse_other_images(&mut container)?;
            Ok((container, layout, grid, plane))
        });
        let (container, layout, grid, plane) = parts.map_err(|fault| input.problem("", fault))?;
        let pieces = Cache::for_two(LARGEST_PIECE_BYTES as usize);
        let input = input.clone();
        let asked = Asked::default();
        Ok(Self { input, container, layout, grid, plane, pieces, digest, asked })
    }

    /// How the user named the file.
    #[doc(hidden)]
    #[must_use]
    pub fn name(&self) -> &str {
        &self.input.name
    }

    /// Columns and rows.
    #[doc(hidden)]
    #[must_use]
    pub const fn size(&self) -> (u32, u32) {
        (self.layout.width, self.layout.height)
    }

    /// From the middle of one pixel to the middle of the next, in the unit of its system: east,
    /// north.
    #[doc(hidden)]
    #[must_use]
    pub const fn spacing(&self) -> (f64, f64) {
        self.grid.spacing()
    }

    /// The operation between WGS 84 and its system, as of any other file.
    #[doc(hidden)]
    #[must_use]
    pub fn fixes(&self) -> Fixes {
        let mut fixes = Fixes::default();
        if let Some(plane) = &self.plane {
            fixes.converted(plane.chosen.clone());
        }
        fixes
    }

    /// Where heights can be asked for: between the middles of the outermost pixels, in degrees.
    /// Longitudes are as the file has them and may be beyond ±180.
    #[doc(hidden)]
    #[must_use]
    pub fn extent(&self) -> Rect {
        let extent = self.grid.extent();
        self.plane.as_ref().map_or(extent, |plane| plane.in_degrees(extent))
    }

    /// SHA-256 of the file, in hexadecimal. The whole file is read for it, once.
    ///
    /// # Errors
    /// A [`Problem`] where the file can no longer be read.
    #[doc(hidden)]
    pub fn digest(&mut self) -> Result<String, Problem> {
        if let Some(digest) = &self.digest {
            return Ok(digest.clone());
        }
        let digest = self.hash().map_err(|error| self.input.problem("", limits::fault(&error)))?;
        self.digest = Some(digest.clone());
        Ok(digest)
    }

    fn hash(&mut self) -> std::io::Result<String> {
        let mut hasher = Sha256::new();
        let bytes = self.container.beginning()?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            let count = bytes.read(&mut buffer)?;
            if count == 0 {
                return Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect());
            }
            hasher.update(buffer.get(..count).unwrap_or_default());
        }
    }

    /// What came of the places asked about so far.
    #[doc(hidden)]
    #[must_use]
    pub const fn asked(&self) -> Asked {
        self.asked
    }

    /// The height at a place, in metres: bilinear between the middles of the four pixels around
    /// it. The longitude may be in any turn (-170 is 190). `None` beyond the middles of the
    /// outermost pixels, and where one of the pixels that are needed has no data; nothing is
    /// made up from those that are left.
    ///
    /// # Errors
    /// A [`Problem`] that names the strip or tile, where the file is damaged there.
    pub fn at(&mut self, at: Coord) -> Result<Option<f64>, Problem> {
        let place = match &self.plane {
            None => Some(at),
            Some(plane) => plane.place(at),
        };
        let Some(around) = place.and_then(|place| self.grid.around(place)) else {
            self.asked.outside += 1;
            return Ok(None);
        };
        let mut height_m = 0.0;
        let mut lacking = None;
        for (row, from_row) in around.rows {
            for (column, from_column) in around.columns {
                let share = from_row * from_column;
                if share == 0.0 {
                    continue;
                }
                match self.pixel(column, row)? {
                    Known::Height(height) => height_m += share * height,
                    Known::Absurd => lacking = Some(Known::Absurd),
                    Known::NoData => lacking = lacking.or(Some(Known::NoData)),
                }
            }
        }
        let count = match lacking {
            None => &mut self.asked.heights,
            Some(Known::Absurd) => &mut self.asked.absurd,
            Some(_) => &mut self.asked.no_data,
        };
        *count += 1;
        Ok(lacking.is_none().then_some(height_m))
    }

    /// What one pixel says.
    fn pixel(&mut self, column: u32, row: u32) -> Result<Known, Problem> {
        let layout = &self.layout;
        let (piece_column, piece_row) = (column / layout.piece_width, row / layout.piece_height);
        let number = u64::from(piece_row) * layout.across() + u64::from(piece_column);
        let (column, row) = (column % layout.piece_width, row % layout.piece_height);
        let value = match self.pieces.get(number) {
            Some(piece) => piece.value(column, row),
            None => {
                let piece = self.decode(number)?;
                let value = piece.value(column, row);
                self.pieces.insert(number, piece);
                value
            }
        };
        Ok(self.meaning_of(value))
    }

    fn decode(&mut self, number: u64) -> Result<Piece, Problem> {
        let layout = &self.layout;
        self.pieces.make_room(layout.bytes_of(number));
        let piece = Piece::read(&mut self.container, layout, number);
        piece.map_err(|fault: Fault| {
            self.input.problem(format!("{} {number}", layout.piece_name()), fault)
        })
    }

    fn meaning_of(&self, value: Option<f64>) -> Known {
        match value {
            None => Known::NoData,
            Some(value) if value.is_nan() || Some(value) == self.layout.no_data => Known::NoData,
            Some(value) if POSSIBLE_M.contains(&value) => Known::Height(value),
            Some(_) => Known::Absurd,
        }
    }
}
