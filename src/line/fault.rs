//! Why vertices make no line.

use crate::geodesy::PositionFault;

/// Why some vertices make no line.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum LineFault {
    /// Fewer than two vertices.
    #[error("a line needs two vertices, there are {count}")]
    TooShort {
        /// How many there are.
        count: usize,
    },
    /// A vertex that is no position.
    #[error(transparent)]
    Position(#[from] PositionFault),
    /// Every vertex is the same point.
    #[error("all vertices are one point, the line has no length")]
    NoLength,
}
