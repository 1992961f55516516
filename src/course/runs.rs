//! Runs: stretches of a line that follow one river.

use std::collections::BTreeMap;

use super::Settings;
use super::follows::{Stretch, is_between, is_in};
use super::rivers::{Near, Rivers};
use super::stations::Station;
use crate::quantity::Metres;

/// A stretch of a line that follows a river.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Where it begins, along the line.
    pub from: Metres,
    /// Where it ends.
    pub to: Metres,
    /// How much of it is within the distance; the rest are gaps.
    pub near: Metres,
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

/// Pieces of the line that follow one another meet to within rounding.
const ROUNDING: Metres = Metres::new(1e-6);

/// Gathers stations near a river into runs. Stations on a long straight edge belong to none:
/// a river is not straight. Nor does a run go on over one.
pub(super) fn runs(
    rivers: &Rivers,
    stations: &[Station],
    near: &[Option<Near>],
    straight: &[Stretch],
    settings: &Settings,
) -> Vec<Run> {
    let within = |near: &Near| near.distance_m <= settings.within.value();
    let following = stations.iter().zip(near).filter_map(|(station, near)| {
        let near = near.filter(within).filter(|_| !is_in(straight, station.chainage))?;
        Some((station, near.river))
    });
    let mut open: Vec<Open> = Vec::new();
    for (station, river) in following {
        let [from, to] = station.piece();
        let goes_on = |run: &&mut Open| {
            from - run.to <= settings.gap + ROUNDING && !is_between(straight, run.to, from)
        };
        match open.last_mut().filter(goes_on) {
            Some(run) => run.take(to, station.share, river),
            None => {
                let mut run = Open { from, to, near: Metres::default(), rivers: BTreeMap::new() };
                run.take(to, station.share, river);
                open.push(run);
            }
        }
    }
    let long = open.into_iter().filter(|run| run.to - run.from >= settings.shortest);
    long.map(|run| run.closed(rivers)).collect()
}

/// A run that may still grow.
struct Open {
    from: Metres,
    to: Metres,
    near: Metres,
    /// How much of it follows which river.
    rivers: BTreeMap<u32, Metres>,
}

impl Open {
    fn take(&mut self, to: Metres, share: Metres, river: u32) {
        self.to = to;
        self.near = self.near + share;
        let of_river = self.rivers.entry(river).or_default();
        *of_river = *of_river + share;
    }

    fn closed(self, rivers: &Rivers) -> Run {
        let mut names: BTreeMap<&str, Metres> = BTreeMap::new();
        for (river, length) in &self.rivers {
            if let Some(name) = rivers.name(*river) {
                let of_name = names.entry(name).or_default();
                *of_name = *of_name + *length;
            }
        }
        let most = names.into_iter().max_by(|a, b| a.1.value().total_cmp(&b.1.value()));
        let name = most.map(|(name, _)| name.to_owned());
        Run { from: self.from, to: self.to, near: self.near, name }
    }
}

#[cfg(test)]
mod tests;
