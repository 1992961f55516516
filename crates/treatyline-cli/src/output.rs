//! Writes output to standard output or to a file. A file is written completely or not at all.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{Error, ErrorKind, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use tempfile::NamedTempFile;
use treatyline::internal::wording::either;
use treatyline::io::LayerFormat;
use treatyline::report::StyledText;

use super::{Failure, colour};

/// Where to write.
#[derive(Debug, Args)]
pub(super) struct OutputArguments {
    /// Write to this file instead of standard output; it appears whole or not at
    /// all. - is standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if there is one already.
    #[arg(long, requires = "output")]
    force: bool,
}

/// In which of its formats a command writes, and where.
#[derive(Debug, Args)]
pub(super) struct WritingArguments<F: ValueEnum + Default + Send + Sync + 'static> {
    /// The format [default: by the ending of FILE, or text].
    #[arg(long, value_enum)]
    format: Option<F>,
    #[command(flatten)]
    output: OutputArguments,
}

impl<F: ValueEnum + Default + Send + Sync> WritingArguments<F> {
    /// The file, if its ending is that of geodata, which the command does not write.
    pub(super) fn file_of_geodata(&self) -> Option<&Path> {
        let file = self.output.file().filter(|_| self.format.is_none())?;
        (ended::<F>(file).is_none() && LayerFormat::from_path(file).is_some()).then_some(file)
    }

    /// The format, and the output, opened before the work begins.
    pub(super) fn open(&self) -> Result<(F, Output), Failure> {
        let format = self.output.format(self.format.clone(), ended, &names::<F>())?;
        Ok((format.unwrap_or_default(), self.output.open()?))
    }
}

/// The format whose name, or other name, a file's name ends in.
pub(super) fn ended<F: ValueEnum>(path: &Path) -> Option<F> {
    let ending = path.extension()?.to_str()?;
    let is_it = |format: &&F| format.to_possible_value().is_some_and(|it| it.matches(ending, true));
    F::value_variants().iter().find(is_it).cloned()
}

/// The names of a command's formats.
fn names<F: ValueEnum>() -> Vec<String> {
    let values = F::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    values.map(|value| value.get_name().to_owned()).collect()
}

/// An output that has been opened.
pub(super) enum Output {
    Stdout,
    /// A device or a pipe: it cannot be replaced by a renamed file.
    Stream(File, PathBuf),
    /// A file. It is written next to its target and then renamed over it.
    File {
        file: NamedTempFile,
        target: PathBuf,
        /// As the user named it.
        path: PathBuf,
        /// Whether a file that is there may be replaced.
        force: bool,
    },
}

/// Why a file cannot be written, and what to do about it.
fn failure(file: &Path, error: &Error) -> Failure {
    let (reason, hint) = match error.kind() {
        ErrorKind::StorageFull => {
            ("No space left on device", "make room there, or write elsewhere")
        }
        ErrorKind::IsADirectory => ("it is a directory", "name a file in it"),
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            ("there is no such directory", "create it, or name a file in one that exists")
        }
        ErrorKind::AlreadyExists => {
            ("there is such a file already", "give --force to replace it, or name another file")
        }
        ErrorKind::PermissionDenied => {
            ("permission denied", "name a file in a directory that can be written to")
        }
        _ => ("", "name another file"),
    };
    let reason = match (reason, error.raw_os_error()) {
        // A wrapped error contains the name of the temporary file, which would only confuse.
        ("", None) if error.kind() != ErrorKind::Other => error.kind().to_string(),
        ("", _) => error.to_string(),
        _ => reason.to_owned(),
    };
    Failure::Output { file: file.display().to_string(), reason, hint }
}

impl OutputArguments {
    /// Opens the output before the work begins, so that a wrong name fails at once.
    pub(super) fn open(&self) -> Result<Output, Failure> {
        let Some(path) = self.file() else { return Ok(Output::Stdout) };
        open(path, self.force).map_err(|error| failure(path, &error))
    }

    /// The format that was asked for, or the one that the ending of the file's name stands for.
    /// A name without an ending stands for none. An unknown ending is an error: the name would
    /// promise what the file does not hold.
    pub(super) fn format<F>(
        &self,
        asked: Option<F>,
        recognise: impl FnOnce(&Path) -> Option<F>,
        names: &[String],
    ) -> Result<Option<F>, Failure> {
        let named = self.file().filter(|path| asked.is_none() && path.extension().is_some());
        let Some(path) = named else { return Ok(asked) };
        let none = || {
            let (file, names) = (path.display(), either(names));
            Failure::Usage(format!(
                "{file}: its ending names no format that this command writes; give it another \
                 ending, or give --format {names}"
            ))
        };
        recognise(path).map(Some).ok_or_else(none)
    }

    /// The file to be written, unless it is standard output.
    pub(super) fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| path.as_os_str() != "-")
    }
}

fn open(path: &Path, force: bool) -> Result<Output, Error> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(ErrorKind::IsADirectory.into()),
        // Nothing is lost by writing to a device or a pipe.
        Ok(found) if !found.is_file() => {
            Ok(Output::Stream(OpenOptions::new().write(true).open(path)?, path.to_owned()))
        }
        Ok(_) if !force => Err(ErrorKind::AlreadyExists.into()),
        found => {
            // A link stays, and what it leads to is written.
            let target = followed(path)?;
            let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty());
            let file = temporary(parent.unwrap_or(Path::new(".")), found.ok().as_ref())?;
            Ok(Output::File { file, target, path: path.to_owned(), force })
        }
    }
}

/// A temporary file with the permissions of the file it replaces, if there is one;
/// otherwise with those of any new file.
fn temporary(directory: &Path, replaced: Option<&Metadata>) -> Result<NamedTempFile, Error> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    if replaced.is_none() {
        use std::os::unix::fs::PermissionsExt;
        // Temporary files are private; the final file has the usual permissions.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(directory)?;
    #[cfg(unix)]
    if let Some(replaced) = replaced {
        file.as_file().set_permissions(replaced.permissions())?;
    }
    Ok(file)
}

/// Where a path leads when it is a link, whether or not there is a file yet.
fn followed(path: &Path) -> Result<PathBuf, Error> {
    let mut path = path.to_owned();
    // No system follows more links in a row.
    for _ in 0..64 {
        let Ok(next) = fs::read_link(&path) else { return Ok(path) };
        // Relative to its directory; an absolute link replaces the path.
        path = path.parent().unwrap_or(Path::new("")).join(next);
    }
    Err(Error::other("links that lead in a circle"))
}

impl Output {
    /// A file that is there, to be written anew, whole or not at all.
    pub(super) fn replacing(path: &Path) -> Result<Self, Failure> {
        open(path, true).map_err(|error| failure(path, &error))
    }

    /// Writes text; coloured where it goes to a terminal.
    pub(super) fn write_text(self, text: &StyledText) -> Result<(), Failure> {
        let painted = matches!(self, Self::Stdout) && colour::wanted();
        let paint = if painted { colour::paint } else { |_, line| line };
        let lines =
            text.styled_lines().map(|(style, line)| paint(style, harmless(line, "")) + "\n");
        self.write(&lines.collect::<String>())
    }

    /// Refuses to write binary data to a terminal.
    pub(super) fn for_binary(&self, format: &str) -> Result<(), Failure> {
        if matches!(self, Self::Stdout) && std::io::stdout().is_terminal() {
            let what = format!("{format} is no text for a terminal; write it to a file with -o");
            return Err(Failure::Usage(what));
        }
        Ok(())
    }

    /// Has the output written. If the reader closes the pipe early, that is a success. A file is
    /// there only if all of it could be written.
    pub(super) fn fill<T>(
        self,
        write: impl FnOnce(&mut dyn Write) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        match self {
            Self::Stdout => {
                let stdout = Path::new("standard output");
                filled(&mut std::io::stdout().lock(), stdout, write)
            }
            Self::Stream(mut stream, path) => filled(&mut stream, &path, write),
            Self::File { mut file, target, path, force } => {
                let made = filled(&mut file, &path, write)?;
                // A file that was created in the meantime is not replaced either.
                let kept =
                    if force { file.persist(&target) } else { file.persist_noclobber(&target) };
                kept.map_err(|error| failure(&path, &error.error))?;
                Ok(made)
            }
        }
    }

    /// Writes the content of a stream, such as data too large for memory.
    pub(super) fn copy(self, from: &mut impl Read) -> Result<(), Failure> {
        let broken = |error: Error| Failure::Usage(format!("what was written first: {error}"));
        self.fill(|to| std::io::copy(from, to).map(drop).map_err(broken))
    }

    /// Writes text as it is.
    pub(super) fn write(self, text: &str) -> Result<(), Failure> {
        self.write_bytes(text.as_bytes())
    }

    /// Writes data as it is.
    pub(super) fn write_bytes(self, mut data: &[u8]) -> Result<(), Failure> {
        self.copy(&mut data)
    }
}

/// What an output is written through: it remembers its error, since the one who writes may only
/// pass on its words.
struct Sink<'a> {
    to: &'a mut dyn Write,
    error: Option<Error>,
    is_closed: bool,
}

impl Write for Sink<'_> {
    fn write(&mut self, data: &[u8]) -> Result<usize, Error> {
        if self.is_closed {
            return Ok(data.len());
        }
        match self.to.write(data) {
            // Nobody reads any more.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(data.len())
            }
            Err(error) if error.kind() != ErrorKind::Interrupted => {
                let kind = error.kind();
                self.error = Some(error);
                Err(kind.into())
            }
            other => other,
        }
    }

    fn flush(&mut self) -> Result<(), Error> {
        match self.to.flush() {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }
}

fn filled<T>(
    to: &mut dyn Write,
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let mut sink = Sink { to, error: None, is_closed: false };
    let made = write(&mut sink);
    if let Some(error) = &sink.error {
        return Err(failure(path, error));
    }
    sink.flush().map_err(|error| failure(path, &error))?;
    made
}

/// Says on standard error why a command could not run.
pub(super) fn complain(failure: &Failure) {
    say(&failure.to_string());
}

/// Warns on standard error about the output of a command.
pub(super) fn warn(what: &str) {
    say(&format!("warning: {what}"));
}

/// Says something on standard error.
pub(super) fn say(what: &str) {
    let message = format!("treatyline: {}", harmless(what, ""));
    let to = std::io::stderr();
    let message = match terminal_size::terminal_size_of(&to) {
        Some((width, _)) => in_lines(&message, width.0.into()),
        // Programs read lines, so there a message is one.
        None => message,
    };
    // If standard error is closed, the message has nowhere to go.
    let _ = writeln!(to.lock(), "{message}");
}

/// A message in lines no longer than a terminal, but for words that are.
fn in_lines(message: &str, width: usize) -> String {
    let options = textwrap::Options::new(width)
        .subsequent_indent("  ")
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(message, options)
}

/// Shows control characters instead of sending them to a terminal: a dossier may come
/// from anywhere.
pub(super) fn harmless(text: &str, allowed: &str) -> String {
    let shown = |c: char| {
        let escape = c.is_control() && !allowed.contains(c);
        let (escaped, plain) =
            if escape { (Some(c.escape_default()), None) } else { (None, Some(c)) };
        escaped.into_iter().flatten().chain(plain)
    };
    text.chars().flat_map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_all_of_its_words_in_lines_of_a_terminal() {
        let message = "treatyline: warning: 1 outline crosses itself, at (112.0766997, 76.3920522)";
        let lines = in_lines(message, 30);
        assert!(lines.lines().count() > 2 && lines.lines().all(|line| line.len() <= 30), "{lines}");
        assert_eq!(lines.split_whitespace().collect::<Vec<_>>().join(" "), message);
    }
}
