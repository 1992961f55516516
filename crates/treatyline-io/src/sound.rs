//! Makes the geometry of a file sound, by the same rules for every format.
//!
//! Positions are on the Earth and in WGS 84, lines have a length, rings are closed and
//! sorted into shells and holes. What had to be changed for that, or left out, is counted
//! ([`FixKind`]); only what cannot be understood is refused.

use geo::{Coord, LineString, Polygon};

use super::Shape;
use super::fixes::FixKind;
use super::rings::{self, Layout};
use crate::problem::Fault;
use treatyline_geodesy::internal::check_position;

/// A geometry as it is in a file, not checked yet.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Raw {
    None,
    Point(Coord),
    Points(Vec<Coord>),
    Lines(Vec<Vec<Coord>>),
    /// Rings of polygons, the outer one first.
    Polygons(Vec<Vec<Vec<Coord>>>),
    /// Rings of any number of polygons in any order, as shapefiles have them: outer ones
    /// clockwise, holes counter-clockwise.
    #[cfg_attr(not(feature = "shapefile"), allow(dead_code, reason = "of shapefiles"))]
    Rings(Vec<Vec<Coord>>),
    Mixed(Vec<Raw>),
}

impl Raw {
    #[cfg_attr(not(feature = "formats"), allow(dead_code, reason = "counted in `gather`"))]
    pub(super) fn positions(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Point(_) => 1,
            Self::Points(points) => points.len(),
            Self::Lines(lines) | Self::Rings(lines) => lines.iter().map(Vec::len).sum(),
            Self::Polygons(polygons) => polygons.iter().flatten().map(Vec::len).sum(),
            Self::Mixed(parts) => parts.iter().map(Self::positions).sum(),
        }
    }
}

impl Raw {
    /// Calls a function with each of its positions, in order.
    #[cfg_attr(not(feature = "formats"), allow(dead_code, reason = "asked in `gather`"))]
    pub(super) fn each(&self, call: &mut impl FnMut(Coord)) {
        match self {
            Self::None => {}
            Self::Point(at) => call(*at),
            Self::Points(points) => points.iter().for_each(|at| call(*at)),
            Self::Lines(lines) | Self::Rings(lines) => {
                lines.iter().flatten().for_each(|at| call(*at));
            }
            Self::Polygons(polygons) => {
                polygons.iter().flatten().flatten().for_each(|at| call(*at));
            }
            Self::Mixed(parts) => parts.iter().for_each(|part| part.each(call)),
        }
    }
}

/// A place within a feature, and what is wrong there.
pub(super) type Fail = (String, Fault);

/// A number farther than this beyond ±180° (a whole turn) is not taken for a longitude.
const WIDEST_LON: f64 = 540.0;
/// What rounding may have made of ±180° and ±90°: 1 cm.
const ROUNDING_DEG: f64 = 1e-7;

/// Makes geometries sound, with the way to WGS 84.
pub(super) struct Sound<F> {
    to_wgs84: F,
    /// What was changed or left out: the kind, and the place within the feature.
    pub(super) found: Vec<(FixKind, String)>,
}

impl<F: Fn(Coord) -> Result<Coord, Fault>> Sound<F> {
    pub(super) const fn new(to_wgs84: F) -> Self {
        Self { to_wgs84, found: Vec::new() }
    }

    /// Makes the geometry of a feature sound. If there is none, or an empty one, that is counted,
    /// unless it is empty for what was left out.
    ///
    /// # Errors
    /// The first position that cannot be on the Earth.
    pub(super) fn of_feature(&mut self, raw: Raw) -> Result<Shape, Fail> {
        let shape = self.shape(raw)?;
        if self.found.is_empty() && is_nothing(&shape) {
            self.add(FixKind::NoGeometry, "");
        }
        Ok(shape)
    }

    /// Makes a geometry sound.
    fn shape(&mut self, raw: Raw) -> Result<Shape, Fail> {
        Ok(match raw {
            Raw::None => Shape::None,
            Raw::Point(at) => Shape::Point(self.position(at, String::new)?),
            Raw::Points(points) if points.is_empty() => Shape::None,
            Raw::Points(points) => Shape::Points(self.positions(points)?),
            Raw::Lines(lines) => {
                let lines = self.lines(lines)?;
                if lines.is_empty() { Shape::None } else { Shape::Lines(lines) }
            }
            Raw::Polygons(polygons) => self.polygons(polygons)?,
            Raw::Rings(rings) => self.rings(rings)?,
            Raw::Mixed(parts) => {
                let parts: Vec<Shape> =
                    parts.into_iter().map(|part| self.shape(part)).collect::<Result<_, _>>()?;
                // GeoJSON has no way to write an empty part.
                Shape::Mixed(parts.into_iter().filter(|part| *part != Shape::None).collect())
            }
        })
    }

    fn add(&mut self, kind: FixKind, within: impl Into<String>) {
        self.found.push((kind, within.into()));
    }

    /// A position on the Earth; `within` is written only where it is needed, for there may be
    /// millions.
    fn position(&mut self, at: Coord, within: impl Fn() -> String) -> Result<Coord, Fail> {
        let at = (self.to_wgs84)(at).map_err(|fault| (within(), fault))?;
        let Err(fault) = check_position(at) else { return Ok(at) };
        let (lon, lat) = (brought_back(at.x), at.y.clamp(-90.0, 90.0));
        let near = (at.y - lat).abs() <= ROUNDING_DEG;
        if !near || check_position(Coord { x: lon, y: lat }).is_err() {
            return Err((within(), fault.into()));
        }
        if lon != at.x {
            self.add(FixKind::LongitudeWrapped, within());
        }
        if lat != at.y {
            self.add(FixKind::LatitudeRounded, within());
        }
        Ok(Coord { x: lon, y: lat })
    }

    fn positions(&mut self, list: Vec<Coord>) -> Result<Vec<Coord>, Fail> {
        let numbered = |(i, at)| self.position(at, || format!(", vertex {}", i + 1));
        list.into_iter().enumerate().map(numbered).collect()
    }

    /// Lines that have a length. A geometry that is empty as a whole becomes none, without a fix.
    fn lines(&mut self, lines: Vec<Vec<Coord>>) -> Result<Vec<Vec<Coord>>, Fail> {
        let whole = lines.len();
        let mut sound = Vec::with_capacity(whole);
        for (i, line) in lines.into_iter().enumerate() {
            let within = part(i, whole);
            if line.is_empty() {
                if whole > 1 {
                    self.add(FixKind::PartEmpty, within);
                }
                continue;
            }
            let line = self.positions(line)?;
            if line.iter().all(|at| is_one_place(*at, line[0])) {
                self.add(FixKind::LineCollapsed, within);
            } else {
                sound.push(line);
            }
        }
        Ok(sound)
    }

    fn polygons(&mut self, polygons: Vec<Vec<Vec<Coord>>>) -> Result<Shape, Fail> {
        let whole = polygons.len();
        let mut parts = Vec::with_capacity(whole);
        for (i, list) in polygons.into_iter().enumerate() {
            let within = part(i, whole);
            if list.iter().all(Vec::is_empty) {
                if whole > 1 {
                    self.add(FixKind::PartEmpty, within);
                }
                continue;
            }
            let rings = self.closed(list, &within)?;
            if !rings.is_empty() {
                parts.push((i, rings));
            }
        }
        let sound = arranged(parts, whole, &mut |kind, within| self.add(kind, within));
        Ok(if sound.is_empty() { Shape::None } else { Shape::Polygons(sound) })
    }

    /// Rings whose direction says which of them are holes.
    fn rings(&mut self, list: Vec<Vec<Coord>>) -> Result<Shape, Fail> {
        if list.iter().all(Vec::is_empty) {
            return Ok(Shape::None);
        }
        let rings = self.closed(list, "")?;
        let polygons = match rings::by_sense(rings) {
            Ok(polygons) => polygons,
            Err(rings) => {
                let is_repeat = rings::repeats_by_sense(&rings);
                let [repeats, rings] = parted(rings, &is_repeat);
                repeats.iter().for_each(|_| self.add(FixKind::HoleRepeated, ""));
                self.add(FixKind::RingsSorted, "");
                rings::sorted(rings)
            }
        };
        let whole = polygons.len();
        let parts = polygons.into_iter().enumerate();
        let polygons = arranged(parts, whole, &mut |kind, within| self.add(kind, within));
        Ok(if polygons.is_empty() { Shape::None } else { Shape::Polygons(polygons) })
    }

    /// Rings that are closed and have an inside, the others left out.
    fn closed(&mut self, list: Vec<Vec<Coord>>, within: &str) -> Result<Vec<Vec<Coord>>, Fail> {
        let several = list.len() > 1;
        let mut sound = Vec::with_capacity(list.len());
        for (i, ring) in list.into_iter().enumerate() {
            let place =
                || if several { format!("{within}, ring {}", i + 1) } else { within.to_owned() };
            if ring.is_empty() {
                self.add(FixKind::PartEmpty, place());
                continue;
            }
            let mut ring = self.positions(ring)?;
            if !has_inside(&ring) {
                self.add(FixKind::RingCollapsed, place());
                continue;
            }
            if ring.first() != ring.last() {
                self.add(FixKind::RingClosed, place());
                ring.push(ring[0]);
            }
            for _ in ring.windows(2).filter(|ends| is_long(ends)) {
                self.add(FixKind::LongEdge, place());
            }
            if is_frame(&ring) {
                ring = self.along_parallels(&ring, &place());
            }
            sound.push(ring);
        }
        Ok(sound)
    }

    /// The frame of a map of the world, its edges from one side to the other along their
    /// parallels: as geodesics they would have no length.
    fn along_parallels(&mut self, ring: &[Coord], within: &str) -> Vec<Coord> {
        let mut path: Vec<Coord> = ring.first().copied().into_iter().collect();
        for ends in ring.windows(2) {
            if ends[0].x != ends[1].x && ends[0].y == ends[1].y && ends[0].y.abs() < 90.0 {
                self.add(FixKind::EdgeAlongParallel, within);
                let step = (ends[1].x - ends[0].x) / 360.0;
                let degree = |i: i32| Coord { x: ends[0].x + f64::from(i) * step, y: ends[0].y };
                path.extend((1..360).map(degree));
            }
            path.push(ends[1]);
        }
        path
    }
}

/// Whether a geometry is null, or a collection of nothing else.
pub(super) fn is_nothing(shape: &Shape) -> bool {
    match shape {
        Shape::None => true,
        Shape::Mixed(parts) => parts.iter().all(is_nothing),
        _ => false,
    }
}

/// Whether two positions are one place: 180° and −180° are one meridian, and a pole has all of them.
pub(super) fn is_one_place(one: Coord, other: Coord) -> bool {
    let is_one_meridian = one.x == other.x || one.x.abs() == 180.0 && other.x.abs() == 180.0;
    one.y == other.y && (is_one_meridian || one.y.abs() == 90.0)
}

/// Whether an edge, as it is drawn, goes half around the Earth or farther, but not nearly all
/// around: such an edge crosses the antimeridian.
pub(super) fn is_long(ends: &[Coord]) -> bool {
    const ACROSS_DEG: f64 = 270.0;
    let [from, to] = ends else { return false };
    let along = (to.x - from.x).abs();
    (180.0..=ACROSS_DEG).contains(&along) && from.y.abs().min(to.y.abs()) < 90.0
}

/// Whether all of a ring lies on the antimeridian, as the frame of a map of the world does.
pub(super) fn is_frame(ring: &[Coord]) -> bool {
    let Some(first) = ring.first() else { return false };
    ring.iter().all(|at| at.x.abs() == 180.0) && ring.iter().any(|at| at.x != first.x)
}

/// Polygons of closed rings, each with the number of its part of the whole, from 0: the rings as
/// they are if holes lie in their shell or cross it, otherwise sorted. `add` is called for each
/// change.
pub(super) fn arranged(
    parts: impl IntoIterator<Item = (usize, Vec<Vec<Coord>>)>,
    whole: usize,
    add: &mut impl FnMut(FixKind, String),
) -> Vec<Polygon> {
    let mut sound = Vec::with_capacity(whole);
    let (mut strays, mut of_parts) = (Vec::new(), Vec::new());
    for (i, mut rings) in parts {
        let mut layout = rings::layout(&rings);
        if let Layout::Repeats(is_repeat) = layout {
            let [repeats, others] = parted(rings, &is_repeat);
            repeats.iter().for_each(|_| add(FixKind::HoleRepeated, part(i, whole)));
            rings = others;
            layout = rings::layout(&rings);
        }
        match layout {
            Layout::Sound => sound.push(polygon(rings)),
            Layout::Filled => {
                add(FixKind::HoleFills, part(i, whole));
                sound.push(polygon(rings));
            }
            Layout::Strays(is_stray) if whole > 1 => {
                let [others, kept] = parted(rings, &is_stray);
                sound.push(polygon(kept));
                of_parts.extend(others.iter().map(|_| i));
                strays.extend(others);
            }
            Layout::Strays(_) | Layout::Unsorted | Layout::Repeats(_) => {
                add(FixKind::RingsSorted, part(i, whole));
                sound.extend(rings::sorted(rings).into_iter().map(polygon));
            }
        }
    }
    let homes = rings::homes_among(&strays, &sound);
    for ((ring, home), i) in strays.into_iter().zip(homes).zip(of_parts) {
        match home.and_then(|at| sound.get_mut(at)) {
            Some(home) => {
                add(FixKind::HoleElsewhere, part(i, whole));
                home.interiors_push(LineString(ring));
            }
            None => {
                add(FixKind::RingsSorted, part(i, whole));
                sound.push(polygon(vec![ring]));
            }
        }
    }
    if sound.len() < 2 {
        return sound;
    }
    let is_repeat = rings::same_polygons(&sound);
    let repeats = is_repeat.iter().filter(|is_repeat| **is_repeat).count();
    (0..repeats).for_each(|_| add(FixKind::PolygonRepeated, String::new()));
    let mut is_repeat = is_repeat.into_iter();
    sound.retain(|_| is_repeat.next() != Some(true));
    sound
}

/// The rings for which `is_so` is true, and the others.
fn parted(rings: Vec<Vec<Coord>>, is_so: &[bool]) -> [Vec<Vec<Coord>>; 2] {
    let mut parts = [Vec::new(), Vec::new()];
    for (ring, is_so) in rings.into_iter().zip(is_so) {
        parts[usize::from(!is_so)].push(ring);
    }
    parts
}

/// The place of a part among others.
pub(super) fn part(i: usize, whole: usize) -> String {
    if whole > 1 { format!(", part {}", i + 1) } else { String::new() }
}

/// Brings a longitude beyond ±180° back by a whole turn. One that is ±180° up to rounding stays on
/// its side, and one more than a turn beyond stays unchanged.
fn brought_back(lon: f64) -> f64 {
    if lon.abs() <= 180.0 + ROUNDING_DEG {
        lon.clamp(-180.0, 180.0)
    } else if lon.abs() <= WIDEST_LON {
        lon - 360.0 * (lon / 360.0).round()
    } else {
        lon
    }
}

/// Closes a ring that stands alone, where a line is wanted; says whether it was open. What has no
/// inside stays the line it is.
#[cfg_attr(not(feature = "formats"), allow(dead_code, reason = "of KML and WKT"))]
pub(super) fn close(ring: &mut Vec<Coord>) -> bool {
    let is_open = has_inside(ring) && ring.first() != ring.last();
    if is_open {
        ring.extend(ring.first().copied());
    }
    is_open
}

/// Whether a ring has three different positions.
pub(super) fn has_inside(ring: &[Coord]) -> bool {
    let Some(first) = ring.first() else { return false };
    let Some(second) = ring.iter().find(|at| *at != first) else { return false };
    ring.iter().any(|at| at != first && at != second)
}

/// Closed rings, the outer one first, as a polygon.
fn polygon(rings: Vec<Vec<Coord>>) -> Polygon {
    let mut rings = rings.into_iter().map(LineString);
    let exterior = rings.next().unwrap_or_else(|| LineString(Vec::new()));
    Polygon::new(exterior, rings.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(corners: &[(f64, f64)]) -> Vec<Coord> {
        corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect()
    }

    fn sound(raw: Raw) -> (Result<Shape, Fail>, Vec<(FixKind, String)>) {
        let mut sound = Sound::new(Ok);
        let shape = sound.shape(raw);
        (shape, sound.found)
    }

    #[test]
    fn longitudes_are_brought_back_and_places_beyond_the_earth_refused() {
        let lons = |given: &[f64]| {
            let line = given.iter().map(|lon| Coord { x: *lon, y: 1.0 }).collect();
            match sound(Raw::Points(line)) {
                (Ok(Shape::Points(points)), found) => {
                    (points.iter().map(|at| at.x).collect::<Vec<_>>(), found.len())
                }
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(lons(&[180.000_000_000_000_06, -180.000_000_01]), (vec![180.0, -180.0], 2));
        assert_eq!(lons(&[190.0, -190.0, 360.0, 530.0]), (vec![-170.0, 170.0, 0.0, 170.0], 4));
        assert_eq!(lons(&[180.0, -180.0, 0.0]), (vec![180.0, -180.0, 0.0], 0));
        for (x, y) in [(541.0, 0.0), (0.0, 90.1), (f64::NAN, 0.0), (500_000.0, 45.0)] {
            let (shape, _) = sound(Raw::Lines(vec![path(&[(0.0, 0.0), (x, y)])]));
            assert_eq!(shape.unwrap_err().0, ", vertex 2", "({x}, {y})");
        }
        let (shape, found) = sound(Raw::Point(Coord { x: 0.0, y: -90.000_000_000_000_03 }));
        assert_eq!(shape.unwrap(), Shape::Point(Coord { x: 0.0, y: -90.0 }));
        assert_eq!(found, [(FixKind::LatitudeRounded, String::new())]);
    }

    #[test]
    fn what_has_no_extent_is_left_out_and_counted() {
        let triangle = path(&[(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)]);
        let point = path(&[(5.0, 5.0), (5.0, 5.0), (5.0, 5.0), (5.0, 5.0)]);
        let there_and_back = path(&[(0.0, 0.0), (1.0, 1.0), (0.0, 0.0), (1.0, 1.0)]);
        let polygons = vec![vec![triangle], vec![point.clone()], vec![there_and_back], Vec::new()];
        let (shape, found) = sound(Raw::Polygons(polygons));
        let Ok(Shape::Polygons(polygons)) = shape else { panic!() };
        assert_eq!(polygons.len(), 1);
        assert_eq!(polygons[0].exterior().0.len(), 4, "closed");
        let found: Vec<(FixKind, &str)> = found.iter().map(|(k, at)| (*k, at.as_str())).collect();
        let expected = [
            (FixKind::RingClosed, ", part 1"),
            (FixKind::RingCollapsed, ", part 2"),
            (FixKind::RingCollapsed, ", part 3"),
            (FixKind::PartEmpty, ", part 4"),
        ];
        assert_eq!(found, expected);
        let (shape, found) = sound(Raw::Lines(vec![path(&[(1.0, 1.0)]), Vec::new(), point]));
        assert_eq!((shape.unwrap(), found.len()), (Shape::None, 3));
        for empty in [
            Raw::Points(Vec::new()),
            Raw::Lines(Vec::new()),
            Raw::Lines(vec![Vec::new()]),
            Raw::Polygons(Vec::new()),
            Raw::Polygons(vec![Vec::new()]),
            Raw::Polygons(vec![vec![Vec::new()]]),
            Raw::Rings(Vec::new()),
        ] {
            let (shape, found) = sound(empty);
            assert_eq!((shape.unwrap(), found.len()), (Shape::None, 0));
        }
    }

    #[test]
    fn a_polygon_twice_is_one_and_a_hole_that_fills_its_shell_is_named() {
        let square = path(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]);
        let turned = path(&[(1.0, 1.0), (1.0, 0.0), (0.0, 0.0), (0.0, 1.0), (1.0, 1.0)]);
        let elsewhere = path(&[(2.0, 0.0), (3.0, 0.0), (3.0, 1.0), (2.0, 0.0)]);
        let polygons = [&square, &elsewhere, &turned].map(|ring| vec![ring.clone()]);
        let (shape, found) = sound(Raw::Polygons(polygons.to_vec()));
        let Ok(Shape::Polygons(polygons)) = shape else { panic!() };
        let kinds: Vec<FixKind> = found.iter().map(|(kind, _)| *kind).collect();
        assert_eq!((polygons.len(), kinds), (2, vec![FixKind::PolygonRepeated]));
        let (shape, found) = sound(Raw::Polygons(vec![vec![square, turned]]));
        let Ok(Shape::Polygons(polygons)) = shape else { panic!() };
        assert_eq!((polygons[0].interiors().len(), found[0].0), (1, FixKind::HoleFills));
    }
}
