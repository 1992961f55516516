//! Where output goes: standard output, or a file that appears whole or not at all.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use tempfile::NamedTempFile;

use super::{Failure, colour};

/// Where to write.
#[derive(Debug, Args)]
pub(super) struct OutputArguments {
    /// Write to this file instead of standard output; it appears whole or not at
    /// all. - is standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// An output that has been opened.
pub(super) enum Output {
    Stdout,
    /// A device or a pipe: nothing to rename over.
    Stream(std::fs::File, PathBuf),
    File(NamedTempFile, PathBuf),
}

fn failure(file: &Path, reason: &impl ToString) -> Failure {
    Failure::Output { file: file.display().to_string(), reason: reason.to_string() }
}

impl OutputArguments {
    /// Opens the output: before the work, so that a wrong name costs nothing.
    pub(super) fn open(&self) -> Result<Output, Failure> {
        let Some(path) = self.output.as_ref().filter(|path| path.as_os_str() != "-") else {
            return Ok(Output::Stdout);
        };
        let fail = |error: std::io::Error| failure(path, &error);
        // The temporary file's random name would only confuse.
        let directory = |error: std::io::Error| failure(path, &error.kind());
        match std::fs::metadata(path) {
            Ok(found) if found.is_dir() => Err(failure(path, &"it is a directory")),
            Ok(found) if !found.is_file() => {
                let stream = OpenOptions::new().write(true).open(path).map_err(fail)?;
                Ok(Output::Stream(stream, path.clone()))
            }
            _ => {
                let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
                let mut builder = tempfile::Builder::new();
                // A temporary file is private; the one it becomes is like any other.
                #[cfg(unix)]
                {
                    use std::os::unix::fs::PermissionsExt;
                    builder.permissions(std::fs::Permissions::from_mode(0o666));
                }
                let file =
                    builder.tempfile_in(parent.unwrap_or(Path::new("."))).map_err(directory)?;
                Ok(Output::File(file, path.clone()))
            }
        }
    }
}

impl Output {
    /// Writes text; coloured where it goes to a terminal.
    pub(super) fn write_text(self, text: &str) -> Result<(), Failure> {
        let text = &harmless(text, "\n");
        match self {
            Self::Stdout if colour::wanted() => Self::Stdout.write(&colour::paint(text)),
            other => other.write(text),
        }
    }

    /// Writes data as it is. A reader that has seen enough and closes the pipe is a
    /// quiet, successful end.
    pub(super) fn write(self, data: &str) -> Result<(), Failure> {
        match self {
            Self::Stdout => {
                let mut stdout = std::io::stdout().lock();
                let written = stdout.write_all(data.as_bytes()).and_then(|()| stdout.flush());
                match written {
                    Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
                    other => other.map_err(|error| failure(Path::new("standard output"), &error)),
                }
            }
            Self::Stream(mut stream, path) => {
                stream.write_all(data.as_bytes()).map_err(|error| failure(&path, &error))
            }
            Self::File(mut file, path) => {
                file.write_all(data.as_bytes()).map_err(|error| failure(&path, &error))?;
                file.persist(&path).map_err(|error| failure(&path, &error.error))?;
                Ok(())
            }
        }
    }
}

/// Says on standard error why a command could not run.
pub(super) fn complain(failure: &Failure) {
    // If standard error is closed there is nobody to tell.
    let message = harmless(&failure.to_string(), "");
    let _ = writeln!(std::io::stderr().lock(), "treatyline: {message}");
}

/// Shows control characters instead of sending them to a terminal: a dossier may come
/// from anywhere.
fn harmless(text: &str, allowed: &str) -> String {
    let shown = |c: char| {
        let escape = c.is_control() && !allowed.contains(c);
        let (escaped, plain) =
            if escape { (Some(c.escape_default()), None) } else { (None, Some(c)) };
        escaped.into_iter().flatten().chain(plain)
    };
    text.chars().flat_map(shown).collect()
}
