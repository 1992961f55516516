//! Heights on a line and on both sides of it, and below them what each kilometre follows: all over
//! the same chainage.

use treatyline::course::{Course, Kind, Stretch};
use treatyline::internal::course::CrossSection;
use treatyline::internal::report::extent;
use treatyline::internal::wording::{km, number};

use super::Frame;
use super::field::{Field, Scale};
use super::names::{Name, Names};
use crate::drawing::{Anchor, Drawing, Mark, Panel, Point, Rect, data};

/// Heights in pixels: above the field, the field, the numbers below it, and a lane.
const TOP: f64 = 24.0;
const FIELD: f64 = 190.0;
const NUMBERS: f64 = 14.0;
const LANE: f64 = 17.0;
/// Of which the bar.
const BAR: f64 = 11.0;
/// Room for the names of lanes and heights.
const LEFT: f64 = 62.0;

/// The ground in one column of the chart.
struct Column {
    at_m: f64,
    on_m: f64,
    low_m: f64,
    high_m: f64,
}

/// The chart; none for a line without length.
pub(crate) fn course(course: &Course, frame: &Frame) -> Option<Drawing> {
    let end_m = course.length().value();
    let width = frame.width - LEFT - 16.0;
    let sections = course.relief().map_or(&[][..], |relief| relief.sections());
    let columns = columns(sections, width);
    let field_height = if columns.is_empty() { 0.0 } else { FIELD };
    let rect = Rect::new(LEFT, TOP, width, field_height);
    let mut marks = Vec::new();
    let x = Scale::Linear(0.0, end_m);
    let heights = columns.iter().flatten().flat_map(|it| [it.low_m, it.high_m, it.on_m]);
    let y = extent(heights).map_or(Scale::Linear(0.0, 1.0), |(low, high)| {
        Scale::Linear(low - 0.05 * (high - low) - 1.0, high + 0.05 * (high - low) + 1.0)
    });
    let field = Field { rect, x, y };
    if !columns.is_empty() {
        marks.extend(ground(&field, &columns));
    }
    let stretches = course.stretches();
    let kinds = Kind::ALL.into_iter().filter(|kind| stretches.iter().any(|it| it.kind == *kind));
    let mut top = rect.bottom() + if columns.is_empty() { 0.0 } else { NUMBERS };
    let mut words = Vec::new();
    for kind in kinds {
        if kind == Kind::River {
            let names = names(&field, course);
            top += names.height();
            words = names.marks(top);
        }
        marks.extend(lane(&field, course, &stretches, kind, top));
        top += LANE;
    }
    // Names on top of the lines of the axis.
    marks.extend(kilometres(&field, top, end_m, frame));
    marks.extend(words);
    let size = [frame.width, top + 34.0];
    let words = "Heights along the line, with the range of the heights to both sides of it; below, \
                 a lane for each thing that the line follows, marked where it does.";
    let mut drawing = Drawing::new(frame.id.clone(), size, "What the line follows", words);
    drawing.panel(Panel::new(&Rect::new(0.0, 0.0, size[0], size[1]), marks));
    Some(drawing)
}

/// The names of rivers, one for runs of one name that are near each other on the page.
fn names<'a>(field: &Field, course: &'a Course) -> Names {
    const NEAR: f64 = 40.0;
    let mut names: Vec<Name<'a>> = Vec::new();
    for run in course.runs() {
        let Some(text) = run.name.as_deref() else { continue };
        let (from, to) = (field.x(run.from.value()), field.x(run.to.value()));
        match names.last_mut().filter(|last| last.text == text && from - last.to < NEAR) {
            Some(last) => last.to = last.to.max(to),
            None => names.push(Name { text, from, to }),
        }
    }
    Names::new(&names, [field.rect.x, field.rect.right()])
}

/// Stations gathered into columns of 1.5 pixels, with the mean of their heights; `None` where no
/// height is known.
fn columns(sections: &[CrossSection], width: f64) -> Vec<Option<Column>> {
    let many = (width / 1.5).max(1.0) as usize;
    let together = sections.len().div_ceil(many).max(1);
    let column = |group: &[CrossSection]| {
        let known = |it: &CrossSection| {
            let (on_m, left_m, right_m) = (it.on_m?, it.left_m?, it.right_m?);
            Some([it.chainage.value(), on_m, left_m.min(right_m), left_m.max(right_m)])
        };
        let known: Vec<[f64; 4]> = group.iter().filter_map(known).collect();
        let mean = |i: usize| known.iter().map(|it| it[i]).sum::<f64>() / known.len() as f64;
        let [at_m, on_m, low_m, high_m] = [0, 1, 2, 3].map(mean);
        (!known.is_empty()).then_some(Column { at_m, on_m, low_m, high_m })
    };
    let columns: Vec<_> = sections.chunks(together).map(column).collect();
    if columns.iter().any(Option::is_some) { columns } else { Vec::new() }
}

fn ground(field: &Field, columns: &[Option<Column>]) -> Vec<Mark> {
    let point = |it: &Column, height_m: f64| field.at([it.at_m, height_m]);
    let mut marks = levels(field);
    // Where no height is known there is a gap, and no line over it.
    for columns in columns.split(Option::is_none) {
        let columns: Vec<&Column> = columns.iter().flatten().collect();
        let upper = columns.iter().map(|it| point(it, it.high_m));
        let lower = columns.iter().rev().map(|it| point(it, it.low_m));
        let sides: Vec<Point> = upper.chain(lower).collect();
        let on: Vec<Point> = columns.iter().map(|it| point(it, it.on_m)).collect();
        if !on.is_empty() {
            marks.push(Mark::path("between", data(&sides, true)));
            marks.push(Mark::path("curve curve-land", data(&on, false)));
        }
    }
    marks.push(Mark::rect("frame", &field.rect));
    let above = [field.rect.x - 6.0, field.rect.y - 10.0];
    let words = "height in m: on the line, and the range of both sides of it";
    marks.push(Mark::text("small", above, Anchor::Start, words));
    marks
}

/// Some five level lines at round heights.
pub(super) fn levels(field: &Field) -> Vec<Mark> {
    let (Scale::Linear(low, high) | Scale::Logarithmic(low, high)) = field.y;
    let step = round_step((high - low) / 5.0);
    let first = (low / step).ceil();
    let ticks = (0..12).map(|i| (first + f64::from(i)) * step).take_while(|it| *it <= high);
    ticks.flat_map(|it| field.level(it, &number(it, usize::from(step < 1.0)))).collect()
}

/// The next of 1, 2, 5, 10 … above a number.
pub(super) fn round_step(rough: f64) -> f64 {
    let power = 10_f64.powf(rough.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|digit| digit * power);
    steps.into_iter().find(|step| *step >= rough).unwrap_or(10.0 * power)
}

/// The stretches of one kind, in a lane of their own: the lane says the same as the colour.
fn lane(field: &Field, course: &Course, stretches: &[Stretch], kind: Kind, top: f64) -> Vec<Mark> {
    let row = Rect::new(field.rect.x, top, field.rect.width, BAR);
    let at = [field.rect.x - 6.0, top + BAR - 2.0];
    let of_kind = stretches.iter().filter(|it| it.kind == kind);
    let whole_m: f64 = of_kind.clone().map(|it| it.length().value()).sum();
    let title = format!("{}: {}", kind.name(), km(whole_m, 1));
    let mut marks = vec![
        Mark::rect("row", &row).titled(&title),
        Mark::text("small", at, Anchor::End, kind.name()),
    ];
    let mut bars: Vec<[f64; 2]> = Vec::new();
    for [from, to] in of_kind.map(|it| [field.x(it.from.value()), field.x(it.to.value())]) {
        // Bars that would touch on paper become one.
        match bars.last_mut().filter(|last| from - last[1] < 0.3) {
            Some(last) => last[1] = to,
            None => bars.push([from, to]),
        }
    }
    let shown = bars.iter().filter(|[from, to]| to - from >= 0.15);
    marks.extend(shown.map(|[from, to]| {
        let bar = Rect::new(*from, top, (to - from).max(0.5), BAR);
        Mark::rect(class(kind), &bar).titled(&title)
    }));
    if kind == Kind::River {
        marks.extend(course.runs().iter().map(|run| {
            let (from, to) = (field.x(run.from.value()), field.x(run.to.value()));
            let bar = Rect::new(from, top, (to - from).max(1.0), BAR);
            let name = run.name.as_deref().unwrap_or("no name");
            let words =
                format!("{name}: km {}–{}", number(run.from.km(), 1), number(run.to.km(), 1));
            Mark::rect("run", &bar).titled(&words)
        }));
    }
    marks
}

/// How a kind looks.
const fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::River => "follow-river",
        Kind::Straight => "follow-straight",
        Kind::Ridge => "follow-ridge",
        Kind::Valley => "follow-valley",
        Kind::Slope | Kind::Flat | Kind::Unknown => "follow-rest",
    }
}

/// The axis under the last lane.
fn kilometres(field: &Field, top: f64, end_m: f64, frame: &Frame) -> Vec<Mark> {
    let count = if frame.is_narrow() { 4.0 } else { 8.0 };
    let step_km = round_step(end_m / 1e3 / count);
    let decimals = usize::from(step_km < 1.0) + usize::from(step_km < 0.1);
    let ticks = (0..=20).map(|i| f64::from(i) * step_km).take_while(|km| km * 1e3 <= end_m);
    let mut marks: Vec<Mark> = ticks
        .flat_map(|km| {
            let x = field.x(km * 1e3);
            let line = [[x, field.rect.y], [x, top]];
            [
                Mark::path("grid", data(&line, false)),
                Mark::text("small", [x, top + 12.0], Anchor::Middle, &number(km, decimals)),
            ]
        })
        .collect();
    let at = [field.rect.right(), top + 27.0];
    marks.push(Mark::text("small", at, Anchor::End, "km along the line"));
    marks
}
