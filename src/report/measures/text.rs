//! Text for a terminal: a table of the features, one of the groups, the total last.

use std::io;

use super::csv;
use super::{FeatureEntry, JoinedEntry, MeasureHead, MeasureSums, MeasureWriter, TotalEntry};
use crate::geodesy::Method;
use crate::io::Setting;
use crate::report::styled::StyledText;
use crate::report::table::{Lean, Table};
use crate::report::text::Page;
use crate::wording::{count, km, number, shortened};

/// Puts a text together.
pub struct MeasureText {
    by: Option<String>,
    algorithm: &'static str,
    /// The features that are listed.
    features: Vec<FeatureEntry>,
    /// How many features are not listed.
    unlisted: usize,
    /// Whether only the sums are wanted.
    summary: bool,
    text: StyledText,
}

/// More rows would not be read, and all their widths would have to be kept.
const MOST_ROWS: usize = 1000;

/// More gaps than these are counted only.
const MOST_GAPS: usize = 10;

/// Longer names would push the numbers beyond 100 columns.
const LONGEST_NAME: usize = 30;

impl MeasureText {
    /// With a list of features or without.
    #[must_use]
    pub fn new(head: &MeasureHead, features: bool) -> Self {
        Self {
            by: head.by.clone(),
            algorithm: head.method.algorithm,
            features: Vec::new(),
            unlisted: 0,
            summary: !features,
            text: StyledText::default(),
        }
    }

    /// The text, once the sums are in it.
    #[must_use]
    pub fn into_text(self) -> StyledText {
        self.text
    }

    fn table(&self, total: &TotalEntry) -> Table {
        let mut table = Table::new(&[
            ("feature", Lean::Left),
            ("kind", Lean::Left),
            ("length", Lean::Right),
            ("perimeter", Lean::Right),
            ("area", Lean::Right),
        ]);
        let mut file = None;
        let several = self.features.iter().any(|each| each.file != self.features[0].file);
        for each in &self.features {
            if several && file != Some(&each.file) {
                let name = shortened(&each.file, LONGEST_NAME).into_owned();
                table.row([name, String::new(), String::new(), String::new(), String::new()]);
                file = Some(&each.file);
            }
            let indent = if several { "  " } else { "" };
            table.row([
                format!("{indent}{}", shortened(&each.called(), LONGEST_NAME)),
                each.kind.to_owned(),
                each.length_m.map_or_else(String::new, length),
                each.perimeter_m.map_or_else(String::new, length),
                each.area_m2.map_or_else(String::new, area),
            ]);
        }
        let [length, perimeter, area] = total_cells(total);
        table.row(["total".to_owned(), String::new(), length, perimeter, area]);
        table.without_empty_columns()
    }

    fn groups(by: &str, sums: &MeasureSums) -> Table {
        let mut table = Table::new(&[
            (&*shortened(by, LONGEST_NAME), Lean::Left),
            ("features", Lean::Right),
            ("length", Lean::Right),
            ("perimeter", Lean::Right),
            ("area", Lean::Right),
        ]);
        let mut unlisted = 0;
        for group in &sums.groups {
            if table.rows().len() == MOST_ROWS {
                unlisted += 1;
                continue;
            }
            let name = match csv::text(&group.value) {
                name if group.value.is_null() => format!("{name}(none)"),
                name => shortened(&name, LONGEST_NAME).into_owned(),
            };
            let [length, perimeter, area] = total_cells(&group.total);
            let features = number(group.total.count as f64, 0);
            table.row([name, features, length, perimeter, area]);
        }
        if unlisted > 0 {
            let name = format!("… {} more", number(f64::from(unlisted), 0));
            table.row([name, String::new(), String::new(), String::new(), String::new()]);
        }
        table.without_empty_columns()
    }
}

fn total_cells(total: &TotalEntry) -> [String; 3] {
    [
        unless_zero(total.length_m, length),
        unless_zero(total.perimeter_m, length),
        unless_zero(total.area_m2, area),
    ]
}

fn unless_zero(value: f64, text: impl Fn(f64) -> String) -> String {
    if value == 0.0 { String::new() } else { text(value) }
}

impl MeasureWriter for MeasureText {
    fn feature(&mut self, feature: FeatureEntry) -> io::Result<()> {
        if self.features.len() < MOST_ROWS && !self.summary {
            self.features.push(feature);
        } else {
            self.unlisted += 1;
        }
        Ok(())
    }

    fn sums(&mut self, sums: MeasureSums) -> io::Result<()> {
        let mut page = Page::default();
        if let Some(line) = sums.line.as_ref().filter(|line| line.is_nothing) {
            page.wrapped(&nothing(line), "", "");
            self.text = page.into_text();
            return Ok(());
        }
        if let Some(by) = &self.by {
            page.table(&Self::groups(by, &sums));
            page.line("");
        }
        page.table(&self.table(&sums.total));
        if self.unlisted > 0 && !self.summary {
            page.paragraph(&format!(
                "{} more are not listed here; {} list all.",
                count(self.unlisted, "feature"),
                Setting::Format.with("csv and json"),
            ));
        }
        if let Some(line) = &sums.line {
            joined(&mut page, line);
        }
        let clockwise = sums.total.clockwise_rings;
        if clockwise > 0 {
            let verb = if clockwise == 1 { "runs" } else { "run" };
            page.paragraph(&format!(
                "{} {verb} clockwise, against RFC 7946; the area is that inside all the same.",
                count(clockwise, "outer ring"),
            ));
        }
        page.paragraph(&format!(
            "WGS 84, edges are geodesics, measured by {}.",
            if self.algorithm == Method::Karney.name() {
                "Karney's method"
            } else {
                "the series and Karney's method"
            },
        ));
        self.text = page.into_text();
        Ok(())
    }
}

/// The sentence that there is no line to put together, with the way out.
fn nothing(line: &JoinedEntry) -> String {
    format!(
        "The two polygons share no boundary, to within {}°, so there is nothing to measure: take \
         both from one data set, widen the tolerance with {}, or list the gaps and overlaps between them \
         with {}.",
        line.snapping_deg,
        Setting::Tolerance,
        Setting::Neighbours
    )
}

/// The facts of a line that was put together.
fn joined(page: &mut Page, line: &JoinedEntry) {
    if let Some(title) = &line.title {
        page.paragraph(&format!("The line: {}.", shortened(title, 200)));
    }
    if line.gaps.is_empty() {
        page.paragraph("Its parts join end to end.");
        return;
    }
    page.paragraph(&format!(
        "{} between its parts, not counted in its length; with them bridged it measures {}:",
        count(line.gaps.len(), "gap"),
        km(line.bridged_m, 3),
    ));
    let mut table = Table::new(&[("from", Lean::Left), ("wide", Lean::Right)]);
    for gap in line.gaps.iter().take(MOST_GAPS) {
        table.row([format!("({:.7}, {:.7})", gap.lon, gap.lat), length(gap.width_m)]);
    }
    if let Some(more) = line.gaps.len().checked_sub(MOST_GAPS).filter(|more| *more > 0) {
        table.row([format!("and {} more", number(more as f64, 0)), String::new()]);
    }
    page.table(&table);
}

/// Rounded to a metre.
fn length(metres: f64) -> String {
    km(metres, 3)
}

/// Rounded to a hundredth of a hectare.
fn area(square_metres: f64) -> String {
    format!("{} km²", number(square_metres / 1e6, 4))
}
