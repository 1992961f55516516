//! `sectors.geojson`: areas that were in dispute.

use std::collections::BTreeMap;

use geo::Polygon;
use serde::{Deserialize, Serialize};

use super::{Evidence, Names};

/// The properties as they are in the file.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SectorFacts {
    /// Its name.
    pub name: String,
    /// Its name in other languages.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub names: Names,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) aliases: Vec<String>,
    /// The boundary points it lies between.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// The figure for its area: an id, or several joined as in a claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) area: Option<String>,
    /// Party id to the figure for the area it received: an id, or several joined as in a claim.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) awards: BTreeMap<String, String>,
    /// What area and awards assume and no figure says: the rest of a sentence after "if".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) assumes: Option<String>,
    /// Id of the instrument that settled it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled_by: Option<String>,
    /// Longitude and latitude on the line where it begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<[f64; 2]>,
    /// And where it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<[f64; 2]>,
    /// The land that changed sides there, by older depictions of the line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transfers: Vec<Transfer>,
    /// Whether edges of the polygons between two vertices of one latitude run along the parallel, and
    /// not along the geodesic.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) parallels: bool,
    /// The evidence for the place of the polygons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) evidence: Option<Evidence>,
    /// Positional accuracy of the polygons in metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) accuracy_m: Option<f64>,
    /// Bibliography keys.
    pub(crate) sources: Vec<String>,
    /// Anything to know about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The land on different sides of an older depiction and of the dossier's line: what a party gained
/// there between the two, if both are right.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// Bibliography key of the depiction.
    pub source: String,
    /// Party id to the area that it gained, square metres.
    pub gains_m2: BTreeMap<String, f64>,
    /// How far each of these may be off, square metres: the accuracies of both lines
    /// together, as far as the depiction leaves the line.
    pub within_m2: f64,
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
