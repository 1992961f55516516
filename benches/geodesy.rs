//! Lengths and areas here and by other crates, in one run.
//!
//! ```text
//! cargo bench --bench geodesy
//! ```
//!
//! `docs/performance.md` says how to read it. Ratios of one run mean something; single
//! times depend on the machine and on who else uses it.

#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use geo::algorithm::line_measures::{Geodesic as GeoGeodesic, Haversine, Length};
use geo::{Coord, GeodesicArea, LineString, Polygon};
use geographiclib_rs::{Geodesic as Karney, InverseGeodesic, PolygonArea, Winding};
use treatyline::geodesy::{Ellipsoid, Geodesic, Method};
use treatyline::internal::geodesy::Instructions;

/// A ring of edges some 50 m long that winds around a point at 45° north.
fn ring(count: u32) -> Vec<Coord> {
    let mut ring: Vec<Coord> = (0..count)
        .map(|i| {
            let turn = f64::from(i) / f64::from(count) * std::f64::consts::TAU;
            let size = f64::from(count) * 1e-5;
            let radius_deg = size * (1.0 + 1e-4 * (f64::from(i) * 0.3).sin());
            Coord { x: 80.0 + 1.3 * radius_deg * turn.cos(), y: 45.0 + radius_deg * turn.sin() }
        })
        .collect();
    ring.push(ring[0]);
    ring
}

/// By which means, and what to call them.
fn means() -> Vec<(&'static str, Geodesic)> {
    let by = |instructions, threads| {
        Geodesic::new(Ellipsoid::WGS84).with_instructions(instructions).with_threads(threads)
    };
    vec![
        ("treatyline, all cores", Geodesic::new(Ellipsoid::WGS84)),
        ("treatyline, one core", by(Instructions::Best, 1)),
        ("treatyline, AVX2", by(Instructions::Avx2, 1)),
        ("treatyline, plain", by(Instructions::Plain, 1)),
    ]
}

/// What reading the coordinates costs and nothing else.
fn read(path: &[Coord]) -> f64 {
    let mut sums = [0.0; 16];
    for run in path.chunks(16) {
        for (sum, vertex) in sums.iter_mut().zip(run) {
            *sum += vertex.x + vertex.y;
        }
    }
    sums.iter().sum()
}

fn lengths(c: &mut Criterion) {
    let karney = Karney::wgs84();
    for count in [1_000, 1_000_000] {
        let path = ring(count);
        let line = LineString(path.clone());
        let mut group = c.benchmark_group("length");
        group.throughput(Throughput::Elements(u64::from(count)));
        group.sample_size(10).measurement_time(Duration::from_secs(3));
        for (name, geodesic) in means() {
            let id = BenchmarkId::new(name, count);
            group.bench_function(id, |b| b.iter(|| geodesic.length(black_box(&path[..]))));
        }
        group.bench_function(BenchmarkId::new("geographiclib-rs", count), |b| {
            b.iter(|| {
                let edge = |pair: &[Coord]| -> f64 {
                    karney.inverse(pair[0].y, pair[0].x, pair[1].y, pair[1].x)
                };
                black_box(&path).windows(2).map(edge).sum::<f64>()
            });
        });
        group.bench_function(BenchmarkId::new("geo, geodesic", count), |b| {
            b.iter(|| GeoGeodesic.length(black_box(&line)));
        });
        group.bench_function(BenchmarkId::new("geo, haversine", count), |b| {
            b.iter(|| Haversine.length(black_box(&line)));
        });
        group.bench_function(BenchmarkId::new("reading", count), |b| {
            b.iter(|| read(black_box(&path)));
        });
        group.finish();
    }
}

fn areas(c: &mut Criterion) {
    let karney = Karney::wgs84();
    for count in [1_000, 1_000_000] {
        let path = ring(count);
        let polygon = Polygon::new(LineString(path.clone()), vec![]);
        let mut group = c.benchmark_group("area");
        group.throughput(Throughput::Elements(u64::from(count)));
        group.sample_size(10).measurement_time(Duration::from_secs(3));
        for (name, geodesic) in means() {
            let id = BenchmarkId::new(name, count);
            group.bench_function(id, |b| b.iter(|| geodesic.ring_area(black_box(&path))));
        }
        group.bench_function(BenchmarkId::new("geographiclib-rs", count), |b| {
            b.iter(|| {
                let mut ring = PolygonArea::new(&karney, Winding::CounterClockwise);
                for corner in &black_box(&path)[1..] {
                    ring.add_point(corner.y, corner.x);
                }
                ring.compute(true)
            });
        });
        group.bench_function(BenchmarkId::new("geo, geodesic", count), |b| {
            b.iter(|| black_box(&polygon).geodesic_area_unsigned());
        });
        group.finish();
    }
}

/// What an edge costs that the series does not reach: 200 km apart, Karney's method.
fn far(c: &mut Criterion) {
    let path: Vec<Coord> =
        (0..1000).map(|i| Coord { x: 80.0 + f64::from(i % 2) * 3.0, y: 45.0 }).collect();
    let mut group = c.benchmark_group("edges of 200 km");
    group.sample_size(10).throughput(Throughput::Elements(999));
    for (name, method) in [("series and fallback", Method::Series), ("Karney", Method::Karney)] {
        let geodesic = Geodesic::new(Ellipsoid::WGS84).with_method(method);
        group.bench_function(name, |b| b.iter(|| geodesic.length(black_box(&path))));
    }
    group.finish();
}

criterion_group!(benches, lengths, areas, far);
criterion_main!(benches);
