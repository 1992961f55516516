//! Projected systems near a place, by the grid that they have in common.
//!
//! PROJ's safe interface has no list of systems. `scripts/projected_systems.sh` writes
//! `projected.csv` from PROJ's database. A row has the numbers of a system in metres, of the
//! geographic one under it, of its projection and of its ellipsoid, and the box of its area of use.

use geo_types::Coord;

use crate::system::ProjectedGrid;

const TABLE: &str = include_str!("projected.csv");

/// Points of a boundary are computed in the zone of a neighbour too, and beyond the country that a
/// registry has in mind: areas of use are taken wider by this in longitude, a zone of 6° and somewhat
/// more, and in latitude.
const WIDER_DEG: [f64; 2] = [7.0, 5.0];

/// The numbers of a row.
struct Row {
    system: u32,
    base: u32,
    projection: u32,
    ellipsoid: u32,
    /// West, south, east, north.
    bounds_deg: [f64; 4],
}

fn rows() -> impl Iterator<Item = Row> {
    TABLE.lines().skip(1).filter_map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        let [numbers @ .., _, _, _, _] = &cells[..] else { return None };
        let [system, base, projection, ellipsoid] = numbers else { return None };
        let [system, base, projection, ellipsoid] =
            [system, base, projection, ellipsoid].map(|cell| cell.parse().ok());
        let bounds: Option<Vec<f64>> = cells[4..].iter().map(|cell| cell.parse().ok()).collect();
        Some(Row {
            system: system?,
            base: base?,
            projection: projection?,
            ellipsoid: ellipsoid?,
            bounds_deg: bounds?.try_into().ok()?,
        })
    })
}

impl Row {
    fn is_near(&self, place: Coord) -> bool {
        let [west, south, east, north] = self.bounds_deg;
        let [in_lon, in_lat] = WIDER_DEG;
        let across = if west <= east { east - west } else { 360.0 + east - west };
        let width = across + 2.0 * in_lon;
        let along = (place.x - (west - in_lon)).rem_euclid(360.0);
        along <= width && (south - in_lat..=north + in_lat).contains(&place.y)
    }
}

/// The grids of the projected systems in metres that are used at one of some places or near it,
/// those of neighbouring zones among them.
#[must_use]
pub fn grids_near(places: &[Coord]) -> Vec<ProjectedGrid> {
    let mut grids: Vec<([u32; 2], ProjectedGrid)> = Vec::new();
    // Rows of one grid follow one another.
    for row in rows().filter(|row| places.iter().any(|place| row.is_near(*place))) {
        let key = [row.projection, row.ellipsoid];
        let system = [format!("EPSG:{}", row.system), format!("EPSG:{}", row.base)];
        match grids.last_mut() {
            Some((last, grid)) if *last == key => {
                if !grid.systems.contains(&system) {
                    grid.systems.push(system);
                }
            }
            _ => grids.push((key, ProjectedGrid { systems: vec![system] })),
        }
    }
    grids.into_iter().map(|(_, grid)| grid).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes_near(x: f64, y: f64) -> Vec<String> {
        let grids = grids_near(&[Coord { x, y }]);
        grids.into_iter().flat_map(|grid| grid.systems).map(|[system, _]| system).collect()
    }

    #[test]
    fn each_row_is_read() {
        assert_eq!(rows().count(), TABLE.lines().count() - 1);
    }

    #[test]
    fn neighbouring_zones_are_near_and_others_are_not() {
        let codes = codes_near(80.2, 42.2);
        for zone in ["EPSG:28413", "EPSG:28414", "EPSG:28415", "EPSG:32644", "EPSG:21414"] {
            assert!(codes.contains(&zone.to_owned()), "{zone}: {codes:?}");
        }
        assert!(
            !codes.contains(&"EPSG:28420".to_owned()) && !codes.contains(&"EPSG:27700".to_owned())
        );
        // Across the antimeridian.
        assert!(codes_near(-179.0, 65.0).contains(&"EPSG:32660".to_owned()));
    }

    #[test]
    fn systems_of_one_grid_are_together() {
        let grids = grids_near(&[Coord { x: 30.0, y: 50.0 }]);
        let of = |code: &str| {
            grids.iter().position(|grid| grid.systems.iter().any(|[system, _]| system == code))
        };
        // Zone 6 of Pulkovo 1942 and of its adjustment of 1958.
        assert!(of("EPSG:28406").is_some());
        assert_ne!(of("EPSG:28406"), of("EPSG:28405"));
    }
}
