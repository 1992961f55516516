//! All boundaries of a file of boundary lines: how long each country's are, and each
//! pair's, and how much of them follows a river.

mod read;
mod rivers;

pub use rivers::ByRivers;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use serde_json::Value;

use crate::course::{Nearness, Tally};
use crate::geodesy::{CompensatedSum, Geodesic};
use crate::io::geojson::Stream;
use crate::io::{Begun, FixKind, Fixes, Input, none_meets};
use crate::problem::{Fault, Problems};
use crate::quantity::Metres;
use crate::wording;
use read::{Measured, of_data, of_stream};

/// Which attributes say what a line lies between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attributes {
    /// The code of the country on its left.
    pub left: String,
    /// The code of the country on its right.
    pub right: String,
    /// What kind of boundary it is, if the file says so.
    pub kind: Option<String>,
}

/// The attributes that are looked for where none are named, the first that a file has:
/// Natural Earth's, and what else is usual.
const KNOWN: [[&str; 2]; 6] = [
    ["adm0_a3_l", "adm0_a3_r"],
    ["ADM0_A3_L", "ADM0_A3_R"],
    ["cc1", "cc2"],
    ["CC1", "CC2"],
    ["left", "right"],
    ["adm0_left", "adm0_right"],
];

/// Natural Earth's attribute for the kind of a boundary.
const KINDS: [&str; 2] = ["featurecla", "FEATURECLA"];

/// How the name of the kind begins that is nobody's question.
const SETTLED: &str = "international boundary";

/// Why a line is not counted with the boundary between two countries.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Its kind is not that of an international boundary: disputed, indefinite, a line of
    /// control, the limit of a lease.
    Kind(String),
    /// It has the same code on both sides.
    OneCountry,
    /// It has no code on one side or on both.
    NoCode,
}

/// The boundary of two countries. They are in the order of their codes, whichever of them
/// the file has on the left.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The codes of both.
    pub countries: [String; 2],
    /// How long their boundary is.
    pub length: Metres,
    /// Of how many features it is made.
    pub features: usize,
    /// How much of it is near a river, if that was asked.
    pub rivers: Option<Nearness>,
}

/// A country.
#[derive(Debug, Clone, PartialEq)]
pub struct Country {
    /// Its code.
    pub code: String,
    /// The length of all its boundaries.
    pub length: Metres,
    /// With how many countries it has one.
    pub neighbours: usize,
}

/// Lines that are kept apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Apart {
    /// The codes on both sides, in their order; none where there is none.
    pub countries: [Option<String>; 2],
    /// Why.
    pub reason: Reason,
    /// How long they are.
    pub length: Metres,
    /// How many features they are.
    pub features: usize,
}

/// Everything measured in a file. Lists are in the order of length, longest first, what
/// is equally long in the order of codes.
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    /// The attributes that were read; none where a file without codes is measured as one.
    pub attributes: Option<Attributes>,
    /// Boundaries between two countries.
    pub pairs: Vec<Pair>,
    /// The countries that have them.
    pub countries: Vec<Country>,
    /// What is not counted among them.
    pub apart: Vec<Apart>,
    /// The length of all pairs; of all lines where there are no codes.
    pub length: Metres,
    /// How much of that is near a river, if that was asked.
    pub rivers: Option<Nearness>,
    /// The length of all that is kept apart.
    pub length_apart: Metres,
    /// How many features there are.
    pub features: usize,
    /// What was changed or left out when the file was read.
    pub fixes: Fixes,
}

/// Which attributes the user names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// The attribute for the left country.
    pub left: Option<String>,
    /// The attribute for the right country.
    pub right: Option<String>,
    /// The attribute for the kind of boundary.
    pub kind: Option<String>,
}

/// Measures all boundaries of a file. The result is the same, to the last bit, on any
/// number of threads.
///
/// # Units
/// Degrees in, metres out: geodesics on the ellipsoid of `geodesic`.
///
/// # Errors
/// [`Problems`] where the text is no GeoJSON, a feature is anything but a line, or no
/// feature has the attributes.
///
/// ```
/// use treatyline::geodesy::{Ellipsoid, Geodesic};
/// use treatyline::io::geojson::Stream;
/// use treatyline::survey::{Named, survey};
///
/// let text = r#"{"type": "Feature", "properties": {"left": "B", "right": "A"},
///     "geometry": {"type": "LineString", "coordinates": [[80, 45], [80, 46]]}}"#;
/// let stream = Stream::new("one", text.as_bytes());
/// let found = survey(&Geodesic::new(Ellipsoid::WGS84), "one", stream, &Named::default())?;
/// assert_eq!(found.pairs[0].countries, ["A", "B"]);
/// assert_eq!(found.pairs[0].length.km().round(), 111.0);
/// # Ok::<(), treatyline::problem::Problems>(())
/// ```
pub fn survey(
    geodesic: &Geodesic,
    name: &str,
    stream: Stream<'_, impl Read>,
    named: &Named,
) -> Result<Survey, Problems> {
    of_stream(geodesic, name, stream, named, None)
}

/// [`survey`] of an input in any format of [`read`](crate::io::read()): GeoJSON is measured
/// as it is read, other formats once all of them is in memory. With rivers it says of each
/// boundary how much of it is near one; then a file without codes is measured as one.
///
/// # Units
/// As for [`survey`].
///
/// # Errors
/// As for [`survey`], and where the input cannot be read.
pub fn survey_input(
    geodesic: &Geodesic,
    input: &Input,
    named: &Named,
    by: Option<&ByRivers<'_>>,
) -> Result<Survey, Problems> {
    let survey = match input.begin()? {
        Begun::GeoJson(stream) => {
            let stream = Stream::new(&input.name, stream).meeting(input.conditions.clone());
            let survey = of_stream(geodesic, &input.name, stream, named, by);
            let is_none = match &survey {
                Ok(survey) => survey.features == 0,
                Err(problems) => problems.all().iter().any(|problem| {
                    matches!(&problem.fault, Fault::NoCodes { attributes } if attributes.is_empty())
                }),
            };
            if is_none && !input.conditions.is_empty() {
                return Err(none_meets(input).into());
            }
            survey?
        }
        Begun::Other(input) => of_data(geodesic, &input, named, by)?,
    };
    if input.strict {
        survey.fixes.refused(&input.name)?;
    }
    Ok(survey)
}

/// All lines of a file together.
fn as_one(lines: &[Measured], by: Option<&ByRivers<'_>>) -> Survey {
    let mut sum = Sum::default();
    lines.iter().for_each(|line| sum.add(line));
    Survey {
        attributes: None,
        pairs: Vec::new(),
        countries: Vec::new(),
        apart: Vec::new(),
        length: sum.length(),
        rivers: sum.rivers(by),
        length_apart: Metres::default(),
        features: lines.len(),
        fixes: Fixes::default(),
    }
}

/// The attributes to be read: those that are named, otherwise known ones.
fn attributes(named: &Named, lines: &[Measured]) -> Result<Attributes, Fault> {
    let has = |name: &str| lines.iter().any(|line| line.properties.contains_key(name));
    let known = KNOWN.into_iter().find(|pair| pair.iter().all(|name| has(name)));
    let chosen = |name: &Option<String>, side: usize| match (name, known) {
        (Some(name), _) => Ok(name.clone()),
        (None, Some(pair)) => Ok(pair[side].to_owned()),
        (None, None) => Err(Fault::NoCodes { attributes: names(lines) }),
    };
    let (left, right) = (chosen(&named.left, 0)?, chosen(&named.right, 1)?);
    let kind = match &named.kind {
        Some(name) => Some(name.clone()),
        None => KINDS.into_iter().find(|name| has(name)).map(str::to_owned),
    };
    let names = [&left, &right].into_iter().chain(&kind);
    if let Some(missing) = { names }.find(|name| !has(name)) {
        return Err(unknown(missing, lines));
    }
    Ok(Attributes { left, right, kind })
}

fn unknown(name: &str, lines: &[Measured]) -> Fault {
    let attributes = names(lines);
    if attributes.is_empty() {
        return Fault::NoCodes { attributes };
    }
    let known = format!("{} (--left, --right, --kind)", wording::list(&attributes));
    Fault::Unknown { kind: "attribute", key: name.to_owned(), known }
}

/// The first attributes there are, in quotes.
fn names(lines: &[Measured]) -> Vec<String> {
    let names: BTreeSet<&String> = lines.iter().flat_map(|line| line.properties.keys()).collect();
    names.into_iter().take(20).map(|name| format!("`{name}`")).collect()
}

/// A code or kind as a text; none where there is nothing to read. `-99` is what Natural
/// Earth writes for nothing.
fn told(line: &Measured, name: &str) -> Option<String> {
    let text = match line.properties.get(name)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty() && text != "-99").then_some(text)
}

/// A running length, of how many features, and what of it is near a river.
#[derive(Debug, Clone, Default)]
struct Sum {
    length: CompensatedSum,
    features: usize,
    tally: Option<Tally>,
}

impl Sum {
    fn add(&mut self, line: &Measured) {
        self.add_length(line.length);
        match (&mut self.tally, &line.tally) {
            (Some(tally), Some(other)) => tally.add(other),
            (tally, other) => *tally = tally.take().or_else(|| other.clone()),
        }
    }

    fn add_length(&mut self, length: Metres) {
        self.length.add(length.value());
        self.features += 1;
    }

    fn length(&self) -> Metres {
        Metres::new(self.length.total())
    }

    fn rivers(&self, by: Option<&ByRivers<'_>>) -> Option<Nearness> {
        by.map(|by| by.nearness(self.tally.as_ref()))
    }
}

fn by_pair(attributes: Attributes, lines: &[Measured], by: Option<&ByRivers<'_>>) -> Survey {
    let (mut seen, mut fixes) = (BTreeSet::new(), Fixes::default());
    let mut pairs: BTreeMap<[String; 2], Sum> = BTreeMap::new();
    let mut apart: BTreeMap<([Option<String>; 2], Reason), Sum> = BTreeMap::new();
    let (mut length, mut length_apart) = (Sum::default(), Sum::default());
    for line in lines {
        let mut sides = [&attributes.left, &attributes.right].map(|name| told(line, name));
        sides.sort();
        let kind = attributes.kind.as_ref().and_then(|name| told(line, name));
        let which = between(sides, kind);
        // The same line between the same two is one line.
        if line.mark != 0 && !seen.insert((line.mark, which.clone())) {
            let detail = which.as_ref().ok().map(|pair| format!("between {}", pair.join(" and ")));
            fixes.add(FixKind::LineRepeated, line.place.clone(), detail);
            continue;
        }
        match which {
            Ok(countries) => {
                pairs.entry(countries).or_default().add(line);
                length.add(line);
            }
            Err(why) => {
                apart.entry(why).or_default().add_length(line.length);
                length_apart.add_length(line.length);
            }
        }
    }
    let countries = countries(&pairs);
    let pair = |(countries, sum): (_, Sum)| Pair {
        countries,
        length: sum.length(),
        rivers: sum.rivers(by),
        features: sum.features,
    };
    let aside = |((countries, reason), sum): (_, Sum)| Apart {
        countries,
        reason,
        length: sum.length(),
        features: sum.features,
    };
    Survey {
        attributes: Some(attributes),
        pairs: longest_first(pairs.into_iter().map(pair).collect(), |pair| pair.length),
        countries: longest_first(countries, |country| country.length),
        apart: longest_first(apart.into_iter().map(aside).collect(), |apart| apart.length),
        length: length.length(),
        rivers: length.rivers(by),
        length_apart: length_apart.length(),
        features: lines.len(),
        fixes,
    }
}

/// The two countries that a line divides, or why it is kept apart.
fn between(
    sides: [Option<String>; 2],
    kind: Option<String>,
) -> Result<[String; 2], ([Option<String>; 2], Reason)> {
    if let Some(kind) = kind.filter(|kind| !kind.to_lowercase().starts_with(SETTLED)) {
        return Err((sides, Reason::Kind(kind)));
    }
    match sides {
        [Some(one), Some(other)] if one == other => {
            Err(([Some(one), Some(other)], Reason::OneCountry))
        }
        [Some(one), Some(other)] => Ok([one, other]),
        sides => Err((sides, Reason::NoCode)),
    }
}

fn countries(pairs: &BTreeMap<[String; 2], Sum>) -> Vec<Country> {
    let mut sums: BTreeMap<&String, Sum> = BTreeMap::new();
    for (countries, sum) in pairs {
        for code in countries {
            sums.entry(code).or_default().add_length(sum.length());
        }
    }
    let country = |(code, sum): (&String, Sum)| Country {
        code: code.clone(),
        length: sum.length(),
        neighbours: sum.features,
    };
    sums.into_iter().map(country).collect()
}

/// By length; what is equally long stays in the order it has.
fn longest_first<T>(mut list: Vec<T>, length: impl Fn(&T) -> Metres) -> Vec<T> {
    list.sort_by(|one, other| length(other).value().total_cmp(&length(one).value()));
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::Ellipsoid;
    use serde_json::json;

    fn line(properties: &Value, degrees: f64) -> Value {
        json!({"type": "Feature", "properties": properties,
            "geometry": {"type": "LineString", "coordinates": [[80.0, 0.0], [80.0 + degrees, 0.0]]}})
    }

    fn surveyed(features: &[Value], named: &Named) -> Result<Survey, Problems> {
        let text: Vec<String> = features.iter().map(Value::to_string).collect();
        let text = text.join("\n");
        let stream = Stream::new("test", text.as_bytes());
        survey(&Geodesic::new(Ellipsoid::WGS84), "test", stream, named)
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
            &Named::default(),
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
        let of = |left: &str, right: &str, kind: &str| json!({"adm0_a3_l": left, "adm0_a3_r": right, "featurecla": kind});
        let found = surveyed(
            &[
                line(&of("A", "B", "International boundary (verify)"), 1.0),
                line(&of("B", "A", "Disputed (please verify)"), 2.0),
                line(&of("A", "A", "International boundary (verify)"), 3.0),
                line(&of("A", "-99", "International boundary (verify)"), 4.0),
                line(&json!({}), 5.0),
                json!({"type": "Feature", "properties": {}, "geometry": null}),
            ],
            &Named::default(),
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
        let refused = surveyed(&features, &Named::default()).unwrap_err().to_string();
        assert!(refused.contains("by --left and --right: `east`, `west`"), "{refused}");
        let bare = surveyed(&[line(&json!({}), 1.0)], &Named::default()).unwrap_err().to_string();
        assert!(bare.contains("whose features have attributes with country codes"), "{bare}");
        let named = |left: &str, right: &str| Named {
            left: Some(left.to_owned()),
            right: Some(right.to_owned()),
            kind: None,
        };
        assert_eq!(surveyed(&features, &named("west", "east")).unwrap().pairs.len(), 1);
        let refused = surveyed(&features, &named("west", "north")).unwrap_err().to_string();
        assert!(refused.contains("unknown attribute `north`"), "{refused}");
    }

    #[test]
    fn an_area_is_no_boundary() {
        let area = json!({"type": "Polygon", "coordinates": [[[0,0],[1,0],[1,1],[0,0]]]});
        let refused = surveyed(&[area], &Named::default()).unwrap_err().to_string();
        assert!(refused.contains("feature 1: a Polygon, a LineString is wanted"), "{refused}");
    }
}
