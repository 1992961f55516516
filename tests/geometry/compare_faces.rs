//! Transfer areas whose size is known, and lines that make it hard to find them.

use approx::assert_relative_eq;
use geo::Coord;
use proptest::prelude::*;
use serde_json::{Value, json};
use treatyline::compare::{Comparison, Land, Settings, Track, Version};
use treatyline::drawn::DrawnLine;
use treatyline::geodesy::{Ellipsoid, Geodesic};
use treatyline::io::Input;
use treatyline::line::Side;
use treatyline::quantity::Metres;

type Path = Vec<(f64, f64)>;

fn drawn(path: &[(f64, f64)]) -> DrawnLine {
    let coordinates: Vec<Value> = path.iter().map(|(x, y)| json!([x, y])).collect();
    let text = json!({"type": "LineString", "coordinates": coordinates}).to_string();
    DrawnLine::read(Input::bytes("test", text.as_bytes())).unwrap()
}

fn compared(old: &[(f64, f64)], new: &[(f64, f64)]) -> Comparison {
    Comparison::new(&drawn(old), &drawn(new), &Settings::default()).unwrap()
}

/// What left and right gain, in m², significant and noise together.
fn gains(land: &Land) -> [f64; 2] {
    land.gains.map(|gain| gain.significant.area.value() + gain.noise.area.value())
}

/// The area of a ring of geodesics.
fn ring_m2(ring: &[(f64, f64)]) -> f64 {
    let ring: Vec<Coord> = ring.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
    Geodesic::new(Ellipsoid::WGS84).ring_area(&ring).unwrap().area.value()
}

/// The area between the equator and a parallel, per degree of longitude, in closed form.
fn zone_m2(lat: f64) -> f64 {
    let (a, f) = (Ellipsoid::WGS84.semi_major_m(), Ellipsoid::WGS84.flattening());
    let (e2, b) = (f * (2.0 - f), a * (1.0 - f));
    let (e, sin) = (e2.sqrt(), lat.to_radians().sin());
    let q = sin / (1.0 - e2 * sin * sin) + (e * sin).atanh() / e;
    0.5 * b * b * q * std::f64::consts::PI / 180.0
}

/// Southwards, east is on the left; the land between goes from left to right.
#[test]
fn between_meridians_lies_the_zone_between_two_parallels() {
    for turned in [false, true] {
        let mut east = [(82.1, 46.0), (82.1, 45.0)];
        if turned {
            east.reverse();
        }
        let found = compared(&[(82.0, 46.0), (82.0, 45.0)], &east);
        assert_eq!(found.turned, turned);
        let zone = 0.1 * (zone_m2(46.0) - zone_m2(45.0));
        // Geodesics close the ends, not parallels; the slivers at both all but cancel.
        assert_relative_eq!(gains(&found.land)[1], zone, max_relative = 1e-6);
        assert_eq!(gains(&found.land)[0], 0.0);
        assert_eq!(found.land.faces.len(), 1);
        let face = &found.land.faces[0];
        assert_eq!(face.gains, Side::Right);
        assert!((82.0..82.1).contains(&face.at.x) && (45.0..46.0).contains(&face.at.y));
        assert!(face.from.value() < 1.0 && face.to > found.old.length - Metres::new(1.0));
        let (mean, greatest) = (face.width.mean.value(), face.width.greatest.distance.value());
        assert!(mean < greatest && (7_800.0..7_900.0).contains(&greatest), "{mean} {greatest}");
    }
}

/// A square wave around a meridian: each tooth is a face of its own, half of them each
/// side's.
#[test]
fn a_square_wave_has_a_face_to_each_tooth() {
    let meridian = [(82.0, 45.4), (82.0, 45.0)];
    let mut wave = vec![(82.0, 45.4)];
    let mut teeth = Vec::new();
    for i in 0..20 {
        let (north, south) = (45.4 - 0.02 * f64::from(i), 45.4 - 0.02 * f64::from(i + 1));
        let out = if i % 2 == 0 { 82.03 } else { 81.97 };
        wave.extend([(82.0, north), (out, north), (out, south), (82.0, south)]);
        teeth.push(ring_m2(&[(82.0, north), (out, north), (out, south), (82.0, south)]));
    }
    let found = compared(&meridian, &wave);
    assert_eq!(found.land.faces.len(), 20);
    for (i, (face, tooth)) in found.land.faces.iter().zip(&teeth).enumerate() {
        assert_relative_eq!(face.area.value(), *tooth, max_relative = 1e-5);
        assert_eq!(face.gains, if i % 2 == 0 { Side::Right } else { Side::Left });
        let middle = 0.5 * (face.from + face.to).value() / found.old.length.value();
        assert!((middle - (i as f64 + 0.5) / 20.0).abs() < 1e-3, "{middle}");
    }
    // The gains are not offset against each other: each side has its half.
    let each: f64 = teeth.iter().sum::<f64>() / 2.0;
    for gain in gains(&found.land) {
        assert_relative_eq!(gain, each, max_relative = 1e-3);
    }
    // 0.03° of longitude at 45°, as far as the tooth is from the meridian.
    let widest = found.land.faces.iter().map(|face| face.width.greatest.distance.value());
    assert!(
        widest.clone().all(|m| (2_340.0..2_370.0).contains(&m)),
        "{:?}",
        widest.max_by(f64::total_cmp)
    );
}

#[test]
fn where_the_lines_run_together_nothing_changes_sides() {
    let old = [(82.0, 46.0), (82.0, 45.8), (82.0, 45.4), (82.0, 45.0)];
    let new =
        [(82.0, 46.0), (82.0, 45.8), (82.05, 45.7), (82.05, 45.5), (82.0, 45.4), (82.0, 45.0)];
    let found = compared(&old, &new);
    assert_eq!(found.land.faces.len(), 1);
    let face = &found.land.faces[0];
    let expected = ring_m2(&[(82.0, 45.8), (82.05, 45.7), (82.05, 45.5), (82.0, 45.4)]);
    assert_relative_eq!(face.area.value(), expected, max_relative = 1e-6);
    let share = |chainage: Metres| chainage.value() / found.old.length.value();
    assert!((share(face.from) - 0.2).abs() < 1e-3 && (share(face.to) - 0.6).abs() < 1e-3);
    let same = compared(&old, &old);
    assert!(same.land.faces.is_empty() && same.hausdorff.symmetric().value() < 1e-3);
}

#[test]
fn a_line_that_touches_itself_and_the_other_is_taken_apart() {
    // The new line goes out, touches the old line at 45.5, goes out again by a spur that
    // it walks twice, and comes back.
    let old = [(82.0, 46.0), (82.0, 45.5), (82.0, 45.0)];
    let new = [
        (82.0, 46.0),
        (82.1, 45.8),
        (82.0, 45.5),
        (82.1, 45.3),
        (82.2, 45.3),
        (82.1, 45.3),
        (82.0, 45.0),
    ];
    let found = compared(&old, &new);
    let parts = [
        ring_m2(&[(82.0, 46.0), (82.1, 45.8), (82.0, 45.5)]),
        ring_m2(&[(82.0, 45.5), (82.1, 45.3), (82.0, 45.0)]),
    ];
    assert_relative_eq!(gains(&found.land)[1], parts[0] + parts[1], max_relative = 1e-6);
    assert_eq!(gains(&found.land)[0], 0.0);
}

#[test]
fn thousands_of_crossings_are_thousands_of_faces() {
    let old: Path = vec![(82.0, 46.0), (82.0, 45.0)];
    let zigzag = |i: u32| {
        let out = if i.is_multiple_of(2) { 0.001 } else { -0.001 };
        (82.0 + out, 46.0 - f64::from(i) / 5_000.0)
    };
    let new: Path = (0..=5_000).map(zigzag).collect();
    let found = compared(&old, &new);
    assert!((4_999..=5_001).contains(&found.land.faces.len()), "{}", found.land.faces.len());
    let [left, right] = gains(&found.land);
    assert_relative_eq!(left, right, max_relative = 1e-3);
    // Triangles 0.0002° high and 0.001° wide.
    let each = 0.5 * 1e-3 * (zone_m2(46.0) - zone_m2(45.0)) * 0.5;
    assert_relative_eq!(left, each, max_relative = 1e-3);
}

#[test]
fn narrow_faces_are_noise_and_summed_apart() {
    let old = [(82.0, 46.0), (82.0, 45.0)];
    let new = [(82.0, 46.0), (82.001, 45.8), (82.0, 45.6), (81.9, 45.4), (82.0, 45.0)];
    let settings = Settings { accuracies: [Some(Metres::new(100.0)); 2], ..Settings::default() };
    let found = Comparison::new(&drawn(&old), &drawn(&new), &settings).unwrap();
    let [left, right] = found.land.gains;
    assert_eq!((left.significant.faces, left.noise.faces), (1, 0));
    assert_eq!((right.significant.faces, right.noise.faces), (0, 1));
    assert_eq!(found.land.transferred(), left.significant.area);
    assert_eq!(found.uncertainty(), Metres::new(200.0));
}

#[test]
fn what_lies_beyond_the_other_line_is_left_out_and_said() {
    let old = [(82.0, 45.5), (82.0, 45.0)];
    let new = [(82.01, 46.0), (82.01, 45.0)];
    let found = compared(&old, &new);
    let tail = found.land.joints[0].left_out.unwrap();
    assert_eq!(tail.version, Version::New);
    assert!((tail.length.km() - 55.6).abs() < 0.1);
    assert_eq!(found.land.joints[1].left_out, None);
    let zone = 0.01 * (zone_m2(45.5) - zone_m2(45.0));
    assert_relative_eq!(gains(&found.land)[1], zone, max_relative = 1e-5);
}

#[test]
fn across_the_antimeridian_it_is_as_elsewhere() {
    let at = |lon: f64| {
        let [west, east] = [lon - 0.05, lon + 0.05];
        let wrap = |x: f64| if x > 180.0 { x - 360.0 } else { x };
        let old = [(wrap(west), 46.0), (wrap(east), 45.0)];
        let new = [(wrap(east), 46.0), (wrap(west), 45.0)];
        gains(&compared(&old, &new).land)
    };
    let (here, there) = (at(82.0), at(180.0));
    for side in [0, 1] {
        assert_relative_eq!(here[side], there[side], max_relative = 1e-6);
    }
}

/// Lines on either side of the antimeridian, or both across it: the zone between them, its
/// place and its outline are there and nowhere else.
#[test]
fn faces_across_the_antimeridian_are_the_zone_between_the_meridians() {
    for (west, east) in [(179.9, -179.9), (179.95, 180.0), (-180.0, -179.95), (180.0, -179.9)] {
        let found = compared(&[(west, 46.0), (west, 45.0)], &[(east, 46.0), (east, 45.0)]);
        let width = (east - west + 360.0) % 360.0;
        let zone = width * (zone_m2(46.0) - zone_m2(45.0));
        assert_eq!(found.land.faces.len(), 1);
        let face = &found.land.faces[0];
        assert_relative_eq!(face.area.value(), zone, max_relative = 1e-5);
        assert_eq!(face.gains, Side::Right);
        let off_lon = |lon: f64| ((lon - west + 540.0).rem_euclid(360.0) - 180.0) / width;
        assert!((0.0..=1.0).contains(&off_lon(face.at.x)), "{:?}", face.at);
        for corner in &face.polygon.exterior().0 {
            assert!(corner.x.abs() <= 180.0 && (-1e-6..=1.0 + 1e-6).contains(&off_lon(corner.x)));
        }
        assert!(face.width.greatest.distance.km() < 15.8 * width / 0.2 + 0.1, "{face:?}");
        let all = found.vectors.iter().map(|offset| offset.distance.km());
        assert!(all.fold(0.0, f64::max) < 16.0);
    }
}

/// Two ways across a pole: between them lies a lune of meridians, cut by the ways that join
/// the ends.
#[test]
fn across_a_pole_it_is_as_elsewhere() {
    let old = [(0.0, 89.0), (0.0, 90.0), (180.0, 89.0)];
    let new = [(10.0, 89.0), (10.0, 89.999), (170.0, 89.999), (170.0, 89.0)];
    let found = compared(&old, &new);
    let expected = ring_m2(&[old[0], old[1], old[2], new[3], new[2], new[1], new[0]]);
    let total: f64 = gains(&found.land).iter().sum();
    assert_relative_eq!(total, expected, max_relative = 1e-6);
    assert!(expected > 2e9, "{expected}");
}

#[test]
fn closed_lines_are_walked_the_same_way_round() {
    let old = [(80.0, 45.0), (81.0, 45.0), (81.0, 46.0), (80.0, 46.0), (80.0, 45.0)];
    let new = [(80.0, 45.0), (80.0, 46.0), (81.1, 46.0), (81.0, 45.0), (80.0, 45.0)];
    let found = compared(&old, &new);
    assert!(found.turned);
    let more = ring_m2(&[(81.0, 46.0), (81.0, 45.0), (81.1, 46.0)]);
    // From one to the other the northern edge bulges more, which is no more than 0.2 %.
    assert_relative_eq!(gains(&found.land)[0], more, max_relative = 5e-3);
}

/// Wherever two closed lines begin, and whichever way they run, the land between them is the
/// same.
#[test]
fn closed_lines_may_begin_anywhere() {
    let old = [(80.0, 45.0), (80.1, 45.0), (80.1, 45.1), (80.0, 45.1)];
    let new = [(80.002, 45.0), (80.1, 44.997), (80.105, 45.1), (80.0, 45.102)];
    let closed = |ring: &[(f64, f64)], from: usize, back: bool| {
        let mut ring = ring.to_vec();
        ring.rotate_left(from);
        if back {
            ring.reverse();
        }
        ring.push(ring[0]);
        ring
    };
    let plain = compared(&closed(&old, 0, false), &closed(&new, 0, false));
    let expected = gains(&plain.land);
    assert!(expected.iter().all(|m2| *m2 > 1e4), "{expected:?}");
    let apart = plain.frechet.distance().value();
    for from in 0..4 {
        for back in [false, true] {
            let found = compared(&closed(&old, 0, false), &closed(&new, from, back));
            assert_eq!(found.turned, back);
            assert_eq!(found.begun.unwrap().version, Version::New);
            for side in [0, 1] {
                assert_relative_eq!(gains(&found.land)[side], expected[side], max_relative = 1e-5);
            }
            assert_relative_eq!(found.frechet.distance().value(), apart, epsilon = 1e-2);
            assert!(found.land.joints.iter().all(|joint| joint.left_out.is_none()));
        }
    }
    // Of what lies between them nothing is lost: the difference of the two areas.
    let more = ring_m2(&new) - ring_m2(&old);
    let [left, right] = expected;
    assert_relative_eq!(left - right, more, max_relative = 1e-3);
}

/// An open line along a part of a closed one: the rest is only in the closed one.
#[test]
fn an_open_line_is_compared_with_its_part_of_a_closed_one() {
    let square = [(80.0, 45.0), (80.1, 45.0), (80.1, 45.1), (80.0, 45.1), (80.0, 45.0)];
    let part = [(80.102, 45.05), (80.102, 45.102), (80.05, 45.102)];
    let expected =
        ring_m2(&[(80.1, 45.05), part[0], part[1], part[2], (80.05, 45.1), (80.1, 45.1)]);
    for back in [false, true] {
        let mut part = part.to_vec();
        if back {
            part.reverse();
        }
        for (found, of) in
            [(compared(&square, &part), Version::Old), (compared(&part, &square), Version::New)]
        {
            let total: f64 = gains(&found.land).iter().sum();
            assert_relative_eq!(total, expected, max_relative = 1e-2);
            assert!(!found.only.is_empty() && found.only.iter().all(|only| only.version == of));
            assert!(found.hausdorff.symmetric().value() < 300.0, "{:?}", found.hausdorff);
        }
    }
}

#[test]
fn lines_of_two_continents_are_refused_with_their_distance() {
    let (old, new) = (drawn(&[(82.0, 46.0), (82.0, 45.0)]), drawn(&[(2.0, 46.0), (2.0, 45.0)]));
    let refused = Comparison::new(&old, &new, &Settings::default()).unwrap_err();
    assert!((5_900.0..6_100.0).contains(&refused.distance.km()), "{refused}");
    assert_eq!(refused.across.km().round(), 111.0, "{refused}");
}

fn paths() -> impl Strategy<Value = Path> {
    // Southwards, winding.
    prop::collection::vec(81.9..82.1, 2..14).prop_map(|lons| {
        let step = 0.5 / lons.len() as f64;
        lons.into_iter().enumerate().map(|(i, lon)| (lon, 46.0 - step * i as f64)).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    /// Exchanged lines exchange the gains, and what is gained less what is lost is the
    /// signed area of the ring, whatever the faces.
    #[test]
    fn gains_swap_and_add_up(old in paths(), new in paths()) {
        let tracks = [&old, &new].map(|path| Track::new(&drawn(path).line));
        let there = Land::between(&tracks[0], &tracks[1], Metres::default());
        let back = Land::between(&tracks[1], &tracks[0], Metres::default());
        let ([left, right], [left_back, right_back]) = (gains(&there), gains(&back));
        let most = left.max(right).max(1e6);
        prop_assert!((left - right_back).abs() < 1e-5 * most, "{left} {right_back}");
        prop_assert!((right - left_back).abs() < 1e-5 * most, "{right} {left_back}");
        if there.joints.iter().all(|joint| joint.left_out.is_none()) {
            let ring = old.iter().chain(new.iter().rev()).map(|(x, y)| Coord { x: *x, y: *y });
            let ring: Vec<Coord> = ring.collect();
            let signed = Geodesic::new(Ellipsoid::WGS84).ring_area(&ring).unwrap().signed().value();
            prop_assert!((right - left - signed).abs() < 1e-5 * most, "{right} − {left} ≠ {signed}");
        }
    }
}
