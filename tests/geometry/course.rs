//! What lines follow, against what other programs measured: FACTS, section 10, by shapely and
//! numpy on a plane (`../shared/check`). Where those files are not to hand, nothing is tested.

use std::path::PathBuf;

use treatyline::course::{Course, Rivers, Settings};
use treatyline::drawn::DrawnLine;
use treatyline::geodesy::{Ellipsoid, Geodesic};
use treatyline::internal::course::Carried;
use treatyline::internal::survey::ByRivers;
use treatyline::io::Input;
use treatyline::line::Line;
use treatyline::quantity::Metres;
use treatyline::survey::NamedAttributes;
use treatyline::survey::survey_by_rivers;

use crate::common::shared;

fn line(name: &str) -> Option<Line> {
    let path = shared(&format!("data/lines/{name}.geojson"))?;
    Some(DrawnLine::read(Input::path(&path)).unwrap().line)
}

fn rivers(path: &str) -> Option<Rivers> {
    let path: PathBuf = shared(path)?;
    Some(Rivers::read([Input::path(&path)]).unwrap())
}

const CHINESE: &str = "data/rivers/cn_1to4m_rivers.geojson";

fn metres(distances: &[f64]) -> Vec<Metres> {
    distances.iter().copied().map(Metres::new).collect()
}

/// Compares kilometres, one by one, with those measured elsewhere.
fn near(what: &str, found: &[f64], expected: &[f64], tolerance: f64) {
    for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
        let off = (found - expected).abs() / expected;
        assert!(off < tolerance, "{what}, {i}: {found:.1} km, elsewhere {expected:.1} km");
    }
    assert_eq!(found.len(), expected.len());
}

/// Kilometres within each of some distances.
fn within(course: &Course, distances: &[f64]) -> Vec<f64> {
    let all = course.nearness().unwrap().within();
    let of = |m: &f64| all.iter().find(|it| it.distance.value() == *m).unwrap().length.km();
    distances.iter().map(of).collect()
}

/// H1. FACTS' program applied no rule of direction there, though its text says so: the first
/// comparison is without one, to 0.2 %. With it up to 5 km less are near, where the nearest
/// river runs across: 1.3 %.
#[test]
fn the_chinese_border_is_drawn_on_the_chinese_rivers() {
    let (Some(line), Some(rivers)) = (line("cn_1to4m"), rivers(CHINESE)) else { return };
    let distances = [10.0, 50.0, 100.0, 500.0];
    let settings = Settings::default().distances(&metres(&distances));
    let of = |settings: &Settings| {
        Course::for_parts(std::slice::from_ref(&line), Some(&rivers), settings)
    };
    let expected = [323.7, 389.4, 395.8, 405.0];
    let any = of(&settings.clone().any_direction());
    near("any direction", &within(&any, &distances), &expected, 0.002);
    let course = of(&settings);
    near("along", &within(&course, &distances), &expected, 0.013);
    let plateau = course.nearness().unwrap().plateau().unwrap();
    assert_eq!([plateau.from.distance, plateau.to.distance].map(Metres::value), [50.0, 500.0]);
}

/// H2, with what chance gives. The program of FACTS is not to hand for this one, so why the
/// two differ by up to 0.9 % is not known; a plane in the place of the ellipsoid, and stations of
/// another beginning, would do it. Chance, which is few kilometres, within one.
#[test]
fn kilometres_of_the_modern_line_near_a_parallel_river_and_by_chance() {
    let (Some(line), Some(rivers)) = (line("us_state"), rivers(CHINESE)) else { return };
    let distances = [100.0, 250.0, 500.0, 1000.0];
    let settings = Settings::default().distances(&metres(&distances));
    let course = Course::for_parts(&[line], Some(&rivers), &settings);
    near("H2", &within(&course, &distances), &[124.9, 265.0, 401.5, 484.9], 0.01);
    let chance = course.nearness().unwrap().within().iter().map(|it| it.chance_mean.km());
    for (found, expected) in chance.zip([5.9, 16.0, 32.9, 67.5]) {
        assert!((found - expected).abs() < 1.0, "by chance {found:.1}, elsewhere {expected:.1}");
    }
    // Two drawings by two agencies.
    assert_eq!(course.nearness().unwrap().plateau(), None);
    let shifts: Vec<f64> =
        course.nearness().unwrap().shifts().iter().map(|it| it.distance.km()).collect();
    assert_eq!((shifts.len(), shifts[0], shifts[15]), (16, 5.0, 10.0));
}

/// H2, other maps of rivers: World Data Bank II knows the Tekes alone.
#[test]
fn coarser_rivers_are_of_little_use_here() {
    let wdb2 = rivers("data/world/wdb2_rivers.geojson.gz");
    let (Some(line), Some(rivers)) = (line("us_state"), wdb2) else { return };
    let settings = Settings::default().distances(&metres(&[1000.0]));
    let course = Course::for_parts(&[line], Some(&rivers), &settings);
    let at_1_km = course.nearness().unwrap().within().last().copied().unwrap();
    assert_eq!(at_1_km.distance.value(), 1000.0);
    assert!((at_1_km.length.km() - 45.5).abs() < 1.5, "{at_1_km:?}");
    assert!((at_1_km.chance_mean.km() - 11.1).abs() < 2.0, "{at_1_km:?}");
}

/// Chainages of the modern line in km, as FACTS carried the runs over, by eye, to half a
/// kilometre.
const CARRIED: [(f64, f64); 6] = [
    (25.0, 129.7),
    (144.7, 168.6),
    (192.0, 291.4),
    (356.0, 405.2),
    (1311.7, 1479.1),
    (1646.8, 1711.3),
];

#[test]
fn runs_found_on_the_chinese_border_lie_on_the_modern_line_where_they_did_elsewhere() {
    let (Some(from), Some(onto)) = (line("cn_1to4m"), line("us_state")) else { return };
    let Some(rivers) = rivers(CHINESE) else { return };
    // The border's edges are long: 5 mm at its 1:4,000,000, as the command takes it.
    let settings = Settings::default().within(Metres::new(50.0)).straight(Metres::from_km(20.0));
    let course = Course::for_parts(&[from], Some(&rivers), &settings);
    let carried: Vec<Carried> = course.runs_on(&onto, &settings);
    let sum_km: f64 = carried.iter().map(|it| it.run.length().km()).sum();
    near("all runs", &[sum_km], &[509.1], 0.01);
    assert_eq!(carried.len(), CARRIED.len(), "{carried:#?}");
    for (it, (from_km, to_km)) in carried.iter().zip(CARRIED) {
        // Each end to what it says of itself, and a kilometre at least.
        let [from_off, to_off] = it.ends_off.map(|off| off.km().max(1.0));
        assert!((it.run.from.km() - from_km).abs() < from_off, "{it:?}, elsewhere from {from_km}");
        assert!((it.run.to.km() - to_km).abs() < to_off, "{it:?}, elsewhere to {to_km}");
        assert!(it.most_off < Metres::from_km(2.5), "{it:?}");
    }
}

/// Every border of World Data Bank II. Elsewhere the nearest river was looked for in degrees,
/// which away from the equator takes the wrong one of two where the right one is to the east or
/// the west (that this is the difference is inferred); edges over the antimeridian were left out.
/// Within 0.5 %.
#[test]
fn the_borders_of_the_world() {
    let Some(rivers) = rivers("data/world/wdb2_rivers.geojson.gz") else { return };
    let Some(borders) = shared("data/world/wdb2_borders.geojson.gz") else { return };
    // One copy more or less changes nothing here.
    let settings = Settings::for_surveys().any_direction().step(Metres::new(500.0));
    let found = survey_by_rivers(
        &Geodesic::new(Ellipsoid::WGS84),
        &[Input::path(&borders)],
        &NamedAttributes::default(),
        Some(&ByRivers::new(&rivers, &settings)),
    )
    .unwrap();
    assert!(found.attributes.is_none() && found.pairs.is_empty(), "it has no codes");
    near("the whole", &[found.length.km()], &[243_007.0], 1e-5);
    let within = found.rivers.unwrap().within().to_vec();
    let table =
        within.iter().filter(|it| [100.0, 500.0, 1000.0, 5000.0].contains(&it.distance.value()));
    let lengths: Vec<f64> = table.clone().map(|it| it.length.km()).collect();
    near("the world", &lengths, &[45_106.0, 50_575.0, 53_695.0, 69_193.0], 0.005);
    // Chance explains little of what is near at 100 m, and much of it at 5 km.
    let shares: Vec<f64> = table.map(|it| it.chance_mean.value() / it.length.value()).collect();
    assert!(shares[0] < 0.05 && shares[3] > 0.2, "{shares:?}");
}
