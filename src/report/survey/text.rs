//! Text for a terminal: the sums first, then the tables.

use super::SurveyReport;
use crate::report::course::within_table;
use crate::report::table::{Lean, Table};
use crate::report::text::Page;
use crate::wording::{count, distance, km, number, shortened};

pub(super) fn report(report: &SurveyReport) -> String {
    let mut page = Page::default();
    page.wrapped(&format!("Boundaries in {}", report.file), "", "");
    page.line("");
    page.line("IN SHORT");
    for sentence in in_short(report) {
        page.paragraph(&sentence);
    }
    for (title, table) in tables(report) {
        if !table.rows().is_empty() {
            page.line("");
            page.line(&title.to_uppercase());
            page.table(&table);
        }
    }
    page.line("");
    page.line("METHOD");
    page.paragraph(&method(report));
    page.into_text()
}

/// The answer, for text and page alike.
pub(super) fn in_short(report: &SurveyReport) -> Vec<String> {
    let mut told = Vec::new();
    told.push(match &report.pairs[..] {
        [] if report.attributes.is_none() => format!(
            "{} of lines in {}, measured as one: no attribute says which countries they divide.",
            km(report.total.length_m, 1),
            count(report.features, "feature"),
        ),
        [] => "No line in it divides two countries.".to_owned(),
        [longest, ..] => format!(
            "{} between {}: {} in all. The longest is that of {} and {}, {}.",
            some(report.pairs.len(), "boundary", "boundaries"),
            some(report.countries.len(), "country", "countries"),
            km(report.total.length_m, 1),
            longest.left,
            longest.right,
            km(longest.length_m, 1),
        ),
    });
    if !report.apart.is_empty() {
        told.push(format!(
            "Kept apart and in no sum of these: {} of lines that are disputed, indefinite or not \
             between two countries, in {} of {}.",
            km(report.total.apart_m, 1),
            number(report.apart.iter().map(|apart| apart.features).sum::<usize>() as f64, 0),
            count(report.features, "feature"),
        ));
    }
    told
}

fn some(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// How it was made, for text and page alike.
pub(super) fn method(report: &SurveyReport) -> String {
    let rivers =
        report.rivers.as_ref().map_or_else(String::new, |it| format!(" {}", it.map.method()));
    let Some(attributes) = &report.attributes else {
        return format!("WGS 84, edges are geodesics, at the full detail of the file.{rivers}");
    };
    let kind = attributes.kind.as_ref().map_or_else(String::new, |kind| {
        format!(
            " A line counts as a boundary where `{}` begins with “International boundary”.",
            shortened(kind, 40)
        )
    });
    format!(
        "WGS 84, edges are geodesics, at the full detail of the file; at another resolution each \
         boundary has another length. Codes are those in `{}` and `{}`, in either order.{kind} \
         Which lines those are is the file’s word, not this program’s.{rivers}",
        shortened(&attributes.left, 40),
        shortened(&attributes.right, 40),
    )
}

/// The tables with their titles, for text and page alike.
pub(super) fn tables(report: &SurveyReport) -> [(&'static str, Table); 5] {
    [
        ("Near a river", rivers(report)),
        ("By pair", pairs(report)),
        ("By pair, near a river", pairs_by_rivers(report)),
        ("By country", countries(report)),
        ("Kept apart", apart(report)),
    ]
}

/// All boundaries together, by distance.
fn rivers(report: &SurveyReport) -> Table {
    let within = report.rivers.as_ref().map_or(&[][..], |it| &it.within);
    within_table(within, report.total.length_m)
}

/// How much of each pair's boundary is near a river: in kilometres and, behind it, what chance
/// gives at the largest distance.
fn pairs_by_rivers(report: &SurveyReport) -> Table {
    let within = report.rivers.as_ref().map_or(&[][..], |it| &it.within);
    let titles: Vec<String> =
        within.iter().map(|it| format!("within {}", distance(it.within_m))).collect();
    let mut columns = vec![("between", Lean::Left), ("and", Lean::Left)];
    columns.extend(titles.iter().map(|title| (title.as_str(), Lean::Right)));
    let chance = within.last().map(|it| format!("{} by chance", distance(it.within_m)));
    let chance = chance.unwrap_or_default();
    columns.push((&chance, Lean::Right));
    let mut table = Table::new(&columns);
    for pair in report.pairs.iter().filter(|_| !within.is_empty()) {
        let near = pair.rivers.as_ref().map_or(&[][..], |it| &it.within);
        let mut row = vec![name(&pair.left), name(&pair.right)];
        row.extend(near.iter().map(|it| km(it.length_m, 1)));
        row.push(near.last().map_or_else(String::new, |it| km(it.chance_mean_m, 1)));
        table.row(row);
    }
    table
}

/// Longer names would push the numbers away.
const LONGEST_NAME: usize = 30;

fn name(name: &str) -> String {
    shortened(name, LONGEST_NAME).into_owned()
}

fn pairs(report: &SurveyReport) -> Table {
    let mut table = Table::new(&[
        ("between", Lean::Left),
        ("and", Lean::Left),
        ("length", Lean::Right),
        ("features", Lean::Right),
    ]);
    for pair in &report.pairs {
        let length = km(pair.length_m, 3);
        table.row([name(&pair.left), name(&pair.right), length, pair.features.to_string()]);
    }
    table
}

fn countries(report: &SurveyReport) -> Table {
    let mut table = Table::new(&[
        ("country", Lean::Left),
        ("length", Lean::Right),
        ("neighbours", Lean::Right),
    ]);
    for country in &report.countries {
        let length = km(country.length_m, 3);
        table.row([name(&country.code), length, country.neighbours.to_string()]);
    }
    table
}

fn apart(report: &SurveyReport) -> Table {
    let mut table = Table::new(&[
        ("between", Lean::Left),
        ("and", Lean::Left),
        ("why", Lean::Left),
        ("length", Lean::Right),
        ("features", Lean::Right),
    ]);
    for apart in &report.apart {
        let code = |code: &Option<String>| code.as_deref().map_or_else(|| "–".to_owned(), name);
        table.row([
            code(&apart.left),
            code(&apart.right),
            name(&apart.reason),
            km(apart.length_m, 3),
            apart.features.to_string(),
        ]);
    }
    table
}
