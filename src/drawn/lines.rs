//! The lines of a data set, whatever dossier they belong to, if any.

use geo::Coord;

use super::countries::has_lines;
use super::layers::Layers;
use super::line::is_scale;
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::io::{Collection, DataSet, FixKind, Fixes, Shape};
use crate::line::{Extra, ExtraKind, arranged, once, without_extras};
use crate::problem::{Fault, Problems};
use crate::wording::{count, first_ten, km, list};

pub use super::between::read;

/// The lines of a collection, one behind the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// The lines; where one began with the last vertex of the one before, the two are one.
    pub lines: Vec<Vec<Coord>>,
    /// Whether they had to be put in order, or turned, to follow one another.
    pub rearranged: bool,
    /// The parts they were joined from, as the data set has them.
    pub parts: Vec<Vec<Coord>>,
    /// What was there more than the line: pieces that are there twice, spurs, loops; and what may be
    /// so, and stays.
    pub extras: Vec<Extra>,
    /// What was left out of the data set, and what was changed or left out when it was read.
    pub fixes: Fixes,
}

/// The lines of a data set, in order; if they are in none, in one that leaves shorter
/// gaps ([`arranged`]). Features that are no lines are left out, and counted.
///
/// # Errors
/// [`Problems`] where there is no line at all.
pub fn lines(data: &DataSet) -> Result<Lines, Problems> {
    if let Some(fault) = polygons(&data.collection) {
        return Err(data.problem("", Layers::of(data).fault(fault)).into());
    }
    let features = &data.collection.features;
    let mut lines: Vec<Vec<Coord>> = Vec::new();
    let mut others = Vec::new();
    for feature in features {
        if let Some(other) = take_lines(&feature.shape, &mut lines) {
            others.push((&feature.place, other));
        }
    }
    if lines.is_empty() {
        let wanted = "LineString or Polygon";
        let fault = |found: &str| Fault::Geometry { found: found.to_owned(), wanted };
        let problem = match others.first() {
            Some((place, other)) => data.problem(*place, Layers::of(data).fault(fault(other))),
            None => data.problem("", fault("no line")),
        };
        return Err(problem.into());
    }
    let mut fixes = data.collection.fixes.clone();
    let layers = Layers::of(data).hint();
    for (place, other) in others {
        let all = count(features.len(), "feature");
        let detail = format!("{other} and no line, of {all}{layers}");
        fixes.add(FixKind::OtherKind, place, Some(detail));
    }
    add_layers(data, &mut fixes);
    let (parts, extras) = without_extras(lines);
    Ok(put_together(parts, extras, fixes))
}

/// Parts of which each piece is there once, joined to a line in order. What else the line has more
/// is known now; all of it is counted.
pub(super) fn put_together(parts: Vec<Vec<Coord>>, extras: Vec<Extra>, fixes: Fixes) -> Lines {
    let (ordered, rearranged) = arranged(parts.clone());
    let (lines, more) = once(joined(ordered));
    let extras = [extras, more].concat();
    let mut fixes = fixes;
    add_extras(&extras, &mut fixes);
    Lines { lines, rearranged, parts, extras, fixes }
}

/// The kinds of what a file has more than a line, as they are counted.
const EXTRAS: [(ExtraKind, FixKind); 7] = [
    (ExtraKind::Repeated, FixKind::PieceRepeated),
    (ExtraKind::Spur, FixKind::Spur),
    (ExtraKind::Loop, FixKind::Loop),
    (ExtraKind::LoopInside, FixKind::LoopInside),
    (ExtraKind::Copy, FixKind::CopyAside),
    (ExtraKind::Alongside, FixKind::RunsAlongItself),
    (ExtraKind::ComesBack, FixKind::ComesBack),
];

/// Counts what was there more than the line, each kind with its length and longest pieces, anew.
fn add_extras(extras: &[Extra], fixes: &mut Fixes) {
    for (kind, fix) in EXTRAS {
        fixes.forget(fix);
        let of_kind = extras.iter().filter(|extra| extra.kind == kind);
        add_pieces(fix, &of_kind.map(|extra| &extra.path[..]).collect::<Vec<_>>(), fixes);
    }
}

/// Says that lines of several layers are taken for one, and which.
fn add_layers(data: &DataSet, fixes: &mut Fixes) {
    let of_lines = Layers::of_those(data, |feature| has_lines(&feature.shape)).names();
    if of_lines.len() > 1 {
        let detail = format!("{}; --layer NAME reads one of them", first_ten(&of_lines));
        fixes.add(FixKind::SeveralLayers, "", Some(detail));
    }
}

/// Takes the lines of a geometry; gives the name of what of it is no line, if anything.
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

/// What is wrong with a collection of nothing but polygons.
fn polygons(collection: &Collection) -> Option<Fault> {
    let counts = collection.features.iter().map(|feature| match &feature.shape {
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

/// The length of some pieces, and where the longest of them are. What is there more often is named
/// once.
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

/// What a data set calls itself: `title`, in the collection or in its first feature.
#[must_use]
pub fn title(collection: &Collection) -> Option<&str> {
    let properties = collection.features.first().map(|feature| &feature.properties);
    let told = collection.members.get("title").or_else(|| properties?.get("title"));
    told?.as_str()
}

/// The denominator of the scale it was drawn for, if `nominal_scale` says so.
#[must_use]
pub fn scale(collection: &Collection) -> Option<f64> {
    let properties = collection.features.first().map(|feature| &feature.properties);
    let stated =
        collection.members.get("nominal_scale").or_else(|| properties?.get("nominal_scale"));
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
        let expected = "2 features were left out, the first in feature 1, a Point and no line, of \
                        3 features";
        assert_eq!(said, [expected]);
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
