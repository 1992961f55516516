//! Reference ellipsoids: name, semi-major axis, flattening.

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
        Self { name: "a sphere of mean radius", semi_major_m: 6_371_008.771_4, flattening: 0.0 };

    /// An ellipsoid of your own. `None` unless the axis is positive and finite and
    /// the flattening lies in [0, 0.1).
    ///
    /// # Units
    /// Semi-major axis in metres; flattening, not its inverse.
    #[must_use]
    pub fn new(name: &'static str, semi_major_m: f64, flattening: f64) -> Option<Self> {
        let sound =
            semi_major_m.is_finite() && semi_major_m > 0.0 && (0.0..0.1).contains(&flattening);
        sound.then_some(Self { name, semi_major_m, flattening })
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
    #[must_use]
    pub const fn eccentricity_squared(&self) -> f64 {
        self.flattening * (2.0 - self.flattening)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inverse_flattening_is_refused() {
        assert!(Ellipsoid::new("misread", 6_378_245.0, 298.3).is_none());
        assert!(Ellipsoid::new("mine", 6_378_245.0, 1.0 / 298.3).is_some());
        assert!(Ellipsoid::new("none", f64::NAN, 0.0).is_none());
    }
}
