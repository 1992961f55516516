//! How long a report on the embedded dossier takes, apart from reading the dossier.
//!
//! `cargo bench --bench report`; `scripts/time_reports.py` times the whole program.

#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use treatyline::Dossier;
use treatyline::check::Study;
use treatyline::report::{Report, report_json, report_text};
use treatyline_pages::{Exhibits, report_html};

fn reports(c: &mut Criterion) {
    let dossier = Dossier::embedded();
    let mut group = c.benchmark_group("report");
    group.sample_size(20).warm_up_time(Duration::from_secs(1));
    group.measurement_time(Duration::from_secs(4));
    group.bench_function("measure", |b| b.iter(|| black_box(Study::new(dossier))));
    let study = Study::new(dossier);
    group.bench_function("check", |b| b.iter(|| black_box(study.check())));
    let findings = study.check();
    let report = Report::new(&study, &findings);
    group.bench_function("write text", |b| b.iter(|| black_box(report_text(&report))));
    group.bench_function("write json", |b| b.iter(|| black_box(report_json(&report))));
    group.bench_function("map and html", |b| {
        b.iter(|| black_box(report_html(&report, &Exhibits::new(&study))));
    });
    group.bench_function("text, from measuring to writing", |b| {
        b.iter(|| {
            let study = Study::new(dossier);
            black_box(report_text(&Report::new(&study, &study.check())))
        });
    });
    group.bench_function("html, from measuring to writing", |b| {
        b.iter(|| {
            let study = Study::new(dossier);
            let findings = study.check();
            black_box(report_html(&Report::new(&study, &findings), &Exhibits::new(&study)))
        });
    });
    group.finish();
}

criterion_group!(benches, reports);
criterion_main!(benches);
