//! Reports of how far long work has come. The caller decides whether and how to show them.

/// A stage of long work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkStage<'a> {
    /// What is being done.
    pub what: &'a str,
    /// How much is done, in whatever is counted: steps, bytes, features.
    pub done: u64,
    /// How much there is in all; 0 where that is not known.
    pub total: u64,
}

/// Passes each stage to a listener, if there is one. Without a listener a report costs nothing.
///
/// ```
/// use std::sync::Mutex;
/// use treatyline::internal::progress::{Progress, WorkStage};
///
/// let seen = Mutex::new(Vec::new());
/// let listener = |stage: WorkStage<'_>| seen.lock().unwrap().push(stage.done);
/// let progress = Progress::with_listener(&listener);
/// for done in 0..3 {
///     progress.report("walking", done, 3);
/// }
/// assert_eq!(*seen.lock().unwrap(), [0, 1, 2]);
/// ```
#[derive(Clone, Copy, Default)]
pub struct Progress<'a>(Option<&'a (dyn Fn(WorkStage<'_>) + Sync)>);

impl std::fmt::Debug for Progress<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Progress({})", if self.0.is_some() { "listener" } else { "silent" })
    }
}

impl<'a> Progress<'a> {
    /// No listener: reports go nowhere.
    pub const SILENT: Self = Self(None);

    /// Calls `listener` for each stage, from any thread.
    #[must_use]
    pub const fn with_listener(listener: &'a (dyn Fn(WorkStage<'_>) + Sync)) -> Self {
        Self(Some(listener))
    }

    /// Reports what is being done and how much of it is done.
    pub fn report(&self, what: &str, done: u64, total: u64) {
        if let Some(listener) = self.0 {
            listener(WorkStage { what, done, total });
        }
    }
}
