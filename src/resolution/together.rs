//! Several paths simplified together: how long they are at a tolerance, and at which
//! tolerance they are as long as that.

use geo::Coord;

use super::{Reach, Thinning};
use crate::geodesy::{CompensatedSum, Ellipsoid, Geodesic};
use crate::quantity::Metres;

/// Several paths, each of which keeps its ends when it is simplified.
#[derive(Debug, Clone)]
pub struct Together<'a>(Vec<Thinning<'a>>);

/// How near the tolerance that is found comes to the exact one, as a share of it.
const NEAR: f64 = 1e-3;

impl<'a> Together<'a> {
    /// Prepares paths for tolerances of `least_m` and more.
    ///
    /// # Units
    /// Metres.
    #[must_use]
    pub fn down_to(paths: impl IntoIterator<Item = &'a [Coord]>, least_m: f64) -> Self {
        Self(paths.into_iter().map(|path| Thinning::down_to(path, least_m)).collect())
    }

    /// Their length, simplified at a tolerance.
    ///
    /// # Units
    /// Metres in.
    #[must_use]
    pub fn length(&self, tolerance_m: f64) -> Metres {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let mut sum = CompensatedSum::default();
        for path in &self.0 {
            sum.add(geodesic.sound_length(&path.at(tolerance_m)).value());
        }
        Metres::new(sum.total())
    }

    /// The tolerance between two at which they are as long as that.
    ///
    /// A coarser tolerance drops vertices and adds none, so the length never grows with it,
    /// and halving finds the place. At a vertex the length jumps: the tolerance found is
    /// the one from which on they are no longer than asked.
    ///
    /// # Units
    /// Metres.
    #[must_use]
    pub fn reach(&self, length: Metres, fine_m: f64, coarse_m: f64) -> Reach {
        if self.length(fine_m) < length {
            return Reach::TooLong;
        }
        if self.length(coarse_m) > length {
            return Reach::TooShort;
        }
        let (mut fine, mut coarse) = (fine_m, coarse_m);
        while coarse - fine > NEAR * coarse {
            // In the middle of the logarithms, if both have one.
            let middle = if fine > 0.0 { (fine * coarse).sqrt() } else { 0.5 * coarse };
            if self.length(middle) > length {
                fine = middle;
            } else {
                coarse = middle;
            }
        }
        Reach::At(coarse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line with one bend 1 km high and one 100 m high.
    fn bends() -> Vec<Coord> {
        [(80.0, 45.0), (80.1, 45.009), (80.2, 45.0), (80.3, 45.0009), (80.4, 45.0)]
            .map(|(x, y)| Coord { x, y })
            .to_vec()
    }

    #[test]
    fn a_length_is_reached_where_a_bend_goes() {
        let path = bends();
        let together = Together::down_to([path.as_slice()], 0.0);
        let at = |tolerance_m| together.length(tolerance_m);
        assert!(at(1.0) > at(500.0) && at(500.0) > at(5_000.0));
        let Reach::At(found_m) = together.reach(at(500.0), 1.0, 10_000.0) else { panic!() };
        // The smaller bend is gone from about 100 m on.
        assert!((50.0..200.0).contains(&found_m), "{found_m}");
        assert_eq!(at(found_m), at(500.0));
    }

    #[test]
    fn what_no_tolerance_gives_is_not_reached() {
        let path = bends();
        let together = Together::down_to([path.as_slice(), path.as_slice()], 0.0);
        let one = together.length(1.0);
        assert_eq!(together.reach(one + Metres::new(1.0), 1.0, 1e4), Reach::TooLong);
        assert_eq!(together.reach(Metres::new(1.0), 1.0, 1e4), Reach::TooShort);
    }

    #[test]
    fn two_paths_add_up() {
        let path = bends();
        let one = Together::down_to([path.as_slice()], 10.0).length(50.0);
        let two = Together::down_to([path.as_slice(), path.as_slice()], 10.0).length(50.0);
        assert!((two - one - one).abs() < Metres::new(1e-6));
    }
}
