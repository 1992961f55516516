//! Which operations of the EPSG's registry lead between a geographic system and WGS 84.
//!
//! PROJ answers with the operation it prefers; the list of all of them is not in its safe
//! interface. `scripts/registered_operations.sh` writes `registered.csv` from PROJ's database.
//! A row has the numbers of a system, of its datum and of an operation, the grids that needs, its
//! accuracy, and the box of its area of use; what the operation is, PROJ says.

use std::collections::BTreeSet;
use std::env;
use std::path::Path;

use geo_types::Coord;

use crate::AreaOfUse;
use crate::chosen::MissingOperation;

const TABLE: &str = include_str!("registered.csv");

/// The numbers of a row.
struct Row {
    system: u32,
    datum: u32,
    operation: u32,
    /// Their files, with spaces between them.
    grids: &'static str,
    accuracy_m: Option<f64>,
    /// West, south, east, north.
    bounds_deg: [f64; 4],
}

fn rows() -> impl Iterator<Item = Row> {
    TABLE.lines().skip(1).filter_map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        let [system, datum, operation, grids, accuracy, bounds @ ..] = &cells[..] else {
            return None;
        };
        let [system, datum, operation] = [system, datum, operation].map(|cell| cell.parse().ok());
        let bounds: Option<Vec<f64>> = bounds.iter().map(|cell| cell.parse().ok()).collect();
        Some(Row {
            system: system?,
            datum: datum?,
            operation: operation?,
            grids,
            accuracy_m: accuracy.parse().ok(),
            bounds_deg: bounds?.try_into().ok()?,
        })
    })
}

/// The codes of the geographic systems from which a registered operation without a grid leads to
/// WGS 84 at a place.
#[must_use]
pub fn systems_at(place: Coord) -> Vec<String> {
    let is_there = |row: &Row| {
        let area = AreaOfUse { name: String::new(), bounds_deg: row.bounds_deg };
        row.grids.is_empty() && area.contains(place)
    };
    let numbers: BTreeSet<u32> = rows().filter(is_there).map(|row| row.system).collect();
    numbers.into_iter().map(|number| format!("EPSG:{number}")).collect()
}

/// An operation as the list has it.
pub(super) struct Registered {
    pub(super) code: String,
    grids: &'static str,
    accuracy_m: Option<f64>,
    area: AreaOfUse,
}

impl Registered {
    pub(super) const fn needs_grid(&self) -> bool {
        !self.grids.is_empty()
    }

    /// Whether one of some places is in its area of use.
    pub(super) fn is_for(&self, places: &[Coord]) -> bool {
        places.iter().any(|at| self.area.contains(*at))
    }

    /// The same without its grids.
    pub(super) fn missing(self) -> MissingOperation {
        MissingOperation {
            code: self.code,
            grids: self.grids.split_whitespace().map(str::to_owned).collect(),
            accuracy_m: self.accuracy_m,
        }
    }
}

/// The operations between WGS 84 and a geographic system of the EPSG's.
pub(super) fn operations(system: &str) -> Vec<Registered> {
    let number = system.strip_prefix("EPSG:").and_then(|number| number.parse::<u32>().ok());
    rows()
        .filter(|row| Some(row.system) == number)
        .map(|row| Registered {
            code: format!("EPSG:{}", row.operation),
            grids: row.grids,
            accuracy_m: row.accuracy_m,
            area: AreaOfUse { name: String::new(), bounds_deg: row.bounds_deg },
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
        assert_eq!(rows().count(), TABLE.lines().count() - 1, "each row has its cells");
        let known = operations("EPSG:4284");
        assert!(known.iter().any(|it| it.code == "EPSG:1291" && !it.needs_grid()));
        assert!(operations("EPSG:4267").iter().any(Registered::needs_grid));
        assert!(operations("EPSG:4610").is_empty() && operations("4284").is_empty());
        assert_eq!(system_of_datum("EPSG:6284").as_deref(), Some("EPSG:4284"));
        assert_eq!(system_of_datum("EPSG:6610"), None);
        let there = systems_at(Coord { x: 82.5, y: 45.5 });
        assert!(there.contains(&"EPSG:4284".to_owned()), "{there:?}");
        assert!(!there.contains(&"EPSG:4267".to_owned()));
    }

    #[cfg(feature = "proj")]
    #[test]
    fn proj_knows_them_and_their_ends() {
        // Some hundredths of a second each: every seventh.
        for row in rows().filter(|row| row.grids.is_empty()).step_by(7) {
            let operation = crate::named(&format!("EPSG:{}", row.operation));
            let operation = operation.unwrap_or_else(|error| panic!("{}: {error}", row.operation));
            let (from, to) = operation.systems().unwrap();
            let system = format!("EPSG:{}", row.system);
            let ends = [(system.as_str(), crate::WGS84), (crate::WGS84, system.as_str())];
            assert!(ends.contains(&(from, to)), "EPSG:{} leads from {from} to {to}", row.operation);
        }
    }
}
