//! `dossier.toml`: the parties, the accuracy of the line, the measurement band, the bibliography.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::band::BandFacts;
use super::law::RawReading;
use super::{Evidence, Names, Stretch};
use crate::line::Side;

/// The file as it is.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// `treatyline/dossier/v1`.
    pub(crate) format: String,
    /// Its id: lower case letters, digits and hyphens.
    pub(crate) id: String,
    /// What the boundary is called.
    pub(crate) title: String,
    /// The datum of all coordinates: `WGS 84`.
    pub(crate) datum: String,
    /// Under which licence it may be passed on.
    pub(crate) licence: Option<String>,
    /// Who must be named then.
    pub(crate) attribution: Option<String>,
    /// The ellipsoids on which the makers of its sources computed.
    #[serde(default)]
    pub(crate) ellipsoids: Vec<String>,
    /// The title in other languages.
    #[serde(default)]
    pub(crate) names: Names,
    /// Stretches that segments name, by their ids.
    #[serde(default)]
    pub(crate) stretch: BTreeMap<String, Stretch>,
    /// The line as a whole.
    pub(crate) line: LineFacts,
    /// The two states.
    #[serde(rename = "party")]
    pub(crate) parties: Vec<Party>,
    /// The resolutions at which a published length can have been measured, or why there are none.
    #[cfg_attr(feature = "schema", schemars(with = "super::band::BandTable"))]
    pub(crate) band: BandFacts,
    /// How a disputed area was divided.
    pub(crate) division: Option<Division>,
    /// Lines that the words of an instrument allow.
    #[serde(rename = "reading", default)]
    pub(crate) readings: Vec<RawReading>,
    /// Older depictions of the boundary, and whose claim they draw.
    #[serde(rename = "depiction", default)]
    pub(crate) claims: Vec<DrawnClaim>,
    /// The bibliography.
    #[serde(rename = "source")]
    pub(crate) references: Vec<Reference>,
}

/// The version of the format this crate reads.
pub(super) const FORMAT: &str = "treatyline/dossier/v1";

/// The datum of all coordinates of a dossier: RFC 7946 leaves no choice.
pub(super) const DATUM: &str = "WGS 84";

/// What is known of the line as a whole.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LineFacts {
    /// Id of the point where it begins.
    pub start: String,
    /// Id of the point where it ends.
    pub end: String,
    /// Positional accuracy in metres.
    pub accuracy_m: f64,
    /// The reason for that accuracy.
    pub(crate) accuracy_note: String,
    /// Bibliography key.
    pub accuracy_source: String,
}

/// A state on one side of the line.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Its id: the ISO 3166-1 alpha-3 code by custom.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its name in other languages.
    #[serde(default, skip_serializing)]
    pub names: Names,
    /// The side it lies on, walking from start to end.
    pub(crate) side: Side,
}

/// How an area was divided between the parties, by shares.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Division {
    /// Id of the figure for the area.
    pub(crate) area: String,
    /// Party id to the id of the figure for its share.
    pub(crate) shares: BTreeMap<String, String>,
    /// Instrument id to the figures published for all sectors together that it settled.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) settlements: BTreeMap<String, Settlement>,
}

/// The figures published for the sectors that one instrument settled.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Settlement {
    /// The figure for all of them together, or several joined as in a claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) area: Option<String>,
    /// Party id to the figure, or the expression, for the area it received of them.
    pub(crate) awards: BTreeMap<String, String>,
}

/// An older depiction of the boundary, and whose claim it draws: the land between it and
/// the line went to the other party.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct DrawnClaim {
    /// Bibliography key of the depiction.
    pub(crate) source: String,
    /// Id of the party whose claim it draws.
    pub(crate) claim: String,
    /// Ids of the sectors where it does; all of them if there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) sectors: Vec<String>,
    /// The evidence that it draws this claim.
    pub(crate) evidence: Evidence,
    /// Anything to know about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
}

impl DrawnClaim {
    /// Whether it draws the claim in a sector.
    #[must_use]
    pub(crate) fn covers(&self, sector: &str) -> bool {
        self.sectors.is_empty() || self.sectors.iter().any(|id| id == sector)
    }
}

/// An entry of the bibliography.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The key other files cite.
    pub key: String,
    /// Title or description.
    pub title: String,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// How reliable it is.
    pub(crate) confidence: Confidence,
    /// Anything to know about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How reliable a source is, the most reliable first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Confidence {
    /// The text of an instrument.
    TreatyText,
    /// A state organ.
    Official,
    /// A reference work.
    ReferenceWork,
    /// A scholarly publication.
    Scholarly,
    /// An encyclopaedia.
    Encyclopaedia,
    /// Newspapers and magazines.
    Press,
    /// Travel pages, blogs, reports of inscriptions.
    Web,
    /// Pages made for search engines, not for accuracy.
    WebFarm,
    /// Measured, computed or inferred by the dossier's author.
    OwnWork,
}
