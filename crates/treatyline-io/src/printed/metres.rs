//! Metres: `4699440.4`, `X = 4 699 440,4`, `5,443,210.5 m`, `15 543 210` in zone 15.

use super::{PrintedFault, Rounded, plain};

/// Zones of 3° are numbered up to this.
const MOST_ZONES: u32 = 120;
/// Eastings are less than this far from the middle of their zone, 500,000 m, in metres: zones
/// overlap, but not by more.
const HALF_ZONE_M: f64 = 450_000.0;
const MILLION: f64 = 1e6;
/// No northing or easting is farther from its origin, in metres.
const FARTHEST_M: f64 = 1e9;

const LABELS: [&str; 12] =
    ["northing", "easting", "north", "east", "x", "y", "n", "e", "х", "у", "h", "r"];
const UNITS: [&str; 9] = ["metres", "meters", "метров", "me", "mn", "m", "м", "米", "公尺"];

/// The zone whose number an easting begins with, as in the grids of Gauss and Krüger of the Soviet
/// Union, China and Germany; `None` for one without.
#[must_use]
pub fn zone_of(easting_m: f64) -> Option<u32> {
    let zone = (easting_m / MILLION).floor();
    let is_zone = zone >= 1.0 && zone <= f64::from(MOST_ZONES);
    let is_easting = (easting_m - zone * MILLION - 0.5 * MILLION).abs() < HALF_ZONE_M;
    // Between 1 and 120 by now.
    (is_zone && is_easting).then_some(zone as u32)
}

/// The number of metres that a text writes.
///
/// # Errors
/// [`PrintedFault::NoMetres`], and [`PrintedFault::Ambiguous`] for `543,210`.
pub fn metres(text: &str) -> Result<Rounded, PrintedFault> {
    let none = || PrintedFault::NoMetres { text: text.to_owned() };
    let small = plain(text).to_lowercase();
    let rest = without_words(&small);
    let (is_negative, rest) = match rest.strip_prefix(['-', '+']) {
        Some(after) => (rest.starts_with('-'), after.trim_start()),
        None => (false, rest),
    };
    let (whole, decimals) = match point(rest) {
        Point::None => (rest, ""),
        Point::At(at) => (&rest[..at], &rest[at + 1..]),
        Point::Unclear => {
            let between = "the comma is of thousands or of decimals".to_owned();
            return Err(PrintedFault::Ambiguous { text: text.to_owned(), between });
        }
    };
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = without_thousands(whole).filter(|it| !it.is_empty() && is_plain(it));
    let digits = digits.filter(|_| is_plain(decimals)).ok_or_else(none)?;
    let value: f64 = format!("{digits}.{decimals}0").parse().map_err(|_| none())?;
    if value > FARTHEST_M {
        return Err(none());
    }
    Ok(Rounded::new(if is_negative { -value } else { value }, decimals.len(), 1.0))
}

/// A text without the name of the coordinate before the number and the unit behind it.
fn without_words(text: &str) -> &str {
    let begins = |rest: &str| !rest.starts_with(char::is_alphabetic);
    let label = LABELS.iter().find_map(|word| text.strip_prefix(word).filter(|it| begins(it)));
    let rest = label.map_or(text, |rest| rest.trim_start_matches([' ', '=', ':', '.']));
    let ends = |rest: &&str| rest.trim_end().ends_with(|c: char| c.is_ascii_digit());
    UNITS.iter().find_map(|word| rest.strip_suffix(word).filter(ends)).unwrap_or(rest).trim()
}

/// Where the decimals of a number begin.
enum Point {
    None,
    At(usize),
    /// `543,210`
    Unclear,
}

fn point(text: &str) -> Point {
    let last = |sign| text.rfind(sign);
    let count = |sign| text.matches(sign).count();
    match (last('.'), last(',')) {
        (None, None) => Point::None,
        (Some(point), Some(comma)) => Point::At(point.max(comma)),
        (Some(point), None) if count('.') == 1 => Point::At(point),
        (None, Some(comma)) if count(',') == 1 => {
            // Blanks between thousands say that the comma is not.
            let is_grouped = text.contains([' ', '′']);
            let is_unclear = comma <= 3 && text.len() - comma - 1 == 3 && !is_grouped;
            if is_unclear { Point::Unclear } else { Point::At(comma) }
        }
        _ => Point::None,
    }
}

/// Digits without what separates their thousands, one sign throughout; `None` where groups are not
/// of three.
fn without_thousands(text: &str) -> Option<String> {
    let Some(sign) = text.chars().find(|c| !c.is_ascii_digit()) else {
        return Some(text.to_owned());
    };
    if ![' ', '′', '.', ','].contains(&sign) {
        return None;
    }
    let mut groups = text.split(sign);
    let first = groups.next()?;
    let is_sound = (1..=3).contains(&first.len());
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    is_sound.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_northing_in_many_spellings() {
        for text in [
            "4699440.4",
            "4699440,4",
            "4 699 440.4",
            "4 699 440,4",
            "4,699,440.4",
            "4.699.440,4",
            "4'699'440.4",
            "X=4699440.4",
            "X = 4 699 440,4 м",
            "х=4699440,4",
            "4699440.4 m",
            "N 4699440.4",
            "４６９９４４０．４",
            "+4699440.4",
            "4699440.4 mN",
        ] {
            let found = metres(text).unwrap_or_else(|fault| panic!("{fault}"));
            assert!((found.value - 4_699_440.4).abs() < 1e-6, "{text}: {found:?}");
            assert!((found.half_step - 0.05).abs() < 1e-12, "{text}: {found:?}");
        }
        assert_eq!(metres("-12 345"), Ok(Rounded { value: -12_345.0, half_step: 0.5 }));
        assert_eq!(metres("1.234.567"), Ok(Rounded { value: 1_234_567.0, half_step: 0.5 }));
    }

    #[test]
    fn what_is_no_number_of_metres_is_refused_by_name() {
        for text in
            ["", "x", "12 34", "1,23,456", "4,699.440,4", "1e9", "2000000000", "--4", "4 km"]
        {
            let fault = metres(text).unwrap_err();
            assert_eq!(fault, PrintedFault::NoMetres { text: text.to_owned() });
        }
        let fault = metres("543,210").unwrap_err();
        assert!(fault.to_string().contains("thousands or of decimals"), "{fault}");
    }

    #[test]
    fn an_easting_may_begin_with_its_zone() {
        let zone = |text| zone_of(metres(text).unwrap().value);
        assert_eq!(zone("15 543 210"), Some(15));
        assert_eq!(zone("120 500 000"), Some(120));
        for text in ["543210", "15 999 999", "121 500 000", "0", "-15 543 210"] {
            assert_eq!(zone(text), None, "{text}");
        }
    }
}
