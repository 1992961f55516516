//! `treatyline datum`

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use treatyline::dossier::Depiction;
use treatyline::drawn::DrawnLine;
use treatyline::internal::identify::{Identification, KnownLine, LEAST_OFFSET, PrintedTable};
use treatyline::internal::report::{DatumReport, FixLists};
use treatyline::line::Line;

use super::input::{ReadingArguments, check_line_accuracy, warn_of};
use super::output::WritingArguments;
use super::which_dossier::DossierArguments;
use super::{Failure, Outcome};

/// Find out which coordinate system a file is in, by a line on which its positions are known to be.
///
/// A table of points as a treaty prints them, with latitude and longitude and with X and Y, is compared
/// with itself: in which systems and zones the two agree within their rounding; with the line too,
/// if one is named. Otherwise the numbers are read as WGS 84, in the datums of the region, in those of Chinese web maps, with
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
    /// states. Without it: the line of the dossier, but for points that are printed twice.
    #[arg(long, value_name = "LINE", conflicts_with = "dossier")]
    against: Option<PathBuf>,
    /// Positional accuracy of that line in metres. Without it: 0.5 mm at the nominal_scale the file
    /// states, otherwise 0.
    #[arg(long, value_name = "METRES", requires = "against")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    line_accuracy: Option<f64>,
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
        check_line_accuracy(self.line_accuracy)?;
        let input = self.reading.input_to_repeat(&self.file)?;
        let table = PrintedTable::read(&input)?.filter(|table| {
            // A longer table of degrees alone is looked at as any file.
            table.has_plane() || table.rows.len() < LEAST_OFFSET
        });
        let is_alone = self.against.is_none() && !self.dossier.is_named();
        let (found, line) = match table {
            Some(table) if table.has_both() && is_alone => {
                (Identification::of_table(&table, &input, None), None)
            }
            table => {
                let (name, line, [accuracy_m, shift_m]) = self.line()?;
                let known = KnownLine { line: &line, accuracy_m, shift_m };
                let found = match table {
                    Some(table) => Identification::of_table(&table, &input, Some(known)),
                    None => Identification::of_file(&input, known)?,
                };
                (found, Some(name))
            }
        };
        let report = DatumReport { found: &found, file: input.name(), line: line.as_deref() };
        match format {
            Format::Text => output.write_text(&report.text())?,
            Format::Json => output.write(&report.json())?,
        }
        Ok(if found.is_sound() { Outcome::Sound } else { Outcome::Failing })
    }

    /// The line, what it is called, and how far a place of it and all of it may be from where they are.
    fn line(&self) -> Result<(String, Line, [f64; 2]), Failure> {
        match &self.against {
            Some(path) => {
                let drawn = DrawnLine::read(self.reading.input_of_companion(path))?;
                warn_of(&FixLists::new(&drawn.origin, &drawn.fixes));
                let stated_m = || drawn.accuracy().map_or(0.0, |own| own.within.value());
                let own_m = self.line_accuracy.unwrap_or_else(stated_m);
                let operation_m = drawn.fixes.conversion_accuracy_m();
                // A scale says nothing of the whole line; who states an accuracy may mean it.
                let accuracies =
                    [own_m, self.line_accuracy.unwrap_or(0.0)].map(|own_m| own_m + operation_m);
                Ok((path.display().to_string(), drawn.line, accuracies))
            }
            None => {
                let dossier = self.dossier.read()?;
                let own = Depiction::own(&dossier);
                Ok((own.title().to_owned(), own.line().clone(), [own.accuracy_m(), 0.0]))
            }
        }
    }
}
