//! A line with vertices added, so that no edge is long.

use super::Line;
use crate::quantity::Metres;

impl Line {
    /// The same line with vertices added on edges longer than `longest`, on the geodesic
    /// and evenly. Lengths stay as they are, to nanometres per edge. A length that is not
    /// positive splits nothing.
    #[doc(hidden)]
    #[must_use]
    pub fn densified(&self, longest: Metres) -> Self {
        let short = |pair: &[Metres]| pair[1] - pair[0] <= longest;
        let nothing = longest.value().is_nan() || longest.value() <= 0.0;
        if nothing || self.chainages().windows(2).all(short) {
            return self.clone();
        }
        if !self.breaks().is_empty() {
            let dense = self.stretches().map(|stretch| {
                let line = Self::new(stretch.to_vec()).map(|line| line.densified(longest));
                line.map_or_else(|_| stretch.to_vec(), |line| line.vertices().to_vec())
            });
            return Self::of_stretches(dense.collect()).unwrap_or_else(|_| self.clone());
        }
        let pairs = self.vertices().windows(2).zip(self.chainages().windows(2));
        let mut vertices = vec![self.start()];
        for (edge, along) in pairs {
            let length = along[1] - along[0];
            // Positive and, the Earth being finite, small enough for the cast.
            let parts = (length.value() / longest.value()).ceil().clamp(1.0, 1e8) as u32;
            vertices.extend((1..parts).map(|part| {
                self.geodesic().between(edge[0], edge[1], f64::from(part) / f64::from(parts))
            }));
            vertices.push(edge[1]);
        }
        // Positions between sound positions are sound.
        Self::new(vertices).unwrap_or_else(|_| self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_abs_diff_eq;
    use geo::Coord;

    #[test]
    fn long_edges_are_split_and_short_ones_kept() {
        let at = |x, y| Coord { x, y };
        let line = Line::new(vec![at(82.0, 46.0), at(82.001, 46.0), at(83.0, 45.0)]).unwrap();
        let dense = line.densified(Metres::new(1e3));
        assert_eq!(dense.vertices()[1], line.vertices()[1]);
        let longest = dense.chainages().windows(2).map(|pair| (pair[1] - pair[0]).value());
        assert!(longest.fold(0.0, f64::max) <= 1e3 + 1e-6);
        assert_abs_diff_eq!(dense.length(), line.length(), epsilon = 1e-5);
        assert_eq!(dense.densified(Metres::new(1e9)).vertices(), dense.vertices());
    }
}
