//! The codes of systems and operations: whether PROJ knows them and they fit together.
//!
//! Asking PROJ costs milliseconds for each code, so it is asked once for each pair, and
//! not for the dossier inside the program, whose codes the tests look up. Without PROJ
//! nothing can be said.

use super::Validation;
use crate::dossier::point::{OPERATION_CODE, SYSTEM_CODE};
use crate::dossier::{BoundaryPoint, Published};
use crate::geodesy::datum::{self, DatumError, WGS84};
use crate::io::Source;
use crate::problem::Fault;

/// A field and what it must be.
type Wrong = (&'static str, &'static str);

impl Validation {
    /// `crs` and `to_wgs84` of every published point.
    pub(in crate::dossier) fn codes(&mut self, file: &Source, points: &[BoundaryPoint]) {
        let mut asked: Vec<([&str; 2], Option<Wrong>)> = Vec::new();
        for point in points {
            let Some(published) = &point.published else { continue };
            let pair = [published.crs.as_str(), published.to_wgs84.as_str()];
            let known = asked.iter().find(|(other, _)| *other == pair).map(|(_, wrong)| *wrong);
            let wrong = known.unwrap_or_else(|| {
                let wrong = wrong(published);
                asked.push((pair, wrong));
                wrong
            });
            if let Some((field, wanted)) = wrong {
                let [crs, to_wgs84] = pair;
                let value = format!("`{}`", if field == "crs" { crs } else { to_wgs84 });
                let place = format!("point `{}`", point.id);
                self.note(file, &place, [Err(Fault::Value { field, value, wanted })]);
            }
        }
    }
}

/// What is wrong with the codes of a point, if PROJ can say so.
fn wrong(published: &Published) -> Option<Wrong> {
    let system = match datum::system(&published.crs) {
        Ok(system) => system,
        Err(error) => return blamed(&error).then_some(("crs", SYSTEM_CODE)),
    };
    let in_metres = system.axes.iter().all(|axis| axis.unit == "metre");
    let Some(base) = system.base.filter(|_| system.projected && in_metres) else {
        return Some(("crs", SYSTEM_CODE));
    };
    let operation = match datum::named(&published.to_wgs84) {
        Ok(operation) => operation,
        Err(error) => return blamed(&error).then_some(("to_wgs84", OPERATION_CODE)),
    };
    let leads = operation.systems() == Some((base.as_str(), WGS84));
    let wanted = "an operation from the geographic base of `crs` to WGS 84, as in EPSG:1133";
    (!leads).then_some(("to_wgs84", wanted))
}

/// Whether the code is the cause, and not this build or this machine.
const fn blamed(error: &DatumError) -> bool {
    !matches!(error, DatumError::NotBuilt | DatumError::NoDatabase)
}
