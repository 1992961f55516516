//! A field with two axes, in which curves and bars are drawn.

use crate::drawing::{Anchor, Mark, Point, Rect, data};

/// The scale of an axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Scale {
    /// In proportion, between two values.
    Linear(f64, f64),
    /// By their logarithm; both ends are positive.
    Logarithmic(f64, f64),
}

impl Scale {
    /// Where a value falls, 0 at the lower end and 1 at the upper one.
    pub(super) fn share(self, value: f64) -> f64 {
        match self {
            Self::Linear(low, high) => (value - low) / (high - low),
            Self::Logarithmic(low, high) => (value.max(low) / low).ln() / (high / low).ln(),
        }
    }
}

/// A field: `x` grows rightwards, `y` upwards.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub rect: Rect,
    pub x: Scale,
    pub y: Scale,
}

impl Field {
    pub(super) fn x(&self, value: f64) -> f64 {
        self.rect.x + self.rect.width * self.x.share(value)
    }

    pub(super) fn y(&self, value: f64) -> f64 {
        self.rect.bottom() - self.rect.height * self.y.share(value)
    }

    pub(super) fn at(&self, [x, y]: Point) -> Point {
        [self.x(x), self.y(y)]
    }

    /// A line across the field at a value of `x`, and the text below it.
    pub(super) fn upright(&self, value: f64, label: &str) -> [Mark; 2] {
        let x = self.x(value);
        let line = [[x, self.rect.y], [x, self.rect.bottom()]];
        let at = [x, self.rect.bottom() + 14.0];
        [Mark::path("grid", data(&line, false)), Mark::text("small", at, Anchor::Middle, label)]
    }

    /// A line across the field at a value of `y`, and the text to the left of it.
    pub(super) fn level(&self, value: f64, label: &str) -> [Mark; 2] {
        let y = self.y(value);
        let line = [[self.rect.x, y], [self.rect.right(), y]];
        let at = [self.rect.x - 6.0, y + 3.0];
        [Mark::path("grid", data(&line, false)), Mark::text("small", at, Anchor::End, label)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fall_between_the_ends_of_an_axis() {
        let rect = Rect::new(10.0, 0.0, 100.0, 50.0);
        let field = Field { rect, x: Scale::Logarithmic(1.0, 100.0), y: Scale::Linear(-1.0, 1.0) };
        assert_eq!(field.at([10.0, 0.0]), [60.0, 25.0]);
        assert_eq!(field.at([0.0, 1.0]), [10.0, 0.0], "nothing lies below a logarithmic axis");
    }
}
