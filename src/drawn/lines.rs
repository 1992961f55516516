//! The lines of a data set, independent of any dossier.

use std::collections::BTreeSet;

use geo::Coord;

use super::countries::has_lines;
use super::layers::Layers;
use super::line::is_scale;
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::io::{CheckedFeature, DataSet, FixKind, Fixes, Setting, Shape, hint};
use crate::line::{Extra, ExtraKind, arranged, branches, once, without_extras};
use crate::problem::{Fault, Problems};
use crate::wording::{count, first_ten, km, list};

pub(crate) use super::between::read;

/// The lines of a collection, one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// The lines; where one began with the last vertex of the one before, the two are one.
    pub lines: Vec<Vec<Coord>>,
    /// The number of lines at the end that begin on another one: branches, not apart from the rest.
    pub(super) branches: usize,
    /// Whether they had to be put in order, or turned, to follow one another.
    pub(crate) rearranged: bool,
    /// The parts they were joined from, as the data set has them.
    pub(crate) parts: Vec<Vec<Coord>>,
    /// All lines of the data set.
    pub(super) given: Vec<Vec<Coord>>,
    /// What was there besides the line: pieces that are there twice, spurs, loops; and pieces that
    /// may be such and stay.
    pub(crate) extras: Vec<Extra>,
    /// What was left out of the data set, and what was changed or left out when it was read.
    pub fixes: Fixes,
}

/// The lines of a data set, in order. If they are not in order, they are put into one with shorter
/// gaps (`arranged`). Features that are no lines are left out, and counted.
///
/// # Errors
/// [`Problems`] where there is no line at all.
pub fn lines(data: &DataSet) -> Result<Lines, Problems> {
    if let Some(fault) = polygons(data) {
        return Err(data.problem("", Layers::collect(data).fault(fault)).into());
    }
    if let Some(fault) = several_readings(data) {
        return Err(data.problem("", fault).into());
    }
    let features = &data.features;
    let mut lines: Vec<Vec<Coord>> = Vec::new();
    let mut others = Vec::new();
    for feature in features {
        if let Some(other) = take_lines(&feature.shape, &mut lines) {
            others.push((&feature.place, other));
        }
    }
    if lines.is_empty() {
        let wanted = "LineString or Polygon";
        let fault = |found: &str| Fault::geometry(found, wanted);
        let problem = match others.first() {
            Some((place, other)) => data.problem(*place, Layers::collect(data).fault(fault(other))),
            None => data.problem("", fault("no line")),
        };
        return Err(problem.into());
    }
    let mut fixes = data.fixes.clone();
    let layers = Layers::collect(data).hint();
    for (place, other) in others {
        let all = count(features.len(), "feature");
        let detail = format!("{other} and no line, of {all}");
        fixes.add_with_hint(FixKind::OtherKind, place, detail, layers.clone());
    }
    add_layers(data, &mut fixes);
    let (parts, extras) = without_extras(lines.clone());
    Ok(Lines { given: lines, ..put_together(parts, extras, fixes) })
}

/// The fault of a file with several lines that a list allows: all together they are none.
fn several_readings(data: &DataSet) -> Option<Fault> {
    let is_constructed = |feature: &&CheckedFeature| feature.properties.contains_key("is_stated");
    let constructed = data.features.iter().filter(is_constructed);
    let name =
        |feature: &CheckedFeature| feature.properties.get("reading")?.as_str().map(str::to_owned);
    let readings: BTreeSet<String> = constructed.filter_map(name).collect();
    let first = readings.first().filter(|_| readings.len() > 1)?.clone();
    Some(Fault::SeveralReadings { count: readings.len(), first })
}

/// Joins parts, in which each piece is there once, to a line in order. Further extras of the line
/// are found here, and all extras are counted.
pub(super) fn put_together(parts: Vec<Vec<Coord>>, extras: Vec<Extra>, fixes: Fixes) -> Lines {
    let (ordered, rearranged) = arranged(parts.clone());
    let (lines, more) = once(joined(ordered));
    let (lines, branches) = with_branches_last(lines);
    let of_branch = |path: &Vec<Coord>| Extra { kind: ExtraKind::Branch, path: path.clone() };
    let of_branches = lines[lines.len() - branches..].iter().map(of_branch).collect();
    let extras = [extras, more, of_branches].concat();
    let mut fixes = fixes;
    add_extras(&extras, &mut fixes);
    Lines { lines, branches, rearranged, parts, given: Vec::new(), extras, fixes }
}

/// Stretches in order, those that begin on another one behind the others; and their number.
fn with_branches_last(stretches: Vec<Vec<Coord>>) -> (Vec<Vec<Coord>>, usize) {
    if stretches.len() < 2 {
        return (stretches, 0);
    }
    let is_branch = branches(&stretches);
    let (mut branches, mut others) = (Vec::new(), Vec::new());
    for (stretch, is_branch) in stretches.into_iter().zip(is_branch) {
        if is_branch { branches.push(stretch) } else { others.push(stretch) }
    }
    let count = branches.len();
    // What was apart for a branch between may meet now.
    let mut stretches = joined(others);
    stretches.append(&mut branches);
    (stretches, count)
}

/// The kinds of extras, and the fixes as which they are counted.
const EXTRAS: [(ExtraKind, FixKind); 8] = [
    (ExtraKind::Repeated, FixKind::PieceRepeated),
    (ExtraKind::Spur, FixKind::Spur),
    (ExtraKind::Loop, FixKind::Loop),
    (ExtraKind::LoopInside, FixKind::LoopInside),
    (ExtraKind::Copy, FixKind::CopyAside),
    (ExtraKind::Alongside, FixKind::RunsAlongItself),
    (ExtraKind::ComesBack, FixKind::ComesBack),
    (ExtraKind::Branch, FixKind::Branch),
];

/// Counts the extras anew, each kind with its length and longest pieces.
fn add_extras(extras: &[Extra], fixes: &mut Fixes) {
    for (kind, fix) in EXTRAS {
        fixes.forget(fix);
        let of_kind = extras.iter().filter(|extra| extra.kind == kind);
        add_pieces(fix, &of_kind.map(|extra| &extra.path[..]).collect::<Vec<_>>(), fixes);
    }
}

/// Records that lines of several layers are taken as one, with the names of the layers.
fn add_layers(data: &DataSet, fixes: &mut Fixes) {
    let of_lines = Layers::collect_if(data, |feature| has_lines(&feature.shape)).names();
    if of_lines.len() > 1 {
        let hint = hint![Setting::Layer.with("NAME"), " reads one of them"];
        fixes.add_with_hint(FixKind::SeveralLayers, "", first_ten(&of_lines), Some(hint));
    }
}

/// Takes the lines of a geometry; returns the name of a part that is no line, if there is one.
fn take_lines(shape: &Shape, lines: &mut Vec<Vec<Coord>>) -> Option<&'static str> {
    match shape {
        Shape::None => None,
        Shape::Lines(parts) => {
            lines.extend(parts.iter().cloned());
            None
        }
        Shape::Mixed(shapes) => {
            let others = shapes.iter().filter_map(|shape| take_lines(shape, lines));
            { others }.fold(None, |first, other| first.or(Some(other)))
        }
        other => Some(other.name()),
    }
}

/// Lines that begin where the one before ends, as one.
pub(super) fn joined(parts: Vec<Vec<Coord>>) -> Vec<Vec<Coord>> {
    let mut lines: Vec<Vec<Coord>> = Vec::new();
    for part in parts {
        match lines.last_mut().filter(|line| meet(line.last(), part.first())) {
            Some(before) => before.extend(&part[1..]),
            None => lines.push(part),
        }
    }
    lines
}

/// Whether two vertices are one; ±180° is one meridian.
fn meet(end: Option<&Coord>, begin: Option<&Coord>) -> bool {
    end.zip(begin).is_some_and(|(end, begin)| {
        let across = end.x == -begin.x && begin.x.abs() == 180.0;
        end.y == begin.y && (end.x == begin.x || across)
    })
}

/// The fault of a collection that has only polygons.
fn polygons(data: &DataSet) -> Option<Fault> {
    let counts = data.features.iter().map(|feature| match &feature.shape {
        Shape::Polygons(parts) => Some(parts.len()),
        _ => None,
    });
    let counts: Vec<usize> = counts.collect::<Option<_>>()?;
    match counts[..] {
        [] => None,
        [parts] => Some(Fault::Polygons { count: parts }),
        _ => Some(Fault::Polygons { count: counts.len() }),
    }
}

/// Counts pieces of a kind, with their length and where the longest of them are.
pub(super) fn add_pieces(kind: FixKind, pieces: &[&[Coord]], fixes: &mut Fixes) {
    if !pieces.is_empty() {
        fixes.add_many(kind, pieces.len(), "", Some(named(pieces)));
    }
}

/// The length of some pieces, and where the longest of them are. A piece that is there several
/// times is named once.
pub(crate) fn named(pieces: &[&[Coord]]) -> String {
    const NAMED: usize = 2;
    let mut longest: Vec<(f64, &[Coord])> = pieces.iter().map(|l| (sound_m(l), *l)).collect();
    longest.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all: f64 = longest.iter().map(|(m, _)| m).sum();
    let mut places: Vec<([String; 2], String, usize)> = Vec::new();
    for (m, line) in longest {
        let ends = [line.first(), line.last()].map(place);
        let is_there = |ends: &[String; 2], other: &[String; 2]| {
            ends == other || ends[0] == other[1] && ends[1] == other[0]
        };
        let length = km(m, 3);
        let known = places.iter_mut().find(|it| it.1 == length && is_there(&it.0, &ends));
        match known {
            Some(known) => known.2 += 1,
            None => places.push((ends, length, 1)),
        }
    }
    let longest = if places.len() > NAMED { "the longest " } else { "" };
    let named = places.iter().take(NAMED).map(|([from, to], length, times)| {
        let times = if *times > 1 { format!(", {times} times") } else { String::new() };
        match from == to {
            true => format!("{length} around {from}{times}"),
            false => format!("{length} from {from} to {to}{times}"),
        }
    });
    let named = list(&named.collect::<Vec<_>>());
    let all = if pieces.len() > 1 { format!("{} in all, ", km(all, 3)) } else { String::new() };
    format!("{all}{longest}{named}")
}

/// A place, for people.
fn place(at: Option<&Coord>) -> String {
    at.map_or_else(String::new, |at| format!("({:.5}, {:.5})", at.x, at.y))
}

/// The length of a line whose positions have been checked.
pub(super) fn sound_m(line: &[Coord]) -> f64 {
    Geodesic::new(Ellipsoid::WGS84).sound_length(line).value()
}

/// The title of a data set: `title`, in the collection or in its first feature.
#[must_use]
pub fn title(data: &DataSet) -> Option<&str> {
    let properties = data.features.first().map(|feature| &feature.properties);
    let title = data.members.get("title").or_else(|| properties?.get("title"));
    title?.as_str()
}

/// The denominator of the scale it was drawn for, if `nominal_scale` says so.
#[must_use]
pub fn scale(data: &DataSet) -> Option<f64> {
    let properties = data.features.first().map(|feature| &feature.properties);
    let stated = data.members.get("nominal_scale").or_else(|| properties?.get("nominal_scale"));
    stated?.as_f64().filter(|scale| is_scale(*scale))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::{self, Input};

    fn read(geometry: &str) -> Result<Lines, Problems> {
        lines(&io::read(&Input::bytes("test.geojson", geometry.as_bytes())).unwrap())
    }

    #[test]
    fn parts_that_join_are_one() {
        let found = read(
            r#"{"type":"MultiLineString","coordinates":
            [[[80,45],[80,46]],[[80,46],[81,46]],[[82,46],[83,46]]]}"#,
        );
        let lengths: Vec<usize> = found.unwrap().lines.iter().map(Vec::len).collect();
        assert_eq!(lengths, [3, 2]);
    }

    #[test]
    fn parts_in_no_order_are_put_in_one() {
        let found = read(
            r#"{"type":"MultiLineString","coordinates":
            [[[80,46],[81,46]],[[82,46],[81,46]],[[80,45],[80,46]]]}"#,
        );
        let found = found.unwrap();
        assert!(found.rearranged);
        assert_eq!(found.lines.len(), 1, "{found:?}");
        let corners: Vec<(f64, f64)> = found.lines[0].iter().map(|at| (at.x, at.y)).collect();
        assert_eq!(corners, [(80.0, 45.0), (80.0, 46.0), (81.0, 46.0), (82.0, 46.0)]);
    }

    #[test]
    fn lines_are_taken_from_among_other_things() {
        let found = read(
            r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[80,45]}},
            {"type":"Feature","properties":{},"geometry":null},
            {"type":"Feature","properties":{},"geometry":{"type":"GeometryCollection","geometries":[
              {"type":"Point","coordinates":[80,45]},
              {"type":"LineString","coordinates":[[80,45],[81,45]]}]}}]}"#,
        );
        let found = found.unwrap();
        assert_eq!(found.lines.len(), 1);
        let said: Vec<String> = found.fixes.all().map(ToString::to_string).collect();
        let expected = [
            "1 feature has no geometry, so there is nothing of it to measure: feature 2",
            "2 features were left out, the first in feature 1, a Point and no line, of 3 features",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn a_piece_that_is_there_three_times_was_named_as_two() {
        let path: Vec<Coord> = (0..3).map(|i| Coord { x: f64::from(i), y: 0.0 }).collect();
        let back: Vec<Coord> = path.iter().rev().copied().collect();
        let said = named(&[&path, &back]);
        let expected = "445.278 km in all, 222.639 km from (0.00000, 0.00000) to (2.00000, 0.00000), \
                        2 times";
        assert_eq!(said, expected);
        let said = named(&[&path, &back[..2]]);
        assert!(said.contains(" and 111.319 km from (2.00000, 0.00000) to (1.00000"), "{said}");
    }

    #[test]
    fn what_is_no_line_is_refused() {
        for (geometry, says) in [
            (
                r#"{"type":"Point","coordinates":[80,45]}"#,
                "a Point, a LineString or Polygon is wanted",
            ),
            (
                r#"{"type":"Polygon","coordinates":[[[80,45],[81,45],[81,46],[80,45]]]}"#,
                "1 polygon and no line",
            ),
            (r#"{"type":"LineString","coordinates":[[80,45]]}"#, "no line"),
            (r#"{"type":"LineString","coordinates":[[80,45],[80,45]]}"#, "no line"),
            (r#"{"type":"FeatureCollection","features":[]}"#, "no line"),
        ] {
            let message = read(geometry).unwrap_err().to_string();
            assert!(message.contains(says), "{message}");
        }
    }
}
