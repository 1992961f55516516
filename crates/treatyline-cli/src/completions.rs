//! `treatyline completions` and `treatyline man`: scripts for shells and the manual, made from the
//! definition of the command line.

use clap::Args;
use clap_complete::Shell;

use super::output::OutputArguments;
use super::{Failure, Outcome, definition};

/// Print a completion script for a shell.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  treatyline completions bash -o treatyline.bash")]
pub(super) struct Completions {
    /// Which shell.
    #[arg(value_enum)]
    shell: Shell,
    #[command(flatten)]
    output: OutputArguments,
}

/// Print the manual, one page with every command.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  treatyline man -o treatyline.1")]
pub(super) struct Man {
    #[command(flatten)]
    output: OutputArguments,
}

impl Completions {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let output = self.output.open()?;
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut definition(), "treatyline", &mut script);
        output.write_bytes(&script)?;
        Ok(Outcome::Sound)
    }
}

impl Man {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let output = self.output.open()?;
        let mut command = definition();
        command.build();
        let mut pages = vec![command.clone()];
        pages.extend(command.get_subcommands().filter(|c| c.get_name() != "help").cloned());
        let mut manual = Vec::new();
        for page in pages {
            // Writing to memory does not fail.
            let _ = clap_mangen::Man::new(page).render(&mut manual);
        }
        output.write_bytes(&manual)?;
        Ok(Outcome::Sound)
    }
}
