//! Distances between lines whose distance is known.

use approx::assert_abs_diff_eq;
use geo::Coord;
use proptest::prelude::*;
use treatyline::compare::{Frechet, Hausdorff, Track};
use treatyline::geodesy::{Ellipsoid, Geodesic};
use treatyline::internal::compare::{Distribution, farthest};
use treatyline::io::Input;
use treatyline::line::Line;
use treatyline::quantity::Metres;

/// The promised accuracy up to 40 km.
const TOLERANCE_M: f64 = 1e-3;

fn line(vertices: &[(f64, f64)]) -> Line {
    Line::new(vertices.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect()).unwrap()
}

fn track(vertices: &[(f64, f64)]) -> Track {
    Track::new(&line(vertices))
}

fn geodesic() -> Geodesic {
    Geodesic::new(Ellipsoid::WGS84)
}

/// A drawing in the plane as a line near the equator, one unit to the metre.
fn drawn(units: &[(f64, f64)]) -> Track {
    let at = |(x, y): &(f64, f64)| {
        let east = geodesic().destination(Coord { x: 10.0, y: 0.0 }, 90.0, Metres::new(*x));
        let north = geodesic().destination(Coord { x: 10.0, y: 0.0 }, 0.0, Metres::new(*y));
        Coord { x: east.x, y: north.y }
    };
    Track::new(&Line::new(units.iter().map(at).collect()).unwrap())
}

#[test]
fn the_jts_example_is_not_that_between_vertices() {
    // JTS, DiscreteHausdorffDistance: between vertices 22.36, densified 47.8.
    let a = drawn(&[(0.0, 0.0), (100.0, 0.0), (10.0, 100.0), (10.0, 100.0)]);
    let b = drawn(&[(0.0, 100.0), (0.0, 10.0), (80.0, 10.0)]);
    let found = Hausdorff::new(&a, &b);
    // On the slanted edge x = 100 − 0.9 y, as far from x = 0 as from y = 10.
    let expected_m = 110.0 / 1.9 - 10.0;
    assert_abs_diff_eq!(found.symmetric().value(), expected_m, epsilon = TOLERANCE_M);
    assert_eq!(found.symmetric(), found.from_old.distance);
}

#[test]
fn the_other_jts_example_is_larger_than_between_vertices() {
    // JTS, DiscreteHausdorffDistance: 14.14 between vertices, though from the middle of
    // the long edge of A it is 70 to either side.
    let a = drawn(&[(130.0, 0.0), (0.0, 0.0), (0.0, 150.0)]);
    let b = drawn(&[(10.0, 10.0), (10.0, 150.0), (130.0, 10.0)]);
    let found = Hausdorff::new(&a, &b);
    // Along y = 0, as far from (10, 10) as from the slanted edge 7x + 6y = 970.
    let along_m = |x: f64| ((x - 10.0).hypot(10.0), (970.0 - 7.0 * x) / 85_f64.sqrt());
    let (mut low, mut high) = (10.0, 130.0);
    for _ in 0..60 {
        let x = 0.5 * (low + high);
        if along_m(x).0 < along_m(x).1 { low = x } else { high = x }
    }
    assert_abs_diff_eq!(found.from_old.distance.value(), along_m(low).0, epsilon = TOLERANCE_M);
    assert!(found.symmetric().value() > 14.15);
}

#[test]
fn more_vertices_on_the_same_line_are_no_distance() {
    let coarse = line(&[(82.0, 46.0), (83.0, 45.5), (82.5, 45.0), (84.0, 44.0)]);
    let fine = coarse.densified(Metres::new(37.0));
    let found = Hausdorff::new(&Track::new(&coarse), &Track::new(&fine));
    assert!(found.symmetric().value() <= TOLERANCE_M, "{:?}", found.symmetric());
}

#[test]
fn a_line_and_its_shifted_self_are_the_shift_apart() {
    // Shifted along the equator, perpendicular to the edges: exactly the shift.
    let there = track(&[(10.0, -0.01), (10.0, 0.01)]);
    let shifted = track(&[(10.01, -0.01), (10.01, 0.01)]);
    let apart = geodesic().distance(Coord { x: 10.0, y: 0.0 }, Coord { x: 10.01, y: 0.0 });
    let found = Hausdorff::new(&there, &shifted);
    assert_abs_diff_eq!(found.from_old.distance, apart, epsilon = TOLERANCE_M);
    assert_abs_diff_eq!(found.from_new.distance, apart, epsilon = TOLERANCE_M);
}

#[test]
fn parallel_meridians_are_farthest_apart_towards_the_equator() {
    let west = track(&[(82.0, 46.0), (82.0, 44.0)]);
    let east = track(&[(82.1, 46.0), (82.1, 44.0)]);
    let found = farthest(&west, &east);
    assert_eq!(found.from.at, Coord { x: 82.0, y: 44.0 });
    // The nearest place of the other meridian is a little farther north.
    assert!(found.to.at.y > 44.0 && found.to.at.y < 44.001, "{found:?}");
    let along_parallel = geodesic().distance(found.from.at, Coord { x: 82.1, y: 44.0 });
    assert!(found.distance < along_parallel);
    assert_abs_diff_eq!(found.distance, along_parallel, epsilon = 1.0);
}

#[test]
fn a_detour_in_the_middle_of_an_edge_is_seen_from_both_sides() {
    let straight = track(&[(82.0, 46.0), (82.0, 45.0)]);
    let detour =
        track(&[(82.0, 46.0), (82.0, 45.502), (82.03, 45.5), (82.0, 45.498), (82.0, 45.0)]);
    let found = Hausdorff::new(&straight, &detour);
    assert_eq!(found.from_new.from.at, Coord { x: 82.03, y: 45.5 });
    let tip = geodesic().distance(Coord { x: 82.03, y: 45.5 }, Coord { x: 82.0, y: 45.5 });
    assert_abs_diff_eq!(found.from_new.distance, tip, epsilon = 0.01);
    // From the straight line the mouth of the detour is at most half its width away.
    assert!(found.from_old.distance.value() < 225.0, "{found:?}");
    assert_eq!(found.symmetric(), found.from_new.distance);
}

/// The directed distance by looking at many points.
fn sampled(from: &Line, to: &Track, step: Metres) -> f64 {
    let points = from.densified(step);
    let away = points.vertices().iter().map(|point| to.nearest(*point).distance.value());
    away.fold(0.0, f64::max)
}

fn paths() -> impl Strategy<Value = Line> {
    prop::collection::vec((81.9..82.1, 44.9..45.1), 2..12).prop_filter_map("no length", |path| {
        Line::new(path.into_iter().map(|(x, y)| Coord { x, y }).collect()).ok()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    /// No sampled point is farther than the distance found, and sampling comes near it.
    #[test]
    fn no_point_is_farther_than_the_distance(a in paths(), b in paths()) {
        let [from, to] = [&a, &b].map(Track::new);
        let found = farthest(&from, &to).distance.value();
        let sampled = sampled(&a, &to, Metres::new(50.0));
        prop_assert!(sampled <= found + TOLERANCE_M, "{sampled} > {found}");
        prop_assert!(found <= sampled + 25.0 + TOLERANCE_M, "{found} ≫ {sampled}");
    }

    /// Exchanged lines exchange the directed distances; turning one round changes nothing.
    #[test]
    fn it_is_symmetric(a in paths(), b in paths()) {
        let [one, other] = [&a, &b].map(Track::new);
        let (there, back) = (Hausdorff::new(&one, &other), Hausdorff::new(&other, &one));
        prop_assert_eq!(there.from_old, back.from_new);
        prop_assert_eq!(there.symmetric(), back.symmetric());
        let turned = Hausdorff::new(&one, &Track::new(&b.reversed()));
        prop_assert!((turned.symmetric() - there.symmetric()).abs().value() < TOLERANCE_M);
    }
}

#[test]
fn the_depictions_of_the_boundary_are_as_far_apart_as_sampling_finds() {
    let read = |name: &str| {
        let path = crate::common::shared(&format!("data/lines/{name}.geojson"))?;
        let data = treatyline::io::read(&Input::path(&path)).unwrap();
        let treatyline::io::Shape::Lines(parts) = &data.features[0].shape else { panic!() };
        Some(Line::new(parts.concat()).unwrap())
    };
    for (old, new) in [("dcw_1992", "us_state"), ("wdb2", "us_state"), ("wdb2", "dcw_1992")] {
        let (Some(old), Some(new)) = (read(old), read(new)) else { return };
        let [one, other] = [&old, &new].map(Track::new);
        let found = farthest(&one, &other);
        eprintln!("{found:?}");
        let sampled = sampled(&old, &other, Metres::new(100.0));
        assert!(sampled <= found.distance.value() + TOLERANCE_M);
        assert!(found.distance.value() <= sampled + 50.0);
    }
}

/// Distances that grow evenly from 0 have their mean in the middle and their percentiles
/// where they say.
#[test]
fn a_line_that_turns_away_evenly_is_evenly_distributed() {
    let base = drawn(&[(0.0, 0.0), (10_000.0, 0.0)]);
    let away = drawn(&[(0.0, 0.0), (9_000.0, 1_000.0)]);
    let found = Distribution::new(&away, &base, &[Metres::new(250.0), Metres::new(2_000.0)]);
    for (found, expected_m) in
        [(found.mean, 500.0), (found.p50, 500.0), (found.p90, 900.0), (found.p99, 990.0)]
    {
        assert_abs_diff_eq!(found.value(), expected_m, epsilon = 0.01);
    }
    assert!(found.mean_error.value() < 0.1, "{:?}", found.mean_error);
    assert_abs_diff_eq!(found.beyond[0].share, 0.75, epsilon = 1e-4);
    assert_eq!(found.beyond[1].share, 0.0);
}

/// The distance falls to 0 between two samples and rises again: the bound holds.
#[test]
fn the_mean_is_within_its_error_where_lines_cross() {
    let base = drawn(&[(-3_000.0, 0.0), (3_000.0, 0.0)]);
    let across = drawn(&[(0.0, -777.0), (1.0, 1_223.0)]);
    let found = Distribution::new(&across, &base, &[]);
    let expected_m = (777.0 * 777.0 + 1_223.0 * 1_223.0) / 4_000.0;
    let off_m = (found.mean.value() - expected_m).abs();
    assert!(off_m <= found.mean_error.value() && off_m < 0.1, "{off_m}");
}

fn frechet(old: &Track, new: &Track) -> Frechet {
    let found = Frechet::new(old, new, &Hausdorff::new(old, new));
    let Frechet { low, high, settled, .. } = found;
    assert!(settled, "{found:?}");
    // To a millimetre, or a millionth.
    assert!(low <= high && (high - low).value() < 1.1e-3 + 2e-6 * high.value(), "{found:?}");
    // The discrete one is off by a step at most.
    assert!(high >= found.discrete - found.step && low <= found.discrete + found.step);
    found
}

#[test]
fn frechet_sees_order_and_hausdorff_does_not() {
    let straight = drawn(&[(0.0, 0.0), (3_000.0, 0.0)]);
    let back_and_forth = drawn(&[(0.0, 0.0), (2_000.0, 0.0), (1_000.0, 0.0), (3_000.0, 0.0)]);
    assert!(Hausdorff::new(&straight, &back_and_forth).symmetric().value() < TOLERANCE_M);
    let found = frechet(&straight, &back_and_forth);
    // The walker on the straight line waits half way: 500 m from either turn.
    assert!((found.discrete.value() - 500.0).abs() <= found.step.value(), "{found:?}");
    assert_abs_diff_eq!(found.distance().value(), 500.0, epsilon = 2e-3);
}

#[test]
fn frechet_is_at_least_hausdorff_and_exact_for_shifted_lines() {
    let there = drawn(&[(0.0, 0.0), (5_000.0, 300.0), (9_000.0, 0.0)]);
    let shifted = drawn(&[(0.0, 800.0), (5_000.0, 1_100.0), (9_000.0, 800.0)]);
    let found = frechet(&there, &shifted);
    assert_abs_diff_eq!(found.discrete.value(), 800.0, epsilon = found.step.value());
    assert_abs_diff_eq!(found.distance().value(), 800.0, epsilon = 2e-3);
    assert!(found.high >= Hausdorff::new(&there, &shifted).symmetric());
}

/// For two edges it is the larger one of the distances of their ends; in opposite directions it is
/// the whole length.
#[test]
fn frechet_of_two_edges_is_that_of_their_ends() {
    let there = drawn(&[(0.0, 0.0), (70.0, 0.0)]);
    for (from, to, expected_m) in [
        ((0.0, 3.0), (70.0, 4.0), 4.0),
        ((0.0, 30.0), (70.0, 4.0), 30.0),
        ((70.0, 0.0), (0.0, 0.0), 70.0),
        ((40.0, 30.0), (70.0, 0.0), 50.0),
    ] {
        let found = frechet(&there, &drawn(&[from, to]));
        assert_abs_diff_eq!(found.distance().value(), expected_m, epsilon = 2e-3);
    }
}

#[test]
fn more_vertices_change_no_frechet_distance() {
    let old = line(&[(82.0, 46.0), (82.03, 45.9), (81.98, 45.8), (82.0, 45.7)]);
    let new = line(&[(82.01, 46.0), (82.0, 45.85), (82.02, 45.88), (82.0, 45.7)]);
    let [coarse, fine] = [1_000.0, 71.0].map(|step| {
        let [old, new] = [&old, &new].map(|line| Track::new(&line.densified(Metres::new(step))));
        frechet(&old, &new).distance().value()
    });
    assert_abs_diff_eq!(coarse, fine, epsilon = 5e-3);
    let same = [&old, &old.densified(Metres::new(37.0))].map(Track::new);
    assert!(frechet(&same[0], &same[1]).low.value() < TOLERANCE_M);
}

/// By definition: with a shorter leash the samples cannot be walked, and with one longer by the
/// step they can.
#[test]
fn frechet_is_that_of_many_samples() {
    let path = |seed: f64| -> Vec<(f64, f64)> {
        let at = |i: u32| {
            let t = f64::from(i);
            (9.0 * t + 15.0 * (seed * t).sin(), 20.0 * (1.3 * seed * t).cos())
        };
        (0..9).map(at).collect()
    };
    for (a, b) in [(0.7, 1.1), (2.1, 0.4), (1.9, 2.6)] {
        let (old, new) = (drawn(&path(a)), drawn(&path(b)));
        let step_m = 0.5;
        let samples = [&old, &new].map(|track| track.line().densified(Metres::new(step_m)));
        let [p, q] = samples.each_ref().map(|line| line.vertices());
        let mut leash = vec![vec![f64::INFINITY; q.len()]; p.len()];
        for i in 0..p.len() {
            for j in 0..q.len() {
                let before = match (i.checked_sub(1), j.checked_sub(1)) {
                    (None, None) => 0.0,
                    (Some(i), None) => leash[i][j],
                    (None, Some(k)) => leash[i][k],
                    (Some(h), Some(k)) => leash[h][k].min(leash[h][j]).min(leash[i][k]),
                };
                leash[i][j] = geodesic().distance(p[i], q[j]).value().max(before);
            }
        }
        let sampled_m = leash[p.len() - 1][q.len() - 1];
        let found_m = frechet(&old, &new).distance().value();
        assert!((found_m - sampled_m).abs() <= step_m, "{found_m} {sampled_m}");
        // Samples can only make it longer: the lines are walked from sample to sample.
        assert!(found_m <= sampled_m + 5e-3, "{found_m} {sampled_m}");
    }
}

#[test]
fn lines_of_two_continents_have_bounds_and_no_more() {
    let [there, here] = [82.0, 2.0].map(|lon| track(&[(lon, 45.001), (lon, 45.0)]));
    let found = Frechet::new(&there, &here, &Hausdorff::new(&there, &here));
    assert!(!found.settled, "{found:?}");
    let Frechet { low, high, .. } = found;
    assert!(low <= found.discrete && found.discrete <= high && low.km() > 5_000.0, "{found:?}");
}
