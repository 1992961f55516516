//! CSV: a row for each distance, run, stretch and named stretch.

use super::model::CourseReport;
use crate::quantity::Metres;
use crate::report::rounding::metres;
use crate::report::rows::Rows;

const HEADER: [&str; 10] = [
    "of",
    "name",
    "from_m",
    "to_m",
    "length_m",
    "within_m",
    "chance_mean_m",
    "chance_max_m",
    "uncertain_m",
    "near_m",
];

/// The first column says what a row is: a distance of the table (`within`), a run along a
/// river (`run`), all of these with what chance gives (`all runs`), the same on the other line
/// (`carried`), or a stretch by what it follows.
pub(super) fn report(report: &CourseReport) -> String {
    let mut table = Rows::new(HEADER);
    let mut row = |kind: &str, name: &str, numbers: [Option<f64>; 8]| {
        let cells = numbers.map(|it| it.map_or_else(String::new, |it| it.to_string()));
        table.push([kind, name].map(str::to_owned).into_iter().chain(cells))
    };
    if let Some(rivers) = &report.rivers {
        for it in &rivers.within {
            let chance = [Some(it.chance_mean_m), Some(it.chance_max_m)];
            let [mean, max] = chance;
            row(
                "within",
                "",
                [None, None, Some(it.length_m), Some(it.within_m), mean, max, None, None],
            );
        }
        let within = Some(report.method.within_m);
        for it in &rivers.runs {
            let ends = [Some(it.from_m), Some(it.to_m), Some(it.length_m)];
            let [from, to, length] = ends;
            let name = it.name.as_deref().unwrap_or_default();
            let near = Some(it.near_m);
            row("run", name, [from, to, length, within, None, None, None, near]);
        }
        let all = rivers.runs_total;
        let [length, near] = [Some(all.length_m), Some(all.near_m)];
        let [mean, max] = [Some(all.chance_mean_m), Some(all.chance_max_m)];
        row("all runs", "", [None, None, length, within, mean, max, None, near]);
        for it in rivers.onto.iter().flat_map(|onto| &onto.runs) {
            let off_m = it.from_off_m.max(it.to_off_m);
            let ends = [Some(it.from_m), Some(it.to_m), Some(it.length_m)];
            let [from, to, length] = ends;
            let name = it.name.as_deref().unwrap_or_default();
            row("carried", name, [from, to, length, None, None, None, Some(off_m), None]);
        }
    }
    for it in &report.stretches {
        let length_m = metres(Metres::new(it.to_m - it.from_m));
        let ends = [Some(it.from_m), Some(it.to_m), Some(length_m)];
        let [from, to, length] = ends;
        row(it.follows, "", [from, to, length, None, None, None, None, None]);
    }
    table.into_text()
}
