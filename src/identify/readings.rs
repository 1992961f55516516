//! What numbers may mean.

use geo::Coord;

use crate::geodesy::check_position;
use crate::geodesy::datum::{
    ChosenOperation, ProjectedGrid, Transformation, between, grids_near, systems_at,
};
use crate::line::Line;

/// A reading of numbers.
pub(crate) struct Reading {
    pub(super) name: String,
    pub(super) operation: Option<ChosenOperation>,
    /// The positions on WGS 84.
    pub(super) positions: Vec<Coord>,
}

/// A way to read two numbers as degrees.
type Rule = fn(Coord) -> Coord;

/// What people do to degrees, in words.
const RULES: [(&str, Rule); 6] = [
    ("WGS 84", |at| at),
    ("WGS 84, latitude before longitude", |at| Coord { x: at.y, y: at.x }),
    ("WGS 84, west longitudes without their sign", |at| Coord { x: -at.x, y: at.y }),
    ("WGS 84, south latitudes without their sign", |at| Coord { x: at.x, y: -at.y }),
    ("WGS 84, degrees and minutes written as decimals", |at| each(at, minutes)),
    ("WGS 84, degrees, minutes and seconds written as decimals", |at| each(at, seconds)),
];

/// The systems of Chinese web maps, which no registry has.
const UNREGISTERED: [&str; 2] = ["GCJ-02", "BD-09"];

/// All readings of numbers that are not out of range in them: of degrees on WGS 84, and of degrees
/// in the systems of the region of a line.
pub(super) fn all(written: &[Coord], line: &Line) -> Vec<Reading> {
    let by_rule = RULES.iter().map(|(name, rule)| {
        let positions = written.iter().map(|at| rule(*at)).collect();
        Reading { name: (*name).to_owned(), operation: None, positions }
    });
    let middle = line.vertices()[line.vertices().len() / 2];
    let systems = UNREGISTERED.map(str::to_owned).into_iter().chain(systems_at(middle));
    let by_system = systems.filter_map(|system| in_system(&system, written));
    let is_sound =
        |reading: &Reading| reading.positions.iter().all(|at| check_position(*at).is_ok());
    by_rule.chain(by_system).filter(is_sound).collect()
}

/// Places along a line at which systems are looked for.
const PLACES: usize = 9;
/// A grid that puts the middle one of the positions farther than this from the line, in metres, is
/// none of theirs.
const FAR_M: f64 = 50_000.0;

/// All readings of numbers in metres: in the projected systems along a line, those of neighbouring
/// zones among them, the easting first or, if names do not say which it is, last.
pub(super) fn plane(written: &[Coord], names_northings: bool, line: &Line) -> Vec<Reading> {
    let vertices = line.vertices();
    let step = vertices.len().div_ceil(PLACES).max(1);
    let ends = vertices.first().into_iter().chain(vertices.last());
    let places = vertices.iter().step_by(step).chain(ends).copied();
    let grids = grids_near(&places.collect::<Vec<_>>());
    let exchanged: Vec<Coord> = written.iter().map(|at| Coord { x: at.y, y: at.x }).collect();
    let orders = [(written, ""), (&exchanged, ", northing before easting")];
    let orders = &orders[..if names_northings { 1 } else { 2 }];
    let mut found = Vec::new();
    for ProjectedGrid { systems } in &grids {
        let Some([code, base]) = systems.first() else { continue };
        let Ok(projection) = between(base, code) else { continue };
        for (written, order) in orders {
            let Some(middle) = written.get(written.len() / 2) else { continue };
            // Datums are nearer to each other than this.
            let place = projection.inverse(*middle).ok().filter(|at| check_position(*at).is_ok());
            if place.is_some_and(|at| line.locate(at).distance.value() <= FAR_M) {
                let readings = systems.iter().filter_map(|[code, _]| in_system(code, written));
                found.extend(readings.map(|it| Reading { name: it.name + order, ..it }));
            }
        }
    }
    found
}

/// Numbers in a system from which an operation leads to WGS 84.
fn in_system(system: &str, written: &[Coord]) -> Option<Reading> {
    let transformation = Transformation::choose(system, written, None).ok()?;
    let converter = transformation.open().ok()?;
    let positions: Option<Vec<Coord>> =
        written.iter().map(|at| converter.convert(*at).ok()).collect();
    let operation = transformation.chosen().clone();
    Some(Reading {
        name: operation.system.clone(),
        operation: Some(operation),
        positions: positions?,
    })
}

fn each(at: Coord, read: fn(f64) -> f64) -> Coord {
    Coord { x: read(at.x), y: read(at.y) }
}

/// 42.2508 as 42° 25.08′.
fn minutes(value: f64) -> f64 {
    let degrees = value.trunc();
    degrees + (value - degrees) * 100.0 / 60.0
}

/// 42.2504 as 42° 25′ 04″.
fn seconds(value: f64) -> f64 {
    let degrees = value.trunc();
    let rest = (value - degrees) * 100.0;
    // 0.2500 of a degree is 24.999… minutes in binary.
    let minutes = (rest + rest.signum() * 1e-9).trunc();
    degrees + minutes / 60.0 + (rest - minutes) * 100.0 / 3600.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_and_seconds_are_read_out_of_decimals() {
        assert!((minutes(42.2508) - (42.0 + 25.08 / 60.0)).abs() < 1e-12);
        assert!((seconds(42.2504) - (42.0 + 25.0 / 60.0 + 4.0 / 3600.0)).abs() < 1e-9);
        assert!((seconds(-42.25) - -(42.0 + 25.0 / 60.0)).abs() < 1e-9);
    }
}
