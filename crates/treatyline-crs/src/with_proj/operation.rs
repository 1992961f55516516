//! Systems and operations, through PROJ.
//!
//! PROJ writes a line of its own to standard error where a code is unknown. The safe
//! interface of the `proj` crate can neither switch that off nor look up a code without it.
//! The environment variable `PROJ_DEBUG=0` switches it off.

use geo_types::Coord;
use proj::Proj;

use super::described::{area_of_use, authority_code, described, is_swapped};
use crate::{AreaOfUse, DatumError, OperationInfo, WGS84};

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
    /// Whether PROJ chooses anew for each point.
    varies: bool,
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
        varies: false,
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
        varies: true,
    })
}

/// The operation of a definition as PROJ writes it, a pipeline that takes and gives eastward
/// before northward.
///
/// # Errors
/// [`DatumError::UnknownOperation`] for one that PROJ does not understand.
pub(super) fn pipeline(definition: &str) -> Result<Operation, DatumError> {
    let unknown = |_| known_database(DatumError::UnknownOperation { code: definition.to_owned() });
    Ok(Operation {
        proj: Proj::new(definition).map_err(unknown)?,
        code: None,
        label: definition.to_owned(),
        swapped: [false, false],
        systems: None,
        varies: false,
    })
}

/// Opens PROJ's database ahead of time, so that later calls do not wait for it. It stays open
/// until the program ends.
pub fn open() {
    // If it were dropped, the database would be closed for the whole program.
    std::mem::forget(Proj::new(WGS84));
}

/// The error, unless PROJ has no database at all: then the code is not the cause.
pub(super) fn known_database(error: DatumError) -> DatumError {
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
    #[doc(hidden)]
    #[must_use]
    pub fn name_and_definition(&self) -> (String, String) {
        let info = self.proj.proj_info();
        (plain_name(&info.description.unwrap_or_default()), info.definition.unwrap_or_default())
    }

    /// Whether PROJ does nothing but change units, axes or a projection: all on one datum.
    #[must_use]
    pub(super) fn is_conversion(&self) -> bool {
        let (name, _) = self.name_and_definition();
        let is_idle = |step: &str| {
            !is_ballpark(step) && datum_step(step).is_none() && !step.starts_with("Transformation")
        };
        name.split(" + ").all(is_idle) && self.proj.proj_info().accuracy == 0.0
    }

    /// The same for points of which each needs no look at which operation was chosen: one was
    /// converted, and no other is to be chosen.
    #[must_use]
    pub(super) fn settled(self) -> Self {
        Self { varies: false, ..self }
    }

    /// The codes of the systems it leads from and to, where PROJ knows them.
    #[doc(hidden)]
    #[must_use]
    pub fn systems(&self) -> Option<(&str, &str)> {
        self.systems.as_ref().map(|(from, to)| (from.as_str(), to.as_str()))
    }

    /// Converts a point: longitude, latitude or easting, northing.
    ///
    /// # Units
    /// Those of the systems' axes: degrees, metres, or what the system says.
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
        if self.varies && self.proj.proj_info().description.is_some_and(|name| is_ballpark(&name)) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::internal::system;

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
}
