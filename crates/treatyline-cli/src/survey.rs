//! `treatyline survey`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use treatyline::course::Settings;
use treatyline::geodesy::{Ellipsoid, Geodesic};
use treatyline::internal::report::SurveyReport;
use treatyline::internal::survey::ByRivers;
use treatyline::io::Input;
use treatyline::survey::NamedAttributes;
use treatyline::survey::survey_by_rivers;

use super::input::{MethodArguments, ReadingArguments, STDIN, warn_of};
use super::output::WritingArguments;
use super::rivers::{RiverArguments, warn_of_distance};
use super::{Failure, Outcome};

/// Measure all boundaries of lines that have a country on either side, or of the polygons of
/// countries: the length of each pair's boundary and of each country's.
///
/// Polygons have the boundaries that their outlines have in common, on opposite sides. Those
/// with one value of an attribute (--by) are one country, in one file or in several.
///
/// With --rivers also how much of each follows a mapped river, and how much would by chance;
/// in that case a file without country codes is measured as one line.
///
/// Lines whose kind is not that of an international boundary (disputed, indefinite, a
/// line of control), or that have no code or the same on both sides, are kept apart.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  \
                  treatyline export line | treatyline survey - --left left --right right")]
pub(super) struct Arguments {
    /// Lines or polygons in any format that is built in; several files are surveyed together;
    /// - is standard input.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The attribute with the country of a polygon. Without it: the first usual one that there
    /// is, such as `adm0_a3`, `iso_a3`, `iso`, `name`; if there is none, each feature is a
    /// country, and of several files each file.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["left", "right", "kind"])]
    by: Option<String>,
    /// The attribute with the code of the country on the left. Without it: the first of
    /// `adm0_a3_l`, `cc1`, `left` and `adm0_left` that the file has.
    #[arg(long, value_name = "NAME", requires = "right")]
    left: Option<String>,
    /// The attribute with the code of the country on the right.
    #[arg(long, value_name = "NAME", requires = "left")]
    right: Option<String>,
    /// The attribute with the kind of boundary; those that begin with "International
    /// boundary" count. Without it: `featurecla`, if the file has it.
    #[arg(long, value_name = "NAME")]
    kind: Option<String>,
    #[command(flatten)]
    rivers: RiverArguments,
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    method: MethodArguments,
    #[command(flatten)]
    writing: WritingArguments<Format>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For a terminal.
    #[default]
    #[value(alias = "txt")]
    Text,
    /// For programs: treatyline/survey/v1.
    Json,
    /// For a spreadsheet.
    Csv,
    /// One page that needs nothing else.
    #[value(alias = "htm")]
    Html,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let stdin = self.files.iter().filter(|file| file.as_os_str() == STDIN).count();
        if self.rivers.count_stdin() + stdin > 1 {
            let what = "only one of FILE and --rivers can be standard input; name files for the \
                        others";
            return Err(Failure::Usage(what.to_owned()));
        }
        let (format, output) = self.writing.open()?;
        let method = self.method.method();
        let geodesic = Geodesic::new(Ellipsoid::WGS84).with_method(method);
        let inputs: Vec<Input> = self.files.iter().map(|file| self.input(file)).collect();
        let settings = self.rivers.settings(Settings::for_surveys())?.without_runs();
        let rivers = self.rivers.read(&self.reading)?;
        let by = rivers.as_ref().map(|rivers| ByRivers::new(rivers, &settings));
        let found = survey_by_rivers(&geodesic, &inputs, &self.named(), by.as_ref())?;
        let used = rivers.as_ref().map(|rivers| (rivers, &settings));
        let names: Vec<&str> = inputs.iter().map(Input::name).collect();
        let report = SurveyReport::new(&names.join(", "), method, &found, used);
        warn_of(&report.read);
        warn_of_distance(found.rivers.as_ref());
        match format {
            Format::Text => output.write_text(&report.text())?,
            Format::Json => output.write(&report.json())?,
            Format::Csv => output.write(&report.csv())?,
            Format::Html => output.write(&treatyline_pages::internal::survey_html(&report))?,
        }
        Ok(Outcome::Sound)
    }

    fn input(&self, file: &Path) -> Input {
        self.reading.input(file).with_attributes(true)
    }

    fn named(&self) -> NamedAttributes {
        NamedAttributes {
            left: self.left.clone(),
            right: self.right.clone(),
            kind: self.kind.clone(),
            by: self.by.clone(),
        }
    }
}
