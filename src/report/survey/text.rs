//! Text for a terminal: the sums first, then the tables.

use super::{NearEntry, OutlinesEntry, SurveyReport};
use crate::io::Setting;
use crate::line::{ALONG_M, DrawnApart};
use crate::report::course::within_table;
use crate::report::styled::StyledText;
use crate::report::table::{Lean, Table};
use crate::report::text::Page;
use crate::wording::{count, distance, first_ten, km, number, shortened};

pub(super) fn report(report: &SurveyReport) -> StyledText {
    let mut page = Page::default();
    page.wrapped(&format!("Boundaries in {}", report.file), "", "");
    page.line("");
    page.heading("In short");
    for sentence in in_short(report) {
        page.paragraph(&sentence);
    }
    for (title, table) in tables(report) {
        if !table.rows().is_empty() {
            page.line("");
            page.heading(title);
            page.table(&table);
        }
    }
    page.line("");
    page.heading("Method");
    page.paragraph(&method(report));
    page.into_text()
}

/// The answer, for text and page alike.
pub(super) fn in_short(report: &SurveyReport) -> Vec<String> {
    let mut paragraphs = Vec::new();
    paragraphs.push(match &report.pairs[..] {
        [] if report.outlines.is_some() => "No two countries in it share a boundary.".to_owned(),
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
    if report.outlines.is_some() && report.attributes.is_none() {
        paragraphs.push(format!(
            "No known attribute says which country a polygon belongs to. So each feature is a \
             country; of several files, each file is one. {} joins the features that have the same \
             value.",
            Setting::JoinedBy.with("NAME")
        ));
    }
    paragraphs.extend(twice(report));
    paragraphs.extend(kept_apart(report));
    if let Some(outlines) = &report.outlines {
        paragraphs.push(format!(
            "The outlines of {} are {} long. {} of that no other country has: coasts, and sides \
             of boundaries that were drawn apart, which are not bridged here.",
            some(outlines.countries, "country", "countries"),
            km(outlines.length_m, 1),
            km(outlines.alone_m, 1),
        ));
        paragraphs.extend(drawn_apart(outlines));
    }
    paragraphs.extend(report.rivers.as_ref().map(|rivers| {
        format!(
            "By chance: the mean of copies of the boundaries moved by {}, five and ten times the \
             largest distance. Only figures with the same largest distance can be compared.{}",
            rivers.map.moved(),
            if report.pairs.is_empty() { "" } else { " In the table by pair it is in brackets." },
        )
    }));
    paragraphs
}

/// The countries that come near each other without sharing a boundary there, and a hint how to
/// examine that.
fn drawn_apart(outlines: &OutlinesEntry) -> Option<String> {
    if outlines.near.is_empty() {
        return None;
    }
    let length_m: f64 = outlines.near.iter().map(|it| it.length_m).sum();
    let named = |it: &NearEntry| {
        format!("{} and {} ({})", name(&it.left), name(&it.right), km(it.length_m, 1))
    };
    let pairs: Vec<String> = outlines.near.iter().map(named).collect();
    Some(format!(
        "Some {} of outline lie within {} of another country’s without being the same, most likely \
         boundaries whose two sides were drawn apart: {}. {} lists the gaps and overlaps of two.",
        km(length_m, 1),
        distance(DrawnApart::WITHIN.value()),
        first_ten(&pairs),
        Setting::Neighbours,
    ))
}

/// How much is drawn twice, or a note that it was not looked for.
fn twice(report: &SurveyReport) -> Option<String> {
    match report.total.twice_m {
        None if report.outlines.is_some() => None,
        None => Some(
            "Whether edges are there twice was not looked for: there are more than four million."
                .to_owned(),
        ),
        Some(0.0) => None,
        Some(twice_m) => {
            let pairs = report.pairs.iter().filter_map(|pair| {
                let (left, right) = (name(&pair.left), name(&pair.right));
                Some(format!("{left} and {right} ({})", km(pair.twice_m?, 1)))
            });
            let pairs: Vec<String> = pairs.collect();
            let between = match pairs.len() {
                0 => String::new(),
                _ => format!(", between {}", first_ten(&pairs)),
            };
            Some(format!(
                "Of {} that are measured {} are drawn twice, with the same edges or within {} of \
                 each other, and counted twice{between}; without that it is {}.",
                km(report.total.length_m, 1),
                km(twice_m, 1),
                distance(ALONG_M),
                km(report.total.length_m - twice_m, 1),
            ))
        }
    }
}

/// What is not in any sum.
fn kept_apart(report: &SurveyReport) -> Option<String> {
    let apart = report.apart.iter().map(|apart| apart.features).sum::<usize>();
    if apart == 0 {
        return None;
    }
    let (length, apart) = (km(report.total.apart_m, 1), number(apart as f64, 0));
    Some(if let Some(outlines) = &report.outlines {
        let layers = match &outlines.layers[..] {
            [] => String::new(),
            layers => format!(
                " The polygons are from {} layers, {}; {} reads one of them.",
                layers.len(),
                first_ten(layers),
                Setting::Layer
            ),
        };
        format!(
            "Kept apart and in no sum of these: {length} of outline that two countries have on the \
             same side, that a third has, too, or that has no code, in {apart} stretches.{layers}",
        )
    } else {
        format!(
            "Kept apart and in no sum of these: {length} of lines that are disputed, indefinite or \
             not between two countries, in {apart} of {}.",
            count(report.features, "feature"),
        )
    })
}

fn some(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// How it was made and read, for text and page alike.
pub(super) fn method(report: &SurveyReport) -> String {
    let read: Vec<String> = report.read.for_documents().collect();
    [made(report)].into_iter().chain(read).collect::<Vec<_>>().join(" ")
}

fn made(report: &SurveyReport) -> String {
    let rivers =
        report.rivers.as_ref().map_or_else(String::new, |it| format!(" {}", it.map.method()));
    if report.outlines.is_some() {
        return of_polygons(report) + &rivers;
    }
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

/// How boundaries of polygons were made.
fn of_polygons(report: &SurveyReport) -> String {
    let countries = report.attributes.as_ref().map_or_else(String::new, |it| {
        format!("Polygons with one value of `{}` are one country. ", shortened(&it.left, 40))
    });
    format!(
        "WGS 84, edges are geodesics, at the full detail of the file; at another resolution each \
         boundary has another length. {countries}A boundary is what the outlines of two \
         countries have in common on opposite sides, to within 0.0000001°."
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

/// How much of each pair's boundary is near a river: in kilometres and, in brackets, the length by
/// chance.
fn pairs_by_rivers(report: &SurveyReport) -> Table {
    let within = report.rivers.as_ref().map_or(&[][..], |it| &it.within);
    let titles: Vec<String> =
        within.iter().map(|it| format!("within {}, km", distance(it.within_m))).collect();
    let mut columns = vec![("between", Lean::Left), ("and", Lean::Left)];
    columns.extend(titles.iter().map(|title| (title.as_str(), Lean::Right)));
    let mut table = Table::new(&columns);
    for pair in report.pairs.iter().filter(|_| !within.is_empty()) {
        let near = pair.rivers.as_ref().map_or(&[][..], |it| &it.within);
        let mut row = vec![name(&pair.left), name(&pair.right)];
        row.extend(near.iter().map(|it| {
            let [length, chance] = [it.length_m, it.chance_mean_m].map(|m| number(m / 1e3, 1));
            format!("{length} ({chance})")
        }));
        table.row(row);
    }
    table
}

/// Longer names would push the numbers away.
const LONGEST_NAME: usize = 30;

fn name(name: &str) -> String {
    shortened(name, LONGEST_NAME).into_owned()
}

/// What a boundary is made of.
const fn pieces(report: &SurveyReport) -> &'static str {
    if report.outlines.is_some() { "stretches" } else { "features" }
}

fn pairs(report: &SurveyReport) -> Table {
    let mut table = Table::new(&[
        ("between", Lean::Left),
        ("and", Lean::Left),
        ("length", Lean::Right),
        (pieces(report), Lean::Right),
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
        (pieces(report), Lean::Right),
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
