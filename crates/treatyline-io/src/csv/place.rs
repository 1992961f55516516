//! The place of a row: numbers, or coordinates as they are printed.

use geo::Coord;
use treatyline_crs::internal::{Converter, Transformation};

use crate::fixes::FixKind;
use crate::gather::{Gather, Raw, System};
use crate::printed::{Coordinate, PrintedFault, angle, grid_reference, metres, pair, zone_of};
use crate::problem::Fault;

/// No northing is larger, in metres: from the equator to the pole it is less on any ellipsoid.
const MOST_NORTHING_M: f64 = 10_010_000.0;

/// The place of two cells: longitude and latitude, or easting and northing.
pub(super) fn two(
    east: &str,
    north: &str,
    is_plane: bool,
    gather: &mut Gather<'_>,
) -> Result<Raw, Fault> {
    if east.is_empty() && north.is_empty() {
        return Ok(Raw::None);
    }
    let x = number(east, Coordinate::Longitude, is_plane)?;
    let y = number(north, Coordinate::Latitude, is_plane)?;
    if is_plane
        && let Some(zone) = zone_of(y).filter(|_| y > MOST_NORTHING_M && x.abs() <= MOST_NORTHING_M)
    {
        let place = gather.place(None);
        gather.fix(FixKind::NorthingFirst, place, Some(format!("zone {zone}")));
        return Ok(Raw::Point(Coord { x: y, y: x }));
    }
    Ok(Raw::Point(Coord { x, y }))
}

/// A number as programs write it, an angle, or metres.
fn number(text: &str, wanted: Coordinate, is_plane: bool) -> Result<f64, PrintedFault> {
    if let Ok(number) = text.parse() {
        return Ok(number);
    }
    if !is_plane {
        return angle(text, wanted).map(|angle| angle.deg.value);
    }
    match (metres(text), angle(text, wanted)) {
        (Ok(metres), _) => Ok(metres.value),
        (_, Ok(angle)) => Ok(angle.deg.value),
        (Err(fault), Err(PrintedFault::NoAngle { .. })) => Err(fault),
        (_, Err(fault)) => Err(fault),
    }
}

/// The place of a cell with both coordinates.
pub(super) fn both(text: &str, is_lon_first: bool) -> Result<Raw, Fault> {
    if text.is_empty() {
        return Ok(Raw::None);
    }
    let first = if is_lon_first { Coordinate::Longitude } else { Coordinate::Latitude };
    let [lat, lon] = pair(text, first)?;
    Ok(Raw::Point(Coord { x: lon.deg.value, y: lat.deg.value }))
}

/// The zones of UTM on WGS 84 that a table has references in, each opened once.
#[derive(Default)]
pub(super) struct Grids(Vec<(u32, Converter)>);

impl Grids {
    /// The place of a reference of UTM or MGRS.
    pub(super) fn point(&mut self, text: &str, gather: &mut Gather<'_>) -> Result<Raw, Fault> {
        if text.is_empty() {
            return Ok(Raw::None);
        }
        if gather.is_system_given() {
            let what = "a table of references of UTM or MGRS, which are read on WGS 84 only";
            let hint = "convert them first, or give easting and northing a column each";
            return Err(Fault::Foreign { what: what.to_owned(), hint });
        }
        let found = grid_reference(text)?;
        let at = Coord { x: found.easting.value, y: found.northing.value };
        let converter = self.zone(found.epsg(), gather)?;
        converter.convert(at).map(Raw::Point).map_err(Fault::Transformation)
    }

    fn zone(&mut self, epsg: u32, gather: &mut Gather<'_>) -> Result<&Converter, Fault> {
        let at = match self.0.iter().position(|(known, _)| *known == epsg) {
            Some(at) => at,
            None => {
                let system = System::epsg(epsg);
                let refused = |error| system.fault(error);
                let chosen = Transformation::choose(&format!("EPSG:{epsg}"), &[], None);
                let chosen = chosen.map_err(refused)?;
                self.0.push((epsg, chosen.open().map_err(refused)?));
                gather.fixes().converted(chosen.chosen().clone());
                self.0.len() - 1
            }
        };
        Ok(&self.0[at].1)
    }
}
