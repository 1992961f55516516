//! Lengths and areas: the one place where a number gets its unit.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

#[cfg(feature = "approx")]
use approx::{AbsDiffEq, RelativeEq, UlpsEq};

macro_rules! unit {
    ($(#[$doc:meta])* $name:ident, $symbol:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
        pub struct $name(f64);

        impl $name {
            #[doc = concat!("Wraps a number of ", $symbol, ".")]
            #[must_use]
            pub const fn new(value: f64) -> Self {
                Self(value)
            }

            #[doc = concat!("The bare number of ", $symbol, ".")]
            #[must_use]
            pub const fn value(self) -> f64 {
                self.0
            }

            /// The same quantity without its sign.
            #[must_use]
            pub const fn abs(self) -> Self {
                Self(self.0.abs())
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }

        impl Mul<f64> for $name {
            type Output = Self;
            fn mul(self, factor: f64) -> Self {
                Self(self.0 * factor)
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                items.fold(Self(0.0), Add::add)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)?;
                f.write_str(concat!(" ", $symbol))
            }
        }

        #[cfg(feature = "approx")]
        impl AbsDiffEq for $name {
            type Epsilon = f64;
            fn default_epsilon() -> f64 {
                f64::default_epsilon()
            }
            fn abs_diff_eq(&self, other: &Self, epsilon: f64) -> bool {
                self.0.abs_diff_eq(&other.0, epsilon)
            }
        }

        #[cfg(feature = "approx")]
        impl RelativeEq for $name {
            fn default_max_relative() -> f64 {
                f64::default_max_relative()
            }
            fn relative_eq(&self, other: &Self, epsilon: f64, max_relative: f64) -> bool {
                self.0.relative_eq(&other.0, epsilon, max_relative)
            }
        }

        #[cfg(feature = "approx")]
        impl UlpsEq for $name {
            fn default_max_ulps() -> u32 {
                f64::default_max_ulps()
            }
            fn ulps_eq(&self, other: &Self, epsilon: f64, max_ulps: u32) -> bool {
                self.0.ulps_eq(&other.0, epsilon, max_ulps)
            }
        }
    };
}

unit! {
    /// A length in metres.
    ///
    /// ```
    /// use treatyline_geodesy::Metres;
    ///
    /// assert_eq!(Metres::from_km(1.5), Metres::new(1_500.0));
    /// ```
    Metres, "m"
}

unit! {
    /// An area in square metres.
    ///
    /// ```
    /// use treatyline_geodesy::SquareMetres;
    ///
    /// assert_eq!(SquareMetres::from_km2(2.0), SquareMetres::new(2e6));
    /// ```
    SquareMetres, "m²"
}

impl Metres {
    /// A length given in kilometres.
    #[must_use]
    pub const fn from_km(km: f64) -> Self {
        Self(km * 1e3)
    }

    /// The length in kilometres.
    #[must_use]
    pub const fn km(self) -> f64 {
        self.0 / 1e3
    }
}

impl SquareMetres {
    /// An area given in square kilometres.
    #[must_use]
    pub const fn from_km2(km2: f64) -> Self {
        Self(km2 * 1e6)
    }

    /// The area in square kilometres.
    #[must_use]
    pub const fn km2(self) -> f64 {
        self.0 / 1e6
    }
}
