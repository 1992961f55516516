//! Lines that are made to be difficult: the areas between them still add up.

use std::f64::consts::TAU;

use approx::assert_relative_eq;
use geo::Coord;
use treatyline::compare::{Comparison, Land, Settings, Track};
use treatyline::drawn::DrawnLine;
use treatyline::geodesy::{Ellipsoid, Geodesic};
use treatyline::io::Input;
use treatyline::quantity::Metres;

type Path = Vec<(f64, f64)>;

fn drawn(path: &[(f64, f64)]) -> DrawnLine {
    let coordinates: Vec<[f64; 2]> = path.iter().map(|(x, y)| [*x, *y]).collect();
    let text = serde_json::json!({"type": "LineString", "coordinates": coordinates}).to_string();
    DrawnLine::read(Input::bytes("test", text.as_bytes())).unwrap()
}

fn compared(old: &[(f64, f64)], new: &[(f64, f64)]) -> Comparison {
    Comparison::new(&drawn(old), &drawn(new), &Settings::default()).unwrap()
}

/// The land between them.
fn land(old: &[(f64, f64)], new: &[(f64, f64)]) -> Land {
    let [old, new] = [old, new].map(|path| Track::new(&drawn(path).line));
    Land::between(&old, &new, Metres::default())
}

/// What left and right gain, in m².
fn gains(land: &Land) -> [f64; 2] {
    land.gains.map(|gain| gain.significant.area.value() + gain.noise.area.value())
}

/// What is gained on the right less what is gained on the left is the signed area of the
/// ring out along the old line and back along the new one, where that winds round no place
/// twice; it is reported apart from the gains.
fn adding_up(old: &[(f64, f64)], new: &[(f64, f64)]) -> ([f64; 2], f64) {
    let found = compared(old, new);
    assert!(
        found.land.joints.iter().all(|joint| joint.left_out.is_none()),
        "{:?}",
        found.land.joints
    );
    let ring = old.iter().chain(new.iter().rev()).map(|(x, y)| Coord { x: *x, y: *y });
    let ring: Vec<Coord> = ring.collect();
    let signed = Geodesic::new(Ellipsoid::WGS84).ring_area(&ring).unwrap().signed().value();
    let [left, right] = gains(&found.land);
    let most = left.max(right).max(1e6);
    assert!((right - left - signed).abs() < 1e-5 * most, "{right} − {left} ≠ {signed}");
    ([left, right], signed)
}

#[test]
fn a_vertex_said_a_thousand_times_is_one_vertex() {
    let old = [(82.0, 46.0), (82.0, 45.5), (82.0, 45.0)];
    let mut new = vec![(82.0, 46.0)];
    new.extend([(82.1, 45.5); 1_000]);
    new.extend([(82.0, 45.0); 3]);
    let (found, _) = adding_up(&old, &new);
    let (plain, _) = adding_up(&old, &[(82.0, 46.0), (82.1, 45.5), (82.0, 45.0)]);
    assert_relative_eq!(found[1], plain[1], max_relative = 1e-9);
    assert_eq!(compared(&new, &new).land.faces.len(), 0);
}

#[test]
fn lines_that_touch_in_a_vertex_and_in_an_edge() {
    let old = [(82.0, 46.0), (82.0, 45.5), (82.0, 45.0)];
    // Touches the vertex, then the middle of the edge, always from the east.
    let new = [
        (82.0, 46.0),
        (82.1, 45.8),
        (82.0, 45.5),
        (82.1, 45.4),
        (82.0, 45.25),
        (82.1, 45.1),
        (82.0, 45.0),
    ];
    let ([left, right], _) = adding_up(&old, &new);
    assert!(left < 1e-6 * right, "{left} {right}");
    assert_eq!(
        compared(&old, &new).land.significant().filter(|face| face.area.km2() > 1.0).count(),
        3
    );
}

#[test]
fn an_overlap_walked_back_and_forth_bounds_nothing() {
    let old = [(82.0, 46.0), (82.0, 45.0)];
    let new = [(82.0, 46.0), (82.0, 45.3), (82.0, 45.7), (82.0, 45.2), (82.05, 45.1), (82.0, 45.0)];
    let ([left, right], _) = adding_up(&old, &new);
    let bulge =
        adding_up(&[(82.0, 45.2), (82.0, 45.0)], &[(82.0, 45.2), (82.05, 45.1), (82.0, 45.0)]);
    assert_eq!(left, 0.0);
    assert_relative_eq!(right, bulge.0[1], max_relative = 1e-6);
}

/// A spiral with `turns` turns inwards, a degree wide.
fn spiral(turns: f64, shift: f64) -> Path {
    let at = |i: u32| {
        let t = f64::from(i) / 2_000.0;
        let (sin, cos) = (TAU * (turns * t)).sin_cos();
        let r = 0.5 * (1.0 - 0.9 * t) + shift * (t * (1.0 - t));
        (82.0 + r * cos, 45.0 + r * sin)
    };
    (0..=2_000).map(at).collect()
}

/// The other spiral lies outside of this one all along: one face as long as both.
#[test]
fn a_spiral_inside_a_spiral() {
    let ([left, right], _) = adding_up(&spiral(12.0, 0.0), &spiral(12.0, 0.05));
    assert!(left.min(right) < 1e-5 * left.max(right) && left.max(right) > 1e8, "{left} {right}");
}

#[test]
fn beside_a_pole_and_across_it() {
    // All longitudes are one place at the pole: edges of no length.
    let old = [(0.0, 89.99), (0.0, 90.0), (77.0, 90.0), (-180.0, 90.0), (180.0, 89.99)];
    let new = [(0.0, 89.99), (90.0, 89.995), (180.0, 89.99)];
    let (found, _) = adding_up(&old, &new);
    assert!(found[0].max(found[1]) > 1e5, "{found:?}");
    // A meander that goes round the south pole.
    let round = |r: f64| -> Path {
        (0..=90)
            .map(|i| (f64::from(i) * 3.9 - 179.0, -90.0 + r + 0.001 * f64::from(i % 2)))
            .collect()
    };
    adding_up(&round(0.01), &round(0.013));
}

#[test]
fn a_meander_over_the_antimeridian() {
    let wrap = |x: f64| if x > 180.0 { x - 360.0 } else { x };
    let line = |width: f64| -> Path {
        let at = |i: u32| {
            let out = if i.is_multiple_of(2) { width } else { -width };
            (wrap(180.0 + out), 46.0 - 0.001 * f64::from(i))
        };
        let middle = (1..1_000).map(at);
        [(180.0, 46.0)].into_iter().chain(middle).chain([(180.0, 45.0)]).collect()
    };
    let ([left, right], _) = adding_up(&line(0.01), &line(0.02));
    assert!(left > 1e7 && right > 1e7, "{left} {right}");
}

/// Two great circles, 1° against each other: of the four lunes two and two are distinguished by
/// who gains them. Their middle is that of the Earth.
#[test]
fn two_great_circles() {
    let circle = |tilt: f64| -> Path {
        let at = |i: i32| {
            let lon = f64::from(i % 360 - 180);
            (lon, (tilt.to_radians().tan() * lon.to_radians().sin()).atan().to_degrees())
        };
        (0..=360).map(at).collect()
    };
    let [left, right] = gains(&compared(&circle(0.0), &circle(1.0)).land);
    let lune = Ellipsoid::WGS84.area().value() / 360.0;
    assert_relative_eq!(left, lune, max_relative = 1e-2);
    assert_relative_eq!(right, left, max_relative = 1e-6);
}

/// Around the Earth along two parallels: the zone between them, in closed form elsewhere.
#[test]
fn two_parallels_around_the_earth() {
    let parallel =
        |lat: f64| -> Path { (0..=3_600).map(|i| (f64::from(i) / 10.0 - 180.0, lat)).collect() };
    for (south, north) in [(0.0, 1.0), (-0.5, 0.5), (60.0, 61.0), (-89.0, -88.0)] {
        let [left, right] = gains(&land(&parallel(south), &parallel(north)));
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let cap = |lat: f64| {
            let ring: Vec<Coord> = parallel(lat).into_iter().map(|(x, y)| Coord { x, y }).collect();
            geodesic.ring_area(&ring).unwrap().area.value()
        };
        let expected = if south < 0.0 && north > 0.0 {
            Ellipsoid::WGS84.area().value() - cap(south) - cap(north)
        } else {
            (cap(south) - cap(north)).abs()
        };
        assert_relative_eq!(left.max(right), expected, max_relative = 1e-5);
        assert!(left.min(right) < 1e-6 * expected, "{south}: {left} {right}");
    }
}

#[test]
fn the_shortest_of_lines() {
    for size in [1e-3, 1e-7, 1e-9, 1e-12] {
        let old = [(82.0, 45.0), (82.0, 45.0 + size)];
        let new = [(82.0, 45.0), (82.0 + size, 45.0 + 0.5 * size), (82.0, 45.0 + size)];
        let found = compared(&old, &new);
        assert!(found.old.distances.mean.value().is_finite(), "{size}");
        assert!(found.hausdorff.symmetric().value() <= 1e5 * size + 1e-6, "{size}");
    }
}

/// Two scribbles on few places: they touch, overlap and do not move, and each starts on the
/// other one. Exchanged, they exchange the gains.
#[test]
fn scribbles_that_start_on_each_other() {
    let path = |places: &[(i32, i32)]| -> Path {
        let at = |(x, y): &(i32, i32)| (82.0 + 0.01 * f64::from(*x), 45.0 + 0.01 * f64::from(*y));
        places.iter().chain(&[(5, 0), (5, 6)]).map(at).collect()
    };
    let old = path(&[
        (1, 2),
        (3, 0),
        (0, 2),
        (1, 0),
        (0, 0),
        (2, 2),
        (2, 3),
        (2, 3),
        (0, 2),
        (2, 1),
        (3, 2),
        (3, 0),
        (1, 3),
    ]);
    let new = path(&[(0, 0), (1, 2), (2, 0), (3, 2), (1, 3), (2, 1), (3, 0), (2, 3)]);
    let (there, back) = (gains(&land(&old, &new)), gains(&land(&new, &old)));
    for side in [0, 1] {
        assert!((there[side] - back[1 - side]).abs() < 10.0, "{there:?} {back:?}");
    }
}
