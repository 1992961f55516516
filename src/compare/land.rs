//! The land between two lines: what changes sides, and to whose gain.

use super::faces::{Face, faces};
use super::ring::{Joint, Ring};
use super::track::Track;
use crate::line::Side;
use crate::quantity::{Metres, SquareMetres};

/// What lies between two lines.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Land {
    /// How the lines are joined at their start and at their end.
    #[doc(hidden)]
    pub joints: [Joint; 2],
    /// The areas between them, along the old line.
    pub faces: Vec<Face>,
    /// What the side on the left gains, and what the side on the right gains.
    #[doc(hidden)]
    pub gains: [Gain; 2],
}

/// What one side gains.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Gain {
    /// The side.
    pub side: Side,
    /// In faces wider than the uncertainty of the lines.
    pub significant: Sum,
    /// In all other faces.
    pub noise: Sum,
}

/// How many faces, and their area.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sum {
    /// How many.
    pub faces: usize,
    /// Their area.
    pub area: SquareMetres,
}

impl Land {
    /// Finds the land between two lines. A face is significant if it is wider than the
    /// uncertainties of both lines together.
    ///
    /// # Assumptions
    /// Both run the same way; [`Comparison`](super::Comparison) makes sure of that. What lies
    /// between is described in `docs/compare.md`.
    ///
    /// ```
    /// use geo::coord;
    /// use treatyline::compare::{Land, Track};
    /// use treatyline::line::Line;
    /// use treatyline::quantity::Metres;
    ///
    /// let southwards =
    ///     |lon: f64| Line::new(vec![coord! { x: lon, y: 46.0 }, coord! { x: lon, y: 45.0 }]);
    /// let [old, new] = [southwards(82.0)?, southwards(82.1)?].map(|line| Track::new(&line));
    /// let [left, right] = Land::between(&old, &new, Metres::new(100.0)).gains;
    /// // East is on the left of someone who walks south: the side on the right gains.
    /// assert_eq!((left.significant.faces, right.significant.faces), (0, 1));
    /// assert_eq!(right.significant.area.km2().round(), 869.0);
    /// # Ok::<(), treatyline::line::LineFault>(())
    /// ```
    #[doc(hidden)]
    #[must_use]
    pub fn between(old: &Track, new: &Track, uncertainty: Metres) -> Self {
        let ring = Ring::new(old, new);
        let faces = faces(&ring, old, new, uncertainty);
        Self::from_faces(ring.joints, faces)
    }

    pub(super) fn from_faces(joints: [Joint; 2], faces: Vec<Face>) -> Self {
        let gains = [Side::Left, Side::Right].map(|side| Gain::on_side(side, &faces));
        Self { joints, faces, gains }
    }

    /// The faces wider than the uncertainty of the lines.
    #[doc(hidden)]
    pub fn significant(&self) -> impl Iterator<Item = &Face> {
        self.faces.iter().filter(|face| face.significant)
    }

    /// The area that a side gains, in significant faces.
    #[must_use]
    pub fn gained(&self, side: Side) -> SquareMetres {
        self.gains.iter().filter(|gain| gain.side == side).map(|gain| gain.significant.area).sum()
    }

    /// The area that changes sides, both ways, in significant faces.
    #[must_use]
    pub fn transferred(&self) -> SquareMetres {
        self.gains.iter().map(|gain| gain.significant.area).sum()
    }
}

impl Gain {
    fn on_side(side: Side, faces: &[Face]) -> Self {
        let sum = |significant| {
            let of_kind =
                faces.iter().filter(|face| face.gains == side && face.significant == significant);
            Sum { faces: of_kind.clone().count(), area: of_kind.map(|face| face.area).sum() }
        };
        Self { side, significant: sum(true), noise: sum(false) }
    }
}
