//! Runs carried over to another drawing of the same line.

use geo::Coord;

use super::*;
use crate::course::Rivers;
use crate::io::Input;

/// A meridian from 45.5° to 44.5° with a vertex every 300 m, off to the east by what is given
/// in metres for each kilometre from the north.
fn meridian(east_m: impl Fn(f64) -> f64) -> Vec<Coord> {
    let at = |i: u32| {
        let km = 0.3 * f64::from(i);
        Coord { x: 80.0 + east_m(km) / 78_850.0, y: 45.5 - km / 111.15 }
    };
    (0..=370).map(at).collect()
}

/// A line with a river along all of it.
fn course(settings: &Settings) -> Course {
    let path = meridian(|_| 0.0);
    let vertices: Vec<String> = path.iter().map(|at| format!("[{},{}]", at.x, at.y)).collect();
    let text = format!(
        r#"{{"type":"Feature","properties":{{"name":"Khorgos"}},"geometry":{{"type":"LineString","coordinates":[{}]}}}}"#,
        vertices.join(",")
    );
    let rivers = Rivers::read([Input::bytes("rivers", text.as_bytes())]).unwrap();
    Course::for_parts(&[Line::new(path).unwrap()], Some(&rivers), settings)
}

fn carried_onto(path: Vec<Coord>, settings: &Settings) -> Vec<Carried> {
    course(settings).runs_on(&Line::new(path).unwrap(), settings)
}

/// From and to in whole kilometres.
fn ends(carried: &[Carried]) -> Vec<(f64, f64)> {
    carried.iter().map(|it| (it.run.from.km().round(), it.run.to.km().round())).collect()
}

#[test]
fn a_run_is_carried_over_by_nearest_places_with_how_far_they_are() {
    let found = carried_onto(meridian(|_| 300.0), &Settings::default());
    assert_eq!(ends(&found), [(0.0, 111.0)]);
    let Carried { run, ends_off, most_off } = &found[0];
    assert_eq!(run.name.as_deref(), Some("Khorgos"));
    for off in [ends_off[0], ends_off[1], *most_off] {
        assert!((off.value() - 300.0).abs() < 5.0, "{off:?}");
    }
}

#[test]
fn it_is_cut_where_the_two_are_apart_and_a_short_stretch_apart_is_bridged() {
    let bay =
        |from: f64, to: f64| meridian(move |km| if km > from && km < to { 1500.0 } else { 0.0 });
    let long = carried_onto(bay(40.0, 60.0), &Settings::default());
    let [first, second] = &ends(&long)[..] else { panic!("{long:?}") };
    assert!(first.0 == 0.0 && (38.0..42.0).contains(&first.1), "{first:?}");
    // The way round the bay is longer by twice its depth.
    assert!((60.0..64.0).contains(&second.0) && second.1 > 112.0, "{second:?}");
    let short = carried_onto(bay(40.0, 43.0), &Settings::default());
    assert_eq!(short.len(), 1, "{short:?}");
    let most = short[0].most_off.value();
    assert!((1100.0..1550.0).contains(&most), "what is bridged counts: {most}");
    let near = Settings::default().gap(Metres::default());
    assert_eq!(carried_onto(bay(40.0, 43.0), &near).len(), 2);
    let lenient = Settings::default().apart(Metres::new(2000.0));
    assert_eq!(carried_onto(bay(40.0, 60.0), &lenient).len(), 1);
}

#[test]
fn a_line_drawn_the_other_way_has_the_same_runs_from_its_other_end() {
    let bay = meridian(|km| if km > 20.0 && km < 40.0 { 1500.0 } else { 100.0 });
    let there = carried_onto(bay.clone(), &Settings::default());
    let back = carried_onto(bay.into_iter().rev().collect(), &Settings::default());
    assert_eq!((there.len(), back.len()), (2, 2));
    for (one, other) in there.iter().zip(&back) {
        assert!((one.run.length() - other.run.length()).value().abs() < 1e-6);
        assert!(other.run.from < other.run.to);
        for (off, turned) in one.ends_off.iter().zip(other.ends_off.iter().rev()) {
            assert!((*off - *turned).value().abs() < 1e-6);
        }
    }
    assert!(back[0].run.from > back[1].run.from);
}

#[test]
fn elsewhere_nothing_is_carried_over() {
    assert_eq!(carried_onto(meridian(|_| 20_000.0), &Settings::default()), []);
    let far = vec![Coord { x: -70.0, y: -20.0 }, Coord { x: -70.0, y: -21.0 }];
    assert_eq!(carried_onto(far, &Settings::default()), []);
    // The rest of a run is a run only if it is long enough.
    let touching = meridian(|km| if km < 4.0 { 0.0 } else { 5000.0 });
    assert_eq!(carried_onto(touching, &Settings::default()), []);
}
