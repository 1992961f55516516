//! The dossier inside the program: the China–Kazakhstan boundary.

use std::sync::LazyLock;

use treatyline_china_kazakhstan as files;

use super::Dossier;
use super::read::{Codes, Sources};
use crate::problem::Problems;

static EMBEDDED: LazyLock<Result<Dossier, Problems>> = LazyLock::new(|| {
    Sources::new(
        "embedded",
        [
            files::DOSSIER,
            files::INSTRUMENTS,
            files::FIGURES,
            files::SEGMENTS,
            files::POINTS,
            files::SECTORS,
        ],
    )?
    .with_course(files::COURSE)?
    .with_lists(files::LISTS)?
    // A test looks its codes up, so that the program need not do it at each start.
    .understood(Codes::Known)
});

impl Dossier {
    /// The China–Kazakhstan boundary: the crate `treatyline-china-kazakhstan`, with the feature
    /// of that name.
    ///
    /// ```
    /// use treatyline::Dossier;
    ///
    /// let dossier = Dossier::embedded();
    /// assert_eq!(dossier.parties()[0].name, "China");
    /// ```
    ///
    /// # Panics
    /// Never in a released crate: its own tests read these very files.
    #[must_use]
    pub fn embedded() -> &'static Self {
        match &*EMBEDDED {
            Ok(dossier) => dossier,
            Err(problems) => unreachable!("the embedded dossier is unsound: {problems}"),
        }
    }
}
