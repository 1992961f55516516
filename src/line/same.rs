//! Which vertices of a line are one place.
//!
//! Files round coordinates to five decimals and more, so two copies of a place differ by up to
//! [`SAME_PLACE_DEG`]. A line without any place that comes again is known by one walk through a
//! table, since nearly all lines are such.

use std::collections::HashMap;

use geo::Coord;

/// Vertices no farther apart than this in longitude and in latitude are one place: half a unit
/// of the fifth decimal from each of two copies, about a metre. A millionth of it is for what
/// floating point makes of a difference of just that.
pub const SAME_PLACE_DEG: f64 = 1e-5 * (1.0 + 1e-6);

/// Of the median distance between vertices, the tolerance is this share at most: a line drawn
/// finer than places are told apart would fall together.
const MOST_OF_AN_EDGE: f64 = 0.1;

/// So many edges tell what an edge of a line is like.
const EDGES_ASKED: usize = 4096;

/// The side of a cell, in tolerances.
const CELL: f64 = 16.0;

/// A vertex, and the number of the place it is at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vertex {
    pub at: Coord,
    pub place: u32,
}

/// When two positions are one place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tolerance(f64);

impl Tolerance {
    /// That of the parts of a line.
    pub(super) fn of(parts: &[Vec<Coord>]) -> Self {
        let all: usize = parts.iter().map(Vec::len).sum();
        let step = all / EDGES_ASKED + 1;
        let asked = parts.iter().flat_map(|part| part.windows(2).step_by(step));
        let mut edges: Vec<f64> =
            asked.map(|ends| apart(ends[0], ends[1])).filter(|apart| *apart > 0.0).collect();
        let middle = edges.len() / 2;
        if edges.is_empty() {
            return Self(SAME_PLACE_DEG);
        }
        let median = *edges.select_nth_unstable_by(middle, f64::total_cmp).1;
        // Below a thousandth of a micrometre numbers of degrees end.
        Self((MOST_OF_AN_EDGE * median).clamp(1e-14, SAME_PLACE_DEG))
    }

    pub(super) const fn degrees(self) -> f64 {
        self.0
    }

    pub(super) fn is_one(self, a: Coord, b: Coord) -> bool {
        apart(a, b) <= self.0
    }

    fn cell(self, at: Coord) -> [i64; 2] {
        let side = CELL * self.0;
        [(east(at.x) / side).floor() as i64, (at.y / side).floor() as i64]
    }

    /// The cells in which places may be that are one with this.
    fn cells(self, at: Coord) -> impl Iterator<Item = [i64; 2]> {
        let corner = |x: f64, y: f64| Coord { x: at.x + x * self.0, y: at.y + y * self.0 };
        let [low, high] = [corner(-1.0, -1.0), corner(1.0, 1.0)].map(|at| self.cell(at));
        (low[0]..=high[0]).flat_map(move |x| (low[1]..=high[1]).map(move |y| [x, y]))
    }
}

/// 180° and −180° are one meridian.
fn east(lon: f64) -> f64 {
    if lon <= -180.0 { lon + 360.0 } else { lon }
}

/// The larger of the distances in longitude and latitude, in degrees.
fn apart(a: Coord, b: Coord) -> f64 {
    let across = (a.x - b.x).abs();
    across.min((360.0 - across).abs()).max((a.y - b.y).abs())
}

/// Whether any place comes again, other than at the ends of longer parts. Three in four of
/// places that differ by the tolerance are found, and all that are exact: of a piece of some
/// edges, some.
pub(super) fn any_again(parts: &[Vec<Coord>], tolerance: Tolerance) -> bool {
    // Ends are where parts meet, or close; in short ones nothing else may be there.
    let inner = |part: &'_ [Coord]| if part.len() > 3 { 1..part.len() - 1 } else { 0..part.len() };
    let all: usize = parts.iter().map(Vec::len).sum();
    let size = (2 * all).next_power_of_two().max(2);
    let shift = 64 - size.trailing_zeros();
    // Half of a cell's hash, and the number of the last vertex there, from 1.
    let mut table = vec![(0_u32, 0_u32); size];
    let vertices: Vec<&[Coord]> = parts.iter().map(|part| &part[inner(part)]).collect();
    let mut number = 0_u32;
    let flat = |begins: &[u32], of: u32| {
        let part = begins.partition_point(|begin| *begin <= of) - 1;
        vertices[part][(of - begins[part]) as usize]
    };
    let mut begins = Vec::with_capacity(vertices.len());
    for part in &vertices {
        begins.push(number);
        for at in *part {
            let [x, y] = tolerance.cell(*at);
            let hash = (x as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
                ^ (y as u64).wrapping_mul(0xC2B2_AE3D_27D4_EB4F).rotate_left(31);
            let hash = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
            let (mut slot, half) = ((hash >> shift) as usize, hash as u32);
            while table[slot].1 != 0 && table[slot].0 != half {
                slot = (slot + 1) & (size - 1);
            }
            if let Some(before) = table[slot].1.checked_sub(1) {
                if number - before > 1 && tolerance.is_one(flat(&begins, before), *at) {
                    return true;
                }
            }
            number += 1;
            table[slot] = (half, number);
        }
    }
    false
}

/// The places of all vertices. Parts of more vertices come first: of two vertices at one place
/// theirs is the position that is kept. Gives these positions, too.
pub(super) fn places(parts: &[Vec<Coord>], tolerance: Tolerance) -> (Vec<Vec<Vertex>>, Vec<Coord>) {
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(parts[*i].len()));
    let mut cells: HashMap<[i64; 2], Vec<u32>> = HashMap::new();
    let mut positions: Vec<Coord> = Vec::new();
    let mut placed = vec![Vec::new(); parts.len()];
    for i in order {
        placed[i] = parts[i]
            .iter()
            .map(|at| {
                let there = tolerance.cells(*at).filter_map(|cell| cells.get(&cell)).flatten();
                let nearest = there
                    .map(|place| (apart(positions[*place as usize], *at), *place))
                    .min_by(|a, b| a.0.total_cmp(&b.0))
                    .filter(|(apart, _)| *apart <= tolerance.0);
                let place = nearest.map(|(_, place)| place).unwrap_or_else(|| {
                    let place = positions.len() as u32;
                    positions.push(*at);
                    cells.entry(tolerance.cell(*at)).or_default().push(place);
                    place
                });
                Vertex { at: *at, place }
            })
            .collect();
    }
    (placed, positions)
}
