//! `treatyline datum`

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use treatyline::dossier::Depiction;
use treatyline::drawn::DrawnLine;
use treatyline::internal::identify::Identification;
use treatyline::internal::report::DatumReport;
use treatyline::line::Line;

use super::input::{DossierArguments, ReadingArguments};
use super::output::WritingArguments;
use super::{Failure, Outcome};

/// Find out which coordinate system a file is in, by a line on which its positions are known to be.
///
/// The numbers are read as WGS 84, in the datums of the region, in those of Chinese web maps, with
/// exchanged axes, lost signs, and minutes written as decimals. Each reading has an offset from the
/// line, with its uncertainty; those that cannot be distinguished are named. The exit code is 1 if none
/// lies on the line.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  treatyline export line | treatyline datum -")]
pub(super) struct Arguments {
    /// The file; - is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The line on which its positions are known to be, on WGS 84 or in a system that its file
    /// states. Without it: the line of the dossier.
    #[arg(long, value_name = "LINE", conflicts_with = "dossier")]
    against: Option<PathBuf>,
    #[command(flatten)]
    dossier: DossierArguments,
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    writing: WritingArguments<Format>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For a terminal.
    #[default]
    #[value(alias = "txt")]
    Text,
    /// For programs: treatyline/datum/v1.
    Json,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let (format, output) = self.writing.open()?;
        let (name, line) = self.line()?;
        let input = self.reading.input_to_repeat(&self.file)?;
        let found = Identification::of_file(&input, &line)?;
        let report = DatumReport { found: &found, file: input.name(), line: &name };
        match format {
            Format::Text => output.write_text(&report.text())?,
            Format::Json => output.write(&report.json())?,
        }
        Ok(if found.is_on_line() { Outcome::Sound } else { Outcome::Failing })
    }

    /// The line, and what it is called.
    fn line(&self) -> Result<(String, Line), Failure> {
        match &self.against {
            Some(path) => {
                let drawn = DrawnLine::read(self.reading.input_of_companion(path))?;
                Ok((path.display().to_string(), drawn.line))
            }
            None => {
                let dossier = self.dossier.read()?;
                let own = Depiction::own(&dossier);
                Ok((own.title().to_owned(), own.line().clone()))
            }
        }
    }
}
