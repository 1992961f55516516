//! The distance between two lines along one of them, and below it where land changes
//! sides: both over the same chainage.

use treatyline::compare::Face;
use treatyline::internal::compare::{Bin, Profile};
use treatyline::internal::report::Compared;
use treatyline::internal::report::{log_ticks, round_metres};
use treatyline::internal::wording::{distance, number, shortened};
use treatyline::line::Side;

use super::Frame;
use super::field::{Field, Scale};
use crate::drawing::{Anchor, Drawing, Mark, Panel, Point, Rect, data};

/// Heights: above the field, the field, the numbers below it, and a row of gains.
const TOP: f64 = 24.0;
const FIELD: f64 = 190.0;
const NUMBERS: f64 = 24.0;
const GAINS: f64 = 30.0;

/// Of which the bars.
const BAR: f64 = 12.0;

/// Lines nearer than this count as one: the lower end of the logarithmic axis, metres.
const FOOT_M: f64 = 1.0;

/// The chart; none for a line without length.
pub(crate) fn profile(
    compared: &Compared<'_>,
    profile: &Profile,
    frame: &Frame,
) -> Option<Drawing> {
    let bins = bins(profile, frame);
    let end_m = compared.comparison.lines[0].length().value();
    let worst = compared.comparison.hausdorff.from_old;
    let most_m = bins.iter().map(|bin| bin.greatest.value()).fold(10.0, f64::max);
    let most_m = most_m.max(worst.distance.value()) * 1.6;
    let left = 48.0;
    let rect = Rect::new(left, TOP, frame.width - left - 16.0, FIELD);
    let y = Scale::Logarithmic(FOOT_M, most_m);
    let field = Field { rect, x: Scale::Linear(0.0, end_m), y };
    let mut marks = axes(&field, end_m, most_m, frame);
    marks.extend(curve(&field, &bins));
    marks.extend(uncertainty(&field, compared));
    let at = field.at([worst.from.chainage.value(), worst.distance.value()]);
    marks.push(farthest(at, &field, worst.distance.value()));
    let top = rect.bottom() + NUMBERS;
    for (i, side) in [Side::Left, Side::Right].into_iter().enumerate() {
        marks.extend(gains(&field, compared, side, top + GAINS * i as f64, frame));
    }
    let size = [frame.width, top + 2.0 * GAINS + 22.0];
    let description = "The greatest distance of each stretch of the old line from the new one, on a \
                logarithmic axis; below, the stretches along which each side gains land.";
    let mut drawing = Drawing::new(frame.id.clone(), size, "Distance along the line", description);
    drawing.panel(Panel::new(&Rect::new(0.0, 0.0, size[0], size[1]), marks));
    Some(drawing)
}

/// The stretches, two at a time where there is less room.
fn bins(profile: &Profile, frame: &Frame) -> Vec<Bin> {
    let together = if frame.is_narrow() { 2 } else { 1 };
    let joined = |bins: &[Bin]| {
        bins.iter().copied().reduce(|a, b| Bin {
            from: a.from,
            to: b.to,
            least: if b.least < a.least { b.least } else { a.least },
            greatest: if b.greatest > a.greatest { b.greatest } else { a.greatest },
        })
    };
    runs(&profile.bins).flat_map(|run| run.chunks(together)).filter_map(joined).collect()
}

fn axes(field: &Field, end_m: f64, most_m: f64, frame: &Frame) -> Vec<Mark> {
    let mut marks = Vec::new();
    for tick in log_ticks(FOOT_M, most_m) {
        marks.extend(field.level(tick, &round_metres(tick)));
    }
    let count = if frame.is_narrow() { 4.0 } else { 8.0 };
    let rough_km = end_m / 1e3 / count;
    let power = 10_f64.powf(rough_km.log10().floor());
    let step_km = [1.0, 2.0, 5.0, 10.0].map(|digit| digit * power);
    let step_km = step_km.into_iter().find(|step| *step >= rough_km).unwrap_or(10.0 * power);
    let decimals = usize::from(step_km < 1.0) + usize::from(step_km < 0.1);
    let ticks = (0..=20).map(|i| f64::from(i) * step_km).take_while(|km| km * 1e3 <= end_m);
    for km in ticks {
        marks.extend(field.upright(km * 1e3, &number(km, decimals)));
    }
    let above = [field.rect.x - 6.0, field.rect.y - 10.0];
    marks.push(Mark::text("small", above, Anchor::Start, "from the new line"));
    marks
}

/// Stretches that follow one another: nothing is compared between two runs.
fn runs(bins: &[Bin]) -> impl Iterator<Item = &[Bin]> {
    bins.chunk_by(|a, b| a.to == b.from)
}

/// An area between the least and the greatest distance of each stretch, stepwise.
fn curve(field: &Field, bins: &[Bin]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = runs(bins).flat_map(|run| curve_of_run(field, run)).collect();
    marks.push(Mark::rect("frame", &field.rect));
    marks
}

fn curve_of_run(field: &Field, bins: &[Bin]) -> Vec<Mark> {
    let upper: Vec<Point> = bins
        .iter()
        .flat_map(|bin| [bin.from, bin.to].map(|at| field.at([at.value(), bin.greatest.value()])))
        .collect();
    let lower = bins.iter().rev();
    let lower = lower
        .flat_map(|bin| [bin.to, bin.from].map(|at| field.at([at.value(), bin.least.value()])));
    let area: Vec<Point> = upper.iter().copied().chain(lower).collect();
    vec![
        Mark::path("between", data(&area, true)),
        Mark::path("curve curve-whole", data(&upper, false)),
    ]
}

/// Above this distance places are significant.
fn uncertainty(field: &Field, compared: &Compared<'_>) -> Vec<Mark> {
    let metres = compared.comparison.uncertainty().value();
    if metres <= FOOT_M || field.y(metres) < field.rect.y {
        return Vec::new();
    }
    let y = field.y(metres);
    let line = [[field.rect.x, y], [field.rect.right(), y]];
    // Above the field, where no curve crosses it.
    let (x, above) = (field.rect.right(), field.rect.y - 10.0);
    let sample = [[x - 16.0, above - 3.0], [x, above - 3.0]];
    let text = format!("both accuracies together, {}", distance(metres));
    vec![
        Mark::path("published", data(&line, false)).titled(&text),
        Mark::path("published", data(&sample, false)),
        Mark::text("small", [x - 20.0, above], Anchor::End, &text),
    ]
}

fn farthest([x, y]: Point, field: &Field, metres: f64) -> Mark {
    let (anchor, aside) =
        if x > field.rect.middle()[0] { (Anchor::End, -7.0) } else { (Anchor::Start, 7.0) };
    let text = format!("◂ farthest: {}", distance(metres));
    let text = if anchor == Anchor::End { text.replace("◂ ", "") + " ▸" } else { text };
    Mark::text("label small strong", [x + aside, y + 3.0], anchor, &text)
}

/// Where one side gains.
fn gains(field: &Field, compared: &Compared<'_>, side: Side, top: f64, frame: &Frame) -> Vec<Mark> {
    let letters = if frame.is_narrow() { 30 } else { 60 };
    let words = shortened(compared.party(side), letters).into_owned();
    let at = [field.rect.x, top + 10.0];
    let top = top + GAINS - BAR - 4.0;
    let mut marks = vec![
        Mark::text("small strong", at, Anchor::Start, &format!("{words} gains")),
        Mark::rect("row", &Rect::new(field.rect.x, top, field.rect.width, BAR)),
    ];
    for face in compared.comparison.land.significant().filter(|face| face.gains == side) {
        let (from, to) = (field.x(face.from.value()), field.x(face.to.value()));
        let bar = Rect::new(from, top, (to - from).max(1.5), BAR);
        marks.push(Mark::rect(class(side), &bar).titled(&face_in_words(compared, face)));
    }
    if side == Side::Right {
        let at = [field.rect.right(), top + BAR + 15.0];
        marks.push(Mark::text("small", at, Anchor::End, "km along the old line"));
    }
    marks
}

/// How a gain of a side looks.
pub(crate) const fn class(side: Side) -> &'static str {
    match side {
        Side::Left => "gain-left",
        Side::Right => "gain-right",
    }
}

/// A face in words: who gains it, where, and how wide it is.
pub(crate) fn face_in_words(compared: &Compared<'_>, face: &Face) -> String {
    format!(
        "{} gains {} · km {}–{} of the old line · {} at its widest",
        compared.party(face.gains),
        treatyline::internal::report::area(face.area),
        number(face.from.km(), 1),
        number(face.to.km(), 1),
        distance(face.width.greatest.distance.value().round()),
    )
}
