//! What a line follows, for a terminal: the answer first.

use super::ground::{RangeEntry, ReliefEntry, ReliefError};
use super::model::{CourseReport, OntoEntry, RiversEntry};
use super::near::{share, within_table};
use crate::report::sections::Section;
use crate::report::styled::StyledText;
use crate::report::table::{Lean, Table};
use crate::report::text::Page;
use crate::wording::{count, distance, km, list, number, shortened};

/// The report as text.
pub(super) fn report(report: &CourseReport) -> StyledText {
    let mut page = Page::default();
    page.wrapped(&format!("What {} follows", report.line.provenance.title), "", "");
    for Section { title, paragraphs, table, after, .. } in sections(report) {
        page.line("");
        page.heading(&title);
        paragraphs.iter().for_each(|words| page.phrase(words));
        if let Some(table) = table {
            page.table(&table);
        }
        after.iter().for_each(|words| page.phrase(words));
    }
    page.into_text()
}

/// Everything, for text and page alike.
pub(super) fn sections(report: &CourseReport) -> Vec<Section> {
    let mut all = vec![in_short(report)];
    if let Some(rivers) = &report.rivers {
        all.push(near(report, rivers));
        all.push(runs(rivers));
        all.extend(rivers.onto.as_ref().map(onto));
    }
    if let Some(relief) = &report.relief {
        all.push(ground(report, relief));
    }
    all.push(method(report));
    all
}

fn in_short(report: &CourseReport) -> Section {
    let line = &report.line;
    let mut words = vec![format!(
        "The line is {} long{}.",
        km(report.length_m, 1),
        match line.parts {
            1 => String::new(),
            parts =>
                format!(", in {parts} parts that do not meet; nothing is counted between them"),
        },
    )];
    if let Some(rivers) = &report.rivers {
        words.extend(within(report, rivers));
        words.push(in_runs(report, rivers));
    }
    let mut table = Table::new(&[
        ("follows", Lean::Left),
        ("length", Lean::Right),
        ("of the whole", Lean::Right),
    ]);
    for it in &report.follows {
        let words = describe(it.follows).to_owned();
        table.row([words, km(it.length_m, 1), share(it.length_m, report.length_m)]);
    }
    Section::new("In short", words, Some(table))
}

/// How much of the line is near a river, and how much would be by chance.
fn within(report: &CourseReport, rivers: &RiversEntry) -> Option<String> {
    let it = rivers.within.iter().find(|it| it.within_m == report.method.within_m)?;
    let evidence = if it.length_m > it.chance_max_m {
        ""
    } else {
        " A copy of the line that was moved aside is near rivers for as long, so this alone is no \
         evidence that the line follows any."
    };
    Some(format!(
        "{} ({}) of it are within {} of a mapped river{}; by chance it would be {}, the mean of \
         copies of the line moved by {}, {} at most.{evidence}",
        km(it.length_m, 1),
        share(it.length_m, report.length_m),
        distance(it.within_m),
        rivers.map.direction_deg.map_or("", |_| " that runs the same way"),
        km(it.chance_mean_m, 1),
        rivers.map.moved(),
        km(it.chance_max_m, 1),
    ))
}

/// The runs, and the runs by chance.
fn in_runs(report: &CourseReport, rivers: &RiversEntry) -> String {
    let all = rivers.runs_total;
    let chance = format!(
        "Copies of the line have {} of such runs in the mean, {} at most.",
        km(all.chance_mean_m, 1),
        km(all.chance_max_m, 1),
    );
    if rivers.runs.is_empty() {
        let shortest = distance(report.method.shortest_m);
        return format!("No stretch of it follows a mapped river for {shortest} or more. {chance}");
    }
    format!(
        "{} of that are in {} along a river, {} long with the gaps between ({}). {chance}",
        km(all.near_m, 1),
        count(rivers.runs.len(), "run"),
        km(all.length_m, 1),
        share(all.length_m, report.length_m),
    )
}

/// What a kind means.
pub(super) fn describe(follows: &str) -> &str {
    match follows {
        "river" => "a mapped river",
        "straight" => "nothing: a long straight edge",
        "ridge" => "a ridge",
        "valley" => "a valley without a mapped river",
        "slope" => "a slope",
        "flat" => "flat ground",
        _ => "not known",
    }
}

fn near(report: &CourseReport, rivers: &RiversEntry) -> Section {
    let table = within_table(&rivers.within, report.length_m);
    let plateau = rivers.plateau.map_or_else(
        || {
            "There is no plateau: from each distance to ten times that distance the length grows by \
             5 % or more. This does not prove that line and rivers are independent of each other."
                .to_owned()
        },
        |it| {
            format!(
                "From {} to {} the length grows from {} to {} only: a plateau, which shows that \
                 line and rivers were drawn as one where they are so near.",
                distance(it.from_within_m),
                distance(it.to_within_m),
                km(it.from_length_m, 1),
                km(it.to_length_m, 1),
            )
        },
    );
    Section { after: vec![plateau.into()], ..Section::of_table("Near a river", table) }
}

/// Longer names would push the numbers away.
const LONGEST_NAME: usize = 40;
/// The longest name before a length and five shares.
const LONGEST_NAME_OF_SIX: usize = 24;

fn name(name: Option<&str>) -> String {
    name.map_or_else(|| "no name".to_owned(), |name| shortened(name, LONGEST_NAME).into_owned())
}

fn runs(rivers: &RiversEntry) -> Section {
    let mut table = Table::new(&[
        ("from km", Lean::Right),
        ("to km", Lean::Right),
        ("length", Lean::Right),
        ("of it near", Lean::Right),
        ("river", Lean::Left),
    ]);
    for run in &rivers.runs {
        table.row([
            number(run.from_m / 1e3, 1),
            number(run.to_m / 1e3, 1),
            km(run.length_m, 1),
            km(run.near_m, 1),
            name(run.name.as_deref()),
        ]);
    }
    if rivers.runs.is_empty() {
        return Section::new("Runs along a river", vec!["There is none.".to_owned()], None);
    }
    Section {
        after: vec![beyond_chance(rivers).into()],
        ..Section::of_table("Runs along a river", table)
    }
}

/// The runs that are longer than runs by chance.
fn beyond_chance(rivers: &RiversEntry) -> String {
    let longest_m = rivers.runs_total.chance_longest_m;
    let longer = rivers.runs.iter().filter(|run| run.length_m > longest_m);
    let (longer, runs) = (longer.count(), rivers.runs.len());
    if longest_m == 0.0 {
        return "No copy of the line has a run.".to_owned();
    }
    format!(
        "The longest run of a copy of the line is {} long; {} of these {} longer.",
        km(longest_m, 1),
        match longer {
            0 => "none".to_owned(),
            all if all == runs => "all".to_owned(),
            some => number(some as f64, 0),
        },
        if longer == 1 { "is" } else { "are" },
    )
}

fn onto(onto: &OntoEntry) -> Section {
    let mut table = Table::new(&[
        ("from km", Lean::Right),
        ("to km", Lean::Right),
        ("length", Lean::Right),
        ("± at the ends", Lean::Right),
        ("apart, at most", Lean::Right),
        ("river", Lean::Left),
    ]);
    for run in &onto.runs {
        table.row([
            number(run.from_m / 1e3, 1),
            number(run.to_m / 1e3, 1),
            km(run.length_m, 1),
            format!("{}, {}", distance(run.from_off_m.round()), distance(run.to_off_m.round())),
            distance(run.most_off_m.round()),
            name(run.name.as_deref()),
        ]);
    }
    if onto.runs.is_empty() {
        let words = format!(
            "Nothing is carried over to {} ({}): along no run are the two within {} of each other \
             for long enough.",
            onto.title,
            km(onto.length_m, 1),
            distance(onto.apart_m),
        );
        return Section::new("Carried over", vec![words], None);
    }
    let words = format!(
        "The same runs on {} ({}), by nearest places, where the two are no more than {} apart: {} \
         in all. The ends are as uncertain as the lines are apart there.",
        onto.title,
        km(onto.length_m, 1),
        distance(onto.apart_m),
        km(onto.runs_m, 1),
    );
    Section::new("Carried over", vec![words], Some(table))
}

fn ground(report: &CourseReport, relief: &ReliefEntry) -> Section {
    let mut words = vec![format!(
        "Ridge {}, valley {}, slope {}, flat {}.{}",
        km(relief.ridge_m, 1),
        km(relief.valley_m, 1),
        km(relief.slope_m, 1),
        km(relief.flat_m, 1),
        match (relief.lowest_m, relief.highest_m) {
            (Some(low), Some(high)) => {
                format!(" Heights from {} m to {} m.", number(low, 0), number(high, 0))
            }
            _ => String::new(),
        },
    )];
    words.extend(not_covered(report, relief));
    words.extend(relief.error.and_then(wrong));
    let table = along(relief);
    let table = (!table.rows().is_empty()).then_some(table);
    Section::new("Relief", words, table)
}

/// How often the relief is wrong, where texts say what the line follows.
fn wrong(error: ReliefError) -> Option<String> {
    let parts = [
        (error.rivers_m, "river", error.ridge_on_rivers, "ridge"),
        (error.watersheds_m, "watershed", error.valley_on_watersheds, "valley"),
    ];
    let parts = parts.into_iter().filter_map(|(of_m, by_text, share, by_relief)| {
        let (whole, share) = (km(of_m, 1), per_cent(share?));
        Some(format!("of {whole} that they call a {by_text} {share} is called a {by_relief}"))
    });
    let parts: Vec<String> = parts.collect();
    let are_some = !parts.is_empty();
    are_some.then(|| format!("How often this is wrong, by texts: {}.", parts.join("; ")))
}

/// Whether all of each named stretch is covered.
fn is_whole(relief: &ReliefEntry) -> bool {
    relief.along.iter().all(|it| it.not_covered == 0.0)
}

/// The shares of each named stretch. If the relief does not cover all of them, one more column has
/// the covered part.
fn along(relief: &ReliefEntry) -> Table {
    let is_whole = is_whole(relief);
    let mut columns = vec![
        ("along", Lean::Left),
        ("from km", Lean::Right),
        ("length", Lean::Right),
        ("ridge", Lean::Right),
        ("valley", Lean::Right),
        ("slope", Lean::Right),
        ("flat", Lean::Right),
    ];
    columns.extend((!is_whole).then_some(("not covered", Lean::Right)));
    let mut table = Table::new(&columns);
    let longest = if is_whole { LONGEST_NAME } else { LONGEST_NAME_OF_SIX };
    for it in &relief.along {
        let mut row = vec![
            shortened(&it.name, longest).into_owned(),
            number(it.from_m / 1e3, 1),
            km(it.to_m - it.from_m, 1),
        ];
        let shares = [it.ridge, it.valley, it.slope, it.flat];
        row.extend(shares.map(|share| share.map_or_else(|| "–".to_owned(), per_cent)));
        row.extend((!is_whole).then(|| per_cent(it.not_covered)));
        table.row(row);
    }
    table
}

/// A longer list of stretches would not be read.
const MOST_STRETCHES: usize = 6;

/// The parts of the line without a height, and why.
fn not_covered(report: &CourseReport, relief: &ReliefEntry) -> Option<String> {
    if relief.not_covered.is_empty() {
        return None;
    }
    let at =
        |it: &RangeEntry| format!("{}–{}", number(it.from_m / 1e3, 1), number(it.to_m / 1e3, 1));
    let mut named: Vec<String> = relief.not_covered.iter().take(MOST_STRETCHES).map(at).collect();
    let more = relief.not_covered.len() - named.len();
    if more > 0 {
        named.push(format!("{more} more"));
    }
    let heights = &relief.heights;
    let why = [
        (heights.outside, "outside of the raster"),
        (heights.no_data, "without data"),
        (heights.absurd, "with a value that is no height on the Earth"),
    ];
    let why = why.iter().filter(|(count, _)| *count > 0);
    let why: Vec<String> =
        why.map(|(count, what)| format!("{} {what}", number(*count as f64, 0))).collect();
    Some(format!(
        "A height is missing, on the line or to a side of it, for {} ({}): km {}. Of three heights \
         at each station, {}.{}",
        km(relief.not_covered_m, 1),
        share(relief.not_covered_m, report.length_m),
        list(&named),
        list(&why),
        if is_whole(relief) { "" } else { " Shares by stretch are of the covered part." },
    ))
}

fn per_cent(share: f64) -> String {
    format!("{} %", number(100.0 * share, 1))
}

fn method(report: &CourseReport) -> Section {
    let method = &report.method;
    let mut words = vec![format!(
        "{}, read from {}, sha256 {}. Lengths on {}, edges are geodesics. An edge of {} or more \
         is straight: no river is, at the scale of such a line.",
        report.line.provenance.title,
        report.line.provenance.origin,
        report.line.provenance.sha256,
        method.ellipsoid,
        distance(method.straight_m),
    )];
    if let Some(rivers) = &report.rivers {
        words.push(format!(
            "{} A run is within {} of a river, continues over gaps of up to {} and is {} long at \
             least, of which {} % at least are within that distance; with less it is divided at \
             its longest gaps. Copies are searched for runs by the same rule.",
            rivers.map.method(),
            distance(method.within_m),
            distance(method.gap_m),
            distance(method.shortest_m),
            number(100.0 * method.least_near, 0),
        ));
    }
    if let Some(relief) = &report.relief {
        words.push(format!(
            "Relief: {}, sha256 {}. A ridge is higher than the ground {} to both sides, a valley \
             lower; where the three heights differ by no more than {} m the ground is flat. Valleys \
             narrower than a pixel or two are not seen, nor is anything in plains.",
            relief.file,
            relief.sha256,
            distance(relief.offset_m),
            number(relief.flat_within_m, 0),
        ));
    }
    words.extend(report.read.for_documents());
    Section::new("Method", words, None)
}
