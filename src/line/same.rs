//! Which vertices of a line count as the same place.
//!
//! Files round coordinates to five decimals and more, so two copies of a place differ by up to
//! [`SAME_PLACE_DEG`]. Nearly all lines have no repeated place; for them one pass through a table
//! is enough.

use geo::Coord;

/// Vertices no farther apart than this in longitude and in latitude are one place: half a unit
/// of the fifth decimal from each of two copies, about a metre. The extra millionth is for
/// rounding.
pub(crate) const SAME_PLACE_DEG: f64 = 1e-5 * (1.0 + 1e-6);

/// The tolerance is at most this share of the median distance between vertices: otherwise
/// neighbouring vertices of a very detailed line would become the same place.
const MOST_OF_AN_EDGE: f64 = 0.1;

/// The number of edges from which the median length is estimated.
const EDGES_ASKED: usize = 4096;

/// The side of a cell, in tolerances.
const CELL: f64 = 16.0;

/// A vertex, and the number of the place it is at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vertex {
    pub(crate) at: Coord,
    pub(crate) place: u32,
}

/// An edge longer than this number of median ones may be a jump back to where the line has been.
const JUMP: f64 = 4.0;

/// The distance within which two positions are the same place; and the median distance between
/// vertices. In degrees.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tolerance(f64, f64);

impl Tolerance {
    /// The tolerance for the parts of a line.
    pub(super) fn for_parts(parts: &[Vec<Coord>]) -> Self {
        let all: usize = parts.iter().map(Vec::len).sum();
        let step = all / EDGES_ASKED + 1;
        let asked = parts.iter().flat_map(|part| part.windows(2).step_by(step));
        let mut edges: Vec<f64> =
            asked.map(|ends| apart(ends[0], ends[1])).filter(|apart| *apart > 0.0).collect();
        let middle = edges.len() / 2;
        if edges.is_empty() {
            return Self(SAME_PLACE_DEG, 0.0);
        }
        let median = *edges.select_nth_unstable_by(middle, f64::total_cmp).1;
        // Degrees in double precision are not finer than a thousandth of a micrometre.
        Self((MOST_OF_AN_EDGE * median).clamp(1e-14, SAME_PLACE_DEG), median)
    }

    /// A tolerance of `degrees` degrees of latitude or longitude.
    pub(super) const fn of_degrees(degrees: f64) -> Self {
        Self(degrees, 0.0)
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

    /// The cells in which the same place may be found.
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

/// The unit, in degrees, to which all positions are rounded: for lines with two, three or four
/// decimals. Anything narrower comes from rounding. Otherwise 0: a line with fewer decimals was
/// made so and not rounded.
pub(super) fn unit_deg<'a>(parts: impl IntoIterator<Item = &'a [Coord]> + Clone) -> f64 {
    let is_of = |unit: f64| {
        let is_whole = |degrees: f64| (degrees / unit - (degrees / unit).round()).abs() < 1e-6;
        let mut all = parts.clone().into_iter().flatten();
        all.all(|at| is_whole(at.x) && is_whole(at.y))
    };
    let units = [1e-1, 1e-2, 1e-3, 1e-4];
    let unit = units.into_iter().find(|unit| is_of(*unit));
    unit.filter(|unit| *unit < 0.1).unwrap_or_default()
}

/// The step in degrees of a grid on which all positions lie: of coordinates that were rounded, or
/// quantised as in TopoJSON. Of longitudes and latitudes the wider one; nothing where there is none.
pub(crate) fn step_deg(vertices: &[Coord]) -> Option<f64> {
    /// What numbers of degrees are exact to, and what of a step is no rounding of numbers.
    const EXACT_DEG: f64 = 1e-9;
    const OF_A_STEP: f64 = 1e-3;
    let step = |of: fn(&Coord) -> f64| {
        let mut all: Vec<f64> = vertices.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        let apart = || all.windows(2).map(|ends| ends[1] - ends[0]).filter(|it| *it > EXACT_DEG);
        let step = apart().fold(f64::INFINITY, f64::min);
        let is_whole = |apart: f64| {
            let steps = apart / step;
            (steps - steps.round()).abs() < OF_A_STEP
        };
        (step.is_finite() && apart().all(is_whole)).then_some(step)
    };
    // Of a few positions any may lie on a grid.
    (vertices.len() > 10).then(|| Some(step(|at| at.x)?.max(step(|at| at.y)?))).flatten()
}

/// The larger of the distances in longitude and latitude, in degrees.
fn apart(a: Coord, b: Coord) -> f64 {
    let across = (a.x - b.x).abs();
    across.min((360.0 - across).abs()).max((a.y - b.y).abs())
}

/// A table from cells to the last number entered for each. Cells are distinguished by half of their
/// hash: two cells with the same half share a number, which only costs a comparison.
struct Cells(Vec<(u32, u32)>);

impl Cells {
    fn with_room(for_cells: usize) -> Self {
        Self(vec![(0, 0); (2 * for_cells).next_power_of_two().max(2)])
    }

    /// The slot with the number of a cell, from 1; 0 if none has been entered.
    fn slot(&mut self, [x, y]: [i64; 2]) -> &mut u32 {
        let hash = (x as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
            ^ (y as u64).wrapping_mul(0xC2B2_AE3D_27D4_EB4F).rotate_left(31);
        let hash = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
        let half = hash as u32;
        let last = self.0.len() - 1;
        let mut slot = (hash >> 32) as usize & last;
        while self.0[slot].1 != 0 && self.0[slot].0 != half {
            slot = (slot + 1) & last;
        }
        self.0[slot].0 = half;
        &mut self.0[slot].1
    }
}

/// Whether a path turns back on itself anywhere, jumps back by a long edge to a place where it has
/// been, or continues after it closes.
pub(super) fn may_go_again(path: &[Coord], tolerance: Tolerance) -> bool {
    let Some((&first, rest)) = path.split_first() else { return false };
    let (mut before, mut last) = (first, first);
    let mut landings = vec![(path.len(), first)];
    for (i, at) in rest.iter().enumerate() {
        let apart = apart(last, *at);
        if apart <= tolerance.0 {
            continue;
        }
        if i > 0 && tolerance.is_one(before, *at) {
            return true;
        }
        if apart > JUMP * tolerance.1 {
            landings.push((i + 1, *at));
        }
        (before, last) = (last, *at);
    }
    // A piece may be walked again from any repeated place.
    let mut cells = Cells::with_room(4 * landings.len());
    for (number, (_, at)) in landings.iter().enumerate() {
        for cell in tolerance.cells(*at) {
            *cells.slot(cell) = number as u32 + 1;
        }
    }
    let begin = 1..path.len().saturating_sub(1);
    path[begin].iter().zip(1..).any(|(at, i)| {
        let landing = (*cells.slot(tolerance.cell(*at)) as usize).checked_sub(1);
        let landing = landing.map(|number| landings[number]);
        landing.is_some_and(|(landed, there)| i + 1 < landed && tolerance.is_one(there, *at))
    })
}

/// Whether any place is repeated, other than at the ends of longer parts. All exact repetitions are
/// found, and three in four of those within the tolerance; so of a piece of several edges, some
/// are.
pub(super) fn any_again(parts: &[Vec<Coord>], tolerance: Tolerance) -> bool {
    // Parts meet or close at their ends, so these are left out; short parts may have nothing else.
    let inner = |part: &Vec<Coord>| if part.len() > 3 { 1..part.len() - 1 } else { 0..part.len() };
    let all = parts.iter().map(Vec::len).sum();
    let mut cells = Cells::with_room(all);
    let mut before: Vec<Coord> = Vec::with_capacity(all);
    // Where two parts overlap by one edge, neither of its ends is inside of both, but its middle is.
    let middles = |part: &Vec<Coord>| match part[..] {
        [a, b, .., y, z] => [Some((a + b) / 2.0), Some((y + z) / 2.0)],
        _ => [None; 2],
    };
    let inside = |part| part[inner(part)].iter().copied();
    let asked = |part| middles(part).into_iter().flatten().chain(inside(part));
    for at in parts.iter().flat_map(asked) {
        let number = cells.slot(tolerance.cell(at));
        let again = (*number as usize).checked_sub(1);
        // Neighbours may be the same place: edges without length.
        let is_far = |there: &usize| there + 1 < before.len();
        if again.filter(is_far).is_some_and(|there| tolerance.is_one(before[there], at)) {
            return true;
        }
        before.push(at);
        *number = before.len() as u32;
    }
    false
}

/// The places of all vertices, and the position of each place. Parts with more vertices come first:
/// of two vertices at the same place, their position is kept.
pub(super) fn places(parts: &[Vec<Coord>], tolerance: Tolerance) -> (Vec<Vec<Vertex>>, Vec<Coord>) {
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(parts[*i].len()));
    let mut table = Table::new(parts.iter().map(Vec::len).sum(), tolerance);
    let mut placed = vec![Vec::new(); parts.len()];
    for i in order {
        let vertices = parts[i].iter().map(|at| Vertex { at: *at, place: table.place(*at) });
        placed[i] = vertices.collect();
    }
    (placed, table.positions)
}

/// The places so far; those of one cell form a chain.
struct Table {
    tolerance: Tolerance,
    cells: Cells,
    positions: Vec<Coord>,
    /// For each place the number, from 1, of the previous one in its cell; 0 if there is none.
    before: Vec<u32>,
}

impl Table {
    fn new(room: usize, tolerance: Tolerance) -> Self {
        let cells = Cells::with_room(room);
        Self { tolerance, cells, positions: Vec::with_capacity(room), before: Vec::new() }
    }

    /// The number of the nearest place within the tolerance of a position, or of a new place.
    fn place(&mut self, at: Coord) -> u32 {
        let mut nearest: Option<(f64, u32)> = None;
        for cell in self.tolerance.cells(at) {
            let mut number = *self.cells.slot(cell);
            while let Some(place) = number.checked_sub(1) {
                let apart = apart(self.positions[place as usize], at);
                if apart <= self.tolerance.0 && nearest.is_none_or(|(least, _)| apart < least) {
                    nearest = Some((apart, place));
                }
                number = self.before[place as usize];
            }
        }
        if let Some((_, place)) = nearest {
            return place;
        }
        self.positions.push(at);
        let number = self.cells.slot(self.tolerance.cell(at));
        self.before.push(std::mem::replace(number, self.positions.len() as u32));
        *number - 1
    }
}
