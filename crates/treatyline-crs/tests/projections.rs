//! Projections without PROJ against PROJ: `scripts/make_projections.py` writes `projections.txt`.
#![cfg(feature = "projections")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use geo_types::Coord;
use treatyline_crs::internal::{Projection, Projector};

/// What a projection without PROJ may differ by.
const NEAR_M: f64 = 1e-3;
/// Meridians and parallels are no closer than this to a metre, at any latitude.
const DEGREE_M: f64 = 111_700.0;

/// A place of the table: longitude, latitude, easting, northing.
fn numbers(line: &str) -> [f64; 4] {
    let numbers: Vec<f64> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
    numbers.try_into().unwrap()
}

fn off_m(projector: &Projector, [lon, lat, x, y]: [f64; 4]) -> f64 {
    let reached = projector.to_degrees(Coord { x, y }).unwrap();
    let east = ((reached.x - lon + 540.0).rem_euclid(360.0) - 180.0) * lat.to_radians().cos();
    let (east_m, north_m) = (east * DEGREE_M, (reached.y - lat) * DEGREE_M);
    let projected = projector.to_plane(Coord { x: lon, y: lat }).unwrap();
    let plane = (projected.x - x).hypot(projected.y - y);
    // In feet it is less in metres.
    east_m.hypot(north_m).max(plane)
}

#[test]
fn every_projection_that_is_known_agrees_with_proj_to_below_a_millimetre_all_over_its_area() {
    let mut wrong = Vec::new();
    let (mut system, mut projector) = ("", None);
    let mut places = 0;
    for line in include_str!("projections.txt").lines() {
        if let Some(definition) = line.strip_prefix('=') {
            system = definition;
            projector = Projection::read(definition).map(|found| found.open().unwrap());
            if projector.is_none() {
                wrong.push(format!("not known: {system}"));
            }
            continue;
        }
        let Some(projector) = &projector else { continue };
        let off_m = off_m(projector, numbers(line));
        places += 1;
        if off_m.is_nan() || off_m >= NEAR_M {
            wrong.push(format!("{off_m} m at {line} of {system}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(places > 3000, "{places}");
}

#[test]
fn what_is_not_a_projection_of_wgs84_that_is_known_here_is_left_to_proj() {
    let utm = include_str!("projections.txt").lines().find(|line| line.starts_with("=PROJCS"));
    let utm = &utm.unwrap()[1..];
    assert!(Projection::read(utm).is_some(), "{utm}");
    for (from, to) in [
        ("Transverse_Mercator", "Oblique_Stereographic"),
        ("D_WGS_1984", "D_Pulkovo_1942"),
        ("6378137.0", "6378245.0"),
        ("\"Greenwich\",0.0", "\"Paris\",2.3"),
        ("\"Degree\",0.0174532925199433", "\"Grad\",0.0157079632679490"),
        ("Scale_Factor", "Azimuth"),
        ("PARAMETER[\"Central_Meridian\",81.0],", ""),
        ("\"Meter\",1.0", "\"Meter\",-1.0"),
        ("\"Meter\",1.0]", "\"Meter\",1.0],AXIS[\"X\",SOUTH],AXIS[\"Y\",WEST]"),
        ("298.257223563]", "298.257223563],TOWGS84[1,0,0,0,0,0,0]"),
    ] {
        let other = utm.replace(from, to);
        assert_ne!(other, utm, "{from}");
        assert!(Projection::read(&other).is_none(), "{other}");
    }
    for text in [
        "EPSG:28415",
        "EPSG:4326",
        "EPSG:25832",
        "EPSG:",
        "EPSG:32661.5",
        "ESRI:102025",
        "",
        "{",
        "{}",
        "+",
        "PROJCS[",
        "+proj=utm +zone=44",
        "+proj=utm +zone=61 +datum=WGS84",
        "+proj=utm +zone=44 +datum=WGS84 +units=us-ft",
        "+proj=lcc +lat_1=nan +datum=WGS84",
        "+proj=stere +lat_0=45 +lon_0=0 +datum=WGS84",
        "+proj=merc +lon_0=0 +k=1 +lat_ts=3 +datum=WGS84",
        "+proj=tmerc +lat_0=91 +lon_0=0 +datum=WGS84",
    ] {
        assert!(Projection::read(text).is_none(), "{text}");
    }
    // Which of its parameters there is no projection with, only its formulas know.
    let flat = Projection::read("+proj=lcc +lat_1=0 +lat_0=0 +lon_0=0 +datum=WGS84");
    assert!(flat.is_none_or(|flat| flat.open().is_err()));
}

#[test]
fn no_number_is_too_large_for_a_projection() {
    for line in include_str!("projections.txt").lines().filter(|line| line.starts_with('=')) {
        let projector = Projection::read(&line[1..]).unwrap().open().unwrap();
        for x in [1e7, 1e9, 1e15, 1e200, f64::MAX, f64::NAN, f64::INFINITY] {
            for place in [Coord { x, y: 0.0 }, Coord { x: 0.0, y: -x }, Coord { x: -x, y: x }] {
                for reached in [projector.to_degrees(place), projector.to_plane(place)] {
                    assert!(reached.is_err() || reached.unwrap().x.is_finite(), "{place:?} {line}");
                }
            }
        }
    }
}
