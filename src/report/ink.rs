//! The colours of the map, used for the styles of exports as well: the palette of Okabe and
//! Ito, which readers with any kind of colour vision can distinguish.
//!
//! # References
//! Okabe & Ito 2008, *Color Universal Design*.

/// Things with a colour of their own, on light paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Land along the line.
    Land,
    /// A river.
    River,
    /// A lake.
    Lake,
    /// The sea.
    Sea,
    /// A sector in dispute.
    Sector,
    /// The ribbon on the left of the line.
    Left,
    /// The ribbon on its right.
    Right,
    /// Names of water.
    Water,
    /// Lines and words.
    Plain,
    /// Less important things.
    Faint,
}

impl Ink {
    /// Its colour, as in `#1f2328`.
    #[must_use]
    pub const fn colour(self) -> &'static str {
        match self {
            Self::Land => "#b84c00",
            Self::River => "#0072b2",
            Self::Lake => "#009e73",
            Self::Sea => "#2b6c99",
            Self::Sector => "#cc79a7",
            Self::Left => "#f3cfae",
            Self::Right => "#bcdcc9",
            Self::Water => "#00598c",
            Self::Plain => "#1f2328",
            Self::Faint => "#57534a",
        }
    }
}

/// The colours of instruments on light paper, in their order; further instruments repeat them.
pub const INSTRUMENT_COLOURS: [&str; 6] =
    ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];
