//! The dossier inside the program: the China–Kazakhstan boundary.

use std::sync::LazyLock;

use super::read::Codes;
use super::{Dossier, Sources};
use crate::problem::Problems;

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../../data/china-kazakhstan/", $name))
    };
}

static EMBEDDED: LazyLock<Result<Dossier, Problems>> = LazyLock::new(|| {
    Sources::new(
        "embedded",
        [
            file!("dossier.toml"),
            file!("instruments.toml"),
            file!("figures.toml"),
            file!("segments.geojson"),
            file!("points.geojson"),
            file!("sectors.geojson"),
        ],
    )?
    .with_course(file!("course.toml"))?
    // A test looks its codes up; each start of the program need not.
    .understood(Codes::Known)
});

impl Dossier {
    /// The China–Kazakhstan boundary, as compiled into this crate from
    /// `data/china-kazakhstan/`.
    ///
    /// ```
    /// use treatyline::Dossier;
    ///
    /// let dossier = Dossier::embedded();
    /// assert_eq!(dossier.parties[0].name, "China");
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
