//! `[band]` in `dossier.toml`: the resolutions at which a published length can have been measured, or
//! why resolution does not matter.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// The measurement band: the resolutions at which a published length can have been
/// measured, as simplification distances.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Band {
    /// The finer end in metres.
    pub fine_m: f64,
    /// The coarser end in metres.
    pub coarse_m: f64,
    /// Why these two.
    pub(crate) reason: String,
    /// Bibliography keys: one, or a list.
    pub sources: Vec<String>,
}

/// A measurement band, or the reason why there is none.
#[derive(Debug, Clone)]
pub(crate) enum BandFacts {
    /// The line has bends, and a length depends on how finely they were measured.
    Between(Band),
    /// The line is of straight edges, so that every resolution gives the same length.
    None { reason: String },
}

impl BandFacts {
    /// The band, if there is one.
    pub(crate) const fn between(&self) -> Option<&Band> {
        match self {
            Self::Between(band) => Some(band),
            Self::None { .. } => None,
        }
    }

    /// Why there is none.
    pub(crate) fn why_none(&self) -> Option<&str> {
        match self {
            Self::Between(_) => None,
            Self::None { reason } => Some(reason),
        }
    }
}

/// The table as it is written: a band, or `none` alone.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct BandTable {
    /// Why there is no band: a line of straight edges has one length at any resolution. Alone in its
    /// table.
    none: Option<String>,
    /// The finer end in metres.
    fine_m: Option<f64>,
    /// The coarser end in metres.
    coarse_m: Option<f64>,
    /// Why these two.
    reason: Option<String>,
    /// Bibliography keys: one, or a list.
    #[serde(alias = "source", default, deserialize_with = "one_or_more")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Keys>"))]
    sources: Option<Vec<String>>,
}

impl<'de> Deserialize<'de> for BandFacts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let BandTable { none, fine_m, coarse_m, reason, sources } =
            BandTable::deserialize(deserializer)?;
        let is_band = fine_m.is_some() || coarse_m.is_some();
        match none {
            Some(reason) if !is_band && !reason.trim().is_empty() => Ok(Self::None { reason }),
            Some(_) => Err(D::Error::custom(
                "`none` is the reason why there is no band, alone in its table; leave it out, or \
                 leave out `fine_m` and `coarse_m`",
            )),
            None => Ok(Self::Between(Band {
                fine_m: fine_m.ok_or_else(|| D::Error::missing_field("fine_m"))?,
                coarse_m: coarse_m.ok_or_else(|| D::Error::missing_field("coarse_m"))?,
                reason: reason.ok_or_else(|| D::Error::missing_field("reason"))?,
                sources: sources.ok_or_else(|| D::Error::missing_field("sources"))?,
            })),
        }
    }
}

/// A bibliography key, or several.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "a bibliography key or a list of them")]
enum Keys {
    One(String),
    More(Vec<String>),
}

/// A list of texts, or one text for a list of one.
fn one_or_more<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<String>>, D::Error> {
    Ok(Some(match Keys::deserialize(deserializer)? {
        Keys::One(key) => vec![key],
        Keys::More(keys) => keys,
    }))
}
