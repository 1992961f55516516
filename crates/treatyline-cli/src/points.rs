//! `treatyline points`

use clap::{Args, ValueEnum};
use treatyline::internal::report::PointList;

use super::output::{self, WritingArguments};
use super::which_dossier::DossierArguments;
use super::{Failure, Outcome};

/// List the dossier's points in any coordinate system, naming the operation used and
/// its accuracy.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  treatyline points --crs EPSG:28415 --operation EPSG:1291")]
pub(super) struct Arguments {
    #[command(flatten)]
    dossier: DossierArguments,
    /// The coordinate system.
    #[arg(long, value_name = "CODE", default_value = "EPSG:4326")]
    crs: String,
    /// The datum operation to use. Without it: the one the dossier names for its
    /// published coordinates, if it leads there; otherwise PROJ chooses. The list says
    /// which it was.
    #[arg(long, value_name = "CODE")]
    operation: Option<String>,
    #[command(flatten)]
    writing: WritingArguments<Format>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For a terminal.
    #[default]
    #[value(alias = "txt")]
    Text,
    /// For programs: treatyline/points/v1.
    Json,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        if let Some(file) = self.writing.file_of_geodata() {
            let file = file.display();
            return Err(Failure::Usage(format!(
                "{file}: the list of points is text or json; write them as geodata with \
                 treatyline export points, or give --format text or json"
            )));
        }
        let (format, output) = self.writing.open()?;
        let dossier = self.dossier.read()?;
        let list = PointList::new(&dossier, &self.crs, self.operation.as_deref())?;
        if let Some(warning) = list.warning() {
            output::warn(&warning);
        }
        match format {
            Format::Text => output.write_text(&list.text())?,
            Format::Json => output.write(&list.json())?,
        }
        Ok(Outcome::Sound)
    }
}
