//! How long the embedded dossier takes: reading, measuring, checking, writing down.
//!
//! ```text
//! cargo bench
//! ```

#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use treatyline::Dossier;
use treatyline::check::Study;
use treatyline::compare::Track;
use treatyline::geodesy::{Ellipsoid, Geodesic};
use treatyline::line::{Line, simplify};
use treatyline::quantity::Metres;
use treatyline::report::{Report, report_json, report_text};

fn measuring(c: &mut Criterion) {
    let line = Dossier::embedded().line().vertices();
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    let mut group = c.benchmark_group("the line, 20,292 vertices");
    group.bench_function("geodesic length", |b| b.iter(|| geodesic.length(black_box(line))));
    group.bench_function("simplified at 10 m", |b| b.iter(|| simplify(black_box(line), 10.0)));
    // The two searches for the nearest edge: by blocks along a line, which needs no index and has
    // no limit for edges, and by the tree of a comparison.
    let path = Dossier::embedded().line();
    let off = |at: &geo::Coord| geo::Coord { x: at.x + 0.01, y: at.y + 0.02 };
    let places: Vec<geo::Coord> = line.iter().step_by(20).map(off).collect();
    let track = Track::new(path);
    group.bench_function("1,015 places located", |b| {
        b.iter(|| places.iter().map(|at| path.locate(black_box(*at)).distance).sum::<Metres>());
    });
    group.bench_function("1,015 nearest places by the tree", |b| {
        b.iter(|| places.iter().map(|at| track.nearest(black_box(*at)).distance).sum::<Metres>());
    });
    group.bench_function("the tree made", |b| b.iter(|| Track::new(black_box(path))));
    group.bench_function("the line made", |b| {
        b.iter(|| Line::new(black_box(line.to_vec())));
    });
    group.finish();
}

fn checking(c: &mut Criterion) {
    let dossier = Dossier::embedded();
    let mut group = c.benchmark_group("the dossier");
    group.sample_size(20);
    group.bench_function("measure and check", |b| b.iter(|| black_box(dossier).check()));
    let study = Study::new(dossier);
    let findings = study.check();
    group.bench_function("text report", |b| {
        b.iter(|| report_text(&Report::new(black_box(&study), &findings)));
    });
    group.bench_function("json report", |b| {
        b.iter(|| report_json(&Report::new(black_box(&study), &findings)));
    });
    group.finish();
}

criterion_group!(benches, measuring, checking);
criterion_main!(benches);
