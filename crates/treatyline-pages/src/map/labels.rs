//! Labels that do not collide: each takes the first of its places that is free, and is
//! left out where none is free. The first label has the free choice, so labels come in order of
//! importance.

use textwrap::core::display_width;

use crate::drawing::{Anchor, Mark, Point, Rect};

/// A text looking for its place.
#[derive(Debug, Clone)]
pub(super) struct Label {
    /// What it belongs to.
    pub at: Point,
    /// Half the size of what is drawn there.
    pub clear: f64,
    pub lines: Vec<String>,
    pub look: Look,
    /// The text that a reader sees who points at it.
    pub title: String,
    /// How far off it may be, with a line leading to it.
    pub reach: f64,
}

/// How a label is written: a class of the style sheet, and the sizes that the class has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub class: &'static str,
    /// Size of the font, pixels.
    pub size: f64,
    /// Space between letters, pixels.
    pub spacing: f64,
}

impl Look {
    /// From one baseline to the next.
    pub(super) fn leading(&self) -> f64 {
        self.size * 1.15
    }

    /// The room that lines of text take up. The reader's font is not known, so it is that of a wide
    /// one.
    pub(super) fn room(&self, lines: &[String]) -> Point {
        let width = |line: &String| {
            let letters: f64 = line.chars().map(letter).sum();
            letters * self.size + self.spacing * line.chars().count() as f64
        };
        let widest = lines.iter().map(width).fold(0.0, f64::max);
        [widest, self.leading() * lines.len() as f64]
    }
}

/// About the width of a letter in the widest of the common fonts, DejaVu Sans, in parts
/// of the font's size: in a narrower one there is more space.
fn letter(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' => 0.29,
        ' ' | 'f' | 't' | 'I' | '.' | ',' | ':' | ';' | '!' | '(' | ')' | '/' | '′' | '·' => {
            0.36
        }
        'r' | '-' | '°' => 0.42,
        'm' | 'M' | 'w' | 'W' | '%' | '—' => 0.95,
        'A'..='Z' => 0.71,
        _ => match display_width(c.encode_utf8(&mut [0; 4])) {
            0 => 0.0,
            1 => 0.61,
            _ => 1.0,
        },
    }
}

/// A page on which labels take their places one by one.
#[derive(Debug, Default)]
pub(super) struct Placer {
    frame: Option<Rect>,
    /// What no label may cover.
    taken: Vec<Rect>,
    /// The labels among it.
    labels: Vec<Rect>,
}

/// Space around a label, pixels.
const AIR: f64 = 1.5;

/// Longer pieces of a line are taken in parts, pixels: their boxes would take too much.
const PART: f64 = 5.0;

impl Placer {
    /// Labels stay inside a rectangle.
    pub(super) fn inside(frame: &Rect) -> Self {
        Self { frame: Some(frame.grown(-3.0)), ..Self::default() }
    }

    /// Where labels are so far.
    pub(super) fn labels(&self) -> &[Rect] {
        &self.labels
    }

    /// Takes a rectangle.
    pub(super) fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// Takes a line of a width.
    pub(super) fn take_line(&mut self, points: &[Point], width: f64) {
        for edge in points.windows(2) {
            let [a, b] = [edge[0], edge[1]];
            let length = (b[0] - a[0]).hypot(b[1] - a[1]);
            // No map is this large.
            if length.is_nan() || length > 1e5 {
                continue;
            }
            let parts = (length / PART).ceil().max(1.0);
            for i in 0..=parts as usize {
                let share = i as f64 / parts;
                let point = [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
                self.take(Rect::around(point, width / 2.0));
            }
        }
    }

    /// Whether a rectangle can be taken by a label.
    pub(super) fn is_free(&self, rect: &Rect) -> bool {
        let inside = self.frame.is_none_or(|frame| frame.holds(rect));
        inside && !self.taken.iter().any(|other| other.overlaps(rect))
    }

    /// Takes a rectangle for a label.
    pub(super) fn settle(&mut self, rect: Rect) {
        self.take(rect.grown(AIR));
        self.labels.push(rect);
    }

    /// Places a label; nothing where there is no room.
    pub(super) fn place(&mut self, label: &Label) -> Vec<Mark> {
        let room = label.look.room(&label.lines);
        let found = candidates(label, room).into_iter().find(|(rect, _)| self.is_free(rect));
        let Some((rect, anchor)) = found else { return Vec::new() };
        self.settle(rect);
        let mut marks = leader(label, &rect);
        let x = match anchor {
            Anchor::Start => rect.x,
            Anchor::Middle => rect.middle()[0],
            Anchor::End => rect.right(),
        };
        let Look { class, size, .. } = label.look;
        let text = Mark::lines(
            class,
            [x, rect.y + size * 0.88],
            anchor,
            label.look.leading(),
            &label.lines,
        );
        marks.push(text.titled(&label.title));
        marks
    }
}

/// The places a label may take, best first: right and left of its point, then above and below, then
/// in the corners; near, then farther off.
fn candidates(label: &Label, [width, height]: Point) -> Vec<(Rect, Anchor)> {
    let [x, y] = label.at;
    let mut places = Vec::new();
    let mut gap = label.clear + 3.0;
    while gap <= label.clear + 3.0 + label.reach {
        let near = gap * 0.7;
        let (right, left) = (x + gap, x - gap - width);
        let (middle, up, down) = (y - height / 2.0, y - near - height, y + near);
        let mut add = |left, top, anchor| {
            places.push((Rect::new(left, top, width, height), anchor));
        };
        add(right, middle, Anchor::Start);
        add(left, middle, Anchor::End);
        add(x + near, up, Anchor::Start);
        add(x + near, down, Anchor::Start);
        add(x - near - width, up, Anchor::End);
        add(x - near - width, down, Anchor::End);
        add(x - width / 2.0, y - gap - height, Anchor::Middle);
        add(x - width / 2.0, y + gap, Anchor::Middle);
        gap += 6.0;
    }
    places
}

/// A line to a label that is not at its point.
fn leader(label: &Label, rect: &Rect) -> Vec<Mark> {
    let [x, y] = label.at;
    let end = [x.clamp(rect.x, rect.right()), y.clamp(rect.y + 2.0, rect.bottom() - 2.0)];
    let off = (end[0] - x).hypot(end[1] - y);
    if off < label.clear + 9.0 {
        return Vec::new();
    }
    // Beginning at the edge of what is drawn, ending just before the text.
    let at = |share: f64| [x + share * (end[0] - x), y + share * (end[1] - y)];
    let line = [at(label.clear / off), at(1.0 - 2.0 / off)];
    vec![Mark::path("leader", crate::drawing::data(&line, false))]
}

/// A text in lines that fit a width, pixels.
pub(super) fn fitted(text: &str, look: &Look, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words(text) {
        let longer = lines.last().map(|line| format!("{line}{word}"));
        let fits = |line: &String| look.room(&[line.trim_end().to_owned()])[0] <= width;
        match longer.filter(fits) {
            Some(longer) => {
                lines.pop();
                lines.push(longer);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Divides a text where a line may end: after a space, a Chinese character, or a dash that is not
/// between digits as in 15–16.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut begin = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let range = || text[end..].starts_with(|next: char| next.is_ascii_digit());
        if matches!(c, ' ' | '、' | '，' | '。') || (c == '–' && !range()) {
            words.push(&text[begin..end]);
            begin = end;
        }
    }
    words.push(&text[begin..]);
    words
}

/// A name in lines of about `letters` letters, never more than three.
pub(super) fn lines(name: &str, letters: usize) -> Vec<String> {
    let wrapped = textwrap::wrap(name, textwrap::Options::new(letters).break_words(false));
    let mut lines: Vec<String> = wrapped.into_iter().map(|line| line.into_owned()).collect();
    if lines.len() > 3 {
        lines.truncate(3);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOK: Look = Look { class: "town", size: 10.0, spacing: 0.0 };

    fn label(at: Point, text: &str) -> Label {
        let lines = vec![text.to_owned()];
        Label { at, clear: 3.0, lines, look: LOOK, title: String::new(), reach: 0.0 }
    }

    #[test]
    fn a_label_gives_way_and_is_left_out_where_there_is_no_room() {
        let mut placer = Placer::inside(&Rect::new(0.0, 0.0, 100.0, 40.0));
        let shown: Vec<bool> =
            (0..8).map(|_| !placer.place(&label([50.0, 20.0], "Zaysan")).is_empty()).collect();
        assert!(shown[0] && shown[1], "there is room on both sides");
        assert!(!shown[7], "but not for eight");
        for (i, one) in placer.labels().iter().enumerate() {
            assert!(placer.labels()[..i].iter().all(|other| !one.overlaps(other)));
        }
    }

    #[test]
    fn a_label_does_not_lie_on_a_line() {
        let mut placer = Placer::inside(&Rect::new(0.0, 0.0, 200.0, 100.0));
        placer.take_line(&[[60.0, 0.0], [60.0, 100.0]], 2.0);
        placer.place(&label([50.0, 50.0], "Bole"));
        assert!(placer.labels()[0].right() < 60.0, "it goes to the left, where there is no line");
    }

    #[test]
    fn texts_fit_a_width() {
        let lines = fitted("Line good to ± 100 m", &LOOK, 60.0);
        assert!(lines.len() > 1 && lines.join(" ") == "Line good to ± 100 m");
        assert!(lines.iter().all(|line| LOOK.room(std::slice::from_ref(line))[0] <= 60.0));
    }

    #[test]
    fn a_range_stays_together_and_a_long_name_does_not() {
        assert_eq!(words("Obo, points 15–16"), ["Obo, ", "points ", "15–16"]);
        assert_eq!(words("Kazakhstan–China"), ["Kazakhstan–", "China"]);
    }

    #[test]
    fn names_are_broken_between_words() {
        assert_eq!(
            lines("High Altai west of the tripoint", 16),
            ["High Altai west", "of the tripoint"]
        );
        assert_eq!(lines("a b c d e f g h", 3).len(), 3);
    }
}
