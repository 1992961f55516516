//! A line out of the words of a treaty: points as they are printed, and what joins them.
//!
//! A list of points and edges allows one line if it says what each edge is and in which system its
//! points are, and several if it does not: each of these is a *reading*. `docs/construct.md` describes
//! the list.

mod between;
mod checks;
mod crossing;
mod datum;
mod edge;
mod length;
mod place;
mod reading;
mod sky;
mod stated;
mod table;
mod unused;
mod words;

use geo::Coord;

pub(crate) use between::Between;
use between::{between, is_same};
pub(crate) use checks::{ListCheck, Outcome};
use datum::Datum;
pub(crate) use edge::Kind;
use length::PrintedLength;
pub(crate) use place::printed_azimuth;
use place::{Files, OpenFile, Point, Points, Trouble};
use reading::{Draft, RowTrouble};
pub(crate) use reading::{Edge, Reading};
pub use stated::StatedCourse;
use table::{List, Row, problem};
pub(crate) use words::place_in_words;

use crate::geodesy::datum::{prime_meridian_deg, systems_at};
use crate::io::{Input, Source, digest};
use crate::line::Line;
use crate::problem::{ConstructFault, Fault, Problem, Problems};

/// The line of a list of points and edges, in all its readings.
#[derive(Debug, Clone)]
pub struct Construction {
    pub(crate) title: Option<String>,
    pub(crate) file: String,
    pub(crate) sha256: String,
    /// How far an edge may be from its course, in metres.
    pub(crate) tolerance_m: f64,
    /// How far a point may be from where it is, as the list states it, in metres.
    pub(crate) accuracy_m: Option<f64>,
    /// What the instrument of each row is.
    pub(crate) instruments: Vec<Option<String>>,
    /// What each row notes.
    pub(crate) notes: Vec<Option<String>>,
    /// The line, if the list says all; otherwise the first of what it may mean.
    pub(crate) first: Reading,
    /// The others.
    pub(crate) others: Vec<Reading>,
    pub(crate) between: Vec<Between>,
    pub(crate) checks: Vec<ListCheck>,
}

/// How a list is read and its line drawn.
#[derive(Debug, Clone, Default)]
pub struct ConstructSettings {
    /// How far an edge of the line may be from its course, in metres; without it what the list says,
    /// or 0.1 m.
    pub tolerance_m: Option<f64>,
    /// The system of the points, instead of the one that the list states.
    pub system: Option<String>,
    /// The operation that brings it to WGS 84.
    pub operation: Option<String>,
}

/// Courses are kept to within this, in metres, if nobody says otherwise.
const TOLERANCE_M: f64 = 0.1;
/// What a list says of what it does not say.
const UNSTATED: &str = "unstated";
/// The kinds that an unstated edge may be.
const KINDS: [(Kind, &str); 3] = [
    (Kind::Geodesic, "geodesics"),
    (Kind::Rhumb, "rhumb lines"),
    (Kind::Degrees, "straight in degrees"),
];

impl Construction {
    /// Reads a list and draws its line. Files that it names are opened by `open`.
    ///
    /// # Errors
    /// Everything that is wrong with the list, with line and column; a file that cannot be read.
    ///
    /// ```
    /// use treatyline::construct::{ConstructSettings, Construction};
    /// use treatyline::io::Input;
    ///
    /// let list = "latitude,longitude,edge,system\n49N,123W,parallel,WGS 84\n49N,95W,none,\n";
    /// let input = Input::bytes("list.csv", list.as_bytes());
    /// let open = |name: &str| Input::path(name.as_ref());
    /// let built = Construction::read(&input, &ConstructSettings::default(), &open)?;
    /// // A geodesic between the two is twelve kilometres shorter.
    /// assert_eq!(built.line().length().km().round(), 2049.0);
    /// # Ok::<(), treatyline::problem::Problems>(())
    /// ```
    pub fn read(
        input: &Input,
        settings: &ConstructSettings,
        open: &OpenFile<'_>,
    ) -> Result<Self, Problems> {
        let source = input.text()?;
        let list = List::read(&source)?;
        Builder { source: &source, list: &list, settings, files: Files::new(open) }.build()
    }

    /// The line of the first reading, on WGS 84: geodesics between so many vertices that none is
    /// farther from its course than the tolerance.
    #[must_use]
    pub fn line(&self) -> &Line {
        &self.first.line
    }

    /// All readings.
    pub(crate) fn readings(&self) -> impl Iterator<Item = &Reading> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// Whether nothing that is printed contradicts the line.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.checks.iter().all(|check| check.outcome != Outcome::Inconsistent)
    }
}

struct Builder<'a> {
    source: &'a Source,
    list: &'a List,
    settings: &'a ConstructSettings,
    files: Files<'a>,
}

impl Builder<'_> {
    fn build(mut self) -> Result<Construction, Problems> {
        let head = &self.list.settings;
        let tolerance_m = self.number("tolerance_m", 1e-4, 1e4)?;
        let tolerance_m = self.settings.tolerance_m.or(tolerance_m).unwrap_or(TOLERANCE_M);
        let accuracy_m = self.number("accuracy_m", 0.0, 1e6)?;
        let total = head.get("total").map(|text| PrintedLength::read("total", text)).transpose();
        let total = total.map_err(|fault| self.setting("total", fault))?;
        let readings = self.readings(tolerance_m)?;
        let between = between(&readings);
        let checks = checks::all(&self.list.rows, total.as_ref(), &readings);
        let checks = checks.map_err(|(row, key, fault)| self.row_problem(row, key, fault))?;
        let mut readings = readings.into_iter();
        let too_few = || problem(self.source, "", ConstructFault::TooFew { count: 0 });
        let first = readings.next().ok_or_else(too_few)?;
        let instrument =
            |row: &Row| row.get("instrument").or(head.get("instrument")).map(Into::into);
        Ok(Construction {
            title: head.get("title").map(str::to_owned),
            file: self.source.name().to_owned(),
            sha256: digest([self.source.text().as_bytes()]),
            tolerance_m,
            accuracy_m,
            instruments: self.list.rows.iter().map(instrument).collect(),
            notes: self.list.rows.iter().map(|row| row.get("note").map(Into::into)).collect(),
            first,
            others: readings.collect(),
            between,
            checks,
        })
    }

    /// The operation to WGS 84 that was asked for, by the caller or by the list.
    fn operation(&self) -> Option<&str> {
        self.settings.operation.as_deref().or(self.list.settings.get("operation"))
    }

    /// A number among the settings.
    fn number(&self, key: &'static str, least: f64, most: f64) -> Result<Option<f64>, Problems> {
        let Some(text) = self.list.settings.get(key) else { return Ok(None) };
        let found = text.parse().ok().filter(|it| (least..=most).contains(it));
        let fault = || place::value(key, text, "a number of metres, as in 0.1, within reason");
        found.map(Some).ok_or_else(|| self.setting(key, fault()).into())
    }

    fn setting(&self, key: &str, fault: ConstructFault) -> Problem {
        problem(self.source, self.list.settings.place(key), fault)
    }

    fn row_problem(&self, row: usize, key: &str, fault: ConstructFault) -> Problem {
        let key = fault.key().unwrap_or(key);
        let place = self.list.rows.get(row).map_or_else(String::new, |row| row.place(key));
        problem(self.source, place, fault)
    }

    fn readings(&mut self, tolerance_m: f64) -> Result<Vec<Reading>, Problems> {
        let head = &self.list.settings;
        let default = head.get("edge").map_or(Ok(Kind::Unstated), Kind::read);
        let default = default.map_err(|fault| self.setting("edge", fault))?;
        let troubles = unused::unused(&self.list.rows, &default);
        if !troubles.is_empty() {
            return Err(self.problems(troubles));
        }
        let stated = self.settings.system.as_deref().or(head.get("system")).unwrap_or(UNSTATED);
        let is_datum_unstated = stated.eq_ignore_ascii_case(UNSTATED) || stated == "unknown";
        let system = if is_datum_unstated { datum::WGS84_NAME } else { stated };
        if self.operation().is_some() && datum::is_wgs84(system) {
            let wanted = "the system from which the asked operation leads to WGS 84";
            return Err(self.setting("system", place::value("system", stated, wanted)).into());
        }
        let mut readings: Vec<Reading> = Vec::new();
        for (kind, name) in &KINDS {
            let mut reading = self.reading(system, &default, kind, tolerance_m)?;
            let is_all_stated = reading.edges.iter().all(|edge| edge.is_stated);
            reading.name = match (is_all_stated, is_datum_unstated) {
                (true, true) => reading.name,
                (true, false) => "as stated".to_owned(),
                (false, true) => format!("{name}, {}", reading.name),
                (false, false) => (*name).to_owned(),
            };
            readings.push(reading);
            if is_all_stated {
                break;
            }
        }
        if is_datum_unstated {
            self.other_datums(&default, tolerance_m, &mut readings)?;
        }
        Ok(readings)
    }

    /// The same in every other system of the region, with unstated edges as geodesics.
    fn other_datums(
        &mut self,
        default: &Kind,
        tolerance_m: f64,
        readings: &mut Vec<Reading>,
    ) -> Result<(), Problems> {
        let Some(first) = readings.first() else { return Ok(()) };
        let middle = first.points[first.points.len() / 2].at;
        let suffix = if readings.len() > 1 { "geodesics, " } else { "" };
        // The list counts longitudes from Greenwich, or from what it names.
        let counts_so = |system: &String| prime_meridian_deg(system) == Ok(0.0);
        for system in systems_at(middle).into_iter().filter(counts_so) {
            // A system whose operation does not reach is none of these points'.
            let Ok(mut reading) = self.reading(&system, default, &KINDS[0].0, tolerance_m) else {
                continue;
            };
            let same = readings.iter_mut().find(|known| is_same(known, &reading));
            match same {
                Some(known) => known.same.push(reading.name),
                None => {
                    reading.name = format!("{suffix}{}", reading.name);
                    readings.push(reading);
                }
            }
        }
        Ok(())
    }

    /// One reading, called like its system.
    fn reading(
        &mut self,
        system: &str,
        default: &Kind,
        unstated: &Kind,
        tolerance_m: f64,
    ) -> Result<Reading, Problems> {
        let operation = self.operation().map(str::to_owned);
        let operation = operation.as_deref();
        let of_points_m = self.number("accuracy_m", 0.0, 1e6)?.unwrap_or(0.0);
        let fault = |fault| self.setting("system", fault);
        // Which operation is chosen depends on where the points are.
        let rough = Datum::new(system, operation, &[]).map_err(fault)?;
        let places: Vec<Coord> = self.points(&rough)?.iter().map(|point| point.at).collect();
        let fault = |fault| self.setting("system", fault);
        let datum = Datum::new(system, operation, &places).map_err(fault)?;
        let mut points = self.points(&datum)?;
        let mut draft = Draft {
            datum: &datum,
            rows: &self.list.rows,
            points: &points,
            default,
            unstated,
            tolerance_m,
            files: &mut self.files,
        };
        let edges = draft.edges().map_err(|troubles| self.problems(troubles))?;
        for point in &mut points {
            let at = datum.to_wgs84(point.at);
            point.at = at.map_err(|fault| self.setting("system", fault))?;
        }
        let line = Line::of_stretches(Reading::stretches(&edges));
        let no_line = |fault: crate::line::LineFault| self.source.problem("", Fault::from(fault));
        Ok(Reading {
            name: datum.name.clone(),
            same: Vec::new(),
            operation: datum.operation().cloned(),
            accuracy_m: datum.accuracy_m(),
            of_points_m,
            length: edges.iter().map(|edge| edge.length).sum(),
            line: line.map_err(no_line)?,
            points,
            edges,
        })
    }

    /// Whether the system of a list that names a prime meridian counts from Greenwich.
    fn check_prime_meridian(&self, datum: &Datum) -> Result<(), Problems> {
        const KEY: &str = "prime_meridian";
        let own = datum.prime_meridian_deg().map_err(|fault| self.setting("system", fault))?;
        if own == 0.0 {
            return Ok(());
        }
        let wanted = "left out, because the longitudes of the system count from its own";
        let text = self.list.settings.get(KEY).unwrap_or_default();
        Err(self.setting(KEY, place::value(KEY, text, wanted)).into())
    }

    fn points(&mut self, datum: &Datum) -> Result<Vec<Point>, Problems> {
        let prime = self.list.settings.get("prime_meridian").map(sky::prime_meridian_deg);
        let prime = prime.transpose().map_err(|fault| self.setting("prime_meridian", fault))?;
        if prime.is_some() && datum.operation().is_some() {
            self.check_prime_meridian(datum)?;
        }
        let prime_deg = prime.unwrap_or(0.0);
        let is_exact = match self.list.settings.get("exact") {
            None | Some("false") => false,
            Some("true") => true,
            Some(other) => {
                let fault = place::value("exact", other, "true or false");
                return Err(self.setting("exact", fault).into());
            }
        };
        let files = &mut self.files;
        let mut points = Points { datum, prime_deg, is_exact, known: Vec::new(), files };
        let mut troubles: Vec<RowTrouble> = Vec::new();
        for (number, row) in self.list.rows.iter().enumerate() {
            if let Err(trouble) = points.add(row) {
                troubles.push((number, trouble));
            }
        }
        let known = points.known;
        if known.is_empty() && troubles.is_empty() {
            let fault = ConstructFault::TooFew { count: 0 };
            return Err(problem(self.source, "", fault).into());
        }
        // What is derived from a point without a place has none because of that.
        let faulty = |name: &str| {
            let mut names =
                troubles.iter().filter_map(|(row, _)| self.list.rows[*row].get("point"));
            names.any(|other| other == name)
        };
        let is_consequence = |trouble: &Trouble| match trouble {
            Trouble::Key(_, ConstructFault::UnknownPoint { name, .. }) => faulty(name),
            _ => false,
        };
        let is_own: Vec<bool> = troubles.iter().map(|(_, it)| !is_consequence(it)).collect();
        let mut is_own = is_own.into_iter();
        troubles.retain(|_| is_own.next() == Some(true));
        if troubles.is_empty() { Ok(known) } else { Err(self.problems(troubles)) }
    }

    fn problems(&self, troubles: Vec<RowTrouble>) -> Problems {
        let mut all: Vec<Problem> = Vec::new();
        for (row, trouble) in troubles {
            match trouble {
                Trouble::Key(key, fault) => all.push(self.row_problem(row, key, fault)),
                Trouble::Files(problems) => all.extend(problems),
            }
        }
        // There is at least one.
        Problems::none_or(all, ())
            .err()
            .unwrap_or_else(|| problem(self.source, "", ConstructFault::TooFew { count: 0 }).into())
    }
}
