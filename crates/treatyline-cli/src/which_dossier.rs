//! Which dossier a command is about: one inside the program by its name, or a directory.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::builder::{PathBufValueParser, PossibleValue, TypedValueParser};
use clap::{Arg, Args, Command};
use treatyline::dossier::Dossier;

use super::Failure;

/// The dossier of every command that is not given one.
const OWN: &str = "china-kazakhstan";

/// Which dossier.
#[derive(Debug, Args)]
pub(super) struct DossierArguments {
    /// Another dossier: its directory, or its name if it is inside the program (treatyline dossier
    /// list).
    #[arg(long, value_name = "DIR|NAME", value_parser = DirectoryOrName, hide_possible_values = true)]
    dossier: Option<PathBuf>,
}

/// Takes any path, and has completion scripts offer the names.
#[derive(Debug, Clone, Copy)]
struct DirectoryOrName;

impl TypedValueParser for DirectoryOrName {
    type Value = PathBuf;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<PathBuf, clap::Error> {
        PathBufValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Dossier::shipped_names().map(PossibleValue::new)))
    }
}

impl DossierArguments {
    /// Whether another dossier than the program's own, or that one by its name, was asked for.
    pub(super) const fn is_named(&self) -> bool {
        self.dossier.is_some()
    }

    pub(super) fn read(&self) -> Result<Cow<'static, Dossier>, Failure> {
        let given = self.given();
        if let Some(dossier) = shipped(given) {
            return Ok(Cow::Borrowed(dossier));
        }
        // What looks like a name and is no directory may be a name misspelt.
        if given.components().count() == 1 && !given.exists() {
            let what = format!(
                "{}: there is no such directory, and no dossier inside the program has that name; \
                 name a directory, or one of {}",
                given.display(),
                Dossier::shipped_names().collect::<Vec<_>>().join(", "),
            );
            return Err(Failure::Usage(what));
        }
        Ok(Cow::Owned(Dossier::read(given)?))
    }

    /// Where its files are; those of a dossier inside the program as seen from the repository.
    pub(super) fn directory(&self) -> Cow<'_, Path> {
        let given = self.given();
        if shipped(given).is_some() { Path::new("data").join(given).into() } else { given.into() }
    }

    fn given(&self) -> &Path {
        self.dossier.as_deref().unwrap_or(Path::new(OWN))
    }
}

/// The dossier inside the program that has this name.
fn shipped(given: &Path) -> Option<&'static Dossier> {
    given.to_str().and_then(Dossier::shipped)
}
