//! Places of all continents in sixty systems, against pyproj with the operation named
//! (`scripts/make_systems.py` writes `systems.csv`).
#![cfg(feature = "proj")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use geo_types::Coord;
use treatyline_crs::internal::{Transformation, system};

/// A tenth of a millimetre along the equator.
const NEAR_DEG: f64 = 1e-9;

/// What is lost between two datums: an operation is declared for places on the ellipsoid, and the
/// height that it gives them is dropped: of a shift by 900 m, 60 m of height are 8 mm.
const BETWEEN_DATUMS_DEG: f64 = 1e-7;

/// Each system of the list, with the cells of its rows.
fn systems() -> Vec<(&'static str, Vec<Vec<&'static str>>)> {
    let mut all: Vec<(&str, Vec<Vec<&str>>)> = Vec::new();
    for row in include_str!("systems.csv").lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        match all.last_mut() {
            Some((code, rows)) if *code == cells[0] => rows.push(cells),
            _ => all.push((cells[0], vec![cells])),
        }
    }
    all
}

fn numbers(cells: &[&str]) -> [Coord; 2] {
    let number = |at: usize| cells[at].parse::<f64>().unwrap();
    [Coord { x: number(2), y: number(3) }, Coord { x: number(4), y: number(5) }]
}

fn off_deg(a: Coord, b: Coord) -> f64 {
    let east = (a.x - b.x + 180.0).rem_euclid(360.0) - 180.0;
    (east * b.y.to_radians().cos()).hypot(a.y - b.y)
}

#[test]
fn places_come_where_pyproj_brings_them_and_through_the_same_operation() {
    let mut wrong = Vec::new();
    let systems = systems();
    assert!(systems.len() >= 60, "{}", systems.len());
    for (code, rows) in systems {
        assert_eq!(rows.len(), 5, "{code}");
        let places: Vec<Coord> = rows.iter().map(|cells| numbers(cells)[0]).collect();
        let found = Transformation::choose(code, &places, None);
        let found = found.unwrap_or_else(|error| panic!("{code}: {error}"));
        let operation = found.chosen().operation.as_ref().and_then(|it| it.code.clone());
        let operation = operation.unwrap_or("-".to_owned());
        let converter = found.open().unwrap();
        for cells in rows {
            let [place, expected] = numbers(&cells);
            let at = converter.convert(place).unwrap();
            if operation != cells[1] || off_deg(at, expected) >= NEAR_DEG {
                wrong.push(format!("{cells:?}: {operation}, {at:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A grid over the area of a system, of WGS 84 as it is or as far as it is used, in degrees.
fn grid(code: &str) -> Vec<Coord> {
    let area = system(code).ok().and_then(|system| system.area_of_use);
    let [west, south, east, north] =
        area.map_or([-180.0, -90.0, 180.0, 90.0], |area| area.bounds_deg);
    // Across the antimeridian the eastern side has the smaller longitude; poles have none.
    let width =
        if west == -180.0 && east == 180.0 { 360.0 } else { (east - west).rem_euclid(360.0) };
    let (south, north) = (south.max(-89.0), north.min(89.0));
    let steps = || (0..=6).map(f64::from);
    let place = |i: f64, j: f64| {
        let x = (west + width * i / 6.0 + 180.0).rem_euclid(360.0) - 180.0;
        Coord { x, y: south + (north - south) * j / 6.0 }
    };
    steps().flat_map(|i| steps().map(move |j| place(i, j))).collect()
}

/// Places on a grid over the area of each system, from WGS 84 and back.
#[test]
fn places_all_over_the_area_of_a_system_come_back() {
    let (mut count, mut places, mut wrong) = (0, 0, Vec::new());
    for (code, rows) in systems() {
        let near = [numbers(&rows[0])[0]];
        let transformation = Transformation::choose(code, &near, None).unwrap();
        let converter = transformation.open().unwrap();
        let is_exact =
            transformation.chosen().operation.as_ref().is_none_or(|it| it.code.is_none());
        let near_deg = if is_exact { NEAR_DEG } else { BETWEEN_DATUMS_DEG };
        for place in grid(code) {
            let back = converter.convert(converter.back(place).unwrap());
            let off = back.as_ref().map_or(f64::INFINITY, |back| off_deg(*back, place));
            if off >= near_deg {
                wrong.push(format!("{code}: {place:?} comes back as {back:?}, {off:e}"));
            }
            places += 1;
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 60 && places >= 2_900, "{count} systems, {places} places");
}
