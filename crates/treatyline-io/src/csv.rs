//! Tables of text: a row for each feature, its geometry as well-known text in one column, or as
//! longitude and latitude in two or in one, which are known by their names ([`columns`]). All else is
//! attributes, as text.

#[cfg_attr(not(feature = "wkt"), allow(dead_code, reason = "only whether it is a table"))]
mod columns;
#[cfg(feature = "wkt")]
mod place;
mod points;
#[cfg(feature = "wkt")]
mod table;

pub(super) use columns::is_table;
pub use points::{PrintedRow, PrintedTable};

#[cfg(feature = "wkt")]
pub(super) use reading::read;

#[cfg(feature = "wkt")]
mod reading {
    use serde_json::{Map, Value};

    use super::columns::{Place, is_wkt};
    use super::place::{Grids, both, two};
    use super::table::Table;
    use crate::Collection;
    use crate::fixes::FixKind;
    use crate::gather::Gather;
    use crate::input::Loaded;
    use crate::problem::{Fault, Problems};
    use crate::wkt;

    pub(crate) fn read(loaded: &Loaded) -> Result<Collection, Problems> {
        let mut gather = Gather::new(loaded);
        let table = Table::new(loaded, gather.fixes())?;
        let place = table.header.place;
        let mut reader = table.reader();
        let names = table.names(&mut reader)?;
        if let Place::Wkt(at) = place {
            for (_, other) in names.iter().enumerate().filter(|(i, name)| *i != at && is_wkt(name))
            {
                let read = names.get(at).map_or("", String::as_str);
                let detail = format!("`{other}`, where `{read}` was read");
                gather.fix(FixKind::OtherGeometry, "", Some(detail));
            }
        }
        let mut grids = Grids::default();
        for row in reader.byte_records() {
            let row = row.map_err(|error| table.broken(&error))?;
            if row.iter().skip(names.len()).any(|cell| !cell.trim_ascii().is_empty()) {
                let (cells, names) = (row.len(), names.len());
                let message = format!(
                    "a row of {cells} cells under {names} names: put text with a delimiter in it \
                     into quotes, and write decimals with a point"
                );
                gather.unreadable(Fault::Syntax { message })?;
                continue;
            }
            let mut properties = Map::new();
            for (i, (name, cell)) in names.iter().zip(&row).enumerate() {
                if place.has(i) {
                    continue;
                }
                if table.is_unknown(cell) {
                    let at = gather.place(None);
                    gather.fix(FixKind::BytesEscaped, at, Some(format!("in `{name}`")));
                }
                let value = if cell.is_empty() { Value::Null } else { table.text(cell).into() };
                properties.insert(name.clone(), value);
            }
            let cell = |at: usize| table.text(row.get(at).unwrap_or_default()).trim().to_owned();
            let raw = match place {
                Place::Wkt(at) => wkt::geometry(&cell(at), &mut gather)?,
                Place::Two(columns) => {
                    gather.system_by_convention()?;
                    two(&cell(columns.east), &cell(columns.north), columns.is_plane, &mut gather)
                }
                Place::Both { at, is_lon_first } => {
                    gather.system_by_convention()?;
                    both(&cell(at), is_lon_first)
                }
                Place::Grid(at) => {
                    gather.system_by_convention()?;
                    grids.point(&cell(at), &mut gather)
                }
            };
            gather.add(None, raw, properties)?;
        }
        gather.finish(Map::new())
    }
}
