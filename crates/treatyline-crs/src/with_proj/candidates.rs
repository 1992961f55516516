//! The registered operations of a datum in the order in which they are to be used for some places.

use geo_types::Coord;

use super::registered::{Registered, may_have_grids, operations};
use crate::chosen::{Alternative, MissingOperation};
use crate::{AreaOfUse, DatumError, Operation, OperationInfo, WGS84, named};

/// The operations that could be used.
pub(super) struct Candidates {
    /// The one asked for, or the first by the rules.
    pub(super) best: Candidate,
    others: Vec<Candidate>,
    /// Those for these places that need a grid which is not there.
    pub(super) missing: Vec<MissingOperation>,
}

/// What is registered for a system and some places.
pub(super) enum Found {
    /// Operations that can be used.
    Usable(Box<Candidates>),
    /// None, or none but such as need a grid which is not there.
    Missing(Vec<MissingOperation>),
}

/// What an operation that declares to be exact counts as, in metres: WGS 84 itself is given no
/// better than this in the registry (the accuracy of its ensemble).
const OF_WGS84_M: f64 = 2.0;

/// What a declared accuracy of an operation between datums is worth.
pub(super) fn worth_m(declared_m: f64) -> f64 {
    if declared_m == 0.0 { OF_WGS84_M } else { declared_m }
}

/// An operation that could be used, and what it makes of the places.
pub(super) struct Candidate {
    pub(super) code: String,
    operation: Operation,
    pub(super) inverse: bool,
    pub(super) info: OperationInfo,
    pub(super) reached: Vec<Coord>,
    /// How many places are in its area of use.
    inside: usize,
}

/// From this share of the way between a side of a box and its middle on, places are well within it.
/// San Diego, Dallas and Detroit are at 0.00 to 0.08 in the boxes of Mexico and Ontario, the line
/// between China and Kazakhstan is at 0.23 in that of Kazakhstan, Toronto at 0.26 in that of Ontario.
const WELL_WITHIN: f64 = 0.1;

/// Through an operation, forward or inverse.
fn through(operation: &Operation, inverse: bool, at: Coord) -> Result<Coord, DatumError> {
    if inverse { operation.inverse(at) } else { operation.forward(at) }
}

impl Candidates {
    /// Those of a geographic system for places in it.
    ///
    /// # Errors
    /// For an operation that is asked for: [`DatumError::UnknownOperation`],
    /// [`DatumError::WrongOperation`], [`DatumError::NoGrid`].
    pub(super) fn find(
        base: &str,
        places: &[Coord],
        asked: Option<&str>,
    ) -> Result<Found, DatumError> {
        let best = asked.map(|code| Candidate::new(code, base, places)).transpose()?;
        let (mut others, mut missing) = (Vec::new(), Vec::new());
        let has_grids = may_have_grids();
        for row in operations(base) {
            if asked == Some(row.code.as_str()) {
                continue;
            }
            if row.needs_grid() && !has_grids {
                missing.push(row);
                continue;
            }
            match Candidate::new(&row.code, base, places) {
                Ok(candidate) => others.push(candidate),
                Err(DatumError::NoGrid { .. }) => missing.push(row),
                // A row that this version of PROJ does not have.
                Err(_) => {}
            }
        }
        let countries = countries_of_places(&others);
        others.sort_by(|a, b| a.rank(&countries).total_cmp(&b.rank(&countries)));
        let best = match best {
            Some(asked) => asked,
            None if others.is_empty() => return Ok(Found::Missing(for_places(missing, places))),
            None => others.remove(0),
        };
        // Those for elsewhere are of no use here.
        missing.retain(|row| row.is_for(places));
        let missing = for_places(missing, places);
        Ok(Found::Usable(Box::new(Self { best, others, missing })))
    }

    /// Whether all places are in the area of use of the best.
    pub(super) fn cover_all(&self) -> bool {
        self.best.inside == self.best.reached.len()
    }

    /// The accuracy of the best. Outside of its area nobody has said how good it is; how much
    /// those differ that are registered for the datum is the least that can be said.
    pub(super) fn accuracy_m(&self) -> Option<f64> {
        let apart = self.others.iter().map(|other| other.against(&self.best).differs_m);
        let widest = if self.cover_all() { 0.0 } else { apart.fold(0.0, f64::max) };
        self.best.info.accuracy_m.map(|declared| worth_m(declared).max(widest))
    }

    /// The others that are made for these places as much as the best.
    pub(super) fn alternatives(&self) -> Vec<Alternative> {
        let usable = self.others.iter().filter(|other| other.inside >= self.best.inside);
        usable.map(|other| other.against(&self.best)).collect()
    }
}

impl Candidate {
    fn new(code: &str, base: &str, places: &[Coord]) -> Result<Self, DatumError> {
        let operation = named(code)?;
        let inverse = match operation.systems() {
            Some((from, WGS84)) if from == base => false,
            Some((WGS84, to)) if to == base => true,
            _ => {
                let (operation, to) = (code.to_owned(), base.to_owned());
                return Err(DatumError::WrongOperation { operation, to });
            }
        };
        let reached: Result<Vec<Coord>, _> =
            places.iter().map(|at| through(&operation, inverse, *at)).collect();
        let reached = reached.map_err(|_| DatumError::NoGrid { operation: code.to_owned() })?;
        let info = operation.info();
        let area = info.area_of_use.as_ref();
        let inside =
            reached.iter().filter(|at| area.is_none_or(|area| area.contains(**at))).count();
        Ok(Self { code: code.to_owned(), operation, inverse, info, reached, inside })
    }

    /// Brings a place of the system to WGS 84.
    pub(super) fn convert(&self, at: Coord) -> Result<Coord, DatumError> {
        through(&self.operation, self.inverse, at)
    }

    /// Smaller is better: by the share of the places in its area of use, by whether it is made for
    /// the countries the places are in, by accuracy, by how small its area is. If no place is in
    /// any area, the largest is that of the most general operation.
    fn rank(&self, countries: &[String]) -> Rank {
        let share = self.inside as f64 / self.reached.len().max(1) as f64;
        let own = self.countries();
        let is_for = countries.iter().all(|country| own.contains(country));
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
    /// `Kazakhstan - onshore including Caspian Sea.`, `Armenia; Azerbaijan; Estonia - onshore.`
    fn countries(&self) -> Vec<String> {
        let area = self.info.area_of_use.as_ref().map_or("", |area| area.name.as_str());
        // Behind the name of one country its parts are listed.
        let is_one = area.split([';', '.']).next().is_some_and(|first| first.contains(" - "));
        let is_one = is_one && !self.is_scattered();
        let parts = area.split([';', '.']).take(if is_one { 1 } else { usize::MAX });
        let names = parts.filter_map(|part| part.split(" - ").next());
        names.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
    }

    /// Whether its area is parts of several countries, so that its box has in it what is between them:
    /// `Israel and Palestine - offshore Mediterranean Sea; Türkiye (Turkey) - offshore Black Sea.`
    fn is_scattered(&self) -> bool {
        let area = self.info.area_of_use.as_ref().map_or("", |area| area.name.as_str());
        let first_sentence = area.split('.').next().unwrap_or_default();
        let mut parts = first_sentence.split(';');
        first_sentence.contains(';') && parts.all(|part| part.contains(" - "))
    }

    /// Whether the middle one of the places is well within its area of use: farther from each side
    /// of the box than a tenth of the way to its middle. The corners of a country's box are its
    /// neighbours'.
    fn is_well_within(&self) -> bool {
        let (Some(area), Some(at)) =
            (&self.info.area_of_use, self.reached.get(self.reached.len() / 2))
        else {
            return true;
        };
        let [west, south, east, north] = area.bounds_deg;
        let width = (east - west).rem_euclid(360.0);
        let along = (at.x - west).rem_euclid(360.0);
        let depth = |from: f64, whole: f64| 2.0 * from.min(whole - from) / whole;
        depth(along, width).min(depth(at.y - south, north - south)) > WELL_WITHIN
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

/// Operations without their grids: those for some places first, then by accuracy.
fn for_places(rows: Vec<Registered>, places: &[Coord]) -> Vec<MissingOperation> {
    let mut missing: Vec<(bool, MissingOperation)> =
        rows.into_iter().map(|row| (!row.is_for(places), row.missing())).collect();
    let accuracy = |it: &MissingOperation| it.accuracy_m.unwrap_or(f64::INFINITY);
    missing.sort_by(|(a_far, a), (b_far, b)| {
        a_far.cmp(b_far).then(accuracy(a).total_cmp(&accuracy(b)))
    });
    missing.into_iter().map(|(_, missing)| missing).collect()
}

/// Where the places are, by the smallest area of use that all of them are well within. Areas are
/// boxes: that of Russia has most of Kazakhstan in it, but there is a smaller one, that of
/// Kazakhstan; that of Mexico ends a little north of Dallas. An area in parts of several countries
/// says nothing.
fn countries_of_places(candidates: &[Candidate]) -> Vec<String> {
    let most = candidates.iter().map(|candidate| candidate.inside).max();
    let within = candidates
        .iter()
        .filter(|candidate| Some(candidate.inside) == most && !candidate.is_scattered());
    let key = |candidate: &Candidate| {
        Rank([f64::from(u8::from(!candidate.is_well_within())), candidate.extent(), 0.0, 0.0])
    };
    let smallest = within.min_by(|a, b| key(a).total_cmp(&key(b)));
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
    const DEGREE_M: f64 = crate::system::DEGREE_M;
    let along = (a.x - b.x + 540.0).rem_euclid(360.0) - 180.0;
    (along * a.y.to_radians().cos()).hypot(a.y - b.y) * DEGREE_M
}
