//! One reading of a list: its points and edges in one system, unstated edges of one kind.

use geo::Coord;

use super::datum::Datum;
use super::edge::{Aid, Circle, Curve, Kind, NOTHING_M, eastward_deg};
use super::length::PrintedLength;
use super::place::{Files, Point, Trouble, near, value};
use super::table::Row;
use crate::geodesy::datum::ChosenOperation;
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::line::Line;
use crate::problem::ConstructFault;
use crate::quantity::Metres;

/// The most vertices that a line may have.
const MOST_VERTICES: usize = 1_000_000;

/// One of the lines that the same list allows.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// What it is called.
    pub(crate) name: String,
    /// Other systems in which its points are the same to half a metre.
    pub(crate) same: Vec<String>,
    /// How its coordinates were brought to WGS 84; nothing where they are on it.
    pub(crate) operation: Option<ChosenOperation>,
    /// How far a place may be from where it is because of that, in metres.
    pub(crate) accuracy_m: f64,
    /// How far a point may be from where it is, as the list states it, in metres.
    pub(crate) of_points_m: f64,
    /// Its points on WGS 84.
    pub(crate) points: Vec<Point>,
    /// Its edges in order.
    pub(crate) edges: Vec<Edge>,
    /// Its edges as one line, on WGS 84.
    pub(crate) line: Line,
    /// Its length on WGS 84.
    pub(crate) length: Metres,
}

/// An edge.
#[derive(Debug, Clone)]
pub(crate) struct Edge {
    /// The numbers of the points at its ends, among all of the list.
    pub(crate) points: [usize; 2],
    /// What it follows.
    pub(crate) kind: Kind,
    /// Whether the list says so.
    pub(crate) is_stated: bool,
    /// Whether the edge before it does not end where it begins.
    pub(crate) begins_stretch: bool,
    /// Its length on WGS 84.
    pub(crate) length: Metres,
    /// Its length on the ellipsoid of its system, as its makers would print it.
    pub(crate) own_length: Metres,
    /// Its azimuth where it begins, on the ellipsoid of its system.
    pub(crate) azimuth_deg: f64,
    /// Its vertices on WGS 84.
    pub(crate) path: Vec<Coord>,
}

/// What a reading is made of.
pub(super) struct Draft<'a, 'b> {
    pub(super) datum: &'a Datum,
    pub(super) rows: &'a [Row],
    /// One for each row, in the degrees of the datum.
    pub(super) points: &'a [Point],
    /// The kind of edges about which the list says nothing at all.
    pub(super) default: &'a Kind,
    /// The kind that unstated edges have in this reading.
    pub(super) unstated: &'a Kind,
    pub(super) tolerance_m: f64,
    pub(super) files: &'a mut Files<'b>,
}

/// A row's number, and what is wrong with its edge.
pub(super) type RowTrouble = (usize, Trouble);

impl Draft<'_, '_> {
    /// The edges, all on WGS 84.
    pub(super) fn edges(&mut self) -> Result<Vec<Edge>, Vec<RowTrouble>> {
        let on_line: Vec<usize> =
            (0..self.points.len()).filter(|at| self.points[*at].is_on_line).collect();
        let (mut edges, mut troubles) = (Vec::new(), Vec::new());
        let mut begins_stretch = true;
        for ends in on_line.windows(2) {
            let row = &self.rows[ends[0]];
            if row.get("edge").is_some_and(|kind| kind.eq_ignore_ascii_case("none")) {
                begins_stretch = true;
                continue;
            }
            match self.edge(row, [ends[0], ends[1]], begins_stretch) {
                Ok(edge) => edges.push(edge),
                Err(trouble) => troubles.push((ends[0], trouble)),
            }
            begins_stretch = false;
        }
        if edges.is_empty() && troubles.is_empty() {
            let fault = ConstructFault::TooFew { count: on_line.len() };
            troubles.push((0, Trouble::Key("edge", fault)));
        }
        if troubles.is_empty() { Ok(edges) } else { Err(troubles) }
    }

    fn edge(
        &mut self,
        row: &Row,
        points: [usize; 2],
        begins_stretch: bool,
    ) -> Result<Edge, Trouble> {
        let key = |fault| Trouble::Key("edge", fault);
        let written = match row.get("edge") {
            Some(text) => Kind::read(text).map_err(key)?,
            None => self.default.clone(),
        };
        let is_stated = written != Kind::Unstated;
        let kind = if is_stated { written } else { self.unstated.clone() };
        self.check(&kind, points).map_err(key)?;
        let aid = self.aid(row, &kind, points)?;
        let ends = points.map(|at| self.points[at].at);
        let curve = Curve::new(self.datum, &kind, ends, &aid).map_err(key)?;
        let to_wgs84 = |at: Coord| self.datum.to_wgs84(at);
        let path = curve.path(self.tolerance_m, MOST_VERTICES).map_err(key)?;
        let path: Result<Vec<Coord>, _> = path.into_iter().map(to_wgs84).collect();
        let own_length = curve.length(&self.datum.geodesic, Ok).map_err(key)?;
        let length = match self.datum.operation() {
            Some(_) => curve.length(&Geodesic::new(Ellipsoid::WGS84), to_wgs84).map_err(key)?,
            None => own_length,
        };
        Ok(Edge {
            points,
            length,
            own_length,
            azimuth_deg: curve.azimuth_deg().map_err(key)?,
            path: path.map_err(key)?,
            kind,
            is_stated,
            begins_stretch,
        })
    }

    /// Whether there is one edge of a kind between two points.
    fn check(&self, kind: &Kind, points: [usize; 2]) -> Result<(), ConstructFault> {
        let [a, b] = points.map(|at| &self.points[at]);
        let [from, to] = [a.name.clone(), b.name.clone()];
        let geodesic = &self.datum.geodesic;
        if !matches!(kind, Kind::Arc) && geodesic.distance(a.at, b.at).value() < NOTHING_M {
            return Err(ConstructFault::NoLength { from, to });
        }
        let is_half_way = eastward_deg(a.at, b.at).abs() == 180.0;
        let is_opposite = match kind {
            Kind::Geodesic => is_half_way && a.at.y == -b.at.y,
            Kind::Rhumb | Kind::Parallel | Kind::Degrees => is_half_way,
            _ => false,
        };
        if is_opposite {
            return Err(ConstructFault::Opposite { from, to });
        }
        if *kind == Kind::Rhumb && [a, b].iter().any(|point| point.at.y.abs() == 90.0) {
            return Err(ConstructFault::ToPole { from, to });
        }
        let apart = match kind {
            Kind::Parallel => Coord { x: a.at.x, y: b.at.y },
            Kind::Meridian => Coord { x: b.at.x, y: a.at.y },
            _ => return Ok(()),
        };
        let off_m = geodesic.distance(a.at, apart).value();
        // The coarser of the two may be on the other's. Derived points are where they are to a
        // nanometre.
        let apart_m = off_m - a.rounded_m.max(b.rounded_m) - 1e-3;
        if apart_m > 0.0 {
            let kind = if *kind == Kind::Parallel { "parallel" } else { "meridian" };
            return Err(ConstructFault::NotAlong { from, to, kind, apart_m });
        }
        Ok(())
    }

    /// What an edge needs apart from its ends.
    fn aid(&mut self, row: &Row, kind: &Kind, points: [usize; 2]) -> Result<Aid, Trouble> {
        let ends = points.map(|at| &self.points[at]);
        match kind {
            Kind::Arc => {
                let circle = self.circle(row, ends)?;
                Ok(Aid { circle: Some(circle), piece: None })
            }
            Kind::Follow(file) => {
                if self.datum.operation().is_some() {
                    let wanted = "in a list whose system is WGS 84, because lines of files are \
                                  brought there";
                    return Err(Trouble::Key("edge", value("edge", file, wanted)));
                }
                let key = |fault| Trouble::Key("edge", fault);
                let line = self.files.line(file)?;
                let from = near(line, ends[0], file).map_err(key)?;
                let to = near(line, ends[1], file).map_err(key)?;
                let no_length = || ConstructFault::NoLength {
                    from: ends[0].name.clone(),
                    to: ends[1].name.clone(),
                };
                let mut path = along(line, from, to).ok_or_else(|| key(no_length()))?;
                path.insert(0, ends[0].at);
                path.push(ends[1].at);
                path.dedup();
                Ok(Aid { circle: None, piece: Some(path) })
            }
            _ => Ok(Aid::default()),
        }
    }

    fn circle(&self, row: &Row, ends: [&Point; 2]) -> Result<Circle, Trouble> {
        let key = |key| move |fault| Trouble::Key(key, fault);
        let name = row.need("centre").map_err(key("centre"))?;
        let centre = self.points.iter().find(|point| point.name == name).ok_or_else(|| {
            let known = self.points.iter().map(|point| point.name.clone()).collect();
            Trouble::Key("centre", ConstructFault::UnknownPoint { name: name.to_owned(), known })
        })?;
        let is_clockwise = match row.need("turn").map_err(key("turn"))? {
            "right" | "clockwise" => true,
            "left" | "counter-clockwise" => false,
            other => {
                let wanted = "right (clockwise) or left (counter-clockwise)";
                return Err(Trouble::Key("turn", value("turn", other, wanted)));
            }
        };
        if let Some(text) = row.get("radius") {
            let radius = PrintedLength::read("radius", text).map_err(key("radius"))?;
            for end in ends {
                let found_m = self.datum.geodesic.distance(centre.at, end.at).value();
                let allowed_m = centre.rounded_m + end.rounded_m + 1e-3;
                if found_m < radius.interval.low() - allowed_m
                    || found_m > radius.interval.high() + allowed_m
                {
                    let (point, radius_m) = (end.name.clone(), radius.value_m);
                    let fault = ConstructFault::Radius { point, found_m, radius_m };
                    return Err(Trouble::Key("radius", fault));
                }
            }
        }
        Ok(Circle { centre: centre.at, is_clockwise })
    }
}

/// The way along a line from one chainage to another; of a closed line, the shorter one.
fn along(line: &Line, from: Metres, to: Metres) -> Option<Vec<Coord>> {
    let vertices = line.vertices();
    let is_closed = line.stretches().count() == 1 && vertices.first() == vertices.last();
    let length = line.length();
    let (low, high) = if from < to { (from, to) } else { (to, from) };
    let mut path = if is_closed && high - low > length * 0.5 {
        // From the higher one over the end to the lower one. An end itself adds nothing.
        let piece = |from, to| {
            line.cut(from, to).map_or_else(|_| Vec::new(), |piece| piece.vertices().to_vec())
        };
        let mut path = piece(Metres::new(0.0), low);
        path.splice(0..0, piece(high, length));
        path.reverse();
        path
    } else {
        line.cut(low, high).ok()?.vertices().to_vec()
    };
    if from > to {
        path.reverse();
    }
    Some(path)
}

impl Reading {
    /// The stretches of its edges.
    pub(crate) fn stretches(edges: &[Edge]) -> Vec<Vec<Coord>> {
        let mut stretches: Vec<Vec<Coord>> = Vec::new();
        for edge in edges {
            match stretches.last_mut().filter(|_| !edge.begins_stretch) {
                Some(stretch) => stretch.extend(edge.path.iter().skip(1)),
                None => stretches.push(edge.path.clone()),
            }
        }
        stretches
    }
}
