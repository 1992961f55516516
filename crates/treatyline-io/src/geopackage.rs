//! GeoPackage (OGC 12-128r19): every feature table, in the order of `gpkg_contents`.
//!
//! The database is opened from memory and read only. Only plain tables are read: a view or
//! a virtual table is a program, and might not end.

use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, MAIN_DB, OptionalExtension, Row};
use serde_json::{Map, Number, Value};

use super::Collection;
use super::gather::{Gather, Raw, System, hexadecimal};
use super::input::Loaded;
use super::wkb;
use crate::problem::{Fault, Problem, Problems};

pub(super) fn read(loaded: &Loaded) -> Result<Collection, Problems> {
    if loaded.companion("gpkg-wal")?.is_some_and(|bytes| !bytes.is_empty()) {
        let reason = "changes to it still lie in the -wal file next to it; close the program that \
                      has it open";
        return Err(loaded.problem("", Fault::Unreadable { reason: reason.to_owned() }).into());
    }
    let database = Database { loaded, connection: opened(loaded)? };
    let mut layers = database.layers()?;
    if layers.is_empty() {
        let what = "a GeoPackage without a layer of features".to_owned();
        let hint = "name a file of geodata";
        return Err(loaded.problem("", Fault::Foreign { what, hint }).into());
    }
    let several = layers.len() > 1;
    if let Some(wanted) = &loaded.input.layer {
        let known: Vec<String> = layers.iter().map(|layer| layer.table.clone()).collect();
        layers.retain(|layer| layer.table == *wanted);
        if layers.is_empty() {
            return Err(loaded.problem("", Fault::NoLayer { name: wanted.clone(), known }).into());
        }
    }
    let mut gather = Gather::new(loaded);
    for layer in &layers {
        let place = format!("layer `{}`", layer.table);
        gather.system(&place, &database.system(layer.system)?)?;
        database.features(&mut gather, layer, several)?;
    }
    let title = if several { None } else { layers.pop().and_then(|layer| layer.title) };
    gather.finish(title.map(|title| ("title".to_owned(), title.into())).into_iter().collect())
}

fn opened(loaded: &Loaded) -> Result<Connection, Problem> {
    let broken = |error: rusqlite::Error| loaded.problem("", syntax(&error));
    // SQLite takes sizes of 31 bits here.
    if i32::try_from(loaded.bytes.len()).is_err() {
        let reason = "more than 2 GiB of a database in memory".to_owned();
        return Err(loaded.problem("", Fault::Unreadable { reason }));
    }
    let mut bytes = loaded.bytes.clone();
    // A database in memory has no write-ahead log, and no file next to it that could be one.
    if let Some(versions) = bytes.get_mut(18..20) {
        versions.fill(1);
    }
    let mut connection = Connection::open_in_memory().map_err(broken)?;
    connection
        .deserialize_read_exact(MAIN_DB, bytes.as_slice(), bytes.len(), true)
        .map_err(broken)?;
    let longest = i32::try_from(loaded.input.limits.bytes).unwrap_or(i32::MAX);
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, longest).map_err(broken)?;
    connection.pragma_update(None, "trusted_schema", false).map_err(broken)?;
    connection.pragma_update(None, "cell_size_check", true).map_err(broken)?;
    Ok(connection)
}

fn syntax(error: &rusqlite::Error) -> Fault {
    Fault::Syntax { message: format!("not a GeoPackage: {error}") }
}

/// A name as SQL has it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A table of features.
struct Layer {
    table: String,
    column: String,
    system: i64,
    title: Option<String>,
}

/// A column other than the geometry.
struct Field {
    name: String,
    kind: String,
    is_key: bool,
}

struct Database<'a> {
    loaded: &'a Loaded,
    connection: Connection,
}

impl Database<'_> {
    fn broken(&self, place: &str, error: &rusqlite::Error) -> Problem {
        self.loaded.problem(place, syntax(error))
    }

    /// Whether this name is that of a plain table.
    fn is_plain(&self, table: &str) -> Result<bool, Problem> {
        let sql = "SELECT sql FROM sqlite_master WHERE type = 'table' AND lower(name) = lower(?1)";
        let found: Option<String> = self
            .connection
            .query_row(sql, [table], |row| row.get(0))
            .optional()
            .map_err(|error| self.broken("", &error))?;
        Ok(found.is_some_and(|sql| !sql.to_uppercase().starts_with("CREATE VIRTUAL")))
    }

    fn layers(&self) -> Result<Vec<Layer>, Problem> {
        for table in ["gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"] {
            if !self.is_plain(table)? {
                if let Some(fault) = self.of_another_kind()? {
                    return Err(self.loaded.problem("", fault));
                }
                let what = format!("a database without the table {table}, not a GeoPackage");
                let fault = Fault::Foreign { what, hint: "name a GeoPackage" };
                return Err(self.loaded.problem("", fault));
            }
        }
        let sql = "SELECT c.table_name, g.column_name, g.srs_id, c.identifier \
                   FROM gpkg_contents c JOIN gpkg_geometry_columns g \
                   ON lower(g.table_name) = lower(c.table_name) \
                   WHERE c.data_type = 'features' ORDER BY c.rowid";
        let layer = |row: &Row| {
            Ok(Layer {
                table: row.get(0)?,
                column: row.get(1)?,
                system: row.get(2)?,
                title: row.get(3)?,
            })
        };
        let read = || {
            let mut statement = self.connection.prepare(sql)?;
            let found = statement.query_map([], layer)?;
            found.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.broken("", &error))
    }

    /// The fault for a known kind of database that is no GeoPackage.
    fn of_another_kind(&self) -> Result<Option<Fault>, Problem> {
        let foreign = |what: &str, hint| Ok(Some(Fault::Foreign { what: what.to_owned(), hint }));
        if self.is_plain("gpkg_contents")? {
            return Ok(None);
        }
        if self.is_plain("geometry_columns")? && self.is_plain("spatial_ref_sys")? {
            let what = "a SpatiaLite or FDO database, not a GeoPackage";
            return foreign(what, "convert it: ogr2ogr new.gpkg FILE");
        }
        if self.is_plain("tiles")? && self.is_plain("metadata")? {
            let what = "MBTiles, which are made for maps and simplified";
            return foreign(what, "name the file they were made of");
        }
        foreign("an SQLite database without spatial tables", "name a GeoPackage")
    }

    fn system(&self, id: i64) -> Result<System, Problem> {
        let sql = "SELECT organization, organization_coordsys_id, definition \
                   FROM gpkg_spatial_ref_sys WHERE srs_id = ?1";
        let columns = |row: &Row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?))
        };
        let found = self.connection.query_row(sql, [id], columns).optional();
        let found = found.map_err(|error| self.broken("", &error))?;
        let system = match found {
            // §1.1.2.1: undefined Cartesian and undefined geographic.
            _ if id == 0 || id == -1 => System::Unstated,
            None => System::Unstated,
            Some((organisation, code, definition)) => {
                let definition = self.definition(id, definition);
                let coded = || System::code(&organisation, &code.to_string());
                let is_of = |name: &str| organisation.eq_ignore_ascii_case(name) && code > 0;
                match definition {
                    _ if is_of("EPSG") => {
                        coded().with_description(definition.as_deref().unwrap_or_default())
                    }
                    Some(definition) => System::wkt(&definition),
                    None if ["ESRI", "IGNF", "IAU_2015", "NKG"].iter().any(|name| is_of(name)) => {
                        coded()
                    }
                    None => System::Unstated,
                }
            }
        };
        Ok(system.at_epoch(self.epoch(id)))
    }

    /// What describes a system: well-known text of the first edition, or, for one that it cannot
    /// describe, of the second, in a column that an extension adds (CRS WKT).
    fn definition(&self, id: i64, first: String) -> Option<String> {
        if !is_undefined(&first) {
            return Some(first);
        }
        let sql = "SELECT definition_12_063 FROM gpkg_spatial_ref_sys WHERE srs_id = ?1";
        let second = self.connection.query_row(sql, [id], |row| row.get::<_, Option<String>>(0));
        second.ok().flatten().filter(|second| !is_undefined(second))
    }

    /// The epoch of coordinates in a system, in a column that an extension adds (CRS WKT, 1.1).
    fn epoch(&self, id: i64) -> Option<f64> {
        let sql = "SELECT epoch FROM gpkg_spatial_ref_sys WHERE srs_id = ?1";
        // A table without that column states none.
        self.connection.query_row(sql, [id], |row| row.get::<_, Option<f64>>(0)).ok()?
    }

    fn fields(&self, layer: &Layer) -> rusqlite::Result<Vec<Field>> {
        let sql = format!("PRAGMA table_info({})", quoted(&layer.table));
        let mut statement = self.connection.prepare(&sql)?;
        let field = |row: &Row| {
            let (name, kind): (String, String) = (row.get("name")?, row.get("type")?);
            Ok(Field { name, kind: kind.to_uppercase(), is_key: row.get::<_, i64>("pk")? > 0 })
        };
        let fields = statement.query_map([], field)?.collect::<rusqlite::Result<Vec<_>>>()?;
        let is_geometry = |field: &Field| field.name.eq_ignore_ascii_case(&layer.column);
        Ok(fields.into_iter().filter(|field| !is_geometry(field)).collect())
    }

    fn features(&self, gather: &mut Gather, layer: &Layer, several: bool) -> Result<(), Problems> {
        let place = format!("layer `{}`", layer.table);
        if !self.is_plain(&layer.table)? {
            let what = "a view, or no table at all".to_owned();
            let hint = "make tables of views: ogr2ogr new.gpkg FILE";
            return Err(self.loaded.problem(place, Fault::Foreign { what, hint }).into());
        }
        let broken = |error: rusqlite::Error| self.broken(&place, &error);
        let fields = self.fields(layer).map_err(broken)?;
        let columns: Vec<String> = std::iter::once(&layer.column)
            .chain(fields.iter().map(|field| &field.name))
            .map(|name| quoted(name))
            .collect();
        let sql = format!("SELECT {} FROM {}", columns.join(", "), quoted(&layer.table));
        let mut statement = self.connection.prepare(&sql).map_err(broken)?;
        let mut rows = statement.query([]).map_err(broken)?;
        while let Some(row) = rows.next().map_err(broken)? {
            let (mut id, mut properties) = (None, Map::new());
            for (i, field) in fields.iter().enumerate() {
                let value = value(row.get_ref(i + 1).map_err(broken)?, &field.kind);
                if field.is_key && value.is_i64() {
                    id = Some(value.to_string());
                } else {
                    properties.insert(field.name.clone(), value);
                }
            }
            if several && !properties.contains_key("layer") {
                properties.insert("layer".to_owned(), layer.table.clone().into());
            }
            gather.add(id, geometry(row.get_ref(0).map_err(broken)?), properties)?;
        }
        Ok(())
    }
}

/// Whether a description of a system says that it is none: `undefined`, as the standard has it,
/// or what GDAL writes from 3.9 on, a local system of that name.
fn is_undefined(definition: &str) -> bool {
    let plain = definition.trim().to_lowercase();
    let local = ["local_cs[", "localcs[", "engcrs[", "engineeringcrs["];
    let name = local.iter().find_map(|word| plain.strip_prefix(word)).unwrap_or(&plain);
    let name = name.trim_start_matches('"');
    name.is_empty() || name.starts_with("undefined") || name.starts_with("unknown")
}

/// A value. The declared type of the column decides for the types that SQLite does not have.
fn value(cell: ValueRef, kind: &str) -> Value {
    match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) if kind == "BOOLEAN" => (number != 0).into(),
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => Number::from_f64(number).map_or(Value::Null, Value::Number),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
        ValueRef::Blob(bytes) => hexadecimal(bytes),
    }
}

/// A geometry with the header of §2.1.3 before its WKB.
fn geometry(column: ValueRef) -> Result<Raw, Fault> {
    let bytes = match column {
        ValueRef::Null => return Ok(Raw::None),
        ValueRef::Blob(bytes) => bytes,
        _ => &[],
    };
    let broken = || Fault::Syntax { message: "not a geometry of a GeoPackage".to_owned() };
    let flags = bytes.strip_prefix(b"GP").and_then(|rest| rest.get(1)).ok_or_else(broken)?;
    let envelope = match (flags >> 1) & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err(broken()),
    };
    Ok(wkb::raw(bytes.get(8 + envelope..).ok_or_else(broken)?)?.1)
}
