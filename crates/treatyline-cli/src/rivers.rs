//! What commands that look for rivers share.

use std::path::PathBuf;

use clap::Args;
use treatyline::course::{Rivers, Settings};
use treatyline::internal::course::{LEAST_M, MOST_M, Nearness};
use treatyline::internal::wording::{distance, echoed};
use treatyline::quantity::Metres;

use super::Failure;
use super::input::{ReadingArguments, STDIN};
use super::output::warn;

/// Which rivers, and when they count.
#[derive(Debug, Args)]
pub(super) struct RiverArguments {
    /// Rivers as lines, and lakes as polygons, in any format that is built in; several files
    /// may be named. --layer and --where are not for them.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    rivers: Vec<PathBuf>,
    /// The distances for which the length near a river is measured, separated by commas.
    #[arg(
        long,
        value_name = "METRES",
        value_delimiter = ',',
        num_args = 1,
        allow_negative_numbers = true,
        value_parser = super::number
    )]
    distances: Vec<f64>,
    /// How far apart the stations are at which the nearest river is looked for. A step finer than
    /// the detail of the map of rivers changes nothing.
    #[arg(long, value_name = "METRES", default_value = "100")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    step: f64,
    /// Count a river in any direction; otherwise its direction must be within 45° of the line's
    /// where it is nearest.
    #[arg(long)]
    any_direction: bool,
}

/// With more, the table would be too large to read.
const MOST_DISTANCES: usize = 50;

impl RiverArguments {
    /// Whether any are named.
    pub(super) const fn are_named(&self) -> bool {
        !self.rivers.is_empty()
    }

    /// How many of them are standard input.
    pub(super) fn count_stdin(&self) -> usize {
        self.rivers.iter().filter(|path| path.as_os_str() == STDIN).count()
    }

    /// The rivers; `None` where none are named.
    pub(super) fn read(&self, reading: &ReadingArguments) -> Result<Option<Rivers>, Failure> {
        if self.rivers.is_empty() {
            return Ok(None);
        }
        let inputs = self.rivers.iter().map(|path| reading.input_of_others(path));
        Ok(Some(Rivers::read(inputs)?))
    }

    /// Settings with what was asked for.
    pub(super) fn settings(&self, default: Settings) -> Result<Settings, Failure> {
        let mut settings = default.step(metres("--step", self.step)?);
        if !self.distances.is_empty() {
            if self.distances.len() > MOST_DISTANCES {
                let given = self.distances.len();
                let what = format!("--distances has {given} values; give {MOST_DISTANCES} at most");
                return Err(Failure::Usage(what));
            }
            let distances = self.distances.iter().map(|m| metres("--distances", *m));
            settings = settings.distances(&distances.collect::<Result<Vec<_>, _>>()?);
        }
        Ok(if self.any_direction { settings.any_direction() } else { settings })
    }
}

/// Warns where no river comes near a line nor near any moved copy of it: then the files may show
/// different places, and a length of 0 says nothing.
pub(super) fn warn_of_distance(nearness: Option<&Nearness>) {
    let Some(farthest) = nearness.and_then(|nearness| nearness.within().last()) else { return };
    if farthest.length.value() > 0.0 || farthest.chance_max.value() > 0.0 {
        return;
    }
    warn(&format!(
        "no river comes within {} of the line, nor of its moved copies; see whether the files show \
         the same place",
        distance(farthest.distance.value()),
    ));
}

/// A distance in metres; it must be positive and not absurdly large.
pub(super) fn metres(option: &str, given: f64) -> Result<Metres, Failure> {
    if (LEAST_M..=MOST_M).contains(&given) {
        return Ok(Metres::new(given));
    }
    let given = echoed(given);
    let what = format!("{option} is {given}; give a number of metres from {LEAST_M} to {MOST_M}");
    Err(Failure::Usage(what))
}
