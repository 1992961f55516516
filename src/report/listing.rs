//! The dossier's points in any coordinate system, each with the operation that took
//! it there.

use geo::Coord;
use serde::Serialize;

use super::table::{Lean, Table};
use crate::dossier::Dossier;
use crate::geodesy::datum::{self, AreaOfUse, DatumError, Operation, OperationInfo};
use crate::wording::{distance, number};

/// The system of the dossier's own coordinates.
const WGS84: &str = "EPSG:4326";

/// The document `treatyline/points/v1`.
#[derive(Debug, Clone, Serialize)]
pub struct PointList {
    /// The document type and its version.
    pub schema: &'static str,
    /// The coordinate system.
    pub crs: String,
    /// Whether `x`, `y` are easting and northing; otherwise longitude and latitude.
    pub projected: bool,
    /// Where the system may be used, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_of_use: Option<AreaOfUse>,
    /// The operations used; none where nothing had to be converted.
    pub operations: Vec<OperationInfo>,
    /// The points that have a place.
    pub points: Vec<ListedPoint>,
}

/// A point in the list.
#[derive(Debug, Clone, Serialize)]
pub struct ListedPoint {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Longitude or easting.
    pub x: f64,
    /// Latitude or northing.
    pub y: f64,
    /// The accuracy of its WGS 84 place.
    pub accuracy_m: f64,
    /// Whether it lies outside the system's area of use, where coordinates are less
    /// exact or mean nothing.
    pub outside: bool,
    /// Its operation, by its place in `operations`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<usize>,
}

/// How to get from WGS 84 to the wanted system.
enum Way {
    /// Stay.
    Stay,
    /// As PROJ chooses, told afterwards.
    Chosen(Operation),
    /// Through a named operation, then a conversion without loss.
    Named { operation: Operation, inverse: bool, rest: Option<Operation> },
}

impl PointList {
    /// Lists the points in a system, `EPSG:28415`. With the code of an operation,
    /// `EPSG:1291`, that one is used; without, PROJ chooses and the list says what.
    ///
    /// # Errors
    /// [`DatumError`] for an unknown code, a ballpark operation, a point outside the
    /// operation's reach, or without PROJ any system but WGS 84.
    pub fn new(dossier: &Dossier, crs: &str, operation: Option<&str>) -> Result<Self, DatumError> {
        let way = Way::new(crs, operation)?;
        let projected = !matches!(way, Way::Stay) && datum::geographic_base(crs).is_ok();
        let area_of_use = (!matches!(way, Way::Stay)).then(|| datum::area_of_use(crs)).flatten();
        let decimals = if projected { 1e2 } else { 1e7 };
        let mut operations: Vec<OperationInfo> = Vec::new();
        let mut points = Vec::new();
        for point in &dossier.points {
            let Some(place) = point.place else { continue };
            let (there, info) = way.walk(place)?;
            let used = info.map(|info| {
                operations.iter().position(|known| *known == info).unwrap_or_else(|| {
                    operations.push(info);
                    operations.len() - 1
                })
            });
            points.push(ListedPoint {
                id: point.id.clone(),
                name: point.name.clone(),
                x: (there.x * decimals).round() / decimals,
                y: (there.y * decimals).round() / decimals,
                accuracy_m: point.accuracy_m,
                outside: area_of_use.as_ref().is_some_and(|area| !area.contains(place)),
                operation: used,
            });
        }
        let schema = "treatyline/points/v1";
        let crs = crs.to_owned();
        Ok(Self { schema, crs, projected, area_of_use, operations, points })
    }

    /// A table for a terminal, operations first.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("Points in {}\n", self.crs);
        for (i, operation) in self.operations.iter().enumerate() {
            let accuracy = operation
                .accuracy_m
                .map_or_else(|| "accuracy not stated".to_owned(), |m| format!("± {}", distance(m)));
            let area = operation.area_of_use.as_deref().unwrap_or("area of use not stated");
            text.push_str(&format!("  [{}] {}: {accuracy}; {area}\n", i + 1, operation.name));
        }
        let outside = self.points.iter().any(|point| point.outside);
        if let Some(area) = self.area_of_use.as_ref().filter(|_| outside) {
            text.push_str(&format!("  outside: not in the area of use, {}\n", area.name));
        }
        let (x, y) =
            if self.projected { ("easting m", "northing m") } else { ("lon °", "lat °") };
        let mut table = Table::new(&[
            ("point", Lean::Left),
            (x, Lean::Right),
            (y, Lean::Right),
            ("place", Lean::Right),
            ("by", Lean::Left),
        ]);
        let decimals = if self.projected { 1 } else { 6 };
        for point in &self.points {
            let digits = |value: f64| format!("{value:.decimals$}");
            table.row([
                point.id.clone(),
                digits(point.x),
                digits(point.y),
                format!("± {} m", number(point.accuracy_m, 0)),
                point.operation.map_or_else(String::new, |i| format!("[{}]", i + 1))
                    + if point.outside { " outside" } else { "" },
            ]);
        }
        text.push_str(&table.text());
        text
    }

    /// The JSON document.
    #[must_use]
    pub fn json(&self) -> String {
        super::json::pretty(self)
    }
}

impl Way {
    fn new(crs: &str, operation: Option<&str>) -> Result<Self, DatumError> {
        let Some(code) = operation else {
            return if crs.eq_ignore_ascii_case(WGS84) {
                Ok(Self::Stay)
            } else {
                datum::between(WGS84, crs).map(Self::Chosen)
            };
        };
        let operation = datum::named(code)?;
        let leads =
            |to: &str| DatumError::WrongOperation { operation: code.to_owned(), to: to.to_owned() };
        let (from, to) = operation.systems().ok_or_else(|| leads(crs))?;
        let (other, inverse) = match (from, to) {
            (WGS84, other) => (other.to_owned(), false),
            (other, WGS84) => (other.to_owned(), true),
            _ => return Err(leads(crs)),
        };
        let rest = if other.eq_ignore_ascii_case(crs) {
            None
        } else {
            // What is left must lose nothing, or a second datum operation would creep in.
            match datum::geographic_base(crs) {
                Ok(base) if base == other => Some(datum::between(&other, crs)?),
                _ => return Err(leads(crs)),
            }
        };
        Ok(Self::Named { operation, inverse, rest })
    }

    fn walk(&self, place: Coord) -> Result<(Coord, Option<OperationInfo>), DatumError> {
        match self {
            Self::Stay => Ok((place, None)),
            Self::Chosen(operation) => {
                let there = operation.forward(place)?;
                Ok((there, Some(operation.info())))
            }
            Self::Named { operation, inverse, rest } => {
                let middle =
                    if *inverse { operation.inverse(place) } else { operation.forward(place) }?;
                let there = rest.as_ref().map_or(Ok(middle), |rest| rest.forward(middle))?;
                Ok((there, Some(operation.info())))
            }
        }
    }
}
