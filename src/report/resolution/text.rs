//! Text for a terminal: the answer first, then the chart, then the numbers.

use std::collections::BTreeSet;

use super::characters;
use super::model::{ResolutionReport, SHOWN_SEA};
use super::published::{PublishedLength, ReachEntry, Reached};
use super::stretch::{DimensionEntry, StretchEntry};
use crate::check::Verdict;
use crate::io::Setting;
use crate::quantity::{Dimension, Interval};
use crate::report::Range;
use crate::report::sections::mark;
use crate::report::styled::StyledText;
use crate::report::table::{Lean, Table};
use crate::report::text::Page;
use crate::wording::{self, distance, km, number};

pub(super) fn report(report: &ResolutionReport) -> StyledText {
    let mut page = Page::default();
    let title = format!("{}: length and resolution", report.provenance.title);
    page.wrapped(&title, "", "");
    page.line("");
    page.heading("In short");
    page.paragraph(&in_short(report));
    let mut sentences: Vec<String> = report.published.iter().map(reached).collect();
    // A given length may be the same as a published one.
    let mut seen = BTreeSet::new();
    sentences.retain(|sentence| seen.insert(sentence.clone()));
    for sentence in &sentences {
        page.wrapped(sentence, "  ", "    ");
    }
    page.line("");
    page.heading("Length by resolution");
    for line in characters::lines(report) {
        page.line(&format!("  {line}"));
    }
    page.paragraph(&characters::key(report));
    page.line("");
    page.table(&rungs(&report.whole));
    let has_sea = report.shown.iter().any(|stretch| stretch.name == SHOWN_SEA);
    let shown = if has_sea {
        "SHOWN TO BE WATER OR SEA, AND THE REST"
    } else {
        "SHOWN TO BE WATER, AND THE REST"
    };
    for (title, stretches) in [(shown, &report.shown), ("SEGMENTS", &report.segments)] {
        if !stretches.is_empty() {
            page.line("");
            page.line(title);
            page.table(&stretches_table(stretches));
        }
    }
    page.line("");
    page.heading("Method");
    page.paragraph(
        "Simplified: Douglas–Peucker, the resolution is the tolerance. Walked: dividers of a fixed \
         opening, the last step of a part counts with its own length. Geodesics on WGS 84; segments, \
         or parts that do not join, keep their ends. Dimension: 1 less the slope of log length over \
         log resolution, ± 95 %, over seven neighbouring resolutions; of a whole stretch, where at \
         most half of its edges are left and at least ten per part.",
    );
    if !report.segments.is_empty() {
        page.paragraph(&format!(
            "The same line in a file, as {} writes it, is one part and keeps its own two ends only: \
             its lengths differ a little at fine resolutions, more at coarse ones.",
            Setting::LineLayer
        ));
    }
    page.into_text()
}

fn in_short(report: &ResolutionReport) -> String {
    let whole = &report.whole;
    let full = km(whole.length_m, 1);
    let parts = match whole.parts {
        1 => String::new(),
        parts if report.segments.is_empty() => format!(" in {parts} parts that do not join"),
        _ => String::new(),
    };
    let band = report.band.as_ref().zip(whole.band_m).map(|(band, range)| {
        let (fine_m, coarse_m) = (band.fine_m, band.coarse_m);
        format!(
            " and {} over the measurement band, simplified at {fine_m} to {coarse_m} m",
            of_range(range)
        )
    });
    format!(
        "The line measures {full} at full detail{parts}{}. {}",
        band.unwrap_or_default(),
        dimensions(whole)
    )
}

fn of_range(range: Range) -> String {
    let interval = range.low.zip(range.high).and_then(|(low, high)| Interval::new(low, high));
    interval.map_or_else(|| NONE.to_owned(), |over| wording::range(over, Dimension::Length, 1))
}

/// `Its fractal dimension is 1.103 ± 0.012 (simplified, 20 m to 1,000 m).`
fn dimensions(whole: &StretchEntry) -> String {
    let curves = [("simplified", &whole.simplified), ("walked", &whole.walked)];
    let dimensions = curves.into_iter().filter_map(|(way, curve)| {
        let found = curve.dimension?;
        let (from, to) = (distance(found.from_m), distance(found.to_m));
        Some(format!("{} ({way}, {from} to {to})", short(Some(found))))
    });
    let dimensions: Vec<String> = dimensions.collect();
    if dimensions.is_empty() {
        "It has too few edges for a fractal dimension.".to_owned()
    } else {
        format!("Its fractal dimension is {}.", wording::list(&dimensions))
    }
}

/// `1.103 ± 0.012`
fn short(dimension: Option<DimensionEntry>) -> String {
    dimension.map_or_else(
        || NONE.to_owned(),
        |found| format!("{} ± {}", number(found.value, 3), wording::ceil(found.half_width_95, 3)),
    )
}

const NONE: &str = "–";

fn reached(published: &PublishedLength) -> String {
    let what = match published.of.as_str() {
        "whole" => String::new(),
        "water" => " of water (what is shown to be water; no verdict)".to_owned(),
        "sea" => " of sea (what is shown to be sea; no verdict)".to_owned(),
        "land" => " of land (all that is not shown to be water; no verdict)".to_owned(),
        of => format!(" of {of}"),
    };
    let sign = published.band_verdict.map_or("·", mark);
    let verdict = match published.band_verdict {
        Some(Verdict::Consistent) => " is within the measurement band:",
        Some(_) => " is outside of the measurement band:",
        None => ":",
    };
    let (simplified, walked) = (published.simplified, published.walked);
    let places = if simplified.outcome == walked.outcome && simplified.resolution_m.is_none() {
        place(simplified, "")
    } else {
        let walked = place(walked, "walked with an opening of");
        format!("{}, {walked}", place(simplified, "simplified at"))
    };
    format!("{sign} {}{what}{verdict} {places}.", published.text)
}

/// `simplified at about 31 m`
fn place(reach: ReachEntry, how: &str) -> String {
    let resolution = match (reach.outcome, reach.resolution_m) {
        (Reached::Reached, Some(at_m)) => {
            format!("about {}", wording::about(at_m))
        }
        (Reached::TooShort, _) => "no resolution, it is shorter than at the coarsest".to_owned(),
        _ => "no resolution, it is longer than at the finest".to_owned(),
    };
    let how = if how.is_empty() { "reached at" } else { how };
    format!("{how} {resolution}")
}

fn rungs(whole: &StretchEntry) -> Table {
    let mut table = Table::new(&[
        ("resolution", Lean::Right),
        ("simplified", Lean::Right),
        ("edges", Lean::Right),
        ("dimension", Lean::Right),
        ("walked", Lean::Right),
        ("steps", Lean::Right),
        ("dimension", Lean::Right),
    ]);
    for (simple, walk) in whole.simplified.points.iter().zip(&whole.walked.points) {
        table.row([
            distance(simple.resolution_m),
            km(simple.length_m, 1),
            number(simple.edges as f64, 0),
            short(simple.dimension),
            km(walk.length_m, 1),
            number(walk.edges as f64, 0),
            short(walk.dimension),
        ]);
    }
    table
}

fn stretches_table(stretches: &[StretchEntry]) -> Table {
    let mut table = Table::new(&[
        ("name", Lean::Left),
        ("medium", Lean::Left),
        ("full detail", Lean::Right),
        ("over the band", Lean::Right),
        ("D simplified", Lean::Right),
        ("D walked", Lean::Right),
    ]);
    for stretch in stretches {
        table.row([
            stretch.name.clone(),
            stretch.medium.map_or_else(String::new, |medium| medium.name().to_owned()),
            km(stretch.length_m, 1),
            stretch.band_m.map_or_else(String::new, of_range),
            short(stretch.simplified.dimension),
            short(stretch.walked.dimension),
        ]);
    }
    let has_band = stretches.iter().any(|stretch| stretch.band_m.is_some());
    if has_band { table } else { table.without_empty_columns() }
}
