//! Features in memory, whatever format they come from or go to.

use geo::algorithm::orient::{Direction, Orient};
use geo::{Coord, Polygon};
use serde_json::{Map, Value};

use super::fixes::Fixes;

/// The geometries a boundary needs.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// `null`.
    None,
    /// One position.
    Point(Coord),
    /// A LineString, or the parts of a MultiLineString.
    Lines(Vec<Vec<Coord>>),
    /// A Polygon, or the parts of a MultiPolygon.
    Polygons(Vec<Polygon>),
    /// A MultiPoint.
    Points(Vec<Coord>),
    /// A GeometryCollection.
    Mixed(Vec<Shape>),
}

impl Shape {
    /// Its name in messages.
    #[doc(hidden)]
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::None => "no geometry",
            Self::Point(_) => "a Point",
            Self::Lines(_) => "a LineString",
            Self::Polygons(_) => "a Polygon",
            Self::Points(_) => "a MultiPoint",
            Self::Mixed(_) => "a GeometryCollection",
        }
    }

    /// What it is made of: the geometries of a collection, of those within it too; otherwise itself.
    #[doc(hidden)]
    #[must_use]
    pub fn members(&self) -> Vec<&Self> {
        match self {
            Self::Mixed(shapes) => shapes.iter().flat_map(Self::members).collect(),
            other => vec![other],
        }
    }

    /// The same, taken apart.
    #[doc(hidden)]
    #[must_use]
    pub fn into_members(self) -> Vec<Self> {
        match self {
            Self::Mixed(shapes) => shapes.into_iter().flat_map(Self::into_members).collect(),
            other => vec![other],
        }
    }

    /// Calls a function with each of its positions, in order.
    #[doc(hidden)]
    pub fn each(&self, call: &mut impl FnMut(Coord)) {
        match self {
            Self::None => {}
            Self::Point(at) => call(*at),
            Self::Points(points) => points.iter().for_each(|at| call(*at)),
            Self::Lines(lines) => lines.iter().flatten().for_each(|at| call(*at)),
            Self::Polygons(polygons) => {
                let rings = polygons.iter().flat_map(|polygon| {
                    std::iter::once(polygon.exterior()).chain(polygon.interiors())
                });
                rings.flat_map(|ring| &ring.0).for_each(|at| call(*at));
            }
            Self::Mixed(shapes) => shapes.iter().for_each(|shape| shape.each(call)),
        }
    }

    /// The same shape with polygon rings counter-clockwise and holes clockwise (RFC 7946 §3.1.6).
    #[doc(hidden)]
    #[must_use]
    pub fn wound(self) -> Self {
        match self {
            Self::Polygons(polygons) => Self::Polygons(
                polygons.into_iter().map(|polygon| polygon.orient(Direction::Default)).collect(),
            ),
            Self::Mixed(shapes) => Self::Mixed(shapes.into_iter().map(Self::wound).collect()),
            other => other,
        }
    }
}

/// A feature whose positions have been checked.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CheckedFeature {
    /// Its number in its file, from 1.
    pub number: usize,
    /// How messages name it: its number and, where it has one, its id.
    pub place: String,
    /// Its id, if it is a string.
    pub id: Option<String>,
    /// Its geometry.
    pub shape: Shape,
    /// Its properties.
    pub properties: Map<String, Value>,
}

impl CheckedFeature {
    /// What it calls itself: its name or title, otherwise its id, otherwise its place in the file.
    #[doc(hidden)]
    #[must_use]
    pub fn title(&self) -> String {
        let own = ["name", "NAME", "title"].iter().find_map(|key| self.properties.get(*key));
        let own = own.and_then(Value::as_str).or(self.id.as_deref());
        own.unwrap_or(&self.place).to_owned()
    }
}

/// Everything read from a file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Collection {
    /// Its features in order.
    pub features: Vec<CheckedFeature>,
    /// The collection's own members besides `type` and `features`.
    pub members: Map<String, Value>,
    /// What was changed or left out while they were read.
    pub fixes: Fixes,
}

/// A feature to be written.
#[derive(Debug, Clone)]
pub struct NewFeature {
    /// Its id.
    pub id: String,
    /// Its geometry. Polygon rings are written counter-clockwise, holes clockwise,
    /// whichever way they run here (RFC 7946 §3.1.6).
    pub shape: Shape,
    /// Its properties.
    pub properties: Map<String, Value>,
}
