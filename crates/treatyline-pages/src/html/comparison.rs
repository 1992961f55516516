//! A comparison as one HTML file that needs nothing else: the answer, a map, the distance
//! along the line, the land that changes sides.

use askama::Template;
use treatyline::compare::Comparison;
use treatyline::internal::compare::Profile;
use treatyline::internal::report as parts;
use treatyline::internal::report::Compared;
use treatyline::internal::report::Section;
use treatyline::internal::report::Table;
use treatyline::internal::report::area;
use treatyline::internal::wording::{distance, number};
use treatyline::line::Line;

use super::block::Block;
use crate::chart::{self, Chart};
use crate::drawing::rendered;
use crate::exhibits::BINS;
use crate::map;

/// What a page on two lines shows besides their comparison.
#[derive(Debug, Clone)]
pub struct ComparisonExhibits<'a> {
    /// The old line and the new one.
    pub(crate) lines: &'a [Line; 2],
    /// The distance from the old line to the new one, along the old one.
    pub(crate) profile: Profile,
}

impl<'a> ComparisonExhibits<'a> {
    /// Gathers them: the distance is measured along the old line.
    #[must_use]
    pub fn new(comparison: &'a Comparison) -> Self {
        Self { lines: &comparison.lines, profile: comparison.profile(BINS) }
    }
}

#[derive(Template)]
#[template(path = "comparison.html")]
struct Page<'a> {
    old: &'a treatyline::internal::compare::Compared,
    new: &'a treatyline::internal::compare::Compared,
    css: String,
    script: &'static str,
    lead: Vec<String>,
    counts: Vec<[String; 2]>,
    map: Option<Chart>,
    sections: Vec<Block>,
}

/// The comparison as one HTML file.
#[must_use]
pub fn comparison_html(compared: &Compared<'_>, exhibits: &ComparisonExhibits<'_>) -> String {
    let found = compared.comparison;
    let page = Page {
        old: &found.old,
        new: &found.new,
        css: super::css(),
        script: super::SCRIPT,
        lead: lead(compared),
        counts: counts(compared),
        map: Chart::sized("map", MAP, [860.0, 350.0], |frame| {
            Some(map::overview(compared, exhibits.lines, frame))
        }),
        sections: vec![
            distances(compared, &exhibits.profile),
            land(compared),
            section(
                "The lines",
                Vec::new(),
                Some(parts::lines_table(found)),
                parts::lines_in_words(found),
            ),
        ],
    };
    rendered(&page) + "\n"
}

/// How far apart the lines are, along the old one.
pub(super) fn distances(compared: &Compared<'_>, profile: &Profile) -> Block {
    let found = compared.comparison;
    let mut paragraphs = parts::distances_in_words(found).into_iter();
    let first = paragraphs.next().into_iter().collect();
    let table = Some(parts::distances_table(found));
    let chart = Chart::both("profile", PROFILE, |frame| chart::profile(compared, profile, frame));
    section("Distance along the line", first, table, paragraphs.collect()).charted(chart)
}

/// The land that changes sides.
pub(super) fn land(compared: &Compared<'_>) -> Block {
    let found = compared.comparison;
    let mut paragraphs = parts::gains(compared);
    paragraphs.push(parts::significance(found));
    paragraphs.extend(parts::endings(found));
    let (table, after) = parts::largest_faces(compared);
    let chart = Chart::both("transfers", TRANSFERS, |frame| chart::transfers(compared, frame));
    let after = after.into_iter().collect();
    section("Land that changes sides", paragraphs, table, after).charted(chart)
}

fn section(
    title: &str,
    paragraphs: Vec<String>,
    table: Option<Table>,
    after: Vec<String>,
) -> Block {
    Block::plain(Section {
        after: after.into_iter().map(Into::into).collect(),
        ..Section::new(title, paragraphs, table)
    })
}

const MAP: &str = "The old line is dashed, the new one drawn through; simplified to half a pixel. \
                   What lies between is in the colour of the side that gains it; in grey what may \
                   be noise. Point at a place to read its area.";

const PROFILE: &str = "The greatest and the least distance of each stretch; the axis is \
                       logarithmic. The bars below mark where places that count change sides, \
                       over the same kilometres.";

const TRANSFERS: &str = "Areas on WGS 84, drawn to one scale, in the order of the line: the \
                         largest places where there are more than two dozen.";

/// Three sentences: how far apart, who gains what.
fn lead(compared: &Compared<'_>) -> Vec<String> {
    let found = compared.comparison;
    let [old, new] = [&found.hausdorff.from_old, &found.hausdorff.from_new];
    let worst = if new.distance > old.distance { new.to } else { old.from };
    let apart = format!(
        "The lines are {} apart at worst, at km {} of the old one; half of the old line is within \
         {} of the new one.",
        distance(found.hausdorff.symmetric().value()),
        number(worst.chainage.km(), 1),
        distance(found.old.distances.p50.value()),
    );
    vec![format!("{apart} {}", parts::gains(compared).join(" "))]
}

/// The most important numbers.
fn counts(compared: &Compared<'_>) -> Vec<[String; 2]> {
    let found = compared.comparison;
    let gains = found.land.gains.iter().map(|gain| {
        let gained = area(gain.significant.area);
        [gained, format!("to {}", compared.party(gain.side))]
    });
    let worst = distance(found.hausdorff.symmetric().value());
    let places = found.land.significant().count();
    gains
        .chain([
            [worst, "apart at worst".to_owned()],
            [places.to_string(), "places that count".to_owned()],
        ])
        .collect()
}
