//! All boundaries in files of boundary lines or of polygons of countries: their lengths for each
//! country and each pair, and how much of them follows a river.

mod areas;
pub(crate) mod lines;
mod pairs;
mod read;
pub(crate) mod rivers;
mod twice;

pub(crate) use rivers::ByRivers;

use crate::course::Nearness;
use crate::geodesy::Geodesic;
use crate::io::{Fixes, Input};
use crate::problem::Problems;
use crate::quantity::Metres;
use read::Reading;

/// The attributes with the countries on both sides of a line. For polygons both are the attribute
/// with the country.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attributes {
    /// The code of the country on its left.
    pub(crate) left: String,
    /// The code of the country on its right.
    pub(crate) right: String,
    /// The kind of boundary, if the file has one.
    pub(crate) kind: Option<String>,
}

/// Why a line is not counted with the boundary between two countries.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Its kind is not that of an international boundary: disputed, indefinite, a line of
    /// control, the limit of a lease.
    Kind(String),
    /// It has the same code on both sides.
    OneCountry,
    /// It has no code on one side or on both.
    NoCode,
    /// Both countries lie on the same side of it: an overlap, or one claim inside another.
    ClaimedByBoth,
    /// A third country has it as well.
    Contested,
}

/// The boundary of two countries. They are in the order of their codes, independent of the sides in
/// the file.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Pair {
    /// The codes of both.
    pub countries: [String; 2],
    /// How long their boundary is.
    pub length: Metres,
    /// The number of its features; between polygons, the number of its stretches.
    pub features: usize,
    /// How much of it is drawn twice and therefore counted twice in `length`: see
    /// [`Survey::twice`].
    pub(crate) twice: Metres,
    /// How much of it is near a river, if rivers were given.
    pub(crate) rivers: Option<Nearness>,
}

/// A country.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub struct Country {
    /// Its code.
    pub(crate) code: String,
    /// The length of all its boundaries.
    pub(crate) length: Metres,
    /// The number of countries it has a boundary with.
    pub(crate) neighbours: usize,
}

/// Lines that are kept apart.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub struct Apart {
    /// The codes on both sides, in their order; `None` for a missing one.
    pub(crate) countries: [Option<String>; 2],
    /// Why.
    pub(crate) reason: Reason,
    /// How long they are.
    pub(crate) length: Metres,
    /// The number of features; between polygons, the number of stretches.
    pub(crate) features: usize,
}

/// The outlines of countries that are polygons.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub struct OfPolygons {
    /// How many countries there are.
    pub(crate) countries: usize,
    /// The length of their outlines, each counted for every country that has it.
    pub(crate) outlines: Metres,
    /// The part of it that no other country has: coasts, and boundaries whose sides were drawn
    /// apart.
    pub(crate) alone: Metres,
    /// Countries whose outlines come near to each other and are not the same there, longest first.
    pub(crate) near: Vec<NearPair>,
    /// The layers that polygons are from, if there are several: areas of one layer may lie in areas
    /// of another.
    pub(crate) layers: Vec<String>,
}

/// Two countries whose outlines run in opposite directions within 100 m of each other
/// (`DrawnApart`) and are not the same there: most likely a boundary
/// whose two sides were drawn apart.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub struct NearPair {
    /// Their codes, in order.
    pub(crate) countries: [String; 2],
    /// The length of that, about.
    pub(crate) length: Metres,
}

/// Everything measured in a file. Lists are in the order of length, longest first; equal lengths
/// are in the order of codes.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Survey {
    /// The attributes that were read; `None` if a file without codes is measured as one, or if each
    /// polygon, or each file of polygons, is a country.
    #[doc(hidden)]
    pub attributes: Option<Attributes>,
    /// Boundaries between two countries.
    pub pairs: Vec<Pair>,
    /// The countries that have them.
    pub(crate) countries: Vec<Country>,
    /// Lines that are not counted among them.
    pub(crate) apart: Vec<Apart>,
    /// The length of all pairs; of all lines where there are no codes.
    pub length: Metres,
    /// How much of that is drawn twice: edges that another line of the same pair has, or, where
    /// there are no codes, another line, and what runs along another one
    /// (`ALONG_M`). It is in `length` each time. `None` of polygons, and
    /// where there are more than four million edges.
    pub(crate) twice: Option<Metres>,
    /// How much of that is near a river, if rivers were given.
    #[doc(hidden)]
    pub rivers: Option<Nearness>,
    /// The length of all lines that are not counted.
    pub(crate) length_apart: Metres,
    /// How many features there are.
    pub(crate) features: usize,
    /// The outlines that boundaries were found in, where countries are polygons.
    pub(crate) of_polygons: Option<OfPolygons>,
    /// What was changed or left out, with the name of the file.
    pub(crate) fixes: Vec<(String, Fixes)>,
}

/// Which attributes the user names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamedAttributes {
    /// The attribute for the left country.
    pub left: Option<String>,
    /// The attribute for the right country.
    pub right: Option<String>,
    /// The attribute for the kind of boundary.
    pub kind: Option<String>,
    /// The attribute for the country of a polygon; polygons with the same value are one country.
    pub by: Option<String>,
}

/// Measures all boundaries of one or more inputs in any format of [`read`](crate::io::read()): of
/// lines by the countries on their left and right, of polygons as the common stretches of every two
/// countries. The result is the same, to the last bit, on any number of threads. GeoJSON is measured
/// while it is read, other formats after all is in memory.
///
/// Polygons of several files may be one country, by their attribute. Without a known attribute each
/// file is a country or, in a single file, each feature.
///
/// # Units
/// Degrees in, metres out: geodesics on the ellipsoid of `geodesic`.
///
/// # Errors
/// [`Problems`] where an input cannot be read, there are neither lines nor polygons, or no
/// feature has the attributes.
///
/// ```
/// use treatyline::geodesy::{Ellipsoid, Geodesic};
/// use treatyline::io::Input;
/// use treatyline::survey::{NamedAttributes, survey};
///
/// let text = r#"{"type": "Feature", "properties": {"left": "B", "right": "A"},
///     "geometry": {"type": "LineString", "coordinates": [[80, 45], [80, 46]]}}"#;
/// let input = Input::bytes("one", text.as_bytes());
/// let found = survey(&Geodesic::new(Ellipsoid::WGS84), &[input], &NamedAttributes::default())?;
/// assert_eq!(found.pairs[0].countries, ["A", "B"]);
/// assert_eq!(found.pairs[0].length.km().round(), 111.0);
/// # Ok::<(), treatyline::problem::Problems>(())
/// ```
pub fn survey(
    geodesic: &Geodesic,
    inputs: &[Input],
    named: &NamedAttributes,
) -> Result<Survey, Problems> {
    survey_by_rivers(geodesic, inputs, named, None)
}

/// [`survey`] with the length of each boundary near a river, if there are rivers; in that case lines
/// without codes are measured as one.
///
/// # Units
/// As for [`survey`].
///
/// # Errors
/// As for [`survey`].
#[doc(hidden)]
pub fn survey_by_rivers(
    geodesic: &Geodesic,
    inputs: &[Input],
    named: &NamedAttributes,
    by: Option<&ByRivers<'_>>,
) -> Result<Survey, Problems> {
    let mut reading = Reading::new(geodesic, named, by);
    for input in inputs {
        reading.input(input)?;
    }
    let survey = reading.survey()?;
    if inputs.iter().any(|input| input.is_strict()) {
        survey.fixes.iter().try_for_each(|(name, fixes)| fixes.refused(name))?;
    }
    Ok(survey)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::Ellipsoid;
    use serde_json::{Value, json};

    fn line(properties: &Value, degrees: f64) -> Value {
        json!({"type": "Feature", "properties": properties,
            "geometry": {"type": "LineString", "coordinates": [[80.0, 0.0], [80.0 + degrees, 0.0]]}})
    }

    fn surveyed(features: &[Value], named: &NamedAttributes) -> Result<Survey, Problems> {
        let text: Vec<String> = features.iter().map(Value::to_string).collect();
        let text = text.join("\n");
        let input = Input::bytes("test", text.as_bytes());
        survey(&Geodesic::new(Ellipsoid::WGS84), &[input], named)
    }

    #[test]
    fn both_sides_of_a_boundary_are_one_pair() {
        let found = surveyed(
            &[
                line(&json!({"left": "B", "right": "A"}), 1.0),
                line(&json!({"left": "A", "right": "B"}), 2.0),
                line(&json!({"left": "C", "right": "A"}), 3.0),
                line(&json!({"left": "D", "right": "C"}), 3.0),
            ],
            &NamedAttributes::default(),
        )
        .unwrap();
        let pairs = found.pairs.iter().map(|pair| (pair.countries.concat(), pair.features));
        let pairs: Vec<_> = pairs.collect();
        let expected = [("AB", 2), ("AC", 1), ("CD", 1)].map(|(pair, n)| (pair.to_owned(), n));
        assert_eq!(pairs, expected, "equal lengths are in the order of codes");
        let countries: Vec<_> =
            found.countries.iter().map(|each| (each.code.as_str(), each.neighbours)).collect();
        assert_eq!(countries, [("A", 2), ("C", 2), ("B", 1), ("D", 1)]);
        assert!((found.length.km() - 9.0 * 111.319).abs() < 0.01);
        assert_eq!(found.length_apart, Metres::new(0.0));
    }

    #[test]
    fn what_is_not_between_two_countries_is_kept_apart() {
        let properties = |left: &str, right: &str, kind: &str| json!({"adm0_a3_l": left, "adm0_a3_r": right, "featurecla": kind});
        let found = surveyed(
            &[
                line(&properties("A", "B", "International boundary (verify)"), 1.0),
                line(&properties("B", "A", "Disputed (please verify)"), 2.0),
                line(&properties("A", "A", "International boundary (verify)"), 3.0),
                line(&properties("A", "-99", "International boundary (verify)"), 4.0),
                line(&json!({}), 5.0),
                json!({"type": "Feature", "properties": {}, "geometry": null}),
            ],
            &NamedAttributes::default(),
        )
        .unwrap();
        assert_eq!(found.pairs.len(), 1);
        let apart: Vec<_> =
            found.apart.iter().map(|apart| (apart.reason.clone(), apart.features)).collect();
        let disputed = Reason::Kind("Disputed (please verify)".to_owned());
        let expected =
            [(Reason::NoCode, 2), (Reason::NoCode, 1), (Reason::OneCountry, 1), (disputed, 1)];
        assert_eq!(apart, expected);
        assert_eq!(found.features, 6);
    }

    #[test]
    fn attributes_are_named_or_known_or_missed() {
        let features = [line(&json!({"west": "A", "east": "B"}), 1.0)];
        let refused = surveyed(&features, &NamedAttributes::default()).unwrap_err().to_string();
        assert!(refused.contains(": `east`, `west`") && refused.contains("::left"), "{refused}");
        let bare = surveyed(&[line(&json!({}), 1.0)], &NamedAttributes::default())
            .unwrap_err()
            .to_string();
        assert!(bare.contains("whose features have attributes with country codes"), "{bare}");
        let named = |left: &str, right: &str| NamedAttributes {
            left: Some(left.to_owned()),
            right: Some(right.to_owned()),
            ..NamedAttributes::default()
        };
        assert_eq!(surveyed(&features, &named("west", "east")).unwrap().pairs.len(), 1);
        let refused = surveyed(&features, &named("west", "north")).unwrap_err().to_string();
        assert!(refused.contains("unknown attribute `north`"), "{refused}");
    }

    #[test]
    fn points_are_no_boundary() {
        let point = json!({"type": "Point", "coordinates": [0, 0]});
        let refused = surveyed(&[point], &NamedAttributes::default()).unwrap_err().to_string();
        assert!(
            refused.contains("feature 1: a Point, a LineString or Polygon is wanted"),
            "{refused}"
        );
    }

    #[test]
    fn what_two_lines_of_a_pair_share_is_drawn_twice() {
        let along = |left: &str, right: &str, path: &[i32]| {
            let path: Vec<_> = path.iter().map(|x| json!([x, 0])).collect();
            json!({"type": "Feature", "properties": {"left": left, "right": right},
                "geometry": {"type": "LineString", "coordinates": path}})
        };
        let twice = |features: &[Value]| {
            let found = surveyed(features, &NamedAttributes::default()).unwrap();
            ((found.twice.unwrap().km() / 111.3195).round(), (found.length.km() / 111.3195).round())
        };
        let whole = along("A", "B", &[0, 1, 2, 3]);
        assert_eq!(twice(&[whole.clone(), along("B", "A", &[4, 3, 2])]), (1.0, 5.0));
        assert_eq!(twice(&[whole.clone(), along("C", "A", &[4, 3, 2])]), (0.0, 5.0));
        // A whole line that is there twice is counted once.
        assert_eq!(twice(&[whole.clone(), along("B", "A", &[3, 2, 1, 0])]), (0.0, 3.0));
        // Without a code it is in no sum.
        assert_eq!(twice(&[whole, along("", "A", &[4, 3, 2])]), (0.0, 3.0));
    }

    fn square(properties: &Value, x: f64) -> Value {
        json!({"type": "Feature", "properties": properties, "geometry": {"type": "Polygon",
            "coordinates": [[[x, 0.0], [x + 1.0, 0.0], [x + 1.0, 1.0], [x, 1.0], [x, 0.0]]]}})
    }

    #[test]
    fn polygons_have_the_boundaries_that_they_share() {
        let features = [0.0, 1.0, 2.0, 3.0].map(|x| {
            let part = if x < 2.0 { "A" } else { "B" };
            square(&json!({"iso": format!("{x}"), "of": part}), x)
        });
        let found = surveyed(&features, &NamedAttributes::default()).unwrap();
        assert_eq!((found.pairs.len(), found.countries.len()), (3, 4));
        let by = NamedAttributes { by: Some("of".to_owned()), ..NamedAttributes::default() };
        let found = surveyed(&features, &by).unwrap();
        assert_eq!(found.pairs.len(), 1);
        assert_eq!(
            (&found.pairs[0].countries, found.pairs[0].features),
            (&["A", "B"].map(str::to_owned), 1)
        );
        assert!((found.length.km() - 110.574).abs() < 0.001);
        let outlines = found.of_polygons.as_ref().unwrap();
        assert_eq!(outlines.countries, 2);
        // Edges inside a country are no outline, and common ones count for both.
        assert!(((outlines.outlines - outlines.alone).km() - 2.0 * 110.574).abs() < 0.001);
        let sides = NamedAttributes {
            left: by.by.clone(),
            right: by.by.clone(),
            ..NamedAttributes::default()
        };
        assert_eq!(surveyed(&features, &sides).unwrap(), found);
    }

    #[test]
    fn polygons_without_a_code_are_kept_apart() {
        let code = |code: &str| json!({"ISO_A3": code});
        let features =
            [square(&code("A"), 0.0), square(&code("-99"), 1.0), square(&code("-99"), 2.0)];
        let found = surveyed(&features, &NamedAttributes::default()).unwrap();
        assert!(found.pairs.is_empty());
        let apart: Vec<_> =
            found.apart.iter().map(|it| (it.countries.clone(), it.features)).collect();
        assert_eq!(apart, [([None, None], 1), ([None, Some("A".to_owned())], 1)]);
    }

    #[test]
    fn polygons_without_attributes_are_a_country_each() {
        let features = [square(&json!({}), 0.0), square(&json!({}), 1.0)];
        let found = surveyed(&features, &NamedAttributes::default()).unwrap();
        assert_eq!(found.pairs[0].countries, ["feature 1", "feature 2"]);
        assert_eq!(found.attributes, None);
        let by = NamedAttributes { by: Some("of".to_owned()), ..NamedAttributes::default() };
        let refused = surveyed(&features, &by).unwrap_err().to_string();
        assert!(
            refused.contains("::by` is `of`; it must be left out, for no feature has"),
            "{refused}"
        );
    }

    #[test]
    fn what_is_meant_for_lines_is_refused_for_polygons_and_the_other_way_round() {
        let sides = NamedAttributes {
            left: Some("a".into()),
            right: Some("b".into()),
            ..NamedAttributes::default()
        };
        let square = square(&json!({"a": "A", "b": "B"}), 0.0);
        let refused = surveyed(&[square], &sides).unwrap_err().to_string();
        assert!(refused.contains("feature 1: a Polygon, a LineString is wanted"), "{refused}");
        let by = NamedAttributes { by: Some("left".to_owned()), ..NamedAttributes::default() };
        let line = line(&json!({"left": "A", "right": "B"}), 1.0);
        let refused = surveyed(&[line], &by).unwrap_err().to_string();
        assert!(refused.contains("feature 1: a LineString, a Polygon is wanted"), "{refused}");
    }
}
