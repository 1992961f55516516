//! Runs: stretches of a line that follow one river.

use std::collections::BTreeMap;

use super::Settings;
use super::follows::{Stretch, is_between, is_in};
use super::rivers::{Near, Rivers};
use super::stations::Station;
use crate::quantity::Metres;

/// A stretch of a line that follows a river.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Run {
    /// Where it begins, along the line.
    pub from: Metres,
    /// Where it ends.
    pub to: Metres,
    /// How much of it is within the distance; the rest are gaps.
    pub(crate) near: Metres,
    /// The name that most of it has; none where the map gives none.
    pub name: Option<String>,
}

impl Run {
    /// From its beginning to its end.
    #[must_use]
    pub fn length(&self) -> Metres {
        self.to - self.from
    }
}

/// The runs that chance gives: those of copies of the line that were moved aside, by the same
/// distance, gaps, share and shortest length.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[non_exhaustive]
pub(crate) struct RunsByChance {
    /// The length of all runs of a copy, the mean over all copies.
    pub(crate) mean: Metres,
    /// The same of the copy that has the most.
    pub(crate) max: Metres,
    /// The length of them within the distance, the mean over all copies.
    pub(crate) near_mean: Metres,
    /// The longest run of any copy.
    pub(crate) longest: Metres,
}

impl RunsByChance {
    pub(super) fn from_copies(copies: &[Sums]) -> Self {
        let count = copies.len().max(1) as f64;
        let mean =
            |length: fn(&Sums) -> Metres| copies.iter().map(length).sum::<Metres>() * count.recip();
        let most = |length: fn(&Sums) -> Metres| {
            Metres::new(copies.iter().map(|it| length(it).value()).fold(0.0, f64::max))
        };
        Self {
            mean: mean(|it| it.length),
            max: most(|it| it.length),
            near_mean: mean(|it| it.near),
            longest: most(|it| it.longest),
        }
    }
}

/// Pieces of the line that follow one another meet to within rounding.
const ROUNDING: Metres = Metres::new(1e-6);

/// Gathers stations near a river into runs, each with the name that most of it has.
pub(super) fn runs(
    rivers: &Rivers,
    stations: &[Station],
    near: &[Option<Near>],
    straight: &[Stretch],
    settings: &Settings,
) -> Vec<Run> {
    let mut gathering = Gathering::new(straight, settings);
    let following = || {
        let both = stations.iter().zip(near);
        both.filter_map(|(station, near)| Some((station, near.as_ref()?)))
            .filter(|(station, near)| gathers(station, near.distance_m, straight, settings))
    };
    following().for_each(|(station, _)| gathering.take(station.piece()));
    let mut rest = following().peekable();
    let named = |it: Found| {
        let mut of_rivers: BTreeMap<u32, Metres> = BTreeMap::new();
        while let Some((station, near)) = rest.next_if(|(station, _)| station.chainage < it.to) {
            if station.chainage >= it.from {
                let of_river = of_rivers.entry(near.river).or_default();
                *of_river = *of_river + station.share;
            }
        }
        let name = name(rivers, &of_rivers);
        Run { from: it.from, to: it.to, near: it.near, name }
    };
    gathering.end().into_iter().map(named).collect()
}

/// The name that most of a run has.
fn name(rivers: &Rivers, of_rivers: &BTreeMap<u32, Metres>) -> Option<String> {
    let mut names: BTreeMap<&str, Metres> = BTreeMap::new();
    for (river, length) in of_rivers {
        if let Some(name) = rivers.name(*river) {
            let of_name = names.entry(name).or_default();
            *of_name = *of_name + *length;
        }
    }
    let most = names.into_iter().max_by(|a, b| a.1.value().total_cmp(&b.1.value()));
    most.map(|(name, _)| name.to_owned())
}

/// Whether a station at this distance from a river can be part of a run. Stations on a long
/// straight edge cannot: a river is not straight.
fn gathers(station: &Station, distance_m: f64, straight: &[Stretch], settings: &Settings) -> bool {
    distance_m <= settings.within.value() && !is_in(straight, station.chainage)
}

/// A run without a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    from: Metres,
    to: Metres,
    near: Metres,
}

impl Found {
    fn length(&self) -> Metres {
        self.to - self.from
    }
}

/// A stretch all of which is near a river.
#[derive(Debug, Clone, Copy)]
struct Piece {
    from: Metres,
    to: Metres,
}

/// The totals of the runs of a line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    length: Metres,
    near: Metres,
    longest: Metres,
}

/// Gathers what is near a river, piece by piece along the line, into runs.
///
/// A run continues over a gap up to that of the settings, but not over a long straight edge. If too
/// small a share of a run is near, it is divided with half of that gap, and so on. It ends as runs
/// that have the share, and pieces too short to be one. So a few places near a river do not make a
/// run of the line between them.
pub(super) struct Gathering<'a> {
    straight: &'a [Stretch],
    settings: &'a Settings,
    /// The pieces of a run that may still grow.
    open: Vec<Piece>,
    found: Vec<Found>,
}

impl<'a> Gathering<'a> {
    pub(super) const fn new(straight: &'a [Stretch], settings: &'a Settings) -> Self {
        Self { straight, settings, open: Vec::new(), found: Vec::new() }
    }

    /// The piece of a station at a distance from a river, if it can be part of a run.
    pub(super) fn look(&mut self, station: &Station, distance_m: f64) {
        if gathers(station, distance_m, self.straight, self.settings) {
            self.take(station.piece());
        }
    }

    fn take(&mut self, [from, to]: [Metres; 2]) {
        let straight = self.straight;
        let last = self.open.last_mut().filter(|last| !is_between(straight, last.to, from));
        let gap = last.as_ref().map(|last| from - last.to);
        match last {
            Some(last) if from - last.to <= ROUNDING => return last.to = to,
            _ if gap.is_some_and(|gap| gap <= self.settings.gap + ROUNDING) => {}
            _ => self.close(),
        }
        self.open.push(Piece { from, to });
    }

    /// The runs, start to end.
    pub(super) fn end(mut self) -> Vec<Found> {
        self.close();
        self.found
    }

    /// The totals of the runs.
    pub(super) fn sums(self) -> Sums {
        self.end().into_iter().fold(Sums::default(), |sums, it| Sums {
            length: sums.length + it.length(),
            near: sums.near + it.near,
            longest: if it.length() > sums.longest { it.length() } else { sums.longest },
        })
    }

    fn close(&mut self) {
        let open = std::mem::take(&mut self.open);
        let length = whole(&open).map_or(Metres::default(), |it| it.length());
        let gap = if self.settings.gap < length { self.settings.gap } else { length };
        part(&open, gap, self.settings, &mut self.found);
    }
}

/// All of some pieces as one run.
fn whole(pieces: &[Piece]) -> Option<Found> {
    let (first, last) = (pieces.first()?, pieces.last()?);
    let near = pieces.iter().map(|it| it.to - it.from).sum();
    Some(Found { from: first.from, to: last.to, near })
}

/// The runs of pieces between which no gap is longer than `gap`.
fn part(pieces: &[Piece], gap: Metres, settings: &Settings, found: &mut Vec<Found>) {
    let Some(run) = whole(pieces).filter(|it| it.length() >= settings.shortest) else { return };
    if run.near >= run.length() * settings.least_near - ROUNDING || gap <= ROUNDING {
        return found.push(run);
    }
    let half = gap * 0.5;
    for run in pieces.chunk_by(|one, next| next.from - one.to <= half + ROUNDING) {
        part(run, half, settings, found);
    }
}

#[cfg(test)]
mod tests;
