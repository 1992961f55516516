//! Directions as treaties print them: one of sixteen winds, or an azimuth in degrees.

use crate::construct::printed_azimuth;

/// The direction of a place, seen from another one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Bearing {
    /// A wind by its name.
    Wind(Wind),
    /// An azimuth.
    Azimuth {
        /// As printed.
        text: String,
        /// Clockwise from north.
        azimuth_deg: f64,
        /// What rounding may be worth.
        half_deg: f64,
    },
}

impl Bearing {
    /// `SW`, `45°30′`, `N 45° E`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        if let Some(wind) = Wind::named(text) {
            return Some(Self::Wind(wind));
        }
        let (azimuth_deg, half_deg) = printed_azimuth(text)?;
        Some(Self::Azimuth { text: text.to_owned(), azimuth_deg, half_deg })
    }

    /// As it is printed.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Wind(wind) => wind.name(),
            Self::Azimuth { text, .. } => text,
        }
    }

    /// Half of what it may mean: a direction named `SW` means 225° ± 11.25°.
    pub(crate) const fn half_deg(&self) -> f64 {
        match self {
            Self::Wind(_) => 11.25,
            Self::Azimuth { half_deg, .. } => *half_deg,
        }
    }

    /// How far an azimuth is from it, 0 to 180°.
    pub(crate) fn off_deg(&self, azimuth_deg: f64) -> f64 {
        let own_deg = match self {
            Self::Wind(wind) => wind.azimuth_deg(),
            Self::Azimuth { azimuth_deg, .. } => *azimuth_deg,
        };
        let turn = (azimuth_deg - own_deg).rem_euclid(360.0);
        turn.min(360.0 - turn)
    }
}

/// One of the sixteen winds, as treaties name directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wind(u8);

impl Wind {
    const NAMES: [&str; 16] = [
        "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW",
        "NW", "NNW",
    ];

    /// The wind of this name.
    #[must_use]
    pub(crate) fn named(name: &str) -> Option<Self> {
        (0..16).map(Self).find(|wind| wind.name() == name)
    }

    /// Its name.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        Self::NAMES[usize::from(self.0 % 16)]
    }

    /// Its azimuth in degrees, clockwise from north.
    #[must_use]
    pub(crate) fn azimuth_deg(self) -> f64 {
        f64::from(self.0) * 22.5
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_have_azimuths() {
        let off = |text: &str, azimuth_deg| Bearing::read(text).unwrap().off_deg(azimuth_deg);
        assert_eq!(off("N", 0.0), 0.0);
        assert_eq!(off("NNW", 337.5), 0.0);
        assert_eq!(off("SW", 225.0 + 180.0), 180.0);
        assert_eq!(off("N", 350.0), 10.0);
        assert_eq!(off("45°30′", 45.0), 0.5);
        assert_eq!(off("S 45° W", 225.0), 0.0);
        let half = |text: &str| Bearing::read(text).unwrap().half_deg();
        assert_eq!((half("SW"), half("45°30′")), (11.25, 0.5 / 60.0));
        for text in ["", "X", "SWS", "north-ish", "361°"] {
            assert_eq!(Bearing::read(text), None, "{text}");
        }
    }
}
