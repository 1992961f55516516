//! All boundaries of a file: one model, one renderer per file.

mod csv;
mod text;

use serde::Serialize;

use super::FixLists;
use super::course::{RiverMap, WithinEntry};
use super::json::pretty;
use super::measures::MeasureMethod;
use super::rounding::metres;
use super::styled::StyledText;
use super::table::Table;
use crate::course::{Rivers, Settings};
use crate::geodesy::{Ellipsoid, Method};
use crate::quantity::Metres;
use crate::survey::{Apart, Country, NearPair, Pair, Reason, Survey};

/// The document `treatyline/survey/v1`: lengths in metres.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SurveyReport {
    /// The document type and its version.
    pub(crate) schema: &'static str,
    /// The file; several with a comma and a space between.
    #[doc(hidden)]
    pub file: String,
    /// How it was measured.
    pub(crate) method: MeasureMethod,
    /// The attributes that were read; `null` if a file without codes is measured as one, or if each
    /// polygon, or each file of polygons, is a country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) attributes: Option<AttributesEntry>,
    /// How much of all counted boundaries is near a river, if rivers were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rivers: Option<SurveyRivers>,
    /// The outlines that boundaries were found in, where countries are polygons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) outlines: Option<OutlinesEntry>,
    /// How many features the file has.
    pub(crate) features: usize,
    /// Boundaries between two countries, the longest first.
    pub(crate) pairs: Vec<PairEntry>,
    /// The countries, the one with the longest boundaries first.
    pub(crate) countries: Vec<CountryEntry>,
    /// What is not counted among the boundaries, and why; the longest first.
    pub(crate) apart: Vec<ApartEntry>,
    /// The sums.
    pub(crate) total: SurveyTotal,
    #[serde(flatten)]
    #[allow(missing_docs, reason = "a schema would repeat the words")]
    #[doc(hidden)]
    pub read: FixLists,
}

/// The outlines of countries that are polygons.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct OutlinesEntry {
    /// How many countries there are.
    pub(crate) countries: usize,
    /// The length of all outlines, each counted for every country that has it.
    pub(crate) length_m: f64,
    /// The part of it that no other country has: coasts, and boundaries whose two sides were drawn
    /// apart.
    pub(crate) alone_m: f64,
    /// Countries whose outlines run in opposite directions within 100 m of each other and are not
    /// the same there, the longest first: most likely boundaries whose two sides were drawn apart.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub(crate) near: Vec<NearEntry>,
    /// The layers that polygons are from, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub(crate) layers: Vec<String>,
}

/// Two countries whose outlines are near to each other and not the same.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct NearEntry {
    /// One country's code; the two are in order.
    pub(crate) left: String,
    /// The other's.
    pub(crate) right: String,
    /// The length of that, about.
    pub(crate) length_m: f64,
}

/// The attributes with the countries on both sides of a line; for polygons both are the same.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct AttributesEntry {
    /// The attribute with the country on its left.
    pub(crate) left: String,
    /// The attribute with the country on its right.
    pub(crate) right: String,
    /// The attribute with its kind, if the file has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<String>,
}

/// The boundary of two countries.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct PairEntry {
    /// One country's code; the two are in order.
    pub(crate) left: String,
    /// The other's.
    pub(crate) right: String,
    /// How long their boundary is.
    pub(crate) length_m: f64,
    /// The number of its features; between polygons, the number of its stretches.
    pub(crate) features: usize,
    /// How much of it is drawn twice and therefore counted twice in its length; absent if none is
    /// known to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) twice_m: Option<f64>,
    /// How much of it is near a river, if rivers were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rivers: Option<PairRivers>,
}

/// The rivers that were compared with, and the length near them.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct SurveyRivers {
    /// The files and how they were used.
    #[serde(flatten)]
    pub(crate) map: RiverMap,
    /// The length near a river, by distance.
    pub(crate) within: Vec<WithinEntry>,
}

/// How much of a pair's boundary is near a river.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct PairRivers {
    /// The length near a river, by distance.
    pub(crate) within: Vec<WithinEntry>,
}

/// A country.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct CountryEntry {
    /// Its code.
    pub(crate) code: String,
    /// The length of all its boundaries.
    pub(crate) length_m: f64,
    /// The number of countries it has a boundary with.
    pub(crate) neighbours: usize,
}

/// Lines kept apart.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ApartEntry {
    /// The code on one side, if there is one; the two are in order.
    pub(crate) left: Option<String>,
    /// The code on the other.
    pub(crate) right: Option<String>,
    /// Why: the kind the file gives, `the same code on both sides`, `no code`, `both are on the
    /// same side` (an overlap or one claim inside another), or `a third country has it, too`.
    pub(crate) reason: String,
    /// How long they are.
    pub(crate) length_m: f64,
    /// The number of features; between polygons, the number of stretches.
    pub(crate) features: usize,
}

/// Sums over a file.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct SurveyTotal {
    /// The length of all pairs' boundaries.
    pub(crate) length_m: f64,
    /// How much of that is drawn twice and therefore counted twice: edges that another line of the
    /// same pair (without codes: any other line) has as well, and lines that run along another one
    /// within 22 m. `null` where that was not looked for: for polygons, and for more than four
    /// million edges.
    pub(crate) twice_m: Option<f64>,
    /// The length of all that is kept apart.
    pub(crate) apart_m: f64,
}

impl SurveyReport {
    /// A report on what was found in a file by a method.
    #[must_use]
    pub fn new(
        file: &str,
        method: Method,
        survey: &Survey,
        by: Option<(&Rivers, &Settings)>,
    ) -> Self {
        let attributes = survey.attributes.clone().map(|it| AttributesEntry {
            left: it.left,
            right: it.right,
            kind: it.kind,
        });
        let mut read = FixLists::default();
        survey.fixes.iter().for_each(|(file, fixes)| read.add(file, fixes));
        let rivers = by.zip(survey.rivers.as_ref()).map(|((rivers, settings), near)| {
            read.add_rivers(rivers);
            SurveyRivers { map: RiverMap::new(rivers, settings), within: WithinEntry::all(near) }
        });
        Self {
            schema: "treatyline/survey/v1",
            file: file.to_owned(),
            method: MeasureMethod {
                ellipsoid: Ellipsoid::WGS84.name(),
                edge_rule: "geodesic",
                algorithm: method.name(),
            },
            attributes,
            rivers,
            outlines: survey.of_polygons.as_ref().map(|it| OutlinesEntry {
                countries: it.countries,
                length_m: metres(it.outlines),
                alone_m: metres(it.alone),
                near: it.near.iter().map(near).collect(),
                layers: it.layers.clone(),
            }),
            features: survey.features,
            pairs: survey.pairs.iter().map(pair).collect(),
            countries: survey.countries.iter().map(country).collect(),
            apart: survey.apart.iter().map(apart).collect(),
            total: SurveyTotal {
                length_m: metres(survey.length),
                twice_m: survey.twice.map(metres),
                apart_m: metres(survey.length_apart),
            },
            read,
        }
    }

    /// The JSON document.
    #[must_use]
    pub fn json(&self) -> String {
        pretty(self)
    }

    /// Tables for a terminal.
    #[must_use]
    pub fn text(&self) -> StyledText {
        text::report(self)
    }

    /// A row for each pair, each country and each entry kept apart (RFC 4180).
    #[must_use]
    pub fn csv(&self) -> String {
        csv::report(self)
    }

    /// The answer in words, in paragraphs.
    #[doc(hidden)]
    #[must_use]
    pub fn in_short(&self) -> Vec<String> {
        text::in_short(self)
    }

    /// The tables, each with its title.
    #[doc(hidden)]
    #[must_use]
    pub fn tables(&self) -> [(&'static str, Table); 5] {
        text::tables(self)
    }

    /// How it was measured.
    #[doc(hidden)]
    #[must_use]
    pub fn method_text(&self) -> String {
        text::method(self)
    }
}

fn pair(pair: &Pair) -> PairEntry {
    let [left, right] = pair.countries.clone();
    let rivers = pair.rivers.as_ref().map(|near| PairRivers { within: WithinEntry::all(near) });
    PairEntry {
        left,
        right,
        length_m: metres(pair.length),
        features: pair.features,
        twice_m: (pair.twice > Metres::default()).then(|| metres(pair.twice)),
        rivers,
    }
}

fn near(near: &NearPair) -> NearEntry {
    let [left, right] = near.countries.clone();
    NearEntry { left, right, length_m: metres(near.length) }
}

fn country(country: &Country) -> CountryEntry {
    let Country { code, length, neighbours } = country;
    CountryEntry { code: code.clone(), length_m: metres(*length), neighbours: *neighbours }
}

fn apart(apart: &Apart) -> ApartEntry {
    let [left, right] = apart.countries.clone();
    let reason = match &apart.reason {
        Reason::Kind(kind) => kind.clone(),
        Reason::OneCountry => "the same code on both sides".to_owned(),
        Reason::NoCode => "no code".to_owned(),
        Reason::ClaimedByBoth => "both are on the same side".to_owned(),
        Reason::Contested => "a third country has it, too".to_owned(),
    };
    ApartEntry { left, right, reason, length_m: metres(apart.length), features: apart.features }
}
