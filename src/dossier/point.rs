//! `points.geojson`: where something is known to be, and on which side.

use geo::Coord;
use serde::{Deserialize, Serialize};

use super::Names;
use super::bounds::is_accuracy;
use super::worded::{RawPosition, WordedPosition};
use crate::drawn::{SCALE, is_scale};
use crate::io::printed::{self, Coordinate, Rounded};
use crate::problem::Fault;
use crate::wording::echoed;

/// The properties as they are in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPoint {
    kind: PointKind,
    name: String,
    #[serde(default)]
    names: Names,
    number: Option<String>,
    position: String,
    accuracy_m: Option<f64>,
    opposite: Option<String>,
    #[serde(default)]
    placed_by: Vec<String>,
    instrument: Option<String>,
    sources: Vec<String>,
    published: Option<RawPublished>,
    #[serde(default)]
    positions: Vec<RawPosition>,
    note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPublished {
    b: String,
    l: String,
    x: String,
    y: String,
    h: Option<String>,
    crs: String,
    to_wgs84: String,
    map_scale: f64,
}

/// The kind of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PointKind {
    /// Three states meet.
    Tripoint,
    /// A point of the boundary that an instrument names.
    BoundaryPoint,
    /// Two rivers meet.
    Confluence,
    /// A river ends.
    Mouth,
    /// A river begins.
    Source,
    /// A mountain pass.
    Pass,
    /// A road or railway crosses the line.
    Crossing,
    /// A summit.
    Height,
    /// A lake.
    Lake,
    /// A place on a river.
    River,
    /// A town or village.
    Settlement,
    /// Anything else one can find on the ground.
    Landmark,
}

/// Where a point lies relative to the line, according to sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatedPosition {
    /// On it.
    OnLine,
    /// On the side of the party of this id.
    Side(String),
    /// No source says.
    Unstated,
}

/// A named point of the dossier.
#[derive(Debug, Clone)]
pub struct BoundaryPoint {
    /// Its id.
    pub(crate) id: String,
    /// What it is.
    pub kind: PointKind,
    /// Its name.
    pub name: String,
    /// Its name in other languages.
    pub names: Names,
    /// Its number in the instrument.
    pub number: Option<String>,
    /// Where it lies relative to the line.
    pub position: StatedPosition,
    /// Longitude and latitude on WGS 84; `None` where it cannot be placed.
    pub place: Option<Coord>,
    /// Accuracy of the place; infinite where there is none.
    pub accuracy_m: f64,
    /// Id of a point that must lie on the other side.
    pub(crate) opposite: Option<String>,
    /// Ids of the figures by which its place was found. They cannot be tested with this point,
    /// because they would always agree.
    pub(crate) placed_by: Vec<String>,
    /// Id of the instrument that names it.
    pub(crate) instrument: Option<String>,
    /// Bibliography keys.
    pub(crate) sources: Vec<String>,
    /// What the instrument prints.
    pub(crate) published: Option<Published>,
    /// Where words put it: one of them is enough.
    pub(crate) positions: Vec<WordedPosition>,
    /// Anything to know about it.
    pub(crate) note: Option<String>,
}

/// Coordinates of an instrument, as printed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Published {
    /// Geodetic latitude.
    pub(crate) latitude: Printed,
    /// Geodetic longitude.
    pub(crate) longitude: Printed,
    /// Northing.
    pub(crate) northing: Printed,
    /// Easting.
    pub(crate) easting: Printed,
    /// Height, as printed.
    pub(crate) height: Option<String>,
    /// Code of the projected system of northing and easting.
    pub(crate) crs: String,
    /// Code of the operation from its geographic base to WGS 84.
    pub(crate) to_wgs84: String,
    /// Denominator of the scale of the map they were read off.
    pub(crate) map_scale: f64,
}

/// A printed number with its precision.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Printed {
    /// As printed.
    pub(crate) text: String,
    /// Degrees or metres, and how far rounding may have moved it.
    pub(crate) number: Rounded,
}

impl RawPoint {
    pub(super) fn check(
        self,
        id: String,
        place: Option<Coord>,
        parties: &[&str],
    ) -> Result<BoundaryPoint, Fault> {
        let position = match self.position.as_str() {
            "line" => StatedPosition::OnLine,
            "none" => StatedPosition::Unstated,
            party if parties.contains(&party) => StatedPosition::Side(party.to_owned()),
            other => {
                let known = format!("line, none, {}", parties.join(", "));
                return Err(Fault::Unknown { kind: "position", key: other.to_owned(), known });
            }
        };
        let accuracy_m = match (place, self.accuracy_m) {
            (None, None) => f64::INFINITY,
            (Some(_), Some(accuracy_m)) if is_accuracy(accuracy_m) => accuracy_m,
            (place, accuracy_m) => {
                return Err(Fault::Value {
                    field: "accuracy_m",
                    value: accuracy_m.map_or("missing".to_owned(), echoed),
                    wanted: if place.is_some() {
                        "a positive number of metres below 10,000 km for a point that has a place"
                    } else {
                        "left out for a point without a place"
                    },
                });
            }
        };
        self.names.check()?;
        let positions =
            self.positions.into_iter().map(RawPosition::check).collect::<Result<_, _>>();
        Ok(BoundaryPoint {
            id,
            kind: self.kind,
            name: self.name,
            names: self.names,
            number: self.number,
            position,
            place,
            accuracy_m,
            opposite: self.opposite,
            placed_by: self.placed_by,
            instrument: self.instrument,
            sources: self.sources,
            published: self.published.map(RawPublished::check).transpose()?,
            positions: positions?,
            note: self.note,
        })
    }
}

impl RawPublished {
    fn check(self) -> Result<Published, Fault> {
        if !is_scale(self.map_scale) {
            let (field, value) = ("map_scale", echoed(self.map_scale));
            return Err(Fault::Value { field, value, wanted: SCALE });
        }
        for (field, code, wanted) in
            [("crs", &self.crs, SYSTEM_CODE), ("to_wgs84", &self.to_wgs84, OPERATION_CODE)]
        {
            if !is_code(code) {
                return Err(Fault::Value { field, value: format!("`{code}`"), wanted });
            }
        }
        let angle = |field, text: String, wanted| {
            let number = printed::angle(&text, wanted).and_then(|it| it.with_half(&text, wanted));
            let number = number.map_err(|fault| Fault::Printed { field, fault: fault.into() })?;
            Ok::<_, Fault>(Printed { text, number: number.deg })
        };
        let metres = |field, text: String| {
            let number = printed::metres(&text)
                .map_err(|fault| Fault::Printed { field, fault: fault.into() })?;
            Ok::<_, Fault>(Printed { text, number })
        };
        Ok(Published {
            latitude: angle("b", self.b, Coordinate::Latitude)?,
            longitude: angle("l", self.l, Coordinate::Longitude)?,
            northing: metres("x", self.x)?,
            easting: metres("y", self.y)?,
            height: self.h,
            crs: self.crs,
            to_wgs84: self.to_wgs84,
            map_scale: self.map_scale,
        })
    }
}

/// What the code of a published system must be.
pub(super) const SYSTEM_CODE: &str =
    "the code of a projected system in metres that PROJ knows, as in EPSG:23032";

/// What the code of its operation must be.
pub(super) const OPERATION_CODE: &str = "the code of an operation that PROJ knows, as in EPSG:1133";

/// Whether a text looks like `EPSG:28415`: an authority and a code.
fn is_code(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    text.split_once(':').is_some_and(|(authority, code)| plain(authority) && plain(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_look_like_codes() {
        assert!(["EPSG:28415", "ESRI:102025", "IAU_2015:30100"].into_iter().all(is_code));
        for bad in ["", "28415", "EPSG:", ":28415", "EPSG 28415", "EPSG:28415:1", "EPSG:+proj=x"] {
            assert!(!is_code(bad), "{bad}");
        }
    }
}
