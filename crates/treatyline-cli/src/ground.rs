//! What `check` and `report` compare the courses of segments with.

use std::path::PathBuf;

use clap::Args;
use treatyline::check::Ground;
use treatyline::course::Rivers;
use treatyline::io::Raster;

use super::Failure;
use super::input::ReadingArguments;
use super::rivers::metres;

/// Rivers, relief and shores.
#[derive(Debug, Args)]
pub(super) struct GroundArguments {
    /// Compare segments that follow a river with these rivers, in any format.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    rivers: Vec<PathBuf>,
    /// Compare segments that follow a watershed with the crests of this relief, a GeoTIFF.
    #[arg(long, value_name = "FILE")]
    relief: Option<PathBuf>,
    /// Compare segments midway between two shores with these, the left one first, seen from the
    /// line's start: coasts as lines or land as polygons, in any format.
    #[arg(long, value_names = ["LEFT", "RIGHT"], num_args = 2)]
    shores: Vec<PathBuf>,
    /// How far rivers, crests and shores may be from where these files have them. Without it a
    /// departure that the line's own accuracy does not explain is undecided.
    #[arg(long, value_name = "METRES")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    ground_accuracy: Option<f64>,
}

impl GroundArguments {
    /// What they name; `None` for nothing.
    pub(super) fn read(&self, reading: &ReadingArguments) -> Result<Option<Ground>, Failure> {
        if self.rivers.is_empty() && self.relief.is_none() && self.shores.is_empty() {
            return match self.ground_accuracy {
                None => Ok(None),
                Some(_) => {
                    let what = "--ground-accuracy is about --rivers, --relief and --shores; name one of them";
                    Err(Failure::Usage(what.to_owned()))
                }
            };
        }
        let of = |path: &PathBuf| Rivers::read([reading.input_of_others(path)]);
        let mut ground = Ground::default();
        if !self.rivers.is_empty() {
            let inputs = self.rivers.iter().map(|path| reading.input_of_others(path));
            ground = ground.rivers(Rivers::read(inputs)?);
        }
        if let Some(path) = &self.relief {
            ground = ground.relief(Raster::open(&reading.input_of_others(path))?);
        }
        if let [left, right] = &self.shores[..] {
            ground = ground.shores(of(left)?, of(right)?);
        }
        if let Some(given) = self.ground_accuracy {
            ground = ground.accuracy(metres("--ground-accuracy", given)?);
        }
        Ok(Some(ground))
    }
}
