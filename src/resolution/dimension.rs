//! The fractal dimension: how fast a length grows as resolution gets finer.

use super::{Curve, CurvePoint};

/// A fractal dimension over a range of resolutions.
///
/// A length that grows as L(ε) ∝ ε^(1 − D) has the dimension D: 1 for a smooth line, up
/// to 2 for one that fills the plane (Mandelbrot 1967, *Science* 156:636–638). D is 1
/// less the slope of log L over log ε, by least squares.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct FractalDimension {
    /// The dimension.
    pub value: f64,
    /// The standard error of the slope.
    ///
    /// It measures how far the points are from a straight line. It treats them
    /// as independent, which lengths of one line are not; so it is too small rather than too large.
    pub(crate) standard_error: f64,
    /// Half the width of the 95 % interval: the standard error times Student's t.
    pub half_width_95: f64,
    /// The finest resolution used, in metres.
    pub from_m: f64,
    /// The coarsest.
    pub to_m: f64,
    /// How many points were used.
    pub(crate) points: usize,
}

/// The dimension around one resolution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LocalDimension {
    /// The middle of the window in metres.
    pub(crate) resolution_m: f64,
    /// The dimension within the window.
    pub dimension: FractalDimension,
}

/// How many points belong to a window on each side of its middle.
const HALF_WINDOW: usize = 3;
/// From three points on a slope has an error; with fewer points than this the error means little.
const FEWEST_POINTS: usize = 4;
/// Fewer edges per part than these depend on where the ends happen to be.
const FEWEST_EDGES: usize = 10;

impl Curve {
    /// The dimension around each point that has three to each side: over a decade, if the
    /// points are the rungs of a [`super::ladder`].
    #[doc(hidden)]
    #[must_use]
    pub fn local_dimensions(&self) -> Vec<LocalDimension> {
        let windows = self.points.windows(2 * HALF_WINDOW + 1);
        let local = |window: &[CurvePoint]| {
            let resolution_m = window.get(HALF_WINDOW)?.resolution_m;
            Some(LocalDimension { resolution_m, dimension: fit(window.iter())? })
        };
        windows.filter_map(local).collect()
    }

    /// The dimension over all resolutions at which the data show it: at most half of the edges
    /// remain, and at least ten per part. At finer resolutions the line is as smooth as it was
    /// drawn; at coarser ones it is little more than its ends.
    #[must_use]
    pub fn dimension(&self) -> Option<FractalDimension> {
        let (most, fewest) = (self.data_edges / 2, self.parts * FEWEST_EDGES);
        fit(self.points.iter().filter(|point| (fewest..=most).contains(&point.edges)))
    }
}

/// The straight line through (log ε, log L), by least squares.
fn fit<'a>(points: impl Iterator<Item = &'a CurvePoint>) -> Option<FractalDimension> {
    let used: Vec<&CurvePoint> = points.filter(|p| p.length.value() > 0.0).collect();
    let (first, last) = used.first().zip(used.last()).filter(|_| used.len() >= FEWEST_POINTS)?;
    let count = used.len() as f64;
    let logs: Vec<(f64, f64)> =
        used.iter().map(|p| (p.resolution_m.ln(), p.length.value().ln())).collect();
    let mean = |value: fn(&(f64, f64)) -> f64| logs.iter().map(value).sum::<f64>() / count;
    let (x_mean, y_mean) = (mean(|log| log.0), mean(|log| log.1));
    let sum = |value: &dyn Fn(f64, f64) -> f64| {
        logs.iter().map(|(x, y)| value(x - x_mean, y - y_mean)).sum::<f64>()
    };
    let spread = sum(&|x, _| x * x);
    let slope = sum(&|x, y| x * y) / spread;
    let left_over = sum(&|x, y| (y - slope * x) * (y - slope * x));
    let standard_error = (left_over / (count - 2.0) / spread).sqrt();
    Some(FractalDimension {
        value: 1.0 - slope,
        standard_error,
        half_width_95: standard_error * students_t(used.len() - 2),
        from_m: first.resolution_m,
        to_m: last.resolution_m,
        points: used.len(),
    })
    .filter(|found| found.standard_error.is_finite())
}

/// The two-sided 95 % quantile of Student's distribution, by degrees of freedom (NIST
/// *e-Handbook of Statistical Methods*, §1.3.6.7.2).
fn students_t(freedom: usize) -> f64 {
    const BY_FREEDOM: [f64; 30] = [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
        2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
        2.052, 2.048, 2.045, 2.042,
    ];
    freedom.checked_sub(1).map_or(f64::INFINITY, |i| BY_FREEDOM.get(i).copied().unwrap_or(2.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Metres;
    use crate::resolution::ladder;

    fn curve(length: impl Fn(f64) -> f64, edges: impl Fn(f64) -> usize) -> Curve {
        let point = |resolution_m| CurvePoint {
            resolution_m,
            length: Metres::new(length(resolution_m)),
            edges: edges(resolution_m),
        };
        let points = ladder(&[]).into_iter().map(point).collect();
        Curve { points, data_edges: 1_000, parts: 2 }
    }

    #[test]
    fn a_power_law_has_one_dimension_everywhere() {
        let law = curve(|e| 1e6 * e.powf(-0.25), |_| 100);
        let whole = law.dimension().unwrap();
        assert!((whole.value - 1.25).abs() < 1e-12 && whole.standard_error < 1e-9);
        assert_eq!((whole.from_m, whole.to_m, whole.points), (1.0, 10_000.0, 25));
        let local = law.local_dimensions();
        assert_eq!(local.len(), 19, "all but three at each end");
        assert!(local.iter().all(|each| (each.dimension.value - 1.25).abs() < 1e-12));
        let mut decades = local.iter().map(|each| each.dimension.to_m / each.dimension.from_m);
        assert!(decades.all(|factor| (9.9..10.1).contains(&factor)));
    }

    #[test]
    fn only_what_the_data_can_show_counts() {
        // Flat below 10 m, where all 1,000 edges remain.
        let drawn = curve(|e| 1e6 * e.max(10.0).powf(-0.25), |e| (10_000.0 / e) as usize);
        let whole = drawn.dimension().unwrap();
        assert_eq!((whole.from_m, whole.to_m), (20.0, 500.0), "500 edges and 10 for each of 2");
        assert!((whole.value - 1.25).abs() < 1e-12);
        assert!(drawn.local_dimensions()[0].dimension.value < 1.01);
    }

    #[test]
    fn what_scatters_is_uncertain() {
        let wavy = curve(|e| 1e6 * e.powf(-0.25) * (1.0 + 0.02 * (5.0 * e.ln()).sin()), |_| 100);
        let whole = wavy.dimension().unwrap();
        assert!((whole.value - 1.25).abs() < whole.half_width_95);
        assert!(whole.half_width_95 > 1e-3 && whole.standard_error < whole.half_width_95);
    }

    #[test]
    fn too_little_has_no_dimension() {
        assert!(Curve::default().dimension().is_none());
        assert!(curve(|_| 100.0, |_| 1).dimension().is_none());
        assert!(curve(|_| 0.0, |_| 100).dimension().is_none());
        assert!(Curve::default().local_dimensions().is_empty());
    }
}
