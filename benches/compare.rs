//! How long it takes to compare two lines, here and with `geo`.
//!
//! `cargo bench --bench compare`. `geo`'s Hausdorff distance is between vertices, planar
//! and in degrees; it is here for its time, and up to 10⁴ vertices only, beyond which it
//! takes minutes.

#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use geo::{Coord, HausdorffDistance, LineString};
use treatyline::compare::{Comparison, Hausdorff, Settings, Track};
use treatyline::drawn::DrawnLine;
use treatyline::io::Input;
use treatyline::line::Line;

/// A boundary of 1,000 km that winds at every scale, as one of two depictions: they are up
/// to a kilometre apart and cross each other often.
fn winding(vertices: u32, depiction: f64) -> Vec<Coord> {
    let at = |i: u32| {
        let t = f64::from(i) / f64::from(vertices - 1);
        let wave = |waves: f64, shift: f64| (std::f64::consts::TAU * (waves * t + shift)).sin();
        let own = 0.01 * wave(61.0, 0.3 * depiction) + 0.001 * wave(997.0, 0.7 * depiction);
        let shared = 0.5 * wave(2.0, 0.0) + 0.05 * wave(23.0, 0.1);
        Coord { x: 80.0 + shared + own, y: 40.0 + 9.0 * t + 0.5 * own }
    };
    (0..vertices).map(at).collect()
}

fn hausdorff(c: &mut Criterion) {
    let mut group = c.benchmark_group("hausdorff");
    group.sample_size(10).warm_up_time(Duration::from_millis(500));
    group.measurement_time(Duration::from_secs(2));
    for vertices in [1_000, 10_000, 100_000, 1_000_000] {
        let paths = [0.0, 1.0].map(|depiction| winding(vertices, depiction));
        let lines = paths.clone().map(|path| Line::new(path).unwrap());
        group.bench_function(BenchmarkId::new("treatyline, indexing included", vertices), |b| {
            b.iter(|| {
                let [old, new] = lines.each_ref().map(Track::new);
                black_box(Hausdorff::new(&old, &new))
            });
        });
        let twice =
            [lines[0].clone(), lines[0].densified(lines[0].length() * (0.7 / f64::from(vertices)))];
        group.bench_function(BenchmarkId::new("the same line, more vertices", vertices), |b| {
            b.iter(|| {
                let [old, new] = twice.each_ref().map(Track::new);
                black_box(Hausdorff::new(&old, &new))
            });
        });
        if vertices <= 10_000 {
            let [old, new] = paths.map(LineString);
            group.bench_function(BenchmarkId::new("geo, in degrees", vertices), |b| {
                b.iter(|| black_box(old.hausdorff_distance(&new)));
            });
        }
    }
    group.finish();
}

/// A meridian and a zigzag over it: `count` faces, some metres to some kilometres long.
fn crossing(faces: u32) -> [DrawnLine; 2] {
    let at = |share: f64, lon: f64| [lon, 40.0 + 9.0 * share];
    let count = f64::from(faces);
    let straight = (0..=faces).map(|i| at(f64::from(i) / count, 80.0));
    let out = |i: u32| if i.is_multiple_of(2) { 0.0005 } else { -0.0005 };
    let zigzag = (0..faces).map(|i| at((f64::from(i) + 0.5) / count, 80.0 + out(i)));
    [straight.collect::<Vec<_>>(), zigzag.collect()].map(|path| {
        let text = serde_json::json!({"type": "LineString", "coordinates": path}).to_string();
        DrawnLine::read(Input::bytes("bench", text.as_bytes())).unwrap()
    })
}

/// All that `treatyline compare` computes, by the number of faces.
fn comparison(c: &mut Criterion) {
    let mut group = c.benchmark_group("comparison");
    group.sample_size(10).warm_up_time(Duration::from_millis(500));
    group.measurement_time(Duration::from_secs(2));
    for faces in [1_000, 10_000, 50_000, 100_000] {
        let [old, new] = crossing(faces);
        group.bench_function(BenchmarkId::new("all of it", faces), |b| {
            b.iter(|| black_box(Comparison::new(&old, &new, &Settings::default()).unwrap()));
        });
    }
    group.finish();
}

criterion_group!(benches, hausdorff, comparison);
criterion_main!(benches);
