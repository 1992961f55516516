//! What each part of a line follows, by all evidence together.

use crate::line::Line;
use crate::quantity::Metres;

/// What a stretch of a line follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A mapped river.
    River,
    /// Nothing on the ground: a long straight edge.
    Straight,
    /// A ridge: higher than the ground on both sides.
    Ridge,
    /// A valley without a mapped river: lower than the ground on both sides.
    Valley,
    /// A slope.
    Slope,
    /// Flat ground.
    Flat,
    /// Nothing is known of it.
    Unknown,
}

impl Kind {
    /// Every kind, in the order they are listed.
    pub const ALL: [Self; 7] = [
        Self::River,
        Self::Straight,
        Self::Ridge,
        Self::Valley,
        Self::Slope,
        Self::Flat,
        Self::Unknown,
    ];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::River => "river",
            Self::Straight => "straight",
            Self::Ridge => "ridge",
            Self::Valley => "valley",
            Self::Slope => "slope",
            Self::Flat => "flat",
            Self::Unknown => "unknown",
        }
    }
}

/// A stretch of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// Where it begins, along the line.
    pub from: Metres,
    /// Where it ends.
    pub to: Metres,
    /// What it follows.
    pub kind: Kind,
}

impl Stretch {
    /// From its beginning to its end.
    #[must_use]
    pub fn length(&self) -> Metres {
        self.to - self.from
    }
}

/// The edges of a line that are at least `least` long.
pub(super) fn straight(line: &Line, least: Metres) -> Vec<Stretch> {
    let ends = line.chainages().windows(2);
    let long = ends.filter(|ends| ends[1] - ends[0] >= least);
    long.map(|ends| Stretch { from: ends[0], to: ends[1], kind: Kind::Straight }).collect()
}
