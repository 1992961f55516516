//! The positions of a file, as they are written and as their file states them.

use geo::Coord;

use super::few::Doubt;
use super::printed::{half_step_m, reading_m};
use super::readings::{self, Reading};
use super::{Agreement, Identification, thinned};
use crate::geodesy::datum::{AS_WRITTEN, WGS84};
use crate::io::{DataSet, Input, PrintedTable, read};
use crate::line::Line;
use crate::problem::Problems;

/// The line on which positions are known to be.
#[derive(Debug, Clone, Copy)]
pub struct KnownLine<'a> {
    /// The line.
    pub line: &'a Line,
    /// How far a place of it may be from where it is, in metres; 0 where nobody says.
    pub accuracy_m: f64,
    /// How far all of it may be from where it is, in one direction: for the operation that brought it to
    /// WGS 84, or because the caller says so.
    pub shift_m: f64,
}

impl KnownLine<'_> {
    fn doubt(&self, rounded_m: Vec<f64>) -> Doubt {
        Doubt { line_m: self.accuracy_m, shift_m: self.shift_m, rounded_m }
    }
}

impl Identification {
    /// Looks for the system of a file, all positions of which are expected on or near a line.
    ///
    /// # Errors
    /// As [`read`]: a file that cannot be read by the system that it states, nor as longitudes and
    /// latitudes.
    pub fn of_file(input: &Input, known: KnownLine<'_>) -> Result<Self, Problems> {
        let as_stated = read(input);
        let written = read(&input.clone().with_crs(Some(WGS84.to_owned())).with_operation(None));
        let (mut readings, as_stated) = match (written, as_stated) {
            (Ok(written), as_stated) => {
                let written = thinned(&positions(&written));
                let is_empty = written.is_empty();
                let found = if is_empty { Vec::new() } else { readings::all(&written, known.line) };
                (found, as_stated.ok())
            }
            // Not degrees.
            (Err(problems), as_stated) => {
                let metres = in_metres(input);
                if metres.is_empty() && as_stated.is_err() {
                    return Err(problems.into());
                }
                (readings::plane(&metres, false, known.line), as_stated.ok())
            }
        };
        put_first(&mut readings, as_stated.and_then(|data| stated(&data)));
        let doubt = known.doubt(Vec::new());
        Ok(Self::new(readings, known.line, &doubt))
    }

    /// Looks for the system of printed points: in degrees and in metres, compared with each other,
    /// or on a line, or both.
    #[must_use]
    pub fn of_table(table: &PrintedTable, input: &Input, known: Option<KnownLine<'_>>) -> Self {
        let agreement = Agreement::new(table);
        let Some(known) = known else {
            let positions = agreement.as_ref().map_or(0, |it| it.points.len());
            return Self { positions, candidates: Vec::new(), agreement, shift_m: 0.0 };
        };
        let (mut degrees, mut metres) = (Written::default(), Written::default());
        for row in &table.rows {
            let reading_m = row.map_scale.map_or(0.0, reading_m);
            if let Some([lat, lon]) = row.degrees {
                let at = Coord { x: lon.value, y: lat.value };
                degrees.add(at, reading_m + half_step_m([lat, lon]));
            } else if let Some([x, y]) = row.plane {
                let at = Coord { x: x.value, y: y.value };
                metres.add(at, reading_m + x.half_step.hypot(y.half_step));
            }
        }
        // Metres alone are looked at where there are no degrees.
        let (mut readings, written) = if degrees.positions.is_empty() {
            let positions = thinned(&metres.positions);
            (readings::plane(&positions, table.names_northings, known.line), metres)
        } else {
            (readings::all(&thinned(&degrees.positions), known.line), degrees)
        };
        // What the user says of the system.
        put_first(&mut readings, read(input).ok().and_then(|data| stated(&data)));
        let doubt = known.doubt(written.rounded_m);
        Self { agreement, ..Self::new(readings, known.line, &doubt) }
    }
}

/// Positions as they are written, and how far rounding may have moved each, in metres.
#[derive(Default)]
struct Written {
    positions: Vec<Coord>,
    rounded_m: Vec<f64>,
}

impl Written {
    fn add(&mut self, at: Coord, rounded_m: f64) {
        self.positions.push(at);
        self.rounded_m.push(rounded_m);
    }
}

/// Some of the numbers of a file as they are written; none where it has no positions that can be read.
fn in_metres(input: &Input) -> Vec<Coord> {
    let written = input.clone().with_crs(Some(AS_WRITTEN.to_owned())).with_operation(None);
    let found = read(&written).map_or_else(|_| Vec::new(), |data| positions(&data));
    let in_metres = |at: Coord| Coord { x: at.x * 1e6, y: at.y * 1e6 };
    thinned(&found).into_iter().map(in_metres).collect()
}

/// A reading goes before the others, and in the place of the one of its name.
fn put_first(readings: &mut Vec<Reading>, first: Option<Reading>) {
    if let Some(first) = first {
        readings.retain(|reading| reading.name != first.name);
        readings.insert(0, first);
    }
}

/// The reading that a file states; `None` for one in WGS 84.
fn stated(data: &DataSet) -> Option<Reading> {
    let operation = data.fixes.conversions().first()?.clone();
    let name = operation.system.clone();
    Some(Reading { name, operation: Some(operation), positions: thinned(&positions(data)) })
}

fn positions(data: &DataSet) -> Vec<Coord> {
    let mut all = Vec::new();
    data.features.iter().for_each(|it| it.shape.each(&mut |at| all.push(at)));
    all
}
