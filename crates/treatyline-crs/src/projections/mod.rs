//! Map projections of WGS 84 in Rust alone, by `proj4rs`: which ones, and out of which notations.
//!
//! What is taken here agrees with PROJ to below a millimetre all over where it is used
//! (`tests/projections.rs`). Everything else needs PROJ: other datums, other projections, and codes
//! whose parameters only the registry knows.

mod codes;
mod formula;
mod projjson;
mod stated;
mod strings;

use geo_types::Coord;
use proj4rs::Proj;
use proj4rs::adaptors::transform_vertex_2d;

use crate::chosen::ChosenOperation;
use crate::realisations::CHINA;
use crate::wkt::Node;
use crate::{AreaOfUse, DatumError};
use stated::Datum;

/// A projection of WGS 84, or of a datum that counts as WGS 84.
#[derive(Debug, Clone)]
pub struct Projection {
    /// The name of the system, with its code if it has one.
    label: String,
    datum: Datum,
    /// The projection as a PROJ string.
    formula: String,
    /// The length of a unit of its coordinates.
    unit_m: f64,
    area_of_use: Option<AreaOfUse>,
}

/// A projection, ready for use.
pub struct Projector {
    plane: Proj,
    globe: Proj,
    label: String,
    unit_m: f64,
}

impl Projection {
    /// The projection that a code, WKT, PROJJSON or a PROJ string describes; `None` where it is not
    /// one of those that are known here.
    #[must_use]
    pub fn read(definition: &str) -> Option<Self> {
        let text = definition.trim();
        if text.starts_with('{') {
            let object = serde_json::from_str(text).ok()?;
            return stated::read(&projjson::node(&object)?);
        }
        if text.starts_with('+') {
            return strings::read(text);
        }
        match text.split_once(':') {
            Some(("EPSG", number)) => codes::read(number.parse().ok()?),
            _ => stated::read(&Node::parse(text)?),
        }
    }

    /// Makes it ready for use.
    ///
    /// # Errors
    /// [`DatumError::NotBuilt`] for parameters with which there is no projection: PROJ may know why.
    pub fn open(&self) -> Result<Projector, DatumError> {
        let made =
            |formula: &str| Proj::from_proj_string(formula).map_err(|_| DatumError::NotBuilt);
        let plane = made(&self.formula)?;
        // Without a datum nothing is between the two but the projection.
        let globe = made(&format!("+proj=longlat {}", self.datum.ellipsoid()))?;
        Ok(Projector { plane, globe, label: self.label.clone(), unit_m: self.unit_m })
    }

    /// Where it may be used, if that follows from its code.
    #[must_use]
    pub const fn area_of_use(&self) -> Option<&AreaOfUse> {
        self.area_of_use.as_ref()
    }

    /// Whether its coordinates are metres or feet of a length that people use.
    #[cfg_attr(feature = "proj", allow(dead_code, reason = "PROJ is asked"))]
    pub(crate) fn is_in_metres(&self) -> bool {
        self.unit_m < 10.0
    }

    /// What is said of it: the same as of the way through PROJ.
    #[cfg_attr(feature = "proj", allow(dead_code, reason = "PROJ is asked"))]
    pub(crate) fn chosen(&self) -> ChosenOperation {
        match self.datum {
            Datum::Wgs84 => ChosenOperation::exact(self.label.clone()),
            Datum::China2000 => ChosenOperation::taken_as_wgs84(self.label.clone(), &CHINA),
        }
    }
}

impl Projector {
    /// The longitude and latitude of an easting and a northing, in degrees.
    ///
    /// # Errors
    /// [`DatumError::Failed`] outside of the reach of the projection.
    pub fn to_degrees(&self, place: Coord) -> Result<Coord, DatumError> {
        let in_metres = (place.x * self.unit_m, place.y * self.unit_m);
        self.through(&self.plane, &self.globe, place, in_metres)
            .map(|(lon, lat)| Coord { x: lon.to_degrees(), y: lat.to_degrees() })
    }

    /// The easting and northing of a longitude and latitude in degrees.
    ///
    /// # Errors
    /// [`DatumError::Failed`] outside of the reach of the projection.
    pub fn to_plane(&self, place: Coord) -> Result<Coord, DatumError> {
        let in_radians = (place.x.to_radians(), place.y.to_radians());
        self.through(&self.globe, &self.plane, place, in_radians)
            .map(|(x_m, y_m)| Coord { x: x_m / self.unit_m, y: y_m / self.unit_m })
    }

    fn through(
        &self,
        from: &Proj,
        to: &Proj,
        place: Coord,
        numbers: (f64, f64),
    ) -> Result<(f64, f64), DatumError> {
        let failed = |reason: String| DatumError::Failed {
            operation: self.label.clone(),
            x: place.x,
            y: place.y,
            reason,
        };
        match transform_vertex_2d(from, to, numbers) {
            Ok((x, y)) if x.is_finite() && y.is_finite() => Ok((x, y)),
            Ok(_) => Err(failed("outside of the projection".to_owned())),
            Err(error) => Err(failed(error.to_string())),
        }
    }
}
