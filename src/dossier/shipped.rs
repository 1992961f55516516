//! The dossiers that are shipped: each a crate in `data`, with the feature of its name.

use std::sync::{LazyLock, OnceLock};

use super::Dossier;
use super::read::{Codes, Sources};
use crate::problem::Problems;

/// Texts by the names of their files.
type Files = &'static [(&'static str, &'static str)];

/// All of them by name. One more is an entry here, a crate, and a feature in Cargo.toml.
const SHIPPED: &[(&str, Files)] = &[
    #[cfg(feature = "china-kazakhstan")]
    ("china-kazakhstan", treatyline_china_kazakhstan::FILES),
    #[cfg(feature = "norway-russia-sea")]
    ("norway-russia-sea", treatyline_norway_russia_sea::FILES),
    #[cfg(feature = "chad-libya")]
    ("chad-libya", treatyline_chad_libya::FILES),
    #[cfg(feature = "us-mexico")]
    ("us-mexico", treatyline_us_mexico::FILES),
];

/// Each of them, read when it is first asked for.
static DOSSIERS: LazyLock<Vec<OnceLock<Result<Dossier, Problems>>>> =
    LazyLock::new(|| SHIPPED.iter().map(|_| OnceLock::new()).collect());

impl Dossier {
    /// The names of the shipped dossiers that are built in, one for each feature of that name.
    ///
    /// ```
    /// use treatyline::Dossier;
    ///
    /// assert!(Dossier::shipped_names().any(|name| name == "norway-russia-sea"));
    /// ```
    pub fn shipped_names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(name, _)| *name)
    }

    /// A shipped dossier by its name; none if it is not built in.
    ///
    /// ```
    /// use treatyline::Dossier;
    ///
    /// let dossier = Dossier::shipped("chad-libya").unwrap();
    /// assert_eq!(dossier.parties()[0].name, "Libya");
    /// assert!(Dossier::shipped("freedonia").is_none());
    /// ```
    ///
    /// # Panics
    /// Never in a released crate: its own tests read these very files.
    #[must_use]
    pub fn shipped(name: &str) -> Option<&'static Self> {
        let mut all = SHIPPED.iter().zip(DOSSIERS.iter());
        let ((name, files), dossier) = all.find(|((known, _), _)| *known == name)?;
        // A test looks their codes up, so that the program need not do it at each start.
        match dossier.get_or_init(|| Sources::named(name, files)?.understood(Codes::Known)) {
            Ok(dossier) => Some(dossier),
            Err(problems) => unreachable!("a shipped dossier is unsound: {problems}"),
        }
    }

    /// The China–Kazakhstan boundary, the first that was shipped: with the feature of that name.
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
    #[cfg(feature = "china-kazakhstan")]
    #[must_use]
    pub fn embedded() -> &'static Self {
        match Self::shipped("china-kazakhstan") {
            Some(dossier) => dossier,
            None => unreachable!("the table has it with this feature"),
        }
    }
}
