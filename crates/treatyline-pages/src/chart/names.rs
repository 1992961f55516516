//! Places names above bars: each above its bar, none over another name.

use textwrap::core::display_width;
use treatyline::internal::wording::shortened;

use crate::drawing::{Anchor, Mark, data};

/// A name, and the bar that it names.
pub(super) struct Name<'a> {
    pub text: &'a str,
    pub from: f64,
    pub to: f64,
}

/// Names that have found a place.
pub(super) struct Names {
    placed: Vec<Placed>,
    rows: usize,
}

struct Placed {
    text: String,
    middle: f64,
    /// Where the bar is that it belongs to.
    foot: f64,
    half: f64,
    row: usize,
}

/// The height of a row of names.
const ROW: f64 = 13.0;
/// With more rows the chart would get too high.
const ROWS: usize = 3;
/// Longer names are cut.
const LONGEST: usize = 22;
/// The most width of a narrow letter; a wide one, as in Chinese, takes twice as much.
const LETTER: f64 = 5.5;
/// How far from the middle of its bar a name may be, in halves of its length.
const ASIDE: [f64; 5] = [0.0, 0.5, -0.5, 0.9, -0.9];
/// Where on its bar the line of a name may end, as shares of it.
const FEET: [f64; 3] = [0.5, 0.96, 0.04];
/// Between names.
const APART: f64 = 5.0;

impl Names {
    /// Finds places between two edges, for the longest bars first. A name for which there is no
    /// room is left out.
    pub(super) fn new(names: &[Name<'_>], [left, right]: [f64; 2]) -> Self {
        let mut sorted: Vec<&Name<'_>> = names.iter().collect();
        sorted.sort_by(|a, b| (b.to - b.from).total_cmp(&(a.to - a.from)));
        let mut placed: Vec<Placed> = Vec::new();
        for name in sorted {
            let text = shortened(name.text, LONGEST).into_owned();
            let half = 0.5 * LETTER * display_width(&text) as f64;
            let foot = 0.5 * (name.from + name.to);
            if 2.0 * half > right - left {
                continue;
            }
            let place = |row: usize, aside: f64, share: f64| {
                let middle = (foot + aside * half).clamp(left + half, right - half);
                let foot = name.from + share * (name.to - name.from);
                Placed { text: text.clone(), middle, foot, half, row }
            };
            let place = &place;
            let row = |row| FEET.into_iter().flat_map(move |it| ASIDE.map(|by| place(row, by, it)));
            let all = (0..ROWS).flat_map(row);
            let mut all = all.filter(|it| placed.iter().all(|other| it.avoids(other)));
            let free = all.next();
            placed.extend(free);
        }
        let rows = placed.iter().map(|it| it.row + 1).max().unwrap_or(0);
        Self { placed, rows }
    }

    /// How high they are together.
    pub(super) fn height(&self) -> f64 {
        self.rows as f64 * ROW
    }

    /// The names above a lane that begins at `top`, each in an upper row with a line to its bar.
    pub(super) fn marks(&self, top: f64) -> Vec<Mark> {
        let mut marks = Vec::new();
        for it in &self.placed {
            let base = top - 4.0 - it.row as f64 * ROW;
            if it.row > 0 {
                let line = [[it.foot, base + 2.5], [it.foot, top - 1.0]];
                marks.push(Mark::path("leader", data(&line, false)));
            }
            marks.push(Mark::text("hydro", [it.middle, base], Anchor::Middle, &it.text));
        }
        marks
    }
}

impl Placed {
    /// Whether neither of the two lies on the other, nor on the line that leads to it.
    fn avoids(&self, other: &Self) -> bool {
        let (low, high) = if self.row <= other.row { (self, other) } else { (other, self) };
        if low.row == high.row {
            return (low.middle - high.middle).abs() >= low.half + high.half + APART;
        }
        (low.middle - high.foot).abs() >= low.half + 0.5 * APART
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(names: &[(&str, f64, f64)]) -> Vec<(String, usize)> {
        let names: Vec<Name<'_>> =
            names.iter().map(|(text, from, to)| Name { text, from: *from, to: *to }).collect();
        let found = Names::new(&names, [0.0, 300.0]);
        found.placed.into_iter().map(|it| (it.text, it.row)).collect()
    }

    #[test]
    fn names_go_up_a_row_where_there_is_no_room_and_are_left_out_where_there_is_none() {
        let at = |text: &str, row| (text.to_owned(), row);
        let apart = rows(&[("Khorgos", 0.0, 100.0), ("Tekes", 200.0, 290.0)]);
        assert_eq!(apart, [at("Khorgos", 0), at("Tekes", 0)]);
        let near = rows(&[("霍尔果斯河", 100.0, 150.0), ("Tekes", 156.0, 159.0)]);
        assert_eq!(near, [at("霍尔果斯河", 0), at("Tekes", 1)]);
        // Its line ends where the first name leaves room.
        let side = rows(&[("霍尔果斯河", 100.0, 150.0), ("Tekes", 130.0, 160.0)]);
        assert_eq!(side, [at("霍尔果斯河", 0), at("Tekes", 1)]);
        // Its line would go through the first name.
        let over = rows(&[("Khorgos, upper", 100.0, 160.0), ("Tekes", 125.0, 130.0)]);
        assert_eq!(over, [at("Khorgos, upper", 0)]);
        assert_eq!(rows(&[(&"x".repeat(100), 0.0, 1.0)]).len(), 1, "what is long is cut");
    }
}
