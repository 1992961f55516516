//! Why a text is no coordinate.

use super::Coordinate;
use crate::words::echo;

/// Why a text is no coordinate; each names the text.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PrintedFault {
    /// Nothing that is read as an angle.
    #[error("`{}` is no {}", echo(text), wanted.name())]
    NoAngle {
        /// The text.
        text: String,
        /// What it should be.
        wanted: Coordinate,
    },
    /// Sixty minutes or more, or seconds.
    #[error("`{}` has {number} {unit}, {}", echo(text), of_what(unit))]
    Sixty {
        /// The text.
        text: String,
        /// How many it has, as printed.
        number: String,
        /// What they are.
        unit: &'static str,
    },
    /// Decimals of a number that others follow.
    #[error("`{}` has decimals in `{number}`, and smaller units after it", echo(text))]
    Decimals {
        /// The text.
        text: String,
        /// The number.
        number: String,
    },
    /// Beyond a pole or the meridian of 180°.
    #[error("`{}` is beyond {}°, where a {} ends", echo(text), wanted.limit_deg(), wanted.name())]
    Beyond {
        /// The text.
        text: String,
        /// What it should be.
        wanted: Coordinate,
    },
    /// An angle that says it is the other coordinate.
    #[error("`{}` is no {}: it is {other}", echo(text), wanted.name())]
    Other {
        /// The text.
        text: String,
        /// What it should be.
        wanted: Coordinate,
        /// What it says it is.
        other: &'static str,
    },
    /// An angle that should say on which side of the equator or of Greenwich it is.
    #[error("`{}` does not say whether it is {}", echo(text), wanted.halves())]
    NoHalf {
        /// The text.
        text: String,
        /// What it is.
        wanted: Coordinate,
    },
    /// A sign and a hemisphere: `-42° S` may be either.
    #[error("`{}` has a sign and a hemisphere", echo(text))]
    Twice {
        /// The text.
        text: String,
    },
    /// A spelling that means one thing here and another there.
    #[error("`{}` can be read in two ways: {between}", echo(text))]
    Ambiguous {
        /// The text.
        text: String,
        /// The two.
        between: String,
    },
    /// Not two coordinates.
    #[error("`{}` is not a latitude and a longitude", echo(text))]
    NoPair {
        /// The text.
        text: String,
    },
    /// Nothing that is read as metres.
    #[error("`{}` is no number of metres", echo(text))]
    NoMetres {
        /// The text.
        text: String,
    },
    /// Neither a UTM nor an MGRS reference.
    #[error("`{}` is no reference of UTM or MGRS", echo(text))]
    NoGrid {
        /// The text.
        text: String,
    },
    /// A reference to a place that its grid does not have.
    #[error("`{}` is no place of its grid: {reason}", echo(text))]
    OffGrid {
        /// The text.
        text: String,
        /// Why.
        reason: String,
    },
}

fn of_what(unit: &str) -> &'static str {
    if unit == "seconds" { "and a minute has 60" } else { "and a degree has 60" }
}

impl PrintedFault {
    /// What to do about it.
    #[doc(hidden)]
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::NoAngle { .. } | Self::Sixty { .. } | Self::Decimals { .. } => {
                "write degrees, degrees and minutes, or all three, as in 42°25′04.6″N"
            }
            Self::Beyond { wanted, .. } | Self::Other { wanted, .. } => match wanted {
                Coordinate::Latitude => "see whether latitude and longitude are exchanged",
                Coordinate::Longitude => "see whether longitude and latitude are exchanged",
            },
            Self::NoHalf { wanted: Coordinate::Latitude, .. } => "write N or S after it",
            Self::NoHalf { wanted: Coordinate::Longitude, .. } => "write E or W after it",
            Self::Twice { .. } => "leave one of the two out",
            Self::Ambiguous { .. } => "write it so that it can be read in one way only",
            Self::NoPair { .. } => "write both, as in 42°25′04.6″N 130°38′11.9″E",
            Self::NoMetres { .. } => "write metres, as in 4 699 440.4",
            Self::NoGrid { .. } | Self::OffGrid { .. } => {
                "write zone, easting and northing, as in 44T 543210 4912345, or a square, as in 44T NP 43210 12345"
            }
        }
    }
}
