//! FlatGeobuf without an index: so the features stay in their order, also those without a
//! geometry, and the layers are small.
//!
//! Its makers' crate describes the format; its own writer has no way to leave a geometry
//! out, so the tables are filled here.

use std::io::{self, Write};

use ::flatgeobuf::{
    Column, ColumnArgs, ColumnType, Crs, CrsArgs, Feature, FeatureArgs, Geometry, GeometryArgs,
    GeometryType, Header, HeaderArgs, VERSION,
};
use flatbuffers::{FlatBufferBuilder, WIPOffset};
use geo::{Coord, Polygon};
use serde_json::Value;

use super::columns::{Cell, Kind, columns};
use super::description;
use super::kinds::{Family, families, is_multi};
use crate::{Layer, NewFeature, Shape};

/// Writes the file.
pub(super) fn write(mut to: impl Write, layer: &Layer) -> io::Result<()> {
    let columns = columns(&layer.features, &[]);
    to.write_all(&[b'f', b'g', b'b', VERSION, b'f', b'g', b'b', 0])?;
    to.write_all(&header(layer, &columns))?;
    let (_, multi) = common_type(&layer.features);
    layer
        .features
        .iter()
        .try_for_each(|feature| to.write_all(&self::feature(feature, &columns, multi)))
}

fn header(layer: &Layer, columns: &[super::columns::Column]) -> Vec<u8> {
    let mut to = FlatBufferBuilder::new();
    let described: Vec<_> = columns
        .iter()
        .map(|column| {
            let name = Some(to.create_string(&column.name));
            let type_ = column_type(column.kind);
            Column::create(&mut to, &ColumnArgs { name, type_, ..ColumnArgs::default() })
        })
        .collect();
    let crs = CrsArgs {
        org: Some(to.create_string("EPSG")),
        code: 4326,
        name: Some(to.create_string("WGS 84")),
        ..CrsArgs::default()
    };
    let metadata = Value::from(layer.members.clone()).to_string();
    let arguments = HeaderArgs {
        name: Some(to.create_string(&layer.name)),
        envelope: envelope(&layer.features).map(|envelope| to.create_vector(&envelope)),
        geometry_type: common_type(&layer.features).0,
        columns: Some(to.create_vector(&described)),
        features_count: layer.features.len() as u64,
        index_node_size: 0,
        crs: Some(Crs::create(&mut to, &crs)),
        title: Some(to.create_string(layer.title())),
        description: Some(to.create_string(&description(layer))),
        metadata: Some(to.create_string(&metadata)),
        ..HeaderArgs::default()
    };
    let header = Header::create(&mut to, &arguments);
    to.finish_size_prefixed(header, None);
    to.finished_data().to_vec()
}

/// West, south, east, north, in numbers: the format knows no antimeridian.
fn envelope(features: &[NewFeature]) -> Option<[f64; 4]> {
    let mut found: Option<[f64; 4]> = None;
    for feature in features {
        feature.shape.each(&mut |at| {
            let [west, south, east, north] = found.unwrap_or([at.x, at.y, at.x, at.y]);
            found = Some([west.min(at.x), south.min(at.y), east.max(at.x), north.max(at.y)]);
        });
    }
    found
}

/// The type of all geometries, and whether single parts are to be written as several.
fn common_type(features: &[NewFeature]) -> (GeometryType, bool) {
    let multi = features.iter().any(|feature| is_multi(&feature.shape));
    match families(features)[..] {
        [family] => (geometry_type(family, multi), multi),
        _ => (GeometryType::Unknown, false),
    }
}

const fn geometry_type(family: Family, multi: bool) -> GeometryType {
    match (family, multi) {
        (Family::Point, false) => GeometryType::Point,
        (Family::Point, true) => GeometryType::MultiPoint,
        (Family::Line, false) => GeometryType::LineString,
        (Family::Line, true) => GeometryType::MultiLineString,
        (Family::Polygon, false) => GeometryType::Polygon,
        (Family::Polygon, true) => GeometryType::MultiPolygon,
        (Family::Collection, _) => GeometryType::GeometryCollection,
    }
}

const fn column_type(kind: Kind) -> ColumnType {
    match kind {
        Kind::Bool => ColumnType::Bool,
        Kind::Integer => ColumnType::Long,
        Kind::Real => ColumnType::Double,
        Kind::Text => ColumnType::String,
        Kind::Json => ColumnType::Json,
    }
}

fn feature(feature: &NewFeature, columns: &[super::columns::Column], multi: bool) -> Vec<u8> {
    let mut to = FlatBufferBuilder::new();
    let mut properties = Vec::new();
    for (number, column) in (0_u16..).zip(columns) {
        if let Some(cell) = column.cell(feature) {
            properties.extend(number.to_le_bytes());
            put(&mut properties, &cell);
        }
    }
    let geometry = geometry(&mut to, &feature.shape, multi);
    let properties = Some(to.create_vector(&properties));
    let arguments = FeatureArgs { geometry, properties, ..FeatureArgs::default() };
    let feature = Feature::create(&mut to, &arguments);
    to.finish_size_prefixed(feature, None);
    to.finished_data().to_vec()
}

fn put(to: &mut Vec<u8>, cell: &Cell<'_>) {
    let mut text = |text: &str| {
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        to.extend(length.to_le_bytes());
        to.extend(text.bytes().take(length as usize));
    };
    match cell {
        Cell::Bool(value) => to.push(u8::from(*value)),
        Cell::Integer(value) => to.extend(value.to_le_bytes()),
        Cell::Real(value) => to.extend(value.to_le_bytes()),
        Cell::Text(value) => text(value),
        Cell::Json(value) => text(value),
    }
}

type GeometryOffset<'a> = WIPOffset<Geometry<'a>>;

/// A geometry; `None` for a feature without one.
fn geometry<'a>(
    to: &mut FlatBufferBuilder<'a>,
    shape: &Shape,
    multi: bool,
) -> Option<GeometryOffset<'a>> {
    let multi = multi || is_multi(shape);
    let type_ = geometry_type(Family::from_shape(shape)?, multi);
    let (mut paths, mut parts): (Vec<&[Coord]>, Vec<GeometryOffset<'a>>) = (Vec::new(), Vec::new());
    match shape {
        Shape::None => return None,
        Shape::Point(at) => paths.push(std::slice::from_ref(at)),
        Shape::Points(points) => paths.push(points),
        Shape::Lines(lines) => paths.extend(lines.iter().map(Vec::as_slice)),
        Shape::Polygons(polygons) if multi => {
            let part = |part| flat(to, GeometryType::Polygon, &rings(part));
            parts.extend(polygons.iter().map(part));
        }
        Shape::Polygons(polygons) => paths.extend(polygons.iter().flat_map(rings)),
        Shape::Mixed(shapes) => {
            parts.extend(shapes.iter().filter_map(|shape| geometry(to, shape, false)));
        }
    }
    if matches!(type_, GeometryType::MultiPolygon | GeometryType::GeometryCollection) {
        let parts = Some(to.create_vector(&parts));
        let arguments = GeometryArgs { type_, parts, ..GeometryArgs::default() };
        return Some(Geometry::create(to, &arguments));
    }
    Some(flat(to, type_, &paths))
}

fn rings(polygon: &Polygon) -> Vec<&[Coord]> {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    rings.map(|ring| ring.0.as_slice()).collect()
}

/// Paths one after the other, and where each ends if there are several.
fn flat<'a>(
    to: &mut FlatBufferBuilder<'a>,
    type_: GeometryType,
    paths: &[&[Coord]],
) -> WIPOffset<Geometry<'a>> {
    let xy: Vec<f64> = paths.iter().copied().flatten().flat_map(|at| [at.x, at.y]).collect();
    let mut end = 0;
    let ends: Vec<u32> = paths
        .iter()
        .map(|path| {
            end += path.len();
            u32::try_from(end).unwrap_or(u32::MAX)
        })
        .collect();
    let xy = Some(to.create_vector(&xy));
    let ends = (ends.len() > 1).then(|| to.create_vector(&ends));
    Geometry::create(to, &GeometryArgs { type_, xy, ends, ..GeometryArgs::default() })
}
