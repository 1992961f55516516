//! Which operations of the EPSG's registry lead between a geographic system and WGS 84.
//!
//! PROJ answers with the operation it prefers; the list of all of them is not in its safe
//! interface. `scripts/registered_operations.sh` writes `registered.csv` from PROJ's database.
//! A row has the numbers of a system, of its datum and of an operation, and how many grids that
//! needs; what the operation is, PROJ says.

use std::env;
use std::path::Path;

const TABLE: &str = include_str!("registered.csv");

/// The numbers of a row.
struct Row {
    system: u32,
    datum: u32,
    operation: u32,
    grids: u32,
}

fn rows() -> impl Iterator<Item = Row> {
    TABLE.lines().skip(1).filter_map(|line| {
        let mut numbers = line.split(',').map(|number| number.parse().ok());
        let mut next = || numbers.next().flatten();
        Some(Row { system: next()?, datum: next()?, operation: next()?, grids: next()? })
    })
}

/// The code of an operation, and whether it needs a grid.
pub(super) struct Registered {
    pub(super) code: String,
    pub(super) needs_grid: bool,
}

/// The operations between WGS 84 and a geographic system of the EPSG's.
pub(super) fn operations(system: &str) -> Vec<Registered> {
    let number = system.strip_prefix("EPSG:").and_then(|number| number.parse::<u32>().ok());
    rows()
        .filter(|row| Some(row.system) == number)
        .map(|row| Registered {
            code: format!("EPSG:{}", row.operation),
            needs_grid: row.grids > 0,
        })
        .collect()
}

/// Whether grids may be installed: PROJ's database comes with this program, grids do not. PROJ
/// writes to standard error for each grid that it does not find, so none is tried in vain.
pub(super) fn may_have_grids() -> bool {
    let is_set = |name: &&str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let of_user = env::var_os("HOME").map(|home| Path::new(&home).join(".local/share/proj"));
    ["PROJ_DATA", "PROJ_LIB", "PROJ_NETWORK"].iter().any(is_set)
        || of_user.is_some_and(|folder| folder.is_dir())
}

/// The geographic system of a datum of the EPSG's, if operations are registered for it.
pub(super) fn system_of_datum(datum: &str) -> Option<String> {
    let number: u32 = datum.strip_prefix("EPSG:")?.parse().ok()?;
    rows().find(|row| row.datum == number).map(|row| format!("EPSG:{}", row.system))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_and_found() {
        assert_eq!(rows().count(), TABLE.lines().count() - 1, "each row has four numbers");
        let known = operations("EPSG:4284");
        assert!(known.iter().any(|it| it.code == "EPSG:1291" && !it.needs_grid));
        assert!(operations("EPSG:4267").iter().any(|it| it.needs_grid));
        assert!(operations("EPSG:4610").is_empty() && operations("4284").is_empty());
        assert_eq!(system_of_datum("EPSG:6284").as_deref(), Some("EPSG:4284"));
        assert_eq!(system_of_datum("EPSG:6610"), None);
    }

    #[cfg(feature = "proj")]
    #[test]
    fn proj_knows_them_and_their_ends() {
        // Some hundredths of a second each: every seventh.
        for row in rows().filter(|row| row.grids == 0).step_by(7) {
            let operation = crate::named(&format!("EPSG:{}", row.operation));
            let operation = operation.unwrap_or_else(|error| panic!("{}: {error}", row.operation));
            let (from, to) = operation.systems().unwrap();
            let system = format!("EPSG:{}", row.system);
            let ends = [(system.as_str(), crate::WGS84), (crate::WGS84, system.as_str())];
            assert!(ends.contains(&(from, to)), "EPSG:{} leads from {from} to {to}", row.operation);
        }
    }
}
