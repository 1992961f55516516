//! All that is wrong with an input, so that it can be corrected in one go.

use std::fmt;

use super::Problem;

/// Everything that is wrong with an input; at least one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// `value` where there are no problems, otherwise those.
    ///
    /// # Errors
    /// The problems, if there are any.
    #[doc(hidden)]
    pub fn none_or<T>(problems: Vec<Problem>, value: T) -> Result<T, Self> {
        if problems.is_empty() { Ok(value) } else { Err(Self(problems)) }
    }

    /// Each of them, in the order they were found.
    #[must_use]
    pub fn all(&self) -> &[Problem] {
        &self.0
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Problems {
    /// The first in full, and how many more there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(first) = self.0.first() {
            write!(f, "{first}")?;
        }
        match self.0.len() {
            0 | 1 => Ok(()),
            2 => write!(f, " (and one more problem)"),
            more => write!(f, " (and {} more problems)", more - 1),
        }
    }
}

impl std::error::Error for Problems {}
