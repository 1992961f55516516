//! A chart drawn in characters.

use super::model::ResolutionReport;
use super::published::PublishedLength;
use super::stretch::CurveEntry;
use crate::report::ticks::{extent, log_ticks as ticks};
use crate::wording::{distance, number};

/// Rows of the field the curves are drawn in; odd, so that there is one in the middle.
const ROWS: usize = 17;
/// Columns to a decade of resolution: six rungs, three columns apart.
const COLUMNS_PER_DECADE: f64 = 18.0;
/// The most columns that fit into a line of 100 columns.
const MOST_COLUMNS: usize = 84;

/// What the signs of the chart mean.
pub(super) fn key(report: &ResolutionReport) -> String {
    let mut key = "o simplified, x walked with dividers, * both; axes are logarithmic".to_owned();
    if report.band.is_some() {
        key.push_str("; : ends of the measurement band");
    }
    if whole(report).next().is_some() {
        key.push_str("; - published lengths of the whole line");
    }
    key
}

/// The published and given lengths of the whole line.
fn whole(report: &ResolutionReport) -> impl Iterator<Item = &PublishedLength> {
    report.published.iter().filter(|each| each.of == report.whole.name)
}

/// The lines of the chart: both curves of the whole line, length in kilometres over resolution;
/// empty where there is nothing to draw.
pub(super) fn lines(report: &ResolutionReport) -> Vec<String> {
    let curves = [(&report.whole.simplified, 'o'), (&report.whole.walked, 'x')];
    let Some(field) = Field::around(&curves.map(|(curve, _)| curve)) else {
        return Vec::new();
    };
    let mut canvas = vec![vec![' '; field.columns]; ROWS];
    for column in
        report.band.iter().flat_map(|b| [b.fine_m, b.coarse_m]).filter_map(|m| field.column(m))
    {
        canvas.iter_mut().for_each(|row| row[column] = ':');
    }
    for row in whole(report).filter_map(|each| field.row(each.length_m)) {
        canvas[row].fill('-');
    }
    for (curve, sign) in curves {
        for point in &curve.points {
            let place = field.row(point.length_m).zip(field.column(point.resolution_m));
            let Some((row, column)) = place else { continue };
            let cell = &mut canvas[row][column];
            *cell = if matches!(*cell, 'o' | 'x') && *cell != sign { '*' } else { sign };
        }
    }
    field.framed(&canvas)
}

/// The logarithmic ranges of the two axes, and how many columns there are.
struct Field {
    resolutions_m: (f64, f64),
    lengths_m: (f64, f64),
    columns: usize,
}

impl Field {
    fn around(curves: &[&CurveEntry]) -> Option<Self> {
        let points = || curves.iter().flat_map(|curve| &curve.points);
        let resolutions_m = extent(points().map(|point| point.resolution_m))?;
        let (shortest, longest) = extent(points().map(|point| point.length_m))?;
        let drawable = resolutions_m.0 < resolutions_m.1;
        let decades = (resolutions_m.1 / resolutions_m.0).log10();
        let columns = (decades * COLUMNS_PER_DECADE).min(MOST_COLUMNS as f64 - 1.0);
        // A flat curve gets 10 % of space on each side, so that it is in the middle.
        let widened = if longest / shortest < 1.02 { 1.1 } else { 1.0 };
        drawable.then(|| Self {
            resolutions_m,
            lengths_m: (shortest / widened, longest * widened),
            // Between 0 and MOST_COLUMNS.
            columns: columns.round().max(1.0) as usize + 1,
        })
    }

    fn column(&self, resolution_m: f64) -> Option<usize> {
        step(resolution_m, self.resolutions_m, self.columns)
    }

    /// The row, counted from the top.
    fn row(&self, length_m: f64) -> Option<usize> {
        step(length_m, self.lengths_m, ROWS).map(|up| ROWS - 1 - up)
    }

    /// Round lengths, each in the row it belongs to.
    fn labels(&self) -> Vec<String> {
        let mut labels = vec![String::new(); ROWS];
        for tick in ticks(self.lengths_m.0 / 1e3, self.lengths_m.1 / 1e3) {
            let row = self.row(tick * 1e3).and_then(|row| labels.get_mut(row));
            if let Some(label) = row {
                let decimals = (0..4_u8).find(|d| is_whole(tick * 10_f64.powi((*d).into())));
                *label = number(tick, decimals.unwrap_or(4).into());
            }
        }
        labels
    }

    /// The canvas with its axes: lengths on the left, resolutions below.
    fn framed(&self, canvas: &[Vec<char>]) -> Vec<String> {
        let labels = self.labels();
        let width = labels.iter().map(String::len).max().unwrap_or(0).max(UNIT.len());
        let mut lines = vec![format!("{UNIT:>width$}")];
        lines.extend(labels.iter().zip(canvas).map(|(label, row)| {
            let tick = if label.is_empty() { '│' } else { '┤' };
            let drawn: String = row.iter().collect();
            format!("{label:>width$} {tick}{drawn}").trim_end().to_owned()
        }));
        let [axis, below] = self.resolutions();
        let pad = " ".repeat(width + 1);
        lines.extend([format!("{pad}└{axis}"), format!("{pad}{below}")]);
        lines
    }

    /// The axis below, and round resolutions under it.
    fn resolutions(&self) -> [String; 2] {
        let mut axis = vec!['─'; self.columns];
        let mut below = String::new();
        for tick in ticks(self.resolutions_m.0, self.resolutions_m.1) {
            let Some(column) = self.column(tick) else { continue };
            axis[column] = '┴';
            let label = distance(tick);
            // The axis begins one column further right, behind its corner.
            let begin = (column + 1).saturating_sub(label.chars().count() / 2);
            let used = below.chars().count();
            if used == 0 || begin > used {
                below.push_str(&" ".repeat(begin.saturating_sub(used)));
                below.push_str(&label);
            }
        }
        [axis.into_iter().collect(), below]
    }
}

/// The unit in which lengths are shown.
const UNIT: &str = "km";

/// Whether a number is whole, up to rounding.
fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-6
}

/// Where a value falls on a logarithmic range of `steps` steps; `None` outside.
fn step(value: f64, (low, high): (f64, f64), steps: usize) -> Option<usize> {
    let share = (value / low).ln() / (high / low).ln();
    // Between 0 and steps − 1.
    (0.0..=1.0).contains(&share).then(|| (share * (steps - 1) as f64).round() as usize)
}
