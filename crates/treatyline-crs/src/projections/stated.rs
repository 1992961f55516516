//! A projected system as WKT states it.

use super::Projection;
use super::formula::{Parameters, key_of, plain};
use crate::realisations::is_china_2000;
use crate::wkt::Node;

/// A datum that is WGS 84, or is taken for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Datum {
    Wgs84,
    China2000,
}

impl Datum {
    const fn inverse_flattening(self) -> f64 {
        match self {
            Self::Wgs84 => 298.257_223_563,
            Self::China2000 => 298.257_222_101,
        }
    }

    /// Its ellipsoid, as a part of a PROJ string.
    pub(super) fn ellipsoid(self) -> String {
        format!("+a=6378137 +rf={}", self.inverse_flattening())
    }

    /// That of a geographic system, if it is one of these and its numbers are right.
    fn read(system: &Node) -> Option<Self> {
        let datum = system.datum()?;
        let names = [&system.name, &datum.name].map(|name| plain(name));
        let found = if system.unlike_wgs84().is_none() {
            Self::Wgs84
        } else if names.iter().any(|name| is_china_2000(name)) {
            Self::China2000
        } else {
            return None;
        };
        system.differs(found.inverse_flattening()).is_none().then_some(found)
    }
}

/// The words for a projected system, those for the system around one with heights, and those for
/// the geographic system in one.
const PROJECTED: [&str; 3] = ["PROJCS", "PROJCRS", "PROJECTEDCRS"];
const COMPOUND: [&str; 2] = ["COMPD_CS", "COMPOUNDCRS"];
const BASE: [&str; 5] = ["GEOGCS", "BASEGEOGCRS", "BASEGEODCRS", "GEOGCRS", "GEODCRS"];

/// The projection that a description states; `None` where it is none that is known here.
pub(super) fn read(root: &Node) -> Option<Projection> {
    let is = |words: &[&str]| words.contains(&root.word.as_str());
    if is(&COMPOUND) {
        return read(root.any(&PROJECTED)?);
    }
    if !is(&PROJECTED) {
        return None;
    }
    let datum = Datum::read(root.any(&BASE)?)?;
    let conversion = root.child("CONVERSION").unwrap_or(root);
    let method = plain(&conversion.any(&["METHOD", "PROJECTION"])?.name);
    let method = if is_web_mercator(root)? { "webmercator" } else { &method };
    let unit_m = unit_m(root)?;
    let parameters = parameters(conversion, unit_m)?;
    let (formula, is_polar) = parameters.formula(method, &datum.ellipsoid())?;
    has_usual_axes(root, is_polar).then(|| Projection {
        label: label(root),
        datum,
        formula,
        unit_m,
        area_of_use: None,
    })
}

/// Whether GDAL says so next to a method that is another one; `None` if it says anything else.
fn is_web_mercator(root: &Node) -> Option<bool> {
    let Some(extension) = root.child("EXTENSION") else { return Some(false) };
    let has = |part| extension.values.iter().any(|text| text.contains(part));
    (has("+proj=merc +a=6378137 +b=6378137 +lat_ts=0 ") && has("+nadgrids=@null")).then_some(true)
}

/// The length of the unit of the axes.
fn unit_m(root: &Node) -> Option<f64> {
    let words = ["LENGTHUNIT", "UNIT"];
    let of_axes = root.children.iter().filter(|child| child.word == "AXIS");
    let mut units = of_axes.filter_map(|axis| axis.any(&words)).map(|unit| unit.number(0));
    let unit = match units.next() {
        Some(unit) if units.all(|other| other == unit) => unit?,
        Some(_) => return None,
        None => root.any(&words)?.number(0)?,
    };
    (unit.is_finite() && unit > 0.0).then_some(unit)
}

/// The parameters, in degrees and metres.
fn parameters(conversion: &Node, unit_m: f64) -> Option<Parameters> {
    let mut parameters = Parameters::default();
    for node in conversion.children.iter().filter(|child| child.word == "PARAMETER") {
        let key = key_of(&plain(&node.name))?;
        let value = node.number(0)?;
        let unit = match node.any(&["LENGTHUNIT", "ANGLEUNIT", "SCALEUNIT", "UNIT"]) {
            Some(unit) => Some(unit.number(0)?),
            None => None,
        };
        let value = match key {
            "x_0" | "y_0" => value * unit.unwrap_or(unit_m),
            "k_0" => value * unit.unwrap_or(1.0),
            _ if unit.is_none_or(is_degree) => value,
            _ => return None,
        };
        parameters.set(key, value)?;
    }
    Some(parameters)
}

fn is_degree(unit: f64) -> bool {
    (unit / 1_f64.to_radians() - 1.0).abs() < 1e-12
}

/// Whether its axes point eastward and northward, or both from or to the pole.
fn has_usual_axes(root: &Node, is_polar: bool) -> bool {
    let axes = root.children.iter().filter(|child| child.word == "AXIS");
    let directions: Vec<String> =
        axes.filter_map(|axis| axis.values.first().map(|it| it.to_uppercase())).collect();
    match &directions[..] {
        [] => true,
        [a, b] if a == b => is_polar && (a == "NORTH" || a == "SOUTH"),
        [a, b] => [a, b].iter().all(|it| ["EAST", "NORTH"].contains(&it.as_str())),
        _ => false,
    }
}

/// Its name, with its code if it has one.
fn label(root: &Node) -> String {
    let code = root.any(&["AUTHORITY", "ID"]);
    match code.and_then(|id| Some((&id.name, id.values.first()?))) {
        Some((authority, code)) => format!("{} ({authority}:{code})", root.name),
        None => root.name.clone(),
    }
}
