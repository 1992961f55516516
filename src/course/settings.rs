//! The settings for what a line follows, each number with its reason.

use crate::quantity::Metres;

/// A copy of the line: how far it was moved, and where to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// Degrees clockwise from north.
    pub(crate) azimuth_deg: f64,
    /// How far.
    pub distance: Metres,
}

/// The settings for what a line follows. The defaults are those of `docs/course.md`; change them
/// one by one.
///
/// ```
/// use treatyline::course::Settings;
/// use treatyline::quantity::Metres;
///
/// let coarse = Settings::default().step(Metres::new(500.0)).any_direction();
/// # let _ = coarse;
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    pub(crate) step: Metres,
    pub(crate) angle_deg: Option<f64>,
    pub(crate) ladder: Vec<Metres>,
    pub(crate) within: Metres,
    pub(crate) gap: Metres,
    pub(crate) shortest: Metres,
    pub(crate) least_near: f64,
    pub(crate) straight: Option<Metres>,
    pub(crate) nominal_scale: Option<f64>,
    pub(crate) apart: Metres,
    pub(crate) chance_every: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            // A tenth of a millimetre at 1:1,000,000: finer than any map of rivers that is
            // compared.
            step: Metres::new(100.0),
            // Half of a right angle.
            angle_deg: Some(45.0),
            ladder: [10.0, 50.0, 100.0, 250.0, 500.0, 1000.0].map(Metres::new).to_vec(),
            // Half a millimetre at 1:1,000,000, an eighth at 1:4,000,000.
            within: Metres::new(500.0),
            // A river drawn in pieces, an island, a cut-off bend.
            gap: Metres::new(3000.0),
            // Chance makes many short runs and few long ones.
            shortest: Metres::new(5000.0),
            // With less, most of a run would be gaps.
            least_near: 0.5,
            straight: None,
            nominal_scale: None,
            // Half of the accuracy of a line at 1:4,000,000: where two depictions are farther
            // apart, the one may follow what the other does not.
            apart: Metres::new(1000.0),
            chance_every: 1,
        }
    }
}

/// The least step and the least distance: nearer places are the same place on any map.
pub const LEAST_M: f64 = 1.0;
/// The largest distance at which nearness is looked for: beyond, edges seen from a station
/// are no longer measured to a millimetre.
pub const MOST_M: f64 = 50_000.0;

/// The most stations of a line: with all their data they take a gigabyte. At
/// 100 m apart that is a line of 500,000 km, twice as long as all boundaries on land.
pub const MOST_STATIONS: f64 = 5e6;

/// The directions in which copies are moved: on any stretch some of them are sideways and
/// some along.
const AZIMUTHS_DEG: [f64; 8] = [0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0];
/// How far copies are moved, in units of the largest distance of the table. A copy must move away
/// from the river by more than the distances of the table, and stay in the same landscape.
const SHIFTS: [f64; 2] = [5.0, 10.0];

impl Settings {
    /// For all boundaries of the world at once: distances from 100 m to 5 km, and chance at
    /// every tenth station, which over such lengths is as good.
    #[doc(hidden)]
    #[must_use]
    pub fn for_surveys() -> Self {
        let ladder = [100.0, 500.0, 1000.0, 5000.0].map(Metres::new);
        Self::default().distances(&ladder).chance_every(10).without_runs()
    }

    /// Nearness is measured at the distances of the table alone.
    #[doc(hidden)]
    #[must_use]
    pub fn without_runs(self) -> Self {
        let within = self.ladder.first().copied().unwrap_or(self.within);
        Self { within, ..self }
    }

    /// How far apart stations are, 1 m at least.
    #[must_use]
    pub fn step(self, step: Metres) -> Self {
        Self { step: bounded(step), ..self }
    }

    /// How far apart stations are, metres.
    #[doc(hidden)]
    #[must_use]
    pub fn step_m(&self) -> f64 {
        self.step.value()
    }

    /// A river counts if it runs within this angle of the line, in degrees.
    #[cfg(test)]
    pub(super) fn angle_deg(self, angle_deg: f64) -> Self {
        Self { angle_deg: Some(angle_deg.clamp(0.0, 90.0)), ..self }
    }

    /// A river counts however it runs.
    #[doc(hidden)]
    #[must_use]
    pub fn any_direction(self) -> Self {
        Self { angle_deg: None, ..self }
    }

    /// The distances of the table, up to 50 km.
    #[doc(hidden)]
    #[must_use]
    pub fn distances(self, distances: &[Metres]) -> Self {
        let mut ladder: Vec<Metres> = distances.iter().copied().map(bounded).collect();
        ladder.sort_by(|a, b| a.value().total_cmp(&b.value()));
        ladder.dedup();
        Self { ladder, ..self }
    }

    /// The distance within which a river makes a run.
    #[must_use]
    pub fn within(self, within: Metres) -> Self {
        Self { within: bounded(within), ..self }
    }

    /// A run continues over a gap up to this.
    #[must_use]
    pub fn gap(self, gap: Metres) -> Self {
        Self { gap, ..self }
    }

    /// A run is at least this long.
    #[must_use]
    pub fn shortest(self, shortest: Metres) -> Self {
        Self { shortest, ..self }
    }

    /// At least this share of a run is within the distance, from 0 to 1; a run with a smaller share
    /// is divided at its longest gaps.
    #[doc(hidden)]
    #[must_use]
    pub fn least_near(self, share: f64) -> Self {
        Self { least_near: share.clamp(0.0, 1.0), ..self }
    }

    /// An edge of this length or more is straight, and no river. Without it: the most of
    /// 1 km, five times the median edge of the line, and 5 mm at its nominal scale.
    #[must_use]
    pub fn straight(self, straight: Metres) -> Self {
        Self { straight: Some(straight), ..self }
    }

    /// The denominator of the scale at which the line is drawn.
    #[must_use]
    pub fn nominal_scale(self, scale: f64) -> Self {
        Self { nominal_scale: Some(scale), ..self }
    }

    /// A run is carried over to another depiction where the two are no farther apart.
    #[doc(hidden)]
    #[must_use]
    pub fn apart(self, apart: Metres) -> Self {
        Self { apart, ..self }
    }

    /// Chance is measured at every nth station only.
    #[must_use]
    pub(crate) fn chance_every(self, stations: usize) -> Self {
        Self { chance_every: stations.max(1), ..self }
    }

    /// Whether a line of this length has more stations than are looked at.
    #[doc(hidden)]
    #[must_use]
    pub fn is_too_fine_for(&self, length: Metres) -> bool {
        length.value() / self.step.value() > MOST_STATIONS
    }

    /// All distances at which nearness is measured: those of the table and that of runs.
    pub(crate) fn distances_m(&self) -> Vec<f64> {
        let all = self.ladder.iter().chain([&self.within]);
        let mut all: Vec<f64> = all.map(|distance| distance.value()).collect();
        all.sort_by(f64::total_cmp);
        all.dedup();
        all
    }

    /// The copies of a line by which chance is measured: moved in eight directions by five and
    /// ten times the largest distance, which is 5 and 10 km by default.
    pub(crate) fn shifts(&self) -> Vec<Shift> {
        let distances = SHIFTS.map(|times| Metres::new(times * self.reach_m()));
        let toward =
            |distance: Metres| AZIMUTHS_DEG.map(|azimuth_deg| Shift { azimuth_deg, distance });
        distances.into_iter().flat_map(toward).collect()
    }

    /// The largest distance at which nearness is measured.
    pub(crate) fn reach_m(&self) -> f64 {
        self.distances_m().last().copied().unwrap_or(LEAST_M)
    }
}

fn bounded(distance: Metres) -> Metres {
    Metres::new(distance.value().clamp(LEAST_M, MOST_M))
}
