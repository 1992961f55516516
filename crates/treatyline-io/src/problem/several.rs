//! All that is wrong with an input, so that it can be corrected in one go.

use std::fmt;

use super::{Above, Explain, Fault, Problem};

/// Everything that is wrong with an input; at least one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Problems<F = Fault>(Vec<Problem<F>>);

impl<F> Problems<F> {
    /// `value` where there are no problems, otherwise those.
    ///
    /// # Errors
    /// The problems, if there are any.
    #[doc(hidden)]
    pub fn none_or<T>(problems: Vec<Problem<F>>, value: T) -> Result<T, Self> {
        if problems.is_empty() { Ok(value) } else { Err(Self(problems)) }
    }

    /// Each of them, in the order they were found.
    #[must_use]
    pub fn all(&self) -> &[Problem<F>] {
        &self.0
    }
}

impl<F> From<Problem<F>> for Problems<F> {
    fn from(problem: Problem<F>) -> Self {
        Self(vec![problem])
    }
}

impl<F: Above> From<Problem> for Problems<F> {
    fn from(problem: Problem) -> Self {
        Self(vec![problem.into()])
    }
}

impl<F: Above> From<Problems> for Problems<F> {
    fn from(problems: Problems) -> Self {
        Self(problems.into_iter().map(Problem::from).collect())
    }
}

impl<F> IntoIterator for Problems<F> {
    type Item = Problem<F>;
    type IntoIter = std::vec::IntoIter<Problem<F>>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<F: Explain> fmt::Display for Problems<F> {
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

impl<F: Explain + fmt::Debug> std::error::Error for Problems<F> {}
