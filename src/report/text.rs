//! Text for a terminal: at most 100 columns, the answer first.

use std::collections::BTreeMap;

use super::Report;
use super::finding::FindingEntry;
use super::phrase::{Phrase, PhraseKind};
use super::sections::{self, Section};
use super::styled::{Style, StyledText};
use super::table::Table;
use crate::check::{Basis, Findings, Study, Unfit, Verdict};
use crate::io::Setting;
use crate::wording::within;

/// The widest a line may be.
const WIDTH: usize = 100;

/// The report.
#[must_use]
pub fn report(report: &Report) -> StyledText {
    let mut page = Page::default();
    page.line(&report.title);
    page.line(&"═".repeat(textwrap::core::display_width(&report.title)));
    for Section { title, paragraphs, table, after, .. } in sections::sections(report) {
        page.line("");
        page.heading(&title);
        paragraphs.iter().for_each(|phrase| page.phrase(phrase));
        if let Some(table) = table {
            page.table(&table);
        }
        after.iter().for_each(|phrase| page.phrase(phrase));
    }
    let plain = |finding: &&FindingEntry| {
        matches!(finding.verdict, Verdict::Inconsistent | Verdict::Undecided)
    };
    page.line("");
    page.heading("Findings");
    page.all_findings(report.line.is_own, report.findings.iter().filter(plain));
    for verdict in [Verdict::Skipped, Verdict::Consistent] {
        // A passed test of the files says nothing about the boundary; it is only counted.
        let shown = report
            .findings
            .iter()
            .filter(|finding| finding.verdict == verdict && finding.basis != Basis::Files);
        let ids: Vec<&str> = shown.map(|finding| finding.id.as_str()).collect();
        if !ids.is_empty() {
            let all = format!("{}: {}", sections::verdict(verdict), ids.join(", "));
            page.styled(Style::Verdict(verdict), &all, "  ", "      ");
        }
    }
    page.line("");
    page.paragraph(&sections::counts(&report.findings));
    page.paragraph(&format!(
        "{} explains those in the last two lists as well, and lists the tests.",
        Setting::Findings
    ));
    page.into_text()
}

/// The findings alone. Those on another line than the dossier's own come before those on
/// published figures alone, which are the same for any line and take one line each.
#[must_use]
pub fn findings(study: &Study<'_>, findings: &Findings) -> StyledText {
    let depiction = &study.depiction;
    let mut page = Page::default();
    let entries: Vec<_> = findings.iter().map(FindingEntry::new).collect();
    page.all_findings(depiction.is_own, entries.iter());
    page.line("");
    page.paragraph(&sections::counts(&entries));
    if !depiction.is_own {
        let within = within(depiction.accuracy_m);
        let basis = &depiction.accuracy_basis;
        page.paragraph(&format!("The line's points are good to ± {within} ({basis})."));
    }
    page.into_text()
}

/// A text that grows line by line.
#[derive(Default)]
pub(super) struct Page(StyledText);

impl Page {
    /// The text so far.
    pub(super) fn into_text(self) -> StyledText {
        self.0
    }

    pub(super) fn table(&mut self, table: &Table) {
        table.text().lines().for_each(|line| self.line(line));
    }

    pub(super) fn line(&mut self, text: &str) {
        self.0.push(Style::Plain, text);
    }

    /// The heading of a section, in capitals.
    pub(super) fn heading(&mut self, title: &str) {
        self.0.push(Style::Heading, &title.to_uppercase());
    }

    pub(super) fn wrapped(&mut self, text: &str, first: &str, rest: &str) {
        self.styled(Style::Plain, text, first, rest);
    }

    fn styled(&mut self, style: Style, text: &str, first: &str, rest: &str) {
        let options = textwrap::Options::new(WIDTH)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .initial_indent(first)
            .subsequent_indent(rest);
        let glued = glue(text);
        self.0.push(style, &textwrap::fill(&glued, options).replace(GLUE, " "));
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.wrapped(text, "  ", "  ");
    }

    /// A paragraph, with the sign of its verdict if it has one.
    pub(super) fn phrase(&mut self, phrase: &Phrase) {
        let style = match phrase.kind {
            PhraseKind::Verdict(verdict) => Style::Verdict(verdict),
            PhraseKind::Plain | PhraseKind::Date => Style::Plain,
        };
        self.styled(style, &phrase.to_string(), "  ", "  ");
    }

    /// All findings: those on another line apart from those that no line changes.
    fn all_findings<'a>(
        &mut self,
        is_own: bool,
        findings: impl Iterator<Item = &'a FindingEntry> + Clone,
    ) {
        if is_own {
            return self.findings(findings);
        }
        let on_figures = |finding: &&FindingEntry| finding.basis == Basis::Figures;
        self.findings(findings.clone().filter(|finding| !on_figures(finding)));
        let rest = findings.filter(on_figures);
        if rest.clone().next().is_none() {
            return;
        }
        self.line("");
        self.paragraph(&format!(
            "On published figures alone, the same for any line; without {} they are explained:",
            Setting::Line
        ));
        for (verdict, finding) in in_order(rest) {
            let head = format!("  {} {}: ", sections::mark(verdict), finding.id);
            let line = first_line(&format!("{head}{}", finding.explanation));
            self.0.push(Style::Verdict(verdict), &line);
        }
    }

    /// What fails first, then what cannot be decided, then the rest.
    fn findings<'a>(&mut self, findings: impl Iterator<Item = &'a FindingEntry> + Clone) {
        let mut said = Said::default();
        for (verdict, finding) in in_order(findings) {
            let mark = sections::mark(verdict);
            // Severity matters where something fails.
            let weight = match verdict {
                Verdict::Inconsistent => format!(", {}", finding.severity.name()),
                _ => String::new(),
            };
            let head = format!("  {mark} {} ({}{weight})", finding.id, verdict.name());
            self.0.push(Style::Verdict(verdict), &head);
            self.wrapped(&said.once(finding), "      ", "      ");
        }
    }
}

/// The reasons why the line can carry no verdict, each with the finding that said it first.
#[derive(Default)]
struct Said<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Said<'a> {
    /// The explanation of a finding, without the reasons that an earlier one has given.
    fn once(&mut self, finding: &'a FindingEntry) -> String {
        let Some(Unfit { reasons, found }) = &finding.unfit else {
            return finding.explanation.clone();
        };
        let (mut new, mut before) = (String::new(), None);
        for sentence in reasons {
            match self.0.get(sentence.as_str()) {
                Some(id) => before = before.or(Some(*id)),
                None => {
                    self.0.insert(sentence, finding.id.as_str());
                    new += &format!("{sentence} ");
                }
            }
        }
        let before = before.map_or_else(String::new, |id| {
            format!("No verdict, for the reason given under {id}. ")
        });
        format!("{new}{before}{found}")
    }
}

/// What fails first, then what cannot be decided, then the rest.
fn in_order<'a>(
    findings: impl Iterator<Item = &'a FindingEntry> + Clone,
) -> impl Iterator<Item = (Verdict, &'a FindingEntry)> {
    let order = [Verdict::Inconsistent, Verdict::Undecided, Verdict::Skipped, Verdict::Consistent];
    order.into_iter().flat_map(move |verdict| {
        let alike = findings.clone().filter(move |finding| finding.verdict == verdict);
        alike.map(move |finding| (verdict, finding))
    })
}

/// As much of a text as one line holds.
fn first_line(text: &str) -> String {
    let first = textwrap::wrap(text, textwrap::Options::new(WIDTH - 2).subsequent_indent("  "));
    match first.as_slice() {
        [whole] => whole.to_string(),
        [beginning, ..] => format!("{beginning} …"),
        [] => String::new(),
    }
}

/// In place of a space at which a line must not be broken.
const GLUE: char = '\u{a0}';

/// Keeps a number and its unit on one line.
#[must_use]
pub fn glue(text: &str) -> String {
    let mut glued = String::with_capacity(text.len());
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        glued.push_str(word);
        if let Some(next) = words.peek() {
            let number = word.ends_with(|c: char| c.is_ascii_digit() || c == ']');
            let bare = next.trim_end_matches(['.', ',', ';', ':', ')']);
            let unit = matches!(bare, "km" | "m" | "km²" | "%" | "ha");
            glued.push(if word == "±" || (number && unit) { GLUE } else { ' ' });
        }
    }
    glued
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_units() {
        assert_eq!(
            glue("has 1,782.75 km² and ± 5 m."),
            "has 1,782.75\u{a0}km² and ±\u{a0}5\u{a0}m."
        );
        assert_eq!(glue("in 1997 maps"), "in 1997 maps");
    }
}
