//! Lengths and areas compared with known values.
//!
//! Each tolerance is the one `docs/geodesy.md` promises.

use approx::{assert_abs_diff_eq, assert_relative_eq};
use geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};
use geographiclib_rs::{Geodesic as Karney, PolygonArea, Winding};
use proptest::prelude::*;
use treatyline::geodesy::{Ellipsoid, Geodesic, Method, PositionFault, RingArea};
use treatyline::internal::geodesy::Instructions;
use treatyline::quantity::{Metres, SquareMetres};

/// The promised accuracy of the series on an edge.
const NANOMETRE: f64 = 1e-9;
/// The accuracy of Karney's method in double precision: 15 nm, according to its author.
const KARNEY_M: f64 = 15e-9;

fn at(lon: f64, lat: f64) -> Coord {
    Coord { x: lon, y: lat }
}

fn wgs84() -> Geodesic {
    Geodesic::new(Ellipsoid::WGS84)
}

fn ellipsoid(name: &str) -> Ellipsoid {
    match name {
        "KRASOVSKY" => Ellipsoid::KRASOVSKY,
        "SPHERE" => Ellipsoid::SPHERE,
        _ => Ellipsoid::WGS84,
    }
}

fn records(text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap).collect()
}

fn numbers(fields: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<f64> {
    fields.into_iter().map(|field| field.as_ref().parse().unwrap()).collect()
}

// Against 30 digits.

#[test]
fn an_edge_is_good_to_a_nanometre_within_the_reach_of_the_series() {
    let mut within = 0;
    for record in records(include_str!("../data/geodesy/edges.csv")) {
        let n = numbers(record.iter().skip(1));
        let geodesic = Geodesic::new(ellipsoid(&record[0]));
        let (from, to, truth_m) = (at(n[1], n[0]), at(n[3], n[2]), n[4]);
        let reached = truth_m < geodesic.reach(f64::midpoint(from.y, to.y)).value();
        let tolerance_m = if reached { NANOMETRE } else { KARNEY_M };
        within += u32::from(reached);
        let found = geodesic.distance(from, to);
        assert_abs_diff_eq!(found, Metres::new(truth_m), epsilon = tolerance_m);
    }
    assert!(within > 500, "{within} edges within the reach");
}

#[test]
fn a_ring_of_short_edges_is_good_to_two_parts_in_ten_trillion() {
    for record in records(include_str!("../data/geodesy/rings.csv")) {
        let edge_m: f64 = record[1].parse().unwrap();
        let n = numbers(record[2].split(' '));
        let ring: Vec<Coord> = n.chunks(2).map(|pair| at(pair[1], pair[0])).collect();
        let truth = SquareMetres::new(record[3].parse().unwrap());
        let found = wgs84().ring_area(&ring).unwrap().signed();
        if ring.iter().all(|corner| corner.y.abs() < 80.0) && edge_m <= 5e3 {
            assert_relative_eq!(found, truth, max_relative = 2e-13);
        } else {
            // Some edges are Karney's, which are good to a square centimetre or so.
            assert_abs_diff_eq!(found, truth, epsilon = 0.01 + 1e-13 * truth.abs().value());
        }
    }
}

#[test]
fn the_lines_geographiclib_publishes_come_out() {
    for record in records(include_str!("../data/geodesy/published.csv")) {
        let n = numbers(&record);
        let turned = |lon: f64| (lon + 180.0).rem_euclid(360.0) - 180.0;
        let (from, to) = (at(turned(n[1]), n[0]), at(turned(n[3]), n[2]));
        assert_abs_diff_eq!(wgs84().distance(from, to), Metres::new(n[4]), epsilon = KARNEY_M);
        // The area under a line: the ring down to the equator along both meridians.
        let ring = [from, at(from.x, 0.0), at(to.x, 0.0), to];
        let whole = Ellipsoid::WGS84.area().value();
        let found = wgs84().ring_area(&ring).unwrap().signed().value();
        let off = (found - n[5]).rem_euclid(whole);
        assert!(off.min(whole - off) < 1.0, "{record:?}: {found}");
    }
}

// The same result by all means.

/// A coast that winds, long edges and the antimeridian in between.
fn coast(count: u32) -> Vec<Coord> {
    let vertex = |i: u32| {
        let along = f64::from(i);
        let lon = 179.0 + along * 1e-3 + 4e-4 * (along * 0.7).sin();
        let lat = 43.9 + 0.5 * (along * 1e-3).sin() + if i % 1000 == 999 { 3.0 } else { 0.0 };
        at(if lon > 180.0 { lon - 360.0 } else { lon }, lat)
    };
    (0..count).map(vertex).collect()
}

#[test]
fn neither_instructions_nor_threads_show_in_the_result() {
    let path = coast(150_000);
    let by = |instructions, threads| wgs84().with_instructions(instructions).with_threads(threads);
    let plain = by(Instructions::Plain, 1);
    let (length, area) = (plain.length(&path).unwrap(), plain.ring_area(&path).unwrap());
    for instructions in [Instructions::Plain, Instructions::Avx2, Instructions::Best] {
        for threads in [1, 2, 7] {
            let other = by(instructions, threads);
            assert_eq!(other.length(&path).unwrap(), length, "{instructions:?} × {threads}");
            assert_eq!(other.ring_area(&path).unwrap(), area, "{instructions:?} × {threads}");
        }
    }
}

#[test]
fn a_path_is_the_sum_of_its_edges_and_its_last_chainage() {
    for count in [2, 3, 63, 64, 65, 95, 97, 513, 8193, 20_000] {
        let path = coast(count);
        let length = wgs84().length(&path).unwrap();
        let edges = path.windows(2).map(|pair| wgs84().distance(pair[0], pair[1]));
        assert_relative_eq!(length, edges.sum(), max_relative = 1e-13);
        let chainages = wgs84().chainages(&path).unwrap();
        assert_eq!(chainages.len(), path.len());
        assert_relative_eq!(length, *chainages.last().unwrap(), max_relative = 1e-15);
    }
}

#[test]
fn series_and_karney_agree_on_a_long_path() {
    let path = coast(20_000);
    let karney = Geodesic::new(Ellipsoid::WGS84).with_method(Method::Karney);
    let edges = path.len() as f64;
    let (ours, theirs) = (wgs84().length(&path).unwrap(), karney.length(&path).unwrap());
    assert_abs_diff_eq!(ours, theirs, epsilon = 2.0 * NANOMETRE * edges);
}

// Ellipsoids.

#[test]
fn a_degree_of_the_equator_and_a_quarter_of_a_meridian_are_known() {
    let mars = Ellipsoid::new("Mars", 3_396_190.0, 1.0 / 169.894_447).unwrap();
    for on in [Ellipsoid::WGS84, Ellipsoid::GRS80, Ellipsoid::CGCS2000, Ellipsoid::SPHERE, mars] {
        let geodesic = Geodesic::new(on);
        let degree = Metres::new(on.semi_major_m().to_radians());
        let found = geodesic.distance(at(80.0, 0.0), at(81.0, 0.0));
        assert_abs_diff_eq!(found, degree, epsilon = NANOMETRE);
    }
    // Meridian quadrants: WGS 84 by NGA.STND.0036; Krasovsky by the series of Helmert.
    let quadrant = |on| Geodesic::new(on).distance(at(0.0, 0.0), at(0.0, 90.0));
    assert_abs_diff_eq!(quadrant(Ellipsoid::WGS84), Metres::new(10_001_965.729_3), epsilon = 1e-4);
}

#[test]
fn whole_ellipsoids_have_their_published_area() {
    // NGA.STND.0036: 5.10065622 · 10¹⁴ m².
    let found = Ellipsoid::WGS84.area();
    assert_abs_diff_eq!(found, SquareMetres::new(510_065_622e6), epsilon = 0.5e6);
    let r = Ellipsoid::SPHERE.semi_major_m();
    let sphere = SquareMetres::new(4.0 * std::f64::consts::PI * r * r);
    assert_relative_eq!(Ellipsoid::SPHERE.area(), sphere, max_relative = 1e-15);
}

// Places where methods break.

#[test]
fn lengths_where_methods_break() {
    let karney = Karney::wgs84();
    use geographiclib_rs::InverseGeodesic;
    for (from, to) in [
        (at(12.0, 34.0), at(12.0, 34.0)),
        (at(12.0, 34.0), at(12.0, 34.0 + 1e-9)),
        (at(12.0, 0.0), at(13.0, 0.0)),
        (at(12.0, -0.0), at(12.5, 0.0)),
        (at(-0.0, 45.0), at(0.0, 45.001)),
        (at(12.0, 89.999), at(-168.0, 89.999)),
        (at(12.0, 89.999), at(12.1, 89.999)),
        (at(12.0, 90.0), at(77.0, 90.0)),
        (at(12.0, 90.0), at(77.0, -90.0)),
        (at(12.0, 30.0), at(-168.0, -30.0)),
        (at(12.0, 30.0), at(-168.1, -29.9)),
        (at(179.999_9, 45.0), at(-179.999_9, 45.0)),
        (at(180.0, 45.0), at(-180.0, 45.0)),
        (at(-180.0, 45.0), at(179.999_9, 45.1)),
        (at(0.0, 60.0), at(180.0, 60.0)),
    ] {
        let theirs: f64 = karney.inverse(from.y, from.x, to.y, to.x);
        let ours = wgs84().distance(from, to);
        assert_abs_diff_eq!(ours, Metres::new(theirs), epsilon = KARNEY_M);
        assert_eq!(ours, wgs84().distance(to, from), "{from:?} {to:?}");
    }
}

#[test]
fn what_is_no_position_is_refused_wherever_it_stands() {
    let bad = [
        (at(f64::NAN, 1.0), true),
        (at(1.0, f64::NAN), true),
        (at(f64::INFINITY, 1.0), true),
        (at(181.0, 1.0), false),
        (at(1.0, -90.000_1), false),
    ];
    for (position, not_finite) in bad {
        for place in [0, 1, 300, 599] {
            let mut path = coast(600);
            path[place] = position;
            for fault in [
                wgs84().length(&path).unwrap_err(),
                wgs84().chainages(&path).unwrap_err(),
                wgs84().ring_area(&path).unwrap_err(),
            ] {
                let found = matches!(fault, PositionFault::NotFinite { .. });
                assert_eq!(found, not_finite, "{fault}");
            }
        }
        assert!(wgs84().length(&[position]).is_err());
        assert!(wgs84().distance(position, at(0.0, 0.0)).value().is_nan());
    }
    let nothing: [[f64; 2]; 0] = [];
    assert_eq!(wgs84().length(&nothing).unwrap(), Metres::new(0.0));
    assert_eq!(wgs84().ring_area(&nothing).unwrap().area, SquareMetres::new(0.0));
}

/// The area inside a ring by GeographicLib's own polygon, positive counter-clockwise.
fn reference_area(ring: &[Coord]) -> f64 {
    let karney = Karney::wgs84();
    let mut polygon = PolygonArea::new(&karney, Winding::CounterClockwise);
    ring.iter().for_each(|corner| polygon.add_point(corner.y, corner.x));
    polygon.compute(true).1
}

#[test]
fn rings_around_poles_and_across_the_antimeridian_hold_what_they_should() {
    let circle = |lat: f64, step: i32| -> Vec<Coord> {
        (0..36).map(|i| at(f64::from((i * step).rem_euclid(36)) * 10.0 - 180.0, lat)).collect()
    };
    let rings = [
        circle(80.0, 1),
        circle(80.0, -1),
        circle(-65.0, 1),
        circle(-65.0, -1),
        circle(0.0, 1),
        vec![at(179.9, 10.0), at(-179.9, 10.0), at(-179.9, 10.2), at(179.9, 10.2)],
        vec![at(179.9, 10.0), at(179.9, 10.2), at(-179.9, 10.2), at(-179.9, 10.0)],
        vec![at(180.0, 10.0), at(-179.9, 10.0), at(-179.9, 10.2), at(-180.0, 10.2)],
        vec![at(0.0, 89.0), at(90.0, 89.0), at(180.0, 89.0), at(-90.0, 89.0)],
        vec![at(0.0, 80.0), at(180.0, 80.0), at(90.0, 60.0)],
        vec![at(10.0, 90.0), at(10.0, 80.0), at(50.0, 80.0)],
        vec![at(10.0, 10.0), at(80.0, -20.0), at(170.0, 40.0)],
    ];
    for ring in rings {
        let wanted = reference_area(&ring);
        let found = wgs84().ring_area(&ring).unwrap();
        let half = 0.5 * Ellipsoid::WGS84.area().value();
        if (wanted.abs() / half - 1.0).abs() < 1e-12 {
            // The equator: either half is the smaller one.
            assert_relative_eq!(found.area.value(), half, max_relative = 1e-12);
        } else {
            assert_abs_diff_eq!(found.signed().value(), wanted, epsilon = 0.5);
        }
        let by_karney =
            Geodesic::new(Ellipsoid::WGS84).with_method(Method::Karney).ring_area(&ring).unwrap();
        assert_abs_diff_eq!(by_karney.area, found.area, epsilon = 0.5);
    }
}

#[test]
fn a_cap_on_the_sphere_is_what_archimedes_says() {
    let r = Ellipsoid::SPHERE.semi_major_m();
    let ring: Vec<Coord> = (0..36_000).map(|i| at(f64::from(i) / 100.0 - 180.0, 60.0)).collect();
    let cap = 2.0 * std::f64::consts::PI * r * r * (1.0 - 60_f64.to_radians().sin());
    let found = Geodesic::new(Ellipsoid::SPHERE).ring_area(&ring).unwrap();
    assert!(found.counter_clockwise);
    // Great circles bulge over the parallel: λ³ sin φ cos² φ/12 each.
    let step = 0.01_f64.to_radians();
    let (sin, cos) = 60_f64.to_radians().sin_cos();
    let bulges = 36_000.0 * r * r * step.powi(3) * sin * cos * cos / 12.0;
    assert_relative_eq!(found.area.value(), cap - bulges, max_relative = 1e-13);
}

#[test]
fn geometries_of_geo_are_measured_as_what_they_are_made_of() {
    let square = |west: f64, side: f64| {
        LineString(vec![
            at(west, 45.0),
            at(west + side, 45.0),
            at(west + side, 45.0 + side),
            at(west, 45.0 + side),
            at(west, 45.0),
        ])
    };
    let (large, small, other) = (square(80.0, 0.3), square(80.1, 0.1), square(90.0, 0.2));
    let area = |ring: &LineString| wgs84().ring_area(&ring.0).unwrap().area;
    let holed = Polygon::new(large.clone(), vec![small.clone()]);
    assert_eq!(wgs84().area(&holed).unwrap(), area(&large) - area(&small));
    let many = MultiPolygon(vec![holed.clone(), Polygon::new(other.clone(), vec![])]);
    let sum = wgs84().area(&holed).unwrap() + area(&other);
    assert_relative_eq!(wgs84().area(&many).unwrap(), sum, max_relative = 1e-15);
    let lines = MultiLineString(vec![large.clone(), other.clone()]);
    let length = |line: &LineString| wgs84().length(line).unwrap();
    let sum = length(&large) + length(&other);
    assert_relative_eq!(wgs84().length(&lines).unwrap(), sum, max_relative = 1e-15);
    assert_eq!(wgs84().length(&large.0[..]).unwrap(), length(&large));
}

// Laws.

fn anywhere() -> impl Strategy<Value = Coord> {
    (-180.0..180.0, -90.0..90.0).prop_map(|(lon, lat)| at(lon, lat))
}

/// A walk of short edges.
fn walk() -> impl Strategy<Value = Vec<Coord>> {
    let step = (-0.01..0.01, -0.01..0.01);
    (-90.0..90.0, -80.0..80.0, prop::collection::vec(step, 3..300)).prop_map(
        |(lon, lat, steps): (f64, f64, Vec<(f64, f64)>)| {
            let mut here = at(lon, lat);
            let mut path = vec![here];
            for (east, north) in steps {
                here = at(here.x + east, (here.y + north).clamp(-84.0, 84.0));
                path.push(here);
            }
            path
        },
    )
}

fn ring_of(path: &[Coord]) -> RingArea {
    wgs84().ring_area(path).unwrap()
}

proptest! {
    #[test]
    fn there_and_back_is_as_far(a in anywhere(), b in anywhere()) {
        prop_assert_eq!(wgs84().distance(a, b), wgs84().distance(b, a));
    }

    #[test]
    fn no_way_round_is_shorter(a in anywhere(), b in anywhere(), c in anywhere()) {
        let d = |a, b| wgs84().distance(a, b).value();
        prop_assert!(d(a, c) <= d(a, b) + d(b, c) + KARNEY_M);
    }

    #[test]
    fn edges_are_karneys_to_some_nanometres(
        a in anywhere(), east in -1.0_f64..1.0, north in -1.0_f64..1.0,
    ) {
        let b = at((a.x + east).clamp(-180.0, 180.0), (a.y + north).clamp(-90.0, 90.0));
        let theirs = Geodesic::new(Ellipsoid::WGS84).with_method(Method::Karney).distance(a, b);
        prop_assert!((wgs84().distance(a, b) - theirs).abs().value() < 5.0 * NANOMETRE);
    }

    #[test]
    fn a_shift_in_longitude_changes_nothing(path in walk(), shift in 0_u8..64) {
        // A multiple of 1/4 that keeps every longitude a multiple of the same last digit.
        let shift = f64::from(shift) / 4.0;
        let coarse: Vec<Coord> =
            path.iter().map(|p| at((p.x * 1e9).round() / 1_073_741_824.0, p.y)).collect();
        let moved: Vec<Coord> = coarse.iter().map(|p| at(p.x + shift, p.y)).collect();
        let (here, there) = (wgs84().length(&coarse).unwrap(), wgs84().length(&moved).unwrap());
        prop_assert!((here - there).abs().value() <= 1e-13 * here.value());
    }

    #[test]
    fn an_edge_split_on_its_geodesic_is_as_long(
        a in anywhere(), azimuth in 0.0..360.0, length_m in 1.0..20e3, share in 0.1..0.9,
    ) {
        prop_assume!(a.y.abs() < 80.0);
        let geodesic = wgs84();
        let b = geodesic.destination(a, azimuth, Metres::new(length_m));
        let middle = geodesic.between(a, b, share);
        let parts = geodesic.distance(a, middle) + geodesic.distance(middle, b);
        // The point in between is rounded to some 10⁻¹⁴ degrees, along and across.
        prop_assert!((parts - geodesic.distance(a, b)).abs().value() < 10.0 * NANOMETRE);
    }

    #[test]
    fn reversal_changes_the_sign_of_area_and_nothing_else(path in walk()) {
        let mut back = path.clone();
        back.reverse();
        let (there, back_area) = (ring_of(&path), ring_of(&back));
        let scale = wgs84().length(&path).unwrap().value().powi(2);
        prop_assert!((there.signed() + back_area.signed()).abs().value() <= 1e-13 * scale);
        let (out, home) = (wgs84().length(&path).unwrap(), wgs84().length(&back).unwrap());
        prop_assert!((out - home).abs().value() <= 1e-13 * out.value());
    }

    #[test]
    fn where_a_ring_begins_changes_nothing(path in walk(), begin in 0_usize..300) {
        let mut turned = path.clone();
        turned.rotate_left(begin % path.len());
        let scale = wgs84().length(&path).unwrap().value().powi(2);
        let difference = ring_of(&path).signed() - ring_of(&turned).signed();
        prop_assert!(difference.abs().value() <= 1e-13 * scale);
    }

    #[test]
    fn rings_are_karneys_to_his_last_digits(path in walk()) {
        let wanted = reference_area(&path);
        prop_assert!((ring_of(&path).signed().value() - wanted).abs() < 0.01);
    }
}
