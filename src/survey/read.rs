//! Features of one or more files, measured one by one.

use std::collections::BTreeSet;

use geo::Coord;
use serde_json::{Map, Value};

use super::twice::Edges;
use super::{ByRivers, NamedAttributes, Survey, areas, lines};
use crate::course::Tally;
use crate::drawn::Layers;
use crate::geodesy::{Geodesic, PositionFault};
use crate::io::geojson::Fail;
use crate::io::{CheckedFeature, FixKind, Fixes, Input, Setting, Shape, none_meets};
use crate::line::{Rings, mark};
use crate::measure::without_spikes;
use crate::problem::{Fault, Problem, Problems};
use crate::quantity::Metres;
use crate::wording;

/// A feature, as far as a survey needs it.
pub(super) struct Feature {
    /// Its number among those of all files.
    pub(super) number: usize,
    /// The number of its file.
    pub(super) file: usize,
    pub(super) place: String,
    pub(super) shaped: Shaped,
    pub(super) properties: Map<String, Value>,
    /// Where its outlines cross themselves, until that is counted.
    crossed: Fixes,
}

impl Feature {
    /// The place and the fault of a line that would have too many stations along rivers.
    fn too_long(&self, by: &ByRivers<'_>) -> Option<(&str, Fault)> {
        match self.shaped {
            Shaped::Line { length, .. } => Some((&self.place, by.fault(length)?)),
            _ => None,
        }
    }
}

/// The kind of its geometry.
pub(super) enum Shaped {
    /// A line: its length, a number that is the same for lines with the same vertices, the length
    /// near a river, and its parts until their edges have been compared.
    Line { length: Metres, mark: u64, tally: Option<Tally>, parts: Vec<Vec<Coord>> },
    /// Polygons.
    Area(Rings),
    /// No geometry.
    Nothing,
    /// Something else, by its name.
    Other(&'static str),
}

impl Shaped {
    const fn name(&self) -> &'static str {
        match self {
            Self::Line { .. } => "a LineString",
            Self::Area(_) => "a Polygon",
            Self::Nothing => "no geometry",
            Self::Other(name) => name,
        }
    }
}

/// Files while they are read.
pub(super) struct Reading<'a> {
    pub(super) geodesic: &'a Geodesic,
    pub(super) named: &'a NamedAttributes,
    pub(super) by: Option<&'a ByRivers<'a>>,
    /// The name of each file, and what was changed or left out in it.
    pub(super) fixes: Vec<(String, Fixes)>,
    /// The edges of all lines.
    pub(super) edges: Edges,
    /// What was read: of a collection its lines as one feature, and each of its polygons.
    features: Vec<Feature>,
    /// How many features there were.
    count: usize,
    /// The layers that they are from.
    layers: Layers,
    /// Where outlines of the file that is read cross themselves.
    crossed: Fixes,
    /// The last file with conditions that features had to meet.
    conditional: Option<Input>,
}

/// The bytes that one thread takes at a time if each feature is much work.
const SMALL_CHUNK: usize = 1 << 14;

impl<'a> Reading<'a> {
    pub(super) fn new(
        geodesic: &'a Geodesic,
        named: &'a NamedAttributes,
        by: Option<&'a ByRivers<'a>>,
    ) -> Self {
        Self {
            geodesic,
            named,
            by,
            fixes: Vec::new(),
            edges: Edges::default(),
            features: Vec::new(),
            count: 0,
            layers: Layers::default(),
            crossed: Fixes::default(),
            conditional: None,
        }
    }

    /// How messages name all files.
    pub(super) fn name(&self) -> String {
        let names: BTreeSet<&str> = self.fixes.iter().map(|(name, _)| name.as_str()).collect();
        names.into_iter().collect::<Vec<_>>().join(", ")
    }

    /// A problem of all files together.
    pub(super) fn problem(&self, fault: Fault) -> Problem {
        Problem::new(self.name(), "", fault)
    }

    /// A problem of all files together, with their layers.
    pub(super) fn problem_of_layers(&self, fault: Fault) -> Problem {
        self.problem(self.layers.fault(fault))
    }

    /// Keeps what was changed or left out in a file that has been read completely.
    fn end_file(&mut self, name: &str, mut fixes: Fixes) {
        fixes.merge(std::mem::take(&mut self.crossed));
        self.fixes.push((name.to_owned(), fixes));
    }

    /// Takes the members of another feature, in the order of the file.
    fn take(&mut self, geodesic: &Geodesic, members: Vec<Feature>) {
        self.count += 1;
        for mut feature in members {
            feature.number = self.features.len();
            self.crossed.merge(std::mem::take(&mut feature.crossed));
            if let Shaped::Line { parts, .. } = &mut feature.shaped {
                self.edges.add(feature.number, &std::mem::take(parts), geodesic);
            }
            self.features.push(feature);
        }
    }

    /// Reads a file of any format.
    pub(super) fn input(&mut self, input: &Input) -> Result<(), Problems> {
        if !input.conditions().is_empty() {
            self.conditional = Some(input.clone());
        }
        let (file, by) = (self.fixes.len(), self.by);
        // Comparing with rivers takes much longer than reading, so with large chunks threads would
        // wait for one another.
        let input =
            if by.is_some() { input.clone().in_chunks_of(SMALL_CHUNK) } else { input.clone() };
        let features = input.features()?;
        let alone = self.geodesic.clone().with_threads(1);
        let geodesic = match features.whole() {
            Some(data) => {
                self.layers.merge(Layers::collect(data));
                self.geodesic
            }
            // The threads are used for different features.
            None => &alone,
        };
        let before = self.features.len();
        let fixes = features.each(
            |feature| measured(geodesic, file, feature, by),
            |members| self.take(geodesic, members),
        )?;
        self.end_file(input.name(), fixes);
        let too_long = self.features[before..].iter().filter_map(|it| it.too_long(by?));
        let problems = too_long.map(|(place, fault)| input.problem(place, fault)).collect();
        Problems::none_or(problems, ())
    }

    /// The survey of lines, if there are any, otherwise of polygons. Other geometries are left out,
    /// unless there is nothing else.
    pub(super) fn survey(mut self) -> Result<Survey, Problems> {
        let mut found = std::mem::take(&mut self.features);
        if self.count == 1 {
            name_members(&mut found);
        }
        let features = self.count;
        if let (true, Some(input)) = (found.is_empty(), &self.conditional) {
            return Err(self.problem(none_meets(input).fault.into()).into());
        }
        let is_line = |feature: &Feature| matches!(feature.shaped, Shaped::Line { .. });
        let is_area = |feature: &Feature| matches!(feature.shaped, Shaped::Area(_));
        let of_areas = !found.iter().any(is_line) && found.iter().any(is_area);
        let is_wanted = |feature: &Feature| match feature.shaped {
            Shaped::Line { .. } => !of_areas,
            Shaped::Area(_) => of_areas,
            Shaped::Nothing => true,
            Shaped::Other(_) => false,
        };
        let (taken, others): (Vec<Feature>, Vec<Feature>) = found.into_iter().partition(is_wanted);
        // Polygons need one attribute, lines one for each side.
        let NamedAttributes { left, right, kind, by } = self.named;
        let (unfit, wanted) = match of_areas {
            true => (kind.is_some() || (by.is_none() && left != right), "LineString"),
            false if taken.is_empty() => (false, "LineString or Polygon"),
            false => (by.is_some(), "Polygon"),
        };
        if let Some(first) = if unfit { taken.first() } else { others.first() }
            && (unfit || taken.is_empty())
        {
            let fault = Fault::geometry(first.shaped.name(), wanted);
            let (file, place) = (self.fixes[first.file].0.clone(), first.place.clone());
            return Err(Problem::new(file, place, self.layers.fault(fault)).into());
        }
        let layers = self.layers.hint();
        for Feature { file, place, shaped, .. } in others {
            let no = if of_areas { "polygon" } else { "line" };
            let (what, all) = (shaped.name(), wording::count(features, "feature"));
            let detail = format!("{what} and no {no}, of {all}");
            let fixes = &mut self.fixes[file].1;
            fixes.add_with_hint(FixKind::OtherKind, place, detail, layers.clone());
        }
        let surveyed = if of_areas { areas::surveyed } else { lines::surveyed };
        let survey = surveyed(&mut self, taken)?;
        Ok(Survey { features, fixes: self.fixes, ..survey })
    }
}

/// Names the polygons of the only feature, a collection: each of them is a country, as if it were a
/// feature.
fn name_members(members: &mut [Feature]) {
    let areas = members.iter_mut().filter(|it| matches!(it.shaped, Shaped::Area(_)));
    let areas: Vec<&mut Feature> = areas.collect();
    let several = areas.len() > 1;
    for (area, i) in areas.into_iter().zip(1..).filter(|_| several) {
        area.place = format!("{}, part {i}", area.place);
    }
}

/// Measures a feature. A collection gives its lines as one, each of its polygons, and the first
/// member of another kind.
fn measured(
    geodesic: &Geodesic,
    file: usize,
    feature: CheckedFeature,
    by: Option<&ByRivers<'_>>,
) -> Result<Vec<Feature>, Fail> {
    let CheckedFeature { place, shape, properties, .. } = feature;
    let (mut lines, mut areas, mut other) = (Vec::new(), Vec::new(), None);
    for member in shape.into_members() {
        match member {
            Shape::Lines(parts) => lines.extend(parts),
            Shape::Polygons(polygons) => areas.push(polygons),
            Shape::None => {}
            member => other = other.or(Some(Shaped::Other(member.name()))),
        }
    }
    let mut found = Vec::new();
    if !lines.is_empty() {
        let line =
            measured_line(geodesic, lines, by).map_err(|fault| (place.clone(), fault.into()))?;
        found.push((line, Fixes::default()));
    }
    for polygons in areas {
        let mut crossed = Fixes::default();
        let area =
            Shaped::Area(Rings::from_polygons(&without_spikes(polygons, &place, &mut crossed)));
        found.push((area, crossed));
    }
    found.extend(other.map(|other| (other, Fixes::default())));
    if found.is_empty() {
        found.push((Shaped::Nothing, Fixes::default()));
    }
    // Most features are their only member, for which nothing is copied.
    let own = std::iter::repeat_n((place, properties), found.len());
    let member = |((shaped, crossed), (place, properties))| Feature {
        number: 0,
        file,
        place,
        shaped,
        properties,
        crossed,
    };
    Ok(found.into_iter().zip(own).map(member).collect())
}

fn measured_line(
    geodesic: &Geodesic,
    parts: Vec<Vec<Coord>>,
    by: Option<&ByRivers<'_>>,
) -> Result<Shaped, PositionFault> {
    let mut length = Metres::new(0.0);
    for part in &parts {
        length = length + geodesic.length(part)?;
    }
    let mark = parts.iter().map(|part| mark(part)).fold(0, u64::wrapping_add);
    // A line with too many stations is refused as soon as its file has been read.
    let tally = by.filter(|by| by.fault(length).is_none()).map(|by| by.tally(&parts));
    Ok(Shaped::Line { length, mark, tally, parts })
}

/// The names of all attributes of some features.
pub(super) struct Names<'a>(BTreeSet<&'a str>);

impl<'a> Names<'a> {
    pub(super) fn collect(features: &'a [Feature]) -> Self {
        Self(features.iter().flat_map(|it| it.properties.keys().map(String::as_str)).collect())
    }

    /// A name as the features have it: in the same case, otherwise in any.
    pub(super) fn in_any_case(&self, name: &str) -> Option<&'a str> {
        let alike = || self.0.iter().find(|known| known.eq_ignore_ascii_case(name));
        self.0.get(name).or_else(alike).copied()
    }
}

/// Whether any feature has an attribute.
pub(super) fn has(features: &[Feature], name: &str) -> bool {
    features.iter().any(|feature| feature.properties.contains_key(name))
}

/// An attribute that no feature has.
pub(super) fn unknown(name: &str, features: &[Feature], settings: &'static [Setting]) -> Fault {
    let known = names(features);
    if known.is_empty() {
        return Fault::NoCodes { attributes: known };
    }
    Fault::UnknownAttribute { name: name.to_owned(), known, settings }
}

/// The first attributes there are, in quotes.
pub(super) fn names(features: &[Feature]) -> Vec<String> {
    let names = features.iter().flat_map(|feature| feature.properties.keys());
    let names: BTreeSet<&String> = names.collect();
    names.into_iter().take(20).map(|name| format!("`{name}`")).collect()
}

/// A code or kind as a text; `None` if it is empty. Natural Earth writes `-99` for an empty one.
pub(super) fn code(feature: &Feature, name: &str) -> Option<String> {
    let text = match feature.properties.get(name)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty() && text != "-99").then_some(text)
}
