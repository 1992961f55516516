//! How much of each boundary of a file is near a river.

use geo::Coord;

use crate::course::{MOST_STATIONS, Nearness, Rivers, Settings, Tally};
use crate::problem::Fault;
use crate::quantity::Metres;

/// The rivers that boundaries may follow, and the settings of the comparison.
#[derive(Debug, Clone, Copy)]
pub struct ByRivers<'a> {
    rivers: &'a Rivers,
    settings: &'a Settings,
}

impl<'a> ByRivers<'a> {
    /// With these rivers and settings.
    #[must_use]
    pub const fn new(rivers: &'a Rivers, settings: &'a Settings) -> Self {
        Self { rivers, settings }
    }

    /// Counts the parts of one feature, each of two vertices or more. Each part is a line of its
    /// own.
    pub(super) fn tally(&self, parts: &[Vec<Coord>]) -> Tally {
        let mut tally = Tally::new(self.settings);
        for part in parts {
            tally.add(&Tally::of_path(self.rivers, part, self.settings));
        }
        tally
    }

    /// The fault of a feature of this length, if it would have too many stations.
    pub(super) fn fault(&self, length: Metres) -> Option<Fault> {
        self.settings.is_too_fine_for(length).then(|| Fault::Stations {
            length_m: length.value(),
            step_m: self.settings.step.value(),
            most: MOST_STATIONS,
        })
    }

    pub(super) fn nearness(&self, tally: Option<&Tally>) -> Nearness {
        tally.map_or_else(
            || Tally::new(self.settings).nearness(self.settings),
            |tally| tally.nearness(self.settings),
        )
    }
}
