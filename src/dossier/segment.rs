//! `segments.geojson`: the line, piece by piece.

use geo::Coord;
use serde::{Deserialize, Serialize};

/// What the boundary runs through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Medium {
    /// Dry land.
    Land,
    /// A river or stream.
    River,
    /// A lake.
    Lake,
}

impl Medium {
    /// Every medium.
    pub const ALL: [Self; 3] = [Self::Land, Self::River, Self::Lake];

    /// Whether commissions count it as water.
    #[must_use]
    pub const fn is_water(self) -> bool {
        matches!(self, Self::River | Self::Lake)
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Land => "land",
            Self::River => "river",
            Self::Lake => "lake",
        }
    }
}

/// What says that a segment has the medium it is given, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The text of the instrument in force.
    TreatyText,
    /// A reference work.
    ReferenceWork,
    /// An instrument no longer in force that the later ones built on.
    HistoricalInstrument,
    /// The shape of the line alone.
    Morphology,
    /// Nothing but what is known of the neighbourhood.
    Inferred,
}

impl Evidence {
    /// Every kind, strongest first.
    pub const ALL: [Self; 5] = [
        Self::TreatyText,
        Self::ReferenceWork,
        Self::HistoricalInstrument,
        Self::Morphology,
        Self::Inferred,
    ];

    /// Whether somebody says so, as opposed to somebody seeing it in the line.
    #[must_use]
    pub const fn is_documented(self) -> bool {
        matches!(self, Self::TreatyText | Self::ReferenceWork | Self::HistoricalInstrument)
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TreatyText => "treaty-text",
            Self::ReferenceWork => "reference-work",
            Self::HistoricalInstrument => "historical-instrument",
            Self::Morphology => "morphology",
            Self::Inferred => "inferred",
        }
    }
}

/// The properties as they stand in the file.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentFacts {
    /// Id of the instrument that governs it.
    pub instrument: String,
    /// The boundary points it runs between.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// What it runs through.
    pub medium: Medium,
    /// What says so.
    pub evidence: Evidence,
    /// A name that figures may refer to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stretch: Option<String>,
    /// Bibliography keys.
    pub sources: Vec<String>,
    /// Positional accuracy across the line, metres.
    pub accuracy_m: f64,
    /// How far its first vertex may be from its true beginning along the line, metres.
    pub start_m: f64,
    /// Anything to know about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A stretch of the line with one instrument, one medium and one piece of evidence.
#[derive(Debug, Clone)]
pub struct Segment {
    /// Its id.
    pub id: String,
    /// Its properties.
    pub facts: SegmentFacts,
    /// Its vertices.
    pub path: Vec<Coord>,
}
