//! Which coordinate system numbers are in, found by where a line is known to be.
//!
//! Each reading of the numbers puts them somewhere else: another datum moves them by some ten to
//! hundreds of metres, exchanged axes by thousands of kilometres. The reading that brings them onto
//! the line without an offset is the one they were written in; where several do so within what the
//! offset is uncertain by, the numbers cannot tell.

mod agreement;
mod few;
mod offset;
pub(crate) mod printed;
mod read;
mod readings;

use geo::Coord;
use rayon::prelude::*;

use crate::geodesy::datum::ChosenOperation;
use crate::line::Line;
use crate::quantity::Metres;
pub(crate) use agreement::{Agreement, GridReading};
use few::Doubt;
pub(crate) use few::FewPositions;
pub use offset::LEAST as LEAST_OFFSET;
pub(crate) use offset::Offset;
pub use read::KnownLine;
pub(crate) use readings::Reading;

/// A reading of the numbers, and where it puts them.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    /// What it is called.
    pub(crate) name: String,
    /// How it brings the numbers to WGS 84; `None` for numbers taken as WGS 84.
    pub(crate) operation: Option<ChosenOperation>,
    /// Half of the places are nearer to the line than this.
    pub(crate) distance: Metres,
    /// How the places lie to the line; `None` where they are too far from it, or too few.
    pub(crate) offset: Option<Offset>,
    /// How they lie to it, one by one, where they are few.
    pub(crate) few: Option<FewPositions>,
}

/// All readings, the nearest first.
#[derive(Debug, Clone)]
pub struct Identification {
    /// How many positions were looked at.
    pub(crate) positions: usize,
    /// The readings; none without a line.
    pub(crate) candidates: Vec<Candidate>,
    /// What points say that are printed in degrees and in metres.
    pub(crate) agreement: Option<Agreement>,
    /// How far all of the line may be from where it is, in one direction, in metres.
    pub(crate) shift_m: f64,
}

/// What can be said of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// It lies on the line: its offset is no larger than it is uncertain by.
    Fits,
    /// It lies on the line, but another one puts all positions onto vertices.
    Beside,
    /// It has an offset of its own.
    Offset,
    /// It is too far from the line to be compared.
    Elsewhere,
}

/// About this number of positions is looked at.
const MOST_POSITIONS: usize = 600;
/// This number of positions is looked at first.
const FEW: usize = 15;
/// If half of them are farther than this from the line, all are elsewhere.
const FAR_M: f64 = 20_000.0;
/// Readings that put the positions less than this apart are one for a boundary's purposes.
const SAME_M: f64 = 0.5;
/// An offset is real if it is larger than this number of its standard errors.
const CERTAIN: f64 = 3.0;
/// What happens by chance less often than this is hardly chance.
const RARE: f64 = 0.05;
/// An offset below this says nothing of a datum: positions are rounded.
const LEAST_M: f64 = 0.1;

impl Identification {
    /// Looks for the reading of positions that brings them onto a line.
    fn new(readings: Vec<Reading>, line: &Line, doubt: &Doubt) -> Self {
        let positions = readings.iter().map(|it| it.positions.len()).max().unwrap_or(0);
        let judged = readings.into_par_iter().map(|reading| Candidate::new(reading, line, doubt));
        let mut candidates: Vec<Candidate> = judged.collect();
        candidates.sort_by(|a, b| a.distance.value().total_cmp(&b.distance.value()));
        Self { positions, candidates, agreement: None, shift_m: doubt.shift_m }
    }

    /// How far the line may be from where it is, where few positions are compared with it.
    pub(crate) fn line_m(&self) -> Option<f64> {
        self.candidates.iter().find_map(|it| it.few.as_ref()).map(|few| few.line_m)
    }

    /// Whether a reading lies on the line.
    pub(crate) fn fit(&self, candidate: &Candidate) -> Fit {
        if let Some(few) = &candidate.few {
            return match candidate.distance.value() {
                _ if few.are_on_line() => {
                    let is_beside = self.is_by_vertices() && !few.are_at_vertices();
                    if is_beside { Fit::Beside } else { Fit::Fits }
                }
                far_m if far_m > FAR_M => Fit::Elsewhere,
                _ => Fit::Offset,
            };
        }
        let Some(offset) = &candidate.offset else { return Fit::Elsewhere };
        let operation_m = operation_m(candidate.operation.as_ref());
        let explained = CERTAIN * offset.uncertain_m + operation_m + self.shift_m + LEAST_M;
        if offset.length_m() <= explained { Fit::Fits } else { Fit::Offset }
    }

    /// Whether a reading of a few positions puts all of them onto vertices, which is hardly chance:
    /// of as many readings as lie on the line none would do so, nineteen times of twenty.
    fn is_by_vertices(&self) -> bool {
        let few = self.candidates.iter().filter_map(|it| it.few.as_ref());
        let on_line: Vec<&FewPositions> = few.filter(|few| few.are_on_line()).collect();
        let is_rare = |few: &&FewPositions| few.chance * (on_line.len() as f64) < RARE;
        on_line.iter().any(is_rare)
    }

    /// Whether a reading of the numbers lies on the line, if there is one, and degrees and metres
    /// agree, if both are printed.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let is_apart = self.agreement.as_ref().is_some_and(|it| it.agreeing().is_empty());
        let is_elsewhere = !self.candidates.is_empty() && self.fitting().is_empty();
        let is_empty = self.candidates.is_empty() && self.agreement.is_none();
        !(is_apart || is_elsewhere || is_empty)
    }

    /// Whether the readings that lie on the line are one for a boundary's purposes.
    pub(crate) fn is_one(&self) -> bool {
        let fitting = self.fitting();
        if let Some(first) = fitting.first().and_then(|first| first.few.as_ref()) {
            let others = fitting.iter().filter_map(|other| other.few.as_ref());
            return others.map(|other| first.apart_m(other)).all(|apart_m| apart_m < SAME_M);
        }
        let Some(offset) = fitting.first().and_then(|first| first.offset) else { return false };
        let is_same = |other: &Offset| {
            let (east, north) = (other.east_m - offset.east_m, other.north_m - offset.north_m);
            east.hypot(north) < SAME_M
        };
        fitting.iter().filter_map(|other| other.offset.as_ref()).all(is_same)
    }

    /// The readings that lie on the line and that the numbers cannot distinguish.
    pub(crate) fn fitting(&self) -> Vec<&Candidate> {
        let all = self.candidates.iter();
        all.filter(|candidate| self.fit(candidate) == Fit::Fits).collect()
    }
}

impl Candidate {
    fn new(reading: Reading, line: &Line, doubt: &Doubt) -> Self {
        let Reading { name, operation, positions } = reading;
        // A few positions show what is elsewhere; the nearest point of a far one is slow to find.
        let few = positions.len().div_ceil(FEW).max(1);
        let mut median = middle(positions.iter().step_by(few), line);
        if median <= FAR_M {
            median = middle(positions.iter(), line);
        }
        let offset = Offset::new(&positions, line, median);
        let is_few = positions.len() < offset::LEAST && median.is_finite();
        let operation_m = operation_m(operation.as_ref());
        let few = || FewPositions::new(&positions, operation_m, doubt, line);
        let few = if is_few { few() } else { None };
        Self { name, operation, distance: Metres::new(median), offset, few }
    }
}

/// How far an operation may have put a place from where it is, in metres.
fn operation_m(operation: Option<&ChosenOperation>) -> f64 {
    operation.and_then(|chosen| chosen.accuracy_m).unwrap_or(0.0)
}

/// The middle one of the distances of some positions from a line, in metres.
fn middle<'a>(positions: impl Iterator<Item = &'a Coord>, line: &Line) -> f64 {
    let mut apart: Vec<f64> = positions.map(|at| line.locate(*at).distance.value()).collect();
    apart.sort_by(f64::total_cmp);
    apart.get(apart.len() / 2).copied().unwrap_or(f64::INFINITY)
}

/// Some of the positions, at equal steps.
fn thinned(positions: &[Coord]) -> Vec<Coord> {
    let step = positions.len().div_ceil(MOST_POSITIONS).max(1);
    positions.iter().step_by(step).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Line {
        let at = |i: i32| {
            let turn = f64::from(i) * 0.7;
            Coord { x: 80.0 + f64::from(i) * 0.05, y: 45.0 + 0.2 * turn.sin() }
        };
        Line::new((0..100).map(at).collect()).unwrap()
    }

    fn looked_for(written: &[Coord], line: &Line) -> Identification {
        Identification::new(readings::all(written, line), line, &Doubt::default())
    }

    fn best(identification: &Identification) -> Vec<String> {
        identification.fitting().iter().map(|it| it.name.clone()).collect()
    }

    #[test]
    fn numbers_that_lie_on_the_line_fit_as_they_are() {
        let line = line();
        let found = looked_for(line.vertices(), &line);
        assert!(best(&found).contains(&"WGS 84".to_owned()), "{found:?}");
        assert!(found.candidates[0].distance.value() < 1e-3);
    }

    #[test]
    fn exchanged_axes_and_lost_signs_are_found() {
        let line = line();
        let exchanged: Vec<Coord> =
            line.vertices().iter().map(|at| Coord { x: at.y, y: at.x }).collect();
        let found = looked_for(&exchanged, &line);
        assert_eq!(found.candidates[0].name, "WGS 84, latitude before longitude");
        let west =
            Line::new(line.vertices().iter().map(|at| Coord { x: -at.x, y: at.y }).collect());
        let found = looked_for(line.vertices(), &west.unwrap());
        assert_eq!(found.candidates[0].name, "WGS 84, west longitudes without their sign");
    }

    #[test]
    fn a_line_elsewhere_fits_nothing() {
        let line = line();
        let elsewhere: Vec<Coord> =
            line.vertices().iter().map(|at| Coord { x: at.x + 3.0, y: at.y + 2.0 }).collect();
        let found = looked_for(&elsewhere, &line);
        assert!(best(&found).is_empty(), "{:?}", best(&found));
    }

    #[test]
    fn of_readings_along_a_line_the_one_on_its_vertices_is_the_answer() {
        let at = |x: f64| Coord { x, y: 0.0 };
        let line = Line::new([0.0, 0.5, 1.0].map(at).to_vec()).unwrap();
        let reading = |name: &str, shift: f64| Reading {
            name: name.to_owned(),
            operation: None,
            positions: vec![at(0.5 + shift)],
        };
        // 0.003° are 334 m, along the line.
        let readings = || vec![reading("there", 0.0), reading("aside", 0.003)];
        let doubt = |line_m| Doubt { line_m, ..Doubt::default() };
        let found = Identification::new(readings(), &line, &doubt(5.0));
        assert_eq!(best(&found), ["there"]);
        assert_eq!(found.fit(&found.candidates[1]), Fit::Beside);
        // Where the line is no better than 2 km, a vertex within that may be chance.
        let found = Identification::new(readings(), &line, &doubt(2_000.0));
        assert_eq!(best(&found).len(), 2);
    }

    #[cfg(feature = "proj")]
    #[test]
    fn a_map_of_china_is_recognised_and_pulkovo_is_told_from_wgs84() {
        use crate::geodesy::datum::Transformation;
        let line = line();
        let unlike = |definition: &str| {
            // From WGS 84 to the system: the fixed point of the way back.
            let there = Transformation::choose(definition, line.vertices(), None).unwrap();
            let back = there.open().unwrap();
            let inverse = |at: &Coord| {
                let mut guess = *at;
                for _ in 0..10 {
                    let reached = back.convert(guess).unwrap();
                    guess = Coord { x: guess.x + at.x - reached.x, y: guess.y + at.y - reached.y };
                }
                guess
            };
            looked_for(&line.vertices().iter().map(inverse).collect::<Vec<_>>(), &line)
        };
        let chinese = unlike("GCJ-02");
        assert_eq!(best(&chinese), ["GCJ-02 (of Chinese web maps)"], "{chinese:?}");
        let soviet = unlike("EPSG:4284");
        let names = best(&soviet);
        assert!(names[0].contains("Pulkovo 1942"), "{names:?}");
        assert!(!names.contains(&"WGS 84".to_owned()), "{names:?}");
    }
}
