//! What must hold between the files of a dossier: ids are unique, keys resolve,
//! dates and numbers can be, segments join.

use std::collections::HashSet;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::claim::is_id;
use super::figure::{FigureFile, Wind};
use super::instrument::is_date;
use super::manifest::{DATUM, FORMAT, LineFacts, Manifest};
use super::point::RawPoint;
use super::{
    BoundaryPoint, Division, Figure, Instrument, Party, Relation, Sector, SectorFacts, Segment,
    SegmentFacts,
};
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::io::Source;
use crate::io::geojson::{CheckedFeature, Shape};
use crate::line::{Line, Side};
use crate::problem::{Fault, Problem, Problems};
use crate::quantity::Dimension;

/// Collects problems while the files are gone through.
pub(super) struct Validation {
    problems: Vec<Problem>,
    references: HashSet<String>,
    parties: Vec<String>,
    instruments: HashSet<String>,
}

/// Ids seen so far, of one kind.
struct Ids(&'static str, HashSet<String>);

impl Ids {
    fn new(kind: &'static str) -> Self {
        Self(kind, HashSet::new())
    }

    fn admit(&mut self, id: &str) -> Result<(), Fault> {
        if !is_id(id) {
            return Err(Fault::Value {
                field: "id",
                value: format!("`{id}`"),
                wanted: "a lower case letter followed by lower case letters, digits, - and /",
            });
        }
        if !self.1.insert(id.to_owned()) {
            return Err(Fault::Duplicate { kind: self.0, id: id.to_owned() });
        }
        Ok(())
    }
}

/// A positive number of metres, or the fault.
fn metres(field: &'static str, value: f64) -> Result<(), Fault> {
    if value.is_finite() && value > 0.0 && value < 1e7 {
        return Ok(());
    }
    let wanted = "a positive number of metres below 10,000 km";
    Err(Fault::Value { field, value: value.to_string(), wanted })
}

impl Validation {
    pub(super) fn new(facts: &Manifest) -> Self {
        Self {
            problems: Vec::new(),
            references: facts.references.iter().map(|each| each.key.clone()).collect(),
            parties: facts.parties.iter().map(|party| party.id.clone()).collect(),
            instruments: HashSet::new(),
        }
    }

    /// All problems found.
    pub(super) fn outcome(self) -> Result<(), Problems> {
        Problems::none_or(self.problems, ())
    }

    fn note(
        &mut self,
        file: &Source,
        place: &str,
        checks: impl IntoIterator<Item = Result<(), Fault>>,
    ) {
        let faults = checks.into_iter().filter_map(Result::err);
        self.problems.extend(faults.map(|fault| file.problem(place, fault)));
    }

    fn keep<T>(&mut self, file: &Source, place: &str, outcome: Result<T, Fault>) -> Option<T> {
        outcome.map_err(|fault| self.problems.push(file.problem(place, fault))).ok()
    }

    /// Every key must stand in the bibliography, and there must be one.
    fn cited<'a>(
        &mut self,
        file: &Source,
        place: &str,
        keys: impl IntoIterator<Item = &'a String>,
    ) {
        let mut any = false;
        let mut faults = Vec::new();
        for key in keys {
            any = true;
            if !self.references.contains(key) {
                let known = "the keys of the [[source]] entries in dossier.toml".to_owned();
                faults.push(Err(Fault::Unknown { kind: "source", key: key.clone(), known }));
            }
        }
        if !any {
            let value = "empty".to_owned();
            let wanted = "at least one bibliography key";
            faults.push(Err(Fault::Value { field: "sources", value, wanted }));
        }
        self.note(file, place, faults);
    }

    fn instrument_known(&self, id: &str) -> Result<(), Fault> {
        if self.instruments.contains(id) {
            return Ok(());
        }
        let known = "the ids of instruments.toml".to_owned();
        Err(Fault::Unknown { kind: "instrument", key: id.to_owned(), known })
    }

    /// `dossier.toml`; gives the parties, left then right.
    pub(super) fn manifest(&mut self, file: &Source, facts: &Manifest) -> Option<[Party; 2]> {
        for (field, given, wanted) in
            [("format", &facts.format, FORMAT), ("datum", &facts.datum, DATUM)]
        {
            if given != wanted {
                let value = format!("`{given}`");
                self.note(file, "", [Err(Fault::Value { field, value, wanted })]);
            }
        }
        let mut keys = Ids::new("source");
        for reference in &facts.references {
            self.note(file, &format!("source `{}`", reference.key), [keys.admit(&reference.key)]);
        }
        let band = &facts.band;
        self.note(file, "[line]", [metres("accuracy_m", facts.line.accuracy_m)]);
        self.note(
            file,
            "[band]",
            [metres("fine_m", band.fine_m), metres("coarse_m", band.coarse_m)],
        );
        if band.fine_m > band.coarse_m {
            let value = format!("{} and coarse_m is {}", band.fine_m, band.coarse_m);
            let wanted = "no greater than coarse_m";
            self.note(file, "[band]", [Err(Fault::Value { field: "fine_m", value, wanted })]);
        }
        self.cited(file, "[line]", [&facts.line.accuracy_source]);
        self.cited(file, "[band]", [&band.source]);
        let on = |side| facts.parties.iter().find(|party| party.side == side).cloned();
        match (facts.parties.len(), on(Side::Left), on(Side::Right)) {
            (2, Some(left), Some(right)) if left.id != right.id => Some([left, right]),
            (count, ..) => {
                let value = format!("given {count} times");
                let wanted =
                    "given twice, with different ids, one on the left and one on the right";
                self.note(file, "[[party]]", [Err(Fault::Value { field: "party", value, wanted })]);
                None
            }
        }
    }

    /// `instruments.toml`.
    pub(super) fn instruments(&mut self, file: &Source, instruments: &[Instrument]) {
        self.instruments = instruments.iter().map(|each| each.id.clone()).collect();
        let mut ids = Ids::new("instrument");
        for instrument in instruments {
            let place = format!("instrument `{}`", instrument.id);
            self.note(file, &place, [ids.admit(&instrument.id)]);
            let dates = instrument.dates().filter(|(_, date)| !is_date(date));
            let wanted = "a date as in 1994, 1994-04 or 1994-04-26";
            self.note(
                file,
                &place,
                dates.map(|(field, date)| {
                    Err(Fault::Value { field, value: format!("`{date}`"), wanted })
                }),
            );
            let known: Vec<_> =
                instrument.supplements.iter().map(|id| self.instrument_known(id)).collect();
            self.note(file, &place, known);
            if instrument.map_scale.is_some_and(|scale| !scale.is_finite() || scale < 1.0) {
                let value = format!("{:?}", instrument.map_scale.unwrap_or_default());
                let wanted = "the denominator of a scale, as in 50000";
                self.note(file, &place, [Err(Fault::Value { field: "map_scale", value, wanted })]);
            }
            self.cited(file, &place, &instrument.sources);
        }
    }

    /// The properties and the id that every feature needs.
    fn feature<T: DeserializeOwned>(
        &mut self,
        file: &Source,
        feature: &CheckedFeature,
        ids: &mut Ids,
    ) -> Option<(String, T)> {
        let missing = || Fault::Value {
            field: "id",
            value: "missing or no string".to_owned(),
            wanted: "a string beside `type`, `geometry` and `properties`",
        };
        let id = self.keep(file, &feature.place, feature.id.clone().ok_or_else(missing))?;
        let admitted = ids.admit(&id);
        self.keep(file, &feature.place, admitted)?;
        let facts = properties(&feature.properties);
        Some((id, self.keep(file, &feature.place, facts)?))
    }

    /// `segments.geojson`: order and joints as well.
    pub(super) fn segments(
        &mut self,
        file: &Source,
        features: Vec<CheckedFeature>,
    ) -> Vec<Segment> {
        let mut ids = Ids::new("segment");
        let mut segments: Vec<Segment> = Vec::new();
        for mut feature in features {
            let Some((id, facts)) = self.feature::<SegmentFacts>(file, &feature, &mut ids) else {
                continue;
            };
            let place = std::mem::take(&mut feature.place);
            self.cited(file, &place, &facts.sources);
            let start_m = facts.start_m;
            let start = (start_m.is_finite() && start_m >= 0.0).then_some(()).ok_or(Fault::Value {
                field: "start_m",
                value: start_m.to_string(),
                wanted: "0 or a positive number of metres",
            });
            let known = self.instrument_known(&facts.instrument);
            self.note(file, &place, [start, metres("accuracy_m", facts.accuracy_m), known]);
            let one_line = match feature.shape {
                Shape::Lines(mut lines) if lines.len() == 1 => Ok(lines.remove(0)),
                Shape::Lines(_) => Err("a MultiLineString"),
                other => Err(other.name()),
            };
            let path = one_line
                .map_err(|found| Fault::Geometry { found: found.to_owned(), wanted: "LineString" });
            let sound =
                path.and_then(|path| Line::new(path.clone()).map(|_| path).map_err(Fault::Line));
            let Some(path) = self.keep(file, &place, sound) else { continue };
            if let Some(previous) = segments.last() {
                let joint = joins(previous, &path);
                self.note(file, &place, [joint]);
            }
            segments.push(Segment { id, facts, path });
        }
        segments
    }

    /// The segments joined.
    pub(super) fn line(&mut self, file: &Source, segments: &[Segment]) -> Option<Line> {
        let mut vertices = Vec::new();
        for segment in segments {
            let joined = usize::from(!vertices.is_empty());
            vertices.extend(segment.path.iter().skip(joined));
        }
        if segments.is_empty() {
            if self.problems.is_empty() {
                self.note(file, "", [Err(Fault::NoLine)]);
            }
            return None;
        }
        self.keep(file, "", Line::new(vertices).map_err(Fault::Line))
    }

    /// `points.geojson`.
    pub(super) fn points(
        &mut self,
        file: &Source,
        features: Vec<CheckedFeature>,
        facts: &Manifest,
    ) -> Vec<BoundaryPoint> {
        let mut ids = Ids::new("point");
        let mut points = Vec::new();
        let parties: Vec<&str> = facts.parties.iter().map(|party| party.id.as_str()).collect();
        for feature in features {
            let Some((id, raw)) = self.feature::<RawPoint>(file, &feature, &mut ids) else {
                continue;
            };
            let place = match feature.shape {
                Shape::None => Ok(None),
                Shape::Point(at) => Ok(Some(at)),
                other => {
                    let found = other.name().to_owned();
                    Err(Fault::Geometry { found, wanted: "Point or null" })
                }
            };
            let point = place.and_then(|place| raw.check(id, place, &parties));
            let Some(point) = self.keep(file, &feature.place, point) else { continue };
            self.cited(file, &feature.place, &point.sources);
            if let Some(instrument) = &point.instrument {
                let known = self.instrument_known(instrument);
                self.note(file, &feature.place, [known]);
            }
            points.push(point);
        }
        let known: HashSet<_> = points.iter().map(|point| point.id.clone()).collect();
        for point in &points {
            if let Some(opposite) = &point.opposite {
                self.note(file, &format!("point `{}`", point.id), [point_known(&known, opposite)]);
            }
        }
        points
    }

    /// The ends of the line must be points with a place.
    pub(super) fn ends(&mut self, file: &Source, facts: &LineFacts, points: &[BoundaryPoint]) {
        let known: HashSet<_> = points.iter().map(|point| point.id.clone()).collect();
        self.note(file, "[line]", [&facts.start, &facts.end].map(|id| point_known(&known, id)));
    }

    /// `figures.toml`.
    pub(super) fn figures(
        &mut self,
        file: &Source,
        raw: FigureFile,
        segments: &[Segment],
        points: &[BoundaryPoint],
    ) -> (Vec<Figure>, Vec<Relation>) {
        let mut ids = Ids::new("figure");
        let known: HashSet<_> = points.iter().map(|point| point.id.clone()).collect();
        let mut figures = Vec::new();
        for raw in raw.figures {
            let place = format!("figure `{}`", raw.id);
            self.note(file, &place, [ids.admit(&raw.id)]);
            let checked = raw.check();
            let Some(figure) = self.keep(file, &place, checked) else { continue };
            self.cited(file, &place, [&figure.source]);
            let ends = figure.between.iter().chain(&figure.along).flatten();
            self.note(file, &place, ends.map(|id| point_known(&known, id)));
            self.note(file, &place, [measurable(&figure, segments)]);
            figures.push(figure);
        }
        let mut ids = Ids::new("relation");
        let mut relations = Vec::new();
        for raw in raw.relations {
            let place = format!("relation `{}`", raw.id);
            self.note(file, &place, [ids.admit(&raw.id)]);
            let checked = raw.check(&figures);
            let Some(relation) = self.keep(file, &place, checked) else { continue };
            if !relation.sources.is_empty() {
                self.cited(file, &place, &relation.sources);
            }
            relations.push(relation);
        }
        (figures, relations)
    }

    fn figures_known<'a>(
        &mut self,
        file: &Source,
        place: &str,
        ids: impl Iterator<Item = &'a String>,
        figures: &[Figure],
    ) {
        let lost = ids.filter(|id| !figures.iter().any(|figure| figure.id == **id));
        self.note(
            file,
            place,
            lost.map(|id| Err(unknown("figure", id, "the ids of figures.toml"))),
        );
    }

    fn parties_known<'a>(
        &mut self,
        file: &Source,
        place: &str,
        ids: impl Iterator<Item = &'a String>,
    ) {
        let known = self.parties.clone();
        let lost = ids.filter(|id| !known.contains(id));
        self.note(file, place, lost.map(|id| Err(unknown("party", id, &known.join(", ")))));
    }

    /// `[division]` in `dossier.toml`: an area and shares of it.
    pub(super) fn division(
        &mut self,
        file: &Source,
        division: Option<&Division>,
        figures: &[Figure],
    ) {
        let Some(division) = division else { return };
        let place = "[division]";
        let ids = std::iter::once(&division.area).chain(division.shares.values());
        self.figures_known(file, place, ids, figures);
        self.parties_known(file, place, division.shares.keys());
        let is = |id: &String, dimension| {
            figures.iter().all(|figure| figure.id != *id || figure.unit.dimension == dimension)
        };
        let misfit = |field, id: &String, wanted| {
            Err(Fault::Value { field, value: format!("`{id}`"), wanted })
        };
        if !is(&division.area, Dimension::Area) {
            self.note(file, place, [misfit("area", &division.area, "a figure in km2 or ha")]);
        }
        for share in division.shares.values().filter(|id| !is(id, Dimension::Ratio)) {
            self.note(file, place, [misfit("shares", share, "a figure in %")]);
        }
    }

    /// `sectors.geojson`.
    pub(super) fn sectors(
        &mut self,
        file: &Source,
        features: Vec<CheckedFeature>,
        figures: &[Figure],
    ) -> Vec<Sector> {
        let mut ids = Ids::new("sector");
        let mut sectors = Vec::new();
        for feature in features {
            let Some((id, facts)) = self.feature::<SectorFacts>(file, &feature, &mut ids) else {
                continue;
            };
            let place = &feature.place;
            self.cited(file, place, &facts.sources);
            self.figures_known(
                file,
                place,
                facts.area.iter().chain(facts.awards.values()),
                figures,
            );
            self.parties_known(file, place, facts.awards.keys());
            if let Some(instrument) = &facts.settled_by {
                let known = self.instrument_known(instrument);
                self.note(file, place, [known]);
            }
            for [lon, lat] in facts.from.iter().chain(&facts.to) {
                let position = geo::Coord { x: *lon, y: *lat };
                let sound = crate::line::check_position(position).map_err(Fault::Line);
                self.note(file, place, [sound]);
            }
            let polygons = match feature.shape {
                Shape::None => Ok(Vec::new()),
                Shape::Polygons(polygons) => Ok(polygons),
                other => Err(Fault::Geometry {
                    found: other.name().to_owned(),
                    wanted: "Polygon, MultiPolygon or null",
                }),
            };
            let Some(polygons) = self.keep(file, place, polygons) else { continue };
            sectors.push(Sector { id, facts, polygons });
        }
        sectors
    }
}

fn unknown(kind: &'static str, key: &str, known: &str) -> Fault {
    Fault::Unknown { kind, key: key.to_owned(), known: known.to_owned() }
}

fn point_known(points: &HashSet<String>, id: &str) -> Result<(), Fault> {
    points
        .contains(id)
        .then_some(())
        .ok_or_else(|| unknown("point", id, "the ids of points.geojson"))
}

/// A scope `line/NAME` must name something that can be measured, a bearing needs
/// two points, and a distance must be a length.
fn measurable(figure: &Figure, segments: &[Segment]) -> Result<(), Fault> {
    if let Some(name) = figure.scope.strip_prefix("line/") {
        let stretch = |segment: &Segment| segment.facts.stretch.as_deref() == Some(name);
        if !matches!(name, "land" | "water") && !segments.iter().any(stretch) {
            let known = "line/land, line/water, line/NAME for a `stretch` of a segment";
            return Err(unknown("scope", &figure.scope, known));
        }
    }
    let ends = usize::from(figure.between.is_some()) + usize::from(figure.along.is_some());
    let misplaced = |field, wanted| Err(Fault::Value { field, value: "given".to_owned(), wanted });
    match figure.bearing.map(Wind::name) {
        Some(_) if figure.between.is_none() => misplaced("bearing", "left out without `between`"),
        _ if ends > 1 => misplaced("along", "left out beside `between`"),
        _ if ends == 1 && figure.unit.dimension != Dimension::Length => {
            misplaced("between", "left out for a figure that is no length")
        }
        _ => Ok(()),
    }
}

fn joins(previous: &Segment, path: &[geo::Coord]) -> Result<(), Fault> {
    let (Some(ends), Some(begins)) = (previous.path.last(), path.first()) else {
        return Ok(());
    };
    if ends == begins {
        return Ok(());
    }
    Err(Fault::NotJoining {
        previous: format!("`{}`", previous.id),
        ends: (ends.x, ends.y),
        begins: (begins.x, begins.y),
        gap_m: Geodesic::new(Ellipsoid::WGS84).distance(*ends, *begins).value(),
    })
}

fn properties<T: DeserializeOwned>(properties: &Map<String, Value>) -> Result<T, Fault> {
    serde_json::from_value(Value::Object(properties.clone()))
        .map_err(|error| Fault::Syntax { message: format!("in its properties: {error}") })
}
