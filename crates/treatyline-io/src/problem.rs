//! What can be wrong with input, and what to do about it.
//!
//! A [`Problem`] names the file, the place in it, the fault with the offending
//! value, and what to do about it. Reading collects all problems it can find before it
//! gives up, so that they can be corrected in one go.

mod hints;
mod raster;
mod several;

use std::fmt;

#[doc(inline)]
pub use crate::printed::{Coordinate, PrintedFault};
pub use raster::RasterFault;
pub use several::Problems;

use crate::words::{echo, excerpt, number, shortened};
use crate::{ArcGeometry, Hint, Setting};
use treatyline_crs::DatumError;
use treatyline_geodesy::PositionFault;

/// One thing that is wrong with an input file: a [`Fault`] of the file, or, on a floor above, of
/// what it should hold.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Problem<F = Fault> {
    /// The file, as the user named it.
    pub file: String,
    /// The place in it: a line and column, an entry, a feature, a vertex. Empty for
    /// the file as a whole.
    pub place: String,
    /// What is wrong.
    pub fault: F,
}

/// A fault that says what to do about it.
#[doc(hidden)]
pub trait Explain: fmt::Display {
    /// What to do about it. `FILE` in a command is the file.
    fn hint(&self) -> Hint;
}

/// The faults of a floor above reading, of which those of reading are a part.
#[doc(hidden)]
pub trait Above: Explain + From<Fault> {}

/// What is wrong with an input.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// No such file.
    #[error("there is no such file or directory")]
    Missing,
    /// A directory where a file is wanted.
    #[error("this is a directory, a file is wanted")]
    Directory,
    /// The operating system refuses.
    #[error("cannot be read: {reason}")]
    Unreadable {
        /// What the system says.
        reason: String,
    },
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// More than may be held in memory.
    #[error("more than {} bytes at once", number(*limit_bytes as f64, 0))]
    TooLarge {
        /// How much may be.
        limit_bytes: u64,
    },
    /// Neither GeoJSON nor anything else that can be recognised by its beginning or its name.
    #[error("in no format that can be read")]
    NoFormat,
    /// Something else than geodata, or a format that is not read.
    #[error("this is {}", excerpt(what))]
    Foreign {
        /// What it is.
        what: String,
        /// What to do about it.
        hint: &'static str,
    },
    /// A geometry with arcs of circles for edges, or a surface in space.
    #[error("{0}")]
    ArcGeometry(ArcGeometry),
    /// A format whose reader was left out of this build.
    #[error("a {format}, which this build does not read")]
    NotBuilt {
        /// Its name.
        format: &'static str,
        /// The feature that brings it.
        feature: &'static str,
    },
    /// Coordinates in another system than WGS 84, or in one that is not stated.
    #[error("{}", system(name.as_deref()))]
    System {
        /// Its name, if one is stated.
        name: Option<String>,
    },
    /// No way from the system of a file to WGS 84.
    #[error("{0}")]
    Transformation(DatumError),
    /// Something else where the coordinate system should be.
    #[error("what describes its coordinate system is {found}")]
    NoSystem {
        /// What is there instead.
        found: &'static str,
    },
    /// An attribute that no feature has.
    #[error("no feature has an attribute `{}`", echo(name))]
    NoAttribute {
        /// The name asked for.
        name: String,
        /// The attributes there are, if that is known.
        known: Vec<String>,
    },
    /// No feature meets the conditions.
    #[error("no feature meets {}", Setting::Condition.with(asked))]
    NoneMeets {
        /// The conditions, as a list.
        asked: String,
        /// The values there are, the most similar to the one asked for first; empty where they are
        /// not known.
        values: Vec<String>,
    },
    /// No such layer.
    #[error("there is no layer `{}`", echo(name))]
    NoLayer {
        /// The name asked for.
        name: String,
        /// The layers there are.
        known: Vec<String>,
    },
    /// Bytes that are not UTF-8.
    #[error("not UTF-8 text from byte {offset} on")]
    NotUtf8 {
        /// The first bad byte, counted from 0.
        offset: usize,
    },
    /// Not the format it should be, or a field that is missing, unknown or of the
    /// wrong type.
    #[error("{}", excerpt(message))]
    Syntax {
        /// What the parser says.
        message: String,
    },
    /// A file that ends in the middle.
    #[error("it breaks off: {}", excerpt(what))]
    BreaksOff {
        /// Where it ends, or what is missing.
        what: String,
    },
    /// JSON, but no GeoJSON.
    #[error("{}, a GeoJSON FeatureCollection, Feature or geometry is wanted", echo(found))]
    NoGeoJson {
        /// What is there.
        found: String,
    },
    /// A feature with another geometry than is wanted.
    #[error("{}, a {wanted} is wanted", echo(found))]
    Geometry {
        /// What is there instead.
        found: String,
        /// What should.
        wanted: &'static str,
    },
    /// A position that cannot be on the Earth.
    #[error(transparent)]
    Position(#[from] PositionFault),
    /// A printed coordinate that cannot be read.
    #[error(transparent)]
    Printed(#[from] PrintedFault),
    /// Something had to be changed or left out, and the caller does not allow that.
    #[error("{}{}", excerpt(what), more(*count))]
    NotUnchanged {
        /// What was found.
        what: String,
        /// How often.
        count: usize,
        /// What else to do about it.
        hint: Option<Hint>,
    },
    /// A setting whose value cannot be.
    #[error("`{setting}` is {}", echo(value))]
    Setting {
        /// The setting.
        setting: Setting,
        /// Its value.
        value: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// A raster that gives no heights.
    #[error(transparent)]
    Raster(#[from] RasterFault),
}

/// The longest place that is repeated whole.
const LONGEST_PLACE: usize = 160;

/// How many more of a kind there are after the first.
fn more(count: usize) -> String {
    if count > 1 { format!(", the first of {}", number(count as f64, 0)) } else { String::new() }
}

fn system(name: Option<&str>) -> String {
    match name {
        Some(name) => format!("its coordinates are in {}, not in WGS 84", echo(name)),
        None => "it does not say which coordinate system it is in".to_owned(),
    }
}

impl Fault {
    /// The fault that no feature has an attribute, with the attributes there are. Those that differ
    /// from it only in upper and lower case come first.
    #[doc(hidden)]
    pub fn no_attribute(name: &str, mut known: Vec<String>) -> Self {
        let lower = name.to_lowercase();
        known.sort_by_key(|known| known.to_lowercase() != lower);
        Self::NoAttribute { name: name.to_owned(), known }
    }
}

impl Explain for Fault {
    fn hint(&self) -> Hint {
        Self::hint(self)
    }
}

impl<F> Problem<F> {
    /// A fault at a place in a file; the place is empty for the file as a whole.
    #[doc(hidden)]
    #[must_use]
    pub fn new(file: impl Into<String>, place: impl Into<String>, fault: F) -> Self {
        Self { file: file.into(), place: place.into(), fault }
    }
}

impl<F: Above> From<Problem> for Problem<F> {
    fn from(Problem { file, place, fault }: Problem) -> Self {
        Self { file, place, fault: fault.into() }
    }
}

impl<F: Explain> fmt::Display for Problem<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, place, fault } = self;
        write!(f, "{file}: ")?;
        if !place.is_empty() {
            write!(f, "{}: ", shortened(place, LONGEST_PLACE))?;
        }
        write!(f, "{fault}; {}", fault.hint().about(file))
    }
}

impl<F: Explain + fmt::Debug> std::error::Error for Problem<F> {}
