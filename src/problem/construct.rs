//! Why a row of a list makes no point or no edge.

use crate::geodesy::datum::DatumError;
use crate::io::problem::PrintedFault;
use crate::io::{Hint, hint};
use crate::wording::{distance, echo, first_ten};

/// Why a list of points and edges makes no line.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ConstructFault {
    /// A text that is neither TOML nor a table.
    #[error("{message}")]
    Syntax {
        /// What the parser says.
        message: String,
    },
    /// A key or a column that is not known.
    #[error("unknown key `{}`", echo(key))]
    UnknownKey {
        /// The key.
        key: String,
        /// The keys that are known.
        known: Vec<&'static str>,
    },
    /// A key of a point that is one of the whole list.
    #[error("`{key}` is said of the whole list, and not of a point")]
    NotOfAPoint {
        /// The key.
        key: &'static str,
    },
    /// A key from which nothing is made.
    #[error("`{key}` has no use here: {why}")]
    Unused {
        /// The key.
        key: &'static str,
        /// Why it has none.
        why: &'static str,
    },
    /// Something that is said of a whole list, and differently in two of its rows.
    #[error("an earlier row has `{}` as `{key}` of the whole list", echo(earlier))]
    TwoSettings {
        /// What it is.
        key: &'static str,
        /// What an earlier row says.
        earlier: String,
    },
    /// A point without a place, or with several.
    #[error("the point `{}` has {}", echo(point), if *places == 0 { "no place" } else { "several places" })]
    Place {
        /// The point.
        point: String,
        /// The number of ways in which its place is stated.
        places: usize,
    },
    /// A key without another one that it needs.
    #[error("`{key}` is missing")]
    Missing {
        /// The key.
        key: &'static str,
    },
    /// A value that cannot be.
    #[error("`{key}` is `{}`", echo(value))]
    Value {
        /// The key.
        key: &'static str,
        /// Its value.
        value: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// A printed coordinate that cannot be read.
    #[error("`{key}`: {fault}")]
    Printed {
        /// The key.
        key: &'static str,
        /// What is wrong with it.
        fault: Box<PrintedFault>,
    },
    /// A name that no earlier point has.
    #[error("no point before this one is called `{}`", echo(name))]
    UnknownPoint {
        /// The name.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// A name that an earlier point has.
    #[error("two points are called `{}`", echo(name))]
    RepeatedName {
        /// The name.
        name: String,
    },
    /// Fewer than two points on the line.
    #[error("a line needs two points, and {} on it", match count { 0 => "none is", _ => "only one is" })]
    TooFew {
        /// How many there are.
        count: usize,
    },
    /// An edge between two points at one place.
    #[error("the edge from `{}` to `{}` has no length", echo(from), echo(to))]
    NoLength {
        /// The point it begins at.
        from: String,
        /// The point it ends at.
        to: String,
    },
    /// An edge along a parallel or a meridian between points that are not on one.
    #[error("the edge from `{}` to `{}` is no {kind}: its ends are {} off", echo(from), echo(to), distance(*apart_m))]
    NotAlong {
        /// The point it begins at.
        from: String,
        /// The point it ends at.
        to: String,
        /// `parallel` or `meridian`.
        kind: &'static str,
        /// By how much its ends are on different ones, beyond their rounding.
        apart_m: f64,
    },
    /// An edge with more than one way.
    #[error(
        "the edge from `{}` to `{}` has no single way: its ends are on opposite sides of the Earth",
        echo(from),
        echo(to)
    )]
    Opposite {
        /// The point it begins at.
        from: String,
        /// The point it ends at.
        to: String,
    },
    /// A rhumb line that begins or ends at a pole.
    #[error(
        "the rhumb line from `{}` to `{}` turns round the pole without end",
        echo(from),
        echo(to)
    )]
    ToPole {
        /// The point it begins at.
        from: String,
        /// The point it ends at.
        to: String,
    },
    /// A way that leads beyond a pole.
    #[error("the way of {} leads beyond a pole", distance(*length_m))]
    BeyondPole {
        /// How long the way is.
        length_m: f64,
    },
    /// Two courses that do not meet in one place.
    #[error("the two courses of `{}` meet in {count} places", echo(crossing))]
    Crossing {
        /// The two courses.
        crossing: String,
        /// In how many.
        count: usize,
    },
    /// An end of an arc that is not at its radius.
    #[error("`{}` is {} from the centre, and the radius is {}", echo(point), distance(*found_m), distance(*radius_m))]
    Radius {
        /// The end.
        point: String,
        /// How far it is.
        found_m: f64,
        /// The radius.
        radius_m: f64,
    },
    /// A vertex that a file's line does not have.
    #[error("the line of {file} has {vertices} vertices, and no vertex {asked}")]
    NoVertex {
        /// The file.
        file: String,
        /// The vertex.
        asked: String,
        /// How many there are.
        vertices: usize,
    },
    /// A point that is not near the line that it should be on.
    #[error("`{}` is {} from the line of {file}", echo(point), distance(*apart_m))]
    FarFromLine {
        /// The point.
        point: String,
        /// The file.
        file: String,
        /// How far it is.
        apart_m: f64,
    },
    /// A line that would have too many vertices.
    #[error("within {tolerance_m} m of its course the line has more than {most} vertices")]
    TooMany {
        /// How far an edge may be from its course.
        tolerance_m: f64,
        /// The most there may be.
        most: usize,
    },
    /// A system or an operation that cannot be had.
    #[error("{0}")]
    Datum(#[from] DatumError),
}

impl ConstructFault {
    /// The key that it is about, if it is about one.
    pub(crate) const fn key(&self) -> Option<&'static str> {
        match self {
            Self::Missing { key }
            | Self::NotOfAPoint { key }
            | Self::Unused { key, .. }
            | Self::TwoSettings { key, .. }
            | Self::Value { key, .. }
            | Self::Printed { key, .. } => Some(key),
            _ => None,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Hint {
        match self {
            Self::Syntax { .. } => hint!["docs/construct.md has examples of both kinds of lists"],
            Self::UnknownKey { known, .. } => {
                let known: Vec<String> = known.iter().map(|key| (*key).to_owned()).collect();
                hint!["use one of: ", known.join(", ")]
            }
            Self::NotOfAPoint { .. } => hint!["write it before the first [[point]]"],
            Self::Unused { .. } => hint!["write it in the row that it is about, or leave it out"],
            Self::TwoSettings { .. } => hint!["write it in one row, or the same in each"],
            Self::Place { .. } => hint![
                "give one of: latitude and longitude; coordinates; northing, easting and grid; reference; from, \
                 distance and azimuth; crossing; vertex and of"
            ],
            Self::Missing { .. } => hint!["add it, or see docs/construct.md"],
            Self::Value { wanted, .. } => hint!["it must be ", *wanted],
            Self::Printed { fault, .. } => hint![fault.hint()],
            Self::UnknownPoint { known, .. } if known.is_empty() => {
                hint!["give the points in the order in which they depend on each other"]
            }
            Self::UnknownPoint { known, .. } => hint!["use one of: ", first_ten(known)],
            Self::RepeatedName { .. } => hint!["rename one of them"],
            Self::TooFew { .. } => hint!["add points, or leave out `on_line = false`"],
            Self::NoLength { .. } => hint!["leave one of the two points out"],
            Self::NotAlong { .. } => {
                hint!["correct one of the two, or call the edge geodesic or rhumb"]
            }
            Self::Opposite { .. } => hint!["add a point on the way"],
            Self::ToPole { .. } => hint!["call it geodesic or meridian"],
            Self::BeyondPole { .. } => hint!["give a shorter distance, or another azimuth"],
            Self::Crossing { count: 0, .. } => hint!["check the courses: they do not meet"],
            Self::Crossing { .. } => hint!["give a course of which only one place is on the other"],
            Self::Radius { .. } => hint!["correct the point, the centre or the radius"],
            Self::NoVertex { .. } => hint!["count from 0, or give `first` or `last`"],
            Self::FarFromLine { .. } => hint!["take a point on the line, or another file"],
            Self::TooMany { .. } => hint!["allow a larger tolerance"],
            Self::Datum(_) => hint![
                "name a geographic system, as in EPSG:4267, or `unstated` for every system of the \
                 region"
            ],
        }
    }
}
