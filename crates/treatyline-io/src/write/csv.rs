//! CSV (RFC 4180): a row for each feature, its geometry as well-known text at the end.
//!
//! The column is called `WKT`, by which name GDAL and QGIS know it for a geometry.

use std::io::{self, Write};

use super::columns::columns;
use super::wkt::wkt;
use crate::Layer;

const GEOMETRY: &str = "WKT";

/// Writes the file.
pub(super) fn write(to: impl Write, layer: &Layer) -> io::Result<()> {
    let columns = columns(&layer.features, &[GEOMETRY]);
    let mut table = csv::Writer::from_writer(to);
    let names = columns.iter().map(|column| column.name.as_str());
    table.write_record(names.chain([GEOMETRY]))?;
    for feature in &layer.features {
        let cell = |column: &super::columns::Column| column.cell(feature);
        let cells = columns.iter().map(|column| cell(column).map(|cell| cell.text()));
        let row = cells.map(Option::unwrap_or_default).chain([wkt(&feature.shape)]);
        table.write_record(row)?;
    }
    table.flush()
}
