//! Several paths simplified together: their length at every tolerance, and the tolerance from which
//! they are no longer than a given length.
//!
//! A coarser tolerance drops vertices and adds none. So the vertices are taken out one by one
//! in the order in which they are dropped, and each step changes three edges. One pass gives the
//! length at every tolerance.

use geo::Coord;

use super::{Reach, Thinning};
use crate::geodesy::{Ellipsoid, Geodesic};
use crate::quantity::Metres;

/// The length of several paths over all tolerances. Each path keeps its ends.
#[derive(Debug, Clone)]
pub(crate) struct Together {
    /// Tolerances, ascending, and the length from each tolerance on; metres.
    steps: Vec<(f64, f64)>,
}

impl Together {
    /// Measures paths at all tolerances of `least_m` and more.
    ///
    /// # Units
    /// Metres.
    #[must_use]
    pub(crate) fn down_to<'a>(paths: impl IntoIterator<Item = &'a [Coord]>, least_m: f64) -> Self {
        let thinnings: Vec<Thinning<'_>> =
            paths.into_iter().map(|path| Thinning::down_to(path, least_m)).collect();
        Self::from_thinnings(&thinnings, least_m)
    }

    /// The same for paths whose tolerances are known down to `least_m`.
    pub(crate) fn from_thinnings(thinnings: &[Thinning<'_>], least_m: f64) -> Self {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let mut length_m = 0.0;
        let mut changes: Vec<(f64, f64)> = Vec::new();
        for thinning in thinnings {
            length_m += geodesic.sound_length(&thinning.at(least_m)).value();
            changes.extend(shortenings(&geodesic, thinning, least_m));
        }
        changes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut steps = vec![(least_m, length_m)];
        for (at_m, change_m) in changes {
            length_m += change_m;
            match steps.last_mut() {
                Some(last) if last.0 >= at_m => last.1 = length_m,
                _ => steps.push((at_m, length_m)),
            }
        }
        Self { steps }
    }

    /// Their length, simplified at a tolerance.
    ///
    /// # Units
    /// Metres in.
    #[must_use]
    pub(crate) fn length(&self, tolerance_m: f64) -> Metres {
        let after = self.steps.partition_point(|(at_m, _)| *at_m <= tolerance_m);
        let step = self.steps.get(after.saturating_sub(1));
        Metres::new(step.map_or(0.0, |(_, length_m)| *length_m))
    }

    /// The tolerance between two from which they are no longer than `length`.
    ///
    /// # Units
    /// Metres.
    #[must_use]
    pub(crate) fn reach(&self, length: Metres, fine_m: f64, coarse_m: f64) -> Reach {
        if self.length(fine_m) < length {
            return Reach::TooLong;
        }
        if self.length(coarse_m) > length {
            return Reach::TooShort;
        }
        let after = self.steps.partition_point(|(_, length_m)| *length_m > length.value());
        let at_m = self.steps.get(after).map_or(coarse_m, |(at_m, _)| *at_m);
        Reach::At(at_m.clamp(fine_m, coarse_m))
    }
}

/// The change of a path's length, never positive, at each tolerance at which a vertex is
/// dropped.
fn shortenings(geodesic: &Geodesic, thinning: &Thinning<'_>, least_m: f64) -> Vec<(f64, f64)> {
    let drops_at_m = thinning.drops_at_m();
    let stays = |i: &usize| drops_at_m[*i] > least_m;
    let kept: Vec<usize> = (0..drops_at_m.len()).filter(stays).collect();
    let at = |i: usize| thinning.path()[kept[i]];
    // Each vertex with its neighbours among those that are left.
    let mut before: Vec<usize> = (0..kept.len()).map(|i| i.saturating_sub(1)).collect();
    let mut after: Vec<usize> = (1..=kept.len()).collect();
    let mut order: Vec<usize> =
        (0..kept.len()).filter(|i| drops_at_m[kept[*i]].is_finite()).collect();
    order.sort_by(|a, b| drops_at_m[kept[*a]].total_cmp(&drops_at_m[kept[*b]]));
    let apart = |a: usize, b: usize| geodesic.distance(at(a), at(b)).value();
    let mut changes = Vec::with_capacity(order.len());
    for i in order {
        let (left, right) = (before[i], after[i]);
        let change_m = apart(left, right) - apart(left, i) - apart(i, right);
        changes.push((drops_at_m[kept[i]], change_m));
        after[left] = right;
        before[right] = left;
    }
    changes
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
    fn at_each_tolerance_it_is_the_length_of_what_is_left() {
        let line = crate::Dossier::embedded().line.vertices();
        let path = &line[..2_000];
        let (together, thinning) = (Together::down_to([path], 5.0), Thinning::down_to(path, 5.0));
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        for tolerance_m in [5.0, 12.5, 50.0, 161.0, 1_000.0, 10_000.0] {
            let left = geodesic.sound_length(&thinning.at(tolerance_m));
            let off = together.length(tolerance_m) - left;
            assert!(off.abs() < Metres::new(1e-5), "{tolerance_m} m: {off}");
        }
    }

    #[test]
    fn two_paths_add_up() {
        let path = bends();
        let one = Together::down_to([path.as_slice()], 10.0).length(50.0);
        let two = Together::down_to([path.as_slice(), path.as_slice()], 10.0).length(50.0);
        assert!((two - one - one).abs() < Metres::new(1e-6));
    }
}
