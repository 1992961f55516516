//! A table of points as treaties print them: latitude and longitude, northing and easting, or both.

#[cfg(feature = "wkt")]
use serde_json::{Map, Value};

use crate::printed::Rounded;
use crate::{Input, problem::Problems};

/// Points as they are printed, each number with its rounding.
#[derive(Debug, Clone)]
pub struct PrintedTable {
    /// The points in the order of the table.
    pub rows: Vec<PrintedRow>,
    /// Whether its columns say which of two numbers in metres is the northing: `northing` does, `x`
    /// does not.
    pub names_northings: bool,
}

/// A printed point.
#[derive(Debug, Clone)]
pub struct PrintedRow {
    /// Its name, or the number of its row.
    pub name: String,
    /// Latitude and longitude in degrees.
    pub degrees: Option<[Rounded; 2]>,
    /// What is called x, or easting, and what is called y, or northing, in metres.
    pub plane: Option<[Rounded; 2]>,
    /// The denominator of the scale of the map that it was read off.
    pub map_scale: Option<f64>,
}

impl PrintedTable {
    /// Whether some point has both latitude and longitude and northing and easting.
    #[must_use]
    pub fn has_both(&self) -> bool {
        self.rows.iter().any(|row| row.degrees.is_some() && row.plane.is_some())
    }

    /// Whether some point has northing and easting.
    #[must_use]
    pub fn has_plane(&self) -> bool {
        self.rows.iter().any(|row| row.plane.is_some())
    }

    /// Reads a table; `None` for a file that is no table with coordinates in columns.
    ///
    /// # Errors
    /// A file that cannot be read, and every coordinate that cannot.
    #[cfg(feature = "wkt")]
    pub fn read(input: &Input) -> Result<Option<Self>, Problems> {
        reading::read(input)
    }

    /// The same in a build that reads no tables.
    ///
    /// # Errors
    /// Never.
    #[cfg(not(feature = "wkt"))]
    pub const fn read(_: &Input) -> Result<Option<Self>, Problems> {
        Ok(None)
    }
}

#[cfg(feature = "wkt")]
mod reading {
    use super::{Map, PrintedRow, PrintedTable, Value};
    use crate::csv::columns::{Place, PrintedColumns, Two};
    use crate::csv::table::Table;
    use crate::fixes::Fixes;
    use crate::printed::{Coordinate, PrintedFault, angle, metres};
    use crate::problem::{Fault, Problem, Problems};
    use crate::{Condition, Format, Input, foreign};

    pub(super) fn read(input: &Input) -> Result<Option<PrintedTable>, Problems> {
        let loaded = input.load()?;
        let is_table = foreign::fault(&loaded.bytes, &input.name).is_none()
            && Format::recognise(&loaded.bytes, &input.name) == Format::Csv;
        if !is_table {
            return Ok(None);
        }
        // What is guessed of the encoding is reported where the features are read.
        let table = Table::new(&loaded, &mut Fixes::default())?;
        if !matches!(table.header.place, Place::Two(_)) {
            return Ok(None);
        }
        let mut reader = table.reader();
        let names = table.names(&mut reader)?;
        let columns = PrintedColumns::new(&names);
        let (mut rows, mut problems): (Vec<PrintedRow>, Vec<Problem>) = (Vec::new(), Vec::new());
        for (number, row) in reader.byte_records().enumerate() {
            let row = row.map_err(|error| table.broken(&error))?;
            let cells: Vec<String> =
                row.iter().map(|cell| table.text(cell).trim().to_owned()).collect();
            let properties: Map<String, Value> =
                names.iter().cloned().zip(cells.iter().map(|cell| cell.clone().into())).collect();
            if !Condition::all_hold(&input.conditions, &properties) {
                continue;
            }
            match columns.point(number + 1, &cells) {
                Ok(row) => rows.push(row),
                Err(fault) => {
                    problems.push(loaded.problem(format!("feature {}", number + 1), fault));
                }
            }
        }
        let names_northings = columns.plane.is_some_and(|(_, is_named)| is_named);
        Problems::none_or(problems, Some(PrintedTable { rows, names_northings }))
    }

    /// The denominator of a scale, as in `50 000`.
    fn scale(text: &str) -> Result<f64, Fault> {
        let scale = metres(text).ok().map(|it| it.value).filter(|it| (1.0..=1e9).contains(it));
        scale.ok_or_else(|| Fault::Syntax {
            message: format!("`{text}` is no denominator of the scale of a map, as in 50000"),
        })
    }

    impl PrintedColumns {
        fn point(&self, number: usize, cells: &[String]) -> Result<PrintedRow, Fault> {
            let cell = |at: usize| cells.get(at).map_or("", String::as_str);
            let name = self.name.map(cell).filter(|name| !name.is_empty());
            let degrees = |Two { east, north, .. }: Two| {
                let lat = angle(cell(north), Coordinate::Latitude)?.deg;
                Ok::<_, PrintedFault>([lat, angle(cell(east), Coordinate::Longitude)?.deg])
            };
            let plane = |Two { east, north, .. }: Two| {
                Ok::<_, PrintedFault>([metres(cell(east))?, metres(cell(north))?])
            };
            let is_there = |two: &Two| !(cell(two.east).is_empty() && cell(two.north).is_empty());
            let map_scale = self.map_scale.map(cell).filter(|scale| !scale.is_empty());
            let mut row = PrintedRow {
                name: name.map_or_else(|| format!("row {number}"), str::to_owned),
                degrees: self.degrees.filter(is_there).map(degrees).transpose()?,
                plane: self.plane.map(|(two, _)| two).filter(is_there).map(plane).transpose()?,
                map_scale: map_scale.map(scale).transpose()?,
            };
            // Columns x and y hold degrees as well; no grid begins so near to its lines.
            if let (None, Some([x, y])) = (row.degrees, row.plane)
                && [x, y].iter().all(|it| it.value.abs() <= 360.0)
            {
                (row.degrees, row.plane) = (Some([y, x]), None);
            }
            Ok(row)
        }
    }
}
