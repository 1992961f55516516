//! `treatyline resolution`

use clap::{Args, ValueEnum};
use treatyline::check::Verdict;
use treatyline::dossier::LineCurves;
use treatyline::internal::drawn::{Provenance, lines};
use treatyline::internal::report::FixLists;
use treatyline::internal::report::LineOrigin;
use treatyline::internal::wording::echoed;
use treatyline::io::Input;
use treatyline::quantity::Metres;
use treatyline::report::ResolutionReport;
use treatyline::resolution::{Curves, ladder};

use super::input::{LineArguments, ReadingArguments, SnapArguments, warn_of};
use super::output::WritingArguments;
use super::which_dossier::DossierArguments;
use super::{Failure, Outcome, progress};

/// Report how long a line is at which resolution, and at which resolution it would be as
/// long as published.
///
/// Resolutions from 1 m to 10 km, by simplification and by the divider method, with the
/// fractal dimension. Without --line: the dossier's line, also by medium and segment; the
/// exit code is 1 if it cannot have its published length, or a --length, within the
/// measurement band.
#[derive(Debug, Args)]
#[command(
    mut_arg("line", |line| line.conflicts_with("dossier")),
    mut_arg("unnamed", |line| line.conflicts_with("dossier")),
    after_help = "Example:\n  treatyline resolution --length 1790 --format svg -o length.svg"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    line: LineArguments,
    #[command(flatten)]
    snap: SnapArguments,
    #[command(flatten)]
    dossier: DossierArguments,
    #[command(flatten)]
    reading: ReadingArguments,
    /// A length in kilometres to look for; may be given several times.
    #[arg(long, value_name = "KM")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    length: Vec<f64>,
    #[command(flatten)]
    writing: WritingArguments<Format>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For a terminal, with a chart.
    #[default]
    #[value(alias = "txt")]
    Text,
    /// For programs: treatyline/resolution/v1.
    Json,
    /// For a spreadsheet.
    Csv,
    /// A drawing.
    Svg,
}

/// Longer than any line on Earth worth measuring: 2.5 times around the equator.
const LONGEST_KM: f64 = 1e5;

impl Arguments {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let (format, output) = self.writing.open()?;
        let lengths = self.lengths()?;
        let report = if self.line.files().is_empty() {
            let dossier = self.dossier.read()?;
            let curves = progress::shown(|progress| LineCurves::with_progress(&dossier, progress));
            ResolutionReport::of_curves(&dossier, &curves, &lengths)
        } else {
            let inputs = self.reading.inputs_of_line(self.line.files())?;
            of_files(&inputs, self.snap.degrees()?, &lengths)?
        };
        match format {
            Format::Text => output.write_text(&report.text())?,
            Format::Json => output.write(&report.json())?,
            Format::Csv => {
                output.write(&report.csv())?;
            }
            Format::Svg => output.write(&treatyline_pages::internal::resolution_svg(&report))?,
        }
        Ok(outcome(&report))
    }

    fn lengths(&self) -> Result<Vec<Metres>, Failure> {
        let sound = |km: &f64| *km > 0.0 && *km < LONGEST_KM;
        if let Some(given) = self.length.iter().find(|km| !sound(km)) {
            let given = echoed(*given);
            let what =
                format!("--length is {given}; give a positive number of kilometres below 100,000");
            return Err(Failure::Usage(what));
        }
        Ok(self.length.iter().map(|km| Metres::from_km(*km)).collect())
    }
}

fn of_files(
    inputs: &[Input],
    snap_deg: f64,
    lengths: &[Metres],
) -> Result<ResolutionReport, Failure> {
    let data = lines::read(inputs, snap_deg)?;
    let lines::Lines { lines: parts, fixes, .. } = lines::lines(&data)?;
    if inputs.iter().any(|input| input.is_strict()) {
        fixes.refused(&data.name)?;
    }
    warn_of(&FixLists::new(&data.name, &fixes));
    let rungs = ladder(&[]);
    let curves = progress::shown(|progress| {
        let curves = |(part, done): (&Vec<_>, u64)| {
            progress.report(&data.name, done, parts.len() as u64);
            Curves::new(part, &rungs)
        };
        parts.iter().zip(0..).map(curves).collect::<Vec<Curves>>()
    });
    let line = LineOrigin {
        provenance: Provenance {
            title: lines::title(&data).unwrap_or(&data.name).to_owned(),
            origin: data.name.clone(),
            sha256: data.digest.clone(),
        },
        snapping_deg: snap_deg,
        fixes,
    };
    Ok(ResolutionReport::of_line(line, &Curves::sum(&curves), lengths))
}

/// A length that the line cannot have within the measurement band fails.
fn outcome(report: &ResolutionReport) -> Outcome {
    let mut verdicts = report.published.iter().filter_map(|each| each.band_verdict);
    if verdicts.any(|verdict| verdict == Verdict::Inconsistent) {
        Outcome::Failing
    } else {
        Outcome::Sound
    }
}
