//! A printed length: a number and its unit, as in `100 mi`, `41,2 km` or `12 nautical miles`.

use crate::io::printed::{PrintedFault, Rounded, metres};
use crate::problem::ConstructFault;
use crate::quantity::{Dimension, Interval, Unit};
use crate::wording::km;

/// Other names of units, as people write them.
const NAMES: [(&str, &str); 27] = [
    ("kilometres", "km"),
    ("kilometers", "km"),
    ("kilometre", "km"),
    ("км", "km"),
    ("公里", "km"),
    ("metres", "m"),
    ("meters", "m"),
    ("metre", "m"),
    ("м", "m"),
    ("米", "m"),
    ("nautical miles", "nmi"),
    ("nautical mile", "nmi"),
    ("M", "nmi"),
    ("NM", "nmi"),
    ("marine leagues", "marine league"),
    ("english miles", "mi"),
    ("statute miles", "mi"),
    ("miles", "mi"),
    ("mile", "mi"),
    ("leagues", "league"),
    ("versts", "verst"),
    ("вёрст", "verst"),
    ("верст", "verst"),
    ("feet", "ft"),
    ("foot", "ft"),
    ("US feet", "US ft"),
    ("里", "li"),
];

/// A length as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PrintedLength {
    /// As it is printed.
    pub(crate) text: String,
    /// The name of its unit.
    unit: &'static str,
    /// What it says, in metres.
    pub(crate) value_m: f64,
    /// What its rounding leaves possible, in metres.
    pub(crate) interval: Interval,
}

impl PrintedLength {
    /// As it is printed, and in kilometres if it is printed in another unit: `24 mi (38.624 km)`.
    pub(super) fn in_words(&self) -> String {
        let is_metric = ["m", "km"].contains(&self.unit);
        if is_metric {
            self.text.clone()
        } else {
            format!("{} ({})", self.text, km(self.value_m, 3))
        }
    }

    /// Reads a number with the unit of a length.
    ///
    /// # Errors
    /// [`ConstructFault::Value`] for another text.
    pub(super) fn read(key: &'static str, text: &str) -> Result<Self, ConstructFault> {
        let wanted = "a length with its unit, as in 41.2 km, 100 mi, 12 nmi or 500 verst";
        let fault = || ConstructFault::Value { key, value: text.to_owned(), wanted };
        let text = text.trim();
        let end = text.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
        let (number, unit) = text.split_at(end);
        let unit = unit.trim();
        let named = NAMES.iter().find(|(name, _)| *name == unit);
        let other = NAMES.iter().find(|(name, _)| name.to_lowercase() == unit.to_lowercase());
        let name = named.or(other.filter(|_| unit.len() > 2)).map_or(unit, |(_, name)| *name);
        let unit = Unit::named(name).filter(|unit| unit.dimension == Dimension::Length);
        let unit = unit.ok_or_else(fault)?;
        // A comma before three digits separates thousands, as in the figures of a dossier.
        let found = match metres(number) {
            Err(PrintedFault::Ambiguous { .. }) => metres(&number.replace(',', "")),
            found => found,
        };
        let Rounded { value, half_step } = found.map_err(|_| fault())?;
        let interval = Interval::around(value, half_step).filter(|_| value > 0.0);
        let interval = interval.ok_or_else(fault)?.scaled(unit.si);
        Ok(Self { text: text.to_owned(), unit: unit.name, value_m: value * unit.si, interval })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_with_their_units_and_rounding() {
        for (text, value_m, half_m) in [
            ("41.2 km", 41_200.0, 50.0),
            ("100 mi", 160_934.4, 804.672),
            ("100 English miles", 160_934.4, 804.672),
            ("12 nmi", 22_224.0, 926.0),
            ("12 M", 22_224.0, 926.0),
            ("12 m", 12.0, 0.5),
            ("3 marine leagues", 16_668.0, 2_778.0),
            ("500 вёрст", 533_400.0, 533.4),
            ("41,25 км", 41_250.0, 5.0),
            ("1 050 km", 1_050_000.0, 500.0),
            ("1,050 km", 1_050_000.0, 500.0),
            ("1,050.5 km", 1_050_500.0, 50.0),
        ] {
            let found = PrintedLength::read("length", text).unwrap();
            assert!((found.value_m - value_m).abs() < 1e-6, "{text}: {found:?}");
            assert!((found.interval.high() - value_m - half_m).abs() < 1e-6, "{text}: {found:?}");
        }
    }

    #[test]
    fn what_is_no_length_is_refused() {
        for text in ["", "km", "100", "100 parsec", "100 ha", "-5 km", "0 km", "many km"] {
            assert!(PrintedLength::read("length", text).is_err(), "{text}");
        }
    }
}
