//! SVG, element by element.

use crate::wording::shortened;

/// A drawing that grows element by element, one to a line.
pub(super) struct Svg(String);

impl Svg {
    /// A white page with a title.
    pub(super) fn new((width, height): (f64, f64), title: &str) -> Self {
        let title = shortened(title, LONGEST_TITLE);
        let mut svg = Self(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n"
        ));
        svg.add(&format!("<title>{}</title>", escaped(&title)));
        svg.add(r##"<rect width="100%" height="100%" fill="#ffffff"/>"##);
        svg.text((width / 2.0, 30.0), "middle", r#" font-size="16""#, &title);
        svg
    }

    /// An element, written out.
    pub(super) fn add(&mut self, element: &str) {
        self.0.push_str(element);
        self.0.push('\n');
    }

    /// A line between two places.
    pub(super) fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), stroke: &str) {
        let ends = format!(r#"x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}""#);
        self.add(&format!("<line {ends} {stroke}/>"));
    }

    /// Text at a place, with further attributes, each after a space.
    pub(super) fn text(&mut self, (x, y): (f64, f64), anchor: &str, more: &str, text: &str) {
        let place = format!(r#"x="{x:.1}" y="{y:.1}" text-anchor="{anchor}"{more}"#);
        self.add(&format!("<text {place}>{}</text>", escaped(text)));
    }

    /// The whole document.
    pub(super) fn finish(mut self) -> String {
        self.add("</svg>");
        self.0
    }
}

/// Longer titles would run out of a drawing.
const LONGEST_TITLE: usize = 100;

/// Text that XML leaves as it is; control characters have no place in it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
