//! The command line of treatyline: what may be asked, and who answers. No geometry here.
//!
//! The program is `treatyline`; this library is what runs it ([`main`]), and the definition of its
//! options ([`definition`]) for whatever walks over them.

#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
// println! panics on a closed pipe; `output` does not.
#![warn(clippy::print_stdout, clippy::print_stderr)]

mod check;
mod colour;
mod compare;
mod completions;
mod construct;
mod course;
mod datum;
mod dossier;
mod export;
mod ground;
mod input;
mod layer;
mod map;
mod measure;
mod neighbours;
mod output;
mod points;
mod progress;
mod report;
mod resolution;
mod rivers;
mod schema;
mod settings;
mod survey;
mod which_dossier;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use treatyline::check::Findings;
use treatyline::geodesy::datum::DatumError;
use treatyline::io;
use treatyline::problem::Problems;

/// Measures an international boundary and says of every published figure whether the
/// geometry bears it out.
///
/// Without --dossier: the China–Kazakhstan boundary. Exit codes: 0 no
/// finding of severity error is inconsistent, 1 one is (with --strict: any finding is
/// inconsistent or undecided; compare: the lines differ by more than allowed), 2 it could
/// not run.
#[derive(Debug, Parser)]
#[command(name = "treatyline", version, max_term_width = 100)]
#[command(after_help = "Example:\n  treatyline report --format markdown -o report.md")]
struct Arguments {
    /// Work on this number of threads at most; by default on as many as the machine has. The
    /// result is the same.
    #[arg(long, value_name = "N", global = true, value_parser = threads)]
    threads: Option<usize>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Report(report::Arguments),
    Check(check::Arguments),
    Compare(compare::Arguments),
    Export(export::Arguments),
    Measure(measure::Arguments),
    Points(points::Arguments),
    Construct(construct::Arguments),
    Course(course::Arguments),
    Datum(datum::Arguments),
    Dossier(dossier::Arguments),
    Completions(completions::Completions),
    Man(completions::Man),
    Resolution(resolution::Arguments),
    Schema(schema::Arguments),
    Survey(survey::Arguments),
}

/// Why a command could not run. Exit code 2.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// A file that cannot be read.
    #[error("{0}")]
    File(#[from] io::problem::Problems),
    /// A line or a dossier that is no good.
    #[error("{0}")]
    Input(#[from] Problems),
    /// A datum operation that cannot be had.
    #[error("{0}")]
    Datum(#[from] DatumError),
    /// Output that cannot be written.
    #[error("{file}: cannot be written: {reason}; {hint}")]
    Output {
        /// The file.
        file: String,
        /// What the system says.
        reason: String,
        /// What to do about it.
        hint: &'static str,
    },
    /// A value of an option that cannot be.
    #[error("{0}")]
    Usage(String),
}

/// A number as an option.
fn number(text: &str) -> Result<f64, String> {
    let bare = "give a bare number without unit or comma, as in 0.05";
    text.parse().map_err(|_| bare.to_owned())
}

fn threads(text: &str) -> Result<usize, String> {
    let threads = text.parse().ok().filter(|threads| (1..=MOST_THREADS).contains(threads));
    threads.ok_or_else(|| format!("give a whole number from 1 to {MOST_THREADS}"))
}

/// More than any machine has; each takes memory.
const MOST_THREADS: usize = 1024;

/// Keeps all work on a number of threads. Whatever is worked on, the result is the same.
fn limit(threads: usize) {
    treatyline::internal::limit_threads(threads);
    // It fails only where the threads have been started before, and nothing has been done yet.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
}

/// How a command that ran ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing failed.
    Sound,
    /// A finding fails, or a difference is larger than allowed.
    Failing,
}

impl Outcome {
    fn from_findings(findings: &Findings, strict: bool) -> Self {
        if findings.fail(strict) { Self::Failing } else { Self::Sound }
    }
}

/// The definition of the command line, for whatever walks over its commands.
#[must_use]
pub fn definition() -> clap::Command {
    Arguments::command()
}

/// Messages of the library name from now on what can be set as the command does: for tests of what
/// the library writes for it.
#[doc(hidden)]
pub fn name_settings() {
    treatyline::internal::name_settings(settings::named);
}

/// Reads the arguments, runs the command, gives the exit code.
#[must_use]
pub fn main() -> ExitCode {
    treatyline::internal::quiet();
    name_settings();
    // clap answers --help, --version and bad arguments itself, with exit code 2.
    let arguments = Arguments::parse();
    if let Some(threads) = arguments.threads {
        limit(threads);
    }
    let outcome = match arguments.command {
        Command::Report(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Compare(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Measure(command) => command.run(),
        Command::Points(command) => command.run(),
        Command::Construct(command) => command.run(),
        Command::Course(command) => command.run(),
        Command::Datum(command) => command.run(),
        Command::Dossier(command) => command.run(),
        Command::Completions(command) => command.run(),
        Command::Man(command) => command.run(),
        Command::Resolution(command) => command.run(),
        Command::Schema(command) => command.run(),
        Command::Survey(command) => command.run(),
    };
    match outcome {
        Ok(Outcome::Sound) => ExitCode::SUCCESS,
        Ok(Outcome::Failing) => ExitCode::from(1),
        Err(failure) => {
            output::complain(&failure);
            ExitCode::from(2)
        }
    }
}
