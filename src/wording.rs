//! How numbers are written for people: with separated thousands, as many digits as the accuracy
//! allows, and the unit at the end.

pub use treatyline_io::internal::words::{
    count, distance, echoed, either, is_xml, km, list, number, shortened,
};
pub(crate) use treatyline_io::internal::words::{echo, excerpt, first_ten};

use crate::quantity::{Dimension, Interval, Unit};

/// Intervals are rounded outwards by units in the last place, so that an end of 55.45 is held as
/// 55.449999…: a value within a millionth of a printed digit counts as that digit.
const SAME_DIGIT: f64 = 1e-6;

/// `22.3 m west`
pub(crate) fn towards(metres: f64, positive: &str, negative: &str) -> String {
    let direction = if metres < 0.0 { negative } else { positive };
    format!("{} m {direction}", number(metres.abs(), 1))
}

/// A number as `number` writes it, but never above the value: for a lower bound.
#[must_use]
pub(crate) fn floor(value: f64, decimals: usize) -> String {
    number(stepped(value, decimals, f64::floor), decimals)
}

/// A number as `number` writes it, but never below the value: for an upper bound.
#[must_use]
pub(crate) fn ceil(value: f64, decimals: usize) -> String {
    number(stepped(value, decimals, f64::ceil), decimals)
}

fn stepped(value: f64, decimals: usize, step: fn(f64) -> f64) -> f64 {
    let scale = 10_f64.powi(i32::try_from(decimals).unwrap_or(0));
    let digits = value * scale;
    let near = digits.round();
    if (digits - near).abs() <= SAME_DIGIT { near / scale } else { step(digits) / scale }
}

/// Whether a number of decimals writes the value without loss.
fn is_exact(value: f64, decimals: usize) -> bool {
    let digits = value * 10_f64.powi(i32::try_from(decimals).unwrap_or(0));
    (digits - digits.round()).abs() <= SAME_DIGIT
}

/// Who must be named where a dossier is passed on, and under which licence, as sentences.
#[must_use]
pub fn passed_on(licence: Option<&str>, attribution: Option<&str>) -> Option<String> {
    let sentence = |text: &str| format!("{}.", text.trim_end_matches('.'));
    let named = attribution.map(sentence);
    let licence = licence.map(|licence| sentence(&format!("Licence: {licence}")));
    let both: Vec<String> = named.into_iter().chain(licence).collect();
    (!both.is_empty()).then(|| both.join(" "))
}

/// How far something may be off: whole metres, tenths and hundredths only where there are less than
/// ten: `100 m`, `0.3 m`.
#[must_use]
pub fn within(metres: f64) -> String {
    let decimals = if metres < 10.0 { decimals_of(metres, 2) } else { 0 };
    format!("{} m", number(metres, decimals))
}

/// A resolution in metres to two digits; it is not known any better: `160 m`, `6.6 m`.
#[must_use]
pub fn about(metres: f64) -> String {
    if metres <= 0.0 {
        return format!("{} m", number(metres, 0));
    }
    // The cast is between −2 and 8 for anything that is a resolution.
    let leading = metres.log10().floor().clamp(-2.0, 8.0) as i32;
    let step = 10_f64.powi(leading - 1);
    let rounded = (metres / step).round() * step;
    format!("{} m", number(rounded, usize::from(leading < 1)))
}

/// The text with a capital letter.
#[must_use]
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A number with as few decimals as write it without loss, at most six.
#[must_use]
pub(crate) fn shortest(value: f64) -> String {
    number(value, decimals_of(value, FINEST))
}

/// As few decimals as write the value without loss, at most `most`.
fn decimals_of(value: f64, most: usize) -> usize {
    (0..most).find(|decimals| is_exact(value, *decimals)).unwrap_or(most)
}

/// A range in the unit people read: `519.2–545.7 km²`, `at least 200 km`. Ends are
/// rounded outwards, so that nothing false is claimed. Two ends that are the same to the nearest
/// digit are written once, to that digit.
#[must_use]
pub(crate) fn range(interval: Interval, dimension: Dimension, decimals: usize) -> String {
    let number = range_number(interval, dimension, decimals);
    match (interval.low().is_finite(), interval.high().is_finite()) {
        (false, false) => number,
        _ => format!("{number} {}", Unit::for_people(dimension).symbol),
    }
}

/// The same without the unit: `519.2–545.7`, `at least 200`.
#[must_use]
pub(crate) fn range_number(interval: Interval, dimension: Dimension, decimals: usize) -> String {
    let unit = Unit::for_people(dimension);
    let (low, high) = (interval.low() / unit.si, interval.high() / unit.si);
    let (down, up) = (floor(low, decimals), ceil(high, decimals));
    let nearest = number(low, decimals);
    match (low.is_finite(), high.is_finite()) {
        (true, false) => format!("at least {down}"),
        (false, true) => format!("at most {up}"),
        (false, false) => "anything".to_owned(),
        _ if nearest == number(high, decimals) => nearest,
        _ if low < 0.0 => format!("{down} to {up}"),
        _ => format!("{down}–{up}"),
    }
}

/// A value with the range that rounding leaves it: `532.4 km² [519.2, 545.7]`, the ends
/// rounded outwards. They have the digits that the width of the range justifies: its leading digit
/// and the next; one more if that writes value or ends without loss, fewer if fewer are enough. A
/// range that is all but a point is written as one number.
#[must_use]
pub(crate) fn with_range(nominal: f64, interval: Interval, dimension: Dimension) -> String {
    let unit = Unit::for_people(dimension);
    let [nominal, low, high] = [nominal, interval.low(), interval.high()].map(|si| si / unit.si);
    let symbol = unit.symbol;
    let width = high - low;
    if !width.is_finite() {
        let end = if low.is_finite() { low } else { high };
        return range(interval, dimension, decimals_of(end, FINEST));
    }
    if width < POINT {
        return format!("{} {symbol}", number(nominal, decimals_of(nominal, FINEST)));
    }
    // Between −9 and 306, so that the cast loses nothing once it is clamped.
    let leading = (width * (1.0 + POINT)).log10().floor();
    let worth = (1.0 - leading).clamp(0.0, FINEST as f64) as usize;
    let gained = |values: &[f64]| {
        let exact = |decimals| values.iter().all(|value| is_exact(*value, decimals));
        exact(worth + 1) && !exact(worth)
    };
    let most = worth + usize::from(gained(&[nominal]) || gained(&[low, high]));
    let decimals = decimals_of(low, most).max(decimals_of(high, most));
    let (down, up) = (floor(low, decimals), ceil(high, decimals));
    format!("{} {symbol} [{down}, {up}]", number(nominal, decimals_of(nominal, most)))
}

/// No figure justifies more decimals of a kilometre, a square kilometre or a per cent than
/// this.
const FINEST: usize = 6;

/// A range narrower than this, in the same units, is a point.
const POINT: f64 = 1e-9;

/// An ISO 8601 date as people write it: `26 April 1994`, `May 1999`, `1860`. A text
/// that is no such date is returned unchanged.
#[must_use]
pub fn date(iso: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let parts: Vec<&str> = iso.split('-').collect();
    let month = |text: &str| MONTHS.get(text.parse::<usize>().ok()?.checked_sub(1)?).copied();
    let written = match parts[..] {
        [year, m] => month(m).map(|month| format!("{month} {year}")),
        [year, m, day] => {
            month(m).map(|month| format!("{} {month} {year}", day.trim_start_matches('0')))
        }
        _ => None,
    };
    written.unwrap_or_else(|| iso.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_read_as_said() {
        let range_km = |low, high| range(Interval::new(low, high).unwrap(), Dimension::Length, 1);
        assert_eq!(range_km(1e3, 2e3), "1.0–2.0 km");
        assert_eq!(range_km(1e3, 1e3), "1.0 km");
        assert_eq!(range_km(2e5, f64::INFINITY), "at least 200.0 km");
        assert_eq!(range_km(-1e3, 2e3), "−1.0 to 2.0 km");
    }

    #[test]
    fn resolutions_have_two_digits() {
        for (metres, text) in
            [(161.3, "160 m"), (31.38, "31 m"), (6.63, "6.6 m"), (1_138.0, "1,100 m"), (0.0, "0 m")]
        {
            assert_eq!(about(metres), text);
        }
    }

    #[test]
    fn bounds_are_rounded_outwards() {
        // A discrepancy of at least 231.753 km is not at least 231.8 km.
        assert_eq!(floor(231.753, 1), "231.7");
        assert_eq!(floor(12.55, 0), "12");
        assert_eq!(ceil(545.625, 1), "545.7");
        assert_eq!(floor(-1.01, 1), "−1.1");
        assert_eq!(ceil(-1.01, 1), "−1.0");
        let range_km = |low, high| range(Interval::new(low, high).unwrap(), Dimension::Length, 1);
        assert_eq!(range_km(1_234.0, 2_345.0), "1.2–2.4 km");
        assert_eq!(range_km(12_550.0, f64::INFINITY), "at least 12.5 km");
        assert_eq!(range_km(f64::NEG_INFINITY, 12_550.0), "at most 12.6 km");
        assert_eq!(range_km(199.8, 200.1), "0.2 km");
    }

    #[test]
    fn an_end_that_is_a_printed_digit_stays_that_digit() {
        // Held as 107.0000000001 and less: interval arithmetic steps outwards.
        let left = Interval::around(328.0, 0.5).unwrap() - Interval::around(220.0, 0.5).unwrap();
        assert!(left.low() < 107.0 && left.high() > 109.0);
        assert_eq!(range(left.scaled(1e6), Dimension::Area, 0), "107–109 km²");
    }

    #[test]
    fn a_value_has_one_digit_less_than_its_range() {
        let km = |printed: f64, half: f64| {
            let interval = Interval::around(printed, half).unwrap().scaled(1e3);
            with_range(printed * 1e3, interval, Dimension::Length)
        };
        assert_eq!(km(55.5, 0.05), "55.5 km [55.45, 55.55]");
        assert_eq!(km(160.9, 0.05), "160.9 km [160.85, 160.95]");
        assert_eq!(km(1_782.75, 0.005), "1,782.75 km [1,782.745, 1,782.755]");
        assert_eq!(km(944.0, 0.5), "944 km [943.5, 944.5]");
        assert_eq!(km(270.0, 5.0), "270 km [265, 275]");
        assert_eq!(km(72.9, 0.01), "72.9 km [72.89, 72.91]");
        assert_eq!(km(100.0, 50.0), "100 km [50, 150]");
        assert_eq!(km(66.0, 0.0), "66 km");
        assert_eq!(km(20.04, 0.0), "20.04 km");
    }

    #[test]
    fn what_is_computed_keeps_what_it_is_worth() {
        let around = |value, half| Interval::around(value, half).unwrap();
        let part = around(0.22, 0.005) * around(2_420e6, 5e6);
        assert_eq!(with_range(532.4e6, part, Dimension::Area), "532.4 km² [519.2, 545.7]");
        let rest = around(2_420e6, 5e6) - around(944e6, 0.5e6);
        assert_eq!(with_range(1_476e6, rest, Dimension::Area), "1,476 km² [1,470.5, 1,481.5]");
        let share = around(537.0, 0.5).over(around(944.0, 0.5)).unwrap();
        assert_eq!(with_range(537.0 / 944.0, share, Dimension::Ratio), "56.89 % [56.80, 56.97]");
        let open = Interval::new(12.55e6, f64::INFINITY).unwrap();
        assert_eq!(with_range(12.6e6, open, Dimension::Area), "at least 12.55 km²");
    }

    #[test]
    fn dates_are_as_exact_as_given() {
        assert_eq!(date("1995-06-15"), "15 June 1995");
        assert_eq!(date("1999-05-05"), "5 May 1999");
        assert_eq!(date("1999-05"), "May 1999");
        assert_eq!(date("1860"), "1860");
        assert_eq!(date("1999-13"), "1999-13");
    }
}
