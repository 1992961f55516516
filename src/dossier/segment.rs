//! `segments.geojson`: the line, piece by piece.

use geo::Coord;
use serde::{Deserialize, Serialize};

use crate::construct::StatedCourse;

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
    /// The sea, a bay or a fjord.
    Sea,
}

impl Medium {
    /// Every medium.
    pub(crate) const ALL: [Self; 4] = [Self::Land, Self::River, Self::Lake, Self::Sea];

    /// Whether commissions count it as water: rivers and lakes, but not the sea, which is no part of a
    /// land boundary.
    #[must_use]
    pub const fn is_water(self) -> bool {
        matches!(self, Self::River | Self::Lake)
    }

    /// Land, inland water or sea: what published lengths distinguish.
    pub(crate) const fn ground(self) -> Self {
        if self.is_water() { Self::River } else { self }
    }

    /// Its name.
    #[doc(hidden)]
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Land => "land",
            Self::River => "river",
            Self::Lake => "lake",
            Self::Sea => "sea",
        }
    }
}

/// What a segment follows, by law or by evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Follows {
    /// A watershed, a ridge.
    Watershed,
    /// A river or stream.
    River,
    /// A straight line.
    Straight,
    /// The line midway between two shores.
    Median,
    /// Not known.
    Unknown,
}

/// The evidence for the medium and the course of a segment, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The text of the instrument in force.
    TreatyText,
    /// A reference work.
    ReferenceWork,
    /// A map of rivers on which a mapping agency draws the boundary along one.
    Hydrography,
    /// An encyclopaedia.
    Encyclopaedia,
    /// An instrument no longer in force that the later ones built on.
    HistoricalInstrument,
    /// Heights: most of it is higher than the ground on both sides.
    Relief,
    /// The shape of the line alone.
    Morphology,
    /// Only the neighbourhood: inferred from it.
    Inferred,
}

impl Evidence {
    /// Every kind, strongest first.
    pub(crate) const ALL: [Self; 8] = [
        Self::TreatyText,
        Self::ReferenceWork,
        Self::Hydrography,
        Self::Encyclopaedia,
        Self::HistoricalInstrument,
        Self::Relief,
        Self::Morphology,
        Self::Inferred,
    ];

    /// Whether it is a text.
    #[must_use]
    pub(crate) const fn is_text(self) -> bool {
        matches!(
            self,
            Self::TreatyText
                | Self::ReferenceWork
                | Self::Encyclopaedia
                | Self::HistoricalInstrument
        )
    }

    /// Its name.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::TreatyText => "treaty-text",
            Self::ReferenceWork => "reference-work",
            Self::Hydrography => "hydrography",
            Self::Encyclopaedia => "encyclopaedia",
            Self::HistoricalInstrument => "historical-instrument",
            Self::Relief => "relief",
            Self::Morphology => "morphology",
            Self::Inferred => "inferred",
        }
    }
}

/// The properties as they are in the file.
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
    /// What it follows.
    pub course: Follows,
    /// What its instrument says that it follows, as a course that can be drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated_course: Option<StatedCourse>,
    /// How far the plumb line may have moved the points that mark it, metres: of positions by the
    /// stars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plumb_line_m: Option<f64>,
    /// The evidence for both, strongest first; at least one kind.
    pub evidence: Vec<Evidence>,
    /// A name that figures may refer to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stretch: Option<String>,
    /// Since when it has been the boundary, as exactly as known (ISO 8601: year, month or day).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Until when it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Of a river: whether the boundary moves where the river does, or stays where it was drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moves_with_river: Option<bool>,
    /// Whether a new part of the line begins with it, apart from the one before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub apart: bool,
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

impl SegmentFacts {
    /// The strongest kind of evidence.
    #[doc(hidden)]
    #[must_use]
    pub fn strongest(&self) -> Evidence {
        self.evidence.first().copied().unwrap_or(Evidence::Inferred)
    }

    /// Whether a text says what it is.
    #[must_use]
    pub(crate) fn is_by_text(&self) -> bool {
        self.evidence.iter().any(|kind| kind.is_text())
    }

    /// Whether something independent of the line's shape shows that it is water.
    #[must_use]
    pub(crate) fn is_shown_water(&self) -> bool {
        let shows = |kind: &Evidence| kind.is_text() || *kind == Evidence::Hydrography;
        self.medium.is_water() && self.evidence.iter().any(shows)
    }

    /// Whether it runs through the sea and something independent of the line's shape shows that.
    #[must_use]
    pub(crate) fn is_shown_sea(&self) -> bool {
        let shows = |kind: &Evidence| kind.is_text() || *kind == Evidence::Hydrography;
        self.medium == Medium::Sea && self.evidence.iter().any(shows)
    }

    /// Whether it is shown to be water because a mapping agency draws the boundary along it.
    pub(crate) fn is_drawn_water(&self) -> bool {
        self.is_shown_water() && self.evidence.contains(&Evidence::Hydrography)
    }

    /// Whether it is shown to be water by texts that name a river nearby: by inference.
    pub(crate) fn is_inferred_water(&self) -> bool {
        self.is_shown_water()
            && !self.is_drawn_water()
            && self.evidence.contains(&Evidence::Inferred)
    }
}

/// A stretch of the line with one instrument, one medium and one course.
#[derive(Debug, Clone)]
pub struct Segment {
    /// Its id.
    pub id: String,
    /// Its properties.
    pub facts: SegmentFacts,
    /// Its vertices.
    pub path: Vec<Coord>,
}
