//! Dynamic datums: what a missing epoch is worth.

use proj::Proj;
use serde_json::Value;

use super::described::described;
use crate::chosen::{ChosenOperation, CoordinateEpoch};

/// The fastest plates move by so much, in metres a year (DeMets, Gordon & Argus 2010: Australia and
/// the Pacific; most others by 2 to 4 cm).
const FASTEST_M: f64 = 0.07;

/// Coordinates whose epoch is not stated may have been measured in any year until this one: that
/// of the registry that comes along. A clock would change results from day to day.
const LATEST_YEAR: f64 = 2025.0;

/// The epoch to which the datum of a geographic system refers, if it is a dynamic one.
pub(super) fn frame_year(base: &Value) -> Option<f64> {
    let name = base["name"].as_str().unwrap_or_default();
    // They are dynamic in the registry, but move with Europe.
    if name.starts_with("ETRF") {
        return None;
    }
    let stated = |system: &Value| system["datum"]["frame_reference_epoch"].as_f64();
    // Esri's descriptions have no epochs, but names that PROJ knows.
    let by_name = || stated(&described(&Proj::new(name).ok()?)?);
    let is_frame = ["ITRF", "IGS", "IGb", "WGS 84 (G", "SIRGAS-CON"];
    let may_ask = || is_frame.iter().any(|start| name.starts_with(start));
    stated(base).or_else(|| may_ask().then(by_name)?)
}

impl ChosenOperation {
    /// Widens its accuracy by what an epoch is worth that is not stated.
    pub(super) fn at_no_epoch(&mut self, frame_year: f64) {
        let worth_m = FASTEST_M * (LATEST_YEAR - frame_year).abs();
        self.accuracy_m = self.accuracy_m.map(|accuracy_m| accuracy_m + worth_m);
        self.epoch = Some(CoordinateEpoch { frame_year, stated_year: None, worth_m });
    }

    /// Takes the coordinates at a stated epoch, if their datum is a dynamic one.
    pub(super) fn at_epoch(&mut self, year: f64) {
        let Some(epoch) = &mut self.epoch else { return };
        self.accuracy_m = self.accuracy_m.map(|accuracy_m| accuracy_m - epoch.worth_m);
        epoch.worth_m = 0.0;
        epoch.stated_year = Some(year);
    }
}
