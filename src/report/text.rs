//! Text for a terminal: at most 100 columns, the answer first.

use super::Report;
use super::model::FindingEntry;
use super::sections::{self, Section};
use crate::check::{Findings, Verdict};

/// The widest a line may be.
const WIDTH: usize = 100;

/// The report.
#[must_use]
pub fn report(report: &Report) -> String {
    let mut page = Page(String::new());
    page.line(&report.title);
    page.line(&"═".repeat(textwrap::core::display_width(&report.title)));
    for Section { title, paragraphs, table, after } in sections::all(report) {
        page.line("");
        page.line(&title.to_uppercase());
        for paragraph in &paragraphs {
            page.paragraph(paragraph);
        }
        if let Some(table) = table {
            page.0.push_str(&table.text());
        }
        for paragraph in &after {
            page.paragraph(paragraph);
        }
    }
    page.line("");
    page.line("FINDINGS");
    page.findings(&report.findings);
    page.0
}

/// The findings alone.
#[must_use]
pub fn findings(findings: &Findings) -> String {
    let mut page = Page(String::new());
    let entries: Vec<_> = findings.iter().map(FindingEntry::new).collect();
    page.findings(&entries);
    page.0
}

struct Page(String);

impl Page {
    fn line(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }

    fn wrapped(&mut self, text: &str, first: &str, rest: &str) {
        let options = textwrap::Options::new(WIDTH).initial_indent(first).subsequent_indent(rest);
        self.line(&textwrap::fill(text, options));
    }

    fn paragraph(&mut self, text: &str) {
        self.wrapped(text, "  ", "  ");
    }

    /// What fails first, then what cannot be told, then the rest.
    fn findings(&mut self, findings: &[FindingEntry]) {
        let order =
            [Verdict::Inconsistent, Verdict::Undecided, Verdict::Skipped, Verdict::Consistent];
        for verdict in order {
            let group: Vec<_> = findings.iter().filter(|each| each.verdict == verdict).collect();
            for finding in group {
                let label = format!("{} {}  ", sections::mark(verdict), finding.id);
                let severity = finding.severity.name();
                self.line(&format!("  {label}({}, {severity})", verdict.name()));
                self.wrapped(&finding.explanation, "      ", "      ");
            }
        }
        self.line("");
        self.paragraph(&sections::counts(findings));
    }
}
