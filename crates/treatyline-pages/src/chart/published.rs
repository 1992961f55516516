//! Published lengths against derived ones: for every figure the measured range, as per
//! cent of what was published.

use treatyline::check::Verdict;
use treatyline::internal::check::CheckKind;
use treatyline::internal::report::mark;
use treatyline::internal::report::{FigureEntry, FindingEntry};
use treatyline::internal::wording::{number, shortened};
use treatyline::report::Report;

use super::Frame;
use crate::drawing::{Anchor, Drawing, Mark, Panel, Rect, data};

/// Heights: of a row, and of the axis below.
const ROW: f64 = 36.0;
const AXIS: f64 = 34.0;

/// Differences up to this are drawn to scale: per cent.
const FARTHEST: f64 = 80.0;

/// A figure with the range that was measured.
struct Row<'a> {
    figure: &'a FigureEntry,
    verdict: Verdict,
    /// Half of what rounding leaves, per cent of the figure.
    rounding: f64,
    /// Measured ranges less the figure, per cent of it.
    ranges: Vec<[f64; 2]>,
}

/// The chart; none without figures.
pub(crate) fn published(report: &Report, frame: &Frame) -> Option<Drawing> {
    let rows: Vec<Row<'_>> =
        report.of_kind(CheckKind::Length).filter_map(|finding| row(report, finding)).collect();
    (!rows.is_empty()).then(|| drawing(frame, &rows))
}

fn row<'a>(report: &'a Report, finding: &'a FindingEntry) -> Option<Row<'a>> {
    let [id] = &finding.figures[..] else { return None };
    let figure = report.figures.iter().find(|figure| figure.id == *id)?;
    let (low, high) = (figure.interval.low?, figure.interval.high?);
    let published = f64::midpoint(low, high);
    let per_cent = |value: f64| (value / published - 1.0) * 100.0;
    let is_range = |low: &f64, high: &f64| low < high;
    let ranges = finding.derived.iter().filter_map(|derived| {
        let (low, high) = derived.range.low.zip(derived.range.high)?;
        is_range(&low, &high).then(|| [per_cent(low), per_cent(high)])
    });
    let ranges: Vec<[f64; 2]> = ranges.collect();
    let sound = published > 0.0 && !ranges.is_empty();
    sound.then(|| Row { figure, verdict: finding.verdict, rounding: per_cent(high), ranges })
}

fn drawing(frame: &Frame, rows: &[Row<'_>]) -> Drawing {
    let width = frame.width;
    let letters = if frame.is_narrow() { 54 } else { 100 };
    let ends = rows.iter().flat_map(|row| row.ranges.iter().flatten().map(|end| end.abs()));
    // Full tens on both sides of zero.
    let most = (ends.fold(0.0, f64::max).min(FARTHEST) / 10.0).ceil().max(1.0) * 10.0;
    let (left, right) = (18.0, width - 18.0);
    let x = |per_cent: f64| {
        let share = (per_cent.clamp(-most, most) + most) / (2.0 * most);
        left + share * (right - left)
    };
    let bottom = ROW * rows.len() as f64 + 4.0;
    let mut marks = axis(bottom, most, &x);
    for (i, row) in rows.iter().enumerate() {
        marks.extend(bars(row, ROW * i as f64, letters, &x));
    }
    let size = [width, bottom + AXIS];
    let description = "For each published length a bar for the range that was measured, as per cent more or \
                less than published. The table below says the same in words.";
    let mut drawing =
        Drawing::new(frame.id.clone(), size, "Published and measured lengths", description);
    drawing.panel(Panel::new(&Rect::new(0.0, 0.0, width, bottom + AXIS), marks));
    drawing
}

fn axis(bottom: f64, most: f64, x: &impl Fn(f64) -> f64) -> Vec<Mark> {
    let mut marks = Vec::new();
    for i in -2_i32..=2 {
        let per_cent = most * f64::from(i) / 2.0;
        let class = if i == 0 { "zero" } else { "grid" };
        let line = [[x(per_cent), 18.0], [x(per_cent), bottom + 4.0]];
        marks.push(Mark::path(class, data(&line, false)));
        let sign = if i > 0 { "+" } else { "" };
        let text = if i == 0 {
            "as published".to_owned()
        } else {
            format!("{sign}{} %", number(per_cent, 0))
        };
        // The outer numbers stay inside the drawing.
        let (anchor, inwards) = match i {
            -2 => (Anchor::Start, -14.0),
            2 => (Anchor::End, 14.0),
            _ => (Anchor::Middle, 0.0),
        };
        let at = [x(per_cent) + inwards, bottom + 17.0];
        marks.push(Mark::text("small", at, anchor, &text));
    }
    let y = bottom + 30.0;
    marks.push(Mark::text("small", [x(0.0) - 8.0, y], Anchor::End, "← measured shorter"));
    marks.push(Mark::text("small", [x(0.0) + 8.0, y], Anchor::Start, "measured longer →"));
    marks
}

/// `measured 9.9 % to 13.8 % longer than published`
fn longer(low: f64, high: f64) -> String {
    let word = |value: f64| if value < 0.0 { "shorter" } else { "longer" };
    let share = |value: f64| format!("{} %", number(value.abs(), 1));
    if word(low) == word(high) {
        let (least, most) = if low < 0.0 { (high, low) } else { (low, high) };
        format!("measured {} to {} {} than published", share(least), share(most), word(low))
    } else {
        format!("measured from {} shorter to {} longer than published", share(low), share(high))
    }
}

fn bars(row: &Row<'_>, top: f64, letters: usize, x: &impl Fn(f64) -> f64) -> Vec<Mark> {
    let (figure, verdict) = (row.figure, row.verdict);
    let words = format!("{} {} · {}", mark(verdict), figure.text, figure.what);
    let words = shortened(&words, letters);
    let mut marks =
        vec![Mark::text("label", [4.0, top + 13.0], Anchor::Start, &words).titled(&figure.what)];
    for (i, [low, high]) in row.ranges.iter().enumerate() {
        let second = if i > 0 { " second" } else { "" };
        let class = format!("range {}{second}", verdict.name());
        let (from, to) = (x(*low), x(*high));
        let bar = Rect::new(from, top + 20.0, (to - from).max(2.0), 9.0);
        let title = longer(*low, *high);
        marks.push(Mark::rect(class, &bar).titled(&title));
    }
    let half = (x(row.rounding) - x(0.0)).max(1.2);
    let printed = Rect::new(x(0.0) - half, top + 17.0, 2.0 * half, 15.0);
    marks.push(Mark::rect("printed", &printed).titled("published, with its rounding"));
    marks
}
