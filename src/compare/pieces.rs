//! Lines in stretches cut into the pieces that are versions of one another, and the rest.
//!
//! A stretch is cut where it is nearest to the ends of those that run along it, by the rule by which
//! the ends of whole lines are joined ([`Joint`](super::Joint)). So a stretch of which the other
//! line lacks a piece is compared on both sides of the gap, and what it has over the gap is only its
//! own.

use crate::geodesy::earth::EQUATOR_DEGREE_M;
use geo::Coord;

use super::align::aligned;
use super::along::{Along, Span, Strand, along};
use super::related::DOUBTFUL;
use super::ring::{Version, joints, tails};
use super::stretches::{Matching, OnlyIn, Pair};
use super::track::Track;
use crate::line::{Line, SAME_PLACE_DEG};
use crate::quantity::Metres;

/// Two lines whose stretches run alike, and what of each runs along what of the other.
pub(super) struct Pieces {
    lines: [Line; 2],
    strands: [Strand; 2],
    /// What is compared with each other.
    along: Vec<Along>,
    /// Whether the new line has been turned as a whole.
    is_turned: bool,
    /// Which stretches of either have been turned by themselves.
    turned: [Vec<bool>; 2],
}

/// Vertices that are one place may be so far apart, in longitude and in latitude.
pub(super) const ONE_PLACE: Metres =
    Metres::new(SAME_PLACE_DEG * EQUATOR_DEGREE_M * std::f64::consts::SQRT_2);

/// Where floating point ends.
const ROUNDING_M: f64 = 1e-6;

impl Pieces {
    /// Finds them. A stretch may reach so far beyond another one as both lines are uncertain.
    pub(super) fn new(old: &Line, new: &Line, uncertainty: Metres) -> Self {
        let mut found = Self::whole([old.clone(), new.clone()], false);
        if found.runs_back() {
            found = Self::whole([old.clone(), new.reversed()], true);
        }
        let begun = found.rings_begun();
        found = found.changed(begun).turned_alike();
        let least = if ONE_PLACE < uncertainty { uncertainty } else { ONE_PLACE };
        for version in [0, 1] {
            found.divide(version, least);
        }
        found.in_order(least)
    }

    /// Lines as they are, and which of their stretches run along each other.
    fn whole(lines: [Line; 2], is_turned: bool) -> Self {
        let strands = lines.each_ref().map(Strand::new);
        // Two neighbouring stretches would match where half of each may be as far away as it is
        // large; so that only counts where nothing is nearer.
        let near = [DOUBTFUL, 1.0].map(|limit| along(&strands[0], &strands[1], limit));
        let along = near.into_iter().find(|found| !found.is_empty()).unwrap_or_default();
        Self { lines, strands, along, is_turned, turned: [Vec::new(), Vec::new()] }
    }

    /// The same with stretches that run otherwise, by version and number.
    fn changed(self, changed: Vec<([usize; 2], Line)>) -> Self {
        if changed.is_empty() {
            return self;
        }
        let mut paths = self.strands.each_ref().map(|strand| {
            let vertices = strand.stretches.iter().map(|each| each.line.vertices().to_vec());
            vertices.collect::<Vec<Vec<Coord>>>()
        });
        for ([version, number], line) in changed {
            paths[version][number] = line.vertices().to_vec();
        }
        match paths.map(Line::of_stretches) {
            [Ok(old), Ok(new)] => Self::whole([old, new], self.is_turned),
            _ => self,
        }
    }

    /// Whether most of the new line runs against the old one. A ring says nothing of it.
    fn runs_back(&self) -> bool {
        let open = self.along.iter().filter(|each| self.is_closed(each) == [false; 2]);
        let signed = open.map(|each| {
            let length_m = each.spans[1].length().value();
            if each.is_turned { length_m } else { -length_m }
        });
        signed.sum::<f64>() > 0.0
    }

    fn is_closed(&self, each: &Along) -> [bool; 2] {
        [0, 1].map(|version| self.strands[version].stretches[each.numbers[version]].is_closed)
    }

    /// Closed stretches begun, and turned, as their versions are.
    fn rings_begun(&self) -> Vec<([usize; 2], Line)> {
        let mut begun = Vec::new();
        for version in [0, 1] {
            let [own, other] = [&self.strands[version], &self.strands[1 - version]];
            let begins = own.begins(other);
            let closed = own.stretches.iter().enumerate().filter(|(_, stretch)| stretch.is_closed);
            for (number, stretch) in closed {
                let versions = self.along.iter().filter(|each| each.numbers[version] == number);
                let ring = { versions }.find(|each| self.is_closed(each) == [true; 2]);
                let line = match ring {
                    Some(_) if version == 0 => None,
                    Some(ring) => {
                        Some(aligned(&other.stretches[ring.numbers[0]].line, &stretch.line).new)
                    }
                    None => begins[number].and_then(|at| stretch.line.begun_at(at)),
                };
                begun.extend(line.map(|line| ([version, number], line)));
            }
        }
        begun
    }

    /// The same with stretches turned that run against their versions: of those that belong
    /// together, the first of the old line shows the way.
    fn turned_alike(self) -> Self {
        let mut turned = self.strands.each_ref().map(|strand| vec![None; strand.stretches.len()]);
        for first in &self.along {
            turned[0][first.numbers[0]].get_or_insert(false);
            let mut is_more = true;
            while is_more {
                is_more = false;
                for Along { numbers: [old, new], is_turned, .. } in &self.along {
                    match (turned[0][*old], turned[1][*new]) {
                        (Some(one), None) => turned[1][*new] = Some(one != *is_turned),
                        (None, Some(other)) => turned[0][*old] = Some(other != *is_turned),
                        _ => continue,
                    }
                    is_more = true;
                }
            }
        }
        let turned = turned.map(|each| each.into_iter().map(|is| is == Some(true)).collect());
        let reversed = |found: &Self, turned: &[Vec<bool>; 2]| {
            let turned_of = |version: usize| {
                let own = found.strands[version].stretches.iter().zip(&turned[version]).enumerate();
                let own = own.filter(|(_, (_, is_turned))| **is_turned);
                own.map(move |(i, (stretch, _))| ([version, i], stretch.line.reversed()))
            };
            turned_of(0).chain(turned_of(1)).collect::<Vec<_>>()
        };
        let changed = reversed(&self, &turned);
        let mut found = Self { turned, ..self.changed(changed) };
        // What turns back on itself has no order in which it could be compared.
        found.along.retain(|each| !each.is_turned);
        found
    }

    /// Divides each stretch of a line among those that run along it. What of it lies before, between
    /// and behind them is of none, if it is longer than a length.
    fn divide(&mut self, version: usize, least: Metres) {
        for (number, stretch) in self.strands[version].stretches.iter().enumerate() {
            let own = self.along.iter_mut().filter(|each| each.numbers[version] == number);
            let mut spans: Vec<&mut Span> = own.map(|each| &mut each.spans[version]).collect();
            let middle = |span: &Span| f64::midpoint(span.from.value(), span.to.value());
            spans.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
            let whole = stretch.whole();
            let mut before: Option<&mut Span> = None;
            for span in spans {
                match before.take() {
                    None if span.from > least => {}
                    None => span.from = whole.from,
                    Some(last) if span.from - last.to > least => {}
                    Some(last) => {
                        let between = (last.to + span.from) * 0.5;
                        (last.to, span.from) = (between, between);
                    }
                }
                before = Some(span);
            }
            if let Some(last) = before.filter(|last| whole.to - last.to <= least) {
                last.to = whole.to;
            }
        }
    }

    /// In the order of the old line, without what a piece has beyond the end of its version, if that
    /// is longer than a length; the same as bounds no land.
    fn in_order(mut self, least: Metres) -> Self {
        self.along.sort_by(|a, b| {
            let from = |each: &Along| each.spans[0].from.value();
            a.numbers[0].cmp(&b.numbers[0]).then(from(a).total_cmp(&from(b)))
        });
        let Self { strands, along, .. } = &mut self;
        along.retain_mut(|each| {
            let lines = [0, 1].map(|version| piece(&strands[version], each, version));
            let [Some(old), Some(new)] = lines else { return false };
            let joints = joints(&Track::new(&old), &Track::new(&new));
            for (version, of) in [Version::Old, Version::New].into_iter().enumerate() {
                let [before, after] = tails(&joints, of);
                let span = &mut each.spans[version];
                if before > least {
                    span.from = span.from + before;
                }
                if after > least {
                    span.to = span.to - after;
                }
            }
            true
        });
        self
    }

    /// What is compared, and what is only in one of the lines.
    pub(super) fn matching(self) -> Matching {
        let Self { lines, strands, along, is_turned, turned } = self;
        let pair = |each: &Along| {
            let lines = [0, 1].map(|version| piece(&strands[version], each, version));
            let from = [0, 1].map(|version| {
                let stretch = &strands[version].stretches[each.numbers[version]];
                stretch.from + each.spans[version].from
            });
            let [Some(old), Some(new)] = lines else { return None };
            let turned = [0, 1].map(|version| turned[version][each.numbers[version]]);
            Some(Pair { lines: [old, new], from, turned })
        };
        let pairs = along.iter().filter_map(pair).collect();
        let only = [Version::Old, Version::New].into_iter().enumerate().flat_map(|(i, of)| {
            let used = along.iter().map(move |each| (each.numbers[i], each.spans[i])).collect();
            rest(&strands[i], of, used)
        });
        Matching { pairs, only: only.collect(), lines, turned: is_turned, begun: None }
    }
}

/// A piece of a line that is compared, if it has a length.
fn piece(strand: &Strand, each: &Along, version: usize) -> Option<Line> {
    let (stretch, span) = (&strand.stretches[each.numbers[version]], each.spans[version]);
    if span == stretch.whole() {
        return Some(stretch.line.clone());
    }
    (span.length().value() > ROUNDING_M).then(|| stretch.line.cut(span.from, span.to).ok())?
}

/// What of a line is in no piece that is compared, by the stretches and the parts of them that are.
fn rest(strand: &Strand, version: Version, mut used: Vec<(usize, Span)>) -> Vec<OnlyIn> {
    used.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.from.value().total_cmp(&b.1.from.value())));
    let mut only = Vec::new();
    for (number, stretch) in strand.stretches.iter().enumerate() {
        let whole = stretch.whole();
        let own = used.iter().filter(|(other, _)| *other == number).map(|(_, span)| *span);
        let mut at = whole.from;
        for span in own.chain([Span { from: whole.to, to: whole.to }]) {
            if (span.from - at).value() > ROUNDING_M
                && let Ok(piece) = stretch.line.cut(at, span.from)
            {
                only.push(OnlyIn::new(version, stretch.from + at, &piece));
            }
            at = span.to;
        }
    }
    only
}
