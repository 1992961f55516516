//! Decimal numbers as JSON writes them, rounded correctly.

/// The number a text begins with, and how many bytes it takes; `None` where JSON has no
/// such number. What follows it is for the caller to look at.
///
/// With at most 53 bits of digits and a power of ten that is exact, one division rounds
/// once and is therefore right (Clinger 1990, *How to read floating point numbers
/// accurately*, PLDI). Anything else is left to the standard library, which always is.
#[inline]
pub(super) fn number(bytes: &[u8]) -> Option<(f64, usize)> {
    let negative = bytes.first() == Some(&b'-');
    let begin = usize::from(negative);
    let mut digits = Digits { bytes, at: begin, value: 0 };
    digits.few();
    let whole = digits.at - begin;
    if whole == 0 || whole > 1 && bytes[begin] == b'0' {
        return None;
    }
    let mut decimals = 0;
    if digits.next() == Some(b'.') {
        digits.at += 1;
        let point = digits.at;
        digits.many();
        decimals = digits.at - point;
        if decimals == 0 {
            return None;
        }
    }
    let scaled = matches!(digits.next(), Some(b'e' | b'E'));
    if !scaled && whole + decimals <= MOST_DIGITS && digits.value <= MOST_EXACT {
        let value = digits.value as f64 / POWERS[decimals];
        return Some((if negative { -value } else { value }, digits.at));
    }
    if scaled {
        digits.at += 1;
        digits.at += usize::from(matches!(digits.next(), Some(b'+' | b'-')));
        let exponent = digits.at;
        digits.few();
        if digits.at == exponent {
            return None;
        }
    }
    let text = std::str::from_utf8(&bytes[..digits.at]).ok()?;
    let value: f64 = text.parse().ok()?;
    value.is_finite().then_some((value, digits.at))
}

/// So many digits fit into 64 bits.
const MOST_DIGITS: usize = 19;

/// Whole numbers up to here are exact.
const MOST_EXACT: u64 = 1 << 53;

/// Powers of ten, all exact.
const POWERS: [f64; MOST_DIGITS + 1] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19,
];

struct Digits<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Wrong beyond nineteen digits, where it is not used.
    value: u64,
}

impl Digits<'_> {
    #[inline(always)]
    fn next(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Takes digits one by one.
    #[inline(always)]
    fn few(&mut self) {
        while let Some(digit @ b'0'..=b'9') = self.next() {
            self.value = self.value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
    }

    /// Takes digits eight by eight while there are as many.
    #[inline(always)]
    fn many(&mut self) {
        while let Some(eight) = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk) {
            let Some(value) = eight_digits(u64::from_le_bytes(*eight)) else { break };
            self.value = self.value.wrapping_mul(100_000_000).wrapping_add(value);
            self.at += 8;
        }
        self.few();
    }
}

/// The number that eight digits stand for, the first in the lowest byte; `None` if one of
/// them is no digit.
///
/// Pairs, then fours, then all eight are put together side by side in one word (Lemire
/// 2021, *Number parsing at a gigabyte per second*, SPE 51, §4).
#[inline(always)]
const fn eight_digits(text: u64) -> Option<u64> {
    let digits = text.wrapping_sub(0x3030_3030_3030_3030);
    let above_nine = text.wrapping_add(0x4646_4646_4646_4646);
    if (digits | above_nine) & 0x8080_8080_8080_8080 != 0 {
        return None;
    }
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let low = (pairs & 0x0000_00ff_0000_00ff).wrapping_mul(0x000f_4240_0000_0064);
    let high = ((pairs >> 16) & 0x0000_00ff_0000_00ff).wrapping_mul(0x0000_2710_0000_0001);
    Some(low.wrapping_add(high) >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn json_has_these_numbers_and_no_others() {
        for (text, taken) in [
            ("0", Some(1)),
            ("-0", Some(2)),
            ("-0.0,", Some(4)),
            ("80]", Some(2)),
            ("45.5 ", Some(4)),
            ("1e2", Some(3)),
            ("1E+2", Some(4)),
            ("1.25e-7", Some(7)),
            ("123456789012345678901234567890", Some(30)),
            ("0.000000000000000000000000000012345", Some(35)),
            ("12345678.123456789", Some(18)),
            ("1e999", None),
            ("", None),
            ("-", None),
            ("+1", None),
            (".5", None),
            ("5.", None),
            ("5.e1", None),
            ("05", None),
            ("-00", None),
            ("1e", None),
            ("1e+", None),
            ("NaN", None),
            ("-Infinity", None),
        ] {
            let found = number(text.as_bytes());
            assert_eq!(found.map(|(_, taken)| taken), taken, "{text}");
            if let Some((value, taken)) = found {
                assert_eq!(value.to_bits(), text[..taken].parse::<f64>().unwrap().to_bits());
            }
        }
    }

    #[test]
    fn eight_bytes_are_digits_or_they_are_not() {
        for (text, value) in [
            (b"12345678", Some(12_345_678)),
            (b"00000000", Some(0)),
            (b"99999999", Some(99_999_999)),
            (b"1234567:", None),
            (b"/2345678", None),
            (b"1234.678", None),
            (b"\xb12345678", None),
        ] {
            assert_eq!(eight_digits(u64::from_le_bytes(*text)), value, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_number_is_rounded_as_the_standard_library_rounds(value: f64, places in 0..25_usize) {
            prop_assume!(value.is_finite());
            let fixed = format!("{:.places$}", value % 1e6);
            for text in [format!("{value}"), format!("{value:e}"), fixed] {
                let exact: f64 = text.parse().unwrap();
                let (found, taken) = number(text.as_bytes()).unwrap();
                prop_assert_eq!((found.to_bits(), taken), (exact.to_bits(), text.len()), "{}", text);
            }
        }
    }
}
