//! Heights of the relief along a stretch, with those that a text prints.

use treatyline::internal::dossier::HeightProfile;
use treatyline::internal::report::extent;
use treatyline::internal::wording::{number, shortened};

use super::Frame;
use super::course::{levels, round_step};
use super::field::{Field, Scale};
use crate::drawing::{Anchor, Drawing, Mark, Panel, Point, Rect, data};

/// Heights in pixels: above the field, the field, the numbers below it.
const TOP: f64 = 24.0;
const FIELD: f64 = 230.0;
const BELOW: f64 = 36.0;
const LEFT: f64 = 52.0;

/// The chart of one profile; none where it has no heights.
pub(crate) fn heights(profile: &HeightProfile, frame: &Frame) -> Option<Drawing> {
    let count = profile.heights_m.len().checked_sub(1)?;
    let end_m = profile.from_m + profile.step_m * count as f64;
    let printed = profile.printed.iter().map(|(.., m)| *m);
    let (low, high) = extent(profile.heights_m.iter().copied().chain(printed))?;
    let margin = 0.12 * (high - low) + 1.0;
    let rect = Rect::new(LEFT, TOP, frame.width - LEFT - 16.0, FIELD);
    let x = Scale::Linear(profile.from_m, end_m);
    let field = Field { rect, x, y: Scale::Linear(low - margin, high + margin) };
    let mut marks = levels(&field);
    let step_m = 1e3 * round_step((end_m - profile.from_m) / 1e3 / 6.0);
    let first = (profile.from_m / step_m).ceil();
    let ticks = (0..12).map(|i| (first + f64::from(i)) * step_m).take_while(|m| *m <= end_m);
    marks.extend(ticks.flat_map(|m| field.upright(m, &number(m / 1e3, 0))));
    let line: Vec<Point> = profile
        .heights_m
        .iter()
        .enumerate()
        .map(|(i, m)| field.at([profile.from_m + profile.step_m * i as f64, *m]))
        .collect();
    marks.push(Mark::path("curve curve-land", data(&line, false)));
    marks.push(Mark::rect("frame", &field.rect));
    // Alternately above and below, so that neighbours do not overlap.
    let places = profile.printed.iter().zip([-6.0, 14.0].into_iter().cycle());
    for (place, off) in places {
        let [dot, name] = printed_height(&field, place, off);
        marks.push(dot);
        // There is no room for names on a telephone; the table has them.
        marks.extend((!frame.is_narrow()).then_some(name));
    }
    let words = "m above the sea: the line is the relief, dots are the heights of the text";
    marks.push(Mark::text("small", [4.0, TOP - 10.0], Anchor::Start, words));
    let at = [rect.right(), rect.bottom() + 29.0];
    marks.push(Mark::text("small", at, Anchor::End, "km along the line"));
    let size = [frame.width, TOP + FIELD + BELOW];
    let mut drawing = Drawing::new(frame.id.clone(), size, &profile.title, words);
    drawing.panel(Panel::new(&Rect::new(0.0, 0.0, size[0], size[1]), marks));
    Some(drawing)
}

/// A dot with the name of the place and its printed height, so far below it.
fn printed_height(
    field: &Field,
    (name, at_m, height_m): &(String, f64, f64),
    off: f64,
) -> [Mark; 2] {
    let [x, y] = field.at([*at_m, *height_m]);
    let dot = Rect::new(x - 3.0, y - 3.0, 6.0, 6.0);
    let (anchor, at) = if x > field.rect.middle()[0] {
        (Anchor::End, [x - 6.0, y + off])
    } else {
        (Anchor::Start, [x + 6.0, y + off])
    };
    let words = format!("{} {}", shortened(name, 24), number(*height_m, 0));
    let title = format!("{name}: {} m by the text", number(*height_m, 0));
    [Mark::rect("printed", &dot).titled(&title), Mark::text("label small", at, anchor, &words)]
}
