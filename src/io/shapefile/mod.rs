//! Shapefiles (ESRI white paper, July 1998): the `.shp`, and beside it the `.dbf` with the
//! attributes, the `.prj` with the coordinate system and the `.cpg` with the encoding.
//! Records are read in the order they lie in; the index, `.shx`, is not needed for that.
//! Found here record by record, for the crate stops at the first that is wrong.

mod table;

use std::io::Cursor;

use geo::Coord;
use serde_json::Map;
use shapefile::record::traits::HasXY;
use shapefile::{PolygonRing, ReadableShape, Shape};

use super::Collection;
use super::fixes::{FixKind, Fixes};
use super::gather::{Gather, Raw, System};
use super::input::Loaded;
use crate::problem::{Fault, Problem, Problems};
use table::{Row, Table};

/// The bytes of a header, of the file or of a record.
const HEADER: usize = 100;
const RECORD_HEADER: usize = 8;

pub(super) fn read(loaded: &Loaded) -> Result<Collection, Problems> {
    if !loaded.bytes.starts_with(&[0, 0, 0x27, 0x0a]) {
        let found = "another file of a shapefile, or none of one".to_owned();
        let wanted = "file that ends in .shp";
        return Err(loaded.problem("", Fault::Geometry { found, wanted }).into());
    }
    let mut gather = Gather::new(loaded);
    let system = match loaded.beside("prj")? {
        Some(text) => System::wkt(&String::from_utf8_lossy(&text)),
        None => System::Unstated,
    };
    gather.system("", &system)?;
    let mut fixes = Fixes::default();
    let table = match loaded.beside("dbf")? {
        None => None,
        Some(bytes) => match Table::read(loaded, bytes, &mut fixes)? {
            Ok(table) => Some(table),
            Err(why) => {
                table::unreadable(loaded, why, &mut fixes)?;
                None
            }
        },
    };
    let mut records = Records::new(loaded)?;
    let mut number = 0;
    while let Some(record) = records.next(&mut fixes)? {
        let place = gather.place(None);
        let row = table.as_ref().map(|table| table.row(number, &place, &mut fixes));
        number += 1;
        let properties = match row {
            None => Map::new(),
            Some(Some(Row::Deleted)) => {
                fixes.add(FixKind::RecordDeleted, format!("record {number}"), None);
                continue;
            }
            Some(Some(Row::Attributes(attributes))) => attributes,
            Some(None) => {
                fixes.add(FixKind::RecordMissing, place, None);
                Map::new()
            }
        };
        match shape(record).and_then(raw) {
            Ok(raw) => gather.add(None, raw, properties)?,
            Err(fault) => gather.unreadable(fault)?,
        }
    }
    for missing in number..table.as_ref().map_or(number, Table::len) {
        fixes.add(FixKind::ShapeMissing, format!("record {}", missing + 1), None);
    }
    gather.fix_all(fixes);
    gather.finish(Map::new())
}

fn shape(content: &[u8]) -> Result<Shape, Fault> {
    let size = i32::try_from(content.len()).unwrap_or(i32::MAX);
    Shape::read_from(&mut Cursor::new(content), size).map_err(|error| {
        let what = match error {
            shapefile::Error::InvalidShapeType(code) => format!("no shape has the type {code}"),
            shapefile::Error::InvalidPatchType(code) => format!("no patch has the type {code}"),
            _ => "its points or parts are not as many as it states".to_owned(),
        };
        Fault::Syntax { message: format!("not a shapefile: {what}") }
    })
}

/// The records of a `.shp`, one after the other.
struct Records<'a> {
    loaded: &'a Loaded,
    at: usize,
    number: usize,
    /// Where they end by the header.
    stated_end: usize,
}

impl<'a> Records<'a> {
    fn new(loaded: &'a Loaded) -> Result<Self, Problem> {
        let broken = |what: &str| {
            loaded.problem("", Fault::BreaksOff { what: format!("shapefile: {what}") })
        };
        if loaded.bytes.len() < HEADER {
            return Err(broken("it ends in its header"));
        }
        let stated_end = words(&loaded.bytes, 24).unwrap_or(0);
        if stated_end > loaded.bytes.len() {
            return Err(broken("it ends before what its header announces"));
        }
        Ok(Self { loaded, at: HEADER, number: 0, stated_end })
    }

    /// The content of the next record.
    fn next(&mut self, fixes: &mut Fixes) -> Result<Option<&'a [u8]>, Problem> {
        let bytes = &self.loaded.bytes;
        if self.at >= bytes.len() || (self.at >= self.stated_end && !self.goes_on()) {
            return Ok(None);
        }
        self.number += 1;
        let place = format!("record {}", self.number);
        if self.at >= self.stated_end {
            fixes.add(FixKind::BehindHeader, &place, None);
        }
        let from = self.at + RECORD_HEADER;
        let mut length = words(bytes, self.at + 4).unwrap_or(usize::MAX);
        if bytes.get(from..from + 4) == Some(&[0; 4]) && length != 4 {
            // A null shape is its type and no more, whatever length is stated: if that does not
            // lead to the next record and four bytes do, it is wrong.
            let leads = |length: usize| {
                let next = from.saturating_add(length);
                next == bytes.len() || self.is_record(next, self.number + 1)
            };
            if !leads(length) && leads(4) {
                fixes.add(FixKind::RecordLength, &place, None);
                length = 4;
            }
        }
        let content = from.checked_add(length).and_then(|end| bytes.get(from..end));
        let content = content.ok_or_else(|| {
            let what = format!("shapefile: {place} goes on behind the end of the file");
            self.loaded.problem("", Fault::BreaksOff { what })
        })?;
        self.at = from + length;
        Ok(Some(content))
    }

    /// Whether what lies behind the end that the header states is the next record.
    fn goes_on(&self) -> bool {
        self.is_record(self.at, self.number + 1)
    }

    fn is_record(&self, at: usize, number: usize) -> bool {
        let four = self.loaded.bytes.get(at..at.saturating_add(4));
        let stated = four.and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
        stated.is_some_and(|stated| stated as usize == number)
    }
}

/// A length, which is counted in words of two bytes.
fn words(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(u64::from(u32::from_be_bytes(four)) * 2).ok()
}

fn raw(shape: Shape) -> Result<Raw, Fault> {
    Ok(match shape {
        Shape::NullShape => Raw::None,
        Shape::Point(point) => Raw::Point(coord(&point)),
        Shape::PointM(point) => Raw::Point(coord(&point)),
        Shape::PointZ(point) => Raw::Point(coord(&point)),
        Shape::Multipoint(points) => Raw::Points(path(points.points())),
        Shape::MultipointM(points) => Raw::Points(path(points.points())),
        Shape::MultipointZ(points) => Raw::Points(path(points.points())),
        Shape::Polyline(lines) => Raw::Lines(lines.parts().iter().map(|p| path(p)).collect()),
        Shape::PolylineM(lines) => Raw::Lines(lines.parts().iter().map(|p| path(p)).collect()),
        Shape::PolylineZ(lines) => Raw::Lines(lines.parts().iter().map(|p| path(p)).collect()),
        Shape::Polygon(area) => rings(area.rings()),
        Shape::PolygonM(area) => rings(area.rings()),
        Shape::PolygonZ(area) => rings(area.rings()),
        Shape::Multipatch(_) => {
            let found = "a MultiPatch".to_owned();
            return Err(Fault::Geometry { found, wanted: "LineString or Polygon" });
        }
    })
}

fn coord(point: &impl HasXY) -> Coord {
    Coord { x: point.x(), y: point.y() }
}

fn path(points: &[impl HasXY]) -> Vec<Coord> {
    points.iter().map(coord).collect()
}

fn rings<P: HasXY>(rings: &[PolygonRing<P>]) -> Raw {
    Raw::Rings(rings.iter().map(|ring| path(ring.points())).collect())
}
