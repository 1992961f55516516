//! From the system of a file to WGS 84: which operation, and why that one.
//!
//! The rules are in `docs/crs.md`. One operation is chosen for all places of a file, so that no
//! line has a step where PROJ would choose another one.

use geo_types::Coord;

use super::candidates::{Candidates, Found, worth_m};
use super::epoch::frame_year;
use super::horizontal::Horizontal;
use super::obfuscated::{self, Obfuscated};
use super::operation::pipeline;
use super::scale::scale_ppm;
use super::unproject::Map;
use crate::chosen::{ChosenBy, ChosenOperation, MissingOperation};
use crate::numbers::{are_angles, are_degrees, brought_back, on_the_earth};
use crate::realisations::{Realisation, realisation};
use crate::system::AS_WRITTEN;
use crate::{DatumError, Operation, OperationInfo, WGS84, between, named};

/// A transformation of eastings and northings, or longitudes and latitudes, to WGS 84.
#[derive(Debug)]
pub struct Transformation {
    steps: Vec<Step>,
    chosen: ChosenOperation,
    numbers: Numbers,
}

/// What the coordinates are before the first step.
#[derive(Debug, Clone, Copy)]
enum Numbers {
    /// Longitude and latitude, in units of which a whole turn has so many.
    Angles(f64),
    /// Eastings and northings.
    Map(Map),
    /// None of these.
    Any,
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
pub struct Converter {
    steps: Vec<Ready>,
    numbers: Numbers,
    /// The name of the system, with its code if it has one.
    system: String,
}

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
            return Ok(Self::new(vec![Step::InMillions], chosen));
        }
        if let Some(system) = Obfuscated::named(definition) {
            return Self::undisplaced(system, places, asked);
        }
        let system = Horizontal::new(definition)?;
        if let Some(place) = places.first()
            && system.is_in_degrees
            && !places.iter().any(|at| are_degrees(&brought_back(*at, 360.0)))
        {
            let (x, y) = (place.x, place.y);
            return Err(DatumError::NoDegrees { system: system.label, x, y });
        }
        if system.is_in_metres && !places.is_empty() && places.iter().all(are_degrees) {
            return Err(DatumError::Degrees { system: system.label });
        }
        let sound: Vec<Coord> = match system.turn {
            Some(turn) => places
                .iter()
                .map(|at| brought_back(*at, turn))
                .filter(|at| are_angles(*at, turn))
                .collect(),
            None => places.to_vec(),
        };
        let mut transformation = Self::unchecked(&system, &sound, asked)?;
        transformation.chosen.without_heights = system.had_heights;
        transformation.numbers = match (system.turn, system.map) {
            (Some(turn), _) => Numbers::Angles(turn),
            (None, Some(map)) => Numbers::Map(map),
            (None, None) => Numbers::Any,
        };
        let converter = transformation.open()?;
        let area = system.area_of_use.as_ref();
        transformation.chosen.note_area(area, &sound, |at| converter.convert(at));
        if let Some(year) = frame_year(&system.base) {
            transformation.chosen.at_no_epoch(year);
        }
        Ok(transformation)
    }

    const fn new(steps: Vec<Step>, chosen: ChosenOperation) -> Self {
        Self { steps, chosen, numbers: Numbers::Any }
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
        if let Some(mut direct) = Self::without_change_of_datum(system) {
            direct.chosen.not_used = asked.map(str::to_owned);
            return Ok(direct);
        }
        if asked.is_none() && system.is_bound {
            return Self::stated(system, places);
        }
        let Some((base, to_base)) = system.registered() else {
            return match asked {
                Some(code) => Self::asked_of_unregistered(system, code),
                None => Self::by_proj(system, places, Vec::new()),
            };
        };
        let in_base: Vec<Coord> =
            places.iter().filter_map(|place| to_base.forward(*place).ok()).collect();
        let candidates = match Candidates::find(&base, &in_base, asked)? {
            Found::Usable(candidates) => candidates,
            Found::Missing(missing) => return Self::by_proj(system, places, missing),
        };
        let first = Step::Between(system.definition.clone(), base);
        let chosen = ChosenOperation {
            system: system.label.clone(),
            stated_by_caller: false,
            chosen_by: if asked.is_some() { ChosenBy::Caller } else { ChosenBy::AreaOfUse },
            accuracy_m: candidates.accuracy_m(),
            scale_ppm: scale_ppm(&system.base, &in_base, |at| candidates.best.convert(at)),
            epoch: None,
            without_heights: false,
            not_used: None,
            covers_all: candidates.cover_all(),
            fits_exchanged: false,
            alternatives: candidates.alternatives(),
            operation: Some(candidates.best.info),
            missing: candidates.missing,
        };
        let (code, inverse) = (candidates.best.code, candidates.best.inverse);
        Ok(Self::new(vec![first, Step::Named { code, inverse }], chosen))
    }

    /// WGS 84 in other units, axes or a projection.
    fn without_change_of_datum(system: &Horizontal) -> Option<Self> {
        let direct = between(&system.definition, WGS84).ok()?;
        let steps = || vec![Step::Between(system.definition.clone(), WGS84.to_owned())];
        let is_direct = direct.is_conversion();
        is_direct.then(|| Self::new(steps(), ChosenOperation::exact(system.label.clone())))
    }

    /// From a system that displaces places.
    fn undisplaced(
        system: Obfuscated,
        places: &[Coord],
        asked: Option<&str>,
    ) -> Result<Self, DatumError> {
        if !places.is_empty() && !places.iter().any(|at| system.to_wgs84(*at) != *at) {
            return Err(DatumError::NotDisplaced { system: system.label().to_owned() });
        }
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
            not_used: asked.map(str::to_owned),
            ..ChosenOperation::exact(system.label().to_owned())
        };
        let transformation = Self::new(vec![Step::Obfuscated(system)], chosen);
        Ok(Self { numbers: Numbers::Angles(360.0), ..transformation })
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
        Ok(Self::new(steps, chosen))
    }

    /// An operation that was asked for, of a system for which none is registered.
    fn asked_of_unregistered(system: &Horizontal, code: &str) -> Result<Self, DatumError> {
        let _known = named(code)?;
        let to = system.label.clone();
        Err(DatumError::WrongOperation { operation: code.to_owned(), to })
    }

    /// The operation that PROJ chooses in the middle of the places, if it is one, and better than
    /// none where the system is WGS 84 within some metres; otherwise none leads there.
    fn by_proj(
        system: &Horizontal,
        places: &[Coord],
        missing: Vec<MissingOperation>,
    ) -> Result<Self, DatumError> {
        let name = system.base["name"].as_str().unwrap_or_default();
        let known = realisation(name);
        let middle = places.get(places.len() / 2).copied();
        let choice = between(&system.definition, WGS84)?;
        if let Some(middle) = middle
            && choice.forward(middle).is_ok()
        {
            let info = choice.info();
            let accuracy_m = info.accuracy_m.map(worth_m);
            // What PROJ puts together may lead through an old datum and back.
            let is_better = |known: &Realisation| accuracy_m.is_some_and(|m| m <= known.accuracy_m);
            if known.is_none_or(is_better) {
                let step = Step::Pipeline(info.definition.clone());
                let chosen = ChosenOperation {
                    chosen_by: ChosenBy::Proj,
                    accuracy_m,
                    operation: Some(info),
                    missing,
                    ..ChosenOperation::exact(system.label.clone())
                };
                return Ok(Self::new(vec![step], chosen));
            }
        }
        let Some(known) = known else { return Err(no_operation(system, &missing)) };
        let chosen = ChosenOperation {
            missing,
            ..ChosenOperation::taken_as_wgs84(system.label.clone(), known)
        };
        let base = system.base.to_string();
        Ok(Self::new(vec![Step::Between(system.definition.clone(), base)], chosen))
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
        let steps = self.steps.iter().map(Step::open).collect::<Result<_, _>>()?;
        Ok(Converter { steps, numbers: self.numbers, system: self.chosen.system.clone() })
    }
}

/// That no operation leads from a system to WGS 84, or none without a grid.
fn no_operation(system: &Horizontal, missing: &[MissingOperation]) -> DatumError {
    /// So many are named.
    const MOST: usize = 4;
    let system = system.label.clone();
    if missing.is_empty() {
        return DatumError::NoOperation { system };
    }
    let named: Vec<String> = missing.iter().take(MOST).map(ToString::to_string).collect();
    let mut operations = named.join(", ");
    if missing.len() > MOST {
        operations += &format!(" and {} more", missing.len() - MOST);
    }
    DatumError::NeedsGrid { system, operations }
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
    /// A place whose longitude is up to one turn beyond ±180° with its longitude brought back; any
    /// other, and an easting and northing, as it is.
    #[must_use]
    pub fn brought_back(&self, place: Coord) -> Coord {
        match self.numbers {
            Numbers::Angles(turn) => brought_back(place, turn),
            Numbers::Map(_) | Numbers::Any => place,
        }
    }

    /// Converts a place, eastward before northward, to longitude and latitude on WGS 84.
    ///
    /// # Errors
    /// [`DatumError::Outside`] outside of the reach of the projection or the operation.
    pub fn convert(&self, place: Coord) -> Result<Coord, DatumError> {
        let place = self.brought_back(place);
        let (x, y) = (place.x, place.y);
        let outside = || DatumError::Outside { system: self.system.clone(), x, y };
        if let Numbers::Angles(turn) = self.numbers
            && !are_angles(place, turn)
        {
            // PROJ would write to standard error.
            return Err(outside());
        }
        let mut at = place;
        for (i, step) in self.steps.iter().enumerate() {
            let reached = match (step, self.numbers) {
                (Ready::Forward(back), Numbers::Map(map)) if i == 0 => map.back(back, at),
                (Ready::Forward(operation), _) => operation.forward(at),
                (Ready::Inverse(operation), _) => operation.inverse(at),
                (Ready::Obfuscated(system), _) => Ok(system.to_wgs84(at)),
                (Ready::InMillions, _) => return Ok(Coord { x: at.x * 1e-6, y: at.y * 1e-6 }),
            };
            at = reached.map_err(|_| outside())?;
        }
        on_the_earth(at).ok_or_else(outside)
    }

    /// Converts a longitude and latitude on WGS 84 to the system, eastward before northward.
    ///
    /// # Errors
    /// [`DatumError::Failed`] outside of the reach of the operation.
    pub fn back(&self, place: Coord) -> Result<Coord, DatumError> {
        self.steps.iter().rev().try_fold(place, |at, step| match step {
            Ready::Forward(operation) => operation.inverse(at),
            Ready::Inverse(operation) => operation.forward(at),
            Ready::Obfuscated(system) => Ok(system.displaced(at)),
            Ready::InMillions => Ok(Coord { x: at.x * 1e6, y: at.y * 1e6 }),
        })
    }
}
