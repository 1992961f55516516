//! HTML: the report as one file that needs nothing else. It tells the sections that text
//! and Markdown tell, with the map, a timeline and a chart beside them.
//!
//! The page is `templates/report.html`; what it shows is put together here.

mod block;
mod chart;
mod finding;

use std::fmt;

use askama::Template;

use super::map::{self, Map, Theme};
use super::model::{FigureEntry, Report};
use super::sections;
use super::text::glue;
use crate::check::Verdict;
use crate::dossier::Reference;
use block::Block;
use finding::FindingView;

/// Widths of the map, pixels: for screens, and for telephones.
const WIDTHS: [u32; 2] = [860, 350];

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    report: &'a Report,
    css: String,
    script: &'static str,
    /// The answer.
    lead: Vec<String>,
    /// The map, wide and narrow.
    maps: [String; 2],
    counts: [Count; 4],
    sections: Vec<Block>,
    kinds: Vec<&'a str>,
    findings: Vec<FindingView<'a>>,
    figures: Vec<FigureView<'a>>,
    method: Option<Block>,
    sources: Vec<SourceView<'a>>,
}

/// How many findings have a verdict.
struct Count {
    verdict: &'static str,
    mark: &'static str,
    number: usize,
}

/// A published figure.
struct FigureView<'a> {
    figure: &'a FigureEntry,
    standing: &'static str,
}

/// An entry of the bibliography.
struct SourceView<'a> {
    source: &'a Reference,
    /// Its address, if a reader can follow it.
    link: Option<&'a str>,
}

/// The report as one HTML file.
///
/// # Errors
/// [`fmt::Error`] where the map has nothing to draw; a dossier that has been read always
/// has a line.
pub fn report(report: &Report, map: &Map) -> Result<String, fmt::Error> {
    let mut told = sections::all(report).into_iter().peekable();
    // The first section, if it is the answer, stands beside the map.
    let lead = told.next_if(|section| section.title == "In short");
    let lead = lead.map_or_else(|| vec![sections::counts(&report.findings)], |s| s.paragraphs);
    let mut blocks =
        told.map(|section| Block::new(section, report)).collect::<Result<Vec<_>, _>>()?;
    let method = blocks.pop_if(|block| block.id == "method");
    let mut kinds: Vec<&str> = report.findings.iter().map(|f| finding::kind(&f.id)).collect();
    kinds.dedup();
    let [wide, narrow] = WIDTHS;
    let page = Page {
        report,
        css: css(),
        script: include_str!("../../../templates/report.js"),
        lead: lead.iter().map(|paragraph| glue(paragraph)).collect(),
        maps: [map::within(map, wide, "wide")?, map::within(map, narrow, "narrow")?],
        counts: Verdict::ALL.map(|verdict| count(report, verdict)),
        sections: blocks,
        kinds,
        findings: report.findings.iter().map(FindingView::new).collect(),
        figures: report.figures.iter().map(figure).collect(),
        method,
        sources: report.sources.iter().map(source).collect(),
    };
    // A template's last line has no end.
    Ok(page.render().map_err(|_| fmt::Error)? + "\n")
}

fn css() -> String {
    format!("{}{}", include_str!("../../../templates/report.css"), map::css(Theme::Auto))
}

fn count(report: &Report, verdict: Verdict) -> Count {
    let number = report.findings.iter().filter(|finding| finding.verdict == verdict).count();
    Count { verdict: verdict.name(), mark: sections::mark(verdict), number }
}

fn figure(figure: &FigureEntry) -> FigureView<'_> {
    FigureView { figure, standing: figure.standing.name() }
}

fn source(source: &Reference) -> SourceView<'_> {
    // A dossier may come from anywhere, and an address may be a script.
    let followed = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    SourceView { source, link: source.url.as_deref().filter(followed) }
}
