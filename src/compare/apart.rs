//! How far apart two lines are that may differ everywhere: the largest distance, and all the land.

use super::{Hausdorff, Land, Track};
use crate::line::Line;
use crate::quantity::{Metres, SquareMetres};

/// How far apart two lines are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Apart {
    /// All the land between them, on both sides.
    pub(crate) area: SquareMetres,
    /// The largest distance from either to the other.
    pub(crate) farthest: Metres,
}

impl Apart {
    /// Compares two lines stretch by stretch, in order.
    #[must_use]
    pub(crate) fn new(a: &Line, b: &Line) -> Self {
        let mut both = Self { area: SquareMetres::new(0.0), farthest: Metres::new(0.0) };
        for (a, b) in a.stretches().zip(b.stretches()) {
            let (Ok(a), Ok(b)) = (Line::new(a.to_vec()), Line::new(b.to_vec())) else {
                continue;
            };
            let tracks = [Track::new(&a), Track::new(&b)];
            let far = Hausdorff::new(&tracks[0], &tracks[1]).symmetric();
            let land = Land::between(&tracks[0], &tracks[1], Metres::new(0.0));
            let area: SquareMetres = land.faces.iter().map(|face| face.area.abs()).sum();
            both.area = both.area + area;
            if far > both.farthest {
                both.farthest = far;
            }
        }
        both
    }
}
