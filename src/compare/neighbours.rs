//! Two areas whose common border was digitised twice: the land that belongs to none of them or to
//! both, and a line in the middle.
//!
//! Where two outlines run opposite ways within a distance of each other, each is a version of
//! one border, and what lies between them is what [`Land`] finds between two versions of a line.

use geo::{Coord, Polygon};

use super::faces::Face;
use super::land::Land;
use super::track::Track;
use crate::line::{Area, Line, Side};
use crate::quantity::{Metres, SquareMetres};

/// What is between two neighbours.
#[derive(Debug, Clone)]
pub struct Neighbours {
    /// The stretches along which they face each other, along the outline of the first area.
    pub(crate) facing: Vec<Facing>,
    /// The distance within which outlines were taken for versions of one border.
    pub(crate) within: Metres,
    /// The length of the first outline along which the second one runs the same way within that
    /// distance: both areas are on the same side of it, so that it divides nothing.
    pub(crate) same_side: Metres,
}

/// A stretch along which two areas face each other.
#[derive(Debug, Clone)]
pub(crate) struct Facing {
    /// The outline of the first area, which lies on its left.
    pub(crate) first: Line,
    /// That of the second one, turned to run the same way: the second area is on its right.
    pub(crate) second: Line,
    /// The line in the middle. It is constructed here and comes from no treaty.
    pub(crate) middle: Line,
    /// What lies between.
    land: Land,
}

impl Neighbours {
    /// Finds what is between two areas.
    ///
    /// # Assumptions
    /// The ends of a stretch, where the outlines part, are as uncertain as `within`. Stretches
    /// shorter than twice that are ignored. A polygon's rings may run any way.
    #[must_use]
    pub fn between(first: &[Polygon], second: &[Polygon], within: Metres) -> Self {
        let mut found = Self { facing: Vec::new(), within, same_side: Metres::default() };
        let Some(others) = Others::new(rings(second)) else { return found };
        for ring in rings(first) {
            for Run { path, ring } in runs(&Track::new(&ring), &others, within) {
                match opposite(&path, &others.rings[ring]) {
                    Some(second) => found.facing.extend(Facing::new(path, second, within)),
                    None => found.same_side = found.same_side + path.length(),
                }
            }
        }
        found
    }

    /// Land that belongs to none of them, the largest place first.
    #[must_use]
    pub(crate) fn gaps(&self) -> Vec<&Face> {
        self.faces(Side::Left)
    }

    /// Land that both claim, the largest place first.
    #[must_use]
    pub(crate) fn overlaps(&self) -> Vec<&Face> {
        self.faces(Side::Right)
    }

    /// The length of the line in the middle.
    #[must_use]
    pub(crate) fn middle_length(&self) -> Metres {
        self.facing.iter().map(|facing| facing.middle.length()).sum()
    }

    /// The land that changes to a side from the first outline to the second: land that was inside
    /// the first area is then inside the second one, so both have it.
    fn faces(&self, gains: Side) -> Vec<&Face> {
        let all = self.facing.iter().flat_map(|facing| &facing.land.faces);
        let mut faces: Vec<&Face> = all.filter(|face| face.gains == gains).collect();
        faces.sort_by(|a, b| b.area.value().total_cmp(&a.area.value()));
        faces
    }
}

/// The area of some faces together.
#[must_use]
pub(crate) fn total(faces: &[&Face]) -> SquareMetres {
    faces.iter().map(|face| face.area).sum()
}

impl Facing {
    fn new(first: Line, second: Line, within: Metres) -> Option<Self> {
        let [old, new] = [&first, &second].map(Track::new);
        let middle = middle(&old, &new)?;
        let mut land = Land::between(&old, &new, Metres::default());
        // Where the outlines part, one of them goes round a corner that the other does not have.
        // The land between there is no gap and no overlap.
        if !first.is_closed() {
            let last = first.length() - within;
            land.faces.retain(|face| face.to > within && face.from < last);
        }
        Some(Self { first, second, middle, land })
    }
}

/// The line in the middle of two that run the same way: the middles of the shortest ways from
/// the vertices of either to the other one, as they come along the first.
///
/// # Error
/// Each vertex is in the middle, except that a shortest way is not at right angles to both lines.
/// Where the lines are *d* apart and bend by an angle *α*, the error is *d*·(1 − cos *α*)/2 or
/// less.
fn middle(first: &Track, second: &Track) -> Option<Line> {
    let geodesic = first.line().geodesic();
    let between = |a: Coord, b: Coord| geodesic.between(a, b, 0.5);
    let own = first.line();
    let there = own.vertices().iter().zip(own.chainages());
    let there = there.map(|(at, along)| (*along, between(*at, second.nearest(*at).spot.at)));
    let back = second.line().vertices().iter().map(|at| {
        let near = first.nearest(*at).spot;
        (near.chainage, between(near.at, *at))
    });
    // Places at the same chainage of the first line stay in the order of the second.
    let mut places: Vec<(Metres, Coord)> = there.chain(back).collect();
    places.sort_by(|a, b| a.0.value().total_cmp(&b.0.value()));
    let mut path: Vec<Coord> = places.into_iter().map(|(_, at)| at).collect();
    if own.is_closed() {
        path.extend(path.first().copied());
    }
    path.dedup();
    Line::new(path).ok()
}

/// The outlines of an area, each closed, with the inside on its left. A border between two of its
/// own polygons is not an outline.
fn rings(polygons: &[Polygon]) -> Vec<Line> {
    let rings = Area::new(polygons).rings_around();
    rings.into_iter().filter_map(|ring| Line::new(ring).ok()).collect()
}

/// The rings of another area, all together and each by itself.
struct Others {
    rings: Vec<Line>,
    all: Track,
    /// Where each begins, along all.
    begin: Vec<Metres>,
}

impl Others {
    fn new(rings: Vec<Line>) -> Option<Self> {
        let stretches = rings.iter().map(|ring| ring.vertices().to_vec()).collect();
        let all = Track::new(&Line::of_stretches(stretches).ok()?);
        let lengths = rings.iter().scan(Metres::default(), |sum, ring| {
            let begin = *sum;
            *sum = begin + ring.length();
            Some(begin)
        });
        let begin = lengths.collect();
        Some(Self { rings, all, begin })
    }

    /// The ring that is nearest to a place, if it is within a distance.
    fn near(&self, at: Coord, within: Metres) -> Option<usize> {
        let near = self.all.nearest(at);
        let behind = self.begin.partition_point(|begin| *begin <= near.spot.chainage);
        (near.distance <= within).then(|| behind.saturating_sub(1))
    }
}

/// A stretch of a ring that is near another ring.
struct Run {
    path: Line,
    ring: usize,
}

/// The stretches of a ring that are within a distance of one of some other rings.
fn runs(ring: &Track, others: &Others, within: Metres) -> Vec<Run> {
    let line = ring.line();
    let vertices = &line.vertices()[..line.vertices().len() - 1];
    let near_to: Vec<Option<usize>> = vertices.iter().map(|at| others.near(*at, within)).collect();
    let count = vertices.len();
    let is_begin = |i: &usize| near_to[*i] != near_to[(*i + count - 1) % count];
    let begins: Vec<usize> = (0..count).filter(is_begin).collect();
    if begins.is_empty() {
        let whole = near_to.first().copied().flatten();
        return whole.map(|ring| Run { path: line.clone(), ring }).into_iter().collect();
    }
    let ends = begins.iter().cycle().skip(1);
    let found = begins.iter().zip(ends).filter_map(|(begin, end)| {
        let ring = near_to[*begin]?;
        let last = (*end + count - 1) % count;
        // Extended as far as it stays near on the edges before and after.
        let is_near = |at: Metres| others.near(line.at(at), within).is_some();
        let begin = if *begin == 0 { count } else { *begin };
        let from = last_near(line.chainages()[begin], line.chainages()[begin - 1], is_near);
        let to = last_near(line.chainages()[last], line.chainages()[last + 1], is_near);
        let path = part(line, from, to)?;
        (path.length() > within * 2.0).then_some(Run { path, ring })
    });
    found.collect()
}

/// The last place on the way from one that is near to another, to a millimetre or so.
fn last_near(near: Metres, far: Metres, is_near: impl Fn(Metres) -> bool) -> Metres {
    let (mut near, mut far) = (near, far);
    for _ in 0..24 {
        let middle = (near + far) * 0.5;
        if is_near(middle) { near = middle } else { far = middle }
    }
    near
}

/// The part of a closed line from one chainage on to another.
fn part(line: &Line, from: Metres, to: Metres) -> Option<Line> {
    if from < to {
        return line.cut(from, to).ok();
    }
    match line.begun_at(from) {
        Some(turned) => turned.cut(Metres::default(), line.length() - from + to).ok(),
        None => line.cut(Metres::default(), to).ok(),
    }
}

/// The part of another ring that faces a stretch, turned to run the same way; `None` where the
/// ring already runs the same way.
fn opposite(path: &Line, ring: &Line) -> Option<Line> {
    if path.is_closed() {
        let runs_round =
            |line: &Line| line.geodesic().ring_area(line.vertices()).map(|it| it.counter_clockwise);
        if runs_round(path).ok()? == runs_round(ring).ok()? {
            return None;
        }
        let turned = ring.reversed();
        let at = Track::new(&turned).nearest(path.start()).spot.chainage;
        return Some(turned.begun_at(at).unwrap_or(turned));
    }
    let ring_track = Track::new(ring);
    let [begin, end] = [path.start(), path.end()].map(|at| ring_track.nearest(at).spot.chainage);
    let back = part(ring, end, begin)?;
    let ahead = ring.length() - back.length();
    let off = |length: Metres| (length - path.length()).abs();
    (off(back.length()) <= off(ahead)).then(|| back.reversed())
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::LineString;

    fn polygon(corners: &[(f64, f64)]) -> Polygon {
        let mut ring: Vec<Coord> = corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
        ring.push(ring[0]);
        Polygon::new(LineString(ring), Vec::new())
    }

    fn found(first: &[(f64, f64)], second: &[(f64, f64)]) -> Neighbours {
        Neighbours::between(&[polygon(first)], &[polygon(second)], Metres::new(100.0))
    }

    /// Twenty metres of longitude at 45° N, nearly.
    const APART: f64 = 20.0 / 78_846.8;
    const WEST: [(f64, f64); 4] = [(80.0, 45.0), (81.0, 45.0), (81.0, 46.0), (80.0, 46.0)];

    fn east(from: f64) -> [(f64, f64); 4] {
        [(from, 45.0), (82.0, 45.0), (82.0, 46.0), (from, 46.0)]
    }

    #[test]
    fn the_middle_of_two_parallel_lines_is_as_far_from_either() {
        for turn in 0..4 {
            let mut west = WEST;
            west.rotate_left(turn);
            let found = found(&west, &east(81.0 + APART));
            let [facing] = &found.facing[..] else { panic!("{:?}", found.facing.len()) };
            let [first, second] = [&facing.first, &facing.second].map(Track::new);
            for at in &facing.middle.vertices()[2..facing.middle.vertices().len() - 2] {
                // Meridians close up by a tenth of their distance from 45° to 46° N.
                let [a, b] =
                    [first.nearest(*at), second.nearest(*at)].map(|it| it.distance.value());
                assert!((a - b).abs() < 1e-3 && (9.8..10.001).contains(&a), "{a} {b}");
            }
            let expected = facing.first.length();
            assert!((found.middle_length() - expected).abs() < Metres::new(200.0));
            assert_eq!((found.gaps().len(), found.overlaps().len()), (1, 0));
        }
    }

    #[test]
    fn what_both_claim_is_an_overlap_and_crossing_outlines_have_both() {
        let overlapping = found(&WEST, &east(81.0 - APART));
        assert_eq!((overlapping.gaps().len(), overlapping.overlaps().len()), (0, 1));
        let slanting = [(81.0 - APART, 45.0), (82.0, 45.0), (82.0, 46.0), (81.0 + APART, 46.0)];
        let both = found(&WEST, &slanting);
        assert_eq!((both.gaps().len(), both.overlaps().len()), (1, 1));
        // Of a triangle: half of 20 m by half of a degree, nearly.
        let km2 = total(&both.gaps()).km2();
        assert!((km2 - 0.5 * 0.02 * 55.6).abs() < 0.02, "{km2}");
    }

    #[test]
    fn what_runs_the_same_way_is_no_border() {
        let nested = found(&WEST, &[(80.0, 45.0), (81.0, 45.0), (81.0, 45.5), (80.0, 45.5)]);
        assert!(nested.facing.is_empty() && nested.same_side > Metres::new(100_000.0));
        let apart = found(&WEST, &east(81.1));
        assert!(apart.facing.is_empty() && apart.same_side == Metres::default());
    }

    #[test]
    fn what_two_polygons_of_a_country_share_is_no_border() {
        // The west in two halves that meet at 45.5° N, the edge there nearly at a border.
        let south = [(80.0, 45.0), (81.0, 45.0), (81.0, 45.5), (80.0, 45.5)];
        let north = [(80.0, 45.5), (81.0, 45.5), (81.0, 46.0), (80.0, 46.0)];
        let east = [polygon(&east(81.0 + APART))];
        let within = Metres::new(100.0);
        let halves = Neighbours::between(&[polygon(&south), polygon(&north)], &east, within);
        let back = Neighbours::between(&east, &[polygon(&south), polygon(&north)], within);
        let whole =
            found(&WEST, &[(81.0 + APART, 45.0), (82.0, 45.0), (82.0, 46.0), (81.0 + APART, 46.0)]);
        for halves in [halves, back] {
            assert_eq!((halves.facing.len(), halves.same_side), (1, Metres::default()));
            let off = halves.middle_length() - whole.middle_length();
            assert!(off.abs() < Metres::new(20.0), "{off}");
            assert_eq!(halves.gaps().len(), 1);
        }
    }

    #[test]
    fn an_enclave_faces_what_is_around_it() {
        let hole = [(80.4, 45.4), (80.6, 45.4), (80.6, 45.6), (80.4, 45.6)];
        let around = Polygon::new(
            polygon(&WEST).exterior().clone(),
            vec![polygon(&hole).exterior().clone()],
        );
        let smaller = hole.map(|(x, y)| (80.5 + (x - 80.5) * 0.9995, 45.5 + (y - 45.5) * 0.9995));
        let found = Neighbours::between(&[around], &[polygon(&smaller)], Metres::new(100.0));
        assert_eq!((found.facing.len(), found.gaps().len()), (1, 1));
        assert!(found.facing[0].middle.is_closed());
    }

    #[test]
    fn what_lies_between_two_squares() {
        use geo::polygon;

        let west = polygon![(x: 80.0, y: 45.0), (x: 81.0, y: 45.0), (x: 81.0, y: 46.0), (x: 80.0, y: 46.0)];
        let east = polygon![(x: 81.001, y: 45.0), (x: 82.0, y: 45.0), (x: 82.0, y: 46.0), (x: 81.001, y: 46.0)];
        let found = Neighbours::between(&[west], &[east], Metres::new(100.0));
        assert_eq!((found.gaps().len(), found.overlaps().len()), (1, 0));
        // A degree of the meridian.
        assert_eq!(found.middle_length().km().round(), 111.0);
    }
}
