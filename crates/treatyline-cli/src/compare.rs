//! `treatyline compare`

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use treatyline::compare::{Comparison, Settings};
use treatyline::internal::dossier::{ACCURACY, is_accuracy};
use treatyline::internal::report::{Compared, comparison_json, comparison_layer, comparison_text};
use treatyline::internal::report::{neighbours_json, neighbours_layer, neighbours_text};
use treatyline::internal::wording::{echoed, km, number};
use treatyline::quantity::{Metres, SquareMetres};
use treatyline_pages::internal::{ComparisonExhibits, comparison_html};

use super::input::{ReadingArguments, STDIN, SnapArguments};
use super::layer::{FileFormat, LayerArguments};
use super::neighbours::NeighboursArguments;
use super::output::{OutputArguments, say, warn};
use super::{Failure, Outcome, progress};

/// Compare two versions of a line: how far apart, and what land lies between.
///
/// Both are LineStrings or MultiLineStrings of any format that is built in, their parts
/// joined, or two polygons that share the line.
/// Left and right are as seen walking along OLD; NEW may run either way. Exit code 1 only
/// with --fail-above or --fail-area.
#[derive(Debug, Args)]
#[command(after_help = "Example, the line and the same with two decimals:\n  \
                        treatyline export line -o line.geojson\n  \
                        treatyline export line --decimals 2 | treatyline compare line.geojson -")]
pub(super) struct Arguments {
    /// The old line; - is standard input.
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The new line; - is standard input.
    #[arg(value_name = "NEW", required_unless_present = "neighbours")]
    new: Option<PathBuf>,
    #[command(flatten)]
    neighbours: NeighboursArguments,
    #[command(flatten)]
    snap: SnapArguments,
    #[command(flatten)]
    reading: ReadingArguments,
    /// Who is on the left of OLD.
    #[arg(long, value_name = "NAME", default_value = "left")]
    left: String,
    /// Who is on its right.
    #[arg(long, value_name = "NAME", default_value = "right")]
    right: String,
    /// Positional accuracy in metres: one for both lines, or OLD's and NEW's separated by a
    /// comma. Without it: 0.5 mm at the nominal_scale a file states, otherwise unknown,
    /// and then every difference counts as significant.
    #[arg(
        long,
        value_name = "METRES",
        value_delimiter = ',',
        num_args = 1,
        allow_negative_numbers = true,
        value_parser = super::number
    )]
    accuracy: Vec<f64>,
    /// Report which share of each line is farther from the other than this; several values
    /// separated by commas.
    #[arg(
        long,
        value_name = "METRES",
        value_delimiter = ',',
        num_args = 1,
        allow_negative_numbers = true,
        value_parser = super::number
    )]
    tolerance: Vec<f64>,
    /// Fail if the lines are anywhere farther apart than this, or a longer piece is only in one.
    #[arg(long, value_name = "METRES")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    fail_above: Option<f64>,
    /// Fail if more land than this changes sides, both ways together, noise not counted, or if a
    /// piece is only in one of the lines.
    #[arg(long, value_name = "KM2")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    fail_area: Option<f64>,
    /// The format [default: by the ending of FILE, or text].
    #[arg(long, value_parser = FileFormat::<Format>::parser())]
    format: Option<FileFormat<Format>>,
    #[command(flatten)]
    layer: LayerArguments,
    #[command(flatten)]
    output: OutputArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal.
    #[value(alias = "txt")]
    Text,
    /// For programs: treatyline/comparison/v1, of neighbours treatyline/neighbours/v1.
    Json,
    /// For readers: one file with a map, the distance along the line, and the land.
    #[value(alias = "htm")]
    Html,
}

/// How much is only in one of two lines, of pieces longer than some metres, if anything is.
fn only_in_one(comparison: &Comparison, least_m: f64) -> Option<String> {
    let lengths = comparison.only.iter().map(|only| only.length.value());
    let all: f64 = lengths.filter(|length_m| *length_m > least_m).sum();
    (all > 0.0).then(|| km(all, 3))
}

impl Arguments {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let (settings, snap_deg) = (self.settings()?, self.snap.degrees()?);
        let (fail_above, fail_area) = (
            limit("--fail-above", self.fail_above, "metres")?,
            limit("--fail-area", self.fail_area, "square kilometres")?,
        );
        let is_stdin = |path: &PathBuf| path.as_os_str() == STDIN;
        if is_stdin(&self.old) && self.new.as_ref().is_some_and(is_stdin) {
            let what = "OLD and NEW cannot both be standard input; name a file for one of them";
            return Err(Failure::Usage(what.to_owned()));
        }
        let names = FileFormat::<Format>::names();
        let format = self.output.format(self.format, FileFormat::from_path, &names)?;
        let format = format.unwrap_or(FileFormat::Own(Format::Text));
        self.layer.are_for(format.of_layer().is_some())?;
        let Some(new) = self.new.as_ref().filter(|_| !self.neighbours.neighbours) else {
            return self.between_neighbours(format);
        };
        let output = self.output.open()?;
        let old = self.reading.drawn(&self.old, snap_deg)?;
        let new = self.reading.drawn(new, snap_deg)?;
        let comparison =
            progress::shown(|progress| Comparison::with_progress(&old, &new, &settings, progress));
        let comparison = comparison.map_err(|unrelated| {
            let files = format!("{} and {}", old.origin, new.origin);
            Failure::Usage(format!(
                "{files}: {unrelated}; name two versions of one line, or give --neighbours for two \
                 areas"
            ))
        })?;
        if let Some(doubt) = comparison.doubt() {
            warn(&format!("{doubt}; two areas are compared with --neighbours"));
        }
        let compared = Compared::new(&comparison, &self.left, &self.right);
        match format {
            FileFormat::Layer(format) => {
                self.layer.write(&comparison_layer(&compared), format, output)?;
            }
            FileFormat::Own(Format::Json) => output.write(&comparison_json(&compared))?,
            FileFormat::Own(Format::Html) => {
                let exhibits = ComparisonExhibits::new(&comparison);
                output.write(&comparison_html(&compared, &exhibits))?;
            }
            FileFormat::Own(Format::Text) => output.write_text(&comparison_text(&compared))?,
        }
        let apart = comparison.hausdorff.symmetric();
        let too_far = fail_above.filter(|most| apart > Metres::new(*most));
        if let Some(most) = too_far {
            let (apart, most) = (number(apart.value(), 1), echoed(most));
            say(&format!("the lines are {apart} m apart, more than the {most} m of --fail-above"));
        }
        let moved = comparison.land.transferred();
        let too_much = fail_area.filter(|most| moved > SquareMetres::from_km2(*most));
        if let Some(most) = too_much {
            let (moved, most) = (number(moved.value() / 1e6, 3), echoed(most));
            say(&format!("{moved} km² change sides, more than the {most} km² of --fail-area"));
        }
        let is_alone = (fail_above.is_some() || fail_area.is_some())
            .then(|| only_in_one(&comparison, fail_above.unwrap_or_default()))
            .flatten();
        if let Some(length) = &is_alone {
            say(&format!(
                "{length} are only in one of the lines, so --fail-above and --fail-area cannot hold"
            ));
        }
        let failing = too_far.is_some() || too_much.is_some() || is_alone.is_some();
        Ok(if failing { Outcome::Failing } else { Outcome::Sound })
    }

    /// Writes what is between two areas.
    fn between_neighbours(&self, format: FileFormat<Format>) -> Result<Outcome, Failure> {
        if format == FileFormat::Own(Format::Html) {
            let what = "--format html is for two lines; give text, json or geodata for neighbours";
            return Err(Failure::Usage(what.to_owned()));
        }
        let output = self.output.open()?;
        let files = [Some(&self.old), self.new.as_ref()];
        self.neighbours.run(files, &self.reading, |report| {
            match format {
                FileFormat::Layer(format) => {
                    self.layer.write(&neighbours_layer(report), format, output)?;
                }
                FileFormat::Own(Format::Json) => output.write(&neighbours_json(report))?,
                FileFormat::Own(_) => output.write_text(&neighbours_text(report))?,
            }
            Ok(Outcome::Sound)
        })
    }

    fn settings(&self) -> Result<Settings, Failure> {
        let accuracies = match self.accuracy[..] {
            [] => [None; 2],
            [both] => [Some(both); 2],
            [old, new] => [Some(old), Some(new)],
            _ => {
                let count = self.accuracy.len();
                let what = format!("--accuracy has {count} values; give one for both, or two");
                return Err(Failure::Usage(what));
            }
        };
        if let Some(wrong) = accuracies.into_iter().flatten().find(|m| !is_accuracy(*m)) {
            let what = format!("--accuracy is {}; give {ACCURACY}", echoed(wrong));
            return Err(Failure::Usage(what));
        }
        for tolerance in &self.tolerance {
            limit("--tolerance", Some(*tolerance), "metres")?;
        }
        let mut settings = Settings {
            accuracies: accuracies.map(|metres| metres.map(Metres::new)),
            ..Settings::default()
        };
        if !self.tolerance.is_empty() {
            settings.tolerances = self.tolerance.iter().copied().map(Metres::new).collect();
        }
        Ok(settings)
    }
}

/// A limit; it must be a number that is not negative.
fn limit(option: &str, given: Option<f64>, unit: &str) -> Result<Option<f64>, Failure> {
    match given {
        Some(value) if !(value.is_finite() && value >= 0.0) => {
            let what = format!("{option} is {}; give a number of {unit}, 0 or more", echoed(value));
            Err(Failure::Usage(what))
        }
        other => Ok(other),
    }
}
