//! What can be wrong with input, and what to do about it.
//!
//! A [`Problem`] names the file, the place in it, the fault with the offending
//! value, and what to do about it. Reading collects all problems it can find before it
//! gives up, so that they can be corrected in one go.

mod command;
mod line;
mod raster;
mod several;

use std::fmt;

pub use line::LineFault;
pub use raster::RasterFault;
pub use several::Problems;

use crate::words::{count as count_of, distance, first_ten, km, number, shortened};
use crate::{ArcGeometry, FixKind, Fixes};
use treatyline_crs::DatumError;
use treatyline_geodesy::PositionFault;

/// One thing that is wrong with an input file.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Problem {
    /// The file, as the user named it.
    pub file: String,
    /// The place in it: a line and column, an entry, a feature, a vertex. Empty for
    /// the file as a whole.
    pub place: String,
    /// What is wrong.
    pub fault: Fault,
}

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
    /// A file where a directory is wanted.
    #[error("this is a file, a directory is wanted")]
    NotADirectory,
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
    #[error("this is {}", shortened(what, LONGEST_MESSAGE))]
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
    #[error("no feature has an attribute `{}`", short(name))]
    NoAttribute {
        /// The name asked for.
        name: String,
        /// The attributes there are, if that is known.
        known: Vec<String>,
    },
    /// No feature meets the conditions.
    #[error("{what}")]
    NoneMeets {
        /// What is not met.
        what: String,
        /// The values there are, the most similar to the one asked for first; empty where they are
        /// not known.
        values: Vec<String>,
    },
    /// Lines of several layers where one is wanted.
    #[error("{fault}, in {} layers", layers.len())]
    SeveralLayers {
        /// What is wrong with all of them together.
        fault: Box<Fault>,
        /// The layers.
        layers: Vec<String>,
    },
    /// No such layer.
    #[error("there is no layer `{}`", short(name))]
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
    #[error("{}", shortened(message, LONGEST_MESSAGE))]
    Syntax {
        /// What the parser says.
        message: String,
    },
    /// A table of a dossier in which a field is missing, unknown or of the wrong type.
    #[error("{}", shortened(message, LONGEST_MESSAGE))]
    DossierSyntax {
        /// What the parser says.
        message: String,
    },
    /// A file that ends in the middle.
    #[error("it breaks off: {}", shortened(what, LONGEST_MESSAGE))]
    BreaksOff {
        /// Where it ends, or what is missing.
        what: String,
    },
    /// JSON, but no GeoJSON.
    #[error("{}, a GeoJSON FeatureCollection, Feature or geometry is wanted", short(found))]
    NoGeoJson {
        /// What is there.
        found: String,
    },
    /// A feature with another geometry than is wanted.
    #[error("{}, a {wanted} is wanted", short(found))]
    Geometry {
        /// What is there instead.
        found: String,
        /// What should.
        wanted: &'static str,
    },
    /// Positions that make no line.
    #[error("{0}")]
    Line(LineFault),
    /// A position that cannot be on the Earth.
    #[error(transparent)]
    Position(#[from] PositionFault),
    /// Something had to be changed or left out, and the caller does not allow that.
    #[error("{}{}", short(what), more(*count))]
    NotUnchanged {
        /// What was found.
        what: String,
        /// How often.
        count: usize,
    },
    /// A segment does not begin where the one before it ends.
    #[error(
        "begins at ({}, {}), but {} ends at ({}, {}), {gap_m:.0} m away",
        begins.0, begins.1, short(previous), ends.0, ends.1
    )]
    NotJoining {
        /// The segment before.
        previous: String,
        /// Where it ends: longitude, latitude.
        ends: (f64, f64),
        /// Where this one begins.
        begins: (f64, f64),
        /// The distance between the two.
        gap_m: f64,
    },
    /// Polygons where a line is wanted, and not two.
    #[error(
        "{} and no line: a LineString or two polygons that share it are wanted",
        count_of(*count, "polygon")
    )]
    Polygons {
        /// How many there are.
        count: usize,
    },
    /// Two polygons without a boundary between them.
    #[error("the two polygons share no boundary, to within {tolerance_deg}°{}", said(claimed))]
    NothingShared {
        /// How near two vertices must be to be one.
        tolerance_deg: f64,
        /// What of their outlines both have on the same side, and what else reading changed.
        claimed: Box<Fixes>,
    },
    /// A line whose extent has nothing in common with that of the dossier's.
    #[error("does not belong to this dossier: it runs about {} from its line", km(*distance_m, 0))]
    Elsewhere {
        /// How far from the dossier's line it runs, measured at its vertices.
        distance_m: f64,
    },
    /// A dossier without segments.
    #[error("there is no segment in it, so the dossier has no line")]
    NoLine,
    /// Lines that do not say between which countries they run.
    #[error("no attribute that is known for the country on the left or the right of a line")]
    NoCodes {
        /// The attributes there are.
        attributes: Vec<String>,
    },
    /// A key that is defined nowhere.
    #[error("unknown {kind} `{}`", short(key))]
    Unknown {
        /// What the key should name.
        kind: &'static str,
        /// The key.
        key: String,
        /// What would have been known.
        known: String,
    },
    /// The same id twice.
    #[error("the {kind} id `{}` is used twice", short(id))]
    Duplicate {
        /// What the id names.
        kind: &'static str,
        /// The id.
        id: String,
    },
    /// A field whose value cannot be.
    #[error("`{field}` is {}", short(value))]
    Value {
        /// The field.
        field: &'static str,
        /// Its value.
        value: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// A raster that gives no heights.
    #[error(transparent)]
    Raster(#[from] RasterFault),
    /// A line too long for stations this close to each other.
    #[error(
        "{} long, which makes more than {} stations {} apart",
        km(*length_m, 0), number(*most, 0), distance(*step_m)
    )]
    Stations {
        /// How long it is.
        length_m: f64,
        /// How far apart the stations were to be.
        step_m: f64,
        /// How many there may be.
        most: f64,
    },
    /// A claim that cannot be read or computed.
    #[error("the claim `{}` cannot be computed: {}", short(claim), short(reason))]
    Claim {
        /// The claim.
        claim: String,
        /// Why not.
        reason: String,
    },
}

/// The longest text that is repeated whole. A wrong file may hold anything; the beginning of the
/// text is enough to find it.
const LONGEST_ECHO: usize = 80;
/// The longest message of a parser; these repeat text of the file themselves.
const LONGEST_MESSAGE: usize = 300;

/// What of the fixes explains that two polygons share nothing, as the end of a sentence.
fn said(fixes: &Fixes) -> String {
    let explains = [FixKind::ClaimedByBoth, FixKind::DigitisedApart];
    let fixes = fixes.all().filter(|fix| explains.contains(&fix.kind));
    fixes.map(|fix| format!(", and {fix}")).collect()
}

/// A text from a file; quotes around it are kept.
fn short(text: &str) -> String {
    match text.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
        Some(inner) => format!("`{}`", shortened(inner, LONGEST_ECHO)),
        None => shortened(text, LONGEST_ECHO).into_owned(),
    }
}

/// How many more of a kind there are after the first.
fn more(count: usize) -> String {
    if count > 1 { format!(", the first of {}", number(count as f64, 0)) } else { String::new() }
}

fn system(name: Option<&str>) -> String {
    match name {
        Some(name) => format!("its coordinates are in {}, not in WGS 84", short(name)),
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

    /// What to do about it. `FILE` in a command is the file; [`Problem`] puts its name there.
    #[must_use]
    pub fn hint(&self) -> String {
        let plain = match self {
            Self::Missing => "check the path",
            Self::Directory => "name a file in it",
            Self::NotADirectory => "name the directory that holds dossier.toml",
            Self::Unreadable { .. } => "check the permissions",
            Self::Empty => "give it content",
            Self::TooLarge { .. } => {
                "divide it, or, if it is to be trusted, raise the limit with --max-bytes"
            }
            Self::NoFormat => {
                "give GeoJSON, or another format of docs/formats.md; ogr2ogr new.geojson FILE \
                 makes it of most others"
            }
            Self::Foreign { hint, .. } => hint,
            Self::ArcGeometry(curve) => curve.hint(),
            Self::NotBuilt { feature, .. } => {
                return format!(
                    "build with --features {feature}, or convert it: ogr2ogr new.geojson FILE"
                );
            }
            Self::System { name: Some(_) } => {
                "convert it, with the operation that is right for its datum: ogr2ogr -t_srs \
                 EPSG:4326 new.gpkg FILE"
            }
            Self::Transformation(_) => {
                "docs/crs.md says how an operation is chosen; --operation names another, --crs \
                 another system"
            }
            Self::System { name: None } => "state it with --crs, as in --crs EPSG:4326",
            Self::NoSystem { .. } => "state the right one with --crs, as in --crs EPSG:4326",
            Self::NoAttribute { known, .. } if known.is_empty() => {
                "look at the attributes, or leave the option out"
            }
            Self::NoAttribute { known, .. } => {
                return format!("there are: {}", first_ten(known));
            }
            Self::NoneMeets { values, .. } if values.is_empty() => {
                "look at the attributes, or leave --where out"
            }
            Self::NoneMeets { values, .. } => return format!("there are: {}", first_ten(values)),
            Self::SeveralLayers { layers, fault } => {
                let other = match **fault {
                    Self::NoCodes { .. } | Self::Unknown { .. } => {
                        format!("; or {}", fault.hint())
                    }
                    _ => String::new(),
                };
                return format!("name one of them with --layer: {}{other}", first_ten(layers));
            }
            Self::NoLayer { known, .. } if known.is_empty() => "leave --layer out",
            Self::NoLayer { known, .. } => return format!("use one of: {}", first_ten(known)),
            Self::NotUtf8 { .. } => "save it as UTF-8, or name its encoding with --encoding",
            Self::Syntax { .. } => "correct it there; docs/formats.md says what is read",
            Self::DossierSyntax { .. } => {
                "correct it there; docs/dossier.md describes the files of a dossier"
            }
            Self::BreaksOff { .. } => "fetch or copy it once more, whole",
            Self::NoGeoJson { .. } => "name a file of geodata",
            Self::Geometry { .. } => "change the geometry, or name another file",
            Self::Position(PositionFault::NotFinite { .. })
            | Self::Line(LineFault::Position(PositionFault::NotFinite { .. })) => {
                "give finite numbers"
            }
            Self::Position(_) | Self::Line(LineFault::Position(_)) => {
                "give WGS 84 degrees, longitude before latitude (a longitude up to one turn \
                 beyond ±180° is brought back); of metres, state the system with --crs"
            }
            Self::Line(_) => "give at least two different positions",
            Self::NotUnchanged { .. } => {
                "correct it there, or leave --strict-input out if it was given"
            }
            Self::NotJoining { .. } => {
                "put the segments in order from the line's start to its end, and let each begin \
                 with the last position of the one before"
            }
            Self::Polygons { .. } => {
                "choose two with --where NAME=ONE --where NAME=OTHER, or have the boundary of every \
                 pair from treatyline survey, where --by NAME joins the parts of a country"
            }
            Self::NothingShared { .. } => {
                "take both from one data set, widen the tolerance with --snap, give the line between \
                 them, or list gaps and overlaps with treatyline compare --neighbours"
            }
            Self::Elsewhere { .. } => {
                "name a drawing of the same boundary, or the dossier it belongs to with --dossier"
            }
            Self::NoLine => "add at least one LineString feature",
            Self::Unknown { known, .. } => return format!("use one of: {known}"),
            Self::NoCodes { attributes } if attributes.is_empty() => {
                "give a file whose features have attributes with country codes"
            }
            Self::NoCodes { attributes } => {
                let there_are = first_ten(attributes);
                return format!("name those with country codes by --left and --right: {there_are}");
            }
            Self::Duplicate { .. } => "rename one of the two",
            Self::Value { wanted, .. } => return format!("it must be {wanted}"),
            Self::Raster(fault) => fault.hint(),
            Self::Stations { length_m, most, .. } => {
                let least = number((length_m / most).ceil(), 0);
                return format!("give a longer --step, of {least} or more");
            }
            Self::Claim { .. } => {
                "write figure ids and literals apart by spaces, as in `a + b = 100 %`"
            }
        };
        plain.to_owned()
    }
}

impl Problem {
    /// A fault at a place in a file; the place is empty for the file as a whole.
    #[must_use]
    pub fn new(file: impl Into<String>, place: impl Into<String>, fault: impl Into<Fault>) -> Self {
        Self { file: file.into(), place: place.into(), fault: fault.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, place, fault } = self;
        write!(f, "{file}: ")?;
        if !place.is_empty() {
            write!(f, "{}: ", shortened(place, 2 * LONGEST_ECHO))?;
        }
        write!(f, "{fault}; {}", command::with_file(&fault.hint(), file))
    }
}

impl std::error::Error for Problem {}
