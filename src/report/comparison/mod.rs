//! The reports on a comparison of two lines: one value, and one file for each format.

mod json;
mod layer;
mod model;
mod text;

pub use json::comparison as comparison_json;
pub use layer::comparison as comparison_layer;
#[cfg(feature = "schema")]
pub(super) use model::ComparisonDocument;
pub use text::{
    comparison as comparison_text, distances_in_words, distances_table, endings, gains,
    largest_faces, lines_in_words, lines_table, significance,
};

use crate::compare::{Comparison, Face};
use crate::line::Side;
use crate::quantity::SquareMetres;
use crate::wording::number;

/// A comparison, and the names of the parties on both sides.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// What was found.
    #[doc(hidden)]
    pub comparison: &'a Comparison,
    /// Who is on the left, seen in the direction of the old line.
    pub(crate) left: &'a str,
    /// Who is on the right.
    pub(crate) right: &'a str,
}

impl<'a> Compared<'a> {
    /// A comparison, and who is on the left and on the right in the direction of the old line.
    #[must_use]
    pub const fn new(comparison: &'a Comparison, left: &'a str, right: &'a str) -> Self {
        Self { comparison, left, right }
    }

    /// Who is on a side.
    #[doc(hidden)]
    #[must_use]
    pub const fn party(&self, side: Side) -> &'a str {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }
}

/// An area as people read it.
#[must_use]
pub fn area(area: SquareMetres) -> String {
    match area.km2() {
        km2 if km2 < 0.01 => format!("{} m²", number(area.value(), 0)),
        km2 if km2 < 1.0 => format!("{} km²", number(km2, 3)),
        km2 => format!("{} km²", number(km2, 1)),
    }
}

/// The largest significant faces, in the order of the line.
#[must_use]
pub fn largest<'a>(compared: &Compared<'a>, most: usize) -> Vec<&'a Face> {
    let mut faces: Vec<&Face> = compared.comparison.land.significant().collect();
    faces.sort_by(|a, b| b.area.value().total_cmp(&a.area.value()));
    faces.truncate(most);
    faces.sort_by(|a, b| a.from.value().total_cmp(&b.from.value()));
    faces
}
