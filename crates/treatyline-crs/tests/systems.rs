//! Places of all continents in sixty systems, against pyproj with the operation named
//! (`scripts/make_systems.py` writes `systems.csv`).
#![cfg(feature = "proj")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use geo_types::Coord;
use treatyline_crs::internal::Transformation;

/// A tenth of a millimetre along the equator.
const NEAR_DEG: f64 = 1e-9;

#[test]
fn places_come_where_pyproj_brings_them_and_through_the_same_operation() {
    let mut wrong = Vec::new();
    let rows = include_str!("systems.csv").lines().skip(1);
    assert!(rows.clone().count() >= 60);
    for row in rows {
        let cells: Vec<&str> = row.split(',').collect();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        let place = Coord { x: number(2), y: number(3) };
        let outcome = Transformation::choose(cells[0], &[place], None).and_then(|found| {
            let operation = found.chosen().operation.as_ref().and_then(|it| it.code.clone());
            Ok((operation.unwrap_or("-".to_owned()), found.open()?.convert(place)?))
        });
        let is_right = outcome.as_ref().is_ok_and(|(operation, at)| {
            operation == cells[1]
                && (at.x - number(4)).abs() < NEAR_DEG
                && (at.y - number(5)).abs() < NEAR_DEG
        });
        if !is_right {
            wrong.push(format!("{row}: {outcome:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
