//! How much of a line is near a river, and how much of it would be by chance.

use geo::Coord;
use rayon::prelude::*;

use super::follows::Stretch;
use super::rivers::{Near, Rivers};
use super::runs::{Gathering, RunsByChance, Sums};
use super::settings::LEAST_M;
use super::stations::{CHORD, Route, Station};
use super::{Settings, Shift};
use crate::geodesy::CompensatedSum;
use crate::quantity::Metres;

/// How much of a line lies near a river.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearness {
    /// By distance, ascending.
    within: Vec<Within>,
    shifts: Vec<Shift>,
    runs: Option<RunsByChance>,
}

/// The length of a line within a distance of a river.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Within {
    /// The distance.
    pub distance: Metres,
    /// How much of the line lies within it.
    pub length: Metres,
    /// The same for copies of the line moved aside: the mean.
    pub chance_mean: Metres,
    /// And the largest of them.
    pub chance_max: Metres,
}

/// A range of distances over which the length hardly grows. It shows that the line and the river
/// were drawn as one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plateau {
    /// Where it begins.
    pub from: Within,
    /// Where it ends: at ten times that distance or, if the table has none, the next one.
    pub to: Within,
}

/// Between two distances of which one is ten times the other, two independent drawings of
/// one thing gain much, because their errors spread over all distances; one line drawn once
/// gains next to nothing.
const PLATEAU_GROWTH: f64 = 0.05;
/// The length within the smaller distance must be this number of times the length by chance.
const PLATEAU_OVER_CHANCE: f64 = 5.0;

impl Nearness {
    /// The lengths by distance, ascending.
    #[must_use]
    pub fn within(&self) -> &[Within] {
        &self.within
    }

    /// The copies by which chance was measured.
    #[must_use]
    pub fn shifts(&self) -> &[Shift] {
        &self.shifts
    }

    /// The runs of these copies; `None` for a survey, which looks for none.
    #[must_use]
    pub(crate) const fn runs_by_chance(&self) -> Option<RunsByChance> {
        self.runs
    }

    /// Whether a plateau shows that the line and the rivers were drawn as one: the first
    /// distance from which to ten times of it the length grows by less than 5 %.
    #[must_use]
    pub fn plateau(&self) -> Option<Plateau> {
        self.within.iter().find_map(|from| {
            let tenfold_m = 10.0 * from.distance.value();
            let to = self.within.iter().find(|it| it.distance.value() >= tenfold_m)?;
            let grown = to.length.value() - from.length.value();
            let flat = grown <= PLATEAU_GROWTH * from.length.value();
            let beyond_chance =
                from.length.value() > PLATEAU_OVER_CHANCE * from.chance_mean.value();
            (flat && beyond_chance).then_some(Plateau { from: *from, to: *to })
        })
    }

    pub(super) fn new(
        rivers: &Rivers,
        stations: &[Station],
        near: &[Option<Near>],
        straight: &[Stretch],
        settings: &Settings,
    ) -> Self {
        let (tally, runs) = Tally::count(rivers, stations, near, straight, settings);
        Self { runs: Some(RunsByChance::from_copies(&runs)), ..tally.nearness(settings) }
    }
}

/// Lengths within each distance: of a line itself and of each of its copies. Tallies of
/// several lines add up.
#[derive(Debug, Clone)]
pub(crate) struct Tally {
    own: Vec<CompensatedSum>,
    copies: Vec<Vec<CompensatedSum>>,
}

impl Tally {
    /// Nothing yet.
    pub(crate) fn new(settings: &Settings) -> Self {
        let none = vec![CompensatedSum::default(); settings.distances_m().len()];
        Self { copies: vec![none.clone(); settings.shifts().len()], own: none }
    }

    /// Counts one line, whose nearest rivers are known; and the runs of each copy.
    fn count(
        rivers: &Rivers,
        stations: &[Station],
        near: &[Option<Near>],
        straight: &[Stretch],
        settings: &Settings,
    ) -> (Self, Vec<Sums>) {
        let mut tally = Self::new(settings);
        let distances_m = settings.distances_m();
        for (station, near) in stations.iter().zip(near) {
            let Some(near) = near else { continue };
            let counts = distances_m.iter().map(|distance_m| near.distance_m <= *distance_m);
            for (sum, _) in tally.own.iter_mut().zip(counts).filter(|(_, counts)| *counts) {
                sum.add(station.share.value());
            }
        }
        let counted = settings.shifts().into_par_iter().map(|shift| {
            let mut counting = Counting::new(rivers, settings);
            counting.runs = Some(Gathering::new(straight, settings));
            counting.copy(stations, shift);
            (counting.sums, counting.runs.map(Gathering::sums).unwrap_or_default())
        });
        let (copies, runs) = counted.unzip();
        (Self { copies, ..tally }, runs)
    }

    /// Counts a path, on this thread only.
    pub(crate) fn of_path(rivers: &Rivers, path: &[Coord], settings: &Settings) -> Self {
        let stations = Route::of_path(rivers.frame(), path).stations(settings.step, CHORD);
        let of_copy = |shift| {
            let mut counting = Counting::new(rivers, settings);
            counting.copy(&stations, shift);
            counting.sums
        };
        let copies = settings.shifts().into_iter().map(of_copy).collect();
        Self { own: Counting::new(rivers, settings).count(&stations), copies }
    }

    /// Adds the counts of another line.
    pub(crate) fn add(&mut self, other: &Self) {
        let both = self.own.iter_mut().zip(&other.own);
        both.for_each(|(into, sum)| into.add(sum.total()));
        for (into, copy) in self.copies.iter_mut().zip(&other.copies) {
            into.iter_mut().zip(copy).for_each(|(into, sum)| into.add(sum.total()));
        }
    }

    pub(crate) fn nearness(&self, settings: &Settings) -> Nearness {
        let within = settings.distances_m().into_iter().zip(&self.own).enumerate();
        let within = within.map(|(i, (distance_m, own))| {
            let copies = || self.copies.iter().filter_map(|copy| Some(copy.get(i)?.total()));
            let count = copies().count().max(1) as f64;
            Within {
                distance: Metres::new(distance_m),
                length: Metres::new(own.total()),
                chance_mean: Metres::new(copies().sum::<f64>() / count),
                chance_max: Metres::new(copies().fold(0.0, f64::max)),
            }
        });
        Nearness { within: within.collect(), shifts: settings.shifts(), runs: None }
    }
}

/// A copy of a line, moved aside. Each station that is kept stands for those that are not.
fn copy(rivers: &Rivers, stations: &[Station], shift: Shift, every: usize) -> Vec<Station> {
    let moved = |group: &[Station]| {
        let station = group.get(group.len() / 2)?;
        let share = station.share * group.len() as f64;
        let [from, _] = group.first()?.piece();
        let place = rivers.frame().moved(&station.place, shift.azimuth_deg, shift.distance.value());
        Some(Station { chainage: from + share * 0.5, place, share, ..*station })
    };
    stations.chunks(every).filter_map(moved).collect()
}

/// Counts the length of stations within each distance of a river. Where stations give the same
/// result, many are counted at a time: the distance to the nearest river changes by no more than
/// the way between them.
struct Counting<'a> {
    rivers: &'a Rivers,
    settings: &'a Settings,
    distances_m: Vec<f64>,
    sums: Vec<CompensatedSum>,
    /// Gathers runs, if they are looked for.
    runs: Option<Gathering<'a>>,
    /// The last nearest river.
    hint: Option<Near>,
}

/// The rounding error of distances up to 100 km.
const ROUNDING_M: f64 = 0.02;

impl<'a> Counting<'a> {
    fn new(rivers: &'a Rivers, settings: &'a Settings) -> Self {
        let distances_m = settings.distances_m();
        let sums = vec![CompensatedSum::default(); distances_m.len()];
        Self { rivers, settings, distances_m, sums, runs: None, hint: None }
    }

    fn count(mut self, stations: &[Station]) -> Vec<CompensatedSum> {
        let together = self.together(stations);
        stations.chunks(together).for_each(|group| self.group(group));
        self.sums
    }

    /// Counts a copy of the stations that was moved aside. Only one group of it is in memory at a
    /// time.
    fn copy(&mut self, stations: &[Station], shift: Shift) {
        let every = self.settings.chance_every.max(1);
        let together = self.together(stations).div_ceil(every) * every;
        for group in stations.chunks(together) {
            self.group(&copy(self.rivers, group, shift, every));
        }
    }

    /// How many stations make a group about as wide as the reach of the search.
    fn together(&self, stations: &[Station]) -> usize {
        let step_m = stations.first().map_or(LEAST_M, |station| station.share.value());
        (2.0 * self.settings.reach_m() / step_m).clamp(1.0, 1e6) as usize
    }

    fn group(&mut self, stations: &[Station]) {
        if let [station] = stations {
            let near = nearest_one(self.rivers, station, self.settings, self.hint);
            self.hint = near.or(self.hint);
            return self.add(stations, near.map(|near| near.distance_m));
        }
        let Some(middle) = stations.get(stations.len() / 2) else { return };
        let from_middle = stations.iter().map(|station| station.place.distance_m(&middle.place));
        let way_m = from_middle.fold(0.0, f64::max) + ROUNDING_M;
        let reach_m = self.settings.reach_m() + way_m;
        let near = self.rivers.nearest(&middle.place, None, reach_m, self.hint);
        self.hint = near.or(self.hint);
        let Some(near) = near else { return };
        let alike = |limit_m: &f64| (near.distance_m - limit_m).abs() > way_m;
        if self.settings.angle_deg.is_none() && self.distances_m.iter().all(alike) {
            return self.add(stations, Some(near.distance_m));
        }
        // If the direction counts, a group can only be known to have no river near.
        let parts = if self.settings.angle_deg.is_none() { 2 } else { 8 };
        stations.chunks(stations.len().div_ceil(parts)).for_each(|part| self.group(part));
    }

    /// Adds stations that are about `distance_m` from a river.
    fn add(&mut self, stations: &[Station], distance_m: Option<f64>) {
        let Some(distance_m) = distance_m else { return };
        let share_m = stations.iter().map(|station| station.share.value()).sum();
        if let Some(runs) = &mut self.runs {
            stations.iter().for_each(|station| runs.look(station, distance_m));
        }
        for (sum, limit_m) in self.sums.iter_mut().zip(&self.distances_m) {
            if distance_m <= *limit_m {
                sum.add(share_m);
            }
        }
    }
}

/// The nearest river of each station, within the largest distance of the settings.
pub(super) fn nearest(
    rivers: &Rivers,
    stations: &[Station],
    settings: &Settings,
) -> Vec<Option<Near>> {
    let blocks: Vec<&[Station]> = stations.chunks(BLOCK).collect();
    let of_block = |block: &&[Station]| {
        let mut last = None;
        let one = |station: &Station| {
            let near = nearest_one(rivers, station, settings, last);
            last = near.or(last);
            near
        };
        block.iter().map(one).collect::<Vec<_>>()
    };
    blocks.par_iter().flat_map_iter(of_block).collect()
}

/// The number of stations that one thread takes at a time.
const BLOCK: usize = 1024;

fn nearest_one(
    rivers: &Rivers,
    station: &Station,
    settings: &Settings,
    hint: Option<Near>,
) -> Option<Near> {
    let heading = settings.angle_deg.map(|deg| (station.heading, deg.to_radians().cos()));
    rivers.nearest(&station.place, heading, settings.reach_m(), hint)
}

#[cfg(test)]
mod tests;
