//! `treatyline measure`

use std::io::{self, Seek};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use treatyline::drawn::DrawnLine;
use treatyline::geodesy::{Ellipsoid, Geodesic};
use treatyline::internal::progress::Progress;
use treatyline::internal::report::{
    FeatureEntry, FixLists, JoinedEntry, MeasureCsv, MeasureHead, MeasureJson, MeasureSums,
    MeasureText, MeasureWriter,
};
use treatyline::io::FixKind;
use treatyline::io::problem::{self, Problem};
use treatyline::measure::measure_each;
use treatyline::measure::{FeatureMeasures, Groups, Sums};
use treatyline::problem::{Fault, Problems};
use treatyline::quantity::Metres;

use super::input::{MethodArguments, ReadingArguments, SnapArguments, warn_of};
use super::output::WritingArguments;
use super::{Failure, Outcome, progress};

/// Measure any geodata: the length of each line, the area of each polygon, and the sums.
///
/// GeoJSON is read feature by feature, so it may be larger than memory: a collection, or
/// one feature to a line. csv and json list every feature, text the first thousand.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  treatyline export sectors | treatyline measure -\n  \
                  treatyline export segments | treatyline measure - --by instrument --summary")]
pub(super) struct Arguments {
    /// Files in any format that is built in; - is standard input.
    #[arg(required_unless_present = "line", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Measure the lines of this file as one line, or the boundary shared by its two
    /// polygons, or by those of two files, and report its gaps.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    #[arg(conflicts_with_all = ["files", "by", "summary"])]
    line: Vec<PathBuf>,
    #[command(flatten)]
    snap: SnapArguments,
    #[command(flatten)]
    reading: ReadingArguments,
    /// Also add up by the values of this attribute.
    #[arg(long, value_name = "ATTRIBUTE")]
    by: Option<String>,
    /// Leave out the single features: only the sums.
    #[arg(long)]
    summary: bool,
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
    /// For programs: treatyline/measure/v1.
    Json,
    /// For a spreadsheet.
    Csv,
}

/// Up to this size, the output stays in memory; beyond it goes to a temporary file.
const IN_MEMORY: usize = 4 << 20;

impl Arguments {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let (format, output) = self.writing.open()?;
        let head = MeasureHead::new(self.method.method(), self.by.as_deref());
        let features = !self.summary;
        // Nothing is written before all input has been read without an error.
        let mut spool = tempfile::spooled_tempfile(IN_MEMORY);
        let begun = match format {
            Format::Text => {
                let mut text = MeasureText::new(&head, features);
                progress::shown(|progress| self.fill(&mut text, progress))?;
                output.write_text(&text.into_text())?;
                return Ok(Outcome::Sound);
            }
            Format::Json => MeasureJson::new(io::BufWriter::new(&mut spool), &head, features)
                .map(|mut writer| progress::shown(|progress| self.fill(&mut writer, progress))),
            Format::Csv => MeasureCsv::new(io::BufWriter::new(&mut spool))
                .map(|mut writer| progress::shown(|progress| self.fill(&mut writer, progress))),
        };
        begun.map_err(|error| scratch(&error))??;
        spool.rewind().map_err(|error| scratch(&error))?;
        output.copy(&mut spool)?;
        Ok(Outcome::Sound)
    }

    /// Passes all measures to a writer.
    fn fill(&self, writer: &mut impl MeasureWriter, progress: Progress<'_>) -> Result<(), Failure> {
        let geodesic = Geodesic::new(Ellipsoid::WGS84).with_method(self.method.method());
        let mut taking = Taking {
            writer,
            grouped: self.by.is_some(),
            listed: !self.summary,
            sums: Sums::default(),
            groups: Groups::default(),
            outcome: Ok(()),
            measured: 0,
            progress,
        };
        let mut read = FixLists::default();
        let joined = if self.line.is_empty() {
            None
        } else {
            let (inputs, snap_deg) =
                (self.reading.inputs_of_line(&self.line)?, self.snap.degrees()?);
            match DrawnLine::of_files(&inputs, snap_deg) {
                Ok(drawn) => {
                    read.add(&drawn.origin, &drawn.fixes);
                    Some(taking.line(&geodesic, &drawn)?)
                }
                Err(problems) => {
                    let strict = inputs.iter().any(|input| input.is_strict());
                    Some(taking.nothing(problems, snap_deg, strict, &mut read)?)
                }
            }
        };
        for path in &self.files {
            let mut input = self.reading.input(path);
            let by = self.by.as_deref();
            if by.is_some() {
                input = input.with_attributes(true);
            }
            let take = |feature| taking.feature(input.name(), feature);
            let fixes = measure_each(&geodesic, &input, by, take)?;
            read.add(input.name(), &fixes);
        }
        let groups = self.by.is_some().then_some(&taking.groups);
        if let Some((by, groups)) = self.by.as_ref().zip(groups)
            && taking.measured > 0
            && groups.totals().all(|(value, _)| value.is_null())
        {
            return Err(self.no_group(by));
        }
        warn_of(&read);
        let sums = MeasureSums::new(groups, &taking.sums.total());
        let sums = MeasureSums { line: joined, read, ..sums };
        let written = taking.outcome.and_then(|()| taking.writer.sums(sums));
        written.map_err(|error| scratch(&error))
    }

    /// The failure that no feature has the attribute of --by, with the attributes there are.
    fn no_group(&self, by: &str) -> Failure {
        let mut known = Vec::new();
        for path in &self.files {
            for name in self.reading.input(path).attributes() {
                if !known.contains(&name) {
                    known.push(name);
                }
            }
        }
        if known.is_empty() || known.iter().any(|known| known == by) {
            let what = format!("--by: no feature has an attribute `{by}` with a value");
            return Failure::Usage(format!("{what}; name another, or leave it out"));
        }
        let fault = problem::Fault::no_attribute(by, known);
        Failure::Usage(format!("--by: {fault}; {}", fault.hint()))
    }
}

/// Sums and rows as features come.
struct Taking<'a, W> {
    writer: &'a mut W,
    grouped: bool,
    listed: bool,
    sums: Sums,
    groups: Groups,
    outcome: io::Result<()>,
    measured: u64,
    progress: Progress<'a>,
}

/// Progress is reported each time this many features have been measured.
const REPORT_EVERY: u64 = 1024;

impl<W: MeasureWriter> Taking<'_, W> {
    fn feature(&mut self, file: &str, feature: FeatureMeasures) {
        self.measured += 1;
        if self.measured.is_multiple_of(REPORT_EVERY) {
            let what = format!("{file}: {} features", self.measured);
            self.progress.report(&what, self.measured, 0);
        }
        self.sums.add(&feature);
        if self.grouped {
            self.groups.add(&feature);
        }
        if self.listed && self.outcome.is_ok() {
            self.outcome = self.writer.feature(FeatureEntry::new(file, feature, self.grouped));
        }
    }

    /// A file as one line.
    fn line(&mut self, geodesic: &Geodesic, drawn: &DrawnLine) -> Result<JoinedEntry, Failure> {
        let mut length = Metres::default();
        for stretch in drawn.line.stretches() {
            let measured = geodesic.length(stretch).map_err(|fault| {
                let (file, place) = (drawn.origin.clone(), String::new());
                Failure::Input(Problem::new(file, place, Fault::from(fault)).into())
            })?;
            length = length + measured;
        }
        let (entry, feature) = JoinedEntry::new(drawn, length);
        self.feature(&drawn.origin, feature);
        Ok(entry)
    }
}

impl<W: MeasureWriter> Taking<'_, W> {
    /// Two polygons that both have the same outline on the same side and share no boundary: there
    /// is nothing to measure, and that is the answer. Any other problem stays a problem.
    fn nothing(
        &mut self,
        problems: Problems,
        snap_deg: f64,
        strict: bool,
        read: &mut FixLists,
    ) -> Result<JoinedEntry, Failure> {
        let [Problem { file, fault: Fault::NothingShared { claimed, .. }, .. }] = problems.all()
        else {
            return Err(problems.into());
        };
        if claimed.all().all(|fix| fix.kind != FixKind::ClaimedByBoth) {
            return Err(problems.into());
        }
        if strict {
            claimed.refused(file)?;
        }
        read.add(file, claimed);
        let (entry, feature) = JoinedEntry::nothing_shared(snap_deg);
        let file = file.clone();
        self.feature(&file, feature);
        Ok(entry)
    }
}

/// The temporary file cannot be written.
fn scratch(error: &io::Error) -> Failure {
    let what = format!("temporary file in {}: {error}", std::env::temp_dir().display());
    Failure::Usage(format!("{what}; make room there, or name another directory in TMPDIR"))
}
