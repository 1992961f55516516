//! The length as a function of resolution, and the resolution of a given length.

use crate::quantity::Metres;

/// The length of a line at several resolutions, by one rule.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curve {
    /// Resolutions, ascending.
    pub points: Vec<CurvePoint>,
    /// How many edges the line itself has.
    pub(crate) data_edges: usize,
    /// How many separate parts it consists of, each with two ends.
    pub(crate) parts: usize,
}

/// A length at a resolution.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct CurvePoint {
    /// The tolerance, or the opening of the dividers, in metres.
    pub resolution_m: f64,
    /// The length at it.
    pub length: Metres,
    /// How many edges, or steps, make it up.
    pub edges: usize,
}

/// Where on a curve a length is reached.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reach {
    /// At this resolution in metres; the coarsest, if there are several.
    At(f64),
    /// Nowhere: it is longer than the line at the finest resolution.
    TooLong,
    /// Nowhere: it is shorter than the line at the coarsest.
    TooShort,
}

impl Curve {
    /// The curve of several lines together, each measured over the same resolutions.
    #[doc(hidden)]
    #[must_use]
    pub fn sum<'a>(curves: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut curves = curves.into_iter();
        let Some(first) = curves.next() else { return Self::default() };
        curves.fold(first.clone(), |mut sum, curve| {
            for (into, point) in sum.points.iter_mut().zip(&curve.points) {
                into.length = into.length + point.length;
                into.edges += point.edges;
            }
            sum.data_edges += curve.data_edges;
            sum.parts += curve.parts;
            sum
        })
    }

    /// The point at a resolution, if it was computed.
    #[must_use]
    pub fn at(&self, resolution_m: f64) -> Option<&CurvePoint> {
        self.points.iter().find(|point| point.resolution_m == resolution_m)
    }

    /// The resolution at which a length is reached, coming from the coarse end: between
    /// two computed points by the power law through them, that is, on a straight line
    /// between logarithms.
    #[must_use]
    pub fn reach(&self, length: Metres) -> Reach {
        let Some(coarsest) = self.points.last() else { return Reach::TooLong };
        if coarsest.length == length {
            return Reach::At(coarsest.resolution_m);
        }
        if coarsest.length > length {
            return Reach::TooShort;
        }
        let pairs = self.points.windows(2).rev();
        let reached = pairs.into_iter().find(|pair| pair[0].length >= length);
        reached.map_or(Reach::TooLong, |pair| Reach::At(between(&pair[0], &pair[1], length)))
    }
}

/// `fine` is at least as long as the length, `coarse` is shorter.
fn between(fine: &CurvePoint, coarse: &CurvePoint, length: Metres) -> f64 {
    let log = |point: &CurvePoint| (point.resolution_m.ln(), point.length.value().ln());
    let ((x0, y0), (x1, y1)) = (log(fine), log(coarse));
    let share = (y0 - length.value().ln()) / (y0 - y1);
    // A length of 0 has no logarithm.
    if share.is_finite() { (x0 + share * (x1 - x0)).exp() } else { coarse.resolution_m }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(lengths: &[(f64, f64)]) -> Curve {
        let point = |(resolution_m, length): &(f64, f64)| CurvePoint {
            resolution_m: *resolution_m,
            length: Metres::new(*length),
            edges: 1,
        };
        Curve { points: lengths.iter().map(point).collect(), data_edges: 9, parts: 1 }
    }

    fn reach(curve: &Curve, length: f64) -> Reach {
        curve.reach(Metres::new(length))
    }

    #[test]
    fn a_power_law_is_met_where_it_should_be() {
        // L = 1000 ε^-0.25: 316.2 m at 100 m.
        let law = curve(&[1.0, 10.0, 1e3].map(|e: f64| (e, 1e3 * e.powf(-0.25))));
        let Reach::At(at_m) = reach(&law, 1e3 * 100_f64.powf(-0.25)) else { panic!() };
        assert!((at_m - 100.0).abs() < 1e-9, "{at_m}");
        assert_eq!(reach(&law, 1_000.0), Reach::At(1.0));
        assert_eq!(reach(&law, 1_000.1), Reach::TooLong);
        assert_eq!(reach(&law, 100.0), Reach::TooShort);
    }

    #[test]
    fn of_several_places_the_coarsest_counts() {
        // The divider method need not be monotone.
        let wavy = curve(&[(1.0, 120.0), (2.0, 100.0), (5.0, 120.0), (10.0, 90.0)]);
        let Reach::At(at_m) = reach(&wavy, 110.0) else { panic!() };
        assert!((5.0..10.0).contains(&at_m), "{at_m}");
        assert_eq!(reach(&wavy, 90.0), Reach::At(10.0));
    }

    #[test]
    fn a_flat_curve_and_no_curve() {
        let flat = curve(&[(1.0, 100.0), (10.0, 100.0)]);
        assert_eq!(reach(&flat, 100.0), Reach::At(10.0));
        assert_eq!(reach(&Curve::default(), 100.0), Reach::TooLong);
    }

    #[test]
    fn curves_add_up_point_by_point() {
        let one = curve(&[(1.0, 100.0), (10.0, 90.0)]);
        let two = Curve::sum([&one, &one]);
        assert_eq!(two.at(10.0).unwrap().length, Metres::new(180.0));
        assert_eq!((two.at(1.0).unwrap().edges, two.data_edges, two.parts), (2, 18, 2));
        assert!(two.at(5.0).is_none());
    }
}
