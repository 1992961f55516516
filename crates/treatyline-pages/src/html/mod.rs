//! HTML: the report as one file that needs nothing else. It has the sections of text
//! and Markdown, and a map, a timeline and charts with them.
//!
//! The page is `templates/report.html`; its content is put together here.

mod block;
mod comparison;
mod course;
mod finding;
mod survey;

use askama::Template;
use treatyline::check::Verdict;
use treatyline::internal::dossier::Reference;
use treatyline::internal::report::FigureEntry;
use treatyline::internal::report::{Section, SectionKind, counts, glue, mark, sections};
use treatyline::internal::wording::passed_on;
use treatyline::report::Report;

use super::Exhibits;
use super::chart::{self, Chart};
use super::drawing::{Theme, css as drawing_css, rendered};
use super::map::{self, Surface};
use block::Block;
pub use comparison::{ComparisonExhibits, comparison_html};
pub use course::course_html;
use finding::FindingView;
pub use survey::survey_html;

/// Widths of the map, pixels: for screens, and for telephones.
const WIDTHS: [u32; 2] = [860, 350];

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    report: &'a Report,
    /// Who must be named where the dossier is passed on, and its licence.
    passed_on: Option<String>,
    css: String,
    script: &'static str,
    /// The answer.
    lead: Vec<String>,
    /// The map, wide and narrow.
    maps: [String; 2],
    counts: [Count; 4],
    sections: Vec<Block>,
    kinds: Vec<&'a str>,
    severities: Vec<&'static str>,
    surfaces: Vec<&'static str>,
    instruments: &'a [[String; 2]],
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
#[must_use]
pub fn report_html(report: &Report, exhibits: &Exhibits) -> String {
    let map = &exhibits.map;
    let mut sections_left = sections(report).into_iter().peekable();
    // The first section, if it is the answer, goes next to the map.
    let lead = sections_left.next_if(|section| section.kind == SectionKind::InShort);
    let lead = lead.map_or_else(|| vec![counts(&report.findings).into()], |s| s.paragraphs);
    let mut blocks: Vec<Block> =
        sections_left.map(|section| Block::of_report(section, report)).collect();
    let method = blocks.pop_if(|block| block.kind == SectionKind::Method);
    if let Some(change) = &exhibits.change {
        let compared = change.compared();
        let mut distances = comparison::distances(&compared, &change.profile);
        let [old, new] = [&compared.comparison.old, &compared.comparison.new];
        let lead = format!(
            "From the dossier’s own line, {}, to {}.",
            old.provenance.title, new.provenance.title
        );
        distances.begin(lead);
        let at = 1.min(blocks.len());
        blocks.splice(at..at, [distances, comparison::land(&compared)]);
    }
    // The chart of resolutions belongs with the figures that it explains.
    let figures = blocks.iter().position(|block| block.kind == SectionKind::PublishedFigures);
    if let Some(block) = resolution(exhibits) {
        blocks.insert(figures.map_or(blocks.len(), |at| at + 1), block);
    }
    let mut kinds: Vec<&str> = report.findings.iter().map(|f| f.id.kind().name()).collect();
    kinds.dedup();
    let [wide, narrow] = WIDTHS;
    let (wide, narrow) =
        rayon::join(|| map::within(map, wide, "wide"), || map::within(map, narrow, "narrow"));
    let page = Page {
        report,
        passed_on: passed_on(report.licence.as_deref(), report.attribution.as_deref()),
        css: css(),
        script: SCRIPT,
        lead: lead.iter().map(|phrase| glue(&phrase.to_string())).collect(),
        maps: [wide, narrow],
        counts: Verdict::ALL.map(|verdict| count(report, verdict)),
        sections: blocks,
        kinds,
        severities: severities(report),
        surfaces: map.surfaces().into_iter().map(Surface::name).collect(),
        instruments: map.instruments(),
        findings: report.findings.iter().map(FindingView::new).collect(),
        figures: report.figures.iter().map(figure).collect(),
        method,
        sources: report.sources.iter().map(source).collect(),
    };
    rendered(&page) + "\n"
}

/// The length at every resolution, as a section.
fn resolution(exhibits: &Exhibits) -> Option<Block> {
    let curves = &exhibits.resolution;
    let chart = Chart::both("resolution", RESOLUTION, |frame| chart::resolution(curves, frame));
    let words = vec![RESOLUTION_CAPTION.to_owned()];
    let section = Section::new("Length and resolution", words, None);
    chart.map(|chart| Block::plain(section).charted(Some(chart)))
}

const RESOLUTION_CAPTION: &str = "A length has no meaning without the resolution it was measured at: \
                               the coarser the measure, the shorter the line.";

const RESOLUTION: &str = "Both axes are logarithmic. Simplified: Douglas–Peucker with the resolution \
                          as tolerance. Walked: with dividers of that opening.";

/// The script of the pages, for readers whose browser runs scripts.
const SCRIPT: &str = include_str!("../../templates/report.js");

fn css() -> String {
    format!("{}{}", include_str!("../../templates/report.css"), drawing_css(Theme::Auto))
}

fn count(report: &Report, verdict: Verdict) -> Count {
    // The same count as in the first paragraph: without the tests of the files.
    let number = report.verdicts.get(verdict.name()).copied().unwrap_or_default();
    Count { verdict: verdict.name(), mark: mark(verdict), number }
}

/// The severities that occur, each once.
fn severities(report: &Report) -> Vec<&'static str> {
    let mut all: Vec<&str> = report.findings.iter().map(|f| f.severity.name()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn figure(figure: &FigureEntry) -> FigureView<'_> {
    FigureView { figure, standing: figure.standing.name() }
}

fn source(source: &Reference) -> SourceView<'_> {
    // A dossier may come from anywhere, and an address may be a script.
    let followed = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    SourceView { source, link: source.url.as_deref().filter(followed) }
}
