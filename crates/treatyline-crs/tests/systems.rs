//! Places of all continents in sixty systems, against pyproj with the operation named
//! (`scripts/make_systems.py` writes `systems.csv`).
#![cfg(feature = "proj")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use geo_types::Coord;
use treatyline_crs::between;
use treatyline_crs::internal::{Transformation, system};

/// A tenth of a millimetre along the equator.
const NEAR_DEG: f64 = 1e-9;

/// Before its version 9.7, PROJ turns equal-area projections back to 1.6 mm only (`docs/crs.md`).
const EQUAL_AREA_DEG: f64 = 2e-8;

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

/// Places on a grid over the area of each projected system, there and back.
#[test]
fn places_all_over_the_area_of_a_system_come_back() {
    let mut codes: Vec<&str> = include_str!("systems.csv")
        .lines()
        .skip(1)
        .filter_map(|row| row.split(',').next())
        .filter(|code| code.starts_with("EPSG:") || code.starts_with("ESRI:"))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let (mut systems, mut places) = (0, 0);
    for code in codes {
        let Ok(system) = system(code) else { continue };
        let (Some(base), Some(area)) = (&system.base, &system.area_of_use) else { continue };
        let projection = between(base, code).unwrap();
        let [west, south, east, north] = area.bounds_deg;
        // Across the antimeridian the eastern side has the smaller longitude; poles have none.
        let width = (east - west).rem_euclid(360.0);
        let (south, north) = (south.max(-89.0), north.min(89.0));
        for (i, j) in (0..=6).flat_map(|i| (0..=6).map(move |j| (f64::from(i), f64::from(j)))) {
            let x = (west + width * i / 6.0 + 180.0).rem_euclid(360.0) - 180.0;
            let place = Coord { x, y: south + (north - south) * j / 6.0 };
            let there = projection.forward(place).unwrap();
            let back = projection.inverse(there).unwrap();
            let east = (back.x - place.x + 180.0).rem_euclid(360.0) - 180.0;
            let off = (east * place.y.to_radians().cos()).hypot(back.y - place.y);
            let is_equal_area = ["LAEA", "EASE", "Equal Area", "Albers"]
                .iter()
                .any(|name| system.name.contains(name));
            let near_deg = if is_equal_area { EQUAL_AREA_DEG } else { NEAR_DEG };
            assert!(off < near_deg, "{code}, {}: {place:?} comes back as {back:?}", system.name);
            places += 1;
        }
        systems += 1;
    }
    assert!(systems >= 40 && places > 1_900, "{systems} systems, {places} places");
}
