//! What was chosen to bring the coordinates of a file to WGS 84, and why.

use std::fmt;

#[cfg(any(feature = "proj", feature = "projections"))]
use geo_types::Coord;

use super::OperationInfo;
#[cfg(any(feature = "proj", feature = "projections"))]
use super::{AreaOfUse, DatumError, realisations::Realisation};

/// How the coordinates of a file were brought to WGS 84.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChosenOperation {
    /// The system they are in: its name, and its code if it has one.
    pub system: String,
    /// Whether the caller has said that they are in it, not the file.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub stated_by_caller: bool,
    /// Who or what chose the operation.
    pub chosen_by: ChosenBy,
    /// How far a place may be from where it is: what the operation declares, or more where it is
    /// used outside of its area. Zero without a change of datum; `None` where nobody has stated it.
    pub accuracy_m: Option<f64>,
    /// By how many millionths lengths on WGS 84 are longer than those between the same places on the
    /// system's own ellipsoid, on average of the places looked at; `None` where the operation is not a
    /// registered one.
    pub scale_ppm: Option<f64>,
    /// When the coordinates are taken to be measured, of a datum in which places move; `None` for
    /// others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<CoordinateEpoch>,
    /// Whether the system has heights too, which are left out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub without_heights: bool,
    /// The operation that was asked for and is not used, for nothing has to be done: the system is on
    /// WGS 84.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_used: Option<String>,
    /// The operation from datum to datum; `None` where there is none to be made.
    pub operation: Option<OperationInfo>,
    /// Whether the places looked at, 60 to 120 of a file, lie in its area of use, and one of them
    /// at least in that of the system.
    pub covers_all: bool,
    /// Whether most places lie in the area of the system if their axes are exchanged, and none does
    /// as they are.
    pub fits_exchanged: bool,
    /// Other operations registered for this datum and these places.
    pub alternatives: Vec<Alternative>,
    /// Other operations registered for this datum and these places that were not considered, for
    /// the grids they need are not there; the most accurate first.
    pub missing: Vec<MissingOperation>,
}

/// An operation that needs grids which are not there.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MissingOperation {
    /// Its code.
    pub code: String,
    /// The files of its grids, by the names that PROJ looks for.
    pub grids: Vec<String>,
    /// The accuracy it declares.
    pub accuracy_m: Option<f64>,
}

impl fmt::Display for MissingOperation {
    /// `EPSG:1690 (ca_nrc_MAY76V20.tif, ± 2 m)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}", self.code, self.grids.join(" and "))?;
        match self.accuracy_m {
            Some(accuracy_m) => write!(f, ", ± {accuracy_m} m)"),
            None => write!(f, ", of unstated accuracy)"),
        }
    }
}

/// The epoch of coordinates of a dynamic datum, in which the ground moves with its plate. No
/// motion is applied: they are taken as they were at their epoch.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CoordinateEpoch {
    /// The epoch to which the datum refers.
    pub frame_year: f64,
    /// The epoch that is stated for the coordinates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated_year: Option<f64>,
    /// What a missing epoch is worth: how far the fastest plates have moved since that of the datum.
    /// It is in the accuracy; 0 where an epoch is stated.
    pub worth_m: f64,
}

/// An operation that was not chosen.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Alternative {
    /// Its code.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// The accuracy it declares.
    pub accuracy_m: Option<f64>,
    /// How far apart it and the chosen one bring the places of the file, at most.
    pub differs_m: f64,
}

/// Who or what chose an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ChosenBy {
    /// There is no change of datum, so nothing to choose.
    NotNeeded,
    /// The user.
    Caller,
    /// The file states the parameters itself.
    File,
    /// The rules: area of use, then accuracy.
    AreaOfUse,
    /// PROJ, for a system without registered operations.
    Proj,
    /// The system is one of Chinese web maps, of which only others have published formulas.
    Unofficial,
    /// Nobody: the datum is WGS 84 within some metres.
    Realisation,
}

impl ChosenOperation {
    /// How far a place may be from where it is because of it, in metres. One of which nobody has
    /// stated it counts as good to 100 m, to which published shifts of old datums agree
    /// (`docs/crs.md`).
    #[must_use]
    pub fn assumed_accuracy_m(&self) -> f64 {
        const UNSTATED_M: f64 = 100.0;
        self.accuracy_m.unwrap_or(UNSTATED_M)
    }

    /// Longitude and latitude on WGS 84, with which nothing is done.
    #[must_use]
    pub fn of_wgs84() -> Self {
        Self::exact("WGS 84".to_owned())
    }

    /// A system on WGS 84 itself.
    #[must_use]
    pub(super) const fn exact(system: String) -> Self {
        Self {
            system,
            stated_by_caller: false,
            chosen_by: ChosenBy::NotNeeded,
            accuracy_m: Some(0.0),
            scale_ppm: None,
            epoch: None,
            without_heights: false,
            not_used: None,
            operation: None,
            covers_all: true,
            fits_exchanged: false,
            alternatives: Vec::new(),
            missing: Vec::new(),
        }
    }
}

#[cfg(any(feature = "proj", feature = "projections"))]
impl ChosenOperation {
    /// A system whose datum is WGS 84 within some metres.
    #[must_use]
    pub(super) fn taken_as_wgs84(system: String, known: &Realisation) -> Self {
        Self {
            chosen_by: ChosenBy::Realisation,
            accuracy_m: Some(known.accuracy_m),
            operation: Some(OperationInfo {
                code: None,
                name: format!("taken as WGS 84: {}", known.reason),
                changes_datum: true,
                accuracy_m: Some(known.accuracy_m),
                area_of_use: None,
                definition: "+proj=noop".to_owned(),
            }),
            ..Self::exact(system)
        }
    }

    /// Notes that no place lies in the area of the system, and whether most would with their axes
    /// exchanged.
    pub(super) fn note_area(
        &mut self,
        area: Option<&AreaOfUse>,
        places: &[Coord],
        converted: impl Fn(Coord) -> Result<Coord, DatumError>,
    ) {
        let Some(area) = area.filter(|_| !places.is_empty()) else { return };
        let is_inside = |at: Coord| converted(at).is_ok_and(|at| area.contains(at));
        if places.iter().any(|at| is_inside(*at)) {
            return;
        }
        self.covers_all = false;
        let exchanged = places.iter().filter(|at| is_inside(Coord { x: at.y, y: at.x }));
        self.fits_exchanged = 2 * exchanged.count() > places.len();
    }
}
