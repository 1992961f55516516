//! What can be wrong with a raster of heights.

use crate::words::number;

/// Why a file gives no heights.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RasterFault {
    /// The reader was left out of this build.
    #[error("a GeoTIFF, which this build does not read")]
    NotBuilt,
    /// Another format.
    #[error("not a TIFF file")]
    NotTiff,
    /// A TIFF file that is damaged, or is not put together as a TIFF file must be.
    #[error("a damaged TIFF file: {what}")]
    Broken {
        /// What is wrong in it.
        what: String,
    },
    /// Positions in a system without a code, or in another unit than that of its system.
    #[error(
        "its positions are in {system}, where a code of the EPSG is wanted, in degrees or metres"
    )]
    System {
        /// The system, as far as the file names it.
        system: String,
    },
    /// Positions in a system that needs PROJ.
    #[error("its positions are in {system}, which this build does not bring to WGS 84")]
    NeedsProj {
        /// The system.
        system: String,
    },
    /// Positions in a system to which no operation leads, or not there.
    #[error("its positions are in {system}: {reason}")]
    NoOperation {
        /// The system.
        system: String,
        /// Why none does.
        reason: String,
    },
    /// No system is stated.
    #[error("it does not say which coordinate system it is in")]
    NoSystem,
    /// Nothing in the file says where its pixels are.
    #[error("it does not say where on the Earth its pixels are")]
    NoPlace,
    /// Rows and columns are not parallels and meridians, or the place is given by control points.
    #[error("its rows and columns do not run along parallels and meridians")]
    Rotated,
    /// A place that cannot be on the Earth, in degrees.
    #[error("its pixels cannot be on the Earth: {what}")]
    Place {
        /// What cannot be.
        what: String,
    },
    /// More than one value to a pixel.
    #[error("it has {count} bands, one band of heights is wanted")]
    Bands {
        /// How many it has.
        count: u64,
    },
    /// Several images, none of which is a smaller copy of another.
    #[error("it has several images, any of which may be the one that is wanted")]
    Images,
    /// A mask in an image of its own says which pixels are known.
    #[error("a mask inside it says which pixels are known, a value for no data is wanted")]
    Mask,
    /// A compression that is not read.
    #[error("compressed by {name}, which is not read")]
    Compression {
        /// Its name, or its number in the TIFF registry.
        name: String,
    },
    /// Numbers of a kind that is not read.
    #[error("its heights are {kind}, which is not read")]
    Samples {
        /// What they are.
        kind: String,
    },
    /// Colours in place of heights.
    #[error("its values are colours ({kind}), heights are wanted")]
    Colours {
        /// How the colours are stored.
        kind: String,
    },
    /// A setting that changes how the values are stored and that is not read.
    #[error("stored with {what}, which is not read")]
    Stored {
        /// The setting.
        what: String,
    },
    /// Heights stored as other numbers that have to be scaled.
    #[error("its heights are to be scaled: {scale} times the stored value plus {offset}")]
    Scaled {
        /// The factor.
        scale: f64,
        /// What is added afterwards.
        offset: f64,
    },
    /// Heights in another unit.
    #[error("its heights are in {unit}, not in metres")]
    Unit {
        /// The unit, as the file names it.
        unit: String,
    },
    /// The value for no data is no number.
    #[error("its value for no data is `{text}`, which is no number")]
    NoData {
        /// What the file says.
        text: String,
    },
    /// A strip or tile that is larger than what is held in memory.
    #[error(
        "its pixels are stored in pieces of {} bytes, no more than {} are read at once",
        number(*bytes as f64, 0),
        number(*limit_bytes as f64, 0)
    )]
    Pieces {
        /// The size of one piece without compression.
        bytes: u64,
        /// The largest that is read.
        limit_bytes: u64,
    },
}

impl RasterFault {
    /// What to do about it.
    #[doc(hidden)]
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::NotBuilt => "build with the feature `geotiff`",
            Self::NotTiff => "give a GeoTIFF: gdal_translate FILE new.tif",
            Self::Broken { .. } => {
                "get it anew from its source, or save what GDAL can read: gdal_translate FILE \
                 new.tif"
            }
            Self::System { .. } | Self::Rotated => {
                "convert it: gdalwarp -t_srs EPSG:4326 -r bilinear FILE new.tif"
            }
            Self::NeedsProj { .. } => {
                "build with the feature `proj`, or convert it: gdalwarp -t_srs EPSG:4326 -r \
                 bilinear FILE new.tif"
            }
            Self::NoOperation { .. } => {
                "with parameters that you know: gdalwarp -ct PIPELINE -t_srs EPSG:4326 -r bilinear \
                 FILE new.tif (without them gdalwarp moves nothing and says so nowhere)"
            }
            Self::NoSystem => {
                "state it; if that is WGS 84: gdal_translate -a_srs EPSG:4326 FILE new.tif"
            }
            Self::NoPlace | Self::Place { .. } => {
                "state it in degrees: gdal_translate -a_srs EPSG:4326 -a_ullr WEST NORTH EAST \
                 SOUTH FILE new.tif"
            }
            Self::Bands { .. } => "take the one of heights: gdal_translate -b 1 FILE new.tif",
            Self::Images => {
                "take the first, or GTIFF_DIR:2:FILE and so on: gdal_translate GTIFF_DIR:1:FILE \
                 new.tif"
            }
            Self::Mask => "convert it: gdalwarp -dstnodata -32768 FILE new.tif",
            Self::Compression { .. } => {
                "compress it another way: gdal_translate -co COMPRESS=DEFLATE FILE new.tif"
            }
            Self::Samples { .. } => "convert it: gdal_translate -ot Float32 FILE new.tif",
            Self::Colours { .. } => "give the raster of heights that the picture was made from",
            Self::Stored { .. } => "write it anew: gdal_translate FILE new.tif",
            Self::Scaled { .. } => "scale it: gdal_translate -unscale -ot Float32 FILE new.tif",
            Self::Unit { .. } => {
                "convert it, from feet: gdal_calc.py -A FILE --calc=\"A*0.3048\" --type=Float32 \
                 --outfile=new.tif"
            }
            Self::NoData { .. } => "state it: gdal_translate -a_nodata -32768 FILE new.tif",
            Self::Pieces { .. } => "store it in tiles: gdal_translate -co TILED=YES FILE new.tif",
        }
    }
}
