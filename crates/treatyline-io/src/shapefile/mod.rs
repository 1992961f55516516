//! Shapefiles (ESRI white paper, July 1998): the `.shp`, and its companions: the `.dbf` with the
//! attributes, the `.prj` with the coordinate system and the `.cpg` with the encoding.
//! The records are found here, because the crate stops at the first one that is wrong.

mod records;
mod table;

use std::io::Cursor;

use geo::Coord;
use serde_json::Map;
use shapefile::record::traits::HasXY;
use shapefile::{PolygonRing, ReadableShape, Shape};

use super::Collection;
use super::curves::ArcGeometry;
use super::fixes::FixKind;
use super::fixes::Fixes;
use super::gather::{Gather, Raw, System};
use super::input::Loaded;
use crate::problem::{Fault, Problems};
use records::Records;
use table::{Row, Table};

pub(super) fn read(loaded: &Loaded) -> Result<Collection, Problems> {
    if !loaded.bytes.starts_with(&[0, 0, 0x27, 0x0a]) {
        let what = "another file of a shapefile, or none of one".to_owned();
        let hint = "name the file that ends in .shp";
        return Err(loaded.problem("", Fault::Foreign { what, hint }).into());
    }
    let mut gather = Gather::new(loaded);
    let system = match loaded.companion("prj")? {
        Some(text) => System::wkt(&String::from_utf8_lossy(&text)),
        None => System::Unstated,
    };
    let place = if matches!(system, System::Unreadable(_)) { ".prj" } else { "" };
    gather.system(place, &system)?;
    let mut fixes = Fixes::default();
    let table = match loaded.companion("dbf")? {
        None => None,
        Some(bytes) => match Table::read(loaded, bytes, &mut fixes)? {
            Ok(table) => Some(table),
            Err(why) => {
                table::unreadable(loaded, why, &mut fixes)?;
                None
            }
        },
    };
    let records = Records::find(loaded, &mut fixes)?;
    let mut number = 0;
    for record in records.contents(&loaded.bytes) {
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
        gather.add(None, shape(record).and_then(raw), properties)?;
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
        Shape::Multipatch(_) => return Err(Fault::ArcGeometry(ArcGeometry::MULTIPATCH)),
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
