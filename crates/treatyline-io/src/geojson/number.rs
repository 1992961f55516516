//! Decimal numbers as JSON writes them, rounded correctly.

use super::quotient::{MOST_DIGITS, quotient};

/// The number a text begins with, and how many bytes it takes; `None` where JSON has no
/// such number. What follows it is for the caller to look at.
#[inline]
pub(super) fn number(bytes: &[u8]) -> Option<(f64, usize)> {
    let usual = match bytes.first() {
        Some(b'-') => usual(&bytes[1..]).map(|(value, taken)| (-value, taken + 1)),
        _ => usual(bytes),
    };
    usual.or_else(|| any(bytes))
}

/// What [`usual`] looks at: three digits, a point, sixteen digits and what follows.
const HEAD: usize = 21;

/// A number as coordinates are written: one to three digits, a point and four to sixteen
/// digits, in the middle of a text. Anything else is `None` and left to [`any`].
///
/// The code branches on the count of digits, which the processor can predict: neighbouring numbers
/// mostly have the same count. So it starts on the next number before the end of this one is known.
#[inline(always)]
fn usual(bytes: &[u8]) -> Option<(f64, usize)> {
    let head: &[u8; HEAD] = bytes.first_chunk()?;
    let digit = |i: usize| u64::from(head[i].wrapping_sub(b'0'));
    let (a, b, c) = (digit(0), digit(1), digit(2));
    if a < 10 && head[1] == b'.' {
        decimals::<1>(head, a)
    } else if (1..10).contains(&a) && b < 10 && head[2] == b'.' {
        decimals::<2>(head, 10 * a + b)
    } else if (1..10).contains(&a) && b < 10 && c < 10 && head[3] == b'.' {
        decimals::<3>(head, 100 * a + 10 * b + c)
    } else {
        None
    }
}

/// A number with a known count of digits before its point.
#[inline(always)]
fn decimals<const WHOLE: usize>(head: &[u8; HEAD], whole: u64) -> Option<(f64, usize)> {
    let eight = |at: usize| head[at..].first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
    let first = eight(WHOLE + 1);
    match digits(first) {
        8 => {}
        7 => return end::<WHOLE, 0, 7>(head, whole, first),
        6 => return end::<WHOLE, 0, 6>(head, whole, first),
        5 => return end::<WHOLE, 0, 5>(head, whole, first),
        4 => return end::<WHOLE, 0, 4>(head, whole, first),
        _ => return None,
    }
    let (value, second) = (whole * TENS[8] + value(first, 8), eight(WHOLE + 9));
    match digits(second) {
        8 => end::<WHOLE, 8, 8>(head, value, second),
        7 => end::<WHOLE, 8, 7>(head, value, second),
        6 => end::<WHOLE, 8, 6>(head, value, second),
        5 => end::<WHOLE, 8, 5>(head, value, second),
        4 => end::<WHOLE, 8, 4>(head, value, second),
        _ => None,
    }
}

/// The number whose last digits are the first of eight bytes.
#[inline(always)]
fn end<const WHOLE: usize, const BEFORE: usize, const LAST: usize>(
    head: &[u8; HEAD],
    before: u64,
    eight: u64,
) -> Option<(f64, usize)> {
    let end = WHOLE + 1 + BEFORE + LAST;
    if matches!(head[end], b'0'..=b'9' | b'e' | b'E') {
        return None;
    }
    let value = before * TENS[LAST] + value(eight, LAST);
    Some((quotient(value, BEFORE + LAST), end))
}

/// A number of any form. Up to nineteen digits without an exponent are divided by their
/// power of ten, others are left to the standard library.
#[cold]
#[inline(never)]
fn any(bytes: &[u8]) -> Option<(f64, usize)> {
    let negative = bytes.first() == Some(&b'-');
    let begin = usize::from(negative);
    let mut digits = Digits { bytes, at: begin, value: 0 };
    digits.take();
    let whole = digits.at - begin;
    if whole == 0 || whole > 1 && bytes[begin] == b'0' {
        return None;
    }
    let mut decimals = 0;
    if digits.next() == Some(b'.') {
        digits.at += 1;
        let point = digits.at;
        digits.take();
        decimals = digits.at - point;
        if decimals == 0 {
            return None;
        }
    }
    let scaled = matches!(digits.next(), Some(b'e' | b'E'));
    if !scaled && whole + decimals <= MOST_DIGITS {
        let value = quotient(digits.value, decimals);
        return Some((if negative { -value } else { value }, digits.at));
    }
    if scaled {
        digits.at += 1;
        digits.at += usize::from(matches!(digits.next(), Some(b'+' | b'-')));
        let exponent = digits.at;
        digits.take();
        if digits.at == exponent {
            return None;
        }
    }
    let text = std::str::from_utf8(&bytes[..digits.at]).ok()?;
    let value: f64 = text.parse().ok()?;
    value.is_finite().then_some((value, digits.at))
}

struct Digits<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Beyond nineteen digits the value is wrong, but then it is not used.
    value: u64,
}

impl Digits<'_> {
    #[inline(always)]
    fn next(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Takes all digits there are, eight at a time, without a branch for each.
    #[inline(always)]
    fn take(&mut self) {
        while let Some(eight) = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk) {
            let eight = u64::from_le_bytes(*eight);
            let count = digits(eight);
            self.value = self.value.wrapping_mul(TENS[count]).wrapping_add(value(eight, count));
            self.at += count;
            if count < 8 {
                return;
            }
        }
        // The last bytes of the text.
        while let Some(digit @ b'0'..=b'9') = self.next() {
            self.value = self.value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
    }
}

/// Powers of ten by the number of digits taken.
const TENS: [u64; 9] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/// How many digits eight bytes begin with, the first in the lowest byte.
#[inline(always)]
const fn digits(eight: u64) -> usize {
    // Borrows and carries spread upwards only, from the first byte that is no digit on.
    let digits = eight.wrapping_sub(0x3030_3030_3030_3030);
    let above_nine = eight.wrapping_add(0x4646_4646_4646_4646);
    let others = (digits | above_nine) & 0x8080_8080_8080_8080;
    (others.trailing_zeros() / 8) as usize
}

/// The number that the first `count` of eight digits stand for.
///
/// Pairs, then fours, then all eight are put together side by side in one word (Lemire
/// 2021, *Number parsing at a gigabyte per second*, SPE 51, §4); what is no digit is
/// shifted out before.
#[inline(always)]
const fn value(eight: u64, count: usize) -> u64 {
    if count == 0 {
        return 0;
    }
    let digits = eight.wrapping_sub(0x3030_3030_3030_3030) << (64 - 8 * count);
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let low = (pairs & 0x0000_00ff_0000_00ff).wrapping_mul(0x000f_4240_0000_0064);
    let high = ((pairs >> 16) & 0x0000_00ff_0000_00ff).wrapping_mul(0x0000_2710_0000_0001);
    low.wrapping_add(high) >> 32
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
    fn digits_end_where_something_else_begins() {
        for (text, found) in [
            (b"12345678", (12_345_678, 8)),
            (b"00000000", (0, 8)),
            (b"99999999", (99_999_999, 8)),
            (b"1234567:", (1_234_567, 7)),
            (b"/2345678", (0, 0)),
            (b"0234.678", (234, 4)),
            (b"7, 45.12", (7, 1)),
            (b"12]\xff\x00\xb9\xba9", (12, 2)),
        ] {
            let eight = u64::from_le_bytes(*text);
            let count = digits(eight);
            assert_eq!((value(eight, count), count), found, "{text:?}");
        }
    }

    #[test]
    fn half_a_place_goes_to_the_even_neighbour() {
        // Exactly between two doubles, and a little to either side.
        for text in [
            "9007199254740993",
            "9007199254740995",
            "9007199254740993.0",
            "9007199254740992.9",
            "9007199254740993.1",
            "4503599627370496.5",
            "4503599627370497.5",
            "4503599627370497.501",
            "9999999999999999999",
            "0.9007199254740993",
            "18014398509481983.9",
        ] {
            let (found, _) = number(text.as_bytes()).unwrap();
            assert_eq!(found.to_bits(), text.parse::<f64>().unwrap().to_bits(), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn every_number_is_rounded_as_the_standard_library_rounds(value: f64, places in 0..25_usize) {
            prop_assume!(value.is_finite());
            let fixed = format!("{:.places$}", value % 1e6);
            let longitude = format!("{:.15}", value.rem_euclid(360.0) - 180.0);
            for text in [format!("{value}"), format!("{value:e}"), fixed, longitude] {
                let exact: f64 = text.parse().unwrap();
                // Followed by other text, and by nothing.
                let (again, _) = number(format!("{text}, 45.123").as_bytes()).unwrap();
                let (found, taken) = number(text.as_bytes()).unwrap();
                prop_assert_eq!(again.to_bits(), exact.to_bits());
                prop_assert_eq!((found.to_bits(), taken), (exact.to_bits(), text.len()), "{}", text);
            }
        }
    }
}
