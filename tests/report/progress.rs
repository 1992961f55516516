//! Long work reports how far it has come, and where standard error is no terminal nothing of
//! it is shown.

use std::sync::Mutex;

use crate::common::Variant;
use treatyline::compare::{Comparison, Settings};
use treatyline::dossier::LineCurves;
use treatyline::drawn::DrawnLine;
use treatyline::internal::progress::{Progress, WorkStage};
use treatyline::io::Input;

/// The reports: how much is done, and of how much.
fn reports(work: impl FnOnce(Progress<'_>)) -> Vec<(u64, u64)> {
    let reports = Mutex::new(Vec::new());
    let listener = |stage: WorkStage<'_>| reports.lock().unwrap().push((stage.done, stage.total));
    work(Progress::with_listener(&listener));
    reports.into_inner().unwrap()
}

#[test]
fn curves_are_reported_segment_by_segment() {
    let dossier = Variant::freedonia().read().unwrap();
    let segments = dossier.segments().len() as u64;
    let reports = reports(|progress| drop(LineCurves::with_progress(&dossier, progress)));
    assert_eq!(reports, (0..segments).map(|done| (done, segments)).collect::<Vec<_>>());
}

#[test]
fn a_comparison_is_reported_step_by_step_and_is_the_same_without_a_listener() {
    let line = |middle: f64| {
        let text = format!(
            r#"{{"type": "LineString", "coordinates": [[82, 46], [{middle}, 45.5], [82, 45]]}}"#
        );
        DrawnLine::read(Input::bytes("line.geojson", text.as_bytes())).unwrap()
    };
    let (old, new, settings) = (line(82.0), line(82.01), Settings::default());
    let mut reported = None;
    let reports = reports(|progress| {
        reported = Comparison::with_progress(&old, &new, &settings, progress).ok()
    });
    assert_eq!(reports, (0..5).map(|done| (done, 5)).collect::<Vec<_>>());
    let silent = Comparison::new(&old, &new, &settings).unwrap();
    assert_eq!(reported.unwrap().hausdorff, silent.hausdorff);
}

#[test]
fn standard_error_that_is_no_terminal_stays_empty() {
    // In a debug build this takes longer than the time before progress is shown.
    let run =
        crate::common::treatyline().args(["resolution"]).env("TERM", "xterm").output().unwrap();
    assert_eq!((run.status.code(), run.stderr.as_slice()), (Some(0), &b""[..]));
}
