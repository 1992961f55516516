//! `treatyline measure`

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::input::{self, MethodArguments};
use super::output::OutputArguments;
use super::{Failure, Outcome};
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::measure::measure;
use crate::report::MeasureReport;

/// Measure any GeoJSON: the length of each line, the area of each polygon, and the sums.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  treatyline measure parks.geojson roads.geojson --format json")]
pub(super) struct Arguments {
    /// GeoJSON files; - is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    method: MethodArguments,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    output: OutputArguments,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal.
    Text,
    /// For programs: treatyline/measure/v1.
    Json,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let output = self.output.open()?;
        let method = self.method.method();
        let geodesic = Geodesic::by(method, Ellipsoid::WGS84);
        let mut measured = Vec::with_capacity(self.files.len());
        for path in &self.files {
            let source = input::read(path)?;
            let features = measure(&geodesic, &source)?;
            measured.push((source.name, features));
        }
        let report = MeasureReport::new(method, &measured);
        match self.format {
            Format::Text => output.write_text(&report.text())?,
            Format::Json => output.write(&report.json())?,
        }
        Ok(Outcome::Sound)
    }
}
