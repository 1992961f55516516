//! Mapped rivers and lakes, indexed: which of them is nearest to a place.

use crate::geodesy::earth::MOST_RADIUS_M;
use geo::{Contains, Coord, Point, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use serde_json::Value;

use super::stations::{CHORD, unit};
use crate::geodesy::vector::{Vector, dot, minus, plus};
use crate::geodesy::{Bounds, Ellipsoid, Frame, Gnomonic, NearPoint, Place, chord_m};
use crate::io::{CheckedFeature, FixKind, Fixes, Input, Shape};
use crate::problem::{Fault, Problems};

/// Rivers (lines) and lakes (polygons) that a line may follow.
#[derive(Debug, Clone)]
pub struct Rivers {
    frame: Frame,
    names: Vec<Option<String>>,
    /// The river that each line belongs to.
    lines: Vec<u32>,
    edges: Vec<Edge>,
    /// The ends of edges, those of a line one after the other.
    places: Vec<Place>,
    /// The first edge of each leaf, in the order of the tree.
    leaves: Vec<Leaf>,
    /// The root is node 1, the children of node *i* are 2*i* and 2*i* + 1.
    boxes: Vec<Bounds>,
    lakes: RTree<GeomWithData<Rectangle<[f64; 2]>, Lake>>,
    inputs: Vec<Source>,
}

/// A file that rivers were read from.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) features: usize,
    /// What was changed or left out.
    pub(crate) fixes: Fixes,
}

/// A lake.
#[derive(Debug, Clone, PartialEq)]
struct Lake {
    polygon: Polygon,
    river: u32,
}

/// An edge of a river.
#[derive(Debug, Clone, Copy)]
struct Edge {
    /// Its first place; the second follows.
    from: u32,
    /// Which line of which river it belongs to.
    line: u32,
}

/// A few edges that follow one another.
#[derive(Debug, Clone, Copy)]
struct Leaf {
    first: u32,
    count: u32,
}

/// The rounding error of distances between positions, metres.
const ROUNDING_M: f64 = 1e-6;

/// Edges in a leaf: as many as are examined in the time of a step down the tree.
const LEAF: usize = 4;

/// A river near a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Near {
    /// How far away it is; 0 inside a lake.
    pub(crate) distance_m: f64,
    /// Which river it is.
    pub(crate) river: u32,
    /// Which edge: a hint for the next search.
    edge: u32,
}

/// A feature read, before it is indexed.
struct Feature {
    place: String,
    name: Option<String>,
    lines: Vec<Vec<Coord>>,
    polygons: Vec<Polygon>,
    left: Vec<&'static str>,
}

/// The attributes that may name a river, in the order they are looked for.
const NAMES: [&str; 6] = ["name", "NAME", "name_en", "NAME_EN", "Name", "title"];

impl Rivers {
    /// Reads rivers and lakes from files of any format.
    ///
    /// # Errors
    /// [`Problems`] where an input cannot be read, or where none of them holds a line or a
    /// polygon.
    pub fn read<I: Into<Input>>(inputs: impl IntoIterator<Item = I>) -> Result<Self, Problems> {
        let mut features = Vec::new();
        let mut sources = Vec::new();
        for input in inputs.into_iter().map(Into::into) {
            let before = features.len();
            let mut fixes = read_features(&input, &mut features)?;
            let of_file = &features[before..];
            let lines = of_file.iter().any(|it| !it.lines.is_empty() || !it.polygons.is_empty());
            if !lines {
                let found = of_file.iter().find_map(|it| it.left.first().copied());
                let found = found.unwrap_or("no feature").to_owned();
                let fault = Fault::geometry(found, "LineString or Polygon (a river or a lake)");
                return Err(input.problem("", fault).into());
            }
            for feature in of_file {
                // A feature that lost its geometry was counted when it was read.
                let kinds = feature.left.iter().filter(|what| **what != Shape::None.name());
                for what in kinds {
                    let detail = format!("{what}, no river and no lake");
                    fixes.add(FixKind::OtherKind, feature.place.clone(), Some(detail));
                }
            }
            if input.is_strict() {
                fixes.refused(input.name())?;
            }
            sources.push(Source { name: input.name().to_owned(), features: of_file.len(), fixes });
        }
        Ok(Self::indexed(features, sources))
    }

    /// The files.
    pub(crate) fn sources(&self) -> &[Source] {
        &self.inputs
    }

    pub(crate) const fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The name of a river.
    pub(crate) fn name(&self, river: u32) -> Option<&str> {
        self.names.get(river as usize)?.as_deref()
    }

    fn indexed(features: Vec<Feature>, inputs: Vec<Source>) -> Self {
        let frame = Frame::new(&Ellipsoid::WGS84);
        let mut gathered = Gathered { frame, ..Gathered::default() };
        features.into_iter().for_each(|feature| gathered.take(feature));
        let Gathered { names, lines, edges, places, leaves, lakes, .. } = gathered;
        let (leaves, boxes) = tree(leaves, &edges, &places);
        Self {
            frame,
            names,
            lines,
            edges,
            places,
            leaves,
            boxes,
            lakes: RTree::bulk_load(lakes),
            inputs,
        }
    }

    /// The nearest river within `reach_m` of a place. If an angle is given (by its cosine), the
    /// river must run within it of `heading` where it is nearest; otherwise any direction counts. A
    /// hint from a place nearby makes the search faster and does not change the result.
    pub(crate) fn nearest(
        &self,
        centre: &Place,
        heading: Option<(Vector, f64)>,
        reach_m: f64,
        hint: Option<Near>,
    ) -> Option<Near> {
        if let Some(river) = self.lake(centre) {
            return Some(Near { distance_m: 0.0, river, edge: hint.map_or(0, |it| it.edge) });
        }
        let view = self.frame.gnomonic(centre);
        let mut across = Vec::new();
        loop {
            let mut search = Search::new(self, &view, reach_m, &across);
            search.edge(hint.map_or(0, |it| it.edge as usize));
            search.descend(centre.position());
            let (index, NearPoint { share, distance_m }) = search.best?;
            let edge = self.edges.get(index)?;
            let along = |(way, least)| dot(way, self.heading_at(index, share)).abs() >= least;
            if heading.is_none_or(along) {
                let river = self.lines.get(edge.line as usize).copied()?;
                return Some(Near { distance_m, river, edge: index as u32 });
            }
            // Another river, farther away, may run in the right direction.
            across.push(edge.line);
        }
    }

    /// The way a river runs at a share of one of its edges: that of the chord from
    /// [`CHORD`] before that place to the same distance after it, cut off at the river's ends.
    fn heading_at(&self, edge: usize, share: f64) -> Vector {
        let [behind, before] = [true, false].map(|onward| self.way_off(edge, share, onward));
        unit(minus(behind, before))
    }

    /// The position that is [`CHORD`] along the river from a share of an edge, onward or back.
    fn way_off(&self, mut index: usize, mut share: f64, onward: bool) -> Vector {
        let mut rest_m = CHORD.value();
        loop {
            let Some((edge, [a, b])) = self.ends(index) else { return [0.0; 3] };
            let chord = minus(b.position(), a.position());
            let length_m = dot(chord, chord).sqrt();
            let left_m = length_m * if onward { 1.0 - share } else { share };
            let end = if onward { 1.0 } else { 0.0 };
            if rest_m < left_m {
                let moved = rest_m / length_m * if onward { 1.0 } else { -1.0 };
                return plus(a.position(), chord, share + moved);
            }
            rest_m -= left_m;
            let next = if onward { index.checked_add(1) } else { index.checked_sub(1) };
            let of_line =
                |index: &usize| self.edges.get(*index).is_some_and(|next| next.line == edge.line);
            match next.filter(of_line) {
                Some(next) => (index, share) = (next, 1.0 - end),
                None => return plus(a.position(), chord, end),
            }
        }
    }

    /// An edge and its two ends.
    #[inline]
    fn ends(&self, index: usize) -> Option<(&Edge, [&Place; 2])> {
        let edge = self.edges.get(index)?;
        let from = edge.from as usize;
        Some((edge, [self.places.get(from)?, self.places.get(from + 1)?]))
    }

    /// The lake a place lies in.
    fn lake(&self, centre: &Place) -> Option<u32> {
        if self.lakes.size() == 0 {
            return None;
        }
        let at: Coord = centre.lon_lat();
        let around = self.lakes.locate_in_envelope_intersecting(&AABB::from_point([at.x, at.y]));
        let inside = around.into_iter().filter(|lake| lake.data.polygon.contains(&Point(at)));
        // Where several overlap, the first of the file, whatever order the tree is in.
        inside.map(|lake| lake.data.river).min()
    }
}

/// A search on its way down the tree.
struct Search<'a> {
    rivers: &'a Rivers,
    view: &'a Gnomonic,
    /// Lines that are left out.
    without: &'a [u32],
    reach_m: f64,
    /// The square of the reach as a chord, with what rounding may add.
    squared: f64,
    /// The nearest edge, and its nearest place.
    best: Option<(usize, NearPoint)>,
}

impl<'a> Search<'a> {
    fn new(rivers: &'a Rivers, view: &'a Gnomonic, reach_m: f64, without: &'a [u32]) -> Self {
        let mut search =
            Self { rivers, view, without, reach_m, squared: f64::INFINITY, best: None };
        search.reach(reach_m);
        search
    }

    fn reach(&mut self, reach_m: f64) {
        self.reach_m = reach_m;
        self.squared = (chord_m(reach_m) + ROUNDING_M).powi(2);
    }

    #[inline]
    fn edge(&mut self, index: usize) {
        let Some((edge, [a, b])) = self.rivers.ends(index) else { return };
        let found = self.view.nearest_on(a, b);
        let found_m = found.distance_m;
        // Two edges that meet at the nearest place are equally near: then the first of them
        // counts, whichever was looked at first.
        let before = || self.best.is_none_or(|(best, _)| index < best);
        let nearer = found_m < self.reach_m || (found_m == self.reach_m && before());
        if nearer && !self.without.contains(&edge.line) {
            self.reach(found_m);
            self.best = Some((index, found));
        }
    }

    fn descend(&mut self, centre: Vector) {
        let boxes = &self.rivers.boxes;
        let half = boxes.len() / 2;
        let Some(root) = boxes.get(1) else { return };
        // As deep as the tree is, and one sibling at each level.
        let mut waiting = [(0_usize, 0.0); 64];
        waiting[0] = (1, root.squared_distance(centre));
        let mut count = 1;
        while count > 0 {
            count -= 1;
            let (node, squared) = waiting[count];
            if squared > self.squared {
                continue;
            }
            if node >= half {
                if let Some(leaf) = self.rivers.leaves.get(node - half) {
                    (leaf.first..leaf.first + leaf.count).for_each(|edge| self.edge(edge as usize));
                }
                continue;
            }
            let child = |node: usize| (node, boxes[node].squared_distance(centre));
            let (first, second) = (child(2 * node), child(2 * node + 1));
            let order = if first.1 <= second.1 { [second, first] } else { [first, second] };
            for next in order {
                if next.1 <= self.squared {
                    waiting[count] = next;
                    count += 1;
                }
            }
        }
    }
}

/// Rivers before they are indexed.
struct Gathered {
    frame: Frame,
    names: Vec<Option<String>>,
    lines: Vec<u32>,
    edges: Vec<Edge>,
    places: Vec<Place>,
    leaves: Vec<Leaf>,
    lakes: Vec<GeomWithData<Rectangle<[f64; 2]>, Lake>>,
}

impl Default for Gathered {
    fn default() -> Self {
        Self {
            frame: Frame::new(&Ellipsoid::WGS84),
            names: Vec::new(),
            lines: Vec::new(),
            edges: Vec::new(),
            places: Vec::new(),
            leaves: Vec::new(),
            lakes: Vec::new(),
        }
    }
}

impl Gathered {
    fn take(&mut self, feature: Feature) {
        let river = self.names.len() as u32;
        self.names.push(feature.name);
        for line in &feature.lines {
            self.path(line, river);
        }
        for polygon in feature.polygons {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            rings.for_each(|ring| self.path(&ring.0, river));
            if let Some(rect) = geo::BoundingRect::bounding_rect(&polygon) {
                let corners = [rect.min(), rect.max()].map(|corner| [corner.x, corner.y]);
                let around = Rectangle::from_corners(corners[0], corners[1]);
                self.lakes.push(GeomWithData::new(around, Lake { polygon, river }));
            }
        }
    }

    fn path(&mut self, path: &[Coord], river: u32) {
        let line = self.lines.len() as u32;
        self.lines.push(river);
        let (place, edge) = (self.places.len() as u32, self.edges.len() as u32);
        self.places.extend(self.frame.places(path));
        let last = self.places.len().saturating_sub(1) as u32;
        self.edges.extend((place..last).map(|from| Edge { from, line }));
        let end = self.edges.len() as u32;
        let leaves = (edge..end)
            .step_by(LEAF)
            .map(|first| Leaf { first, count: (end - first).min(LEAF as u32) });
        self.leaves.extend(leaves);
    }
}

/// The leaves in the order of a curve that fills space, so that neighbours in the tree are
/// neighbours on the ground, and the boxes over them.
fn tree(leaves: Vec<Leaf>, edges: &[Edge], places: &[Place]) -> (Vec<Leaf>, Vec<Bounds>) {
    let around = |leaf: &Leaf| {
        let edges = edges.get(leaf.first as usize..(leaf.first + leaf.count) as usize);
        let ends = edges.unwrap_or_default().iter().filter_map(|edge| {
            let from = edge.from as usize;
            Some(Bounds::around(places.get(from)?, places.get(from + 1)?))
        });
        ends.fold(Bounds::NOTHING, Bounds::hull)
    };
    let mut sorted: Vec<(u64, Leaf, Bounds)> = leaves
        .into_iter()
        .map(|leaf| {
            let bounds = around(&leaf);
            (along_the_curve(bounds.middle()), leaf, bounds)
        })
        .collect();
    sorted.sort_by_key(|(key, leaf, _)| (*key, leaf.first));
    let half = sorted.len().next_power_of_two();
    let mut boxes = vec![Bounds::NOTHING; 2 * half];
    for (to, (_, _, bounds)) in boxes[half..].iter_mut().zip(&sorted) {
        *to = *bounds;
    }
    for node in (1..half).rev() {
        boxes[node] = boxes[2 * node].hull(boxes[2 * node + 1]);
    }
    (sorted.into_iter().map(|(_, leaf, _)| leaf).collect(), boxes)
}

/// The place of a position on a Morton curve: the bits of its coordinates, interleaved.
fn along_the_curve(position: Vector) -> u64 {
    const BITS: u32 = 21;
    let steps = f64::from(1_u32 << BITS) - 1.0;
    let key = |x: f64| ((x / MOST_RADIUS_M + 1.0) * 0.5 * steps).clamp(0.0, steps) as u64;
    let keys = position.map(key);
    (0..BITS).fold(0, |curve, bit| {
        keys.iter()
            .zip(0_u32..)
            .fold(curve, |curve, (key, axis)| curve | ((key >> bit) & 1) << (3 * bit + axis))
    })
}

fn read_features(input: &Input, features: &mut Vec<Feature>) -> Result<Fixes, Problems> {
    Ok(input.features()?.each(|it| Ok(feature(it)), |it| features.push(it))?)
}

fn feature(read: CheckedFeature) -> Feature {
    let named = |key: &&str| {
        let name = read.properties.get(*key).and_then(Value::as_str)?.trim();
        (!name.is_empty()).then(|| name.to_owned())
    };
    let name = NAMES.iter().find_map(named);
    let mut feature = Feature {
        place: read.place,
        name,
        lines: Vec::new(),
        polygons: Vec::new(),
        left: Vec::new(),
    };
    sort(read.shape, &mut feature);
    feature
}

fn sort(shape: Shape, into: &mut Feature) {
    match shape {
        Shape::Lines(lines) => into.lines.extend(lines.into_iter().filter(|line| line.len() > 1)),
        Shape::Polygons(polygons) => into.polygons.extend(polygons),
        Shape::Mixed(shapes) => shapes.into_iter().for_each(|shape| sort(shape, into)),
        other => into.left.push(other.name()),
    }
}

#[cfg(test)]
mod tests;
