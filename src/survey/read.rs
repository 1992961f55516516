//! Features of a file, measured one by one.

use std::io::Read;

use serde_json::{Map, Value};

use super::{ByRivers, Named, Survey, as_one, attributes, by_pair};
use crate::course::Tally;
use crate::geodesy::{Geodesic, Means};
use crate::io::geojson::{Fail, Stream};
use crate::io::{CheckedFeature, FixKind, Fixes, Input, Shape, read};
use crate::line::mark;
use crate::problem::{Fault, Problem, Problems};
use crate::quantity::Metres;
use crate::wording;

/// A feature, measured.
pub(super) struct Measured {
    pub(super) place: String,
    pub(super) length: Metres,
    /// The same for lines of the same vertices, in either direction.
    pub(super) mark: u64,
    /// What it is, if it is no line.
    other: Option<&'static str>,
    pub(super) properties: Map<String, Value>,
    pub(super) tally: Option<Tally>,
}

/// Bytes that one thread takes at once where each feature is much work.
const SMALL_CHUNK: usize = 1 << 14;

pub(super) fn of_stream(
    geodesic: &Geodesic,
    name: &str,
    stream: Stream<'_, impl Read>,
    named: &Named,
    by: Option<&ByRivers<'_>>,
) -> Result<Survey, Problems> {
    let alone = geodesic.clone().using(Means { threads: 1, ..geodesic.means() });
    let mut found = Vec::new();
    // Rivers take so much longer than reading that threads would wait for one another.
    let stream = if by.is_some() { stream.in_chunks_of(SMALL_CHUNK) } else { stream };
    let rest = stream.each(|feature| measured(&alone, feature, by), |line| found.push(line))?;
    gathered(name, found, named, by, rest.fixes)
}

pub(super) fn of_data(
    geodesic: &Geodesic,
    input: &Input,
    named: &Named,
    by: Option<&ByRivers<'_>>,
) -> Result<Survey, Problems> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    let collection = read(input)?.collection;
    for feature in collection.features {
        match measured(geodesic, feature, by) {
            Ok(line) => found.push(line),
            Err((place, fault)) => problems.push(input.problem(place, fault)),
        }
    }
    Problems::none_or(problems, ())?;
    gathered(&input.name, found, named, by, collection.fixes)
}

fn measured(
    geodesic: &Geodesic,
    feature: CheckedFeature,
    by: Option<&ByRivers<'_>>,
) -> Result<Measured, Fail> {
    let CheckedFeature { place, shape, properties, .. } = feature;
    let (parts, other) = match &shape {
        Shape::Lines(parts) => (&parts[..], None),
        Shape::None => (&[][..], None),
        other => (&[][..], Some(other.name())),
    };
    let mut length = Metres::new(0.0);
    for part in parts {
        let of_part = geodesic.length(part).map_err(Fault::Position);
        length = length + of_part.map_err(|fault| (place.clone(), fault))?;
    }
    if let Some(fault) = by.and_then(|by| by.fault(length)) {
        return Err((place, fault));
    }
    let mark = parts.iter().map(|part| mark(part)).fold(0, u64::wrapping_add);
    let tally = by.map(|by| by.tally(parts));
    Ok(Measured { place, length, mark, other, properties, tally })
}

/// What lines of a file of this name come to; what is no line is left out, unless there is
/// nothing else.
fn gathered(
    name: &str,
    found: Vec<Measured>,
    named: &Named,
    by: Option<&ByRivers<'_>>,
    mut fixes: Fixes,
) -> Result<Survey, Problems> {
    let wrong =
        |place: &str, fault| Problem { file: name.to_owned(), place: place.to_owned(), fault };
    let features = found.len();
    let (others, lines): (Vec<Measured>, Vec<Measured>) =
        found.into_iter().partition(|each| each.other.is_some());
    if let Some(first) = others.first()
        && lines.is_empty()
    {
        let found = first.other.unwrap_or_default().to_owned();
        return Err(wrong(&first.place, Fault::Geometry { found, wanted: "LineString" }).into());
    }
    for Measured { place, other, .. } in others {
        let what = other.unwrap_or_default();
        let detail = format!("{what} and no line, of {}", wording::count(features, "feature"));
        fixes.add(FixKind::OtherKind, place, Some(detail));
    }
    let survey = match attributes(named, &lines) {
        // Rivers can be looked for without knowing whose boundary it is.
        Err(Fault::NoCodes { .. }) if by.is_some() => as_one(&lines, by),
        other => by_pair(other.map_err(|fault| wrong("", fault))?, &lines, by),
    };
    fixes.merge(survey.fixes);
    Ok(Survey { features, fixes, ..survey })
}
