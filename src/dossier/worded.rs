//! `positions` of a point: where words put it, by latitude and longitude alone.
//!
//! A treaty may print degrees without saying of which datum, and several texts may put one point at
//! several places. Each is a position of its own, and one of them is enough for the point to be right.

use geo::Coord;
use serde::Deserialize;

use super::bounds::{ACCURACY, is_accuracy};
use crate::construct::place_in_words;
use crate::problem::Fault;
use crate::wording::echoed;

/// An entry as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPosition {
    name: Option<String>,
    latitude: String,
    longitude: String,
    prime_meridian: Option<String>,
    #[serde(default)]
    exact: bool,
    datum: Option<String>,
    datum_m: Option<f64>,
    source: String,
}

/// Where words put a point.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct WordedPosition {
    /// What it is called, or the two texts.
    pub(crate) name: String,
    /// On WGS 84, or on a datum that is not known.
    pub(crate) place: Coord,
    /// How far rounding may have moved it, in metres; 0 for a definition.
    pub(crate) rounded_m: f64,
    /// What not knowing the datum is worth, in metres; 0 on WGS 84.
    pub(crate) datum_m: f64,
    /// Bibliography key.
    pub(crate) source: String,
}

const WGS84: &str = "WGS 84";
const UNKNOWN: &str = "unknown";

impl RawPosition {
    pub(super) fn check(self) -> Result<WordedPosition, Fault> {
        let (latitude, longitude) = (&self.latitude, &self.longitude);
        let found = place_in_words(latitude, longitude, self.prime_meridian.as_deref(), self.exact);
        let (place, rounded_m) = found.map_err(|fault| Fault::Construct(Box::new(fault)))?;
        let datum_m = match (self.datum.as_deref().unwrap_or(WGS84), self.datum_m) {
            (WGS84, None) => 0.0,
            (UNKNOWN, Some(metres)) if is_accuracy(metres) => metres,
            (WGS84, Some(_)) => {
                let value = "given for WGS 84".to_owned();
                let wanted = "left out, or the datum `unknown`";
                return Err(Fault::Value { field: "datum_m", value, wanted });
            }
            (UNKNOWN, metres) => {
                let value = metres.map_or("missing".to_owned(), echoed);
                return Err(Fault::Value { field: "datum_m", value, wanted: ACCURACY });
            }
            (other, _) => {
                let value = format!("`{other}`");
                let wanted = "`WGS 84`, or `unknown` with `datum_m`; coordinates in another datum are \
                              `published` ones, with their projection and operation";
                return Err(Fault::Value { field: "datum", value, wanted });
            }
        };
        let name = self.name.unwrap_or_else(|| format!("{latitude}, {longitude}"));
        Ok(WordedPosition { name, place, rounded_m, datum_m, source: self.source })
    }
}
