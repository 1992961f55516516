//! Lengths by distance: many stations at a time give the same as one by one. Plateaus.

use proptest::prelude::*;

use super::*;
use crate::io::Input;
use crate::line::Line;

/// A path that winds at two scales around a place, of some 200 km.
fn winding((x, y): (f64, f64), along_deg: f64, waves: [f64; 2], shift: f64) -> Vec<Coord> {
    let at = |i: u32| {
        let t = f64::from(i) / 400.0;
        let off = 0.05 * (waves[0] * t + shift).sin() + 0.004 * (waves[1] * t + shift).sin();
        let (east, north) = (along_deg.to_radians().sin(), along_deg.to_radians().cos());
        let (u, v) = (1.8 * (t - 0.5), off);
        let (east, north) = (u * east + v * north, u * north - v * east);
        let lon = x + east / y.to_radians().cos().max(0.05);
        Coord { x: (lon + 540.0).rem_euclid(360.0) - 180.0, y: (y + north).clamp(-89.9, 89.9) }
    };
    (0..=400).map(at).collect()
}

fn rivers_of(paths: &[Vec<Coord>]) -> Rivers {
    let line = |path: &Vec<Coord>| {
        let vertices: Vec<String> = path.iter().map(|at| format!("[{},{}]", at.x, at.y)).collect();
        format!(
            r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"LineString","coordinates":[{}]}}}}"#,
            vertices.join(",")
        )
    };
    let features: Vec<String> = paths.iter().map(line).collect();
    Rivers::read([Input::bytes("rivers", features.join("\n").as_bytes())]).unwrap()
}

fn settings(distances: &[f64], angle_deg: Option<f64>, every: usize) -> Settings {
    let distances: Vec<Metres> = distances.iter().copied().map(Metres::new).collect();
    let settings = Settings::default().distances(&distances).chance_every(every);
    angle_deg.map_or(settings.clone().any_direction(), |deg| settings.angle_deg(deg))
}

/// The same sums by looking for the nearest river of every station.
fn one_by_one(rivers: &Rivers, stations: &[Station], settings: &Settings) -> Vec<f64> {
    let near: Vec<_> =
        stations.iter().map(|it| (it.share, nearest_one(rivers, it, settings, None))).collect();
    let within = |limit_m: f64| {
        let within =
            near.iter().filter(|(_, near)| near.is_some_and(|it| it.distance_m <= limit_m));
        within.map(|(share, _)| share.value()).sum()
    };
    settings.distances_m().into_iter().map(within).collect()
}

fn totals(sums: Vec<CompensatedSum>) -> Vec<f64> {
    sums.into_iter().map(|sum| sum.total()).collect()
}

/// Anywhere, over the antimeridian, near both poles.
const CENTRES: [(f64, f64); 4] = [(80.4, 44.2), (180.0, -16.0), (33.0, 88.9), (-70.0, -88.0)];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn many_stations_at_a_time_are_counted_as_one_by_one(
        centre in prop::sample::select(CENTRES.to_vec()),
        along_deg in 0.0..180.0_f64,
        rivers in prop::collection::vec((0.0..180.0_f64, 5.0..60.0_f64, 0.0..6.0_f64), 1..6),
        distances in prop::collection::vec(5.0..20_000.0_f64, 1..4),
        angle_deg in prop::option::of(10.0..80.0_f64),
        every in 1..12_usize,
    ) {
        let paths = rivers.iter().map(|(deg, waves, shift)| {
            winding(centre, *deg, [*waves, 7.0 * waves], *shift)
        });
        let rivers = rivers_of(&paths.collect::<Vec<_>>());
        let settings = settings(&distances, angle_deg, every);
        let route = Route::of_path(rivers.frame(), &winding(centre, along_deg, [20.0, 300.0], 1.0));
        let stations = route.stations(settings.step, CHORD);
        let close = |found: Vec<f64>, expected: Vec<f64>| {
            found.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-6)
        };
        let found = totals(Counting::new(&rivers, &settings).count(&stations));
        prop_assert!(close(found, one_by_one(&rivers, &stations, &settings)));
        for shift in settings.shifts().into_iter().step_by(5) {
            let mut counting = Counting::new(&rivers, &settings);
            counting.copy(&stations, shift);
            let found = totals(counting.sums);
            let copied = copy(&rivers, &stations, shift, every);
            prop_assert!(close(found, one_by_one(&rivers, &copied, &settings)));
        }
    }
}

#[test]
fn a_copy_is_as_long_and_as_far_away_as_it_should_be() {
    let rivers = rivers_of(&[winding((80.0, 45.0), 10.0, [9.0, 70.0], 0.0)]);
    let route = Route::of_path(rivers.frame(), &winding((80.0, 45.0), 10.0, [9.0, 70.0], 0.0));
    let stations = route.stations(Metres::new(100.0), CHORD);
    for every in [1, 10, 7000] {
        let shift = Shift { azimuth_deg: 135.0, distance: Metres::new(10_000.0) };
        let copied = copy(&rivers, &stations, shift, every);
        assert_eq!(copied.len(), stations.len().div_ceil(every));
        let length_m: f64 = copied.iter().map(|it| it.share.value()).sum();
        assert!((length_m - route.length_m()).abs() < 1e-6, "{every}: {length_m}");
        let (from, to) = (stations[every.min(stations.len()) / 2], copied[0]);
        let off_m = from.place.distance_m(&to.place);
        assert!((off_m - 10_000.0).abs() < 40.0, "{every}: {off_m}");
    }
}

/// A nearness whose lengths and chances are given, in km by metres.
fn nearness(within: &[(f64, f64, f64)]) -> Nearness {
    let within = within.iter().map(|(distance_m, km, chance_km)| Within {
        distance: Metres::new(*distance_m),
        length: Metres::from_km(*km),
        chance_mean: Metres::from_km(*chance_km),
        chance_max: Metres::from_km(*chance_km),
    });
    Nearness { within: within.collect(), shifts: Vec::new(), runs: None }
}

#[test]
fn a_plateau_is_there_where_a_line_was_drawn_with_the_rivers_and_not_elsewhere() {
    let at = |nearness: &Nearness| {
        nearness.plateau().map(|it| (it.from.distance.value(), it.to.distance.value()))
    };
    // China's border and the rivers of its own map.
    let same_sheet = [(10.0, 323.7, 0.5), (50.0, 388.6, 3.0), (100.0, 392.0, 6.0)];
    let rest = [(500.0, 400.0, 30.0), (1000.0, 410.0, 60.0)];
    assert_eq!(at(&nearness(&[&same_sheet[..], &rest].concat())), Some((50.0, 500.0)));
    // Another line and the same rivers.
    let independent =
        [(50.0, 62.0, 3.0), (100.0, 125.0, 6.7), (500.0, 399.0, 33.0), (1000.0, 482.0, 67.0)];
    assert_eq!(at(&nearness(&independent)), None);
    // Nothing is near, so nothing grows.
    assert_eq!(at(&nearness(&[(10.0, 0.0, 0.0), (100.0, 0.0, 0.0)])), None);
    // A length that chance gives as well is no plateau, however flat.
    assert_eq!(at(&nearness(&[(10.0, 100.0, 30.0), (100.0, 101.0, 31.0)])), None);
    // No distance in the table is ten times another.
    assert_eq!(at(&nearness(&[(100.0, 50.0, 0.0), (500.0, 50.0, 0.0)])), None);
    assert_eq!(at(&nearness(&[])), None);
}

#[test]
fn the_same_answer_on_any_number_of_threads_and_in_one_path_as_in_the_line() {
    let path = winding((80.4, 44.2), 30.0, [12.0, 90.0], 0.0);
    let rivers = rivers_of(&[winding((80.4, 44.2), 31.0, [12.0, 90.0], 0.02)]);
    let line = Line::new(path.clone()).unwrap();
    let settings = Settings::default();
    // `Course` shares the work out among threads, `Tally` does it all on one.
    let course = crate::course::Course::for_parts(&[line], Some(&rivers), &settings);
    let alone = Tally::of_path(&rivers, &path, &settings).nearness(&settings);
    for (a, b) in course.nearness().unwrap().within().iter().zip(alone.within()) {
        assert!((a.length.value() - b.length.value()).abs() < 1e-3, "{a:?} {b:?}");
        assert!((a.chance_mean.value() - b.chance_mean.value()).abs() < 1e-3, "{a:?} {b:?}");
        assert!((a.chance_max.value() - b.chance_max.value()).abs() < 1e-3, "{a:?} {b:?}");
    }
    let half = course.nearness().unwrap().within()[4];
    assert!(half.length.km() > 50.0 && half.chance_mean < half.length, "{half:?}");
}

#[test]
fn tallies_add_up() {
    let rivers = rivers_of(&[winding((80.4, 44.2), 31.0, [12.0, 90.0], 0.02)]);
    let settings = Settings::for_surveys();
    let tally = |deg: f64| {
        Tally::of_path(&rivers, &winding((80.4, 44.2), deg, [12.0, 90.0], 0.0), &settings)
    };
    let mut both = Tally::new(&settings);
    both.add(&tally(30.0));
    both.add(&tally(60.0));
    let [one, other, both] = [tally(30.0), tally(60.0), both].map(|it| it.nearness(&settings));
    for ((a, b), sum) in one.within().iter().zip(other.within()).zip(both.within()) {
        let mean_m = a.chance_mean.value() + b.chance_mean.value();
        assert!((a.length + b.length - sum.length).value().abs() < 1e-6);
        assert!((mean_m - sum.chance_mean.value()).abs() < 1e-6);
        // The largest copies of two lines need not be the same copy.
        assert!(sum.chance_max <= a.chance_max + b.chance_max);
    }
}
