//! What a map needs besides the ground: graticule, scale bar.

use geo::Coord;
use treatyline::internal::wording::number;

use super::view::View;
use super::words::Words;
use crate::drawing::{Anchor, Mark, Point, Rect, data};

/// Steps of a graticule, minutes.
const STEPS: [f64; 13] =
    [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0];

/// A graticule: its lines, and its labels outside the frame.
pub(super) fn graticule(view: &View, words: &Words) -> (Vec<Mark>, Vec<Mark>) {
    let ground = &view.ground;
    let [south, north] = ground.latitudes;
    let [west, east] = ground.longitudes;
    // The rectangle shows more than the places it was made for.
    let more = (north - south).max((east - west) * ground.middle_deg().to_radians().cos());
    let wanted = f64::max(view.rect.height, view.rect.width) / 110.0;
    let step = step(more * 60.0 / wanted.max(1.0)) / 60.0;
    let [e, w, n, s] = words.winds;
    let (mut lines, mut labels) = (Vec::new(), Vec::new());
    let (low, high) = ((south - more).max(-90.0), (north + more).min(90.0));
    let wide = more / ground.middle_deg().to_radians().cos().max(0.05);
    let (left, right) = ((west - wide).max(west - 180.0), (east + wide).min(east + 180.0));
    for longitude in multiples(step, left, right) {
        let path = sampled(|share| Coord { x: longitude, y: low + share * (high - low) }, view);
        if let Some(x) = crossing(&path, view.rect.bottom(), 1, &view.rect) {
            let at = [x, view.rect.bottom() + 12.0];
            let text = degrees(super::projection::wrapped(longitude), e, w);
            labels.push(Mark::text("small", at, Anchor::Middle, &text));
        }
        lines.push(Mark::path("grid", data(&path, false)));
    }
    for latitude in multiples(step, low, high) {
        let path = sampled(|share| Coord { x: left + share * (right - left), y: latitude }, view);
        if let Some(y) = crossing(&path, view.rect.x, 0, &view.rect) {
            let at = [view.rect.x - 5.0, y + 3.0];
            labels.push(Mark::text("small", at, Anchor::End, &degrees(latitude, n, s)));
        }
        lines.push(Mark::path("grid", data(&path, false)));
    }
    (lines, labels)
}

/// The first step of a graticule that is not finer than wanted, minutes.
fn step(wanted: f64) -> f64 {
    STEPS.into_iter().find(|step| *step >= wanted).unwrap_or(3600.0)
}

fn multiples(step: f64, low: f64, high: f64) -> impl Iterator<Item = f64> {
    let first = (low / step).ceil() as i64;
    // Never hundreds: a step is a large part of the extent.
    let count = ((high / step).floor() as i64 - first).clamp(-1, 400) + 1;
    (0..count).map(move |i| (first + i) as f64 * step)
}

/// A curve on the page, in parts short enough to look smooth, as far as it is near.
fn sampled(place: impl Fn(f64) -> Coord, view: &View) -> Vec<Point> {
    let near = view.rect.grown(40.0);
    let points = (0..=96).map(|i| view.page(place(f64::from(i) / 96.0)));
    straightened(points.filter(|point| near.contains(*point)).collect())
}

/// A smooth curve without the points that are within a tenth of a pixel of a straight line between
/// others.
fn straightened(points: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    let mut begin = 0;
    for i in 1..points.len() {
        let [a, b] = [points[begin], points[i]];
        let length = (b[0] - a[0]).hypot(b[1] - a[1]).max(1e-9);
        let off = |p: &Point| {
            ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])).abs() / length
        };
        if kept.is_empty() {
            kept.push(a);
        }
        if points[begin..i].iter().any(|point| off(point) > 0.1) {
            begin = i - 1;
            kept.push(points[begin]);
        }
    }
    kept.extend(points.last().filter(|_| points.len() > 1));
    kept
}

/// Where a curve crosses an edge of the frame: the other coordinate. Axis 0 is a
/// vertical edge, axis 1 a horizontal one.
fn crossing(path: &[Point], edge: f64, axis: usize, frame: &Rect) -> Option<f64> {
    let other = 1 - axis;
    let found = path.windows(2).find_map(|pair| {
        let [a, b] = [pair[0], pair[1]];
        let share = (edge - a[axis]) / (b[axis] - a[axis]);
        (0.0..=1.0).contains(&share).then(|| a[other] + share * (b[other] - a[other]))
    })?;
    let frame = frame.grown(-8.0);
    let (low, high) = if axis == 0 { (frame.y, frame.bottom()) } else { (frame.x, frame.right()) };
    (low..=high).contains(&found).then_some(found)
}

/// `82° E`, `45° 30′ N`
fn degrees(value: f64, positive: &str, negative: &str) -> String {
    let minutes = (value.abs() * 60.0).round();
    let (whole, rest) = ((minutes / 60.0).floor(), minutes % 60.0);
    let rest = if rest > 0.0 { format!(" {rest:.0}′") } else { String::new() };
    let sign = match minutes {
        0.0 => "",
        _ if value < 0.0 => negative,
        _ => positive,
    };
    format!("{whole:.0}°{rest} {sign}").trim_end().to_owned()
}

/// A scale bar, and the room it takes with its numbers.
pub(super) struct Bar {
    /// Its length on the ground, metres.
    length_m: f64,
    /// And on the page, pixels.
    length: f64,
}

impl Bar {
    /// The longest round length that takes at most a part of the view's width; true at
    /// the view's middle latitude.
    pub(super) fn fitting(view: &View, part: f64) -> Self {
        let most_m = view.rect.width * part * view.metres_per_pixel();
        let power = 10_f64.powf(most_m.log10().floor());
        let round = [5.0, 2.0, 1.0].into_iter().find(|digit| digit * power <= most_m);
        let length_m = round.unwrap_or(1.0) * power;
        Self { length_m, length: length_m / view.metres_per_pixel() }
    }

    /// The rectangle it takes when its left end is at a point.
    pub(super) fn room(&self, [x, y]: Point) -> Rect {
        Rect::new(x - 6.0, y - 16.0, self.length + 34.0, 24.0)
    }

    pub(super) fn room_size(&self) -> Point {
        let room = self.room([0.0, 0.0]);
        [room.width, room.height]
    }

    /// Two halves, one of them full, with its numbers above.
    pub(super) fn marks(&self, [x, y]: Point, words: &Words) -> Vec<Mark> {
        let half = self.length / 2.0;
        let (unit, si) =
            if self.length_m < 2_000.0 { (words.metre, 1.0) } else { (words.kilometre, 1e3) };
        let value = |share: f64| {
            let value = self.length_m * share / si;
            number(value, usize::from(value.fract() != 0.0))
        };
        let above = y - 5.0;
        let text = |x: f64, text: &str| Mark::text("label small", [x, above], Anchor::Middle, text);
        let mut marks = vec![
            Mark::rect("bar full", &Rect::new(x, y, half, 4.0)),
            Mark::rect("bar", &Rect::new(x + half, y, half, 4.0)),
            text(x, "0"),
            text(x + self.length, &format!("{} {unit}", value(1.0))),
        ];
        // Three numbers need room between them.
        if self.length > 75.0 {
            marks.push(text(x + half, &value(0.5)));
        }
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_written_as_on_maps() {
        assert_eq!(degrees(82.0, "E", "W"), "82° E");
        assert_eq!(degrees(-0.5, "E", "W"), "0° 30′ W");
        assert_eq!(degrees(0.0, "N", "S"), "0°");
    }

    #[test]
    fn graticules_have_round_steps_and_few_lines() {
        assert_eq!([step(70.0), step(0.1), step(1e9)], [120.0, 1.0, 3600.0]);
        assert_eq!(multiples(2.0, 79.5, 87.0).collect::<Vec<_>>(), [80.0, 82.0, 84.0, 86.0]);
        assert_eq!(multiples(1.0, 5.0, 4.0).count(), 0);
    }
}
