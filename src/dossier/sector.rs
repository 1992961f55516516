//! `sectors.geojson`: areas that were in dispute.

use std::collections::BTreeMap;

use geo::Polygon;
use serde::{Deserialize, Serialize};

/// The properties as they stand in the file.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SectorFacts {
    /// Its name.
    pub name: String,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The boundary points it lies between.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// Id of the figure for its area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Party id to the id of the figure for what it received.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub awards: BTreeMap<String, String>,
    /// Id of the instrument that settled it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled_by: Option<String>,
    /// Longitude and latitude on the line where it begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<[f64; 2]>,
    /// And where it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<[f64; 2]>,
    /// Bibliography keys.
    pub sources: Vec<String>,
    /// Anything to know about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An area that was in dispute.
#[derive(Debug, Clone)]
pub struct Sector {
    /// Its id.
    pub id: String,
    /// Its properties.
    pub facts: SectorFacts,
    /// Its polygons; empty where none is known.
    pub polygons: Vec<Polygon>,
}
