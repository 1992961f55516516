//! The two axes on the Earth of a system as a file states it.

use std::f64::consts::TAU;

use proj::Proj;
use serde_json::Value;

use super::described::{area_of_use, authority_code, described, not_plane};
use super::operation::known_database;
use super::registered::system_of_datum;
use super::unproject::Map;
use crate::{AreaOfUse, DatumError, Operation, between};

/// A geographic or projected system, out of anything that PROJ takes for a system: a code, WKT,
/// PROJJSON, a PROJ string. Heights are left out.
#[derive(Debug)]
pub(super) struct Horizontal {
    /// What PROJ opens it by.
    pub(super) definition: String,
    /// Its name, with its code if it has one.
    pub(super) label: String,
    /// The geographic system under it, or itself.
    pub(super) base: Value,
    /// Whether its coordinates are degrees of longitude and latitude.
    pub(super) is_in_degrees: bool,
    /// Of longitudes and latitudes, how many units a whole turn has.
    pub(super) turn: Option<f64>,
    /// Whether its coordinates are metres or feet.
    pub(super) is_in_metres: bool,
    /// Of eastings and northings, what is known of their map.
    pub(super) map: Option<Map>,
    /// Where it may be used, if that is known.
    pub(super) area_of_use: Option<AreaOfUse>,
    /// Whether its definition has the operation to WGS 84 in it (`TOWGS84`).
    pub(super) is_bound: bool,
    /// Whether it had heights, which are left out.
    pub(super) had_heights: bool,
}

impl Horizontal {
    /// # Errors
    /// [`DatumError::UnknownSystem`], and [`DatumError::NotPlane`] for a system without two axes
    /// on the Earth.
    pub(super) fn new(definition: &str) -> Result<Self, DatumError> {
        let unknown = || known_database(DatumError::UnknownSystem { code: shortened(definition) });
        let proj = Proj::new(definition).map_err(|_| unknown())?;
        let mut system = described(&proj).ok_or_else(unknown)?;
        let mut had_heights = system["type"] == "CompoundCRS";
        if had_heights {
            system = system["components"][0].take();
        }
        let is_bound = system["type"] == "BoundCRS";
        let mut inner = if is_bound { system["source_crs"].clone() } else { system.clone() };
        // A shift by nothing is what programs write that know none.
        let is_bound = is_bound && shifts(&system["transformation"]);
        let mut is_same = is_bound == (system["type"] == "BoundCRS");
        let kind = inner["type"].as_str().unwrap_or_default().to_owned();
        if !["GeographicCRS", "ProjectedCRS", "DerivedGeographicCRS"].contains(&kind.as_str()) {
            return Err(not_plane(&shortened(definition), &kind));
        }
        had_heights |= without_height(&mut inner);
        is_same &= !(had_heights | without_null_grid(&mut inner));
        let is_projected = kind == "ProjectedCRS";
        let unit = &inner["coordinate_system"]["axis"][0]["unit"];
        let is_in_degrees = !is_projected && unit == "degree";
        let factor = unit["conversion_factor"].as_f64();
        let in_degrees = is_in_degrees.then_some(360.0);
        let turn = in_degrees.or_else(|| Some(TAU / factor.filter(|_| !is_projected)?));
        let is_in_metres = is_projected && (unit == "metre" || factor.is_some_and(|m| m < 10.0));
        let unit_m = factor.unwrap_or(1.0);
        let map = is_projected.then(|| Map::new(&inner["conversion"], unit_m));
        let label = label(&inner);
        let inner_name = inner["name"].as_str().map(str::to_owned);
        let base = inner.get("base_crs").unwrap_or(&inner).clone();
        let definition = match (is_same, is_bound) {
            (true, _) => definition.to_owned(),
            (false, true) => {
                system["source_crs"] = inner;
                system.to_string()
            }
            (false, false) => inner.to_string(),
        };
        let area_of_use = area_of_use(&proj);
        let mut horizontal = Self {
            definition,
            label,
            base,
            is_in_degrees,
            turn,
            is_in_metres,
            map,
            area_of_use,
            is_bound,
            had_heights,
        };
        if horizontal.area_of_use.is_none() {
            let name = inner_name.as_deref();
            horizontal.area_of_use = name.and_then(|name| horizontal.area_of(name));
        }
        Ok(horizontal)
    }

    /// Where a description without a code may be used: the area of the system of the registry that
    /// has its name and is the same, or else of the geographic one under it.
    fn area_of(&self, name: &str) -> Option<AreaOfUse> {
        // As the registry names projected systems; PROJ writes to standard error for other names.
        let of_name = || {
            let registered = Proj::new(name.contains(" / ").then_some(name)?).ok()?;
            let code = authority_code(&described(&registered)?)?;
            let (_, definition) = between(&self.definition, &code).ok()?.name_and_definition();
            definition.contains("noop").then(|| area_of_use(&registered))?
        };
        let of_base = || area_of_use(&Proj::new(&self.registered()?.0).ok()?);
        of_name().or_else(of_base)
    }

    /// The code of the geographic system under it for which operations are registered, and the
    /// conversion to that: by its own code, its datum's or its name, if nothing but units, axes or
    /// a projection are between the two.
    pub(super) fn registered(&self) -> Option<(String, Operation)> {
        let named = || {
            // PROJ has several systems whose names begin so.
            let name = self.base["name"].as_str()?;
            if name.to_lowercase().starts_with("unknown") {
                return None;
            }
            authority_code(&described(&Proj::new(name).ok()?)?)
        };
        let of_datum = || {
            system_of_datum(&authority_code(
                self.base.get("datum").or_else(|| self.base.get("datum_ensemble"))?,
            )?)
        };
        let codes = [authority_code(&self.base), of_datum(), named()];
        codes.into_iter().flatten().find_map(|code| {
            let to = between(&self.definition, &code).ok()?;
            to.is_conversion().then(|| (code, to.settled()))
        })
    }
}

/// Whether the transformation of a bound system changes anything.
fn shifts(transformation: &Value) -> bool {
    let parameters = transformation["parameters"].as_array().map_or(&[][..], |list| list);
    // The grid that changes nothing: `+nadgrids=@null`.
    let is_nothing = |value: &Value| value.as_f64() == Some(0.0) || value == "@null";
    parameters.is_empty() || parameters.iter().any(|each| !is_nothing(&each["value"]))
}

/// Takes the PROJ string from a description that has one besides (`EXTENSION` in WKT), if that
/// says that nothing is between its datum and WGS 84: PROJ would take it for an operation of unknown
/// accuracy. Says whether there was one.
fn without_null_grid(system: &mut Value) -> bool {
    let remarks = system["remarks"].as_str().unwrap_or_default();
    let is_null = remarks.starts_with("PROJ CRS string:") && remarks.contains("+nadgrids=@null");
    if is_null && let Some(members) = system.as_object_mut() {
        members.remove("remarks");
    }
    is_null
}

/// Takes the third axis from a system and from the one it is based on; says whether there was one.
fn without_height(system: &mut Value) -> bool {
    let mut had_one = false;
    if let Some(base) = system.get_mut("base_crs") {
        had_one = without_height(base);
    }
    if let Some(axes) = system["coordinate_system"]["axis"].as_array_mut() {
        had_one |= axes.len() > 2;
        axes.truncate(2);
    }
    if had_one && let Some(members) = system.as_object_mut() {
        // With its code it would be the system of three axes again.
        members.remove("id");
    }
    had_one
}

/// `NAD83 (EPSG:4269)`
fn label(system: &Value) -> String {
    let name = shortened(system["name"].as_str().unwrap_or("a system without a name"));
    match authority_code(system) {
        Some(code) => format!("{name} ({code})"),
        None => name,
    }
}

/// A definition in a message: a code, or the beginning of a longer text.
fn shortened(definition: &str) -> String {
    const LONGEST: usize = 80;
    let definition = definition.trim();
    match definition.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", definition[..end].trim_end()),
        None => definition.to_owned(),
    }
}
