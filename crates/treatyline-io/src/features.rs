//! The features of an input one after the other: the one way to features that need not all be in
//! memory.

use std::io::BufRead;

use super::geojson::{Fail, Looked, Rest, Stream, Wanted, look};
use super::input::Opened;
use super::read::{DataSet, none_meets, read};
use super::{CheckedFeature, Fixes, Input};
use crate::problem::{Problem, Problems};

/// Calls `take` with each feature of an input, in order: of GeoJSON while it is read, in bounded
/// memory; of other formats after all is read. Returns what was changed or left out.
///
/// ```
/// use treatyline_io::{Input, read_each};
///
/// let text = br#"
/// {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [80, 45]}}
/// {"type": "Point", "coordinates": [81, 46]}"#;
/// let mut places = Vec::new();
/// read_each(&Input::bytes("two lines", &text[..]), |feature| places.push(feature.place))?;
/// assert_eq!(places, ["feature 1", "feature 2"]);
/// # Ok::<(), treatyline_io::problem::Problems>(())
/// ```
///
/// # Errors
/// As of [`read()`]. Features before the first problem have been taken by then.
pub fn read_each(input: &Input, mut take: impl FnMut(CheckedFeature)) -> Result<Fixes, Problems> {
    let mut is_any = false;
    let fixes = input.features()?.each(Ok, |feature| {
        is_any = true;
        take(feature);
    })?;
    if !is_any && !input.conditions.is_empty() {
        return Err(none_meets(input).into());
    }
    if input.strict {
        fixes.refused(&input.name)?;
    }
    Ok(fixes)
}

/// The features of an input that has been opened.
pub struct Features {
    input: Input,
    origin: Origin,
    wanted: Wanted,
}

enum Origin {
    /// GeoJSON.
    Text(Box<dyn BufRead + Send>),
    /// GeoJSON in another system, which has been read once.
    Elsewhere(Box<Looked>),
    /// Another format.
    Whole(Box<DataSet>),
}

impl Input {
    /// Reads features of GeoJSON on `threads` threads, 1 or more. The result does not depend on it.
    #[doc(hidden)]
    #[must_use]
    pub fn on_threads(mut self, threads: usize) -> Self {
        self.threads = Some(threads.max(1));
        self
    }

    /// Reads `bytes` bytes of GeoJSON at a time, 1 or more, instead of 256 KiB.
    #[doc(hidden)]
    #[must_use]
    pub fn in_chunks_of(mut self, bytes: usize) -> Self {
        self.chunk = Some(bytes.max(1));
        self
    }

    /// Opens it, for its features one after the other.
    ///
    /// # Errors
    /// As of [`read()`], apart from what is wrong with features of GeoJSON.
    #[doc(hidden)]
    pub fn features(&self) -> Result<Features, Problems> {
        let origin = match self.begin()? {
            Opened::GeoJson(text) => Origin::Text(text),
            Opened::Other(input) => {
                return Ok(match input.looked()? {
                    Some(looked) => Features::of(input, Origin::Elsewhere(Box::new(looked))),
                    None => Features::of(self.clone(), Origin::Whole(Box::new(read(&input)?))),
                });
            }
        };
        Ok(Features::of(self.clone(), origin))
    }

    /// What a first time of reading finds in GeoJSON of another system, if it can be read twice.
    fn looked(&self) -> Result<Option<Looked>, Problems> {
        match self.twice()? {
            Some(text) => look(self, text),
            None => Ok(None),
        }
    }
}

impl Features {
    const fn of(input: Input, origin: Origin) -> Self {
        Self { input, origin, wanted: Wanted::All }
    }

    /// All of them, if they have been read at once.
    #[must_use]
    pub fn whole(&self) -> Option<&DataSet> {
        match &self.origin {
            Origin::Text(_) | Origin::Elsewhere(_) => None,
            Origin::Whole(data) => Some(data),
        }
    }

    /// Leaves out all properties but these, where that saves work.
    #[must_use]
    pub fn wanting(self, wanted: Wanted) -> Self {
        Self { wanted, ..self }
    }

    /// Calls `make` with each feature, of GeoJSON on all threads, and `take` with each result, in the
    /// order of the features. Returns what was changed or left out.
    ///
    /// # Errors
    /// Every [`Problem`] found, those of `make` too. Features before the first problem have been taken
    /// by then.
    pub fn each<T: Send>(
        self,
        make: impl Fn(CheckedFeature) -> Result<T, Fail> + Sync,
        mut take: impl FnMut(T),
    ) -> Result<Fixes, Problems> {
        let Self { input, origin, wanted } = self;
        let data = match origin {
            Origin::Text(text) => {
                let stream = Stream::of_input(&input, text).wanting(wanted);
                return stream.each(make, take).map(|Rest { fixes, .. }| fixes);
            }
            Origin::Elsewhere(looked) => return looked.each(&input, input.open()?, make, take),
            Origin::Whole(data) => data,
        };
        let mut problems: Vec<Problem> = Vec::new();
        for feature in data.features {
            match make(feature) {
                Ok(made) => take(made),
                Err((place, fault)) => problems.push(input.problem(place, fault)),
            }
        }
        Problems::none_or(problems, data.fixes)
    }
}
