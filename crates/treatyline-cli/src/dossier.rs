//! `treatyline dossier`: begin one, validate one, list those inside the program.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use treatyline::dossier::{Dossier, Draft, NewFigure};
use treatyline::internal::dossier::{ACCURACY, is_accuracy};
use treatyline::internal::report::ValidationReport;
use treatyline::internal::wording::{count, echoed, km};
use treatyline::io;
use treatyline::quantity::Metres;

use super::input::{ReadingArguments, SnapArguments};
use super::output::{Output, OutputArguments, WritingArguments};
use super::{Failure, Outcome};

/// Begin a dossier, find everything that is wrong with one, or list those inside the program.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  treatyline export line -o line.geojson\n  treatyline dossier new \
                        mine --line line.geojson --left Freedonia --right Sylvania\n  treatyline \
                        dossier validate mine"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(Box<New>),
    Validate(Validate),
    #[command(subcommand)]
    Figures(Figures),
    List(List),
}

/// How a figure is added, from a line on.
const ADDING: &str = "Examples:\n  treatyline export line -o line.geojson\n  treatyline dossier new \
                      mine --line line.geojson\n  treatyline dossier figures add mine --id \
                      length-atlas --printed 1,783 --unit km --source line";

/// Change the published figures of a dossier.
#[derive(Debug, Subcommand)]
#[command(after_help = ADDING)]
enum Figures {
    Add(Box<Add>),
}

/// Add a published figure to figures.toml, if the dossier is sound with it.
///
/// What is in the file stays as it is written.
#[derive(Debug, Args)]
#[command(after_help = ADDING)]
struct Add {
    /// The directory of the dossier.
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// Its id, as in length-1963.
    #[arg(long, value_name = "ID")]
    id: String,
    /// The number exactly as printed, as in 1,782.75.
    #[arg(long, value_name = "NUMBER")]
    printed: String,
    /// The unit it is printed in, as in km, mi, nmi, km2, sq mi, ha, %.
    #[arg(long, value_name = "UNIT")]
    unit: String,
    /// The key of its source in the bibliography of dossier.toml.
    #[arg(long, value_name = "KEY")]
    source: String,
    /// The step it was rounded to, in its unit [default: the last printed place, if that is no zero
    /// before the decimal point].
    #[arg(long, value_name = "STEP", value_parser = super::number)]
    rounding: Option<f64>,
    /// What it is about: line, line/land, line/water, line/STRETCH, or a name of your own.
    #[arg(long, value_name = "SCOPE", default_value = "line")]
    scope: String,
    /// What it says, in words [default: the scope].
    #[arg(long, value_name = "TEXT")]
    what: Option<String>,
    /// How firmly it is stated: exact, around, nearly, more-than or less-than.
    #[arg(long, value_name = "WORD", default_value = "exact")]
    qualifier: String,
    /// What weight it has: governing (of the parties), informal or superseded.
    #[arg(long, value_name = "WORD", default_value = "informal")]
    standing: String,
    /// The ids of the two points whose straight distance it is.
    #[arg(long, value_names = ["POINT", "POINT"], num_args = 2)]
    between: Vec<String>,
    /// The ids of the two points whose distance along the line it is.
    #[arg(long, value_names = ["POINT", "POINT"], num_args = 2, conflicts_with = "between")]
    along: Vec<String>,
    /// The id of the point whose distance from the line it is.
    #[arg(long, value_name = "POINT", conflicts_with_all = ["between", "along"])]
    from_line: Option<String>,
    /// What must hold for it to be about its scope, and no source says.
    #[arg(long, value_name = "TEXT")]
    assumes: Option<String>,
    /// Anything to know about it.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// Write a dossier to begin with: what can be known is filled in, the rest says TODO.
///
/// It passes validation as it is. The line is cut at the points that lie on it. Which state is on
/// which side no line says: check it. docs/dossier.md is the way from here to a report.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  treatyline export line -o line.geojson\n  treatyline dossier new \
                        mine --line line.geojson --left Freedonia --right Sylvania"
)]
struct New {
    /// The directory to be made.
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// The line, in any format that is built in, or the boundary that its two polygons share; - is
    /// standard input.
    #[arg(long, value_name = "FILE")]
    line: PathBuf,
    /// The state on the left, walking along the line.
    #[arg(long, value_name = "NAME")]
    left: Option<String>,
    /// The state on the right.
    #[arg(long, value_name = "NAME")]
    right: Option<String>,
    /// What the boundary is called [default: the title of the line].
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Points, some of them on the line, at which it is cut. Of their attributes these are taken: id,
    /// name, kind, position (the name of a state, line or none), accuracy_m, number, note.
    #[arg(long, value_name = "FILE")]
    points: Option<PathBuf>,
    /// Positional accuracy of the line in metres. Without it: 0.5 mm at the nominal_scale the file
    /// states, otherwise 100, marked TODO.
    #[arg(long, value_name = "METRES")]
    #[arg(allow_negative_numbers = true, value_parser = super::number)]
    accuracy: Option<f64>,
    #[command(flatten)]
    snap: SnapArguments,
    #[command(flatten)]
    reading: ReadingArguments,
}

/// Find everything that is wrong with a dossier.
///
/// The exit code is 1 if something is. Files are compared with each other when each of them can be
/// read.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  treatyline export line -o line.geojson\n  treatyline dossier new \
                        mine --line line.geojson\n  treatyline dossier validate mine"
)]
struct Validate {
    /// The directory of the dossier.
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    #[command(flatten)]
    writing: WritingArguments<Format>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// One problem to a line.
    #[default]
    #[value(alias = "txt")]
    Text,
    /// For programs: treatyline/validation/v1.
    Json,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
}

/// List the dossiers inside the program, which --dossier takes by name.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  treatyline dossier list")]
struct List {
    #[command(flatten)]
    output: OutputArguments,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        match &self.command {
            Command::New(command) => command.run(),
            Command::Validate(command) => command.run(),
            Command::Figures(Figures::Add(command)) => command.run(),
            Command::List(command) => command.run(),
        }
    }
}

impl New {
    fn run(&self) -> Result<Outcome, Failure> {
        let directory = &self.directory;
        let is_taken = fs::read_dir(directory).is_ok_and(|mut within| within.next().is_some());
        if is_taken || directory.is_file() {
            let what = format!(
                "{}: there is something already; name another directory",
                directory.display()
            );
            return Err(Failure::Usage(what));
        }
        if self.accuracy.is_some_and(|m| !is_accuracy(m)) {
            let what =
                format!("--accuracy is {}; give {ACCURACY}", echoed(self.accuracy.unwrap_or(0.0)));
            return Err(Failure::Usage(what));
        }
        let accuracy = self.accuracy.map(Metres::new);
        let line = self.reading.drawn(&self.line, self.snap.degrees()?)?;
        let points = self.points.as_ref().map(|path| {
            let input = self.reading.input_of_companion(path);
            io::read(&input).map_err(Failure::from)
        });
        let points = points.transpose()?;
        let draft = Draft::new(&line)
            .with_parties([self.left.clone(), self.right.clone()])
            .with_title(self.title.clone())
            .with_accuracy(accuracy)
            .with_selection(self.reading.selection());
        let draft = points.iter().fold(draft, |draft, points| draft.with_points(points));
        let files = draft.files()?;
        write_all(directory, &files).map_err(|error| Failure::Output {
            file: directory.display().to_string(),
            reason: error.to_string(),
            hint: "name another directory",
        })?;
        let todo: usize = files.iter().map(|(_, text)| text.matches("TODO").count()).sum();
        Output::Stdout.write(&format!(
            "{0}: a dossier of {1}; fill in the {2} marked TODO, then: treatyline report --dossier {0}\n",
            directory.display(),
            count(files.len(), "file"),
            count(todo, "place"),
        ))?;
        Ok(Outcome::Sound)
    }
}

/// Writes all files or none: into a directory next to the one that is wanted, which then gets its name.
fn write_all(directory: &Path, files: &[(&'static str, String)]) -> Result<(), std::io::Error> {
    let parent = directory.parent().filter(|parent| !parent.as_os_str().is_empty());
    let made = tempfile::tempdir_in(parent.unwrap_or(Path::new(".")))?;
    for (name, text) in files {
        fs::write(made.path().join(name), text)?;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Temporary directories are private; this one is as any other.
        fs::set_permissions(made.path(), fs::Permissions::from_mode(0o755))?;
    }
    // An empty directory gives way.
    let _ = fs::remove_dir(directory);
    fs::rename(made.path(), directory)?;
    // There is nothing left to remove.
    let _ = made.keep();
    Ok(())
}

impl Validate {
    fn run(&self) -> Result<Outcome, Failure> {
        let (format, output) = self.writing.open()?;
        let named = self.directory.display().to_string();
        let read = Dossier::read(&self.directory);
        let report = ValidationReport { dossier: &named, problems: read.as_ref().err() };
        match format {
            Format::Text => output.write(&report.text())?,
            Format::Json => output.write(&report.json())?,
            Format::Sarif => output.write(&report.sarif())?,
        }
        Ok(if read.is_ok() { Outcome::Sound } else { Outcome::Failing })
    }
}

impl Add {
    fn run(&self) -> Result<Outcome, Failure> {
        let figure = NewFigure::new(&self.id, &self.printed, &self.unit)
            .rounding(self.rounding)
            .scope(&self.scope)
            .source(&self.source)
            .qualifier(&self.qualifier)
            .standing(&self.standing);
        let figure = self.what.iter().fold(figure, |figure, what| figure.what(what));
        let figure = self.note.iter().fold(figure, |figure, note| figure.note(note));
        let figure = self.assumes.iter().fold(figure, |figure, text| figure.assumes(text));
        let figure = self.from_line.iter().fold(figure, |figure, id| figure.from_line(id));
        let figure = match (&self.between[..], &self.along[..]) {
            ([a, b], _) => figure.between([a, b]),
            (_, [a, b]) => figure.along([a, b]),
            _ => figure,
        };
        let text = figure.added_to(&self.directory)?;
        let file = self.directory.join("figures.toml");
        Output::replacing(&file)?.write(&text)?;
        Output::Stdout.write(&format!("{}: {} added\n", file.display(), self.id))?;
        Ok(Outcome::Sound)
    }
}

impl List {
    fn run(&self) -> Result<Outcome, Failure> {
        let output = self.output.open()?;
        let line = |name: &'static str| {
            let dossier = Dossier::shipped(name)?;
            let study = treatyline::check::Study::new(dossier);
            let length_m = study.depiction().line().length().value();
            Some(format!(
                "{name}  {}, {} on its line, {}\n",
                dossier.title(),
                km(length_m, 1),
                count(dossier.figures().len(), "published figure"),
            ))
        };
        output.write(&Dossier::shipped_names().filter_map(line).collect::<String>())?;
        Ok(Outcome::Sound)
    }
}
