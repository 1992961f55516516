//! `treatyline report`

use clap::{Args, ValueEnum};
use treatyline::internal::report::report_csv;
use treatyline::report::{Report, report_json, report_markdown, report_text};
use treatyline_pages::{Exhibits, report_html};

use super::ground::GroundArguments;
use super::input::{OtherLinesArguments, StudyArguments};
use super::output::WritingArguments;
use super::{Failure, Outcome};

/// Report on the boundary: the line, land and water, the division, every finding.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  treatyline report --format json | head -n 5")]
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// For a terminal.
    #[default]
    #[value(alias = "txt")]
    Text,
    /// For a wiki or a pull request.
    #[value(alias = "md")]
    Markdown,
    /// For readers: one file with the map, readable anywhere.
    #[value(alias = "htm")]
    Html,
    /// For programs: treatyline/report/v1.
    Json,
    /// For a spreadsheet: the published figures and the findings, one number to a row.
    Csv,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let (format, output) = self.writing.open()?;
        let dossier = self.study.dossier_to_check()?;
        // Only a page has the curve of length over resolution.
        let with_curves = format == Format::Html;
        let (study, findings) =
            self.study.checked(&dossier, &self.others, &self.ground, with_curves)?;
        let report = Report::new(&study, &findings);
        match format {
            Format::Text => output.write_text(&report_text(&report))?,
            Format::Markdown => output.write(&report_markdown(&report))?,
            Format::Html => {
                output.write(&report_html(&report, &Exhibits::new(&study)))?;
            }
            Format::Json => output.write(&report_json(&report))?,
            Format::Csv => output.write(&report_csv(&report))?,
        }
        Ok(Outcome::from_findings(&findings, self.strict))
    }
}
