//! A drawing: marks on a page in pixels, and the SVG that shows them.
//!
//! The callers say what is where. Only this module and `templates/drawing.svg` know how an SVG is
//! written and escape every text in it.

mod style;

use askama::Template;
use treatyline::internal::wording::is_xml;

pub use style::Theme;
pub(crate) use style::{LOOKS, css};

/// A place on a page: pixels from its upper left corner, rightwards and downwards.
pub(super) type Point = [f64; 2];

/// A rectangle on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Rect {
    pub(super) const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    /// The square around a point.
    pub(super) fn around([x, y]: Point, half: f64) -> Self {
        Self::new(x - half, y - half, 2.0 * half, 2.0 * half)
    }

    /// The rectangle around some points; `None` without any.
    pub(super) fn about(points: &[Point]) -> Option<Self> {
        let first = *points.first()?;
        let (low, high) = points.iter().fold((first, first), |(low, high), [x, y]| {
            ([low[0].min(*x), low[1].min(*y)], [high[0].max(*x), high[1].max(*y)])
        });
        Some(Self::new(low[0], low[1], high[0] - low[0], high[1] - low[1]))
    }

    pub(super) fn right(&self) -> f64 {
        self.x + self.width
    }

    pub(super) fn bottom(&self) -> f64 {
        self.y + self.height
    }

    pub(super) fn middle(&self) -> Point {
        [self.x + self.width / 2.0, self.y + self.height / 2.0]
    }

    /// The same rectangle, larger by `by` on every side.
    pub(super) fn grown(&self, by: f64) -> Self {
        let (width, height) = (self.width + 2.0 * by, self.height + 2.0 * by);
        Self::new(self.x - by, self.y - by, width.max(0.0), height.max(0.0))
    }

    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    pub(super) fn holds(&self, other: &Self) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }

    pub(super) fn contains(&self, [x, y]: Point) -> bool {
        (self.x..=self.right()).contains(&x) && (self.y..=self.bottom()).contains(&y)
    }
}

/// On which side of its place a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Something drawn.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// How it looks: a class of the style sheet.
    class: String,
    shape: Shape,
    /// Width of its stroke, pixels, where the style sheet cannot know it.
    stroke: Option<String>,
    /// The text that a reader sees who points at it.
    title: String,
    /// The facts by which a script can select it: `data-` attributes.
    facts: Vec<(&'static str, String)>,
}

#[derive(Debug, Clone)]
enum Shape {
    Path(String),
    Text { anchor: &'static str, lines: Vec<[String; 3]> },
}

impl Mark {
    /// Lines or areas, from path data.
    pub(super) fn path(class: impl Into<String>, data: String) -> Self {
        Self::new(class.into(), Shape::Path(data))
    }

    /// A rectangle.
    pub(super) fn rect(class: impl Into<String>, rect: &Rect) -> Self {
        let [x, y, width, height] = [rect.x, rect.y, rect.width, rect.height].map(pixels);
        Self::path(class, format!("M{x} {y}h{width}v{height}h-{width}z"))
    }

    /// A line of text whose baseline begins, has its middle or ends at a point.
    pub(super) fn text(class: impl Into<String>, at: Point, anchor: Anchor, text: &str) -> Self {
        Self::lines(class, at, anchor, 0.0, &[text.to_owned()])
    }

    /// Lines of text below each other.
    pub(super) fn lines(
        class: impl Into<String>,
        [x, y]: Point,
        anchor: Anchor,
        leading: f64,
        lines: &[String],
    ) -> Self {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let baselines = (0..lines.len()).map(|i| pixels(y + leading * i as f64));
        let lines = baselines.zip(lines).map(|(y, line)| [pixels(x), y, legal(line)]).collect();
        Self::new(class.into(), Shape::Text { anchor, lines })
    }

    fn new(class: String, shape: Shape) -> Self {
        Self { class, shape, stroke: None, title: String::new(), facts: Vec::new() }
    }

    /// With a stroke of a width.
    pub(super) fn stroked(mut self, width: f64) -> Self {
        self.stroke = Some(pixels(width));
        self
    }

    /// With the text that a reader sees who points at it.
    pub(super) fn titled(mut self, title: &str) -> Self {
        self.title = legal(title);
        self
    }

    /// With a fact by which a script can select it.
    pub(super) fn known(mut self, name: &'static str, value: &str) -> Self {
        self.facts.push((name, legal(value)));
        self
    }
}

/// Marks cut off at a rectangle's edge.
#[derive(Debug, Clone)]
pub(super) struct Panel {
    frame: [String; 4],
    marks: Vec<Mark>,
}

impl Panel {
    pub(super) fn new(frame: &Rect, mut marks: Vec<Mark>) -> Self {
        // Marks outside of the frame have become empty paths.
        marks.retain(|mark| !matches!(&mark.shape, Shape::Path(data) if data.is_empty()));
        Self { frame: [frame.x, frame.y, frame.width, frame.height].map(pixels), marks }
    }
}

/// A page of panels, later ones above earlier ones.
#[derive(Debug, Clone, Template)]
#[template(path = "drawing.svg")]
pub(super) struct Drawing {
    /// The beginning of its ids: no two drawings in one document may have the same.
    id: String,
    title: String,
    description: String,
    width: String,
    height: String,
    /// Rules for a drawing that is a file of its own; in a page they are the page's.
    style: Option<String>,
    panels: Vec<Panel>,
}

impl Drawing {
    /// An empty page of a width and a height.
    pub(super) fn new(
        id: impl Into<String>,
        [width, height]: Point,
        title: &str,
        description: &str,
    ) -> Self {
        Self {
            id: id.into(),
            title: legal(title),
            description: legal(description),
            width: pixels(width),
            height: pixels(height),
            style: None,
            panels: Vec::new(),
        }
    }

    /// With rules of its own. They are this crate's, so nothing in them is escaped.
    pub(super) fn styled(mut self, style: String) -> Self {
        self.style = Some(style);
        self
    }

    pub(super) fn panel(&mut self, panel: Panel) {
        self.panels.push(panel);
    }

    /// Every character it is written with.
    #[cfg(feature = "png")]
    pub(super) fn letters(&self) -> impl Iterator<Item = char> {
        let texts = self.panels.iter().flat_map(|panel| &panel.marks).flat_map(|mark| {
            let lines: &[[String; 3]] = match &mark.shape {
                Shape::Text { lines, .. } => lines,
                Shape::Path(_) => &[],
            };
            lines.iter().map(|[_, _, text]| text)
        });
        texts.flat_map(|text| text.chars())
    }

    /// The SVG.
    pub(super) fn svg(&self) -> String {
        rendered(self)
    }
}

/// What a template makes, without an end of its last line. Memory takes any text, and no part of a
/// template here can fail.
pub(super) fn rendered(template: &impl Template) -> String {
    template.render().unwrap_or_default()
}

/// Path data through points, each relative to the one before, which is shorter; what is
/// not finite is left out.
pub(super) fn data(points: &[Point], closed: bool) -> String {
    let mut text = String::new();
    let mut last: Option<[i64; 2]> = None;
    for point in points.iter().filter(|point| point.iter().all(|value| value.is_finite())) {
        // In whole tenths, so that sums do not drift.
        let here = point.map(|value| (value * 10.0).round() as i64);
        match last {
            None => text.push_str(&format!("M{} {}", tenths(here[0]), tenths(here[1]))),
            Some(before) if before == here => continue,
            Some(before) => {
                let [x, y] = [0, 1].map(|axis| tenths(here[axis].saturating_sub(before[axis])));
                let between = if y.starts_with('-') { "" } else { " " };
                text.push_str(&format!("l{x}{between}{y}"));
            }
        }
        last = Some(here);
    }
    if closed && last.is_some() {
        text.push('z');
    }
    text
}

/// `1.5` of 15, as short as it can be.
fn tenths(value: i64) -> String {
    let (whole, rest) = (value.unsigned_abs() / 10, value.unsigned_abs() % 10);
    let sign = if value < 0 { "-" } else { "" };
    match (whole, rest) {
        (whole, 0) => format!("{sign}{whole}"),
        (0, rest) => format!("{sign}.{rest}"),
        (whole, rest) => format!("{sign}{whole}.{rest}"),
    }
}

/// A tenth of a pixel is more than a screen shows.
pub(super) fn pixels(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// The text on one line, without characters that XML cannot have.
pub(super) fn legal(text: &str) -> String {
    let allowed = |c: char| is_xml(c) && !c.is_control();
    text.chars().map(|c| if allowed(c) { c } else { ' ' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_short_and_finite() {
        let points = [[0.04, 0.0], [10.26, -0.01], [10.3, 0.0], [f64::NAN, 1.0], [20.0, 5.0]];
        assert_eq!(data(&points, false), "M0 0l10.3 0l9.7 5");
        assert_eq!(data(&points[..2], true), "M0 0l10.3 0z");
        assert_eq!(data(&[], true), "");
    }

    #[test]
    fn texts_of_a_dossier_cannot_become_markup() {
        let mut drawing = Drawing::new("d", [10.0, 10.0], "a < b & c", "bell \u{7}");
        let mark = Mark::text("town", [1.0, 2.0], Anchor::Start, "<script>").titled("\"quoted\"");
        drawing.panel(Panel::new(&Rect::new(0.0, 0.0, 10.0, 10.0), vec![mark]));
        let svg = drawing.svg();
        assert!(!svg.contains("<script>") && !svg.contains("a < b") && !svg.contains('\u{7}'));
    }

    #[test]
    fn rectangles_that_touch_do_not_overlap() {
        let one = Rect::new(0.0, 0.0, 10.0, 10.0);
        assert!(!one.overlaps(&Rect::new(10.0, 0.0, 5.0, 5.0)));
        assert!(one.overlaps(&Rect::new(9.9, 9.9, 5.0, 5.0)));
        assert!(one.holds(&one) && !one.holds(&one.grown(0.1)));
    }
}
