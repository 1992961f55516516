//! The kinds of geometries in a layer: most formats need them before the first feature.

use crate::{Layer, NewFeature, Shape};

/// A kind of geometry and its multi-geometry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Point,
    Line,
    Polygon,
    Collection,
}

impl Family {
    pub(super) const ALL: [Self; 4] = [Self::Point, Self::Line, Self::Polygon, Self::Collection];

    /// The family of a shape, if it has a geometry.
    pub(super) const fn from_shape(shape: &Shape) -> Option<Self> {
        match shape {
            Shape::None => None,
            Shape::Point(_) | Shape::Points(_) => Some(Self::Point),
            Shape::Lines(_) => Some(Self::Line),
            Shape::Polygons(_) => Some(Self::Polygon),
            Shape::Mixed(_) => Some(Self::Collection),
        }
    }

    const fn plural(self) -> &'static str {
        match self {
            Self::Point => "points",
            Self::Line => "lines",
            Self::Polygon => "polygons",
            Self::Collection => "collections",
        }
    }

    /// The name of a geometry of the family, as GeoJSON and GeoParquet spell it.
    #[cfg(any(feature = "geopackage", feature = "geoparquet"))]
    pub(super) const fn name(self, multi: bool) -> &'static str {
        match (self, multi) {
            (Self::Point, false) => "Point",
            (Self::Point, true) => "MultiPoint",
            (Self::Line, false) => "LineString",
            (Self::Line, true) => "MultiLineString",
            (Self::Polygon, false) => "Polygon",
            (Self::Polygon, true) => "MultiPolygon",
            (Self::Collection, _) => "GeometryCollection",
        }
    }
}

/// Whether a shape has several parts, or none.
#[cfg(any(feature = "flatgeobuf", feature = "geopackage", feature = "geoparquet"))]
pub(super) fn is_multi(shape: &Shape) -> bool {
    match shape {
        Shape::None | Shape::Point(_) | Shape::Mixed(_) => false,
        Shape::Points(_) => true,
        Shape::Lines(lines) => lines.len() != 1,
        Shape::Polygons(polygons) => polygons.len() != 1,
    }
}

/// The families of a layer, each once.
pub(super) fn families(features: &[NewFeature]) -> Vec<Family> {
    let has =
        |family: &Family| features.iter().any(|f| Family::from_shape(&f.shape) == Some(*family));
    Family::ALL.into_iter().filter(has).collect()
}

/// The features by family, for formats whose tables hold one only: under the layer's own
/// name if there is one, otherwise each under a name of its own. Features without a
/// geometry go into the first table.
pub(super) fn tables(layer: &Layer) -> Vec<(String, Vec<&NewFeature>)> {
    let families = families(&layer.features);
    let [first, _, ..] = families[..] else {
        return vec![(layer.name.clone(), layer.features.iter().collect())];
    };
    let table = |family: &Family| {
        let has = |each: &&NewFeature| Family::from_shape(&each.shape).unwrap_or(first) == *family;
        let features = layer.features.iter().filter(has).collect();
        (format!("{}_{}", layer.name, family.plural()), features)
    };
    families.iter().map(table).collect()
}
