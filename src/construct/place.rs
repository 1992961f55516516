//! Where the points of a list are.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use geo::Coord;

use super::datum::Datum;
use super::edge::within_range;
use super::length::PrintedLength;
use super::sky::tropic;
use super::table::Row;
use crate::drawn::DrawnLine;
use crate::geodesy::datum::system;
use crate::identify::printed::half_step_m;
use crate::io::Input;
use crate::io::printed::{self, Coordinate, PrintedFault, Rounded, angle, grid_reference, metres};
use crate::line::Line;
use crate::problem::{ConstructFault, Problems};
use crate::quantity::Metres;

/// A point of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Point {
    /// Its name.
    pub(crate) name: String,
    /// Where it is, in degrees of the list's system.
    pub(crate) at: Coord,
    /// Half of the last printed place of its latitude and of its longitude, if both are printed.
    pub(crate) half_deg: Option<[f64; 2]>,
    /// How far rounding may have moved it, in metres; of a derived point, the points that it is
    /// derived from and what its own numbers leave open.
    pub(crate) rounded_m: f64,
    /// Its latitude and longitude as printed; of others, nothing.
    pub(crate) printed: Option<[String; 2]>,
    /// How far apart its degrees and its metres are and may be, if it has both.
    pub(crate) twice_m: Option<[f64; 2]>,
    /// Whether the line runs through it.
    pub(crate) is_on_line: bool,
}

/// Why a point has no place: a key and what is wrong with it, or a file.
pub(super) enum Trouble {
    Key(&'static str, ConstructFault),
    Files(Problems),
}

impl From<Problems> for Trouble {
    fn from(problems: Problems) -> Self {
        Self::Files(problems)
    }
}

/// Reads the line of a file as the list names it.
pub(super) type OpenFile<'a> = dyn Fn(&str) -> Input + 'a;

/// The lines of files, each read once.
pub(super) struct Files<'a> {
    pub(super) open: &'a OpenFile<'a>,
    lines: BTreeMap<String, Line>,
}

/// How near a point must be to a line that it is to be on, in metres.
const ON_LINE_M: f64 = 10_000.0;

impl<'a> Files<'a> {
    pub(super) const fn new(open: &'a OpenFile<'a>) -> Self {
        Self { open, lines: BTreeMap::new() }
    }

    pub(super) fn line(&mut self, name: &str) -> Result<&Line, Problems> {
        match self.lines.entry(name.to_owned()) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(free) => Ok(free.insert(DrawnLine::read((self.open)(name))?.line)),
        }
    }
}

/// The points of a list so far.
pub(super) struct Points<'a, 'b> {
    pub(super) datum: &'a Datum,
    pub(super) prime_deg: f64,
    /// Whether printed degrees are definitions unless a row says otherwise: they have no rounding.
    pub(super) is_exact: bool,
    pub(super) known: Vec<Point>,
    pub(super) files: &'a mut Files<'b>,
}

/// A place, and how far rounding may have moved it.
pub(super) type Placed = (Coord, f64);

impl Points<'_, '_> {
    /// Adds the point of a row.
    pub(super) fn add(&mut self, row: &Row) -> Result<(), Trouble> {
        let name = match row.get("point") {
            Some(name) => name.to_owned(),
            None => format!("{}", self.known.len() + 1),
        };
        if self.known.iter().any(|point| point.name == name) {
            return Err(Trouble::Key("point", ConstructFault::RepeatedName { name }));
        }
        let is_exact = flag(row, "exact", self.is_exact)?;
        let (at, rounded_m) = self.place(row, &name, is_exact)?;
        let twice_m = match row.get("northing") {
            Some(_) if row.get("latitude").is_some() => Some(self.twice_m(row, at, rounded_m)?),
            _ => None,
        };
        let texts = [row.get("latitude"), row.get("longitude")];
        let printed = match texts {
            [Some(lat), Some(lon)] => Some([lat.to_owned(), lon.to_owned()]),
            _ => None,
        };
        let is_on_line = flag(row, "on_line", true)?;
        let half_deg = self.half_deg(row, is_exact);
        self.known.push(Point { name, at, half_deg, rounded_m, printed, twice_m, is_on_line });
        Ok(())
    }

    fn place(&mut self, row: &Row, name: &str, is_exact: bool) -> Result<Placed, Trouble> {
        let ways = ["latitude", "coordinates", "reference", "from", "crossing", "vertex"];
        let stated: Vec<&str> = ways.into_iter().filter(|way| row.get(way).is_some()).collect();
        let key = |key| move |fault| Trouble::Key(key, fault);
        match stated[..] {
            ["latitude"] => self.degrees(row, is_exact).map_err(key("latitude")),
            ["coordinates"] => self.pair(row, is_exact).map_err(key("coordinates")),
            ["reference"] => self.reference(row).map_err(key("reference")),
            ["from"] => self.derived(row, is_exact),
            ["crossing"] => self.crossing(row).map_err(key("crossing")),
            ["vertex"] => self.vertex(row),
            [] if row.get("northing").is_some() => self.plane(row).map_err(key("northing")),
            _ => {
                let places = stated.len();
                Err(Trouble::Key("point", ConstructFault::Place { point: name.to_owned(), places }))
            }
        }
    }

    fn degrees(&self, row: &Row, is_exact: bool) -> Result<Placed, ConstructFault> {
        let text = row.need("latitude")?;
        let (lat, lon) = (self.latitude(text)?, self.longitude(row.need("longitude")?)?);
        // When a tropic was where it is, is never exact.
        let is_tropic = tropic(text)?.is_some();
        Ok(rounded(defined(lat, is_exact && !is_tropic), defined(lon, is_exact)))
    }

    /// Half of the last printed places of a row with latitude and longitude, which have been read.
    fn half_deg(&self, row: &Row, is_exact: bool) -> Option<[f64; 2]> {
        let (lat, lon) = (row.get("latitude")?, row.get("longitude")?);
        let is_tropic = tropic(lat).ok()?.is_some();
        let lat = defined(self.latitude(lat).ok()?, is_exact && !is_tropic);
        let lon = defined(self.longitude(lon).ok()?, is_exact);
        Some([lat.half_step, lon.half_step])
    }

    pub(super) fn latitude(&self, text: &str) -> Result<Rounded, ConstructFault> {
        if let Some(tropic) = tropic(text)? {
            return Ok(tropic);
        }
        let found = angle(text, Coordinate::Latitude).map_err(printed_fault("latitude"))?;
        Ok(found.deg)
    }

    pub(super) fn longitude(&self, text: &str) -> Result<Rounded, ConstructFault> {
        let found = angle(text, Coordinate::Longitude).map_err(printed_fault("longitude"))?;
        Ok(Rounded { value: within_range(found.deg.value + self.prime_deg), ..found.deg })
    }

    fn pair(&self, row: &Row, is_exact: bool) -> Result<Placed, ConstructFault> {
        let text = row.need("coordinates")?;
        let pair = printed::pair(text, Coordinate::Latitude);
        let [lat, lon] = pair.map_err(printed_fault("coordinates"))?;
        let value = within_range(lon.deg.value + self.prime_deg);
        let lon = Rounded { value, ..lon.deg };
        Ok(rounded(defined(lat.deg, is_exact), defined(lon, is_exact)))
    }

    /// Metres on a grid.
    fn plane(&self, row: &Row) -> Result<Placed, ConstructFault> {
        let number = |key: &'static str| metres(row.need(key)?).map_err(printed_fault(key));
        let (northing, easting) = (number("northing")?, number("easting")?);
        let grid = row.need("grid")?;
        let map = self.datum.map(grid)?;
        let at = map.inverse(Coord { x: easting.value, y: northing.value })?;
        let exchanged = map.inverse(Coord { x: northing.value, y: easting.value });
        let area = system(grid).ok().and_then(|grid| grid.area_of_use);
        if let (Some(area), Ok(exchanged)) = (area, exchanged)
            && !area.contains(at)
            && area.contains(exchanged)
        {
            let wanted = "the northing; with the easting in its place the point would be in the \
                          area of its grid, and it is not";
            return Err(value("northing", row.need("northing")?, wanted));
        }
        Ok((at, northing.half_step.hypot(easting.half_step)))
    }

    /// How far apart the degrees and the metres of a row are, and how far they may be.
    fn twice_m(&self, row: &Row, at: Coord, rounded_m: f64) -> Result<[f64; 2], Trouble> {
        let plane = self.plane(row).map_err(|fault| Trouble::Key("northing", fault))?;
        let apart = self.datum.geodesic.distance(at, plane.0);
        Ok([apart.value(), rounded_m + plane.1])
    }

    /// A reference of UTM or MGRS, which are on WGS 84.
    fn reference(&self, row: &Row) -> Result<Placed, ConstructFault> {
        let text = row.need("reference")?;
        if self.datum.operation().is_some() {
            let wanted =
                "in a list whose system is WGS 84; elsewhere give northing, easting and grid";
            return Err(value("reference", text, wanted));
        }
        let found = grid_reference(text).map_err(printed_fault("reference"))?;
        let map = self.datum.map(&format!("EPSG:{}", found.epsg()))?;
        let at = map.inverse(Coord { x: found.easting.value, y: found.northing.value })?;
        Ok((at, found.easting.half_step.hypot(found.northing.half_step)))
    }

    pub(super) fn named(&self, name: &str) -> Result<&Point, ConstructFault> {
        let found = self.known.iter().find(|point| point.name == name.trim());
        found.ok_or_else(|| ConstructFault::UnknownPoint {
            name: name.trim().to_owned(),
            known: self.known.iter().map(|point| point.name.clone()).collect(),
        })
    }

    /// A distance and a direction from another point.
    fn derived(&mut self, row: &Row, is_exact: bool) -> Result<Placed, Trouble> {
        let key = |key| move |fault| Trouble::Key(key, fault);
        let from = self.named(row.get("from").unwrap_or_default()).map_err(key("from"))?.clone();
        let way = row.need("distance").and_then(|text| PrintedLength::read("distance", text));
        let way = way.map_err(key("distance"))?;
        let length = Metres::new(way.value_m);
        let half_m = if is_exact { 0.0 } else { way.interval.high() - way.value_m };
        let text = row.need("azimuth").map_err(key("azimuth"))?;
        let along = row.get("along");
        if let Some(file) = along.and_then(|along| along.strip_prefix("follow:")) {
            let at = self.along_file(file.trim(), &from, length, text)?;
            return Ok((at, from.rounded_m + half_m));
        }
        let direction = Direction::read(text).map_err(key("azimuth"))?;
        let is_rhumb = match along {
            None => direction.is_named,
            Some("geodesic") => false,
            Some("rhumb" | "parallel" | "meridian") => true,
            Some(other) => {
                let wanted = "geodesic, rhumb, parallel, meridian, or follow:line.geojson";
                return Err(Trouble::Key("along", value("along", other, wanted)));
            }
        };
        let azimuth_deg = direction.azimuth.value;
        let half_deg = if is_exact { 0.0 } else { direction.azimuth.half_step };
        let off_deg = match along {
            Some("parallel") => azimuth_deg - 90.0,
            Some("meridian") => azimuth_deg,
            _ => 0.0,
        };
        if off_deg.rem_euclid(180.0) != 0.0 {
            let wanted = "east or west along a parallel, and north or south along a meridian; \
                          other azimuths are along `rhumb` or `geodesic`";
            return Err(Trouble::Key("azimuth", value("azimuth", text, wanted)));
        }
        let at = if is_rhumb {
            let length_m = length.value();
            let found = self.datum.geodesic.rhumb_destination(from.at, azimuth_deg, length);
            found.ok_or_else(|| key("distance")(ConstructFault::BeyondPole { length_m }))?
        } else {
            self.datum.geodesic.destination(from.at, azimuth_deg, length)
        };
        let turned_m = length.value() * half_deg.to_radians();
        Ok((at, from.rounded_m + half_m.hypot(turned_m)))
    }

    /// A distance along the line of a file, from the place nearest to a point.
    fn along_file(
        &mut self,
        file: &str,
        from: &Point,
        length: Metres,
        direction: &str,
    ) -> Result<Coord, Trouble> {
        self.only_wgs84("along", file).map_err(|fault| Trouble::Key("along", fault))?;
        let line = self.files.line(file)?;
        let begins = near(line, from, file).map_err(|fault| Trouble::Key("from", fault))?;
        let to = match direction.trim() {
            "forwards" => begins + length,
            "backwards" => begins - length,
            other => {
                let wanted = "forwards or backwards, as the line of the file runs";
                return Err(Trouble::Key("azimuth", value("azimuth", other, wanted)));
            }
        };
        if to.value() < 0.0 || to > line.length() {
            let wanted = "no more than is left of the file's line";
            let text = format!("{:.0} m", length.value());
            return Err(Trouble::Key("distance", value("distance", &text, wanted)));
        }
        Ok(line.at(to))
    }

    /// A vertex of the line of a file.
    fn vertex(&mut self, row: &Row) -> Result<Placed, Trouble> {
        let key = |key| move |fault| Trouble::Key(key, fault);
        let file = row.need("of").map_err(key("of"))?;
        self.only_wgs84("vertex", file).map_err(key("vertex"))?;
        let asked = row.get("vertex").unwrap_or_default();
        let vertices = self.files.line(file)?.vertices();
        let found = match asked {
            "first" => vertices.first(),
            "last" => vertices.last(),
            number => number.parse::<usize>().ok().and_then(|at| vertices.get(at)),
        };
        found.map(|at| (*at, 0.0)).ok_or_else(|| {
            let (file, vertices) = (file.to_owned(), vertices.len());
            let asked = asked.to_owned();
            Trouble::Key("vertex", ConstructFault::NoVertex { file, asked, vertices })
        })
    }

    /// Lines of files are on WGS 84.
    fn only_wgs84(&self, key: &'static str, text: &str) -> Result<(), ConstructFault> {
        let wanted = "in a list whose system is WGS 84, because lines of files are brought there";
        if self.datum.operation().is_none() { Ok(()) } else { Err(value(key, text, wanted)) }
    }
}

/// How far along a line a point is that should be on it.
pub(super) fn near(line: &Line, point: &Point, file: &str) -> Result<Metres, ConstructFault> {
    let located = line.locate(point.at);
    let apart_m = located.distance.value();
    if apart_m > ON_LINE_M {
        let (point, file) = (point.name.clone(), file.to_owned());
        return Err(ConstructFault::FarFromLine { point, file, apart_m });
    }
    Ok(located.chainage)
}

/// A direction as it is printed.
pub(super) struct Direction {
    pub(super) azimuth: Rounded,
    /// Whether it is a point of the compass: due west is along the parallel.
    is_named: bool,
}

impl Direction {
    /// `270°`, `west`, `N 45° E`.
    pub(super) fn read(text: &str) -> Result<Self, ConstructFault> {
        let exact =
            |value: f64| Self { azimuth: Rounded { value, half_step: 0.0 }, is_named: true };
        let small = text.trim().to_lowercase();
        match small.strip_prefix("due ").unwrap_or(&small) {
            "north" => return Ok(exact(0.0)),
            "east" => return Ok(exact(90.0)),
            "south" => return Ok(exact(180.0)),
            "west" => return Ok(exact(270.0)),
            _ => {}
        }
        let quadrant = |first: char, last: char, turn: fn(f64) -> f64| {
            let inner = small.strip_prefix(first)?.strip_suffix(last)?;
            let inner = angle(inner, Coordinate::Longitude).ok()?.deg;
            (inner.value <= 90.0).then(|| Rounded { value: turn(inner.value), ..inner })
        };
        let azimuth = quadrant('n', 'e', |deg| deg)
            .or_else(|| quadrant('s', 'e', |deg| 180.0 - deg))
            .or_else(|| quadrant('s', 'w', |deg| 180.0 + deg))
            .or_else(|| quadrant('n', 'w', |deg| 360.0 - deg));
        let azimuth =
            azimuth.map_or_else(|| angle(text, Coordinate::Longitude).map(|it| it.deg), Ok);
        let azimuth = azimuth.map_err(|_| {
            let wanted = "an azimuth from north over east, as in 270° or 45°30′, a quadrant, as in \
                          N 45° E, or north, east, south or west";
            value("azimuth", text, wanted)
        })?;
        Ok(Self { azimuth, is_named: false })
    }
}

/// A printed azimuth, in degrees.
pub(super) fn azimuth(key: &'static str, text: &str) -> Result<Rounded, ConstructFault> {
    Direction::read(text)
        .map(|direction| direction.azimuth)
        .map_err(|_| value(key, text, "an azimuth, as in 270° or N 45° E"))
}

/// A printed azimuth in degrees, and half of its last printed place; `None` for what is none.
pub(crate) fn printed_azimuth(text: &str) -> Option<(f64, f64)> {
    let azimuth = Direction::read(text).ok()?.azimuth;
    (0.0..=360.0).contains(&azimuth.value).then_some((azimuth.value, azimuth.half_step))
}

/// Whether a text says no.
pub(super) fn is_no(text: &str) -> bool {
    matches!(text, "false" | "no" | "0")
}

/// Whether a row says yes.
fn flag(row: &Row, key: &'static str, otherwise: bool) -> Result<bool, Trouble> {
    match row.get(key) {
        None => Ok(otherwise),
        Some("true" | "yes" | "1") => Ok(true),
        Some(text) if is_no(text) => Ok(false),
        Some(other) => Err(Trouble::Key(key, value(key, other, "true or false"))),
    }
}

/// A number without rounding, if it is a definition.
pub(super) fn defined(number: Rounded, is_exact: bool) -> Rounded {
    if is_exact { Rounded { half_step: 0.0, ..number } } else { number }
}

pub(super) fn rounded(lat: Rounded, lon: Rounded) -> Placed {
    (Coord { x: lon.value, y: lat.value }, half_step_m([lat, lon]))
}

pub(super) fn value(key: &'static str, value: &str, wanted: &'static str) -> ConstructFault {
    ConstructFault::Value { key, value: value.to_owned(), wanted }
}

pub(super) fn printed_fault(key: &'static str) -> impl Fn(PrintedFault) -> ConstructFault {
    move |fault| ConstructFault::Printed { key, fault: Box::new(fault) }
}
