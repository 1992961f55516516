//! The sections of a report and their order: the same for text and Markdown.

use super::finding::FindingEntry;
use super::model::{FigureEntry, Range, Report};
use super::phrase::Phrase;
use super::piece::{PieceEntry, names};
use super::table::{Lean, Table};
use super::{
    areas, figures, heights, in_short, instruments, medium, place, readings, transfer, validity,
};
use crate::check::{Basis, CheckKind, Severity, Verdict};
use crate::dossier::{InstrumentKind, Scope, Standing};
use crate::quantity::Dimension;
use crate::wording::{self, km, number, within};

/// A section of a report: words, a table, words.
#[derive(Debug, Clone)]
pub struct Section {
    /// What it is about.
    pub kind: SectionKind,
    /// Its heading.
    pub title: String,
    /// The words before the table.
    pub paragraphs: Vec<Phrase>,
    /// The table.
    pub table: Option<Table>,
    /// The words after it.
    pub after: Vec<Phrase>,
}

/// What a section is about, for a renderer that adds a drawing to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SectionKind {
    /// The answer.
    InShort,
    /// The instruments, one paragraph each after the table, in the order of the report's.
    Instruments,
    /// The published figures with their verdicts.
    PublishedFigures,
    /// What is shown to be land and water.
    LandAndWater,
    /// Heights that a text prints.
    Heights,
    /// How it was measured.
    Method,
    /// Any other.
    Other,
}

/// A sign for a verdict that does not depend on colour.
#[must_use]
pub const fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Consistent => "✓",
        Verdict::Inconsistent => "✗",
        Verdict::Undecided => "?",
        Verdict::Skipped => "–",
    }
}

/// `81 findings: 52 consistent, …`, and separately the figures that could not be tested and the
/// tests of the files.
#[must_use]
pub fn counts(findings: &[FindingEntry]) -> String {
    let (tests, found): (Vec<_>, Vec<_>) =
        findings.iter().partition(|finding| finding.basis == Basis::Files);
    let count_of = |verdict: Verdict| found.iter().filter(|f| f.verdict == verdict).count();
    let skipped = count_of(Verdict::Skipped);
    let reached = Verdict::ALL.into_iter().filter(|verdict| *verdict != Verdict::Skipped);
    let words: Vec<String> =
        reached.map(|verdict| format!("{} {}", count_of(verdict), verdict.name())).collect();
    let more = match skipped {
        0 => String::new(),
        _ => format!(" {skipped} more could not be tested."),
    };
    let errors = found.iter().filter(|finding| {
        finding.verdict == Verdict::Inconsistent && finding.severity == Severity::Error
    });
    let at_stake = "a figure of the parties or the line itself in doubt";
    let errors = match (errors.count(), count_of(Verdict::Inconsistent)) {
        (_, 0) => String::new(),
        (0, 1) => format!("; the contradiction does not put {at_stake}"),
        (0, all) => format!("; none of the {all} contradictions puts {at_stake}"),
        (1, 1) => format!("; the contradiction puts {at_stake}"),
        (1, all) => format!("; one of the {all} contradictions puts {at_stake}"),
        (more, all) => format!("; {more} of the {all} contradictions put {at_stake}"),
    };
    let all = wording::count(found.len() - skipped, "finding");
    format!("{all}: {}{errors}.{more}{}", words.join(", "), tested(&tests))
}

/// The outcomes of the tests of the files and the program.
fn tested(tests: &[&FindingEntry]) -> String {
    let count_of = |verdict: Verdict| tests.iter().filter(|f| f.verdict == verdict).count();
    let passed = count_of(Verdict::Consistent);
    let all = wording::count(tests.len(), "test");
    match tests.len() {
        0 => String::new(),
        number if number == passed => format!(" {all} of the files and the program: all passed."),
        _ => {
            let rest = [
                (Verdict::Inconsistent, "failed"),
                (Verdict::Undecided, "undecided"),
                (Verdict::Skipped, "skipped"),
            ];
            let rest = rest.into_iter().filter(|(verdict, _)| count_of(*verdict) > 0);
            let rest: Vec<String> =
                rest.map(|(verdict, word)| format!("{} {word}", count_of(verdict))).collect();
            format!(" {all} of the files and the program: {passed} passed, {}.", rest.join(", "))
        }
    }
}

/// All sections of a report but the findings.
#[must_use]
pub fn sections(report: &Report) -> Vec<Section> {
    let sections = [
        Some(in_short::section(report)),
        line(report),
        readings::section(report),
        medium::section(report),
        transfer::section(report),
        areas::section(report),
        treaties(report),
        tripoints(report),
        points(report),
        place::section(report),
        figures::section(report),
        evidence(report),
        heights::sections(report),
        pieces(report),
        method(report),
    ];
    sections.into_iter().flatten().collect()
}

impl Section {
    /// A section without words after its table.
    #[must_use]
    pub fn new<P: Into<Phrase>>(title: &str, paragraphs: Vec<P>, table: Option<Table>) -> Self {
        let kind = SectionKind::Other;
        let paragraphs = paragraphs.into_iter().map(Into::into).collect();
        Self { kind, title: title.to_owned(), paragraphs, table, after: Vec::new() }
    }

    /// A table alone.
    #[must_use]
    pub(crate) fn of_table(title: &str, table: Table) -> Self {
        Self::new(title, Vec::<Phrase>::new(), Some(table))
    }

    /// The same, of a kind.
    #[must_use]
    pub(crate) fn of_kind(self, kind: SectionKind) -> Self {
        Self { kind, ..self }
    }
}

/// A verdict in a table.
pub(super) fn verdict(verdict: Verdict) -> Phrase {
    Phrase::verdict(verdict, verdict.name())
}

/// A finding as a paragraph.
pub(super) fn marked(finding: &FindingEntry) -> Phrase {
    Phrase::verdict(finding.verdict, finding.explanation.as_str())
}

pub(super) fn range(range: Range, decimals: usize) -> String {
    range.text(Dimension::Length, decimals)
}

/// The row that makes a table of lengths add up to the whole line.
pub(super) const UNLOCATED: &str = "not distinguished";

/// A cell for which there is no number.
pub(super) fn none() -> String {
    "–".to_owned()
}

/// `67.2 %`
pub(super) fn share(part_m: f64, whole_m: f64) -> String {
    format!("{} %", number(100.0 * part_m / whole_m, 1))
}

/// The governing figure of a scope, with the finding that measures it.
pub(super) fn governing<'a>(
    report: &'a Report,
    scope: &Scope,
) -> Option<(&'a FigureEntry, &'a FindingEntry)> {
    let figure = report
        .figures
        .iter()
        .find(|figure| figure.scope == *scope && figure.standing == Standing::Governing)?;
    let measured = |finding: &&FindingEntry| finding.figures == [figure.id.clone()];
    Some((figure, report.of_kind(CheckKind::Length).find(measured)?))
}

/// `1,782.75 km published: ✓ consistent. …`
pub(super) fn figure_with_verdict((figure, finding): (&FigureEntry, &FindingEntry)) -> String {
    format!("{} published: {}. {}", figure.text, verdict(finding.verdict), finding.explanation)
}

fn line(report: &Report) -> Option<Section> {
    let lengths = &report.lengths;
    let [left, right] = &report.parties[..] else { return None };
    let mut paragraphs = Vec::new();
    if !report.line.is_own {
        paragraphs.push(format!("Measured on another line: {}.", report.line.provenance.title));
    }
    if let Some(reading) = &report.line.reading {
        paragraphs.push(format!(
            "Nobody's drawing: the line is drawn from the law's own words, {reading}."
        ));
    }
    match governing(report, &Scope::Line) {
        Some((figure, finding)) => {
            paragraphs.push(figure_with_verdict((figure, finding)));
            paragraphs.extend(rivals(report, figure));
            paragraphs.extend(figure.note.clone());
        }
        None => paragraphs.push(match lengths.band_m {
            Some(band_m) => format!(
                "The line measures {} at full detail and {} over the measurement band.",
                km(lengths.total_m, 1),
                range(band_m, 1)
            ),
            None => format!("The line measures {}.", km(lengths.total_m, 2)),
        }),
    }
    paragraphs.extend(consists_of(report));
    paragraphs.push(format!(
        "Walking from the first segment to the last, {} is on the left and {} on the right.",
        left.name, right.name
    ));
    paragraphs.extend(instruments::governing(report));
    Some(Section::new("The line", paragraphs, None))
}

/// What the line runs through, if that is the sea alone, and how many parts it has, if several.
fn consists_of(report: &Report) -> Option<String> {
    let at_sea = report.lengths.shown.is_none().then_some("All of it runs through the sea.");
    let parts = (report.line.parts > 1).then(|| {
        let parts = report.line.parts;
        format!("It consists of {parts} parts apart from each other; nothing between them counts.")
    });
    let both: Vec<String> = at_sea.map(str::to_owned).into_iter().chain(parts).collect();
    (!both.is_empty()).then(|| both.join(" "))
}

/// Other figures of the same thing that the geometry confirms as well.
fn rivals(report: &Report, figure: &FigureEntry) -> Option<String> {
    let consistent = |other: &&FigureEntry| {
        let mut measured =
            report.of_kind(CheckKind::Length).filter(|f| f.figures == [other.id.clone()]);
        other.id != figure.id
            && other.scope == figure.scope
            && measured.any(|finding| finding.verdict == Verdict::Consistent)
    };
    let others: Vec<String> =
        report.figures.iter().filter(consistent).map(|other| other.text.clone()).collect();
    let band = report.lengths.band_m?;
    let width_m = band.high? - band.low?;
    (!others.is_empty()).then(|| {
        format!(
            "The band is {} wide and admits {} too; it cannot choose between them.",
            wording::distance(width_m),
            wording::list(&others)
        )
    })
}

/// The ends of the line and the coordinates the instruments give them.
fn tripoints(report: &Report) -> Option<Section> {
    let paragraphs: Vec<Phrase> = report.of_kind(CheckKind::Tripoint).map(marked).collect();
    (!paragraphs.is_empty()).then(|| Section::new("Tripoints", paragraphs, None))
}

/// The points that words put somewhere, and where the line has them.
fn points(report: &Report) -> Option<Section> {
    let paragraphs: Vec<Phrase> = report.of_kind(CheckKind::Point).map(marked).collect();
    (!paragraphs.is_empty()).then(|| Section::new("Points of the text", paragraphs, None))
}

fn treaties(report: &Report) -> Option<Section> {
    let are_treaties = report.instruments.iter().all(|it| it.kind == InstrumentKind::Treaty);
    let mut columns = vec![("signed", Lean::Left), ("instrument", Lean::Left)];
    if !are_treaties {
        columns[0].0 = "date";
        columns.push(("kind", Lean::Left));
    }
    columns.extend([
        ("stage", Lean::Left),
        ("governs", Lean::Right),
        ("over the band", Lean::Right),
    ]);
    let mut table = Table::new(&columns);
    for instrument in &report.instruments {
        let governs = report.lengths.by_instrument.get(&instrument.id);
        let band = report.lengths.by_instrument_band.get(&instrument.id);
        let name = [Phrase::date(instrument.signed.as_str()), instrument.short.as_str().into()];
        let kind = (!are_treaties).then(|| Phrase::from(instrument.kind.name()));
        let rest = [
            format!("{:?}", instrument.stage).to_lowercase().into(),
            governs.map_or_else(String::new, |length_m| km(*length_m, 1)).into(),
            band.map_or_else(String::new, |band| range(*band, 1)).into(),
        ];
        table.row(name.into_iter().chain(kind).chain(rest));
    }
    let unlocated_m = report.lengths.by_instrument_unlocated_m;
    if unlocated_m > 0.0 {
        let length = km(unlocated_m, 1);
        let empty = vec![String::new(); columns.len() - 4];
        let begin = [String::new(), UNLOCATED.to_owned()];
        let over = report.method.band.as_ref().map_or_else(String::new, |_| none());
        table.row(begin.into_iter().chain(empty).chain([length, over]));
    }
    if report.method.band.is_none() {
        table = table.without_empty_columns();
    }
    let why = vec![instruments::lengths(report)];
    let after: Vec<Phrase> = instruments::paragraphs(report).into_iter().map(Into::into).collect();
    let section = Section::new("Instruments", why, Some(table)).of_kind(SectionKind::Instruments);
    (!after.is_empty()).then_some(Section { after, ..section })
}

fn evidence(report: &Report) -> Option<Section> {
    let has_sea = report.lengths.shown.as_ref().is_none_or(|shown| shown.full.sea_m.is_some());
    let by = match report.lengths.shown {
        Some(_) if has_sea => "land, water or sea by",
        Some(_) => "land or water by",
        None => "sea by",
    };
    let mut table = Table::new(&[
        (by, Lean::Left),
        ("full detail", Lean::Right),
        ("over the band", Lean::Right),
        ("of the whole", Lean::Right),
    ]);
    let lengths = &report.lengths;
    let mut kinds: Vec<_> = lengths.by_evidence.iter().collect();
    kinds.sort_by(|a, b| b.1.total_cmp(a.1));
    for (kind, length_m) in kinds {
        let band = lengths.by_evidence_band.get(kind);
        table.row([
            (*kind).to_owned(),
            km(*length_m, 1),
            band.map_or_else(String::new, |band| range(*band, 1)),
            share(*length_m, lengths.total_m),
        ]);
    }
    let unlocated_m = lengths.by_evidence_unlocated_m;
    if unlocated_m > 0.0 {
        let share = share(unlocated_m, lengths.total_m);
        let over = report.method.band.as_ref().map_or_else(String::new, |_| none());
        table.row([UNLOCATED.into(), km(unlocated_m, 1), over, share]);
    }
    if report.method.band.is_none() {
        table = table.without_empty_columns();
    }
    (!lengths.by_evidence.is_empty() && medium::is_asked(report)).then(|| {
        let words = match report.lengths.shown {
            Some(_) if has_sea => {
                "Each segment is counted as a whole under the strongest kind of its evidence, also one \
                 of which that shows a part alone; Land, water and sea has what is shown."
            }
            Some(_) => {
                "Each segment is counted as a whole under the strongest kind of its evidence, also one \
                 of which that shows a part alone; Land and water has what is shown."
            }
            None => {
                "Each segment is counted as a whole under the strongest kind of its evidence."
            }
        };
        Section::new("Evidence", vec![words], Some(table))
    })
}

fn pieces(report: &Report) -> Option<Section> {
    let mut table = Table::new(&[
        ("from km", Lean::Right),
        ("length", Lean::Right),
        ("medium", Lean::Left),
        ("evidence", Lean::Left),
        ("instrument id", Lean::Left),
        ("segment id", Lean::Left),
    ]);
    for piece in &report.pieces {
        let PieceEntry { segments, facts, .. } = piece;
        let segment = match &segments[..] {
            [one] => one.clone(),
            [first, .., last] => format!("{first} … {last}"),
            [] => continue,
        };
        let unknown = || "?".to_owned();
        let medium = facts.medium.map_or_else(unknown, |medium| medium.name().to_owned());
        let evidence = facts.evidence.as_ref().map_or_else(unknown, |kinds| names(kinds));
        let instrument = facts.instrument.clone().unwrap_or_else(unknown);
        let (from, length) = (number(piece.from_m / 1e3, 1), km(piece.length_m, 1));
        table.row([from, length, medium, evidence, instrument, segment]);
    }
    let after = validity::sentences(report).into_iter().map(Into::into).collect();
    Some(Section { after, ..Section::of_table("Segments", table) })
}

fn method(report: &Report) -> Option<Section> {
    let method = &report.method;
    let line = &report.line;
    let on = |total_m: f64, ellipsoid: &str| format!("{} on {ellipsoid}", km(total_m, 2));
    let others = report.lengths.on_other_ellipsoids.iter();
    let on_each: Vec<String> = std::iter::once(on(report.lengths.total_m, method.ellipsoid))
        .chain(others.map(|other| on(other.total_m, other.ellipsoid)))
        .collect();
    let reach = match method.kernel_reach_m {
        none if none <= 0.0 => String::new(),
        reach_m => format!(" (here the series reaches edges of up to {})", km(reach_m, 0)),
    };
    let mut paragraphs = vec![
        format!(
            "Lengths are on {}; {}, measured {}{}. For comparison, {}.",
            method.ellipsoid,
            method.edge_rule,
            method.algorithm,
            reach,
            wording::list(&on_each),
        ),
        match (&method.band, &method.no_band) {
            (Some(band), _) => format!(
                "The measurement band is the line simplified at {} m and at {} m ({}). {}",
                band.fine_m, band.coarse_m, method.simplification, band.reason
            ),
            (None, why) => format!(
                "No measurement band: every length is at full detail. {}",
                sentence(why.as_deref().unwrap_or_default())
            ),
        },
        format!(
            "Line: {} vertices, accuracy ± {}. {}{}",
            number(line.vertices as f64, 0),
            within(line.accuracy_m),
            sentence(&line.accuracy_basis),
            method
                .datum_operations
                .map_or_else(String::new, |how| format!(" Datum shifts: {how}.")),
        ),
        format!("Dossier {}, sha256 {}.", report.dossier, report.dossier_sha256),
    ];
    paragraphs.extend(wording::passed_on(report.licence.as_deref(), report.attribution.as_deref()));
    if !line.is_own {
        paragraphs
            .push(format!("Line {}, sha256 {}.", line.provenance.origin, line.provenance.sha256));
        paragraphs.extend(line.read.for_documents());
    }
    Some(Section::new("Method", paragraphs, None).of_kind(SectionKind::Method))
}

/// The text with a capital letter and a full stop.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let stop = if text.ends_with('.') { "" } else { "." };
    format!("{first}{}{stop}", chars.as_str())
}
