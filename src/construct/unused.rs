//! What rows say without any use: of edges that are not there, or of a place that is given otherwise.

use super::edge::Kind;
use super::place::{Trouble, is_no};
use super::reading::RowTrouble;
use super::table::Row;
use crate::problem::ConstructFault;

/// The keys that give a place, each with those that belong to it.
const PLACES: [(&str, &[&str]); 7] = [
    ("latitude", &["longitude", "northing", "easting", "grid"]),
    ("coordinates", &[]),
    ("reference", &[]),
    ("from", &["distance", "azimuth", "along"]),
    ("crossing", &[]),
    ("vertex", &["of"]),
    ("northing", &["easting", "grid"]),
];
/// What is said of the edge to the next point, except for its kind.
const OF_EDGE: [&str; 2] = ["length", "bearing"];
/// What is said of an arc only.
const OF_ARC: [&str; 3] = ["centre", "radius", "turn"];

/// What each row says that nothing is made of.
pub(super) fn unused(rows: &[Row], default: &Kind) -> Vec<RowTrouble> {
    let is_on_line = |row: &Row| !row.get("on_line").is_some_and(is_no);
    let last = rows.iter().rposition(is_on_line);
    let mut found = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let ends_here = row.get("edge").is_some_and(|kind| kind.eq_ignore_ascii_case("none"));
        let has_edge = is_on_line(row) && last != Some(number) && !ends_here;
        let is_arc = row.get("edge").map_or(*default == Kind::Arc, |kind| {
            // What cannot be read is reported as that.
            Kind::read(kind).map_or(true, |kind| kind == Kind::Arc)
        });
        let mut add = |keys: &[&'static str], why: &'static str| {
            for key in keys.iter().copied().filter(|key| row.get(key).is_some()) {
                found.push((number, Trouble::Key(key, ConstructFault::Unused { key, why })));
            }
        };
        match (has_edge, is_arc) {
            (false, _) => {
                add(&OF_EDGE, "no edge begins at this point");
                add(&OF_ARC, "no edge begins at this point");
            }
            (true, false) => add(&OF_ARC, "the edge from this point is no arc"),
            (true, true) => {}
        }
        let Some((way, with_it)) = PLACES.iter().find(|(way, _)| row.get(way).is_some()) else {
            continue;
        };
        // Several places of one point are a fault of their own.
        let of_others = PLACES.iter().flat_map(|(_, keys)| keys.iter().copied());
        let has_northing = row.get("northing").is_some();
        let is_use = |key: &str| with_it.contains(&key) && (key != "easting" || has_northing);
        let mut others: Vec<&'static str> =
            of_others.filter(|key| key != way && !is_use(key)).collect();
        others.sort_unstable();
        others.dedup();
        add(&others, "the place of the point is given otherwise");
    }
    found
}
