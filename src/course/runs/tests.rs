//! Runs along made-up rivers.

use geo::Coord;

use crate::course::runs::RunsByChance;
use crate::course::{Course, Kind, Rivers, Settings};
use crate::io::Input;
use crate::line::Line;
use crate::quantity::Metres;

/// A path along a meridian, from one latitude southwards to another, with a vertex every 300 m,
/// moved east by `east_m` metres.
fn meridian(from: f64, to: f64, east_m: f64) -> Vec<Coord> {
    let x = 80.0 + east_m / 78_850.0;
    let count = ((from - to) * 370.0).round().max(1.0);
    (0..=count as u32).map(|i| Coord { x, y: from + (to - from) * f64::from(i) / count }).collect()
}

fn rivers(named: &[(&str, Vec<Coord>)]) -> Rivers {
    let feature = |(name, path): &(&str, Vec<Coord>)| {
        let vertices: Vec<String> = path.iter().map(|at| format!("[{},{}]", at.x, at.y)).collect();
        format!(
            r#"{{"type":"Feature","properties":{{"name":"{name}"}},"geometry":{{"type":"LineString","coordinates":[{}]}}}}"#,
            vertices.join(",")
        )
    };
    let features: Vec<String> = named.iter().map(feature).collect();
    Rivers::read([Input::bytes("rivers", features.join("\n").as_bytes())]).unwrap()
}

fn line(path: Vec<Coord>) -> Line {
    Line::new(path).unwrap()
}

/// From, to and near in whole kilometres, and the name.
fn runs(course: &Course) -> Vec<(f64, f64, f64, &str)> {
    let whole = |metres: Metres| metres.km().round();
    let run = |run: &'_ crate::course::Run| (whole(run.from), whole(run.to), whole(run.near));
    let names = course.runs().iter().map(|it| it.name.as_deref().unwrap_or("no name"));
    course.runs().iter().map(run).zip(names).map(|((a, b, c), name)| (a, b, c, name)).collect()
}

/// 111 km from 45.5° to 44.5°.
fn whole() -> Line {
    line(meridian(45.5, 44.5, 0.0))
}

#[test]
fn a_run_goes_on_over_a_short_gap_and_ends_at_a_long_one() {
    // 11 km, a gap of 2.2 km, 11 km, a gap of 11 km, 31 km.
    let named = [
        ("Upper", meridian(45.4, 45.3, 100.0)),
        ("Upper", meridian(45.28, 45.18, 100.0)),
        ("Lower", meridian(45.08, 44.8, 100.0)),
    ];
    let rivers = rivers(&named);
    let with = |settings: Settings| Course::for_parts(&[whole()], Some(&rivers), &settings);
    let found = with(Settings::default());
    assert_eq!(runs(&found), [(11.0, 36.0, 24.0, "Upper"), (46.0, 78.0, 32.0, "Lower")]);
    let none = with(Settings::default().gap(Metres::default()));
    assert_eq!(runs(&none).len(), 3, "stations that follow one another have no gap");
    let gap = |km: f64| Settings::default().gap(Metres::from_km(km));
    assert_eq!(runs(&with(gap(0.5))).len(), 3);
    assert_eq!(runs(&with(gap(20.0))), [(11.0, 78.0, 56.0, "Lower")], "the name of most of it");
    let shortest = |km: f64| Settings::default().shortest(Metres::from_km(km));
    assert_eq!(runs(&with(shortest(26.0))).len(), 1);
    assert_eq!(runs(&with(shortest(33.0))), []);
    let within = |m: f64| Settings::default().within(Metres::new(m));
    assert_eq!(runs(&with(within(90.0))), []);
    assert_eq!(runs(&with(within(110.0))).len(), 2);
}

#[test]
fn what_follows_adds_up_to_the_whole() {
    let rivers = rivers(&[("Upper", meridian(45.4, 45.3, 100.0))]);
    let course = Course::for_parts(&[whole()], Some(&rivers), &Settings::default());
    let (river, unknown) = (course.length_of(Kind::River), course.length_of(Kind::Unknown));
    assert!((river + unknown - course.length()).value().abs() < 1e-6);
    assert_eq!(course.runs()[0].length().value().round(), river.value().round());
    let kinds: Vec<Kind> = course.stretches().iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [Kind::Unknown, Kind::River, Kind::Unknown]);
}

#[test]
fn a_long_straight_edge_is_no_river() {
    let mut path = meridian(45.5, 45.2, 0.0);
    // An edge of 11 km, along the river as the rest.
    path.extend(meridian(45.1, 44.5, 0.0));
    let rivers = rivers(&[("All along", meridian(45.6, 44.4, 50.0))]);
    let with =
        |settings: Settings| Course::for_parts(&[line(path.clone())], Some(&rivers), &settings);
    let course = with(Settings::default());
    assert_eq!(
        runs(&course).iter().map(|run| (run.0, run.1)).collect::<Vec<_>>(),
        [(0.0, 33.0), (44.0, 111.0)]
    );
    assert_eq!(course.straight().len(), 1);
    assert_eq!(course.length_of(Kind::Straight).km().round(), 11.0);
    // A straight edge near the river still counts as near.
    let near = course.nearness().unwrap().within().last().unwrap().length;
    assert!((near - course.length()).value().abs() < 1e-6);
    let lenient = with(Settings::default().straight(Metres::from_km(20.0)));
    assert_eq!(runs(&lenient).len(), 1);
    assert!(lenient.straight().is_empty());
}

#[test]
fn parts_that_do_not_meet_follow_each_other_without_what_lies_between() {
    let parts = [line(meridian(45.5, 45.3, 0.0)), line(meridian(45.0, 44.8, 0.0))];
    let rivers = rivers(&[("One", meridian(45.5, 44.8, 10.0))]);
    let course = Course::for_parts(&parts, Some(&rivers), &Settings::default());
    let whole = parts[0].length() + parts[1].length();
    assert!((course.length() - whole).value().abs() < 1e-9);
    assert_eq!(runs(&course), [(0.0, 44.0, 44.0, "One")]);
    let second = course.at(parts[0].length() + Metres::from_km(1.0)).unwrap();
    assert!((second.y - 44.991).abs() < 1e-3, "{second:?}");
    let paths = course.paths(Metres::from_km(20.0), Metres::from_km(30.0));
    assert_eq!(paths.len(), 2, "a path for each part");
    assert!((paths[1][0].y - 45.0).abs() < 1e-9);
    let [start, end] = [Metres::default(), course.length()];
    assert_eq!(
        course.paths(start, end).iter().map(Vec::len).sum::<usize>(),
        parts.iter().map(|it| it.vertices().len()).sum::<usize>()
    );
    assert_eq!(Course::for_parts(&[], Some(&rivers), &Settings::default()).at(start), None);
}

#[test]
fn a_closed_line_is_looked_at_all_round() {
    let mut ring = meridian(45.2, 45.0, 0.0);
    ring.extend(meridian(45.2, 45.0, 15_000.0).into_iter().rev());
    ring.push(ring[0]);
    let rivers =
        rivers(&[("West", meridian(45.2, 45.0, 5.0)), ("East", meridian(45.2, 45.0, 15_005.0))]);
    let course = Course::for_parts(&[line(ring)], Some(&rivers), &Settings::default());
    assert_eq!(runs(&course), [(0.0, 22.0, 22.0, "West"), (37.0, 59.0, 22.0, "East")]);
    assert_eq!(course.straight().len(), 2, "the two sides without a river");
}

#[test]
fn a_river_that_crosses_makes_no_run_unless_any_direction_will_do() {
    let across: Vec<Vec<Coord>> = (0..40)
        .map(|i| {
            let y = 45.4 - 0.005 * f64::from(i);
            (0..40).map(|j| Coord { x: 79.98 + 0.001 * f64::from(j), y }).collect()
        })
        .collect();
    let named: Vec<(&str, Vec<Coord>)> =
        across.into_iter().map(|path| ("crossing", path)).collect();
    let rivers = rivers(&named);
    let with = |settings: &Settings| Course::for_parts(&[whole()], Some(&rivers), settings);
    assert_eq!(runs(&with(&Settings::default())), []);
    let any = Settings::default().any_direction();
    assert_eq!(runs(&with(&any)), [(11.0, 33.0, 23.0, "crossing")]);
}

#[test]
fn runs_may_be_given_and_may_overlap() {
    let rivers = rivers(&[("Upper", meridian(45.4, 45.3, 100.0))]);
    let course = Course::for_parts(&[whole()], Some(&rivers), &Settings::default());
    let run = |from_km: f64, to_km: f64| crate::course::Run {
        from: Metres::from_km(from_km),
        to: Metres::from_km(to_km),
        near: Metres::default(),
        name: None,
    };
    let course =
        course.with_runs(vec![run(50.0, 60.0), run(10.0, 30.0), run(20.0, 25.0), run(28.0, 40.0)]);
    assert!((course.length_of(Kind::River).km() - 40.0).abs() < 0.2);
    assert_eq!(course.stretches().len(), 5);
}

/// Three stretches of 1.1 km, 2.8 km apart, and one of 11 km.
fn sparse_and_dense() -> Rivers {
    let at = |i: i32| 45.4 - 0.035 * f64::from(i);
    let sparse = |i| ("Sparse", meridian(at(i), at(i) - 0.01, 100.0));
    rivers(&[sparse(0), sparse(1), sparse(2), ("Dense", meridian(at(3), at(3) - 0.1, 100.0))])
}

#[test]
fn a_few_places_near_a_river_do_not_make_a_run_of_what_lies_between() {
    let rivers = sparse_and_dense();
    let with_share = |share: f64| {
        Course::for_parts(&[whole()], Some(&rivers), &Settings::default().least_near(share))
    };
    // 18 of 23 km are near, because 500 m before and after each river count.
    assert_eq!(runs(&with_share(0.5)), [(11.0, 34.0, 18.0, "Dense")]);
    assert_eq!(runs(&with_share(0.0)), runs(&with_share(0.5)));
    // With a larger share the run is divided at the long gaps; only the long river is long enough.
    assert_eq!(runs(&with_share(0.8)), [(22.0, 34.0, 12.0, "Dense")]);
    let short = Settings::default().least_near(1.0).shortest(Metres::from_km(1.0));
    let all = Course::for_parts(&[whole()], Some(&rivers), &short);
    assert_eq!(all.runs().len(), 4);
    assert!(all.runs().iter().all(|it| (it.length() - it.near).value().abs() < 1e-3));
    let huge = short.gap(Metres::new(1e300));
    assert_eq!(Course::for_parts(&[whole()], Some(&rivers), &huge).runs(), all.runs());
}

#[test]
fn a_run_of_a_copy_is_what_chance_gives() {
    // Of 16 copies one, moved east by 5 km, follows a river for 33 km and 500 m at either end.
    let rivers = rivers(&[("Aside", meridian(45.3, 45.0, 5000.0))]);
    let course = Course::for_parts(&[whole()], Some(&rivers), &Settings::default());
    assert_eq!(course.runs(), []);
    let chance = course.nearness().unwrap().runs_by_chance().unwrap();
    assert!((chance.max.km() - 34.3).abs() < 0.2, "{chance:?}");
    assert_eq!(chance.longest, chance.max);
    assert!((chance.mean * 16.0 - chance.max).value().abs() < 1e-3, "{chance:?}");
    assert_eq!(chance.near_mean, chance.mean);
    // Chance at every fourth station finds the same to a few stations.
    let seldom = Course::for_parts(&[whole()], Some(&rivers), &Settings::default().chance_every(4));
    let seldom = seldom.nearness().unwrap().runs_by_chance().unwrap();
    assert!((seldom.max - chance.max).value().abs() < 801.0, "{seldom:?}");
    // Where the river is too short for a run, there is none by chance.
    let shortest = Settings::default().shortest(Metres::from_km(40.0));
    let none = Course::for_parts(&[whole()], Some(&rivers), &shortest);
    assert_eq!(none.nearness().unwrap().runs_by_chance(), Some(RunsByChance::default()));
}
