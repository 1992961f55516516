//! Coordinate systems of two axes, as their registry describes them.

use super::DatumError;

/// The code of WGS 84, longitude and latitude.
pub const WGS84: &str = "EPSG:4326";

/// Stands for a system that is not known: numbers as they are written, in millions, so that metres
/// are in the range of degrees and pass the checks of positions.
pub const AS_WRITTEN: &str = "numbers as they are written";

/// A geographic or projected coordinate system of two axes.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct System {
    /// Its code in the registry; if it has none, the text it was asked for by.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it is projected; otherwise it is geographic.
    pub projected: bool,
    /// The geographic system a projected one is based on, where that has a code.
    pub base: Option<String>,
    /// Its axes in the order in which this crate gives coordinates: eastward before
    /// northward, whatever the registry prefers.
    pub axes: [Axis; 2],
    /// Where it may be used; `None` where the registry does not say.
    pub area_of_use: Option<AreaOfUse>,
}

/// An axis of a coordinate system.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Axis {
    /// What it measures: `easting`, `lon`.
    pub name: String,
    /// Its unit: `metre`, `degree`, `US survey foot`.
    pub unit: String,
    /// The length of one unit on the ground, in metres; for an angle, along the equator.
    #[serde(skip)]
    pub unit_m: f64,
}

/// A projection of an ellipsoid, and the systems that have it: their numbers are the same, whatever
/// their datums are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectedGrid {
    /// The code of each system, and of the geographic one under it; at least one.
    pub systems: Vec<[String; 2]>,
}

/// Where a coordinate system or an operation may be used.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AreaOfUse {
    /// In words.
    pub name: String,
    /// West, south, east, north in degrees.
    pub bounds_deg: [f64; 4],
}

/// One degree along the equator of WGS 84, in metres.
pub(super) const DEGREE_M: f64 = 111_319.490_793;

impl System {
    /// WGS 84, the system of every dossier: known without PROJ.
    #[must_use]
    pub fn wgs84() -> Self {
        let axis = |name: &str| Axis {
            name: name.to_owned(),
            unit: "degree".to_owned(),
            unit_m: DEGREE_M,
        };
        Self {
            code: WGS84.to_owned(),
            name: "WGS 84".to_owned(),
            projected: false,
            base: None,
            axes: ["lon", "lat"].map(axis),
            area_of_use: None,
        }
    }

    /// The geographic system it is based on, or is.
    ///
    /// # Errors
    /// [`DatumError::NoBase`] where that has no code.
    pub fn geographic(&self) -> Result<&str, DatumError> {
        let no_base = || DatumError::NoBase { code: self.code.clone() };
        if self.projected { self.base.as_deref().ok_or_else(no_base) } else { Ok(&self.code) }
    }
}

impl Axis {
    /// The number of decimals that shows about a tenth of a metre.
    #[must_use]
    pub fn decimals(&self) -> usize {
        // A little more than a tenth, so that degrees get six.
        let places = (self.unit_m / 0.12).log10().ceil();
        // Clamped: no unit is so large, and no number of decimals is negative.
        places.clamp(0.0, 12.0) as usize
    }

    /// Its name and the symbol of its unit, for the head of a column: `easting m`.
    #[must_use]
    pub fn title(&self) -> String {
        let unit = match self.unit.as_str() {
            "degree" => "°",
            "metre" => "m",
            "kilometre" => "km",
            "foot" => "ft",
            "US survey foot" => "ftUS",
            other => other,
        };
        format!("{} {unit}", self.name)
    }
}

impl AreaOfUse {
    /// How large its bounds are, in square degrees at the equator.
    #[cfg_attr(not(feature = "proj"), allow(dead_code, reason = "operations are compared by it"))]
    pub(super) fn extent_deg2(&self) -> f64 {
        let [west, south, east, north] = self.bounds_deg;
        let width = if west <= east { east - west } else { 360.0 - west + east };
        width.to_radians()
            * (north.to_radians().sin() - south.to_radians().sin())
            * 1_f64.to_degrees().powi(2)
    }

    /// Whether a longitude and latitude lie within the bounds.
    #[must_use]
    pub fn contains(&self, point: geo_types::Coord) -> bool {
        let [west, south, east, north] = self.bounds_deg;
        let within = if west <= east {
            west <= point.x && point.x <= east
        } else {
            // Across the antimeridian.
            west <= point.x || point.x <= east
        };
        within && south <= point.y && point.y <= north
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_follow_the_unit() {
        for (unit_m, decimals) in
            [(1.0, 1), (0.3048, 1), (1000.0, 4), (DEGREE_M, 6), (DEGREE_M * 0.9, 6), (0.0, 0)]
        {
            let axis = Axis { name: String::new(), unit: String::new(), unit_m };
            assert_eq!(axis.decimals(), decimals, "{unit_m} m");
        }
    }

    #[test]
    fn an_area_may_lie_across_the_antimeridian() {
        let area = AreaOfUse { name: String::new(), bounds_deg: [170.0, -10.0, -170.0, 10.0] };
        assert!(area.contains(geo_types::Coord { x: 175.0, y: 0.0 }));
        assert!(area.contains(geo_types::Coord { x: -175.0, y: 0.0 }));
        assert!(!area.contains(geo_types::Coord { x: 0.0, y: 0.0 }));
    }
}
