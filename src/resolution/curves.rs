//! A stretch of line at every resolution, by both rules.

use geo::Coord;

use super::{Curve, simplified, walked};
use crate::geodesy::{CompensatedSum, Ellipsoid, Geodesic};
use crate::quantity::{Interval, Metres};

/// The length of a stretch at full detail and at several resolutions, by both rules.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curves {
    /// At full detail, on WGS 84.
    pub length: Metres,
    /// Simplified.
    pub simplified: Curve,
    /// Walked with dividers.
    pub walked: Curve,
}

impl Curves {
    /// Measures a path at each resolution. Its ends stay.
    ///
    /// # Units
    /// Metres.
    #[must_use]
    pub fn new(path: &[Coord], resolutions_m: &[f64]) -> Self {
        Self {
            length: Geodesic::new(Ellipsoid::WGS84).sound_length(path),
            simplified: simplified(path, resolutions_m),
            walked: walked(path, resolutions_m),
        }
    }

    /// Several stretches together, each measured at the same resolutions.
    #[doc(hidden)]
    #[must_use]
    pub fn sum<'a>(stretches: impl IntoIterator<Item = &'a Self>) -> Self {
        let stretches: Vec<&Self> = stretches.into_iter().collect();
        let mut length = CompensatedSum::default();
        stretches.iter().for_each(|each| length.add(each.length.value()));
        Self {
            length: Metres::new(length.total()),
            simplified: Curve::sum(stretches.iter().map(|each| &each.simplified)),
            walked: Curve::sum(stretches.iter().map(|each| &each.walked)),
        }
    }

    /// The range of the simplified length from one resolution to another; `None` if
    /// either was not computed.
    ///
    /// # Units
    /// Metres.
    #[must_use]
    pub(crate) fn between(&self, fine_m: f64, coarse_m: f64) -> Option<Interval> {
        let [fine, coarse] = [fine_m, coarse_m].map(|at_m| self.simplified.at(at_m));
        Interval::spanning(fine?.length.value(), coarse?.length.value())
    }
}
