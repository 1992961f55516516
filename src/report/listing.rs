//! The dossier's points in any coordinate system, each with the operation that took
//! it there.

use serde::Serialize;

use super::styled::StyledText;
use super::table::{Lean, Table};
use super::text::Page;
use crate::dossier::{BoundaryPoint, Dossier};
use crate::geodesy::datum::{self, AreaOfUse, DatumError, OperationInfo, System, WGS84, Way};
use crate::io::Setting;
use crate::wording::{distance, list, shortened, within};

/// The document `treatyline/points/v1`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PointList {
    /// The document type and its version.
    pub(crate) schema: &'static str,
    /// The code of the coordinate system.
    pub(crate) crs: String,
    /// The system: its axes say what `x` and `y` of the points are.
    pub(crate) system: System,
    /// Who chose the datum operation.
    pub(crate) operation_by: Chooser,
    /// The operations used; none where nothing had to be converted.
    pub(crate) operations: Vec<OperationInfo>,
    /// The points that have a place.
    pub(crate) points: Vec<ListedPoint>,
}

/// Who chose a datum operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Chooser {
    /// No one: no datum is changed.
    #[serde(rename = "nobody")]
    NotNeeded,
    /// The caller who asked for the list.
    Caller,
    /// The dossier: its published coordinates name the operation.
    Dossier,
    /// PROJ, among those it knows.
    Proj,
}

/// A point in the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ListedPoint {
    /// Its id.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// Along the system's first axis: longitude, easting.
    pub(crate) x: f64,
    /// Along its second axis: latitude, northing.
    pub(crate) y: f64,
    /// The accuracy of its WGS 84 place.
    pub(crate) accuracy_m: f64,
    /// Whether it lies outside the system's area of use, where coordinates are less
    /// exact or mean nothing.
    pub(crate) outside: bool,
    /// Whether it lies outside the operation's area of use, where its accuracy does not hold.
    pub(crate) outside_operation: bool,
    /// Its operation, by its place in `operations`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) operation: Option<usize>,
}

impl PointList {
    /// Lists the points in a system, `EPSG:28415`.
    ///
    /// The datum operation is the one given by its code, `EPSG:1291`. Without, it is
    /// the one that the dossier's published coordinates name, if they name one that
    /// leads to this system; otherwise PROJ's choice. The list says which it was.
    ///
    /// # Errors
    /// [`DatumError`] for an unknown code, a system that is no plane, a ballpark
    /// operation, a point outside the operation's reach, or without PROJ any system
    /// but WGS 84.
    pub fn new(dossier: &Dossier, crs: &str, operation: Option<&str>) -> Result<Self, DatumError> {
        let is_wgs84 = crs.eq_ignore_ascii_case(WGS84);
        let system = if is_wgs84 { System::wgs84() } else { datum::system(crs)? };
        let (way, chooser) = way(dossier, &system, operation)?;
        let mut list = Self {
            schema: "treatyline/points/v1",
            crs: crs.to_owned(),
            operation_by: chooser,
            operations: Vec::new(),
            points: Vec::new(),
            system,
        };
        let mut seen = Vec::new();
        for point in &dossier.points {
            list.add(point, &way, &mut seen)?;
        }
        let changed = list.operations.iter().any(|operation| operation.changes_datum);
        if chooser == Chooser::Proj && !changed {
            list.operation_by = Chooser::NotNeeded;
        }
        Ok(list)
    }

    /// Adds a point that has a place. `seen` holds the name and definition of each operation so
    /// far: that is faster to compare than everything PROJ knows of it.
    fn add(
        &mut self,
        point: &BoundaryPoint,
        way: &Way,
        seen: &mut Vec<(String, String)>,
    ) -> Result<(), DatumError> {
        let Some(place) = point.place else { return Ok(()) };
        let there = way.convert(place)?;
        let used = way.operation().map(|operation| {
            let key = operation.name_and_definition();
            seen.iter().position(|known| *known == key).unwrap_or_else(|| {
                self.operations.push(operation.info());
                seen.push(key);
                seen.len() - 1
            })
        });
        let beyond = |area: Option<&AreaOfUse>| area.is_some_and(|area| !area.contains(place));
        let by = used.and_then(|i| self.operations.get(i));
        let [x, y] = self.system.axes.each_ref().map(|axis| {
            // One decimal more than people see.
            10_f64.powi(axis.decimals() as i32 + 1)
        });
        self.points.push(ListedPoint {
            id: point.id.clone(),
            name: point.name.clone(),
            x: (there.x * x).round() / x,
            y: (there.y * y).round() / y,
            accuracy_m: point.accuracy_m,
            outside: beyond(self.system.area_of_use.as_ref()),
            outside_operation: beyond(by.and_then(|by| by.area_of_use.as_ref())),
            operation: used,
        });
        Ok(())
    }

    /// A warning for the case that the caller named no datum operation.
    #[doc(hidden)]
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        let changes = self.operations.iter().filter(|operation| operation.changes_datum);
        let operations: Vec<String> = changes.map(called).collect();
        (self.operation_by == Chooser::Proj).then(|| {
            format!(
                "no datum operation was named, so PROJ chose {}; others may differ by metres: \
                 name one with {}",
                list(&operations),
                Setting::Operation
            )
        })
    }

    /// A table for a terminal, operations first.
    #[must_use]
    pub fn text(&self) -> StyledText {
        let mut page = Page::default();
        page.line(&format!("Points in {}", self.title()));
        for (i, operation) in self.operations.iter().enumerate() {
            page.wrapped(&format!("[{}] {}", i + 1, described(operation)), "  ", "      ");
        }
        match self.operation_by {
            Chooser::NotNeeded | Chooser::Caller => {}
            Chooser::Dossier => page.paragraph("The dossier names this operation."),
            Chooser::Proj => page.paragraph(&format!(
                "PROJ chose among the operations it knows; {} names another.",
                Setting::Operation.with("CODE")
            )),
        }
        let area = self.system.area_of_use.as_ref();
        if let Some(area) = area.filter(|_| self.points.iter().any(|point| point.outside)) {
            let area = shortened(&area.name, LONGEST_AREA);
            page.paragraph(&format!("outside system: not in its area of use, {area}"));
        }
        if self.points.iter().any(|point| point.outside_operation) {
            page.paragraph("outside operation: not in its area of use, named above");
        }
        page.table(&self.table());
        page.into_text()
    }

    /// The code as it was given, and the name if it adds anything.
    fn title(&self) -> String {
        let System { name, .. } = &self.system;
        if name.is_empty() || *name == self.crs {
            shortened(&self.crs, LONGEST_AREA).into_owned()
        } else {
            format!("{}, {name}", shortened(&self.crs, LONGEST_AREA / 4))
        }
    }

    fn table(&self) -> Table {
        let [x, y] = &self.system.axes;
        let (x_title, y_title) = (x.title(), y.title());
        let mut table = Table::new(&[
            ("point", Lean::Left),
            (&x_title, Lean::Right),
            (&y_title, Lean::Right),
            ("place", Lean::Right),
            ("by", Lean::Left),
            ("outside", Lean::Left),
        ]);
        let (x_places, y_places) = (x.decimals(), y.decimals());
        for point in &self.points {
            let outside = match (point.outside, point.outside_operation) {
                (false, false) => "",
                (true, false) => "system",
                (false, true) => "operation",
                (true, true) => "system, operation",
            };
            table.row([
                point.id.clone(),
                format!("{:.x_places$}", point.x),
                format!("{:.y_places$}", point.y),
                format!("± {}", within(point.accuracy_m)),
                point.operation.map_or_else(String::new, |i| format!("[{}]", i + 1)),
                outside.to_owned(),
            ]);
        }
        table
    }

    /// The JSON document.
    #[must_use]
    pub fn json(&self) -> String {
        super::json::pretty(self)
    }
}

/// Some areas of use list half a continent; JSON has them whole.
const LONGEST_AREA: usize = 160;

/// The way to a system, and who chose it.
fn way(
    dossier: &Dossier,
    system: &System,
    operation: Option<&str>,
) -> Result<(Way, Chooser), DatumError> {
    if let Some(code) = operation {
        return Ok((Way::through(system, code)?, Chooser::Caller));
    }
    if system.code == WGS84 {
        return Ok((Way::stay(), Chooser::NotNeeded));
    }
    match named_by(dossier, system) {
        Some(way) => Ok((way, Chooser::Dossier)),
        None => Ok((Way::chosen(system)?, Chooser::Proj)),
    }
}

/// The way through the operation that the dossier's published coordinates name: the
/// only one of them that leads to the system.
fn named_by(dossier: &Dossier, system: &System) -> Option<Way> {
    if system.geographic() == Ok(WGS84) {
        return None;
    }
    let published = dossier.points.iter().filter_map(|point| point.published.as_ref());
    let mut codes: Vec<&str> = published.map(|printed| printed.to_wgs84.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut ways = codes.iter().filter_map(|code| Way::through(system, code).ok());
    ways.next().filter(|_| ways.next().is_none())
}

/// `EPSG:1291 Pulkovo 1942 to WGS 84 (7)`
fn called(operation: &OperationInfo) -> String {
    let code = operation.code.as_ref().map_or_else(String::new, |code| format!("{code} "));
    let accuracy =
        operation.accuracy_m.map_or_else(String::new, |m| format!(" (± {})", distance(m)));
    format!("{code}{}{accuracy}", operation.name)
}

/// The same with its accuracy and area of use.
fn described(operation: &OperationInfo) -> String {
    if !operation.changes_datum {
        return format!("{}: no change of datum", operation.name);
    }
    let code = operation.code.as_deref().unwrap_or("(code not found)");
    let accuracy = operation
        .accuracy_m
        .map_or_else(|| "accuracy not stated".to_owned(), |m| format!("± {}", distance(m)));
    let area = operation.area_of_use.as_ref().map_or("area of use not stated", |area| &area.name);
    format!("{code} {}: {accuracy}; {}", operation.name, shortened(area, LONGEST_AREA))
}
