//! Length as a function of resolution, on lines whose answer is known.

use std::sync::LazyLock;

use geo::Coord;
use treatyline::Dossier;
use treatyline::check::Study;
use treatyline::geodesy::{Ellipsoid, Geodesic};
use treatyline::internal::resolution::{simplified, walked};
use treatyline::quantity::Metres;
use treatyline::resolution::{Curve, Reach, ladder};

const CORNER: Coord = Coord { x: 80.0, y: 45.0 };

/// Points given in metres east and north of a corner.
fn on_the_ground(plan: &[(f64, f64)]) -> Vec<Coord> {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let place = |(east, north): &(f64, f64)| {
        let azimuth_deg = east.atan2(*north).to_degrees();
        geodesic.destination(CORNER, azimuth_deg, Metres::new(east.hypot(*north)))
    };
    plan.iter().map(place).collect()
}

/// Koch's curve over a base, each edge replaced by four, repeated `times` times (von Koch 1904).
fn koch(base_m: f64, times: u32) -> Vec<(f64, f64)> {
    let mut points = vec![(0.0, 0.0), (base_m, 0.0)];
    for _ in 0..times {
        let mut next = vec![points[0]];
        for pair in points.windows(2) {
            let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
            let (dx, dy) = ((to_x - x) / 3.0, (to_y - y) / 3.0);
            let rise = 3_f64.sqrt() / 2.0;
            next.extend([
                (x + dx, y + dy),
                (x + 1.5 * dx - rise * dy, y + 1.5 * dy + rise * dx),
                (x + 2.0 * dx, y + 2.0 * dy),
                (to_x, to_y),
            ]);
        }
        points = next;
    }
    points
}

fn length_m(curve: &Curve, resolution_m: f64) -> f64 {
    curve.at(resolution_m).unwrap().length.value()
}

#[test]
fn a_straight_line_is_as_long_at_every_resolution_and_has_the_dimension_1() {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let at = |i: u32| geodesic.destination(CORNER, 30.0, Metres::new(f64::from(i) * 7.0));
    let straight: Vec<Coord> = (0..=10_000).map(at).collect();
    for curve in [simplified(&straight, &ladder(&[])), walked(&straight, &ladder(&[]))] {
        for point in &curve.points {
            // Vertices to a nanometre and a million steps.
            assert!((point.length.value() - 70_000.0).abs() < 1e-3, "{point:?}");
        }
        for local in curve.local_dimensions() {
            assert!((local.dimension.value - 1.0).abs() < 1e-6, "{local:?}");
        }
    }
}

#[test]
fn kochs_curve_has_the_dimension_log_4_over_log_3() {
    // Edges from 81 km down to 37 m.
    let curve = on_the_ground(&koch(81_000.0, 7));
    let expected = 4_f64.ln() / 3_f64.ln();
    for (name, curve) in
        [("simplified", simplified(&curve, &ladder(&[]))), ("walked", walked(&curve, &ladder(&[])))]
    {
        let found = curve.dimension().unwrap();
        let off = (found.value - expected).abs();
        assert!(off <= found.half_width_95, "{name}: {found:?}");
        assert!(found.half_width_95 < 0.06, "{name}: {found:?}");
        assert!(found.to_m / found.from_m > 30.0, "{name}: {found:?}");
    }
}

#[test]
fn a_square_wave_loses_its_amplitude_and_keeps_its_base() {
    // 200 waves of 100 m, 40 m high: 180 m of line to 100 m.
    let wave = |i: u32| {
        let x = f64::from(i) * 100.0;
        [(x, 0.0), (x, 40.0), (x + 50.0, 40.0), (x + 50.0, 0.0)]
    };
    let mut plan: Vec<(f64, f64)> = (0..200).flat_map(wave).collect();
    plan.push((20_000.0, 0.0));
    let wave = on_the_ground(&plan);
    let simple = simplified(&wave, &ladder(&[]));
    for fine_m in [1.0, 5.0] {
        assert!((length_m(&simple, fine_m) - 36_000.0).abs() < 1.0, "{simple:?}");
    }
    for coarse_m in [50.0, 1_000.0] {
        assert!((length_m(&simple, coarse_m) - 20_000.0).abs() < 1.0, "{simple:?}");
    }
    let walk = walked(&wave, &ladder(&[]));
    assert!((length_m(&walk, 1.0) - 36_000.0).abs() < 400.0, "{walk:?}");
    assert!((length_m(&walk, 5_000.0) - 20_000.0).abs() < 20.0, "{walk:?}");
    // Half of what the wave adds, at some resolution near its size.
    let Reach::At(at_m) = simple.reach(Metres::new(28_000.0)) else { panic!() };
    assert!((5.0..50.0).contains(&at_m), "{at_m}");
    assert_eq!(simple.reach(Metres::new(36_100.0)), Reach::TooLong);
    assert_eq!(simple.reach(Metres::new(19_900.0)), Reach::TooShort);
}

#[test]
fn the_curve_of_the_embedded_line_passes_through_the_measurement_band() {
    let dossier = Dossier::embedded();
    let study = Study::new(dossier);
    let ends = dossier.band().unwrap();
    let rungs = ladder(&[ends.fine_m, ends.coarse_m]);
    let curves: Vec<Curve> =
        study.depiction().pieces().iter().map(|piece| simplified(&piece.path, &rungs)).collect();
    let whole = Curve::sum(&curves);
    let band = study.measurement().band();
    for (resolution_m, expected_m) in [(ends.fine_m, band.high()), (ends.coarse_m, band.low())] {
        // The same edges; only the order of the sum differs.
        assert!((length_m(&whole, resolution_m) - expected_m).abs() < 1e-6);
    }
}

/// The embedded line as one path.
fn embedded() -> &'static [Coord] {
    Dossier::embedded().line().vertices()
}

/// The embedded line, walked at every resolution: the longest work here, which two tests ask for.
static WALKED: LazyLock<Curve> = LazyLock::new(|| walked(embedded(), &ladder(&[])));

#[test]
fn which_end_a_walk_begins_at_matters_little() {
    let back = walked(Dossier::embedded().line().reversed().vertices(), &ladder(&[]));
    for (there, back) in WALKED.points.iter().zip(&back.points) {
        let off = (back.length.value() / there.length.value() - 1.0).abs();
        let allowed = if there.resolution_m < 1_000.0 { 0.000_4 } else { 0.004 };
        assert!(off <= allowed, "{} m: {off}", there.resolution_m);
    }
}

#[test]
fn measured_at_the_resolution_found_the_line_is_as_long_as_asked() {
    type Measure = fn(&[Coord], &[f64]) -> Curve;
    let simple = simplified(embedded(), &ladder(&[]));
    for km in [1_780.0, 1_700.0, 1_600.0, 1_500.0] {
        // Walks scatter: 0.5 % of length is a tenth of a resolution.
        for (curve, again, allowed) in
            [(&simple, simplified as Measure, 0.002), (&*WALKED, walked as Measure, 0.005)]
        {
            let Reach::At(at_m) = curve.reach(Metres::from_km(km)) else { panic!("{km} km") };
            let found_km = again(embedded(), &[at_m]).points[0].length.km();
            assert!((found_km / km - 1.0).abs() < allowed, "{km} km: {found_km} km at {at_m} m");
        }
    }
}
