//! `treatyline check`

use clap::{Args, ValueEnum};
use treatyline::internal::report::findings_csv;
use treatyline::internal::report::findings_json_on;
use treatyline::report::{findings_junit, findings_sarif, findings_text};

use super::ground::GroundArguments;
use super::input::{OtherLinesArguments, StudyArguments};
use super::output::WritingArguments;
use super::{Failure, Outcome};

/// Check the boundary: the findings alone, and an exit code.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  treatyline check --format json -o findings.json")]
pub(super) struct Arguments {
    #[command(flatten)]
    study: StudyArguments,
    #[command(flatten)]
    others: OtherLinesArguments,
    #[command(flatten)]
    ground: GroundArguments,
    /// Fail on any finding that is inconsistent or undecided.
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    writing: WritingArguments<Format>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For a terminal.
    #[default]
    #[value(alias = "txt")]
    Text,
    /// For programs: treatyline/findings/v1.
    Json,
    /// For a spreadsheet: one number to a row.
    Csv,
    /// For the test viewers of continuous integration: JUnit XML.
    #[value(alias = "xml")]
    Junit,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let (format, output) = self.writing.open()?;
        let dossier = self.study.dossier_to_check()?;
        let (study, findings) = self.study.checked(&dossier, &self.others, &self.ground, false)?;
        match format {
            Format::Text => output.write_text(&findings_text(&study, &findings))?,
            Format::Json => output.write(&findings_json_on(study.depiction(), &findings))?,
            Format::Csv => {
                output.write(&findings_csv(&dossier, &findings))?;
            }
            Format::Junit => output.write(&findings_junit(&findings, self.strict))?,
            Format::Sarif => output.write(&findings_sarif(&findings, &self.study.place()))?,
        }
        Ok(Outcome::from_findings(&findings, self.strict))
    }
}
