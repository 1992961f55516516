//! Length and area of the features of any GeoJSON text, whatever they are.

use crate::geodesy::{CompensatedSum, Geodesic};
use crate::io::{CheckedFeature, Shape, Source, geojson};
use crate::line::LineFault;
use crate::problem::{Fault, Problem, Problems};
use crate::quantity::{Metres, SquareMetres};

/// A feature measured.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureMeasures {
    /// Its number in its file, from 1.
    pub number: usize,
    /// Its id, if it is a string.
    pub id: Option<String>,
    /// What it calls itself: the property `name` or `title`.
    pub name: Option<String>,
    /// What it is made of.
    pub kind: Kind,
    /// The length of its lines; none where it has none.
    pub length: Option<Metres>,
    /// The length of all rings of its polygons.
    pub perimeter: Option<Metres>,
    /// The area of its polygons less their holes, whichever way their rings run.
    pub area: Option<SquareMetres>,
    /// How many outer rings run clockwise, against RFC 7946 §3.1.6.
    pub clockwise: usize,
}

/// What a feature is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Lines.
    Lines,
    /// Polygons.
    Polygons,
    /// Points, or nothing: no length and no area.
    Points,
}

impl Kind {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lines => "line",
            Self::Polygons => "polygon",
            Self::Points => "point",
        }
    }
}

/// The sums over some features.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Total {
    /// The length of all lines; perimeters are not among it.
    pub length: Metres,
    /// The area of all polygons; where they overlap it counts twice.
    pub area: SquareMetres,
}

impl Total {
    /// Sums up.
    #[must_use]
    pub fn of<'a>(features: impl IntoIterator<Item = &'a FeatureMeasures>) -> Self {
        let (mut length, mut area) = (CompensatedSum::default(), CompensatedSum::default());
        for feature in features {
            length.add(feature.length.unwrap_or_default().value());
            area.add(feature.area.unwrap_or_default().value());
        }
        Self { length: Metres::new(length.total()), area: SquareMetres::new(area.total()) }
    }
}

/// Measures each feature of a text.
///
/// # Assumptions
/// Edges are geodesics. "Inside" a ring is the smaller part of the Earth; see
/// [`Geodesic::ring_area`].
///
/// # Errors
/// [`Problems`] where the text is no GeoJSON, or holds a line of fewer than two
/// vertices or a geometry that has neither length nor area nor is a point.
///
/// ```
/// use treatyline::geodesy::{Ellipsoid, Geodesic};
/// use treatyline::io::Source;
/// use treatyline::measure::measure;
///
/// let text = r#"{"type": "LineString", "coordinates": [[80, 45], [80, 46]]}"#;
/// let source = Source::new("a degree", text)?;
/// let found = measure(&Geodesic::new(Ellipsoid::WGS84), &source)?;
/// assert_eq!(found[0].length.unwrap().km().round(), 111.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn measure(geodesic: &Geodesic, source: &Source) -> Result<Vec<FeatureMeasures>, Problems> {
    let collection = geojson::read(source)?;
    let mut problems: Vec<Problem> = Vec::new();
    let mut measured = Vec::with_capacity(collection.features.len());
    for (i, feature) in collection.features.iter().enumerate() {
        match one(geodesic, i + 1, feature) {
            Ok(measures) => measured.push(measures),
            Err(fault) => problems.push(source.problem(&feature.place, fault)),
        }
    }
    Problems::none_or(problems, measured)
}

fn one(
    geodesic: &Geodesic,
    number: usize,
    feature: &CheckedFeature,
) -> Result<FeatureMeasures, Fault> {
    let told = |key| feature.properties.get(key).and_then(serde_json::Value::as_str);
    let blank = FeatureMeasures {
        number,
        id: feature.id.clone(),
        name: told("name").or_else(|| told("title")).map(str::to_owned),
        kind: Kind::Points,
        length: None,
        perimeter: None,
        area: None,
        clockwise: 0,
    };
    match &feature.shape {
        Shape::None | Shape::Point(_) | Shape::Points(_) => Ok(blank),
        Shape::Lines(parts) => {
            if let Some(short) = parts.iter().find(|part| part.len() < 2) {
                return Err(Fault::Line(LineFault::TooShort { count: short.len() }));
            }
            let length = parts.iter().map(|part| geodesic.length(part));
            let length = Some(length.sum::<Result<Metres, _>>()?);
            Ok(FeatureMeasures { kind: Kind::Lines, length, ..blank })
        }
        Shape::Polygons(polygons) => {
            let (mut perimeter, mut clockwise) = (Metres::new(0.0), 0);
            for polygon in polygons {
                perimeter = perimeter + geodesic.length(polygon.exterior())?;
                for hole in polygon.interiors() {
                    perimeter = perimeter + geodesic.length(hole)?;
                }
                let outer = geodesic.ring_area(&polygon.exterior().0)?;
                clockwise += usize::from(!outer.counter_clockwise && outer.area.value() > 0.0);
            }
            let area = Some(geodesic.area(polygons.as_slice())?);
            let perimeter = Some(perimeter);
            Ok(FeatureMeasures { kind: Kind::Polygons, perimeter, area, clockwise, ..blank })
        }
        Shape::Mixed(_) => {
            let found = feature.shape.name().to_owned();
            Err(Fault::Geometry { found, wanted: "LineString or Polygon" })
        }
    }
}
