//! Boundaries that are lines with a country on either side.

use std::collections::BTreeMap;

use super::pairs::{Dividing, Kept, as_one, by_pair};
use super::read::{Feature, Names, Reading, Shaped, code, has, unknown};
use super::twice::Twice;
use super::{Attributes, NamedAttributes, Reason, Survey};
use crate::io::{FixKind, Setting};
use crate::problem::{Fault, Problems};
use crate::quantity::Metres;

/// The attributes that are looked for if none are named, in any case; the first that a file has are
/// taken: those of Natural Earth, and other usual ones.
pub const KNOWN: [[&str; 2]; 4] =
    [["adm0_a3_l", "adm0_a3_r"], ["cc1", "cc2"], ["left", "right"], ["adm0_left", "adm0_right"]];

/// Natural Earth's attribute for the kind of a boundary, in any case.
const KIND: &str = "featurecla";

/// The beginning of the name of the undisputed kind.
const SETTLED: &str = "international boundary";

/// The survey of lines.
pub(super) fn surveyed(reading: &mut Reading<'_>, lines: Vec<Feature>) -> Result<Survey, Problems> {
    let by = reading.by;
    let attributes = match attributes(reading.named, &lines) {
        // Rivers can be looked for without knowing the countries.
        Err(Fault::NoCodes { .. }) if by.is_some() => None,
        other => Some(other.map_err(|fault| reading.problem_of_layers(fault))?),
    };
    let places: Vec<(usize, String)> =
        lines.iter().map(|line| (line.file, line.place.clone())).collect();
    let mut pairs: BTreeMap<usize, [String; 2]> = BTreeMap::new();
    let numbers: Vec<usize> = lines.iter().map(|line| line.number).collect();
    for line in &lines {
        pairs.extend(between(line, attributes.as_ref()).ok().map(|pair| (line.number, pair)));
    }
    let dividing = lines.into_iter().map(|line| {
        let which = between(&line, attributes.as_ref());
        let (length, mark, tally) = match line.shaped {
            Shaped::Line { length, mark, tally, .. } => (length, mark, tally),
            _ => Default::default(),
        };
        Dividing { which, length, mark, tally }
    });
    if attributes.is_none() {
        let twice = reading.edges.twice(|_| Some(()));
        for found in twice.iter().flat_map(BTreeMap::values) {
            let detail = format!("{:.3} km", found.length.km());
            note(reading, FixKind::PartRepeated, found.line, detail, &numbers, &places);
        }
        return Ok(Survey { twice: total(twice), ..as_one(dividing, by) });
    }
    let mut survey = by_pair(dividing, by, |number, pair| {
        let detail = pair.map(|pair| format!("between {}", pair.join(" and ")));
        let (file, place) = places[number].clone();
        reading.fixes[file].1.add(FixKind::LineRepeated, place, detail);
        // It is counted once, so none of it is there twice.
        pairs.remove(&numbers[number]);
    });
    let twice = reading.edges.twice(|line| pairs.get(&line));
    for pair in &mut survey.pairs {
        if let Some(found) = twice.as_ref().and_then(|twice| twice.get(&&pair.countries)) {
            pair.twice = found.length;
            let between = pair.countries.join(" and ");
            let detail = format!("{:.3} km between {between}", found.length.km());
            note(reading, FixKind::PartRepeated, found.line, detail, &numbers, &places);
        }
    }
    if let Some(found) = reading.edges.of_several(|line| pairs.get(&line)) {
        let detail = format!("{:.3} km", found.length.km());
        note(reading, FixKind::OtherCountries, found.line, detail, &numbers, &places);
    }
    Ok(Survey { attributes, twice: total(twice), ..survey })
}

fn total<G>(twice: Option<BTreeMap<G, Twice>>) -> Option<Metres> {
    twice.map(|twice| twice.into_values().map(|found| found.length).sum())
}

/// Keeps what was found of a line; `places` are those of the lines with some numbers.
fn note(
    reading: &mut Reading<'_>,
    kind: FixKind,
    line: usize,
    detail: String,
    numbers: &[usize],
    places: &[(usize, String)],
) {
    let at = numbers.binary_search(&line).ok();
    if let Some((file, place)) = at.and_then(|at| places.get(at)) {
        reading.fixes[*file].1.add(kind, place, Some(detail));
    }
}

/// The attributes to be read: those that are named, otherwise known ones.
fn attributes(named: &NamedAttributes, lines: &[Feature]) -> Result<Attributes, Fault> {
    let there = Names::collect(lines);
    let known = KNOWN
        .into_iter()
        .find_map(|[left, right]| Some([there.in_any_case(left)?, there.in_any_case(right)?]));
    let chosen = |name: &Option<String>, side: usize| match (name, known) {
        (Some(name), _) => Ok(name.clone()),
        (None, Some(pair)) => Ok(pair[side].to_owned()),
        (None, None) => Err(Fault::NoCodes { attributes: super::read::names(lines) }),
    };
    let (left, right) = (chosen(&named.left, 0)?, chosen(&named.right, 1)?);
    let kind = match &named.kind {
        Some(name) => Some(name.clone()),
        None => there.in_any_case(KIND).map(str::to_owned),
    };
    let names = [&left, &right].into_iter().chain(&kind);
    if let Some(missing) = { names }.find(|name| !has(lines, name)) {
        return Err(unknown(missing, lines, &[Setting::Left, Setting::Right, Setting::Kind]));
    }
    Ok(Attributes { left, right, kind })
}

/// The two countries that a line divides, or why it is not counted.
fn between(line: &Feature, attributes: Option<&Attributes>) -> Result<[String; 2], Kept> {
    let mut sides = [attributes.map(|it| &it.left), attributes.map(|it| &it.right)]
        .map(|name| code(line, name?));
    sides.sort();
    let kind = attributes.and_then(|it| it.kind.as_ref()).and_then(|name| code(line, name));
    if let Some(kind) = kind.filter(|kind| !kind.to_lowercase().starts_with(SETTLED)) {
        return Err((sides, Reason::Kind(kind)));
    }
    Dividing::between(sides)
}
