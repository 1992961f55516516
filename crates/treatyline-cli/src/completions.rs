//! `treatyline completions` and `treatyline man`: scripts for shells and the manual, made from the
//! definition of the command line.

use clap::Args;
use clap_complete::Shell;
use treatyline::dossier::Dossier;

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
        output.write_bytes(with_directories(self.shell, &script).as_bytes())?;
        Ok(Outcome::Sound)
    }
}

/// The script, offering directories as well where it offers the names of dossiers: what has names is
/// otherwise taken to have nothing else.
fn with_directories(shell: Shell, script: &[u8]) -> String {
    let script = String::from_utf8_lossy(script);
    let names = Dossier::shipped_names().collect::<Vec<_>>().join(" ");
    match shell {
        Shell::Bash => {
            let only = format!("$(compgen -W \"{names}\" -- \"${{cur}}\")");
            script.replace(&only, &format!("{only} $(compgen -d -- \"${{cur}}\")"))
        }
        Shell::Zsh => {
            let (only, known) =
                (format!(":({names})'"), format!("\"names\\:dossier\\:({names})\""));
            let both =
                format!(":{{_alternative {known} \"directories\\:directory\\:_files -/\"}}'");
            script.replace(&only, &both)
        }
        Shell::Fish => {
            let first = names.split(' ').next().unwrap_or_default();
            let [only, both] = ["-f", "-F"].map(|flag| format!("-r {flag} -a \"{first}"));
            script.replace(&only, &both)
        }
        // Those of other shells offer no values.
        _ => script.into_owned(),
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
