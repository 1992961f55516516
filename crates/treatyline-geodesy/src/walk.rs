//! Walking a path: in which blocks, with which instructions, on how many cores, and
//! in which order the edges are added up.
//!
//! The order is fixed by the path alone. Edges go in blocks through one function that
//! the compiler has turned into vector code for each instruction set; many sums run
//! side by side; chunks of a fixed size are summed apart and put together from the
//! first to the last. So the result is the same, to the last bit, for
//! any vector width and any number of threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::Builder;

#[cfg(feature = "vector")]
use pulp::Arch;

use super::position::{Position, PositionFault, check_position, is_position};
use super::sum::{CompensatedSum, LANES, SumInLanes};

/// What a short edge adds to a path's total.
pub(super) trait Near {
    /// The edge that goes `east` degrees from one latitude to another; NaN where it is
    /// too long for this. Must be inlined: it becomes vector code.
    fn near(&self, lat1: f64, lat2: f64, east: f64) -> f64;
}

/// What any edge adds to a path's total.
pub(super) trait Edges: Near + Sync {
    /// What does the same, for less, on a block of edges between two close latitudes.
    type Local: Near;

    /// `None` where the latitudes are too far apart.
    fn local(&self, low: f64, high: f64) -> Option<Self::Local>;

    /// Any edge between two sound positions (longitude, latitude), slowly; and how often it goes
    /// round the axis more, eastwards, than the difference of its longitudes says.
    fn beyond(&self, from: [f64; 2], to: [f64; 2]) -> (f64, i32);
}

/// Edges of which none counts as short: each is measured by a function.
pub(super) struct Slow<F>(pub F);

impl<F> Near for Slow<F> {
    #[inline(always)]
    fn near(&self, _lat1: f64, _lat2: f64, _east: f64) -> f64 {
        f64::NAN
    }
}

impl<F: Fn([f64; 2], [f64; 2]) -> (f64, i32) + Sync> Edges for Slow<F> {
    type Local = Self;

    fn local(&self, _low: f64, _high: f64) -> Option<Self> {
        None
    }

    fn beyond(&self, from: [f64; 2], to: [f64; 2]) -> (f64, i32) {
        (self.0)(from, to)
    }
}

/// What the edges of a path add up to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Total {
    pub sum: CompensatedSum,
    /// How often the path goes round the axis eastwards, if it is closed.
    pub turns: i32,
}

/// How far east one longitude is of another, in (−180, 180]; and how many turns that
/// is more than their difference. Both are exact where the difference is small.
pub(super) fn eastward(from_lon: f64, to_lon: f64) -> (f64, i32) {
    let east = to_lon - from_lon;
    if east > 180.0 {
        (-((180.0 - to_lon) + (180.0 + from_lon)), -1)
    } else if east <= -180.0 {
        ((180.0 - from_lon) + (180.0 + to_lon), 1)
    } else {
        (east, 0)
    }
}

/// Edges per block: coordinates and results fit into the first-level cache.
const BLOCK: usize = 512;

/// Edges per block of a short path: a larger block would only cost time to set up.
const SHORT_BLOCK: usize = LANES;

/// Edges per block of the shortest paths. Most islands and lakes have no more.
const SHORTEST_BLOCK: usize = 16;

/// Blocks are filled up to a multiple of this number of edges, the widest vector: then no edge is
/// left over that would be measured by itself.
const WIDEST: usize = 8;

/// In a block of fewer edges, preparing [`Edges::Local`] costs more than it saves.
const WORTH_A_LOCAL: usize = 96;

/// Edges per chunk: the unit that is given to a thread.
const CHUNK: usize = 8192;

/// Fewer edges than this are measured before a second thread has started.
const WORTH_A_THREAD: usize = 8 * CHUNK;

/// The instructions a path is walked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Instructions {
    /// The best this machine has.
    #[default]
    Best,
    /// Those every machine of this architecture has.
    Plain,
    /// AVX2 where there is AVX2, otherwise plain.
    Avx2,
}

/// How a path is walked. It changes the speed, never the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Means {
    /// With which instructions.
    pub(super) instructions: Instructions,
    /// On how many threads at most; only long paths get more than one.
    pub(super) threads: usize,
}

impl Default for Means {
    /// Everything the machine offers.
    fn default() -> Self {
        Self { instructions: Instructions::Best, threads: threads() }
    }
}

/// The most threads a program wants; 0 where it has not said so.
static MOST_THREADS: AtomicUsize = AtomicUsize::new(0);

/// Sets how many threads are started at most where a caller does not say so, in the whole process.
/// For programs, which call it once, before anything is measured.
pub fn limit_threads(threads: usize) {
    MOST_THREADS.store(threads, Ordering::Relaxed);
}

/// How many threads are started at most where a caller does not say so: as many as the machine has,
/// unless the program wants fewer.
#[must_use]
pub fn threads() -> usize {
    match MOST_THREADS.load(Ordering::Relaxed) {
        // Where threads cannot be counted (WebAssembly) they cannot be started either.
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        most => most,
    }
}

/// The total over all edges of a path.
pub(super) fn total(
    edges: &impl Edges,
    path: &[impl Position],
    means: Means,
) -> Result<Total, PositionFault> {
    let count = path.len().saturating_sub(1);
    if count <= CHUNK {
        return chunk_total(edges, path, means.instructions);
    }
    let chunks = count.div_ceil(CHUNK);
    let chunk = |i: usize| &path[i * CHUNK..path.len().min((i + 1) * CHUNK + 1)];
    let mut parts = vec![Ok(Total::default()); chunks];
    let sum_up = |parts: &mut [Result<Total, PositionFault>], first: usize| {
        for (i, part) in parts.iter_mut().enumerate() {
            *part = chunk_total(edges, chunk(first + i), means.instructions);
        }
    };
    let threads = means.threads.min(count.div_ceil(WORTH_A_THREAD));
    if threads < 2 {
        sum_up(&mut parts, 0);
    } else {
        let share = chunks.div_ceil(threads);
        let refused: Vec<usize> = std::thread::scope(|scope| {
            let shares = parts.chunks_mut(share).enumerate();
            let start = |(i, parts)| {
                let started = Builder::new().spawn_scoped(scope, move || sum_up(parts, i * share));
                started.is_err().then_some(i)
            };
            shares.filter_map(start).collect()
        });
        // If no thread can be started, this one does the work.
        for i in refused {
            let end = chunks.min((i + 1) * share);
            sum_up(&mut parts[i * share..end], i * share);
        }
    }
    let mut whole = Total::default();
    for part in parts {
        let part = part?;
        whole.sum.merge(part.sum);
        whole.turns += part.turns;
    }
    Ok(whole)
}

/// One edge by itself.
pub(super) fn one(
    edges: &impl Edges,
    from: impl Position,
    to: impl Position,
) -> Result<f64, PositionFault> {
    check_position(from)?;
    check_position(to)?;
    let (from, to) = (pair(from), pair(to));
    let near = edges.near(from[1], to[1], to[0] - from[0]);
    Ok(if near.is_nan() { edges.beyond(from, to).0 } else { near })
}

#[inline(always)]
fn pair(position: impl Position) -> [f64; 2] {
    [position.lon_deg(), position.lat_deg()]
}

/// What each edge of a path adds, edge by edge.
pub(super) fn each(edges: &impl Edges, path: &[impl Position]) -> Result<Vec<f64>, PositionFault> {
    let mut all = Vec::with_capacity(path.len().saturating_sub(1));
    dispatched(Instructions::Best, || {
        blocks::<BLOCK, { BLOCK + 1 }>(edges, path, |values| all.extend_from_slice(values))
    })?;
    Ok(all)
}

fn chunk_total(
    edges: &impl Edges,
    path: &[impl Position],
    instructions: Instructions,
) -> Result<Total, PositionFault> {
    let edge_count = path.len().saturating_sub(1);
    dispatched(
        instructions,
        #[inline(always)]
        || {
            // Each edge of a short path has a lane of its own: together they are one sum.
            if edge_count <= SHORTEST_BLOCK {
                return in_one_block::<SHORTEST_BLOCK, { SHORTEST_BLOCK + 1 }>(edges, path);
            }
            if edge_count <= SHORT_BLOCK {
                return in_one_block::<SHORT_BLOCK, { SHORT_BLOCK + 1 }>(edges, path);
            }
            let mut sum = SumInLanes::new();
            let turns = blocks::<BLOCK, { BLOCK + 1 }>(
                edges,
                path,
                #[inline(always)]
                |values| sum.add(values),
            )?;
            Ok(Total { sum: sum.together(), turns })
        },
    )
}

/// The total of a path that is one block.
#[inline(always)]
fn in_one_block<const EDGES: usize, const VERTICES: usize>(
    edges: &impl Edges,
    path: &[impl Position],
) -> Result<Total, PositionFault> {
    let mut sum = CompensatedSum::default();
    let turns = blocks::<EDGES, VERTICES>(
        edges,
        path,
        #[inline(always)]
        |values| sum.extend(values.iter().copied()),
    )?;
    Ok(Total { sum, turns })
}

/// Runs a closure compiled for an instruction set; all that it inlines becomes
/// vector code of that set.
#[cfg(feature = "vector")]
#[inline(always)]
fn dispatched<R>(instructions: Instructions, work: impl FnOnce() -> R) -> R {
    match instructions {
        Instructions::Best => Arch::new().dispatch(work),
        Instructions::Plain => Arch::Scalar.dispatch(work),
        #[cfg(target_arch = "x86_64")]
        Instructions::Avx2 => match pulp::x86::V3::try_new() {
            Some(avx2) => Arch::V3(avx2).dispatch(work),
            None => Arch::Scalar.dispatch(work),
        },
        #[cfg(not(target_arch = "x86_64"))]
        Instructions::Avx2 => Arch::Scalar.dispatch(work),
    }
}

/// Without the feature `vector` there is one set of instructions.
#[cfg(not(feature = "vector"))]
#[inline(always)]
fn dispatched<R>(_: Instructions, work: impl FnOnce() -> R) -> R {
    work()
}

/// Hands the values of a path's edges over, in blocks of `EDGES` edges and `VERTICES` vertices
/// (one more than edges). Returns how many turns around the Earth that makes.
#[inline(always)]
fn blocks<const EDGES: usize, const VERTICES: usize>(
    edges: &impl Edges,
    path: &[impl Position],
    mut take: impl FnMut(&[f64]),
) -> Result<i32, PositionFault> {
    if let [only] = path {
        check_position(*only)?;
    }
    let mut turns = 0;
    let mut values = [0.0; EDGES];
    let (mut lat, mut lon) = ([0.0; VERTICES], [0.0; VERTICES]);
    let mut first = 0;
    while first + 1 < path.len() {
        let count = EDGES.min(path.len() - 1 - first);
        let here = &path[first..=first + count];
        let filled = count.next_multiple_of(WIDEST).min(EDGES);
        let (lat, lon) = (&mut lat[..=filled], &mut lon[..=filled]);
        turns += block(edges, here, lat, lon, &mut values[..filled])?;
        take(&values[..count]);
        first += count;
    }
    Ok(turns)
}

/// The values of the edges of one block, and of edges without length up to the end of `values`.
#[inline(always)]
fn block(
    edges: &impl Edges,
    path: &[impl Position],
    lat: &mut [f64],
    lon: &mut [f64],
    values: &mut [f64],
) -> Result<i32, PositionFault> {
    // Counted in words as wide as the coordinates: that gives the fastest vector code.
    let mut unsound = 0_u64;
    for ((lat, lon), position) in lat.iter_mut().zip(lon.iter_mut()).zip(path) {
        (*lat, *lon) = (position.lat_deg(), position.lon_deg());
        unsound += u64::from(!is_position(*position));
    }
    if unsound > 0 {
        path.iter().try_for_each(|position| check_position(*position))?;
    }
    if let Some(last) = path.last().map(|last| pair(*last)) {
        lon[path.len()..].fill(last[0]);
        lat[path.len()..].fill(last[1]);
    }
    let local = if path.len() <= WORTH_A_LOCAL {
        None
    } else {
        let (low, high) = range(lat);
        edges.local(low, high)
    };
    let far = match &local {
        Some(local) => run(local, lat, lon, values),
        None => run(edges, lat, lon, values),
    };
    let mut turns = 0;
    if far > 0 {
        for (value, ends) in values.iter_mut().zip(path.windows(2)) {
            let (from, to) = (pair(ends[0]), pair(ends[1]));
            if value.is_nan() && local.is_some() {
                *value = edges.near(from[1], to[1], to[0] - from[0]);
            }
            if value.is_nan() {
                let (slowly, more) = edges.beyond(from, to);
                *value = slowly;
                turns += more;
            }
        }
    }
    Ok(turns)
}

/// The loop that becomes vector code. How many edges were too long.
#[inline(always)]
fn run(edges: &impl Near, lat: &[f64], lon: &[f64], values: &mut [f64]) -> u64 {
    let mut far = 0;
    // The compiler must see that all is of one length, and that no edge is left over.
    let values = values.as_chunks_mut::<WIDEST>().0.as_flattened_mut();
    let count = values.len();
    let starts = lat[..count].iter().zip(&lon[..count]);
    let ends = lat[1..=count].iter().zip(&lon[1..=count]);
    for ((value, (lat1, lon1)), (lat2, lon2)) in values.iter_mut().zip(starts).zip(ends) {
        *value = edges.near(*lat1, *lat2, lon2 - lon1);
        far += u64::from(value.is_nan());
    }
    far
}

/// The least and the greatest of some numbers, none of them NaN.
#[inline(always)]
fn range(numbers: &[f64]) -> (f64, f64) {
    // Many at a time: in one chain each comparison would wait for the one before.
    let first = numbers.first().copied().unwrap_or(0.0);
    let (mut low, mut high) = ([first; LANES / 2], [first; LANES / 2]);
    for run in numbers.chunks(LANES / 2) {
        for ((low, high), number) in low.iter_mut().zip(&mut high).zip(run) {
            *low = if *number < *low { *number } else { *low };
            *high = if *number > *high { *number } else { *high };
        }
    }
    let (mut least, mut greatest) = (first, first);
    for (low, high) in low.into_iter().zip(high) {
        least = if low < least { low } else { least };
        greatest = if high > greatest { high } else { greatest };
    }
    (least, greatest)
}
