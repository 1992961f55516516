//! The operations, through PROJ.

use geo::Coord;
use proj::Proj;
use serde_json::Value;

use super::{AreaOfUse, DatumError, OperationInfo};

/// A coordinate operation ready for use.
pub struct Operation {
    proj: Proj,
    code: String,
    /// EPSG operations keep the axis order of their systems, mostly latitude first.
    latitude_first: bool,
    systems: Option<(String, String)>,
}

/// The operation of this code, `EPSG:1291`, between two geographic systems.
///
/// # Errors
/// [`DatumError::Unknown`] for a code that names no operation.
pub fn named(code: &str) -> Result<Operation, DatumError> {
    let unknown = || DatumError::Unknown { code: format!("operation {code}") };
    let (authority, number) = code.split_once(':').ok_or_else(unknown)?;
    let urn = format!("urn:ogc:def:coordinateOperation:{authority}::{number}");
    let proj = Proj::new(&urn).map_err(|_| unknown())?;
    let described = described(&proj).ok_or_else(unknown)?;
    let system = |key: &str| authority_code(&described[key]);
    let axis = &described["source_crs"]["coordinate_system"]["axis"][0]["direction"];
    Ok(Operation {
        latitude_first: axis == "north",
        systems: system("source_crs").zip(system("target_crs")),
        proj,
        code: code.to_owned(),
    })
}

/// PROJ's own choice of operation between two systems, which may differ from
/// point to point; ask [`Operation::info`] after each conversion.
///
/// # Errors
/// [`DatumError::Unknown`] where PROJ knows one of the systems not.
pub fn between(from: &str, to: &str) -> Result<Operation, DatumError> {
    let code = format!("{from} to {to}");
    let proj = Proj::new_known_crs(from, to, None).map_err(|_| {
        // Which of the two it is costs a look each, so it is asked only now.
        let lost = [from, to].into_iter().find(|system| Proj::new(system).is_err());
        let code = match lost {
            Some(system) => format!("system {system}"),
            None => format!("operation from {code}"),
        };
        DatumError::Unknown { code }
    })?;
    Ok(Operation {
        proj,
        code,
        latitude_first: false,
        systems: Some((from.to_owned(), to.to_owned())),
    })
}

impl Operation {
    /// What the operation says of itself. For one made by [`between`] this is the
    /// operation last used, so convert first.
    #[must_use]
    pub fn info(&self) -> OperationInfo {
        let told = self.proj.proj_info();
        OperationInfo {
            code: self.code.clone(),
            name: plain_name(&told.description.unwrap_or_default()),
            accuracy_m: (told.accuracy >= 0.0).then_some(told.accuracy),
            area_of_use: self.proj.area_of_use().ok().and_then(|(_, name)| name),
            definition: told.definition.unwrap_or_default(),
        }
    }

    /// The codes of the systems it leads from and to, where PROJ tells them.
    #[must_use]
    pub fn systems(&self) -> Option<(&str, &str)> {
        self.systems.as_ref().map(|(from, to)| (from.as_str(), to.as_str()))
    }

    /// Converts a point: longitude, latitude or easting, northing.
    ///
    /// # Units
    /// Degrees for geographic systems, the system's unit for projected ones.
    ///
    /// # Errors
    /// [`DatumError::Failed`] outside the operation's reach,
    /// [`DatumError::Ballpark`] where PROJ only pretends.
    pub fn forward(&self, point: Coord) -> Result<Coord, DatumError> {
        let (x, y) = self.ordered((point.x, point.y));
        self.finish(point, self.proj.convert((x, y)))
    }

    /// Converts a point against the operation's direction.
    ///
    /// # Errors
    /// As [`Operation::forward`].
    pub fn inverse(&self, point: Coord) -> Result<Coord, DatumError> {
        // `project` hands its argument to proj_trans as it is, in the units of the
        // definition, which for a registered operation are degrees.
        let (x, y) = self.ordered((point.x, point.y));
        self.finish(point, self.proj.project((x, y), true))
    }

    fn ordered(&self, (x, y): (f64, f64)) -> (f64, f64) {
        if self.latitude_first { (y, x) } else { (x, y) }
    }

    fn finish(
        &self,
        point: Coord,
        outcome: Result<(f64, f64), proj::ProjError>,
    ) -> Result<Coord, DatumError> {
        let failed = |reason: String| DatumError::Failed {
            operation: self.code.clone(),
            x: point.x,
            y: point.y,
            reason,
        };
        let (x, y) = self.ordered(outcome.map_err(|error| failed(error.to_string()))?);
        if !(x.is_finite() && y.is_finite()) {
            return Err(failed("the point is outside its reach".to_owned()));
        }
        if self.proj.proj_info().description.is_some_and(|name| name.contains("Ballpark")) {
            let (from, to) = self.systems.clone().unwrap_or_default();
            return Err(DatumError::Ballpark { from, to });
        }
        Ok(Coord { x, y })
    }
}

/// PROJ lists the swapping of axes as steps; nobody asks for those.
fn plain_name(description: &str) -> String {
    let steps: Vec<_> =
        description.split(" + ").filter(|step| !step.starts_with("axis order change")).collect();
    if steps.is_empty() { description.to_owned() } else { steps.join(" + ") }
}

/// PROJ's description of an object as PROJJSON.
fn described(proj: &Proj) -> Option<Value> {
    serde_json::from_str(&proj.to_projjson(None, None, None).ok()?).ok()
}

/// The `EPSG:4284` of a PROJJSON object.
fn authority_code(object: &Value) -> Option<String> {
    let id = &object["id"];
    Some(format!("{}:{}", id["authority"].as_str()?, id["code"].as_u64()?))
}

/// The geographic system under a projected one: `EPSG:4284` for `EPSG:28415`.
///
/// # Errors
/// [`DatumError::Unknown`] where PROJ does not know the system or it has none.
pub fn geographic_base(system: &str) -> Result<String, DatumError> {
    let unknown = || DatumError::Unknown { code: format!("projected system {system}") };
    let proj = Proj::new(system).map_err(|_| unknown())?;
    let described = described(&proj).ok_or_else(unknown)?;
    authority_code(&described["base_crs"]).ok_or_else(unknown)
}

/// Where a system may be used; `None` where PROJ does not say.
#[must_use]
pub fn area_of_use(system: &str) -> Option<AreaOfUse> {
    let (area, name) = Proj::new(system).ok()?.area_of_use().ok()?;
    let area = area?;
    Some(AreaOfUse {
        name: name.unwrap_or_default(),
        bounds_deg: [area.west, area.south, area.east, area.north],
    })
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
        assert!(info.area_of_use.unwrap().contains("Kazakhstan"));
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
    fn left_to_itself_proj_takes_the_operation_for_russia() {
        let choice = between("EPSG:4284", "EPSG:4326").unwrap();
        choice.forward(NORTH).unwrap();
        assert_ne!(choice.info().name, named("EPSG:1291").unwrap().info().name);
    }

    #[test]
    fn beijing_1954_is_a_ballpark_and_refused() {
        let choice = between("EPSG:4214", "EPSG:4326").unwrap();
        assert!(matches!(choice.forward(NORTH), Err(DatumError::Ballpark { .. })));
    }

    #[test]
    fn no_operation_from_nonsense() {
        for code in ["", "1291", "EPSG:999999", "EPSG:x\0y"] {
            assert!(matches!(named(code), Err(DatumError::Unknown { .. })), "{code}");
        }
        assert!(between("EPSG:4326", "EPSG:999999").is_err());
    }

    #[test]
    fn a_zone_ends_where_it_ends() {
        let zone = area_of_use("EPSG:28415").unwrap();
        assert!(zone.contains(NORTH));
        assert!(!zone.contains(Coord { x: 80.2, y: 42.2 }), "{}", zone.name);
    }

    #[test]
    fn a_projected_system_knows_its_base() {
        assert_eq!(geographic_base("EPSG:28415").unwrap(), "EPSG:4284");
        assert!(geographic_base("EPSG:4284").is_err());
    }
}
