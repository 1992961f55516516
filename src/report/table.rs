//! A table of texts, for terminals and for Markdown.

use super::phrase::Phrase;

/// The alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lean {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Rows of as many cells as there are columns.
#[derive(Debug, Clone)]
pub struct Table {
    columns: Vec<(String, Lean)>,
    rows: Vec<Vec<Phrase>>,
}

impl Table {
    /// Without rows.
    #[must_use]
    pub(crate) fn new(columns: &[(&str, Lean)]) -> Self {
        let columns = columns.iter().map(|(title, lean)| ((*title).to_owned(), *lean));
        Self { columns: columns.collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub(crate) fn row<C: Into<Phrase>>(&mut self, cells: impl IntoIterator<Item = C>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// Leaves out the columns in which no row says anything.
    #[must_use]
    pub(crate) fn without_empty_columns(mut self) -> Self {
        let has_text: Vec<bool> = (0..self.columns.len())
            .map(|column| self.rows.iter().any(|row| !row[column].is_empty()))
            .collect();
        let mut column = has_text.iter();
        self.columns.retain(|_| column.next() == Some(&true));
        for row in &mut self.rows {
            let mut column = has_text.iter();
            row.retain(|_| column.next() == Some(&true));
        }
        self
    }

    /// The titles of the columns, and their alignment.
    #[must_use]
    pub fn columns(&self) -> &[(String, Lean)] {
        &self.columns
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> &[Vec<Phrase>] {
        &self.rows
    }

    /// Aligned by spaces, indented by two.
    #[must_use]
    pub(crate) fn text(&self) -> String {
        let titles: Vec<String> = self.columns.iter().map(|(title, _)| title.clone()).collect();
        let written = |row: &Vec<Phrase>| row.iter().map(ToString::to_string).collect();
        let rows: Vec<Vec<String>> =
            std::iter::once(titles).chain(self.rows.iter().map(written)).collect();
        let width = |i: usize| {
            let cells = rows.iter().filter_map(|row| row.get(i));
            cells.map(|cell| textwrap::core::display_width(cell)).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.columns.len()).map(width).collect();
        let mut text = String::new();
        for row in &rows {
            let mut line = String::from(" ");
            for ((cell, width), (_, lean)) in row.iter().zip(&widths).zip(&self.columns) {
                let pad = " ".repeat(width.saturating_sub(textwrap::core::display_width(cell)));
                match lean {
                    Lean::Left => line.extend([" ", cell, &pad, " "]),
                    Lean::Right => line.extend([" ", &pad, cell, " "]),
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// A GitHub-flavoured Markdown table.
    #[must_use]
    pub(crate) fn markdown(&self) -> String {
        let line = |cells: &mut dyn Iterator<Item = String>| {
            format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
        };
        let mut text = line(&mut self.columns.iter().map(|(title, _)| title.clone()));
        text.push_str(&line(&mut self.columns.iter().map(|(_, lean)| match lean {
            Lean::Left => "---".to_owned(),
            Lean::Right => "--:".to_owned(),
        })));
        for row in &self.rows {
            text.push_str(&line(&mut row.iter().map(|cell| escaped(&cell.to_string()))));
        }
        text
    }
}

/// The text, escaped so that Markdown leaves it unchanged.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '|' | '*' | '_' | '`' | '<' | '[' | ']' | '\\' | '#') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(&[("name", Lean::Left), ("km", Lean::Right)]);
        table.row(["a|b", "1.0"]);
        table.row(["Зайсан", "1,000.0"]);
        table
    }

    #[test]
    fn columns_align() {
        assert_eq!(table().text(), "  name         km\n  a|b         1.0\n  Зайсан  1,000.0\n");
    }

    #[test]
    fn a_column_that_says_nothing_is_left_out() {
        let mut table = Table::new(&[("a", Lean::Left), ("b", Lean::Left), ("c", Lean::Left)]);
        table.row(["1", "", "2"]);
        table.row(["", "", "3"]);
        assert_eq!(table.without_empty_columns().text(), "  a  c\n  1  2\n     3\n");
    }

    #[test]
    fn markdown_is_escaped() {
        assert!(table().markdown().contains("| a\\|b | 1.0 |"));
        assert!(table().markdown().contains("| --- | --: |"));
    }
}
