//! A logarithmic axis: how far it reaches, and round numbers along it.

/// The least and the greatest of the positive values; `None` where there are none.
pub fn extent(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let positive = values.filter(|value| *value > 0.0).map(|value| (value, value));
    positive.reduce(|(low, high), (value, _)| (low.min(value), high.max(value)))
}

/// The decades and their parts within a range, as many as suit an axis: tens, then 1-2-5,
/// then finer; on a range too narrow for these, evenly spaced round numbers.
#[must_use]
pub fn log_ticks(low: f64, high: f64) -> Vec<f64> {
    if !(low > 0.0 && high >= low && high.is_finite()) {
        return Vec::new();
    }
    let steps: [&[f64]; 3] = [&[1.0], &[1.0, 2.0, 5.0], &[1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0]];
    let by_decades = steps.into_iter().map(|steps| decades(low, high, steps));
    by_decades.into_iter().find(|found| found.len() >= FEWEST).unwrap_or_else(|| even(low, high))
}

/// A round number of metres, from 1,000 on in kilometres, as an axis writes it.
#[must_use]
pub fn round_metres(metres: f64) -> String {
    if metres < 1e3 { format!("{metres} m") } else { format!("{} km", metres / 1e3) }
}

/// With fewer ticks than this a reader cannot estimate values between them.
const FEWEST: usize = 4;

fn decades(low: f64, high: f64, steps: &[f64]) -> Vec<f64> {
    // Doubles have powers of ten between −308 and 308 only.
    let (first, last) = (low.log10().floor() as i32, high.log10().ceil() as i32);
    let all = (first..=last).flat_map(|power| steps.iter().map(move |step| step * ten(power)));
    all.filter(|tick| (low..=high).contains(tick)).collect()
}

fn even(low: f64, high: f64) -> Vec<f64> {
    let rough = (high - low) / FEWEST as f64;
    if rough < low * 1e-6 {
        return vec![low];
    }
    let power = ten(rough.log10().floor() as i32);
    let step = [1.0, 2.0, 5.0].map(|step| step * power).into_iter().rfind(|step| *step <= rough);
    let step = step.unwrap_or(power);
    let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
    (first..=last).map(|number| number as f64 * step).collect()
}

/// A power of ten. A negative one is computed as a quotient: 10⁻¹ is not an exact double, but 1/10
/// is printed as 0.1.
fn ten(power: i32) -> f64 {
    if power < 0 { 1.0 / 10_f64.powi(-power) } else { 10_f64.powi(power) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_writes_round_numbers() {
        let written = [0.5, 50.0, 1e3, 1.5e3, 1e4].map(round_metres);
        assert_eq!(written, ["0.5 m", "50 m", "1 km", "1.5 km", "10 km"]);
    }

    #[test]
    fn ticks_are_round_and_within() {
        assert_eq!(log_ticks(1.0, 10_000.0), [1.0, 10.0, 100.0, 1e3, 1e4]);
        assert_eq!(log_ticks(0.15, 3.0), [0.2, 0.5, 1.0, 2.0]);
        assert_eq!(log_ticks(500.0, 1_900.0), [500.0, 600.0, 800.0, 1e3, 1.5e3]);
        assert_eq!(
            log_ticks(1_690.0, 1_850.0),
            [1_700.0, 1_720.0, 1_740.0, 1_760.0, 1_780.0, 1_800.0, 1_820.0, 1_840.0]
        );
        assert_eq!(log_ticks(70.0, 70.0), [70.0]);
        assert!(log_ticks(0.0, 1.0).is_empty() && log_ticks(2.0, f64::NAN).is_empty());
    }
}
