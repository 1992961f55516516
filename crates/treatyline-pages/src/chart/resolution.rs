//! Length as a function of resolution, on logarithmic axes. Marks and dashes say the
//! same as colours.

use treatyline::internal::report::{CurveEntry, StretchEntry};
use treatyline::internal::report::{REST, SHOWN_WATER};
use treatyline::internal::report::{extent, log_ticks, round_metres};
use treatyline::internal::wording::{number, shortened};
use treatyline::report::ResolutionReport;

use super::Frame;
use super::field::{Field, Scale};
use crate::drawing::{Anchor, Drawing, Mark, Panel, Point, Rect, Theme, css, data};

/// The size of the drawing as a file of its own, and its margin.
const ALONE: Point = [960.0, 640.0];
const EDGE: f64 = 12.0;

/// Longer titles would run out of it.
const LONGEST_TITLE: usize = 88;

/// One stretch by one method.
struct Series<'a> {
    name: String,
    curve: &'a CurveEntry,
    look: &'static str,
    walked: bool,
}

/// The chart of length and resolution as an SVG that needs nothing else.
#[must_use]
pub fn resolution_svg(report: &ResolutionReport) -> String {
    alone(report).svg() + "\n"
}

fn alone(report: &ResolutionReport) -> Drawing {
    let title = format!("{}: length and resolution", report.provenance.title);
    let page = Rect::new(0.0, 0.0, ALONE[0], ALONE[1]);
    let mut drawing =
        Drawing::new("resolution", ALONE, &title, DESCRIPTION).styled(css(Theme::Light));
    let heading = shortened(&title, LONGEST_TITLE);
    let heading = Mark::text("heading", [EDGE, EDGE + 17.0], Anchor::Start, &heading);
    drawing.panel(Panel::new(&page, vec![Mark::rect("paper", &page), heading]));
    let room = Rect::new(EDGE, 46.0, ALONE[0] - 2.0 * EDGE, ALONE[1] - 46.0 - EDGE);
    if let Some(marks) = marks(report, &room) {
        drawing.panel(Panel::new(&page, marks));
    }
    drawing
}

/// The chart within a page; none where there is nothing to draw.
pub(crate) fn resolution(report: &ResolutionReport, frame: &Frame) -> Option<Drawing> {
    let height = if frame.is_narrow() { 380.0 } else { 460.0 };
    let page = Rect::new(0.0, 0.0, frame.width, height);
    let mut drawing =
        Drawing::new(frame.id.clone(), [frame.width, height], "Length and resolution", DESCRIPTION);
    drawing.panel(Panel::new(&page, marks(report, &page)?));
    Some(drawing)
}

const DESCRIPTION: &str = "Curves fall from left to right: the coarser a line is measured, the shorter it \
                    is. A band marks the resolutions at which published lengths can have been \
                    measured, and level lines mark those lengths.";

fn marks(report: &ResolutionReport, room: &Rect) -> Option<Vec<Mark>> {
    let series = series(report);
    let narrow = room.width < 500.0;
    let columns = if narrow { 2 } else { 4 };
    let rows = series.len().div_ceil(columns);
    let foot = 36.0 + 16.0 * rows as f64;
    let right = if narrow { 22.0 } else { 150.0 };
    let left = 42.0;
    let rect = Rect::new(
        room.x + left,
        room.y + 22.0,
        room.width - left - right,
        room.height - 22.0 - foot,
    );
    let field = field(&series, rect)?;
    let mut marks = band(&field, report);
    marks.extend(axes(&field, narrow));
    marks.extend(published(&field, report, narrow));
    marks.extend(series.iter().flat_map(|each| curve(&field, each)));
    marks.extend(legend(room, &field, &series, columns));
    Some(marks)
}

fn series(report: &ResolutionReport) -> Vec<Series<'_>> {
    let look = |stretch: &StretchEntry| match stretch.name.as_str() {
        SHOWN_WATER => "curve-river",
        REST => "curve-land",
        _ => "curve-whole",
    };
    let stretches = std::iter::once(&report.whole).chain(&report.shown);
    let both = stretches.flat_map(|stretch| {
        let one = |method: &str, curve, walked| Series {
            name: format!("{}, {method}", stretch.name),
            curve,
            look: look(stretch),
            walked,
        };
        [one("simplified", &stretch.simplified, false), one("walked", &stretch.walked, true)]
    });
    both.collect()
}

fn field(series: &[Series<'_>], rect: Rect) -> Option<Field> {
    let points = || series.iter().flat_map(|each| &each.curve.points);
    let (finest, coarsest) = extent(points().map(|point| point.resolution_m))?;
    let (shortest, longest) = extent(points().map(|point| point.length_m))?;
    // Some space above and below.
    let y = Scale::Logarithmic(shortest / 1.05, longest * 1.05);
    (finest < coarsest).then_some(Field { rect, x: Scale::Logarithmic(finest, coarsest), y })
}

fn axes(field: &Field, narrow: bool) -> Vec<Mark> {
    let (Scale::Logarithmic(fine, coarse) | Scale::Linear(fine, coarse)) = field.x;
    let (Scale::Logarithmic(short, long) | Scale::Linear(short, long)) = field.y;
    let mut marks = Vec::new();
    for tick in log_ticks(fine, coarse) {
        marks.extend(field.upright(tick, &round_metres(tick)));
    }
    for tick in log_ticks(short / 1e3, long / 1e3) {
        let decimals = (0..3_u8).find(|d| (tick * 10_f64.powi((*d).into())).fract() == 0.0);
        marks.extend(field.level(tick * 1e3, &number(tick, decimals.unwrap_or(3).into())));
    }
    marks.push(Mark::rect("frame", &field.rect));
    let below = if narrow { "resolution" } else { "resolution: tolerance, or opening of dividers" };
    let (right, under) = (field.rect.right(), field.rect.bottom() + 28.0);
    marks.push(Mark::text("small", [right, under], Anchor::End, below));
    let above = [field.rect.x - 6.0, field.rect.y - 9.0];
    marks.push(Mark::text("small", above, Anchor::End, "km"));
    marks
}

fn band(field: &Field, report: &ResolutionReport) -> Vec<Mark> {
    let Some(band) = &report.band else { return Vec::new() };
    let (from, to) = (field.x(band.fine_m), field.x(band.coarse_m));
    let rect = Rect::new(from, field.rect.y, to - from, field.rect.height);
    let at = [f64::midpoint(from, to), field.rect.y - 7.0];
    vec![Mark::rect("band", &rect), Mark::text("small", at, Anchor::Middle, "measurement band")]
}

/// Level lines, their names to the right of the field; where there is no room, on the lines.
fn published(field: &Field, report: &ResolutionReport, narrow: bool) -> Vec<Mark> {
    let shown = |length_m: f64| (field.rect.y..=field.rect.bottom()).contains(&field.y(length_m));
    let mut marks = Vec::new();
    let mut last: Option<f64> = None;
    let mut all: Vec<_> = report.published.iter().filter(|each| shown(each.length_m)).collect();
    all.sort_by(|a, b| b.length_m.total_cmp(&a.length_m));
    for each in all {
        let y = field.y(each.length_m);
        let line = [[field.rect.x, y], [field.rect.right(), y]];
        let scope = if each.of == report.whole.name { "" } else { each.of.as_str() };
        let text = format!("{} {scope}", each.text);
        let title = format!("published: {}", text.trim_end());
        marks.push(Mark::path("published", data(&line, false)).titled(&title));
        if narrow {
            let at = [field.rect.right() - 4.0, y - 3.0];
            marks.push(Mark::text("label small", at, Anchor::End, text.trim_end()));
            continue;
        }
        // Names of lines that are close together are moved apart, with a line leading to each.
        let label_y = last.map_or(y, |last| y.max(last + 12.0));
        last = Some(label_y);
        let right = field.rect.right();
        let lead = [[right, y], [right + 5.0, label_y], [right + 8.0, label_y]];
        marks.push(Mark::path("leader", data(&lead, false)));
        let at = [right + 10.0, label_y + 3.0];
        let text = shortened(text.trim_end(), 26).into_owned();
        marks.push(Mark::text("small", at, Anchor::Start, &text));
    }
    marks
}

fn curve(field: &Field, series: &Series<'_>) -> Vec<Mark> {
    let drawable = series.curve.points.iter().filter(|point| point.length_m > 0.0);
    let places: Vec<Point> =
        drawable.map(|point| field.at([point.resolution_m, point.length_m])).collect();
    let dots: String = places.iter().map(|at| dot(series.look, *at)).collect();
    vec![
        Mark::path(series.class("curve"), data(&places, false)).titled(&series.name),
        Mark::path(series.class("dots"), dots).titled(&series.name),
    ]
}

impl Series<'_> {
    fn class(&self, what: &str) -> String {
        format!("{what} {}{}", self.look, if self.walked { " walked" } else { "" })
    }
}

/// A mark of a series at a point: triangle, round, square.
fn dot(look: &str, [x, y]: Point) -> String {
    let at = |corners: &[Point]| {
        let corners: Vec<Point> = corners.iter().map(|[dx, dy]| [x + dx, y + dy]).collect();
        data(&corners, true)
    };
    match look {
        "curve-land" => at(&[[0.0, -3.2], [3.2, 2.4], [-3.2, 2.4]]),
        "curve-river" => {
            let [x, y] = [x - 2.6, y].map(crate::drawing::pixels);
            format!("M{x} {y}a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0 -5.2 0z")
        }
        _ => at(&[[-2.4, -2.4], [2.4, -2.4], [2.4, 2.4], [-2.4, 2.4]]),
    }
}

/// Below the axes: a row for each method where there is room, otherwise one for each
/// stretch.
fn legend(room: &Rect, field: &Field, series: &[Series<'_>], columns: usize) -> Vec<Mark> {
    let rows = series.len().div_ceil(columns);
    let column = (room.width - 8.0) / columns as f64;
    let mut marks = Vec::new();
    for (i, each) in series.iter().enumerate() {
        // Both methods of a stretch are neighbours in the list.
        let (across, down) = if columns == 2 { (i % 2, i / 2) } else { (i / rows, i % rows) };
        let x = room.x + 8.0 + column * across as f64;
        let y = field.rect.bottom() + 44.0 + 16.0 * down as f64;
        marks.push(Mark::path(each.class("curve"), data(&[[x, y], [x + 28.0, y]], false)));
        marks.push(Mark::path(each.class("dots"), dot(each.look, [x + 14.0, y])));
        marks.push(Mark::text("words", [x + 34.0, y + 3.5], Anchor::Start, &each.name));
    }
    marks
}
