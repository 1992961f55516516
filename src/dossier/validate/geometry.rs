//! The geometry: `segments.geojson`, `points.geojson`, `sectors.geojson`.

use std::collections::HashSet;

use super::{Ids, Validation, metres, point_known};
use crate::dossier::course::{CourseFile, FORMAT as COURSE_FORMAT};
use crate::dossier::figure::LARGEST_M2;
use crate::dossier::instrument::is_date;
use crate::dossier::manifest::{LineFacts, Manifest};
use crate::dossier::parallels::along_parallels;
use crate::dossier::point::RawPoint;
use crate::dossier::{
    ACCURACY, BoundaryPoint, CourseTable, Figure, LawReading, Medium, Sector, SectorFacts, Segment,
    SegmentFacts, is_accuracy,
};
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::io::Source;
use crate::io::{CheckedFeature, Shape};
use crate::line::Line;
use crate::problem::Fault;
use crate::wording::echoed;

/// What a segment must have for a geometry where there is a reading.
const NO_EDGE: &str = "LineString, or null where the first [[reading]] of dossier.toml has as many edges as \
                       there are segments";

impl Validation {
    /// `segments.geojson`: order and joints as well. A segment without a geometry is the edge of its
    /// number of the first reading.
    pub(in crate::dossier) fn segments(
        &mut self,
        file: &Source,
        features: Vec<CheckedFeature>,
        first: Option<&LawReading>,
    ) -> Vec<Segment> {
        let edges = first.map(|reading| &reading.edges);
        let edges = edges.filter(|edges| edges.len() == features.len());
        let mut ids = Ids::new("segment");
        let mut segments: Vec<Segment> = Vec::new();
        // Whether the segment before was left out, so that this one has nothing to join.
        let mut gap = false;
        for (number, mut feature) in features.into_iter().enumerate() {
            let Some((id, facts)) = self.feature::<SegmentFacts>(file, &feature, &mut ids) else {
                gap = true;
                continue;
            };
            let place = std::mem::take(&mut feature.place);
            self.cited(file, &place, &facts.sources);
            let start_m = facts.start_m;
            let start =
                (start_m == 0.0 || is_accuracy(start_m)).then_some(()).ok_or(Fault::Value {
                    field: "start_m",
                    value: echoed(start_m),
                    wanted: "0 or a positive number of metres below 10,000 km",
                });
            let known = self.instrument_known(&facts.instrument);
            let in_order = !facts.evidence.is_empty() && facts.evidence.is_sorted_by(|a, b| a < b);
            let evidence = in_order.then_some(()).ok_or_else(|| Fault::Value {
                field: "evidence",
                value: format!("{} kinds", facts.evidence.len()),
                wanted: "one kind of evidence or more, each once, the strongest first",
            });
            let plumb = facts.plumb_line_m.map_or(Ok(()), |value| metres("plumb_line_m", value));
            let accuracy = metres("accuracy_m", facts.accuracy_m);
            self.note(file, &place, [evidence, start, accuracy, plumb, known]);
            let edge = edges.and_then(|edges| edges.get(number));
            let path = match (feature.shape, edge) {
                (Shape::Lines(mut lines), _) if lines.len() == 1 => Ok(lines.remove(0)),
                (Shape::Lines(_), _) => Err(Fault::geometry("a MultiLineString", "LineString")),
                (Shape::None, Some(edge)) => Ok(edge.clone()),
                (Shape::None, None) if first.is_some() => {
                    Err(Fault::geometry("no geometry", NO_EDGE))
                }
                (other, _) => Err(Fault::geometry(other.name(), "LineString")),
            };
            let sound =
                path.and_then(|path| Line::check(&path).map(|()| path).map_err(Fault::from));
            let Some(path) = self.keep(file, &place, sound) else {
                self.lose("segment", &id);
                gap = true;
                continue;
            };
            self.note(
                file,
                &place,
                dates(&facts)
                    .into_iter()
                    .chain([river(&facts), begins(&facts, segments.is_empty() && !gap)]),
            );
            if let Some(previous) = segments.last().filter(|_| !gap && !facts.apart) {
                let joint = joins(previous, &path);
                self.note(file, &place, [joint]);
            }
            gap = false;
            segments.push(Segment { id, facts, path });
        }
        segments
    }

    /// The segments joined.
    pub(in crate::dossier) fn line(&mut self, file: &Source, segments: &[Segment]) -> Option<Line> {
        let mut parts: Vec<Vec<geo::Coord>> = Vec::new();
        for segment in segments {
            match parts.last_mut().filter(|_| !segment.facts.apart) {
                Some(part) => part.extend(segment.path.iter().skip(1)),
                None => parts.push(segment.path.clone()),
            }
        }
        if segments.is_empty() {
            if self.problems.is_empty() {
                self.note(file, "", [Err(Fault::NoLine)]);
            }
            return None;
        }
        self.keep(file, "", Line::of_stretches(parts).map_err(Fault::from))
    }

    /// `course.toml`: stretches in order, on the line, from sources that are known.
    pub(in crate::dossier) fn course(
        &mut self,
        file: &Source,
        table: CourseFile,
        line: Option<&Line>,
    ) -> CourseTable {
        let CourseFile { format, inputs, stretches, profiles, .. } = table;
        let known = (format == COURSE_FORMAT).then_some(()).ok_or(Fault::Value {
            field: "format",
            value: format!("`{format}`"),
            wanted: "\"treatyline/course-table/v1\"",
        });
        self.note(file, "", [known]);
        let sources: Vec<String> = inputs.iter().map(|input| input.source.clone()).collect();
        self.cited(file, "input", &sources);
        // The last digit of an end is a tenth of a metre.
        let end_m = line.map_or(f64::INFINITY, |line| line.length().value() + 0.1);
        let mut at_m = 0.0;
        for (i, (from_m, to_m, _)) in stretches.iter().enumerate() {
            let in_order = at_m <= *from_m && from_m < to_m && *to_m <= end_m;
            let ends = in_order.then_some(()).ok_or_else(|| Fault::Value {
                field: "stretches",
                value: format!("{} to {}", echoed(*from_m), echoed(*to_m)),
                wanted: "stretches in order that do not overlap, in metres along the line",
            });
            self.note(file, &format!("stretch {}", i + 1), [ends]);
            at_m = *to_m;
        }
        for profile in &profiles {
            let place = format!("profile `{}`", profile.title);
            self.cited(file, &place, &[profile.text.clone(), profile.relief.clone()]);
            let heights = profile.heights_m.iter().chain(profile.printed.iter().map(|it| &it.2));
            let finite = heights.chain([&profile.from_m]).all(|number| number.is_finite());
            let sound = finite && profile.step_m > 0.0 && profile.heights_m.len() > 1;
            let sound = sound.then_some(()).ok_or_else(|| Fault::Value {
                field: "step_m",
                value: echoed(profile.step_m),
                wanted: "a positive step, two heights or more, and finite numbers",
            });
            self.note(file, &place, [sound]);
        }
        CourseTable { inputs, stretches, profiles }
    }

    /// `points.geojson`.
    pub(in crate::dossier) fn points(
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
                    Err(Fault::geometry(found, "Point or null"))
                }
            };
            let point = place.and_then(|place| raw.check(id.clone(), place, &parties));
            let Some(point) = self.keep(file, &feature.place, point) else {
                self.lose("point", &id);
                continue;
            };
            self.cited(file, &feature.place, &point.sources);
            let positions = point.positions.iter();
            let cited: Vec<&String> = positions.map(|position| &position.source).collect();
            if !cited.is_empty() {
                self.cited(file, &feature.place, cited);
            }
            if let Some(instrument) = &point.instrument {
                let known = self.instrument_known(instrument);
                self.note(file, &feature.place, [known]);
            }
            points.push(point);
        }
        let known: HashSet<_> = points.iter().map(|point| point.id.clone()).collect();
        for point in &points {
            if let Some(opposite) = &point.opposite {
                let place = format!("point `{}`", point.id);
                self.note(file, &place, [point_known(&known, opposite)]);
                if *opposite == point.id {
                    let wanted = "the id of another point";
                    let value = "the point itself".to_owned();
                    let fault = Fault::Value { field: "opposite", value, wanted };
                    self.note(file, &place, [Err(fault)]);
                }
            }
        }
        points
    }

    /// The figures by which points were placed.
    pub(in crate::dossier) fn placed_by(
        &mut self,
        file: &Source,
        points: &[BoundaryPoint],
        figures: &[Figure],
    ) {
        for point in points {
            let place = format!("point `{}`", point.id);
            self.figures_known(file, &place, point.placed_by.iter(), figures);
        }
    }

    /// The ends of the line must be points with a place.
    pub(in crate::dossier) fn ends(
        &mut self,
        file: &Source,
        facts: &LineFacts,
        points: &[BoundaryPoint],
    ) {
        let known: HashSet<_> = points.iter().map(|point| point.id.clone()).collect();
        for (field, id) in [("start", &facts.start), ("end", &facts.end)] {
            self.note(file, "[line]", [point_known(&known, id)]);
            let placeless = points.iter().any(|point| point.id == *id && point.place.is_none());
            if placeless || facts.start == facts.end {
                let value = format!("`{id}`");
                let wanted = "a point with a place, another at the start than at the end";
                self.note(file, "[line]", [Err(Fault::Value { field, value, wanted })]);
            }
        }
    }

    /// `sectors.geojson`.
    pub(in crate::dossier) fn sectors(
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
            self.note(file, place, [facts.names.check()]);
            self.cited(file, place, &facts.sources);
            self.amounts(file, place, facts.area.iter().chain(facts.awards.values()), figures);
            self.parties_known(file, place, facts.awards.keys());
            if let Some(instrument) = &facts.settled_by {
                let known = self.instrument_known(instrument);
                self.note(file, place, [known]);
            }
            for [lon, lat] in facts.from.iter().chain(&facts.to) {
                let position = geo::Coord { x: *lon, y: *lat };
                let sound = crate::geodesy::check_position(position).map_err(Fault::from);
                self.note(file, place, [sound]);
            }
            self.transfers(file, place, &facts);
            let polygons = match feature.shape {
                Shape::None => Ok(Vec::new()),
                Shape::Polygons(polygons) if facts.parallels => {
                    Ok(polygons.iter().map(along_parallels).collect())
                }
                Shape::Polygons(polygons) => Ok(polygons),
                other => Err(Fault::geometry(other.name(), "Polygon, MultiPolygon or null")),
            };
            let Some(polygons) = self.keep(file, place, polygons) else { continue };
            sectors.push(Sector { id, facts, polygons });
        }
        sectors
    }

    fn transfers(&mut self, file: &Source, place: &str, facts: &SectorFacts) {
        for transfer in &facts.transfers {
            self.cited(file, place, [&transfer.source]);
            self.parties_known(file, place, transfer.gains_m2.keys());
            let areas = transfer.gains_m2.values().chain([&transfer.within_m2]);
            let wrong = areas.filter(|area| !(0.0..=LARGEST_M2).contains(*area));
            let faults: Vec<_> = wrong
                .map(|area| {
                    let value = format!("`{}`", echoed(*area));
                    let wanted = "square metres, from 0 to the Earth's surface";
                    Err(Fault::Value { field: "transfers", value, wanted })
                })
                .collect();
            self.note(file, place, faults);
        }
        let accuracy = facts.accuracy_m.filter(|metres| !is_accuracy(*metres)).map(|metres| {
            let value = format!("`{}`", echoed(metres));
            Err(Fault::Value { field: "accuracy_m", value, wanted: ACCURACY })
        });
        self.note(file, place, accuracy);
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

/// Since when and until when a segment is the boundary: dates, in this order.
fn dates(facts: &SegmentFacts) -> Vec<Result<(), Fault>> {
    let wanted = "a date as exactly as it is known: \"1903\", \"1903-05\" or \"1903-05-04\"";
    let date = |field: &'static str, date: &Option<String>| match date {
        Some(text) if !is_date(text) => {
            Err(Fault::Value { field, value: format!("`{}`", text.escape_debug()), wanted })
        }
        _ => Ok(()),
    };
    let (from, until) = (&facts.from, &facts.until);
    // A year begins before any of its days: only what both say is compared.
    let order = from.as_ref().zip(until.as_ref()).map_or(Ok(()), |(from, until)| {
        let both = from.len().min(until.len());
        if from.get(..both) <= until.get(..both) {
            return Ok(());
        }
        let value = format!("`{}` before `from`, `{}`", until.escape_debug(), from.escape_debug());
        Err(Fault::Value { field: "until", value, wanted: "a date after that of `from`" })
    });
    vec![date("from", from), date("until", until), order]
}

/// Only a river can move.
fn river(facts: &SegmentFacts) -> Result<(), Fault> {
    if facts.moves_with_river.is_none() || facts.medium == Medium::River {
        return Ok(());
    }
    let value = format!("in a segment of medium `{}`", facts.medium.name());
    Err(Fault::Value { field: "moves_with_river", value, wanted: "a segment of medium `river`" })
}

/// Nothing is before the first segment that it could be apart from.
fn begins(facts: &SegmentFacts, is_first: bool) -> Result<(), Fault> {
    if !(facts.apart && is_first) {
        return Ok(());
    }
    let value = "true in the first segment".to_owned();
    let wanted = "`apart` in a segment that has another one before it";
    Err(Fault::Value { field: "apart", value, wanted })
}
