//! HTML: the same as the text, as one page that needs nothing else.

use askama::Template;
use treatyline::internal::report::SurveyReport;
use treatyline::internal::report::glue;
use treatyline::internal::report::{Lean, Phrase, Table};

use crate::drawing::rendered;

#[derive(Template)]
#[template(path = "survey.html")]
struct Page<'a> {
    /// The end of the next, for a heading.
    name: &'a str,
    file: &'a str,
    css: &'static str,
    lead: Vec<String>,
    sections: Vec<Section>,
    method: String,
}

struct Section {
    /// The id that an address can point to.
    id: String,
    title: &'static str,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

struct Column {
    title: String,
    number: bool,
}

struct Cell {
    text: String,
    number: bool,
}

/// The page of a survey.
#[must_use]
pub fn survey_html(report: &SurveyReport) -> String {
    let sections = report.tables().into_iter().filter(|(_, table)| !table.rows().is_empty());
    let page = Page {
        name: report.file.rsplit(['/', '\\']).next().unwrap_or(&report.file),
        file: &report.file,
        css: include_str!("../../templates/report.css"),
        lead: report.in_short().iter().map(|sentence| glue(sentence)).collect(),
        sections: sections.map(|(title, table)| section(title, &table)).collect(),
        method: glue(&report.method_text()),
    };
    rendered(&page) + "\n"
}

fn section(title: &'static str, table: &Table) -> Section {
    let number = |lean: Lean| lean == Lean::Right;
    let columns: Vec<Column> = table
        .columns()
        .iter()
        .map(|(title, lean)| Column { title: title.clone(), number: number(*lean) })
        .collect();
    let cell = |(phrase, column): (&Phrase, &Column)| Cell {
        text: phrase.to_string(),
        number: column.number,
    };
    let row = |row: &Vec<Phrase>| row.iter().zip(&columns).map(cell).collect();
    let rows = table.rows().iter().map(row).collect();
    Section { id: title.to_lowercase().replace(' ', "-"), title, columns, rows }
}
