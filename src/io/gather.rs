//! What every reader of a format hands its features to: positions are brought to WGS 84
//! and checked, rings are closed, problems say where they are, and memory is counted.

mod system;

use geo::{Coord, LineString, Polygon};
use serde_json::{Map, Value};

use super::input::Loaded;
use super::{CheckedFeature, Collection, Shape};
use crate::geodesy::check_position;
use crate::problem::{Fault, Problem, Problems};

pub(super) use system::System;
use system::ToWgs84;

/// A geometry as it stands in a file, nothing of it checked.
pub(super) enum Raw {
    None,
    Point(Coord),
    Points(Vec<Coord>),
    Lines(Vec<Vec<Coord>>),
    /// Rings of polygons, the outer one first.
    Polygons(Vec<Vec<Vec<Coord>>>),
    Mixed(Vec<Raw>),
}

impl Raw {
    fn positions(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Point(_) => 1,
            Self::Points(points) => points.len(),
            Self::Lines(lines) => lines.iter().map(Vec::len).sum(),
            Self::Polygons(polygons) => polygons.iter().flatten().map(Vec::len).sum(),
            Self::Mixed(parts) => parts.iter().map(Self::positions).sum(),
        }
    }
}

/// So many problems are told apart; a file that is wrong throughout has no more to say.
const MOST_PROBLEMS: usize = 1000;
/// What a feature, a property, a part of a geometry takes beside its texts and positions.
const OVERHEAD_BYTES: usize = 100;

/// The features of a file as they are read.
pub(super) struct Gather<'a> {
    loaded: &'a Loaded,
    to_wgs84: ToWgs84,
    left_bytes: u64,
    number: usize,
    features: Vec<CheckedFeature>,
    problems: Vec<Problem>,
}

impl<'a> Gather<'a> {
    pub(super) fn new(loaded: &'a Loaded) -> Self {
        Self {
            loaded,
            to_wgs84: ToWgs84::Already,
            left_bytes: loaded.input.limits.bytes,
            number: 0,
            features: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// The system of what follows.
    pub(super) fn system(&mut self, place: &str, system: &System) -> Result<(), Problem> {
        self.to_wgs84 = system.to_wgs84().map_err(|fault| self.loaded.problem(place, fault))?;
        Ok(())
    }

    /// What the next feature will be called in messages.
    pub(super) fn place(&self, id: Option<&str>) -> String {
        match id {
            Some(id) => format!("feature {} `{id}`", self.number + 1),
            None => format!("feature {}", self.number + 1),
        }
    }

    /// One feature more.
    ///
    /// # Errors
    /// Where memory is used up, or there have been problems enough.
    pub(super) fn add(
        &mut self,
        id: Option<String>,
        raw: Raw,
        properties: Map<String, Value>,
    ) -> Result<(), Problems> {
        let place = self.place(id.as_deref());
        self.count(
            raw.positions() * size_of::<Coord>() + properties.iter().map(size).sum::<usize>(),
        )?;
        match checked(raw, &self.to_wgs84) {
            Ok(shape) => self.features.push(CheckedFeature { place, id, shape, properties }),
            Err((within, fault)) => {
                self.problems.push(self.loaded.problem(format!("{place}{within}"), fault));
            }
        }
        self.number += 1;
        self.enough()
    }

    /// A feature that cannot be read.
    ///
    /// # Errors
    /// Where there have been problems enough.
    pub(super) fn unreadable(&mut self, fault: impl Into<Fault>) -> Result<(), Problems> {
        let place = self.place(None);
        self.problems.push(self.loaded.problem(place, fault));
        self.number += 1;
        self.enough()
    }

    /// Takes memory for a feature of so many bytes, before it is made.
    ///
    /// # Errors
    /// Where it is used up.
    pub(super) fn count(&mut self, bytes: usize) -> Result<(), Problem> {
        let taken = (bytes + OVERHEAD_BYTES) as u64;
        let passed = || self.loaded.problem(self.place(None), self.loaded.input.limits.passed());
        self.left_bytes = self.left_bytes.checked_sub(taken).ok_or_else(passed)?;
        Ok(())
    }

    fn enough(&mut self) -> Result<(), Problems> {
        if self.problems.len() < MOST_PROBLEMS {
            return Ok(());
        }
        Problems::none_or(std::mem::take(&mut self.problems), ())
    }

    /// All that was read.
    ///
    /// # Errors
    /// All that was wrong with it.
    pub(super) fn finish(self, members: Map<String, Value>) -> Result<Collection, Problems> {
        Problems::none_or(self.problems, Collection { features: self.features, members })
    }
}

/// What a property takes in memory, more or less.
fn size((name, value): (&String, &Value)) -> usize {
    let inside = match value {
        Value::String(text) => text.len(),
        Value::Array(list) => list.iter().map(|each| size((&String::new(), each))).sum(),
        Value::Object(members) => members.iter().map(size).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    };
    OVERHEAD_BYTES + name.len() + inside
}

/// A place within a feature, and what is wrong there.
type Fail = (String, Fault);

fn checked(raw: Raw, to_wgs84: &ToWgs84) -> Result<Shape, Fail> {
    let positions = |list: Vec<Coord>| -> Result<Vec<Coord>, Fail> {
        let numbered = |(i, each)| {
            position(each, to_wgs84).map_err(|fault| (format!(", vertex {}", i + 1), fault))
        };
        list.into_iter().enumerate().map(numbered).collect()
    };
    Ok(match raw {
        Raw::None => Shape::None,
        Raw::Point(at) => {
            Shape::Point(position(at, to_wgs84).map_err(|fault| (String::new(), fault))?)
        }
        Raw::Points(points) => Shape::Points(positions(points)?),
        Raw::Lines(lines) => {
            Shape::Lines(lines.into_iter().map(positions).collect::<Result<_, _>>()?)
        }
        Raw::Polygons(polygons) => {
            let polygon = |rings: Vec<Vec<Coord>>| {
                polygon(rings.into_iter().map(positions).collect::<Result<_, _>>()?)
            };
            Shape::Polygons(polygons.into_iter().map(polygon).collect::<Result<_, _>>()?)
        }
        Raw::Mixed(parts) => {
            // A part that is empty is none, and GeoJSON could not say so.
            let parts = parts.into_iter().filter(|part| !matches!(part, Raw::None));
            Shape::Mixed(parts.map(|part| checked(part, to_wgs84)).collect::<Result<_, _>>()?)
        }
    })
}

fn position(at: Coord, to_wgs84: &ToWgs84) -> Result<Coord, Fault> {
    let at = to_wgs84.convert(at)?;
    check_position(at)?;
    Ok(at)
}

fn polygon(rings: Vec<Vec<Coord>>) -> Result<Polygon, Fail> {
    let wrong =
        |found: &str, wanted| (String::new(), Fault::Geometry { found: found.to_owned(), wanted });
    if rings.iter().any(|ring| ring.len() < 4 || ring.first() != ring.last()) {
        let found = "a ring that is open or has fewer than four positions";
        return Err(wrong(found, "Polygon of closed rings"));
    }
    let mut rings = rings.into_iter().map(LineString);
    let exterior =
        rings.next().ok_or_else(|| wrong("a Polygon without rings", "Polygon with a ring"))?;
    Ok(Polygon::new(exterior, rings.collect()))
}

/// Bytes that are no text, for a property.
#[cfg(any(feature = "flatgeobuf", feature = "geopackage", feature = "geoparquet"))]
pub(super) fn hexadecimal(bytes: &[u8]) -> Value {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into()
}
