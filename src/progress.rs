//! How far long work has come: told to whoever wants to know, shown by nobody here.

/// A stage of long work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage<'a> {
    /// What is being done.
    pub what: &'a str,
    /// How much is done, in whatever is counted: steps, bytes, features.
    pub done: u64,
    /// How much there is in all; 0 where nobody knows.
    pub of: u64,
}

/// Who is told of each stage. Telling costs nothing where nobody listens.
///
/// ```
/// use std::sync::Mutex;
/// use treatyline::progress::{Progress, Stage};
///
/// let seen = Mutex::new(Vec::new());
/// let listen = |stage: Stage<'_>| seen.lock().unwrap().push(stage.done);
/// let progress = Progress::to(&listen);
/// for done in 0..3 {
///     progress.tell("walking", done, 3);
/// }
/// assert_eq!(*seen.lock().unwrap(), [0, 1, 2]);
/// ```
#[derive(Clone, Copy, Default)]
pub struct Progress<'a>(Option<&'a (dyn Fn(Stage<'_>) + Sync)>);

impl std::fmt::Debug for Progress<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Progress({})", if self.0.is_some() { "told" } else { "untold" })
    }
}

impl<'a> Progress<'a> {
    /// Nobody is told.
    pub const UNTOLD: Self = Self(None);

    /// This one is told, from any thread.
    #[must_use]
    pub const fn to(listener: &'a (dyn Fn(Stage<'_>) + Sync)) -> Self {
        Self(Some(listener))
    }

    /// Tells what is being done, and how much of it is.
    pub fn tell(&self, what: &str, done: u64, of: u64) {
        if let Some(listener) = self.0 {
            listener(Stage { what, done, of });
        }
    }
}
