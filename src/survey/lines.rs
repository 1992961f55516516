//! Boundaries that are lines with a country on either side.

use std::collections::BTreeMap;

use super::pairs::{Dividing, Kept, as_one, by_pair};
use super::read::{Feature, Names, Reading, Shaped, code, has, unknown};
use super::{Attributes, Named, Reason, Survey};
use crate::io::FixKind;
use crate::problem::{Fault, Problems};

/// The attributes that are looked for where none are named, in any case, the first that a file
/// has: Natural Earth's, and what else is usual.
pub const KNOWN: [[&str; 2]; 4] =
    [["adm0_a3_l", "adm0_a3_r"], ["cc1", "cc2"], ["left", "right"], ["adm0_left", "adm0_right"]];

/// Natural Earth's attribute for the kind of a boundary, in any case.
const KIND: &str = "featurecla";

/// How the name of the kind begins that nobody disputes.
const SETTLED: &str = "international boundary";

/// The survey of lines.
pub(super) fn surveyed(reading: &mut Reading<'_>, lines: Vec<Feature>) -> Result<Survey, Problems> {
    let by = reading.by;
    let attributes = match attributes(reading.named, &lines) {
        // Rivers can be looked for without knowing whose boundary it is.
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
        let twice = reading.edges.twice(|_| Some(())).map(|twice| twice.into_values().sum());
        return Ok(Survey { twice, ..as_one(dividing, by) });
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
        let of_pair = twice.as_ref().and_then(|twice| twice.get(&&pair.countries));
        pair.twice = of_pair.copied().unwrap_or_default();
    }
    let twice = twice.map(|twice| twice.into_values().sum());
    Ok(Survey { attributes, twice, ..survey })
}

/// The attributes to be read: those that are named, otherwise known ones.
fn attributes(named: &Named, lines: &[Feature]) -> Result<Attributes, Fault> {
    let there = Names::of(lines);
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
        return Err(unknown(missing, lines, "--left, --right, --kind"));
    }
    Ok(Attributes { left, right, kind })
}

/// The two countries that a line divides, or why it is kept apart.
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
