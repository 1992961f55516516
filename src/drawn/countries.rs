//! Which polygons of a file are one country.

use std::collections::BTreeSet;

use super::layers::Layers;
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::io::{CheckedFeature, Condition, DataSet, FixKind, Input, Shape, none_meets};
use crate::measure::{together, without_spikes};
use crate::problem::{Fault, Problems};
use crate::wording::count;

/// Which polygons of a file are one country.
#[derive(Debug)]
pub enum Countries<'a> {
    /// The polygons of each feature.
    Features,
    /// All polygons: one value was asked for, and they have it.
    One(&'a str),
    /// The polygons with the same value of an attribute: these values were asked for.
    By(&'a Condition, Vec<&'a Condition>),
}

impl<'a> Countries<'a> {
    /// The countries that the conditions of a file ask for.
    ///
    /// # Errors
    /// A value that was asked for and that no feature has, with the values there are.
    pub fn asked(input: &'a Input, data: &DataSet) -> Result<Self, Problems> {
        let countries = Self::from_conditions(input.conditions());
        if let Some(missing) = countries.missing(&data.features) {
            // This condition alone, so that the error has the values there are.
            let alone = input.clone().with_conditions(vec![missing.clone()]);
            return Err(none_meets(&alone).into());
        }
        Ok(countries)
    }

    /// Makes one feature of the polygons of each country; leaves out other geometries.
    pub fn join(&self, data: &mut DataSet) {
        only_polygons(data);
        leave_out_spikes(data);
        let features = std::mem::take(&mut data.features);
        data.features = self.merged(features);
        join_overlapping(data);
    }

    fn from_conditions(conditions: &'a [Condition]) -> Self {
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

/// Polygons as one feature, with the properties of the first; its name is `name` if there are
/// several with different names.
fn merged(features: Vec<CheckedFeature>, name: &str) -> Option<CheckedFeature> {
    let mut titles = features.iter().map(CheckedFeature::title);
    let first = titles.next()?;
    let several = titles.any(|title| title != first);
    let mut features = features.into_iter();
    let mut whole = features.next()?;
    if let Shape::Polygons(parts) = &mut whole.shape {
        for feature in features {
            if let Shape::Polygons(polygons) = feature.shape {
                parts.extend(polygons);
            }
        }
    }
    // A feature without a name of its own also gets this name.
    if several || whole.title() == whole.place && name != whole.place {
        whole.properties.insert("name".to_owned(), name.into());
    }
    Some(whole)
}

/// A file of polygons as one country.
///
/// # Errors
/// A line among them, or no polygon.
pub fn country(mut data: DataSet) -> Result<DataSet, Problems> {
    if let Some(feature) = data.features.iter().find(|it| has_lines(&it.shape)) {
        let fault = Fault::geometry("a LineString", "Polygon");
        return Err(data.problem(&feature.place, Layers::collect(&data).fault(fault)).into());
    }
    only_polygons(&mut data);
    leave_out_spikes(&mut data);
    let features = std::mem::take(&mut data.features);
    let Some(mut whole) = merged(features, &data.name) else {
        let fault = Fault::geometry("no polygon", "Polygon");
        return Err(data.problem("", fault).into());
    };
    let title = whole.title();
    whole.properties.insert("name".to_owned(), title.into());
    data.features.push(whole);
    join_overlapping(&mut data);
    Ok(data)
}

/// Joins polygons of a country that overlap.
fn join_overlapping(data: &mut DataSet) {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    for feature in &mut data.features {
        if let Shape::Polygons(polygons) = &mut feature.shape {
            let parts = std::mem::take(polygons);
            *polygons = together(&geodesic, parts, &feature.place, &mut data.fixes);
        }
    }
}

/// Whether there is a line in a geometry.
pub(super) fn has_lines(shape: &Shape) -> bool {
    shape.members().iter().any(|member| matches!(member, Shape::Lines(_)))
}

/// Whether there are polygons in a geometry.
pub(super) fn has_polygons(shape: &Shape) -> bool {
    shape.members().iter().any(|member| matches!(member, Shape::Polygons(_)))
}

/// Leaves out other geometries than polygons, and counts them. The polygons of a collection belong
/// to one feature. But if a file holds nothing but one collection, its members are the features.
fn only_polygons(data: &mut DataSet) {
    let layers = Layers::collect(data).hint();
    let DataSet { features, fixes, .. } = data;
    let whole = features.len();
    for mut feature in std::mem::take(features) {
        let (mut areas, mut other) = (Vec::new(), None);
        for member in std::mem::replace(&mut feature.shape, Shape::None).into_members() {
            match member {
                Shape::Polygons(polygons) => areas.push(polygons),
                Shape::None => {}
                member => other = other.or(Some(member.name())),
            }
        }
        if let Some(other) = other {
            let all = count(whole, "feature");
            let detail = format!("{other} and no polygon, of {all}");
            fixes.add_with_hint(FixKind::OtherKind, &feature.place, detail, layers.clone());
        }
        if whole > 1 && areas.len() > 1 {
            areas = vec![areas.concat()];
        }
        let several = areas.len() > 1;
        for (polygons, i) in areas.into_iter().zip(1..) {
            let mut one = feature.clone();
            if several {
                one.place = format!("{}, part {i}", feature.place);
            }
            one.shape = Shape::Polygons(polygons);
            features.push(one);
        }
    }
}

/// Leaves out spikes (ways out and back again), and counts outlines that cross themselves.
fn leave_out_spikes(data: &mut DataSet) {
    for feature in &mut data.features {
        if let Shape::Polygons(polygons) = &mut feature.shape {
            *polygons = without_spikes(std::mem::take(polygons), &feature.place, &mut data.fixes);
        }
    }
}
