//! Shapefiles (ESRI white paper, July 1998): the `.shp`, and beside it the `.dbf` with the
//! attributes, the `.prj` with the coordinate system and the `.cpg` with the encoding.
//! Records are read in the order they lie in; the index, `.shx`, is not needed for that.

use std::io::Cursor;

use geo::Coord;
use serde_json::{Map, Number, Value};
use shapefile::dbase::encoding::DynEncoding;
use shapefile::dbase::{FieldValue, ReaderBuilder, Record};
use shapefile::record::traits::HasXY;
use shapefile::{PolygonRing, Shape, ShapeReader};

use super::Collection;
use super::gather::{Gather, Raw, System};
use super::input::Loaded;
use crate::problem::{Fault, Problem, Problems};

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
    within_the_file(loaded)?;
    let table = loaded.beside("dbf")?.map(|bytes| Table::read(loaded, bytes)).transpose()?;
    let syntax =
        |error: shapefile::Error| Fault::Syntax { message: format!("not a shapefile: {error}") };
    let mut shapes = ShapeReader::new(Cursor::new(&loaded.bytes))
        .map_err(|error| loaded.problem("", syntax(error)))?;
    let mut rows = table.as_ref().map(|table| table.rows.iter());
    for shape in shapes.iter_shapes() {
        // What follows a broken record cannot be found.
        let shape = shape.map_err(|error| loaded.problem(gather.place(None), syntax(error)))?;
        let properties = match rows.as_mut().map(Iterator::next) {
            None => Map::new(),
            Some(Some(Row::Deleted)) => continue,
            Some(Some(Row::Attributes(attributes))) => attributes.clone(),
            Some(None) => {
                let found = "a shape without a record in the .dbf".to_owned();
                gather.unreadable(Fault::Geometry { found, wanted: ".dbf of as many records" })?;
                continue;
            }
        };
        match raw(shape) {
            Ok(raw) => gather.add(None, raw, properties)?,
            Err(fault) => gather.unreadable(fault)?,
        }
    }
    gather.finish(Map::new())
}

/// Whether every record lies within the file, before room is made for what it claims.
fn within_the_file(loaded: &Loaded) -> Result<(), Problem> {
    let bytes = &loaded.bytes;
    // File and records count in words of two bytes.
    let words = |at: usize| {
        let four = bytes.get(at..at + 4)?;
        let words = u32::from_be_bytes(four.try_into().ok()?);
        usize::try_from(u64::from(words) * 2).ok()
    };
    let beyond = |what: String| {
        let message = format!("not a shapefile: {what} goes on behind the end of the file");
        loaded.problem("", Fault::Syntax { message })
    };
    let length = words(24).filter(|length| *length <= bytes.len());
    let length = length.ok_or_else(|| beyond("what its header announces".to_owned()))?;
    let (mut at, mut number) = (100, 1);
    while at < length {
        let end = words(at + 4).and_then(|length| at.checked_add(8)?.checked_add(length));
        let end = end.filter(|end| *end <= bytes.len());
        at = end.ok_or_else(|| beyond(format!("record {number}")))?;
        number += 1;
    }
    Ok(())
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

/// The attributes.
struct Table {
    rows: Vec<Row>,
}

enum Row {
    Deleted,
    Attributes(Map<String, Value>),
}

impl Table {
    fn read(loaded: &Loaded, mut bytes: Vec<u8>) -> Result<Self, Problem> {
        let problem = |message: String| loaded.problem(".dbf", Fault::Syntax { message });
        let deleted = prepared(&mut bytes).ok_or_else(|| {
            problem("not a dBase table: its header and its records do not fit its size".to_owned())
        })?;
        let mut builder = ReaderBuilder::new();
        if let Some(name) = loaded.beside("cpg")? {
            let name = String::from_utf8_lossy(&name).trim().to_owned();
            // ESRI writes the bare numbers, GDAL also ISO's names.
            let known = DynEncoding::from_name(&name.replace("ISO-8859-1", "1252"));
            let unknown = || {
                let wanted = "an encoding as ESRI names it, as in UTF-8 or 1251";
                loaded.problem(".cpg", Fault::Value { field: "encoding", value: name, wanted })
            };
            builder = builder.with_encoding(known.ok_or_else(unknown)?);
        }
        let broken =
            |error: shapefile::dbase::Error| problem(format!("not a dBase table: {error}"));
        let mut reader = builder.build(Cursor::new(bytes)).map_err(broken)?;
        let names: Vec<String> =
            reader.fields().iter().map(|field| field.name().to_owned()).collect();
        let mut rows = Vec::new();
        for (record, is_deleted) in reader.iter_records().zip(deleted) {
            let mut record: Record = record.map_err(broken)?;
            // A record is a hash map; the table has an order.
            let named = |name: &String| Some((name.clone(), value(record.remove(name)?)));
            let attributes = names.iter().filter_map(named).collect();
            rows.push(if is_deleted { Row::Deleted } else { Row::Attributes(attributes) });
        }
        Ok(Self { rows })
    }
}

/// Makes a table ready for a reader that leaves deleted records out, so that shapes would
/// get their neighbours' attributes, and that holds numbers of type `F` in single
/// precision: marks of deletion are taken off and told, `F` becomes `N`, which is written
/// the same way. `None` where header and size do not agree.
fn prepared(bytes: &mut [u8]) -> Option<Vec<bool>> {
    let short =
        |at: usize| Some(usize::from(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])));
    let count = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?);
    let (count, header, record) = (usize::try_from(count).ok()?, short(8)?, short(10)?);
    if header < 33 || record == 0 || header.checked_add(count.checked_mul(record)?)? > bytes.len() {
        return None;
    }
    // Field descriptors of 32 bytes, up to a carriage return.
    for field in bytes.get_mut(32..header)?.chunks_exact_mut(32) {
        if field[0] == b'\r' {
            break;
        }
        if field[11] == b'F' {
            field[11] = b'N';
        }
    }
    let flags = bytes.get_mut(header..)?.chunks_exact_mut(record).take(count);
    Some(flags.map(|record| std::mem::replace(&mut record[0], b' ') == b'*').collect())
}

fn value(value: FieldValue) -> Value {
    match value {
        FieldValue::Character(text) => text.into(),
        FieldValue::Memo(text) => text.into(),
        FieldValue::Logical(told) => told.into(),
        FieldValue::Numeric(told) => told.map_or(Value::Null, number),
        FieldValue::Float(told) => told.map_or(Value::Null, |told| number(told.into())),
        FieldValue::Double(told) | FieldValue::Currency(told) => number(told),
        FieldValue::Integer(told) => told.into(),
        FieldValue::Date(date) => date
            .map(|date| format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()))
            .into(),
        FieldValue::DateTime(moment) => {
            let (date, time) = (moment.date(), moment.time());
            format!(
                "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
                date.year(),
                date.month(),
                date.day(),
                time.hours(),
                time.minutes(),
                time.seconds()
            )
            .into()
        }
    }
}

/// A number of a table: whole ones without a point, as they stand there.
#[allow(clippy::cast_possible_truncation, reason = "whole and small enough")]
fn number(told: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if told.fract() == 0.0 && told.abs() < EXACT {
        return Value::from(told as i64);
    }
    Number::from_f64(told).map_or(Value::Null, Value::Number)
}
