//! Length and area of all features of any file.

mod around_pole;
mod by_grid;
mod by_loops;
pub(crate) mod enclosed;
mod loops;
mod overlap;
mod plain;
mod sides;
mod spikes;
mod sums;

use std::borrow::Cow;

use geo::Polygon;
use serde_json::Value;

use crate::geodesy::{Geodesic, PositionFault};
use crate::io::geojson::Wanted;
use crate::io::{CheckedFeature, FixKind, Fixes, Input, Shape, none_meets};
use crate::problem::Problems;
use crate::quantity::{Metres, SquareMetres};

use enclosed::Enclosed;
use plain::Plain;

pub(crate) use enclosed::Crossed;
pub(crate) use overlap::{Overlap, together};
pub(crate) use spikes::without_spikes;
pub use sums::{Groups, Sums, Total};

/// A feature measured.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FeatureMeasures {
    /// Its number in its file, from 1.
    pub number: usize,
    /// Its id, if it is a string.
    pub id: Option<String>,
    /// Its name: the property `name` or `title`.
    pub name: Option<String>,
    /// What it is made of.
    pub kind: Kind,
    /// The length of its lines; `None` if it has none.
    pub length: Option<Metres>,
    /// The length of all rings of its polygons.
    pub perimeter: Option<Metres>,
    /// The area of its polygons minus their holes, for any direction of their rings.
    pub area: Option<SquareMetres>,
    /// How many outer rings run clockwise, against RFC 7946 §3.1.6.
    pub(crate) clockwise: usize,
    /// Where an outline of it first crosses itself; its area is then what it encloses.
    #[doc(hidden)]
    pub crossed: Option<Crossed>,
    /// What several of its polygons have in common, and is in its area more than once.
    pub overlap: Option<Overlap>,
    /// Its area by the rule of odd numbers, if outlines that cross themselves make it another one.
    pub(crate) even_odd_area: Option<SquareMetres>,
    /// Its area by winding number, less what any hole goes round, if holes that cross other rings
    /// make it another one.
    pub(crate) winding_area: Option<SquareMetres>,
    /// Its value of the attribute by which features are grouped; `null` where it has none
    /// or nothing is grouped.
    pub(crate) group: Value,
}

/// What a feature is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Lines.
    Lines,
    /// Polygons.
    Polygons,
    /// Points: no length and no area.
    Points,
    /// No geometry.
    None,
    /// A collection of several kinds.
    Mixed,
}

impl Kind {
    /// Its name.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Lines => "line",
            Self::Polygons => "polygon",
            Self::Points => "point",
            Self::None => "none",
            Self::Mixed => "mixed",
        }
    }
}

/// Measures each feature of an input, in any format of [`read`](crate::io::read()).
/// [`measure_each`] also returns what was changed or left out while it was read.
///
/// # Assumptions
/// Edges are geodesics. "Inside" a ring is the smaller part of the Earth
/// ([`Geodesic::ring_area`]); for a ring wider than half of the Earth, the part that it encloses on
/// the map.
///
/// # Errors
/// [`Problems`] where the input cannot be read, or if it is to be read strictly
/// ([`Input::with_strictness`]) and had to be changed.
///
/// ```
/// use treatyline::geodesy::{Ellipsoid, Geodesic};
/// use treatyline::io::Input;
/// use treatyline::measure::measure;
///
/// let text = r#"{"type": "LineString", "coordinates": [[80, 45], [80, 46]]}"#;
/// let input = Input::bytes("a degree", text.as_bytes());
/// let found = measure(&Geodesic::new(Ellipsoid::WGS84), input)?;
/// assert_eq!(found[0].length.unwrap().km().round(), 111.0);
/// # Ok::<(), treatyline::problem::Problems>(())
/// ```
pub fn measure(
    geodesic: &Geodesic,
    input: impl Into<Input>,
) -> Result<Vec<FeatureMeasures>, Problems> {
    let mut measured = Vec::new();
    measure_each(geodesic, input, None, |measures| measured.push(measures))?;
    Ok(measured)
}

/// Measures each feature of an input and passes the measures on in order: for GeoJSON while it is
/// read, so that only the features being measured are in memory, for other formats after all is
/// read; for any number of threads the same. `by` is the attribute by which features are grouped.
/// Returns what was changed or left out, with the outlines that cross themselves.
///
/// # Assumptions
/// As for [`measure`].
///
/// # Errors
/// As for [`measure`]. Features before the first problem may have been handed over by then.
///
/// ```
/// use treatyline::geodesy::{Ellipsoid, Geodesic};
/// use treatyline::io::Input;
/// use treatyline::measure::{Sums, measure_each};
///
/// let text = r#"{"type": "LineString", "coordinates": [[80, 45], [80, 46]]}"#;
/// let input = Input::bytes("a degree", text.as_bytes());
/// let mut sums = Sums::default();
/// let geodesic = Geodesic::new(Ellipsoid::WGS84);
/// measure_each(&geodesic, input, None, |feature| sums.add(&feature))?;
/// assert_eq!(sums.total().length.km().round(), 111.0);
/// # Ok::<(), treatyline::problem::Problems>(())
/// ```
pub fn measure_each(
    geodesic: &Geodesic,
    input: impl Into<Input>,
    by: Option<&str>,
    mut take: impl FnMut(FeatureMeasures),
) -> Result<Fixes, Problems> {
    let input = input.into();
    let names = NAMES.into_iter().chain(by).map(str::to_owned).collect();
    let features = input.features()?.wanting(Wanted::Only(names));
    // Of a stream the threads are used for different features.
    let is_stream = features.whole().is_none();
    let alone = geodesic.clone().with_threads(1);
    let geodesic = if is_stream { &alone } else { geodesic };
    let make = |feature: CheckedFeature| match one(geodesic, &feature, by) {
        Ok(measures) => {
            let is_noted = measures.crossed.is_some() || measures.overlap.is_some();
            Ok((measures, is_noted.then_some(feature.place)))
        }
        Err(fault) => Err((feature.place, fault.into())),
    };
    let (mut noted, mut is_any) = (Fixes::default(), false);
    let mut fixes = features.each(make, |(measures, place)| {
        is_any = true;
        if let Some(place) = place {
            note(&mut noted, &measures, &place);
        }
        take(measures);
    })?;
    fixes.merge(noted);
    if !is_any && !input.conditions().is_empty() {
        return Err(none_meets(&input).into());
    }
    if input.is_strict() {
        fixes.refused(input.name())?;
    }
    Ok(fixes)
}

/// Records where polygons overlap, and where an outline crosses itself.
fn note(fixes: &mut Fixes, measures: &FeatureMeasures, place: &str) {
    if let Some(overlap) = measures.overlap {
        overlap.note(FixKind::PartsOverlap, fixes, place);
    }
    let Some(Crossed { at, is_enclosed, is_hole }) = measures.crossed else { return };
    let mut detail = format!("at ({:.7}, {:.7})", at.x, at.y);
    if !is_enclosed {
        detail.push_str(
            "; as it also runs along itself and around a pole, its area is that of its edges, in \
             which parts count against others",
        );
    }
    if is_hole {
        detail.push_str(
            ", where a hole crosses another ring: its area is what lies in an odd number of its \
             rings",
        );
    }
    // Differences that the decimals do not show are for the data only.
    let is_seen =
        |area: &SquareMetres| measures.area.is_some_and(|own| (*area - own).value().abs() > 100.0);
    if let Some(area) = measures.even_odd_area.filter(is_seen) {
        detail.push_str(&format!("; by the even–odd rule the feature has {:.4} km²", area.km2()));
    }
    if let Some(area) = measures.winding_area.filter(is_seen) {
        let area = format!("{:.4} km²", area.km2());
        detail.push_str(&format!("; without all that holes go round the feature has {area}"));
    }
    fixes.add(FixKind::OutlineCrosses, place, Some(detail));
}

/// The properties that may name a feature.
const NAMES: [&str; 2] = ["name", "title"];

/// Measures a feature.
fn one(
    geodesic: &Geodesic,
    feature: &CheckedFeature,
    by: Option<&str>,
) -> Result<FeatureMeasures, PositionFault> {
    let attribute = |key| feature.properties.get(key);
    let mut measures = FeatureMeasures {
        number: feature.number,
        id: feature.id.clone(),
        name: NAMES.into_iter().find_map(|key| attribute(key)?.as_str()).map(str::to_owned),
        kind: kind(&feature.shape),
        length: None,
        perimeter: None,
        area: None,
        clockwise: 0,
        crossed: None,
        overlap: None,
        even_odd_area: None,
        winding_area: None,
        group: by.and_then(attribute).cloned().unwrap_or_default(),
    };
    let mut differences = Differences::default();
    add(geodesic, &feature.shape, &mut measures, &mut differences)?;
    measures.overlap = overlap::overlap(geodesic, &polygons(&feature.shape))?;
    let of_all = |by: SquareMetres| measures.area.map(|area| area + by);
    measures.even_odd_area = differences.to_even_odd.and_then(of_all);
    measures.winding_area = differences.to_winding.and_then(of_all);
    Ok(measures)
}

/// All polygons of a geometry.
fn polygons(shape: &Shape) -> Cow<'_, [Polygon]> {
    match shape {
        Shape::Polygons(polygons) => Cow::Borrowed(polygons),
        Shape::Mixed(_) => {
            let members = shape.members().into_iter();
            members.flat_map(|member| polygons(member).into_owned()).collect()
        }
        _ => Cow::Borrowed(&[]),
    }
}

fn kind(shape: &Shape) -> Kind {
    match shape {
        Shape::None => Kind::None,
        Shape::Point(_) | Shape::Points(_) => Kind::Points,
        Shape::Lines(_) => Kind::Lines,
        Shape::Polygons(_) => Kind::Polygons,
        Shape::Mixed(shapes) => {
            let mut kinds = shapes.iter().map(kind);
            let first = kinds.next().unwrap_or(Kind::None);
            if kinds.all(|kind| kind == first) { first } else { Kind::Mixed }
        }
    }
}

/// By how much the area of a feature differs by other rules.
#[derive(Debug, Default)]
struct Differences {
    to_even_odd: Option<SquareMetres>,
    to_winding: Option<SquareMetres>,
}

impl Differences {
    fn add(&mut self, polygon: &Enclosed) {
        let sum = |all: Option<SquareMetres>, more: Option<SquareMetres>| {
            more.map(|more| all.unwrap_or_default() + more).or(all)
        };
        self.to_even_odd = sum(self.to_even_odd, polygon.to_even_odd);
        self.to_winding = sum(self.to_winding, polygon.to_winding);
    }
}

/// Adds the measures of a geometry; a collection has those of its parts.
fn add(
    geodesic: &Geodesic,
    shape: &Shape,
    to: &mut FeatureMeasures,
    differences: &mut Differences,
) -> Result<(), PositionFault> {
    match shape {
        Shape::None | Shape::Point(_) | Shape::Points(_) => {}
        Shape::Lines(parts) => {
            let mut length = to.length.unwrap_or_default();
            for part in parts {
                length = length + geodesic.length(part)?;
            }
            to.length = Some(length);
        }
        Shape::Polygons(polygons) => {
            let mut perimeter = to.perimeter.unwrap_or_default();
            let mut area = to.area.unwrap_or_default();
            for polygon in polygons {
                let plain = Plain::new(geodesic, polygon)?;
                to.clockwise += usize::from(plain.is_clockwise);
                perimeter = perimeter + plain.perimeter;
                area = area
                    + match enclosed::enclosed(geodesic, polygon, &plain)? {
                        None => plain.area,
                        Some(enclosed) => {
                            to.crossed = to.crossed.or(Some(enclosed.crossed));
                            differences.add(&enclosed);
                            enclosed.area
                        }
                    };
            }
            (to.perimeter, to.area) = (Some(perimeter), Some(area));
        }
        Shape::Mixed(shapes) => {
            shapes.iter().try_for_each(|shape| add(geodesic, shape, to, differences))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::Ellipsoid;

    fn measured(text: &str) -> Vec<FeatureMeasures> {
        let input = Input::bytes("test", text.as_bytes());
        measure(&Geodesic::new(Ellipsoid::WGS84), input).unwrap()
    }

    const LINE: &str = r#"{"type":"LineString","coordinates":[[80,45],[80,46]]}"#;
    const AREA: &str = r#"{"type":"Polygon","coordinates":[[[80,45],[81,45],[81,46],[80,45]]]}"#;

    #[test]
    fn a_collection_measures_what_its_parts_do() {
        let (line, area) = (&measured(LINE)[0], &measured(AREA)[0]);
        let point = r#"{"type":"MultiPoint","coordinates":[[80,45],[80,46]]}"#;
        let inner = format!(r#"{{"type":"GeometryCollection","geometries":[{LINE}]}}"#);
        let parts = [point, LINE, AREA, &inner].join(",");
        let all = format!(r#"{{"type":"GeometryCollection","geometries":[{parts}]}}"#);
        let all = &measured(&all)[0];
        assert_eq!(all.kind, Kind::Mixed);
        assert_eq!(all.length.unwrap(), line.length.unwrap() + line.length.unwrap());
        assert_eq!((all.area, all.perimeter), (area.area, area.perimeter));
        assert_eq!(measured(&inner)[0].kind, Kind::Lines);
    }

    #[test]
    fn polygons_of_a_collection_overlap_as_those_of_one_geometry_do() {
        let moved = AREA.replace("45", "45.5");
        let both = format!(r#"{{"type":"GeometryCollection","geometries":[{AREA},{moved}]}}"#);
        assert!(measured(&both)[0].overlap.is_some());
        let apart = AREA.replace("80", "90").replace("81", "91");
        let both = format!(r#"{{"type":"GeometryCollection","geometries":[{AREA},{apart}]}}"#);
        assert!(measured(&both)[0].overlap.is_none());
    }

    /// All of the Earth without a cap around the south pole, with a hole larger than the cap.
    #[test]
    fn no_area_is_negative() {
        let ring = |lat: f64, lons: &[f64]| {
            let mut ring: Vec<_> = lons.iter().map(|lon| geo::Coord { x: *lon, y: lat }).collect();
            ring.push(ring[0]);
            geo::LineString(ring)
        };
        let lons = [-180.0, -90.0, 0.0, 90.0];
        let (cap, hole) = (ring(-80.0, &lons), ring(60.0, &lons));
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let [of_cap, of_hole] = [&cap, &hole].map(|ring| geodesic.ring_area(&ring.0).unwrap().area);
        assert!(of_cap < of_hole);
        let mut measures = measured(AREA).remove(0);
        (measures.area, measures.perimeter) = (None, None);
        let shape = Shape::Polygons(vec![geo::Polygon::new(cap, vec![hole])]);
        add(&geodesic, &shape, &mut measures, &mut Differences::default()).unwrap();
        let expected = Ellipsoid::WGS84.area() - of_cap - of_hole;
        assert!((measures.area.unwrap() - expected).value().abs() < 1.0);
    }

    #[test]
    fn an_edge_across_the_antimeridian_is_the_short_way() {
        let line = |from: f64, to: f64| {
            let text =
                format!(r#"{{"type":"LineString","coordinates":[[{from},60],[{to},60.5]]}}"#);
            measured(&text)[0].length.unwrap()
        };
        assert!((line(179.5, -179.5) - line(79.5, 80.5)).value().abs() < 1e-6);
        assert!((line(-179.5, 179.5) - line(80.5, 79.5)).value().abs() < 1e-6);
    }
}
