//! Decimal numbers as JSON writes them, rounded correctly.

/// The number a text begins with, and how many bytes it takes; `None` where JSON has no
/// such number. What follows it is for the caller to look at.
///
/// Up to nineteen digits without an exponent are divided by their power of ten here.
/// Anything else is left to the standard library.
#[inline]
pub(super) fn number(bytes: &[u8]) -> Option<(f64, usize)> {
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

/// So many digits fit into 64 bits.
const MOST_DIGITS: usize = 19;

/// Whole numbers up to here are exact.
const MOST_EXACT: u64 = 1 << 53;

/// Powers of ten, all exact.
const POWERS: [f64; MOST_DIGITS + 1] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19,
];

/// A whole number of up to nineteen digits over a power of ten, rounded to the nearest
/// double, to the even one of two.
///
/// Where both are exact one division rounds once and is therefore right (Clinger 1990,
/// *How to read floating point numbers accurately*, PLDI).
#[inline(always)]
fn quotient(value: u64, decimals: usize) -> f64 {
    if value <= MOST_EXACT {
        value as f64 / POWERS[decimals]
    } else {
        long_quotient(value, decimals)
    }
}

/// The same for a number above 2⁵³, by long division: what is divided is shifted so that
/// the quotient has 63 or 64 bits, and what remains says on which side of half a place it
/// lies.
fn long_quotient(value: u64, decimals: usize) -> f64 {
    let divisor = 10_u64.pow(decimals as u32);
    let (above, below) = (value.leading_zeros(), divisor.leading_zeros());
    let dividend = u128::from(value << above) << 63;
    let divisor = u128::from(divisor << below);
    let quotient = (dividend / divisor) as u64;
    let remains = dividend > u128::from(quotient) * divisor;
    let spare = 64 - quotient.leading_zeros() - f64::MANTISSA_DIGITS;
    let (mantissa, tail) = (quotient >> spare, quotient & ((1 << spare) - 1));
    let half = 1 << (spare - 1);
    let up = tail > half || tail == half && (remains || mantissa & 1 == 1);
    // Exact: the mantissa fits, and a power of two moves only the exponent.
    let exponent = i64::from(below) - i64::from(above) - 63 + i64::from(spare);
    let scale = f64::from_bits(((1023 + exponent) as u64) << 52);
    (mantissa + u64::from(up)) as f64 * scale
}

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

    /// Takes all digits there are, eight at a time, without a branch for each.
    #[inline(always)]
    fn take(&mut self) {
        while let Some(eight) = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk) {
            let (value, count) = leading_digits(u64::from_le_bytes(*eight));
            self.value = self.value.wrapping_mul(TENS[count]).wrapping_add(value);
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

/// The number that the digits stand for with which eight bytes begin, the first in the
/// lowest byte, and how many they are.
///
/// Pairs, then fours, then all eight are put together side by side in one word (Lemire
/// 2021, *Number parsing at a gigabyte per second*, SPE 51, §4); what is no digit is
/// shifted out before.
#[inline(always)]
const fn leading_digits(text: u64) -> (u64, usize) {
    // Borrows and carries spread upwards only, from the first byte that is no digit on.
    let digits = text.wrapping_sub(0x3030_3030_3030_3030);
    let above_nine = text.wrapping_add(0x4646_4646_4646_4646);
    let others = (digits | above_nine) & 0x8080_8080_8080_8080;
    let count = others.trailing_zeros() / 8;
    if count == 0 {
        return (0, 0);
    }
    let digits = digits << (64 - 8 * count);
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let low = (pairs & 0x0000_00ff_0000_00ff).wrapping_mul(0x000f_4240_0000_0064);
    let high = ((pairs >> 16) & 0x0000_00ff_0000_00ff).wrapping_mul(0x0000_2710_0000_0001);
    (low.wrapping_add(high) >> 32, count as usize)
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
            assert_eq!(leading_digits(u64::from_le_bytes(*text)), found, "{text:?}");
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
                // Something behind it, as in a text, or nothing.
                let (again, _) = number(format!("{text}, 45.123").as_bytes()).unwrap();
                let (found, taken) = number(text.as_bytes()).unwrap();
                prop_assert_eq!(again.to_bits(), exact.to_bits());
                prop_assert_eq!((found.to_bits(), taken), (exact.to_bits(), text.len()), "{}", text);
            }
        }
    }
}
