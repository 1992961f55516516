//! Systems and operations, through PROJ.
//!
//! PROJ writes a line of its own to standard error where a code is unknown. The safe
//! interface of the `proj` crate can neither switch that off nor look up a code without it.
//! The environment variable `PROJ_DEBUG=0` switches it off.

use geo_types::Coord;
use proj::Proj;
use serde_json::Value;

use super::system::DEGREE_M;
use super::{AreaOfUse, Axis, DatumError, OperationInfo, System, WGS84};

/// A coordinate operation ready for use.
pub struct Operation {
    proj: Proj,
    /// The code it was named by; `None` for one that PROJ chooses.
    code: Option<String>,
    /// How messages name it.
    label: String,
    /// Whether coordinates go in, and come out, in the other order than this crate's:
    /// registered operations keep the order of their systems, mostly latitude first.
    swapped: [bool; 2],
    systems: Option<(String, String)>,
}

/// The operation of this code, `EPSG:1291`, between two geographic systems.
///
/// # Errors
/// [`DatumError::UnknownOperation`] for a code that names no operation.
pub fn named(code: &str) -> Result<Operation, DatumError> {
    let unknown = || known_database(DatumError::UnknownOperation { code: code.to_owned() });
    let (authority, number) = code.split_once(':').ok_or_else(unknown)?;
    let urn = format!("urn:ogc:def:coordinateOperation:{authority}::{number}");
    let proj = Proj::new(&urn).map_err(|_| unknown())?;
    let described = described(&proj).ok_or_else(unknown)?;
    let ends = ["source_crs", "target_crs"].map(|key| &described[key]);
    let [from, to] = ends.map(authority_code);
    Ok(Operation {
        swapped: ends.map(|end| is_swapped(&end["coordinate_system"]["axis"])),
        systems: from.zip(to),
        proj,
        code: Some(code.to_owned()),
        label: code.to_owned(),
    })
}

/// PROJ's own choice of operation between two systems, which may differ from
/// point to point; ask [`Operation::info`] after each conversion.
///
/// # Errors
/// [`DatumError::UnknownOperation`] where PROJ knows no operation or not one of the systems.
pub fn between(from: &str, to: &str) -> Result<Operation, DatumError> {
    let label = format!("from {from} to {to}");
    let unknown = |_| known_database(DatumError::UnknownOperation { code: label.clone() });
    Ok(Operation {
        proj: Proj::new_known_crs(from, to, None).map_err(unknown)?,
        code: None,
        label: label.clone(),
        // PROJ gives these eastward before northward.
        swapped: [false, false],
        systems: Some((from.to_owned(), to.to_owned())),
    })
}

/// Opens PROJ's database ahead of time, so that later calls do not wait for it. It stays open
/// until the program ends.
pub fn open() {
    // If it were dropped, the database would be closed for the whole program.
    std::mem::forget(Proj::new(WGS84));
}

/// The system of this code, `EPSG:28415`.
///
/// # Errors
/// [`DatumError::UnknownSystem`] where PROJ does not know it, [`DatumError::NotPlane`]
/// where it is vertical, geocentric or compound, or has a third axis.
pub fn system(code: &str) -> Result<System, DatumError> {
    let unknown = || known_database(DatumError::UnknownSystem { code: code.to_owned() });
    let proj = Proj::new(code).map_err(|_| unknown())?;
    let described = described(&proj).ok_or_else(unknown)?;
    let axes = &described["coordinate_system"]["axis"];
    let kind = described["type"].as_str().unwrap_or_default();
    let projected = kind == "ProjectedCRS";
    let not_plane = || {
        let kind = match kind {
            "GeographicCRS" | "ProjectedCRS" => "a system of more than two axes",
            "VerticalCRS" => "a vertical system",
            "GeodeticCRS" => "a geocentric system",
            "CompoundCRS" => "a compound system",
            "Conversion" | "Transformation" => "an operation",
            _ => "of another kind",
        };
        DatumError::NotPlane { code: code.to_owned(), kind: kind.to_owned() }
    };
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

/// The error, unless PROJ has no database at all: then the code is not the cause.
fn known_database(error: DatumError) -> DatumError {
    if Proj::new(WGS84).is_ok() { error } else { DatumError::NoDatabase }
}

impl Operation {
    /// The facts of the operation. For one made by [`between`] these are the facts of the
    /// operation used last, so convert first.
    #[must_use]
    pub fn info(&self) -> OperationInfo {
        let info = self.proj.proj_info();
        let (name, definition) = self.name_and_definition();
        let steps: Vec<&str> = name.split(" + ").filter_map(datum_step).collect();
        let (code, area_of_use) = match &self.code {
            Some(code) => (Some(code.clone()), area_of_use(&self.proj)),
            None => registered(&steps, area_of_use(&self.proj)),
        };
        OperationInfo {
            code,
            // A projection has the accuracy 0; only an operation between datums may have none
            // stated.
            changes_datum: self.code.is_some() || !steps.is_empty() || info.accuracy != 0.0,
            accuracy_m: (info.accuracy >= 0.0).then_some(info.accuracy),
            area_of_use,
            definition,
            name,
        }
    }

    /// Its name and its definition: enough to distinguish two operations, and far
    /// quicker than all that [`Operation::info`] looks up.
    #[must_use]
    pub fn name_and_definition(&self) -> (String, String) {
        let info = self.proj.proj_info();
        (plain_name(&info.description.unwrap_or_default()), info.definition.unwrap_or_default())
    }

    /// The codes of the systems it leads from and to, where PROJ knows them.
    #[must_use]
    pub fn systems(&self) -> Option<(&str, &str)> {
        self.systems.as_ref().map(|(from, to)| (from.as_str(), to.as_str()))
    }

    /// Converts a point: longitude, latitude or easting, northing.
    ///
    /// # Units
    /// Those of the systems' axes: degrees, metres, or what [`Axis::unit`] says.
    ///
    /// # Errors
    /// [`DatumError::Failed`] outside the operation's reach,
    /// [`DatumError::Ballpark`] where PROJ has only a placeholder that changes nothing.
    pub fn forward(&self, point: Coord) -> Result<Coord, DatumError> {
        let [before, after] = self.swapped;
        self.finish(point, self.proj.convert(ordered(before, (point.x, point.y))), after)
    }

    /// Converts a point against the operation's direction.
    ///
    /// # Errors
    /// As [`Operation::forward`].
    pub fn inverse(&self, point: Coord) -> Result<Coord, DatumError> {
        let [after, before] = self.swapped;
        // `project` hands its argument to proj_trans as it is, in the units of the
        // definition, which for a registered operation are those of its systems.
        self.finish(point, self.proj.project(ordered(before, (point.x, point.y)), true), after)
    }

    fn finish(
        &self,
        point: Coord,
        outcome: Result<(f64, f64), proj::ProjError>,
        swapped: bool,
    ) -> Result<Coord, DatumError> {
        let failed = |reason: String| DatumError::Failed {
            operation: format!("operation {}", self.label),
            x: point.x,
            y: point.y,
            reason,
        };
        let (x, y) = ordered(swapped, outcome.map_err(|error| failed(error.to_string()))?);
        if !(x.is_finite() && y.is_finite()) {
            return Err(failed("the point is outside its reach".to_owned()));
        }
        if self.proj.proj_info().description.is_some_and(|name| is_ballpark(&name)) {
            let (from, to) = self.systems.clone().unwrap_or_default();
            return Err(DatumError::Ballpark { from, to });
        }
        Ok(Coord { x, y })
    }
}

const fn ordered(swapped: bool, (x, y): (f64, f64)) -> (f64, f64) {
    if swapped { (y, x) } else { (x, y) }
}

/// PROJ writes `Ballpark geographic offset` and `ballpark vertical transformation`.
fn is_ballpark(description: &str) -> bool {
    description.to_lowercase().contains("ballpark")
}

/// PROJ lists the swapping of axes as steps; they change no datum and are left out.
fn plain_name(description: &str) -> String {
    let steps: Vec<_> =
        description.split(" + ").filter(|step| !step.starts_with("axis order change")).collect();
    if steps.is_empty() { description.to_owned() } else { steps.join(" + ") }
}

/// The name of a step that goes from one datum to another, `NTF to WGS 84 (1)`.
fn datum_step(step: &str) -> Option<&str> {
    let name = step.strip_prefix("Inverse of ").unwrap_or(step);
    let idle = ["Null geographic offset", "Conversion from"];
    let between = name.contains(" to ") || name.to_lowercase().contains("_to_");
    (between && !idle.iter().any(|prefix| name.starts_with(prefix))).then_some(name)
}

/// The codes of registered operations, and the area of use: PROJ's own where it gives
/// one; it gives none where it has chosen among several.
fn registered(steps: &[&str], stated: Option<AreaOfUse>) -> (Option<String>, Option<AreaOfUse>) {
    let found: Option<Vec<(String, Option<AreaOfUse>)>> =
        steps.iter().map(|name| look_up(name)).collect();
    let Some(mut found) = found.filter(|found| !found.is_empty()) else {
        return (None, stated);
    };
    let codes: Vec<&str> = found.iter().map(|(code, _)| code.as_str()).collect();
    let codes = codes.join(" + ");
    let of_one = if found.len() == 1 { found.remove(0).1 } else { None };
    (Some(codes), stated.or(of_one))
}

/// Code and area of use of the operation of this name.
fn look_up(name: &str) -> Option<(String, Option<AreaOfUse>)> {
    // The operation that PROJ makes for a system given by its parameters is in no registry.
    if name.starts_with("Transformation from") {
        return None;
    }
    let proj = Proj::new(name).ok()?;
    let described = described(&proj)?;
    // PROJ also finds objects with a similar name.
    let exact = described["name"] == *name && described["source_crs"].is_object();
    exact.then(|| Some((authority_code(&described)?, area_of_use(&proj))))?
}

/// PROJ's description of an object as PROJJSON.
fn described(proj: &Proj) -> Option<Value> {
    serde_json::from_str(&proj.to_projjson(None, None, None).ok()?).ok()
}

/// The `EPSG:4284` of a PROJJSON object.
fn authority_code(object: &Value) -> Option<String> {
    let id = &object["id"];
    let code = match &id["code"] {
        Value::String(code) => code.clone(),
        Value::Number(code) => code.to_string(),
        _ => return None,
    };
    Some(format!("{}:{code}", id["authority"].as_str()?))
}

fn area_of_use(proj: &Proj) -> Option<AreaOfUse> {
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
fn is_swapped(axes: &Value) -> bool {
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
fn axis(axis: &Value) -> Option<Axis> {
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

    const NORTH: Coord = Coord { x: 87.286_667, y: 49.115 };

    #[test]
    fn the_named_operation_is_the_one_for_kazakhstan() {
        let operation = named("EPSG:1291").unwrap();
        let info = operation.info();
        assert_eq!(info.name, "Pulkovo 1942 to WGS 84 (7)");
        assert_eq!(info.accuracy_m, Some(44.0));
        assert_eq!(info.code.as_deref(), Some("EPSG:1291"));
        let area = info.area_of_use.unwrap();
        assert!(area.name.contains("Kazakhstan") && area.contains(NORTH), "{}", area.name);
        assert_eq!(operation.systems(), Some(("EPSG:4284", "EPSG:4326")));
    }

    #[test]
    fn there_and_back_is_the_same_point() {
        let operation = named("EPSG:1291").unwrap();
        let there = operation.forward(NORTH).unwrap();
        let back = operation.inverse(there).unwrap();
        assert!((there.x - NORTH.x).abs() > 1e-4, "the operation moves the point");
        // The operation is declared for positions on the ellipsoid, so the height it
        // drops on the way costs a tenth of a millimetre on the way back.
        assert!((back.x - NORTH.x).abs() < 1e-8 && (back.y - NORTH.y).abs() < 1e-8, "{back:?}");
    }

    #[test]
    fn left_to_itself_proj_takes_the_operation_for_russia_and_says_so() {
        let choice = between("EPSG:4326", "EPSG:28415").unwrap();
        choice.forward(NORTH).unwrap();
        let info = choice.info();
        assert_eq!(info.code.as_deref(), Some("EPSG:5044"), "{}", info.name);
        assert!(info.changes_datum && info.accuracy_m == Some(3.0));
        let area = info.area_of_use.unwrap();
        assert!(area.name.contains("Russia"), "{}", area.name);
    }

    #[test]
    fn each_of_two_operations_is_named() {
        let choice = between("EPSG:4326", "EPSG:27572").unwrap();
        choice.forward(Coord { x: 2.3, y: 48.9 }).unwrap();
        let info = choice.info();
        assert_eq!(info.code.as_deref(), Some("EPSG:1193 + EPSG:1763"), "{}", info.name);
    }

    #[test]
    fn a_projection_alone_changes_no_datum() {
        let choice = between("EPSG:4326", "EPSG:32644").unwrap();
        choice.forward(NORTH).unwrap();
        let info = choice.info();
        assert!(!info.changes_datum && info.code.is_none(), "{info:?}");
    }

    #[test]
    fn an_operation_without_a_code_still_changes_the_datum() {
        let parameters = "+proj=longlat +ellps=krass +towgs84=24,-123,-94 +type=crs";
        let choice = between("EPSG:4326", parameters).unwrap();
        choice.forward(NORTH).unwrap();
        let info = choice.info();
        assert!(info.changes_datum && info.code.is_none(), "{info:?}");
    }

    #[test]
    fn beijing_1954_is_a_ballpark_and_refused() {
        let choice = between("EPSG:4214", "EPSG:4326").unwrap();
        assert!(matches!(choice.forward(NORTH), Err(DatumError::Ballpark { .. })));
    }

    #[test]
    fn a_ballpark_in_lower_case_was_let_pass() {
        let choice = between("EPSG:4326", "EPSG:5773").unwrap();
        assert!(matches!(choice.forward(NORTH), Err(DatumError::Ballpark { .. })));
    }

    #[test]
    fn no_operation_from_nonsense() {
        for code in ["", "1291", "EPSG:999999", "EPSG:x\0y"] {
            let outcome = named(code);
            assert!(matches!(outcome, Err(DatumError::UnknownOperation { .. })), "{code}");
            assert!(matches!(system(code), Err(DatumError::UnknownSystem { .. })), "{code}");
        }
        assert!(between("EPSG:4326", "EPSG:999999").is_err());
    }

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
