//! GeoParquet 1.0 and 1.1 (geoparquet.org), geometries in well-known binary.
//!
//! Read row by row with the crate `parquet` alone: `geoparquet`, by the same people, brings
//! Arrow and takes several times as long to compile.

use bytes::Bytes;
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, MapAccessor, Row};
use serde_json::{Map, Number, Value};

use super::Collection;
use super::day::date;
use super::gather::{Gather, Raw, System, hexadecimal};
use super::guard::guarded;
use super::input::Loaded;
use super::wkb;
use crate::problem::{Fault, Problem, Problems};

pub(super) fn read(loaded: &Loaded) -> Result<Collection, Problems> {
    let bytes = Bytes::from(loaded.bytes.clone());
    let reader = whole(loaded, || SerializedFileReader::new(bytes))?;
    checked(loaded, &reader)?;
    let geometry = Geometry::read(loaded, &reader)?;
    let mut gather = Gather::new(loaded);
    gather.system("", &geometry.system)?;
    let mut rows = whole(loaded, || reader.get_row_iter(None))?;
    while let Some(row) = whole(loaded, || rows.next().transpose())? {
        let (mut raw, mut properties) = (Ok(Raw::None), Map::new());
        for (name, field) in row.into_columns() {
            match field {
                Field::Bytes(bytes) if name == geometry.column => {
                    raw = wkb::raw(bytes.data()).map(|(_, raw)| raw);
                }
                Field::Null if name == geometry.column => {}
                _ if name == geometry.column => {
                    let what = "a geometry that is no WKB".to_owned();
                    raw = Err(Fault::Foreign { what, hint: TO_WKB });
                }
                // The box of each geometry, which readers use to leave rows out.
                _ if geometry.covering.contains(&name) => {}
                field => {
                    properties.insert(name, value(field));
                }
            }
        }
        gather.add(None, raw, properties)?;
    }
    gather.finish(Map::new())
}

/// Calls the crate `parquet`. It panics where the lengths and counts in a file contradict each
/// other. The panic is caught, and the crate's objects are not used after that.
fn whole<T>(loaded: &Loaded, call: impl FnOnce() -> ParquetResult<T>) -> Result<T, Problem> {
    let damaged = || Fault::BreaksOff { what: CONTRADICTS.to_owned() };
    let read = guarded(call).unwrap_or_else(|| Err(ParquetError::General(String::new())));
    read.map_err(|error| {
        loaded.problem(
            "",
            match error {
                ParquetError::NYI(what) => unread(&what),
                ParquetError::General(what) if what.contains("Disabled feature") => unread(&what),
                _ => damaged(),
            },
        )
    })
}

const CONTRADICTS: &str = "it is no whole Parquet file, as its lengths and counts contradict one \
                           another";

/// The fault for a kind of Parquet that this build does not read.
fn unread(what: &str) -> Fault {
    let compressions = ["brotli", "lz4", "lzo"];
    let named = compressions.into_iter().find(|name| what.to_lowercase().contains(name));
    let what = match named {
        Some(name) => format!("Parquet compressed with {name}, which is not read"),
        None => "Parquet that is encoded in a way that is not read".to_owned(),
    };
    Fault::Foreign { what, hint: RECOMPRESS }
}

const RECOMPRESS: &str =
    "write it with zstd or snappy: ogr2ogr -f Parquet -lco COMPRESSION=ZSTD new.parquet FILE";

/// Checks the metadata before any column is read: every column must be inside the file, and the
/// decompressed columns must be within the limit.
fn checked(loaded: &Loaded, reader: &impl FileReader) -> Result<(), Problem> {
    let length = i64::try_from(loaded.bytes.len()).unwrap_or(i64::MAX);
    let limit_bytes = loaded.input.limits.bytes;
    let mut left_bytes = limit_bytes;
    for group in reader.metadata().row_groups() {
        for column in group.columns() {
            let begin = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
            let begin = begin.min(column.data_page_offset());
            let end = begin.checked_add(column.compressed_size());
            let lies_within = begin >= 0 && column.compressed_size() >= 0;
            if !lies_within || end.is_none_or(|end| end > length) || column.num_values() < 0 {
                let what = CONTRADICTS.to_owned();
                return Err(loaded.problem("", Fault::BreaksOff { what }));
            }
            let bytes = u64::try_from(column.uncompressed_size()).unwrap_or(u64::MAX);
            let too_large = || loaded.problem("", Fault::TooLarge { limit_bytes });
            left_bytes = left_bytes.checked_sub(bytes).ok_or_else(too_large)?;
        }
    }
    Ok(())
}

const TO_WKB: &str = "convert it: ogr2ogr -lco GEOMETRY_ENCODING=WKB new.parquet FILE";

/// What the metadata say of the geometry.
struct Geometry {
    column: String,
    covering: Vec<String>,
    system: System,
}

impl Geometry {
    fn read(loaded: &Loaded, reader: &impl FileReader) -> Result<Self, Problem> {
        let missing = || {
            let what = "a Parquet file without a geometry in its metadata".to_owned();
            loaded.problem("", Fault::Foreign { what, hint: "name a GeoParquet file" })
        };
        let metadata = reader.metadata().file_metadata().key_value_metadata();
        let geo = metadata.into_iter().flatten().find(|entry| entry.key == "geo");
        let text = geo.and_then(|entry| entry.value.as_deref()).ok_or_else(missing)?;
        let geo: Value = serde_json::from_str(text).map_err(|_| missing())?;
        let column = geo["primary_column"].as_str().ok_or_else(missing)?;
        let facts = &geo["columns"][column];
        if facts["encoding"] != "WKB" {
            let encoding = facts["encoding"].as_str();
            let encoding = encoding.map_or("an encoding that is not stated".to_owned(), |name| {
                format!("the encoding {name}")
            });
            let what = format!("GeoParquet with geometries in {encoding}, not in WKB");
            return Err(loaded.problem("", Fault::Foreign { what, hint: TO_WKB }));
        }
        let system = match facts.get("crs") {
            None => System::Wgs84,
            Some(Value::Null) => System::Unstated,
            // Before version 1.0 it is well-known text.
            Some(Value::String(text)) => System::text(text),
            Some(crs) => System::projjson(crs),
        }
        .at_epoch(facts.get("epoch").and_then(Value::as_f64));
        let covering = facts["covering"]["bbox"].as_object().into_iter().flatten();
        let covering = covering.filter_map(|(_, path)| path[0].as_str().map(str::to_owned));
        Ok(Self { column: column.to_owned(), covering: covering.collect(), system })
    }
}

fn value(field: Field) -> Value {
    let real = |number: f64| Number::from_f64(number).map_or(Value::Null, Value::Number);
    match field {
        Field::Null => Value::Null,
        Field::Bool(value) => value.into(),
        Field::Byte(value) => value.into(),
        Field::Short(value) => value.into(),
        Field::Int(value) => value.into(),
        Field::Long(value) => value.into(),
        Field::UByte(value) => value.into(),
        Field::UShort(value) => value.into(),
        Field::UInt(value) => value.into(),
        Field::ULong(value) => value.into(),
        Field::Float16(value) => real(value.into()),
        Field::Float(value) => real(value.into()),
        Field::Double(value) => real(value),
        Field::Str(text) => text.into(),
        Field::Bytes(bytes) => hexadecimal(bytes.data()),
        Field::Date(days) => date(days.into()).into(),
        Field::TimeMillis(value) => time(i64::from(value) * 1000).into(),
        Field::TimeMicros(value) => time(value).into(),
        Field::TimestampMillis(value) => moment(value.saturating_mul(1000)).into(),
        Field::TimestampMicros(value) => moment(value).into(),
        // Only a text holds it exactly.
        Field::Decimal(_) => field.to_string().into(),
        Field::Group(row) => group(row),
        Field::ListInternal(list) => list.elements().iter().cloned().map(value).collect(),
        Field::MapInternal(map) => {
            let (keys, values) = (map.get_keys(), map.get_values());
            let entry = |i| Some((keys.get_string(i).ok()?.clone(), values.get_string(i).ok()?));
            let entries = (0..map.len()).filter_map(entry);
            entries.map(|(key, text)| (key, text.clone().into())).collect::<Map<_, _>>().into()
        }
    }
}

fn group(row: Row) -> Value {
    let members: Map<String, Value> =
        row.into_columns().into_iter().map(|(name, field)| (name, value(field))).collect();
    members.into()
}

const DAY_MICROS: i64 = 86_400_000_000;

fn moment(micros: i64) -> String {
    let (day, rest) = (micros.div_euclid(DAY_MICROS), micros.rem_euclid(DAY_MICROS));
    format!("{}T{}", date(day), time(rest))
}

/// A time of day, with as much of the second as there is.
fn time(micros: i64) -> String {
    let (seconds, rest) = (micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000));
    let whole = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    match rest {
        0 => whole,
        _ if rest % 1000 == 0 => format!("{whole}.{:03}", rest / 1000),
        _ => format!("{whole}.{rest:06}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        for (days, expected) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_662, "2026-07-28"),
            (-25_508, "1900-03-01"),
            (-719_528, "0000-01-01"),
        ] {
            assert_eq!(date(days), expected, "{days}");
        }
        assert_eq!(moment(-1_000_000), "1969-12-31T23:59:59");
        assert_eq!(moment(1_500_000), "1970-01-01T00:00:01.500");
        assert_eq!(time(1), "00:00:00.000001");
    }
}
