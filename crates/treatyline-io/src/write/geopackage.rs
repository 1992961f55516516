//! GeoPackage 1.3 (OGC 12-128r17): a table for each family of geometries, and the style
//! that QGIS draws it with.
//!
//! There is no spatial index: its triggers need functions that only GIS software brings,
//! and the layers are small. Dates are fixed and not of the clock, so that the same layer makes
//! the same file.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params, params_from_iter};

use super::columns::{Cell, Column, Kind, columns};
use super::description;
use super::kinds::{Family, families, is_multi, tables};
use super::qml::qml;
use super::wkb::wkb;
use crate::{Layer, NewFeature, Shape};

/// Why a file cannot be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    #[error(transparent)]
    Wkb(#[from] wkb::error::WkbError),
    #[error(transparent)]
    Style(#[from] std::io::Error),
}

/// The tables that every GeoPackage has (§1.1.2, §1.1.3, §2.1.5), and the one that QGIS
/// looks for styles in.
const SCHEMA: &str = "
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined cartesian'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",\
SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],\
AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],\
UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AXIS[\"Latitude\",NORTH],\
AXIS[\"Longitude\",EAST],AUTHORITY[\"EPSG\",\"4326\"]]', 'longitude/latitude in degrees');
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE,
  max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
";

const STYLES: &str = "
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30), update_time DATETIME);
INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change)
  VALUES ('layer_styles', 'attributes', 'layer_styles', '1970-01-01T00:00:00.000Z');
";

const NEVER: &str = "1970-01-01T00:00:00.000Z";
const GEOMETRY: &str = "geom";

/// The file.
pub(super) fn write(layer: &Layer) -> Result<Vec<u8>, Fault> {
    let mut database = Connection::open_in_memory()?;
    let work = database.transaction()?;
    work.execute_batch(SCHEMA)?;
    if !layer.legends.is_empty() {
        work.execute_batch(STYLES)?;
    }
    for (name, features) in tables(layer) {
        let features: Vec<_> = features.into_iter().cloned().collect();
        let family = families(&features).first().copied();
        Table { name, family, features }.write(&work, layer)?;
    }
    work.commit()?;
    Ok(database.serialize("main")?.to_vec())
}

/// A table of features.
struct Table {
    name: String,
    family: Option<Family>,
    features: Vec<NewFeature>,
}

impl Table {
    fn write(&self, to: &Connection, layer: &Layer) -> Result<(), Fault> {
        let columns = columns(&self.features, &["fid", GEOMETRY]);
        let multi = self.features.iter().any(|feature| is_multi(&feature.shape));
        self.register(to, layer, multi)?;
        to.execute_batch(&self.definition(&columns))?;
        let mut insert = to.prepare(&self.insertion(&columns))?;
        for feature in &self.features {
            let geometry = blob(&feature.shape, multi)?.map_or(Sql::Null, Sql::Blob);
            let cells = columns.iter().map(|column| sql(column.cell(feature)));
            insert.execute(params_from_iter(std::iter::once(geometry).chain(cells)))?;
        }
        if let (false, Some(family)) = (layer.legends.is_empty(), self.family) {
            let style = qml(&layer.legends, family)?;
            let titles: Vec<_> = layer.legends.iter().map(|legend| legend.title.as_str()).collect();
            to.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,
                 f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description,
                 owner, update_time) VALUES ('', '', ?1, ?2, ?1, ?3, '', 1, ?4, '', ?5)",
                params![self.name, GEOMETRY, style, titles.join(", "), NEVER],
            )?;
        }
        Ok(())
    }

    /// Enters the table in the lists of the file (§1.1.3, §2.1.5).
    fn register(&self, to: &Connection, layer: &Layer, multi: bool) -> Result<(), Fault> {
        let mut extent = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for feature in &self.features {
            feature.shape.each(&mut |at| {
                let [west, south, east, north] = extent;
                extent = [west.min(at.x), south.min(at.y), east.max(at.x), north.max(at.y)];
            });
        }
        let [west, south, east, north] = extent.map(|edge| edge.is_finite().then_some(edge));
        to.execute(
            "INSERT INTO gpkg_contents VALUES (?1, 'features', ?1, ?2, ?3, ?4, ?5, ?6, ?7, 4326)",
            params![self.name, description(layer), NEVER, west, south, east, north],
        )?;
        let kind = self.family.map_or("GEOMETRY", |family| family.name(multi)).to_uppercase();
        to.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?1, ?2, ?3, 4326, 0, 0)",
            params![self.name, GEOMETRY, kind],
        )?;
        Ok(())
    }

    fn definition(&self, columns: &[Column]) -> String {
        let kind = |column: &Column| match column.kind {
            Kind::Bool => "BOOLEAN",
            Kind::Integer => "INTEGER",
            Kind::Real => "DOUBLE",
            Kind::Text | Kind::Json => "TEXT",
        };
        let rest: String =
            columns.iter().map(|each| format!(", {} {}", name(&each.name), kind(each))).collect();
        format!(
            "CREATE TABLE {} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {GEOMETRY} BLOB{rest})",
            name(&self.name)
        )
    }

    fn insertion(&self, columns: &[Column]) -> String {
        let names: String = columns.iter().map(|each| format!(", {}", name(&each.name))).collect();
        let places = ", ?".repeat(columns.len());
        format!("INSERT INTO {} ({GEOMETRY}{names}) VALUES (?{places})", name(&self.name))
    }
}

/// A name as SQL quotes it.
fn name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A geometry behind the header of §2.1.3: little endian, no envelope.
fn blob(shape: &Shape, multi: bool) -> Result<Option<Vec<u8>>, Fault> {
    let mut blob = b"GP\x00\x01".to_vec();
    blob.extend(4326_i32.to_le_bytes());
    Ok(wkb(shape, multi)?.map(|bytes| [blob, bytes].concat()))
}

fn sql(cell: Option<Cell<'_>>) -> Sql {
    match cell {
        None => Sql::Null,
        Some(Cell::Bool(value)) => Sql::Integer(value.into()),
        Some(Cell::Integer(value)) => Sql::Integer(value),
        Some(Cell::Real(value)) => Sql::Real(value),
        Some(Cell::Text(text)) => Sql::Text(text.to_owned()),
        Some(Cell::Json(text)) => Sql::Text(text),
    }
}
