//! Markdown: the same report for a wiki, an issue, a pull request.

use super::Report;
use super::sections::{self, Section};
use super::table::{Lean, Table, escaped};
use crate::check::FindingId;

/// The report, complete: sections, findings, figures, bibliography.
#[must_use]
pub fn report(report: &Report) -> String {
    let mut text = format!("# {}\n", escaped(&report.title));
    for Section { title, paragraphs, table, after, .. } in sections::sections(report) {
        text.push_str(&format!("\n## {}\n", escaped(&title)));
        for paragraph in &paragraphs {
            text.push_str(&format!("\n{}\n", escaped(&paragraph.to_string())));
        }
        if let Some(table) = table {
            text.push_str(&format!("\n{}", table.markdown()));
        }
        for paragraph in &after {
            text.push_str(&format!("\n{}\n", escaped(&paragraph.to_string())));
        }
    }
    text.push_str(&format!("\n## Findings\n\n{}\n\n", sections::counts(&report.findings)));
    text.push_str(&findings(report).markdown());
    text.push_str("\n## All published figures\n\n");
    text.push_str(&figures(report).markdown());
    text.push_str("\n## Sources\n\n");
    for source in &report.sources {
        let link = source.url.as_ref().map_or_else(String::new, |url| format!(" <{url}>"));
        let year = source.year.map_or_else(String::new, |year| format!(", {year}"));
        text.push_str(&format!("- `{}`: {}{year}.{link}\n", source.key, escaped(&source.title)));
    }
    text
}

fn findings(report: &Report) -> Table {
    let mut table = Table::new(&[
        ("finding", Lean::Left),
        ("verdict", Lean::Left),
        ("severity", Lean::Left),
        ("explanation", Lean::Left),
        ("sources", Lean::Left),
    ]);
    for finding in &report.findings {
        table.row([
            finding.id.to_string(),
            finding.verdict.name().to_owned(),
            finding.severity.name().to_owned(),
            finding.explanation.clone(),
            finding.sources.join(", "),
        ]);
    }
    table
}

fn figures(report: &Report) -> Table {
    let mut table = Table::new(&[
        ("figure", Lean::Left),
        ("published", Lean::Right),
        ("what", Lean::Left),
        ("standing", Lean::Left),
        ("source", Lean::Left),
        ("findings", Lean::Left),
        ("note", Lean::Left),
    ]);
    for figure in &report.figures {
        let ids: Vec<&str> = figure.findings.iter().map(FindingId::as_str).collect();
        table.row([
            figure.id.clone(),
            figure.text.clone(),
            figure.what.clone(),
            figure.standing.name().to_owned(),
            figure.source.clone(),
            ids.join(", "),
            figure.note.clone().unwrap_or_default(),
        ]);
    }
    table
}
