//! Coordinates as they are printed: what their spelling means, and how far rounding may have moved
//! them.
//!
//! This is the only place that knows how people write a latitude, a northing or a grid reference.
//! A number that is read here is as good as its last printed place: `42°25′04.6″` lies within
//! ±0.05″. Which coordinate system it is in is not known here; a zone or a hemisphere is, where the
//! text has one.

mod angle;
mod fault;
mod grid;
mod metres;
mod pair;
mod polar;
mod words;

pub use angle::{Angle, angle};
pub use fault::PrintedFault;
pub use grid::{GridReference, grid_reference};
pub use metres::{metres, zone_of};
pub use pair::pair;

/// A printed number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rounded {
    /// The number, in the unit of what it is read as.
    pub value: f64,
    /// Half a unit of its last printed place: as far as rounding may have moved it.
    pub half_step: f64,
}

impl Rounded {
    /// A number with some decimals, in a unit.
    fn new(value: f64, decimals: usize, unit: f64) -> Self {
        // More decimals than a number has places are as good as none that can be said.
        let places = i32::try_from(decimals.min(40)).unwrap_or(40);
        Self { value: value * unit, half_step: 0.5 * 10_f64.powi(-places) * unit }
    }
}

/// What an angle is one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coordinate {
    /// North or south.
    Latitude,
    /// East or west.
    Longitude,
}

impl Coordinate {
    /// No angle is farther from the equator or the meridian of Greenwich, in degrees.
    const fn limit_deg(self) -> f64 {
        match self {
            Self::Latitude => 90.0,
            Self::Longitude => 180.0,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Latitude => "latitude",
            Self::Longitude => "longitude",
        }
    }

    const fn halves(self) -> &'static str {
        match self {
            Self::Latitude => "north or south",
            Self::Longitude => "east or west",
        }
    }
}

/// One character for each of the many that people have for it: typographic, wide, look-alikes.
fn plain(text: &str) -> String {
    let one = |c: char| match c {
        // Full width forms of ASCII, as Chinese and Japanese texts have them.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xff01 + 0x21).unwrap_or(c),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' | '\t' => ' ',
        '−' | '–' | '‒' | '‐' | '‑' => '-',
        'º' | '˚' | 'ᵒ' => '°',
        '\'' | '’' | '‘' | '´' | 'ʹ' | '`' => '′',
        '"' | '”' | '“' | 'ʺ' | '〃' => '″',
        _ => c,
    };
    let text: String = text.chars().map(one).map(|c| if c == '＇' { '′' } else { c }).collect();
    // Full width quotes have become ASCII by now.
    let text = text.replace('\'', "′").replace('"', "″").replace("′′", "″");
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What coordinates are written with, and what is near it.
    const PIECES: &str = "0159 .,'\"°′″º-−:=/;dmsDMSNSEWOнсшвдюз度分秒北纬东经gcon44TNPXYX=B=lat ᵍ\u{a0}１＇é\u{1f600}";

    fn texts() -> impl Strategy<Value = String> {
        let pieces: Vec<char> = PIECES.chars().collect();
        let any = prop_oneof![9 => prop::sample::select(pieces), 1 => any::<char>()];
        prop::collection::vec(any, 0..24).prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #[test]
        fn what_is_read_of_any_text_is_on_the_earth(text in texts()) {
            for (wanted, limit_deg) in [(Coordinate::Latitude, 90.0), (Coordinate::Longitude, 360.0)] {
                if let Ok(found) = angle(&text, wanted) {
                    prop_assert!(found.deg.value.abs() <= limit_deg, "{text}: {found:?}");
                    prop_assert!(found.deg.half_step > 0.0, "{text}: {found:?}");
                }
            }
            let _ = pair(&text, Coordinate::Latitude);
            if let Ok(found) = metres(&text) {
                prop_assert!(found.value.abs() <= 1e9 && found.half_step > 0.0, "{text}");
            }
            if let Ok(found) = grid_reference(&text) {
                prop_assert!(found.zone.is_none_or(|zone| (1..=60).contains(&zone)), "{text}");
                prop_assert!((0.0..=1e7 + 1e5).contains(&found.northing.value), "{text}");
            }
        }
    }
}
