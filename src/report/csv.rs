//! CSV of the published figures, and of the findings on them (RFC 4180).

use super::Report;
use super::finding::{DerivedEntry, FindingEntry, Residual};
use super::model::{FigureEntry, Range, figure_entry};
use super::rows::Rows;
use crate::check::Findings;
use crate::dossier::{Dossier, Figure};

const HEADER: [&str; 14] = [
    "id",
    "what",
    "scope",
    "printed",
    "unit",
    "qualifier",
    "rounding",
    "standing",
    "low_si",
    "high_si",
    "si_unit",
    "source",
    "url",
    "note",
];

/// The figures of a dossier, one to a line, with their intervals in m, m² or 1; an
/// open end is empty.
#[must_use]
pub fn figures(dossier: &Dossier) -> String {
    let mut table = Rows::new(HEADER);
    for figure in &dossier.figures {
        table.push(row(dossier, figure));
    }
    table.into_text()
}

/// An end of a range; an open one is empty.
fn end(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn row(dossier: &Dossier, figure: &Figure) -> [String; 14] {
    let range = Range::new(figure.interval, figure.unit.dimension);
    let url = dossier.reference(&figure.source).and_then(|source| source.url.clone());
    [
        figure.id.clone(),
        figure.what.clone(),
        figure.scope.to_string(),
        figure.printed.clone(),
        figure.unit.name.to_owned(),
        figure.qualifier.name().to_owned(),
        figure.rounding.to_string(),
        figure.standing.name().to_owned(),
        end(range.low),
        end(range.high),
        figure.unit.dimension.si_unit().to_owned(),
        figure.source.clone(),
        url.unwrap_or_default(),
        figure.note.clone().unwrap_or_default(),
    ]
}

/// One number to a row, so that every column has one meaning and one type.
const FOUND: [&str; 14] = [
    "finding",
    "kind",
    "verdict",
    "severity",
    "basis",
    "role",
    "name",
    "printed",
    "low_si",
    "high_si",
    "si_unit",
    "source",
    "explanation",
    "sources",
];

/// The number of a row: its role in the finding, and its range.
struct Number<'a> {
    /// `published`, `derived` or `residual`; empty where a finding has no number.
    role: &'static str,
    /// The figure's id, or the name of the derived value.
    name: &'a str,
    /// As published.
    printed: &'a str,
    range: Range,
    si_unit: &'static str,
    /// The figure's source.
    source: &'a str,
}

impl<'a> Number<'a> {
    fn published(figure: &'a FigureEntry) -> Self {
        let FigureEntry { id, text, interval, si_unit, source, .. } = figure;
        Self { role: "published", name: id, printed: text, range: *interval, si_unit, source }
    }

    fn derived(value: &'a DerivedEntry) -> Self {
        let DerivedEntry { name, range, dimension } = value;
        let (printed, source) = ("", "");
        Self { role: "derived", name, printed, range: *range, si_unit: dimension.si_unit(), source }
    }

    fn residual(residual: Residual) -> Self {
        let Residual { value, dimension } = residual;
        let range = Range { low: Some(value), high: Some(value) };
        Self { role: "residual", range, si_unit: dimension.si_unit(), ..Self::none() }
    }

    const fn none() -> Self {
        let range = Range { low: None, high: None };
        Self { role: "", name: "", printed: "", range, si_unit: "", source: "" }
    }

    fn row(&self, finding: Option<&FindingEntry>) -> [String; 14] {
        let cell_of =
            |cell: &dyn Fn(&FindingEntry) -> String| finding.map_or_else(String::new, cell);
        [
            cell_of(&|finding| finding.id.to_string()),
            cell_of(&|finding| finding.id.kind().name().to_owned()),
            cell_of(&|finding| finding.verdict.name().to_owned()),
            cell_of(&|finding| finding.severity.name().to_owned()),
            cell_of(&|finding| finding.basis.name().to_owned()),
            self.role.to_owned(),
            self.name.to_owned(),
            self.printed.to_owned(),
            end(self.range.low),
            end(self.range.high),
            self.si_unit.to_owned(),
            self.source.to_owned(),
            cell_of(&|finding| finding.explanation.clone()),
            cell_of(&|finding| finding.sources.join(" ")),
        ]
    }
}

/// The findings, a row for each number of each: the published figures it used, the values it
/// derived, and the residual, in m, m² or 1.
///
/// A finding without a number has one row, an open end is empty, and a residual has the
/// same value at both ends.
#[must_use]
pub fn findings(dossier: &Dossier, findings: &Findings) -> String {
    let figures: Vec<_> =
        dossier.figures.iter().map(|figure| figure_entry(figure, findings)).collect();
    let entries: Vec<_> = findings.iter().map(FindingEntry::new).collect();
    found(&figures, &entries).into_text()
}

/// The same for a report, then a row for each published figure that no finding uses, with empty
/// columns for the finding.
#[must_use]
pub fn report(report: &Report) -> String {
    let mut table = found(&report.figures, &report.findings);
    for figure in report.figures.iter().filter(|figure| figure.findings.is_empty()) {
        table.push(Number::published(figure).row(None));
    }
    table.into_text()
}

fn found(figures: &[FigureEntry], findings: &[FindingEntry]) -> Rows {
    let mut table = Rows::new(FOUND);
    for finding in findings {
        let used = finding.figures.iter().filter_map(|id| figures.iter().find(|f| f.id == *id));
        let derived = finding.derived.iter().map(Number::derived);
        let residual = finding.residual.map(Number::residual);
        let mut numbers: Vec<Number<'_>> =
            used.map(Number::published).chain(derived).chain(residual).collect();
        if numbers.is_empty() {
            numbers.push(Number::none());
        }
        for number in numbers {
            table.push(number.row(Some(finding)));
        }
    }
    table
}
