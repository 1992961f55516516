//! How much of a line is near a river, and how much of it would be by chance.

use super::rivers::{Near, Rivers};
use super::stations::Station;
use super::Settings;
use crate::beside::each;
use crate::geodesy::CompensatedSum;
use crate::quantity::Metres;

/// How much of a line lies near a river.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearness {
    /// By distance, ascending.
    within: Vec<Within>,
    shifts: Vec<Shift>,
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

/// A copy of the line: how far it was moved, and where to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// Degrees clockwise from north.
    pub azimuth_deg: f64,
    /// How far.
    pub distance: Metres,
}

/// Distances over which hardly anything is added: the sign that a line and a river were
/// drawn as one.
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
/// What lies within the smaller distance must be this many times what chance gives.
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
        settings: &Settings,
    ) -> Self {
        let tally = Tally::of(rivers, stations, near, settings);
        tally.nearness(settings)
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
        Self { copies: vec![none.clone(); shifts(settings).len()], own: none }
    }

    /// One line's.
    pub(crate) fn of(
        rivers: &Rivers,
        stations: &[Station],
        near: &[Option<Near>],
        settings: &Settings,
    ) -> Self {
        let mut tally = Self::new(settings);
        let distances_m = settings.distances_m();
        for (station, near) in stations.iter().zip(near) {
            count(&mut tally.own, &distances_m, station.share.value(), *near);
        }
        let shifts = shifts(settings);
        let copies = each(&shifts, |shift| of_copy(rivers, stations, *shift, settings));
        tally.copies = copies;
        tally
    }

    /// With another line's.
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
        Nearness { within: within.collect(), shifts: shifts(settings) }
    }
}

fn count(into: &mut [CompensatedSum], distances_m: &[f64], share_m: f64, near: Option<Near>) {
    let Some(near) = near else { return };
    for (sum, distance_m) in into.iter_mut().zip(distances_m) {
        if near.distance_m <= *distance_m {
            sum.add(share_m);
        }
    }
}

fn of_copy(
    rivers: &Rivers,
    stations: &[Station],
    shift: Shift,
    settings: &Settings,
) -> Vec<CompensatedSum> {
    let distances_m = settings.distances_m();
    let mut sums = vec![CompensatedSum::default(); distances_m.len()];
    let mut last = None;
    // Each station that is looked at speaks for those that are not.
    let every = settings.chance_every.max(1);
    for group in stations.chunks(every) {
        let Some(station) = group.get(group.len() / 2) else { continue };
        let share_m = station.share.value() * group.len() as f64;
        let place = rivers.frame().moved(&station.place, shift.azimuth_deg, shift.distance.value());
        let moved = Station { place, ..*station };
        let near = nearest_one(rivers, &moved, settings, last);
        last = near.or(last);
        count(&mut sums, &distances_m, share_m, near);
    }
    sums
}

/// The directions in which copies are moved: on any stretch some of them are sideways and
/// some along.
const AZIMUTHS_DEG: [f64; 8] = [0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0];
/// How far, in largest distances of the table: a copy must leave the river that the line
/// follows by more than the distance that is asked about, and stay in the same country of
/// rivers.
const SHIFTS: [f64; 2] = [5.0, 10.0];

/// The copies: moved in eight directions by five and ten times the largest distance of the
/// table, which is 5 and 10 km by default.
fn shifts(settings: &Settings) -> Vec<Shift> {
    let distances = SHIFTS.map(|times| Metres::new(times * settings.reach_m()));
    let toward = |distance: Metres| {
        AZIMUTHS_DEG.map(|azimuth_deg| Shift { azimuth_deg, distance })
    };
    distances.into_iter().flat_map(toward).collect()
}

/// The nearest river of each station, within the largest distance of the settings.
pub(super) fn nearest(
    rivers: &Rivers,
    stations: &[Station],
    settings: &Settings,
) -> Vec<Option<Near>> {
    let blocks: Vec<&[Station]> = stations.chunks(BLOCK).collect();
    let of_block = |block: &&[Station]| nearest_in_turn(rivers, block, settings);
    each(&blocks, of_block).concat()
}

/// Stations that one thread takes at once.
const BLOCK: usize = 1024;

/// [`nearest`] on this thread alone.
pub(crate) fn nearest_in_turn(
    rivers: &Rivers,
    stations: &[Station],
    settings: &Settings,
) -> Vec<Option<Near>> {
    let mut last = None;
    let one = |station: &Station| {
        let near = nearest_one(rivers, station, settings, last);
        last = near.or(last);
        near
    };
    stations.iter().map(one).collect()
}

fn nearest_one(
    rivers: &Rivers,
    station: &Station,
    settings: &Settings,
    hint: Option<Near>,
) -> Option<Near> {
    let heading = settings.angle_deg.map(|deg| (station.heading, deg.to_radians().cos()));
    rivers.nearest(&station.place, heading, settings.reach_m(), hint)
}
