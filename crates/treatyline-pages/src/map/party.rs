//! The parties' names, each on its side of the line.

use treatyline::internal::resolution::Thinning;

use super::labels::{Look, Placer};
use super::view::View;
use crate::drawing::{Anchor, Mark, Point, Rect};

/// A name is tried at this number of places across and down.
const PLACES: u32 = 28;

/// Beyond this distance from the line a longer distance is no better; in parts of the width.
const FAR: f64 = 0.2;

/// How coarse the line is that sides are decided by, pixels.
const COARSE: f64 = 3.0;

/// The names of both parties, where there is room on their sides.
pub(super) fn names(
    view: &View,
    parties: &[String; 2],
    line: &[Thinning<'_>],
    look: Look,
    placer: &mut Placer,
) -> Vec<Mark> {
    let line = coarse(view, line);
    let mut marks = Vec::new();
    for (name, left) in parties.iter().zip([true, false]) {
        let text = vec![name.to_uppercase()];
        let [width, height] = look.room(&text);
        let best = candidates(view, width, height)
            .filter(|rect| placer.is_free(rect))
            .filter_map(|rect| Some((score(&rect, &line, left, view)?, rect)))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, rect)) = best else { continue };
        placer.settle(rect);
        let at = [rect.middle()[0], rect.y + look.size * 0.88];
        marks.push(Mark::text(look.class, at, Anchor::Middle, &text[0]));
    }
    marks
}

fn coarse(view: &View, line: &[Thinning<'_>]) -> Vec<Vec<Point>> {
    let simple = line.iter().map(|stretch| stretch.at(view.metres(COARSE)));
    simple.map(|path| path.iter().map(|place| view.page(*place)).collect()).collect()
}

fn candidates(view: &View, width: f64, height: f64) -> impl Iterator<Item = Rect> {
    let frame = view.rect.grown(-12.0);
    let at = move |i: u32, room: f64| f64::from(i) / f64::from(PLACES) * room.max(0.0);
    (0..=PLACES).flat_map(move |row| {
        (0..=PLACES).map(move |column| {
            let x = frame.x + at(column, frame.width - width);
            let y = frame.y + at(row, frame.height - height);
            Rect::new(x, y, width, height)
        })
    })
}

/// How good a place is for a name: on the right side, next to the line and not beyond one
/// of its ends, well off it, and near the middle of the map. `None` on the wrong side.
fn score(rect: &Rect, line: &[Vec<Point>], left: bool, view: &View) -> Option<f64> {
    let [x, y] = rect.middle();
    let points = [[rect.x, y], [x, y], [rect.right(), y]];
    let mut clear = f64::INFINITY;
    for point in points {
        let (distance, is_left, beyond) = foot(point, line)?;
        if is_left != left || beyond {
            return None;
        }
        clear = clear.min(distance);
    }
    let [cx, cy] = view.rect.middle();
    Some(clear.min(FAR * view.rect.width) - 0.25 * (x - cx).hypot(y - cy))
}

/// How far a point is from a line, whether it lies to the left of the nearest edge, and
/// whether what is nearest is an end of one of its stretches.
fn foot(point: Point, line: &[Vec<Point>]) -> Option<(f64, bool, bool)> {
    let nearest = line.iter().filter_map(|stretch| foot_on(point, stretch));
    { nearest }
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(squared, is_left, beyond)| (squared.sqrt(), is_left, beyond))
}

/// The same for one stretch; the distance is squared.
fn foot_on([x, y]: Point, stretch: &[Point]) -> Option<(f64, bool, bool)> {
    let last = stretch.len().checked_sub(2)?;
    let is_open = stretch.first() != stretch.last();
    let one = |(i, edge): (usize, &[Point])| {
        let [a, b] = [edge[0], edge[1]];
        let [dx, dy] = [b[0] - a[0], b[1] - a[1]];
        let share = ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy);
        let on = share.clamp(0.0, 1.0);
        let off = [x - a[0] - on * dx, y - a[1] - on * dy];
        // The root is taken once, at the end: this runs some million times for a map.
        let squared = off[0] * off[0] + off[1] * off[1];
        // The second axis points down, so left is where this is positive.
        let is_left = (x - a[0]) * dy - (y - a[1]) * dx > 0.0;
        let beyond = is_open && ((i == 0 && share < 0.0) || (i == last && share > 1.0));
        (squared, is_left, beyond)
    };
    stretch.windows(2).enumerate().map(one).min_by(|a, b| a.0.total_cmp(&b.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_seen_in_the_direction_of_the_line() {
        let south = [vec![[50.0, 0.0], [50.0, 100.0]]];
        assert_eq!(foot([70.0, 50.0], &south), Some((20.0, true, false)));
        assert_eq!(foot([30.0, 50.0], &south), Some((20.0, false, false)));
        assert!(foot([50.0, 130.0], &south).unwrap().2, "beyond the end");
        assert!(foot([0.0, 0.0], &[vec![[50.0, 0.0]]]).is_none());
        // The gap between two stretches is not part of the line.
        let two = [vec![[0.0, 50.0], [10.0, 50.0]], vec![[90.0, 50.0], [100.0, 50.0]]];
        assert_eq!(foot([50.0, 50.0], &two).map(|found| (found.0, found.2)), Some((40.0, true)));
    }
}
