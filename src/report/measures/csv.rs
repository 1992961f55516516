//! CSV: a row for each feature, each group and the total.

use std::io::{self, Write};

use serde_json::Value;

use super::{FeatureEntry, MeasureSums, MeasureWriter, TotalEntry};

const HEADER: [&str; 11] = [
    "of",
    "file",
    "number",
    "id",
    "name",
    "kind",
    "group",
    "count",
    "length_m",
    "perimeter_m",
    "area_m2",
];

/// Writes rows (RFC 4180). The first column says whether a row is of a `feature`, a
/// `group` or the `total`.
#[derive(Debug)]
pub struct MeasureCsv<W: Write> {
    table: ::csv::Writer<W>,
}

impl<W: Write> MeasureCsv<W> {
    /// Begins with the names of the columns.
    ///
    /// # Errors
    /// Those of the output.
    pub fn new(to: W) -> io::Result<Self> {
        let mut table = ::csv::Writer::from_writer(to);
        table.write_record(HEADER)?;
        Ok(Self { table })
    }

    fn sum(&mut self, row: &str, group: String, total: &TotalEntry) -> io::Result<()> {
        let [number, name, id, kind, file] = [const { String::new() }; 5];
        self.table.write_record([
            row.to_owned(),
            file,
            number,
            id,
            name,
            kind,
            group,
            total.count.to_string(),
            total.length_m.to_string(),
            total.perimeter_m.to_string(),
            total.area_m2.to_string(),
        ])?;
        Ok(())
    }
}

impl<W: Write> MeasureWriter for MeasureCsv<W> {
    fn feature(&mut self, feature: FeatureEntry) -> io::Result<()> {
        let cell = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
        self.table.write_record([
            "feature".to_owned(),
            feature.file,
            feature.number.to_string(),
            feature.id.unwrap_or_default(),
            feature.name.unwrap_or_default(),
            feature.kind.to_owned(),
            feature.group.as_ref().map_or_else(String::new, text),
            "1".to_owned(),
            cell(feature.length_m),
            cell(feature.perimeter_m),
            cell(feature.area_m2),
        ])?;
        Ok(())
    }

    fn sums(&mut self, sums: MeasureSums) -> io::Result<()> {
        for group in &sums.groups {
            self.sum("group", text(&group.value), &group.total)?;
        }
        self.sum("total", String::new(), &sums.total)?;
        self.table.flush()
    }
}

/// A value as a cell: a text without quotes, an empty cell for null.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
