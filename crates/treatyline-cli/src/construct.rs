//! `treatyline construct`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use treatyline::construct::{ConstructSettings, Construction};
use treatyline::internal::report::ConstructionReport;
use treatyline::io::Input;

use super::input::STDIN;
use super::layer::{FileFormat, LayerArguments};
use super::output::OutputArguments;
use super::{Failure, Outcome};

/// Draw the line that a treaty describes, from a list of its points and of what joins them.
///
/// The list is TOML or CSV (docs/construct.md). Points are written as they are printed, or derived
/// from others; edges are geodesics, rhumb lines, parallels, meridians, arcs, straight on a map or in
/// degrees, or follow the line of a file. What the list does not say gives one line for each thing it
/// may mean, with the area between them. Lengths, azimuths and sums that it prints are checked. The
/// exit code is 1 if one of them contradicts every line.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  printf 'latitude,longitude,edge\\n49N,123W,parallel\\n49N,95W,none' \
                        | treatyline construct -"
)]
pub(super) struct Arguments {
    /// The list; - is standard input. Files that it names are looked for in its directory.
    #[arg(value_name = "LIST")]
    file: PathBuf,
    /// The format [default: by the ending of FILE, or text].
    #[arg(long, value_parser = FileFormat::<Format>::parser())]
    format: Option<FileFormat<Format>>,
    /// No edge is farther from its course than this, in metres [default: what the list says, or 0.1].
    #[arg(long, value_name = "METRES", allow_negative_numbers = true, value_parser = tolerance)]
    tolerance: Option<f64>,
    /// The coordinate system of the points, instead of what the list says: a geographic one, as in
    /// EPSG:4267, or `unstated`.
    #[arg(long, value_name = "CODE")]
    crs: Option<String>,
    /// The operation that brings coordinates to WGS 84, as in EPSG:1133, instead of the one that
    /// is chosen by area of use and accuracy.
    #[arg(long, value_name = "CODE")]
    operation: Option<String>,
    /// The encoding of a list that is not UTF-8, as in windows-1252.
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    #[command(flatten)]
    layer: LayerArguments,
    #[command(flatten)]
    output: OutputArguments,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal.
    #[default]
    #[value(alias = "txt")]
    Text,
    /// For programs: treatyline/construction/v1.
    Json,
}

fn tolerance(text: &str) -> Result<f64, String> {
    let found = super::number(text)?;
    if (1e-4..=1e4).contains(&found) {
        return Ok(found);
    }
    Err("give a number of metres from 0.0001 to 10000".to_owned())
}

impl Arguments {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let names = FileFormat::<Format>::names();
        let format = self.output.format(self.format, FileFormat::from_path, &names)?;
        let format = format.unwrap_or(FileFormat::Own(Format::Text));
        self.layer.are_for(format.of_layer().is_some())?;
        let output = self.output.open()?;
        let is_stdin = self.file.as_os_str() == STDIN;
        let input = if is_stdin {
            Input::stream("standard input", std::io::stdin())
        } else {
            Input::path(&self.file)
        };
        let input = input.with_encoding(self.encoding.clone());
        let directory = self.file.parent().filter(|_| !is_stdin).unwrap_or(Path::new(""));
        let settings = ConstructSettings {
            tolerance_m: self.tolerance,
            system: self.crs.clone(),
            operation: self.operation.clone(),
        };
        let open = |name: &str| Input::path(&directory.join(name));
        let built = Construction::read(&input, &settings, &open)?;
        let report = ConstructionReport(&built);
        match format {
            FileFormat::Own(Format::Text) => output.write_text(&report.text())?,
            FileFormat::Own(Format::Json) => output.write(&report.json())?,
            FileFormat::Layer(format) => self.layer.write(&report.layer(), format, output)?,
        }
        Ok(if built.is_sound() { Outcome::Sound } else { Outcome::Failing })
    }
}
