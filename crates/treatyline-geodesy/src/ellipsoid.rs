//! Reference ellipsoids: name, semi-major axis, flattening.

use super::earth::MEAN_RADIUS_M;
use std::error::Error;
use std::fmt;

use crate::SquareMetres;

/// An ellipsoid of revolution.
///
/// The constants are the defining ones; the flattening is stored, never its
/// inverse (a misread 298.3 gives negative distances and no error elsewhere).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ellipsoid {
    name: &'static str,
    semi_major_m: f64,
    flattening: f64,
}

impl Ellipsoid {
    /// WGS 84 (NGA.STND.0036, table 3.1). Every length is on this one unless it
    /// says otherwise.
    pub const WGS84: Self =
        Self { name: "WGS 84", semi_major_m: 6_378_137.0, flattening: 1.0 / 298.257_223_563 };

    /// Krasovsky 1940 (EPSG:7024), under Pulkovo 1942: the ellipsoid of the Soviet
    /// maps.
    pub const KRASOVSKY: Self =
        Self { name: "Krasovsky 1940", semi_major_m: 6_378_245.0, flattening: 1.0 / 298.3 };

    /// GRS 80 (EPSG:7019).
    pub const GRS80: Self =
        Self { name: "GRS 80", semi_major_m: 6_378_137.0, flattening: 1.0 / 298.257_222_101 };

    /// The ellipsoid of the China Geodetic Coordinate System 2000 (EPSG:1024).
    pub const CGCS2000: Self =
        Self { name: "CGCS2000", semi_major_m: 6_378_137.0, flattening: 1.0 / 298.257_222_101 };

    /// The sphere of the Earth's mean radius R₁ (Moritz 2000). For comparison
    /// only: about 1 km off on 1,800.
    pub const SPHERE: Self =
        Self { name: "a sphere of mean radius", semi_major_m: MEAN_RADIUS_M, flattening: 0.0 };

    /// An ellipsoid of your own.
    ///
    /// # Units
    /// Semi-major axis in metres; flattening, not its inverse.
    ///
    /// # Errors
    /// [`EllipsoidFault`] unless the axis is positive and finite and the flattening lies in
    /// [0, 0.1).
    pub fn new(
        name: &'static str,
        semi_major_m: f64,
        flattening: f64,
    ) -> Result<Self, EllipsoidFault> {
        if !(semi_major_m.is_finite() && semi_major_m > 0.0) {
            return Err(EllipsoidFault::SemiMajor { semi_major_m });
        }
        if !(0.0..0.1).contains(&flattening) {
            return Err(EllipsoidFault::Flattening { flattening });
        }
        Ok(Self { name, semi_major_m, flattening })
    }

    /// Its usual name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Semi-major axis *a* in metres.
    #[must_use]
    pub const fn semi_major_m(&self) -> f64 {
        self.semi_major_m
    }

    /// Flattening *f*.
    #[must_use]
    pub const fn flattening(&self) -> f64 {
        self.flattening
    }

    /// Its surface.
    ///
    /// # References
    /// 2π*a*²(1 + (1 − *e*²) artanh(*e*)/*e*), artanh as its series.
    #[must_use]
    pub fn area(&self) -> SquareMetres {
        let e2 = self.eccentricity_squared();
        // e² < 0.19: what comes after 24 terms is below the last bit.
        let artanh = (0..24).rev().fold(0.0, |sum, k| sum * e2 + 1.0 / f64::from(2 * k + 1));
        let a2 = self.semi_major_m * self.semi_major_m;
        SquareMetres::new(2.0 * std::f64::consts::PI * a2 * (1.0 + (1.0 - e2) * artanh))
    }

    /// First eccentricity squared, *e²* = *f*(2 − *f*).
    #[doc(hidden)]
    #[must_use]
    pub const fn eccentricity_squared(&self) -> f64 {
        self.flattening * (2.0 - self.flattening)
    }
}

/// Why two numbers are no ellipsoid.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum EllipsoidFault {
    /// The semi-major axis is not positive and finite.
    SemiMajor {
        /// As given, in metres.
        semi_major_m: f64,
    },
    /// The flattening is not in [0, 0.1).
    Flattening {
        /// As given.
        flattening: f64,
    },
}

impl Error for EllipsoidFault {}

impl fmt::Display for EllipsoidFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::SemiMajor { semi_major_m } => {
                write!(f, "a semi-major axis of {semi_major_m} m is not positive and finite")
            }
            Self::Flattening { flattening } => write!(
                f,
                "a flattening of {flattening} is not at least 0 and below 0.1; give 1/298.3, not \
                 298.3"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inverse_flattening_is_refused() {
        let misread = Ellipsoid::new("misread", 6_378_245.0, 298.3).unwrap_err();
        assert_eq!(misread, EllipsoidFault::Flattening { flattening: 298.3 });
        assert!(misread.to_string().contains("give 1/298.3, not 298.3"));
        assert!(Ellipsoid::new("mine", 6_378_245.0, 1.0 / 298.3).is_ok());
        let none = Ellipsoid::new("none", f64::NAN, 0.0).unwrap_err();
        assert!(matches!(none, EllipsoidFault::SemiMajor { .. }));
    }
}
