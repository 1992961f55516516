//! FlatGeobuf, version 3 (flatgeobuf.org).
//!
//! Only the crate's tables are used. Its reader is not: it allocates whatever size a feature
//! claims to have, and reads attributes beyond the end of their bytes. Everything is
//! verified as a FlatBuffer before it is touched.

use flatgeobuf::{
    Column, ColumnType, Geometry, GeometryType, Header, size_prefixed_root_as_feature,
    size_prefixed_root_as_header,
};
use geo::Coord;
use serde_json::{Map, Number, Value};

use super::Collection;
use super::curves::ArcGeometry;
use super::gather::{Gather, Raw, System};
use super::input::Loaded;
use crate::problem::{Fault, Problem, Problems};

/// What one node of the spatial index takes: a box of four doubles and an offset.
const NODE_BYTES: u64 = 40;
/// Collections nested deeper than this are refused.
const DEEPEST: usize = 32;

pub(super) fn read(loaded: &Loaded) -> Result<Collection, Problems> {
    let broken = |message: &str| -> Problem {
        loaded.problem("", Fault::Syntax { message: format!("not a FlatGeobuf: {message}") })
    };
    let bytes = loaded.bytes.as_slice();
    // The fourth byte is the major version, the last one a patch that does not matter.
    if !bytes.starts_with(b"fgb\x03fgb") {
        let what = match bytes.get(3) {
            Some(version @ 0..=9) => format!("a FlatGeobuf of version {version}; 3 is read"),
            _ => "no FlatGeobuf, although its name or its beginning says so".to_owned(),
        };
        let hint = "ask for it in version 3, or in another format";
        return Err(loaded.problem("", Fault::Foreign { what, hint }).into());
    }
    let mut rest = bytes.get(8..).unwrap_or_default();
    let header = next(&mut rest).ok_or_else(|| broken("it breaks off in its header"))?;
    let header =
        size_prefixed_root_as_header(&header).map_err(|_| broken("its header is damaged"))?;
    let mut gather = Gather::new(loaded);
    gather.system("", &system(&header))?;
    let index = index_bytes(&header).filter(|size| *size <= rest.len());
    let index = index.ok_or_else(|| broken("there are fewer bytes than its index takes"))?;
    rest = &rest[index..];
    let columns = columns(header.columns());
    let mut count = 0_u64;
    while !rest.is_empty() {
        let one = next(&mut rest);
        let one = one.ok_or_else(|| {
            let message = "not a FlatGeobuf: it breaks off".to_owned();
            loaded.problem(gather.place(None), Fault::Syntax { message })
        })?;
        count += 1;
        let Ok(feature) = size_prefixed_root_as_feature(&one) else {
            let message = "not a FlatGeobuf: its bytes are damaged".to_owned();
            gather.unreadable(Fault::Syntax { message })?;
            continue;
        };
        let own = feature.columns().map(|own| self::columns(Some(own)));
        let bytes = feature.properties().map(|bytes| bytes.bytes()).unwrap_or_default();
        let properties = properties(bytes, own.as_deref().unwrap_or(&columns));
        let raw = match feature.geometry() {
            None => Ok(Raw::None),
            Some(geometry) => raw(&geometry, header.geometry_type(), 0),
        };
        match properties {
            Ok(properties) => gather.add(None, raw, properties)?,
            Err(fault) => gather.unreadable(fault)?,
        }
    }
    if header.features_count() > count {
        let announced = header.features_count();
        return Err(broken(&format!("it announces {announced} features and holds {count}")).into());
    }
    let members = [("title", header.title()), ("description", header.description())];
    let members =
        members.into_iter().filter_map(|(key, text)| Some((key.to_owned(), text?.into())));
    gather.finish(members.collect())
}

/// The next table with its size before it, in memory of its own, which is aligned as a
/// FlatBuffer must be.
fn next(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let size = u32::from_le_bytes(rest.get(..4)?.try_into().ok()?);
    let end = usize::try_from(size).ok()?.checked_add(4)?;
    let table = rest.get(..end).filter(|table| table.len() >= 8)?;
    *rest = &rest[end..];
    Some(table.to_vec())
}

fn system(header: &Header) -> System {
    let Some(crs) = header.crs() else { return System::Unstated };
    let number = u32::try_from(crs.code()).ok().filter(|number| *number > 0);
    let coded =
        |org, code: &str| System::code(org, code).with_description(crs.wkt().unwrap_or_default());
    match (crs.org().unwrap_or("EPSG"), number, crs.code_string(), crs.wkt()) {
        (org, Some(number), _, _) => coded(org, &number.to_string()),
        (org, None, Some(code), _) => coded(org, code),
        (_, None, None, Some(wkt)) => System::wkt(wkt),
        (_, None, None, None) => System::Unstated,
    }
}

/// The size of the index: a packed tree, its leaves the features.
fn index_bytes(header: &Header) -> Option<usize> {
    let (count, width) = (header.features_count(), u64::from(header.index_node_size()));
    if count == 0 || width == 0 {
        return Some(0);
    }
    let (mut level, mut nodes) = (count, count);
    // With a width of one the loop would never reach the root. One feature has a root as well.
    loop {
        level = level.div_ceil(width.max(2));
        nodes = nodes.checked_add(level)?;
        if level == 1 {
            break;
        }
    }
    usize::try_from(nodes.checked_mul(NODE_BYTES)?).ok()
}

fn columns<'a>(list: Option<impl IntoIterator<Item = Column<'a>>>) -> Vec<(String, ColumnType)> {
    let columns = list.into_iter().flatten();
    columns.map(|column| (column.name().to_owned(), column.type_())).collect()
}

/// Attributes: the number of a column, then its value, again and again.
fn properties(
    mut bytes: &[u8],
    columns: &[(String, ColumnType)],
) -> Result<Map<String, Value>, Fault> {
    let mut properties: Map<String, Value> =
        columns.iter().map(|(name, _)| (name.clone(), Value::Null)).collect();
    let broken =
        || Fault::Syntax { message: "not a FlatGeobuf: its attributes are damaged".to_owned() };
    while !bytes.is_empty() {
        let column = usize::from(u16::from_le_bytes(take(&mut bytes).ok_or_else(broken)?));
        let (name, kind) = columns.get(column).ok_or_else(broken)?;
        let value = value(&mut bytes, *kind).ok_or_else(broken)?;
        properties.insert(name.clone(), value);
    }
    Ok(properties)
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*first)
}

fn value(bytes: &mut &[u8], kind: ColumnType) -> Option<Value> {
    let real = |number: f64| Number::from_f64(number).map_or(Value::Null, Value::Number);
    Some(match kind {
        ColumnType::Byte => i8::from_le_bytes(take(bytes)?).into(),
        ColumnType::UByte => u8::from_le_bytes(take(bytes)?).into(),
        ColumnType::Bool => (u8::from_le_bytes(take(bytes)?) != 0).into(),
        ColumnType::Short => i16::from_le_bytes(take(bytes)?).into(),
        ColumnType::UShort => u16::from_le_bytes(take(bytes)?).into(),
        ColumnType::Int => i32::from_le_bytes(take(bytes)?).into(),
        ColumnType::UInt => u32::from_le_bytes(take(bytes)?).into(),
        ColumnType::Long => i64::from_le_bytes(take(bytes)?).into(),
        ColumnType::ULong => u64::from_le_bytes(take(bytes)?).into(),
        ColumnType::Float => real(f32::from_le_bytes(take(bytes)?).into()),
        ColumnType::Double => real(f64::from_le_bytes(take(bytes)?)),
        ColumnType::String | ColumnType::Json | ColumnType::DateTime => {
            let text = std::str::from_utf8(sized(bytes)?).ok()?;
            let json = (kind == ColumnType::Json).then(|| serde_json::from_str(text).ok());
            json.flatten().unwrap_or_else(|| text.into())
        }
        ColumnType::Binary => super::gather::hexadecimal(sized(bytes)?),
        _ => return None,
    })
}

fn sized<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let size = usize::try_from(u32::from_le_bytes(take(bytes)?)).ok()?;
    let (text, rest) = bytes.split_at_checked(size)?;
    *bytes = rest;
    Some(text)
}

fn raw(geometry: &Geometry, kind: GeometryType, depth: usize) -> Result<Raw, Fault> {
    let broken = |what: &str| Fault::Syntax { message: format!("not a FlatGeobuf: {what}") };
    if depth > DEEPEST {
        return Err(broken(&format!("collections within collections, more than {DEEPEST} deep")));
    }
    let kind = if kind == GeometryType::Unknown { geometry.type_() } else { kind };
    let parts = || {
        let parts = geometry.parts().into_iter().flatten();
        parts.collect::<Vec<_>>()
    };
    Ok(match kind {
        GeometryType::Point => path(geometry).first().map_or(Raw::None, |at| Raw::Point(*at)),
        GeometryType::MultiPoint => Raw::Points(path(geometry)),
        GeometryType::LineString => Raw::Lines(vec![path(geometry)]),
        GeometryType::MultiLineString => Raw::Lines(paths(geometry)?),
        GeometryType::Polygon => Raw::Polygons(vec![paths(geometry)?]),
        GeometryType::MultiPolygon => {
            Raw::Polygons(parts().iter().map(paths).collect::<Result<_, _>>()?)
        }
        GeometryType::GeometryCollection => Raw::Mixed(
            parts()
                .iter()
                .map(|part| raw(part, GeometryType::Unknown, depth + 1))
                .collect::<Result<_, _>>()?,
        ),
        other => {
            let name = other.variant_name().unwrap_or("geometry of no known type");
            return Err(match ArcGeometry::of_name(name) {
                Some(curve) => Fault::ArcGeometry(curve),
                None => broken(&format!("a {name}, where a LineString or Polygon is wanted")),
            });
        }
    })
}

fn path(geometry: &Geometry) -> Vec<Coord> {
    let Some(xy) = geometry.xy() else { return Vec::new() };
    (0..xy.len() / 2).map(|i| Coord { x: xy.get(2 * i), y: xy.get(2 * i + 1) }).collect()
}

/// The positions of a geometry, divided into its parts. A single part has no list of ends.
fn paths(geometry: &Geometry) -> Result<Vec<Vec<Coord>>, Fault> {
    let whole = path(geometry);
    let Some(ends) = geometry.ends().filter(|ends| !ends.is_empty()) else {
        return Ok(if whole.is_empty() { Vec::new() } else { vec![whole] });
    };
    let mut from = 0;
    let mut part = |end: u32| {
        let end = usize::try_from(end).ok()?;
        let part = whole.get(from..end)?.to_vec();
        from = end;
        Some(part)
    };
    let parts: Option<Vec<_>> = ends.iter().map(&mut part).collect();
    let message = "not a FlatGeobuf: parts of a geometry end where it does not".to_owned();
    parts.ok_or(Fault::Syntax { message })
}
