//! A decimal number's digits over its power of ten, rounded correctly.

/// The number of digits that fit into 64 bits.
pub(super) const MOST_DIGITS: usize = 19;

/// Whole numbers up to here are exact.
const MOST_EXACT: u64 = 1 << 53;

/// Powers of ten, all exact.
const POWERS: [f64; MOST_DIGITS + 1] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19,
];

/// 2¹²⁷ over each power of ten, the power shifted to fill 64 bits, rounded down. The power
/// 10⁰ = 1 has none: a division by it is not needed.
const RECIPROCALS: [u64; MOST_DIGITS + 1] = {
    let mut all = [0; MOST_DIGITS + 1];
    let (mut decimals, mut power) = (1, 1_u64);
    while decimals <= MOST_DIGITS {
        power *= 10;
        all[decimals] = ((1_u128 << 127) / (power << power.leading_zeros()) as u128) as u64;
        decimals += 1;
    }
    all
};

/// A whole number of up to nineteen digits over a power of ten, rounded to the nearest
/// double, to the even one of two.
///
/// Where both are exact one division rounds once and is therefore right (Clinger 1990,
/// *How to read floating point numbers accurately*, PLDI).
#[inline(always)]
pub(super) fn quotient(value: u64, decimals: usize) -> f64 {
    if value <= MOST_EXACT {
        value as f64 / POWERS[decimals]
    } else if decimals == 0 {
        value as f64
    } else {
        product(value, decimals).unwrap_or_else(|| long_quotient(value, decimals))
    }
}

/// The same for a number above 2⁵³, as its product with a reciprocal; `None` where that is
/// too near to half a place to say to which side it goes, one number in five hundred.
///
/// The reciprocal is short by less than one, and so the product is by less than 2⁶⁴: the
/// true quotient is the upper half of it and less than two more. (After Lemire 2021, *Number
/// parsing at a gigabyte per second*, SPE 51, §5, with as many powers as are needed here.)
#[inline(always)]
fn product(value: u64, decimals: usize) -> Option<f64> {
    let (above, below) = (value.leading_zeros(), 10_u64.pow(decimals as u32).leading_zeros());
    let product = u128::from(value << above) * u128::from(RECIPROCALS[decimals]);
    let quotient = (product >> 64) as u64;
    let Places { mantissa, tail, spare } = Places::from_quotient(quotient);
    let half = 1 << (spare - 1);
    if tail == half || tail == half - 1 {
        return None;
    }
    Some(scaled(mantissa + u64::from(tail > half), spare, above, below))
}

/// The same by long division: what is divided is shifted so that the quotient has 63 or 64
/// bits, and what remains says on which side of half a place it lies.
#[cold]
fn long_quotient(value: u64, decimals: usize) -> f64 {
    let divisor = 10_u64.pow(decimals as u32);
    let (above, below) = (value.leading_zeros(), divisor.leading_zeros());
    let dividend = u128::from(value << above) << 63;
    let divisor = u128::from(divisor << below);
    let quotient = (dividend / divisor) as u64;
    let remains = dividend > u128::from(quotient) * divisor;
    let Places { mantissa, tail, spare } = Places::from_quotient(quotient);
    let half = 1 << (spare - 1);
    let up = tail > half || tail == half && (remains || mantissa & 1 == 1);
    scaled(mantissa + u64::from(up), spare, above, below)
}

/// A quotient of 63 or 64 bits, divided where the mantissa of a double ends.
struct Places {
    mantissa: u64,
    /// What does not fit: `spare` bits.
    tail: u64,
    spare: u32,
}

impl Places {
    #[inline(always)]
    const fn from_quotient(quotient: u64) -> Self {
        let spare = 64 - quotient.leading_zeros() - f64::MANTISSA_DIGITS;
        Self { mantissa: quotient >> spare, tail: quotient & ((1 << spare) - 1), spare }
    }
}

/// A mantissa with its power of two, given how far dividend and divisor were shifted.
/// Exact: the mantissa fits, and a power of two moves only the exponent.
#[inline(always)]
fn scaled(mantissa: u64, spare: u32, above: u32, below: u32) -> f64 {
    let exponent = i64::from(below) - i64::from(above) - 63 + i64::from(spare);
    mantissa as f64 * f64::from_bits(((1023 + exponent) as u64) << 52)
}
