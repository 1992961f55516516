//! The positions of a file, as they are written and as their file states them.

use geo::Coord;

use super::{Identification, Stated};
use crate::geodesy::datum::WGS84;
use crate::io::{DataSet, Input, read};
use crate::line::Line;
use crate::problem::Problems;

impl Identification {
    /// Looks for the system of a file, all positions of which are expected on or near a line.
    ///
    /// # Errors
    /// As [`read`]: a file that cannot be read by the system that it states, nor as longitudes and
    /// latitudes.
    pub fn of_file(input: &Input, line: &Line) -> Result<Self, Problems> {
        let as_stated = read(input);
        let written = read(&input.clone().with_crs(Some(WGS84.to_owned())).with_operation(None));
        match (written, as_stated) {
            (Ok(written), as_stated) => {
                let stated = as_stated.ok().and_then(|data| stated(&data));
                Ok(Self::new(&positions(&written), stated, line))
            }
            // Not degrees: only what the file states can be looked at.
            (Err(_), Ok(data)) => Ok(Self::new(&[], stated(&data), line)),
            (Err(_), Err(problems)) => Err(problems.into()),
        }
    }
}

/// The positions by the system that a file states; `None` for one in WGS 84.
fn stated(data: &DataSet) -> Option<Stated> {
    let operation = data.fixes.conversions().first()?.clone();
    Some(Stated { positions: positions(data), operation })
}

fn positions(data: &DataSet) -> Vec<Coord> {
    let mut all = Vec::new();
    data.features.iter().for_each(|it| it.shape.each(&mut |at| all.push(at)));
    all
}
