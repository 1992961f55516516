//! `points.geojson`: where something is known to be, and on which side.

use geo::Coord;
use serde::{Deserialize, Serialize};

use super::Names;
use super::bounds::is_accuracy;
use crate::drawn::{SCALE, is_scale};
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
    /// A numbered point of an instrument.
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
    pub(crate) number: Option<String>,
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
    pub(crate) number: PrintedNumber,
}

/// A number and half of its last printed digit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PrintedNumber {
    /// The number.
    pub(crate) value: f64,
    /// Half a unit of its last printed place.
    pub(crate) half_step: f64,
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
        let angle = |field, text: String, letters| {
            parse_angle(&text, letters).map(|number| Printed { text: text.clone(), number }).ok_or(
                Fault::Value {
                    field,
                    value: format!("`{text}`"),
                    wanted: "an angle as printed, as in 49°06.9'N",
                },
            )
        };
        let metres = |field, text: String| {
            parse_decimal(&text).map(|number| Printed { text: text.clone(), number }).ok_or(
                Fault::Value {
                    field,
                    value: format!("`{text}`"),
                    wanted: "metres as printed, as in 5442595",
                },
            )
        };
        Ok(Published {
            latitude: angle("b", self.b, ['N', 'S'])?,
            longitude: angle("l", self.l, ['E', 'W'])?,
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
    "the code of a projected system in metres that PROJ knows, as in EPSG:28415";

/// What the code of its operation must be.
pub(super) const OPERATION_CODE: &str = "the code of an operation that PROJ knows, as in EPSG:1291";

/// Whether a text looks like `EPSG:28415`: an authority and a code.
fn is_code(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    text.split_once(':').is_some_and(|(authority, code)| plain(authority) && plain(code))
}

/// A decimal number and half of its last place.
fn parse_decimal(text: &str) -> Option<PrintedNumber> {
    let sound = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let value: f64 = sound.then(|| text.parse().ok())??;
    // Nothing printed on a map is farther away than this.
    if value > 1e9 {
        return None;
    }
    let places = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let half_step = 0.5 * 10_f64.powi(-i32::try_from(places).ok()?);
    Some(PrintedNumber { value, half_step })
}

/// `49°06.9'N`, `42°12'36.4"N`, `80.5°E`: degrees, and half of the last place.
fn parse_angle(text: &str, [positive, negative]: [char; 2]) -> Option<PrintedNumber> {
    let sign = match text.chars().last()? {
        letter if letter == positive => 1.0,
        letter if letter == negative => -1.0,
        _ => return None,
    };
    let mut rest = text.get(..text.len() - 1)?;
    let (mut degrees, mut half_step) = (0.0, 0.0);
    for (mark, per_degree) in [('°', 1.0), ('\'', 60.0), ('"', 3600.0)] {
        if rest.is_empty() {
            break;
        }
        let (number, after) = rest.split_once(mark)?;
        let part = parse_decimal(number)?;
        if per_degree > 1.0 && part.value >= 60.0 {
            return None;
        }
        degrees += part.value / per_degree;
        half_step = part.half_step / per_degree;
        rest = after;
    }
    let limit = if positive == 'N' { 90.0 } else { 180.0 };
    let sound = rest.is_empty() && half_step > 0.0 && degrees <= limit;
    sound.then_some(PrintedNumber { value: sign * degrees, half_step })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_angles_know_their_worth() {
        let minutes = parse_angle("49°06.9'N", ['N', 'S']).unwrap();
        assert!((minutes.value - 49.115).abs() < 1e-12);
        assert!((minutes.half_step * 60.0 - 0.05).abs() < 1e-12, "half of 0.1'");
        let seconds = parse_angle("80°10'31.1\"W", ['E', 'W']).unwrap();
        assert!((seconds.value + 80.175_305_555_6).abs() < 1e-9);
        assert!((seconds.half_step * 3600.0 - 0.05).abs() < 1e-12, "half of 0.1\"");
    }

    #[test]
    fn codes_look_like_codes() {
        assert!(["EPSG:28415", "ESRI:102025", "IAU_2015:30100"].into_iter().all(is_code));
        for bad in ["", "28415", "EPSG:", ":28415", "EPSG 28415", "EPSG:28415:1", "EPSG:+proj=x"] {
            assert!(!is_code(bad), "{bad}");
        }
    }

    #[test]
    fn misprinted_angles_are_refused() {
        for bad in
            ["", "49", "49°", "49°06.9'E", "49°66'N", "91°N", "49°06'xN", "-4°N", "4°5°N", "°N"]
        {
            assert_eq!(parse_angle(bad, ['N', 'S']), None, "{bad}");
        }
    }
}
