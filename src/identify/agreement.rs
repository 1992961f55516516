//! In which projected systems printed latitudes and longitudes are the printed northings and
//! eastings.
//!
//! A projection moves no datum: all systems of one grid, an ellipsoid and a projection, have the same
//! numbers. So this says on which ellipsoid and in which zone points are, and which datum only if
//! one has that grid alone.

use std::collections::BTreeMap;

use geo::Coord;

use super::printed::{Apart, TwicePrinted, reading_m};
use crate::geodesy::datum::{Operation, between, grids_near, system};
use crate::io::{PrintedRow, PrintedTable};

/// What points that are printed twice say of their system.
#[derive(Debug, Clone)]
pub(crate) struct Agreement {
    /// The names of the points.
    pub(crate) points: Vec<String>,
    /// The systems in which the two are near each other, the nearest first.
    pub(crate) candidates: Vec<GridReading>,
}

/// A projected system, or the zones of one, and how the points agree in it.
#[derive(Debug, Clone)]
pub(crate) struct GridReading {
    /// What it is called.
    pub(crate) name: String,
    /// The codes of the zones in which the points are.
    pub(crate) systems: Vec<String>,
    /// Whether the first of two numbers, called x, is the northing.
    pub(crate) is_northing_first: bool,
    /// One for each point.
    pub(crate) apart: Vec<Apart>,
}

/// Systems in which the two are farther apart than this, in metres, are none of theirs.
const FARTHEST_M: f64 = 5_000.0;

impl Agreement {
    /// Looks for the systems of the points that are printed twice; `None` where there are none.
    pub(super) fn new(table: &PrintedTable) -> Option<Self> {
        let twice: Vec<(&PrintedRow, [TwicePrinted; 2])> =
            table.rows.iter().filter_map(|row| Some((row, both_orders(row)?))).collect();
        if twice.is_empty() {
            return None;
        }
        let mut grids = Grids::default();
        let mut families: BTreeMap<Family, Vec<Zone>> = BTreeMap::new();
        for (number, (_, orders)) in twice.iter().enumerate() {
            for (family, zone) in grids.near(orders, table.names_northings) {
                let zones = families.entry(family).or_default();
                // A family without a zone for an earlier point is none for all.
                match zones.len().checked_sub(number) {
                    Some(0) => zones.push(zone),
                    Some(_) if zone.apart.length_m() < zones[number].apart.length_m() => {
                        zones[number] = zone;
                    }
                    _ => {}
                }
            }
        }
        families.retain(|_, zones| zones.len() == twice.len());
        let readings = families.into_iter().map(|(family, zones)| GridReading::new(family, &zones));
        let mut candidates: Vec<GridReading> = readings.collect();
        candidates.sort_by(|a, b| {
            let key = |it: &GridReading| (!it.is_explained(), it.farthest_m());
            let ((a_off, a_m), (b_off, b_m)) = (key(a), key(b));
            a_off.cmp(&b_off).then(a_m.total_cmp(&b_m))
        });
        let points = twice.iter().map(|(row, _)| row.name.clone()).collect();
        Some(Self { points, candidates })
    }

    /// The systems in which rounding explains what the two are apart.
    pub(crate) fn agreeing(&self) -> Vec<&GridReading> {
        self.candidates.iter().filter(|candidate| candidate.is_explained()).collect()
    }
}

impl GridReading {
    fn new(family: Family, zones: &[Zone]) -> Self {
        let mut systems: Vec<String> = Vec::new();
        for zone in zones {
            if !systems.contains(&zone.code) {
                systems.push(zone.code.clone());
            }
        }
        let name = match (&systems[..], zones.first()) {
            ([_], Some(zone)) => zone.name.clone(),
            _ => family.name,
        };
        Self {
            name: format!("{name} ({})", systems.join(", ")),
            systems,
            is_northing_first: family.is_northing_first,
            apart: zones.iter().map(|zone| zone.apart).collect(),
        }
    }

    /// Whether rounding explains all that the two are apart.
    pub(crate) fn is_explained(&self) -> bool {
        self.apart.iter().all(Apart::is_explained)
    }

    /// How far apart they are where they are farthest.
    pub(crate) fn farthest_m(&self) -> f64 {
        self.apart.iter().map(Apart::length_m).fold(0.0, f64::max)
    }

    /// The point that is farthest beyond what rounding explains.
    pub(crate) fn worst(&self) -> Option<(usize, &Apart)> {
        self.apart.iter().enumerate().max_by(|(_, a), (_, b)| a.excess_m().total_cmp(&b.excess_m()))
    }
}

/// A point with the first of its numbers in metres taken for the easting, and for the northing.
fn both_orders(row: &PrintedRow) -> Option<[TwicePrinted; 2]> {
    let ([latitude, longitude], [first, second]) = (row.degrees?, row.plane?);
    let reading_m = row.map_scale.map_or(0.0, reading_m);
    let of = |[easting, northing]: [_; 2]| TwicePrinted {
        latitude,
        longitude,
        northing,
        easting,
        reading_m,
    };
    Some([of([first, second]), of([second, first])])
}

/// The zones of a system, and in which order its coordinates are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Family {
    name: String,
    is_northing_first: bool,
}

/// A point in a zone.
struct Zone {
    code: String,
    name: String,
    apart: Apart,
}

/// The grids that were opened, and the names of systems. PROJ takes long to look one up.
#[derive(Default)]
struct Grids {
    projections: BTreeMap<[String; 2], Option<Operation>>,
    names: BTreeMap<String, Option<String>>,
}

impl Grids {
    /// The systems near a point in which the two places of it are near each other.
    fn near(&mut self, orders: &[TwicePrinted; 2], is_named: bool) -> Vec<(Family, Zone)> {
        let place = Coord { x: orders[0].longitude.value, y: orders[0].latitude.value };
        let mut found = Vec::new();
        for grid in grids_near(&[place]) {
            // They have one grid, so one of them answers for all.
            let Some(first) = grid.systems.first() else { continue };
            let Some(projection) = self.projection(first) else { continue };
            let orders = orders.iter().zip([false, true]).take(if is_named { 1 } else { 2 });
            let near: Vec<(bool, Apart)> = orders
                .filter_map(|(twice, order)| Some((order, twice.apart(projection).ok()?)))
                .filter(|(_, apart)| apart.length_m() <= FARTHEST_M)
                .collect();
            for (is_northing_first, apart) in near {
                for [code, _] in &grid.systems {
                    let Some(name) = self.name(code) else { continue };
                    let family = Family { name: without_zone(&name), is_northing_first };
                    found.push((family, Zone { code: code.clone(), name, apart }));
                }
            }
        }
        found
    }

    fn projection(&mut self, [code, base]: &[String; 2]) -> Option<&Operation> {
        let open = || between(base, code).ok();
        self.projections.entry([code.clone(), base.clone()]).or_insert_with(open).as_ref()
    }

    fn name(&mut self, code: &str) -> Option<String> {
        let name = || system(code).ok().map(|it| it.name);
        self.names.entry(code.to_owned()).or_insert_with(name).clone()
    }
}

/// `Pulkovo 1942 / Gauss-Kruger zone 22` without its number.
fn without_zone(name: &str) -> String {
    let (base, projection) = name.split_once(" / ").unwrap_or(("", name));
    let mut words: Vec<&str> = projection.split(' ').collect();
    let has_digit = |word: &&str| word.contains(|c: char| c.is_ascii_digit());
    if let Some(at) = words.iter().rposition(has_digit) {
        words[at] = "…";
    }
    if base.is_empty() { words.join(" ") } else { format!("{base} / {}", words.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_of_one_system_are_one_family() {
        for (name, family) in [
            ("Pulkovo 1942 / Gauss-Kruger zone 22", "Pulkovo 1942 / Gauss-Kruger zone …"),
            ("Pulkovo 1942 / Gauss-Kruger CM 129E", "Pulkovo 1942 / Gauss-Kruger CM …"),
            ("WGS 84 / UTM zone 44N", "WGS 84 / UTM zone …"),
            (
                "Pulkovo 1942 / 3-degree Gauss-Kruger zone 43",
                "Pulkovo 1942 / 3-degree Gauss-Kruger zone …",
            ),
            ("OSGB36 / British National Grid", "OSGB36 / British National Grid"),
        ] {
            assert_eq!(without_zone(name), family);
        }
    }
}
