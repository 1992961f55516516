//! Units and intervals: what a published figure is.
//!
//! A published figure is not a number but an interval: `1,782.75 km` says that
//! the length lies between 1,782.745 and 1,782.755 km. Sums and products of such
//! figures are computed in intervals, rounded outwards at every step, so that a
//! claim is called impossible only when it is
//! (Moore, Kearfott & Cloud 2009, *Introduction to Interval Analysis*, ch. 2).

use std::ops::{Add, Mul, Sub};

use serde::Serialize;
pub use treatyline_geodesy::{Metres, SquareMetres};

/// What a number measures. It decides which numbers may be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Dimension {
    /// A share or a plain factor; the unit is 1.
    Ratio,
    /// A length; the unit is the metre.
    Length,
    /// An area; the unit is the square metre.
    Area,
}

impl Dimension {
    /// The SI unit in machine-readable output: `m`, `m2`, or `1` for a ratio.
    #[must_use]
    pub(crate) const fn si_unit(self) -> &'static str {
        match self {
            Self::Ratio => "1",
            Self::Length => "m",
            Self::Area => "m2",
        }
    }

    /// The power of the metre.
    const fn power(self) -> i8 {
        match self {
            Self::Ratio => 0,
            Self::Length => 1,
            Self::Area => 2,
        }
    }

    const fn from_power(power: i8) -> Option<Self> {
        match power {
            0 => Some(Self::Ratio),
            1 => Some(Self::Length),
            2 => Some(Self::Area),
            _ => None,
        }
    }

    /// The dimension of a product, if it has one here.
    #[must_use]
    pub(crate) const fn times(self, other: Self) -> Option<Self> {
        Self::from_power(self.power() + other.power())
    }

    /// The dimension of a quotient, if it has one here.
    #[must_use]
    pub(crate) const fn over(self, other: Self) -> Option<Self> {
        Self::from_power(self.power() - other.power())
    }
}

/// A unit figures are printed in.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// The name used in a dossier: `km2`.
    pub(crate) name: &'static str,
    /// The symbol for people: `km²`.
    pub(crate) symbol: &'static str,
    /// What it measures.
    pub(crate) dimension: Dimension,
    /// How many SI units (m, m², 1) it holds.
    pub(crate) si: f64,
}

impl Unit {
    /// Kilometre.
    pub(crate) const KM: Self =
        Self { name: "km", symbol: "km", dimension: Dimension::Length, si: 1e3 };
    /// Metre.
    pub(crate) const M: Self =
        Self { name: "m", symbol: "m", dimension: Dimension::Length, si: 1.0 };
    /// Square kilometre.
    pub(crate) const KM2: Self =
        Self { name: "km2", symbol: "km²", dimension: Dimension::Area, si: 1e6 };
    /// Hectare.
    pub(crate) const HA: Self =
        Self { name: "ha", symbol: "ha", dimension: Dimension::Area, si: 1e4 };
    /// Per cent.
    pub(crate) const PERCENT: Self =
        Self { name: "%", symbol: "%", dimension: Dimension::Ratio, si: 0.01 };

    /// International mile: 1760 yards of 0.9144 m (agreement of 1959).
    pub(crate) const MI: Self = Self::length("mi", 1_609.344);
    /// International nautical mile (Monaco, 1929).
    pub(crate) const NMI: Self = Self::length("nmi", 1_852.0);
    /// International foot (agreement of 1959).
    pub(crate) const FT: Self = Self::length("ft", 0.3048);
    /// US survey foot: 1200/3937 m (Mendenhall order of 1893).
    pub(crate) const US_FT: Self = Self::length("US ft", 1_200.0 / 3_937.0);
    /// English league by land: three miles.
    pub(crate) const LEAGUE: Self = Self::length("league", 3.0 * 1_609.344);
    /// Marine league: three nautical miles.
    pub(crate) const MARINE_LEAGUE: Self = Self::length("marine league", 3.0 * 1_852.0);
    /// Russian verst: 500 sazhens of seven English feet (ukase of 1835).
    pub(crate) const VERST: Self = Self::length("verst", 3_500.0 * 0.3048);
    /// Chinese li since 1930 (Weights and Measures Act of 1929): half a kilometre. Older ones differ.
    pub(crate) const LI: Self = Self::length("li", 500.0);
    /// International acre: 4840 square yards.
    pub(crate) const ACRE: Self = Self::area("acre", "acre", 4_840.0 * 0.9144 * 0.9144);
    /// Metric dunam: 1000 m² (Palestine, 1928).
    pub(crate) const DUNAM: Self = Self::area("dunam", "dunam", 1e3);
    /// Square of an international mile.
    pub(crate) const SQ_MI: Self = Self::area("sq mi", "sq mi", 1_609.344 * 1_609.344);
    /// Square metre.
    pub(crate) const M2: Self = Self::area("m2", "m²", 1.0);

    /// Every unit a dossier may use.
    pub(crate) const ALL: [Self; 17] = [
        Self::KM,
        Self::M,
        Self::KM2,
        Self::HA,
        Self::PERCENT,
        Self::MI,
        Self::NMI,
        Self::FT,
        Self::US_FT,
        Self::LEAGUE,
        Self::MARINE_LEAGUE,
        Self::VERST,
        Self::LI,
        Self::ACRE,
        Self::DUNAM,
        Self::SQ_MI,
        Self::M2,
    ];

    const fn length(name: &'static str, si: f64) -> Self {
        Self { name, symbol: name, dimension: Dimension::Length, si }
    }

    const fn area(name: &'static str, symbol: &'static str, si: f64) -> Self {
        Self { name, symbol, dimension: Dimension::Area, si }
    }

    /// The unit of this name, if there is one.
    #[must_use]
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.name == name)
    }

    /// The unit in which people read a quantity of this dimension.
    #[must_use]
    pub(crate) const fn for_people(dimension: Dimension) -> Self {
        match dimension {
            Dimension::Ratio => Self::PERCENT,
            Dimension::Length => Self::KM,
            Dimension::Area => Self::KM2,
        }
    }
}

/// A closed range of numbers, possibly unbounded on one side.
///
/// Arithmetic is rounded outwards: the result holds every value that operands
/// within their ranges can give.
///
/// ```
/// use treatyline::Dossier;
///
/// let figures = Dossier::embedded().figures();
/// let total = figures.iter().find(|figure| figure.printed == "1,782.75").unwrap();
/// assert!(total.interval.contains(1_782_750.0));
/// assert!(total.interval.low() > 1_782_744.9 && total.interval.high() < 1_782_755.1);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    low: f64,
    high: f64,
}

impl Interval {
    /// Zero: [0, 0].
    pub(crate) const ZERO: Self = Self { low: 0.0, high: 0.0 };

    /// The range from `low` to `high`; `None` if either is NaN or they are in the
    /// wrong order.
    #[must_use]
    pub(crate) fn new(low: f64, high: f64) -> Option<Self> {
        (low <= high).then_some(Self { low, high })
    }

    /// `value` ± `half`, rounded outwards; `None` for NaN or a negative `half`.
    #[must_use]
    pub(crate) fn around(value: f64, half: f64) -> Option<Self> {
        if half == 0.0 {
            return Self::new(value, value);
        }
        Self::new((value - half).next_down(), (value + half).next_up())
    }

    /// The smallest range that holds both values; `None` if one is NaN.
    #[must_use]
    pub(crate) fn spanning(a: f64, b: f64) -> Option<Self> {
        Self::new(a.min(b), a.max(b)).filter(|_| !a.is_nan() && !b.is_nan())
    }

    /// The lower end.
    #[must_use]
    pub const fn low(self) -> f64 {
        self.low
    }

    /// The upper end.
    #[must_use]
    pub const fn high(self) -> f64 {
        self.high
    }

    /// The middle; for a half-bounded range its finite end.
    #[doc(hidden)]
    #[must_use]
    pub fn middle(self) -> f64 {
        match (self.low.is_finite(), self.high.is_finite()) {
            (true, true) => f64::midpoint(self.low, self.high),
            (true, false) => self.low,
            (false, true) => self.high,
            (false, false) => 0.0,
        }
    }

    /// Whether `value` lies in the range.
    #[must_use]
    pub fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Whether the ranges share a value.
    #[must_use]
    pub(crate) fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// The smallest range that holds both ranges.
    #[must_use]
    pub(crate) const fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// How far apart two ranges are: 0 where they meet, otherwise the gap, with
    /// the sign of `self` minus `other`.
    #[must_use]
    pub(crate) fn gap(self, other: Self) -> f64 {
        if self.low > other.high {
            self.low - other.high
        } else if self.high < other.low {
            self.high - other.low
        } else {
            0.0
        }
    }

    /// Both ends times a positive constant, rounded outwards.
    #[must_use]
    pub(crate) fn scaled(self, factor: f64) -> Self {
        self * Self { low: factor, high: factor }
    }

    /// The quotient; `None` where the divisor holds zero.
    #[must_use]
    pub(crate) fn over(self, divisor: Self) -> Option<Self> {
        if divisor.contains(0.0) {
            return None;
        }
        let ends = [
            self.low / divisor.low,
            self.low / divisor.high,
            self.high / divisor.low,
            self.high / divisor.high,
        ];
        Some(Self::outward(ends))
    }

    /// The hull of four candidate ends, each moved one step outwards unless the
    /// range is a point that needs none. A NaN candidate (0 · ∞) stands for 0.
    fn outward(ends: [f64; 4]) -> Self {
        let mut low = f64::INFINITY;
        let mut high = f64::NEG_INFINITY;
        for end in ends {
            let end = if end.is_nan() { 0.0 } else { end };
            low = low.min(end);
            high = high.max(end);
        }
        Self { low: low.next_down(), high: high.next_up() }
    }
}

impl Add for Interval {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { low: (self.low + other.low).next_down(), high: (self.high + other.high).next_up() }
    }
}

impl Sub for Interval {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { low: (self.low - other.high).next_down(), high: (self.high - other.low).next_up() }
    }
}

impl Mul for Interval {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self::outward([
            self.low * other.low,
            self.low * other.high,
            self.high * other.low,
            self.high * other.high,
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_published_parts_can_make_the_published_whole() {
        let land = Interval::around(1_215_860.0, 5.0).unwrap();
        let water = Interval::around(566_890.0, 5.0).unwrap();
        let whole = Interval::around(1_782_750.0, 5.0).unwrap();
        assert!((land + water).meets(whole));
        assert!(!(land + water).meets(Interval::around(1_765_000.0, 500.0).unwrap()));
    }

    #[test]
    fn one_sided_ranges_keep_their_open_end() {
        let over = Interval::new(200.0, f64::INFINITY).unwrap();
        let twice = over.scaled(2.0);
        assert!(twice.contains(400.0) && twice.high() == f64::INFINITY);
        assert!(Interval::new(0.0, 0.0).unwrap().scaled(f64::INFINITY).contains(0.0));
    }

    #[test]
    fn the_gap_is_signed_and_zero_where_ranges_meet() {
        let a = Interval::new(1.0, 2.0).unwrap();
        let b = Interval::new(5.0, 6.0).unwrap();
        assert_eq!(a.gap(b), -3.0);
        assert_eq!(b.gap(a), 3.0);
        assert_eq!(a.gap(a), 0.0);
    }

    #[test]
    fn no_range_from_nonsense() {
        assert!(Interval::new(2.0, 1.0).is_none());
        assert!(Interval::new(f64::NAN, 1.0).is_none());
        assert!(Interval::around(1.0, -1.0).is_none());
        assert!(Interval::spanning(f64::NAN, 1.0).is_none());
        let holds_zero = Interval::new(-1.0, 1.0).unwrap();
        assert!(holds_zero.over(holds_zero).is_none());
    }

    /// NIST Special Publication 811, appendix B; a verst by the Great Soviet Encyclopedia.
    #[test]
    fn units_are_as_long_and_as_large_as_they_are_defined() {
        for (name, si) in [
            ("mi", 1_609.344),
            ("nmi", 1_852.0),
            ("league", 4_828.032),
            ("marine league", 5_556.0),
            ("verst", 1_066.8),
            ("US ft", 0.304_800_609_601_219),
            ("acre", 4_046.856_422_4),
            ("sq mi", 2_589_988.110_336),
        ] {
            let unit = Unit::named(name).unwrap();
            assert!((unit.si / si - 1.0).abs() < 1e-14, "{name}: {}", unit.si);
        }
    }

    #[test]
    fn a_length_times_a_length_is_an_area_and_no_more() {
        assert_eq!(Dimension::Length.times(Dimension::Length), Some(Dimension::Area));
        assert_eq!(Dimension::Area.times(Dimension::Length), None);
        assert_eq!(Dimension::Ratio.over(Dimension::Length), None);
    }
}
