//! Charts: the counts and measures of a report as drawings. A chart measures nothing; it only says
//! where on the page the values go.

mod course;
mod field;
mod heights;
mod lengths;
mod names;
mod profile;
mod published;
mod resolution;
mod transfers;

use super::drawing::Drawing;
pub(super) use course::course;
pub(super) use heights::heights;
pub(super) use lengths::lengths;
pub(super) use profile::{class as gain_class, face_in_words, profile};
pub(super) use published::published;
pub(super) use resolution::resolution;
pub use resolution::resolution_svg;
pub(super) use transfers::transfers;

/// What a chart is drawn on.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// Begins the ids of the drawing.
    pub id: String,
    /// Its width, pixels.
    pub width: f64,
}

impl Frame {
    /// Whether it is for a telephone.
    pub(super) fn is_narrow(&self) -> bool {
        self.width < 500.0
    }
}

/// A chart, drawn for screens and once more for telephones: type has one size, so the
/// two are laid out differently.
pub(super) struct Chart {
    pub wide: String,
    pub narrow: String,
    /// How to read it.
    pub caption: &'static str,
}

impl Chart {
    /// Draws both; none where there is nothing to draw.
    pub(super) fn both(
        name: &str,
        caption: &'static str,
        draw: impl Fn(&Frame) -> Option<Drawing>,
    ) -> Option<Self> {
        Self::sized(name, caption, [720.0, 340.0], draw)
    }

    /// Draws both in widths of their own.
    pub(super) fn sized(
        name: &str,
        caption: &'static str,
        [wide, narrow]: [f64; 2],
        draw: impl Fn(&Frame) -> Option<Drawing>,
    ) -> Option<Self> {
        let one = |size: &str, width: f64| {
            draw(&Frame { id: format!("{name}-{size}"), width }).map(|drawing| drawing.svg())
        };
        Some(Self { wide: one("wide", wide)?, narrow: one("narrow", narrow)?, caption })
    }
}
