//! Text for a terminal, line by line, with the kind of each line, so that a program can colour it.

use std::fmt;
use std::ops::Deref;

use crate::check::Verdict;

/// The kind of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Words, numbers, a row of a table.
    Plain,
    /// The heading of a section.
    Heading,
    /// The beginning of a finding with a verdict.
    Verdict(Verdict),
}

/// A text of lines. It reads as a `str`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StyledText {
    text: String,
    /// The lines that are not plain: where each begins, in bytes, and its kind.
    styles: Vec<(usize, Style)>,
}

impl StyledText {
    /// Adds one line or several; the first one has the style.
    pub(super) fn push(&mut self, style: Style, lines: &str) {
        if style != Style::Plain {
            self.styles.push((self.text.len(), style));
        }
        self.text.push_str(lines);
        self.text.push('\n');
    }

    /// Each line without its end, and its kind.
    #[doc(hidden)]
    pub fn styled_lines(&self) -> impl Iterator<Item = (Style, &str)> {
        let mut styles = self.styles.iter().peekable();
        let mut at = 0;
        self.text.lines().map(move |line| {
            let style = styles.next_if(|(begin, _)| *begin == at);
            at += line.len() + 1;
            (style.map_or(Style::Plain, |(_, style)| *style), line)
        })
    }
}

impl Deref for StyledText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for StyledText {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_has_its_style() {
        let mut text = StyledText::default();
        text.push(Style::Heading, "FINDINGS");
        text.push(Style::Plain, "");
        text.push(Style::Verdict(Verdict::Consistent), "✓ so\n  it is");
        assert_eq!(&*text, "FINDINGS\n\n✓ so\n  it is\n");
        let lines: Vec<_> = text.styled_lines().collect();
        assert_eq!(
            lines,
            [
                (Style::Heading, "FINDINGS"),
                (Style::Plain, ""),
                (Style::Verdict(Verdict::Consistent), "✓ so"),
                (Style::Plain, "  it is"),
            ]
        );
    }
}
