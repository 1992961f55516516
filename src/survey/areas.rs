//! Boundaries as the common stretches of the polygons of two countries.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::pairs::{Dividing, by_pair};
use super::read::{Feature, Names, Reading, Shaped, code, has, unknown};
use super::{Attributes, ByRivers, NearPair, OfPolygons, Reason, Survey};
use crate::geodesy::Geodesic;
use crate::io::{FixKind, Fixes, Setting, problem};
use crate::line::{Border, Borders, DrawnApart, Outlines, Stretch};
use crate::problem::{Fault, Problems};
use crate::wording::km;

/// The attributes that are looked for if none is named, in any case; the first that a file has is
/// taken. Codes come before names, those of countries before those of their parts: those of Natural
/// Earth, geoBoundaries, GADM, Eurostat, OpenStreetMap, and other usual ones.
const KNOWN: [&str; 22] = [
    "adm0_a3",
    "iso_a3",
    "iso3",
    "a3",
    "iso",
    "shapeGroup",
    "GID_0",
    "CNTR_ID",
    "ISO3166-1-Alpha-3",
    "ISO3166-1:alpha3",
    "ISO3166-1-Alpha-2",
    "ISO3166-1:alpha2",
    "ISO3166-1",
    "iso_a2",
    "cc",
    "code",
    "NAME_0",
    "COUNTRY",
    "name",
    "admin",
    "shapeName",
    "CNTR_NAME",
];

/// The survey of polygons.
pub(super) fn surveyed(
    reading: &mut Reading<'_>,
    polygons: Vec<Feature>,
) -> Result<Survey, Problems> {
    let attribute = attribute(reading, &polygons);
    let attribute = attribute.map_err(|fault| reading.problem_of_layers(fault))?;
    let layers = layers(&polygons);
    let (codes, outlines) = gathered(reading, attribute.as_deref(), polygons);
    let borders = outlines.borders(reading.geodesic);
    drop(outlines);
    let Borders { stretches, outlines, alone, apart, repeated, repeats } = borders;
    let geodesic = reading.geodesic.clone();
    let geodesic = geodesic.with_threads(1);
    let of_one = |stretch: &Stretch| of_stretch(&geodesic, stretch, &codes, reading.by);
    let dividing: Vec<_> = stretches.par_iter().map(of_one).collect();
    // In the order of the stretches, so that it is always the first of several faults.
    let dividing = dividing.into_iter().collect::<Result<Vec<_>, _>>();
    let dividing = dividing.map_err(|fault| reading.problem(fault))?;
    let survey = by_pair(dividing.into_iter(), reading.by, |_, _| {});
    if repeats > 0 {
        let mut fixes = Fixes::default();
        let detail = format!("{} in all", km(repeated.value(), 3));
        fixes.add_many(FixKind::OutlineRepeated, repeats, "", Some(detail));
        reading.fixes.push((reading.name(), fixes));
    }
    let mut near: Vec<NearPair> = apart.iter().filter_map(|it| near(it, &codes)).collect();
    // Equal lengths stay in the order of the codes.
    near.sort_by(|a, b| b.length.value().total_cmp(&a.length.value()));
    let side = |name: String| Attributes { left: name.clone(), right: name, kind: None };
    let of_polygons = Some(OfPolygons { countries: codes.len(), outlines, alone, near, layers });
    Ok(Survey { attributes: attribute.map(side), of_polygons, ..survey })
}

/// Two countries drawn apart; `None` if one has no code.
fn near(apart: &DrawnApart, codes: &[Option<String>]) -> Option<NearPair> {
    let [first, second] = apart.areas.map(|area| codes[area].clone());
    Some(NearPair { countries: [first?, second?], length: apart.length })
}

/// The layers that polygons are from, if there are several.
fn layers(polygons: &[Feature]) -> Vec<String> {
    let layers = polygons.iter().filter_map(|feature| code(feature, "layer"));
    let layers: BTreeSet<String> = layers.collect();
    if layers.len() > 1 { layers.into_iter().collect() } else { Vec::new() }
}

/// The attribute with the country of a polygon: the one that is named, otherwise a known one, if
/// there is any.
fn attribute(reading: &Reading<'_>, polygons: &[Feature]) -> Result<Option<String>, Fault> {
    let named = reading.named;
    let Some(name) = named.by.as_ref().or(named.left.as_ref()) else {
        let there = Names::collect(polygons);
        let known = KNOWN.into_iter().find_map(|name| there.in_any_case(name));
        return Ok(known.map(str::to_owned));
    };
    if has(polygons, name) {
        Ok(Some(name.clone()))
    } else if polygons.iter().all(|polygon| polygon.properties.is_empty()) {
        let wanted = "left out, for no feature has an attribute";
        let (setting, value) = (Setting::JoinedBy, format!("`{name}`"));
        Err(problem::Fault::Setting { setting, value, wanted }.into())
    } else {
        Err(unknown(name, polygons, &[Setting::JoinedBy]))
    }
}

/// The outlines of countries, and their codes, in the order of the codes, so that the results are
/// in order too. A feature without a code is a country by itself.
fn gathered(
    reading: &Reading<'_>,
    attribute: Option<&str>,
    polygons: Vec<Feature>,
) -> (Vec<Option<String>>, Outlines) {
    let is_file = attribute.is_none() && reading.fixes.len() > 1;
    let code = |feature: &Feature| match attribute {
        Some(name) => code(feature, name),
        None if is_file => Some(reading.fixes[feature.file].0.clone()),
        None => Some(feature.place.clone()),
    };
    let mut numbers: BTreeMap<String, usize> =
        polygons.iter().filter_map(code).map(|code| (code, 0)).collect();
    numbers.values_mut().zip(0..).for_each(|(number, next)| *number = next);
    let mut codes: Vec<Option<String>> = numbers.keys().cloned().map(Some).collect();
    let mut outlines = Outlines::default();
    for feature in polygons {
        let number = code(&feature).and_then(|code| numbers.get(&code).copied());
        let number = number.unwrap_or_else(|| {
            codes.push(None);
            codes.len() - 1
        });
        if let Shaped::Area(rings) = feature.shaped {
            outlines.add(number, &rings);
        }
    }
    (codes, outlines)
}

/// A stretch that two countries have in common, measured.
fn of_stretch(
    geodesic: &Geodesic,
    stretch: &Stretch,
    codes: &[Option<String>],
    by: Option<&ByRivers<'_>>,
) -> Result<Dividing, Fault> {
    let length = geodesic.length(&stretch.line)?;
    if let Some(fault) = by.and_then(|by| by.fault(length)) {
        return Err(fault);
    }
    let mut sides = stretch.areas.map(|area| codes[area].clone());
    sides.sort();
    let which = match stretch.border {
        Border::Between => Dividing::between(sides),
        // Without a code there is no claim.
        _ if sides.contains(&None) => Dividing::between(sides),
        Border::ClaimedByBoth => Err((sides, Reason::ClaimedByBoth)),
        Border::Contested => Err((sides, Reason::Contested)),
    };
    let tally = by.map(|by| by.tally(std::slice::from_ref(&stretch.line)));
    Ok(Dividing { which, length, mark: 0, tally })
}
