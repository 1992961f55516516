//! Which stretches of two lines run along each other, and from where to where.

use geo::Coord;

use super::related::{across, middle};
use super::ring::MUCH_SHORTER;
use super::track::Track;
use crate::line::Line;
use crate::quantity::Metres;

/// A line with its stretches, made ready to find which of them is nearest to a place.
pub(super) struct Strand {
    pub(super) stretches: Vec<Stretch>,
    /// All stretches together.
    whole: Track,
}

/// One stretch of a line.
pub(super) struct Stretch {
    pub(super) line: Line,
    track: Track,
    /// Where it begins, as a distance along the whole line.
    pub(super) from: Metres,
    pub(super) is_closed: bool,
}

/// From where to where, along a stretch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    pub(super) from: Metres,
    pub(super) to: Metres,
}

/// A stretch of the old line and one of the new line that run along each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Along {
    /// Their numbers in the old line and in the new one.
    pub(super) numbers: [usize; 2],
    /// On either, the part along which the other runs.
    pub(super) spans: [Span; 2],
    /// Whether the new one runs the other way.
    pub(super) is_turned: bool,
    /// How far half of one is from the other; of rings, half of each.
    apart: Metres,
}

/// At this number of places of a part, and its end, the nearest stretch is looked for.
const LOOKED_AT: u32 = 32;

/// A part shorter than this share of the shorter stretch is where two stretches meet or cross.
const LEAST_SHARE: f64 = 0.05;

/// Places on a closed stretch as near to its start as this are its start.
const AT_START_M: f64 = 1e-3;

impl Strand {
    /// That of a line.
    pub(super) fn new(line: &Line) -> Self {
        let mut from = Metres::default();
        let stretch = |vertices: &[Coord]| {
            let line = Line::new(vertices.to_vec()).ok()?;
            let (begin, length) = (from, line.length());
            from = from + length;
            let (track, is_closed) = (Track::new(&line), line.is_closed());
            Some(Stretch { line, track, from: begin, is_closed })
        };
        let stretches = line.stretches().filter_map(stretch).collect();
        Self { stretches, whole: Track::new(line) }
    }

    /// For places of a part of a stretch of the other line: the nearest stretch and its distance.
    fn nearest(&self, other: &Stretch, span: Span) -> Vec<(usize, Metres)> {
        let (line, breaks) = (self.whole.line(), self.whole.line().breaks());
        let found = |at: Coord| {
            let near = self.whole.nearest_to(&line.frame().place(at), 0);
            (breaks.partition_point(|last| *last < near.edge), Metres::new(near.distance_m))
        };
        other.places(span).map(found).collect()
    }
}

impl Strand {
    /// Where each closed stretch is to be begun so that no open one of another line that runs
    /// along it passes its start: nearest to the start of the longest of these.
    pub(super) fn begins(&self, other: &Self) -> Vec<Option<Metres>> {
        let mut longest: Vec<Option<&Stretch>> = vec![None; self.stretches.len()];
        for open in other.stretches.iter().filter(|stretch| !stretch.is_closed) {
            let nearest: Vec<usize> =
                self.nearest(open, open.whole()).into_iter().map(|(number, _)| number).collect();
            let most = nearest.iter().max_by_key(|it| nearest.iter().filter(|i| i == it).count());
            let Some(found) = most.and_then(|number| longest.get_mut(*number)) else { continue };
            if found.is_none_or(|longest| longest.line.length() < open.line.length()) {
                *found = Some(open);
            }
        }
        let begin = |(closed, along): (&Stretch, Option<&Stretch>)| {
            let at = closed.track.nearest(along?.line.start()).spot.chainage;
            let rest = closed.line.length() - at;
            let is_elsewhere = at.value() >= AT_START_M && rest.value() >= AT_START_M;
            (closed.is_closed && is_elsewhere).then_some(at)
        };
        self.stretches.iter().zip(longest).map(begin).collect()
    }
}

impl Stretch {
    pub(super) fn whole(&self) -> Span {
        Span { from: Metres::default(), to: self.line.length() }
    }

    /// Places of a part, evenly, the last one its end.
    fn places(&self, span: Span) -> impl Iterator<Item = Coord> + '_ {
        let share = |i: u32| f64::from(i) / f64::from(LOOKED_AT);
        (0..=LOOKED_AT).map(move |i| self.line.at(span.from + span.length() * share(i)))
    }

    /// Its start or its end.
    fn end(&self, at_end: bool) -> (Metres, Coord) {
        if at_end {
            (self.line.length(), self.line.end())
        } else {
            (Metres::default(), self.line.start())
        }
    }

    /// The place nearest to a point. The start of a closed stretch is its end, too.
    fn nearest(&self, at: Coord, at_end: bool) -> (Metres, Metres) {
        let (length, near) = (self.line.length(), self.track.nearest(at));
        let chainage = near.spot.chainage;
        let is_start = chainage.value().min((length - chainage).value()) < AT_START_M;
        let chainage = if self.is_closed && is_start { self.end(at_end).0 } else { chainage };
        (chainage, near.distance)
    }
}

/// How two stretches are joined at an end of each.
struct Meeting {
    /// Where on either.
    at: [Metres; 2],
    distance: Metres,
}

impl Meeting {
    /// From end to end, or, if that is much shorter, from the end of one to the nearest place of
    /// the other, which then goes on beyond it. Of a closed and an open one only that one does.
    fn new(one: &Stretch, other: &Stretch, ends: [bool; 2]) -> Self {
        let ((from, a), (to, b)) = (one.end(ends[0]), other.end(ends[1]));
        let direct = one.line.geodesic().distance(a, b);
        let mut best = Self { at: [from, to], distance: direct };
        let mut take = |at: [Metres; 2], distance: Metres| {
            if distance < best.distance && distance < direct * MUCH_SHORTER {
                best = Self { at, distance };
            }
        };
        if !one.is_closed || other.is_closed {
            let (at, distance) = other.nearest(a, ends[1]);
            take([from, at], distance);
        }
        if !other.is_closed || one.is_closed {
            let (at, distance) = one.nearest(b, ends[0]);
            take([at, to], distance);
        }
        best
    }
}

/// Which parts of two stretches may run along each other, where both run the same way and where
/// the other one is turned.
fn spans(one: &Stretch, other: &Stretch) -> Vec<([Span; 2], bool)> {
    if one.is_closed && other.is_closed {
        return vec![([one.whole(), other.whole()], false)];
    }
    let way = |is_turned: bool| {
        let [start, end] =
            [false, true].map(|end| Meeting::new(one, other, [end, end != is_turned]));
        let on = |version: usize, [from, to]: [&Meeting; 2]| Span {
            from: from.at[version],
            to: to.at[version],
        };
        let on_other = if is_turned { [&end, &start] } else { [&start, &end] };
        let spans = [on(0, [&start, &end]), on(1, on_other)];
        // Of a closed one there are two parts between two places of it.
        let is_there = |all: &Stretch, span: Span, other: &Stretch, on_other: Span| {
            let middle = other.line.at((on_other.from + on_other.to) * 0.5);
            let at = all.nearest(middle, false).0;
            !all.is_closed || span.from < at && at < span.to
        };
        let is_one = spans.iter().all(|span| span.from < span.to)
            && is_there(one, spans[0], other, spans[1])
            && is_there(other, spans[1], one, spans[0]);
        is_one.then_some((spans, is_turned))
    };
    [way(true), way(false)].into_iter().flatten().collect()
}

impl Span {
    pub(super) fn length(self) -> Metres {
        self.to - self.from
    }
}

/// The stretches that run along each other, the old ones in order; half of one no farther from
/// the other than this share of how far the smaller one reaches. Of closed ones with closed ones
/// each has one version, the nearest.
pub(super) fn along(old: &Strand, new: &Strand, limit: f64) -> Vec<Along> {
    let near = neighbours(old, new);
    let (rings, others): (Vec<_>, Vec<_>) = near.into_iter().partition(|numbers| {
        let [one, other] = stretches(old, new, *numbers);
        one.is_closed && other.is_closed
    });
    // A ring has no neighbour that it goes over into: it may have moved by as much as it is large.
    let rings: Vec<Along> =
        rings.into_iter().filter_map(|numbers| one(old, new, numbers, 1.0)).collect();
    let mut found = nearest_of(rings);
    let is_taken = |numbers: [usize; 2]| {
        let [one, other] = stretches(old, new, numbers);
        found.iter().any(|ring| {
            one.is_closed && ring.numbers[0] == numbers[0]
                || other.is_closed && ring.numbers[1] == numbers[1]
        })
    };
    let others = others.into_iter().filter(|numbers| !is_taken(*numbers));
    let others: Vec<Along> = others.filter_map(|numbers| one(old, new, numbers, limit)).collect();
    found.extend(others);
    found.sort_by_key(|each| each.numbers);
    found
}

fn stretches<'a>(old: &'a Strand, new: &'a Strand, numbers: [usize; 2]) -> [&'a Stretch; 2] {
    [&old.stretches[numbers[0]], &new.stretches[numbers[1]]]
}

/// Those of which some place of one is nearer to the other than to any other stretch.
fn neighbours(old: &Strand, new: &Strand) -> Vec<[usize; 2]> {
    let nearest = |from: &Strand, to: &Strand| -> Vec<[usize; 2]> {
        let each = from.stretches.iter().enumerate();
        let hits = each.flat_map(|(i, stretch)| {
            let others = to.nearest(stretch, stretch.whole()).into_iter();
            others.map(move |(other, _)| [i, other])
        });
        hits.collect()
    };
    let back = nearest(new, old).into_iter().map(|[new, old]| [old, new]);
    let mut all: Vec<[usize; 2]> = nearest(old, new).into_iter().chain(back).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Of those that share a stretch, the nearest.
fn nearest_of(mut all: Vec<Along>) -> Vec<Along> {
    all.sort_by(|a, b| a.apart.value().total_cmp(&b.apart.value()));
    let mut kept: Vec<Along> = Vec::new();
    for each in all {
        if kept
            .iter()
            .all(|one| one.numbers[0] != each.numbers[0] && one.numbers[1] != each.numbers[1])
        {
            kept.push(each);
        }
    }
    kept
}

/// Whether two stretches run along each other, and where: of both ways the longer.
fn one(old: &Strand, new: &Strand, numbers: [usize; 2], limit: f64) -> Option<Along> {
    let [a, b] = stretches(old, new, numbers);
    let shorter = a.line.length().value().min(b.line.length().value());
    let least = |spans: &[Span; 2]| spans[0].length().value().min(spans[1].length().value());
    let ways = spans(a, b).into_iter().filter(|(spans, _)| least(spans) > LEAST_SHARE * shorter);
    let near = ways.filter_map(|(spans, is_turned)| {
        let apart = apart(old, new, numbers, spans)?;
        let across = [across(a.places(spans[0])), across(b.places(spans[1]))];
        let most_m = limit * across[0].value().min(across[1].value());
        (apart.value() <= most_m).then_some(Along { numbers, spans, is_turned, apart })
    });
    near.max_by(|a, b| least(&a.spans).total_cmp(&least(&b.spans)))
}

/// How far half of each of two parts is from the other stretch: of both the smaller, of rings the
/// larger. `None` where most of a part is nearer to other stretches; a ring that moved may be.
fn apart(old: &Strand, new: &Strand, numbers: [usize; 2], spans: [Span; 2]) -> Option<Metres> {
    let [a, b] = stretches(old, new, numbers);
    let are_rings = a.is_closed && b.is_closed;
    let far = |all: &Strand, from: &Stretch, span: Span, to: usize| {
        let found = all.nearest(from, span);
        let is_own = 2 * found.iter().filter(|(i, _)| *i == to).count() > found.len();
        let to = &all.stretches[to].track;
        (is_own || are_rings)
            .then(|| middle(from.places(span).map(|at| to.nearest(at).distance).collect()))
    };
    let (there, back) = (far(new, a, spans[0], numbers[1])?, far(old, b, spans[1], numbers[0])?);
    // A bay takes one of two parts far from the other; a ring corresponds as a whole.
    Some(if are_rings == (there < back) { back } else { there })
}
