//! How long it takes to say what a line follows: reading and indexing rivers, looking for the
//! nearest ones, and a survey of many boundaries.
//!
//! `cargo bench --bench course`. The rivers and lines are made up, always the same; with the
//! world's rivers and borders, docs/course.md has the times.

#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]

use std::fmt::Write;
use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use geo::Coord;
use treatyline::course::{Course, Rivers, Settings};
use treatyline::geodesy::{Ellipsoid, Geodesic};
use treatyline::internal::survey::ByRivers;
use treatyline::io::Input;
use treatyline::line::Line;
use treatyline::survey::NamedAttributes;
use treatyline::survey::survey_by_rivers;

/// A line that winds at every scale, from one place on, 180 km long.
fn winding(vertices: u32, x: f64, y: f64, turn: f64) -> Vec<Coord> {
    let at = |i: u32| {
        let t = f64::from(i) / f64::from(vertices - 1);
        let wave = |waves: f64| (std::f64::consts::TAU * waves * t + turn).sin();
        let off = 0.05 * wave(3.0) + 0.01 * wave(17.0) + 0.002 * wave(90.0);
        let (u, v) = (1.2 * t, off);
        let (sin, cos) = turn.sin_cos();
        Coord { x: x + (u * sin + v * cos) * 1.4, y: y + u * cos - v * sin }
    };
    (0..vertices).map(at).collect()
}

/// GeoJSON of lines all over a part of the world.
fn collection(lines: u32, vertices: u32, turn: f64) -> String {
    let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[\n");
    for i in 0..lines {
        let (x, y) = (f64::from(i % 40) * 2.0 - 40.0, f64::from(i / 40 % 40) * 1.5 - 30.0);
        let path = winding(vertices, x, y, turn + f64::from(i));
        let path: Vec<String> =
            path.iter().map(|at| format!("[{:.6},{:.6}]", at.x, at.y)).collect();
        let comma = if i == 0 { "" } else { ",\n" };
        let _ = write!(
            text,
            "{comma}{{\"type\":\"Feature\",\"properties\":{{}},\"geometry\":{{\"type\":\
             \"LineString\",\"coordinates\":[{}]}}}}",
            path.join(",")
        );
    }
    text + "\n]}\n"
}

fn read(text: &str) -> Rivers {
    Rivers::read([Input::bytes("rivers", text.as_bytes())]).unwrap()
}

fn course(c: &mut Criterion) {
    let mut group = c.benchmark_group("course");
    group.sample_size(10).warm_up_time(Duration::from_millis(500));
    group.measurement_time(Duration::from_secs(3));
    let text = collection(1600, 250, 0.0);
    group.bench_function("read and index 400,000 edges", |b| b.iter(|| black_box(read(&text))));
    let rivers = read(&text);
    for (name, settings) in
        [("along", Settings::default()), ("any direction", Settings::default().any_direction())]
    {
        let line = Line::new(winding(20_000, 0.1, 0.1, 0.7)).unwrap();
        group.bench_function(BenchmarkId::new("a line of 20,000 vertices", name), |b| {
            b.iter(|| {
                black_box(Course::for_parts(std::slice::from_ref(&line), Some(&rivers), &settings))
            });
        });
    }
    let borders = collection(400, 40, 0.3);
    let settings = Settings::for_surveys();
    group.bench_function("survey of 400 boundaries", |b| {
        b.iter(|| {
            let input =
                Input::stream("borders", std::io::Cursor::new(borders.clone().into_bytes()));
            let by = ByRivers::new(&rivers, &settings);
            let geodesic = Geodesic::new(Ellipsoid::WGS84);
            black_box(
                survey_by_rivers(
                    &geodesic,
                    std::slice::from_ref(&input),
                    &NamedAttributes::default(),
                    Some(&by),
                )
                .unwrap(),
            )
        });
    });
    group.finish();
}

criterion_group!(benches, course);
criterion_main!(benches);
