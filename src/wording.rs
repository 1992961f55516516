//! How numbers are written for people: thousands apart, as many digits as they
//! are worth, the unit behind.

use std::borrow::Cow;

use crate::quantity::{Dimension, Interval, Unit};

/// A number with `decimals` places and a comma before each group of three.
#[must_use]
pub fn number(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let sign = if value < 0.0 && !zero { "−" } else { "" };
    format!("{sign}{grouped}{fraction}")
}

/// Kilometres of a length in metres: `1,782.75 km`.
#[must_use]
pub fn km(metres: f64, decimals: usize) -> String {
    format!("{} km", number(metres / 1e3, decimals))
}

/// A distance in metres as people say it: metres below 10 km, kilometres above.
#[must_use]
pub fn distance(metres: f64) -> String {
    let fine = metres.abs() < 10.0 && metres.fract() != 0.0;
    if metres.abs() < 9_999.5 {
        format!("{} m", number(metres, usize::from(fine)))
    } else {
        km(metres, 1)
    }
}

/// A range in the unit people read: `519.2–545.6 km²`, `at least 200 km`. Ends that
/// look alike are written once.
#[must_use]
pub fn range(interval: Interval, dimension: Dimension, decimals: usize) -> String {
    let unit = Unit::for_people(dimension);
    let write = |si: f64| number(si / unit.si, decimals);
    let (low, high) = (write(interval.low()), write(interval.high()));
    let symbol = unit.symbol;
    match (interval.low().is_finite(), interval.high().is_finite()) {
        (true, false) => format!("at least {low} {symbol}"),
        (false, true) => format!("at most {high} {symbol}"),
        (false, false) => "anything".to_owned(),
        _ if low == high => format!("{low} {symbol}"),
        _ if interval.low() < 0.0 => format!("{low} to {high} {symbol}"),
        _ => format!("{low}–{high} {symbol}"),
    }
}

/// A number of things: `1 place`, `3 places`.
#[must_use]
pub fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// A list as in a sentence: `a, b and c`.
#[must_use]
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// A text of at most so many characters; what is longer ends in an ellipsis.
#[must_use]
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        None => Cow::Borrowed(text),
        Some(_) => {
            let kept: String = text.chars().take(most.saturating_sub(1)).collect();
            Cow::Owned(format!("{}…", kept.trim_end()))
        }
    }
}

/// A number as somebody gave it, but never hundreds of digits long: `5`, `0.01`, `1e300`.
#[must_use]
pub fn echoed(value: f64) -> String {
    let plain = value == 0.0 || !value.is_finite() || (1e-9..1e15).contains(&value.abs());
    if plain { value.to_string() } else { format!("{value:e}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(number(1_782.75, 2), "1,782.75");
        assert_eq!(number(999.0, 0), "999");
        assert_eq!(number(1_234_567.0, 0), "1,234,567");
        assert_eq!(number(-22.35, 1), "−22.4");
        assert_eq!(number(-0.04, 1), "0.0");
        assert_eq!(number(999_999.96, 1), "1,000,000.0");
    }

    #[test]
    fn ranges_read_as_said() {
        let range_km = |low, high| range(Interval::new(low, high).unwrap(), Dimension::Length, 1);
        assert_eq!(range_km(1e3, 2e3), "1.0–2.0 km");
        assert_eq!(range_km(1e3, 1e3), "1.0 km");
        assert_eq!(range_km(2e5, f64::INFINITY), "at least 200.0 km");
        assert_eq!(range_km(-1e3, 2e3), "−1.0 to 2.0 km");
    }

    #[test]
    fn lists_read_as_said() {
        let words = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(list(&words), "a, b and c");
        assert_eq!(list(&words[..1]), "a");
        assert_eq!(list(&[]), "");
    }

    #[test]
    fn echoes_are_short() {
        for (value, text) in
            [(5.0, "5"), (-0.01, "-0.01"), (0.0, "0"), (1e300, "1e300"), (-2.5e-20, "-2.5e-20")]
        {
            assert_eq!(echoed(value), text);
        }
        assert_eq!([echoed(f64::NAN), echoed(f64::INFINITY)], ["NaN", "inf"]);
        assert_eq!(shortened("Зайсан", 6), "Зайсан");
        assert_eq!(shortened("Зайсанский", 6), "Зайса…");
    }
}
