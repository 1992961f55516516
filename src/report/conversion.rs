//! How coordinates were brought to WGS 84, in a sentence.

use crate::geodesy::datum::{ChosenBy, ChosenOperation, MissingOperation, OperationInfo};
use crate::wording::{count, distance, number, shortened};

/// The epoch that is stated for coordinates.
fn at_epoch(chosen: &ChosenOperation) -> String {
    let stated = chosen.epoch.and_then(|epoch| epoch.stated_year);
    stated.map_or_else(String::new, |year| format!(" at the epoch {year}"))
}

/// That the system is not what the file states.
const fn stated(chosen: &ChosenOperation) -> &'static str {
    if chosen.stated_by_caller { ", as asked" } else { "" }
}

/// What it is worth that none is stated.
fn missing_epoch(chosen: &ChosenOperation) -> String {
    let Some(epoch) = chosen.epoch.filter(|epoch| epoch.stated_year.is_none()) else {
        return String::new();
    };
    let (worth, year) = (distance(epoch.worth_m), epoch.frame_year);
    format!(", {worth} of it for their epoch, which is not stated (that of the datum is {year})")
}

/// A sentence for a line of text: the system, the operation, its accuracy, who chose it, how far
/// others differ, what is left out.
pub(super) fn sentence(chosen: &ChosenOperation) -> String {
    let heights = if chosen.without_heights { "; its heights are left out" } else { "" };
    let not_used = match &chosen.not_used {
        Some(code) => format!("; {code}, which was asked for, is not used"),
        None => String::new(),
    };
    format!("{}{not_used}{heights}", of_plane(chosen))
}

fn of_plane(chosen: &ChosenOperation) -> String {
    let system = &chosen.system;
    let Some(operation) = &chosen.operation else {
        let doubt = match (chosen.fits_exchanged, chosen.covers_all) {
            (true, _) => "; with its axes exchanged the data would lie in the area of the system",
            (false, false) => "; none of the data lies in the area of the system",
            (false, true) => "",
        };
        let is_wgs84 = system == "WGS 84";
        let on = if is_wgs84 { "" } else { ", which is on WGS 84" };
        return format!("coordinates in {system}{}{on}{doubt}", stated(chosen));
    };
    let accuracy = match chosen.accuracy_m {
        Some(m) => format!("± {}", distance(m)),
        None => "of unstated accuracy".to_owned(),
    };
    let how = match chosen.chosen_by {
        ChosenBy::Realisation => operation.name.clone(),
        _ => format!("brought to WGS 84 by {}", called(operation)),
    };
    let mut parts = vec![format!(
        "coordinates in {system}{}{}, {how}, {accuracy}{}{}{}",
        at_epoch(chosen),
        stated(chosen),
        match chosen.chosen_by {
            ChosenBy::Caller => ", as asked",
            ChosenBy::File => ", as the file states",
            ChosenBy::Proj => ", PROJ's choice",
            _ => "",
        },
        missing_epoch(chosen),
        made_for(operation),
    )];
    let farthest = chosen.alternatives.iter().map(|other| other.differs_m).fold(0.0, f64::max);
    if chosen.fits_exchanged {
        parts.push("with its axes exchanged the data would lie in the area of the system".into());
    }
    if !chosen.covers_all {
        parts.push("it is made for another area, in part or all of it".to_owned());
    }
    match chosen.alternatives.len() {
        0 => {}
        1 => parts.push(format!("1 other operation differs by up to {}", distance(farthest))),
        others => parts.push(format!(
            "{} differ by up to {}",
            count(others, "other operation"),
            distance(farthest)
        )),
    }
    parts.extend(missing(&chosen.missing));
    if let Some(ppm) = chosen.scale_ppm.filter(|ppm| ppm.abs() >= 0.05) {
        let longer = if ppm > 0.0 { "longer" } else { "shorter" };
        let ppm = number(ppm.abs(), 1);
        parts.push(format!("lengths are {ppm} ppm {longer} than on its own ellipsoid"));
    }
    parts.join("; ")
}

/// The most accurate of the operations whose grids are not there, and how many others there are.
fn missing(all: &[MissingOperation]) -> Option<String> {
    let (first, others) = all.split_first()?;
    let others = match others.len() {
        0 => String::new(),
        1 => ", 1 more needs another grid".to_owned(),
        more => format!(", {more} more need other grids"),
    };
    Some(format!("{first} needs a grid that is not installed{others}"))
}

/// Where it may be used, as its registry says.
fn made_for(operation: &OperationInfo) -> String {
    let name = operation.area_of_use.as_ref().map(|area| shortened(&area.name, AREA));
    name.map_or_else(String::new, |name| format!(" (made for {name})"))
}

/// Names of areas may be lists of countries: this many letters of one are shown.
const AREA: usize = 60;

/// `EPSG:1188 NAD83 to WGS 84 (1)`
fn called(operation: &OperationInfo) -> String {
    match &operation.code {
        Some(code) => format!("{code} {}", operation.name),
        None => operation.name.clone(),
    }
}
