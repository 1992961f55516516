//! How much of a line is near a river, and how much would be by chance: for one line and for
//! all boundaries of a file alike.

use serde::Serialize;

use crate::course::{Nearness, Rivers, Settings};
use crate::report::rounding::metres;
use crate::report::table::{Lean, Table};
use crate::wording::{count, distance, km, list, number};

/// The rivers that were compared with, and how.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct RiverMap {
    /// The files.
    pub(crate) files: Vec<RiverFile>,
    /// How far apart the stations are at which the nearest river is looked for, at most.
    pub(crate) step_m: f64,
    /// A river counts if it runs within this angle of the line, in degrees; `null` where any
    /// direction counts.
    pub(crate) direction_deg: Option<f64>,
    /// The number of copies of the line, moved aside, by which chance was measured.
    pub(crate) chance_copies: usize,
    /// How far they were moved.
    pub(crate) chance_shifts_m: Vec<f64>,
    /// How far apart the stations are at which it was measured, at most.
    pub(crate) chance_step_m: f64,
}

/// A file of rivers.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct RiverFile {
    /// How it was named.
    pub(crate) file: String,
    /// How many features it has.
    pub(crate) features: usize,
}

/// The length within a distance of a river.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct WithinEntry {
    /// The distance.
    pub(crate) within_m: f64,
    /// How much lies within it.
    pub(crate) length_m: f64,
    /// How much would by chance: the mean over copies of the line that were moved aside.
    pub(crate) chance_mean_m: f64,
    /// The largest of these copies.
    pub(crate) chance_max_m: f64,
}

impl RiverMap {
    /// Describes the rivers, and how a line was compared with them.
    #[must_use]
    pub(crate) fn new(rivers: &Rivers, settings: &Settings) -> Self {
        let step_m = settings.step.value();
        let shifts = settings.shifts();
        let mut chance_shifts_m: Vec<f64> = shifts.iter().map(|it| it.distance.value()).collect();
        chance_shifts_m.dedup();
        Self {
            files: rivers
                .sources()
                .iter()
                .map(|it| RiverFile { file: it.name.clone(), features: it.features })
                .collect(),
            step_m,
            direction_deg: settings.angle_deg,
            chance_copies: shifts.len(),
            chance_shifts_m,
            chance_step_m: step_m * settings.chance_every as f64,
        }
    }

    /// How far the copies of a line were moved: "5.0 km and 10.0 km".
    pub(in crate::report) fn moved(&self) -> String {
        let shifts: Vec<String> = self.chance_shifts_m.iter().map(|m| distance(*m)).collect();
        shifts.join(" and ")
    }

    /// How it was done, for people.
    pub(in crate::report) fn method(&self) -> String {
        let files: Vec<String> = self
            .files
            .iter()
            .map(|it| format!("{} ({})", it.file, count(it.features, "feature")))
            .collect();
        let direction = self.direction_deg.map_or_else(
            || "however it runs".to_owned(),
            |deg| format!("if it runs within {}° of the line where it is nearest", number(deg, 0)),
        );
        format!(
            "Rivers: {}. A river is looked for every {} and counts {direction}. By chance: the mean \
             of {} copies of the line, moved by {} in eight directions{}.",
            list(&files),
            distance(self.step_m),
            self.chance_copies,
            self.moved(),
            if self.chance_step_m > self.step_m {
                format!(" and looked at every {}", distance(self.chance_step_m))
            } else {
                String::new()
            },
        )
    }
}

impl WithinEntry {
    /// All distances of a nearness.
    pub(in crate::report) fn all(nearness: &Nearness) -> Vec<Self> {
        let entry = |it: &crate::course::Within| Self {
            within_m: metres(it.distance),
            length_m: metres(it.length),
            chance_mean_m: metres(it.chance_mean),
            chance_max_m: metres(it.chance_max),
        };
        nearness.within().iter().map(entry).collect()
    }
}

/// The lengths by distance, with chance, as shares of the whole.
pub(in crate::report) fn within_table(within: &[WithinEntry], whole_m: f64) -> Table {
    let mut table = Table::new(&[
        ("within", Lean::Right),
        ("of a river", Lean::Right),
        ("of the whole", Lean::Right),
        ("by chance, mean", Lean::Right),
        ("at most", Lean::Right),
    ]);
    for it in within {
        table.row([
            distance(it.within_m),
            km(it.length_m, 1),
            share(it.length_m, whole_m),
            km(it.chance_mean_m, 1),
            km(it.chance_max_m, 1),
        ]);
    }
    table
}

pub(super) fn share(part_m: f64, whole_m: f64) -> String {
    if whole_m > 0.0 { format!("{} %", number(100.0 * part_m / whole_m, 1)) } else { String::new() }
}
