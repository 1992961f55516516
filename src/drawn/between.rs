//! Polygons where a line is wanted: the boundary that two of them share, the outline of one.

use std::collections::BTreeSet;

use geo::{Coord, Polygon};

use super::lines::{add_pieces, of_layers, sound_m};
use crate::io::{
    self, CheckedFeature, Collection, Condition, DataSet, FixKind, Fixes, Input, Shape, digest,
};
use crate::line::Area;
use crate::problem::{Fault, Problems};
use crate::wording::{count, km, number};

/// Reads one or two files as a data set of lines. A file of the polygons of two countries is the
/// boundary they share, one of a single country its outline; of two files each is the polygons
/// of one country. A country is a feature; or all features with the one value that a condition
/// asks for; or, where conditions ask for several values of an attribute, those with the same.
/// Any other file is as it is. Vertices within the tolerance, in degrees, are one.
///
/// The boundary has the properties of the first polygon, and a title that says what it
/// is. See [`shared_boundary`](crate::line::shared_boundary) for how it is found. What both
/// claim, and what is left out among polygons, is counted in `fixes`. The digest of two files
/// is that of their digests.
///
/// # Errors
/// [`Problems`] where a file cannot be read, [`Fault::NothingShared`] where two countries have
/// no boundary in common, [`Fault::Polygons`] where there are more than two of them.
pub fn read(inputs: &[Input], tolerance_deg: f64) -> Result<DataSet, Problems> {
    let [first, others @ ..] = inputs else {
        return Err(Input::bytes("no file", &b""[..]).problem("", Fault::Empty).into());
    };
    let mut data = io::read(first)?;
    if others.is_empty() {
        let countries = Countries::of(&first.conditions);
        if let Some(missing) = countries.missing(&data.collection.features) {
            // Asked for alone, so that the values there are come with it.
            let mut alone = first.clone();
            alone.conditions = vec![missing.clone()];
            return Err(io::none_meets(&alone).into());
        }
        return between_polygons(data, &countries, tolerance_deg);
    }
    data = country(data)?;
    for other in others {
        let other = country(io::read(other)?)?;
        data.name = format!("{} and {}", data.name, other.name);
        data.digest = digest([data.digest.as_bytes(), other.digest.as_bytes()]);
        data.collection.features.extend(other.collection.features);
        data.collection.fixes.merge(other.collection.fixes);
    }
    between_polygons(data, &Countries::Features, tolerance_deg)
}

/// Which polygons of a file are one country.
enum Countries<'a> {
    /// Those of each feature.
    Features,
    /// All: one value was asked for, and these have it.
    One(&'a str),
    /// Those with the same value of an attribute: these were asked for.
    By(&'a Condition, Vec<&'a Condition>),
}

impl<'a> Countries<'a> {
    fn of(conditions: &'a [Condition]) -> Self {
        let valued = || conditions.iter().filter(|it| it.asked_value().is_some());
        let is_one_of_several =
            |it: &&Condition| valued().any(|other| other.name() == it.name() && other != *it);
        match (valued().find(is_one_of_several), valued().next()) {
            (Some(by), _) => {
                Self::By(by, valued().filter(|other| other.name() == by.name()).collect())
            }
            (None, Some(one)) if !conditions.iter().any(Condition::is_pattern) => {
                Self::One(one.asked_value().unwrap_or_default())
            }
            _ => Self::Features,
        }
    }

    /// The first condition on a value that was asked for and that no feature has, if there is one.
    fn missing(&self, features: &[CheckedFeature]) -> Option<&'a Condition> {
        let Self::By(by, asked) = self else { return None };
        let found: BTreeSet<String> =
            features.iter().map(|feature| by.found(&feature.properties)).collect();
        asked
            .iter()
            .copied()
            .find(|it| it.asked_value().is_some_and(|value| !found.contains(value)))
    }

    /// Features of polygons, those of each country as one.
    fn merged(&self, features: Vec<CheckedFeature>) -> Vec<CheckedFeature> {
        let mut countries: Vec<(String, Vec<CheckedFeature>)> = Vec::new();
        for feature in features {
            let name = match self {
                Self::Features => {
                    countries.push((feature.title(), vec![feature]));
                    continue;
                }
                Self::One(value) => (*value).to_owned(),
                Self::By(condition, _) => condition.found(&feature.properties),
            };
            match countries.iter_mut().find(|(known, _)| *known == name) {
                Some((_, of_one)) => of_one.push(feature),
                None => countries.push((name, vec![feature])),
            }
        }
        countries.into_iter().filter_map(|(name, of_one)| merged(of_one, &name)).collect()
    }
}

/// Polygons as one feature, with the properties of the first; called so if there are several.
fn merged(features: Vec<CheckedFeature>, name: &str) -> Option<CheckedFeature> {
    let several = features.len() > 1;
    let mut features = features.into_iter();
    let mut whole = features.next()?;
    if let Shape::Polygons(parts) = &mut whole.shape {
        for feature in features {
            if let Shape::Polygons(polygons) = feature.shape {
                parts.extend(polygons);
            }
        }
    }
    // One without a name of its own is called so, too.
    if several || whole.title() == whole.place && name != whole.place {
        whole.properties.insert("name".to_owned(), name.into());
    }
    Some(whole)
}

/// A file of polygons as one country.
fn country(mut data: DataSet) -> Result<DataSet, Problems> {
    if let Some(feature) = data.collection.features.iter().find(|it| has_lines(&it.shape)) {
        let fault = Fault::Geometry { found: feature.shape.name().to_owned(), wanted: "Polygon" };
        return Err(data.problem(&feature.place, fault).into());
    }
    only_polygons(&mut data.collection);
    let features = std::mem::take(&mut data.collection.features);
    let Some(mut whole) = merged(features, &data.name) else {
        let fault = Fault::Geometry { found: "no polygon".to_owned(), wanted: "Polygon" };
        return Err(data.problem("", fault).into());
    };
    let title = whole.title();
    whole.properties.insert("name".to_owned(), title.into());
    data.collection.features.push(whole);
    Ok(data)
}

/// Polygons as the line that they are taken for; a data set with lines as it is.
fn between_polygons(
    mut data: DataSet,
    countries: &Countries<'_>,
    tolerance_deg: f64,
) -> Result<DataSet, Problems> {
    let features = &data.collection.features;
    let is_area = |feature: &CheckedFeature| matches!(feature.shape, Shape::Polygons(_));
    if features.iter().any(|feature| has_lines(&feature.shape)) || !features.iter().any(is_area) {
        return Ok(data);
    }
    only_polygons(&mut data.collection);
    let features = std::mem::take(&mut data.collection.features);
    data.collection.features = countries.merged(features);
    let names: Vec<String> = data.collection.features.iter().map(CheckedFeature::title).collect();
    let shapes: Vec<&Shape> = data.collection.features.iter().map(|it| &it.shape).collect();
    let (first, second) = match shapes[..] {
        [Shape::Polygons(parts)] => {
            let outline = Area::new(parts).outlines();
            let title = format!("outline of {}", names.join(" and "));
            return Ok(drawn(data, "the outline", title, outline));
        }
        [Shape::Polygons(first), Shape::Polygons(second)] => (&first[..], &second[..]),
        _ => return Err(too_many(&data, shapes.len())),
    };
    let title = format!("boundary shared by {}, to within {tolerance_deg}°", names.join(" and "));
    match shared(first, second, tolerance_deg) {
        Ok((lines, fixes)) => {
            let mut found = drawn(data, "the shared boundary", title, lines);
            found.collection.fixes.merge(fixes);
            Ok(found)
        }
        Err(fixes) => {
            let mut claimed = Box::new(data.collection.fixes.clone());
            claimed.merge(fixes);
            Err(data.problem("", Fault::NothingShared { tolerance_deg, claimed }).into())
        }
    }
}

/// The boundary that two areas share, with what there is to say of it.
///
/// # Errors
/// Only the latter, where there is none.
fn shared(
    first: &[Polygon],
    second: &[Polygon],
    tolerance_deg: f64,
) -> Result<(Vec<Vec<Coord>>, Fixes), Fixes> {
    let (first, second) = (Area::new(first), Area::new(second));
    let shared = first.shared_with(&second, tolerance_deg);
    let mut fixes = Fixes::default();
    add_claimed(&shared.claimed_by_both, &mut fixes);
    if shared.lines.is_empty() {
        return Err(fixes);
    }
    let spacing_deg = first.median_spacing(&second);
    if let Some(offer) = wider(&first, &second, tolerance_deg, spacing_deg, &shared.lines) {
        fixes.add(FixKind::DigitisedApart, "", Some(offer));
    }
    if let Some(spacing_deg) = spacing_deg.filter(|deg| tolerance_deg > 0.5 * deg) {
        let spacing_deg = number(spacing_deg, 7);
        let detail = format!(
            "{tolerance_deg}° against {spacing_deg}°, so that bends may be lost; --snap takes a \
             smaller one"
        );
        fixes.add(FixKind::WideTolerance, "", Some(detail));
    }
    Ok((shared.lines, fixes))
}

/// More polygons than make a line.
fn too_many(data: &DataSet, count: usize) -> Problems {
    data.problem("", of_layers(data, Fault::Polygons { count })).into()
}

/// Whether there is a line in a geometry.
pub(super) fn has_lines(shape: &Shape) -> bool {
    match shape {
        Shape::Lines(_) => true,
        Shape::Mixed(shapes) => shapes.iter().any(has_lines),
        _ => false,
    }
}

/// Leaves out what is no polygon, and counts it.
fn only_polygons(collection: &mut Collection) {
    let whole = collection.features.len();
    let fixes = &mut collection.fixes;
    collection.features.retain(|feature| {
        let keeps = matches!(feature.shape, Shape::Polygons(_));
        if !keeps && feature.shape != Shape::None {
            let what = feature.shape.name();
            let detail = format!("{what} and no polygon, of {}", count(whole, "feature"));
            fixes.add(FixKind::OtherKind, &feature.place, Some(detail));
        }
        keeps
    });
}

/// The least tolerance, of a few, with which two areas share about as much as with any other
/// that is below half of the median spacing of their vertices; in words, if it is worth while.
fn wider(
    first: &Area,
    second: &Area,
    tolerance_deg: f64,
    spacing_deg: Option<f64>,
    found: &[Vec<Coord>],
) -> Option<String> {
    const OFFERED: [f64; 8] = [1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3];
    /// So much of the most is all of it.
    const ALL: f64 = 0.999;
    let length_m = |lines: &[Vec<Coord>]| lines.iter().map(|line| sound_m(line)).sum::<f64>();
    let most_deg = 0.5 * spacing_deg?;
    let with = |deg: f64| length_m(&first.shared_with(second, deg).lines);
    let offered: Vec<f64> =
        OFFERED.into_iter().filter(|deg| *deg > tolerance_deg && *deg <= most_deg).collect();
    let (own_m, most_m) = (length_m(found), with(*offered.last()?));
    if own_m >= ALL * most_m {
        return None;
    }
    let deg = offered.into_iter().find(|deg| with(*deg) >= ALL * most_m)?;
    let (own, wider) = (km(own_m, 3), km(with(deg), 3));
    Some(format!("the two outlines share {own}; with --snap {deg} they share {wider}"))
}

/// A data set with its polygons replaced by lines.
fn drawn(data: DataSet, place: &str, title: String, lines: Vec<Vec<Coord>>) -> DataSet {
    let DataSet { collection: Collection { features, mut members, fixes }, .. } = data;
    members.insert("title".to_owned(), title.into());
    let properties = features.into_iter().next().map(|f| f.properties).unwrap_or_default();
    let line = CheckedFeature {
        number: 1,
        place: place.to_owned(),
        id: None,
        shape: Shape::Lines(lines),
        properties,
    };
    DataSet { collection: Collection { features: vec![line], members, fixes }, ..data }
}

/// Counts what two areas both claim.
fn add_claimed(lines: &[Vec<Coord>], fixes: &mut Fixes) {
    let pieces: Vec<&[Coord]> = lines.iter().map(Vec::as_slice).collect();
    add_pieces(FixKind::ClaimedByBoth, &pieces, fixes);
}
