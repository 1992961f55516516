//! The transformation of a build without PROJ: projections of WGS 84, and nothing else.

use geo_types::Coord;

use crate::DatumError;
use crate::chosen::ChosenOperation;
use crate::numbers::{are_degrees, on_the_earth};
use crate::projections::{Projection, Projector};

/// A transformation of eastings and northings to WGS 84.
#[derive(Debug)]
pub struct Transformation {
    projection: Projection,
    chosen: ChosenOperation,
}

/// A transformation, ready for use on one thread.
pub struct Converter {
    projector: Projector,
    /// The name of the system, with its code if it has one.
    system: String,
}

impl Transformation {
    /// The transformation from a system, given by its code, WKT, PROJJSON or PROJ string, for
    /// some places in it, eastward before northward.
    ///
    /// # Errors
    /// [`DatumError::NotBuilt`] for what is no projection that is known here, and for operations
    /// that are asked for of another datum; [`DatumError::Degrees`] for degrees that are stated to be metres.
    pub fn choose(
        definition: &str,
        places: &[Coord],
        asked: Option<&str>,
    ) -> Result<Self, DatumError> {
        let projection = Projection::read(definition).ok_or(DatumError::NotBuilt)?;
        let mut chosen = projection.chosen();
        if asked.is_some() && chosen.operation.is_some() {
            return Err(DatumError::NotBuilt);
        }
        chosen.not_used = asked.map(str::to_owned);
        let is_all_degrees = !places.is_empty() && places.iter().all(are_degrees);
        if projection.is_in_metres() && is_all_degrees {
            return Err(DatumError::Degrees { system: chosen.system });
        }
        let projector = projection.open()?;
        chosen.note_area(projection.area_of_use(), places, |at| projector.to_degrees(at));
        Ok(Self { projection, chosen })
    }

    /// The same for coordinates whose epoch is stated. Of the datums that are known here it
    /// changes nothing.
    #[must_use]
    pub const fn at_epoch(self, _year: Option<f64>) -> Self {
        self
    }

    /// What was chosen, and why.
    #[must_use]
    pub const fn chosen(&self) -> &ChosenOperation {
        &self.chosen
    }

    /// Makes it ready for use on one thread.
    ///
    /// # Errors
    /// None that was not found when it was chosen.
    pub fn open(&self) -> Result<Converter, DatumError> {
        let projector = self.projection.open()?;
        Ok(Converter { projector, system: self.chosen.system.clone() })
    }
}

impl Converter {
    /// The place as it is: no system that is read here is in degrees.
    #[must_use]
    pub const fn brought_back(&self, place: Coord) -> Coord {
        place
    }

    /// Converts a place, eastward before northward, to longitude and latitude on WGS 84.
    ///
    /// # Errors
    /// [`DatumError::Outside`] outside of the reach of the projection.
    pub fn convert(&self, place: Coord) -> Result<Coord, DatumError> {
        let reached = self.projector.to_degrees(place).ok().and_then(on_the_earth);
        let (x, y) = (place.x, place.y);
        reached.ok_or_else(|| DatumError::Outside { system: self.system.clone(), x, y })
    }

    /// Converts a longitude and latitude on WGS 84 to the system, eastward before northward.
    ///
    /// # Errors
    /// [`DatumError::Failed`] outside of the reach of the projection.
    pub fn back(&self, place: Coord) -> Result<Coord, DatumError> {
        self.projector.to_plane(place)
    }
}
