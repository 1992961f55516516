//! CSV: a row for each pair, each country and each entry kept apart.

use super::SurveyReport;
use crate::report::course::WithinEntry;
use crate::report::rows::Rows;

const HEADER: [&str; 6] = ["of", "left", "right", "reason", "length_m", "count"];

/// The first column says what a row is about. `count` is the number of features of a pair or of an
/// entry kept apart, and the number of neighbours of a country. If rivers were given, two more
/// columns for each distance have the length of a pair within it and the length by chance; then a
/// row `all` has the sums.
pub(super) fn report(report: &SurveyReport) -> String {
    let within = report.rivers.as_ref().map_or(&[][..], |it| &it.within);
    let titles = within.iter().flat_map(|it| {
        let metres = it.within_m;
        [format!("within_{metres}_m"), format!("chance_{metres}_m")]
    });
    let mut table = Rows::new(HEADER.map(str::to_owned).into_iter().chain(titles));
    let mut row =
        |kind: &str, names: [&str; 3], length_m: f64, count: usize, near: &[WithinEntry]| {
            let [left, right, reason] = names;
            let facts = [kind, left, right, reason, &length_m.to_string(), &count.to_string()];
            let found = near.iter().flat_map(|it| [it.length_m, it.chance_mean_m]);
            let found = found.map(|metres| metres.to_string());
            let missing = 2 * (within.len() - near.len().min(within.len()));
            let empty = std::iter::repeat_n(String::new(), missing);
            table.push(facts.map(str::to_owned).into_iter().chain(found).chain(empty))
        };
    if !within.is_empty() {
        row("all", [""; 3], report.total.length_m, report.features, within);
    }
    for pair in &report.pairs {
        let near = pair.rivers.as_ref().map_or(&[][..], |it| &it.within);
        row("pair", [&pair.left, &pair.right, ""], pair.length_m, pair.features, near);
    }
    for country in &report.countries {
        row("country", [&country.code, "", ""], country.length_m, country.neighbours, &[]);
    }
    for apart in &report.apart {
        let [left, right] = [&apart.left, &apart.right].map(|code| code.as_deref().unwrap_or(""));
        row("apart", [left, right, &apart.reason], apart.length_m, apart.features, &[]);
    }
    table.into_text()
}
