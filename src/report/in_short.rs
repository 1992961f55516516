//! The answer before the evidence: what is published, and what the line says of it.

use super::finding::FindingEntry;
use super::model::{FigureEntry, Report};
use super::sections::{Section, SectionKind, counts, governing, range};
use super::{medium, readings, transfer};
use crate::check::{CheckKind, Verdict};
use crate::dossier::Scope;
use crate::wording::{self, km};

/// No more figures than this are listed one by one; of more, the first few.
const MOST_LISTED: usize = 6;
const FEW_LISTED: usize = 4;

/// The section.
pub(super) fn section(report: &Report) -> Section {
    let mut paragraphs = vec![governed(report).unwrap_or_else(|| by_others(report))];
    paragraphs.extend(readings::in_short(report));
    paragraphs.extend(courses(report));
    paragraphs.extend(medium::in_short(report));
    let division = transfer::in_short(report);
    if !division.is_empty() {
        paragraphs.push(division.trim_start().to_owned());
    }
    paragraphs.push(counts(&report.findings));
    Section::new("In short", paragraphs, None).of_kind(SectionKind::InShort)
}

/// How many segments leave the course that is stated of them.
fn courses(report: &Report) -> Option<String> {
    let stated: Vec<_> = report.of_kind(CheckKind::Course).collect();
    let left = stated.iter().filter(|it| it.verdict == Verdict::Inconsistent).count();
    let beyond = "by more than is explained.";
    Some(match (left, stated.len()) {
        (_, 0) => return None,
        (0, 1) => {
            format!("The one segment whose course is stated is not found to leave it {beyond}")
        }
        (0, all) => {
            format!(
                "None of the {all} segments whose course is stated is found to leave it {beyond}"
            )
        }
        (_, 1) => format!("The one segment whose course is stated leaves it {beyond}"),
        (1, all) => format!("Of the {all} segments whose course is stated, 1 leaves it {beyond}"),
        (left, all) => {
            format!("Of the {all} segments whose course is stated, {left} leave it {beyond}")
        }
    })
}

/// The length that the parties published, and the line's.
fn governed(report: &Report) -> Option<String> {
    let (whole, finding) = governing(report, &Scope::Line)?;
    let line = the_line(report);
    let measured = match report.method.band.as_ref().zip(report.lengths.band_m) {
        Some((band, band_m)) => format!(
            "{line} measures {} when simplified by {} to {} m, the range this dossier takes for the \
             maps it was measured on",
            range(band_m, 0),
            band.fine_m,
            band.coarse_m,
        ),
        None => format!("{line} measures {}", km(report.lengths.total_m, 2)),
    };
    let (text, verdict) = (&whole.text, finding.verdict.name());
    Some(format!("The published length of {text} is {verdict} with the geometry: {measured}."))
}

/// The same where the parties published none: every length that others print.
fn by_others(report: &Report) -> String {
    let total = match report.lengths.band_m {
        Some(band_m) => format!(
            "{} at full detail and {} over the measurement band",
            km(report.lengths.total_m, 1),
            range(band_m, 1)
        ),
        None => km(report.lengths.total_m, 2),
    };
    let line = wording::capital(the_line(report));
    let mut words = vec![format!("{line} measures {total}.")];
    let lengths: Vec<_> = measured(report).collect();
    if governing(report, &Scope::WithoutSea).is_none() {
        let none = if lengths.is_empty() { " and no other published length" } else { "" };
        words.push(format!(
            " The dossier has no length of the whole by the parties themselves{none}."
        ));
    }
    for (verdict, says) in [
        (Verdict::Consistent, "Published and borne out"),
        (Verdict::Inconsistent, "Published and excluded"),
        (Verdict::Undecided, "Published and undecided"),
    ] {
        let mut texts: Vec<String> = Vec::new();
        for (figure, finding) in &lengths {
            let text = in_words(figure);
            if finding.verdict == verdict && !texts.contains(&text) {
                texts.push(text);
            }
        }
        if texts.len() > MOST_LISTED {
            let more = texts.len() - FEW_LISTED;
            texts.truncate(FEW_LISTED);
            texts.push(format!("{more} more"));
        }
        if !texts.is_empty() {
            words.push(format!(" {says}: {}.", wording::list(&texts)));
        }
    }
    words.concat()
}

/// `1,055 km`, `942 km (east part)`
pub(super) fn in_words(figure: &FigureEntry) -> String {
    match &figure.scope {
        Scope::Line => figure.text.clone(),
        _ => format!("{} ({})", figure.text, figure.what),
    }
}

/// The published lengths that the line measures, with what it says of each.
fn measured(report: &Report) -> impl Iterator<Item = (&FigureEntry, &FindingEntry)> {
    let finding = |figure: &FigureEntry| {
        let mut lengths = report.of_kind(CheckKind::Length);
        lengths.find(|finding| finding.figures == [figure.id.clone()])
    };
    report.figures.iter().filter_map(move |figure| Some((figure, finding(figure)?)))
}

const fn the_line(report: &Report) -> &'static str {
    if report.line.is_own { "the line" } else { "this line" }
}
