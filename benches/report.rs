//! How long a report on the embedded dossier takes, apart from reading the dossier.
//!
//! `cargo bench --bench report`; `scripts/time_reports.py` times the whole program.

#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use treatyline::Dossier;
use treatyline::check::Subject;
use treatyline::report::{Report, report_json, report_text};
use treatyline_pages::{Exhibits, report_html};

fn reports(c: &mut Criterion) {
    let dossier = Dossier::embedded();
    let mut group = c.benchmark_group("report");
    group.sample_size(20).warm_up_time(Duration::from_secs(1));
    group.measurement_time(Duration::from_secs(4));
    group.bench_function("measure", |b| b.iter(|| black_box(Subject::new(dossier))));
    let subject = Subject::new(dossier);
    group.bench_function("check", |b| b.iter(|| black_box(subject.check())));
    let findings = subject.check();
    let report = Report::new(&subject, &findings);
    group.bench_function("write text", |b| b.iter(|| black_box(report_text(&report))));
    group.bench_function("write json", |b| b.iter(|| black_box(report_json(&report))));
    group.bench_function("map and html", |b| {
        b.iter(|| black_box(report_html(&report, &Exhibits::new(&subject))));
    });
    group.bench_function("text, from measuring to writing", |b| {
        b.iter(|| {
            let subject = Subject::new(dossier);
            black_box(report_text(&Report::new(&subject, &subject.check())))
        });
    });
    group.bench_function("html, from measuring to writing", |b| {
        b.iter(|| {
            let subject = Subject::new(dossier);
            let findings = subject.check();
            black_box(report_html(&Report::new(&subject, &findings), &Exhibits::new(&subject)))
        });
    });
    group.finish();
}

criterion_group!(benches, reports);
criterion_main!(benches);
