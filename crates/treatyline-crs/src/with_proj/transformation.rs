//! From the system of a file to WGS 84: which operation, and why that one.
//!
//! The rules are in `docs/crs.md`. One operation is chosen for all places of a file, so that no
//! line has a step where PROJ would choose another one.

use geo_types::Coord;

use super::candidates::Candidates;
use super::epoch::frame_year;
use super::horizontal::Horizontal;
use super::obfuscated::{self, Obfuscated};
use super::operation::pipeline;
use super::scale::scale_ppm;
use crate::chosen::{ChosenBy, ChosenOperation, are_degrees};
use crate::realisations::realisation;
use crate::system::AS_WRITTEN;
use crate::{DatumError, Operation, OperationInfo, WGS84, between, named};

/// A transformation of eastings and northings, or longitudes and latitudes, to WGS 84.
#[derive(Debug)]
pub struct Transformation {
    steps: Vec<Step>,
    chosen: ChosenOperation,
}

/// A step, as it is opened again on each thread.
#[derive(Debug, Clone)]
enum Step {
    /// A conversion between systems of one datum, or the operation of a bound system.
    Between(String, String),
    Named {
        code: String,
        inverse: bool,
    },
    Pipeline(String),
    Obfuscated(Obfuscated),
    InMillions,
}

/// A step, ready for use on one thread.
enum Ready {
    Forward(Operation),
    Inverse(Operation),
    Obfuscated(Obfuscated),
    InMillions,
}

/// The steps of a transformation, ready for use on one thread.
pub struct Converter(Vec<Ready>);

impl Transformation {
    /// The transformation from a system, given by its code, WKT, PROJJSON or PROJ string, for
    /// some places in it, eastward before northward; through the operation `asked` for, if one is.
    ///
    /// # Errors
    /// [`DatumError::UnknownSystem`] and [`DatumError::NotPlane`] for the system;
    /// [`DatumError::UnknownOperation`] and [`DatumError::WrongOperation`] for the operation asked
    /// for; [`DatumError::NoOperation`] where none leads to WGS 84; [`DatumError::Degrees`] for
    /// degrees that are stated to be metres.
    pub fn choose(
        definition: &str,
        places: &[Coord],
        asked: Option<&str>,
    ) -> Result<Self, DatumError> {
        if definition == AS_WRITTEN {
            let chosen = ChosenOperation::exact(AS_WRITTEN.to_owned());
            return Ok(Self { steps: vec![Step::InMillions], chosen });
        }
        if let Some(system) = Obfuscated::named(definition) {
            return Ok(Self::undisplaced(system));
        }
        let system = Horizontal::new(definition)?;
        if let Some(place) = places.first()
            && system.is_in_degrees
            && !places.iter().any(are_degrees)
        {
            let (x, y) = (place.x, place.y);
            return Err(DatumError::NoDegrees { system: system.label, x, y });
        }
        if system.is_in_metres && !places.is_empty() && places.iter().all(are_degrees) {
            return Err(DatumError::Degrees { system: system.label });
        }
        let sound: Vec<Coord> =
            places.iter().filter(|at| !system.is_in_degrees || are_degrees(at)).copied().collect();
        let mut transformation = Self::unchecked(&system, &sound, asked)?;
        transformation.chosen.without_heights = system.had_heights;
        let converter = transformation.open()?;
        let area = system.area_of_use.as_ref();
        transformation.chosen.note_area(area, &sound, |at| converter.convert(at));
        if let Some(year) = frame_year(&system.base) {
            transformation.chosen.at_no_epoch(year);
        }
        Ok(transformation)
    }

    /// The same for coordinates whose epoch is stated, in years. Of a datum in which places do not
    /// move it changes nothing.
    #[must_use]
    pub fn at_epoch(mut self, year: Option<f64>) -> Self {
        if let Some(year) = year {
            self.chosen.at_epoch(year);
        }
        self
    }

    fn unchecked(
        system: &Horizontal,
        places: &[Coord],
        asked: Option<&str>,
    ) -> Result<Self, DatumError> {
        if asked.is_none() {
            if let Some(direct) = Self::without_change_of_datum(system) {
                return Ok(direct);
            }
            if system.is_bound {
                return Self::stated(system, places);
            }
        }
        let Some((base, to_base)) = system.registered() else {
            return match asked {
                Some(code) => Self::asked_of_unregistered(system, code),
                None => Self::by_proj(system, places),
            };
        };
        let in_base: Vec<Coord> =
            places.iter().filter_map(|place| to_base.forward(*place).ok()).collect();
        let Some(candidates) = Candidates::new(&base, &in_base, asked)? else {
            return Self::by_proj(system, places);
        };
        let first = Step::Between(system.definition.clone(), base);
        let chosen = ChosenOperation {
            system: system.label.clone(),
            chosen_by: if asked.is_some() { ChosenBy::Caller } else { ChosenBy::AreaOfUse },
            accuracy_m: candidates.accuracy_m(),
            scale_ppm: scale_ppm(&system.base, &in_base, |at| candidates.best.convert(at)),
            epoch: None,
            without_heights: false,
            covers_all: candidates.cover_all(),
            fits_exchanged: false,
            alternatives: candidates.alternatives(),
            operation: Some(candidates.best.info),
            missing: candidates.missing,
        };
        let (code, inverse) = (candidates.best.code, candidates.best.inverse);
        Ok(Self { steps: vec![first, Step::Named { code, inverse }], chosen })
    }

    /// WGS 84 in other units, axes or a projection.
    fn without_change_of_datum(system: &Horizontal) -> Option<Self> {
        let direct = between(&system.definition, WGS84).ok()?;
        direct.is_conversion().then(|| Self {
            steps: vec![Step::Between(system.definition.clone(), WGS84.to_owned())],
            chosen: ChosenOperation::exact(system.label.clone()),
        })
    }

    /// From a system that displaces places.
    fn undisplaced(system: Obfuscated) -> Self {
        let name = "the inverse of a displacement that others have published, not who uses it";
        let chosen = ChosenOperation {
            chosen_by: ChosenBy::Unofficial,
            accuracy_m: Some(obfuscated::ACCURACY_M),
            operation: Some(OperationInfo {
                code: None,
                name: name.to_owned(),
                changes_datum: true,
                accuracy_m: Some(obfuscated::ACCURACY_M),
                area_of_use: None,
                definition: system.label().to_owned(),
            }),
            ..ChosenOperation::exact(system.label().to_owned())
        };
        Self { steps: vec![Step::Obfuscated(system)], chosen }
    }

    /// The operation that the system's own definition states.
    fn stated(system: &Horizontal, places: &[Coord]) -> Result<Self, DatumError> {
        let operation = between(&system.definition, WGS84)?;
        if let Some(place) = places.first() {
            operation.forward(*place)?;
        }
        let chosen = ChosenOperation {
            chosen_by: ChosenBy::File,
            operation: Some(operation.info()),
            accuracy_m: operation.info().accuracy_m,
            ..ChosenOperation::exact(system.label.clone())
        };
        let steps = vec![Step::Between(system.definition.clone(), WGS84.to_owned())];
        Ok(Self { steps, chosen })
    }

    /// An operation that was asked for, of a system for which none is registered.
    fn asked_of_unregistered(system: &Horizontal, code: &str) -> Result<Self, DatumError> {
        let _known = named(code)?;
        let to = system.label.clone();
        Err(DatumError::WrongOperation { operation: code.to_owned(), to })
    }

    /// The operation that PROJ chooses in the middle of the places, if it is one; otherwise the
    /// system is WGS 84 within some metres, or none leads there.
    fn by_proj(system: &Horizontal, places: &[Coord]) -> Result<Self, DatumError> {
        let middle = places.get(places.len() / 2).copied();
        let choice = between(&system.definition, WGS84)?;
        if let Some(middle) = middle
            && choice.forward(middle).is_ok()
        {
            let info = choice.info();
            let step = Step::Pipeline(info.definition.clone());
            let chosen = ChosenOperation {
                chosen_by: ChosenBy::Proj,
                accuracy_m: info.accuracy_m,
                operation: Some(info),
                ..ChosenOperation::exact(system.label.clone())
            };
            return Ok(Self { steps: vec![step], chosen });
        }
        let name = system.base["name"].as_str().unwrap_or_default();
        let Some(known) = realisation(name) else {
            return Err(DatumError::NoOperation { system: system.label.clone() });
        };
        let chosen = ChosenOperation::taken_as_wgs84(system.label.clone(), known);
        let base = system.base.to_string();
        Ok(Self { steps: vec![Step::Between(system.definition.clone(), base)], chosen })
    }

    /// What was chosen, and why.
    #[must_use]
    pub const fn chosen(&self) -> &ChosenOperation {
        &self.chosen
    }

    /// Makes it ready for use on one thread.
    ///
    /// # Errors
    /// Where PROJ cannot repeat what it did when it was chosen.
    pub fn open(&self) -> Result<Converter, DatumError> {
        let steps = self.steps.iter().map(|step| step.open());
        steps.collect::<Result<_, _>>().map(Converter)
    }
}

impl Step {
    fn open(&self) -> Result<Ready, DatumError> {
        Ok(match self {
            Self::Between(from, to) if from == to => Ready::Forward(pipeline("+proj=noop")?),
            Self::Between(from, to) => Ready::Forward(between(from, to)?.settled()),
            Self::Named { code, inverse: true } => Ready::Inverse(named(code)?),
            Self::Named { code, inverse: false } => Ready::Forward(named(code)?),
            Self::Pipeline(definition) => Ready::Forward(pipeline(definition)?),
            Self::Obfuscated(system) => Ready::Obfuscated(*system),
            Self::InMillions => Ready::InMillions,
        })
    }
}

impl Converter {
    /// Converts a place, eastward before northward, to longitude and latitude on WGS 84.
    ///
    /// # Errors
    /// [`DatumError::Failed`] outside of the reach of the operation.
    pub fn convert(&self, place: Coord) -> Result<Coord, DatumError> {
        self.0.iter().try_fold(place, |at, step| match step {
            Ready::Forward(operation) => operation.forward(at),
            Ready::Inverse(operation) => operation.inverse(at),
            Ready::Obfuscated(system) => Ok(system.to_wgs84(at)),
            Ready::InMillions => Ok(Coord { x: at.x * 1e-6, y: at.y * 1e-6 }),
        })
    }

    /// Converts a longitude and latitude on WGS 84 to the system, eastward before northward.
    ///
    /// # Errors
    /// [`DatumError::Failed`] outside of the reach of the operation.
    pub fn back(&self, place: Coord) -> Result<Coord, DatumError> {
        self.0.iter().rev().try_fold(place, |at, step| match step {
            Ready::Forward(operation) => operation.inverse(at),
            Ready::Inverse(operation) => operation.forward(at),
            Ready::Obfuscated(system) => Ok(system.displaced(at)),
            Ready::InMillions => Ok(Coord { x: at.x * 1e6, y: at.y * 1e6 }),
        })
    }
}
