//! A section of the page: the same as in text and Markdown, with charts and a timeline.

use treatyline::internal::report::{Lean, Phrase, PhraseKind, Section, SectionKind, Table, glue};
use treatyline::internal::wording::date;
use treatyline::report::Report;

use crate::chart::{self, Chart};

/// A section.
pub(crate) struct Block {
    pub kind: SectionKind,
    /// The id that an address can point to.
    pub id: String,
    pub title: String,
    pub paragraphs: Vec<Paragraph>,
    pub chart: Option<Chart>,
    pub timeline: Vec<Event>,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    pub after: Vec<Paragraph>,
}

/// A paragraph; one with a verdict has its colours.
pub(crate) struct Paragraph {
    pub class: &'static str,
    pub text: String,
}

/// A column of a table.
pub(crate) struct Column {
    pub title: String,
    pub class: &'static str,
}

/// A cell of a table.
pub(crate) struct Cell {
    pub text: String,
    pub class: String,
}

/// An instrument on the timeline.
pub(crate) struct Event {
    /// Years since the one before, where they are many.
    pub after_years: Option<i32>,
    pub iso: String,
    pub date: String,
    pub text: String,
}

/// A gap of this number of years is worth mentioning.
const LONG: i32 = 20;

impl Block {
    /// A section of a report.
    pub(super) fn of_report(mut section: Section, report: &Report) -> Self {
        let kind = section.kind;
        let timeline = match kind {
            SectionKind::Instruments => timeline(report, std::mem::take(&mut section.after)),
            _ => Vec::new(),
        };
        Self { timeline, ..Self::plain(section).charted(chart(kind, report)) }
    }

    /// A section of words and a table.
    pub(crate) fn plain(section: Section) -> Self {
        let paragraphs = |all: Vec<Phrase>| all.iter().map(Paragraph::new).collect();
        let (columns, rows) = section.table.as_ref().map_or_else(Default::default, cells);
        Self {
            kind: section.kind,
            id: id(&section.title),
            title: section.title,
            paragraphs: paragraphs(section.paragraphs),
            chart: None,
            timeline: Vec::new(),
            columns,
            rows,
            after: paragraphs(section.after),
        }
    }

    /// Puts a paragraph before all others.
    pub(super) fn begin(&mut self, text: String) {
        self.paragraphs.insert(0, Paragraph::new(&text.into()));
    }

    /// With a chart, if there is one.
    pub(crate) fn charted(self, chart: Option<Chart>) -> Self {
        Self { chart, ..self }
    }
}

/// The id that an address can point to.
fn id(title: &str) -> String {
    title.to_lowercase().replace(' ', "-")
}

/// The chart that belongs to a section.
fn chart(section: SectionKind, report: &Report) -> Option<Chart> {
    match section {
        SectionKind::PublishedFigures => {
            Chart::both("published", PUBLISHED, |frame| chart::published(report, frame))
        }
        SectionKind::Heights => match report.profiles.first() {
            Some(profile) => {
                Chart::both("heights", HEIGHTS, |frame| chart::heights(profile, frame))
            }
            None => None,
        },
        SectionKind::LandAndWater => {
            Chart::both("lengths", LENGTHS, |frame| chart::lengths(report, frame))
        }
        _ => None,
    }
}

const PUBLISHED: &str = "Bars: the measured range over the measurement band, widened by uncertain \
                         ends where a stretch has them, less the published length. Upright marks: \
                         the published length with its rounding. For land and water the bars reach \
                         from what is shown to be it to what nothing excludes: at full detail, over \
                         the band, and where the whole line is as long as published.";

const HEIGHTS: &str = "The place of a printed height on the line is inferred, to about 2 km.";

const LENGTHS: &str =
    "At full detail. Shown by texts, rivers of a map, relief or long straight edges.";

impl Paragraph {
    fn new(phrase: &Phrase) -> Self {
        Self { class: class_of(phrase.kind), text: glue(&phrase.to_string()) }
    }
}

/// The class of a phrase by its kind.
const fn class_of(kind: PhraseKind) -> &'static str {
    match kind {
        PhraseKind::Plain => "",
        PhraseKind::Verdict(verdict) => verdict.name(),
        PhraseKind::Date => "date",
    }
}

fn cells(table: &Table) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let class = |lean: Lean| if lean == Lean::Right { "number" } else { "" };
    let columns: Vec<Column> = table
        .columns()
        .iter()
        .map(|(title, lean)| Column { title: title.clone(), class: class(*lean) })
        .collect();
    let cell = |(phrase, column): (&Phrase, &Column)| {
        let classes = [column.class, class_of(phrase.kind)];
        let classes = classes.into_iter().filter(|class| !class.is_empty());
        Cell { text: phrase.to_string(), class: classes.collect::<Vec<_>>().join(" ") }
    };
    let row = |row: &Vec<Phrase>| row.iter().zip(&columns).map(cell).collect();
    let rows = table.rows().iter().map(row).collect();
    (columns, rows)
}

/// The instruments with the words on each, which come in the same order.
fn timeline(report: &Report, words: Vec<Phrase>) -> Vec<Event> {
    let mut last = None;
    let event = |(instrument, text): (&treatyline::internal::dossier::Instrument, Phrase)| {
        let year = instrument.signed.get(..4).and_then(|year| year.parse::<i32>().ok());
        let years = year.zip(last).map(|(year, last): (i32, i32)| year - last);
        last = year.or(last);
        Event {
            after_years: years.filter(|years| *years >= LONG),
            iso: instrument.signed.clone(),
            date: date(&instrument.signed),
            text: glue(&text.to_string()),
        }
    };
    report.instruments.iter().zip(words).map(event).collect()
}
