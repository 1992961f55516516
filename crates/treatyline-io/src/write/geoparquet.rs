//! GeoParquet 1.1: a column for each property, geometries as well-known binary.
//!
//! One row group, uncompressed: the layers are small. Edges are left at the standard's
//! default, which is planar: the only other choice is spherical, and a geodesic on the
//! ellipsoid is neither.

use std::sync::Arc;

use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use serde_json::{Value, json};

use super::columns::{Cell, Column, Kind, columns};
use super::kinds::{Family, is_multi};
use super::wkb::wkb;
use crate::Layer;

const GEOMETRY: &str = "geometry";

/// Why a file cannot be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error(transparent)]
    Parquet(#[from] ParquetError),
    #[error(transparent)]
    Wkb(#[from] wkb::error::WkbError),
}

/// The file.
pub(super) fn write(layer: &Layer) -> Result<Vec<u8>, Fault> {
    let columns = columns(&layer.features, &[GEOMETRY]);
    let mut fields = Vec::new();
    for column in &columns {
        fields.push(Arc::new(field(column)?));
    }
    fields.push(Arc::new(optional(GEOMETRY, Physical::BYTE_ARRAY).build()?));
    let schema = Arc::new(Type::group_type_builder(&layer.name).with_fields(fields).build()?);
    let about = |key: &str, value: Value| KeyValue::new(key.to_owned(), value.to_string());
    let about =
        vec![about("geo", geo(layer)), about("treatyline", Value::from(layer.members.clone()))];
    let properties = WriterProperties::builder().set_key_value_metadata(Some(about)).build();
    let mut bytes = Vec::new();
    let mut file = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties))?;
    let mut rows = file.next_row_group()?;
    for column in &columns {
        let cells: Vec<_> = layer.features.iter().map(|feature| column.cell(feature)).collect();
        write_column(&mut rows, column.kind, &cells)?;
    }
    let mut geometries = Vec::new();
    for feature in &layer.features {
        geometries.push(wkb(&feature.shape, false)?.map(ByteArray::from));
    }
    write_values::<ByteArrayType>(&mut rows, geometries)?;
    rows.close()?;
    file.close()?;
    Ok(bytes)
}

fn optional(name: &str, physical: Physical) -> parquet::schema::types::PrimitiveTypeBuilder<'_> {
    Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL)
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let name = column.name.as_str();
    match column.kind {
        Kind::Bool => optional(name, Physical::BOOLEAN).build(),
        Kind::Integer => optional(name, Physical::INT64).build(),
        Kind::Real => optional(name, Physical::DOUBLE).build(),
        Kind::Text | Kind::Json => optional(name, Physical::BYTE_ARRAY)
            .with_converted_type(ConvertedType::UTF8)
            .with_logical_type(Some(LogicalType::String))
            .build(),
    }
}

fn write_column<W: std::io::Write + Send>(
    rows: &mut SerializedRowGroupWriter<'_, W>,
    kind: Kind,
    cells: &[Option<Cell<'_>>],
) -> Result<(), Fault> {
    match kind {
        Kind::Bool => {
            let value = |cell: &Option<Cell<'_>>| match cell {
                Some(Cell::Bool(value)) => Some(*value),
                _ => None,
            };
            write_values::<BoolType>(rows, cells.iter().map(value).collect())
        }
        Kind::Integer => {
            let value = |cell: &Option<Cell<'_>>| match cell {
                Some(Cell::Integer(value)) => Some(*value),
                _ => None,
            };
            write_values::<Int64Type>(rows, cells.iter().map(value).collect())
        }
        Kind::Real => {
            let value = |cell: &Option<Cell<'_>>| match cell {
                Some(Cell::Real(value)) => Some(*value),
                _ => None,
            };
            write_values::<DoubleType>(rows, cells.iter().map(value).collect())
        }
        Kind::Text | Kind::Json => {
            let value = |cell: &Option<Cell<'_>>| {
                cell.as_ref().map(|cell| ByteArray::from(cell.text().into_bytes()))
            };
            write_values::<ByteArrayType>(rows, cells.iter().map(value).collect())
        }
    }
}

/// Writes the next column: its values, and which rows have one.
fn write_values<T: DataType>(
    rows: &mut SerializedRowGroupWriter<'_, impl std::io::Write + Send>,
    values: Vec<Option<T::T>>,
) -> Result<(), Fault> {
    let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let values: Vec<T::T> = values.into_iter().flatten().collect();
    if let Some(mut column) = rows.next_column()? {
        column.typed::<T>().write_batch(&values, Some(&levels), None)?;
        column.close()?;
    }
    Ok(())
}

/// What makes the file a GeoParquet file.
fn geo(layer: &Layer) -> Value {
    let mut types: Vec<&str> = Vec::new();
    for feature in &layer.features {
        let Some(family) = Family::from_shape(&feature.shape) else { continue };
        let name = family.name(is_multi(&feature.shape));
        if !types.contains(&name) {
            types.push(name);
        }
    }
    types.sort_unstable();
    let column = json!({
        "encoding": "WKB",
        "geometry_types": types,
        "orientation": "counterclockwise",
    });
    // Without a crs it is OGC:CRS84, which is what GeoJSON has.
    json!({ "version": "1.1.0", "primary_column": GEOMETRY, "columns": { GEOMETRY: column } })
}
