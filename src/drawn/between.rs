//! Polygons where a line is wanted: the boundary that two of them share, the outline of one.

use geo::{Coord, Polygon};

use super::countries::{Countries, country, has_lines, has_polygons};
use super::layers::Layers;
use super::lines::{add_pieces, sound_m};
use crate::io::{
    self, CheckedFeature, DataSet, FixKind, Fixes, Hint, Input, Setting, Shape, digest, hint,
};
use crate::line::{Area, SharedBoundary};
use crate::problem::{Fault, Problems};
use crate::wording::{km, number};

/// Reads one or two files as a data set of lines. A file with the polygons of two countries gives
/// the boundary they share, a file with one country its outline. With two files, each holds the
/// polygons of one country. A country is one feature; or all features with the one value that a
/// condition asks for; or, if conditions ask for several values of an attribute, the features with
/// the same value. Any other file is read unchanged. Vertices within the tolerance, in degrees,
/// count as one.
///
/// The boundary has the properties of the first polygon, and a title that says what it
/// is. See `Area::shared_with` for how it is found. Stretches
/// claimed by both, and features left out among polygons, are counted in `fixes`. The digest of two
/// files is that of their digests.
///
/// # Errors
/// [`Problems`] where a file cannot be read, [`Fault::NothingShared`] where two countries have
/// no boundary in common, [`Fault::Polygons`] where there are more than two of them.
pub fn read(inputs: &[Input], tolerance_deg: f64) -> Result<DataSet, Problems> {
    let [first, others @ ..] = inputs else {
        return Err(Input::bytes("no file", &b""[..])
            .problem("", io::problem::Fault::Empty)
            .into());
    };
    let mut data = io::read(first)?;
    if others.is_empty() {
        let countries = Countries::asked(first, &data)?;
        return between_polygons(data, &countries, tolerance_deg);
    }
    data = country(data)?;
    for other in others {
        let other = country(io::read(other)?)?;
        data.name = format!("{} and {}", data.name, other.name);
        data.digest = digest([data.digest.as_bytes(), other.digest.as_bytes()]);
        data.features.extend(other.features);
        data.fixes.merge(other.fixes);
    }
    between_polygons(data, &Countries::Features, tolerance_deg)
}

/// Replaces polygons by the line that they stand for; a data set with lines stays unchanged.
fn between_polygons(
    mut data: DataSet,
    countries: &Countries<'_>,
    tolerance_deg: f64,
) -> Result<DataSet, Problems> {
    let features = &data.features;
    let is_area = |feature: &CheckedFeature| has_polygons(&feature.shape);
    if features.iter().any(|feature| has_lines(&feature.shape)) || !features.iter().any(is_area) {
        return Ok(data);
    }
    let layers = Layers::collect(&data);
    countries.join(&mut data);
    let names = names(&data);
    let shapes: Vec<&Shape> = data.features.iter().map(|it| &it.shape).collect();
    let (first, second) = match shapes[..] {
        [Shape::Polygons(parts)] => {
            let outline = Area::new(parts).outlines();
            let title = format!("outline of {names}");
            return Ok(drawn(data, "the outline", title, outline));
        }
        [Shape::Polygons(first), Shape::Polygons(second)] => (&first[..], &second[..]),
        _ => {
            let fault = layers.fault(Fault::Polygons { count: shapes.len() });
            return Err(data.problem("", fault).into());
        }
    };
    let title = format!("boundary shared by {names}, to within {tolerance_deg}°");
    match shared(first, second, tolerance_deg) {
        Ok((lines, fixes)) => {
            let mut found = drawn(data, "the shared boundary", title, lines);
            found.fixes.merge(fixes);
            Ok(found)
        }
        Err(fixes) => {
            let mut claimed = Box::new(data.fixes.clone());
            claimed.merge(fixes);
            let fault = layers.fault(Fault::NothingShared { tolerance_deg, claimed });
            Err(data.problem("", fault).into())
        }
    }
}

/// What the areas of a data set are called: by their titles or, if these are the same, by their
/// places in the file, otherwise by the names of the files.
fn names(data: &DataSet) -> String {
    let features = &data.features;
    let titles: Vec<String> = features.iter().map(CheckedFeature::title).collect();
    let places: Vec<String> = features.iter().map(|feature| feature.place.clone()).collect();
    let differ = |names: &Vec<String>| names.windows(2).all(|two| two[0] != two[1]);
    let names = [titles, places].into_iter().find(differ);
    names.map_or_else(|| data.name.clone(), |names| names.join(" and "))
}

/// The boundary that two areas share, with its fixes.
///
/// # Errors
/// Only the fixes, if there is none.
fn shared(
    first: &[Polygon],
    second: &[Polygon],
    tolerance_deg: f64,
) -> Result<(Vec<Vec<Coord>>, Fixes), Fixes> {
    let (first, second) = (Area::new(first), Area::new(second));
    let shared = common(&first, &second, tolerance_deg);
    let mut fixes = Fixes::default();
    add_claimed(&shared.claimed_by_both, &mut fixes);
    let spacing_deg = first.median_spacing(&second);
    if let Some((detail, offer)) = wider(&first, &second, tolerance_deg, spacing_deg, &shared.lines)
    {
        fixes.add_with_hint(FixKind::DigitisedApart, "", detail, Some(offer));
    }
    if shared.lines.is_empty() {
        return Err(fixes);
    }
    if let Some(spacing_deg) = spacing_deg.filter(|deg| tolerance_deg > 0.5 * deg) {
        let spacing_deg = number(spacing_deg, 7);
        let detail = format!("{tolerance_deg}° against {spacing_deg}°, so that bends may be lost");
        let hint = hint![Setting::Tolerance, " takes a smaller one"];
        fixes.add_with_hint(FixKind::WideTolerance, "", detail, Some(hint));
    }
    Ok((shared.lines, fixes))
}

/// The boundary of two areas, the first one on its left. The vertices are those of the area that is
/// drawn in more detail, so that the order of the areas does not matter.
fn common(first: &Area, second: &Area, tolerance_deg: f64) -> SharedBoundary {
    if first.is_finer_than(second) {
        return first.shared_with(second, tolerance_deg);
    }
    let mut shared = second.shared_with(first, tolerance_deg);
    shared.lines.reverse();
    shared.lines.iter_mut().for_each(|line| line.reverse());
    shared
}

/// What two areas share, and a hint at a larger tolerance, if that helps: the smallest of a few with which two areas share
/// about as much as with any other below half of the median spacing of their vertices.
fn wider(
    first: &Area,
    second: &Area,
    tolerance_deg: f64,
    spacing_deg: Option<f64>,
    found: &[Vec<Coord>],
) -> Option<(String, Hint)> {
    const OFFERED: [f64; 8] = [1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3];
    /// The share of the largest length that counts as all of it.
    const ALL: f64 = 0.999;
    let length_m = |lines: &[Vec<Coord>]| lines.iter().map(|line| sound_m(line)).sum::<f64>();
    let most_deg = 0.5 * spacing_deg?;
    let with = |deg: f64| length_m(&common(first, second, deg).lines);
    let offered: Vec<f64> =
        OFFERED.into_iter().filter(|deg| *deg > tolerance_deg && *deg <= most_deg).collect();
    let (own_m, most_m) = (length_m(found), with(*offered.last()?));
    if own_m >= ALL * most_m {
        return None;
    }
    let deg = offered.into_iter().find(|deg| with(*deg) >= ALL * most_m)?;
    let own = if found.is_empty() { "nothing".to_owned() } else { km(own_m, 3) };
    let wider = km(with(deg), 3);
    let hint = hint!["with ", Setting::Tolerance.with(deg), " they share ", wider];
    Some((format!("the two outlines share {own}"), hint))
}

/// A data set with its polygons replaced by lines.
fn drawn(mut data: DataSet, place: &str, title: String, lines: Vec<Vec<Coord>>) -> DataSet {
    let DataSet { features, members, .. } = &mut data;
    members.insert("title".to_owned(), title.into());
    features.truncate(1);
    if let Some(line) = features.first_mut() {
        (line.number, line.id) = (1, None);
        place.clone_into(&mut line.place);
        line.shape = Shape::Lines(lines);
    }
    data
}

/// Counts stretches that two areas both claim.
fn add_claimed(lines: &[Vec<Coord>], fixes: &mut Fixes) {
    let pieces: Vec<&[Coord]> = lines.iter().map(Vec::as_slice).collect();
    add_pieces(FixKind::ClaimedByBoth, &pieces, fixes);
}
