//! Geodesic length: the series on short edges, Karney's method on all others.

use std::sync::LazyLock;

use geographiclib_rs::{DirectGeodesic, Geodesic as Karney, InverseGeodesic};

use super::position::{Position, PositionFault};
use super::rhumb::in_circle;
use super::series::{AreaSeries, LengthSeries, LocalLength};
use super::sum::CompensatedSum;
use super::walk::{self, Edges, Instructions, Means, Near, Slow};
use super::{Ellipsoid, Metres};

/// How edges are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// The mid-latitude series where it is good to a nanometre, Karney's method
    /// beyond, chosen edge by edge.
    #[default]
    Series,
    /// Karney's method for every edge: the reference, some hundred times slower.
    Karney,
}

/// Geodesics on one ellipsoid.
///
/// # References
/// Short edges: the series of `docs/geodesy.md`, good to 1 nm within
/// [`Geodesic::reach`]. All others: Karney 2013, *Algorithms for geodesics*,
/// J. Geodesy 87:43–55, through `geographiclib-rs`, good to some nanometres for any
/// two points, antipodal ones included.
///
/// # Reproducibility
/// Within the reach of the series, the same input gives the same bits on every
/// machine, with any vector width and any number of threads. Karney's method takes
/// its sines from the platform and may differ in the last bit.
#[derive(Debug, Clone)]
pub struct Geodesic {
    ellipsoid: Ellipsoid,
    karney: Karney,
    pub(super) length_series: Option<LengthSeries>,
    pub(super) area_series: Option<AreaSeries>,
    pub(super) means: Means,
}

/// Something made of paths whose length can be measured.
pub trait Paths {
    /// What its vertices are.
    type Position: Position;

    /// Its paths, each a run of vertices.
    fn paths(&self) -> impl Iterator<Item = &[Self::Position]>;
}

impl<P: Position> Paths for [P] {
    type Position = P;

    fn paths(&self) -> impl Iterator<Item = &[P]> {
        std::iter::once(self)
    }
}

impl<P: Position> Paths for Vec<P> {
    type Position = P;

    fn paths(&self) -> impl Iterator<Item = &[P]> {
        std::iter::once(self.as_slice())
    }
}

impl<P: Position, const N: usize> Paths for [P; N] {
    type Position = P;

    fn paths(&self) -> impl Iterator<Item = &[P]> {
        std::iter::once(self.as_slice())
    }
}

impl Method {
    /// Its name.
    #[doc(hidden)]
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Series => "series",
            Self::Karney => "karney",
        }
    }
}

impl Geodesic {
    /// Prepares the coefficients for an ellipsoid: some 15 µs, for WGS 84 the first time
    /// only. Keep and share the result.
    #[must_use]
    pub fn new(ellipsoid: Ellipsoid) -> Self {
        static WGS84: LazyLock<Geodesic> = LazyLock::new(|| Geodesic::prepared(Ellipsoid::WGS84));
        if ellipsoid == Ellipsoid::WGS84 { WGS84.clone() } else { Self::prepared(ellipsoid) }
    }

    fn prepared(ellipsoid: Ellipsoid) -> Self {
        let karney = Karney::new(ellipsoid.semi_major_m(), ellipsoid.flattening());
        let (length_series, area_series) =
            (LengthSeries::new(&ellipsoid), AreaSeries::new(&ellipsoid));
        Self { ellipsoid, karney, length_series, area_series, means: Means::default() }
    }

    /// The same by another method than [`Method::Series`]. On an ellipsoid flatter than about
    /// 1/200 the series has no use, and both methods are Karney's.
    ///
    /// ```
    /// use treatyline_geodesy::{Ellipsoid, Geodesic, Method};
    ///
    /// let karney = Geodesic::new(Ellipsoid::WGS84).with_method(Method::Karney);
    /// assert_eq!(karney.reach(45.0).value(), 0.0);
    /// ```
    #[must_use]
    pub fn with_method(self, method: Method) -> Self {
        match method {
            Method::Series => Self { means: self.means, ..Self::new(self.ellipsoid) },
            Method::Karney => Self { length_series: None, area_series: None, ..self },
        }
    }

    /// The same on this number of threads at most, as inside a pool of your own: 1 starts none.
    /// Only long paths get more than one. The result does not depend on it.
    #[doc(hidden)]
    #[must_use]
    pub fn with_threads(self, threads: usize) -> Self {
        Self { means: Means { threads: threads.max(1), ..self.means }, ..self }
    }

    /// The same with other instructions, to see that the result does not depend on them.
    #[doc(hidden)]
    #[must_use]
    pub fn with_instructions(self, instructions: Instructions) -> Self {
        Self { means: Means { instructions, ..self.means }, ..self }
    }

    /// The ellipsoid measured on.
    #[doc(hidden)]
    #[must_use]
    pub const fn ellipsoid(&self) -> &Ellipsoid {
        &self.ellipsoid
    }

    /// The longest edge at a latitude that the series measures; 0 where Karney's
    /// method measures every edge.
    ///
    /// # Units
    /// Degrees in, metres out.
    #[must_use]
    pub fn reach(&self, lat_deg: f64) -> Metres {
        Metres::new(self.length_series.as_ref().map_or(0.0, |series| series.reach_m(lat_deg)))
    }

    /// The inner solver, for this floor only.
    pub(super) const fn karney(&self) -> &Karney {
        &self.karney
    }

    /// The length of the shortest path between two points; not a number for a
    /// position that is not on the Earth.
    ///
    /// # Units
    /// Degrees in, metres out.
    ///
    /// ```
    /// use treatyline_geodesy::{Ellipsoid, Geodesic};
    ///
    /// // A degree of the equator is a·π/180.
    /// let degree = Geodesic::new(Ellipsoid::WGS84).distance([80.0, 0.0], [81.0, 0.0]);
    /// assert!((degree.value() - 6_378_137.0_f64.to_radians()).abs() < 1e-8);
    /// ```
    #[must_use]
    pub fn distance(&self, from: impl Position, to: impl Position) -> Metres {
        let length = match &self.length_series {
            Some(series) => walk::one(&Short { series, karney: &self.karney }, from, to),
            None => walk::one(&Slow(|a, b| by_karney(&self.karney, a, b)), from, to),
        };
        Metres::new(length.unwrap_or(f64::NAN))
    }

    /// Distance and the azimuth at `from`, clockwise from north, in [0, 360). The azimuth
    /// is by Karney's method; the series gives none.
    ///
    /// # Units
    /// Degrees in, metres and degrees out.
    #[must_use]
    pub fn distance_and_azimuth(&self, from: impl Position, to: impl Position) -> (Metres, f64) {
        let (azimuth_deg, _, _) =
            self.karney.inverse(from.lat_deg(), from.lon_deg(), to.lat_deg(), to.lon_deg());
        (self.distance(from, to), in_circle(azimuth_deg))
    }

    /// The point at a share (0 to 1) of the geodesic between two points.
    #[must_use]
    pub fn between<P: Position>(&self, from: P, to: P, share: f64) -> P {
        let (distance, azimuth_deg) = self.distance_and_azimuth(from, to);
        self.destination(from, azimuth_deg, distance * share)
    }

    /// The point reached from `from` along a geodesic that starts at an azimuth,
    /// clockwise from north.
    ///
    /// # Units
    /// Degrees in and out.
    #[must_use]
    pub fn destination<P: Position>(&self, from: P, azimuth_deg: f64, distance: Metres) -> P {
        let (lat, lon) =
            self.karney.direct(from.lat_deg(), from.lon_deg(), azimuth_deg, distance.value());
        P::new(lon, lat)
    }

    /// The length of a path or of all paths of a geometry: the sum over the edges,
    /// compensated. Long paths are measured on all cores.
    ///
    /// # Units
    /// Degrees in, metres out; 0 for fewer than two vertices.
    ///
    /// # Errors
    /// [`PositionFault`] for the first vertex that is not on the Earth.
    ///
    /// ```
    /// use treatyline_geodesy::{Ellipsoid, Geodesic};
    ///
    /// let line = [[82.0, 46.0], [82.0, 45.5], [82.5, 45.5]];
    /// let length = Geodesic::new(Ellipsoid::KRASOVSKY).length(&line)?;
    /// assert_eq!(length.km().round(), 95.0);
    /// # Ok::<(), treatyline_geodesy::PositionFault>(())
    /// ```
    pub fn length(&self, paths: &(impl Paths + ?Sized)) -> Result<Metres, PositionFault> {
        let mut sum = CompensatedSum::default();
        for path in paths.paths() {
            sum.merge(self.total_length(path)?);
        }
        Ok(Metres::new(sum.total()))
    }

    /// The length of a path whose positions have been checked; not a number if one is
    /// wrong all the same.
    ///
    /// # Units
    /// Degrees in, metres out.
    #[doc(hidden)]
    #[must_use]
    pub fn sound_length(&self, path: &[impl Position]) -> Metres {
        let total = self.total_length(path);
        Metres::new(total.map_or(f64::NAN, CompensatedSum::total))
    }

    /// The length of each edge of a path; one fewer than it has vertices.
    ///
    /// # Units
    /// Degrees in, metres out.
    ///
    /// # Errors
    /// [`PositionFault`] for the first vertex that is not on the Earth.
    #[doc(hidden)]
    pub fn edge_lengths(&self, path: &[impl Position]) -> Result<Vec<Metres>, PositionFault> {
        let lengths = match &self.length_series {
            Some(series) => walk::each(&Short { series, karney: &self.karney }, path),
            None => walk::each(&Slow(|a, b| by_karney(&self.karney, a, b)), path),
        }?;
        Ok(lengths.into_iter().map(Metres::new).collect())
    }

    /// The length from the first vertex to each vertex. As long as `path`.
    ///
    /// # Units
    /// Degrees in, metres out.
    ///
    /// # Errors
    /// [`PositionFault`] for the first vertex that is not on the Earth.
    pub fn chainages(&self, path: &[impl Position]) -> Result<Vec<Metres>, PositionFault> {
        let lengths = self.edge_lengths(path)?;
        let mut sum = CompensatedSum::default();
        let mut chainages = Vec::with_capacity(path.len());
        chainages.extend(path.first().map(|_| Metres::new(0.0)));
        chainages.extend(lengths.into_iter().map(|length| {
            sum.add(length.value());
            Metres::new(sum.total())
        }));
        Ok(chainages)
    }

    fn total_length(&self, path: &[impl Position]) -> Result<CompensatedSum, PositionFault> {
        let means = self.means;
        let total = match &self.length_series {
            Some(series) => walk::total(&Short { series, karney: &self.karney }, path, means),
            None => walk::total(&Slow(|a, b| by_karney(&self.karney, a, b)), path, means),
        }?;
        Ok(total.sum)
    }
}

/// Edges by the series where it reaches.
struct Short<'a> {
    series: &'a LengthSeries,
    karney: &'a Karney,
}

impl Near for Short<'_> {
    #[inline(always)]
    fn near(&self, lat1: f64, lat2: f64, east: f64) -> f64 {
        self.series.edge(lat1, lat2, east)
    }
}

impl Near for LocalLength {
    #[inline(always)]
    fn near(&self, lat1: f64, lat2: f64, east: f64) -> f64 {
        self.edge(lat1, lat2, east)
    }
}

impl Edges for Short<'_> {
    type Local = LocalLength;

    #[inline(always)]
    fn local(&self, low: f64, high: f64) -> Option<LocalLength> {
        self.series.local(low, high)
    }

    fn beyond(&self, from: [f64; 2], to: [f64; 2]) -> (f64, i32) {
        // Across the antimeridian the series reaches as far as elsewhere.
        let (east, turns) = walk::eastward(from[0], to[0]);
        let near = if turns == 0 { f64::NAN } else { self.series.edge(from[1], to[1], east) };
        if near.is_nan() { by_karney(self.karney, from, to) } else { (near, turns) }
    }
}

/// An edge by Karney's method.
fn by_karney(karney: &Karney, from: [f64; 2], to: [f64; 2]) -> (f64, i32) {
    (karney.inverse(from[1], from[0], to[1], to[0]), walk::eastward(from[0], to[0]).1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_abs_diff_eq;

    const NORTH: [f64; 2] = [87.0, 49.0];
    const SOUTH: [f64; 2] = [80.0, 42.0];

    #[test]
    fn chainages_end_at_the_length() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let path = [NORTH, [84.0, 46.0], [84.01, 46.0], SOUTH];
        let chainages = geodesic.chainages(&path).unwrap();
        assert_eq!(chainages.len(), path.len());
        let end = chainages.last().copied().unwrap();
        assert_abs_diff_eq!(end.value(), geodesic.length(&path).unwrap().value(), epsilon = 1e-9);
        let nothing: [[f64; 2]; 0] = [];
        assert!(geodesic.chainages(&nothing).unwrap().is_empty());
    }

    #[test]
    fn a_share_of_the_way_is_that_share_of_the_distance() {
        let geodesic = Geodesic::new(Ellipsoid::KRASOVSKY);
        let third = geodesic.between(NORTH, SOUTH, 1.0 / 3.0);
        let whole = geodesic.distance(NORTH, SOUTH);
        let part = geodesic.distance(NORTH, third).value();
        assert_abs_diff_eq!(part, whole.value() / 3.0, epsilon = 1e-7);
    }

    #[test]
    fn krasovsky_is_longer_than_wgs84_by_seventeen_parts_per_million() {
        let on = |ellipsoid| Geodesic::new(ellipsoid).distance(NORTH, SOUTH).value();
        let ppm = (on(Ellipsoid::KRASOVSKY) / on(Ellipsoid::WGS84) - 1.0) * 1e6;
        assert!((15.0..19.0).contains(&ppm), "{ppm} ppm");
    }

    /// A block is filled up with edges of no length: near a pole, where the series does not reach
    /// even these, and elsewhere.
    #[test]
    fn a_short_path_is_exactly_its_edges_one_by_one() {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        for south in [42.0, 89.9] {
            let step = |i: i32| {
                let i = f64::from(i);
                [80.0 + 0.001 * i * i, south + 0.0001 * i * (1.0 + 0.1 * i)]
            };
            for edges in 0..=64 {
                let path: Vec<[f64; 2]> = (0..=edges).map(step).collect();
                let mut sum = CompensatedSum::default();
                sum.extend(path.windows(2).map(|ends| geodesic.distance(ends[0], ends[1]).value()));
                let length = geodesic.length(&path).unwrap().value();
                assert_eq!(length.to_bits(), sum.total().to_bits(), "{edges} edges from {south}°");
            }
        }
    }
}
