//! CSV: a row for each pair, each country and each entry kept apart.

use super::SurveyReport;

const HEADER: [&str; 6] = ["of", "left", "right", "reason", "length_m", "count"];

/// The first column says what a row is of; the last counts the features of a pair or of
/// what is kept apart, and the neighbours of a country.
pub(super) fn report(report: &SurveyReport) -> Result<String, ::csv::Error> {
    let mut table = ::csv::Writer::from_writer(Vec::new());
    table.write_record(HEADER)?;
    let mut row = |of: &str, names: [&str; 3], length_m: f64, count: usize| {
        let [left, right, reason] = names;
        table.write_record([of, left, right, reason, &length_m.to_string(), &count.to_string()])
    };
    for pair in &report.pairs {
        row("pair", [&pair.left, &pair.right, ""], pair.length_m, pair.features)?;
    }
    for country in &report.countries {
        row("country", [&country.code, "", ""], country.length_m, country.neighbours)?;
    }
    for apart in &report.apart {
        let [left, right] = [&apart.left, &apart.right].map(|code| code.as_deref().unwrap_or(""));
        row("apart", [left, right, &apart.reason], apart.length_m, apart.features)?;
    }
    let bytes = table.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
