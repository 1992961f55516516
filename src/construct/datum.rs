//! The coordinate system of a list: the ellipsoid on which its edges run, and the way to WGS 84.

use geo::Coord;

use crate::geodesy::datum::{
    ChosenOperation, Converter, DatumError, Operation, Transformation, WGS84, between, ellipsoid,
    prime_meridian_deg,
};
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::problem::ConstructFault;

/// A geographic system, in which points are printed and edges run.
pub(super) struct Datum {
    /// What it is called.
    pub(super) name: String,
    /// Its definition.
    code: String,
    /// Geodesics on its ellipsoid.
    pub(super) geodesic: Geodesic,
    /// The way to WGS 84; none where it is WGS 84.
    way: Option<Way>,
}

struct Way {
    converter: Converter,
    chosen: ChosenOperation,
}

/// The name of WGS 84.
pub(super) const WGS84_NAME: &str = "WGS 84";
/// What people call WGS 84.
const WGS84_NAMES: [&str; 5] = ["wgs 84", "wgs84", "wgs-84", "wgs 1984", "epsg:4326"];

impl Datum {
    pub(super) fn wgs84() -> Self {
        Self {
            name: WGS84_NAME.to_owned(),
            code: WGS84.to_owned(),
            geodesic: Geodesic::new(Ellipsoid::WGS84),
            way: None,
        }
    }

    /// A system by its code or definition, with the way to WGS 84 for some places.
    ///
    /// # Errors
    /// A system that is unknown, not in degrees, or from which no operation leads to WGS 84.
    pub(super) fn new(
        system: &str,
        operation: Option<&str>,
        places: &[Coord],
    ) -> Result<Self, ConstructFault> {
        if is_wgs84(system) {
            return Ok(Self::wgs84());
        }
        let [semi_major_m, flattening] = ellipsoid(system).map_err(|fault| match fault {
            DatumError::NotPlane { code, .. } => {
                let wanted = "a geographic system in degrees, as in EPSG:4267; points in metres \
                              have northing, easting and grid";
                ConstructFault::Value { key: "system", value: code, wanted }
            }
            other => other.into(),
        })?;
        let ellipsoid = Ellipsoid::new("its own", semi_major_m, flattening);
        let geodesic = Geodesic::new(ellipsoid.unwrap_or(Ellipsoid::WGS84));
        let transformation = Transformation::choose(system, places, operation)?;
        let (converter, chosen) = (transformation.open()?, transformation.chosen().clone());
        let name = chosen.system.clone();
        Ok(Self { name, code: system.to_owned(), geodesic, way: Some(Way { converter, chosen }) })
    }

    /// How its coordinates are brought to WGS 84.
    pub(super) fn operation(&self) -> Option<&ChosenOperation> {
        self.way.as_ref().map(|way| &way.chosen)
    }

    /// Where its longitudes count from, in degrees east of Greenwich.
    ///
    /// # Errors
    /// A system that is unknown.
    pub(super) fn prime_meridian_deg(&self) -> Result<f64, ConstructFault> {
        Ok(prime_meridian_deg(&self.code)?)
    }

    /// How far a place may be from where it is on WGS 84, in metres.
    pub(super) fn accuracy_m(&self) -> f64 {
        self.operation().map_or(0.0, ChosenOperation::assumed_accuracy_m)
    }

    /// A place of it on WGS 84.
    ///
    /// # Errors
    /// A place outside of the reach of the operation.
    pub(super) fn to_wgs84(&self, at: Coord) -> Result<Coord, ConstructFault> {
        Ok(self.way.as_ref().map_or(Ok(at), |way| way.converter.convert(at))?)
    }

    /// The projection from longitude and latitude to a map.
    ///
    /// # Errors
    /// A system that is unknown.
    pub(super) fn map(&self, code: &str) -> Result<Operation, ConstructFault> {
        Ok(between(&self.code, code)?)
    }
}

pub(super) fn is_wgs84(system: &str) -> bool {
    let small = system.trim().to_lowercase();
    // Its realisations, (G730) and later, are the same to some centimetres.
    WGS84_NAMES.contains(&&*small) || small.starts_with("wgs 84 (g")
}
