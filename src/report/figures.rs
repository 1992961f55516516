//! The section on published figures: a table of those with a finding, and lists of the
//! others.

use super::finding::FindingEntry;
use super::model::{FigureEntry, Report};
use super::phrase::Phrase;
use super::sections::{Section, SectionKind};
use super::table::{Lean, Table};
use crate::check::{Basis, Severity, Verdict};
use crate::dossier::Standing;

/// Every published figure: what the geometry and what other figures say of it.
pub(super) fn section(report: &Report) -> Option<Section> {
    let mut table = Table::new(&[
        ("figure", Lean::Left),
        ("published", Lean::Right),
        ("standing", Lean::Left),
        ("geometry", Lean::Left),
        ("readings", Lean::Left),
        ("other figures", Lean::Left),
    ]);
    let (mut tested, mut skipped, mut untested) = (Vec::new(), Vec::new(), Vec::new());
    for figure in &report.figures {
        let geometry = worst(report, figure, Basis::Geometry);
        let others = worst(report, figure, Basis::Figures);
        match (geometry, others) {
            (None, None) => untested.push(figure),
            (Some(Verdict::Skipped), None) => skipped.push(figure),
            _ => tested.push((figure, geometry, others)),
        }
    }
    let published = tested.iter().map(|(figure, ..)| figure.text.chars().count()).max();
    let of_readings = if report.readings.is_empty() { 0 } else { OF_READINGS };
    let most = WORDS_AND_NUMBER.saturating_sub(published.unwrap_or(0) + of_readings).max(FEWEST);
    for (figure, geometry, others) in tested {
        table.row([
            cut_after_a_word(&figure.what, most).into(),
            figure.text.as_str().into(),
            figure.standing.name().into(),
            Phrase::verdict(geometry.unwrap_or(Verdict::Skipped), ""),
            of_the_readings(report, figure),
            against_others(report, figure, others),
        ]);
    }
    let readings = match report.readings.len() {
        0 => "",
        _ => {
            "Readings: whether it fits the lines that the law's words allow; undecided where that \
              depends on the reading. "
        }
    };
    let why = format!(
        "Geometry: what the measured line says. {readings}Other figures: whether published figures of \
         the same thing, and sums of figures, can be true together. ✓ they agree, ✗ they exclude \
         each other, ? undecided, a dash not tested. Where only informal figures contradict a \
         governing one, the table says so. Their ids, sources and notes are in html, markdown and json."
    );
    let table = table.without_empty_columns();
    let list = |words: &str, figures: Vec<&FigureEntry>| {
        let one = |figure: &FigureEntry| format!("{}: {}", figure.what, figure.text);
        let listed: Vec<String> = figures.into_iter().map(one).collect();
        let words = || format!("{words}: {}.", listed.join("; "));
        (!listed.is_empty()).then(|| Phrase::verdict(Verdict::Skipped, words()))
    };
    let after = [
        list(
            "Skipped, because an end of the distance has no coordinates or was placed by it",
            skipped,
        ),
        list("Not tested, because nothing in the dossier can be compared with it", untested),
    ];
    let section = Section::new("Published figures", vec![why], Some(table))
        .of_kind(SectionKind::PublishedFigures);
    (!report.figures.is_empty())
        .then(|| Section { after: after.into_iter().flatten().collect(), ..section })
}

/// The least favourable verdict on a figure among the findings of a basis: among those on
/// this figure alone, if there are any.
fn worst(report: &Report, figure: &FigureEntry, basis: Basis) -> Option<Verdict> {
    let order = [Verdict::Inconsistent, Verdict::Undecided, Verdict::Skipped, Verdict::Consistent];
    let uses: Vec<_> = report
        .findings
        .iter()
        .filter(|finding| finding.basis == basis && finding.figures.contains(&figure.id))
        .collect();
    let alone = |finding: &&FindingEntry| finding.figures.len() == 1;
    let counted = |finding: &FindingEntry| !uses.iter().any(alone) || finding.figures.len() == 1;
    let on = |verdict: &Verdict| uses.iter().any(|it| it.verdict == *verdict && counted(it));
    order.into_iter().find(on)
}

/// The mark of what the readings say; nothing where there are none.
fn of_the_readings(report: &Report, figure: &FigureEntry) -> Phrase {
    if report.readings.is_empty() {
        return "".into();
    }
    Phrase::verdict(worst(report, figure, Basis::Readings).unwrap_or(Verdict::Skipped), "")
}

/// The mark of what other figures say. An informal figure can contradict a governing
/// one without weakening it, so that case has a mark of its own.
fn against_others(report: &Report, figure: &FigureEntry, verdict: Option<Verdict>) -> Phrase {
    let Some(verdict) = verdict else { return Phrase::verdict(Verdict::Skipped, "") };
    let is_governing = |id: &String| {
        report.figures.iter().any(|f| f.id == *id && f.standing == Standing::Governing)
    };
    // A conflict of many figures is an error if two governing ones exclude each other.
    let binding = |finding: &FindingEntry| {
        finding.basis == Basis::Figures
            && finding.verdict == Verdict::Inconsistent
            && finding.figures.contains(&figure.id)
            && (finding.severity == Severity::Error || finding.figures.iter().all(is_governing))
    };
    let governing = figure.standing == Standing::Governing;
    if verdict == Verdict::Inconsistent && governing && !report.findings.iter().any(binding) {
        return Phrase::verdict(verdict, "informal only");
    }
    Phrase::verdict(verdict, "")
}

/// The columns left of 100 for a figure's words and its number together: the indent, four gaps of
/// two, and the other columns at their widest (`superseded`, `geometry`, `✗ informal only`) take
/// 43.
const WORDS_AND_NUMBER: usize = 57;

/// The column of the readings, with its gap.
const OF_READINGS: usize = 10;

/// Text cut to fewer characters than this no longer says anything.
const FEWEST: usize = 20;

/// Text of at most `most` characters, cut after a whole word.
fn cut_after_a_word(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let start: String = words.chars().take(most.saturating_sub(1)).collect();
    let whole = start.rsplit_once(' ').map_or(start.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', ':', ';']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_too_long_for_the_table_are_cut_after_a_whole_one() {
        assert_eq!(cut_after_a_word("Whole line, a blog", 18), "Whole line, a blog");
        assert_eq!(cut_after_a_word("Whole line, a blog", 17), "Whole line, a…");
        assert_eq!(cut_after_a_word("Whole line, a blog", 13), "Whole line…");
        assert_eq!(cut_after_a_word("Uninterrupted", 5), "Unin…");
    }
}
