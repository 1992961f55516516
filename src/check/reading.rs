//! `reading/*`: published lengths against the lines that the words of the law allow.
//!
//! `length/*` measures somebody's drawing. The law itself may be a sentence, which a drawing follows
//! well or badly, and which may allow several lines: geodesics or rhumb lines, the tropic of one year or
//! of another. Each of these readings is measured as a drawing is, by the same check, and one finding
//! says for which of them a figure can be true.

use super::{Derived, Finding, Study, Topic, Verdict, length};
use crate::compare::Apart;
use crate::dossier::{Depiction, Figure, LawReading, Resolution, Scope, Segment};
use crate::quantity::{Dimension, Interval, Metres};
use crate::wording::{self, capital};

/// A reading, measured, and how far the measured line of its study is from it.
#[derive(Debug, Clone)]
pub(crate) struct StudiedReading {
    /// Which of the dossier's readings it is.
    pub(crate) reading: usize,
    /// Its length.
    pub(crate) length: Metres,
    /// How far the line that is measured is from it.
    pub(crate) apart: Apart,
    /// What it says of each published length.
    pub(crate) lengths: Vec<ReadLength>,
}

/// What a reading says of a published length.
#[derive(Debug, Clone)]
pub(crate) struct ReadLength {
    /// Which of the dossier's figures it is.
    pub(crate) figure: usize,
    /// The verdict.
    pub(crate) verdict: Verdict,
    /// The length of the reading, of the whole or of the part that the figure is about.
    pub(crate) length: Metres,
    /// The same over the measurement band, if there is one, and widened by the accuracy of its ends.
    interval: Interval,
}

impl StudiedReading {
    /// Measures the readings of a study's dossier, as its line was measured. One that cannot be cut
    /// into the dossier's segments is left out: a line of a list that was read can be.
    pub(super) fn all(study: &Study<'_>) -> Vec<Self> {
        let dossier = study.dossier;
        let one = |(i, reading): (usize, &LawReading)| {
            let of_reading = study.of_reading(Depiction::of_reading(dossier, reading).ok()?);
            let figures = dossier.figures.iter().enumerate();
            Some(Self {
                reading: i,
                length: of_reading.measurement.total(Resolution::Full),
                apart: Apart::new(&study.depiction.line, &of_reading.depiction.line),
                lengths: figures
                    .filter_map(|(i, figure)| ReadLength::new(&of_reading, i, figure))
                    .collect(),
            })
        };
        dossier.readings.iter().enumerate().filter_map(one).collect()
    }
}

impl ReadLength {
    /// `None` for a figure that is no length of the line or of a stretch of it.
    fn new(study: &Study<'_>, number: usize, figure: &Figure) -> Option<Self> {
        // What is land and what is water is said of the ground, not of words.
        let is_measured =
            matches!(figure.scope, Scope::Line | Scope::Stretch(_) | Scope::WithoutSea)
                && figure.unit.dimension == Dimension::Length;
        let finding = length::measured(study, figure).filter(|_| is_measured)?;
        let pick = |segment: &Segment| figure.scope.holds(segment);
        let length = study.measurement.length_of(study.dossier, Resolution::Full, pick);
        let derived = finding.derived.iter().map(|it| it.interval);
        let interval = derived.reduce(Interval::hull).unwrap_or(Interval::ZERO);
        let interval = length::widened(interval, length::line_ends_m(study, pick));
        Some(Self { figure: number, verdict: finding.verdict, length, interval })
    }
}

/// Readings with what each says of one figure.
type Says<'s> = Vec<(&'s LawReading, &'s ReadLength)>;

pub(super) fn check(study: &Study<'_>) -> Vec<Finding> {
    (0..study.dossier.figures.len()).filter_map(|figure| one(study, figure)).collect()
}

/// What all readings say of a figure.
fn one(study: &Study<'_>, number: usize) -> Option<Finding> {
    let figure = study.dossier.figures.get(number)?;
    let says = study.readings().iter().filter_map(|it| {
        let of_figure = it.lengths.iter().find(|it| it.figure == number)?;
        Some((study.dossier.readings.get(it.reading)?, of_figure))
    });
    let says: Says<'_> = says.collect();
    if says.is_empty() {
        return None;
    }
    let all = |verdict| says.iter().all(|(_, it)| it.verdict == verdict);
    let verdict = [Verdict::Consistent, Verdict::Inconsistent].into_iter().find(|it| all(*it));
    let verdict = verdict.unwrap_or(Verdict::Undecided);
    let derived = says
        .iter()
        .map(|(reading, it)| Derived::new(&reading.name(), it.interval, Dimension::Length));
    let finding = Finding::new(
        Topic::reading(figure),
        length::severity(figure),
        verdict,
        explanation(figure, verdict, &says),
    );
    let sources = says.iter().flat_map(|(reading, _)| &reading.sources);
    Some(
        finding
            .on_readings()
            .figures([figure.id.as_str()])
            .derived(derived)
            .sources([&figure.source])
            .sources(sources),
    )
}

fn explanation(figure: &Figure, verdict: Verdict, says: &[(&LawReading, &ReadLength)]) -> String {
    let published = capital(&length::published(figure));
    let of = |wanted: Verdict| {
        let some: Says<'_> = says.iter().copied().filter(|(_, it)| it.verdict == wanted).collect();
        if some.is_empty() {
            return String::new();
        }
        format!("{}, {}", named(&some, says), spread(&some))
    };
    match (verdict, says) {
        (Verdict::Consistent, [_]) => {
            format!("{published} is consistent with {}.", of(Verdict::Consistent))
        }
        (Verdict::Consistent, _) => format!(
            "{published} is consistent with each of the {} lines that the words allow, {}.",
            says.len(),
            spread(says)
        ),
        (Verdict::Inconsistent, [(_, it)]) => format!(
            "{published} is excluded for {}: that is {}.",
            of(Verdict::Inconsistent),
            length::off(it.interval, figure)
        ),
        (Verdict::Inconsistent, _) => format!(
            "{published} is excluded for each of the {} lines that the words allow, {}: {}",
            says.len(),
            spread(says),
            nearest(figure, says)
        ),
        _ => {
            let parts = [
                (Verdict::Consistent, "consistent with"),
                (Verdict::Inconsistent, "excluded for"),
                (Verdict::Undecided, "undecided for"),
            ];
            let parts = parts.into_iter().map(|(verdict, word)| (of(verdict), word));
            let parts = parts.filter(|(named, _)| !named.is_empty());
            let parts: Vec<String> = parts.map(|(named, word)| format!("{word} {named}")).collect();
            format!("{published} is {}.", parts.join("; "))
        }
    }
}

/// The names of some readings: an entry alone if all of its lines are among them, otherwise with their
/// kinds, as in `the tropic of 1955 (geodesics)`.
fn named(some: &[(&LawReading, &ReadLength)], all: &[(&LawReading, &ReadLength)]) -> String {
    let mut entries: Vec<&str> = some.iter().map(|(reading, _)| reading.entry.as_str()).collect();
    entries.dedup();
    let names = entries.into_iter().map(|entry| {
        let of_entry = |says: &[(&LawReading, &ReadLength)]| {
            let found = says.iter().filter(|(reading, _)| reading.entry == entry);
            found.filter_map(|(reading, _)| reading.kind.clone()).collect::<Vec<_>>()
        };
        match of_entry(some) {
            kinds if kinds.len() == of_entry(all).len() => entry.to_owned(),
            kinds => format!("{entry} ({})", wording::list(&kinds)),
        }
    });
    wording::list(&names.collect::<Vec<_>>())
}

/// `1,049.97–1,051.32 km`
fn spread(says: &[(&LawReading, &ReadLength)]) -> String {
    let lengths =
        says.iter().filter_map(|(_, it)| Interval::spanning(it.length.value(), it.length.value()));
    let all = lengths.reduce(Interval::hull).unwrap_or(Interval::ZERO);
    wording::range(all, Dimension::Length, 2)
}

/// The reading that comes nearest to a figure, and by how much it misses it.
fn nearest(figure: &Figure, says: &[(&LawReading, &ReadLength)]) -> String {
    let gap_m = |it: &ReadLength| it.interval.gap(figure.interval).abs();
    let nearest = says.iter().min_by(|(_, a), (_, b)| gap_m(a).total_cmp(&gap_m(b)));
    nearest.map_or_else(String::new, |(reading, it)| {
        format!("the nearest, {}, is {}.", reading.name(), length::off(it.interval, figure))
    })
}
