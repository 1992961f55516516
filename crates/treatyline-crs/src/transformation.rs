//! From the system of a file to WGS 84: which operation, and why that one.
//!
//! The rules are in `docs/crs.md`. One operation is chosen for all places of a file, so that no
//! line has a step where PROJ would choose another one.

use geo_types::Coord;
use serde_json::Value;

use super::horizontal::Horizontal;
use super::realisations::realisation;
use super::registered::{Registered, may_have_grids, operations};
use super::with_proj::pipeline;
use super::{
    Alternative, AreaOfUse, ChosenBy, ChosenOperation, DatumError, Operation, OperationInfo, WGS84,
    between, named,
};

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
}

/// The steps of a transformation, ready for use on one thread.
pub struct Converter(Vec<(Operation, bool)>);

/// An operation that could be used, and what it makes of the places.
struct Candidate {
    step: Step,
    info: OperationInfo,
    reached: Vec<Coord>,
    inside: usize,
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
        let system = Horizontal::new(definition)?;
        let mut transformation = Self::unchecked(&system, places, asked)?;
        transformation.check(&system, places)?;
        Ok(transformation)
    }

    /// Refuses degrees that are stated to be metres, and notes axes that would fit better the other
    /// way round.
    fn check(&mut self, system: &Horizontal, places: &[Coord]) -> Result<(), DatumError> {
        let Some(area) = system.area_of_use.as_ref().filter(|_| !places.is_empty()) else {
            return Ok(());
        };
        let converter = self.open()?;
        let is_inside = |at: Coord| converter.convert(at).is_ok_and(|at| area.contains(at));
        if places.iter().any(|at| is_inside(*at)) {
            return Ok(());
        }
        let may_be_degrees = |at: &Coord| at.x.abs() <= 180.0 && at.y.abs() <= 90.0;
        if system.is_projected && places.iter().all(may_be_degrees) {
            return Err(DatumError::Degrees { system: system.label.clone() });
        }
        let exchanged = |at: &Coord| is_inside(Coord { x: at.y, y: at.x });
        self.chosen.fits_exchanged = places.iter().all(exchanged);
        Ok(())
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
        let first = Step::Between(system.definition.clone(), base.clone());
        let in_base: Vec<Coord> =
            places.iter().filter_map(|place| to_base.forward(*place).ok()).collect();
        let mut known = operations(&base);
        if let Some(code) = asked
            && !known.iter().any(|known| known.code == code)
        {
            known.push(Registered { code: code.to_owned(), needs_grid: false });
        }
        let has_grids = may_have_grids();
        let (mut candidates, mut missing) = (Vec::new(), Vec::new());
        for Registered { code, needs_grid } in known {
            if needs_grid && !has_grids && asked != Some(code.as_str()) {
                missing.push(code);
                continue;
            }
            let is_asked = asked == Some(code.as_str());
            match candidate(&code, &base, &system.label, &in_base) {
                Ok(Some(candidate)) => candidates.push((is_asked, candidate)),
                Ok(None) if is_asked => return Err(DatumError::NoGrid { operation: code }),
                Ok(None) => missing.push(code),
                Err(error) if is_asked => return Err(error),
                Err(_) => {}
            }
        }
        if candidates.is_empty() {
            return Self::by_proj(system, places);
        }
        let countries = countries_of_data(candidates.iter().map(|(_, candidate)| candidate));
        candidates.sort_by(|(asked_a, a), (asked_b, b)| {
            let ranks = [a, b].map(|candidate| candidate.rank(&countries));
            (asked_b.cmp(asked_a)).then_with(|| ranks[0].total_cmp(&ranks[1]))
        });
        let mut candidates = candidates.into_iter().map(|(_, candidate)| candidate);
        let Some(best) = candidates.next() else {
            return Err(DatumError::NoOperation { system: system.label.clone() });
        };
        let others: Vec<Candidate> = candidates.collect();
        let by = if asked.is_some() { ChosenBy::Caller } else { ChosenBy::AreaOfUse };
        let scale_ppm = scale_ppm(&system.base, &in_base, &best.reached);
        Ok(Self::through(system.label.clone(), by, first, best, &others, missing, scale_ppm))
    }

    fn through(
        system: String,
        chosen_by: ChosenBy,
        first: Step,
        best: Candidate,
        others: &[Candidate],
        missing: Vec<String>,
        scale_ppm: Option<f64>,
    ) -> Self {
        let usable = |other: &&Candidate| other.inside >= best.inside;
        let alternatives: Vec<Alternative> =
            others.iter().filter(usable).map(|other| other.against(&best)).collect();
        let is_inside = best.inside == best.reached.len();
        // Outside of its area nobody has said how good an operation is; how much those differ
        // that are registered for the datum is the least that can be said.
        let apart = others.iter().map(|other| other.against(&best).differs_m);
        let widest = apart.fold(0.0, f64::max);
        let accuracy_m = match best.info.accuracy_m {
            Some(declared) if !is_inside => Some(declared.max(widest)),
            declared => declared,
        };
        let chosen = ChosenOperation {
            system,
            chosen_by,
            accuracy_m,
            scale_ppm,
            operation: Some(best.info),
            covers_all: is_inside,
            fits_exchanged: false,
            alternatives,
            missing,
        };
        Self { steps: vec![first, best.step], chosen }
    }

    /// WGS 84 in other units, axes or a projection.
    fn without_change_of_datum(system: &Horizontal) -> Option<Self> {
        let direct = between(&system.definition, WGS84).ok()?;
        direct.is_conversion().then(|| Self {
            steps: vec![Step::Between(system.definition.clone(), WGS84.to_owned())],
            chosen: ChosenOperation::exact(system.label.clone()),
        })
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
        let chosen = ChosenOperation {
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
            ..ChosenOperation::exact(system.label.clone())
        };
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
    fn open(&self) -> Result<(Operation, bool), DatumError> {
        Ok(match self {
            Self::Between(from, to) if from == to => (pipeline("+proj=noop")?, false),
            Self::Between(from, to) => (between(from, to)?.settled(), false),
            Self::Named { code, inverse } => (named(code)?, *inverse),
            Self::Pipeline(definition) => (pipeline(definition)?, false),
        })
    }
}

impl Converter {
    /// Converts a place, eastward before northward, to longitude and latitude on WGS 84.
    ///
    /// # Errors
    /// [`DatumError::Failed`] outside of the reach of the operation.
    pub fn convert(&self, place: Coord) -> Result<Coord, DatumError> {
        self.0.iter().try_fold(place, |at, (operation, inverse)| {
            if *inverse { operation.inverse(at) } else { operation.forward(at) }
        })
    }
}

/// What the operation of a code makes of places in the system that it leads from; `None` where it
/// needs a grid that is not there.
fn candidate(
    code: &str,
    base: &str,
    system: &str,
    in_base: &[Coord],
) -> Result<Option<Candidate>, DatumError> {
    let operation = named(code)?;
    let inverse = match operation.systems() {
        Some((from, WGS84)) if from == base => false,
        Some((WGS84, to)) if to == base => true,
        _ => {
            let (operation, to) = (code.to_owned(), system.to_owned());
            return Err(DatumError::WrongOperation { operation, to });
        }
    };
    let info = operation.info();
    let step = Step::Named { code: code.to_owned(), inverse };
    let converter = Converter(vec![(operation, inverse)]);
    let reached: Result<Vec<Coord>, _> = in_base.iter().map(|at| converter.convert(*at)).collect();
    let Ok(reached) = reached else { return Ok(None) };
    let is_inside = |at: &&Coord| info.area_of_use.as_ref().is_none_or(|area| area.contains(**at));
    let inside = reached.iter().filter(is_inside).count();
    Ok(Some(Candidate { step, info, reached, inside }))
}

impl Candidate {
    /// Smaller is better: by the share of the places in its area of use, by whether it is made for
    /// the countries the places are in, by accuracy, by how small its area is. If no place is in
    /// any area, the largest is that of the most general operation.
    fn rank(&self, countries: &[String]) -> Rank {
        let share = self.inside as f64 / self.reached.len().max(1) as f64;
        let is_for = self.countries().iter().any(|country| countries.contains(country));
        let accuracy = self.info.accuracy_m.unwrap_or(f64::INFINITY);
        let extent = self.extent();
        match self.inside {
            0 => Rank([0.0, -extent, accuracy, 0.0]),
            _ => Rank([-share, f64::from(u8::from(!is_for)), accuracy, extent]),
        }
    }

    fn extent(&self) -> f64 {
        self.info.area_of_use.as_ref().map_or(f64::INFINITY, AreaOfUse::extent_deg2)
    }

    /// The countries, or other regions, that its area of use is said to be or to lie in:
    /// `Kazakhstan - onshore including Caspian Sea.`, `Armenia; Azerbaijan; Kazakhstan.`
    fn countries(&self) -> Vec<String> {
        let area = self.info.area_of_use.as_ref().map_or("", |area| area.name.as_str());
        let names = area.split([';', '.', ',']).map(|part| part.split(" - ").next());
        names.flatten().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
    }

    fn against(&self, best: &Self) -> Alternative {
        let apart = self.reached.iter().zip(&best.reached).map(|(a, b)| distance_m(*a, *b));
        Alternative {
            code: self.info.code.clone(),
            name: self.info.name.clone(),
            accuracy_m: self.info.accuracy_m,
            differs_m: apart.fold(0.0, f64::max),
        }
    }
}

/// Where the places are, by the smallest area of use that all of them are in. Areas are boxes: that
/// of Russia has most of Kazakhstan in it, but there is a smaller one, that of Kazakhstan.
fn countries_of_data<'a>(candidates: impl Iterator<Item = &'a Candidate> + Clone) -> Vec<String> {
    let most = candidates.clone().map(|candidate| candidate.inside).max();
    let within = candidates.filter(|candidate| Some(candidate.inside) == most);
    let smallest = within.min_by(|a, b| a.extent().total_cmp(&b.extent()));
    smallest.map_or_else(Vec::new, Candidate::countries)
}

/// Numbers compared one after the other.
struct Rank([f64; 4]);

impl Rank {
    fn total_cmp(&self, other: &Self) -> std::cmp::Ordering {
        let pairs = self.0.iter().zip(&other.0).map(|(a, b)| a.total_cmp(b));
        pairs.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    }
}

/// The distance of two near places, in metres: flat, which is enough for a difference that is
/// reported.
fn distance_m(a: Coord, b: Coord) -> f64 {
    const DEGREE_M: f64 = super::system::DEGREE_M;
    let along = (a.x - b.x + 540.0).rem_euclid(360.0) - 180.0;
    (along * a.y.to_radians().cos()).hypot(a.y - b.y) * DEGREE_M
}

/// By how many millionths lengths on WGS 84 are longer than those on the ellipsoid of the system
/// between the same two places, one degree of latitude apart in the middle of the data.
fn scale_ppm(base: &Value, in_base: &[Coord], reached: &[Coord]) -> Option<f64> {
    let middle = in_base.len() / 2;
    let (from, to) = (in_base.get(middle)?, reached.get(middle)?);
    let datum = base.get("datum").or_else(|| base.get("datum_ensemble"))?;
    let ellipsoid = &datum["ellipsoid"];
    let a = ellipsoid["semi_major_axis"].as_f64()?;
    let flattening = match ellipsoid["inverse_flattening"].as_f64() {
        Some(inverse) => 1.0 / inverse,
        None => 1.0 - ellipsoid["semi_minor_axis"].as_f64()? / a,
    };
    // Geometric mean of the two radii of curvature (Rapp 1991, equation 3.104).
    let mean = |a: f64, f: f64, lat: f64| {
        let e2 = f * (2.0 - f);
        a * (1.0 - e2).sqrt() / (e2 * lat.to_radians().sin().powi(2)).mul_add(-1.0, 1.0)
    };
    let wgs84 = mean(6_378_137.0, 1.0 / 298.257_223_563, to.y);
    Some((wgs84 / mean(a, flattening, from.y) - 1.0) * 1e6)
}
