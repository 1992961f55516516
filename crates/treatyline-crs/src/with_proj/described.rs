//! What PROJ's database says of a system, as PROJJSON.

use proj::Proj;
use serde_json::Value;

use super::obfuscated::Obfuscated;
use super::operation::known_database;
use crate::system::DEGREE_M;
use crate::system::{Axis, System};
use crate::{AreaOfUse, DatumError};

/// The system of this code, `EPSG:28415`.
///
/// # Errors
/// [`DatumError::UnknownSystem`] where PROJ does not know it, [`DatumError::NotPlane`]
/// where it is vertical, geocentric or compound, or has a third axis.
pub fn system(code: &str) -> Result<System, DatumError> {
    not_of_web_maps(code)?;
    let unknown = || known_database(DatumError::UnknownSystem { code: code.to_owned() });
    let proj = Proj::new(code).map_err(|_| unknown())?;
    let described = described(&proj).ok_or_else(unknown)?;
    let axes = &described["coordinate_system"]["axis"];
    let kind = described["type"].as_str().unwrap_or_default();
    let projected = kind == "ProjectedCRS";
    let not_plane = || not_plane(code, kind);
    let plane = projected || kind == "GeographicCRS";
    let [first, second] = axes.as_array().map_or(&[][..], |axes| &axes[..]) else {
        return Err(not_plane());
    };
    let [x, y] = if is_swapped(axes) { [second, first] } else { [first, second] };
    let axes = axis(x).zip(axis(y)).filter(|_| plane).ok_or_else(not_plane)?;
    Ok(System {
        code: authority_code(&described).unwrap_or_else(|| code.to_owned()),
        name: described["name"].as_str().unwrap_or_default().to_owned(),
        projected,
        base: authority_code(&described["base_crs"]),
        axes: axes.into(),
        area_of_use: area_of_use(&proj),
    })
}

/// That a system has not two axes on a map or a globe, by what PROJ calls its type.
pub(super) fn not_plane(code: &str, kind: &str) -> DatumError {
    let kind = match kind {
        "GeographicCRS" | "ProjectedCRS" => "a system of more than two axes",
        "VerticalCRS" => "a vertical system",
        "GeodeticCRS" => "a geocentric system",
        "CompoundCRS" => "a compound system",
        "EngineeringCRS" => "a local system, which has no place on the Earth",
        "Conversion" | "Transformation" => "an operation",
        _ => "of another kind",
    };
    DatumError::NotPlane { code: code.to_owned(), kind: kind.to_owned() }
}

/// Refuses what is no system but a displacement of places in one.
///
/// # Errors
/// [`DatumError::NotPlane`] for GCJ-02 and BD-09.
pub(super) fn not_of_web_maps(code: &str) -> Result<(), DatumError> {
    let Some(system) = Obfuscated::named(code) else { return Ok(()) };
    let kind = "a displacement of places, which is undone where files are read and made nowhere";
    Err(DatumError::NotPlane { code: system.label().to_owned(), kind: kind.to_owned() })
}

/// PROJ's description of an object as PROJJSON.
pub(super) fn described(proj: &Proj) -> Option<Value> {
    serde_json::from_str(&proj.to_projjson(None, None, None).ok()?).ok()
}

/// The `EPSG:4284` of a PROJJSON object.
pub(super) fn authority_code(object: &Value) -> Option<String> {
    let id = &object["id"];
    let code = match &id["code"] {
        Value::String(code) => code.clone(),
        Value::Number(code) => code.to_string(),
        _ => return None,
    };
    Some(format!("{}:{code}", id["authority"].as_str()?))
}

pub(super) fn area_of_use(proj: &Proj) -> Option<AreaOfUse> {
    let (area, name) = proj.area_of_use().ok()?;
    let area = area?;
    Some(AreaOfUse {
        name: name.unwrap_or_default(),
        bounds_deg: [area.west, area.south, area.east, area.north],
    })
}

/// Whether a system's first axis goes north and its second east. By the same rule PROJ
/// turns coordinates round to eastward before northward; at the poles, where all axes
/// point the same way, it goes by their names.
pub(super) fn is_swapped(axes: &Value) -> bool {
    let direction = |i: usize| axes[i]["direction"].as_str().unwrap_or_default();
    let named = |i: usize, name: &str| {
        axes[i]["name"].as_str().is_some_and(|found| found.to_lowercase().starts_with(name))
    };
    match (direction(0), direction(1)) {
        ("north", "east") => true,
        ("north", "north") | ("south", "south") => named(0, "northing") && named(1, "easting"),
        _ => false,
    }
}

/// An axis of a PROJJSON coordinate system.
pub(super) fn axis(axis: &Value) -> Option<Axis> {
    let text = |key: &str| axis[key].as_str().map(str::to_lowercase);
    let angular = text("name")?.starts_with("geodetic");
    let name = if angular { text("abbreviation")? } else { text("name")? };
    let unit = &axis["unit"];
    let (unit, unit_m) = match unit.as_str() {
        Some("metre") => ("metre", 1.0),
        Some("degree") => ("degree", DEGREE_M),
        Some(_) => return None,
        None => {
            let factor = unit["conversion_factor"].as_f64()?;
            // To metres for a length, to radians for an angle.
            let to_m = if unit["type"] == "AngularUnit" { DEGREE_M.to_degrees() } else { 1.0 };
            (unit["name"].as_str()?, factor * to_m)
        }
    };
    Some(Axis { name, unit: unit.to_owned(), unit_m })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WGS84;

    use geo_types::Coord;

    const NORTH: Coord = Coord { x: 87.286_667, y: 49.115 };

    #[test]
    fn a_zone_ends_where_it_ends() {
        let zone = system("EPSG:28415").unwrap().area_of_use.unwrap();
        assert!(zone.contains(NORTH));
        assert!(!zone.contains(Coord { x: 80.2, y: 42.2 }), "{}", zone.name);
    }

    #[test]
    fn a_system_knows_what_it_stands_on() {
        let base = |code| system(code).unwrap().geographic().unwrap().to_owned();
        assert_eq!(base("EPSG:28415"), "EPSG:4284");
        assert_eq!(base("EPSG:4284"), "EPSG:4284");
        let unregistered = system("+proj=utm +zone=44 +ellps=krass +type=crs").unwrap();
        assert!(matches!(unregistered.geographic(), Err(DatumError::NoBase { .. })));
    }

    #[test]
    fn axes_are_given_in_the_order_of_the_coordinates() {
        let titles = |code: &str| system(code).unwrap().axes.map(|axis| axis.title());
        for (code, expected) in [
            ("EPSG:4326", ["lon °", "lat °"]),
            ("OGC:CRS84", ["lon °", "lat °"]),
            ("EPSG:28415", ["easting m", "northing m"]),
            ("EPSG:32644", ["easting m", "northing m"]),
            ("EPSG:2264", ["easting ftUS", "northing ftUS"]),
            ("EPSG:4807", ["lon grad", "lat grad"]),
            ("EPSG:2048", ["westing m", "southing m"]),
            ("EPSG:32661", ["easting m", "northing m"]),
        ] {
            assert_eq!(titles(code), expected, "{code}");
        }
        // A foot and a grad, on the ground.
        let unit_m = |code: &str| system(code).unwrap().axes[0].unit_m;
        assert!((unit_m("EPSG:2264") - 0.3048).abs() < 1e-5);
        assert!((unit_m("EPSG:4807") - 100_187.5).abs() < 0.1);
    }

    #[test]
    fn the_built_in_wgs84_is_the_registrys() {
        let found = system(WGS84).unwrap();
        assert_eq!(System { area_of_use: found.area_of_use.clone(), ..System::wgs84() }, found);
    }

    #[test]
    fn what_is_no_plane_is_refused_by_its_kind() {
        for (code, kind) in [
            ("EPSG:5773", "a vertical system"),
            ("EPSG:4978", "a geocentric system"),
            ("EPSG:4979", "more than two axes"),
            ("EPSG:9518", "a compound system"),
            ("+proj=utm +zone=44", "an operation"),
        ] {
            let refused = system(code).unwrap_err();
            assert!(matches!(refused, DatumError::NotPlane { .. }), "{code}: {refused}");
            assert!(refused.to_string().contains(kind), "{code}: {refused}");
        }
    }
}
