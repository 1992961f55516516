//! Whether a line is fit for a verdict on a length: one rule, in one place.
//!
//! A published length is that of the whole boundary, at a resolution of the measurement band.
//! A line that lacks a part of it, has a part twice, or is drawn more coarsely than the band has
//! another length for that reason alone. Findings on it are then undecided.

use crate::geodesy::earth::LEAST_DEGREE_M;
use geo::Coord;

use super::Dossier;
use super::detail::Detail;
use crate::line::{Extra, Line, simplify, step_deg};
use crate::quantity::Metres;

/// How fit a line is, seen along the dossier's own.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fitness {
    /// The parts of the dossier's line that it does not run along, from and to, in order.
    pub(crate) missing: Vec<[Metres; 2]>,
    /// The length of all gaps in it that were bridged.
    pub(crate) bridged: Metres,
    /// Pieces that are measured with it and are not the line, or may not be.
    pub(crate) more: Vec<More>,
    /// The uncertainty of all ends of its stretches together.
    pub(crate) ends: Metres,
    /// Why it is too coarse for the measurement band, if it is.
    pub(crate) coarse: Option<Coarse>,
    /// How far it lies off the dossier's line: the median of places along it.
    pub(crate) off: Metres,
    /// How it is drawn: it may be too short for its lack of detail, too long for its noise.
    pub(crate) detail: Detail,
}

/// A piece that is measured with a line and is not the line, or may not be: a piece that is there
/// twice, a spur, a loop, a stretch along which it runs again. Also a piece that was left out for
/// such a reason and may be the line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct More {
    /// From where to where on the dossier's line it is.
    pub(crate) extent: [Metres; 2],
    /// What it is, and where it runs.
    pub(crate) extra: Extra,
}

/// Why a line is too coarse for the measurement band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Coarse {
    /// Its accuracy, in metres, is worse than the most that is allowed.
    Accuracy {
        /// How far its points may be from their true places.
        within_m: f64,
        /// The largest value that is accurate enough.
        most_m: f64,
    },
    /// Its coordinates are rounded to steps that are wider than the band keeps.
    Rounded {
        /// The step.
        step_deg: f64,
        /// How far off that makes a point.
        off_m: f64,
    },
    /// It has too few vertices.
    Vertices(Vertices),
}

/// The vertices of a line, next to those of the dossier's line, as far as they run together; both
/// simplified.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Vertices {
    /// How many it has.
    pub(crate) count: usize,
    /// How many the dossier's line has.
    pub(crate) needed: usize,
    /// The resolution, in metres.
    pub(crate) at_m: f64,
}

/// A line whose points may be farther off than this number of times the coarse end of the band
/// does not have the bends that the band keeps.
const FARTHEST_OFF: f64 = 10.0;

/// The least share of the vertices that the dossier's line has at an end of the band.
const LEAST_VERTICES: f64 = 0.5;

/// At this number of places and its end a stretch is located on the dossier's line.
const LOOKED_AT: u32 = 64;

/// A stretch runs along the dossier's line if it goes this share of its own length along it...
const RUNS_ALONG: f64 = 0.5;

/// ...and most of it is no farther off than this share of that length. Without this, a border on
/// the other side of the Earth would also run along the line, because its nearest places are spread
/// over all of it.
const NEAR_ALONG: f64 = 0.05;

impl Fitness {
    /// That of the dossier's own line: all of it is there, but it may be too coarse like any other.
    pub(super) fn whole(dossier: &Dossier) -> Self {
        let coarse = dossier.band().and_then(|band| {
            too_far_off(dossier.line_facts.accuracy_m, band.coarse_m)
                .or_else(|| rounded(&dossier.line, band.coarse_m))
        });
        Self { coarse, ..Self::constructed() }
    }

    /// That of a line drawn from words: it is what they say, whole and without a bend to lack.
    pub(super) fn constructed() -> Self {
        Self {
            missing: Vec::new(),
            bridged: Metres::new(0.0),
            more: Vec::new(),
            ends: Metres::new(0.0),
            coarse: None,
            off: Metres::new(0.0),
            detail: Detail::none(),
        }
    }

    /// The fitness of another line, whose points are uncertain by two numbers of metres: within its own
    /// coordinate system, which is what its length depends on, and with the operation to WGS 84.
    pub(super) fn new(
        dossier: &Dossier,
        line: &Line,
        [within_m, accuracy_m]: [f64; 2],
        bridged: Metres,
    ) -> Self {
        let mut ranges: Vec<[Metres; 2]> =
            line.stretches().filter_map(|stretch| along(&dossier.line, stretch)).collect();
        ranges.sort_by(|a, b| a[0].value().total_cmp(&b[0].value()));
        let of_an_end_m = accuracy_m + dossier.line_facts.accuracy_m;
        let missing = between(&ranges, dossier.line.length(), of_an_end_m);
        let gone: Metres = missing.iter().map(|[from, to]| *to - *from).sum();
        let ends = Metres::new(of_an_end_m * 2.0 * ranges.len().max(1) as f64);
        let share = 1.0 - gone.value() / dossier.line.length().value();
        let coarse = dossier.band().and_then(|band| {
            let off = too_far_off(within_m, band.coarse_m);
            off.or_else(|| rounded(line, band.coarse_m)).or_else(|| {
                let vertices = Vertices::new(dossier, line, share, band.coarse_m);
                let too_few = (vertices.count as f64) < LEAST_VERTICES * vertices.needed as f64;
                too_few.then_some(Coarse::Vertices(vertices))
            })
        });
        // A line of straight edges has no bends to lack.
        let detail = dossier.band().map_or_else(Detail::none, |band| {
            Detail::new(dossier, line, [band.fine_m, band.coarse_m], of_an_end_m)
        });
        let off = Metres::new(median_off_m(dossier, line));
        Self { missing, bridged, more: Vec::new(), ends, coarse, off, detail }
    }

    /// The same for a line that these pieces make longer, or may make longer.
    pub(super) fn with_extras<'a>(
        mut self,
        dossier: &Dossier,
        extras: impl IntoIterator<Item = &'a Extra>,
    ) -> Self {
        let more = |extra: &Extra| {
            let extent = along(&dossier.line, &extra.path)?;
            Some(More { extent, extra: extra.clone() })
        };
        self.more = extras.into_iter().filter_map(more).collect();
        self
    }

    /// The pieces that are more than the line, between two places of the dossier's line.
    pub(crate) fn more_between(&self, from: Metres, to: Metres) -> impl Iterator<Item = &Extra> {
        // A piece without extent there, as a loop far from the dossier's line, is at one place.
        let inside = move |it: &&More| {
            let [begin, end] = it.extent;
            begin < to && from < end || begin == end && from <= begin && begin <= to
        };
        self.more.iter().filter(inside).map(|it| &it.extra)
    }

    /// Whether the line lacks the part of the dossier's line that is nearest to a place.
    #[must_use]
    pub(crate) fn lacks(&self, dossier: &Dossier, place: Coord) -> bool {
        if self.missing.is_empty() {
            return false;
        }
        let at = dossier.line.locate(place).chainage;
        self.missing.iter().any(|[from, to]| *from <= at && at <= *to)
    }

    /// Whether the line is drawn so coarsely next to a place that it is farther off than its accuracy
    /// says.
    #[must_use]
    pub(crate) fn is_off_at(&self, dossier: &Dossier, place: Coord) -> bool {
        !self.detail.is_empty() && self.detail.is_off_at(dossier.line.locate(place).chainage)
    }

    /// Whether there is more of the line, or may be, where it is nearest to a place.
    #[must_use]
    pub(crate) fn has_more_at(&self, dossier: &Dossier, place: Coord) -> bool {
        if self.more.is_empty() {
            return false;
        }
        let at = dossier.line.locate(place).chainage;
        self.more_between(at, at).next().is_some()
    }

    /// Whether nearly all of the dossier's line is missing: the rest is less than the uncertainty
    /// of the ends of a stretch, or less than a hundredth.
    pub(super) fn is_missing_all(&self, dossier: &Dossier) -> bool {
        let length = dossier.line.length();
        let there = length - self.missing_between(Metres::default(), length);
        there <= self.ends || there <= length * 0.01
    }

    /// How much is missing between two places of the dossier's line.
    #[must_use]
    pub(crate) fn missing_between(&self, from: Metres, to: Metres) -> Metres {
        let inside = self.missing.iter().map(|[begin, end]| {
            let low = begin.value().max(from.value());
            Metres::new((end.value().min(to.value()) - low).max(0.0))
        });
        inside.sum()
    }
}

/// Whether a part of a file runs along the dossier's line. A part that is off by more than the
/// uncertainty of both is another line, unless it runs along by half of its own length and most of
/// it is near enough for that length.
pub(super) fn belongs(dossier: &Dossier, part: &[Coord], accuracy_m: f64) -> bool {
    let Ok(line) = Line::new(part.to_vec()) else { return false };
    if is_elsewhere(dossier, &line, accuracy_m) {
        return false;
    }
    let most_m = 2.0 * (accuracy_m + dossier.line_facts.accuracy_m);
    let median_m = median_off_m(dossier, &line);
    let goes_m = along(&dossier.line, part).map_or(0.0, |[from, to]| (to - from).value());
    let runs_along = goes_m >= RUNS_ALONG * line.length().value();
    median_m <= most_m || (runs_along && median_m <= NEAR_ALONG * goes_m)
}

/// How far places along a line are off the dossier's line, the median.
fn median_off_m(dossier: &Dossier, line: &Line) -> f64 {
    let mut distances: Vec<f64> =
        places(line).map(|at| dossier.line.locate(at).distance.value()).collect();
    distances.sort_by(f64::total_cmp);
    distances.get(distances.len() / 2).copied().unwrap_or(f64::INFINITY)
}

/// Whether most of a line is too far away to belong. This uses longitudes and latitudes only,
/// because the nearest place of a line that is far away takes long to find.
fn is_elsewhere(dossier: &Dossier, line: &Line, accuracy_m: f64) -> bool {
    let own = dossier.line.vertices();
    let ends = |coordinate: fn(&Coord) -> f64| {
        own.iter()
            .map(coordinate)
            .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], at| [low.min(at), high.max(at)])
    };
    let ([west, east], [south, north]) = (ends(|at| at.x), ends(|at| at.y));
    let reach_m = (2.0 * (accuracy_m + dossier.line_facts.accuracy_m))
        .max(NEAR_ALONG * dossier.line.length().value());
    let reach_lat = reach_m / LEAST_DEGREE_M;
    let reach_lon = reach_lat / (north.abs().max(south.abs()) + reach_lat).to_radians().cos();
    let is_near = |at: &Coord| {
        let middle = f64::midpoint(west, east);
        let east_of_middle = (at.x - middle + 540.0).rem_euclid(360.0) - 180.0;
        (south - reach_lat..=north + reach_lat).contains(&at.y)
            && (reach_lon.is_nan()
                || reach_lon <= 0.0
                || east_of_middle.abs() <= 0.5 * (east - west) + reach_lon)
    };
    let near = places(line).filter(is_near).count();
    2 * near < LOOKED_AT as usize
}

fn places(line: &Line) -> impl Iterator<Item = Coord> + '_ {
    (0..=LOOKED_AT).map(|i| line.at(line.length() * (f64::from(i) / f64::from(LOOKED_AT))))
}

/// From where to where on the dossier's line a stretch runs.
pub(super) fn along(own: &Line, stretch: &[Coord]) -> Option<[Metres; 2]> {
    let line = Line::new(stretch.to_vec()).ok()?;
    let located = places(&line).map(|at| own.locate(at).chainage.value());
    let (low, high) = located
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), m| (low.min(m), high.max(m)));
    Some([low, high].map(Metres::new))
}

/// The gaps between ranges, up to `length`, that are longer than the uncertainty of their ends.
fn between(ranges: &[[Metres; 2]], length: Metres, of_an_end_m: f64) -> Vec<[Metres; 2]> {
    let mut reached = Metres::default();
    let mut missing = Vec::new();
    for [from, to] in ranges.iter().copied().chain([[length; 2]]) {
        if (from - reached).value() > 2.0 * of_an_end_m {
            missing.push([reached, from]);
        }
        if to > reached {
            reached = to;
        }
    }
    missing
}

/// Whether points of this accuracy are too far off for the coarse end of a band.
fn too_far_off(within_m: f64, coarse_m: f64) -> Option<Coarse> {
    let most_m = FARTHEST_OFF * coarse_m;
    (within_m > most_m).then_some(Coarse::Accuracy { within_m, most_m })
}

/// Whether rounding moves the points of a line by more than the band keeps.
fn rounded(line: &Line, coarse_m: f64) -> Option<Coarse> {
    /// A line of fewer vertices was drawn on a grid, not rounded to it.
    const ROUNDED: usize = 100;
    let step_deg = step_deg(line.vertices()).filter(|_| line.vertices().len() > ROUNDED)?;
    // Half of a diagonal of the grid.
    let off_m = step_deg * LEAST_DEGREE_M * std::f64::consts::FRAC_1_SQRT_2;
    (off_m > coarse_m).then_some(Coarse::Rounded { step_deg, off_m })
}

impl Vertices {
    /// Both lines are simplified: vertices that two drawings of one line have side by side are no
    /// detail. `share` is how much of the dossier's line the other one runs along.
    fn new(dossier: &Dossier, line: &Line, share: f64, at_m: f64) -> Self {
        let own = simplify(dossier.line.vertices(), at_m).len();
        let count = line.stretches().map(|stretch| simplify(stretch, at_m).len()).sum();
        Self { count, needed: (own as f64 * share) as usize, at_m }
    }
}
